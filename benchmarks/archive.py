"""The archive and the queries to measure with, made by the programs beside the project, in ``../shared/bench``."""

import json
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from searchapp import query
from searchapp.analysis import Span
from searchapp.article import Article, Dated, Speaker, Statement, with_statement_ids
from searchapp.search import Filters, SearchRequest

SHARED = Path(__file__).parents[2] / "shared" / "bench"
REUTERS = SHARED / "reuters.jsonl.gz"


@dataclass(frozen=True, slots=True)
class Wanted:
    """A request to measure with (or to warm up), and the class of its query ("rare", "phrase", ...)."""

    kind: str
    measured: bool
    request: SearchRequest

    @property
    def dated(self) -> bool:
        """Whether it is filtered by date, as half of them are."""
        return self.request.filters.first is not None


def make_archive(folder: Path, number: int) -> Path:
    """Write an archive of ``number`` articles with statements into ``folder``, and return its file."""
    return _written(folder / "archive.jsonl", "make.py", str(number))


def make_queries(archive: Path) -> list[Wanted]:
    """Return requests for an archive: 35 to warm up, and 140 others to measure with."""
    file = _written(archive.parent / "queries.jsonl", "queries.py", str(archive))
    with file.open(encoding="utf8") as lines:
        return [_wanted(json.loads(line)) for line in lines]


def newest_first(wanted: Wanted) -> Wanted:
    """Return the same request sorted by date."""
    return replace(wanted, request=replace(wanted.request, sort="newest"))


def articles(archive: Path) -> Iterator[Article]:
    """Yield the articles of an archive; what was said in a statement is the whole of its span."""
    with archive.open(encoding="utf8") as lines:
        yield from (_article(json.loads(line)) for line in lines)


def new_article(number: int, word: str) -> Article:
    """Return an article that is in no archive, found by a ``word`` of its own."""
    day = date(2024, 1, 1)
    body = f"The ferry {word} will sail again from Monday, its owners said. Its crew had asked for it. " * 12
    return Article(f"new-{number}", f"Ferry {word} sails again", body, Dated(day, day, "day", "metadata"))


def _written(file: Path, program: str, argument: str) -> Path:
    with file.open("wb") as out:
        subprocess.run([sys.executable, SHARED / program, argument], stdout=out, check=True)
    return file


def _article(made: dict[str, Any]) -> Article:
    published = _dated(made["date"])
    return with_statement_ids(
        Article(
            id=made["id"],
            title=made["title"] or None,
            body=made["text"],
            published=published,
            source=made["source"],
            speakers=_speakers(made["speakers"]),
            statements=tuple(_statement(each, published) for each in made["statements"]),
        )
    )


def _statement(made: dict[str, Any], published: Dated) -> Statement:
    start, end = made["start"], made["end"]
    who = _speakers(made["speakers"])
    return Statement(who, made["verb"], made["kind"], published, 1.0, start, end, (Span(start, end),))


def _speakers(names: Iterable[str]) -> tuple[Speaker, ...]:
    return tuple(map(Speaker, names))


def _dated(written: str) -> Dated:
    day = date.fromisoformat(written)
    return Dated(day, day, "day", "metadata")


def _wanted(made: dict[str, Any]) -> Wanted:
    first, last = (made[key] and date.fromisoformat(made[key]) for key in ("from", "to"))
    request = SearchRequest(query.parse(made["q"]), filters=Filters(first=first, last=last))
    return Wanted(made["class"], made["use"] == "measure", request)
