"""Who says what: statements with their speakers, found by rules over words (no model, nothing learned).

``text`` reads the words, ``persons`` the names, ``subjects`` and ``reports`` find who a reporting verb belongs to,
``coreference`` who is meant by "he" or "the minister"; here it becomes statements.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from searchapp.analysis import Span
from searchapp.article import Dated, Speaker, Statement, StatementKind
from searchapp.ingest.attribution import persons
from searchapp.ingest.attribution.asides import Asides
from searchapp.ingest.attribution.cast import Cast
from searchapp.ingest.attribution.clauses import Report
from searchapp.ingest.attribution.coreference import Coreference
from searchapp.ingest.attribution.lexicon import AUXILIARY, BE, CLOSE, OPEN, POSSESSIVE, PRONOUN, QUOTE, TIME, VERB
from searchapp.ingest.attribution.people import People
from searchapp.ingest.attribution.reports import Reports
from searchapp.ingest.attribution.statement_days import statement_day
from searchapp.ingest.attribution.subjects import Subjects
from searchapp.ingest.attribution.text import Sentence, Text, read, written

LEAST_WEIGHT = 0.6  # of a report; below, every other one was wrong (annotated training articles)
LEAST_ALONE = 0.66  # the same where it is all that its speaker says
# What share of reports was right (training articles, isotonic), by least weight; one table for subjects that name
# somebody or something, one for "he" and "the minister", who must be found first.
NAMED = ((0.89, 0.95), (0.705, 0.85), (0.66, 0.7), (0.0, 0.65))
MEANT = ((0.75, 0.8), (0.0, 0.63))


@dataclass(slots=True)
class _Draft:
    """A statement in the making: sentences ``first`` to ``last`` (both included)."""

    speakers: tuple[Speaker, ...]
    report: Report
    first: int
    last: int
    content: list[tuple[int, int]]
    weight: float


def attribute(
    body: str, *, published: Dated | None = None, people: People | None = None
) -> tuple[tuple[Speaker, ...], tuple[Statement, ...]]:
    """Return who speaks in ``body``, in order of their first statement, and the statements, in order of place.

    Offsets are code points of ``body``, half-open. ``published`` helps to date a statement that says only
    "on Tuesday"; ``people`` overrules how names are read. Linear in the length of ``body``.

    A statement's confidence is the share of those like it that were right in the training articles, by the weight
    of the verb times the certainty of its subject.
    """
    text = read(body)
    cast = persons.find(text, people or People())
    drafts = _Drafts(text, cast, people or People()).drafts()
    statements = tuple(sorted((_statement(text, draft, published) for draft in drafts), key=lambda s: (s.start, s.end)))
    speakers = dict.fromkeys(speaker for statement in statements for speaker in statement.speakers)
    return tuple(speakers), statements


def _statement(text: Text, draft: _Draft, published: Dated | None) -> Statement:
    start = text.starts[text.sentences[draft.first].first]
    end = text.ends[text.sentences[draft.last].last - 1]
    content = tuple(
        Span(text.starts[a], text.ends[b - 1]) for a, b in (_trimmed(text, *part) for part in draft.content) if a < b
    )
    said = written(text, draft.report.verb, draft.report.verb_end)
    return Statement(
        draft.speakers,
        said,
        _kind(text, draft.content),
        statement_day(text.body[start:end], published, _clauses(text, draft, start)),
        _confidence(draft),
        start,
        end,
        content,
        subject=_span(text, draft.report.subject.first, draft.report.subject.last),
        cue=_span(text, draft.report.verb, draft.report.verb_end),
    )


def _clauses(text: Text, draft: _Draft, start: int) -> Iterator[Span]:
    """Yield where a draft tells in a clause what was said, counted from ``start``, each from its verb or pronoun on.

    "Lee said the bridge fell on Friday" tells when it fell, "Lee announced her plans on Friday" when Lee did.
    """
    for first, last in draft.content if draft.report.clausal else ():
        verb = next((at for at in range(first, last) if text.tags[at] & (AUXILIARY | VERB | PRONOUN)), last)
        if verb < last:
            yield Span(text.starts[verb] - start, text.ends[last - 1] - start)


def _confidence(draft: _Draft) -> float:
    """Return how probably a statement is right: the share of the training articles' that were."""
    meant = draft.report.subject.kind in ("pronoun", "noun") and draft.speakers[0].type != "unnamed"
    return next(share for least, share in (MEANT if meant else NAMED) if draft.weight >= least)


