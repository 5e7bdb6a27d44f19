"""Which of several of one last name is meant ("Mr Lee", "Lee")."""

from bisect import bisect_right

from searchapp.ingest.attribution.cast import Entity, Mention
from searchapp.ingest.attribution.lexicon import (
    AUXILIARY,
    CAPITAL,
    CUE,
    DOMAIN,
    GIVEN,
    GROUP,
    PREPOSITION,
    ROLE,
    VERB,
    tag,
)
from searchapp.ingest.attribution.offices import role_words
from searchapp.ingest.attribution.text import Text
from searchapp.ingest.words import word_levels

_FAR_OFTENER = 3  # times that a whole name stands more often than a namesake's, so that the last name alone means it
_FAR_BEFORE = 20  # words before a name in which the verb of its sentence is looked for
_LAST_TURN = 60  # words back in which one of two namesakes was meant, so that a bare last name means the same


def one_of(text: Text, mention: Mention, namesakes: list[Entity], gender: int) -> Entity | None:
    """Return who of several of one last name is meant, or None if nobody can tell.

    It is the one of that gender and office who was named before; else the one whose whole name stands more often by
    far, the one whom the last sentences were about, or the only one whom any was.
    """
    known = [each for each in namesakes if each.gender or not _is_plain(each.words[0])] or namesakes
    known = [each for each in known if gender and each.gender == gender] or known
    roles, _ = role_words(tuple(text.words[mention.lead : mention.first]))
    most = max(len(each.roles & roles) for each in known)  # "Defence Minister Lee" is not the foreign minister
    known = [each for each in known if len(each.roles & roles) == most]
    before = [each for each in known if each.order <= mention.first]
    top, *others = sorted(before or known, key=lambda each: (-each.full, each.order))
    if not others or not before or top.full >= _FAR_OFTENER * others[0].full:
        return top
    known = before
    near = [each for each in known if mention.first - each.turn <= _LAST_TURN]
    if not near and top.full > others[0].full:
        return top
    meant = _last_turn(text, mention, near) if len(near) > 1 else near or [each for each in known if each.turn >= 0]
    return meant[0] if len(meant) == 1 else None


def _is_plain(word: str) -> bool:
    """Tell whether the first word of a name may be none: a word of the general list, and no given name."""
    return word in word_levels() and not tag(word.capitalize()) & GIVEN


def is_turn(text: Text, mention: Mention) -> bool:
    """Tell whether a sentence is about who is named: no verb stands before, but for one that tells who spoke."""
    if mention.lead and text.tags[mention.lead - 1] & PREPOSITION:
        return False
    number = bisect_right(text.sentences, mention.lead, key=lambda sentence: sentence.first) - 1
    first = text.sentences[number].first
    before = range(max(first, mention.lead - _FAR_BEFORE), mention.lead)
    verbs = [at for at in before if text.tags[at] & (CUE | VERB | AUXILIARY) and not text.quoted[at]]
    verbs = [at for at in verbs if not text.tags[at] & (CAPITAL | ROLE | GROUP | DOMAIN)]
    return not verbs or (verbs == [mention.lead - 1] and bool(text.tags[verbs[0]] & CUE))


def _last_turn(text: Text, mention: Mention, near: list[Entity]) -> list[Entity]:
    """Return those of ``near`` who are named in the latest sentence that names any, if the paragraph is the same."""
    here, *before = (
        bisect_right(text.sentences, at, key=lambda sentence: sentence.first) - 1
        for at in (mention.first, *(each.turn for each in near))
    )
    latest = max(before, default=-1)
    if latest < 0 or text.sentences[latest].paragraph != text.sentences[here].paragraph:
        return []
    return [each for each, number in zip(near, before, strict=True) if number == latest]
