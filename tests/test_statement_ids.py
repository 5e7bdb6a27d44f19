"""Ids of statements: what they outlive, and where those lead that name none any more."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import replace

import pytest
from flask.testing import FlaskClient
from raws import raw_of
from web_articles import BRASK, OKORO, said, written

from searchapp.article import Article, Speaker, with_statement_ids
from searchapp.engines.memory import MemoryEngine
from searchapp.ingest import ingest, under_names
from searchapp.ingest.attribution.people import People
from searchapp.ingest.profile import Profile
from searchapp.settings import Settings
from searchapp.web import create_app

BODY = "“The fog is in,” said Tomas Okorowski. “No,” said Edvin Brask. “No,” said Edvin Brask."
STORY = "Fog over Lorvik\n\n“The fog is in,” said pilot Tomas Okorowski.\n\nThree freighters waited outside the mole."


def fog() -> Article:
    first, second, third = "“The fog is in,” said Tomas Okorowski.", "“No,” said Edvin Brask.", BODY.rindex("“No,”")
    again = replace(said(BODY, second, "“No,”", BRASK), start=third, end=len(BODY))
    return written(
        "fog", "The fog", BODY, said(BODY, first, "“The fog is in,”", OKORO), said(BODY, second, "“No,”", BRASK), again
    )


def client(*articles: Article) -> FlaskClient:
    engine = MemoryEngine()
    with engine.lock():
        engine.reindex(articles)
    return create_app(Settings(), engine=engine).test_client()


def test_an_id_is_of_the_article_and_the_words_not_of_the_speaker() -> None:
    article = fog()
    first, second, third = article.statements
    assert len({each.id[:12] for each in article.statements}) == 1
    assert third.id == f"{second.id}-2"
    others = (Speaker("Somebody Else"),)
    named_anew = replace(article, statements=tuple(replace(each, speakers=others) for each in article.statements))
    assert [each.id for each in with_statement_ids(named_anew).statements] == [first.id, second.id, third.id]
    elsewhere = with_statement_ids(replace(article, id="mist"))
    assert not {each.id for each in elsewhere.statements} & {first.id, second.id, third.id}


def test_ids_outlive_a_merge_of_names_which_only_adds_to_the_former_ids() -> None:
    made = ingest(raw_of(STORY, id="story"), Profile(), People())
    merged = under_names(made, {"Tomas Okorowski": "Thomas Okorowski"}, People())
    (before,), (after,) = made.statements, merged.statements
    assert after.speakers[0].name == "Thomas Okorowski"
    assert after.id == before.id
    assert (len(before.former), len(after.former)) == (1, 2)
    assert set(before.former) < set(after.former)


def test_ids_of_the_earlier_form_are_those_that_were_given() -> None:
    of_names = hashlib.sha256(b"fog\0Edvin Brask\0no said edvin brask").hexdigest()[:16]
    assert [each.former for each in fog().statements[1:]] == [(of_names,), (f"{of_names}-2",)]


@pytest.mark.parametrize("ending", ["", ".json", ".bib", ".csl.json", "?q=fog"])
def test_an_id_of_the_earlier_form_leads_to_that_of_today(ending: str) -> None:
    article = fog()
    for each in article.statements:
        answer = client(article).get(f"/statements/{each.former[0]}{ending}")
        assert (answer.status_code, answer.headers["Location"]) == (301, f"/statements/{each.id}{ending}")


def test_a_statement_whose_sentence_is_gone_names_its_article_and_what_that_quotes_now() -> None:
    article = fog()
    gone = article.statements[0]
    site = client(replace(article, statements=article.statements[1:]))
    page = site.get(f"/statements/{gone.id}")
    assert page.status_code == 410
    assert 'href="/articles/fog"' in page.text
    assert f'href="/statements/{article.statements[1].id}"' in page.text
    problem = site.get(f"/statements/{gone.id}.json")
    assert (problem.status_code, problem.mimetype) == (410, "application/problem+json")
    assert '"fog"' in problem.get_json(force=True)["detail"]
    assert client(replace(article, statements=())).get(f"/statements/{gone.id}").status_code == 410
    assert site.get(f"/statements/{'0' * 20}").status_code == 404


def test_a_page_never_shows_two_generations() -> None:
    class Switching(MemoryEngine):
        """Publishes the article under another title once a page has read it, as long as there are any."""

        titles: list[str]

        def get(self, ids: Iterable[str]) -> Mapping[str, Article]:
            read = super().get(ids)
            if self.titles:
                with self.lock():
                    self.reindex([replace(fog(), title=self.titles.pop())])
            return read

    for path in (f"/statements/{fog().statements[1].id}", "/articles/fog"):
        engine = Switching()
        engine.titles = []
        with engine.lock():
            engine.reindex([fog()])
        engine.titles = ["The fog lifts"]
        page = create_app(Settings(), engine=engine).test_client().get(path).text
        assert "The fog lifts" in page
