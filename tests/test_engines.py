"""What every engine promises. One suite runs over all of them; the memory engine is the measure of the others."""

import random
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from engine_articles import SPEAKERS, article, invented, on, statement
from engine_requests import found, requests, search
from examples import examples
from hypothesis import given
from hypothesis import strategies as st
from opensearch_server import new_archive

from searchapp.analysis import terms
from searchapp.answers.snippets import passages
from searchapp.article import cited_keys
from searchapp.engines import open_engine
from searchapp.engines.memory import MemoryEngine
from searchapp.engines.opensearch import engine as opensearch_engine
from searchapp.engines.protocol import Engine
from searchapp.engines.tantivy import archive as tantivy
from searchapp.engines.whoosh import archive as whoosh
from searchapp.errors import BadSetting, IndexMissing, UnsupportedQuery
from searchapp.fields import FACETS, FIELDS, NAME_FIELDS, SAID_OF, VIEWS, Facet, View
from searchapp.query import (
    Alike,
    And,
    Dates,
    Everything,
    Fuzzy,
    InStatement,
    Link,
    Name,
    Near,
    Node,
    Not,
    Or,
    Prefix,
    Query,
    Words,
    parse,
)
from searchapp.search import Choice, Filters, Results, SearchRequest

ARTICLES = invented(60)
MEASURED = ["whoosh", "tantivy", pytest.param("opensearch", marks=pytest.mark.slow)]  # against the memory engine
Make = Callable[[], Engine]


def unbuilt(request: pytest.FixtureRequest, folder: Path) -> Engine:
    """Return a new engine of the kind that ``request`` names; it may write into ``folder``."""
    if request.param == "memory":
        return MemoryEngine()
    if request.param == "opensearch":
        return new_archive(request.getfixturevalue("opensearch"))
    return open_engine(f"{request.param}:{folder}")


@pytest.fixture(params=["memory", *MEASURED])
def make(request: pytest.FixtureRequest, tmp_path: Path) -> Make:
    """Makes new, unbuilt engines."""
    folders = iter(range(100))
    return lambda: unbuilt(request, tmp_path / str(next(folders)))


