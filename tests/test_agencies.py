"""What agencies send: its metadata are read, what is withdrawn, embargoed or no text is told and kept out."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from examples import examples
from hypothesis import given
from hypothesis import strategies as st

from searchapp.article import Dated
from searchapp.errors import Rejected
from searchapp.ingest import ingest
from searchapp.ingest.attribution.people import People
from searchapp.ingest.formats import identify, items, parse
from searchapp.ingest.formats.newsrooms.stated import moment, place_of
from searchapp.ingest.profile import Profile
from searchapp.ingest.raw import Item, Raw

SAID = "The council of Quellstadt voted on the harbour, and Mayor Ansa Verlund said it was dear."
TOMORROW = (datetime.now(UTC) + timedelta(days=1)).isoformat(timespec="seconds")
Read = Callable[[str, str | bytes], list[Raw | str]]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Return what reads a file of this name: its articles, and the reasons in the place of those rejected."""

    def reading(name: str, data: str | bytes) -> list[Raw | str]:
        file = tmp_path / name
        file.write_bytes(data if isinstance(data, bytes) else data.encode())
        return [made(item) for item in items(file, tmp_path)]

    return reading


def made(item: Item) -> Raw | str:
    try:
        identify(item)
        return parse(item)
    except Rejected as reason:
        return str(reason)


def only(found: list[Raw | str]) -> Raw:
    (raw,) = found
    assert isinstance(raw, Raw), raw
    return raw


def day(dated: Dated | None) -> str | None:
    return dated.first.isoformat() if dated and dated.precision == "day" else None


def cuts(raw: Raw) -> dict[str, str]:
    return {cut.reason: cut.text for cut in raw.removed}


# --- NITF


def nitf(
    docdata: str = '<doc-id id-string="pnt.1" regsrc="PNT"/><date.issue norm="20210427T233000-0500"/>',
    *,
    attributes: str = "",
    content: str = f"<p>NESK (PNT) — {SAID}</p><hl2>The vote</hl2><p>It was <person>Oskar Lind</person>’s.</p>",
) -> str:
    return f"""<nitf baselang="en-GB"><head><title>Harbour (title)</title><docdata {attributes}>{docdata}
<ed-msg info="Eds: adds quote"/><key-list><keyword key="NESK-HARBOUR"/></key-list></docdata></head><body><body.head>
<hedline><hl1>Harbour to be dredged</hl1><hl2>A dear thing</hl2></hedline>
<byline>By <person>Ilse Varga</person><byttl>PNT Writer</byttl></byline><distributor>Press of the North</distributor>
<dateline><location>NESK</location></dateline><abstract><p>In short.</p></abstract></body.head>
<body.content>{content}<media media-type="image"><media-caption>A crane. (Photo: PNT)</media-caption></media>
</body.content><body.end><tagline>iv/ol</tagline></body.end></body></nitf>"""


def test_a_story_in_nitf_becomes_an_article(read: Read) -> None:
    raw = only(read("story.xml", f'<?xml version="1.0"?><!DOCTYPE nitf SYSTEM "nitf.dtd">{nitf()}'))
    assert (raw.id, raw.number, raw.title) == ("pnt.1", None, "Harbour to be dredged")
    assert (raw.source, raw.place, raw.language) == ("Press of the North", "Nesk", "en")
    assert (day(raw.published), raw.updated, raw.seen) == ("2021-04-27", None, "2021-04-28T04:30:00+00:00")
    assert raw.text == f"NESK (PNT) — {SAID}\n\nThe vote\n\nIt was Oskar Lind’s."
    assert cuts(raw) == {
        "byline": "By Ilse Varga PNT Writer",
        "dateline": "NESK",
        "standfirst": "In short.",
        "subheadline": "A dear thing",
        "slug": "NESK-HARBOUR",
        "notice": "Eds: adds quote",
        "caption": "A crane. (Photo: PNT)",
        "end mark": "iv/ol",
    }
    article = ingest(raw, Profile(), People())
    assert article.place == "Nesk"
    assert [speaker.name for speaker in article.speakers] == ["Ansa Verlund"]


