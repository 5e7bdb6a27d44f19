"""Two to four searches over time, side by side; and two statements, with the words that only one of them has."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from searchapp.analysis import Span, stem, tokens
from searchapp.answers.timeline import Period, Timeline, Unit
from searchapp.article import Article, Statement
from searchapp.search import SearchRequest

MOST = 4  # searches: more lines cannot be told apart


@dataclass(frozen=True, slots=True)
class Series:
    """One of the searches: the ``name`` of a speaker, or words; how much it finds, and when. ``timeline`` is None where
    nothing in the archive has a day that is asked for."""

    name: str
    request: SearchRequest
    total: int
    timeline: Timeline | None

    @property
    def periods(self) -> Sequence[Period]:
        """Its periods, which are the same for all that are compared."""
        return self.timeline.periods if self.timeline else ()


@dataclass(frozen=True, slots=True)
class Comparison:
    """Searches of one archive at the same time: they have the same periods."""

    series: tuple[Series, ...]

    @property
    def unit(self) -> Unit | None:
        """How long each period is, None if there are none."""
        return self.series[0].timeline.unit if self.series and self.series[0].timeline else None

    @property
    def periods(self) -> list[tuple[Period, ...]]:
        """Each period, as those of all series."""
        return list(zip(*(each.periods for each in self.series), strict=True))


def only_here(article: Article, said: Statement, other: Article, also: Statement) -> list[Span]:
    """Return where in the body of ``article`` words of a statement stand that another statement has in no form; those
    that follow each other as one."""
    theirs = {stem(token.term) for token in tokens(other.body[also.start : also.end])}
    return list(_runs(article.body, said, theirs))


def _runs(body: str, said: Statement, theirs: set[str]) -> Iterator[Span]:
    run: list[Span] = []
    for token in tokens(body[said.start : said.end]):
        if stem(token.term) not in theirs:
            run.append(Span(said.start + token.start, said.start + token.end))
        elif run:
            yield Span(run[0].start, run[-1].end)
            run = []
    if run:
        yield Span(run[0].start, run[-1].end)
