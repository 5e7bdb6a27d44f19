"""When an article was published, and when it was updated.

``decide`` weighs the dates of a text (``dates``) by where they stand and what stands around them. What is not known
is not guessed: a wrong day files an article under a day when it was not said, which is worse than no day. Of the
clock it is only asked which days are still to come.
"""

import re
from collections.abc import Collection
from datetime import date

from searchapp.article import Dated
from searchapp.calendar import on_day
from searchapp.ingest.dating.addresses import url_day
from searchapp.ingest.dating.bounds import believed
from searchapp.ingest.dating.candidates import Candidate
from searchapp.ingest.dating.dates import DatedText, find_dates
from searchapp.ingest.dating.details import MAX_DETAILS, date_prefix, without_date_prefixes
from searchapp.ingest.dating.dialects import WORD
from searchapp.ingest.dating.leads import day_reported
from searchapp.ingest.dating.page import Line, Zone, lines_of
from searchapp.ingest.dating.scores import CRAWLED, likeliest_day, only_month
from searchapp.ingest.dating.surroundings import blanked
from searchapp.ingest.dating.years import Years

# Only so much of an article is searched for its date; an article's own date never stands deeper.
_MAX_HEAD, _MAX_BODY, _MAX_TAIL = 50_000, 200_000, 50_000
_MAX_PREFIX_APART = 30  # days
_LONG_AFTER = 300  # days after which a page was crawled rather than published
_NAMED = 3  # words beside a day in a line of details: who wrote it
_PICTURED = re.compile(
    r"photo|foto|bild|image|picture|archiv|file|credit|©|\(c\)|getty|reuters|\bAFP\b|\bAP\b|\bdpa\b|\bEPA\b",
    re.IGNORECASE,
)


def decide(
    *,
    head: str,
    dateline: str,
    body: str,
    tail: str,
    url: str | None,
    day_first: bool | None,
    page: str = "",
    captions: Collection[str] = (),
    near: Collection[date] = (),
) -> tuple[Dated | None, Dated | None]:
    """Return (published, updated) of an article.

    ``head`` is what was cut before the body and ``tail`` what was cut behind it, line by line; ``dateline`` the
    line or words that open it ("Hanoi, April 27 (VNA) –"). ``page`` is the text before anything was cut: lines
    that give a date are then looked for there, where each stands in its place, but not in lines that are ``captions``,
    whose dates are those of pictures. With all others empty ``body`` may be a whole page. ``day_first`` is the order
    of numeric dates at this source, if known. A prefix that a scraper left is the day of publication, unless the text
    gives another far from it: then it is the day of the crawl. Where no day is found, a month that the page gives is
    taken. ``near`` are days of which one is that of publication, by its stamp.
    """
    head, dateline, body, tail = head[:_MAX_HEAD], dateline[:MAX_DETAILS], body[:_MAX_BODY], tail[:_MAX_TAIL]
    page = _without_lines(page, _of_pictures(captions))
    prefix = _from_prefix(page or head) or _from_prefix(body)
    if prefix:
        page, head, body = (without_date_prefixes(text) for text in (page, head, body))
    texts: dict[Zone, str] = {"head": head, "dateline": dateline, "body": body, "tail": tail}
    parts = {zone: DatedText(text) for zone, text in texts.items()}
    lines = lines_of({"body": DatedText(page[:_MAX_BODY])} if page else parts, day_first, url, near)
    updated = _updated(lines)
    published = _of_page(lines, url, prefix, opening_day(parts["dateline"]))
    sure = published is not None and published.precision == "day"
    if not sure or published is prefix:
        lead = day_reported(
            lines_of(parts, day_first, url) if page else lines, Years(parts["body"], tail, updated, near)
        )
        if published is None or not sure or _disproves(lead, published):
            published = lead or published
    return published or only_month(lines), updated


def _of_pictures(captions: Collection[str]) -> frozenset[str]:
    """Return the captions but those that are a day and a name and speak of no picture: these are lines of details."""
    return frozenset(each for each in captions if _PICTURED.search(each) or not _is_detail(each))


def _is_detail(line: str) -> bool:
    if len(line) > MAX_DETAILS:
        return False
    dates = find_dates(line)
    return any(each.on() for each in dates) and len(WORD.findall(blanked(line, dates))) <= _NAMED


def _without_lines(text: str, lines: Collection[str]) -> str:
    """Return ``text`` without those of its lines that are one of ``lines``, whatever blanks part their words."""
    return "\n".join(line for line in text.split("\n") if " ".join(line.split()) not in lines) if lines else text


def _of_page(lines: list[Line], url: str | None, prefix: Dated | None, opening: Candidate | None) -> Dated | None:
    """Return when the article was published by its lines, its address, its prefix and the date of its dateline."""
    linked = believed(url_day(url))
    published = likeliest_day(lines, linked) or linked
    if prefix and (published is None or published.precision != "day" or _is_near(prefix, published)):
        published = prefix
    if opening is not None and published is not None and _contradicts(opening, published):
        published = None
    if published is None or published.precision != "day":
        published = (opening.dated("dateline") if opening else None) or published
    return published


def opening_day(dateline: DatedText) -> Candidate | None:
    """Return the date in a dateline, if it names a day and not that of a copy."""
    if CRAWLED.search(dateline.text):
        return None
    days = (candidate for candidate in dateline.dates if candidate.day and not candidate.either)
    return next((each for each in days if each.year is None or believed(each.dated(""))), None)


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
    return believed(dates[0].dated("prefix")) if dates else None


def _updated(lines: list[Line]) -> Dated | None:
    """Return the latest day that a line beside the running text calls that of an update."""
    days = [
        day
        for line in lines
        for candidate in line.dates
        if line.short and candidate.label == "updated" and (day := candidate.on())
    ]
    return on_day(max(days), "head") if days else None
