"""What stands above and below an article: its paper, its address, who signs it."""

import pytest

from searchapp.ingest.cleaning.article import clean
from searchapp.ingest.cleaning.paragraphs import Cleaned
from searchapp.ingest.profile import Profile

LEAD = "Anna Torv left the ferry board of Nesk on Monday, after a vote that had taken two hours."
MORE = "The board meets next week to set a date, and nobody else has said whether they will stand."
TITLE = "Torv leaves ferry board"


def cleaned(head: str, tail: str = "", *, site: str = "") -> Cleaned:
    return clean(f"{head}\n\n{LEAD}\n\n{MORE}\n\n{tail}", title=None, is_html=False, site=site, profile=Profile())


@pytest.mark.parametrize(
    ("head", "source"),
    [
        (f"The Nesk Herald\n\n{TITLE}\n\nBy Ilse Varga\nMarch 4, 2019", "The Nesk Herald"),
        (f"NESK HERALD (Lorvik)\n\nMarch 4, 2019 Monday\nFinal Edition\n\n{TITLE}", "Nesk Herald"),
        (f"{TITLE}\nNesk Herald, March 4, 2019, page A4", "Nesk Herald"),
        (f"From the Nesk Herald\n\nMarch 4, 2019\n\n{TITLE}", "Nesk Herald"),
        (f"Kestrin Courier\n\nMarch 4, 2019\n\nSection: NEWS; Pg. 4\n\n{TITLE}", "Kestrin Courier"),
        (f"Nesker Zeitung\n4. März 2019\n\n{TITLE}", "Nesker Zeitung"),
        (f"Nesk Herald\nVol. 12, No. 44\nMonday, March 4, 2019\nPage 3\n\n{TITLE}", "Nesk Herald"),
        (f"The Islander\nhttps://www.theislander.example/2019/03/04/torv\n\n{TITLE}", "The Islander"),
        (f"THE NESK HERALD\n\nMarch 4, 2019\n\n{TITLE}", "The Nesk Herald"),
        (f"The Islander (theislander.example)\nMarch 4, 2019\ntheislander.example/torv\n\n{TITLE}", "The Islander"),
        (f"Ministry of Harbours\nPress release no. 4\n\n{TITLE}", "Ministry of Harbours"),
    ],
)
@pytest.mark.parametrize(
    "owner", ["", "(c) 2014 Harbor Media Group", "Copyright 2019 Torvex Holdings plc. All rights reserved."]
)
def test_the_paper_above_an_article_is_its_source_and_not_its_headline(head: str, source: str, owner: str) -> None:
    found = cleaned(head, owner)
    assert (found.title, found.source, found.body) == (TITLE, source, f"{LEAD}\n\n{MORE}")


def test_a_paper_is_known_as_the_site_and_beside_its_owner() -> None:
    assert cleaned(f"Islander\n\n{TITLE}\n\nMarch 4, 2019", site="islander.example").source == "Islander"
    assert cleaned(TITLE, "Nesk Herald\n© 2019 Harbor Media Group").source == "Nesk Herald"


@pytest.mark.parametrize("owner", ["Harbor Media Group", "Torvex Verlag GmbH", "Drukhuis Marvia BV"])
def test_a_company_that_owns_the_rights_is_no_source(owner: str) -> None:
    assert cleaned(TITLE, f"© 2014 {owner}").source is None


@pytest.mark.parametrize("headline", ["Bakers Agree At Last", "Ferry mail returns", "WORLD NEWS IN BRIEF"])
def test_a_headline_is_no_paper(headline: str) -> None:
    found = cleaned(f"{headline}\n\nMarch 4, 2019\n\nA smaller loaf at the old price")
    assert (found.title, found.source) == (headline, None)


@pytest.mark.parametrize(
    ("head", "tail"),
    [
        ("https://nesk.example/2019/03/04/torv\n\n" + TITLE, ""),
        (f"{TITLE}\nURL: https://nesk.example/2019/03/04/torv\nAccessed 5 June 2020", ""),
        (f"{TITLE}\n\n<https://nesk.example/2019/03/04/torv>", ""),
        (TITLE, "Retrieved from https://nesk.example/2019/03/04/torv"),
    ],
)
def test_an_address_on_a_line_of_its_own_is_the_articles(head: str, tail: str) -> None:
    found = cleaned(head, tail)
    assert (found.title, found.url, found.body) == (TITLE, "https://nesk.example/2019/03/04/torv", f"{LEAD}\n\n{MORE}")
    assert {piece.reason for piece in found.removed} == {"address of the article"}


@pytest.mark.parametrize(
    "sign",
    [
        "Enditem",
        "(Enditem)",
        "==Kyodo",
        "-- BERNAMA",
        "mq/jf",
        "mq/jf/mq\n\n(foto) (vídeo)",
        "MQ/JF",
        "9417**1420",
        "(INE/A014/F001)",
        "(END)",
        "- ENDS -",
        "END 10:31 A.M.",
        "End of transcript",
        "* * *",
        "mquill@nesk.example",
        "(Reporting by Marta Quill; Editing by J.R. Ferro)\n\nOur Standards: The House Rules.",
        "*Writing by Marta Quill in Nesk",
        "Translator: Marta Quill\nEditor: Jon Ferro",
        "Check against delivery",
        "This interview has been edited for length and clarity.",
        "Media contact: Jon Ferro\nTel.: +00 555 0144",
        "[The Assembly rose at 6.14 p.m.]",
    ],
)
def test_what_signs_an_article_below_it_goes(sign: str) -> None:
    assert cleaned(TITLE, sign).body == f"{LEAD}\n\n{MORE}"


