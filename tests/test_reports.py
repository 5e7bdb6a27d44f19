"""What a report says: who is quoted by whom, what was never said, and which words are not what was said.

All persons, places of office and events here are invented.
"""

import pytest
import timing

from searchapp.article import Statement
from searchapp.ingest.attribution import text as sentences
from searchapp.ingest.attribution.lexicon import OPEN
from searchapp.ingest.attribution.statements import attribute


def told(body: str) -> list[tuple[list[str], str, str]]:
    """Return the speakers, the verb and what was said of each statement."""
    return [([speaker.name for speaker in s.speakers], s.verb, content(body, s)) for s in attribute(body)[1]]


def content(body: str, statement: Statement) -> str:
    return " | ".join(body[a:b] for a, b in statement.content)


SAILS, SAILED = "“It will sail,”", "the ferry would sail."


@pytest.mark.parametrize(
    ("sentence", "verb", "said"),
    [
        (f"{SAILS} Nora Quill was quoted as saying by the Oldbay Post.", "quoted as saying", SAILS),
        (f"{SAILS} Nora Quill was cited by the Oldbay Post as saying.", "cited by the Oldbay Post as saying", SAILS),
        (f"{SAILS} the Oldbay Post quoted Nora Quill as saying on Friday.", "saying", SAILS),
        (f"Nora Quill was quoted by the Post as saying that {SAILED}", "quoted by the Post as saying", SAILED),
        (f"Nora Quill was quoted as saying by the Oldbay Post that {SAILED}", "quoted as saying", SAILED),
        (f"Nora Quill was quoted as saying {SAILED}", "quoted as saying", SAILED),
        (f"The Oldbay Post quoted Mayor Nora Quill as saying that {SAILED}", "saying", SAILED),
        ("The Oldbay Post quoted Nora Quill as saying: “It will sail.”", "saying", "“It will sail.”"),
    ],
)  # fmt: skip
def test_who_is_quoted_as_saying_speaks_and_not_the_paper(sentence: str, verb: str, said: str) -> None:
    assert told(sentence) == [(["Nora Quill"], verb, said)]


def test_a_paper_that_quotes_nobody_as_saying_speaks_itself() -> None:
    body = "The Oldbay Post quoted the letter of Nora Quill."
    assert [names for names, _, _ in told(body)] == [["the Oldbay Post"]]


@pytest.mark.parametrize(
    "sentence",
    [
        "Nora Quill did not deny that the ferry had sunk.",
        "Nora Quill would have said that the ferry had sunk.",
        "Nora Quill could have told them that the ferry had sunk.",
        "If Nora Quill said so, the ferry has sunk.",
        "It is not known whether Nora Quill said that the ferry had sunk.",
        "It remains unclear what Nora Quill said.",
        "What Nora Quill said about the ferry surprised the town.",
        "No official said that the ferry had sunk.",
        "Nora Quill did not elaborate.",
        "The book, written by Nora Quill, is long.",
    ],
)
def test_what_is_not_said_is_no_statement(sentence: str) -> None:
    assert told(sentence) == []


@pytest.mark.parametrize(
    ("sentence", "verb"),
    [
        ("Nora Quill did not say whether the ferry had sunk.", "did not say"),
        ("Nora Quill has not said whether the ferry had sunk.", "has not said"),
        ("Nora Quill never said the ferry had sunk.", "never said"),
        ("Nora Quill wouldn’t say when the ferry had sunk.", "wouldn’t say"),
        ("Nora Quill said nothing about the ferry.", "said nothing"),
        ("Nora Quill did not mention the ferry.", "did not mention"),
        ("Nora Quill refused to confirm that the ferry had sunk.", "refused to confirm"),
        ("Nora Quill declined to say if the ferry had sunk.", "declined to say"),
        ("Nora Quill has declined to publicly say when the ferry had sunk.", "declined to publicly say"),
        ("Neither Tom Beld nor Nora Quill said that the ferry had sunk.", "said"),
    ],
)
def test_a_denied_report_shows_that_it_is_one_and_is_less_sure(sentence: str, verb: str) -> None:
    (statement,) = attribute(sentence)[1]
    assert statement.verb == verb
    assert statement.cue
    assert sentence[slice(*statement.cue)] == verb
    assert statement.confidence == 0.7


