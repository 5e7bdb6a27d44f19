"""Names of persons: which forms are one name, in people.toml and over the archive. All persons are invented."""

import random
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchapp.article import Article, Dated, Speaker, Statement
from searchapp.errors import BadPeople
from searchapp.ingest.attribution.names import name_words, sound
from searchapp.ingest.attribution.namesakes import canonical, renamed
from searchapp.ingest.attribution.people import People, load_people


@pytest.mark.parametrize(
    ("forms", "name"),
    [
        ({"Sergei Toravin": 4, "Sergey Toravin": 1}, "Sergei Toravin"),
        ({"Sergei Toravin": 1, "Sergey Toravin": 4}, "Sergey Toravin"),
        ({"Dao Thi Hà": 1, "Dao Thi Ha": 2}, "Dao Thi Ha"),
        ({"Kim Sol-ok": 2, "Kim Sol Ok": 1, "Kim Solok": 1}, "Kim Sol-ok"),
        ({"Mohammed Farouq": 2, "Muhammad Farouq": 1}, "Mohammed Farouq"),
        ({"Jean-Luc Varon": 1, "Jean Luc Varon": 2}, "Jean Luc Varon"),
        ({"Petra Lindholm": 3, "Petra K. Lindholm": 1, "Petra Karin Lindholm": 1}, "Petra Lindholm"),
        ({"Dr. Petra Lindholm": 1, "Petra Lindholm": 1, "Senator Petra Lindholm": 1}, "Dr. Petra Lindholm"),
        ({"P. Lindholm": 5, "Petra Lindholm": 2}, "P. Lindholm"),
        ({"Michael Orrin": 2, "Mike Orrin": 3}, "Mike Orrin"),
        ({"Dmitry Volsky": 1, "Dmitri Volskiy": 1, "Dmitriy Volskyi": 2}, "Dmitriy Volskyi"),
    ],
)
def test_spellings_of_one_name_are_one_person(forms: dict[str, int], name: str) -> None:
    assert canonical(forms, People()) == dict.fromkeys(forms, name)


@pytest.mark.parametrize(
    "forms",
    [
        ["Dao Thanh Minh", "Dao Minh Thanh"],
        ["Dao Binh Long", "Dao Van Long"],
        ["John Tarrow", "James Tarrow"],
        ["Jan Tarrow", "Ian Tarrow"],
        ["Mia Torv", "Mia Torvald"],
        ["Ann B. Tarrow", "Ann C. Tarrow"],
        ["Torv", "Mia Torv"],
    ],
)
def test_two_people_stay_two(forms: list[str]) -> None:
    assert canonical(dict.fromkeys(forms, 1), People()) == {form: form for form in forms}


def test_a_doubtful_form_joins_nobody() -> None:
    forms = {
        "J. Tarrow": 9,
        "John Tarrow": 1,
        "James Tarrow": 1,
        "Ann Tarrow": 1,
        "Ann B. Tarrow": 1,
        "Ann C. Tarrow": 1,
    }
    assert canonical(forms, People()) == {form: form for form in forms}


def test_equals_are_named_by_the_alphabet() -> None:
    assert canonical({"Sergey Toravin": 2, "Sergei Toravin": 2}, People())["Sergey Toravin"] == "Sergei Toravin"


_forms = st.lists(
    st.builds(
        lambda given, middle, last: " ".join(part for part in (given, middle, last) if part),
        st.sampled_from(["Sergei", "Sergey", "S.", "Mike", "Michael", "Dao", "Ann", "Anne", "A."]),
        st.sampled_from(["", "B.", "Bea", "Carla", "Van", "Thanh"]),
        st.sampled_from(["Toravin", "Torawin", "Long", "Lee"]),
    ),
    max_size=12,
    unique=True,
)


@given(_forms, st.randoms())
def test_the_order_of_forms_does_not_matter(forms: list[str], shuffle: random.Random) -> None:
    counts = {form: len(form) % 3 + 1 for form in forms}
    shuffled = list(counts.items())
    shuffle.shuffle(shuffled)
    names = canonical(counts, People())
    assert canonical(dict(shuffled), People()) == names
    assert set(names) == set(counts)
    assert all(names[name] == name for name in names.values())


