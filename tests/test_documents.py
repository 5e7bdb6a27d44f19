"""Documents become their paragraphs: what a person who opens them reads, no more and no less."""

from pathlib import Path

import pytest

from searchapp.errors import Rejected
from searchapp.ingest import formats, ingest
from searchapp.ingest.attribution.people import People
from searchapp.ingest.formats import identify, parse
from searchapp.ingest.formats.documents import docx, rtf
from searchapp.ingest.profile import Profile
from searchapp.ingest.raw import Item, Raw
from tests.documents import W, column, open_document, p, packed, pdf, word


def read(path: str, data: bytes) -> Raw:
    return parse(Item(path, None, data))


@pytest.mark.parametrize(
    ("runs", "text"),
    [
        (["One, ", "two."], "One, two."),
        (["By ", "<w:smartTag><w:r><w:t>Ilse Varga</w:t></w:r></w:smartTag>", " here"], "By Ilse Varga here"),
        (["<w:ins><w:r><w:t>Put in</w:t></w:r></w:ins>", ", kept"], "Put in, kept"),
        (["Kept", "<w:del><w:r><w:delText>gone</w:delText></w:r></w:del>", "."], "Kept."),
        (["Kept", "<w:moveFrom><w:r><w:t>gone</w:t></w:r></w:moveFrom>", "."], "Kept."),
        (['<w:fldSimple w:instr="AUTHOR"><w:r><w:t>Ilse</w:t></w:r></w:fldSimple>'], "Ilse"),
        (
            [
                '<w:r><w:instrText>HYPERLINK "x"</w:instrText></w:r>',
                "<w:hyperlink><w:r><w:t>a link</w:t></w:r></w:hyperlink>",
            ],
            "a link",
        ),
        (["<w:sdt><w:sdtContent><w:r><w:t>a field</w:t></w:r></w:sdtContent></w:sdt>"], "a field"),
        (["<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:noBreakHyphen/><w:t>d</w:t></w:r>"], "a\tb\nc-d"),
        (["Seen", "<w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r>"], "Seen"),
        (["Seen", '<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>, too</w:t></w:r>'], "Seen, too"),
    ],
)
def test_what_a_paragraph_of_word_says(runs: list[str], text: str) -> None:
    assert docx.paragraphs(word(p(*runs))) == [text]


def test_word_keeps_the_order_of_paragraphs_tables_and_boxes() -> None:
    table = "<w:tbl><w:tr><w:tc>" + p("left") + "</w:tc><w:tc>" + p("right") + "</w:tc></w:tr></w:tbl>"
    box = f"<w:r><mc:AlternateContent><mc:Choice><w:txbxContent>{p('in a box')}</w:txbxContent></mc:Choice>"
    box += f"<mc:Fallback><w:txbxContent>{p('in a box')}</w:txbxContent></mc:Fallback></mc:AlternateContent></w:r>"
    assert docx.paragraphs(word(p("one") + table + p("two", box) + p("three"))) == [
        "one", "left", "right", "in a box", "two", "three",
    ]  # fmt: skip


def test_paragraphs_whose_end_is_deleted_are_one() -> None:
    first = "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>One </w:t></w:r></w:p>"
    assert docx.paragraphs(word(first + p("line.") + p("Two."))) == ["One line.", "Two."]


def test_what_is_struck_out_is_cut_and_told() -> None:
    struck = "<w:r><w:rPr><w:strike/></w:rPr><w:t>Nine</w:t></w:r>"
    raw = read("a.docx", word(p(struck, "Ten crowns.")))
    assert (raw.text, [(each.text, each.reason) for each in raw.removed]) == ("Ten crowns.", [("Nine", "struck out")])


CORE = (
    '<cp:p xmlns:cp="c" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/">'
    "<dc:title>{}</dc:title><dcterms:created>2020-01-02T10:00:00Z</dcterms:created></cp:p>"
)
LONG = "The harbour of Quellstadt will be dredged, Mayor Ansa Verlund told the council on a long evening."


