"""The statements of an article in the making: whose each is, what of its sentence was said, how far it goes."""

from collections import Counter

from searchapp.article import Speaker
from searchapp.ingest.attribution.asides import Asides
from searchapp.ingest.attribution.cast import Cast
from searchapp.ingest.attribution.clauses import Report
from searchapp.ingest.attribution.contents import Contents
from searchapp.ingest.attribution.coreference import Coreference
from searchapp.ingest.attribution.extents import Draft, Extents
from searchapp.ingest.attribution.people import People
from searchapp.ingest.attribution.reports import Reports
from searchapp.ingest.attribution.subjects import Subjects
from searchapp.ingest.attribution.text import Sentence, Text

LEAST_WEIGHT = 0.6  # of a report; below, every other one was wrong (annotated training articles)
LEAST_ALONE = 0.66  # the same where it is all that its speaker says


def _standing(drafts: list[Draft]) -> list[Draft]:
    """Return the drafts but those of a speaker who stands on one weak statement only."""
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
        self.found = [self._sure_reports(sentence) for sentence in text.sentences]
        named = {entity for reports in self.found for report in reports for entity in report.subject.people}
        self.coreference = Coreference(text, cast, people, subjects, named)

    def all(self) -> list[Draft]:
        """Return the statements of the article, quotations that go on joined to their cue."""
        drafts: list[Draft] = []
        claimed: set[int] = set()
        for number in range(len(self.text.sentences)):
            for draft in self._of_sentence(number):
                self.extents.back(draft, claimed)
                claimed.update(range(draft.first, draft.last + 1))
                drafts.append(draft)
        drafts = _standing(drafts)
        self.extents.forward(drafts, claimed)
        drafts = [draft for draft in drafts if draft.content or not self.reports.signs.is_dash(draft.report.verb)]
        for draft in drafts:
            self._settle(draft)
        return drafts

    def _sure_reports(self, sentence: Sentence) -> list[Report]:
        return [report for report in self.reports.of(sentence) if report.weight >= LEAST_WEIGHT]

    def _of_sentence(self, number: int) -> list[Draft]:
        sentence, reports = self.text.sentences[number], self.found[number]
        by_speakers: dict[tuple[Speaker, ...], Draft] = {}
        for report, speakers in zip(reports, self.coreference.read(sentence, reports), strict=True):
            known = by_speakers.get(speakers)
            if known and (report.unsaid or not known.report.unsaid):
                known.weight = max(known.weight, report.weight)
            elif speakers:
                reach = self.reports.clauses.reach(report, reports, sentence)
                content = self.contents.of(report, reach, sentence, reports)
                by_speakers[speakers] = Draft(speakers, report, number, number, content, report.weight)
        return list(by_speakers.values())

    def _settle(self, draft: Draft) -> None:
        """Give a draft of which nothing else tells what was said its sentence, and say where a question was asked."""
        report = draft.report
        if report.polarity != "declined" and not self.contents.holds_words(draft.content):
            sentence = self.text.sentences[draft.first]
            draft.content = [(sentence.first, sentence.last)]
        if report.polarity == "affirmed" and self.contents.is_question(draft.content):
            report.polarity = "asked"
