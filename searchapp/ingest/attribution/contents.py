"""What of a sentence was said: its words without the attribution, with the topic that opens it."""

from itertools import chain

from searchapp.article import StatementKind
from searchapp.ingest.attribution.asides import OCCASIONS, Asides
from searchapp.ingest.attribution.clauses import Report
from searchapp.ingest.attribution.lexicon import (
    ADVERB,
    AUXILIARY,
    BE,
    CAPITAL,
    CLOSE,
    CONJUNCTION,
    DETERMINER,
    NATION,
    NUMBER,
    PLACE,
    PREPOSITION,
    PRONOUN,
    QUOTE,
    SUBORDINATOR,
    TIME,
    VERB,
)
from searchapp.ingest.attribution.text import Sentence, Text

_TOPICS = frozenset("regarding concerning about of on".split())
_LONGER_TOPICS = frozenset(
    """as for|as to|with regard|with respect|in regard|when it|when asked|asked about|asked whether|asked if|asked why|
    asked how|speaking of|speaking about|turning to|in reference|in terms|in answer""".replace("\n", "").split("|")
)
_CONDITIONS = frozenset("if unless because although though while whereas despite".split())
_BEHIND_VERB = frozenset("of about regarding concerning".split())
_LONGEST_TOPIC = 40  # words
_SMALL = ADVERB | CONJUNCTION | SUBORDINATOR | PREPOSITION | TIME | PRONOUN


