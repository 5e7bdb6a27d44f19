"""When an article was published, and when it was updated.

``decide`` weighs the dates of a text (``dates``) by where they stand and what stands around them. What is not known
is not guessed: a wrong day files an article under a day when it was not said, which is worse than no day. Nothing
here looks at a clock.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import accumulate, pairwise
from typing import Literal

from searchapp.article import Dated
from searchapp.calendar import EPOCH, on_day
from searchapp.ingest.dating.dates import (
    BYLINE,
    MAX_METADATA,
    Candidate,
    blanked,
    date_prefix,
    day_first_evidence,
    find_dates,
    is_date_line,
    url_day,
    without_date_prefixes,
)
from searchapp.ingest.dating.years import FUTURE, SOON, Years

Zone = Literal["head", "dateline", "body", "tail"]
# Only so much of an article is searched for its date; an article's own date never stands deeper.
_MAX_HEAD, _MAX_BODY, _MAX_TAIL = 50_000, 200_000, 50_000
_MAX_PER_LINE = 8  # dates
_MAX_PREFIX_APART = 30  # days
_FEW = 8  # dates of open order that are compared with events
_LONG_AFTER = 300  # days after which a page was crawled rather than published
_WORD = re.compile(r"[^\W\d_]+")
_SEPARATOR = re.compile(r"\s{2,}|\s?[|•·]\s?")
_SHAPE = re.compile(r"\d+|[^\W\d_]+")
_EVERYDAY_ENGLISH = re.compile(r"\b(?:the|of|and|to|in|is|for|by)\b", re.IGNORECASE)
_DAY_FIRST_DOMAIN = re.compile(r"\A\w+://[^/]{1,200}\.(?:uk|ie|au|nz|in|za|sg|my|hk|ng|ke)(?=[:/]|\Z)", re.IGNORECASE)
_SINCE = re.compile(r"\bsince\s(?:the\s)?\Z", re.IGNORECASE)
_ON = re.compile(
    r"(?:\A\W*|\b(?:on|am|le|el|il|ngày|pada|tanggal)\s|[,(–-]\s?)(?:the\s)?\Z|\A(?:ngày|\W)*\Z", re.IGNORECASE
)
_CRAWLED = re.compile(
    r"\b(?:cached?|retrieved|accessed|crawled|archived|captured|snapshot|scraped|fetched|downloaded)\b", re.IGNORECASE
)
# What speaks for a line's date being that of publication, in the order found by looking at real pages: that the
# line holds nothing else, is labelled, names the time of day, and stands where the running text begins. What
# speaks against it: other days close by (a list of teasers), lines of the same shape (comments), the tail.
_ENOUGH, _ENOUGH_ALONE = 2.2, 1.0
_ALONE, _FEW_WORDS, _SOME_WORDS, _PROSE = 4.0, 3.0, 1.5, -2.5
_SENTENCE = 13  # words from which a line is no line of details
_LABELS = {"published": 3.0, "date": 1.5}
_NEAR = 4.0
_REPEATED = 1.5


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of the page that is not blank."""

    text: str
    zone: Zone
    dates: tuple[Candidate, ...]  # their offsets are those of the line
    rest: int  # words beside dates, times, labels and fillers, in the segment that holds a date
    prose: int  # words, if it is running text; else 0
    shape: str = ""  # the line with its words and numbers made alike; "" without a date

    @property
    def short(self) -> bool:
        """Whether it is a line of details rather than a sentence."""
        return self.rest < _SENTENCE


