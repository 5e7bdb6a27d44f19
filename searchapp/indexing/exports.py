"""A whole archive as JSON lines, and those as an archive again: to keep it, to move it, to read it with other programs.

The first line tells how many articles follow, of which corpus, and what the archive has learned of it (its profile, in
base64). Each further line is an article with all that is known of it, by the names of ``searchapp/article.py``.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

import msgspec

from searchapp.article import Article
from searchapp.engines.protocol import Engine
from searchapp.errors import BadExport, EngineUnavailable
from searchapp.indexing.guards import Allowed, held_by, refuse_losses, refuse_other_archive
from searchapp.indexing.passes import Progress
from searchapp.indexing.report import Report, Tally
from searchapp.query import Everything, Query
from searchapp.search import SearchRequest, Walk
from searchapp.workers import CHUNK

FORM = 1  # counted up when the lines change their form
EVERYTHING = SearchRequest(Query("", Everything()), sort="newest", facets=())
TRIES = 3  # at an archive that is published anew meanwhile


class _Head(msgspec.Struct):
    export: int  # FORM
    articles: int
    corpus: str
    profile: bytes


# Made as the module is loaded: two threads that are the first to decode a type end the process (msgspec 0.22).
_HEADS, _ARTICLES = msgspec.json.Decoder(_Head), msgspec.json.Decoder(Article)
_encode = msgspec.json.Encoder().encode


def export(engine: Engine, out: BinaryIO, progress: Progress | None = None) -> int:
    """Write the archive to ``out``, newest articles first; return how many there are. Raises what ``Engine.walk``
    raises, and OSError."""
    head, walk = _begun(engine)
    out.write(_encode(head) + b"\n")
    for article in articles_of(walk, progress):
        out.write(_encode(article) + b"\n")
    return walk.total


def articles_of(walk: Walk, progress: Progress | None) -> Iterator[Article]:
    """Yield the articles of a walk, and tell how far they are written."""
    for number, hit in enumerate(walk.hits, 1):
        yield hit.article
        if progress and (number % CHUNK == 0 or number == walk.total):
            progress("Exporting", number, walk.total)


def restore(
    engine: Engine, lines: Iterable[bytes], *, progress: Progress | None = None, allowed: Allowed = Allowed()
) -> Report:
    """Build a new generation from what ``export`` wrote, the same that was exported, and switch to it when it is whole.

    Raises BadExport for lines that are none of an export, or not all of it; CorpusFault when the index holds another
    corpus, or much more of it, and that was not ``allowed``; IndexBusy when another process is writing.
    """
    numbered = enumerate(lines, 1)
    head, tally = _head(next(numbered, (1, b""))[1]), Tally()
    with engine.lock():
        held = held_by(engine)
        refuse_other_archive(held, head.corpus, allowed)

        def articles() -> Iterator[Article]:
            for number, line in numbered:
                article = _article(line, number)
                tally.digests[article.id] = article.digest
                tally.count(article)
                yield article
                if progress and (number % CHUNK == 0 or number > head.articles):
                    progress("Indexing", number - 1, head.articles)
            if len(tally.digests) != head.articles:
                raise BadExport(
                    f"The export holds {len(tally.digests):,} articles of {head.articles:,}; the index was left "
                    "unchanged. It is not whole: export the archive again."
                )
            refuse_losses(Path(head.corpus), held, tally, allowed)

        info = engine.reindex(articles(), profile=head.profile, corpus=head.corpus, count=head.articles)
    return tally.report(held.digests, info)


def _begun(engine: Engine) -> tuple[_Head, Walk]:
    """Return the first line, and all articles, of one and the same generation."""
    for _ in range(TRIES):
        info, profile = engine.info(), engine.profile()
        walk = engine.walk(EVERYTHING)
        if walk.generation == info.generation:
            return _Head(FORM, walk.total, info.corpus, profile), walk
    raise EngineUnavailable("The archive is being changed just now: export it when that is done.")


def _head(line: bytes) -> _Head:
    try:
        head = _HEADS.decode(line)
    except msgspec.DecodeError:
        raise BadExport(
            "This is no file that searchapp export wrote: its first line tells of no archive. Articles are put into "
            "the corpus instead."
        ) from None
    if head.export != FORM:
        raise BadExport(
            f"This export has form {head.export}, and this program reads form {FORM}: export the archive again, with "
            "this version."
        )
    return head


def _article(line: bytes, number: int) -> Article:
    try:
        return _ARTICLES.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError) as fault:
        raise BadExport(
            f"Line {number:,} of the export cannot be read ({fault}); the index was left unchanged. Export the archive "
            "again."
        ) from None
