"""Does a surname find an article with the name as such first? ``python -m quality.surnames [ENGINE]``.

Asked are the commonest surnames of the Reuters articles, as a reader would type them: those that follow a given name in
most articles. A name as such stands behind a given name, an initial or a title; *a man* and *banks* are none.
"""

import gzip
import json
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import click

from searchapp.article import Article
from searchapp.engines import open_engine
from searchapp.engines.protocol import Engine
from searchapp.ingest.attribution.given_names import given_names
from searchapp.ingest.attribution.lexicon import DOMAIN, GROUP, NAMED, NATION, NUMBER, PLACE, ROLE, TIME, tag
from searchapp.query import parse
from searchapp.search import SearchRequest

REUTERS = Path(__file__).parent.parent.parent / "shared/bench/reuters.jsonl.gz"
COMMONEST = 200
_FULL_NAME = re.compile(r"\b([A-Z][a-z]+)\s(?:[A-Z]\.\s)?([A-Z][a-z]{2,})\b(?!\s[A-Z])")
_SAID = re.compile(r"\b([A-Z][a-z]{2,})\s(?:said|told|added)\b")
_OF_NO_PERSON = GROUP | NAMED | PLACE | NATION | ROLE | TIME | DOMAIN | NUMBER


def articles() -> Iterator[Article]:
    """Yield the Reuters articles as they are, without what ingest finds in them."""
    with gzip.open(REUTERS, "rt", encoding="utf8") as lines:
        for line in lines:
            made = json.loads(line)
            if body := made["text"].strip():
                yield Article(made["id"], (made["title"] or "").strip() or None, body, digest=made["id"])


def surnames(texts: Iterable[str], most: int = COMMONEST) -> list[str]:
    """Return the words that most texts have behind a given name and before a verb of saying."""
    behind_given, speaking = Counter[str](), Counter[str]()
    known = given_names()
    for text in texts:
        behind_given.update({last for first, last in _FULL_NAME.findall(text) if first.lower() in known})
        speaking.update(set(_SAID.findall(text)))
    both = {
        name: count for name, count in behind_given.items() if speaking[name] and not tag(name.lower()) & _OF_NO_PERSON
    }
    return sorted(both, key=lambda name: (-both[name], name))[:most]


def bears_name(article: Article, name: str) -> bool:
    """Tell whether ``name`` stands in the article as one's name: behind a given name, an initial or a title, with a
    capital inside a sentence, or with one wherever it stands."""
    before = r"(?:[A-Z][a-z]+|[A-Z]\.|Mr\.?|Mrs\.?|Ms\.?|Dr\.?|[a-z]+,?)\s+"
    if re.search(rf"{before}{name}\b", article.body):
        return True
    return bool(re.search(rf"\b{name}\b", article.body)) and not re.search(rf"\b{name.lower()}\b", article.body)


def first_without_name(engine: Engine, names: Iterable[str]) -> dict[str, str]:
    """Return those of ``names`` for which the first article found does not bear the name, with its id."""
    wrong = {}
    for name in names:
        hits = engine.search(SearchRequest(parse(name), limit=1, facets=())).hits
        if not hits or not bears_name(hits[0].article, name):
            wrong[name] = hits[0].article.id if hits else ""
    return wrong


def main() -> None:
    """Measure one engine on all articles."""
    name = sys.argv[1] if len(sys.argv) > 1 else "tantivy"
    found = list(articles())
    names = surnames(article.body for article in found)
    with tempfile.TemporaryDirectory() as folder:
        engine = open_engine(f"{name}:{folder}/index")
        with engine.lock():
            engine.reindex(found)
        wrong = first_without_name(engine, names)
    click.echo(f"{name}: {len(names) - len(wrong)} of {len(names)} surnames find the name first.")
    for each, identity in wrong.items():
        click.echo(f"  {each}: {identity or 'nothing'}")


if __name__ == "__main__":
    main()
