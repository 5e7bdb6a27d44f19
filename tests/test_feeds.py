"""Feeds: an entry an article, with its own day, authors and address; what is odd in one costs no other."""

import gzip
import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from examples import examples
from hypothesis import given
from hypothesis import strategies as st

from searchapp.article import Dated
from searchapp.errors import Rejected
from searchapp.ingest.formats import identify, items, parse
from searchapp.ingest.raw import MAX_ARTICLE, Item, Raw

LONG = " ".join(["The council of Quellstadt voted on the harbour, and Mayor Ansa Verlund said it was dear."] * 12)
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
        name, _ = identify(item)
        raw = parse(item)
    except Rejected as reason:
        return f"{item.number}: {reason}"
    assert raw.id == name
    return raw


def only(found: list[Raw | str]) -> Raw:
    (raw,) = found
    assert isinstance(raw, Raw), raw
    return raw


def raws(found: list[Raw | str]) -> list[Raw]:
    assert all(isinstance(each, Raw) for each in found), found
    return [each for each in found if isinstance(each, Raw)]


def day(dated: Dated | None) -> str | None:
    return dated.first.isoformat() if dated and dated.precision == "day" else None


def rss(*entries: str, head: str = "", root: str = "") -> str:
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<!-- no <item> stands here --><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
  xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom" {root}>
<channel><title>The Quell Courier</title><link>https://courier.example/</link><language>de-AT</language>
<lastBuildDate>Tue, 01 Jun 2021 10:00:00 GMT</lastBuildDate>{head}
{"".join(f"<item>{entry}</item>" for entry in entries)}
</channel></rss>"""


def atom(*entries: str, head: str = "") -> str:
    return f"""<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en-GB"><title>The Quell Courier</title>
