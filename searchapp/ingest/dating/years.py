"""The year of a day that a text names without one, concluded from the rest of the article."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from searchapp.article import Dated
from searchapp.calendar import day_exists, on_day
from searchapp.ingest.dating.addresses import url_day
from searchapp.ingest.dating.candidates import Candidate
from searchapp.ingest.dating.dates import DatedText

SOON: Final = 3  # days in which most events are reported, and most articles updated
_ADDRESS = re.compile(r"https?://[^\s<>\"]{1,500}", re.IGNORECASE)
FUTURE: Final = re.compile(
    r"\b(?:will|would|shall|to be|be\s?(?:held|organi[sz]ed|hosted|convened)|upcoming|scheduled|slated|planned|plans|"
    r"due|next|expected|later|wird|werden|nächste[nrs]?|findet|geplant)\b[^.;]{0,60}\Z"
    r"|\b(?:until|till|by|from|before|ahead of)\s(?:the\s)?\Z",
    re.IGNORECASE,
)
_PAST = re.compile(
    r"\b(?:since|last|held|was|were|signed|had|after|adopted|born|died|founded|began|took|made|previous|earlier)\b[^.;]{0,60}\Z",
    re.IGNORECASE,
)
_COPYRIGHT = re.compile(r"(?:copyright|©|\(c\))[\s©(c)]{0,8}((?:19|20)\d\d)(?![\d–-])", re.IGNORECASE)
_BARE_YEAR = re.compile(
    r"\b(?:in|during|for|throughout|im jahr|en|năm|pada|в)\s((?:19|20)\d\d)(?![\d-])", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Years:
    """What an article lets conclude on the year it was written in."""

    body: DatedText
    tail: str
    updated: Dated | None
    near: Collection[date] = ()  # of which one is that of publication

    def dated(self, candidate: Candidate, origin: str) -> Dated | None:
        """Return the day a candidate names, in the one year that the evidence points to; None without such."""
        if candidate.either or candidate.day is None:
            return None
        if candidate.year is not None:
            return self._checked(candidate, origin)
        votes: defaultdict[int, float] = defaultdict(float)
        for year, weight in self._votes(candidate.month, candidate.day):
            if self._possible(candidate, year):
                votes[year] += weight
        ranked = sorted(votes.items(), key=lambda vote: -vote[1])
        needed = 1.0 if candidate.weekday is not None else 1.5
        if not ranked or ranked[0][1] < needed or (len(ranked) > 1 and ranked[1][1] > ranked[0][1] - 0.5):
            return None
        return on_day(date(ranked[0][0], candidate.month, candidate.day), origin)

    def _checked(self, candidate: Candidate, origin: str) -> Dated | None:
        """A day with its year in the lead is the event's unless later years, not yet to come, are spoken of, or the
        page was made in one."""
        year = candidate.year or 0
        later = any(c.year and c.year > year and not self._cue(c, FUTURE) for c in self.body.dates)
        made = any(int(found[1]) > year + 1 for found in _COPYRIGHT.finditer(self.tail))
        return None if later or made or not self._possible(candidate, candidate.year or 0) else candidate.dated(origin)

    def _possible(self, candidate: Candidate, year: int) -> bool:
        if not day_exists(year, candidate.month, candidate.day or 1):
            return False
        day = date(year, candidate.month, candidate.day or 1)
        right_weekday = candidate.weekday is None or day.weekday() == candidate.weekday
        return right_weekday and (self.updated is None or day <= self.updated.last)

    def _cue(self, candidate: Candidate, cue: re.Pattern[str]) -> bool:
        return bool(cue.search(self.body.text[max(0, candidate.start - 80) : candidate.start]))

    def _near(self, candidate: Candidate, month: int, day: int) -> bool:
        """Tell whether a date with its year lies within two weeks of this day of the same year."""
        on = candidate.on()
        return on is not None and day_exists(on.year, month, day) and abs((date(on.year, month, day) - on).days) <= 14

    def _votes(self, month: int, day: int) -> Iterator[tuple[int, float]]:
        for candidate in self.body.dates:
            if candidate.year is None:
                continue
            earlier = (candidate.month, candidate.day or 31) < (month, day)
            if self._cue(candidate, FUTURE):
                yield candidate.year - earlier, 2.0
            elif self._cue(candidate, _PAST):
                yield candidate.year + (not earlier), 0.5
            else:
                yield candidate.year, 2.0 if self._near(candidate, month, day) else 1.0
        yield from ((each.year, 2.0) for each in self.near if (each.month, each.day) == (month, day))
        if self.updated is not None:
            for year in (self.updated.first.year - 1, self.updated.first.year):
                if day_exists(year, month, day) and 0 <= (self.updated.first - date(year, month, day)).days <= SOON:
                    yield year, 1.5
        for year in {int(found[1]) for found in _BARE_YEAR.finditer(self.body.text)}:
            yield year, 0.5
        for year in {int(found[1]) for found in _COPYRIGHT.finditer(self.tail)}:
            yield year, 1.0  # pages also give the year they were fetched in: a weekday must agree
        for address in _ADDRESS.findall(self.tail):
            linked = url_day(address)
            if linked:
                for year in (linked.first.year - 1, linked.first.year, linked.first.year + 1):
                    if (
                        day_exists(year, month, day)
                        and (apart := abs((date(year, month, day) - linked.first).days)) <= 183
                    ):
                        yield year, 2.0 if apart <= 60 else 1.0