def test_a_story_of_a_papers_archive_in_nitf_is_not_told_twice(read: Read) -> None:
    data = f"""<nitf version="-//IPTC//DTD NITF 3.3//EN"><head><title>Harbour to be dredged</title><docdata>
<doc-id id-string="1000417"/></docdata><pubdata date.publication="19980101T000000" name="The Quell Courier"
ex-ref="https://courier.example/1998/harbour"/></head><body><body.head>
<byline class="print_byline">By ILSE VARGA</byline><byline class="normalized_byline">Varga, Ilse</byline></body.head>
<body.content><block class="lead_paragraph"><p>{SAID}</p></block>
<block class="full_text"><p>{SAID}</p><p>So it was.</p></block></body.content></body></nitf>"""
    raw = only(read("1000417.xml", data))
    assert (raw.id, raw.title, raw.source) == (
        "The Quell Courier:1000417",
        "Harbour to be dredged",
        "The Quell Courier",
    )
    assert (raw.text, raw.url) == (f"{SAID}\n\nSo it was.", "https://courier.example/1998/harbour")
    assert (day(raw.published), cuts(raw)) == ("1998-01-01", {"byline": "By ILSE VARGA"})


def test_a_file_of_many_stories_gives_them_one_by_one(read: Read) -> None:
    stories = [nitf(f'<doc-id id-string="{number}" regsrc="PNT"/>') for number in (1, 2)]
    found = read("archive.xml", f"<archive>{''.join(stories)}</archive>")
    assert [(each.id, each.number) for each in found if isinstance(each, Raw)] == [("PNT:1", 1), ("PNT:2", 2)]
    found = read("archive.nitf", "\n".join(f'<?xml version="1.0"?>{story}' for story in stories))
    assert [each.id for each in found if isinstance(each, Raw)] == ["PNT:1", "PNT:2"]


def test_versions_of_a_story_share_the_key_that_its_agency_gives(read: Read) -> None:
    for version in (1, 2):
        raw = only(read("a.xml", nitf(f'<doc-id id-string="a_{version}"/><du-key key="a" version="{version}"/>')))
        assert raw.id == "a"


@pytest.mark.parametrize(
    ("attributes", "docdata", "sentence"),
    [
        ('management-status="canceled"', "", "The agency has withdrawn it."),
        ('management-status="withheld"', "", "The agency holds it back, and does not say until when."),
        ('management-status="embargoed"', "", "It is under an embargo of which no end can be read."),
        ("", '<date.release norm="YYYYMMDD"/>', "It is under an embargo of which no end can be read ('YYYYMMDD')."),
        ('management-status="embargoed"', '<date.release norm="20210427T060000+0200"/>', ""),
        ("", '<date.release norm="20210427T060000+0200"/>', ""),
    ],
)
def test_a_story_that_is_withdrawn_or_held_back_is_kept_out(
    read: Read, attributes: str, docdata: str, sentence: str
) -> None:
    (found,) = read("a.xml", nitf(docdata, attributes=attributes))
    assert (found if isinstance(found, str) else "") == sentence


# --- NewsML-G2


def g2(
    guid: str = "urn:newsml:pnt.example:20210427:harbour",
    *,
    about: str = '<pubStatus qcode="stat:usable"/>',
    kind: str = "ninat:text",
    content: str = f'<inlineXML contenttype="application/xhtml+xml"><html xmlns="http://www.w3.org/1999/xhtml"><head>'
    f"<title>x</title></head><body><header><ul><li>Nesk</li></ul></header><p>{SAID}</p></body></html></inlineXML>",
    version: int = 2,
) -> str:
    return f"""<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="{guid}" version="{version}" xml:lang="en-US">
<itemMeta><itemClass qcode="{kind}"/><provider qcode="nprov:PNT"><name>Press of the North</name></provider>
<versionCreated>2021-05-02T10:00:00Z</versionCreated><firstCreated>2021-04-27T23:30:00-05:00</firstCreated>{about}
<edNote>adds quote</edNote></itemMeta><contentMeta><located qcode="city:NSK"><name>Nesk</name></located>
<creator literal="iv"><name>Ilse Varga</name></creator><by>By Ilse Varga</by><slugline>NESK-HARBOUR</slugline>
<language tag="de"/><dateline>NESK, April 27 (PNT) –</dateline><headline role="hld:subHeadline">A dear thing</headline>
<headline>Harbour to be dredged</headline></contentMeta><contentSet>{content}</contentSet></newsItem>"""


