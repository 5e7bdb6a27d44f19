"""Who wrote an article is read from its bylines and fields: names of persons, and nothing else that stands there."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchapp.article import Article
from searchapp.ingest import ingest
from searchapp.ingest.attribution.people import People
from searchapp.ingest.authors import authors_in
from searchapp.ingest.formats import parse, read
from searchapp.ingest.profile import Profile

BODY = '"The harbour stays open," Jonas Pell, its master, said on Monday. He thanked the town for its patience.'


@pytest.mark.parametrize(
    ("byline", "names"),
    [
        ("By Ada Lenn", ["Ada Lenn"]),
        ("BYLINE: By ADA LENN and TOM REED, Staff Writers", ["Ada Lenn", "Tom Reed"]),
        ("Ilse Farnow; Jonas Pell", ["Ilse Farnow", "Jonas Pell"]),
        ("Lenn, Ada", ["Ada Lenn"]),
        ("Lenn, Ada; Reed, Tom J.", ["Ada Lenn", "Tom J. Reed"]),
        ("From TOM REED", ["Tom Reed"]),
        ("Von Katrin Ohlmann und Piet van der Meer", ["Katrin Ohlmann", "Piet van der Meer"]),
        ("Par Hélène Marchadier", ["Hélène Marchadier"]),
        ("Por José Ramón Peñalver y Lucía Itúrbide", ["José Ramón Peñalver", "Lucía Itúrbide"]),
        ("By Ada Lenn | 12 March 2021", ["Ada Lenn"]),
        ("By Ada Lenn in Port Selwyn", ["Ada Lenn"]),
        ("Ada Lenn (Kestrin Courier)", ["Ada Lenn"]),
        ("By Staff Writer", []),
        ("Kestrel News Agency", []),
        ("Edited by Tom Reed", []),
        ("editor@courier.example", []),
        ("", []),
    ],
)
def test_a_byline_names_its_authors(byline: str, names: list[str]) -> None:
    assert list(authors_in([byline])) == names


@given(st.lists(st.text(max_size=600), max_size=5))
def test_whatever_stands_in_a_byline_names_are_words(bylines: list[str]) -> None:
    assert all(2 <= len(name.split()) <= 5 for name in authors_in(bylines))


def only(folder: Path, name: str, data: str) -> Article:
    (folder / name).write_text(data, encoding="utf8")
    (item,) = read(folder / name)
    return ingest(parse(item), Profile(), People())


@pytest.mark.parametrize(
    ("fields", "names"),
    [
        ({"authors": ["Ada Lenn", "Tom Reed"]}, ("Ada Lenn", "Tom Reed")),
        ({"author": "Ada Lenn and Tom Reed"}, ("Ada Lenn", "Tom Reed")),
        ({"author": {"name": "Ada Lenn"}}, ("Ada Lenn",)),
        ({"byline": {"original": "By Ada Lenn"}}, ("Ada Lenn",)),
        ({"authors": [{"name": "Ada Lenn"}, {"name": "Reuters"}]}, ("Ada Lenn",)),
        ({"author": None}, ()),
        ({"author": 7}, ()),
    ],
)
def test_a_record_states_its_authors(tmp_path: Path, fields: dict[str, object], names: tuple[str, ...]) -> None:
    record = {"id": "a", "title": "Harbour stays open", "text": BODY, "date": "2021-04-27"}
    made = only(tmp_path, "a.jsonl", json.dumps(record | fields))
    assert (made.authors, made.noticed) == (names, ())


def test_bylines_of_texts_feeds_and_front_matter_count(tmp_path: Path) -> None:
    creators = "".join(f"<dc:creator>{name}</dc:creator>" for name in ("Ada Lenn", "Tom Reed"))
    entry = f"<item><title>Harbour</title><description>{BODY}</description>{creators}</item>"
    feed = f'<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>{entry}</channel></rss>'
    assert only(tmp_path, "a.rss", feed).authors == ("Ada Lenn", "Tom Reed")
    assert only(tmp_path, "a.md", f"---\ntitle: Harbour\nauthor: Ada Lenn\n---\n{BODY}").authors == ("Ada Lenn",)
    assert only(tmp_path, "a.txt", f"Harbour stays open\n\nBy Ada Lenn\n\n{BODY}").authors == ("Ada Lenn",)
