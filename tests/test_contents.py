"""What was said can be found by its words, and is shown for what it is. All persons and events here are invented."""

from pathlib import Path

import pytest

from searchapp.article import Statement
from searchapp.ingest.attribution.statements import attribute

ROOT = Path(__file__).parents[1]
OURS = [*sorted((ROOT / "tests/golden/ingest").glob("*.txt")), *sorted((ROOT / "corpus").rglob("*.txt"))]


def only(body: str) -> Statement:
    (statement,) = attribute(body)[1]
    return statement


def content(body: str, statement: Statement) -> str:
    return " | ".join(body[start:end] for start, end in statement.content)


def speechless(body: str) -> list[str]:
    """Return the statements of a text that tell no word of what was said, though something was."""
    return [
        body[statement.start : statement.end]
        for statement in attribute(body)[1]
        if statement.polarity != "declined" and not any(map(str.isalnum, content(body, statement)))
    ]


@pytest.mark.parametrize("path", OURS, ids=lambda path: path.name)
def test_nothing_is_said_without_words_in_our_texts(path: Path) -> None:
    assert speechless(path.read_text("utf8", errors="replace")) == []


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("After that date, the ferry may be sold, the company said.", "After that date, the ferry may be sold"),
        ("When the sale is over, it will own it, Mia Torv said.", "When the sale is over, it will own it"),
        ("FERRY FARES FALL IN MAY, HARBOUR BOARD SAYS", "FERRY FARES FALL IN MAY"),
        ("Regarding the harbour, Mia Torv said it was closed.", "Regarding the harbour | it was closed."),
        ("As for the harbour, Mia Torv said it was closed.", "As for the harbour | it was closed."),
        ("On the harbour, Mia Torv said it was closed.", "On the harbour | it was closed."),
        ("Asked about the harbour, Mia Torv said it was closed.", "Asked about the harbour | it was closed."),
        ("If the vote fails, Mia Torv said it would be closed.", "If the vote fails | it would be closed."),
        ("On Friday, Mia Torv said it was closed.", "it was closed."),
        ("On Orle Radio, Mia Torv said it was closed.", "it was closed."),
        ("In the morning, Mia Torv said it was closed.", "it was closed."),
        ("Mia Torv said of the harbour that it was closed.", "of the harbour that it was closed."),
        ("Mia Torv added:\n\nThe harbour is closed. It is late.", "The harbour is closed. | It is late."),
        ("In a letter Mia Torv wrote:\n\nThe harbour is closed.\n\nThe sea is grey.", "The harbour is closed."),
        ("Mia Torv said:\n\n- The harbour is closed.\n\n- The ferry is sold.\n\nThe sea is grey.",
         "The harbour is closed. | The ferry is sold."),
        ("The mayor, Mia Torv, disagreed.", "The mayor, Mia Torv, disagreed."),
    ],
)  # fmt: skip
def test_what_was_said_has_words(body: str, said: str) -> None:
    assert content(body, only(body)) == said


def test_of_two_reports_of_one_person_that_which_says_something_counts() -> None:
    body = "Saying she was not suggesting a sale, Mia Torv said the ferry was old."
    assert [content(body, each) for each in attribute(body)[1]] == ["the ferry was old."]


@pytest.mark.parametrize(
    ("body", "polarity", "act"),
    [
        ("Mia Torv said the ferry had sunk.", "affirmed", "said"),
        ("Mia Torv denied that the ferry had sunk.", "denied", "denied"),
        ("Mia Torv rejected the claim.", "denied", "denied"),
        ("Mia Torv ruled out a sale of the ferry.", "denied", "denied"),
        ("Mia Torv ruled that the ferry was hers.", "affirmed", "said"),
        ("Mia Torv dismissed the report.", "denied", "denied"),
        ("Mia Torv’s denial that the ferry had sunk came late.", "denied", "denied"),
        ("Mia Torv’s promise that the ferry would sail came late.", "affirmed", "promised"),
        ("Mia Torv declined to comment.", "declined", "declined"),
        ("Mia Torv did not say whether the ferry had sunk.", "declined", "said"),
        ("Mia Torv never praised the ferry.", "declined", "praised"),
        ("Mia Torv asked whether the ferry had sunk.", "asked", "asked"),
        ("“Has the ferry sunk?” Mia Torv asked.", "asked", "asked"),
        ("Mia Torv asked the council to wait.", "affirmed", "asked"),
        ("Mia Torv will announce the sale of the ferry on Monday.", "conditional", "said"),
        ("Mia Torv would welcome a sale of the ferry.", "conditional", "praised"),
        ("Mia Torv warned that the ferry would sink.", "affirmed", "warned"),
        ("Mia Torv promised that the ferry would sail.", "affirmed", "promised"),
        ("Mia Torv praised the crew.", "affirmed", "praised"),
        ("Mia Torv paid tribute to the crew.", "affirmed", "praised"),
        ("Mia Torv urged the council to wait.", "affirmed", "demanded"),
        ("Mia Torv called for a new ferry.", "affirmed", "demanded"),
        ("Mia Torv called again on the council to wait.", "affirmed", "demanded"),
        ("Mia Torv called the ferry the best of its kind.", "affirmed", "said"),
        ("Mia Torv called it a blow for the crew.", "affirmed", "said"),
        ("Mia Torv agreed that the ferry was old.", "affirmed", "agreed"),
        ("Mia Torv issued a warning to the crew.", "affirmed", "warned"),
    ],
)
def test_a_denial_a_question_and_a_claim_are_told_apart(body: str, polarity: str, act: str) -> None:
    statement = only(body)
    assert (statement.polarity, statement.act) == (polarity, act)


def test_what_was_denied_can_be_found_all_the_same() -> None:
    body = "Mia Torv denied that the ferry had sunk."
    assert content(body, only(body)) == "the ferry had sunk."


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("Mia Torv looked at the sea. “The ferry is old and grey.”", "“The ferry is old and grey.”"),
        (
            "Mia Torv looked at the sea. “The ferry is old and grey.” She left.",
            "“The ferry is old and grey.”",
        ),
        ("“The ferry is old and grey.” Mia Torv smiled at the sea.", "“The ferry is old and grey.”"),
        ("“The ferry is old.” — Mia Torv, baker", "“The ferry is old.”"),
        ("“The ferry said no. It is old.” — Mia Torv", "“The ferry said no. It is old.”"),
        ("“The ferry is old.\n\n“It is grey.”\n\n— Mia Torv, in a letter", "“The ferry is old.\n\n“It is grey.”"),
    ],
)
def test_a_quotation_without_a_verb_is_of_who_acts_beside_it_or_signs(body: str, said: str) -> None:
    statement = only(body)
    assert ([each.name for each in statement.speakers], content(body, statement)) == (["Mia Torv"], said)


@pytest.mark.parametrize(
    "body",
    [
        "The sea was grey. “The ferry is old and grey.”",
        "Mia Torv read. “No entry.”",
        "The sea was grey.\n\n--Mia Torv.",
    ],
)
def test_a_quotation_beside_nobody_is_nobodys(body: str) -> None:
    assert attribute(body)[1] == ()
