"""Which day it is at a moment, in a place and at an outlet.

Zones are those of the tz database (``tzdata`` where the system has none). Which a place keeps tell the names of zones
("Asia/Hanoi"), CLDR's cities and countries (by Babel), and the cities of ``airportsdata``; all are looked up without
accents and blanks.
"""

import re
from collections import defaultdict
from datetime import date, datetime
from functools import cache
from typing import Final
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from searchapp.analysis import fold, letters

# Top-level domains of countries that sites all over the world use.
_WORLDWIDE: Final = frozenset("ac ag ai am bz cc co fm gg im io la ly me nu pw sh sc so st tk to tv vc ws".split())
_DOMAINS: Final = {"uk": "GB"}  # where they are not the country's code
_BESIDE: Final = re.compile(r"\s+(?:am|an der|im|upon|sur)\s|\s?[/(–-]")  # what stands behind a city's short name


def days_at(moment: datetime, zones: frozenset[str]) -> set[date]:
    """Return the days that it is at a moment in some zones."""
    days = set()
    for zone in zones:
        try:
            days.add(moment.astimezone(ZoneInfo(zone)).date())
        except (ZoneInfoNotFoundError, OverflowError):
            continue
    return days


def zones_of_place(place: str | None) -> frozenset[str]:
    """Return the zones that places of this name keep ("HANOI", "Perth, Australia"): none where it is not known."""
    whole, *within = (part.strip() for part in (place or "").split(","))
    name = _bare(whole)
    zones = _zones_of_cities().get(name) or _zones_of_countries().get(name) or _zones_of_airports().get(name)
    if not name or not zones:
        return frozenset()
    for outer in within:
        zones = zones & _zones_of_countries().get(_bare(outer), zones) or zones
    return zones


def zones_of_host(url: str | None) -> frozenset[str]:
    """Return the zones of the country whose domain an address is in."""
    try:
        domain = (urlsplit(url or "").hostname or "").rpartition(".")[2]
    except ValueError:
        return frozenset()
    if len(domain) != 2 or domain in _WORLDWIDE:
        return frozenset()
    from babel.core import get_global  # here and below, since only stamps need it

    return frozenset(get_global("territory_zones").get(_DOMAINS.get(domain, domain.upper()), ()))


@cache
def _zones_of_cities() -> dict[str, frozenset[str]]:
    """Return the zones that bear a city's name, also an older one ("Asia/Saigon")."""
    from babel import Locale
    from babel.core import get_global

    named = {zone: zone for zone in get_global("zone_territories")} | dict(get_global("zone_aliases"))
    cities = {_bare(old.rpartition("/")[2].replace("_", " ")): zone for old, zone in named.items() if "/" in old}
    shown = {_bare(names["city"]): zone for zone, names in Locale("en").time_zones.items() if "city" in names}
    return {city: frozenset((zone,)) for city, zone in (cities | shown).items()}


@cache
def _zones_of_countries() -> dict[str, frozenset[str]]:
    from babel import Locale
    from babel.core import get_global

    zones = get_global("territory_zones")
    return {_bare(name): frozenset(zones[code]) for code, name in Locale("en").territories.items() if code in zones}


@cache
def _zones_of_airports() -> dict[str, frozenset[str]]:
    """Return the zones of the cities that have an airport."""
    import airportsdata

    zones: defaultdict[str, set[str]] = defaultdict(set)
    for airport in airportsdata.load("IATA").values():
        city = airport["city"]
        for name in {city, _BESIDE.split(city)[0]}:
            zones[_bare(name)].add(airport["tz"])
    return {city: frozenset(kept) for city, kept in zones.items()}


def _bare(name: str) -> str:
    return letters(fold(name))
