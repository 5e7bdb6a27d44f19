"""One utterance in many outlets: what counts as the same, and where a page tells it."""

import pytest
from web_articles import BRASK, OKORO, day, said, written

from searchapp.article import Article, Speaker
from searchapp.engines.memory import MemoryEngine
from searchapp.engines.utterances import elsewhere_said, is_same
from searchapp.settings import Settings
from searchapp.web import create_app

QUOTED = "“The eastern lock will stay shut until 14 divers have inspected every hinge,”"


def told(identity: str, content: str, speaker: Speaker = OKORO, on: str = "2021-03-01") -> Article:
    body = f"{content} {speaker.name} said on the quay."
    return written(identity, identity, body, said(body, body, content, speaker), published=day(on), source=identity)


FIRST = told("Quay Gazette", QUOTED)


@pytest.mark.parametrize(
    "content",
    [
        QUOTED,
        "“Until 14 divers have inspected every hinge, the eastern lock will stay shut,”",
        "The eastern lock would stay shut until every hinge had been inspected by 14 divers,",
        "“The eastern lock will stay shut,”",
    ],
)
@pytest.mark.parametrize("name", [OKORO.name, "T. Okorowski"])
def test_an_utterance_is_known_quoted_turned_reported_and_cut(content: str, name: str) -> None:
    other = told("Lantern Wire", content, Speaker(name))
    assert is_same(FIRST, FIRST.statements[0], other, other.statements[0])


@pytest.mark.parametrize(
    ("content", "speaker"),
    [
        (QUOTED, BRASK),  # another speaker
        (QUOTED.replace("14", "20"), OKORO),  # another number
        (QUOTED.replace("will", "will not"), OKORO),
        (QUOTED.replace("will", "won't"), OKORO),
        ("“The western ferry will sail again when the engines have been inspected,”", OKORO),
        ("“No comment,”", OKORO),  # too little to tell
    ],
)
def test_what_is_another_utterance_is_not_taken_for_it(content: str, speaker: Speaker) -> None:
    other = told("Lantern Wire", content, speaker)
    assert not is_same(FIRST, FIRST.statements[0], other, other.statements[0])


def test_the_page_of_a_statement_tells_where_else_it_stands_the_oldest_first() -> None:
    engine = MemoryEngine()
    later = told("Lantern Wire", QUOTED, on="2021-03-03")
    first = told("The Mole", QUOTED, Speaker("T. Okorowski"), on="2021-02-28")
    again = told("Late Edition", QUOTED, on="2021-06-01")  # said again, months later
    engine.reindex([FIRST, later, first, again, told("Other", "“The tea is cold and the biscuits are gone again,”")])
    found = elsewhere_said(engine, FIRST, FIRST.statements[0])
    assert [hit.article.id for hit in found] == ["The Mole", "Lantern Wire"]
    client = create_app(Settings(), engine=engine).test_client()
    page = client.get(f"/statements/{FIRST.statements[0].id}").text
    same = page[page.index("The same in other articles") : page.index("More by")]
    assert same.index("T. Okorowski") < same.index("Lantern Wire")
    assert "Late Edition" not in same
    assert "The same in" not in client.get(f"/statements/{again.statements[0].id}").text
