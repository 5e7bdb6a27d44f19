"""Cleaning: the article's own words stay, everything else is cut with its reason, and nothing is lost."""

import re
from collections import Counter

import golden_ingest
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from raws import raw_of

from searchapp.ingest.clean import Cleaned, clean
from searchapp.ingest.profile import Profile
from searchapp.ingest.spacing import part_glued, part_sentences


def nowhere(_: str) -> bool:
    return False


def cleaned(text: str, title: str | None = None, *, is_html: bool = False) -> Cleaned:
    return clean(text, title=title, is_html=is_html, site="", profile=Profile())


def letters(text: str | None) -> str:
    return "".join(re.findall(r"\w", text or ""))


@pytest.mark.parametrize("name", golden_ingest.NAMES)
def test_what_was_cleaned_once_stays_as_it_is(name: str) -> None:
    body = golden_ingest.read(name).body
    again = cleaned(body, title="Some headline")
    assert (again.body, again.removed) == (body, ())


PARTS = st.one_of(
    st.sampled_from(
        [
            "",
            " date 2021-04-27 Minister Ilse Varga (Photo: PNT)",
            "HANOI – Ministers met here on Friday, and agreed on nothing at all.",
            "Lorvik (PNT) – The minister said that the bridge was closed for good./.",
            "At the fair. (Photo: PNT)Regarding the bridge, Lind said it should be painted.",
            "Talks begin ảnh 1Minister Varga (Photo: PNT)",
            "See more",
            "Related",
            "Read more: https://example.org/x",
            "This website uses cookies.",
            "Source: North Post",
            "By Marta Quill",
            "14 February 2018",
            "Home",
            "Share on Facebook",
            "A headline without an end",
            "The council voted on Monday to keep the ferry, which carries eleven people.",
            "The council votedon Monday to keepthe ferry, whichcarries eleven people in thewinter.",
            "A series about lighthouse keepers begins in the autumn. It was…",
            "broken off in the middle and",
            "continued on the next line.",
        ]
    ),
    st.text(max_size=80),
)


@settings(max_examples=300)
@given(st.lists(PARTS, max_size=25), st.sampled_from(["\n", "\n\n"]), st.booleans())
def test_every_letter_stays_somewhere(lines: list[str], gap: str, is_html: bool) -> None:
    text = gap.join(lines)
    found = cleaned(text, is_html=is_html)
    kept = [found.title, found.body, *(piece.text for piece in found.removed)]
    assert Counter(letters(text)) == Counter(letters("".join(part or "" for part in kept)))
    rest = iter(letters(text))
    assert all(letter in rest for letter in letters(found.body)), "the body keeps the order of the text"
    assert found.body == found.body.strip()
    assert "\n\n\n" not in found.body


def test_paragraphs_broken_over_empty_lines_are_made_whole() -> None:
    text = "The ferry left Nesk an hour late and\n\nmet the fog outside.\n\nNobody was hurt, the captain said."
    assert cleaned(text).body.split("\n\n") == [
        "The ferry left Nesk an hour late and met the fog outside.",
        "Nobody was hurt, the captain said.",
    ]


@pytest.mark.parametrize(
    ("lead", "place", "source"),
    [
        ("HANOI – The ministers met here on Friday to talk about rice and rain.", "Hanoi", None),
        ("Hanoi (VNA) - The ministers met on Friday to talk about rice and rain.", "Hanoi", "VNA"),
        ("Nesk, April 27 (PNT) – The ministers met to talk about rice and rain.", "Nesk", "PNT"),
        ("LORVIK, Marvia (AP) — The ministers met to talk about rice and rain.", "Lorvik", "AP"),
        ("PORT ARDA, May 3 - The ministers met to talk about rice and rain today.", "Port Arda", None),
        ("MOSCOW, April 27. /TASS/. The ministers met to talk about rice and rain.", "Moscow", "TASS"),
        ("❖ NESK TOWN, Dec. 5, 2018 – The ministers met to talk about rice and rain.", "Nesk Town", None),
        ("NDO – The ministers met on Friday to talk about rice and about rain.", None, "NDO"),
    ],
)
def test_datelines(lead: str, place: str | None, source: str | None) -> None:
    found = cleaned(f"Ministers meet\n\n{lead}\n\nThey agreed to meet again before the harvest is in.")
    assert (found.place, found.source) == (place, source)
    assert found.body.startswith("The ministers met")
    assert found.dateline != ""
    assert lead.startswith(found.dateline)


@pytest.mark.parametrize(
    "lead",
    [
        "UPDATE 1 – The ministers met on Friday and talked about rice and rain.",
        "European Union (EU) - ministers met on Friday to talk about rice and rain.",
        "The bridge – closed since May – will be open again before the winter.",
        "Smith: I have never seen a river with so little water in it, he wrote.",
    ],
)
def test_no_dateline(lead: str) -> None:
    found = cleaned(f"{lead}\n\nThey agreed to meet again before the harvest is in.", title="Ministers meet")
    assert found.place is None
    assert found.body.startswith(lead)


def test_a_headline_that_metadata_give_is_cut_where_the_text_repeats_it() -> None:
    found = cleaned(
        "Bakers agree\n\nThe bakers of Lorvik agreed on a smaller loaf.\n\nBakers Agree", title="Bakers agree"
    )
    assert found.body == "The bakers of Lorvik agreed on a smaller loaf."
    assert {piece.reason for piece in found.removed} == {"repeated headline"}


def test_a_flash_keeps_its_only_line() -> None:
    assert cleaned("*** Copper rises to 214 crowns", title="Copper rises to 214 crowns").body


