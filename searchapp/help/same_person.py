"""Which speakers of an archive may be one person under two names, with what speaks for and against it.

That two names are one person is for people to say: this only finds whom to ask about. Names are compared by the sound
of their letters in any script; what is found is weighed by the company that both keep and the roles they bear.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from rapidfuzz.fuzz import ratio, token_sort_ratio
from rapidfuzz.process import cdist

from searchapp.analysis import terms
from searchapp.article import SpeakerType
from searchapp.engines.portraits import LISTED, portrait
from searchapp.engines.protocol import Engine
from searchapp.query import And, Everything, Query, Values
from searchapp.search import FacetValue, Portrait, SearchRequest
from searchapp.sounds import transliterated

MOST_ALIKE = 1_000  # names with a word in common that are compared: more have a common given name, which tells little
LEAST = 82  # of 100: how alike two names are, at least (token_sort_ratio)
LEAST_INITIAL = 90  # of a name that has an initial, or only the last name, of the other: how alike their last words are
_WEIGHED = 3  # times as many pairs as are wanted are weighed by roles and company


@dataclass(frozen=True, slots=True)
class SamePerson:
    """Two names that may be one person's: ``name`` stands in more articles than ``other``. ``likeness`` of their
    spelling is out of 100; the reasons are sentences without full stop."""

    name: str
    other: str
    articles: tuple[int, int]
    likeness: int
    reasons: tuple[str, ...]
    against: tuple[str, ...]
    type: SpeakerType

    @property
    def weight(self) -> float:
        """How likely it is, to order them by."""
        return self.likeness + 10 * (len(self.reasons) - 1) - 30 * len(self.against)


def speakers_of(engine: Engine) -> tuple[FacetValue, ...]:
    """Return all named speakers with how many articles each speaks in, the commonest first."""
    wanted = SearchRequest(Query("", Everything()), limit=0, facets=("speaker",), facet_limit=None)
    return tuple(each for each in engine.search(wanted).facets["speaker"].values if each.value)


def suggested(engine: Engine, speakers: Iterable[FacetValue], most: int, of: str = "") -> list[SamePerson]:
    """Return the ``most`` likely pairs among ``speakers`` (those with the name ``of``, where it is given)."""
    counts = {each.value: each.count for each in speakers}
    pairs = sorted(_alike(counts, of), key=lambda pair: (-pair[2], -counts[pair[0]] - counts[pair[1]], pair))
    known = _Known(engine)
    weighed = [known.weighed(*pair, counts) for pair in pairs[: most * _WEIGHED]]
    return sorted(weighed, key=lambda pair: (-pair.weight, -pair.articles[1], pair.name, pair.other))[:most]


def _alike(counts: Mapping[str, int], of: str) -> Iterator[tuple[str, str, int]]:
    """Yield pairs of names that are spelt alike, the commoner first, and how much."""
    sounds = {name: " ".join(map(transliterated, terms(name))) for name in counts}
    having: dict[str, list[str]] = defaultdict(list)
    for name, sound in sorted(sounds.items()):
        for word in dict.fromkeys(sound.split()):
            if not of or word in sounds.get(of, "").split():
                having[word].append(name)
    seen: set[tuple[str, str]] = set()
    for group in having.values():
        if not 1 < len(group) <= MOST_ALIKE:
            continue
        wanted = [of] if of else group
        scores = cdist([sounds[each] for each in wanted], [sounds[each] for each in group], scorer=token_sort_ratio)
        for row, first in enumerate(wanted):
            for column, second in enumerate(group):
                name, other = sorted((first, second), key=lambda each: (-counts[each], each))
                if name == other or (name, other) in seen:
                    continue
                seen.add((name, other))
                likeness = int(scores[row, column])
                if _can_be_one(sounds[name], sounds[other], likeness):
                    yield name, other, likeness


def _can_be_one(first: str, second: str, likeness: int) -> bool:
    if likeness >= LEAST:
        return True
    one, other = first.split(), second.split()
    if ratio(one[-1], other[-1]) < LEAST_INITIAL:
        return False
    givens = (one[0], other[0])
    only_last = 1 in (len(one), len(other))
    return only_last or (min(map(len, givens)) == 1 and givens[0][0] == givens[1][0])


class _Known:
    """What an archive tells of the speakers of pairs, each asked for once."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._portraits: dict[str, Portrait | None] = {}

    def weighed(self, name: str, other: str, likeness: int, counts: Mapping[str, int]) -> SamePerson:
        first, second = self._portrait(name), self._portrait(other)
        reasons, against = [f"the names are {likeness} % alike"], []
        if first and second:
            reasons += _shared(first, second)
        if together := self._together(name, other):
            against.append(f"both speak in {together:,} of the same articles")
        return SamePerson(
            name,
            other,
            (counts[name], counts[other]),
            likeness,
            tuple(reasons),
            tuple(against),
            first.kind if first else "person",
        )

    def _portrait(self, name: str) -> Portrait | None:
        if name not in self._portraits:
            self._portraits[name] = portrait(self._engine, name, read=LISTED)
        return self._portraits[name]

    def _together(self, name: str, other: str) -> int:
        both = Query("", And((Values("speaker", (name,)), Values("speaker", (other,)))))
        return self._engine.search(SearchRequest(both, limit=0, facets=())).total


def _shared(first: Portrait, second: Portrait) -> Iterator[str]:
    """Say what two speakers have in common."""
    roles = {tuple(terms(each.role)): each.role for each in first.roles}
    if role := next((roles[found] for each in second.roles if (found := tuple(terms(each.role))) in roles), ""):
        yield f"both are called “{role}”"
    beside = {each.value for each in first.companions}
    if company := [each.value for each in second.companions if each.value in beside]:
        yield f"both speak beside {', '.join(company[:3])}"