def message(*found: str) -> str:
    return f"""<?xml version="1.0"?><newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><header><sent>2021-05-02T10:00:00Z
</sent></header><itemSet>{"".join(found)}</itemSet></newsMessage>"""


def test_a_news_item_becomes_an_article(read: Read) -> None:
    raw = only(read("a.xml", message(g2())))
    assert (raw.id, raw.number, raw.title) == ("urn:newsml:pnt.example:20210427:harbour", 1, "Harbour to be dredged")
    assert (raw.source, raw.place, raw.language) == ("Press of the North", "Nesk", "de")
    assert (day(raw.published), day(raw.updated), raw.text) == ("2021-04-27", "2021-05-02", SAID)
    assert raw.seen == "2021-05-02T10:00:00+00:00"
    assert cuts(raw) == {
        "byline": "By Ilse Varga",
        "dateline": "NESK, April 27 (PNT) –",
        "subheadline": "A dear thing",
        "slug": "NESK-HARBOUR",
        "notice": "adds quote",
        "before the article": "Nesk",
    }


def test_the_text_of_an_item_stands_in_many_forms(read: Read) -> None:
    forms = [
        f'<remoteContent href="a.jpg"/><inlineXML contenttype="application/nitf+xml">{nitf()}</inlineXML>',
        f'<inlineData contenttype="text/plain"><![CDATA[<p>{SAID}</p>]]></inlineData>',
        f'<inlineData contenttype="text/plain">{SAID}</inlineData>',
        f'<inlineData contenttype="text/html">&lt;p&gt;{SAID}&lt;/p&gt;</inlineData>',
    ]
    for form in forms:
        raw = only(read("a.xml", g2(content=form)))
        assert SAID in raw.text
        assert (raw.number, raw.title, day(raw.published)) == (None, "Harbour to be dredged", "2021-04-27")


def test_what_is_no_text_or_may_not_be_shown_is_told(read: Read) -> None:
    found = read(
        "a.xml",
        message(
            '<packageItem guid="urn:p"><itemMeta/></packageItem>',
            g2(kind="ninat:picture"),
            g2(about='<pubStatus qcode="stat:canceled"/>'),
            g2(about='<pubStatus uri="http://cv.iptc.org/newscodes/pubstatusg2/withheld"/>'),
            g2(about="<embargoed/>"),
            g2(content='<remoteContent href="a.mp4" contenttype="video/mp4"/>'),
            g2(about="<embargoed>2021-04-27T12:00:00Z</embargoed>"),
            g2().replace("</versionCreated>", "</versionCreate>"),
        ),
    )
    assert found[:6] == [
        "It is no article, but a package, which refers to articles.",
        "It is no article: its class is 'ninat:picture'.",
        "The agency has withdrawn it.",
        "The agency holds it back, and does not say until when.",
        "It is under an embargo of which no end can be read.",
        "There is no text in it: its content stands elsewhere, or is none.",
    ]
    assert isinstance(found[6], Raw)
    assert isinstance(found[7], str)
    assert found[7].startswith("Its XML is damaged")


