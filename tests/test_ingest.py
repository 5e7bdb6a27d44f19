"""From a raw file to an article: metadata first, then what the text says, then the path."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import golden_ingest
import pytest
from raws import raw_of

from searchapp.article import Article, Dated
from searchapp.errors import Rejected
from searchapp.ingest import ingest
from searchapp.ingest.attribution.people import People
from searchapp.ingest.formats import parse
from searchapp.ingest.language import language_of
from searchapp.ingest.profile import Profile
from searchapp.ingest.raw import Item, Raw

STORY = (
    "Bakers agree on a smaller loaf\n\n"
    "Lorvik (PNT) – Bakers will sell a smaller loaf at the old price, baker"
    " Tomas Arden said on April 26, 2021.\n\n"
    "“Nobody eats the last slice anyway,” Arden said.\n\n"
    "Shoppers in the market of the old town were divided about it./.\n\nPNT"
)


def article(raw: Raw, profile: Profile | None = None) -> Article:
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


@pytest.mark.parametrize(
    ("path", "published"),
    [
        ("2018/03/05/loaf.txt", ("2018-03-05", "day", "path")),
        ("2019/03/05/loaf.txt", ("2018-03-01", "month", "head")),
        ("loaf.txt", ("2018-03-01", "month", "head")),
    ],
)
def test_the_path_narrows_a_month_down(path: str, published: tuple[str, str, str]) -> None:
    text = "Bakers agree\n\nMarch 2018\n\nBakers agreed on a smaller loaf at the old price, after a long quarrel."
    found = article(raw_of(text, path=path)).published
    assert found
    assert (str(found.first), found.precision, found.origin) == published


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
        ("4711", "und"),
        ("Fried egg", "en"),
        ("وصلت العبارة إلى الميناء وعاد الطاقم إلى بيته.", "ar"),
        ("وصلت العبارة إلى الميناء وعاد الطاقم إلى بيته the end", "ar"),
        ("渡船已经回到港口，船员都回家了。", "zh"),
        ("Prom wrócił do portu, a załoga poszła do domu.", "pl"),
        ("De veerboot ligt in de haven en de bemanning is naar huis.", "nl"),
        ("Feribot limana döndü, mürettebat evine gitti.", "tr"),
        ("Lautta palasi satamaan ja miehistö lähti kotiin.", "fi"),
        ("Паром повернувся до порту, команда пішла додому.", "uk"),
        ("Torv says no.", "en"),
        ("Shr 34 cts vs 30 cts Net 43,000 vs 39,000", "en"),
        ("Dao Thanh Long praised Nguyen Van Torv in Hanoi.", "en"),
        ("OLDBAY FERRY SINKS IN HARBOUR", "en"),
        ("Mia Torv, Jonas Beld, Karel Brandt", "und"),
        ("", "und"),
    ],
)
def test_languages(text: str, language: str) -> None:
    assert language_of(text) == language


@pytest.mark.parametrize(
    ("text", "declared", "language"),
    [
        ("The ferry is in the harbour and the crew has gone home.", "de", "en"),
        ("Die Fähre ist im Hafen, und die Mannschaft ist nicht an Bord.", "en", "de"),
        ("Borgmesteren sagde, at broen åbner fredag.", "da", "da"),
        ("Borgmesteren sagde, at broen åbner fredag.", "nb", "nb"),
        ("Gradonačelnik je rekao da će most biti otvoren u petak.", "bs", "bs"),
        ("4711", "sv", "sv"),
    ],
)
def test_a_declared_language_is_believed_where_the_text_does_not_contradict_it(
    text: str, declared: str, language: str
) -> None:
    assert language_of(text, declared) == language


def test_statements_are_looked_for_in_english_only() -> None:
    german = (
        "Der Rat tagt\n\nDer Grund: Niemand wollte das Amt. „Ich repariere die Kräne“, said Mia Torv am Donnerstag."
    )
    made = article(replace(raw_of(german), speakers=("Mia Torv",)))
    assert (made.language, made.statements, [each.name for each in made.speakers]) == ("de", (), ["Mia Torv"])


# The kinds of dirt that scraped newswire was seen to hold, and the articles of ours that hold them.
KINDS = {
    "dates": {
        "a prefix that disagrees with the text": "date-prefix-disagrees",
        "a prefix that is the crawl's day years later": "date-prefix-of-the-crawl",
        "a bare first line with the crawl's day": "date-bare-first-line-crawl",
        "updated a day after published, with the weather beside it": "date-updated-with-weather",
        "created and updated in one bar": "date-created-and-updated-in-one-bar",
        "a dateline a day before the site's stamp": "date-dateline-before-stamp",
        "day first": "date-day-first",
        "month first": "date-month-first",
        "dotted": "date-dotted",
        "times with zones": "date-time-with-zone",
        "a relative age": "date-relative-age",
        "weekday only": "date-weekday-only",
        "day without year": "related-and-teasers",
        "the year only in a copyright line": "date-year-in-copyright-line",
        "a wrong year in a background paragraph": "date-year-from-background",
        "the real date after the body": "date-behind-the-body",
        "other dates in captions and readers' comments": "date-in-captions-and-comments",
    },
    "the styles of agencies": {
        "VNA": "agency-vna",
        "VNA, another day": "agency-vna-again",
        "Xinhua": "agency-xinhua",
        "Xinhua, another day": "agency-xinhua-again",
        "TASS": "agency-tass",
        "TASS, another day": "agency-tass-again",
        "Interfax": "agency-interfax",
        "Interfax, another day": "agency-interfax-again",
        "AP": "agency-ap",
        "AP, another day": "agency-ap-again",
        "Reuters": "agency-reuters",
        "Reuters, another day": "agency-reuters-again",
        "AFP": "agency-afp",
        "AFP, another day": "agency-afp-again",
        "ANSA": "agency-ansa",
        "ANSA, another day": "agency-ansa-again",
        "Bernama": "agency-bernama",
        "Bernama, another day": "agency-bernama-again",
        "Antara": "agency-antara",
        "Antara, another day": "agency-antara-again",
        "Yonhap": "agency-yonhap",
        "Yonhap, another day": "agency-yonhap-again",
        "Kyodo": "agency-kyodo",
        "Kyodo, another day": "agency-kyodo-again",
        "Anadolu": "agency-anadolu",
        "Anadolu, another day": "agency-anadolu-again",
        "IRNA": "agency-irna",
        "IRNA, another day": "agency-irna-again",
        "PTI": "agency-pti",
        "PTI, another day": "agency-pti-again",
        "Reuters without brackets around the credits": "agency-reuters-without-brackets",
    },
    "genres": {
        "a ministry's release": "genre-release",
        "a ministry's release, another office": "genre-release-again",
        "a speech": "genre-speech",
        "a speech, another office": "genre-speech-again",
        "an interview": "genre-interview",
        "an interview, another office": "genre-interview-again",
        "a parliamentary record": "genre-parliament",
        "a parliamentary record, another office": "genre-parliament-again",
        "a press conference": "genre-press-conference",
        "a press conference, another office": "genre-press-conference-again",
    },
    "headlines": {
        "missing": "headline-missing",
        "run on after the prefix": "headline-after-the-prefix",
        "two times": "date-in-captions-and-comments",
        "three times": "headline-three-times",
        "glued to a numbered caption": "headline-glued-to-a-numbered-caption",
        "only in a cache notice": "headline-only-in-a-cache-notice",
        "a standfirst that repeats the lead": "headline-with-standfirst-and-bullets",
        "bullets that repeat the lead": "headline-with-standfirst-and-bullets",
    },
    "datelines": {
        "split by a drop capital": "dateline-drop-capital",
        "fused with prefix": "dateline-fused-with-prefix",
        "fused with caption": "dateline-fused-with-caption",
        "with an ordinal date": "dateline-ordinal-date",
        "with an ornament": "dateline-ordinal-date",
        "an agency between slashes": "dateline-agency-between-slashes",
        "lost with the dash left": "dateline-lost",
    },
    "captions": {
        "twice": "captions-twice-and-between-paragraphs",
        "between paragraphs": "captions-twice-and-between-paragraphs",
        "fused": "fused-captions",
        "with rights signs": "captions-with-rights-signs",
    },
    "furniture": {
        "menus": "whole-page",
        "breadcrumbs": "furniture-of-a-page",
        "font-size controls": "furniture-of-a-page",
        "share controls": "furniture-of-a-page",
        "close signs": "furniture-of-a-page",
        "pager digits": "furniture-of-a-page",
        "bylines with handles": "furniture-of-a-page",
        "translators": "furniture-notices-and-translator",
        "editors' notices": "furniture-notices-and-translator",
        "subscriber notices": "furniture-notices-and-translator",
        "word counts": "furniture-of-a-page",
        "comment forms": "furniture-of-a-page",
    },
    "tails": {
        "teasers inside the body": "tail-teasers",
        "teasers after the body": "related-and-teasers",
        "related headlines as lines of the body": "tail-related-headlines-in-the-body",
        "latest-news lists with clock times": "tail-latest-news-with-clock-times",
        "top tens": "tail-latest-news-with-clock-times",
        "tags": "tail-tags-and-imprint",
        "imprints": "tail-tags-and-imprint",
        "./.": "glued-with-tail",
        "(*)": "tail-end-marks",
        "(end)": "tail-end-in-brackets",
        "sign-offs glued to the last sentence": "tail-sign-off-glued",
    },
    "text": {
        "glued words": "glued-with-tail",
        "glued sentences": "text-glued-sentences",
        "hard wraps": "text-hard-wraps",
        "hyphens at line ends": "text-hyphens-at-line-ends",
        "lines and sentences broken over blank lines": "text-lines-broken-over-blank-lines",
        "a capital split from its word": "text-capital-split",
        "grave accents as apostrophes": "text-marks-of-a-typewriter",
        "broken or reversed quotation marks": "text-marks-of-a-typewriter",
        "quotes over paragraphs": "text-quotes-over-paragraphs-and-entities",
        "speaker labels with a colon": "text-speaker-labels",
        "HTML entities": "text-quotes-over-paragraphs-and-entities",
    },
}


def test_every_kind_of_dirt_has_an_article() -> None:
    named = {name for kinds in KINDS.values() for name in kinds.values()}
    assert named <= set(golden_ingest.NAMES)


@pytest.mark.parametrize("name", golden_ingest.NAMES)
def test_golden(name: str) -> None:
    """The whole way from bytes to an article, as for a file of its own."""
    expected = golden_ingest.read(name)
    made = article(parse(Item(f"{name}.txt", None, expected.raw.encode())))
    days = [dated and dated.precision == "day" and str(dated.first) for dated in (made.published, made.updated)]
    assert [day or None for day in days] == [expected.published, expected.updated]
    assert (made.title, made.place, made.source) == (expected.title, expected.place, expected.source)
    assert made.body == expected.body
    assert [(cut.reason, line) for cut in made.removed for line in cut.text.split("\n")] == expected.removed


def test_every_reason_for_a_cut_is_one_of_the_enumeration() -> None:
    named = re.compile(r"\bRemoved\((?:[^()]|\([^()]*\))*,\s*[rf]?[\"']")
    package = Path(__file__).parent.parent / "searchapp"
    assert [path.name for path in package.rglob("*.py") if named.search(path.read_text(encoding="utf8"))] == []
