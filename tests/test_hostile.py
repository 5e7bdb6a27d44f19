"""Whatever text comes in, each public function of ingest ends in time linear in its length, with valid offsets.

Time is that of the processor, so that other work on the machine does not count, and is compared with itself: eight
times the text may take twelve times as long. Texts have 16 kB here, where a quadratic step of a nanosecond takes a
quarter of a second, thrice what is granted; and a megabyte for ``ingest`` as a whole on the slowest of them; with
--torture all have a megabyte.
"""

import html
import json
import re
from collections.abc import Callable
from contextlib import suppress
from io import BytesIO

import pytest
import timing
from examples import examples
from hypothesis import example, given
from hypothesis import strategies as st
from raws import raw_of

from searchapp.analysis import Span, letters
from searchapp.article import Article, Speaker, Statement
from searchapp.errors import Rejected
from searchapp.ingest import ingest
from searchapp.ingest.attribution import names, namesakes, people, persons
from searchapp.ingest.attribution import text as sentences
from searchapp.ingest.attribution.people import People
from searchapp.ingest.attribution.statement_days import statement_day
from searchapp.ingest.attribution.statements import attribute
from searchapp.ingest.cleaning.article import clean
from searchapp.ingest.cleaning.blocks import blocks_of
from searchapp.ingest.cleaning.datelines import dateline_of
from searchapp.ingest.cleaning.paragraphs import Cleaned
from searchapp.ingest.cleaning.spacing import is_split, part_glued, part_sentences
from searchapp.ingest.dating.addresses import path_day, url_day
from searchapp.ingest.dating.dates import day_first_evidence, find_dates
from searchapp.ingest.dating.details import date_prefix, is_date_label, is_date_line, without_date_prefixes
from searchapp.ingest.dating.metadata import parse_date
from searchapp.ingest.dating.publication import decide
from searchapp.ingest.formats import FORMATS, identify, parse
from searchapp.ingest.formats.decoding import decode, tidy
from searchapp.ingest.formats.text import original
from searchapp.ingest.language import language_of
from searchapp.ingest.profile import Profile, line_key, site_of
from searchapp.ingest.raw import Item, path_source
from searchapp.ingest.stubs import stub, without_calls
from searchapp.sanitize import plain
from searchapp.web import layout as reading

SMALL, LARGE = 2_000, 125_000  # code points of the shorter text; the longer has eight times as many
SLOWEST = 60  # seconds, whatever the text
FACTOR, SLACK = 1.5, 0.08  # how much worse than linear is noise; seconds that are always granted

UNITS = {
    "one token": "a",
    "one capital": "A",
    "digits": "7",
    "digits and slashes": "1/2/",
    "dates": "5/7/2021 ",
    "dates in words": "May 5, 2020\n",
    "capitals": "AB CD ",
    "lines of capitals": "ABC DE\n",
    "names": "Ilse Varga ",
    "names and verbs": "Ilse Varga said Oskar Lind told ",
    "names joined": "Ilse Varga, Oskar Lind and ",
    "punctuation": ".!?,;:",
    "leaders": ". ",
    "leaders in a line": "fee . . . . . . . . euros ",
    "ellipses": "…",
    "stops and quotes": '."',
    "stops and brackets": ')."',
    "dashes": "– - — ",
    "open brackets": "([{",
    "codes": '[caption b="x" c=y] ',
    "a code without an end": ' b="x"',
    "nested brackets": "(a [b {c ",
    "nested quotes": "“‘«\"'",
    "quotes that never close": "“He said ",
    "closing quotes": "” ’ » ",
    "quoted paragraphs": "“Bread is dear,\n\n",
    "newlines": "\n",
    "spaces": " \t",
    "zero width": "\u200b\u200d\ufeff",
    "combining": "a\u0301\u0323\u0302",
    "combining alone": "\u0301",
    "apostrophes": "'’`",
    "photo marks": "(Photo: X)Y",
    "open photo marks": "(Photo: ",
    "numbered photos": "photo 1 ",
    "datelines": "NESK (PNT) – ",
    "dateline paragraphs": "NESK, May 5, 2020 (PNT) – Bakers agreed on a smaller loaf.\n",
    "share controls": "share tweet ",
    "hashtags": "#a ",
    "breadcrumbs": "Home > ",
    "end marks": "./.",
    "end marks in lines": "Bakers agreed on a loaf./.\n",
    "sources": "Source: ",
    "cache notices": "cached version of “",
    "bullets": "• a smaller loaf\n",
    "clock times": "10:15 Ferry late\n",
    "teasers": "Bakers agreed on a smaller loaf…\n",
    "other stories": "See more\n",
    "glued words": "theof thein tothe of in a ",
    "short lines": "Ab c\n",
    "initials": "T\nhe ",
    "sentences": "The minister said that it was so. ",
    "sentences in lines": "The minister said that it was so.\n\n",
    "wrapped lines": "word word word word word word word word word word\n",
    "labels": "Varga: Yes.\n",
    "pronouns": "He said she told him that they said ",
    "commas": "the minister, who said, ",
    "tags": "<b>",
    "open tags": "<a href='",
    "scripts": "<script>",
    "entities": "&amp;&#39;",
    "mojibake": "â€œÃ©",
    "addresses": "https://a.example/2021/05/05/ ",
}
SLOW = ("names and verbs", "glued words")


