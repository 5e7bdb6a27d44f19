"""Query trees as clauses of OpenSearch: what matches, what scores, in which order, and what is counted.

A clause that only filters and one that scores are two things: the score of a tree is the sum of those of its words,
and a filter has none. Nothing here is approximate. Prefixes and fuzzy words are not expanded to a bounded number of
words: ``rewrite: constant_score`` visits all, and each is worth the same wherever it stands.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal, get_args

from searchapp.analysis import stem
from searchapp.engines.opensearch.documents import indexed
from searchapp.engines.ranking import NAMED, PHRASE, once
from searchapp.errors import UnsupportedQuery
from searchapp.fields import FACETS, SAID_OF, Day, Facet, Sort, View
from searchapp.query import (
    Alike,
    And,
    Dates,
    Everything,
    Exact,
    Fuzzy,
    InStatement,
    Name,
    Near,
    Node,
    Not,
    Or,
    Prefix,
    Text,
    Values,
    Word,
    Words,
    in_statement,
    neighbours,
    preferred,
)
from searchapp.written import is_form, plain

Clause = dict[str, Any]
End = Literal["first", "last"]
ENDS: tuple[End, ...] = get_args(End)
Level = Literal["articles", "statements", "inside"]  # "inside": a statement nested in its article
# Values asked for at once. Together they stay below the 65,535 that OpenSearch answers with at most.
MOST_VALUES: dict[Facet, int] = dict.fromkeys(FACETS, 5000) | {"speaker": 20_000}
DAYS_AT_ONCE = 60_000  # from the first to the last of one answer, which has 65,535 at most
BEYOND = 200  # values told beyond the commonest, so that shards mostly tell the same ones
_FIELDS: dict[Level, frozenset[str]] = {
    "articles": frozenset({"text", "title", "body"}),
    "statements": frozenset({"said", "title"}),
    "inside": frozenset({"said"}),
}


@dataclass(frozen=True, slots=True)
class Standing(Near):
    """Words near each other, and the ids of the articles or statements in which they stand as asked: those that have
    been read, since OpenSearch cannot tell."""

    ids: tuple[str, ...] = ()


def is_told(near: Near) -> bool:
    """Say whether OpenSearch itself can tell where words stand near each other: two words or phrases, and not of
    sentences and paragraphs."""
    return len(near.links) == 1 and not near.links[0].unit and all(isinstance(each, Words) for each in near.all_words)


def ranks(tree: Node, view: View, sort: Sort) -> bool:
    """Say whether hits are sorted by their scores."""
    return sort == "relevance" and _scores(tree, view)


def query(tree: Node, view: View, sort: Sort) -> Clause:
    """Return what finds the hits of ``tree``, and scores them if they are sorted by that.

    Raises UnsupportedQuery for what cannot be asked of this view.
    """
    if not ranks(tree, view, sort):
        return {"bool": {"filter": [matching(tree, view)]}}
    lifts = [{"constant_score": {"filter": _spelled_anywhere(name), "boost": NAMED}} for name in preferred(tree)]
    beside = [*(_scored(words, view) for words in neighbours(tree)), *lifts]
    return {"bool": {"must": [_scored(tree, view)], "should": beside}}


def order(by_score: bool, sort: Sort, of: Day = "published") -> list[Clause]:
    """Return the order of hits: by score or day of intake if asked to, then by the day that counts (undated ones last),
    then by id."""
    day = {day_field("first", of): {"order": "asc" if sort == "oldest" else "desc", "missing": "_last"}}
    before: list[Clause] = [{"_score": "desc"}] if by_score else []
    if sort == "added":
        before = [{"added": {"order": "desc", "missing": "_last"}}]
    return [*before, day, {"id": "asc"}]


def counting(
    facet: Facet, tree: Node, view: View, most: int | None = None, part: tuple[int, int] | None = None
) -> Clause:
    """Return what counts the hits of ``tree`` under each value of ``facet``, or under the ``most`` commonest: an
    aggregation.

    A speaker counts who speaks in the very statement that ``tree`` asks for; then all values are told. They are exact,
    on any number of shards, when there are no others (``sum_other_doc_count`` is 0); else ask for one ``part`` of them
    after the other: its number, of how many. Of the commonest each shard tells ``BEYOND`` more than are wanted, and of
    each value how much may be wanting in its count.
    """
    inside = in_statement(tree) if facet == "speaker" and view == "articles" else None
    values: Clause = {"field": f"statements.{facet}" if inside else facet, "size": MOST_VALUES[facet]}
    if most is not None and not inside:
        values |= {"size": most + BEYOND, "shard_size": most + BEYOND, "show_term_doc_count_error": True}
    if part:
        values["include"] = {"partition": part[0], "num_partitions": part[1]}
    if not inside:
        return {"terms": values}
    articles: Clause = {"outside": {"reverse_nested": {}}}
    satisfying = {"filter": matching(inside.part, "inside"), "aggs": {"values": {"terms": values, "aggs": articles}}}
    return {"nested": {"path": "statements"}, "aggs": {"inside": satisfying}}


def day_field(end: End, of: Day) -> str:
    """Return where the first or the last day stands that a hit may be of, or on which it was said."""
    return f"said_{end}" if of == "said" else end


def day_counting(
    tree: Node, view: View, end: End, of: Day, first: int | None = None, before: int | None = None
) -> Clause:
    """Return what counts the hits of ``tree`` on each day, by the ``first`` or the ``last`` that they may be of, from
    the day ``first`` to that ``before`` which it ends (ordinals; None: open): the body of a search."""
    field = day_field(end, of)
    among = {"range": {field: {"gte": first, "lt": before}}}
    return {
        "query": {"bool": {"filter": [matching(tree, view), among]}},
        "size": 0,
        "track_total_hits": False,
        "aggs": {end: {"histogram": {"field": field, "interval": 1, "min_doc_count": 1}}},
    }


def matching(node: Node, level: Level) -> Clause:
    """Return what finds the documents that satisfy ``node``, without a score. Raises UnsupportedQuery."""
    match node:
        case And(parts):
            return {"bool": {"filter": [matching(part, level) for part in parts]}}
        case Or(parts):
            return _any(matching(part, level) for part in parts)
        case Not(part):
            return {"bool": {"must_not": [matching(part, level)]}}
        case Everything():
            return {"match_all": {}}
        case Words() | Exact() | Prefix() | Fuzzy() if node.field in _FIELDS[level]:
            return _text(node, level)
        case Standing(ids=ids) if node.field in _FIELDS[level]:
            return {"terms": {"statements.statement" if level == "inside" else "id": ids}}
        case Near() if node.field in _FIELDS[level]:
            return _near(node, level)
        case Name(field="speaker") | Values(field="speaker"):
            return _named(node, level)
        case Name() | Values() if level == "statements" or (node.field in SAID_OF) == (level == "inside"):
            return _named(node, level)
        case Dates(of=of) if level == "statements" or (level == "articles" and of != "said"):
            return _dated(node)
        case Alike(sketch) if level == "articles":
            return {"terms": {"sketch": sketch}}
        case InStatement(part) if level == "articles":
            return {"nested": {"path": "statements", "query": matching(part, "inside"), "score_mode": "none"}}
    asked = "statements" if level == "inside" else level
    raise UnsupportedQuery(f"This part of a query cannot be answered for {asked}: {node}.")


def _scores(node: Node, view: View) -> bool:
    if isinstance(node, And | Or):
        return any(_scores(part, view) for part in node.parts)
    return isinstance(node, Text) and (node.field == "said") == (view == "statements")


def _scored(node: Node, view: View) -> Clause:
    if not _scores(node, view):
        return {"constant_score": {"filter": matching(node, view), "boost": 0}}
    match node:
        case And(parts):
            return {"bool": {"must": [_scored(part, view) for part in once(parts)]}}
        case Or(parts):
            return _any(_scored(part, view) for part in once(parts))
        case Words(terms=(_,)):
            return matching(node, view)
        case Exact(field=field, term=term):  # worth what the word is worth in any form
            in_any_form = matching(Words(field, (plain(term),)), view)
            return {"bool": {"filter": [matching(node, view)], "should": [in_any_form]}}
        case Words():
            return {"bool": {"must": [matching(node, view)], "boost": PHRASE}}
        case Near():  # worth what its words are worth
            return {"bool": {"must": [_scored(node.words, view)], "filter": [matching(node, view)]}}
    return {"constant_score": {"filter": matching(node, view)}}


def _any(clauses: Iterable[Clause]) -> Clause:
    return {"bool": {"should": list(clauses), "minimum_should_match": 1}}


def _near(near: Near, level: Level) -> Clause:
    """Return what finds two words or phrases near each other. Spans in order are looked for both ways round, since
    those without an order may overlap."""
    before = "statements." if level == "inside" else ""
    (link,) = near.links
    fields = ("title", "body") if near.field == "text" else (near.field,)
    ways = [near.parts] if link.after else [near.parts, near.parts[::-1]]
    return _any(
        {
            "span_near": {
                "clauses": [_spans(part, before + field) for part in parts],
                "slop": link.words - 1,
                "in_order": True,
            }
        }
        for field in fields
        for parts in ways
    )


def _spans(part: Iterable[Word], field: str) -> Clause:
    """Return where one of some words or phrases stands."""
    found: list[Clause] = []
    for word in part:
        assert isinstance(word, Words)  # is_told
        each: list[Clause] = [{"span_term": {field: indexed(stem(term))}} for term in word.terms]
        found.append(each[0] if len(each) == 1 else {"span_near": {"clauses": each, "slop": 0, "in_order": True}})
    return found[0] if len(found) == 1 else {"span_or": {"clauses": found}}


def _text(leaf: Word, level: Level) -> Clause:
    before = "statements." if level == "inside" else ""
    if isinstance(leaf, Words):
        field, stems = before + leaf.field, [indexed(stem(term)) for term in leaf.terms]
        return {"match_phrase": {field: " ".join(stems)}} if len(stems) > 1 else {"term": {field: stems[0]}}
    return _spelled_anywhere(leaf, before)


def _spelled_anywhere(leaf: Exact | Prefix | Fuzzy, before: str = "") -> Clause:
    written = ("title", "body") if leaf.field == "text" else (leaf.field,)
    kind = "forms" if isinstance(leaf, Exact) and is_form(leaf.term) else "words"
    return _any(_spelled(leaf, f"{before}{field}_{kind}") for field in written)


def _spelled(leaf: Exact | Prefix | Fuzzy, field: str) -> Clause:
    if isinstance(leaf, Exact):
        return {"term": {field: indexed(leaf.term)}}
    if isinstance(leaf, Prefix):
        return {"prefix": {field: {"value": indexed(leaf.prefix), "rewrite": "constant_score"}}}
    near = {"value": indexed(leaf.term), "fuzziness": leaf.distance, "transpositions": True}
    return {"fuzzy": {field: near | {"rewrite": "constant_score"}}}


def _named(node: Name | Values, level: Level) -> Clause:
    field = f"statements.{node.field}" if level == "inside" else node.field
    if isinstance(node, Values):
        return {"terms": {field: node.values}}
    return {"match_phrase": {f"{field}_name": " ".join(map(indexed, node.terms))}}


def _dated(dates: Dates) -> Clause:
    of: Day = "said" if dates.of == "said" else "published"
    firsts, lasts = ("added", "added") if dates.of == "added" else (day_field("first", of), day_field("last", of))
    bounds: list[Clause] = [{"exists": {"field": firsts}}]
    if dates.first:
        bounds.append({"range": {lasts: {"gte": dates.first.toordinal()}}})
    if dates.last:
        bounds.append({"range": {firsts: {"lte": dates.last.toordinal()}}})
    return {"bool": {"filter": bounds}}
