"""Who speaks in an archive: every name with how much is told of it, read once of a generation."""

from collections import defaultdict
from collections.abc import Sequence
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
from searchapp.search import Heard, Known, SearchRequest


@dataclass(frozen=True)
class Roster:
    """All who speak, those of whom most statements are told first, then by name. When somebody was heard is looked up
    where it is asked for first, which takes two searches, and kept: some hundred bytes each."""

    generation: str
    everybody: tuple[Known, ...]
    _heard: dict[str, Heard] = field(default_factory=dict)

    @cached_property
    def by_name(self) -> tuple[Known, ...]:
        """All from A to Z, by the last word of the name, then by the others."""
        return tuple(sorted(self.everybody, key=lambda known: _last_word_first(known.words.split())))

    def heard(self, engine: Engine, name: str) -> Heard:
        """Return when somebody was heard. Raises what ``Engine.search`` raises."""
        if name not in self._heard:
            found = saying(engine, replace(said_by(name), at=self.generation))
            said = found.last.statement.speakers if found.last and found.last.statement else ()
            self._heard[name] = Heard(
                kind=next((each.type for each in said if each.name == name), _COMMONEST),
                first=found.first.article.published if found.first else None,
                last=found.last.article.published if found.last else None,
            )
        return self._heard[name]


def roster(engine: Engine) -> Roster:
    """Return who speaks in the archive that ``engine`` serves. Raises what ``Engine.info`` and ``Engine.search`` do."""
    return _held.of(engine)


def _read(engine: Engine) -> Roster:
    said, articles = (_counted(engine, view) for view in _VIEWS)
    others: dict[str, list[str]] = defaultdict(list)
    for spelling, names in notes(engine).persons.names.items():
        for name in names:
            others[name].append(f" {spelling}")
    everybody = []
    for name, statements in said.items():
        words = f" {' '.join(terms(name))}"
        everybody.append(Known(name, statements, articles.get(name, 0), words, words + "".join(others.get(name, ()))))
    return Roster(engine.info().generation, tuple(everybody))


def _counted(engine: Engine, view: View) -> dict[str, int]:
    """Return how many articles or statements each speaker has, the commonest first."""
    wanted = SearchRequest(parse("", view=view), view=view, limit=0, facets=("speaker",), facet_limit=None)
    return {each.value: each.count for each in engine.search(wanted).facets["speaker"].values if each.value}


def _last_word_first(words: Sequence[str]) -> tuple[str, ...]:
    return (words[-1], *words[:-1]) if words else ("\U0010ffff",)


_COMMONEST: SpeakerType = "person"
_VIEWS: tuple[View, View] = ("statements", "articles")
_held = Held(_read)