<id>urn:courier</id><updated>2021-06-01T00:00:00Z</updated>{head}
{"".join(f"<entry>{entry}</entry>" for entry in entries)}</feed>"""


# --- RSS


def test_an_item_becomes_an_article(read: Read) -> None:
    raw = only(
        read(
            "feed.xml",
            rss(
                "<title>Harbour &amp;amp; pier</title><link>https://courier.example/harbour</link>"
                '<guid isPermaLink="false">courier-harbour</guid><dc:creator>Ilse Varga</dc:creator>'
                "<dc:creator>Oskar Lind</dc:creator><pubDate>Tue, 27 Apr 2021 23:30:00 -0500</pubDate>"
                "<description>In short.</description>"
                f"<content:encoded><![CDATA[<p>{LONG}</p><p>It isn’t, he said.</p><script>x()</script>]]>"
                "</content:encoded>"
            ),
        )
    )
    assert (raw.id, raw.number, raw.title) == ("courier-harbour", 1, "Harbour & pier")
    assert raw.text == f"{LONG}\n\nIt isn’t, he said."
    assert (raw.url, raw.source, raw.language) == ("https://courier.example/harbour", "The Quell Courier", "de")
    assert (day(raw.published), raw.updated, raw.seen) == ("2021-04-27", None, "2021-04-28T04:30:00+00:00")
    assert [(cut.reason, cut.text) for cut in raw.removed] == [("byline", "Ilse Varga; Oskar Lind")]
    assert raw.noticed == ()


def test_a_summary_alone_is_marked_as_one(read: Read) -> None:
    found = raws(
        read(
            "feed.rss",
            rss(
                "<description>The harbour is dear.</description>",
                f"<description>{LONG}</description>",
                "<content:encoded>The harbour is dear, she said […]</content:encoded>",
                "<content:encoded>The harbour is dear, she said.</content:encoded>",
            ),
        )
    )
    assert [[(each.field, each.reason) for each in raw.noticed] for raw in found] == [
        [("text", "only a summary was there")],
        [],
        [("text", "cut off by where it comes from")],
        [],
    ]


@pytest.mark.parametrize(
    ("author", "names"),
    [
        ("<author>desk@courier.agency (Ilse Varga)</author>", "Ilse Varga"),
        (
            "<author>Ilse Varga &lt;desk@courier.example&gt;</author><author>Oskar Lind</author>",
            "Ilse Varga; Oskar Lind",
        ),
        ("<dc:creator>Ilse Varga</dc:creator><dc:creator>Ilse Varga</dc:creator>", "Ilse Varga"),
    ],
)
def test_authors_stand_in_many_forms(read: Read, author: str, names: str) -> None:
    raw = only(read("feed.xml", rss(f"{author}<description>{LONG}</description>")))
    assert [cut.text for cut in raw.removed] == [names]


def test_an_entry_without_a_day_has_none(read: Read) -> None:
    undated, unread, future = raws(
        read(
            "feed.xml",
            rss(
                f"<description>{LONG}</description>",
                f"<pubDate>soon</pubDate><description>{LONG}</description>",
                f"<pubDate>Thu, 07 Jul 2089 15:06:01 +0000</pubDate><description>{LONG}</description>",
            ),
        )
    )
    assert undated.published is None
    assert undated.noticed == ()
    assert undated.seen == ""
    assert unread.published is None
    assert [(each.field, each.reason) for each in unread.noticed] == [("published", "no day that can be read")]
    assert future.published is None
    assert [each.reason for each in future.noticed] == ["a day in the future"]


def test_ids_are_those_of_the_feed_or_the_place(read: Read) -> None:
    found = raws(
        read(
            "feed.xml",
            rss(
                f"<guid>https://courier.example/1</guid><description>{LONG}</description>",
                f"<link>https://courier.example/2</link><description>{LONG}</description>",
                f"<description>{LONG}</description>",
                f'<guid isPermaLink="false">417</guid><description>{LONG}</description>',
                f"<guid>https://courier.example/../5</guid><description>{LONG}</description>",
            ),
        )
    )
    assert [raw.id for raw in found] == [
        "https://courier.example/1",
        "https://courier.example/2",
        "feed.xml#3",
        "courier.example:417",
        "feed.xml#5",
    ]
    assert found[0].url == "https://courier.example/1"


def test_a_damaged_entry_costs_no_other(read: Read) -> None:
    good = f"<description>{LONG}</description>"
    data = rss(f"<title>One</title>{good}", f"<title>Two</titel>{good}", f"<title>Three</title>{good}")
    data = data.replace("<item><title>Three", "<item><title>Unclosed<item><title>Three")
    first, second, third, fourth = read("feed.xml", data)
    assert isinstance(first, Raw)
    assert isinstance(fourth, Raw)
    assert (first.title, fourth.title, fourth.number) == ("One", "Three", 4)
    assert isinstance(second, str)
    assert second.startswith("2: Its XML is damaged: Opening and ending tag mismatch")
    assert isinstance(third, str)
    assert third.startswith("3: Its XML is damaged")


def test_a_feed_that_breaks_off_keeps_what_stands_before(read: Read) -> None:
    data = rss(f"<description>{LONG}</description>", f"<description>{LONG}</description>")
    first, second = read("feed.xml", data[: data.rindex("Verlund")])
    assert isinstance(first, Raw)
    assert isinstance(second, str)
    assert second.startswith("2: Its XML is damaged")


def test_what_no_reader_of_feeds_stumbles_over_is_forgiven(read: Read) -> None:
    raw = only(
        read(
            "feed.xml",
            rss(
                "<title>Caf&eacute; A & B\x0b</title><media:thumb/>"
                f"<description>&hellip; {LONG} &unknown;</description>"
            ),
        )
    )
    assert raw.title == "Café A & B"
    assert raw.text == f"… {LONG} &unknown;"


def test_a_bare_ampersand_takes_no_sign_out_of_what_stands_behind_it(read: Read) -> None:
    """See findings/lxml-recover.sh."""
    firm = f"<title>AT&amp;T: 5 &lt; 6, R&#38;D</title><media:x/><description>{LONG}</description>"
    address = "<link>https://courier.example/?a=1&b=2</link>"
    first, second = raws(
        read("feed.xml", rss(f"{address}{firm}", firm, head="<x>A & B</x>").replace("Quell", "Q&amp;A"))
    )
    assert (first.title, second.title) == ("AT&T: 5 < 6, R&D", "AT&T: 5 < 6, R&D")
    assert (first.url, first.source) == ("https://courier.example/?a=1&b=2", "The Q&A Courier")


def test_entities_of_the_file_are_not_expanded(read: Read) -> None:
    bomb = '<!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;"><!ENTITY f SYSTEM "file:///etc/passwd">]>'
    data = rss(f"<description>{LONG} &b; &f;</description>").replace("<rss ", f"{bomb}<rss ")
    assert only(read("feed.xml", data)).text.endswith("&b; &f;")


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [("utf-8", "iso-8859-1"), ("windows-1252", "utf-8"), ("utf-16", "utf-16"), ("windows-1251", "windows-1251")],
)
def test_a_wrong_declaration_of_the_encoding_is_seen_through(read: Read, encoding: str, declared: str) -> None:
    word = "причал" if "1251" in encoding else "Café"
    data = rss(f"<title>{word}</title><description>{LONG}</description>").replace("UTF-8", declared).encode(encoding)
    assert only(read("feed.xml", data)).title == word


def test_sections_and_comments_hold_no_entries(read: Read) -> None:
    raw = only(
        read(
            "feed.xml", rss(f"<!-- <item></item> --><description><![CDATA[<item>{LONG}</item></item>]]></description>")
        )
    )
    assert LONG in raw.text


def test_the_build_day_of_a_feed_changes_no_article(tmp_path: Path) -> None:
    file = tmp_path / "feed.xml"
    digests = []
    for built in ("01 Jun", "02 Jun"):
        file.write_text(rss(f"<description>{LONG}</description>").replace("01 Jun", built))
        digests.append([identify(item)[1] for item in items(file, tmp_path)])
    assert digests[0] == digests[1]


def test_rss_1_and_0_90_are_read(read: Read) -> None:
    for namespace in ("http://purl.org/rss/1.0/", "http://my.netscape.com/rdf/simple/0.9/"):
        data = f"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="{namespace}"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="https://courier.example/">
<title>The Quell Courier</title><items><rdf:Seq><rdf:li resource="https://courier.example/a"/></rdf:Seq></items></channel>
<item rdf:about="https://courier.example/a"><title>A</title><link>https://courier.example/a</link>
<description>{LONG}</description><dc:date>2021-04-27T10:00:00+02:00</dc:date><dc:creator>Ilse Varga</dc:creator></item>
</rdf:RDF>"""
        raw = only(read("feed.rdf", data))
        assert (raw.id, raw.source, day(raw.published)) == (
            "https://courier.example/a",
            "The Quell Courier",
            "2021-04-27",
        )


