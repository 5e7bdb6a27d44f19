"""Tantivy's own queries, made from terms, days and other queries."""

from collections.abc import Sequence

from tantivy import FieldType, Occur, Query, Schema, Searcher

from searchapp.analysis import stem
from searchapp.engines.ranking import PHRASE, idf, rarity
from searchapp.errors import UnsupportedQuery
from searchapp.fields import View
from searchapp.query import And, Exact, Fuzzy, Node, Or, Prefix, Text, Words

MOST_TERMS = 300  # up to which a union of terms is faster than tantivy's set of terms
MOST_EDITS = 2  # that tantivy's automata are built for


def is_even(node: Node, view: View) -> bool:
    """Say whether all that matches has the same score, so that it need not be computed."""
    match node:
        case And(parts):
            return all(is_even(part, view) for part in parts)
        case Or(parts):
            return all(is_even(part, view) and not isinstance(part, And | Or | Text) for part in parts)
    return not isinstance(node, Words | Exact) or (node.field == "said") != (view == "statements")


def leaf_query(leaf: Text, schema: Schema, searcher: Searcher) -> Query:
    """Return a query for words. A prefix or a fuzzy word is worth the same wherever it is found."""
    if isinstance(leaf, Words):
        return _words_query(leaf, schema, searcher)
    if isinstance(leaf, Fuzzy) and leaf.distance > MOST_EDITS:
        raise UnsupportedQuery(f"Tantivy finds words up to {MOST_EDITS} edits away, not {leaf.distance}.")
    written = f"{leaf.field}_words"
    if isinstance(leaf, Exact):  # worth what the word is worth in any form
        in_any_form = _words_query(Words(leaf.field, (leaf.term,)), schema, searcher)
        return both(in_any_form, unscored(as_written(leaf, schema)))
    if isinstance(leaf, Prefix):  # a regex takes half a millisecond to make
        return Query.fuzzy_term_query(schema, written, leaf.prefix, 0, prefix=True)
    return Query.fuzzy_term_query(schema, written, leaf.term, leaf.distance)


def _words_query(leaf: Words, schema: Schema, searcher: Searcher) -> Query:
    stems = list(map(stem, leaf.terms))
    number = searcher.num_docs
    found = [min(searcher.doc_freq(leaf.field, each), number) for each in stems]
    if len(stems) == 1:
        return Query.boost_query(Query.term_query(schema, leaf.field, stems[0]), rarity(found[0], number))
    idfs = [idf(each, number) for each in found]
    rare = sum(own * rarity(each, number) for own, each in zip(idfs, found, strict=True)) / sum(idfs)
    phrase: list[str | tuple[int, str]] = [*stems]
    return Query.boost_query(Query.phrase_query(schema, leaf.field, phrase), PHRASE * rare)


def as_written(leaf: Exact, schema: Schema) -> Query:
    return Query.term_query(schema, f"{leaf.field}_words", leaf.term, "basic")


def unscored(query: Query) -> Query:
    return Query.const_score_query(query, 0.0)


def all_of() -> Query:
    return unscored(Query.all_query())


def both(*queries: Query) -> Query:
    return queries[0] if len(queries) == 1 else Query.boolean_query([(Occur.Must, query) for query in queries])


def any_of(schema: Schema, field: str, values: Sequence[str] | Sequence[int]) -> Query:
    if len(values) > MOST_TERMS:
        return Query.term_set_query(schema, field, values)
    return Query.boolean_query([(Occur.Should, Query.term_query(schema, field, value, "basic")) for value in values])


def range_query(schema: Schema, field: str, lowest: int | None, highest: int | None) -> Query:
    return Query.range_query(schema, field, FieldType.Unsigned, lowest, highest)


def at_one_place(schema: Schema, marks: frozenset[str]) -> Query:
    if len(marks) == 1:
        return Query.term_query(schema, "said", next(iter(marks)))
    return Query.phrase_query(schema, "said", [(0, each) for each in marks])
