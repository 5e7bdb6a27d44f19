"""Tantivy's own queries, made from terms, days and other queries."""

from collections.abc import Sequence

from tantivy import FieldType, Occur, Query, Schema

from searchapp.analysis import stem
from searchapp.engines.ranking import PHRASE
from searchapp.errors import UnsupportedQuery
from searchapp.fields import View
from searchapp.query import And, Exact, Fuzzy, InStatement, Link, Near, Node, Not, Or, Prefix, Text, Word, Words
from searchapp.written import is_form, plain

MOST_TERMS = 300  # up to which a union of terms is faster than tantivy's set of terms
EXPANDED = 5  # times as dear as a word: a guess, not measured
MOST_EDITS = 2  # that tantivy's automata are built for


def is_even(node: Node, view: View) -> bool:
    """Say whether all that matches has the same score, so that it need not be computed."""
    match node:
        case And(parts):
            return all(is_even(part, view) for part in parts)
        case Or(parts):
            return all(is_even(part, view) and not isinstance(part, And | Or | Text) for part in parts)
    return not isinstance(node, Words | Exact | Near) or (node.field == "said") != (view == "statements")


def effort(node: Node) -> int:
    """Return what a query costs, roughly, where finding one word costs 1: a phrase reads the places of each of its
    words, a prefix or fuzzy word the postings of all words that it stands for."""
    match node:
        case And(parts) | Or(parts):
            return sum(map(effort, parts))
        case Not(part) | InStatement(part):
            return effort(part)
        case Words(terms=terms):
            return 2 * len(terms) - 1
        case Prefix() | Fuzzy():
            return EXPANDED
        case Near(parts=parts):
            return EXPANDED * sum(map(len, parts))
    return 1


def leaf_query(leaf: Word, schema: Schema) -> Query:
    """Return a query for words. A prefix or a fuzzy word is worth the same wherever it is found."""
    if isinstance(leaf, Words):
        return _words_query(leaf, schema)
    if isinstance(leaf, Fuzzy) and leaf.distance > MOST_EDITS:
        raise UnsupportedQuery(f"Tantivy finds words up to {MOST_EDITS} edits away, not {leaf.distance}.")
    written = f"{leaf.field}_words"
    if isinstance(leaf, Exact):  # worth what the word is worth in any form
        in_any_form = _words_query(Words(leaf.field, (plain(leaf.term),)), schema)
        return Query.boolean_query([(Occur.Must, unscored(as_written(leaf, schema))), (Occur.Should, in_any_form)])
    if isinstance(leaf, Prefix):  # a regex takes half a millisecond to make
        return Query.fuzzy_term_query(schema, written, leaf.prefix, 0, prefix=True)
    return Query.fuzzy_term_query(schema, written, leaf.term, leaf.distance)


def _words_query(leaf: Words, schema: Schema) -> Query:
    stems: list[str | tuple[int, str]] = list(map(stem, leaf.terms))
    if len(stems) == 1:
        return Query.term_query(schema, leaf.field, stems[0])
    return Query.boost_query(Query.phrase_query(schema, leaf.field, stems), PHRASE)


def near_query(near: Near, schema: Schema) -> tuple[Query, bool]:
    """Return what finds at least all texts in which words stand as asked, without a score, and whether it finds no
    others. Phrases, beginnings of words and sentences are beyond it, and where one stretch of text ends."""
    fields = ("title", "body") if near.field == "text" else (near.field,)
    alone = len(near.links) == 1 and not near.links[0].unit and near.field != "said"
    whole = all(isinstance(word, Words) and len(word.terms) == 1 for part in near.parts for word in part)
    if not whole:
        parts = [_either([leaf_query(word, schema) for word in part]) for part in near.parts]
        return unscored(both(*parts)), False
    stems = [
        list(dict.fromkeys(stem(word.terms[0]) for word in part if isinstance(word, Words))) for part in near.parts
    ]
    found = []
    for field in fields:
        pairs = [
            _either([_apart(schema, field, one, other, link) for one in before for other in after])
            for before, after, link in zip(stems, stems[1:], near.links, strict=False)
        ]
        found.append(both(*pairs))
    return unscored(_either(found)), alone


def _apart(schema: Schema, field: str, one: str, other: str, link: Link) -> Query:
    """Return what finds two stems at most so many words apart. With a slop of n, tantivy takes terms up to n from where
    they are looked for, whichever comes first; a stem that is asked for twice must not be found twice in one place."""
    most = link.words
    if one != other and not link.after:
        return Query.phrase_query(schema, field, [(0, one), (0, other)], slop=most)
    middle = (most + 1) // 2
    behind = Query.phrase_query(schema, field, [(0, one), (middle, other)], slop=middle - 1)
    if most % 2:
        return behind
    return _either([behind, Query.phrase_query(schema, field, [(0, one), (most, other)])])


def _either(queries: Sequence[Query]) -> Query:
    return queries[0] if len(queries) == 1 else Query.boolean_query([(Occur.Should, query) for query in queries])


def as_written(leaf: Exact, schema: Schema) -> Query:
    fields = [f"{leaf.field}_words"]
    if is_form(leaf.term):
        fields = [f"{field}_forms" for field in (("title", "body") if leaf.field == "text" else (leaf.field,))]
    each = [Query.term_query(schema, field, leaf.term, "basic") for field in fields]
    return each[0] if len(each) == 1 else Query.boolean_query([(Occur.Should, one) for one in each])


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