def test_a_feed_whose_elements_have_a_prefix_is_read(read: Read) -> None:
    data = atom(f"<title>A</title><id>urn:a</id><content>{LONG}</content>").replace("xmlns=", "xmlns:a=")
    for name in ("feed", "title", "id", "updated", "entry", "content"):
        data = data.replace(f"<{name}>", f"<a:{name}>").replace(f"</{name}>", f"</a:{name}>")
    data = data.replace("<feed ", "<a:feed ")
    raw = only(read("feed.xml", data))
    assert (raw.id, raw.title, raw.source) == ("urn:a", "A", "The Quell Courier")


def test_a_feed_is_known_by_its_content_and_other_xml_is_refused(read: Read) -> None:
    assert only(read("feed.txt", rss(f"<description>{LONG}</description>"))).source == "The Quell Courier"
    zipped = gzip.compress(rss(f"<description>{LONG}</description>").encode())
    assert only(read("feed.xml.gz", zipped)).source == "The Quell Courier"
    for other, why in (
        ("<urlset><url/></urlset>", "its root is 'urlset'"),
        ("<orders><item>bread</item></orders>", "its root is 'orders'"),
        ("Bread is dear.", "no XML"),
    ):
        with pytest.raises(Rejected, match=re.escape(why)):
            read("sitemap.xml", other)
    with pytest.raises(Rejected, match="no element is called item or entry"):
        read("feed.xml", rss())