def decide(
    *,
    head: str,
    dateline: str,
    body: str,
    tail: str,
    url: str | None,
    day_first: bool | None,
    page: str = "",
) -> tuple[Dated | None, Dated | None]:
    """Return (published, updated) of an article.

    ``head`` is what was cut before the body and ``tail`` what was cut behind it, line by line; ``dateline`` the
    line or words that open it ("Hanoi, April 27 (VNA) –"). ``page`` is the text before anything was cut: lines
    that give a date are then looked for there, where each stands in its place. With all others empty ``body`` may
    be a whole page. ``day_first`` is the order of numeric dates at this source, if known. A prefix that a scraper
    left is the day of publication, unless the text gives another far from it: then it is the day of the crawl. Where
    no day is found, a month that the page gives is taken.
    """
    head, dateline, body, tail = head[:_MAX_HEAD], dateline[:MAX_METADATA], body[:_MAX_BODY], tail[:_MAX_TAIL]
    prefix = _from_prefix(page or head) or _from_prefix(body)
    if prefix:
        page, head, body = (without_date_prefixes(text) for text in (page, head, body))
    parts: list[tuple[Zone, str]] = [("head", head), ("dateline", dateline), ("body", body), ("tail", tail)]
    lines = _lines([("body", page[:_MAX_BODY])] if page else parts, day_first, url)
    updated = _updated(lines)
    linked = url_day(url)
    published = _from_lines(lines, linked) or linked
    if prefix and (published is None or published.precision != "day" or _is_near(prefix, published)):
        published = prefix
    opening = _opening(dateline)
    if opening is not None and published is not None and _contradicts(opening, published):
        published = None
    if published is None or published.precision != "day":
        published = (opening.dated("dateline") if opening else None) or published
    if published is None or published.precision != "day" or published is prefix:
        lead = _from_lead(_lines(parts, day_first, url) if page else lines, Years(body, tail, updated))
        if published is not prefix or published is None or published.precision != "day" or _disproves(lead, published):
            published = lead or published
    return published or _from_month(lines), updated


def _opening(dateline: str) -> Candidate | None:
    """Return the date in a dateline, if it names a day."""
    return next((candidate for candidate in find_dates(dateline) if candidate.day and not candidate.either), None)


def _contradicts(opening: Candidate, published: Dated) -> bool:
    """Tell whether the dateline's day is far from the day given elsewhere: that is of a crawl or an update then."""
    if published.precision != "day" or opening.day is None:
        return False
    if day := opening.on():
        return not _is_near(published, on_day(day, ""))
    return _apart_in_season(date(2000, opening.month, opening.day), published.first) > _MAX_PREFIX_APART


def _disproves(lead: Dated | None, prefix: Dated) -> bool:
    """Tell whether the day that the lead gives shows the prefix to be wrong.

    Its day and month are exchanged, or it is of a crawl long after, in another season.
    """
    if lead is None:
        return False
    exchanged = (lead.first.year, lead.first.day, lead.first.month) == (
        prefix.first.year, prefix.first.month, prefix.first.day,
    )  # fmt: skip
    later = (prefix.first - lead.first).days > _LONG_AFTER
    return exchanged or (later and _apart_in_season(lead.first, prefix.first) > _MAX_PREFIX_APART)


def _apart_in_season(one: date, other: date) -> int:
    """Return how many days lie between two days when years do not count."""
    apart = abs(one.timetuple().tm_yday - other.timetuple().tm_yday)
    return min(apart, 365 - apart)


def _is_near(prefix: Dated, published: Dated) -> bool:
    return abs((prefix.first - published.first).days) <= _MAX_PREFIX_APART


def _from_prefix(text: str) -> Dated | None:
    length = date_prefix(text)
    dates = find_dates(text[:length]) if length else []
    return dates[0].dated("prefix") if dates else None


def _updated(lines: list[_Line]) -> Dated | None:
    """Return the latest day that a line beside the running text calls that of an update."""
    days = [
        day
        for line in lines
        for candidate in line.dates
        if line.short and candidate.label == "updated" and (day := candidate.on())
    ]
    return on_day(max(days), "head") if days else None


# The page as lines


def _lines(zones: list[tuple[Zone, str]], day_first: bool | None, url: str | None) -> list[_Line]:
    found = {zone: find_dates(text) for zone, text in zones}
    order = day_first
    if order is None:
        order = _order([c for dates in found.values() for c in dates], zones, url)
    lines: list[_Line] = []
    for zone, text in zones:
        dates = [c.ordered(order) for c in found[zone]]
        starts = [c.start for c in dates]
        start = 0
        for line in text.split("\n"):
            own = dates[bisect_left(starts, start) : bisect_left(starts, start + len(line) + 1)]
            if line and not line.isspace():
                lines.append(
                    _line(
                        line,
                        zone,
                        [replace(c, start=c.start - start, end=c.end - start) for c in own[:_MAX_PER_LINE]],
                    )
                )
            start += len(line) + 1
    return lines