def test_an_embargo_ends_where_its_hour_comes_last() -> None:
    times = [moment(text) for text in ("2021-04-27T12:00:00+02:00", "20210427T120000", "2021-04-27")]
    assert [time.astimezone(UTC).isoformat() for time in times if time] == [
        "2021-04-27T10:00:00+00:00",
        "2021-04-28T00:00:00+00:00",
        "2021-04-27T12:00:00+00:00",
    ]
    assert moment("tomorrow") is None


@pytest.mark.parametrize("form", ["g2", "nitf", "ninjs", "newsml"])
def test_an_embargo_that_has_not_ended_is_told_with_its_day(read: Read, form: str) -> None:
    data = {
        "g2": g2(about=f"<embargoed>{TOMORROW}</embargoed>"),
        "nitf": nitf(f'<date.release norm="{TOMORROW}"/>'),
        "ninjs": ninjs(embargoed=TOMORROW),
        "newsml": newsml(
            f"""<Status FormalName="Embargoed"/><StatusWillChange><FutureStatus FormalName="Usable"/>
            <DateAndTime>{TOMORROW}</DateAndTime></StatusWillChange>"""
        ),
    }[form]
    (found,) = read("a.json" if form == "ninjs" else "a.xml", data)
    assert isinstance(found, str)
    assert found.startswith(f"It is under an embargo until {TOMORROW[:10]} ")


# --- NewsML 1


def newsml(
    managed: str = '<Status FormalName="Usable"/>',
    *,
    content: str = f"<ContentItem><MediaType FormalName='Text'/><DataContent><p>{SAID}</p></DataContent></ContentItem>",
) -> str:
    return f"""<?xml version="1.0"?><NewsML><NewsEnvelope><DateAndTime>20210502T100000Z</DateAndTime></NewsEnvelope>
<NewsItem xml:lang="en"><Identification><NewsIdentifier><ProviderId>pnt.example</ProviderId><DateId>20210427</DateId>
<NewsItemId>harbour</NewsItemId><RevisionId PreviousRevision="1" Update="N">2</RevisionId>
<PublicIdentifier>urn:newsml:pnt.example:20210427:harbour:2</PublicIdentifier></NewsIdentifier></Identification>
<NewsManagement><NewsItemType FormalName="News"/><FirstCreated>20210427T233000-0500</FirstCreated>
<ThisRevisionCreated>20210502T100000Z</ThisRevisionCreated>{managed}</NewsManagement><NewsComponent><NewsLines>
<HeadLine>Harbour to be dredged</HeadLine><SubHeadLine>A dear thing</SubHeadLine><ByLine>By Ilse Varga</ByLine>
<DateLine>BAD NESK, Apr 27, 2021 (PNT) -</DateLine><CopyrightLine>© PNT</CopyrightLine><SlugLine>NESK-HARBOUR</SlugLine>
</NewsLines><AdministrativeMetadata><Provider><Party FormalName="PNT"/></Provider></AdministrativeMetadata>
<DescriptiveMetadata><Language FormalName="EN"/></DescriptiveMetadata><NewsComponent>{content}</NewsComponent>
</NewsComponent></NewsItem></NewsML>"""


def test_an_item_of_the_first_newsml_becomes_an_article(read: Read) -> None:
    raw = only(read("a.xml", newsml()))
    assert (raw.id, raw.title, raw.source) == (
        "urn:newsml:pnt.example:20210427:harbour",
        "Harbour to be dredged",
        "PNT",
    )
    assert (raw.place, raw.language, raw.text) == ("Bad Nesk", "en", SAID)
    assert (day(raw.published), day(raw.updated)) == ("2021-04-27", "2021-05-02")
    assert cuts(raw) == {
        "byline": "By Ilse Varga",
        "dateline": "BAD NESK, Apr 27, 2021 (PNT) -",
        "subheadline": "A dear thing",
        "slug": "NESK-HARBOUR",
        "notice": "© PNT",
    }


