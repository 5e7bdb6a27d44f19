"""Transcripts and interviews: whose a turn is, and how far it goes. All persons and events here are invented."""

import pytest
import timing

from searchapp.ingest.attribution.statements import attribute


def spoken(body: str) -> list[tuple[str, str]]:
    """Return the speaker and what was said of each statement."""
    return [
        (" and ".join(speaker.name for speaker in s.speakers), " ".join(body[start:end] for start, end in s.content))
        for s in attribute(body)[1]
    ]


def transcript(*turns: str) -> str:
    return "\n\n".join(("The hearing on the ferry opened at nine.", *turns))


@pytest.mark.parametrize("parted", ["\n\n", "\n"])
def test_a_label_is_a_speaker_once_a_text_shows_turns(parted: str) -> None:
    body = parted.join(("TORV: Who sank it?", "BELD: The crew, and nobody else.", "TORV: The crew says it was you."))
    assert spoken(body) == [
        ("Torv", "Who sank it?"),
        ("Beld", "The crew, and nobody else."),
        ("Torv", "The crew says it was you."),
    ]


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("MIA TORV, HOST:", "Mia Torv"),
        ("MIA R. TORV:", "Mia R. Torv"),
        ("McTORVAN:", "McTorvan"),
        ("O'TORVAN:", "O'Torvan"),
        ("De La TORVA:", "De La Torva"),
        ("Dr. TORV-QUILL:", "Torv-Quill"),
        ("Mr. TORV (during the reading):", "Torv"),
        ("SEN. TORV (R-OLDBAY):", "Torv"),
        ("Mr. TORV.", "Torv"),
        ("Ms TORV —", "Torv"),
        ("- TORV:", "Torv"),
        ("[00:12] TORV:", "Torv"),
        ("THE WITNESS:", "the witness"),
        ("The CHAIR:", "the chair"),
        ("UNIDENTIFIED MALE:", "unidentified male"),
        ("The Minister for Harbours (Mia Torv):", "Mia Torv"),
        ("Mia Torv (Oldbay North):", "Mia Torv"),
        ("Mr Speaker:", "Mr Speaker"),
    ],
)
def test_a_label_is_read_as_a_name_is_written(label: str, name: str) -> None:
    body = transcript(f"{label} I object. It is late.", "BELD: No, it is not.", "Ms. QUILL: Go on.", "BELD: Thank you.")
    assert spoken(body)[0] == (name, "I object. It is late.")


def test_a_short_label_is_who_was_named_in_full() -> None:
    body = transcript(
        "MIA TORV, HOST: Good evening.", "TOM BELD, BAKER: Good evening.", "TORV: Go on.", "BELD: I will."
    )
    assert [name for name, _ in spoken(body)] == ["Mia Torv", "Tom Beld", "Mia Torv", "Tom Beld"]
    assert [(each.name, each.role) for each in attribute(body)[0]] == [("Mia Torv", "host"), ("Tom Beld", "baker")]


def test_a_short_label_may_be_of_several_words() -> None:
    body = transcript("PAUL VAN DER BELD, HOST: Late?", "MIA TORV: Yes.", "VAN DER BELD: Again?", "TORV: Yes.")
    assert [name for name, _ in spoken(body)] == ["Paul Van Der Beld", "Mia Torv"] * 2


def test_what_is_quoted_and_named_in_a_turn_is_its_speakers() -> None:
    said = "It lay there. “Leave it,” Anna Quill said to me. The clerk denied that."
    body = transcript("TORV: And the ferry?", f"BELD: {said}", "TORV: Thank you.")
    assert spoken(body)[1] == ("Beld", said)
    assert [each.name for each in attribute(body)[0]] == ["Torv", "Beld"]


def test_a_turn_goes_on_over_paragraphs_without_notes_in_brackets() -> None:
    body = transcript("TORV: One.", "[Applause]", "Two.", "BELD: Three.", "(Laughter)", "TORV: Four.")
    assert spoken(body) == [("Torv", "One. Two."), ("Beld", "Three."), ("Torv", "Four.")]