def _line(text: str, zone: Zone, dates: list[Candidate]) -> _Line:
    words = len(text.split())
    ends = text.rstrip("\"'”’»)] ")[-1:] in (".", "!", "?", "…", ":")
    prose = min(words, 60) if (words >= 8 and ends) or words > 20 else 0
    if not dates:
        return _Line(text, zone, (), words, prose)
    bare = blanked(text, dates)
    rest = len(_WORD.findall(bare))
    if ends and rest >= 3 and not any(candidate.label for candidate in dates):
        rest = max(rest, _SENTENCE)
    elif rest > 6:
        rest = rest + 6 if ends else min(rest, 2 + _words_around(text, bare, dates[0]))
    shape = _SHAPE.sub(lambda found: "9" if found[0].isdecimal() else "a", text[:100])
    return _Line(text, zone, tuple(dates), rest, prose, shape)


def _words_around(text: str, bare: str, candidate: Candidate) -> int:
    """Count the words in the part of a line ("Posted 5 May | By Jane Roe | Tags: …") that holds its first date."""
    start, end = 0, len(text)
    for separator in _SEPARATOR.finditer(text):
        if separator.end() <= candidate.start:
            start = separator.end()
        elif separator.start() >= candidate.end:
            end = separator.start()
            break
    return len(_WORD.findall(bare[start:end]))


def _order(dates: list[Candidate], zones: list[tuple[Zone, str]], url: str | None) -> bool | None:
    """Settle the order of day and month by other dates of the page, by its language, by its domain.

    Only English (of some countries) puts the month first.
    """
    doubtful = [c for c in dates if c.either]
    if not doubtful:
        return None
    linked = url_day(url)
    known = {c.on() for c in dates} - {None} | ({linked.first} if linked else set())
    votes = sum((c.ordered(True).on() in known) - (c.ordered(False).on() in known) for c in doubtful)
    votes = votes or day_first_evidence("\n".join(text for _, text in zones))
    votes = votes or sum(
        _soon_after(c.ordered(True), dates) - _soon_after(c.ordered(False), dates) for c in doubtful[:_FEW]
    )
    if votes:
        return votes > 0
    sample = "\n".join(text[:5_000] for _, text in zones)
    words = len(sample.split())
    if words >= 50 and len(_EVERYDAY_ENGLISH.findall(sample)) < words * 0.05:
        return True
    return True if _DAY_FIRST_DOMAIN.match(url or "") else None


def _soon_after(candidate: Candidate, dates: list[Candidate]) -> bool:
    """Tell whether a day lies not more than three days behind one of those without a year ("told him on June 3")."""
    day = candidate.on()
    events = {(c.month, c.day) for c in dates if c.year is None and c.day}
    return day is not None and any(
        (before.month, before.day) in events for before in (day - timedelta(back) for back in range(SOON + 1))
    )


# The date that most speaks for


def _from_lines(lines: list[_Line], linked: Dated | None) -> Dated | None:
    """Return the date that most speaks for, if enough does: less where no other day is in question."""
    scored = [(score, dated) for score, dated, _ in _scored(lines, linked) if score > 0]
    if not scored:
        return None
    score, best = max(scored, key=lambda pair: pair[0])
    alone = len({dated.first for _, dated in scored}) == 1
    return best if score > (_ENOUGH_ALONE if alone else _ENOUGH) else None


def _scored(lines: list[_Line], linked: Dated | None) -> Iterator[tuple[float, Dated, _Line]]:
    """Yield (score, date, line) of every date with a day or an unsettled one that can be that of publication."""
    begin, after = _running_text(lines)
    days = [_days(line) for line in lines]
    shapes = Counter(line.shape for line in lines)
    for number, line in enumerate(lines):
        for candidate in line.dates:
            dated = candidate.dated(_origin(line))
            if dated is None or candidate.day is None or candidate.label == "updated":
                continue
            if "://" in line.text[: candidate.start]:  # the day of another story, which a link leads to
                continue
            day = candidate.on()
            if day == EPOCH or _CRAWLED.search(line.text[:MAX_METADATA]):
                continue
            nearby: set[date] = set().union(*days[max(0, number - 6) : number + 7]) - {day or dated.first}
            score = _standing(line, candidate, number - begin) + candidate.timed + _LABELS.get(candidate.label or "", 0)
            score += _NEAR * (8 / (8 + begin - number) if number < begin else 1.2 * after[number] - 0.4)
            score -= 0.7 * min(len(nearby), 4)
            score -= _REPEATED if shapes[line.shape] >= 2 and number > begin else 0
            score -= min((number - begin) / 40, 1.0) if number > begin else 0
            score -= 2.0 if _is_range(line) else 0
            score -= 2.0 if line.zone == "tail" else 0
            score += 4.0 if linked and linked.first == day else 0
            yield score, dated, line


