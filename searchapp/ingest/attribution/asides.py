"""What stands between a report and what was said: whom it was told, when, where and on what occasion, and who the
speaker is. Each question is asked of a word, and answered with the word behind (or before) what stands there.
"""

from searchapp.ingest.attribution.cast import Cast
from searchapp.ingest.attribution.lexicon import (
    ABBREVIATION,
    ADVERB,
    AUXILIARY,
    CAPITAL,
    CLOSE,
    CONJUNCTION,
    DETERMINER,
    DOMAIN,
    NATION,
    NUMBER,
    OPEN,
    PLACE,
    PLURAL,
    POSSESSIVE,
    PREPOSITION,
    PRONOUN,
    QUOTE,
    ROLE,
    STOP,
    SUBORDINATOR,
    TIME,
    TITLE,
    VERB,
    cue,
)
from searchapp.ingest.attribution.text import Sentence, Text

OCCASIONS = frozenset(
    """statement interview letter speech tweet report email e-mail post note memo release conference briefing address
    message video podcast article column testimony hearing filing meeting call rally debate forum broadcast
    telephone phone""".split()
)
_OBJECTS = frozenset("me him them us you".split())
_CIRCUMSTANTIAL = frozenset("on in at during by via over after before earlier late early last this next".split())


class Asides:
    """Reads what is said beside the matter in the sentences of one text; words are meant by their places in it."""

    def __init__(self, text: Text, cast: Cast) -> None:
        self.words, self.tags, self.quoted = text.words, text.tags, text.quoted
        self.cast = cast

    def behind_addressee(self, at: int, sentence: Sentence) -> int:
        """Return the word behind the addressee at word ``at`` ("told his counterpart Ann Lee on Friday").

        Shows: Mia Torv told the mayor of Oldbay on Friday that the ferry had sunk. -> Mia Torv
        """
        end = at
        while end < sentence.last and end - at < 10 and (self.words[end][0].isalnum() or self.words[end] == "."):
            if end > at and self.tags[end] & (PREPOSITION | TIME | STOP):
                break
            if self.tags[end] & (SUBORDINATOR | PRONOUN | AUXILIARY | QUOTE):
                return at
            end += 1
        return end

    def behind_told(self, at: int, sentence: Sentence) -> int:
        """Return the word behind the addressee at word ``at`` ("told Lee he lied"), or ``at`` if a thing is told.

        Shows: Mia Torv told Tom Beld the ferry had sunk. -> Mia Torv
        """
        if at >= sentence.last or self.words[at] in _OBJECTS:
            return min(at + 1, sentence.last)
        mention = self.cast.starting.get(at)
        least = end = mention.last if mention else at + 1
        stop = PREPOSITION | TIME | STOP | SUBORDINATOR | PRONOUN | DETERMINER | AUXILIARY | VERB | QUOTE | CONJUNCTION
        while end < sentence.last and self.words[end][0].isalnum() and not self.tags[end] & stop:
            if end in self.cast.starting and self.tags[end - 1] & PLURAL:
                return end  # "told reporters Lee lied"
            end += 1
        if end < sentence.last and self.tags[end] & (AUXILIARY | VERB):
            return least  # "told Lee prices rose"
        if self.words[end : end + 1] == ["of"]:
            return end + 2 if end + 2 < sentence.last and self.tags[end + 1] & CAPITAL else at
        behind = self.behind_apposition(end, sentence)
        return behind + 1 if end < behind < sentence.last - 1 else behind

    def _pause(self, at: int, sentence: Sentence) -> int:
        """Return the comma or colon, or the end, up to which word ``at`` says when or where ("on Friday in Oslo").

        Shows: “It sank,” said Mia Torv on Friday in Oldbay. “At night.” -> Mia Torv
        """
        if at >= sentence.last or not self.tags[at] & (PREPOSITION | TIME | ADVERB):
            return at
        end = at
        while end < sentence.last and self.words[end] not in ",;:—–":
            if self.tags[end] & SUBORDINATOR and not self.tags[end] & PREPOSITION:
                return at
            end += 1
        if end + 1 < sentence.last and self.tags[end + 1] & CLOSE:
            return end + 2  # "said on “Harbour Hour,”"
        return end

    def behind_place(self, at: int, sentence: Sentence) -> int:
        """Return where what was said goes on behind the time and place at word ``at``, or the end of the sentence."""
        end = self._pause(at, sentence)
        if end == at or end + 1 >= sentence.last or self.words[end] != "," or any(self.quoted[end : sentence.last]):
            return end
        following = cue(self.words[end + 1])
        goes_on = self.tags[end + 1] & (AUXILIARY | VERB) or (following and following.form == "gerund")
        return end if goes_on else sentence.last  # "said on Friday, have failed"; "said on Friday, a day after"

    def behind_circumstances(self, at: int, sentence: Sentence) -> int:
        """Return the word behind "on Friday", "in a joint statement", "last week", if they stand at word ``at``.

        Shows: Mia Torv said in a joint statement that the ferry had sunk. -> Mia Torv
        """
        end = at
        while end < sentence.last and (behind := self._behind_circumstance(end, sentence)):
            end = behind
        pause = self._pause(end, sentence) if end > at else end
        if pause + 1 < sentence.last and self.words[pause] in ",:" and self.tags[pause + 1] & OPEN:
            return pause  # "said in an interview with Lee, “..."
        return at if end < sentence.last and self.words[end] == "," else end  # "reported on Tuesday, citing Lee, that"

    def _behind_circumstance(self, at: int, sentence: Sentence) -> int:
        """Return the word behind the one time or occasion at word ``at``, or 0 if there is none.

        Shows: Mia Torv said on Tuesday the ferry had sunk. -> Mia Torv
        """
        end = at + (self.words[at] in _CIRCUMSTANTIAL)
        stop = PREPOSITION | STOP | SUBORDINATOR | PRONOUN | AUXILIARY | QUOTE | CONJUNCTION
        head = 0
        while end < min(at + 9, sentence.last) and self.words[end][0].isalnum():
            bits = self.tags[end]
            timely = bits & (TIME | NUMBER) and not bits & POSSESSIVE
            begun = bits & DETERMINER and (head or end > at + 1)
            if begun or (bits & stop and not timely):
                break
            end += 1
            if timely or self.words[end - 1] in OCCASIONS:
                head = end
            elif head or end == at + 1:
                break
        following = self.tags[head] if head < sentence.last else STOP
        if not head or following & (AUXILIARY | VERB) or (end > head and self.words[at] not in _CIRCUMSTANTIAL):
            return 0
        return head if self.tags[head - 1] & TIME or self.words[head - 1] in OCCASIONS else 0

    def behind_apposition(self, at: int, sentence: Sentence) -> int:
        """Return the word behind ", the mayor of Oldbay" at word ``at``: its second comma, or the end.

        Shows: The ferry sank, said Mia Torv, the mayor of Oldbay, on Friday. -> Mia Torv
        """
        if at >= sentence.last or self.words[at] != ",":
            return at
        for end in range(at + 1, min(at + 16, sentence.last)):
            if self.words[end] == "," and end + 2 < sentence.last and self.tags[end + 1] & (ABBREVIATION | PLACE):
                continue  # "a baker in Oldbay, Vt., "
            if self.words[end] == "," or (self.tags[end] & STOP and end + 1 >= sentence.last):
                return end if self._is_role(at + 1, end) else at
        return at

    def behind_citing(self, at: int, sentence: Sentence) -> int:
        """Return the second comma of ", citing two sources," at word ``at``, or ``at``."""
        verb = cue(self.words[at + 1]) if at + 1 < sentence.last and self.words[at] == "," else None
        if verb is None or verb.form != "gerund":
            return at
        return next((end for end in range(at + 2, min(at + 16, sentence.last)) if self.words[end] == ","), at)

    def before_role(self, at: int, sentence: Sentence) -> int:
        """Return the first word of "the head of the office, Ann Lee", her name being at word ``at``, or ``at``."""
        if at - 2 <= sentence.first or self.words[at - 1] != ",":
            return at
        for begin in range(at - 2, max(sentence.first - 1, at - 14), -1):
            if begin == sentence.first or self.words[begin - 1] == "," or self.tags[begin - 1] & QUOTE:
                return begin if self._is_role(begin, at - 1) else at
        return at

    def _is_role(self, first: int, last: int) -> bool:
        """Tell whether words ``first`` to ``last`` (half-open) only say what somebody is ("the mayor of Oldbay").

        Shows: The ferry sank, the head of the office, Mia Torv, said. -> Mia Torv
        """
        kinds = 0
        head = next((n for n in range(first, last) if self.tags[n] & PREPOSITION), last)
        for bits in self.tags[first:last]:
            kinds |= bits
        called = any(bits & (ROLE | TITLE) for bits in self.tags[first:head]) and self.tags[first] & (
            DETERMINER | ROLE | TITLE | DOMAIN | NATION | POSSESSIVE
        )
        return bool(called) and not kinds & (AUXILIARY | PRONOUN | QUOTE)