def test_of_an_item_with_text_and_pictures_the_text_counts(read: Read) -> None:
    picture = "<ContentItem Href='a.jpg'><MediaType FormalName='Photo'/></ContentItem>"
    caption = (
        "<NewsComponent><Role FormalName='Caption'/><ContentItem><DataContent>A crane.</DataContent></ContentItem>"
    )
    main = f"<NewsComponent><Role FormalName='Main'/><ContentItem><DataContent>{SAID}</DataContent></ContentItem>"
    raw = only(read("a.xml", newsml(content=f"{caption}</NewsComponent>{main}</NewsComponent>")))
    assert (raw.text, cuts(raw)["after the article"]) == (SAID, "A crane.")
    story = f"<ContentItem><DataContent>{nitf()}</DataContent></ContentItem>"
    assert SAID in only(read("a.xml", newsml(content=picture + story))).text
    assert read("a.xml", newsml(content=picture)) == ["There is no text in it: its content is Photo."]
    assert read("a.xml", newsml('<Status FormalName="Canceled"/>')) == ["The agency has withdrawn it."]


# --- ninjs


def ninjs(**fields: object) -> str:
    own = {
        "uri": "https://pnt.example/newsitems/harbour",
        "type": "text",
        "versioncreated": "2021-05-02T10:00:00Z",
        "pubstatus": "usable",
        "language": "en",
        "headline": "Harbour to be dredged",
        "byline": "Ilse Varga",
        "located": "Nesk",
        "body_xhtml": f"<p>{SAID}</p>",
    }
    return json.dumps({name: value for name, value in (own | fields).items() if value is not None})


def test_an_item_of_ninjs_1_becomes_an_article(read: Read) -> None:
    raw = only(
        read("a.json", ninjs(firstcreated="2021-04-27T23:30:00-05:00", infosource=[{"name": "PNT"}], slugline="NESK"))
    )
    assert (raw.id, raw.number, raw.title) == ("https://pnt.example/newsitems/harbour", None, "Harbour to be dredged")
    assert (raw.source, raw.place, raw.language, raw.text) == ("PNT", "Nesk", "en", SAID)
    assert (day(raw.published), day(raw.updated)) == ("2021-04-27", "2021-05-02")
    assert cuts(raw) == {"byline": "Ilse Varga", "slug": "NESK"}


def test_an_item_of_ninjs_3_becomes_an_article(read: Read) -> None:
    data = ninjs(
        versioncreated=None, pubstatus=None, headline=None, byline=None, body_xhtml=None,
        versionCreated="2021-04-27T10:00:00Z", pubStatus="usable", by="Ilse Varga",
        headlines=[{"role": "sub", "value": "A dear thing"}, {"role": "main", "value": "Harbour to be dredged"}],
        bodies=[
            {"role": "main", "contentType": "text/plain", "value": SAID},
            {"role": "xhtml", "contentType": "application/xhtml+xml", "value": f"<p>{SAID}</p><p>So it was.</p>"},
        ],
    )  # fmt: skip
    raw = only(read("a.json", data))
    assert (raw.title, raw.text, day(raw.published)) == ("Harbour to be dredged", f"{SAID}\n\nSo it was.", "2021-04-27")


def test_lines_of_which_none_is_an_item_of_ninjs_are_records(read: Read) -> None:
    lines = [{"uri": "7", "title": "Vote", "body": SAID}, {"title": "Vote", "body_html": f"<p>{SAID}</p>"}]
    found = read("a.jsonl", "\n".join(map(json.dumps, lines)))
    assert [isinstance(each, Raw) and SAID in each.text for each in found] == [True, True]


def test_items_of_ninjs_stand_in_lists_lines_and_objects(read: Read) -> None:
    first, second = ninjs(), ninjs(uri="urn:2")
    for data in (
        f"[{first}, {second}]",
        f"{first}\n{second}\n",
        f'{{"total": 2, "items": [{first},\n{second}], "x": [{{}}]}}',
    ):
        found = read("a.json", data)
        assert [(each.id, each.number) for each in found if isinstance(each, Raw)] == [
            ("https://pnt.example/newsitems/harbour", 1),
            ("urn:2", 2),
        ]


