"""From a raw file to an article: metadata first, then what the text says, then the path."""

from dataclasses import replace
from datetime import date

import pytest
from raws import raw_of

from searchapp.errors import Rejected
from searchapp.ingest import ingest, language_of
from searchapp.ingest.names import People
from searchapp.ingest.profile import Profile
from searchapp.model import Dated

STORY = (
    "Bakers agree on a smaller loaf\n\n"
    "Lorvik (PNT) – Bakers will sell a smaller loaf at the old price, baker"
    " Tomas Arden said on April 26, 2021.\n\n"
    "“Nobody eats the last slice anyway,” Arden said.\n\n"
    "Shoppers in the market of the old town were divided about it./.\n\nPNT"
)


def article(raw, profile: Profile | None = None):
    return ingest(raw, profile or Profile(), People())


def test_an_article_from_plain_text() -> None:
    made = article(raw_of(STORY, id="loaf", path="press/loaf.txt"))
    assert (made.id, made.title, made.place, made.source) == (
        "loaf",
        "Bakers agree on a smaller loaf",
        "Lorvik",
        "PNT",
    )
    assert made.body.startswith("Bakers will sell")
    assert made.body.endswith("divided about it.")
    assert [speaker.name for speaker in made.speakers] == ["Tomas Arden"]
    assert made.language == "en"
    assert made.statements
    assert all(statement.id for statement in made.statements)
    for statement in made.statements:
        assert 0 <= statement.start < statement.end <= len(made.body)


def test_metadata_come_before_the_text_and_the_text_before_the_path() -> None:
    day = Dated(date(2021, 5, 1), date(2021, 5, 1), "day", "metadata")
    raw = raw_of(STORY, path="press/2021/04/30/loaf.txt")
    given = article(replace(raw, title="Smaller loaf", source="North Post", published=day, speakers=("Ana Bresk",)))
    assert (given.title, given.source, given.published) == ("Smaller loaf", "North Post", day)
    assert [speaker.name for speaker in given.speakers] == ["Tomas Arden", "Ana Bresk"]
    bare = article(raw_of("Bakers agreed on a smaller loaf at the old price.", path="press/2021/04/30/loaf.txt"))
    assert bare.source == "press"
    assert bare.published is not None
    assert (bare.published.first, bare.published.origin) == (date(2021, 4, 30), "path")


def test_the_names_of_the_profile_are_used() -> None:
    made = article(raw_of(STORY), Profile(names={"Tomas Arden": "Thomas Arden"}))
    assert {speaker.name for speaker in made.speakers} == {"Thomas Arden"}
    assert {speaker.name for statement in made.statements for speaker in statement.speakers} == {"Thomas Arden"}


@pytest.mark.parametrize("text", ["", "  \n ", "—\n…", "This website uses cookies.\nShare on Facebook"])
def test_what_holds_no_article_is_rejected_with_a_reason(text: str) -> None:
    with pytest.raises(Rejected, match=r"^(There is|No) .*text.*\.$"):
        article(raw_of(text))


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The ferry is in the harbour and the crew has gone home.", "en"),
        ("Die Fähre ist im Hafen, und die Mannschaft ist nicht an Bord.", "de"),
        ("El barco está en el puerto y los marineros se fueron con sus cosas.", "es"),
        ("Le bateau est dans le port et les marins sont avec leur famille.", "fr"),
        ("Корабль стоит в порту, и команда не вернулась на борт.", "ru"),
        ("Con tàu đã về cảng và các thủy thủ không có trên tàu.", "vi"),
        ("Kapal itu berada di pelabuhan dan para awak tidak ada yang pulang.", "id"),
        ("4711", "en"),
    ],
)
def test_languages(text: str, language: str) -> None:
    assert language_of(text) == language