def test_properties_are_the_last_resort() -> None:
    said = ingest(
        read(
            "a.docx", word(p("Harbour to be dredged", style="Title") + p("27 April 2021") + p(LONG), CORE.format("x"))
        ),
        Profile(),
        People(),
    )
    assert (said.title, str(said.published and said.published.first)) == ("Harbour to be dredged", "2021-04-27")
    bare = ingest(read("a.docx", word(p(LONG) + p(LONG), CORE.format("Harbour notes"))), Profile(), People())
    assert bare.published
    assert (str(bare.published.first), bare.published.origin) == ("2020-01-02", "document")
    assert read("a.docx", word(p(LONG), CORE.format("Microsoft Word - 3.doc"))).last_title is None


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (rb"One.\par Two.\par", ["One.", "Two."]),
        (rb"One\line two\tab three\~four", ["One\ntwo\tthree\xa0four".replace("\xa0", " ")]),
        (rb"\'93Bread\'94 \rquote s \u8220?x\u8221?", ["“Bread” ’s “x”"]),
        (rb"{\uc2\u8220\'81\'67x}", ["“x"]),
        (rb"\u-10179?\u-8704?", ["😀"]),
        (rb"{\f1\'cc\'fd\'f0} {\f2\'83\'49}{\plain\'e9}", ["Мэр オé"]),
        (
            rb'a {\field{\*\fldinst{HYPERLINK "http://a"}}{\fldrslt{\ul link}}} b '
            rb'{\field{\*\fldinst{HYPERLINK "http://b"}}{\fldrslt two}} c',
            ["a link b two c"],
        ),
        (rb"Kept{\deleted gone}{\v hidden}{\strike struck}.", ["Kept."]),
        (rb"\v hidden\v0 seen", ["seen"]),
        (rb"{\pict\bin5 }}}}}}text", ["text"]),
        (rb"{\header Courier}{\footer 1}{\*\unknown x}text", ["text"]),
        (rb"\trowd left\cell right\cell\row end", ["left", "right", "end"]),
        (rb"{\shp{\*\shpinst{\sp{\sn x}{\sv 1}}{\shptxt in a box\par}}{\shprslt in a box}}text", ["in a box", "text"]),
        (b"wrapped \r\nsource line}}} and braces \\{\\}", ["wrapped source line and braces {}"]),
    ],
)
def test_what_rich_text_says(body: bytes, text: list[str]) -> None:
    fonts = rb"{\fonttbl{\f0\fcharset0 Times;}{\f1\fcharset204 Arial Cyr;}{\f2\fcharset128 Mincho;}}"
    assert rtf.paragraphs(rb"{\rtf1\ansi\ansicpg1252\deff0" + fonts + rb"{\colortbl;\red0;}" + body + b"}") == text


def test_rich_text_has_its_properties() -> None:
    raw = read("a.rtf", rb"{\rtf1{\info{\title Harbour notes}{\author X}{\creatim\yr2020\mo1\dy2\hr3}}One.\par}")
    assert (raw.text, raw.last_title) == ("One.", "Harbour notes")
    assert raw.last_day
    assert (str(raw.last_day.first), raw.last_day.origin) == ("2020-01-02", "document")


@pytest.mark.parametrize(
    ("path", "data", "reason"),
    [
        ("a.docx", b"PK\x03\x04nothing", "damaged"),
        ("a.docx", b"text", "damaged"),
        ("a.docx", packed({"word/document.xml": "<w:document"}), "damaged"),
        ("a.docx", packed({"word/document.xml": "<a>" * 5000}), "damaged"),
        ("a.docx", packed({"x": ""}), "no text"),
        ("a.rtf", b"{" * 5000, "no rich text"),
        ("a.rtf", b"{\\rtf1" + b"{" * 5000, "nested"),
        ("a.rtf", b"{\\rtf1}", "no text"),
    ],
)
def test_what_is_damaged_is_rejected(path: str, data: bytes, reason: str) -> None:
    with pytest.raises(Rejected, match=reason):
        read(path, data)


def test_a_small_file_that_becomes_a_large_one_is_rejected() -> None:
    with pytest.raises(Rejected, match="too large"):
        read("a.docx", packed({"word/document.xml": "<w:t>" + " " * (161 << 20)}))