@pytest.mark.parametrize(
    ("sentence", "verb", "said"),
    [
        ("Nora Quill denied that the ferry had sunk.", "denied", "the ferry had sunk."),
        ("Nora Quill not only said the ferry had sunk.", "said", "the ferry had sunk."),
        ("Nora Quill did not say when but said it had sunk.", "said", "it had sunk."),
        ("Nora Quill declined to say when but said it had sunk.", "said", "it had sunk."),
        ("Nora Quill refused to sell the ferry.", "refused", "to sell the ferry."),
        ("What Nora Quill said was a wreck lay in the bay.", "said", "was a wreck lay in the bay."),
    ],
)
def test_what_is_said_all_the_same_stays_a_statement(sentence: str, verb: str, said: str) -> None:
    assert told(sentence) == [(["Nora Quill"], verb, said)]


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("Nora Quill told reporters it had sunk.", "it had sunk."),
        ("Nora Quill told the Oldbay Post it had sunk.", "it had sunk."),
        ("Nora Quill told Tom Beld the ferry had sunk.", "the ferry had sunk."),
        ("Nora Quill told them Tom Beld had sunk it.", "Tom Beld had sunk it."),
        ("Nora Quill told Tom Beld, the mayor, that it had sunk.", "it had sunk."),
        ("Nora Quill told the story of the ferry.", "the story of the ferry."),
        ("Nora Quill said on Tuesday it had sunk.", "it had sunk."),
        ("Nora Quill said Tuesday the ferry had sunk.", "the ferry had sunk."),
        ("Nora Quill said in a joint statement the ferry had sunk.", "the ferry had sunk."),
        ("Nora Quill said last year was bad.", "last year was bad."),
        ("Nora Quill said Friday prayers would be held.", "Friday prayers would be held."),
        ("The Oldbay Post reported on Friday, citing two sources, that it had sunk.", "it had sunk."),
        ("It had sunk, said Nora Quill, the master of Oldbay harbour, adding that it was old.",
         "It had sunk | adding that it was old."),
        ("“It sank,” said Nora Quill, the harbour master, “at night.”", "“It sank,” | “at night.”"),
        ("“It sank,” said Nora Quill on Friday in Oldbay. “At night.”", "“It sank,” | “At night.”"),
        ("“It sank,” Nora Quill said in an interview with the “Oldbay Hour.” “At night.”", "“It sank,” | “At night.”"),
        ("“It sank,” said Nora Quill on Friday, a day after the storm.", "“It sank,”"),
        ("The ferry had sunk, the head of the office, Nora Quill, said.", "The ferry had sunk"),
    ],
)  # fmt: skip
def test_whom_when_and_where_it_was_told_is_not_what_was_said(sentence: str, said: str) -> None:
    assert [content for _, _, content in told(sentence)] == [said]


def test_who_only_asks_not_to_be_named_says_what_follows() -> None:
    assert told("An official who asked not to be named said it had sunk.") == [
        (["an official"], "said", "it had sunk.")
    ]


@pytest.mark.parametrize("mark", ['""', "“”", "«»"])
def test_a_quotation_opened_paragraphs_before_its_cue_is_whole(mark: str) -> None:
    first, last = mark
    quotation = f"{first}We sank. It was dark.\n\n{first}We swam.\n\n{first}Nobody sailed,{last}"
    body = f"It rained.\n\n{quotation} said Nora Quill.\n\n{first}It was cold,{last} said Tom Beld."
    quoted, after = attribute(body)[1]
    assert [speaker.name for speaker in quoted.speakers] == ["Nora Quill"]
    assert body[quoted.content[0].start : quoted.content[-1].end] == quotation
    assert content(body, after) == f"{first}It was cold,{last}"


def test_a_quotation_left_open_does_not_go_on_in_marks_of_another_kind() -> None:
    body = '"We read:\n\n“It sank,” said Nora Quill.'
    assert told(body) == [(["Nora Quill"], "said", "“It sank,”")]


def test_paragraphs_of_one_quotation_count_as_one() -> None:
    text = sentences.read("He came.\n\n“We sank.\n\n“We swam.”\n\n“We slept.”")
    assert [sentence.paragraph for sentence in text.sentences] == [0, 1, 1, 2]
    assert [bool(text.tags[sentence.first] & OPEN) for sentence in text.sentences] == [False, True, False, True]
    assert all(text.quoted[text.sentences[1].first :])


@pytest.mark.parametrize(
    "body",
    [
        "“It sank,” said Nora Quill, the mayor,",
        "“It sank,” said Nora Quill on Friday,",
        "“It sank,” said Nora Quill on Friday, “",
        "Nora Quill said on Friday,",
        "Nora Quill said on Friday “",
        "Nora Quill told Tom Beld, the mayor,",
        "Nora Quill told",
        "Nora Quill did not",
        "Nora Quill was quoted as saying",
        "The Oldbay Post quoted Nora Quill as saying by",
        "“It sank.\n\n“",
    ],
)
def test_a_text_may_break_off_anywhere(body: str) -> None:
    for length in range(len(body) + 1):
        for statement in attribute(body[:length])[1]:
            assert 0 <= statement.start < statement.end <= length


