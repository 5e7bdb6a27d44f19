"""One article fetched several times is one, in its latest version; one outlet under several names is one, too."""

import json
from collections.abc import Callable, Iterable, Mapping
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchapp.engines import open_engine
from searchapp.engines.protocol import Engine
from searchapp.errors import BadSources
from searchapp.indexing import check, reindex, update
from searchapp.indexing.guards import Allowed
from searchapp.indexing.report import Report
from searchapp.ingest.addresses import page_of
from searchapp.ingest.outlets import Outlets, canonical, load_sources
from searchapp.query import parse
from searchapp.search import SearchRequest

ADDRESS = "https://herald.example/2021/04/27/harbour"
ALLOWED = Allowed(removals=True)


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    (tmp_path / "corpus").mkdir()
    return tmp_path / "corpus"


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    return open_engine(f"whoosh:{tmp_path / 'index'}")


def write(folder: Path, name: str, *records: Mapping[str, Any]) -> None:
    (folder / name).write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf8")


def story(words: str, url: str | None = ADDRESS, **fields: Any) -> dict[str, Any]:
    text = f"The harbour {words}, its master Ada Lindgren said on Monday. She thanked the town for its patience."
    return {"text": text, "url": url, **fields}


def held(engine: Engine) -> list[str]:
    """Return the second to fourth words of each article, sorted."""
    hits = engine.search(SearchRequest(parse(""), limit=100)).hits
    return sorted(" ".join(hit.article.body.split()[2:5]).rstrip(",") for hit in hits)


def sources(engine: Engine) -> dict[str, int]:
    counts = engine.search(SearchRequest(parse(""))).facets["source"].values
    return {each.value: each.count for each in counts}


# --- versions


@pytest.mark.parametrize(
    "url",
    [
        "http://www.herald.example/2021/04/27/harbour/",
        "https://herald.example/2021/04/27/harbour?utm_source=rss&fbclid=a1#top",
        "https://herald.example/2021/04/27/harbour?ref=home&CMP=share",
        "https://herald.example/2021/04/27/harbour/amp/",
        "https://herald.example/amp/2021/04/27/harbour",
        "https://amp.herald.example//2021/04/27/harbour",
        "https://m.herald.example/2021/04/27/harbour?amp=1",
        "https://HERALD.example:443/2021/04/27/h%61rbour/index.html",
        "https://copies.example/web/20210428010203/https://herald.example/2021/04/27/harbour",
        "https://copies.example/web/20210428010203id_/http:/herald.example/2021/04/27/harbour/",
        "https://copies.example/web/2021/herald.example/2021/04/27/harbour",
        "https://keeper.example/20210428/https://www.herald.example/2021/04/27/harbour",
        "https://cache.example/amp/s/herald.example/2021/04/27/harbour",
    ],
)
def test_spellings_of_an_address_are_of_one_page(url: str) -> None:
    assert page_of(url) == page_of(ADDRESS) == "herald.example/2021/04/27/harbour"


@pytest.mark.parametrize(
    "url",
    [
        "https://herald.example/2021/04/27/harbour?id=2",
        "https://herald.example/2021/04/27/harbour?cid=17",
        "https://herald.example/2021/04/27/harbour-2",
        "https://herald.example/2021/04/27/Harbour",
        "https://news.herald.example/2021/04/27/harbour",
        "https://herald.example/2021/2022.html",
    ],
)
def test_other_pages_have_other_addresses(url: str) -> None:
    assert page_of(url) not in (None, page_of(ADDRESS))
    assert page_of(url) != page_of(url.replace("2", "3"))


@pytest.mark.parametrize(
    "url", [None, "", "https://herald.example", "https://herald.example/?utm_source=x", "http://[x/y"]
)
def test_a_front_page_is_the_address_of_no_article(url: str | None) -> None:
    assert page_of(url) is None


@given(st.text(max_size=200))
def test_any_text_is_an_address_or_none(text: str) -> None:
    for begin in ("", "https://a.example/", "https://a.example/web/2021/", "https://a.example/?"):
        page_of(begin + text)


@pytest.mark.parametrize("run", [reindex, update])
def test_the_latest_version_counts_whatever_the_order(run: Callable[..., Report], tmp_path: Path) -> None:
    versions = [
        story("opens in spring", date="2021-04-27", id="first"),
        story("opens in summer", ADDRESS + "?utm_source=x", date="2021-04-27", updated="2021-05-02"),
        story("opens in autumn", ADDRESS + "/", date="2021-04-27", date_download=1619827200),
    ]
    for number, order in enumerate(permutations(versions)):
        folder = tmp_path / str(number)
        folder.mkdir()
        write(folder, "0.jsonl", {"id": "other", "text": "The harbour is closed now, and so is the mill."})
        own = open_engine(f"whoosh:{tmp_path / f'index{number}'}")
        if run is update:
            reindex(own, folder, jobs=1)
        for name, record in zip("abc", order, strict=True):
            write(folder, f"{name}.jsonl", record)
        report = run(own, folder, jobs=1)
        assert held(own) == ["is closed now", "opens in summer"]
        assert (report.articles, len(report.earlier), report.rejected) == (2, 2, ())
        assert not check(own, folder)


