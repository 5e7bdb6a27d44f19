"""Which days are believed of an article: none to come, and none before there were any such articles."""

from datetime import date, timedelta
from typing import Final

from searchapp.article import Dated
from searchapp.ingest.notices import Notice

EARLIEST: Final = 1600  # the first newspaper came out in 1605: the Relation of Strasbourg
_STARTED: Final = date.today()  # this program; the clock is asked only of days that may be to come since then


def disbelief(dated: Dated, earliest: int = EARLIEST) -> Notice | None:
    """Return why a day is not believed, None if it is. ``earliest`` is the first year that is. Tomorrow is believed,
    since it has begun somewhere."""
    if dated.first >= _STARTED and dated.first > date.today() + timedelta(days=1):
        return Notice.FUTURE
    return Notice.TOO_EARLY if dated.last.year < earliest else None


def believed(dated: Dated | None) -> Dated | None:
    """Return a date if it is believed."""
    return dated if dated and not disbelief(dated) else None
