"""What an archivist corrects: how corrections.toml is read, what it changes, and that what does not fit is told. All
persons and outlets are invented."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from raws import raw_of

from searchapp import indexing
from searchapp.article import Article, Dated
from searchapp.cli import main
from searchapp.engines import open_engine
from searchapp.engines.memory import MemoryEngine
from searchapp.errors import BadCorrections
from searchapp.indexing.correcting import misfits
from searchapp.indexing.report import Report
from searchapp.ingest import ingest
from searchapp.ingest.attribution.people import People
from searchapp.ingest.corrections import Corrections, load_corrections
from searchapp.ingest.profile import Profile

STORY = """Fog over Lorvik

2021-05-03

“The fog is in,” said pilot Tomas Arden on Monday. “It will stay until the herring come.”

The mayor, Ina Bresk, said the harbour would open. Bresk did not say when.
"""
SIGNED = 'by = "R. Ortiz"\non = 2024-05-01\nwhy = "The tape has her voice."\n'


def made(tmp_path: Path, toml: str, story: str = STORY) -> Article:
    return ingest(raw_of(story, id="fog"), Profile(), People(), read(tmp_path, toml))


def read(folder: Path, toml: str) -> Corrections:
    file = folder / "corrections.toml"
    file.write_text(toml, encoding="utf8")
    return load_corrections(file)


def plain() -> Article:
    return ingest(raw_of(STORY, id="fog"), Profile(), People())


def ids() -> dict[str, str]:
    """The ids of the statements of the story, by the first words of their sentences."""
    article = plain()
    return {article.body[each.start : each.start + 8]: each.id for each in article.statements}


FOG, MAYOR = ids()["“The fog"], ids()["The mayo"]


@pytest.mark.parametrize(
    ("toml", "line", "sentence"),
    [
        ('["fog"]\ntitle = "Mist"', 1, "a table begins with articles or statements"),
        ('[articles."fog"]\nheadline = "Mist"', 2, "there is no such key; use by, on, why, title"),
        ('[articles."fog"]\nby = "R. Ortiz"', 1, "it corrects nothing"),
        ('[articles."fog"]\npublished = "May"', 2, "published must be a day, 2021-04-27"),
        ('[articles."fog"]\npublished = "2021-13"', 2, "published must be a day"),
        ('[articles."fog"]\nlanguage = "English"', 2, "language must be a code of ISO 639"),
        ('[articles."fog"]\ntitle = 7', 2, "title must be a text in quotation marks"),
        ('\n[articles."fog"]\ntitle = "Mist"\non = "May"', 4, "on must be a day, without quotation marks"),
        ('[statements."fog"]\nspeakers = []', 1, "this is no id of a statement"),
        ('[statements."0123456789abcdef"]\nspeakers = []', 1, "this id is of the earlier form"),
        (f'[statements."{FOG}"]\nspeakers = "Ina Bresk"', 2, "speakers must be a list of names"),
        (f'[statements."{FOG}"]\nspeakers = [{{name = "x", age = 7}}]', 2, "a speaker is a name"),
        (f'[statements."{FOG}"]\npolarity = "no"', 2, "it must be one of affirmed, denied"),
        (f'[statements."{FOG}"]\ncontent = []', 2, "content must be the words that were said"),
    ],
)
def test_what_is_wrong_is_told_by_line_and_key(tmp_path: Path, toml: str, line: int, sentence: str) -> None:
    with pytest.raises(BadCorrections) as fault:
        read(tmp_path, toml)
    assert f"corrections.toml, line {line}, key " in str(fault.value)
    assert sentence in str(fault.value)


def test_fields_of_an_article_are_as_corrected_and_what_they_were_is_kept(tmp_path: Path) -> None:
    toml = f'[articles."fog"]\ntitle = "Mist"\npublished = "2020-02"\nsource = "The Mole"\nplace = "Skarn"\n{SIGNED}'
    article = made(tmp_path, toml)
    assert (article.title, article.source, article.place) == ("Mist", "The Mole", "Skarn")
    assert article.published == Dated(date(2020, 2, 1), date(2020, 2, 29), "month", "correction")
    told = {each.field: each for each in article.corrected}
    assert set(told) == {"title", "published", "source", "place"}
    assert (told["title"].was, told["published"].was) == ("Fog over Lorvik", "2021-05-03")
    assert (told["title"].by, told["title"].on, told["title"].why) == (
        "R. Ortiz",
        date(2024, 5, 1),
        "The tape has her voice.",
    )


def test_statements_are_dated_by_the_corrected_day_and_looked_for_in_english_only(tmp_path: Path) -> None:
    fog = next(each for each in made(tmp_path, '[articles."fog"]\npublished = 2021-06-09').statements if each.id == FOG)
    assert fog.day is not None
    assert fog.day.first == date(2021, 6, 7)  # the Monday before
    assert made(tmp_path, '[articles."fog"]\nlanguage = "de"').statements == ()


def test_what_is_corrected_to_nothing_is_none(tmp_path: Path) -> None:
    article = made(tmp_path, '[articles."fog"]\npublished = ""\ntitle = ""')
    assert (article.published, article.title) == (None, None)


def test_another_speaker_takes_the_role_that_the_article_gives_and_ids_stay(tmp_path: Path) -> None:
    article = made(tmp_path, f'[statements."{FOG}"]\nspeakers = ["Ina Bresk"]\n{SIGNED}')
    assert [each.id for each in article.statements] == [each.id for each in plain().statements]
    fog = next(each for each in article.statements if each.id == FOG)
    bresk = next(each for each in plain().speakers if each.name == "Ina Bresk")
    assert fog.speakers == (bresk,)
    assert {each.name for each in article.speakers} == {
        speaker.name for each in article.statements for speaker in each.speakers
    }
    assert [(each.statement, each.field, each.was) for each in article.corrected if each.field == "speakers"] == [
        (FOG, "speakers", "Tomas Arden")
    ]


def test_several_speak_together_and_their_names_are_those_of_people_toml(tmp_path: Path) -> None:
    (tmp_path / "people.toml").write_text('["Katarina Vell"]\nvariants = ["Kata Vell"]', encoding="utf8")
    people = indexing.people_of(tmp_path)
    both = '[{name = "Kata Vell", role = "clerk"}, {name = "a pilot", type = "unnamed"}]'
    toml = f'[statements."{FOG}"]\nspeakers = {both}'
    article = ingest(raw_of(STORY, id="fog"), Profile(), people, read(tmp_path, toml))
    fog = next(each for each in article.statements if each.id == FOG)
    assert [(each.name, each.role, each.type) for each in fog.speakers] == [
        ("Katarina Vell", "clerk", "person"),
        ("a pilot", None, "unnamed"),
    ]


def test_what_nobody_said_is_no_statement_and_who_only_said_that_does_not_speak(tmp_path: Path) -> None:
    toml = "".join(f'[statements."{each.id}"]\nspeakers = []\n' for each in plain().statements if each.id != MAYOR)
    article = made(tmp_path, toml)
    assert [each.id for each in article.statements] == [MAYOR]
    assert [each.name for each in article.speakers] == ["Ina Bresk"]
    assert any("Tomas Arden: “The fog is in,”" in each.was for each in article.corrected)


def test_role_content_polarity_and_act_are_as_corrected(tmp_path: Path) -> None:
    toml = (
        f'[statements."{MAYOR}"]\nrole = "harbour mayor"\ncontent = "harbour would open"\n'
        f'polarity = "denied"\nact = "denied"\n{SIGNED}'
    )
    article = made(tmp_path, toml)
    said = next(each for each in article.statements if each.id == MAYOR)
    assert (said.speakers[0].role, said.polarity, said.act) == ("harbour mayor", "denied", "denied")
    assert [article.body[start:end] for start, end in said.content] == ["harbour would open"]
    assert {each.field for each in article.corrected} == {"role", "content", "polarity", "act"}
    nothing = made(tmp_path, f'[statements."{MAYOR}"]\npolarity = "declined"')
    assert next(each for each in nothing.statements if each.id == MAYOR).content == ()


def test_a_statement_whose_id_has_changed_is_found_by_its_words(tmp_path: Path) -> None:
    elsewhere = FOG[:12] + "0" * 8
    article = made(tmp_path, f'[statements."{elsewhere}"]\nwords = "the FOG is in"\nspeakers = ["Ina Bresk"]')
    assert not article.noticed
    assert next(each for each in article.statements if each.id == FOG).speakers[0].name == "Ina Bresk"


@pytest.mark.parametrize(
    ("toml", "why"),
    [
        (f'[statements."{FOG[:12]}00000000"]\nspeakers = []', "no longer has this statement"),
        (f'[statements."{FOG[:12]}00000000"]\nwords = "said"\nspeakers = []', "statements of the article have these"),
        (f'[statements."{FOG}"]\nwords = "herring pie"\nspeakers = []', "these words do not stand in the sentence"),
        (f'[statements."{FOG}"]\ncontent = "the mist is in"', '"the mist is in" does not stand in the sentence'),
    ],
)
def test_an_entry_that_does_not_fit_changes_nothing_and_is_noticed(tmp_path: Path, toml: str, why: str) -> None:
    article = made(tmp_path, toml)
    (noticed,) = article.noticed
    assert noticed.field == "corrections.toml"
    assert why in noticed.reason
    assert replace(article, noticed=()) == plain()


def corpus_of(folder: Path, toml: str) -> Path:
    corpus = folder / "corpus"
    corpus.mkdir(exist_ok=True)
    (corpus / "fog.txt").write_text(STORY, encoding="utf8")
    (corpus / "mist.txt").write_text(STORY.replace("Arden", "Quill").replace("fog", "mist"), encoding="utf8")
    (corpus / "corrections.toml").write_text(toml, encoding="utf8")
    return corpus


def reindexed(corpus: Path) -> tuple[MemoryEngine, Report]:
    engine = MemoryEngine()
    return engine, indexing.reindex(engine, corpus, jobs=1)


def test_an_update_takes_in_what_a_changed_file_touches_and_comes_to_what_a_reindex_does(tmp_path: Path) -> None:
    corpus = corpus_of(tmp_path, "")
    engine, report = reindexed(corpus)
    assert (report.articles, report.unfit) == (2, ())
    (name,) = (name for name, _ in engine.digests() if "fog" in name)
    statement = engine.get([name])[name].statements[0]
    toml = f'[statements."{statement.id}"]\nspeakers = ["Mara Quill"]\n[articles."{name}"]\nsource = "The Mole"\n'
    corpus_of(tmp_path, toml)
    assert indexing.check(engine, corpus).changed == (name,)
    updated = indexing.update(engine, corpus, jobs=1)
    assert (updated.changed, updated.unchanged, updated.unfit) == (1, 1, ())
    now = engine.get([name])[name]
    assert (now.source, now.statements[0].speakers[0].name, now.statements[0].id) == (
        "The Mole",
        "Mara Quill",
        statement.id,
    )
    assert reindexed(corpus)[0].get([name]) == {name: now}
    assert indexing.update(engine, corpus, jobs=1).changed == 0
    corpus_of(tmp_path, "")
    indexing.update(engine, corpus, jobs=1)
    assert engine.get([name])[name].statements[0] == statement


def test_entries_that_do_not_fit_are_told_at_each_run(tmp_path: Path) -> None:
    fog = "f" * 20
    corpus = corpus_of(tmp_path, f'[articles."gone"]\ntitle = "x"\n[statements."{fog}"]\nspeakers = []\n')
    engine, report = reindexed(corpus)
    gone = 'articles."gone": the archive has no article with this id; leave the entry out'
    lost = f'statements."{fog}": the archive has no article with a statement of this id; leave the entry out'
    assert report.unfit == (gone, lost)
    assert indexing.update(engine, corpus, jobs=1).unfit == (gone, lost)
    (name,) = (name for name, _ in engine.digests() if "fog" in name)
    key = engine.get([name])[name].statements[0].id[:12]
    corpus_of(tmp_path, f'[statements."{key}00000000"]\nspeakers = []')
    assert [each.why for each in misfits(engine, indexing.corrections_of(corpus))] == [
        f'statements."{key}00000000": it is not applied yet; run: searchapp update'
    ]
    (unfit,) = indexing.update(engine, corpus, jobs=1).unfit
    assert "no longer has this statement" in unfit


def test_the_command_says_what_fits_and_its_exit_status_too(tmp_path: Path) -> None:
    corpus, index = corpus_of(tmp_path, ""), str(tmp_path / "index")

    def run(*more: str) -> Result:
        return CliRunner().invoke(main, ["corrections", "check", "--corpus", str(corpus), "--index", index, *more])

    engine = open_engine(index)
    indexing.reindex(engine, corpus, jobs=1)
    assert (run().exit_code, run().output) == (
        0,
        "There is no corrections.toml beside the articles, or nothing in it.\n",
    )
    assert (run("--corpus", "/nowhere").exit_code, "There is no folder" in run("--corpus", "/nowhere").output) == (
        1,
        True,
    )
    (name,) = (name for name, _ in engine.digests() if "fog" in name)
    corpus_of(tmp_path, f'[articles."{name}"]\ntitle = "Mist"\n[articles."gone"]\ntitle = "x"\n')
    assert "not applied yet" in run().output
    indexing.update(engine, corpus, jobs=1)
    told = json.loads(run("--json").output)
    assert (told["fit"], [each["entry"] for each in told["unfit"]]) == ([f'articles."{name}"'], ['articles."gone"'])
    assert run().exit_code == 1
    corpus_of(tmp_path, '[articles."gone"]\nheadline = "x"\n')
    assert (run().exit_code, "line 2" in run().output) == (1, True)
