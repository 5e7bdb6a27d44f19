"""Who is named in an article: the entities found so far, and which of them a name or a part of one means."""

from searchapp.ingest.attribution.cast import Entity
from searchapp.ingest.attribution.lexicon import GIVEN, tag
from searchapp.ingest.attribution.names import compatible

MOST_NAMESAKES = 20  # of one last name in an article who are compared


class Register:
    """The entities found so far, by their last and by their other words."""

    def __init__(self) -> None:
        self.entities: list[Entity] = []
        self.nobody: dict[str, Entity] = {}
        self.by_last: dict[str, list[Entity]] = {}
        self.by_other: dict[str, list[Entity]] = {}

    def add(self, entity: Entity) -> Entity:
        self.entities.append(entity)
        self.by_last.setdefault(entity.words[-1], []).append(entity)
        for word in dict.fromkeys(entity.words[:-1]):
            self.by_other.setdefault(word, []).append(entity)
        return entity

    def full(self, words: tuple[str, ...], generation: str) -> Entity | None:
        """Return whose full name is another form of ``words``, or begins with them ("Sri Torva" Lindi).

        A son ("jr") is not his father ("sr"); who bears no such word may be either.
        """
        namesakes = [e for e in self.by_last.get(words[-1], ())[:MOST_NAMESAKES] if _is_of(e, generation)]
        for entity in namesakes:
            if entity.words == words:
                return entity
        for entity in namesakes:
            if compatible(words, entity.words):
                return entity
        if tag(words[0]) & GIVEN:
            return None  # "Ann Lee" and "Ann Lee Beld" may be two, or the second none
        longer = [e for e in self.by_other.get(words[-1], ())[:MOST_NAMESAKES] if e.words[: len(words)] == words]
        return longer[0] if len(longer) == 1 else None

    def holds(self, word: str) -> bool:
        """Say whether a word is part of any name."""
        return word in self.by_last or word in self.by_other

    def short(self, words: tuple[str, ...], gender: int, generation: str, doubtful: bool) -> list[Entity]:
        """Return who can be meant by one word of a name: those whose last name it is, else those it is part of."""

        def can_be(entity: Entity) -> bool:
            return (not gender or entity.gender in (0, gender)) and _is_of(entity, generation)

        ends = [e for e in self.by_last.get(words[-1], ())[:MOST_NAMESAKES] if can_be(e)]
        ends = [e for e in ends if e.words[-len(words) :] == words[-len(e.words) :]]
        if ends or doubtful:
            return ends
        parts = [e for e in self.by_other.get(words[-1], ())[:MOST_NAMESAKES] if len(words) == 1 and can_be(e)]
        return [e for e in parts if e.words[0] == words[0] or (len(e.words) > 2 and len(words[0]) > 2)]

    def is_shared(self, entity: Entity) -> bool:
        """Tell whether another person in the article has the same last name."""
        return bool(entity.words) and len(self.by_last[entity.words[-1]]) > 1

    def unknown(self, called: str, gender: int) -> Entity:
        """Return the one who is ``called`` by a name that several bear."""
        return self.nobody.setdefault(called, Entity((), called, -1, False, gender=gender, unknown=True))


def _is_of(entity: Entity, generation: str) -> bool:
    return not generation or not entity.generation or entity.generation == generation
