"""Reports of the kinds that no plain "said" makes: whose point it is, who is led to speak, in whose scope.

All persons, places of office and events here are invented.
"""

import pytest

from searchapp.ingest.attribution.statements import attribute


def speakers(body: str) -> list[str]:
    """Return the names of the persons who speak, in order of their statements."""
    return [each.name for statement in attribute(body)[1] for each in statement.speakers if each.type == "person"]


@pytest.mark.parametrize(
    "sentence",
    [
        "Nora Quill of Oldbay, a lifelong sailor, assailed the plan.",
        "Representative Nora Quill of Oldbay, who won in May, said the ferry would sail.",
        "Nora Quill, Tide of Change’s executive director, said the ferry would sail.",
        "Nora Quill — after a long pause — said the ferry would sail.",
        "The leak led Nora Quill to admit that the ferry had sunk.",
        "The vote forced Mayor Nora Quill to apologise for the plan.",
        "Nora Quill was quick to point out that the ferry was old.",
        "Nora Quill’s point was that the ferry was old.",
        "Nora Quill’s answer on Friday was: “The ferry is old.”",
        "In Nora Quill’s view, the ferry is old.",
        "The ferry is old, by Nora Quill’s own account.",
        "Nora Quill went even further: “The ferry is a wreck.”",
        "Nora Quill was blunt: “The ferry is a wreck.”",
        "Nora Quill was sharply critical of the plan.",
        "Nora Quill has been adamant that the ferry must sail.",
        "Nora Quill has long been a fierce critic of the ferry.",
        "Nora Quill was an early backer of the plan.",
        "Nora Quill took offence at the question.",
        "Nora Quill made no secret of her anger.",
        "Nora Quill put the blame on the council.",
        "Nora Quill blurted out that the ferry had sunk.",
        "Nora Quill released an ad calling the ferry “a wreck.”",
        "Nora Quill sent a letter that urges the council to act.",
        "Nora Quill to back the ferry",
        "EXCLUSIVE – Nora Quill: Do Not Trust the Ferry",
        "Dr. Nora Quill: The Ferry Is ‘Not Fit To Sail’",
        "After praising the crew, Nora Quill left the quay.",
        "Nora Quill kept asking why the ferry had sunk.",
        "Nora Quill spent Thursday discussing the ferry.",
        "Nora Quill attempted to portray the plan as a gift.",
        "“The ferry is a wreck!” reacted Nora Quill.",
        "»The ferry is old«, Nora Quill said.",
        "”The ferry is old”, Nora Quill said.",
        "Nora Quill, the baker, leaned over the rail: “The ferry is old.”",
        "Nora Quill, the baker, put down the rope. “The ferry has been old for years.”",
        "The mayor, Nora Quill, nodded. “The ferry has been old for years.”",
        "Nora Quill is sure of it. “The ferry has been old for years.”",
        "Nora Quill continued:\n\n“The ferry has been old for years.”",
        "Nora Quill told a union that the ferry would sail while her rival, Tom Beld, wants to sell it.",
        "The meeting broke up, with Senator Nora Quill telling the crew that the ferry was old.",
        "Nora Quill, while still a candidate for the council, praised the ferry.",
        "It sank again.\n\n— Nora Quill (@nquill) 1 September",
        "Nora Quill, the editor of the Post, Torvia, said the ferry was old.",
    ],
)
def test_whoever_speaks_is_found(sentence: str) -> None:
    assert speakers(sentence) == ["Nora Quill"]


