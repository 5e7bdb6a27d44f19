"""Cleaning: the article's own words stay, everything else is cut with its reason, and nothing is lost."""

import re
from collections import Counter

import golden_ingest
import pytest
from examples import examples
from hypothesis import given
from hypothesis import strategies as st
from raws import raw_of

from searchapp.ingest.cleaning import dirt, pictures, signatures
from searchapp.ingest.cleaning.article import clean
from searchapp.ingest.cleaning.hints import Hinted
from searchapp.ingest.cleaning.paragraphs import Cleaned
from searchapp.ingest.cleaning.spacing import part_glued, part_sentences
from searchapp.ingest.profile import Profile


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


@examples(300)
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


def cleaned_in_archive(texts: list[str], others: int = 0) -> list[Cleaned]:
    """Return the texts cleaned with what they and so many other articles of their site taught."""
    more = [OTHER.format(boat=f"{a}{b}", name=f"N{b}{a}sk") for a in "aeiou" for b in "bdfklmnp"][:others]
    profile = Profile.of(raw_of(text, id=str(n), source="North Post") for n, text in enumerate([*texts, *more]))
    return [clean(text, title=None, is_html=False, site="North Post", profile=profile) for text in texts]


OTHER = """The {boat} is late

The {boat} of {name} came in late on Friday, and those who waited for the {boat} went home.

Nobody in {name} knew why the {boat} was late, and its owner in {name} would not say."""
QUAY = """Council backs a longer quay

The council of Port Arda voted on Monday to make the quay 40 metres longer, against the will of its fishermen.

“We have waited for nine years,” chairwoman Ilse Varga told reporters. “The boats will not wait for nine more.”

The quay will cost 12 million crowns.

Work begins in June, when the herring boats are at sea, and should be done by the spring.

The council meets again on 2 April to choose a builder."""


@pytest.mark.parametrize("others", [0, 1, 12, 20, 40])
@pytest.mark.parametrize(
    "takes",
    [
        [QUAY, QUAY],
        [QUAY, QUAY, QUAY],
        [QUAY] * 10,
        [QUAY, QUAY.replace("12 million", "14 million").replace("2 April", "9 April")],
        [QUAY, f"{QUAY}\n\nThe builders of Lorvik, who had hoped for the bridge, did not answer."],
        [QUAY, QUAY.replace("The council of Port Arda voted", "In Port Arda the councillors voted")],
    ],
    ids=["two copies", "three copies", "ten copies", "a figure corrected", "a paragraph added", "a lead reworded"],
)
def test_copies_and_takes_of_a_story_lose_nothing(takes: list[str], others: int) -> None:
    for take, found in zip(takes, cleaned_in_archive(takes, others), strict=True):
        assert (found.body, found.removed) == (take.split("\n\n", 1)[1], ())


@pytest.mark.parametrize(
    "background",
    [
        "The ferry was taken out of service four years ago after it ran into the pier at Nesk.\n\n"
        "“Nobody was paid to say no,” Ilse Varga said at the time.",
        "The ferry was taken out of service four years ago after it had run into the pier at Nesk in a fog that had not"
        " been forecast, and no other boat was found that could carry the mail in winter.",
    ],
    ids=["a quotation", "a long paragraph"],
)
@pytest.mark.parametrize("others", [3, 12, 40])
def test_the_background_that_two_stories_end_in_is_no_boilerplate(background: str, others: int) -> None:
    texts = [
        f"Bakers agree\n\n{LEAD}\n\n{MORE}\n\n{background}",
        "Cows wade home\n\nSeven cows waded home to Nesk on Tuesday, since there was no boat to take them over.\n\n"
        f"Their owner walked beside them with a lamp, and was the only one to catch a cold.\n\n{background}",
    ]
    for found in cleaned_in_archive(texts, others):
        assert found.body.endswith(background)