@pytest.mark.parametrize(
    "sign", ["Enditem", "==Kyodo", "9417**1420", "PTI MQ JF", "(Reporting by Marta Quill; Editing by Jon Ferro)"]
)
def test_what_is_glued_to_the_last_paragraph_goes_alone(sign: str) -> None:
    found = clean(
        f"{TITLE}\n\n{LEAD}\n\n{MORE} {sign}\n\nOur Standards: The House Rules.",
        title=None,
        is_html=False,
        site="",
        profile=Profile(),
    )
    assert found.body == f"{LEAD}\n\n{MORE}"


@pytest.mark.parametrize(
    ("lead", "place", "source"),
    [
        ("(ANSA) - NESK, MAR 4 - ", "Nesk", "ANSA"),
        ("Tehran, March 4, IRNA – ", "Tehran", "IRNA"),
        ("TOKYO, March 4 Kyodo - ", "Tokyo", "Kyodo"),
        ("Kupang, E Nusa Tenggara (ANTARA News) - ", "Kupang", "ANTARA News"),
        ("New Delhi, Mar 4 (PTI) ", "New Delhi", "PTI"),
        ("Madrid, 4 mar (EFE) – ", "Madrid", "EFE"),
        ("Valletta: ", "Valletta", None),
        ("NESK (AP) _ ", "Nesk", "AP"),
        ("Nesk, March 4, 2021 (AFP) - \n\n", "Nesk", "AFP"),
        ("(ATTN: UPDATES with details in paras 3-4)\n\nNESK, March 4 (Yonhap) -- ", "Nesk", "Yonhap"),
    ],
)
def test_datelines_of_agencies(lead: str, place: str, source: str | None) -> None:
    found = clean(f"{TITLE}\n\n{lead}{LEAD}\n\n{MORE}", title=None, is_html=False, site="", profile=Profile())
    assert (found.place, found.source, found.body) == (place, source, f"{LEAD}\n\n{MORE}")


@pytest.mark.parametrize("line", ["Pay March 31", "Payable April 18", "Record, May 4"])
def test_a_day_of_payment_is_no_place(line: str) -> None:
    text = f"Qtly div 12 ores\n{line}\nThe company said so in a letter to all who hold its shares."
    assert line in clean(text, title="Dividend", is_html=False, site="", profile=Profile()).body


def test_a_name_before_each_colon_is_no_place() -> None:
    talk = (
        "Sydney: I left the board on Monday, after a vote that had taken two hours.\n\nSydney: And I shall not return."
    )
    assert clean(f"{TITLE}\n\n{talk}", title=None, is_html=False, site="", profile=Profile()).place is None


LIVE = """Storm over the islands

{0}

Lind: ferries stop

The ferries between Nesk and Lorvik have stopped, their owner said. All boats are in harbour.

{1}

School closed

Schools in Nesk will be closed on Friday. The mayor, Ilse Varga, said so on the radio.

{2}

Wind reaches the lighthouse

The wind reached 30 metres a second at the lighthouse. The keeper said he had seen worse."""


@pytest.mark.parametrize(
    "times", [("16:42", "15:10", "13:05"), ("4.42pm", "3.10pm", "1.05pm"), ("16.42 GMT", "15.10 GMT", "13.05 GMT")]
)
def test_the_entries_of_a_live_blog_keep_their_headlines(times: tuple[str, str, str]) -> None:
    found = clean(LIVE.format(*times), title=None, is_html=False, site="", profile=Profile())
    assert found.title == "Storm over the islands"
    for line in ("Lind: ferries stop", "School closed", "Wind reaches the lighthouse", *times):
        assert line in found.body


@pytest.mark.parametrize(
    "text",
    [
        "渡轮公司通过新计划\n\n尼斯克的渡轮公司周一表示，从五月起将增加两班渡轮。公司负责人说，岛上的居民等得太久了。",
        "船会社が新しい計画\n\nネスクの船会社は月曜日、五月から二便を増やすと発表した。島の人々は長く待っていた。",
        "여객선 회사 새 계획\n\n네스크의 여객선 회사는 월요일 오월부터 두 편을 늘리겠다고 밝혔다. 주민들은 기다렸다.",
        "บริษัทเรือประกาศแผนใหม่\n\nบริษัทเรือเฟอร์รี่ประกาศเมื่อวันจันทร์ว่าจะเพิ่มเที่ยวเรือสองเที่ยวตั้งแต่เดือนพฤษภาคมเป็นต้นไป",
    ],
)  # fmt: skip
def test_scripts_without_spaces_have_headlines(text: str) -> None:
    found = clean(text, title=None, is_html=False, site="", profile=Profile())
    headline, body = text.split("\n\n")
    assert (found.title, found.body) == (headline, body)


def test_an_unmarked_caption_above_the_headline_is_not_the_headline() -> None:
    found = cleaned(f"The old exchange, seen from the river\n\n{TITLE}\n\nBy Ilse Varga")
    assert found.title == TITLE
