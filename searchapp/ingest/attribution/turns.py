"""The turns of transcripts and interviews: once a text shows them, a label is a speaker, and what follows is theirs.

A turn goes on over all its paragraphs to the next label. What is named, quoted or reported inside belongs to it.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from searchapp.analysis import fold
from searchapp.article import Speaker
from searchapp.ingest.attribution.cast import Cast, Entity
from searchapp.ingest.attribution.labels import Label, Labels
from searchapp.ingest.attribution.lexicon import GROUP, NAMED, PRONOUN, TITLE, tag
from searchapp.ingest.attribution.names import name_words
from searchapp.ingest.attribution.people import People
from searchapp.ingest.attribution.text import Text, written

_LEAST_TURNS = 3
_LEAST_DASHES = 4
_FIRST_PERSON = frozenset("i we my our me us i'm i've you your".split())
_INTERVIEWER, _INTERVIEWEE = Speaker("the interviewer", None, "unnamed"), Speaker("the interviewee", None, "unnamed")
_CUT = "([*"


@dataclass(frozen=True, slots=True)
class Turn:
    """What one speaker says in a row: sentences ``first`` to ``last`` (both included), its words as ``content``."""

    label: Label
    speaker: Speaker
    first: int
    last: int
    content: list[tuple[int, int]]


def turns(text: Text, cast: Cast, people: People) -> list[Turn]:
    """Return the turns of a text in order, none if it does not show any."""
    lines = list(_lines(text))
    reader = Labels(text, cast)
    labels = [(number, label) for number, span in enumerate(lines) if (label := _label(text, reader, *span))]
    labels = _of_turns(text, labels, lines) or _dashed(text, reader, lines)
    return _Voices(text, cast, people, [label for _, label in labels]).turns(labels, lines) if labels else []


def _lines(text: Text) -> Iterator[tuple[int, int]]:
    """Yield the sentences of each line, as the first and the one behind the last."""
    first, sentences = 0, text.sentences
    for number in range(1, len(sentences) + 1):
        if number < len(sentences):
            at = sentences[number].first
            if "\n" not in text.body[text.ends[at - 1] : text.starts[at]]:
                continue
        yield first, number
        first = number


def _label(text: Text, reader: Labels, first: int, behind: int) -> Label | None:
    return reader.of(text.sentences[first].first, text.sentences[behind - 1].last)


def _of_turns(text: Text, labels: list[tuple[int, Label]], lines: list[tuple[int, int]]) -> list[tuple[int, Label]]:
    """Return the labels of turns, if there are enough of these and of at least two speakers, else none.

    A label that is not surely a name must come again. Names written as in any text need more: a label again, or words
    that are spoken to somebody.
    """
    if len(labels) < _LEAST_TURNS - 1:
        return []
    keys = Counter(_key(text, label) for _, label in labels)
    kept = [(number, label) for number, label in labels if label.sure or keys[_key(text, label)] > 1]
    asked = {label.kind for _, label in kept} & {"question", "answer"}
    if len(asked) == 2:
        return kept
    if len(kept) < _LEAST_TURNS or len({_key(text, label) for _, label in kept}) < 2:
        return []
    sure = [(number, label) for number, label in kept if label.sure]
    if not sure:
        return []
    again = max(keys[_key(text, label)] for _, label in sure) > 1
    if again or sum(label.capitals for _, label in sure) >= _LEAST_TURNS:
        return kept
    spoken = sum(_is_spoken(text, label, lines[number]) for number, label in kept)
    return kept if 2 * spoken > len(kept) else []


def _dashed(text: Text, reader: Labels, lines: list[tuple[int, int]]) -> list[tuple[int, Label]]:
    """Return the labels of a talk in which only dashes tell the turns: questions, each with an answer behind it."""
    if sum(text.words[text.sentences[first].first] in "-–—" for first, _ in lines) < _LEAST_DASHES:
        return []
    labels = [
        (number, label)
        for number, (first, behind) in enumerate(lines)
        if (label := reader.dashed(text.sentences[first].first, text.sentences[behind - 1].last))
    ]
    answered = sum(a.kind == "question" and b.kind == "answer" for (_, a), (_, b) in pairwise(labels))
    return labels if 3 * answered >= len(labels) >= _LEAST_DASHES else []


def _is_spoken(text: Text, label: Label, paragraph: tuple[int, int]) -> bool:
    last = text.sentences[paragraph[1] - 1].last
    return any(
        (text.tags[n] & PRONOUN and text.words[n].lower() in _FIRST_PERSON) or text.words[n] == "?"
        for n in range(label.behind, min(last, label.behind + 60))
    )


def _key(text: Text, label: Label) -> str:
    """Return the last word of a label's name, folded: what "ANN LEE" and "Mr. LEE" have in common."""
    return fold(text.words[label.last - 1])