def test_a_round_up_of_what_other_articles_hold_is_not_left_without_text() -> None:
    parts = ["The mill is for sale again.", "A seal was seen in the upper harbour.", "The choir looks for two tenors."]
    stories = [f"Story {n}\n\n{OTHER.format(boat=n, name=n)}\n\n{part}" for n, part in zip("abc", parts, strict=True)]
    assert cleaned_in_archive(["\n\n".join(parts), *stories])[0].body == "\n\n".join(parts)


def test_a_notice_is_boilerplate_however_long_if_half_of_the_site_has_it() -> None:
    notice = (
        "The North Post is printed in the old customs house of Nesk, on paper from the mill beside it, and is"
        " brought to every second household between the river and the hills before breakfast."
    )
    more = [f"{OTHER.format(boat=n, name=n.upper())}\n\n{notice}" for n in ("bark", "cutter", "dinghy", "smack")]
    assert all(notice not in found.body for found in cleaned_in_archive(more, 3))
    assert all(notice in found.body for found in cleaned_in_archive(more, 12))


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


@pytest.mark.parametrize("line", ["by Marta Quill", "on March 4, 2021", "le 4 mars 2021"])
def test_a_signature_in_small_letters_leaves_the_headline_alone(line: str) -> None:
    found = cleaned(f"Bakers agree\n\n{line}\n\n{LEAD}\n\n{MORE}")
    assert (found.title, found.body) == ("Bakers agree", f"{LEAD}\n\n{MORE}")


@pytest.mark.parametrize("kicker", ["WORLD NEWS", "Sports", "FOR IMMEDIATE RELEASE"])
def test_a_kicker_above_the_headline_is_not_the_headline(kicker: str) -> None:
    signed = "By Marta Quill\n\nMarch 4, 2021"
    found = cleaned(f"{kicker}\n\nBakers agree on a smaller loaf\n\n{signed}\n\n{LEAD}\n\n{MORE}")
    assert (found.title, found.body) == ("Bakers agree on a smaller loaf", f"{LEAD}\n\n{MORE}")
    assert found.removed[0].reason == "section name"


@pytest.mark.parametrize("headline", ["Bakers agree", "Bakers agree at last"])
def test_a_short_headline_above_a_subtitle_is_no_kicker(headline: str) -> None:
    found = cleaned(f"{headline}\n\nA smaller loaf at the old price\n\nBy Marta Quill\n\n{LEAD}\n\n{MORE}")
    assert found.title == headline


def test_a_related_story_behind_the_first_paragraph_cuts_nothing_else() -> None:
    related = "Related\n\nThe old mill burns down again"
    lead = "The bakers of Lorvik agreed on Friday to make a smaller loaf at the old price."
    found = cleaned(f"Bakers agree\n\nBy Marta Quill\n\nMarch 4, 2021\n\n{lead}\n\n{related}\n\n{MORE}\n\n{LEAD}")
    assert (found.title, found.body) == ("Bakers agree", f"{lead}\n\n{MORE}\n\n{LEAD}")


def test_a_dated_teaser_behind_an_article_is_not_taken_for_a_lead() -> None:
    teaser = "The old mill burns\n\nMarta Quill\n\n5 March 2021\n\nFiremen came to the old mill of Nesk on Friday."
    page = f"Bakers agree\n\n4 March 2021\n\n{LEAD}\n\n{MORE}\n\nShare\n\nMost read\n\n{teaser}"
    assert cleaned(page).body == f"{LEAD}\n\n{MORE}"


@pytest.mark.parametrize("headline", ["iPhone sales fall by five percent", "eBay buys rival"])
def test_a_name_with_a_small_initial_begins_a_headline_and_a_sentence(headline: str) -> None:
    found = cleaned(f"{headline}\n\n{LEAD}\n\niPhones, it said\n\neBay did not answer the letters of the bakers.")
    assert found.title == headline
    assert found.body == f"{LEAD}\n\niPhones, it said\n\neBay did not answer the letters of the bakers."


