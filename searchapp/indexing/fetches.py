"""One article, several fetches: which raw articles are versions of one, and which of them counts.

Those of one address are (``addresses.page_of``), and so are those of one id that tell when they were made. The latest
counts: by what it tells of itself, else by its place in the corpus, so that the order of reading does not matter.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from searchapp.article import Article, PastVersion
from searchapp.ingest.addresses import page_of
from searchapp.ingest.raw import Raw

Key = bytes  # 8 bytes that stand for what versions have in common


class Age(NamedTuple):
    """By which versions are ordered: the latest has the greatest."""

    seen: str
    path: str
    number: int


@dataclass(frozen=True, slots=True, order=True)
class Version:
    age: Age
    id: str
    digest: str
    title: str | None = field(default=None, compare=False)

    @classmethod
    def of(cls, made: Raw | Article) -> "Version":
        return cls(Age(made.seen, made.path, made.number or 0), made.id, made.digest, made.title)

    def passed(self) -> PastVersion:
        """Return it as one before the version that counts."""
        return PastVersion(self.id, self.title, self.age.seen, self.age.path, self.age.number or None)


@dataclass(slots=True)
class Fetches:
    """The versions of the articles of which there are several, the latest first."""

    groups: dict[Key, list[Version]] = field(default_factory=dict)

    @classmethod
    def among(cls, raws: Iterable[Raw], held: Mapping[Key, Version]) -> "Fetches":
        """Find those among ``raws``, which is gone through twice, and what the index holds."""
        counts = Counter(key for raw in raws if (key := key_of(raw)))
        several = {key for key, count in counts.items() if count > 1 or key in held}
        groups: dict[Key, list[Version]] = {key: [held[key]] for key in several if key in held}
        for raw in raws if several else ():
            if (key := key_of(raw)) in several and key is not None:
                groups.setdefault(key, []).append(Version.of(raw))
        for versions in groups.values():
            versions.sort(reverse=True)
        return cls(groups)

    def latest(self, raws: Iterable[Raw]) -> Iterator[Raw]:
        """Yield those of ``raws`` that count: the latest versions, and those that are the only one."""
        for raw in raws:
            key = key_of(raw)
            versions = self.groups.get(key) if key else None
            if not versions or versions[0] == Version.of(raw):
                yield raw

    def share(self, raw: Raw, path: str, number: int | None) -> bool:
        """Tell whether what lies there is a version of the same article as ``raw``."""
        key = key_of(raw)
        versions = self.groups.get(key, []) if key else []
        return any(version.age[1:] == (path, number or 0) for version in versions)

    def without(self, failed: Iterable[tuple[str, int | None]]) -> "Fetches":
        """Return the groups whose latest version ``failed`` (path and number), without it."""
        places = {(path, number or 0) for path, number in failed}
        groups = {
            key: versions[1:]
            for key, versions in self.groups.items()
            if len(versions) > 1 and versions[0].age[1:] in places
        }
        return Fetches(groups)


def key_of(made: Raw | Article) -> Key | None:
    """Return what versions of an article have in common, None if there can be no other: it has no address, and its id
    is a number alone, as others may have, or it does not tell when it was made."""
    page = page_of(made.url)
    own = f"u\0{page}" if page else f"i\0{made.id}" if made.seen and not made.id.isdigit() else ""
    return hashlib.blake2b(own.encode(), digest_size=8).digest() if own else None