def has_valid_offsets(statements: tuple[Statement, ...], body: str) -> bool:
    spans = [(statement.start, statement.end) for statement in statements]
    spans += [(span.start, span.end) for statement in statements for span in statement.content]
    return all(0 <= start < end <= len(body) for start, end in spans)


def ingested(text: str) -> None:
    try:
        made: Article = ingest(raw_of(text), Profile(), People())
    except Rejected:
        return
    assert has_valid_offsets(made.statements, made.body)


def parsed(path: str, data: bytes) -> None:
    try:
        raw = parse(Item(path, 1 if path.endswith("l") else None, data))
    except Rejected:
        return
    assert any(letter.isalnum() for letter in raw.text)


NITF = """<nitf><body><body.head><dateline>{0}</dateline><byline>{0}</byline></body.head>
<body.content>{0}</body.content></body></nitf>"""
RSS = "<rss><item><title>{0}</title><author>{0}</author><description>{0}</description></item></rss>"
NEWSML = """<newsItem guid="{0}"><contentMeta><headline>{0}</headline></contentMeta><contentSet>
<inlineData>{0}</inlineData></contentSet></newsItem>"""
WXR = """<rss xmlns:wp="http://wordpress.org/export/1.2/" xmlns:content="http://purl.org/rss/1.0/modules/content/">
<item><content:encoded>{0}</content:encoded><wp:post_type>post</wp:post_type></item></rss>"""
NINJS = ("uri", "versioncreated", "pubstatus", "located", "headline", "byline", "body_text", "body_xhtml")


def escape(text: str) -> str:
    return html.escape(text).replace("\x00", "")


def parts(name: str, data: bytes) -> None:
    with suppress(Rejected):
        format = next(each for each in FORMATS.values() if each.sniff(data[:4_096]))
        list(format.split(BytesIO(data), name))


def cleaned(text: str) -> Cleaned:
    return clean(text, title=None, is_html=False, site="", profile=Profile())


def cleaned_as_known(text: str) -> None:
    profile = Profile.of(raw_of(text, id=str(number), digest=str(number), source="Post") for number in range(2))
    clean(text, title="A loaf", is_html=True, site="Post", profile=profile)


def attributed(text: str) -> None:
    speakers, statements = attribute(text, published=parse_date("2021-09-29", origin="x"), people=People())
    assert has_valid_offsets(statements, text)
    assert {speaker for statement in statements for speaker in statement.speakers} == set(speakers)


def dated(text: str) -> None:
    decide(head=text, dateline=text, body="", tail=text, url=text, day_first=None, page=text)


def all_dates_lie_inside(text: str) -> None:
    assert all(0 <= date.start < date.end <= len(text) for date in find_dates(text))


def written_forms(text: str) -> None:
    forms = dict.fromkeys(text.split("\n"), 1) | {f"{text[at : at + 12]} {at}": 1 for at in range(0, 20_000, 20)}
    namesakes.canonical(forms, People())


