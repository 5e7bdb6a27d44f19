"""How far a statement goes: the sentences before and behind its cue over which one and the same person is quoted."""

from dataclasses import dataclass

from searchapp.article import Speaker
from searchapp.ingest.attribution.clauses import Report
from searchapp.ingest.attribution.contents import Contents
from searchapp.ingest.attribution.lexicon import OPEN, QUOTE
from searchapp.ingest.attribution.text import Sentence, Text

_DASHES = frozenset("-–—")
_BULLETS = frozenset("-–—•*")
_NEAR_COLON = 12  # words from a verb such as "spoke out" to the colon by which it leads to a text


@dataclass(slots=True)
class Draft:
    """A statement in the making: sentences ``first`` to ``last`` (both included)."""

    speakers: tuple[Speaker, ...]
    report: Report
    first: int
    last: int
    content: list[tuple[int, int]]
    weight: float


class Extents:
    """Stretches the drafts of an article over its sentences; those in ``claimed`` belong to a statement already."""

    def __init__(self, text: Text, contents: Contents) -> None:
        self.text, self.contents = text, contents
        self.words, self.tags, self.quoted = text.words, text.tags, text.quoted

    def back(self, draft: Draft, claimed: set[int]) -> None:
        """Take in the sentences before, where the quotation began that the cue ends."""
        sentences = self.text.sentences
        first = draft.first
        begin = sentences[first].first
        if draft.report.unsaid:
            return
        if self.is_signature(draft):
            self._back_from_signature(draft, claimed)
            return
        own = any(b > a for a, b in draft.content)
        if not (self.quoted[begin] and not self.tags[begin] & OPEN) and own:
            return
        while first and sentences[first - 1].paragraph == sentences[draft.first].paragraph and first - 1 not in claimed:
            before = sentences[first - 1]
            if not self.quoted[before.last - 1]:
                break
            first -= 1
            if self.tags[before.first] & OPEN or not self.quoted[before.first]:
                break
        if first < draft.first:
            draft.content.insert(0, (self._quotation_at_end(sentences[first]), sentences[draft.first - 1].last))
            draft.first = first

    def is_signature(self, draft: Draft) -> bool:
        """Tell whether a draft's report is the dash of "— Ann Lee"."""
        return self.words[draft.report.verb] in _DASHES

    def _quotation_at_end(self, sentence: Sentence) -> int:
        """Return where the quotation begins with which a sentence ends."""
        begin = sentence.last - 1
        while begin > sentence.first and self.quoted[begin - 1]:
            begin -= 1
        return begin

    def _begins_quotation(self, sentence: Sentence) -> bool:
        """Tell whether a quotation mark begins a sentence, and not only another paragraph of the same quotation."""
        first = sentence.first
        return bool(self.tags[first] & OPEN or (self.tags[first] & QUOTE and not self.quoted[first - 1]))

    def _back_from_signature(self, draft: Draft, claimed: set[int]) -> None:
        """Take in the quotation that a signature ("— Ann Lee, baker") ends, or the words before it in its line."""
        sentences = self.text.sentences
        number = draft.first - 1
        while number and not self._begins_quotation(sentences[number]):
            if sentences[number - 1].paragraph != sentences[draft.first - 1].paragraph:
                break
            number -= 1
        begin = sentences[draft.first].first
        if self.tags[sentences[number].first] & self.tags[begin - 1] & QUOTE:
            draft.first = number
        elif not self.quoted[begin - 1]:
            while draft.first > number and draft.first - 1 not in claimed:
                draft.first -= 1
        if draft.first < draft.last:
            draft.content = [(sentences[draft.first].first, begin)]

    def forward(self, drafts: list[Draft], claimed: set[int]) -> None:
        """Take in the sentences after that only go on quoting."""
        sentences = self.text.sentences
        # of two in one sentence the one that quotes, else the second, goes on
        for draft in sorted(drafts, key=lambda d: (self.contents.kind(d.content) == "indirect", -d.report.verb)):
            if self.words[draft.report.verb] == ":":
                self._behind_label(draft, claimed)
            if self.is_signature(draft) or draft.report.unsaid:
                continue  # a signature ends what was said
            direct = self.contents.kind(draft.content) != "indirect" or self._leads_to_quotation(draft, claimed)
            while direct and draft.last + 1 < len(sentences) and draft.last + 1 not in claimed:
                following = sentences[draft.last + 1]
                if not (self.quoted[following.first] and self.quoted[following.last - 1]):
                    break
                if following.paragraph > sentences[draft.last].paragraph + 1:
                    break
                self._take(draft, following, claimed)
            self._behind_colon(draft, claimed)

    def _take(self, draft: Draft, sentence: Sentence, claimed: set[int]) -> None:
        """Take in the next sentence."""
        draft.last += 1
        claimed.add(draft.last)
        draft.content.append((sentence.first, sentence.last))

    def _behind_colon(self, draft: Draft, claimed: set[int]) -> None:
        """Take in the paragraph, or the list, to which "In a letter she wrote:" leads without quotation marks."""
        sentences = self.text.sentences
        lead = sentences[draft.last]
        if draft.last != draft.first or draft.report.unsaid:
            return
        leads = self.words[lead.last - 1] == ":" and (
            draft.report.clausal or lead.last - draft.report.last < _NEAR_COLON
        )
        if not leads and (not draft.report.clausal or self.contents.holds_words(draft.content)):
            return
        paragraph = lead.paragraph + 1
        while draft.last + 1 < len(sentences) and draft.last + 1 not in claimed:
            following = sentences[draft.last + 1]
            if following.paragraph > paragraph:
                listed = self.words[following.first] in _BULLETS and self.words[sentences[draft.last].first] in _BULLETS
                if not listed:
                    return
                paragraph = following.paragraph
            self._take(draft, following, claimed)

    def _behind_label(self, draft: Draft, claimed: set[int]) -> None:
        """Take in the paragraph behind a speaker's label ("Lee: We will win. It is time."), or the quotation."""
        sentences = self.text.sentences
        quoting = draft.report.last < len(self.quoted) and self.quoted[draft.report.last]
        while draft.last + 1 < len(sentences) and draft.last + 1 not in claimed:
            following = sentences[draft.last + 1]
            if following.paragraph != sentences[draft.first].paragraph or quoting > self.quoted[following.first]:
                return
            self._take(draft, following, claimed)

    def _leads_to_quotation(self, draft: Draft, claimed: set[int]) -> bool:
        """Tell whether a colon or the end of a paragraph, or nothing, parts what was "said" from a quotation."""
        sentences, number = self.text.sentences, draft.last
        if self.words[sentences[number].last - 1] == ":":
            return True
        if number + 1 == len(sentences):
            return False
        if sentences[number + 1].paragraph == sentences[number].paragraph:
            return draft.report.clausal
        paragraph = sentences[number + 1].paragraph
        for ahead in range(number + 1, min(number + 12, len(sentences))):
            if sentences[ahead].paragraph != paragraph:
                break
            first, last, _ = sentences[ahead]
            if ahead in claimed or ":" in self.words[first : first + 5] or not all(self.quoted[first:last]):
                return False
        return True
