"""Help at the moment of need: what may be meant by what finds nothing, and what may be typed, on every engine."""

from pathlib import Path

import pytest
import timing
from engine_articles import article, on, statement
from opensearch_server import new_archive

from searchapp.article import Speaker
from searchapp.engines import open_engine
from searchapp.engines.memory import MemoryEngine
from searchapp.engines.protocol import Engine
from searchapp.engines.vocabulary import Vocabulary
from searchapp.help.bearers import of_name
from searchapp.help.completions import completions
from searchapp.help.meant import meant
from searchapp.query import parse
from searchapp.search import Choice, Filters, SearchRequest

OLSA, MARESH = Speaker("Olsa Dervan"), Speaker("Jano Maresh-Dervan")
ARTICLES = [
    *(
        article(
            f"harbour-{number}",
            "The harbour government signed the grain deal.",
            "Harbour fees rise",
            published=on(2021),
            source="Quay Gazette",
            place="Port Amber",
            speakers=(OLSA,),
        )
        for number in range(6)
    ),
    *(article(f"orchard-{number}", "Nobody picked apples.", "Orchards", speakers=(MARESH,)) for number in range(3)),
    article("typo", "The goverment slept.", "Sleep"),
]


@pytest.fixture(
    scope="module", params=["memory", "whoosh", "tantivy", pytest.param("opensearch", marks=pytest.mark.slow)]
)
def engine(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Engine:
    engine: Engine = MemoryEngine()
    if request.param == "opensearch":
        engine = new_archive(request.getfixturevalue("opensearch"))
    elif request.param != "memory":
        engine = open_engine(f"{request.param}:{tmp_path_factory.mktemp('help')}")
    engine.reindex(ARTICLES)
    return engine


def offered(engine: Engine, text: str, **how: str) -> list[tuple[str, int]]:
    request = SearchRequest(parse(text, **how), **how)  # type: ignore[arg-type]
    return [(each.request.query.text, each.total) for each in meant(engine, request, engine.search(request))]


@pytest.mark.parametrize(
    ("typed", "likeliest"),
    [
        ("harbuor", ("harbour", 6)),
        ("Harbuor fees", ("Harbour fees", 6)),
        ("goverment", ("government", 6)),  # which one article has
        ("goverment harbuor", ("government harbour", 6)),
        ("grian deal -apples", ("grain deal -apples", 6)),
        ("graindeal", ("grain deal", 6)),
        ("har bour", ("harbour", 6)),
        ("title:harbur", ("title:harbour", 6)),
        ("speaker:dervam", ("speaker:dervan", 9)),
        ("source:gazete", ("source:gazette", 6)),
        ("=aples", ("=apples", 3)),
    ],
)
def test_what_may_be_meant_is_offered_with_what_it_finds(
    engine: Engine, typed: str, likeliest: tuple[str, int]
) -> None:
    assert offered(engine, typed)[0] == likeliest


@pytest.mark.parametrize("typed", ["harbour", "harbours", "grain deal", "zzzzzz", "", "-harbuor", "2021", "said:xyzzy"])
def test_nothing_is_offered_that_finds_no_more(engine: Engine, typed: str) -> None:
    assert offered(engine, typed) == []


def test_where_any_word_will_do_a_mistyped_one_is_mended_too(engine: Engine) -> None:
    assert offered(engine, "apples harbuor", match="any")[0] == ("apples harbour", 9)


@pytest.mark.parametrize(
    ("typed", "first", "kind"),
    [
        ("ols", 'speaker:"Olsa Dervan"', "speaker"),
        ("olsa der", 'speaker:"Olsa Dervan"', "speaker"),
        ("grain Olsa D", 'grain speaker:"Olsa Dervan"', "speaker"),
        ("derv", 'speaker:"Olsa Dervan"', "speaker"),
        ("mares", 'speaker:"Jano Maresh-Dervan"', "speaker"),
        ("speaker:ja", 'speaker:"Jano Maresh-Dervan"', "speaker"),
        ('source:"quay g', 'source:"Quay Gazette"', "source"),
        ("amb", 'place:"Port Amber"', "place"),
        ("wheat harb", "wheat harbour", "word"),
        ("Harb", "Harbour", "word"),
        ("-harb", "-harbour", "word"),
        ("grain w/5 orch", "grain w/5 orchards", "word"),
    ],
)
def test_names_and_words_of_titles_are_completed(engine: Engine, typed: str, first: str, kind: str) -> None:
    found = completions(engine, typed)
    assert (found[0].query, found[0].kind) == (first, kind)
    parse(found[0].query)


def test_a_completion_counts_what_it_finds(engine: Engine) -> None:
    for typed in ("derv", "amb", "source:qu"):
        for each in completions(engine, typed):
            if each.kind != "word":
                assert engine.search(SearchRequest(parse(each.query))).total == each.articles


@pytest.mark.parametrize(
    "typed", ["", "o", "olsa ", '"har', "x" * 201 + " harb", "date:20", "zzz", "()", "source:olsa"]
)
def test_nothing_is_suggested_where_nothing_would_go_on(engine: Engine, typed: str) -> None:
    assert completions(engine, typed) == []


@pytest.fixture(scope="module")
def quoting() -> Engine:
    """An archive in which Olsa Dervan speaks, and in which others do of her."""
    bodies = {
        "own": ("The harbour opens on Monday, Olsa Dervan said.", "The harbour opens on Monday", OLSA),
        "denial": ("Mayor Dervan never slept, Dervan said.", "Mayor Dervan never slept", OLSA),
        "of her": ("Dervan sleeps all day, Hanne Quill said.", "Dervan sleeps all day", Speaker("Hanne Quill")),
        "of wood": ("Wood is dear, the Harbour Board said.", "Wood is dear", Speaker("the Harbour Board")),
    }
    engine = MemoryEngine()
    engine.reindex(
        article(key, body, published=on(2021), speakers=(by,), statements=(statement(body, said, by=(by,)),))
        for key, (body, said, by) in bodies.items()
    )
    return engine


@pytest.mark.parametrize("typed", ["dervan", "Dervan", '"Dervan"', "speaker:dervan", "speaker: Dervan"])
def test_a_name_is_counted_as_who_speaks_and_who_is_spoken_of(quoting: Engine, typed: str) -> None:
    counted = of_name(quoting, SearchRequest(parse(typed)))
    assert [(each.how, each.total) for each in counted] == [("said by", 2), ("mentioned in", 3), ("said about", 1)]
    for each in counted:
        assert quoting.search(each.request).total == each.total


def test_a_name_is_counted_under_the_filters_of_articles_alone(quoting: Engine) -> None:
    chosen = Filters(speaker=Choice(("Olsa Dervan",)), act=Choice(("denied",)))
    counted = of_name(quoting, SearchRequest(parse(""), filters=chosen))
    assert [(each.name, each.total) for each in counted] == [("Olsa Dervan", 2), ("Olsa Dervan", 1), ("Olsa Dervan", 0)]
    undated = SearchRequest(parse("dervan"), filters=Filters(year=Choice(("",))))
    assert of_name(quoting, undated) == []


@pytest.mark.parametrize(
    "typed", ["", "harbour", "olsa", "dervan slept", "dervan OR quill", "said:dervan", "-dervan", "derv*", "zora"]
)
def test_what_is_no_name_of_a_speaker_is_not_counted(quoting: Engine, typed: str) -> None:
    assert of_name(quoting, SearchRequest(parse(typed))) == []
    assert of_name(quoting, SearchRequest(parse("dervan"), offset=10)) == []


def test_an_update_is_seen(tmp_path: Path) -> None:
    engine = open_engine(f"whoosh:{tmp_path}")
    engine.reindex(ARTICLES)
    engine.update([article("new", "A zeppelin.", "Zeppelin over the bay", speakers=(Speaker("Zora Quill"),))])
    assert [each.query for each in completions(engine, "ze")] == ["zeppelin"]
    assert completions(engine, "zor")[0].query == 'speaker:"Zora Quill"'
    assert offered(engine, "zepelin") == [("zeppelin", 1)]


def test_a_large_vocabulary_answers_in_milliseconds() -> None:
    words = [(f"{stem}{ending}{number}", number + 1) for stem in ("harb", "gover", "minis") for ending in ("or", "nme")
             for number in range(20_000)]  # fmt: skip
    known = Vocabulary(words, words)
    known.near("harbor7", 3)  # sorts by length
    assert timing.seconds(lambda: known.near("hrabor77", 6)) < 0.1
    assert timing.seconds(lambda: known.titled("ha", 8)) < 0.1
