"""The statements of an article in the making: whose each is, what of its sentence was said, how far it goes."""

from collections import Counter
from collections.abc import Iterator

from searchapp.article import Speaker
from searchapp.ingest.attribution.asides import Asides
from searchapp.ingest.attribution.cast import Cast
from searchapp.ingest.attribution.clauses import Report
from searchapp.ingest.attribution.contents import Contents
from searchapp.ingest.attribution.coreference import Coreference
from searchapp.ingest.attribution.extents import Draft, Extents
from searchapp.ingest.attribution.lexicon import OPEN
from searchapp.ingest.attribution.noun_phrases import Subject
from searchapp.ingest.attribution.people import People
from searchapp.ingest.attribution.reports import Reports
from searchapp.ingest.attribution.subjects import Subjects
from searchapp.ingest.attribution.text import Sentence, Text
from searchapp.ingest.attribution.turns import Turn, turns

LEAST_WEIGHT = 0.6  # of a report; below, every other one was wrong (annotated training articles)
LEAST_ALONE = 0.66  # the same where it is all that its speaker says
_LEAST_QUOTATION = 6  # words and marks of one that stands without a verb
TURN = 0.9  # weight of a label in a text that shows turns


def _standing(drafts: list[Draft]) -> list[Draft]:
    """Return the drafts but those of a speaker who stands on one weak statement only."""
    if all(draft.weight >= LEAST_ALONE for draft in drafts):
        return drafts
    counts = Counter(speaker for draft in drafts for speaker in draft.speakers)
    return [d for d in drafts if d.weight >= LEAST_ALONE or any(counts[speaker] > 1 for speaker in d.speakers)]


class Drafts:
    """One article's statements in the making."""

    def __init__(self, text: Text, cast: Cast, people: People) -> None:
        self.text = text
        subjects = Subjects(text, cast)
        asides = Asides(text, cast)
        self.contents = Contents(text, asides)
        self.extents = Extents(text, self.contents)
        self.reports = Reports(text, cast, subjects, asides)
        self.turns = {turn.first: turn for turn in turns(text, cast, people)}
        spoken = {number for turn in self.turns.values() for number in range(turn.first, turn.last + 1)}
        self.found = [
            [] if number in spoken else self._sure_reports(sentence) for number, sentence in enumerate(text.sentences)
        ]
        self.beats: dict[int, list[int]] = {}  # sentences that tell what somebody does, and the quotations beside each
        for number, report, quotation in list(self._beats()):
            self.found[number] = [report]
            self.beats.setdefault(number, []).append(quotation)
        named = {entity for reports in self.found for report in reports for entity in report.subject.people}
        self.coreference = Coreference(text, cast, people, subjects, named)

    def all(self) -> list[Draft]:
        """Return the statements of the article, quotations that go on joined to their cue."""
        drafts: list[Draft] = []
        claimed: set[int] = set()
        for number in range(len(self.text.sentences)):
            if number in self.turns:
                turn = self.turns[number]
                claimed.update(range(turn.first, turn.last + 1))
                drafts.append(self._of_turn(turn))
            for draft in self._of_sentence(number):
                self.extents.back(draft, claimed)
                if self.extents.is_signature(draft):  # what is signed is nobody else's
                    drafts = [before for before in drafts if before.first < draft.first]
                claimed.update(range(draft.first, draft.last + 1))
                drafts.append(draft)
        drafts = _standing(drafts)
        self.extents.forward(drafts, claimed)
        drafts = [draft for draft in drafts if draft.content or not self.extents.is_signature(draft)]
        for draft in drafts:
            self._settle(draft)
        return drafts

    def _beats(self) -> Iterator[tuple[int, Report, int]]:
        """Yield sentences that tell what somebody does, with each quotation of no verb that stands behind or before.

        Both stand in one paragraph, in which nobody reports anything.
        """
        sentences = self.text.sentences
        for number, sentence in enumerate(sentences):
            if not self.text.tags[sentence.first] & OPEN or not self._is_bare_quotation(number):
                continue
            for beside in (number - 1, number + 1):
                near = 0 <= beside < len(sentences) and sentences[beside].paragraph == sentence.paragraph
                if near and not self.found[beside] and (report := self.reports.signs.beat(sentences[beside])):
                    yield beside, report, number
                    break

    def _is_bare_quotation(self, number: int) -> bool:
        """Tell whether a sentence of some words is one whole quotation that no report beside it leads to."""
        sentence, sentences = self.text.sentences[number], self.text.sentences
        first, last, _ = sentence
        if last - first < _LEAST_QUOTATION or not all(self.text.quoted[first:last]):
            return False
        beside = [n for n in (number - 1, number, number + 1) if 0 <= n < len(sentences)]
        return not any(self.found[n] for n in beside if sentences[n].paragraph == sentence.paragraph)

    def _sure_reports(self, sentence: Sentence) -> list[Report]:
        return [report for report in self.reports.of(sentence) if report.weight >= LEAST_WEIGHT]

    def _of_sentence(self, number: int) -> list[Draft]:
        sentence, reports = self.text.sentences[number], self.found[number]
        by_speakers: dict[tuple[Speaker, ...], Draft] = {}
        for report, speakers in zip(reports, self.coreference.read(sentence, reports), strict=True):
            known = by_speakers.get(speakers)
            overruled = known and (known.report.unsaid or report.explicit > known.report.explicit)
            if known and (report.unsaid or not overruled):
                known.weight = max(known.weight, report.weight)
            elif speakers:
                reach = self.reports.clauses.reach(report, reports, sentence)
                content = self.contents.of(report, reach, sentence, reports)
                by_speakers[speakers] = Draft(speakers, report, number, number, content, report.weight)
        drafts = list(by_speakers.values())
        if number in self.beats:
            self._quote(drafts, self.beats[number])
        return drafts

    def _quote(self, drafts: list[Draft], numbers: list[int]) -> None:
        """Give the quotations that are sentences ``numbers``, in order, to who acts in the one beside them."""
        for draft in drafts:
            draft.first, draft.last = min(draft.first, numbers[0]), max(draft.last, numbers[-1])
            draft.content = [(self.text.sentences[n].first, self.text.sentences[n].last) for n in numbers]

    def _of_turn(self, turn: Turn) -> Draft:
        """Return the statement that a turn is; its label stands for subject and verb."""
        label = turn.label
        subject = Subject(label.first, label.last, "person")
        sign = label.behind - 1 if self.text.words[label.behind - 1] == ":" else label.last - 1
        report = Report(sign, sign + 1, subject, label.at, label.behind, False, True, False, TURN)
        return Draft((turn.speaker,), report, turn.first, turn.last, turn.content, TURN)

    def _settle(self, draft: Draft) -> None:
        """Give a draft of which nothing else tells what was said its sentence, and say where a question was asked."""
        report = draft.report
        if report.polarity != "declined" and not self.contents.holds_words(draft.content):
            sentence = self.text.sentences[draft.first]
            draft.content = [(sentence.first, sentence.last)]
        if report.polarity == "affirmed" and self.contents.is_question(draft.content):
            report.polarity = "asked"
