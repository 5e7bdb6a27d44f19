"""What an archive knows beside its articles, from the profile of its generation: persons and synonyms."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace

import msgspec

from searchapp.engines.held import Held
from searchapp.engines.persons import KnownPeople, Persons
from searchapp.engines.protocol import Engine
from searchapp.engines.synonyms import Synonyms
from searchapp.errors import QueryFault
from searchapp.query import parse
from searchapp.search import SearchRequest

# Of the profile that ingest wrote (``ingest/profile.py``): forms with the names they stand for, what people.toml says,
# and as its last part the synonyms.
# Made as the module is loaded: two threads that are the first to decode a type end the process (msgspec 0.22).
_PARTS = msgspec.msgpack.Decoder(list[msgspec.Raw])
_NAMES, _PEOPLE = msgspec.msgpack.Decoder(dict[str, str]), msgspec.msgpack.Decoder(KnownPeople)
_SYNONYMS = msgspec.msgpack.Decoder(list[list[str]])
Other = tuple[str, SearchRequest, int]


@dataclass(frozen=True)
class Notes:
    """Whom and what an archive knows; ``Notes()`` is that of one that ingest did not make."""

    persons: Persons = field(default_factory=Persons)
    synonyms: Synonyms = field(default_factory=Synonyms)

    @classmethod
    def of(cls, profile: bytes) -> "Notes":
        """Return what a profile tells."""
        try:
            parts = _PARTS.decode(profile)
            return cls(
                Persons.of(_NAMES.decode(parts[2]), _PEOPLE.decode(parts[3])),
                Synonyms.of(_SYNONYMS.decode(parts[-1])),
            )
        except (msgspec.DecodeError, IndexError):
            return cls()

    def resolved(self, request: SearchRequest) -> SearchRequest:
        """Return ``request`` as one that finds the speakers it means by the names that they have in the archive, and
        the synonyms of its words unless it does without."""
        request = self.persons.resolved(request)
        return replace(request, query=self.synonyms.widened(request.query)) if request.synonyms else request


_held = Held(lambda engine: Notes.of(engine.profile()))


def notes(engine: Engine) -> Notes:
    """Return what the archive that ``engine`` serves knows. Raises what ``Engine.info`` raises."""
    return _held.of(engine)


def other_spellings(engine: Engine, request: SearchRequest) -> Iterator[Other]:
    """Yield searches for other spellings of a name among the words of ``request`` that find something: the spelling,
    the search, and how much it finds."""
    known = notes(engine)
    for spelling, text in known.persons.also(request.query):
        with suppress(QueryFault):
            query = parse(text, match=request.match, view=request.view)
            wanted = known.resolved(replace(request, query=query, offset=0, at=""))
            if total := engine.search(replace(wanted, limit=0, facets=())).total:
                yield spelling, wanted, total
