"""Who is meant: two of one name, the holder of an office, a name in apposition, peers. All persons are invented."""

import pytest

from searchapp.article import Speaker
from searchapp.ingest.attribution.genders import gender_of_name
from searchapp.ingest.attribution.lexicon import FEMALE, MALE
from searchapp.ingest.attribution.namesakes import canonical
from searchapp.ingest.attribution.people import People
from searchapp.ingest.attribution.statements import attribute


def speakers(body: str) -> list[str]:
    """Return the speaker of each statement, or "?" before one of whom only the name is known."""
    found = [statement.speakers[0] for statement in attribute(body)[1]]
    return [f"? {each.name}" if each.type == "unnamed" else each.name for each in found]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            "Otis Vell, who speaks for the miners, met Clara Vell, the secretary.\n\n"
            "“Pay must follow prices,” Ms Vell said. Mr Vell said it would not.",
            ["Clara Vell", "Otis Vell"],
        ),
        (
            "Zorvan Mott sat beside his wife, Quill Mott, in court.\n\n"
            "“He was with me,” Mrs Mott said. “I was at home,” Mr Mott said. “It rained,” he added.",
            ["Quill Mott", "Zorvan Mott", "Zorvan Mott"],
        ),
        (
            "Senator Dana Mott met Governor Lee Mott. Senator Mott said no. Governor Mott said yes.",
            ["Dana Mott", "Lee Mott"],
        ),
        (
            "Tomas Vell said the bread was dry. Vell said it was burnt.\n\n"
            "Hanna Vell said it was good. Vell said it was sweet.",
            ["Tomas Vell", "Tomas Vell", "Hanna Vell", "Hanna Vell"],
        ),
        (
            "Robin Mott, the baker, said the bread was dry. Kim Mott, the miller, said the flour was good.\n\n"
            "“I sold none,” Mr Mott said. “He lies,” said Mott.",
            ["Robin Mott", "Kim Mott", "? Mr Mott", "? Mott"],
        ),
        (
            "The brothers Karel Vell and Jonas Vell own the mill. Vell said it was sold. “Never,” Jonas Vell said.",
            ["? Vell", "Jonas Vell"],
        ),
        (
            "Karel Vell Sr. founded the mill. Karel Vell Jr. said it was sold. “My father wept,” Vell Jr. said. "
            "Vell Sr. said he had.",
            ["Karel Vell Jr", "Karel Vell Jr", "Karel Vell Sr"],
        ),
        (
            "BRUNO VELL: The dam is late.\n\nSELMA VELL, SPOKESWOMAN: It is on time.",
            ["BRUNO VELL", "SELMA VELL"],
        ),
    ],
)
def test_of_two_of_one_name_it_is_the_one_who_fits_or_nobody(body: str, expected: list[str]) -> None:
    assert speakers(body) == expected


def test_who_is_not_known_has_less_confidence_and_stays_one() -> None:
    body = "Robin Mott and Kim Mott left.\n\n“I sold none,” Mr Mott said.\n\n“It rained,” he added."
    statements = attribute(body)[1]
    assert [each.speakers for each in statements] == [(Speaker("Mr Mott", None, "unnamed"),)] * 2
    assert statements[0].confidence <= 0.7


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            "The works minister, Dora Quill, flew to Oldbay. The former works minister, Jonas Beld, said it was late. "
            "The works minister said it was not.",
            ["Jonas Beld", "Dora Quill"],
        ),
        (
            "Dora Quill, the finance minister, met the shadow finance minister, Karel Vell. Vell said the budget was "
            "thin. The finance minister said it was sound. The shadow minister said it was not.",
            ["Karel Vell", "Dora Quill", "Karel Vell"],
        ),
        (
            "President Karel Vell leaves in May. President-elect Ada Torv said she was ready. The president said he "
            "was tired. The president-elect said she was not.",
            ["Ada Torv", "Karel Vell", "Ada Torv"],
        ),
        (
            "Speaker Nora Quill opened the session. Deputy Speaker Jonas Beld said the bill would wait. The speaker "
            "said it would pass. The deputy speaker said it would not.",
            ["Jonas Beld", "Nora Quill", "Jonas Beld"],
        ),
        (
            "Governor Ada Torv is abroad. Acting governor Otis Vell said the road was open. The governor said by "
            "telephone that it was closed. The acting governor said he had not been told.",
            ["Otis Vell", "Ada Torv", "Otis Vell"],
        ),
        (
            "Former mayor Jonas Beld said the count was wrong. The mayor said it was right.",
            ["Jonas Beld", "? the mayor"],
        ),
        (
            "Mayor Jonas Beld said it was right. The former mayor said it was wrong.",
            ["Jonas Beld", "? the former mayor"],
        ),
        (
            "The mayor of Oldbay, Ruth Torv, met the mayor of Lorvik, Karel Vell. The mayor of Lorvik said it rained. "
            "The Oldbay mayor said it snowed.",
            ["Karel Vell", "Ruth Torv"],
        ),
        (
            "The finance minister, Ruth Torv, met the ex-finance minister, Karel Vell. The ex-minister said it rained. "
            "The minister said it snowed.",
            ["Karel Vell", "Ruth Torv"],
        ),
        ("Finance Minister Ruth Torv left. The foreign minister said it rained.", ["? the foreign minister"]),
        (
            "Ruth Torv resigned as mayor on Monday. Karel Vell was elected mayor on Friday. The mayor said it rained.",
            ["Karel Vell"],
        ),
        (
            "Ruth Torv, the mayor, resigned on Monday. Her successor, Karel Vell, took over. The mayor said it rained.",
            ["Karel Vell"],
        ),
    ],
)
def test_an_office_is_held_by_its_holder_only(body: str, expected: list[str]) -> None:
    assert speakers(body) == expected


