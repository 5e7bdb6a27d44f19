"""The exports of press databases: text, HTML or XML files, and documents whose text is one."""

from collections.abc import Callable, Iterator
from io import BytesIO
from typing import BinaryIO, Final

from searchapp.errors import Rejected
from searchapp.ingest.formats.databases.europresse import Europresse
from searchapp.ingest.formats.databases.factiva import Factiva, FactivaXml
from searchapp.ingest.formats.databases.japanese import JapaneseNewspapers
from searchapp.ingest.formats.databases.labelled import Labelled
from searchapp.ingest.formats.databases.nexis import Nexis
from searchapp.ingest.formats.databases.nexis_uni import NexisUni
from searchapp.ingest.formats.databases.proquest import ProQuest, ProQuestXml
from searchapp.ingest.formats.databases.ris import Ris
from searchapp.ingest.formats.documents.document import joined
from searchapp.ingest.formats.packed import HEAD
from searchapp.ingest.formats.protocol import Format
from searchapp.ingest.raw import MAX_ARTICLE, Item, Raw

EXPORTS: Final[dict[str, Format]] = {
    "proquest": ProQuest(),  # before Nexis, whose articles it numbers as some languages of that do
    "nexis": Nexis(),
    "nexis-uni": NexisUni(),
    "factiva": Factiva(),
    "factiva-xml": FactivaXml(),
    "proquest-xml": ProQuestXml(),
    "europresse": Europresse(),
    "ris": Ris(),
    "japanese": JapaneseNewspapers(),
    "labelled": Labelled(),
}
_MAX_DOCUMENT = 16 * MAX_ARTICLE  # bytes of a document of many articles, its pictures and fonts among them


class MayExport:
    """A format of documents, of which an export may be one: then each article of it is one of that database."""

    def __init__(
        self,
        format: Format,
        paragraphs: Callable[[bytes], list[str]],
        opening: Callable[[bytes], list[str]] | None = None,  # the first of them, where all take long to be read
    ) -> None:
        self._format, self._paragraphs, self._opening = format, paragraphs, opening or paragraphs
        self.called, self.suffixes = format.called, format.suffixes

    def sniff(self, head: bytes) -> bool:
        """Say whether such a document begins so."""
        return self._format.sniff(head)

    def split(self, stream: BinaryIO, path: str) -> Iterator[Item]:
        """Yield the document as its one item, or the articles of an export. Raises Rejected as that does."""
        data = stream.read(_MAX_DOCUMENT + 1)
        stream.seek(0)
        try:
            head = _text(self._opening(data))[:HEAD]
        except Rejected:
            head = b""
        name = next((name for name, export in EXPORTS.items() if export.sniff(head)), None)
        if name is None:
            yield from self._format.split(stream, path)
            return
        for item in EXPORTS[name].split(BytesIO(_text(self._paragraphs(data))), path):
            yield Item(item.path, item.number, item.data, name)

    def identify(self, item: Item) -> str:
        """Return the id that the format of documents gives."""
        return self._format.identify(item)

    def parse(self, item: Item, raw: Raw) -> Raw:
        """Fill in what the format of documents finds."""
        return self._format.parse(item, raw)


def _text(paragraphs: list[str]) -> bytes:
    return joined(paragraphs).encode("utf-8", "replace")