def test_entities_are_not_resolved() -> None:
    entities = '<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;"><!ENTITY x SYSTEM "file:///etc/passwd">]>'
    xml = f"{entities}<w:document {W}><w:p><w:r><w:t>One &b; &x;.</w:t></w:r></w:p></w:document>"
    with pytest.raises(Rejected, match="damaged"):
        docx.paragraphs(packed({"word/document.xml": xml}))


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<t:h>One</t:h><t:p>Two <t:span>and</t:span> <t:a>three</t:a></t:p>", "One\n\nTwo and three"),
        ('<t:p>a<t:s t:c="3"/>b<t:tab/>c<t:line-break/>d</t:p>', "a   b c\nd"),
        ("<t:tracked-changes><t:deletion><t:p>gone</t:p></t:deletion></t:tracked-changes><t:p>Kept</t:p>", "Kept"),
        ("<t:p>Kept<o:annotation><t:p>remark</t:p></o:annotation></t:p>", "Kept"),
        ("<t:list><t:list-item><t:p>One</t:p></t:list-item></t:list>", "One"),
    ],
)
def test_what_an_open_document_says(body: str, text: str) -> None:
    raw = read("a", open_document(body))
    assert (raw.text, raw.last_title) == (text, "Notes")
    assert raw.last_day
    assert str(raw.last_day.first) == "2020-01-02"


MESSAGE = b"""From: =?utf-8?q?The_Quell_Courier?= <news@courier.example>
To: reader@a.example
Subject: =?utf-8?b?SGFyYm91ciB0byBiZSBkcmVkZ2Vk?=
Date: Tue, 27 Apr 2021 10:00:00 +0000 (UTC)
Message-ID: <1@courier.example>
MIME-Version: 1.0
Content-Type: multipart/alternative; boundary=x

--x
Content-Type: text/plain; charset=utf-8

Plain words.
--x
Content-Type: text/html; charset=iso-8859-2
Content-Transfer-Encoding: quoted-printable

<html><body><table><tr><td><p>Mayor Wybra=B3a told the council that the harbour will be dredged in May.</p></td></tr>
</table></body></html>
--x--
"""


def test_a_message_is_an_article_of_its_sender() -> None:
    raw = read("a.eml", MESSAGE)
    assert (raw.title, raw.source) == ("Harbour to be dredged", "The Quell Courier")
    assert raw.text == "Mayor Wybrała told the council that the harbour will be dredged in May."
    assert raw.published
    assert (str(raw.published.first), raw.published.origin) == ("2021-04-27", "metadata")


def test_each_message_of_a_box_is_one(tmp_path: Path) -> None:
    plain = (
        b"Subject: Two\nDate: Wed, 28 Apr 2021 10:00:00 +0000\nFrom: a@b.example\n\n>From here on.\n\nFrom us all.\n\n"
    )
    envelope = b"From a@b.example Tue Apr 27 10:00:00 2021\n"
    (tmp_path / "box").write_bytes(
        envelope + MESSAGE + b"\n" + envelope + plain + envelope + b"Subject: Three\nFrom: a\n\n"
    )
    first, second, third = formats.items(tmp_path / "box", tmp_path)
    assert [identify(each)[0] for each in (first, second, third)] == ["1@courier.example", "box#2", "box#3"]
    assert parse(second).text.strip() == "From here on.\n\nFrom us all."
    with pytest.raises(Rejected, match="no text"):
        parse(third)


SAVED = b"""From: <Saved by Blink>
Snapshot-Content-Location: https://courier.example/harbour
Subject: Harbour
Date: Mon, 5 Sep 2022 10:00:00 +0000
MIME-Version: 1.0
Content-Type: multipart/related; type="text/html"; boundary="b"

--b
Content-Type: text/html
Content-Transfer-Encoding: quoted-printable
Content-Location: https://courier.example/harbour

<!DOCTYPE html><html><head><title>Harbour</title></head><body><article><h1>Harbour</h1><p>Mayor Ansa Verlund =
told the council that the harbour will be dredged.</p></article></body></html>
--b
Content-Type: image/png
Content-Transfer-Encoding: base64

AAAA
--b--
"""


