"""Exports of press databases: each article of a file is one, with its own source, day, headline and text."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from html import escape
from io import BytesIO
from pathlib import Path

import pytest
from examples import examples
from hypothesis import given
from hypothesis import strategies as st

from searchapp.errors import Rejected
from searchapp.ingest import ingest
from searchapp.ingest.attribution.people import People
from searchapp.ingest.formats import FORMATS, identify, parse, read
from searchapp.ingest.formats.databases.pieces import pieces
from searchapp.ingest.profile import Profile
from searchapp.ingest.raw import MAX_ARTICLE, Item, Raw
from searchapp.ingest.reasons import Reason
from tests import documents, exports
from tests.exports import BREAD, CRANES, FERRY, Story

STORIES = (BREAD, CRANES, FERRY)
FORMS: dict[str, tuple[Callable[[Sequence[Story]], str], str]] = {
    "nexis": (exports.nexis, "nexis"),
    "nexis html": (exports.nexis_html, "nexis"),
    "nexis uni": (exports.nexis_uni, "nexis-uni"),
    "nexis uni with a cover": (lambda stories: exports.nexis_uni(stories, cover=True), "nexis-uni"),
    "nexis uni as rtf": (lambda stories: exports.rtf(exports.nexis_uni(stories, cover=True)), "nexis-uni"),
    "factiva codes": (exports.factiva_codes, "factiva"),
    "factiva codes in columns": (lambda stories: exports.factiva_codes(stories, gap="   "), "factiva"),
    "factiva codes behind a space": (lambda stories: exports.factiva_codes(stories, gap=" "), "factiva"),
    "factiva text": (exports.factiva_text, "factiva"),
    "factiva as rtf": (lambda stories: exports.rtf(exports.factiva_codes(stories)), "factiva"),
    "factiva html": (exports.factiva_html, "factiva"),
    "factiva html behind scripts": (lambda stories: exports.factiva_html(stories, filler=6_000), "factiva"),
    "factiva xml": (exports.factiva_xml, "factiva-xml"),
    "proquest": (exports.proquest, "proquest"),
    "proquest with a report": (lambda stories: exports.proquest(stories, report=True), "proquest"),
    "proquest html": (exports.proquest_html, "proquest"),
    "proquest xml": (exports.proquest_xml, "proquest-xml"),
    "ris": (exports.ris, "ris"),
    "europresse": (exports.europresse, "europresse"),
    "europresse until 2014": (exports.europresse_old, "europresse"),
}
KIKUZO = """1件目（全2件）
朝日見本新聞
2018年11月12日　朝刊　経済　7ページ　412文字
渡し船、春に値上げ

　ルンデの渡し船は３月から１割高くなる。
------------------
2件目（全2件）
朝日見本新聞
2020年06月19日　夕刊　文化　3ページ　250文字
劇場、若い監督を選ぶ

　市立劇場は監督を選んだ。
"""
YOMIDASU = """
１／２
[経済]渡し船、春に値上げ
2018.11.12　東京朝刊　経済面　7頁　(全412字)
　ルンデの渡し船は３月から１割高くなる。
　　読売見本新聞社
２／２
劇場、若い監督を選ぶ
2020.06.19　大阪夕刊　文化面　3頁　(全250字)
　市立劇場は監督を選んだ。
　　読売見本新聞社
"""
INTEGRUM = """Документ № 1
Источник: Лундский вестник
Дата выпуска: 12.11.2018
Номер: 206
Заглавие: Паром подорожает

Паромы Лунде с марта подорожают на десятую часть.

Документ № 2
Источник: Острандская почта
Дата выпуска: 19.06.2020
Автор: Павел Идэ
Заглавие: Театр выбрал

Городской театр выбрал Юсуфа Адана директором.
"""
WISERS = """標題：渡輪春季加價
文章來源：倫德日報
日期：2018年11月12日
版次：A7
正文：倫德渡輪三月起加價一成。