def test_a_damaged_line_costs_no_other(read: Read) -> None:
    broken = ninjs(uri="urn:2")[:-9]
    found = read("a.jsonl", f"{ninjs()}\n{broken}\n{ninjs(uri='urn:3')}\n")
    assert [each.id for each in found if isinstance(each, Raw)] == ["https://pnt.example/newsitems/harbour", "urn:3"]
    assert isinstance(found[1], str)
    assert found[1].startswith("It is not JSON: ")


def test_what_ninjs_holds_beside_texts_is_told(read: Read) -> None:
    assert read("a.json", ninjs(type="picture")) == ["It is no article: its type is 'picture'."]
    assert read("a.json", ninjs(pubstatus="canceled")) == ["The agency has withdrawn it."]
    assert read("a.json", ninjs(body_xhtml=None)) == ["There is no text in it: it has no body."]
    raw = only(read("a.json", ninjs(body_xhtml=None, description_text="In short.", pubstatus=None)))
    assert [(each.field, each.reason) for each in raw.noticed] == [("text", "only a summary was there")]


# --- wires


def iptc(number: int = 123, *, header: str = "BREAD\n2ND LEAD\n", notes: str = "") -> str:
    return (
        f"\x01pnt{number:04} 3 i 93  pnt {number}\r\n\r\nNesk/harbour/\r\n\x02{header}"
        "Harbour to be dredged\r\nBy Ilse Varga =\r\n\r\n"
        f"Nesk (pnt) - {SAID}\r\n\r\n{notes}pnt iv ol\r\n\r\n\x03272330 GMT Apr 21\r\n\x7f\r\n\x7f\x04"
    )


def test_a_story_of_iptc_7901_becomes_an_article(read: Read) -> None:
    notes = "# Notebook\r\nThe following information is not for publication\r\nTel: 1234\r\n\r\n"
    raw = only(read("wire.txt", iptc(header="2ND LEAD\n", notes=notes)))
    assert (raw.id, raw.title, raw.source) == ("pnt0123 2021-04-27", "Harbour to be dredged", "pnt")
    assert (day(raw.published), raw.number) == ("2021-04-27", None)
    assert raw.text.strip() == f"Nesk (pnt) - {SAID}"
    assert cuts(raw)["byline"] == "By Ilse Varga"
    assert cuts(raw)["take"] == "2ND LEAD"
    assert cuts(raw)["slug"] == "Nesk/harbour"
    assert "1234" in cuts(raw)["notice"]
    article = ingest(raw, Profile(), People())
    assert (article.place, [speaker.name for speaker in article.speakers]) == ("Nesk", ["Ansa Verlund"])


def test_a_day_of_a_wire_in_one_file_is_its_stories(read: Read) -> None:
    found = read("wire.txt", iptc(1) + iptc(2) + iptc(3))
    assert [(each.id, each.number) for each in found if isinstance(each, Raw)] == [
        ("pnt0001 2021-04-27", 1),
        ("pnt0002 2021-04-27", 2),
        ("pnt0003 2021-04-27", 3),
    ]


def test_a_story_of_anpa_becomes_an_article(read: Read) -> None:
    data = (
        "\x16\x16\x01W2870\x1f_nesk\r\nr i\x13\x11 BC-NE--Nesk-Harbour     04-27 0093\r\n"
        "\x02^BC-NE--Nesk-Harbour,466<\r\n^Harbour to be dredged<\r\n^PNT Photo NE101<\r\n"
        "^Eds: With PNT Photos.<\r\n^By ILSE VARGA=\r\n^PNT Sports Writer=\r\n"
        "\t   NESK (PNT) _ ``Bread is dear,'' said Ansa Verlund, the mayor of the town.\r\n \r\n"
        f"\t   {SAID}\r\n\r\n\t   ^PNT-WF-04-27-21 2330GMT<\r\n\x0c\r\n\x04"
    )
    raw = only(read("wire.tst", data.replace("^PNT-WF", "\x03PNT-WF")))
    assert (raw.id, raw.title, raw.source) == ("PNT W2870 2021-04-27", "Harbour to be dredged", "PNT")
    assert day(raw.published) == "2021-04-27"
    assert raw.text == f"NESK (PNT) — “Bread is dear,” said Ansa Verlund, the mayor of the town.\n\n{SAID}"
    assert cuts(raw) == {
        "byline": "By ILSE VARGA; PNT Sports Writer",
        "slug": "BC-NE--Nesk-Harbour,466",
        "notice": "Eds: With PNT Photos.",
        "photo credit": "PNT Photo NE101",
    }
    assert only(read("wire.tst", data)).text == raw.text