def test_an_entry_that_is_too_large_is_rejected_alone(read: Read) -> None:
    good = f"<description>{LONG}</description>"
    first, second, third = read("feed.xml", rss(good, f"<description>{'a ' * MAX_ARTICLE}</description>", good))
    assert isinstance(first, Raw)
    assert isinstance(third, Raw)
    assert second == "2: The article is too large: more than 10 MB."


def test_the_line_that_wordpress_adds_is_removed(read: Read) -> None:
    added = "The post Harbour first appeared on The Quell Courier."
    raw = only(read("feed.xml", rss(f"<content:encoded><![CDATA[<p>{LONG}</p><p>{added}</p>]]></content:encoded>")))
    assert raw.text == LONG
    assert [(cut.text, cut.reason) for cut in raw.removed] == [(added, "boilerplate of the site")]


@pytest.mark.parametrize(
    ("html", "text", "cuts"),
    [
        ("He said <q>bread is dear</q>.", "He said “bread is dear”.", []),
        ("<p>It is <del>cheap</del><ins>dear</ins>.</p>", "It is dear.", ["cheap"]),
        ("<p>A.</p><figure><img src='a'><figcaption>A crane.</figcaption></figure><p>B.</p>", "A.\n\nB.", ["A crane."]),
        ("One <b>line</b>.\nTwo.\n\nThree.", "One line.\nTwo.\n\nThree.", []),
        ("<h2>Head</h2>\nOne\nline.\n\nThree.", "Head\n\nOne line.\n\nThree.", []),
        ("<p>5 &lt; 6, AT&amp;T, <GM.N> rose 10<sup>5</sup></p>", "5 < 6, AT&T, <GM.N> rose 10⁵", []),
        (
            "<blockquote><p>Bread is dear.</p><cite>Ansa Verlund</cite></blockquote>",
            "“Bread is dear.”\n— Ansa Verlund",
            [],
        ),
        ("<p>A.<script>x()</script><noscript>y</noscript><!-- z --></p>", "A.", []),
        ("<p>" + "<b>" * 400 + "A." + "</b>" * 400, "A.", []),
    ],
)
def test_html_keeps_its_word(read: Read, html: str, text: str, cuts: list[str]) -> None:
    for data in (
        rss(f"<content:encoded><![CDATA[{html}]]></content:encoded>"),
        json_feed({"id": "urn:a", "content_html": html}),
    ):
        raw = only(read("feed.xml", data))
        assert (raw.text, [cut.text for cut in raw.removed]) == (text, cuts)


def test_a_headline_alone_is_no_article(read: Read) -> None:
    assert read("feed.xml", rss("<title>Harbour</title>")) == ["1: There is no text in it, only a headline."]


# --- Atom


def test_an_entry_of_atom_becomes_an_article(read: Read) -> None:
    raw = only(
        read(
            "feed.atom",
            atom(
                '<title type="html">A &lt;b&gt;harbour&lt;/b&gt;</title><id>tag:courier.example,2021:1</id>'
                '<link rel="self" href="x"/><link href="b/harbour"/><published>2021-04-27T23:30:00-05:00</published>'
                "<updated>2021-05-02T10:00:00Z</updated>"
                "<author><name>Ilse Varga</name><email>a@b.example</email></author>"
                "<author><name>Oskar Lind</name></author><summary>In short.</summary>"
                '<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Bread <b>is</b> dear.</p>'
                "<ul><li>One</li><li>Two</li></ul></div></content>",
                head='<link href="https://courier.example/"/><author><name>The desk</name></author>',
            ).replace("xml:lang", 'xml:base="https://courier.example/a/" xml:lang'),
        )
    )
    assert (raw.id, raw.title, raw.url) == (
        "tag:courier.example,2021:1",
        "A harbour",
        "https://courier.example/a/b/harbour",
    )
    assert raw.text == "Bread is dear.\n\nOne\n\nTwo"
    assert (day(raw.published), day(raw.updated), raw.language) == ("2021-04-27", "2021-05-02", "en")
    assert [cut.text for cut in raw.removed] == ["Ilse Varga; Oskar Lind"]


