"""What a format is: how its files are known, and how articles are got out of them."""

from collections.abc import Iterator
from typing import BinaryIO, Protocol

from searchapp.ingest.raw import Item, Raw


class Format(Protocol):
    """A row of the table in ``formats``; nothing else in the program asks what a format is."""

    @property
    def called(self) -> str:
        """What its files are, for people, in a few words."""

    @property
    def suffixes(self) -> tuple[str, ...]:
        """The ends of its files' names, lower-cased, with their dot; each also stands before ``.gz``."""

    def sniff(self, head: bytes) -> bool:
        """Say whether bytes that begin so can only be of this format, whatever the file is called. ``head`` is what
        ``packed.head_of`` gives: the first bytes, and of a zip file the names of what is in it."""

    def split(self, stream: BinaryIO, path: str) -> Iterator[Item]:
        """Yield the items of a file, one after the other, each cut off behind ``MAX_ARTICLE`` bytes; one that turns out
        to be of another format of the table names that as its ``format``.

        ``stream`` stands at its beginning. It can be read, and be sought from its beginning; ``packed.opened_zip``
        and ``packed.on_disk`` give what can also be sought from its end."""

    def identify(self, item: Item) -> str:
        """Return the id of an item's article, without reading the article itself. Raises Rejected if it has none."""

    def parse(self, item: Item, raw: Raw) -> Raw:
        """Return ``raw``, which has no more than its id, path, number and digest, with what the item holds.

        Raises Rejected, with the reason, when that is no article.
        """