def test_a_single_paragraph_stays_whatever_it_begins_with() -> None:
    text = "Copyright (C) 1987 Ekern Society. All rights reserved. Barley grew taller where silt had been spread."
    assert cleaned(text).body == text
    assert cleaned("We use cookies to give you the best experience of this site, and so do our partners.").body == ""


def test_the_lines_that_other_articles_of_the_site_share_are_boilerplate() -> None:
    notice = "North Post is read by every second household between the river and the hills."
    texts = [
        f"The {what} of Nesk ran aground on Monday, and {who} said it would take a week to mend.\n\n{notice}"
        for what, who in (("ferry", "its captain"), ("plan for the new market", "the mayor of the town"))
    ]
    profile = Profile.of(raw_of(text, id=str(number), source="North Post") for number, text in enumerate(texts))
    found = clean(texts[0], title="x", is_html=False, site="North Post", profile=profile)
    assert notice not in found.body
    assert "boilerplate of the site" in {piece.reason for piece in found.removed}
    assert notice in clean(texts[0], title="x", is_html=False, site="Other", profile=profile).body


LEAD = "The bakers of Lorvik agreed on Friday to make a smaller loaf, and to sell it at the old price."
MORE = "The millers, who had not been asked, said on Saturday that a smaller loaf needs a smaller sack."


def test_a_large_initial_is_given_back_to_its_word() -> None:
    assert cleaned(f"Bakers agree\n\nT\n\n{LEAD[1:]}\n\n{MORE}").body == f"{LEAD}\n\n{MORE}"
    assert cleaned("Bakers agree\n\nA\n\nbaker of Lorvik sold his shop on Friday to a man with a map.").body.startswith(
        "A baker"
    )


def test_wire_copy_has_no_headings_but_links_to_other_stories() -> None:
    link = "Seven ferries wait for a pilot"
    wire = cleaned(f"Bakers agree\n\nLorvik (PNT) – {LEAD}\n\n{link}\n\n{MORE}")
    assert wire.body == f"{LEAD}\n\n{MORE}"
    assert link in cleaned(f"Bakers agree\n\n{LEAD}\n\n{link}\n\n{MORE}").body, "elsewhere it may be a heading"


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("Bread on a table in Lorvik. © PNT", "caption"),
        ("3 days ago", "date line"),
        ("Ilse Varga · 27 April 2021 · 7 comments", "byline"),
        ("1 2 3 Next »", "menu or control"),
    ],
)
def test_marked_lines(line: str, reason: str) -> None:
    found = cleaned(f"Bakers agree\n{line}\n\n{LEAD}\n\n{MORE}\n\n{line}")
    assert (found.title, found.body) == ("Bakers agree", f"{LEAD}\n\n{MORE}")
    assert {piece.reason for piece in found.removed} == {reason}


def test_the_owner_of_the_copyright_is_the_source() -> None:
    notice = "Copyright 2023 Lorvik Lantern. All rights reserved."
    assert cleaned(f"Bakers agree\n\n{LEAD}\n\n{MORE}\n\n{notice}").source == "Lorvik Lantern"
    assert cleaned(f"Bakers agree\n\n{LEAD}\n\n{MORE}\n\nSource: North Post\n\n{notice}").source == "North Post"


@pytest.mark.parametrize(
    "text",
    [
        "NESK RUBBER (CROWNS PER KILO) - APRIL 07\nAPR 123.5 122.9 122.2\nMAY 124.8 124.5 123.5",
        "LORVIK - The bakers agreed on a smaller loaf at last.\n\nNESK - The old ferry ran aground on Monday in fog.",
        "Shr 12 ores vs 14 ores\nNet 1,200 vs 1,400\nMAR8 -- --\nJUN8 12 14\nRegistered shares 5 vs 4",
        f"{LEAD}\n\n- - -\n\n{MORE}",
        f"{LEAD}\n\nThe company’s share of the market is seen at 12 pct in 1990, said Ilse Varga.\n\n{MORE}",
    ],
)
def test_clean_wire_copy_comes_out_unchanged(text: str) -> None:
    found = cleaned(text, title="From the wire")
    assert (found.body, found.removed, found.place) == (text, (), None)


def test_an_agency_that_signs_below_the_text_is_no_part_of_it() -> None:
    found = cleaned(f"{LEAD}\n{MORE}\nREUTER...", title="Bakers agree")
    assert found.body.endswith(MORE)
    assert found.source == "REUTER"


GLUED = (
    "The council of the river states met in the formof a videoconference on Monday to talk about the waterof"
    " the lower valley and the repairs thatare due before thesummer. The chair said that nobody had beeninvited"
    " by mistake, and that the minutes wouldbe sent to Facebook users and smallholders alike."
)


def test_glued_words_are_parted_where_the_text_shows_the_symptom() -> None:
    parted = part_glued([GLUED], nowhere)[0]
    for pair in ("form of", "water of", "that are", "the summer", "been invited", "would be"):
        assert pair in parted
    assert "videoconference" in parted
    assert "Facebook" in parted
    assert "smallholders" in parted


@pytest.mark.parametrize(
    "text",
    [
        "Lorvik’s SoftBank and YouTube offices are in Bromsgrove, near the McDonald farm and the Ostermiething road.",
        "Die Ministerin sagte, dass die Donaudampfschifffahrt nicht mehr zeitgemäß sei und eingestellt werde.",
        "The formof the treaty is odd, but one odd word is no symptom at all in a text like this one.",
    ],
)
def test_names_compounds_and_single_oddities_survive(text: str) -> None:
    assert part_glued([text], nowhere) == [text]


def test_sentences_run_together_are_parted() -> None:
    assert part_sentences("It rained.The ferry stayed. See U.S.Army and node.js.") == (
        "It rained. The ferry stayed. See U.S.Army and node.js."
    )