def _span(text: Text, first: int, last: int) -> Span:
    """Return where words ``first`` to ``last`` (half-open) stand, without a last ``'s``."""
    end = text.starts[last - 1] + len(text.words[last - 1]) if text.tags[last - 1] & POSSESSIVE else text.ends[last - 1]
    return Span(text.starts[first], end)


def _trimmed(text: Text, first: int, last: int) -> tuple[int, int]:
    """Drop commas, colons and dashes at the edges of a content, and a stop before it."""
    while first < last and text.words[first] in ",:;.—–-":
        first += 1
    while first < last and text.words[last - 1] in ",;:—–-":
        last -= 1
    return first, last


def _kind(text: Text, content: list[tuple[int, int]]) -> StatementKind:
    quoted = plain = 0
    for first, last in content:
        for at in range(first, last):
            if text.words[at][0].isalnum():
                if text.quoted[at]:
                    quoted += 1
                else:
                    plain += 1
    if not quoted:
        return "indirect"
    return "mixed" if plain else "direct"


def _standing(drafts: list[_Draft]) -> list[_Draft]:
    """Return the drafts but those of a speaker who stands on one weak statement only."""
    counts = Counter(speaker for draft in drafts for speaker in draft.speakers)
    return [d for d in drafts if d.weight >= LEAST_ALONE or any(counts[speaker] > 1 for speaker in d.speakers)]