def test_without_times_the_last_in_the_corpus_counts(corpus: Path, engine: Engine) -> None:
    write(corpus, "b.jsonl", story("opens in spring"), story("opens in summer"))
    write(corpus, "a.jsonl", story("opens in autumn"))
    report = reindex(engine, corpus, jobs=1)
    assert held(engine) == ["opens in summer"]
    assert [(each.path, each.line) for each in report.earlier] == [("a.jsonl", 1), ("b.jsonl", 1)]
    (article,) = (hit.article.id for hit in engine.search(SearchRequest(parse(""))).hits)
    assert {each.article for each in report.earlier} == {article}


@pytest.mark.parametrize("run", [reindex, update])
def test_where_the_latest_is_rejected_the_one_before_counts(
    run: Callable[..., Report], corpus: Path, engine: Engine
) -> None:
    write(corpus, "a.jsonl", story("opens in spring", date="2021-04-27", id="a"))
    reindex(engine, corpus, jobs=1)
    empty = [{"url": ADDRESS, "text": "Share this\n", "date": f"2021-05-0{day}", "id": f"b{day}"} for day in (2, 3)]
    write(corpus, "b.jsonl", *empty, story("opens in summer", date="2021-05-01", id="c"))
    report = run(engine, corpus, jobs=1, allowed=ALLOWED)
    assert held(engine) == ["opens in summer"]
    assert [each.line for each in report.rejected] == [1, 2]
    assert [(each.path, each.article) for each in report.earlier] == [("a.jsonl", "c")]


def test_an_update_knows_versions_again_and_follows_what_becomes_of_them(corpus: Path, engine: Engine) -> None:
    write(corpus, "a.jsonl", story("opens in spring", date="2021-04-27", id="a"))
    write(corpus, "b.jsonl", story("opens in summer", date="2021-04-28", id="b"))
    reindex(engine, corpus, jobs=1)
    generation = engine.info().generation
    report = update(engine, corpus, jobs=1)
    assert (engine.info().generation, len(report.earlier), report.unchanged) == (generation, 1, 1)
    write(corpus, "c.jsonl", story("opens in autumn", date="2021-04-29", id="c"))
    report = update(engine, corpus, jobs=1)
    assert (held(engine), len(report.earlier)) == (["opens in autumn"], 2)
    (corpus / "c.jsonl").unlink()
    (corpus / "b.jsonl").unlink()
    report = update(engine, corpus, jobs=1, allowed=ALLOWED)
    assert (held(engine), report.earlier) == (["opens in spring"], ())
    assert not check(engine, corpus)


def test_an_earlier_version_that_is_added_changes_nothing(corpus: Path, engine: Engine) -> None:
    write(corpus, "a.jsonl", story("opens in spring", date="2021-04-27"))
    reindex(engine, corpus, jobs=1)
    write(corpus, "b.jsonl", story("opens in winter", date="2021-04-26"))
    report = update(engine, corpus, jobs=1)
    assert (held(engine), report.added, report.changed, len(report.earlier)) == (["opens in spring"], 0, 0, 1)
    assert update(engine, corpus, jobs=1).unchanged == 1
    assert not check(engine, corpus)


def past(engine: Engine) -> list[tuple[str, str | None, str, int | None]]:
    (hit,) = engine.search(SearchRequest(parse(""), limit=100)).hits
    return [(each.path, each.title, each.seen[:10], each.number) for each in hit.article.past]


def test_an_article_knows_its_earlier_versions(corpus: Path, engine: Engine) -> None:
    days = ("2021-04-25", "2021-04-27", "2021-04-26")
    write(corpus, "a.jsonl", *(story(f"opens on {day}", title=f"Harbour on {day}", date=day) for day in days))
    reindex(engine, corpus, jobs=1)
    told = [
        ("a.jsonl", "Harbour on 2021-04-26", "2021-04-26", 3),
        ("a.jsonl", "Harbour on 2021-04-25", "2021-04-25", 1),
    ]
    assert past(engine) == told
    assert update(engine, corpus, jobs=1).unchanged == 1
    assert past(engine) == told