def test_a_table_of_anpa_keeps_its_columns_apart(read: Read) -> None:
    data = (
        "\x16\x16\x01s0284\x1f_-----\r\nr s\x14\x12 BC-Table     04-27 \r\n\x02^BC-Table<\r\n^Standings=\r\n"
        "\x08Nesk\x10Town\x1e_\x1f 73\x1e\x1f 52\r\n\x08Quellstadt\x1e_\x1f 61\x1e\x1f 64\r\n"
        "\x03PNT-WF-04-27-99 2330GMT<\r\n\x04"
    )
    raw = only(read("wire.tst", data))
    assert [" ".join(line.split()) for line in raw.text.split("\n\n")] == ["Nesk Town 73 52", "Quellstadt 61 64"]
    assert day(raw.published) == "1999-04-27"


@pytest.mark.parametrize(
    ("dateline", "place"),
    [
        ("STOCKHOLM, Aug 29, 2014 (AFP) -", "Stockholm"),
        ("Strasbourg, 10 juil 2024 (AFP)", "Strasbourg"),
        ("SYDNEY March 22 PNT -", "Sydney"),
        ("Bad Nesk-Ufer (PNT) –", "Bad Nesk-Ufer"),
        ("4/4/2018", None),
        ("", None),
    ],
)
def test_a_dateline_begins_with_its_place(dateline: str, place: str | None) -> None:
    assert place_of(dateline) == place


# --- whatever stands in them

PIECES = st.sampled_from(
    "\x01|\x02|\x03|\x04|^|<|=|\t|\r\n|pnt0123 3 i 93  pnt 1\r\n|W2870\x1f_x\n|By Ilse Varga|``Bread''"
    "|272330 GMT Apr 21"
    "|PNT-WF-04-27-21 2330GMT|2ND LEAD|# Notebook|<nitf>|</nitf>|<newsItem guid='a'>|</newsItem>|<item>|</item>"
    '|<![CDATA[|]]>|<!--|-->|&amp;|&|<p>|</p>|<body.content>|<NewsItem>|{|}|[|]|"uri":|"pubstatus":|"items":'
    '|\\"|,|null'.split("|")
)
STARTS = (
    "\x01pnt0123 3 i 93  pnt 1\r\n",
    "\x16\x16\x01W2870\x1f_x\r\n",
    "<nitf>",
    "<newsMessage>",
    "<NewsML>",
    "<rss>",
    '{"uri": "a", "pubstatus": "usable", ',
    '[{"uri": "a", "bodies": ',
)


@examples(200)
@given(st.sampled_from(STARTS), st.lists(PIECES | st.text(max_size=5), max_size=25).map("".join))
def test_whatever_an_agency_sends_becomes_an_article_or_a_reason(
    tmp_path_factory: pytest.TempPathFactory, start: str, rest: str
) -> None:
    folder = tmp_path_factory.mktemp("wire")
    (folder / "a.xml").write_bytes((start + rest).encode("utf8", "replace"))
    try:
        found = [made(item) for item in items(folder / "a.xml", folder)]
    except Rejected as reason:
        found = [str(reason)]
    assert not [each for each in found if isinstance(each, str) and "searchapp itself failed" in each]