FUNCTIONS: dict[str, Callable[[str], object]] = {
    "decode": lambda text: decode(text.encode("utf8", "replace")),
    "tidy": tidy,
    "plain": plain,
    "plain of html": lambda text: plain(f"<p>{text}"),
    "parse text": lambda text: parsed("a.txt", text.encode()),
    "parse a line": lambda text: parsed("a.jsonl", json.dumps({"text": text, "title": text, "date": text}).encode()),
    "parse a line with an address": lambda text: parsed("a.jsonl", json.dumps({"text": "x", "url": text}).encode()),
    "parse a line of html": lambda text: parsed("a.jsonl", json.dumps({"html": f"<html><p>{text}"}).encode()),
    "parse an entry": lambda text: parsed("a.rss", RSS.format(escape(text)).encode()),
    "parse a post": lambda text: parsed("a.xml", WXR.format(escape(text)).encode()),
    "parse a story in NITF": lambda text: parsed("a.xml", NITF.format(escape(text)).encode()),
    "parse an item of NewsML": lambda text: parsed("a.xml", NEWSML.format(escape(text)).encode()),
    "parse ninjs": lambda text: parsed("a.json", json.dumps(dict.fromkeys(NINJS, text)).encode()),
    "parse a story of IPTC 7901": lambda text: parsed("a.txt", f"\x01pnt1 3 i 9  x 1\n\x02{text}".encode()),
    "parse a story of ANPA": lambda text: parsed("a.txt", f"\x01W2870\x1f_x\n\x02^{text}".encode()),
    "cut a feed": lambda text: parts("a.rss", f"<rss>{text}<item>{text}".encode()),
    "cut JSON": lambda text: parts("a.json", f'{{"uri": "a", "pubstatus": [{text}'.encode()),
    "parse a bare line": lambda text: parsed("a.jsonl", text.encode()),
    "parse rich text": lambda text: parsed("a.rtf", b"{\\rtf1 " + text.encode("utf8", "replace")),
    "parse groups of rich text": lambda text: parsed("a.rtf", b"{\\rtf1 " + text.replace("a", "\\field{").encode()),
    "parse a message": lambda text: parsed("a.eml", b"Subject: x\nFrom: y\n\n" + text.encode()),
    "parse the head of a message": lambda text: parsed("a.eml", text.encode()),
    "parse a page": lambda text: parsed("a.html", f"<html><body><p>{text}<blockquote>{text}".encode()),
    "parse Markdown": lambda text: parsed("a.md", text.encode()),
    "split an archive": lambda text: list(FORMATS["warc"].split(BytesIO(b"WARC/1.0\n" + text.encode()), "a.warc")),
    "split a box": lambda text: list(FORMATS["mail"].split(BytesIO(text.encode()), "a.mbox")),
    "decode Latin letters": lambda text: decode(text.encode() + b"\xb3\xe9"),
    "stub": lambda text: stub(text, text),
    "without_calls": without_calls,
    "original": original,
    "identify": lambda text: identify(Item(f"{text[:500]}.txt", None, text.encode())),
    "path_source": path_source,
    "clean": cleaned,
    "clean with a profile": cleaned_as_known,
    "blocks_of": lambda text: blocks_of(text, titled=True, is_html=False),
    "letters": letters,
    "dateline_of": dateline_of,
    "part_glued": lambda text: part_glued(text.split("\n"), str.islower),
    "part_sentences": part_sentences,
    "is_split": lambda text: is_split("A", text),
    "find_dates": all_dates_lie_inside,
    "decide": dated,
    "parse_date": lambda text: parse_date(text, origin="x"),
    "statement_day": lambda text: statement_day(text, parse_date("2021-09-29", origin="x")),
    "path_day": path_day,
    "url_day": url_day,
    "date_prefix": date_prefix,
    "is_date_line": is_date_line,
    "is_date_label": is_date_label,
    "without_date_prefixes": without_date_prefixes,
    "day_first_evidence": day_first_evidence,
    "language_of": language_of,
    "Profile.of": lambda text: Profile.of([raw_of(text)]),
    "line_key": line_key,
    "site_of": lambda text: site_of(raw_of("x", source=text)),
    "spelling": people.spelling,
    "name_words": names.name_words,
    "canonical": written_forms,
    "sentences.read": sentences.read,
    "persons.find": lambda text: persons.find(sentences.read(text), People()),
    "attribute": attributed,
    "ingest": ingested,
}


def seconds(function: Callable[[str], object], text: str) -> float:
    def work() -> None:
        with suppress(Rejected):
            function(text)

    return timing.seconds(work)