class _Drafts:
    """One article's statements in the making."""

    def __init__(self, text: Text, cast: Cast, people: People) -> None:
        self.text = text
        self.words, self.tags, self.quoted = text.words, text.tags, text.quoted
        subjects = Subjects(text, cast)
        self.asides = Asides(text, cast)
        self.reports = Reports(text, cast, subjects, self.asides)
        self.found = [self._sure_reports(sentence) for sentence in text.sentences]
        named = {entity for reports in self.found for report in reports for entity in report.subject.people}
        self.coreference = Coreference(text, cast, people, subjects, named)

    def drafts(self) -> list[_Draft]:
        """Return the statements of the article, quotations that go on joined to their cue."""
        drafts: list[_Draft] = []
        claimed: set[int] = set()
        for number in range(len(self.text.sentences)):
            for draft in self._sentence_drafts(number):
                self._extend_back(draft, claimed)
                claimed.update(range(draft.first, draft.last + 1))
                drafts.append(draft)
        drafts = _standing(drafts)
        self._extend_forward(drafts, claimed)
        return drafts

    def _sure_reports(self, sentence: Sentence) -> list[Report]:
        return [report for report in self.reports.of(sentence) if report.weight >= LEAST_WEIGHT]

    def _sentence_drafts(self, number: int) -> list[_Draft]:
        sentence, reports = self.text.sentences[number], self.found[number]
        by_speakers: dict[tuple[Speaker, ...], _Draft] = {}
        for report, speakers in zip(reports, self.coreference.read(sentence, reports), strict=True):
            draft = by_speakers.get(speakers)
            if draft:
                draft.weight = max(draft.weight, report.weight)
            elif speakers:
                reach = self.reports.clauses.reach(report, reports, sentence)
                content = [] if report.denied else self._content(report, reach)
                by_speakers[speakers] = _Draft(speakers, report, number, number, content, report.weight)
        return list(by_speakers.values())

    def _extend_back(self, draft: _Draft, claimed: set[int]) -> None:
        """Take in the sentences before, where the quotation began that the cue ends."""
        sentences = self.text.sentences
        first = draft.first
        begin = sentences[first].first
        if draft.report.denied:
            return
        if draft.report.verb == begin:
            self._extend_signature(draft, claimed)
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

    def _quotation_at_end(self, sentence: Sentence) -> int:
        """Return where the quotation begins with which a sentence ends."""
        begin = sentence.last - 1
        while begin > sentence.first and self.quoted[begin - 1]:
            begin -= 1
        return begin

    def _extend_signature(self, draft: _Draft, claimed: set[int]) -> None:
        """Take in the quotation that a signature ("— Ann Lee, baker") ends, or the words before it in its line."""
        sentences = self.text.sentences
        begin = sentences[draft.first].first
        quoted = self.quoted[begin - 1]
        while draft.first and draft.first - 1 not in claimed:
            before = sentences[draft.first - 1]
            if quoted and not self.quoted[before.last - 1]:
                break
            if not quoted and before.paragraph != sentences[draft.last].paragraph:
                break
            draft.first -= 1
            if quoted and (self.tags[before.first] & OPEN or not self.quoted[before.first]):
                break
        if draft.first < draft.last:
            draft.content = [(sentences[draft.first].first, begin)]

    def _extend_forward(self, drafts: list[_Draft], claimed: set[int]) -> None:
        """Take in the sentences after that only go on quoting."""
        sentences = self.text.sentences
        # of two in one sentence the one that quotes, else the second, goes on
        for draft in sorted(drafts, key=lambda d: (_kind(self.text, d.content) == "indirect", -d.report.verb)):
            if self.words[draft.report.verb] == ":":
                self._extend_answer(draft, claimed)
            if draft.report.verb == sentences[draft.last].first or draft.report.denied:
                continue  # a signature ends what was said
            direct = _kind(self.text, draft.content) != "indirect" or self._leads_to_quotation(draft, claimed)
            while direct and draft.last + 1 < len(sentences) and draft.last + 1 not in claimed:
                following = sentences[draft.last + 1]
                if not (self.quoted[following.first] and self.quoted[following.last - 1]):
                    break
                if following.paragraph > sentences[draft.last].paragraph + 1:
                    break
                draft.last += 1
                claimed.add(draft.last)
                draft.content.append((following.first, following.last))

    def _extend_answer(self, draft: _Draft, claimed: set[int]) -> None:
        """Take in the paragraph behind a speaker's label ("Lee: We will win. It is time.")."""
        sentences = self.text.sentences
        while draft.last + 1 < len(sentences) and draft.last + 1 not in claimed:
            following = sentences[draft.last + 1]
            if following.paragraph != sentences[draft.first].paragraph:
                return
            draft.last += 1
            claimed.add(draft.last)
            draft.content.append((following.first, following.last))

    def _leads_to_quotation(self, draft: _Draft, claimed: set[int]) -> bool:
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

    def _content(self, report: Report, sentence: Sentence) -> list[tuple[int, int]]:
        """Return what was said: the sentence without the attribution."""
        first, last = report.first, report.last
        if report.subject.people:
            first = self.asides.before_role(first, sentence)
        if not report.after and self.words[report.verb] != ":":
            last = self._behind_that(self.asides.behind_apposition(last, sentence), sentence)
        before, after = (sentence.first, first), (last, sentence.last)
        quoted_before = any(self.quoted[sentence.first : first])
        quoted_after = any(self.quoted[last : sentence.last])
        if report.after:
            parts = [before]
            if quoted_after or (
                last < sentence.last and self.words[last] == "," and self._is_clause(last + 1, sentence.last)
            ):
                parts.append(after)
            return parts
        parenthetic = (
            first > sentence.first and self.words[first - 1] == "," == self.words[min(last, sentence.last - 1)]
        )
        if parenthetic:  # "The plan, Lee argued, fails"
            return [before, after]
        if quoted_before and self.tags[first - 1] & (CLOSE | QUOTE):
            return [before, after] if quoted_after else [before]
        tail = [self.tags[n] for n in range(*after) if self.words[n][0].isalnum()]
        told = len(tail) < 5 and (not tail or any(bits & TIME for bits in tail))
        if quoted_before and told and self.words[first - 1] == ",":
            return [before]  # "It is “a good year” for all, Lee said ten days ago"
        return [after] if tail else []

    def _behind_that(self, last: int, sentence: Sentence) -> int:
        """Return the word behind the "that" of "Lee told the press on Friday that"."""
        at = last
        while at < min(last + 16, sentence.last):
            if self.words[at] == "that":
                return at + 1
            closed = self.asides.behind_citing(self.asides.behind_apposition(at, sentence), sentence)
            if (closed == at and self.words[at] in ",;:") or self.tags[at] & (QUOTE | VERB | BE):
                break
            at = closed + 1
        return last

    def _is_clause(self, first: int, last: int) -> bool:
        return last - first > 3 and any(self.tags[n] & (BE | AUXILIARY | VERB) for n in range(first, last))