@pytest.mark.parametrize(
    "body",
    [
        "Her rival, the banker Jonas Beld, said it was false. “I counted,” he said.",
        "Torv’s rival, banker Jonas Beld, said it was false. “I counted,” he said.",
        "“It was false,” said her rival, the banker Jonas Beld. “I counted,” he added.",
        "According to a witness, the banker Jonas Beld, it was false. He said he had counted.",
        "Her predecessor, the 61-year-old former banker Jonas Beld, said it was false. “I counted,” he said.",
        "A neighbour — the banker Jonas Beld — said it was false. “I counted,” he said.",
        "Her rival Jonas Beld said it was false. “I counted,” he told reporters.",
        "One of her neighbours, the banker Jonas Beld, said it was false. “I counted,” he said.",
        "His successor, the judge Jonas Beld, said it was false. “I counted,” he added.",
    ],
)
def test_who_is_named_in_an_apposition_speaks_and_is_meant_afterwards(body: str) -> None:
    assert speakers(f"Olga Torv won the vote on Thursday. {body}") == ["Jonas Beld", "Jonas Beld"]


@pytest.mark.parametrize("name", ["Odalys Baker", "Tamsin Wood", "Zarvo Hill", "Ilmo Field", "Otis Barr", "ZORA PARK"])
def test_a_rare_given_name_before_a_common_word_is_a_person_s(name: str) -> None:
    (speaker,), _ = attribute(f"{name} said the mill was old.")
    assert (speaker.name, speaker.type) == (name, "person")


@pytest.mark.parametrize("name", ["Delta Lines", "Sofia Bank", "Salome Brothers Inc", "Geneva Mining Corp"])
def test_a_firm_that_begins_like_a_given_name_is_none(name: str) -> None:
    (speaker,), _ = attribute(f"{name} said the mill was old.")
    assert speaker.type == "organisation"


def test_peers_are_persons() -> None:
    body = (
        "The Marquess of Velm opposed the dam. “It will drown farms,” Lord Velm said. The Bishop of Velm spoke for it. "
        "Baroness Adler of Orle said the house slept. Lady Torv said it was ugly. The Countess of Orle said so."
    )
    found = attribute(body)[0]
    assert {each.type for each in found} == {"person"}
    assert [each.name for each in found] == ["Marquess of Velm", "Baroness Adler", "Lady Torv", "Countess of Orle"]


@pytest.mark.parametrize(
    ("forms", "people"),
    [
        (["Karel Vell Jr", "Karel Vell Sr"], 2),
        (["Karel Vell Jr", "Karel Vell Sr", "Karel Vell"], 3),
        (["Karel Vell II", "Karel Vell III"], 2),
        (["Karel Vell Jr", "Karel Vell"], 1),
        (["Karel Vell Jr", "Karel B. Vell Jr", "Karel Vell Sr"], 2),
        (["Karel Vell Jr", "Ann Vell Sr", "Ann Vell"], 2),
    ],
)
def test_fathers_and_sons_are_two_over_the_archive(forms: list[str], people: int) -> None:
    assert len(set(canonical(dict.fromkeys(forms, 1), People()).values())) == people


@pytest.mark.parametrize(
    ("name", "gender"),
    [("otis", MALE), ("huda", FEMALE), ("ngozi", FEMALE), ("piotr", MALE), ("kwame", MALE), ("jean", 0), ("kim", 0),
     ("jean-claude", MALE), ("anna-lena", FEMALE), ("qwzx", 0)],
)  # fmt: skip
def test_a_given_name_tells_a_gender_where_it_is_one_s_only(name: str, gender: int) -> None:
    assert gender_of_name(name) == gender


def test_a_name_may_hold_what_is_no_letter() -> None:
    forms = {"ـ Lee": 1, "Ann ـ Lee": 1, "ـ": 1}
    assert canonical(forms, People()).keys() <= forms.keys()