def assert_linear(function: Callable[[str], object], unit: str, small: int) -> None:
    text = unit * (8 * small // len(unit))
    long = seconds(function, text)
    if long > SLACK:
        bound = 8 * FACTOR * seconds(function, text[: len(text) // 8]) + SLACK
        assert long <= bound or seconds(function, text) <= bound  # other work on the machine only adds to the time
    assert long < SLOWEST


@pytest.mark.slow
@pytest.mark.parametrize("name", FUNCTIONS)
def test_time_is_linear_in_the_length(name: str, pytestconfig: pytest.Config) -> None:
    small = LARGE if pytestconfig.getoption("--torture") else SMALL
    seconds(FUNCTIONS[name], "Ein Wort")  # what is loaded once is loaded
    for unit in UNITS.values():
        assert_linear(FUNCTIONS[name], unit, small)


@pytest.mark.slow
@pytest.mark.parametrize("unit", SLOW)
def test_a_megabyte_is_ingested(unit: str) -> None:
    assert_linear(ingested, UNITS[unit], LARGE)


WORDS = st.sampled_from([*UNITS.values(), "Varga", " said ", "\n\n", ". ", "on May 5, ", "the ", "minister "])


@examples(100)
@given(st.lists(WORDS | st.text(max_size=20), max_size=40).map("".join))
@example("🅐 said. Ms 🅐 said so.")
def test_any_text_is_taken(text: str) -> None:
    for function in FUNCTIONS.values():
        seconds(function, text)


PIECES = (
    """
    date 2021-04-27|published: 2021-04-27 10:15|Tuesday, 27 April 2021|4/27/21|30 February 2021|29 February|
    0000-00-00|2021-00-10|April 2021|ngày 27/4|Updated: 3 May|2021年4月27日|(Photo: PNT)|[Photo: PNT]|photo 1|
    Photo 12:|Caption:|FILE -|NESK (PNT) –|NESK, May 5 (PNT) —|(PNT)|HÀ NỘI -|By Ilse Varga|Source: PNT|
    Reporting by Oskar Lind|./.|###|---|(ENDS)|© 2021 PNT|Read more|See more:|Tags: a, b|Share|Advertisement|* * *|
    •|1.|Q:|VARGA:|Varga (smiling):|“|”|"|’|«|»|(|)|[|]|he said|she told reporters|says Lind|according to|Mr. Lind|
    Oskar Lind, the minister of trade,|Ilse and Oskar Varga said|the minister|who|it|added:|Dr|St.|van der|O'|al-|
    Jr.|X.|T|T he railway|L ORVIK|elwyn|Bread is dear.|the day before|“Bread is dear,” said Ilse Varga.|
    The harbour opens in spring and the last crane arrives this week.|…|...|.|,|:|!|?|-|–|сказал|của|ß|İ|ǅ|ﬁ|ﷺ|Ⅷ|①|
    ½|🅐|ａ|中|א|\u0301|<b>|&amp;|%
""".replace("\n    ", "")
    .strip()
    .split("|")
)
SPACES = [
    "",
    " ",
    "  ",
    "\t",
    "\n",
    "\n\n",
    "\r",
    "\x0b",
    "\x0c",
    "\x1f",
    "\x85",
    *"\u00a0\u00ad\u2003\u2009\u200b\u2028\u202f\u3000",
]
NEWSLIKE = st.lists(
    st.lists(st.sampled_from(PIECES) | st.sampled_from(SPACES) | st.text(max_size=4), max_size=7).flatmap(
        lambda pieces: st.sampled_from([" ", ""]).map(lambda space: space.join(pieces))
    ),
    max_size=12,
).flatmap(lambda lines: st.sampled_from(["\n", "\n\n"]).map(lambda gap: gap.join(lines)))


@examples(300)
@given(NEWSLIKE, st.sampled_from(["a.txt", "mna/2021-04-27/a.txt", "a.html", "a.jsonl", "a.md", "a.eml"]))
@example(" date 2021-04-27 ", "a.txt")
def test_whatever_stands_in_a_file_no_step_fails(text: str, path: str) -> None:
    """What a step raises would cost the article (see steps.py), so that only its sentence tells a fault of ours."""
    lines, page = path.endswith(".jsonl"), path.endswith(".html")
    if lines:
        text = json.dumps({"title": text[:40], "text": text, "speakers": text.split()[:3]})
    if page:
        text = f"<article><h1>{text[:40]}</h1><p>{text}</p></article>".replace("\n", "</p><p>")
    item = Item(path, 1 if lines else None, text.encode("utf8", "surrogatepass"))
    try:
        identify(item)
        raw = parse(item)
        ingest(raw, Profile.of([raw]), People())
    except Rejected as reason:
        if "searchapp itself failed" in str(reason):
            raise


def laid_out(text: str) -> None:
    spans = [Span(*found.span()) for found in re.finditer("“[^”]*” [^.]*[.]", text)]
    speakers = (Speaker("Ilse Varga"),)
    statements = tuple(Statement(speakers, "said", "direct", None, 0.9, *span, (span,)) for span in spans)
    article = Article("a", None, text, statements=statements)
    marks = [Span(*found.span()) for found in re.finditer("dear", text)]
    shown = reading.paragraphs(article, marks)
    assert sum(len(run.begun) for paragraph in shown for run in paragraph.stretches) == len(statements)
    for statement in statements:
        reading.as_said(article, statement, marks, Span(statement.start, statement.end))


@pytest.mark.slow
@pytest.mark.parametrize("gap", ["\n\n", " "])
def test_a_megabyte_of_statements_is_laid_out(gap: str) -> None:
    assert_linear(laid_out, f"“Bread is dear,” said Ilse Varga.{gap}", LARGE)
