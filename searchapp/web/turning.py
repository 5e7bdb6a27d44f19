"""From a hit's own page to the hits before and after it, and back to the page of results it stands on."""

import re
from dataclasses import dataclass, replace

from searchapp.answers import parameters
from searchapp.answers.address import PAGE, Address
from searchapp.engines.protocol import Engine
from searchapp.search import Hit, SearchRequest
from searchapp.web.hits import hit_url
from searchapp.web.links import address_of

HIT = "hit"  # the parameter: the number of the hit among all, from 1


@dataclass(frozen=True, slots=True)
class Turning:
    """Hit ``number`` of ``total``; ``back`` leads to the results, and what is ``None`` is not there."""

    number: int
    total: int
    back: str
    previous: str | None
    following: str | None


def number_of(given: parameters.Given) -> int:
    """Take the number of the hit out of ``given``: 0 where none is told, or none that can be."""
    told = given.pop(HIT, [""])[0]
    number = int(told) if re.fullmatch(r"[1-9][0-9]{0,6}", told) else 0
    return number if number <= parameters.REACH else 0


def turning(engine: Engine, wanted: SearchRequest, number: int, identity: str) -> Turning | None:
    """Return where hit ``number`` of a search, the article or statement of this id, leads; None when another one
    stands there now."""
    if not number:
        return None
    first = max(number - 2, 0)
    found = engine.search(replace(wanted, offset=first, limit=number + 1 - first, facets=()))
    hits = dict(enumerate(found.hits, first + 1))
    here = hits.get(number)
    if here is None or identity != (here.statement or here.article).id:
        return None
    address = address_of(wanted)
    return Turning(
        number,
        found.total,
        address.page((number - 1) // PAGE * PAGE),
        _url(address, hits.get(number - 1), number - 1),
        _url(address, hits.get(number + 1), number + 1),
    )


def _url(address: Address, hit: Hit | None, number: int) -> str | None:
    return hit_url(address, hit, number) if hit and number <= parameters.REACH else None