@pytest.mark.parametrize(
    "sentence",
    [
        "According to the Oldbay Post, Nora Quill said the ferry had sunk.",
        "“The ferry has sunk,” Nora Quill said, according to a transcript.",
        "Nora Quill complained of the ferry, according to people who were there.",
        "The parents of Nora Quill to back the ferry",
        "Only the Post’s editorial telling Nora Quill to leave was read.",
        "The fleet that Nora Quill commands is a critic’s dream of a ferry.",
        "The council backed away from the plan of Nora Quill.",
        "In the view of Nora Quill’s house, the ferry lies.",
        "Supporters of Tom Beld or Nora Quill said they had sailed.",
        "Nora Quill might support the plan.",
        "The storm showed how Nora Quill assailed the sea.",
    ],
)
def test_whoever_does_not_speak_here_is_left_out(sentence: str) -> None:
    assert speakers(sentence) == []


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        ("Nora Quill, the mayor of Oldbay, and Tom Beld, a baker, praised it.", ["Nora Quill", "Tom Beld"]),
        ("Nora Quill said that, according to the council, the ferry had sunk.", ["Nora Quill"]),
        ("According to the Post the ferry sank, but Nora Quill said that it had not.", ["Nora Quill"]),
        ("It is hard,” said Representative Tom T. King of Oldbay, who praised Ms. Quill.", ["Tom T. King"]),
        ("Vann T. Quillor II, a writer, said the ferry would sail.", ["Vann T. Quillor II"]),
        ("Marty West said the ferry would sail.", ["Marty West"]),
        ("Kel Horvu, 43, said the ferry would sail.", ["Kel Horvu"]),
        ("When Nora Quill noted it — as ever — Tom Beld boasted, “I sail.”", ["Nora Quill", "Tom Beld"]),
        ("Nora Quill, Tom Beld and other old hands said the ferry would sail.", ["Nora Quill", "Tom Beld"]),
        ("Nora Quill as well as former mayor Tom Beld endorsed the plan.", ["Nora Quill", "Tom Beld"]),
        ("Nora Quill (Oldbay) and Tom Beld (Torvia) all suggested that it sail.", ["Nora Quill", "Tom Beld"]),
        ("Nora Quill said it was old and its captain, Tom Beld, refused to sail it.", ["Nora Quill"]),
        ("Nora Quill wrote it.\n\nThen Quill wondered whether it would sail.", ["Nora Quill", "Nora Quill"]),
    ],
)
def test_each_who_speaks_is_found(sentence: str, names: list[str]) -> None:
    assert speakers(sentence) == names


def test_who_acts_between_two_quotations_says_both() -> None:
    body = "“I have rowed here since I was nine.” Nora Quill wiped her hands. “Now nobody comes.”"
    (statement,) = attribute(body)[1]
    assert [speaker.name for speaker in statement.speakers] == ["Nora Quill"]
    assert [body[a:b] for a, b in statement.content] == ["“I have rowed here since I was nine.”", "“Now nobody comes.”"]


@pytest.mark.parametrize(
    "lead",
    ["Her farewell letter read:", "From her letter:", "Nora Quill’s answer was short:", "Her full speech follows:"],
)
@pytest.mark.parametrize("text", ["“The ferry is old, and so am I.”", "The ferry is old, and so am I."])
def test_a_noun_that_reports_leads_to_the_paragraph_behind_its_colon(lead: str, text: str) -> None:
    body = f"Nora Quill stepped down on Monday.\n\n{lead}\n\n{text}\n\nThe council meets on Friday."
    (statement,) = attribute(body)[1]
    assert [speaker.name for speaker in statement.speakers] == ["Nora Quill"]
    assert [body[a:b] for a, b in statement.content] == [text]


def test_who_wrote_in_a_letter_of_his_own_is_he() -> None:
    assert speakers("Tom Beld left. In his letter of resignation he explained that it was time.") == ["Tom Beld"]


def test_what_a_label_leads_to_ends_with_its_quotation() -> None:
    body = "Old Ferries - Nora Quill: “The ferry is old. It must go.” The council will meet on Monday. It is late."
    (statement,) = attribute(body)[1]
    assert body[statement.start : statement.end].endswith("It must go.”")


def test_what_was_said_in_the_opening_of_a_sentence_ends_before_who_said_it() -> None:
    body = "Saying that the ferry would sail, Nora Quill left the quay."
    (statement,) = attribute(body)[1]
    assert [body[a:b] for a, b in statement.content] == ["the ferry would sail"]


def test_a_word_without_a_letter_names_no_office() -> None:
    assert speakers("Nora Quill, the mayor \u0302 of Oldbay, said the ferry would sail.") == ["Nora Quill"]