def test_a_page_saved_by_a_browser_has_its_address_and_not_the_day_of_saving(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(SAVED)
    (item,) = formats.items(tmp_path / "a", tmp_path)
    raw = parse(item)
    assert (item.format, raw.url, raw.published) == ("mhtml", "https://courier.example/harbour", None)
    assert "Verlund told the council" in raw.text
    assert ingest(raw, Profile(), People()).published is None


def test_markdown_gives_its_words_and_fields() -> None:
    raw = read(
        "a.md",
        b'---\ntitle: "Harbour to be dredged"\ndate: 2021-04-27\nsource: The Quell Courier\n---\n# Harbour\n\n'
        b"Mayor *Ansa "
        b"Verlund*\n[told](http://a) the ~~board~~ council.\n\n> Quoted.\n\n- One\n- Two ![picture](x.png)\n",
    )
    assert raw.text == "Harbour\n\nMayor Ansa Verlund told the  council.\n\nQuoted.\n\nOne\n\nTwo"
    assert (raw.title, raw.source) == ("Harbour to be dredged", "The Quell Courier")
    assert raw.published
    assert str(raw.published.first) == "2021-04-27"
    assert [each.text for each in raw.removed] == ["board"]
    assert read("b.md", b"# Harbour\n\nText.").title == "Harbour"


def test_the_lines_of_a_pdf_become_paragraphs() -> None:
    page = [(50, 750, 20, "Harbour to be dredged"), *column(50, 700, "The harbour of Quell-|stadt will be|dredged.")]
    page += column(50, 640, "It will cost nine|million.")
    page += column(62, 616, "An indent begins|")[:1] + column(50, 604, "a paragraph.")
    raw = read("a", pdf([page], "/Title (Notes) /CreationDate (D:20200102)"))
    assert raw.text.split("\n\n") == [
        "Harbour to be dredged",
        "The harbour of Quell-\nstadt will be\ndredged.",
        "It will cost nine\nmillion.",
        "An indent begins\na paragraph.",
    ]
    assert raw.last_title == "Notes"
    assert raw.last_day
    assert (str(raw.last_day.first), raw.last_day.origin) == ("2020-01-02", "document")


def test_columns_of_a_pdf_are_read_one_after_the_other() -> None:
    left, right = column(50, 700, "one two|three four|five six"), column(300, 700, "seven eight|nine ten|eleven.")
    for page in (left + right, [each for pair in zip(left, right, strict=True) for each in pair]):
        assert (
            read("a.pdf", pdf([page])).text.split()
            == "one two three four five six seven eight nine ten eleven.".split()
        )


def test_what_runs_through_the_pages_of_a_pdf_is_cut_and_told() -> None:
    pages = [
        [
            (50, 780, 8, "The Quell Courier"),
            *column(50, 700, f"Words of page {word}.|And more of {word}.|The last {word}.|Words {word}."),
            (290, 20, 8, f"Page {at}"),
        ]
        for at, word in enumerate("one two three four".split(), 1)
    ]
    raw = read("a.pdf", pdf(pages))
    assert "Courier" not in raw.text
    assert "Page 2" not in raw.text
    assert "Words of page three." in raw.text
    assert [each.text for each in raw.removed] == ["The Quell Courier", "Page 1", "Page 2", "Page 3", "Page 4"]


def test_a_pdf_of_many_pages_is_read_from_its_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = pdf([column(50, 700, f"Words of {word}.") for word in "one two three four".split()], "/Title (Notes)")
    small = read("a.pdf", data)
    monkeypatch.setattr("searchapp.ingest.formats.documents.pdf.MAX_ARTICLE", 100)
    (tmp_path / "a.pdf").write_bytes(data)
    (item,) = formats.items(tmp_path / "a.pdf", tmp_path)
    large = parse(item)
    assert (large.text, large.last_title) == (small.text, small.last_title)


@pytest.mark.parametrize(
    ("data", "reason"),
    [(b"%PDF-1.4 nothing", "damaged"), (pdf([[]]), "only pictures"), (b"x", "damaged")],
)
def test_a_pdf_without_text_says_so(data: bytes, reason: str) -> None:
    with pytest.raises(Rejected, match=reason):
        read("a.pdf", data)