class Contents:
    """Reads what the reports of an article say; words are meant by their places in it."""

    def __init__(self, text: Text, asides: Asides) -> None:
        self.words, self.tags, self.quoted, self.asides = text.words, text.tags, text.quoted, asides

    def of(self, report: Report, reach: Sentence, sentence: Sentence, others: list[Report]) -> list[tuple[int, int]]:
        """Return the words of a report's content, within its ``reach``; nowhere else than in its sentence.

        Empty where nothing was said, or where the sentence only leads to what was.
        """
        if report.unsaid:
            return []
        parts = self._beside(report, reach)
        first = self._first(report, reach)
        if not self.holds_words(parts):
            sides = [[(sentence.first, first)], [(report.last, sentence.last)]]
            parts = next((side for side in sides if self._is_told(side)), [])
        elif not report.after and parts[0][0] >= report.last and self._is_topic(report, first, sentence, others):
            parts = [(sentence.first, first), *parts]
        return parts

    def holds_words(self, parts: list[tuple[int, int]]) -> bool:
        return any(word[0].isalnum() for first, last in parts for word in self.words[first:last])

    def _is_told(self, parts: list[tuple[int, int]]) -> bool:
        """Tell whether words say more than when, where or how something was said ("however", "in the old town")."""
        words = [at for first, last in parts for at in range(first, last) if self.words[at][0].isalnum()]
        circumstance = any(self.tags[n] & TIME for n in words) or (words and self.tags[words[0]] & _SMALL)
        if circumstance and not any(self.tags[n] & (AUXILIARY | VERB) for n in words):
            return False
        return any(not self.tags[at] & (_SMALL | DETERMINER) for at in words)

    def _first(self, report: Report, sentence: Sentence) -> int:
        return self.asides.before_role(report.first, sentence) if report.subject.people else report.first

    def _beside(self, report: Report, sentence: Sentence) -> list[tuple[int, int]]:
        """Return the sides of an attribution on which stands what was said."""
        first, last = self._first(report, sentence), report.last
        if not report.after and self.words[report.verb] != ":":
            last = self._behind_that(self.asides.behind_apposition(last, sentence), sentence)
        before, after = (sentence.first, first), (last, sentence.last)
        quoted_before = any(self.quoted[sentence.first : first])
        quoted_after = any(self.quoted[last : sentence.last])
        if report.after:
            goes_on = last < sentence.last and self.words[last] == "," and self._is_clause(last + 1, sentence.last)
            return [before, after] if quoted_after or goes_on else [before]
        if self._is_parenthetic(first, last, sentence):
            return [before, after]
        if quoted_before and self.tags[first - 1] & (CLOSE | QUOTE):
            return [before, after] if quoted_after else [before]
        if quoted_before and self.words[first - 1] == ",":
            tail = [self.tags[n] for n in range(*after) if self.words[n][0].isalnum()]
            if len(tail) < 5 and (not tail or any(bits & TIME for bits in tail)):
                return [before]  # "It is “a good year” for all, Lee said ten days ago"
        return [after] if self.holds_words([after]) else []

    def _is_parenthetic(self, first: int, last: int, sentence: Sentence) -> bool:
        """Tell whether an attribution stands between commas ("The plan, Lee argued, fails")."""
        if first <= sentence.first or self.words[first - 1] != ",":
            return False
        return self.words[min(last, sentence.last - 1)] == ","

    def _is_topic(self, report: Report, first: int, sentence: Sentence, others: list[Report]) -> bool:
        """Tell whether what stands before an attribution tells of what was said ("Regarding the harbour, she said").

        Shows: Regarding the harbour, Mia Torv said the ferry had sunk. -> Mia Torv
        """
        begin = sentence.first
        if not 1 < first - begin <= _LONGEST_TOPIC or self.words[first - 1] != ",":
            return False
        if any(begin <= other.verb < first for other in others if other is not report):
            return False
        word, following = self.words[begin].lower(), self.words[begin + 1].lower()
        if word == "on":
            return self._is_matter(begin + 1, first)
        return word in _TOPICS or f"{word} {following}" in _LONGER_TOPICS or (report.clausal and word in _CONDITIONS)

    def _is_matter(self, at: int, last: int) -> bool:
        """Tell whether "on" leads to a matter: not to a day, an occasion, an outlet ("on Friday", "on Orle TV")."""
        if self.tags[at] & CAPITAL and not self.tags[at] & (PLACE | NATION):
            return False
        return not any(self.tags[n] & (TIME | NUMBER) or self.words[n] in OCCASIONS for n in range(at, last))

    def _behind_that(self, last: int, sentence: Sentence) -> int:
        """Return the word behind the "that" of "Lee told the press on Friday that"."""
        at, end = last, min(last + 16, sentence.last)
        if "that" not in self.words[at:end]:
            return last
        if self.words[at] in _BEHIND_VERB:
            return last  # "said of the harbour that": the matter belongs to what was said
        while at < end:
            if self.words[at] == "that":
                return at + 1
            closed = self.asides.behind_citing(self.asides.behind_apposition(at, sentence), sentence)
            if (closed == at and self.words[at] in ",;:") or self.tags[at] & (QUOTE | VERB | BE):
                break
            at = closed + 1
        return last

    def _is_clause(self, first: int, last: int) -> bool:
        return last - first > 3 and any(self.tags[n] & (BE | AUXILIARY | VERB) for n in range(first, last))

    def kind(self, content: list[tuple[int, int]]) -> StatementKind:
        """Tell whether words are quoted all, none or in part."""
        if not any(True in self.quoted[first:last] for first, last in content):
            return "indirect"
        parts = (zip(self.words[first:last], self.quoted[first:last], strict=True) for first, last in content)
        told = {quoted for word, quoted in chain.from_iterable(parts) if word[0].isalnum()}
        if True not in told:
            return "indirect"
        return "mixed" if False in told else "direct"

    def trimmed(self, first: int, last: int) -> tuple[int, int]:
        """Drop commas, colons and dashes at the edges of a content, and a stop before it."""
        while first < last and self.words[first] in ",.:;—–-":
            first += 1
        while first < last and self.words[last - 1] in ",;:—–-":
            last -= 1
        return first, last

    def is_question(self, content: list[tuple[int, int]]) -> bool:
        """Tell whether what was said is one question."""
        if len(content) != 1:
            return False
        first, last = content[0]
        marks = [at for at in range(max(first, last - 3), last) if self.words[at] == "?"]
        return bool(marks) and "." not in self.words[first : marks[0]]