@pytest.mark.parametrize(("asking", "answering"), [("Q:", "A:"), ("Q.", "A."), ("Question:", "Answer:")])
def test_answers_are_of_whom_the_text_presents(asking: str, answering: str) -> None:
    body = "\n\n".join(
        ("Tom Beld, the baker, wants to lead the board.", f"{asking} Why, Mr Beld?", f"{answering} I like it.")
    )
    assert spoken(body) == [("the interviewer", "Why, Mr Beld?"), ("Tom Beld", "I like it.")]
    assert [each.type for each in attribute(body)[0]] == ["unnamed", "person"]


def test_answers_are_of_whom_the_questions_speak_to() -> None:
    body = "Anna Quill asked Tom Beld.\n\nQ: Mr. Beld, why?\n\nA: I like it.\n\nQ: And you win, Mr. Beld?\n\nA: I do."
    assert {name for name, _ in spoken(body)[1:]} == {"the interviewer", "Tom Beld"}


def test_answers_of_an_unknown_are_of_nobody_by_name() -> None:
    body = "The board met.\n\nQ: Why?\n\nA: I like it here."
    assert [name for name, _ in spoken(body)] == ["the interviewer", "the interviewee"]


@pytest.mark.parametrize("dash", ["-", "–", "—"])
def test_dashes_alone_tell_turns_where_questions_are_answered(dash: str) -> None:
    turns = ("Why do you stand?", "I like it.", "And if you lose?", "I go.")
    body = "\n\n".join(("Mia Torv met us.", *(f"{dash} {turn}" for turn in turns)))
    names = ["the interviewer", "Mia Torv"] * 2
    assert spoken(body) == list(zip(names, turns, strict=True))
    listed = "\n\n".join(("Mia Torv met us.", *(f"{dash} A plan for ferry {number}." for number in range(5))))
    assert spoken(listed) == []


def test_a_line_with_name_and_office_begins_a_turn() -> None:
    lines = (
        "Mia Torv -- Chief Executive",
        "Fares rose.",
        "Tom Beld -- Analyst",
        "Why?",
        "Mia Torv -- Chief Executive",
        "Oil.",
    )
    assert spoken(transcript(*lines)) == [("Mia Torv", "Fares rose."), ("Tom Beld", "Why?"), ("Mia Torv", "Oil.")]


def test_who_examines_asks_from_there_on() -> None:
    body = "\n\n".join(
        ("BY MR. TORV:", "Q. Where were you?", "A. At home.", "BY MS. BELD:", "Q. With whom?", "A. Alone.")
    )
    assert [name for name, _ in spoken(body)] == ["Torv", "the interviewee", "Beld", "the interviewee"]


def test_an_outlet_that_asks_is_an_organisation() -> None:
    body = "The board met in the Gazette.\n\nGAZETTE: Why?\n\nTOM BELD: I like it.\n\nGAZETTE: And?\n\nBELD: I wait."
    assert [(each.name, each.type) for each in attribute(body)[0]] == [
        ("Gazette", "organisation"),
        ("Tom Beld", "person"),
    ]


@pytest.mark.parametrize(
    "body",
    [
        "The vote: Nobody won.\n\nBackground: Four cranes stand still.\n\nUpdate: The clerk has mended it.",
        "BACKGROUND: Nobody won.\n\nUPDATE: The clerk has mended it.\n\nKEY POINT: No ship came.",
        "Live: the board votes\n\nHarbour vote: as it happened\n\nWhat next: a new board",
        "Mia Torv: 41, baker, of Oldbay.\n\nTom Beld: 39, pilot, of Norvik.\n\nAnna Quill: 52, lawyer, of Velm.",
        "Date: Friday\n\nTime: nine\n\nPlace: the hall\n\nDate: Saturday",
    ],
)
def test_words_before_a_colon_are_not_always_speakers(body: str) -> None:
    assert [each for each in spoken(body) if len(spoken(body)) > 2] == []


@pytest.mark.slow
@pytest.mark.parametrize(
    "piece", ["TORV: Yes. ", "TORV: Yes.\n\nBELD: No.\n\n", "Q: Why?\n\nA: No.\n\n", "((((TORV: ", "A. " * 9]
)
def test_turns_take_linear_time(piece: str) -> None:
    def seconds(length: int) -> float:
        body = (piece * (length // len(piece) + 1))[:length]
        return timing.seconds(lambda: attribute(body))

    assert seconds(100_000) < 8 * max(seconds(25_000), 0.02)
