"""Articles as engines store them, which is as JSON: read whole, or in brief for lists of very many."""

from collections.abc import Callable

import msgspec

from searchapp.article import Article, Dated, Speaker

AT_ONCE = 1000  # articles or statements that a walk reads at a time: some megabytes
Read = Callable[[bytes], Article]


class _Brief(msgspec.Struct):
    """What lists tell of an article: all but its statements, what was cut or noticed, earlier versions and sketch."""

    id: str
    title: str | None
    body: str
    published: Dated | None
    updated: Dated | None
    source: str | None
    place: str | None
    url: str | None
    language: str
    speakers: tuple[Speaker, ...]
    path: str
    digest: str
    seen: str
    authors: tuple[str, ...]


# Made as the module is loaded: two threads that are the first to decode a type end the process (msgspec 0.22).
_BRIEF = msgspec.json.Decoder(_Brief)
whole: Read = msgspec.json.Decoder(Article).decode


def brief(data: bytes) -> Article:
    """Return an article without its statements, what was cut and noticed, earlier versions and sketch."""
    read = _BRIEF.decode(data)
    return Article(
        read.id,
        read.title,
        read.body,
        read.published,
        read.updated,
        read.source,
        read.place,
        read.url,
        read.language,
        read.speakers,
        path=read.path,
        digest=read.digest,
        seen=read.seen,
        authors=read.authors,
    )
