"""What ingest learns from the whole archive before it cleans a single article.

Nothing here depends on the order of files or on how many processes learned: of each site, and of the archive, those
articles are sampled whose digests hash lowest (a bottom-k sketch: Cohen and Kaplan, 2007). What is among the
lowest of all was among the lowest of any part, so merged samples equal the sample of everything.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from hashlib import blake2b
from itertools import islice
from typing import Final, NamedTuple, TypeVar
from urllib.parse import urlsplit

import msgspec

from searchapp.errors import IndexFault
from searchapp.ingest.attribution.people import People
from searchapp.ingest.corrections import Corrections
from searchapp.ingest.dating.bounds import EARLIEST
from searchapp.ingest.dating.dates import day_first_evidence
from searchapp.ingest.dating.offsets import NONE, Votes, added, hours_of, votes_of
from searchapp.ingest.dating.stamps import Stamped
from searchapp.ingest.outlets import Outlets
from searchapp.ingest.raw import Raw, path_source
from searchapp.ingest.steps import step

MAX_SITES: Final = 1_000
MAX_SITE_ARTICLES: Final = 64  # sampled of each site, for its repeated lines
MAX_SITE_LINES: Final = 300  # of each article: the first and the last, where boilerplate stands
MAX_WORD_ARTICLES: Final = 1_000  # sampled of the archive, for its vocabulary
MAX_WORDS: Final = 1_000  # of each article
MAX_LINE: Final = 1_000  # code points: a longer line is never boilerplate
_KEY = 8  # bytes that stand for a line or a word
_MOST_ONE_SIDED = 10  # dates of one order for each of the other, at least, for a site to have an order
_HEAD = 20_000  # code points searched for dates, and at first for words

_LETTERS = re.compile(r"[^\W\d_]+")
_FOLDED = {code: chr(code).lower() if chr(code).isalpha() else " " for code in range(128)}
_LONGEST_WORD = 40  # letters of one that is not cut into several
_WORD = re.compile(rf"[^\W\d_]{{3,{_LONGEST_WORD}}}")
Value = TypeVar("Value")


class Site(NamedTuple):
    """What was learned of one site: the lines of its sampled articles (digest -> 8 bytes a line), its dates, and how
    many hours ahead of UTC its stamps show it to be."""

    articles: Mapping[bytes, bytes]
    day_first: int = 0
    month_first: int = 0
    ahead: Votes = NONE


@dataclass(frozen=True)
class Profile:
    """Lines repeated per site, vocabulary, order of day and month per site, names. ``Profile()`` knows nothing.

    ``names`` maps forms of names to the name that the archive gives their bearer; indexing fills it in once
    statements were attributed, and ``people`` is what people.toml said then; ``sources`` and ``outlets`` are the same
    of sources, and ``corrections`` is what corrections.toml said. ``counting`` tells which article (by id) counts of
    those that have in common what the key stands for (``fetches.key_of``), ``passed`` the digests of the earlier ones.
    ``earliest`` is the first year that is believed of metadata. Memory is bounded by the constants above, but for what
    is kept of names, versions and corrections.
    """

    sites: Mapping[str, Site] = field(default_factory=dict)
    words: Mapping[bytes, bytes] = field(default_factory=dict)  # digest of an article -> 8 bytes a word
    names: Mapping[str, str] = field(default_factory=dict)
    people: People = field(default_factory=People)
    version: int = 0  # of the ingest that the archive's articles went through
    sources: Mapping[str, str] = field(default_factory=dict)  # spelling -> what is shown
    outlets: Outlets = field(default_factory=Outlets)
    counting: Mapping[bytes, str] = field(default_factory=dict)
    passed: Mapping[str, str] = field(default_factory=dict)
    earliest: int = EARLIEST
    corrections: Corrections = field(default_factory=Corrections)
    synonyms: tuple[tuple[str, ...], ...] = ()  # of words.toml; engines/notes.py reads them, and names and people

    @classmethod
    @step("learning from it")
    def of(cls, raws: Iterable[Raw]) -> "Profile":
        """Return what ``raws`` teach. Raises Rejected if that fails."""
        sites: dict[str, Site] = {}
        words: dict[bytes, bytes] = {}
        for raw in raws:
            name, digest = site_of(raw), _key(f"{raw.digest}\0{raw.id}")
            articles, day_first, month_first, ahead = sites.get(name) or Site({})
            if _belongs(digest, articles, MAX_SITE_ARTICLES):
                articles = _lowest({**articles, digest: _line_keys(raw.text)}, MAX_SITE_ARTICLES)
            if _belongs(digest, words, MAX_WORD_ARTICLES):
                words = _lowest(words | {digest: _word_keys(raw.text)}, MAX_WORD_ARTICLES)
            evidence = day_first_evidence(raw.text[:_HEAD])
            if isinstance(raw.published, Stamped):
                ahead = added(ahead, votes_of(raw.published, raw.page or raw.text))
            sites[name] = Site(articles, day_first + max(evidence, 0), month_first + max(-evidence, 0), ahead)
        return cls(_bounded(sites), words)

    def merge(self, other: "Profile") -> "Profile":
        """Return what both learned, from different articles."""
        sites = dict(self.sites)
        for name, theirs in other.sites.items():
            ours = sites.get(name) or Site({})
            sites[name] = Site(
                _lowest({**ours.articles, **theirs.articles}, MAX_SITE_ARTICLES),
                ours.day_first + theirs.day_first,
                ours.month_first + theirs.month_first,
                added(ours.ahead, theirs.ahead),
            )
        words = _lowest({**self.words, **other.words}, MAX_WORD_ARTICLES)
        return Profile(_bounded(sites), words, {**self.names, **other.names})

    def holders(self, site: str) -> Mapping[bytes, int]:
        """Return the ``line_key`` of each line that several articles of ``site`` hold, and which: a bit for each."""
        if site not in self._holders and site in self.sites:
            self._holders[site] = _holders(self.sites[site].articles.values())
        return self._holders.get(site, {})

    def articles(self, site: str) -> int:
        """Return how many articles of ``site`` were sampled."""
        return len(self.sites[site].articles) if site in self.sites else 0

    def knows(self, word: str) -> bool:
        """Tell whether several articles of the archive use ``word`` (case does not count)."""
        return bool(self.words) and _word_key(word.casefold()) in self._known

    def day_first(self, site: str) -> bool | None:
        """Tell whether ``site`` writes the day before the month (29/9/2021); None if its dates do not show it."""
        found = self.sites.get(site)
        if not site or found is None or found.day_first == found.month_first:
            return None
        least, most = sorted((found.day_first, found.month_first))
        return None if least * _MOST_ONE_SIDED > most else found.day_first > found.month_first

    def hours_ahead(self, site: str) -> frozenset[int]:
        """Return how many hours ahead of UTC ``site`` can be; none if its articles do not show it."""
        found = self.sites.get(site) if site else None
        return hours_of(found.ahead) if found else frozenset()

    def to_bytes(self) -> bytes:
        """Return the profile as bytes: the same bytes for the same articles in any order."""
        sites = {
            name: site._replace(articles=dict(sorted(site.articles.items())))
            for name, site in sorted(self.sites.items())
        }
        words, names = dict(sorted(self.words.items())), dict(sorted(self.names.items()))
        named = (dict(sorted(self.sources.items())), self.outlets)
        versions = (dict(sorted(self.counting.items())), dict(sorted(self.passed.items())))
        return msgspec.msgpack.encode(
            (
                sites,
                words,
                names,
                self.people,
                self.version,
                *named,
                *versions,
                self.earliest,
                self.corrections,
                self.synonyms,
            )
        )

    @classmethod
    def from_bytes(cls, data: bytes) -> "Profile":
        """Return the profile that ``to_bytes`` wrote. Raises IndexFault on anything else."""
        state = tuple[
            dict[str, Site], dict[bytes, bytes], dict[str, str], People, int,
            dict[str, str], Outlets, dict[bytes, str], dict[str, str], int, Corrections, tuple[tuple[str, ...], ...],
        ]  # fmt: skip
        try:
            return cls(*msgspec.msgpack.decode(data, type=state))
        except msgspec.DecodeError as fault:
            raise IndexFault(
                f"The profile of the index is damaged ({fault}). Rebuild the index with: searchapp reindex"
            ) from None

    @cached_property
    def _holders(self) -> dict[str, Mapping[bytes, int]]:
        return {}

    @cached_property
    def _known(self) -> frozenset[bytes]:
        return frozenset(_counts(self.words.values()))


def site_of(raw: Raw) -> str:
    """Return the site (host, source or first folder) whose other articles share boilerplate with ``raw``; or ""."""
    host = urlsplit(raw.url).hostname if raw.url else None
    return (host or "").removeprefix("www.") or raw.source or path_source(raw.path) or ""


def line_key(line: str) -> bytes:
    """Return 8 bytes that are the same for lines that differ in spaces, numbers, marks and case only; or b""."""
    if len(line) > MAX_LINE:
        return b""
    folded = " ".join(line.translate(_FOLDED).split() if line.isascii() else _LETTERS.findall(line.casefold()))
    return _key(folded) if folded else b""


def _key(text: str) -> bytes:
    return blake2b(text.encode(), digest_size=_KEY).digest()


def _belongs(digest: bytes, sample: Mapping[bytes, bytes], limit: int) -> bool:
    return len(sample) < limit or digest < max(sample)


def _lowest(sample: dict[bytes, Value], limit: int) -> dict[bytes, Value]:
    if len(sample) <= limit:
        return sample
    return {digest: sample[digest] for digest in sorted(sample)[:limit]}


def _bounded(sites: dict[str, Value]) -> dict[str, Value]:
    if len(sites) <= MAX_SITES:
        return sites
    return {name: sites[name] for name in sorted(sites, key=_key)[:MAX_SITES]}


def _holders(articles: Iterable[bytes]) -> Mapping[bytes, int]:
    """Return the keys that stand in several articles, each with a bit for every article that holds it."""
    holders: dict[bytes, int] = {}
    for number, keys in enumerate(articles):
        for at in range(0, len(keys), _KEY):
            key = keys[at : at + _KEY]
            holders[key] = holders.get(key, 0) | 1 << number
    return {key: held for key, held in holders.items() if held & (held - 1)}


def _counts(articles: Iterable[bytes]) -> Mapping[bytes, int]:
    counts = Counter(keys[at : at + _KEY] for keys in articles for at in range(0, len(keys), _KEY))
    return {key: count for key, count in counts.items() if count > 1}


def _line_keys(text: str) -> bytes:
    lines = [line for line in text.split("\n") if line.strip()]
    if len(lines) > MAX_SITE_LINES:
        lines = lines[: MAX_SITE_LINES // 2] + lines[-MAX_SITE_LINES // 2 :]
    return b"".join(sorted({line_key(line) for line in lines} - {b""}))


def _word_keys(text: str) -> bytes:
    return b"".join(sorted(map(_word_key, _first_words(text))))


def _first_words(text: str) -> set[str]:
    """Return the first words of three letters or more, case folded."""
    if text.isascii() and len(text) <= _HEAD:  # the same, in half the time
        words = [word for word in text.translate(_FOLDED).split() if len(word) > 2][:MAX_WORDS]
        if max(map(len, words), default=0) <= _LONGEST_WORD:
            return set(words)
    found = {word[0] for word in islice(_WORD.finditer(text), MAX_WORDS)}
    return {word.casefold() for word in found}


@lru_cache(maxsize=1 << 16)
def _word_key(word: str) -> bytes:
    return _key(word)