def test_many_forms_of_one_last_name_take_linear_time() -> None:
    letters = "abcdefghij"
    forms = {f"B{a}{b}{c}{d} Tarrow": 1 for a in letters for b in letters for c in letters for d in letters}
    assert len(canonical(forms, People())) == 10_000


def test_people_toml_overrules_everything(tmp_path: Path) -> None:
    path = tmp_path / "people.toml"
    path.write_text('["Mia Torv"]\nvariants = ["M. T. Torv", "The Lioness"]\nrole = "Mayor"\n', encoding="utf-8")
    people = load_people(path)
    assert people.name_of("the lioness") == people.name_of("MIA TORV") == "Mia Torv"
    assert people.name_of("Ona Beld") is None
    names = canonical({"The Lioness": 9, "Mia Torv": 1, "Ona Beld": 1}, people)
    assert names == {"The Lioness": "Mia Torv", "Mia Torv": "Mia Torv", "Ona Beld": "Ona Beld"}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('["Mia Torv"\n', ["line 1"]),
        ('\n["Mia Torv"]\nalias = ["M"]\n', ["line 3", "alias", "variants"]),
        ('["Mia Torv"]\nrole = "x"\nvariants = "M. Torv"\n', ["line 3", "variants"]),
        ('["Mia Torv"]\nvariants = [1]\n', ["line 2", "variants"]),
        ('["Mia Torv"]\nrole = 4\n', ["line 2", "role"]),
        ('["Mia Torv"]\ntype = "robot"\n', ["line 2", "type", "organisation"]),
        ('"Mia Torv" = 3\n', ["line 1", "Mia Torv"]),
        (
            '["Mia Torv"]\nvariants = ["M. Torv"]\n\n["Max Torv"]\nvariants = ["m. torv"]\n',
            ["line 5", "Mia Torv", "m. torv"],
        ),
        ('["Mia Torv"]\n["Ona Beld"]\nvariants = ["Mia Torv"]\n', ["line 3", "Mia Torv", "Ona Beld"]),
        ('["..."]\n', ["line 1", "letter"]),
    ],
)
def test_an_error_in_people_toml_is_named_by_line_and_key(tmp_path: Path, text: str, words: list[str]) -> None:
    path = tmp_path / "people.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BadPeople) as error:
        load_people(path)
    assert all(word in str(error.value) for word in words), error.value


def test_a_missing_people_toml_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(BadPeople, match="cannot be read"):
        load_people(tmp_path / "people.toml")


def test_an_article_is_renamed_with_its_statements() -> None:
    mayor, old, city = Speaker("Mia Torv", "Mayor"), Speaker("Myia Torv"), Speaker("Mia Torv Ltd", None, "organisation")
    day = Dated(date(2021, 5, 4), date(2021, 5, 4), "day", "dateline")
    statement = Statement((mayor, old, city), "agreed", "indirect", day, 0.9, 0, 3, ())
    article = Article("a", None, "Yes", speakers=(old, mayor, city), statements=(statement,))
    changed = renamed(article, {"Myia Torv": "Mia Torv", "Mia Torv Ltd": "never used"})
    assert changed.speakers == (Speaker("Mia Torv"), city)
    assert changed.statements[0].speakers == (mayor, city)


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ("Mr. Mia Torv", ("mia", "torv")),
        ("Mia Torv, Jr.", ("mia", "torv")),
        ("Khalid al-Torvi", ("khalid", "torvi")),
        ("Seán O’Torv", ("sean", "otorv")),
        ("Torv", ("torv",)),
        ("Herr Torv", ("torv",)),
        ("Datuk Seri Rina Torvi", ("rina", "torvi")),
    ],
)
def test_words_of_a_name(form: str, words: tuple[str, ...]) -> None:
    assert name_words(form) == words


@given(st.text(max_size=30))
def test_sound_takes_any_word(word: str) -> None:
    assert sound(word) == sound(word)
    assert len(sound(word)) <= 2 * len(word)