def _is_sure(entity: Entity) -> bool:
    """Tell whether what may be a person is one: somebody called so, or by more than a single word."""
    return entity.sure or len(entity.words) > 1


def _most(named: list[Entity]) -> list[Entity]:
    """Return who is named most often; several if equally often."""
    counts = Counter(named)
    return [entity for entity, count in counts.items() if count == max(counts.values())]


class _Voices:
    """Whose the labels of an article are."""

    def __init__(self, text: Text, cast: Cast, people: People, labels: list[Label]) -> None:
        self.text, self.cast, self.people, self.labels = text, cast, people, labels
        self.spelt: dict[str, str] = {}
        inside = {n for label in labels for n in range(label.at, label.behind)}
        for at, word in enumerate(text.words):
            if at not in inside and word[0].isupper() and not word.isupper():
                self.spelt.setdefault(word.lower(), word)
        self.full: dict[str, set[str]] = {}  # last word of a name -> the longer names that labels or the text give it
        for label in labels:
            if label.kind == "name":
                name = self._name(label)
                if " " in name:
                    self.full.setdefault(fold(name.split()[-1]), set()).add(name)
        self.asker = _INTERVIEWER
        self.asked = self._interviewee() if any(label.kind == "answer" for label in labels) else _INTERVIEWEE

    def turns(self, labels: list[tuple[int, Label]], lines: list[tuple[int, int]]) -> list[Turn]:
        found = []
        ends = [number for number, _ in labels[1:]] + [self._end(labels, lines)]
        for (number, label), end in zip(labels, ends, strict=True):
            speaker = self._speaker(label)
            if label.questioner:
                self.asker = speaker
            content = [part for each in range(number, end) for part in self._said(label, *lines[each])]
            if content:
                last = lines[end - 1][1] - 1
                found.append(Turn(label, speaker, lines[number][0], last, content))
        return found

    def _end(self, labels: list[tuple[int, Label]], lines: list[tuple[int, int]]) -> int:
        """Return the paragraph behind the last turn: it has several only if another has."""
        last = labels[-1][0]
        bare = labels[-1][1].behind >= self.text.sentences[lines[last][1] - 1].last
        if all(after - before == 1 for (before, _), (after, _) in pairwise(labels)):
            return min(last + 1 + bare, len(lines))
        end = last + 1
        while end < len(lines) and self.text.words[self.text.sentences[lines[end][0]].first] not in _CUT:
            end += 1
        return end

    def _said(self, label: Label, first: int, behind: int) -> Iterator[tuple[int, int]]:
        """Yield the words of a paragraph that were said in a turn: without its label, none of a note in brackets."""
        begin, last = self.text.sentences[first].first, self.text.sentences[behind - 1].last
        begin = label.behind if begin == label.at else begin
        note = begin < last and self.text.words[begin] in "([" and self.text.words[last - 1] in ")]"
        if begin < last and not note:
            yield begin, last

    def _speaker(self, label: Label) -> Speaker:
        if label.kind in ("question", "answer"):
            return self.asker if label.kind == "question" else self.asked
        if label.kind == "office":
            return Speaker(self._office(label), None, "unnamed")
        name = self._name(label)
        role = self._role(label)
        entity = self._entity(name)
        called = self.full.get(fold(name.split()[-1]), set())
        longer = {full for full in called if fold(full).endswith(f" {fold(name)}")}  # "VAN DER BERG" is Paul's
        if entity and not entity.name.isupper() and (" " in entity.name or len(longer) != 1):
            return self._known(entity.name, role or self._role_of(entity.name) or entity.role, "person")
        if label.kind == "other" and any(tag(word) & (NAMED | GROUP) for word in name.split()):
            return self._known(name, None, "organisation")
        if len(longer) == 1:
            full = next(iter(longer))
            return self._known(full, role or self._role_of(full), "person")
        group = label.kind == "other" and not label.mention and not self._is_person(name)
        return self._known(name, role, "organisation" if group else "person")

    def _role_of(self, name: str) -> str | None:
        """Return the role that a label gives somebody behind the whole name."""
        return next((role for each in self.labels if self._name(each) == name and (role := self._role(each))), None)

    def _role(self, label: Label) -> str | None:
        if label.role[1] <= label.role[0]:
            return None
        role = written(self.text, *label.role)
        return role.lower() if role.isupper() else role

    def _known(self, name: str, role: str | None, kind: str) -> Speaker:
        known = self.people.known(name)
        if known:
            return Speaker(known.name, known.role or role, known.type)
        return Speaker(name, role, "organisation" if kind == "organisation" else "person")

    def _is_person(self, name: str) -> bool:
        """Tell whether what is repeated as a label is not written with an article elsewhere ("the Gazette")."""
        words = self.text.words
        last = self.spelt.get(name.split()[-1].lower())
        return last is None or not any(
            words[at] == last and words[at - 1].lower() == "the" for at in range(1, len(words)) if words[at] == last
        )

    def _entity(self, name: str) -> Entity | None:
        """Return the one person of the article whose name is, or ends in, ``name``."""
        folded = name_words(name)
        ending = [e for e in self.cast.entities if _is_sure(e) and e.words[-len(folded) :] == folded]
        if len(folded) > 1 and not ending:
            ending = [
                e for e in self.cast.entities if _is_sure(e) and (e.words[0], e.words[-1]) == (folded[0], folded[-1])
            ]
        return ending[0] if len({e.name for e in ending}) == 1 else None

    def _name(self, label: Label) -> str:
        """Return a label's name as it would be written in a text: "McCALLUM" is McCallum."""
        first, last = label.first, label.last
        if label.kind == "name":
            while first < last - 1 and (self.text.tags[first] & TITLE or self.text.words[first] == "."):
                first += 1
        words = [self._recased(word) if label.capitals else word for word in self.text.words[first:last]]
        return " ".join(words).replace(" .", ".")

    def _recased(self, word: str) -> str:
        if len(word) < 2 or not any(a.isupper() and b.isupper() for a, b in pairwise(word)):
            return word
        spelt = self.spelt.get(word.lower())
        if spelt:
            return spelt
        if tag(word) & NAMED and len(word) < 5:
            return word
        parts = [part.capitalize() if part.isupper() else part for part in word.split("-")]
        word = "-".join(parts)
        for prefix in ("Mc", "O'", "O’", "D'", "D’"):
            if word.startswith(prefix) and len(word) > len(prefix) + 1:
                rest = word[len(prefix) :]
                return prefix + rest[0].upper() + rest[1:].lower()
        if not word[1:].islower() and "-" not in word:  # "MacDONALD"
            at = next(n for n, letter in enumerate(word) if n and letter.isupper())
            return word[:at] + word[at:].capitalize()
        return word

    def _office(self, label: Label) -> str:
        words = written(self.text, label.first, label.last)
        if words.lower().startswith(("mr", "madam", "hon")):
            return " ".join(word.capitalize() if word.isupper() else word for word in words.split())
        words = words.lower() if label.capitals or words.isupper() else words
        if words.lower().startswith("the "):
            return "the " + words[4:]
        return words if words.lower().startswith(("several", "some", "unidentified", "unknown")) else f"the {words}"

    def _interviewee(self) -> Speaker:
        """Return whom the text before the first turn presents, the one named most, or whom a question names."""
        first = self.labels[0].at
        asking = {self._entity(self._name(label)) for label in self.labels if label.questioner}
        named = [
            entity
            for mention in self.cast.mentions
            if mention.person and mention.last <= first and (entity := mention.entity) and _is_sure(entity)
            if entity not in asking
        ]
        people = _most(named)
        if len(people) != 1:
            addressed = self._addressed()
            same = [each for each in people if addressed and each.words[-1] == addressed.words[-1]]
            people = same or [addressed] if addressed else []
        if len(people) != 1:
            return _INTERVIEWEE
        return self._known(people[0].name, people[0].role, "person")

    def _addressed(self) -> Entity | None:
        """Return whom the questions speak to: "Mr. Lee, why ...", "Why, Mr. Lee?"."""
        called: Counter[Entity] = Counter()
        spans = [(a.behind, b.at) for a, b in pairwise(self.labels) if a.kind == "question"]
        for first, last in spans:
            for at in range(first, min(last, first + 60)):
                mention = self.cast.starting.get(at)
                if mention and mention.person and mention.entity and mention.titled:
                    before = self.text.words[mention.lead - 1]
                    behind = self.text.words[mention.last] if mention.last < last else "?"
                    if (mention.lead == first or before in ",.") and behind in ",?.!":
                        called[mention.entity] += 1
        return called.most_common(1)[0][0] if called else None