@pytest.mark.parametrize("tail", ["", "Tags: bread, Lorvik\n\nShare\n\nMost read\n\nOld mill burns down in Nesk"])
def test_the_dates_of_a_life_end_an_obituary(tail: str) -> None:
    life = "Carl Torvist, baker, born 3 May 1931; died 2 March 2021"
    assert cleaned(f"Carl Torvist\n\n{LEAD}\n\n{MORE}\n\n{life}\n\n{tail}").body == f"{LEAD}\n\n{MORE}\n\n{life}"
    assert life in cleaned(f"Carl Torvist\n\n{LEAD}\n\n{life}\n\n{MORE}").body


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("Our Standards: The North Post House Rules.", "menu or control"),
        ("Acquire Licensing Rights, opens new tab", "menu or control"),
        ("(Also read: Ferry runs aground off Nesk)", "related link"),
        ("SUBSCRIBE: Get the North Post brought to your door for no more than a crown a week.", "notice"),
        ("Copyright (c) 2021 North Post of Nesk and Lorvik. All rights reserved.", "other stories"),
        ("Media caption", "photo credit"),
        ("4m ago", "date line"),
        ("1h ago", "date line"),
    ],
)
def test_furniture_is_cut_between_and_behind_paragraphs(line: str, reason: str) -> None:
    for text in (f"{LEAD}\n\n{line}\n\n{MORE}\n\n{MORE}", f"{LEAD}\n\n{MORE}\n\n{MORE}\n\n{line}"):
        found = cleaned(f"Bakers agree\n\n{text}")
        assert found.body == f"{LEAD}\n\n{MORE}\n\n{MORE}"
        assert [(piece.reason, piece.text) for piece in found.removed] == [(reason, line)]


def test_the_topics_below_an_article_go() -> None:
    tail = "Topics\n\nBread\n\nLorvik\n\nReuse this content"
    assert cleaned(f"Bakers agree\n\n{LEAD}\n\n{MORE}\n\n{MORE}\n\n{tail}").body == f"{LEAD}\n\n{MORE}\n\n{MORE}"


def test_an_abstract_that_a_copyright_begins_stays() -> None:
    abstract = "Copyright (C) 1987 Ekern Society. All rights reserved. Barley grew taller where silt had been spread."
    assert cleaned(f"{abstract}\n\n{MORE}", title="Barley").body == f"{abstract}\n\n{MORE}"


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


PARAGRAPHS = [
    "The council of Port Arda voted on Monday to make its quay longer.",
    "It will cost nine million, chairwoman Ilse Varga said.",
    "“The boats will not wait,” she told reporters.",
    "Work begins in June, and should be done by the spring.",
    "The fishermen did not vote.",
    "Nobody knows yet who will build it, or with whose stones.",
]


@pytest.mark.parametrize(
    "interruption",
    [
        "ADVERTISEMENT",
        "Advertisement\n\nAdvertisement",
        "[Ad]",
        "Image",
        "Advertisement - Continue Reading Below",
        "Loading...",
        "Play video",
        "Sign up for our newsletter",
        "Share this",
        "Read more: The quay that nobody wanted",
        "Advertisement\n\nSign up for our daily newsletter and miss nothing of what happens.\n\nStory continues below",
    ],
)
@pytest.mark.parametrize("head", ["", "By Marta Quill | 5 March 2021 | 3 min read\n\n", "PORT ARDA (PNT) – "])
def test_what_interrupts_an_article_takes_none_of_its_paragraphs_along(head: str, interruption: str) -> None:
    for number in range(1, len(PARAGRAPHS)):
        parts = [*PARAGRAPHS[:number], interruption, *PARAGRAPHS[number:]]
        found = cleaned("Council backs a longer quay\n\n" + head + "\n\n".join(parts))
        assert [part for part in PARAGRAPHS if part not in found.body] == []
    found = cleaned("Council backs a longer quay\n\n" + head + f"\n\n{interruption}\n\n".join(PARAGRAPHS))
    assert [part for part in PARAGRAPHS if part not in found.body] == []
    assert found.title == "Council backs a longer quay"