def test_a_day_of_an_update_is_not_that_of_publication(read: Read) -> None:
    raw = only(
        read("feed.xml", atom(f"<id>urn:a</id><updated>2021-05-02T10:00:00Z</updated><content>{LONG}</content>"))
    )
    assert (raw.published, day(raw.updated)) == (None, "2021-05-02")


def test_the_source_and_authors_of_an_entry_from_elsewhere_are_those_of_its_feed(read: Read) -> None:
    other, own = raws(
        read(
            "feed.xml",
            atom(
                "<id>urn:a</id><source><title>The Nesk Post</title><author><name>Oskar Lind</name></author></source>"
                f"<content>{LONG}</content>",
                f"<id>urn:b</id><content>{LONG}</content>",
                head="<author><name>The desk</name></author>",
            ),
        )
    )
    assert (other.source, other.removed[0].text) == ("The Nesk Post", "Oskar Lind")
    assert (own.source, own.removed[0].text) == ("The Quell Courier", "The desk")


def test_an_id_is_not_resolved_against_the_base(read: Read) -> None:
    data = atom(f"<id>a1</id><content>{LONG}</content>").replace(
        "xml:lang", 'xml:base="https://courier.example/" xml:lang'
    )
    assert only(read("feed.xml", data)).id == "a1"


def test_an_entry_by_itself_is_an_article_without_a_number(read: Read) -> None:
    data = f'<?xml version="1.0"?><entry xmlns="http://www.w3.org/2005/Atom"><title>A</title><content>{LONG}</content></entry>'
    raw = only(read("a.xml", data))
    assert (raw.id, raw.number, raw.title) == ("a.xml", None, "A")


def test_plain_text_keeps_what_looks_like_a_ticker(read: Read) -> None:
    raw = only(
        read("feed.xml", atom(f'<id>urn:a</id><content type="text">5 &lt; 6, AT&amp;T, &lt;GM.N&gt; {LONG}</content>'))
    )
    assert raw.text.startswith("5 < 6, AT&T, <GM.N> ")


# --- WordPress

WXR = 'xmlns:wp="http://wordpress.org/export/1.2/" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"'


def post(title: str, *, kind: str = "post", status: str = "publish", more: str = "") -> str:
    return (
        f"<title>{title}</title><link>https://courier.example/{title}</link>"
        "<pubDate>Tue, 27 Apr 2021 22:30:00 +0000</pubDate>"
        f'<dc:creator>varga</dc:creator><guid isPermaLink="false">https://courier.example/?p={title}</guid>'
        f"<content:encoded><![CDATA[First line of it.\n\nSecond, she said. {LONG}]]></content:encoded>"
        f"<excerpt:encoded></excerpt:encoded><wp:post_date>2021-04-28 00:30:00</wp:post_date>{more}"
        f"<wp:status>{status}</wp:status><wp:post_type><![CDATA[{kind}]]></wp:post_type>"
    )