@pytest.fixture(scope="module", params=["memory", *MEASURED])
def engine(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Engine:
    """An engine that holds ARTICLES: half of them from a reindex, the others from two updates."""
    return filled(unbuilt(request, tmp_path_factory.mktemp("index")))


def filled(built: Engine) -> Engine:
    outdated = [replace(each, body="superseded grain", statements=()) for each in ARTICLES[20:40]]
    built.reindex([*ARTICLES[:20], *outdated, article("gone", "grain")])
    built.update(ARTICLES[20:50])
    built.update(ARTICLES[50:], deleted=["gone"])
    return built


@pytest.fixture(scope="module", params=["whoosh and tantivy", pytest.param("opensearch", marks=pytest.mark.slow)])
def measured(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> list[Engine]:
    """Engines that hold ARTICLES, those in folders together: to make a request, and to scan for it, takes longer than
    any of them does."""
    if request.param == "opensearch":
        return [filled(unbuilt(request, tmp_path_factory.mktemp("index")))]
    names = request.param.split(" and ")
    return [filled(open_engine(f"{name}:{tmp_path_factory.mktemp('index')}")) for name in names]


@pytest.fixture(scope="module")
def oracle() -> MemoryEngine:
    built = MemoryEngine()
    built.reindex(ARTICLES)
    return built


def counts_what_is_gone(engine: Engine) -> bool:
    """Tell whether averages and idf are those of what was deleted, too, until the server merges it away."""
    return engine.info().engine == "opensearch"


def passages_of(results: Results, request: SearchRequest) -> dict[str, object]:
    """Return what is shown of some of the hits."""
    by_id = dict(zip(found(results), results.hits, strict=True))
    return {identity: passages(by_id[identity], request.tree()) for identity in sorted(by_id)[:3]}


# The table of fields


@pytest.mark.parametrize("facet", FACETS)
def test_every_field_of_the_table_is_stored_found_and_counted(engine: Engine, facet: Facet) -> None:
    statements = [(each, said) for each in ARTICLES for said in each.statements]
    held: dict[View, list[tuple[str, list[str]]]] = {
        "articles": [(each.id, FIELDS[facet].values(each)) for each in ARTICLES],
        "statements": [(said.id, FIELDS[facet].values(each, said)) for each, said in statements],
    }
    for view, rows in held.items():
        values = Counter(value for _, values in rows for value in values)
        assert len(values) > 2  # or nothing is shown here: give invented() some
        counted = search(engine, Everything(), view=view, facets=(facet,), facet_limit=None).facets
        if view == "statements" or facet not in SAID_OF:
            assert {each.value: each.count for each in counted.pop(facet).values} == values
        assert not counted
        for value in values:
            having = {identity for identity, values in rows if value in values}
            if view == "articles" and facet in SAID_OF:  # "" is a statement without, not an article without any
                having = {each.id for each, said in statements if value in FIELDS[facet].values(each, said)}
            filters = Filters(**{facet: Choice((value,))})
            assert {*found(search(engine, Everything(), view=view, filters=filters, limit=1000))} == having
            if facet in NAME_FIELDS and value:
                name: Node = Name(facet, tuple(terms(value)))
                name = InStatement(name) if view == "articles" and facet in SAID_OF else name
                assert having <= {*found(search(engine, name, view=view, limit=1000))}


# At random


@examples(1000)  # of the faults that were planted, those in phrases and in fuzzy words took 50 to 400 to show
@given(request=requests())
def test_finds_and_sorts_what_a_plain_scan_does(
    measured: list[Engine], oracle: MemoryEngine, request: SearchRequest
) -> None:
    for tree in (request.query.tree, Not(request.query.tree)):
        asked = replace(request, query=Query("", tree), facets=())
        expected = oracle.search(asked)
        shown = passages_of(expected, asked)
        for engine in measured:
            results = engine.search(asked)
            assert results.total == expected.total == len(results.hits)
            if request.sort == "relevance" and counts_what_is_gone(engine):
                assert sorted(found(results)) == sorted(found(expected))
            else:
                assert found(results) == found(expected)
            assert passages_of(results, asked) == shown


@examples(150)
@given(request=requests())
def test_counts_facets_and_days_as_a_plain_scan_does(
    measured: list[Engine], oracle: MemoryEngine, request: SearchRequest
) -> None:
    request = replace(request, days=True)
    expected = oracle.search(request)
    for engine in measured:
        results = engine.search(request)
        assert (results.facets, results.days) == (expected.facets, expected.days)


@pytest.mark.parametrize("engine", MEASURED, indirect=True)
@examples(60)
@given(request=requests(limit=10))
def test_a_facet_value_counts_the_hits_it_leads_to(engine: Engine, request: SearchRequest) -> None:
    for facet, counts in engine.search(request).facets.items():
        for value in counts.values:
            alone = replace(request.filters, **{facet: Choice(wanted=(value.value,))})
            assert engine.search(replace(request, filters=alone)).total == value.count


@examples(60)
@given(request=requests(), size=st.integers(1, 25))
def test_pages_part_the_hits(engine: Engine, request: SearchRequest, size: int) -> None:
    request = replace(request, facets=())
    whole = found(engine.search(request))
    pages = [engine.search(replace(request, offset=at, limit=size)) for at in range(0, len(whole) + size, size)]
    assert [identity for page in pages for identity in found(page)] == whole


@pytest.fixture(scope="module")
def in_small_parts() -> Iterator[None]:
    """Lets engines walk hits a few at a time, so that many tie across the parts."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(whoosh, "AT_ONCE", 7)
        patch.setattr(tantivy, "AT_ONCE", 7)
        patch.setattr(opensearch_engine, "GET_AT_ONCE", 7)
        yield


@pytest.mark.usefixtures("in_small_parts")
@examples(150)
@given(request=requests(), offset=st.integers(0, 40), brief=st.booleans())
def test_a_walk_leads_past_all_hits_in_the_order_of_a_search(
    measured: list[Engine], oracle: MemoryEngine, request: SearchRequest, offset: int, brief: bool
) -> None:
    expected = oracle.search(replace(request, facets=()))
    for engine in measured:
        walk = engine.walk(replace(request, offset=offset, limit=3), brief=brief)
        hits = tuple(walk.hits)
        assert walk.total == expected.total
        if request.sort == "relevance" and counts_what_is_gone(engine):
            assert len(hits) == len(expected.hits[offset:])
            continue
        for hit, wanted in zip(hits, expected.hits[offset:], strict=True):
            short = replace(wanted.article, statements=(), sketch=())
            assert hit.statement == wanted.statement
            assert hit.article in (wanted.article, short)
            assert hit.article == wanted.article or (brief and request.view == "articles")


@pytest.mark.usefixtures("in_small_parts")
@pytest.mark.parametrize("view", VIEWS)
def test_a_walk_ends_in_the_generation_in_which_it_began(make: Make, view: View) -> None:
    engine = make()
    engine.reindex(ARTICLES[:30])
    everything = SearchRequest(Query("", Everything()), view=view, sort="newest", limit=1000, facets=())
    before = engine.search(everything)
    walk = engine.walk(everything)
    begun = next(walk.hits)
    for number in range(3):
        engine.update([replace(ARTICLES[number], body="grain", statements=())], deleted=[ARTICLES[9].id])
    engine.reindex(ARTICLES[30:40])
    assert (begun, *walk.hits) == before.hits
    assert (walk.total, walk.generation) == (before.total, before.generation)


@examples(60)
@given(request=requests())
def test_equal_scores_are_sorted_by_day_then_id(engine: Engine, request: SearchRequest) -> None:
    hits = engine.search(replace(request, sort="relevance", facets=())).hits
    keys = []
    for hit in hits:
        dated = hit.on(request.day)
        day = -dated.first.toordinal() if dated else 0
        keys.append((-hit.score, day, hit.statement.id if hit.statement else hit.article.id))
    assert keys == sorted(keys)


# By hand


@pytest.fixture(scope="module", params=["memory", *MEASURED])
def small(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Engine:
    """An engine of a few articles in which words are planted."""
    engine = unbuilt(request, tmp_path_factory.mktemp("small"))
    said = "The harbour stays open, she said, until the grain is in."
    engine.reindex(
        [
            article("title", "Nothing of note happened in the valley.", "Lighthouse repaired", published=on(2020)),
            article(
                "body",
                "Nothing of note happened at the lighthouse in the valley.",
                "Quiet",
                published=on(2021),
            ),
            article("crossing", "boat sank at noon", "Ferry", published=on(2022)),
            article(
                "apart",
                said,
                statements=(statement(said, "The harbour stays open", "until the grain is in"),),
            ),
            article("once", "orchard " + "filler " * 40, published=on(2019)),
            article("often", "orchard orchards orchard " + "filler " * 38, published=on(2019)),
        ]
    )
    return engine


@pytest.mark.parametrize(
    ("tree", "best"),
    [
        (Words("text", ("lighthouse",)), "title"),
        (Words("text", ("orchard",)), "often"),
        (Or((Words("text", ("orchard",)), Words("text", ("unheard",)))), "often"),
        (And((Words("text", ("nothing",)), Words("text", ("quiet",)))), "body"),
        (Words("text", ("boat", "sank")), "crossing"),
    ],
)
def test_ranks_the_planted_article_first(small: Engine, tree: Node, best: str) -> None:
    assert found(search(small, tree))[0] == best


@pytest.mark.parametrize(
    ("tree", "ids"),
    [
        (Words("text", ("ferry", "boat")), []),
        (Words("title", ("boat",)), []),
        (Words("body", ("boats", "sank")), ["crossing"]),
        (Words("text", ("lighthouse", "repair")), ["title"]),
        (InStatement(Words("said", ("open", "until"))), []),
        (InStatement(Words("said", ("stays", "open"))), ["apart"]),
        (InStatement(And((Words("said", ("open",)), Words("said", ("grain",))))), ["apart"]),
        (InStatement(Words("said", ("she",))), []),
        (Prefix("text", "orchards"), ["often"]),
        (Fuzzy("text", "frery", 1), ["crossing"]),
        (Dates(date(2022, 1, 1), None), ["crossing"]),
        (And((Not(Dates(date(2019, 1, 1), None)), Everything())), ["apart"]),
        (Words("text", ("unheard",)), []),
    ],
)
def test_finds_just_these(small: Engine, tree: Node, ids: list[str]) -> None:
    assert found(search(small, tree)) == ids


def near(field: str, *words: str, link: Link) -> Near:
    parts = tuple((Words(field, tuple(each.split())),) for each in words)  # type: ignore[arg-type]
    return Near(field, parts, (link,) * (len(words) - 1))  # type: ignore[arg-type]


@pytest.fixture(scope="module", params=["memory", *MEASURED])
def standing(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Engine:
    """An engine of articles in which the same words stand farther and farther apart."""
    engine = unbuilt(request, tmp_path_factory.mktemp("standing"))
    said = "The quay stays, she said, and so does the crane."
    bodies = {
        "beside": "The quay crane fell.",
        "turned": "A crane on the old quay fell.",
        "sentence": "The quay of Mr. Orsk and of the U.S. consul has, after nine years and two floods, a crane.",
        "paragraph": "The quay was closed. Nobody mourned the crane.",
        "article": "The quay was closed.\n\nNobody mourned the crane.",
        "spans": said,
        "once": "The quay was closed, and no other quay is left.",
    }
    engine.reindex(
        [
            article(
                name,
                body,
                "Crane" if name == "once" else None,
                statements=(statement(body, "The quay stays", "so does the crane"),) if name == "spans" else (),
            )
            for name, body in bodies.items()
        ]
    )
    return engine


@pytest.mark.parametrize(
    ("tree", "ids"),
    [
        (near("text", "quay", "crane", link=Link(1)), "beside"),
        (near("text", "quay", "crane", link=Link(4)), "beside turned"),
        (near("text", "quay", "crane", link=Link(4, after=True)), "beside"),
        (near("text", "crane", "quay", link=Link(4, after=True)), "turned"),
        (near("body", "quays", "cranes", link=Link(7)), "article beside paragraph turned"),
        (near("text", "quay", "crane", link=Link(100, unit="sentence")), "beside sentence spans turned"),
        (near("text", "crane", "quay", link=Link(100, True, "sentence")), "turned"),
        (near("text", "quay", "crane", link=Link(500, unit="paragraph")), "beside paragraph sentence spans turned"),
        (near("text", "quay", "quay", link=Link(20)), "once"),
        (near("text", "old quay", "crane", link=Link(3)), "turned"),
        (near("text", "quay", "crane", "fell", link=Link(5)), "beside turned"),
        (near("text", "quay", "crane", "fell", link=Link(1)), "beside"),
        (near("title", "quay", "crane", link=Link(500)), ""),
        (Near("text", ((Prefix("text", "qua"),), (Fuzzy("text", "crame", 1),)), (Link(1),)), "beside"),
        (InStatement(near("said", "quay", "crane", link=Link(500))), ""),
        (InStatement(near("said", "does", "crane", link=Link(2))), "spans"),
        (Not(near("text", "quay", "crane", link=Link(500))), "once"),
    ],
)
def test_finds_words_near_each_other(standing: Engine, tree: Node, ids: str) -> None:
    assert sorted(found(search(standing, tree))) == ids.split()


def test_what_is_near_is_worth_what_its_words_are(standing: Engine) -> None:
    apart = search(standing, near("text", "quay", "crane", link=Link(4)))
    both = search(standing, And((Words("text", ("crane",)), Words("text", ("quay",)))))  # nowhere side by side
    scores = {hit.article.id: hit.score for hit in both.hits}
    assert apart.hits
    if standing.info().engine != "memory":  # whose scores are its own
        assert [round(hit.score, 3) for hit in apart.hits] == [round(scores[hit.article.id], 3) for hit in apart.hits]


@pytest.fixture(scope="module", params=["memory", *MEASURED])
def marked(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Engine:
    """An engine of articles whose words differ by marks and capitals."""
    engine = unbuilt(request, tmp_path_factory.mktemp("marked"))
    engine.reindex(
        [
            article("road", "Con đường mới dài ba cây số.", "Đường mới", published=on(2018)),
            article("name", "Ông Dương nói cầu đã xong. Dương về.", "Dương Văn Kha", published=on(2019)),
            article("plain", "The duong of the valley is a duong.", published=on(2022)),
            article("country", "Đoàn Việt Nam thăm Velm. Miền Nam mưa lớn.", "Tin Việt Nam", published=on(2018)),
            article("years", "Sau mười năm, cầu mới xong. Năm sau mở cửa, năm năm.", "Mười năm", published=on(2022)),
            article("umlaut", "Frau Müller aß eine große ﬁnte.", published=on(2021)),
            article("bare", "Frau Muller wants a price. Prices of the price list.", published=on(2022)),
            article("price", "A toll was paid, Mr Price said.", published=on(2020)),
            article("oyo", "Ọ̀yọ́ is a town; за́мок, مُحَمَّد, שָׁלוֹם", published=on(2017)),
            article(
                "said",
                "He said that the đường is long.",
                published=on(2016),
                statements=(statement("He said that the đường is long.", "the đường is long"),),
            ),
        ]
    )
    return engine


@pytest.mark.parametrize(
    ("query", "best"),
    [
        ("đường", {"road", "said"}),
        ("Dương", {"name"}),
        ("Duong", {"plain", "road", "name", "said"}),
        ("Nam", {"country"}),
        ("năm", {"years"}),
        ("Müller", {"umlaut"}),
        ("Price", {"price"}),
        ("Price toll", {"price"}),
    ],
)
def test_what_is_written_as_it_was_typed_comes_first(marked: Engine, query: str, best: set[str]) -> None:
    if marked.info().engine != "memory":  # whose scores are its own
        assert found(marked.search(SearchRequest(parse(query))))[0] in best


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("duong", {"road", "name", "plain", "said"}),
        ('="đường"', {"road", "said"}),
        ("=đường", {"road", "said"}),
        ("title:=đường", {"road"}),
        ("said:=đường", {"said"}),
        ("said:=dương", set()),
        ('"Dương"', {"name"}),
        ('"duong"', {"road", "name", "plain", "said"}),
        ("Mueller", {"umlaut", "bare"}),
        ('"Müller"', {"umlaut"}),
        ("gross* finte", {"umlaut"}),
        ("oyo", {"oyo"}),
        ("Ọ̀yọ́ замок محمد שלום", {"oyo"}),
        ('"Ọ̀yọ́"', {"oyo"}),
        ("đường near/9 dài", {"road"}),
        ("=đường near/9 mới", {"road"}),
        ("du\u00adong val\u200bley", {"plain"}),
    ],
)
def test_marks_are_folded_unless_a_word_is_wanted_as_written(marked: Engine, query: str, ids: set[str]) -> None:
    results = marked.search(SearchRequest(parse(query)))
    assert set(found(results)) == ids
    for hit in results.hits:
        shown = [(each.text, each.marks) for each in passages(hit, parse(query).tree)]
        assert any(marks for _, marks in shown)


WORLD = {
    "ru": "Министры обсудили выборы, сказал Чайковский. В за́мке было тихо.",
    "uk": "Уряд погодив договір про зерно.",
    "el": "Οι υπουργοί μίλησαν για τις εκλογές στην Αθήνα.",
    "hy": "Նախարարը խոսեց ընտրությունների մասին։",
    "hi": "मंत्रियों ने कहा कि चुनावों के बाद सरकार बनेगी।",
    "ta": "அமைச்சர்கள் தேர்தலில் பேசினர்.",
    "ar": "قال الوزير إنّ المدينة آمنة وبالسلام تُبنى.",
    "fa": "او گفت که مردم می‌خواهند صلح شود.",
    "he": "הַשָּׂר אמר כי שָׁלוֹם יבוא.",
    "vi": "Bộ trưởng nói về con đường mới ở Việt Nam.",
    "zh": "阿维尔总统昨天表示，粮食协议必须延长。",
    "ja": "港湾ストライキが終わったと知事は述べた。",
    "ko": "대통령은 어제 곡물협정을 연장해야 한다고 말했다.",
    "th": "รัฐมนตรีกล่าวว่าท่าเรือจะเปิดในวันจันทร์",
    "lo": "ລັດຖະມົນຕີກ່າວວ່າຂົວຈະເປີດ",
    "km": "រដ្ឋមន្ត្រីបាននិយាយថាស្ពាននឹងបើក",
    "my": "ဝန်ကြီးက တံတားဖွင့်မည်ဟု ပြောသည်",
    "de": "Der Minister sprach über die große Brücke in Köln.",
}


@pytest.fixture(scope="module", params=["memory", *MEASURED])
def world(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Engine:
    """An engine of an article in each of many languages."""
    engine = unbuilt(request, tmp_path_factory.mktemp("world"))
    engine.reindex([article(code, f"{text}\n\n{text}", language=code) for code, text in WORLD.items()])
    return engine


@pytest.mark.parametrize(
    ("query", "language"),
    [
        ("министр", "ru"),
        ("выборами", "ru"),
        ("Чайковского", "ru"),
        ("замке", "ru"),
        ('"обсудили выборы"', "ru"),
        ("чайков*", "ru"),
        ("договір зерно", "uk"),
        ("υπουργός εκλογή", "el"),
        ("նախարար", "hy"),
        ("मंत्री चुनाव", "hi"),
        ("அமைச்சர்", "ta"),
        ("وزير مدينة", "ar"),
        ("سلام", "ar"),
        ("میخواهند", "fa"),
        ("שלום", "he"),
        ("duong", "vi"),
        ('"con đường"', "vi"),
        ("粮食协议", "zh"),
        ("ストライキ", "ja"),
        ("곡물협정", "ko"),
        ("ท่าเรือ", "th"),
        ("ຂົວ", "lo"),
        ("ស្ពាន", "km"),
        ("တံတား", "my"),
        ("gross koeln OR grosse Köln", "de"),
    ],
)
def test_words_are_found_and_marked_in_many_languages(world: Engine, query: str, language: str) -> None:
    results = world.search(SearchRequest(parse(query)))
    assert found(results) == [language]
    shown = [passage for hit in results.hits for passage in passages(hit, parse(query).tree)]
    assert any(passage.marks for passage in shown)


def test_undated_articles_come_last_in_both_directions(small: Engine) -> None:
    newest = found(search(small, Everything(), sort="newest"))
    oldest = found(search(small, Everything(), sort="oldest"))
    assert newest == ["crossing", "body", "title", "often", "once", "apart"]
    assert oldest == ["often", "once", "title", "body", "crossing", "apart"]


def test_an_unscored_search_is_newest_first(small: Engine) -> None:
    assert found(search(small, Everything())) == found(search(small, Everything(), sort="newest"))


def test_added_statements_change_nothing_among_articles(make: Make) -> None:
    without = [replace(each, statements=()) for each in ARTICLES]
    added = [
        replace(each, statements=tuple(statement(each.body, each.body[:9], by=SPEAKERS[1:2]) for _ in range(17)))
        for each in without
    ]
    plain, dense = make(), make()
    plain.reindex(without)
    dense.reindex(added)
    assert dense.info().statements > 1000
    for tree in (
        Words("text", ("grain",)),
        Or((Prefix("text", "vot"), Words("title", ("treaty",)))),
        Everything(),
    ):
        one, other = search(plain, tree, limit=100), search(dense, tree, limit=100)
        assert [(hit.article.id, hit.score) for hit in one.hits] == [(hit.article.id, hit.score) for hit in other.hits]
        assert (one.total, one.facets) == (other.total, other.facets)


def test_refuses_what_it_cannot_answer(engine: Engine) -> None:
    with pytest.raises(UnsupportedQuery):
        search(engine, Words("said", ("grain",)))
    with pytest.raises(UnsupportedQuery):
        search(engine, Words("body", ("grain",)), view="statements")
    with pytest.raises(UnsupportedQuery):
        search(engine, InStatement(Everything()), view="statements")


def test_gives_articles_and_their_statements_back_whole(engine: Engine) -> None:
    assert engine.get(["a3", "a45", "gone", "nonsense"]) == {"a3": ARTICLES[3], "a45": ARTICLES[45]}
    for each in ARTICLES:
        assert all(engine.article_of(said.id) == each.id for said in each.statements)
        assert all(engine.article_of(former) == each.id for said in each.statements for former in said.former)
        assert engine.article_of(cited_keys(each)[0] + "0" * 8) == each.id
    assert engine.article_of("0" * 16) is None
    assert engine.article_of("0" * 20) is None
    assert Counter(engine.digests()) == Counter((each.id, each.digest) for each in ARTICLES)


def held(engine: Engine) -> tuple[object, ...]:
    info = engine.info()
    return info.articles, info.statements, info.speakers, info.sources, info.first, info.last


def test_tells_what_it_holds(engine: Engine, oracle: MemoryEngine) -> None:
    assert held(engine) == held(oracle)


def test_keeps_profile_and_corpus(make: Make) -> None:
    engine = make()
    engine.reindex(ARTICLES[:2], profile=b"learned", corpus="corpus")
    engine.update(ARTICLES[2:3])
    assert engine.profile() == b"learned"
    assert engine.info().corpus == "corpus"
    engine.update(ARTICLES[3:4], corpus="another")
    engine.update([], deleted=["a0"])
    assert (engine.profile(), engine.info().corpus) == (b"learned", "another")


def test_without_an_index_says_so(make: Make) -> None:
    engine = make()
    for ask in (engine.info, engine.profile, lambda: search(engine, Everything()), lambda: engine.get(["a"])):
        with pytest.raises(IndexMissing):
            ask()


def test_an_empty_index_has_no_hits(make: Make) -> None:
    engine = make()
    assert engine.reindex([]).articles == 0
    results = search(engine, Or((Words("text", ("grain",)), Everything())))
    assert (results.total, results.hits) == (0, ())
    assert search(engine, Words("said", ("grain",)), view="statements").total == 0


def test_the_last_article_of_an_id_counts(make: Make) -> None:
    engine = make()
    engine.reindex([article("x", "grain"), article("x", "treaty")])
    assert [hit.article.body for hit in search(engine, Everything()).hits] == ["treaty"]


def test_lengths_count_in_the_same_steps(make: Make) -> None:
    engine = make()
    words = {"short": 59, "older": 61, "newer": 60, "long": 64}
    engine.reindex(
        article(name, "orchard " + "filler " * (number - 1), published=on(2019 + (name == "newer")))
        for name, number in words.items()
    )
    hits = search(engine, Words("text", ("orchard",))).hits
    assert [hit.article.id for hit in hits] == ["short", "newer", "older", "long"]
    assert hits[1].score == hits[2].score


@pytest.mark.parametrize("seed", [0, *(pytest.param(seed, marks=pytest.mark.slow) for seed in (1, 2))])
def test_random_updates_end_as_a_reindex_would(make: Make, monkeypatch: pytest.MonkeyPatch, seed: int) -> None:
    monkeypatch.setattr(whoosh, "MAX_SEGMENTS", 4)
    rng = random.Random(seed)
    engine, expected = make(), {each.id: each for each in ARTICLES[:10]}
    engine.reindex(expected.values())
    for round_ in range(10):
        changed = [
            replace(each, id=f"a{rng.randrange(30)}") for each in invented(rng.randrange(5), 100 * seed + round_)
        ]
        deleted = [f"a{rng.randrange(30)}" for _ in range(rng.randrange(3))]
        engine.update(changed, deleted=deleted)
        expected |= {each.id: each for each in changed}
        for identity in deleted:
            expected.pop(identity, None)
        oracle = MemoryEngine()
        oracle.reindex(expected.values())
        some = Or(tuple(Words("text", (word,)) for word in ("grain", "treaty", "the", "of", "orchard")))
        for view, tree in (("articles", some), ("statements", Words("said", ("vote",)))):
            request = SearchRequest(Query("", tree), view=view, sort="newest", limit=100)  # type: ignore[arg-type]
            assert found(engine.search(request)) == found(oracle.search(request))
            ranked = replace(request, sort="relevance")
            assert counts_what_is_gone(engine) or found(engine.search(ranked)) == found(oracle.search(ranked))
            assert engine.search(request).facets == oracle.search(request).facets
        assert Counter(engine.digests()) == Counter(oracle.digests())
        assert held(engine) == held(oracle)


def test_articles_that_share_a_value_of_the_sketch_are_found(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(whoosh, "MAX_SEGMENTS", 3)
    engine, highest = make(), 2**31 - 1
    unsketched = article("c", "grain", statements=(statement("grain", "grain"),))
    engine.reindex([article("a", "grain", sketch=(3, 8)), article("b", "grain", sketch=(0, 3)), unsketched])
    assert {hit.article.sketch for hit in search(engine, Everything()).hits} == {(3, 8), (0, 3), ()}
    assert sorted(found(search(engine, Alike((3,))))) == ["a", "b"]
    assert found(search(engine, Alike((7, 8)))) == ["a"]
    assert found(search(engine, Alike(()))) == found(search(engine, Alike((2,)))) == []
    for number in range(6):
        engine.update([article(f"new-{number}", "treaty", sketch=(number, highest))], deleted=["a"])
    assert sorted(found(search(engine, Alike((3, 8))))) == ["b", "new-3"]
    assert search(engine, Alike((highest,))).total == 6
    assert found(search(engine, And((Alike((0, highest)), Words("text", ("grain",)))))) == ["b"]
    assert sorted(found(search(engine, Not(Alike((0, highest)))))) == ["c"]
    with pytest.raises(UnsupportedQuery):
        search(engine, Alike((3,)), view="statements")


def test_an_index_url_names_its_engine() -> None:
    with pytest.raises(BadSetting, match="does not name an engine"):
        open_engine("gopher:index")