@pytest.mark.parametrize(
    ("mark", "head", "tail"),
    [
        ("", "", ""),
        ("Advertisement", "", ""),
        ("", "By Marta Quill\n\n3 May 2021\n\n", "\n\nShare\n\nTags: ferry, Nesk"),
        ("Image", "Share\n\nTweet\n\n", "\n\nShare\n\nMost read\n\nBakers agree on a smaller loaf\n\nOld mill burns"),
    ],
    ids=["clean", "advertisements", "signed", "page"],
)
@pytest.mark.parametrize(
    "body",
    [
        "1. It is bigger\n\nIt takes 200 people and 30 cows.\n\n{0}\n\n2. It is slower\n\nA crossing takes 40 minutes."
        "\n\n{0}\n\n3. It has no name\n\n“Send us ideas,” said Ilse Varga.",
        "“It is a boat like any other.”\n\n— Tomas Arden (@tarden) May 4, 2021\n\n{0}\n\n“It smells of paint.”\n\n"
        "— Jo Tarn\n\n{0}\n\nThe council meets on Friday.",
        "What do you miss?\n\nNothing.\n\n{0}\n\nNot even the sea?\n\nI never liked it, and it knew.\n\n{0}\n\n"
        "And now?\n\nNow I sleep.",
        "Past\n\nFor sixty years a boat crossed twice a day.\n\n{0}\n\nPresent\n\nNothing crosses.\n\n{0}\n\nFuture\n\n"
        "A bridge is built. Or a tunnel.",
        "It rained.\n\n{0}\n\nNobody spoke.\n\n{0}\n\nThen the bell rang.\n\n“They are here,” said Tomas Arden.",
    ],
    ids=[
        "numbered headings",
        "quotations with their sources",
        "questions and answers",
        "headings of one word",
        "a diary",
    ],
)
def test_short_lines_between_short_paragraphs_are_the_articles_own(body: str, mark: str, head: str, tail: str) -> None:
    lead = "The new ferry reached Nesk on Monday, and the town came to see it."
    found = cleaned(f"A ferry comes to Nesk\n\n{head}{lead}\n\n{body.format(mark)}{tail}")
    assert letters(found.body) == letters(lead + body.format(""))


def test_a_song_between_paragraphs_is_the_articles_own() -> None:
    song = "The tide goes out\nand takes my shoe\nthe tide comes in\nand brings me you"
    more = (
        "“We had forgotten the third line,” said Tomas Arden.\n\n{}The tide, the tide\nit knows my name\n\nThey wept."
    )
    found = cleaned(f"The song is back\n\n{LEAD}\n\n{song}\n\n{more.format('Advertisement' + chr(10) * 2)}")
    assert found.body == f"{LEAD}\n\n{song}\n\n{more.format('')}"


def test_a_list_that_a_colon_announces_is_the_articles_own() -> None:
    results = "Results:\n\n1. Ana Bresk (Nesk) 2:31:07\n2. Ilse Varga (Lorvik) 2:33:40\n3. Jo Tarn (Nesk) 2:36:11"
    found = cleaned(f"Runners in the rain\n\n{LEAD}\n\n{MORE}\n\n{results}\n\nTags: running, Lorvik\nShare")
    assert found.body == f"{LEAD}\n\n{MORE}\n\n{results}"


def test_bullets_above_the_date_stay() -> None:
    points = "- Ferries wait until Wednesday\n- The bridge at Arda is closed"
    found = cleaned(f"Storm reaches Nesk\n\n{points}\n\n3 March 2021\n\n{LEAD}\n\n{MORE}")
    assert found.body == f"{points}\n\n{LEAD}\n\n{MORE}"


HINTED = {
    name: each for room in (dirt, pictures, signatures) for name, each in vars(room).items() if isinstance(each, Hinted)
}


@pytest.mark.parametrize("name", HINTED)
@given(data=st.data())
@examples(200)
def test_what_a_pattern_finds_has_one_of_its_hints(name: str, data: st.DataObject) -> None:
    hinted = HINTED[name]
    text = data.draw(st.from_regex(hinted.pattern))
    assert hinted.found_in(text) is (hinted.pattern.search(text) is not None)