def test_an_update_tells_of_earlier_versions_as_a_reindex_does(corpus: Path, engine: Engine, tmp_path: Path) -> None:
    other = open_engine(f"whoosh:{tmp_path / 'other'}")

    def both() -> list[str | None]:
        update(engine, corpus, jobs=1, allowed=ALLOWED)
        reindex(other, corpus, jobs=1, allowed=ALLOWED)
        assert past(engine) == past(other)
        return [title for _, title, _, _ in past(engine)]

    for number in (3, 5):
        write(corpus, f"{number}.jsonl", story(f"{number}", title=f"Harbour {number}", date=f"2021-04-0{number}"))
    reindex(engine, corpus, jobs=1)
    write(corpus, "2.jsonl", story("2", title="Harbour 2", date="2021-04-02"))
    assert both() == ["Harbour 3", "Harbour 2"]
    write(corpus, "7.jsonl", story("7", title="Harbour 7", date="2021-04-07"))
    assert both() == ["Harbour 5", "Harbour 3", "Harbour 2"]
    (corpus / "3.jsonl").unlink()
    assert both() == ["Harbour 5", "Harbour 2"]
    (corpus / "7.jsonl").unlink()
    assert both() == ["Harbour 2"]


def test_takes_of_an_agency_are_versions_by_their_id(corpus: Path, engine: Engine) -> None:
    takes = [story(f"opens in {month}", None, id="pnt/17", updated=f"2021-04-27T0{hour}:00:00Z") for hour, month in
             ((7, "May"), (9, "June"), (8, "July"))]  # fmt: skip
    write(corpus, "a.jsonl", *takes)
    report = reindex(engine, corpus, jobs=1)
    assert (held(engine), len(report.earlier)) == (["opens in June"], 2)


def sent(folder: Path, name: str, hour: int, status: str = "usable") -> None:
    """Write a version of an agency's item."""
    text = (
        f"The harbour opens at {hour}, its master Ada Lindgren said on Monday. She thanked the town for its patience."
    )
    fields = {"uri": "tag:pnt.example,2021:harbour", "versioncreated": f"2021-04-27T{hour:02}:00:00Z", "type": "text"}
    item = fields | {"pubstatus": status, "headline": f"Harbour at {hour}", "body_text": text}
    (folder / name).write_text(json.dumps(item), encoding="utf8")


@pytest.mark.parametrize("names", list(permutations("abc")))
def test_what_an_agency_withdraws_is_taken_down(corpus: Path, engine: Engine, names: tuple[str, ...]) -> None:
    one, two, three = (f"{name}.json" for name in names)
    write(corpus, "other.jsonl", story("stays open today"))
    sent(corpus, one, 8)
    sent(corpus, two, 9)
    sent(corpus, three, 10, "canceled")
    report = reindex(engine, corpus, jobs=1)
    assert (held(engine), report.articles) == (["stays open today"], 1)
    gone = "A later version of it says that the agency has withdrawn it."
    assert {each.path: each.reason for each in report.rejected} == {
        one: gone,
        two: gone,
        three: "The agency has withdrawn it.",
    }
    assert not check(engine, corpus)
    sent(corpus, one, 11)  # it is sent again, and counts
    assert (update(engine, corpus, jobs=1).articles, held(engine)) == (2, ["opens at 11", "stays open today"])
    assert not check(engine, corpus)


def test_an_update_takes_down_what_was_withdrawn_since(corpus: Path, engine: Engine) -> None:
    write(corpus, "other.jsonl", story("stays open today"))
    sent(corpus, "a.json", 8)
    sent(corpus, "b.json", 9)
    assert reindex(engine, corpus, jobs=1).articles == 2
    sent(corpus, "c.json", 10, "canceled")
    report = update(engine, corpus, jobs=1, allowed=ALLOWED)
    assert (held(engine), report.removed, len(report.rejected)) == (["stays open today"], 1, 3)
    assert (update(engine, corpus, jobs=1).removed, bool(check(engine, corpus))) == (0, False)
    (corpus / "c.json").unlink()
    update(engine, corpus, jobs=1)
    assert held(engine) == ["opens at 9", "stays open today"]


def test_a_number_that_others_have_as_well_makes_no_version(corpus: Path, engine: Engine) -> None:
    write(corpus, "a.jsonl", story("opens in May", None, id=17, date="2021-04-27"))
    write(corpus, "b.jsonl", story("closes in June", None, id=17, date="2021-04-28"))
    report = reindex(engine, corpus, jobs=1)
    assert report.earlier == ()
    assert [each.reason for each in report.rejected] == ['The id "17" is already used by a.jsonl, item 1.']


@pytest.mark.slow
def test_versions_do_not_depend_on_the_number_of_jobs(corpus: Path, tmp_path: Path) -> None:
    records = [story(f"opens in {n}", f"{ADDRESS}/{n % 150}", date="2021-04-27") for n in range(400)]
    write(corpus, "a.jsonl", *records)
    alone, together = (open_engine(f"whoosh:{tmp_path / name}") for name in ("alone", "together"))
    one, two = reindex(alone, corpus, jobs=1), reindex(together, corpus, jobs=2)
    assert (one.articles, one.earlier) == (two.articles, two.earlier)
    assert one.articles == 150
    assert held(alone) == held(together)
    assert alone.profile() == together.profile()