def _days(line: _Line) -> set[date]:
    """Return the days a line of details gives, but for those of updates."""
    if not line.short:
        return set()
    return {day for c in line.dates if c.label != "updated" and (day := c.on())}


def _is_range(line: _Line) -> bool:
    gaps = (line.text[one.end : other.start] for one, other in pairwise(line.dates))
    return any(gap.strip() in ("-", "–", "—", "bis", "to") for gap in gaps)


def _origin(line: _Line) -> str:
    if line.zone == "body":
        return "head" if line.short else "dateline"
    return line.zone


def _standing(line: _Line, candidate: Candidate, behind: int) -> float:
    if "(@" in line.text:  # an embedded tweet
        return _PROSE
    opens = candidate.start <= 30 and line.zone != "tail" and 0 <= behind <= 1
    if line.zone == "dateline" or (opens and line.prose):
        return _FEW_WORDS if _opens_like_a_dateline(line.text, candidate) else _PROSE
    if line.rest == 0:
        return _ALONE
    if line.rest <= 6:
        return _FEW_WORDS
    return _SOME_WORDS if line.short else _PROSE


def _opens_like_a_dateline(text: str, candidate: Candidate) -> bool:
    """Whether a date stands at the very beginning, parted from the sentence ("Hanoi, (5 May 2020). ")."""
    before = text[: candidate.start]
    return len(_WORD.findall(before)) <= 3 and bool(re.match(r"[\s)]*(?:[–—/|:.(-]|\s{2})", text[candidate.end :]))


def _running_text(lines: list[_Line]) -> tuple[int, list[float]]:
    """Return the number of the line where the running text begins, and which share of it follows from each line on.

    The running text is the run of lines with the greatest sum (Kadane's maximum subarray), where a line of prose
    counts its words and any other line costs four.
    """
    total, begin, best, first, last = 0, 0, 0, 0, 0
    for number, line in enumerate(lines):
        if total <= 0:
            total, begin = 0, number
        total += line.prose if line.prose and line.zone in ("dateline", "body") else -4
        if total > best:
            best, first, last = total, begin, number
    masses = [line.prose if first <= number <= last else 0 for number, line in enumerate(lines)]
    whole = sum(masses) or 1
    return first, [1 - mass / whole for mass in accumulate([0, *masses])]


def _from_month(lines: list[_Line]) -> Dated | None:
    """Return the only month that a line calls that of publication; else the only one that lines hold alone or behind
    an author, if it stands above the running text."""
    begin, _ = _running_text(lines)
    labelled: dict[date, tuple[int, Dated]] = {}
    alone: dict[date, tuple[int, Dated]] = {}
    for number, line in enumerate(lines):
        for candidate in line.dates:
            dated = candidate.dated(_origin(line)) if candidate.day is None and candidate.label != "updated" else None
            if dated and _is_of_details(line.text):
                months = labelled if candidate.label == "published" else alone
                months.setdefault(dated.first, (number, dated))
    found = list((labelled or alone).values())
    return found[0][1] if len(found) == 1 and (labelled or found[0][0] < begin) else None


def _is_of_details(text: str) -> bool:
    """Tell whether a line is a byline or nothing but a date; "April 1983." ends a sentence that was wrapped."""
    return bool(BYLINE.match(text)) or (not text.endswith(".") and is_date_line(text))


# The day of the event in the lead


def _from_lead(lines: list[_Line], years: "Years") -> Dated | None:
    """Return the day of the event that the first paragraphs report, its year known or concluded."""
    begin, _ = _running_text(lines)
    for line in lines[:begin]:
        for candidate in line.dates:
            if line.rest <= 6 and candidate.year is None and candidate.label != "updated" and line.zone != "tail":
                return years.dated(candidate, "head")
    for line in lines[begin : begin + 2]:
        if line.zone == "tail":
            break
        for candidate in line.dates:
            before = line.text[: candidate.start]
            if candidate.day is None or candidate.label == "updated" or candidate.start > 400:
                continue
            if (
                FUTURE.search(before[-80:])
                or _SINCE.search(before[-12:])
                or not (candidate.weekday is not None or _ON.search(before[-20:]))
            ):
                continue
            return years.dated(candidate, "dateline" if line.zone == "dateline" else "lead")
    return None
