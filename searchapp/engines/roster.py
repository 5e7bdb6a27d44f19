"""Who speaks in an archive: every name with how much is told of it, read once of a generation."""

from collections import defaultdict
from dataclasses import dataclass, field, replace
from functools import cached_property

from searchapp.analysis import terms
from searchapp.article import SpeakerType
from searchapp.engines.held import Held
from searchapp.engines.notes import notes
from searchapp.engines.portraits import said_by, saying
from searchapp.engines.protocol import Engine
from searchapp.fields import View
from searchapp.query import parse
from searchapp.search import Choice, Filters, Heard, Known, SearchRequest

_ARTICLES = frozenset(("the", "a", "an"))
_UNFILTERED = Filters()


@dataclass(frozen=True)
class Roster:
    """All who speak, those of whom most statements are told first, then by name. When somebody was heard is looked up
    where it is asked for first, which takes two searches, and kept: some hundred bytes each."""

    generation: str
    everybody: tuple[Known, ...]
    _heard: dict[str, Heard] = field(default_factory=dict)

    @cached_property
    def by_name(self) -> tuple[Known, ...]:
        """All from A to Z."""
        return tuple(sorted(self.everybody, key=_from_a_to_z))

    def heard(self, engine: Engine, name: str) -> Heard:
        """Return when somebody was heard. Raises what ``Engine.search`` raises."""
        if name not in self._heard:
            found = saying(engine, replace(said_by(name), at=self.generation))
            first, last = (each.article.published if each else None for each in (found.first, found.last))
            self._heard[name] = Heard(first, last)
        return self._heard[name]


def roster(engine: Engine) -> Roster:
    """Return who speaks in the archive that ``engine`` serves. Raises what ``Engine.info`` and ``Engine.search`` do."""
    return _held.of(engine)


def _read(engine: Engine) -> Roster:
    said, articles = _counted(engine, "statements"), _counted(engine, "articles")
    organisations = _counted(engine, "statements", Filters(speakerkind=Choice(("organisation",))))
    others: dict[str, list[str]] = defaultdict(list)
    for spelling, names in notes(engine).persons.names.items():
        for name in names:
            others[name].append(f" {spelling}")
    everybody = []
    for name, statements in said.items():
        kind: SpeakerType = "organisation" if name in organisations else "person"
        words = "".join(f" {word}" for word in terms(name))
        spelled = words + "".join(others.get(name, ()))
        everybody.append(Known(name, kind, statements, articles.get(name, 0), words, spelled))
    return Roster(engine.info().generation, tuple(everybody))


def _counted(engine: Engine, view: View, filters: Filters = _UNFILTERED) -> dict[str, int]:
    """Return how many articles or statements each speaker has, the commonest first."""
    wanted = SearchRequest(
        parse("", view=view), view=view, filters=filters, limit=0, facets=("speaker",), facet_limit=None
    )
    return {each.value: each.count for each in engine.search(wanted).facets["speaker"].values if each.value}


def _from_a_to_z(known: Known) -> tuple[str, ...]:
    """Return what somebody is sorted by: a person by the last word of the name first, an organisation by the first that
    is no article; what has no words comes last."""
    words = known.words.split()
    if not words:
        return ("\U0010ffff",)
    if known.kind == "person":
        return (words[-1], *words[:-1])
    return tuple(words[1:] if words[0] in _ARTICLES and words[1:] else words)


_held = Held(_read)