def test_of_what_wordpress_exports_posts_and_pages_that_are_published_are_articles(read: Read) -> None:
    found = read(
        "export.xml",
        rss(
            post("a"),
            post("b", kind="page"),
            post("c", kind="attachment", status="inherit"),
            post("d", status="draft"),
            post("e", kind="nav_menu_item"),
            post("f", status="private"),
            post("g", status="future"),
            post("h", more="<wp:post_password>bread</wp:post_password>"),
            root=WXR,
        ),
    )
    assert [each.title for each in found if isinstance(each, Raw)] == ["a", "b"]
    assert [each for each in found if isinstance(each, str)] == [
        "3: It is neither a post nor a page: WordPress calls it 'attachment'.",
        "4: It is a draft.",
        "5: It is neither a post nor a page: WordPress calls it 'nav_menu_item'.",
        "6: It is private.",
        "7: It is not published yet.",
        "8: It is not public: WordPress asks for a password.",
    ]


def test_codes_of_wordpress_are_no_words(read: Read) -> None:
    text = (
        '[caption id="a" width="9"]<img src="a.jpg" /> A crane.[/caption][dropcap]M[/dropcap]ayor Ansa Verlund [sic]'
        ' said so [gallery ids="1,2"].\n\n[vc_row][su_quote cite="x"]Bread [today] is dear.[/su_quote][/vc_row]'
    )
    raw = only(read("export.xml", rss(post("a").replace("First line of it.", text), root=WXR)))
    assert raw.text.startswith("Mayor Ansa Verlund [sic] said so .\n\nBread [today] is dear.\n\nSecond, she said.")
    assert [cut.text for cut in raw.removed] == ["varga", "A crane."]


def test_the_day_of_a_post_is_that_of_its_newsroom(read: Read) -> None:
    raw = only(
        read("export.xml", rss(post("a", more="<wp:post_modified>2021-05-02 10:00:00</wp:post_modified>"), root=WXR))
    )
    assert (day(raw.published), day(raw.updated)) == ("2021-04-28", "2021-05-02")
    assert raw.text.startswith("First line of it.\n\nSecond, she said.")


def test_of_what_blogger_exports_only_posts_are_articles(read: Read) -> None:
    kind = '<category scheme="http://schemas.google.com/g/2005#kind" term="http://schemas.google.com/blogger/2008/kind#{}"/>'
    draft = '<app:control xmlns:app="http://www.w3.org/2007/app"><app:draft>yes</app:draft></app:control>'
    content = f"<content>{LONG}</content>"
    found = read(
        "blog.xml",
        atom(kind.format("post") + content, kind.format("settings") + content, kind.format("post") + draft + content),
    )
    assert isinstance(found[0], Raw)
    assert found[1:] == ["2: It is neither a post nor a page: Blogger calls it 'settings'.", "3: It is a draft."]


def test_comments_are_no_articles(read: Read) -> None:
    reply = '<thr:in-reply-to xmlns:thr="http://purl.org/syndication/thread/1.0" ref="urn:a"/>'
    assert read("feed.xml", atom(f"{reply}<content>{LONG}</content>")) == ["1: It is a reader's comment."]
    link = "<guid>https://courier.example/harbour#comment-417</guid>"
    assert read("feed.xml", rss(f"{link}<description>{LONG}</description>")) == ["1: It is a reader's comment."]


def test_a_feed_of_many_papers_names_each(read: Read) -> None:
    entry = (
        '<title>Harbour to be dredged - The Nesk Post</title><source url="https://nesk.example">The Nesk Post</source>'
    )
    full = f'<yandex:full-text xmlns:yandex="http://news.yandex.ru">{LONG}</yandex:full-text>'
    raw = only(read("feed.xml", rss(f"{entry}<description>In short.</description>{full}")))
    assert (raw.title, raw.source, raw.text) == ("Harbour to be dredged", "The Nesk Post", LONG)


def test_a_story_in_an_entry_is_read_as_one(read: Read) -> None:
    head = "<body.head><dateline>NESK</dateline></body.head>"
    story = f"<nitf><body>{head}<body.content><p>{LONG}</p></body.content></body></nitf>"
    raw = only(
        read("feed.xml", atom(f'<id>urn:a</id><title>Harbour</title><content type="text/xml">{story}</content>'))
    )
    assert (raw.id, raw.title, raw.place, raw.text) == ("urn:a", "Harbour", "Nesk", LONG)