@pytest.mark.slow
@pytest.mark.parametrize(
    "piece",
    ["quoted ", "Lee was quoted as ", "Lee told ", "“a\n\n", "did not say ", "said on Friday in ", "Lee said Lee, the ",
     "told the mayor, ", "“A,” said Lee on ", "what Lee said ", "Lee declined to publicly ", "asked by Ann Lee, ",
     "while Ann Lee said it, "],
)  # fmt: skip
def test_hostile_reports_take_linear_time(piece: str) -> None:
    def seconds(size: int) -> float:
        body = (piece * (size // len(piece) + 1))[:size]
        return timing.seconds(lambda: attribute(body))

    assert seconds(100_000) < 8 * max(seconds(25_000), 0.02)


@pytest.mark.parametrize(
    "sentence",
    [
        "Nora Quill did not say whether it had sunk.",
        "Nora Quill never said it had sunk.",
        "Nora Quill said nothing of it.",
        "Neither Tom Beld nor Nora Quill said that it had sunk.",
        "Nora Quill refused to confirm that it had sunk.",
        "Nora Quill declined to confirm whether it had sunk.",
        "Nora Quill declined to comment.",
    ],
)
def test_nothing_was_said_where_a_report_is_denied(sentence: str) -> None:
    body = f"“It sank.” {sentence}\n\n“It is late.”"
    assert [content for _, _, content in told(body)] == [""]


@pytest.mark.parametrize(
    ("sentence", "parts"),
    [
        ("Nora Quill said it was “safe and sound,” but Tom Beld said it “leaks.”",
         ["it was “safe and sound,”", "it “leaks.”"]),
        ("Nora Quill said it would sail, and Tom Beld said it would sink.", ["it would sail", "it would sink."]),
        ("Nora Quill said it would sail, while on Friday Tom Beld said it would sink.",
         ["it would sail", "it would sink."]),
        ("“It sails,” said Nora Quill, but Tom Beld said “It sinks.”", ["“It sails,”", "“It sinks.”"]),
        ("While Nora Quill praised the ferry, Tom Beld said it would sink.", ["the ferry", "it would sink."]),
        ("Although Nora Quill said it sails, Tom Beld said it would sink.", ["it sails", "it would sink."]),
        ("“It sails,” said Nora Quill, and “It sinks,” said Tom Beld.", ["“It sails,”", "and “It sinks,”"]),
    ],
)  # fmt: skip
def test_what_another_says_in_the_same_sentence_is_his_own(sentence: str, parts: list[str]) -> None:
    assert [(names, content) for names, _, content in told(sentence)] == [
        (["Nora Quill"], parts[0]),
        (["Tom Beld"], parts[1]),
    ]


def test_the_second_of_two_in_a_sentence_goes_on_quoting() -> None:
    body = "Nora Quill said it was “safe,” but Tom Beld said it “leaks.” “It sinks.”"
    assert [content for _, _, content in told(body)] == ["it was “safe,”", "it “leaks.” | “It sinks.”"]


def test_a_quotation_behind_what_was_said_goes_on_over_paragraphs() -> None:
    body = "Nora Quill said the town was calm. “We ran.\n\n“Nobody spoke.\n\n“Then it was over.”\n\nIt rained."
    assert told(body) == [
        (["Nora Quill"], "said", "the town was calm. | “We ran. | “Nobody spoke. | “Then it was over.”")
    ]


def test_a_quotation_begun_within_a_sentence_leaves_its_beginning_out() -> None:
    body = "The sign read “No entry.\n\n“We swam,” said Nora Quill."
    assert told(body) == [(["Nora Quill"], "said", "“No entry. | “We swam,”")]


def test_two_who_are_of_somewhere_speak_together() -> None:
    body = "Nora Quill of Oldbay and Tom Beld of Torvia said in a joint statement the ferry had sunk."
    assert [names for names, _, _ in told(body)] == [["Nora Quill", "Tom Beld"]]


@pytest.mark.parametrize(
    ("body", "name", "said"),
    [
        ("Nora Quill’s announcement that the ferry was sold came late.", "Nora Quill", "the ferry was sold came late."),
        ("The mayor’s announcement that the ferry was sold came late.", "the mayor", "the ferry was sold came late."),
        ("The announcement by Nora Quill that the ferry was sold came late.", "Nora Quill", "the ferry was sold"),
        ("An appeal from Nora Quill for calm came late.", "Nora Quill", "for calm came late."),
        ("Nora Quill’s short reply: “No ferry.”", "Nora Quill", "“No ferry.”"),
        ("Wrong polls - Nora Quill, Oldbay Post: “The ferry is old.”", "Nora Quill", "“The ferry is old.”"),
        ("More from Nora Quill: “The ferry is old.”", "Nora Quill", "“The ferry is old.”"),
        ("It was no wonder to pilot Tom Beld, nor to Nora Quill of Oldbay.", "", ""),
        ("The mayor’s comments on the ferry were read.", "", ""),
    ],
)
def test_nouns_and_labels_report(body: str, name: str, said: str) -> None:
    found = [(names, words) for names, _, words in told(body)]
    assert [names for names, _ in found] == ([[name]] if name else [])
    assert all(said in words for _, words in found)


@pytest.mark.parametrize(
    ("body", "base", "kind"),
    [
        ("Mia Torv says the ferry sank.", "say", "person"),
        ("Mia Torv did not say whether the ferry sank.", "say", "person"),
        ("Mia Torv and Odd Varn warned that the ferry was old.", "warn", "joint"),
        ("A spokesman declined to say whether the ferry sank.", "decline to say", "unnamed"),
        ("According to the Oldbay Harbour Authority, the ferry sank.", "according to", "organisation"),
    ],
)
def test_a_statement_has_the_base_form_of_its_verb_and_the_kind_of_who_speaks(body: str, base: str, kind: str) -> None:
    (statement,) = attribute(body)[1]
    assert (statement.base, statement.speaker_kind) == (base, kind)