標題：劇院選出新總監
文章來源：奧斯特郵報
日期：2020年6月19日
版次：C3
正文：市立劇院選出亞當為總監。
"""
COVER = (
    "\n\nDownload Request: All Documents: 1-3\nTime Of Request: Thursday, March 04, 2021  09:12:44\n\n"
    "Terms: (bread prices AND ministry)\n\nSource: Kestrin Courier;Velm Gazette\nProject ID: None\n\n\n\n"
)


def items(folder: Path, data: str | bytes, name: str = "export.txt") -> tuple[list[Item], str]:
    """Return the items of a file, and why it is rejected behind them, if it is."""
    file = folder / name
    file.write_bytes(data.encode() if isinstance(data, str) else data)
    found = []
    try:
        for item in read(file):
            found.append(item)
    except Rejected as reason:
        return found, str(reason)
    return found, ""


def articles(folder: Path, data: str | bytes, name: str = "export.txt") -> list[Raw]:
    found, fault = items(folder, data, name)
    assert not fault
    return [parse(item) for item in found]


def paragraphs(raw: Raw) -> list[str]:
    return [" ".join(part.split()) for part in raw.text.split("\n\n")]


def cut(raw: Raw, reason: Reason) -> str:
    return "\n".join(each.text for each in raw.removed if each.reason == reason)


# --- every form


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("count", [1, 3])
def test_each_article_of_a_file_is_one_with_its_own_fields(tmp_path: Path, form: str, count: int) -> None:
    write, name = FORMS[form]
    stories = STORIES[:count]
    found, fault = items(tmp_path, write(stories), "export.doc.txt")
    assert (fault, [item.format for item in found]) == ("", [name] * count)
    assert [item.number for item in found] == list(range(1, count + 1))
    raws = [parse(item) for item in found]
    assert [raw.title for raw in raws] == [story.title for story in stories]
    assert [raw.source for raw in raws] == [story.source for story in stories]
    assert [raw.published and raw.published.first for raw in raws] == [story.day for story in stories]
    assert [paragraphs(raw) for raw in raws] == [list(story.body) for story in stories]
    assert len({identify(item)[0] for item in found}) == count


@pytest.mark.parametrize("form", FORMS)
def test_nothing_is_lost_without_a_record(tmp_path: Path, form: str) -> None:
    written = FORMS[form][0](STORIES)
    shown = re.sub(r"(?s)<style.*?</style>|<script.*?</script>|<!--.*?-->|<[^>]*>|\\\w+ ?|[{}]", " ", written)
    kept = []
    for raw in articles(tmp_path, written):
        kept += [raw.title or "", raw.source or "", raw.text, *(each.text for each in raw.removed)]
    lost = set(re.findall(r"[^\W\d_]{5,}", shown)) - set(re.findall(r"[^\W\d_]{5,}", " ".join(kept)))
    assert not lost - {"Document", "DOCUMENT", "DOCUMENTS", "Provider", "Arial", "issue"}


@pytest.mark.parametrize("form", FORMS)
def test_labels_are_no_speakers_and_no_text(tmp_path: Path, form: str) -> None:
    for raw in articles(tmp_path, FORMS[form][0](STORIES)):
        article = ingest(raw, Profile(), People())
        assert {speaker.name for speaker in article.speakers} <= {"Jonas Pell", "Olga Stenn", "its owner"}
        assert not re.search(r"(?i)copyright|©|load-date|\d words|subject|Farnow|Reed|KESCOU|Press Corp", article.body)
        assert article.source in {story.source for story in STORIES}


@pytest.mark.parametrize("form", sorted(FORMS.keys() - {"proquest html", "ris"}))  # of which the abstract is left
def test_an_empty_text_is_rejected_by_its_number_and_the_others_are_kept(tmp_path: Path, form: str) -> None:
    empty = replace(CRANES, body=("",))
    found, _ = items(tmp_path, FORMS[form][0]((BREAD, empty, FERRY)))
    assert [item.number for item in found] == [1, 2, 3]
    with pytest.raises(Rejected, match="text"):
        parse(found[1])
    assert [parse(found[at]).title for at in (0, 2)] == [BREAD.title, FERRY.title]


WORDS = st.lists(
    st.sampled_from("the mayor of Quell has told a council that nine bridges need 20 crowns now".split()), min_size=4
)
SENTENCES = WORDS.map(lambda words: f"{' '.join(words).capitalize()}.")
ODD = st.sampled_from(
    [
        "LANTERNS AND LAMPS: A NIGHT IN QUELL",
        "Language: the word divides the town, the mayor said.",
        "SECTION by section the bridge was built.",
        "MR. STENN: I will mend the cranes first.",
        "Subject to rain, the fair opens on Sunday.",
        "By Sunday all was over.",
        "Copyright is what the song is about, its author said at length and for some time in the hall.",
    ]
)
MADE = st.lists(
    st.builds(
        Story,
        title=WORDS.map(lambda words: " ".join(words[:12]).capitalize()),
        body=st.tuples(SENTENCES, SENTENCES) | st.tuples(SENTENCES, ODD, SENTENCES),
        source=st.sampled_from(["Kestrin Courier", "The Velm Gazette (Orle)", "Sahel Dispatch", "MNA"]),
        day=st.dates(date(1985, 1, 1), date(2024, 12, 31)),
        byline=st.none() | st.just("Ilse Farnow"),
        number=st.integers(10_000, 99_999),
    ),
    min_size=1,
    max_size=6,
    unique_by=lambda story: story.number,
)


@pytest.mark.parametrize("form", FORMS)
@examples(20)
@given(MADE)
def test_what_is_written_in_a_form_is_read_back(form: str, stories: list[Story]) -> None:
    write, name = FORMS[form]
    data = write(stories).encode()
    shown = next(each for each, format in FORMATS.items() if format.sniff(data[: 2**14]))
    assert shown in (name, "rtf")
    found = [replace(item, format=item.format or shown) for item in FORMATS[shown].split(BytesIO(data), "export.txt")]
    raws = [parse(item) for item in found]
    assert [raw.title for raw in raws] == [" ".join(story.title.split()) for story in stories]
    assert [raw.source for raw in raws] == [story.source for story in stories]
    assert [raw.published and raw.published.first for raw in raws] == [story.day for story in stories]
    assert [paragraphs(raw) for raw in raws] == [list(story.body) for story in stories]
    assert len({identify(item)[0] for item in found}) == len(stories)


# --- exports that come as documents

WORDS = "the ferry cow harbour crane owner island bread boat wind said carried and with for a dear old new".split()
LONG = replace(
    FERRY,
    body=tuple(
        f"Day {day} was {' '.join(WORDS[(day * 7 + at * at) % len(WORDS)] for at in range(5 + day))} at {day} sharp."
        for day in range(1, 45)
    ),
)
AS_DOCUMENTS: dict[str, tuple[str, Callable[[str], bytes]]] = {
    "docx": ("docx", lambda text: documents.word("".join(documents.p(escape(line)) for line in text.split("\n")))),
    "odt": (
        "odt",
        lambda text: documents.open_document("".join(f"<t:p>{escape(line)}</t:p>" for line in text.split("\n"))),
    ),
    "rtf": ("rtf", lambda text: exports.rtf(text).encode()),
    "pdf": ("pdf", documents.laid_out),
    "pdf of short pages": ("pdf", lambda text: documents.laid_out(text, lines=19)),
}


@pytest.mark.parametrize("kind", AS_DOCUMENTS)
@pytest.mark.parametrize("form", ["nexis uni with a cover", "nexis uni", "factiva text", "proquest"])
def test_an_export_is_known_by_its_text_in_any_document(tmp_path: Path, form: str, kind: str) -> None:
    write, name = FORMS[form]
    suffix, made = AS_DOCUMENTS[kind]
    stories = (BREAD, CRANES, LONG)
    found, fault = items(tmp_path, made(write(stories)), f"export.{suffix}")
    assert (fault, [item.format for item in found]) == ("", [name] * 3)
    raws = [parse(item) for item in found]
    assert [raw.title for raw in raws] == [story.title for story in stories]
    assert [raw.source for raw in raws] == [story.source for story in stories]
    assert [raw.published and raw.published.first for raw in raws] == [story.day for story in stories]
    assert [raw.text.split() for raw in raws] == [" ".join(story.body).split() for story in stories]


def test_the_headline_above_each_next_page_of_a_pdf_is_not_told_again(tmp_path: Path) -> None:
    data = documents.laid_out(exports.nexis_uni([LONG, BREAD]), lines=25, headline=FERRY.title)
    first, second = articles(tmp_path, data, "export.pdf")
    assert (first.text.count(FERRY.title), second.title) == (0, BREAD.title)


def test_a_document_that_is_no_export_is_one_article(tmp_path: Path) -> None:
    text = f"{BREAD.title}\n\n" + "\n\n".join(BREAD.body * 9)
    (only,) = articles(tmp_path, documents.laid_out(text), "export.pdf")
    assert (only.number, only.title) == (None, None)


# --- how many


def test_as_many_articles_are_found_as_the_file_says(tmp_path: Path) -> None:
    many = [replace(BREAD, title=f"Bread will be dearer, part {number}", number=number) for number in range(1, 263)]
    for written in (exports.nexis(many), exports.nexis_html(many), exports.proquest(many, report=True)):
        found, fault = items(tmp_path, written)
        assert (len(found), fault) == (262, "")
        assert parse(found[261]).title == "Bread will be dearer, part 262"


@pytest.mark.parametrize(
    "written",
    [
        exports.nexis(STORIES, total=5),
        exports.nexis(STORIES[:2], cover=COVER, total=3),
        exports.nexis_html(STORIES, counted=4),
        exports.factiva_xml(STORIES, counted=4),
        exports.nexis_uni(STORIES, cover=True).replace("Documents (3)", "Documents (4)"),
        exports.proquest(STORIES, report=True).replace(" of 3", " of 9"),
    ],
)
def test_a_file_that_says_it_has_more_is_told(tmp_path: Path, written: str) -> None:
    found, fault = items(tmp_path, written)
    assert len(found) in (2, 3)
    assert re.fullmatch(rf"It says that it has \d articles, and {len(found)} were found in it: .*\.", fault)


def test_the_second_file_of_a_download_misses_nothing(tmp_path: Path) -> None:
    second = (
        exports.nexis(STORIES)
        .replace("1 of 3", "501 of 1262")
        .replace("2 of 3", "502 of 1262")
        .replace("3 of 3", "503 of 1262")
    )
    assert [raw.title for raw in articles(tmp_path, second)] == [story.title for story in STORIES]


def test_what_the_database_could_not_show_is_rejected_by_its_number(tmp_path: Path) -> None:
    written = exports.nexis(STORIES[:2], total=3) + (
        f"{'3 of 3 DOCUMENTS':^80}\n\n\n\n{'Kestrin Courier':^80}\n\n{'May 2, 2021 Sunday':^80}\n\n"
        "We are sorry, but this document is damaged and cannot be displayed.\n"
    )
    found, fault = items(tmp_path, written)
    assert (len(found), fault) == (3, "")
    with pytest.raises(Rejected, match=r"no article here.*sorry, but this document is damaged"):
        parse(found[2])


# --- LexisNexis


def test_the_cover_goes_with_the_first_article_and_is_no_text(tmp_path: Path) -> None:
    first, second, _ = articles(tmp_path, exports.nexis(STORIES, cover=COVER))
    assert "bread prices AND ministry" in cut(first, Reason.COVER_PAGE)
    assert not cut(second, Reason.COVER_PAGE)
    assert first.published
    assert first.published.first == BREAD.day


def test_a_day_of_loading_is_an_update(tmp_path: Path) -> None:
    first, *_ = articles(tmp_path, exports.nexis(STORIES))
    assert first.updated
    assert first.updated.first == date(2021, 3, 2)


@pytest.mark.parametrize(
    ("mark", "label", "day", "length"),
    [
        (
            "Dokument {} von 2",
            {"BYLINE": "AUTOR", "SECTION": "RUBRIK", "LENGTH": "LÄNGE"},
            "1. März 2021 Montag",
            "Wörter",
        ),
        (
            "Document {} de 2",
            {"BYLINE": "AUTEUR", "SECTION": "RUBRIQUE", "LENGTH": "LONGUEUR"},
            "1 mars 2021 lundi",
            "mots",
        ),
        ("{} sur 2", {"BYLINE": "AUTEUR", "SECTION": "RUBRIQUE", "LENGTH": "LONGUEUR"}, "1 mars 2021 lundi", "mots"),
        ("{} de 2 DOCUMENTOS", {"SECTION": "SECCIÓN", "LENGTH": "LONGITUD"}, "1 de marzo de 2021 lunes", "palabras"),
        ("Document {} van 2", {"SECTION": "SECTIE", "LENGTH": "LENGTE"}, "1 maart 2021 maandag", "woorden"),
    ],
)
def test_labels_in_other_languages(tmp_path: Path, mark: str, label: dict[str, str], day: str, length: str) -> None:
    written = exports.nexis((BREAD, BREAD), labels=lambda name: label.get(name, name))
    for number in (1, 2):
        written = written.replace(
            f"{number} of 2 DOCUMENTS".center(80).rstrip(), mark.format(number).center(80).rstrip()
        )
    written = written.replace("March 1, 2021 Monday", day).replace(" words", f" {length}")
    for encoding in ("utf-8", "cp1252", "utf-16"):
        raws = articles(tmp_path, written.encode(encoding))
        assert [raw.title for raw in raws] == [BREAD.title] * 2
        assert [raw.published and raw.published.first for raw in raws] == [BREAD.day] * 2
        assert [paragraphs(raw) for raw in raws] == [list(BREAD.body)] * 2


def test_a_headline_may_be_broken_over_lines_or_missing(tmp_path: Path) -> None:
    long = replace(BREAD, title=" ".join(["Bakers of Orle and of Velm warn the ministry of bread that is dearer"] * 2))
    first, _ = articles(tmp_path, exports.nexis((long, CRANES)))
    assert first.title == long.title
    bare = exports.nexis((BREAD,)).replace(f"{BREAD.title}\n\n", "")
    (raw,) = articles(tmp_path, bare)
    assert (raw.title, raw.source, paragraphs(raw)) == (None, BREAD.source, list(BREAD.body))


@pytest.mark.parametrize(
    ("day", "first"),
    [
        ("March 14, 2013 Thursday 11:21 AM GMT", date(2013, 3, 14)),
        ("June 17, 1995, CITY EDITION", date(1995, 6, 17)),
        ("January 28, 1993, Tuesday, Late Edition - Final\n Correction Appended", date(1993, 1, 28)),
        ("27. Februar 2012 Montag 9:50 PM GMT+1", date(2012, 2, 27)),
        ("January 31, 1986", date(1986, 1, 31)),
    ],
)
def test_lines_with_the_day_as_they_come(tmp_path: Path, day: str, first: date) -> None:
    (raw,) = articles(tmp_path, exports.nexis((BREAD,)).replace("March 1, 2021 Monday", day))
    assert (raw.published and raw.published.first, raw.title) == (first, BREAD.title)
    assert day.split("\n")[0] in cut(raw, Reason.DATE_LINE)


def test_older_exports_begin_with_the_notice_of_rights(tmp_path: Path) -> None:
    written = exports.nexis((BREAD,)).replace(
        "Kestrin Courier\n", "Copyright 1995 Velm Press Corp\n\n   Kestrin Courier\n", 1
    )
    (raw,) = articles(tmp_path, written)
    assert (raw.source, raw.title) == (BREAD.source, BREAD.title)
    assert "1995 Velm Press" in cut(raw, Reason.COPYRIGHT)


def test_lines_that_were_meant_so_stay_and_broken_ones_are_joined(tmp_path: Path) -> None:
    turns = replace(BREAD, body=("Q: Will bread be dearer?\nA: It will.", "The guild said so. " * 20))
    written = exports.nexis((turns,)).replace("dearer? A: It", "dearer?\nA: It")
    (raw,) = articles(tmp_path, written)
    assert raw.text.startswith("Q: Will bread be dearer?\nA: It will.\n\nThe guild said so. The guild")
    assert raw.text.count("\n") == 3


def test_a_place_is_the_one_of_the_dateline(tmp_path: Path) -> None:
    first, *_ = articles(tmp_path, exports.nexis_html(STORIES))
    assert first.place == "Kestrin"


def test_notes_behind_the_text_are_no_text(tmp_path: Path) -> None:
    added = "GRAPHIC: PHOTO, Jonas Pell in his shop\n\nThe guild's oven.\n\nLOAD-DATE:"
    written = exports.nexis((BREAD,)).replace("LOAD-DATE:", f"SUBJECT: BREAD (90%)\n\nCOUNTRY: VERLAND\n\n{added}")
    (raw,) = articles(tmp_path, written)
    assert paragraphs(raw) == list(BREAD.body)
    assert "The guild's oven." in cut(raw, Reason.CAPTION)
    assert "COUNTRY: VERLAND" in cut(raw, Reason.INDEX_TERMS)


def test_a_text_that_only_numbers_its_pages_is_no_export(tmp_path: Path) -> None:
    (raw,) = articles(
        tmp_path,
        f"{'3 of 12':^80}\n\nThe bakers of Orle warned on Monday. It is on page 4 of 12 DOCUMENTS they sent.\n",
    )
    assert raw.number is None


# --- Nexis Uni


def test_a_correction_in_the_place_of_the_day_is_not_the_source(tmp_path: Path) -> None:
    written = exports.nexis_uni((BREAD,)).replace("March 1, 2021 Monday Final Edition\n", " Correction Appended\n")
    (raw,) = articles(tmp_path, written)
    assert (raw.title, raw.source, raw.published) == (BREAD.title, BREAD.source, None)


def test_nexis_uni_with_empty_lines_between_all_lines(tmp_path: Path) -> None:
    spaced = "\n\n".join(line for line in exports.nexis_uni(STORIES, cover=True).split("\n") if line.strip())
    raws = articles(tmp_path, spaced)
    assert [(raw.title, raw.source, paragraphs(raw)) for raw in raws] == [
        (s.title, s.source, list(s.body)) for s in STORIES
    ]


def test_graphics_of_nexis_uni_are_no_text(tmp_path: Path) -> None:
    written = exports.nexis_uni((BREAD,)).replace(
        "Classification\n", "Graphic\n\nPHOTO, Jonas Pell in his shop\n\nClassification\n"
    )
    (raw,) = articles(tmp_path, written)
    assert paragraphs(raw) == list(BREAD.body)
    assert any("Jonas Pell in his shop" in each.text for each in raw.removed)


def test_a_german_day_is_no_entry_of_the_cover(tmp_path: Path) -> None:
    words = {"March 1, 2021 Monday Final Edition": "1. März 2021 Montag", "Section:": "Rubrik:", "Byline:": "Autor:"}
    words |= {f"Length:\u00a0{BREAD.words} words": "Länge: 24 Wörter", "End of Document": "Ende des Dokuments"}
    written = exports.nexis_uni((BREAD,))
    for label, other in words.items():
        written = written.replace(label, other)
    (raw,) = articles(tmp_path, written)
    assert (raw.title, raw.source, paragraphs(raw)) == (BREAD.title, BREAD.source, list(BREAD.body))
    assert (raw.published and raw.published.first) == BREAD.day


# --- Factiva


def test_factiva_numbers_its_articles(tmp_path: Path) -> None:
    for written in (exports.factiva_codes(STORIES), exports.factiva_html(STORIES), exports.factiva_xml(STORIES)):
        found, _ = items(tmp_path, written)
        assert [identify(item)[0] for item in found] == [exports.factiva_id(story) for story in STORIES]


def test_factiva_without_numbers_is_parted_at_its_headlines(tmp_path: Path) -> None:
    written = re.sub(r"\nAN\n.*\n", "\n", exports.factiva_codes(STORIES))
    raws = articles(tmp_path, written)
    assert [(raw.title, paragraphs(raw)) for raw in raws] == [(story.title, list(story.body)) for story in STORIES]
    assert all(cut(raw, Reason.SECTION_NAME).startswith("News") for raw in raws)


def test_factiva_in_a_table_with_codes(tmp_path: Path) -> None:
    def row(code: str, text: str) -> str:
        return f'<tr><td align="right" class="index"><b>{code}</b>&nbsp;</td><td>{text}</td></tr>'

    written = "<html><head><title>Factiva</title></head><body><h1>Factiva</h1>" + "<br/>".join(
        '<div class="article frArticle"><table>'
        + row("HD", f"<b class='frHeadline'>{story.title}</b>")
        + row("WC", "65 mots")
        + row("PD", f"{story.day.day} {exports.FRENCH[story.day.month - 1]} {story.day.year}")
        + row("SN", story.source)
        + row("CY", "(c) Velm Presse.")
        + row("LP", "".join(f'<p class="articleParagraph frarticleParagraph">{part}</p>' for part in story.body))
        + row("RE", "fra : France")
        + row("AN", f"Document {exports.factiva_id(story)}")
        + "</table></div>"
        for story in STORIES
    )
    raws = articles(tmp_path, written, "saved.html")
    assert [(raw.title, raw.source, paragraphs(raw)) for raw in raws] == [
        (s.title, s.source, list(s.body)) for s in STORIES
    ]
    assert [raw.published and raw.published.first for raw in raws] == [story.day for story in STORIES]


# --- ProQuest, RIS, Europresse


def test_a_record_without_a_full_text_gives_its_abstract(tmp_path: Path) -> None:
    written = exports.proquest((BREAD,)).replace(
        "Abstract: None available.", "Abstract: The guild of bakers warns of dearer bread."
    )
    (with_text,) = articles(tmp_path, written)
    assert cut(with_text, Reason.ABSTRACT) == "Abstract: The guild of bakers warns of dearer bread."
    start, end = written.index("Full text:"), written.index("Subject:")
    (without,) = articles(tmp_path, written[:start] + "Full text: Not available.\n\n" + written[end:])
    assert paragraphs(without) == ["The guild of bakers warns of dearer bread."]


def test_a_rule_within_a_text_does_not_end_it(tmp_path: Path) -> None:
    ruled = replace(BREAD, body=(BREAD.body[0], exports.RULE, BREAD.body[1]))
    first, second = articles(tmp_path, exports.proquest((ruled, CRANES)))
    assert paragraphs(first) == list(BREAD.body)
    assert second.title == CRANES.title


def test_no_rule_need_stand_before_the_first_article_of_proquest(tmp_path: Path) -> None:
    written = exports.proquest((BREAD, CRANES))
    bare = written[written.index(BREAD.title) :]
    assert [article.title for article in articles(tmp_path, bare)] == [BREAD.title, CRANES.title]


def test_proquest_in_spanish(tmp_path: Path) -> None:
    words = {
        "Author:": "Autor:", "Publication info:": "Información de publicación:", "Abstract:": "Resumen:",
        "Full text:": "Texto completo:", "Subject:": "Materia:", "Publication title:": "Título de publicación:",
        "Publication year:": "Año de publicación:", "Publication date: Mar 1,": "Fecha de publicación: mar 1,",
        "Source type:": "Tipo de fuente:", "Database:": "Base de datos:", "Last updated:": "Última actualización:",
        "Language of publication:": "Idioma de la publicación:", "None available.": "No disponible.",
    }  # fmt: skip
    written = exports.proquest((BREAD,))
    for label, other in words.items():
        written = written.replace(label, other)
    (raw,) = articles(tmp_path, written)
    assert (raw.title, raw.source, paragraphs(raw)) == (BREAD.title, BREAD.source, list(BREAD.body))
    assert (raw.published and raw.published.first) == BREAD.day


def test_a_reference_without_text_is_rejected(tmp_path: Path) -> None:
    found, _ = items(
        tmp_path,
        "TY  - NEWS\nT1  - Bakers warn\nJF  - Kestrin Courier\nN1  - Copyright - Velm Press\nER  - \n",
        "a.ris",
    )
    with pytest.raises(Rejected, match="neither a text nor an abstract"):
        parse(found[0])


def test_europresse_in_its_own_encoding(tmp_path: Path) -> None:
    french = replace(
        BREAD, title="Les boulangers dénoncent les prix", body=("« La farine a doublé », a déclaré Jonas Pell à Orlé.",)
    )
    raws = articles(
        tmp_path, exports.europresse_old((french, CRANES)).encode("iso-8859-1", "xmlcharrefreplace"), "saved.html"
    )
    assert [raw.title for raw in raws] == [french.title, CRANES.title]
    assert paragraphs(raws[0]) == list(french.body)


def test_europresse_numbers_its_articles(tmp_path: Path) -> None:
    found, _ = items(tmp_path, exports.europresse(STORIES))
    assert [identify(item)[0] for item in found] == [f"news·{s.day:%Y%m%d}·KC·{s.number:09d}" for s in STORIES]


# --- one changed article, memory, time


def test_one_changed_article_is_told_from_the_others(tmp_path: Path) -> None:
    before, _ = items(tmp_path, exports.nexis(STORIES))
    changed = (BREAD, replace(CRANES, body=(*CRANES.body, "The board will meet again.")), FERRY)
    after, _ = items(tmp_path, exports.nexis(changed))
    same = [identify(one) == identify(other) for one, other in zip(before, after, strict=True)]
    assert same == [True, False, True]


@given(st.binary(max_size=300), st.integers(1, 40))
def test_pieces_lose_no_byte_wherever_the_stream_breaks(data: bytes, size: int) -> None:
    class Slow(BytesIO):
        def read(self, count: int | None = -1) -> bytes:  # noqa: ARG002
            return super().read(size)

    mark = re.compile(rb"[ab]{1,3}")
    for behind in (False, True):
        found = list(pieces(Slow(data), mark, behind=behind))
        assert b"".join(found) == data
        assert found == list(pieces(BytesIO(data), mark, behind=behind))


@pytest.mark.parametrize("behind", [False, True])
def test_pieces_find_a_mark_wherever_what_was_read_ends(behind: bool) -> None:
    for size in range(1_950, 2_050):
        data = b"<a>" + b"x" * 500 + b"<article>" + b"y" * size
        found = list(pieces(BytesIO(data), re.compile(rb"<a>|<article>"), behind=behind))
        assert b"".join(found) == data
        assert len(found) == (3 if behind else 2)


def test_an_article_without_end_is_cut_off_and_the_next_is_found(tmp_path: Path) -> None:
    endless = replace(BREAD, body=("bread " * (MAX_ARTICLE // 3),))
    found, _ = items(tmp_path, exports.proquest((endless, CRANES)))
    assert [len(item.data) > MAX_ARTICLE for item in found] == [True, False]
    with pytest.raises(Rejected, match="too large"):
        parse(found[0])
    assert parse(found[1]).title == CRANES.title


@pytest.mark.parametrize(
    ("written", "encoding", "format", "expected"),
    [
        (KIKUZO, "shift_jis", "japanese", "渡し船、春に値上げ|朝日見本新聞|劇場、若い監督を選ぶ|朝日見本新聞"),
        (YOMIDASU, "utf-8", "japanese", "[経済]渡し船、春に値上げ|読売見本新聞|劇場、若い監督を選ぶ|読売見本新聞"),
        (INTEGRUM, "cp1251", "labelled", "Паром подорожает|Лундский вестник|Театр выбрал|Острандская почта"),
        (WISERS, "utf-8", "labelled", "渡輪春季加價|倫德日報|劇院選出新總監|奧斯特郵報"),
    ],
)
def test_databases_of_other_scripts_are_parted_by_their_lines(
    tmp_path: Path, written: str, encoding: str, format: str, expected: str
) -> None:
    found, why = items(tmp_path, written.encode(encoding))
    assert not why
    assert {item.format for item in found} == {format}
    raws = [parse(item) for item in found]
    assert "|".join(f"{raw.title}|{raw.source}" for raw in raws) == expected
    assert [raw.published and raw.published.first for raw in raws] == [date(2018, 11, 12), date(2020, 6, 19)]
    assert all("\n" not in raw.text and raw.text.endswith(("。", ".")) for raw in raws)


def test_labels_of_one_article_in_latin_letters_are_plain_text(tmp_path: Path) -> None:
    found, _ = items(tmp_path, "Source: Velm Gazette\nDate: 2021-03-01\nTitle: Bread\n\nBread is dear.")
    assert [item.format for item in found] == ["text"]


def test_documents_of_proquest_without_rules_are_parted_by_their_numbers(tmp_path: Path) -> None:
    document = (
        "Document {} of 2\n\n{}\n\nPublication info: Kestrin Courier, Late Edition; Kestrin. 1 Mar 2021: 4.\n\n"
        "Full text: Bread will cost more by Easter.\n\nPublication title: Kestrin Courier, Late Edition; Kestrin\n\n"
    )
    written = document.format(1, "Bread") + document.format(2, "Cranes")
    found, why = items(tmp_path, f"{written}Bibliography\n\nCitation style: APA 6th\n\nRoe, J. (2021, Mar 1). Bread.")
    raws = [parse(item) for item in found]
    assert not why
    assert [(raw.title, raw.source) for raw in raws] == [
        ("Bread", "Kestrin Courier"),
        ("Cranes", "Kestrin Courier"),
    ]
    assert {raw.text for raw in raws} == {"Bread will cost more by Easter."}