# --- JSON Feed


def json_feed(*entries: dict[str, object], **head: object) -> str:
    about = {"version": "https://jsonfeed.org/version/1.1", "title": "The Quell Courier", "language": "en-GB"}
    return json.dumps(about | {"home_page_url": "https://courier.example/"} | head | {"items": list(entries)})


def test_an_item_of_a_json_feed_becomes_an_article(read: Read) -> None:
    first, second, third = raws(
        read(
            "feed.json",
            json_feed(
                {
                    "id": "urn:a",
                    "url": "/a",
                    "title": "Harbour",
                    "content_html": f"<p>{LONG}</p>",
                    "date_published": "2021-04-27T23:30:00-05:00",
                    "date_modified": "2021-05-02T10:00:00Z",
                    "authors": [{"name": "Ilse Varga"}, {"name": "Oskar Lind"}],
                },
                {"id": 2, "summary": 'In [short]: "it}\'s" dear.', "author": {"name": "Ilse Varga"}},
                {"content_text": "Bread is dear."},
                authors=[{"name": "The desk"}],
            ),
        )
    )
    assert (first.id, first.number, first.title, first.url) == ("urn:a", 1, "Harbour", "https://courier.example/a")
    assert (first.text, first.source, first.language) == (LONG, "The Quell Courier", "en")
    assert (day(first.published), day(first.updated)) == ("2021-04-27", "2021-05-02")
    assert [cut.text for cut in first.removed] == ["Ilse Varga; Oskar Lind"]
    assert (second.id, [each.reason for each in second.noticed]) == ("courier.example:2", ["only a summary was there"])
    assert (third.id, third.published, third.removed[0].text) == ("feed.json#3", None, "The desk")


def test_a_json_feed_that_breaks_off_keeps_what_stands_before(read: Read) -> None:
    data = json_feed({"id": "a", "content_text": LONG}, {"id": "b", "content_text": LONG})
    first, second = read("feed.json", data[:-30])
    assert isinstance(first, Raw)
    assert first.id == "a"
    assert isinstance(second, str)
    assert second.startswith("2: It is not JSON")


# --- whatever stands in them

TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=40)


@examples(60)
@given(st.lists(TEXTS, min_size=1, max_size=4), st.integers(1, 2**17))
def test_every_entry_is_found_wherever_a_block_of_the_file_ends(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str], gap: int
) -> None:
    folder = tmp_path_factory.mktemp("feed")
    entries = [
        f"<guid>urn:{number}</guid><description><![CDATA[{text}]]></description>"
        for number, text in enumerate(texts)
        if "]]>" not in text
    ]
    (folder / "feed.xml").write_text(
        rss(*entries, head=f"<!--{' ' * gap}-->") if entries else rss("<guid>urn:0</guid>"), encoding="utf8"
    )
    assert [identify(item)[0] for item in items(folder / "feed.xml", folder)] == [
        f"urn:{number}" for number in range(max(1, len(entries)))
    ]


@examples(60)
@given(
    st.lists(st.dictionaries(TEXTS, TEXTS | st.lists(TEXTS, max_size=2), max_size=3), min_size=1, max_size=4),
    st.integers(0, 2**17),
)
def test_every_object_is_found_wherever_a_block_of_the_file_ends(
    tmp_path_factory: pytest.TempPathFactory, objects: list[dict[str, object]], gap: int
) -> None:
    folder = tmp_path_factory.mktemp("feed")
    entries = [each | {"id": f"urn:{number}"} for number, each in enumerate(objects)]
    (folder / "feed.json").write_text(json_feed(*entries, description="[{" * (gap // 2)), encoding="utf8")
    assert [identify(item)[0] for item in items(folder / "feed.json", folder)] == [
        f"urn:{number}" for number in range(len(entries))
    ]