# --- days


def test_a_changed_first_year_is_taken_in_by_an_update(corpus: Path, engine: Engine) -> None:
    write(corpus, "a.jsonl", story("opens in spring", date="1851-04-27"))
    assert reindex(engine, corpus, jobs=1).noticed == {}
    report = update(engine, corpus, jobs=1, earliest=1900)
    assert report.changed == 1
    assert report.noticed == {"published": {"a day too long ago to be believed": 1}}


# --- sources


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ({"PNT News": 2, "PNT NEWS": 1}, {"PNT News"}),
        ({"Velm Gazette": 1, "The Velm Gazette": 1}, {"The Velm Gazette"}),
        ({"The Velm Gazette": 1, "VELM-GAZETTE": 1, "Velm Gazette": 2}, {"Velm Gazette"}),
        ({"velmgazette.example": 9, "Velm Gazette": 1}, {"Velm Gazette"}),
        ({"www.thevelmgazette.co.example": 9, "The Velm Gazette": 1}, {"The Velm Gazette"}),
        ({"www.velm.example": 1, "velm.example": 2}, {"velm.example"}),
        ({"Él Díario": 2, "El Diario": 1}, {"Él Díario"}),
        ({"Velm Gazette": 1, "Velm Gazette (Kestrin)": 1}, {"Velm Gazette", "Velm Gazette (Kestrin)"}),
        ({"The Times": 1, "Timesnow": 1}, {"The Times", "Timesnow"}),
    ],
)
def test_spellings_of_an_outlet_are_shown_as_one(counts: dict[str, int], shown: set[str]) -> None:
    assert set(canonical(counts, Outlets()).values()) == shown


def of(sources: Iterable[str], begin: int = 0) -> list[dict[str, Any]]:
    return [story(f"opens {n}", None, id=f"s{n}", source=source) for n, source in enumerate(sources, begin)]


def test_one_outlet_is_one_source_in_reindex_and_update(corpus: Path, engine: Engine) -> None:
    write(corpus, "a.jsonl", *of(["Velm Gazette", "Velm Gazette", "THE VELM GAZETTE", "velmgazette.example"]))
    reindex(engine, corpus, jobs=1)
    assert sources(engine) == {"Velm Gazette": 4}
    write(corpus, "b.jsonl", *of(["velm gazette"] * 9, 10), *of(["www.velmgazette.example", "Other"], 30))
    update(engine, corpus, jobs=1)
    assert sources(engine) == {"Velm Gazette": 14, "Other": 1}


def test_sources_toml_overrules_and_a_change_of_it_is_taken_in(corpus: Path, engine: Engine) -> None:
    write(corpus, "a.jsonl", *of(["VG", "Velm Gazette", "gazette.example", "Other"]), story("shuts", f"{ADDRESS}/1"))
    reindex(engine, corpus, jobs=1)
    assert sources(engine) == {"VG": 1, "Velm Gazette": 1, "gazette.example": 1, "Other": 1, "": 1}
    said = 'variants = ["vg", "Velm Gazette"]\nhosts = ["www.gazette.example", "herald.example"]\n'
    (corpus / "sources.toml").write_text(f'["The Gazette of Velm"]\n{said}', encoding="utf8")
    report = update(engine, corpus, jobs=1)
    assert report.changed == 4
    assert sources(engine) == {"The Gazette of Velm": 4, "Other": 1}
    by_reindex = open_engine(f"whoosh:{corpus.parent / 'again'}")
    assert reindex(by_reindex, corpus, jobs=1).ignored == {}
    assert sources(by_reindex) == sources(engine)
    (corpus / "sources.toml").unlink()
    update(engine, corpus, jobs=1)
    assert sources(engine) == {"VG": 1, "Velm Gazette": 1, "gazette.example": 1, "Other": 1, "": 1}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("x = ", "not valid TOML"),
        ('"Herald" = 7', "line 1, key 'Herald': a source must be a table"),
        ("[Herald]\nvariant = []", "line 2, key 'Herald'.variant: there is no such key; use variants or hosts"),
        ('[Herald]\nhosts = "a.example"', "line 2, key 'Herald'.hosts: hosts must be a list of texts"),
        (
            '[Herald]\n[Post]\nvariants = ["The HERALD"]',
            "line 3, key 'Post'.variants: 'herald' already stands for 'Herald'",
        ),
    ],
)
def test_a_fault_in_sources_toml_is_named(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "sources.toml").write_text(text, encoding="utf8")
    with pytest.raises(BadSources) as caught:
        load_sources(tmp_path / "sources.toml")
    assert said in str(caught.value)
