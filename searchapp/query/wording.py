"""A query in plain English, so that its author can see how it was understood."""

import unicodedata
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Literal

from searchapp.analysis import FUNCTION_WORDS, Span, tokens
from searchapp.fields import TextField
from searchapp.query.nodes import (
    And,
    Dates,
    Everything,
    Fuzzy,
    InStatement,
    Name,
    Node,
    Not,
    Or,
    Prefix,
    Query,
    Text,
    Values,
    Words,
    concerns_statements,
)


def describe(query: Query) -> str:
    """Return the query in English, to stand after a plural: "(37 articles) with grain, without wheat".

    A comma means "and". An empty query gives "". Filters and words left out are not in it.
    """
    return "" if isinstance(query.tree, Everything) else _clause(query.tree, query.text)


def counted(number: int, noun: str) -> str:
    """Return so many of what ``noun`` names: "1 article", "1,234 articles"."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _clause(node: Node, text: str, inside: bool = False) -> str:
    """``inside`` a statement ("with a statement by X that says Y without Z") there are no commas."""
    match node:
        case And(parts=parts):
            return (" " if inside else ", ").join(_clauses(parts, text, inside, "and"))
        case Or(parts=parts):
            return " or ".join(_clauses(parts, text, inside, "or"))
        case InStatement(part=part):
            return f"with a statement {_clause(part, text, inside=True)}"
        case Not(part=InStatement(part=part)):
            return f"without any statement {_clause(part, text, inside=True)}"
        case Not(part=part) if _text_field(part):
            return _text_clause("without", [part], text, "and")
        case Not(part=And() | Or() | Not() as part):
            return f"not ({_clause(part, text, inside)})"
        case Not(part=part):
            return _simple(part, text, inside, deny="not ")
    return _simple(node, text, inside)


def _clauses(parts: Sequence[Node], text: str, inside: bool, word: Literal["and", "or"]) -> list[str]:
    """Words of the same field share a clause; inside a statement its speakers come first."""
    groups: dict[object, list[Node]] = {}
    for at, part in enumerate(parts):
        groups.setdefault(_text_field(part) or at, []).append(part)
    ordered = sorted(groups.values(), key=lambda group: not (inside and concerns_statements(group[0])))
    clauses = []
    for group in ordered:
        if _text_field(group[0]):
            clauses.append(_text_clause("that says" if inside else "with", group, text, word))
        elif isinstance(group[0], And | Or):
            clauses.append(f"({_clause(group[0], text, inside)})")
        else:
            clauses.append(_clause(group[0], text, inside))
    return clauses


def _simple(leaf: Node, text: str, inside: bool, deny: str = "") -> str:
    match leaf:
        case Words() | Prefix() | Fuzzy():
            return _text_clause("that says" if inside else "with", [leaf], text, "and")
        case Name(field="speaker", terms=wanted, span=span) if inside:
            return f"{deny}by {_written(span, text, wanted)}"
        case Name(field="speaker", terms=wanted, span=span):
            return f"{'without' if deny else 'with'} the speaker {_written(span, text, wanted)}"
        case Name(field=field, terms=wanted, span=span):
            return f"{deny}from the {field} {_written(span, text, wanted)}"
        case Values(field=field, values=values):
            return f"{deny}with the {field} {' or '.join(value or 'none' for value in values)}"
        case Dates(first=first, last=last):
            return f"{deny}published {_days(first, last)}"
    return f"{deny}of any kind"


def _text_field(node: Node) -> TextField | None:
    """The field of a tree that is made of words of one field only, without a Not."""
    if isinstance(node, And | Or):
        fields = {_text_field(part) for part in node.parts}
        return fields.pop() if len(fields) == 1 else None
    return node.field if isinstance(node, Text) else None


def _text_clause(verb: str, some: Sequence[Node], text: str, word: Literal["and", "or"]) -> str:
    if len(some) == 1 and isinstance(some[0], Or):
        return _text_clause(verb, some[0].parts, text, "or")
    where = {"title": " in the title", "body": " in the body"}.get(_text_field(some[0]) or "", "")
    return f"{verb} {_listed([_thing(node, text) for node in some], word)}{where}"


def _thing(node: Node, text: str) -> str:
    match node:
        case And(parts=parts):
            return f"({_listed([_thing(part, text) for part in parts], 'and')})"
        case Or(parts=parts):
            return f"({_listed([_thing(part, text) for part in parts], 'or')})"
        case Words(terms=wanted):
            return _written(node.span, text, wanted)
        case Prefix(prefix=prefix):
            return f"a word that begins with “{_bare(node.span, text, (prefix,))}”"
        case Fuzzy(term=term):
            return f"a word like “{_bare(node.span, text, (term,))}”"
    raise AssertionError(node)  # _text_field let it in


def _written(span: Span, text: str, wanted: Sequence[str]) -> str:
    """The words as typed, in quotation marks where they could mislead."""
    words = _bare(span, text, wanted)
    return f"“{words}”" if " " in words or words in FUNCTION_WORDS else words


def _bare(span: Span, text: str, wanted: Sequence[str]) -> str:
    """The words as typed, without the marks around them and what is not ``wanted`` of them."""
    typed = unicodedata.normalize("NFC", text[span.start : span.end]) or " ".join(wanted)
    found = tokens(typed)[: len(wanted)]
    return typed[found[0].start : found[-1].end]


def _listed(things: Sequence[str], word: str) -> str:
    return f" {word} ".join(part for part in (", ".join(things[:-1]), things[-1]) if part)


def _days(first: date | None, last: date | None) -> str:
    if first and last:
        beyond = last + timedelta(1) if last < date.max else None
        whole_years = (first.month, first.day, last.month, last.day) == (1, 1, 12, 31)
        if first == last:
            return f"on {_day(first)}"
        if whole_years:
            return f"in {first.year}" if first.year == last.year else f"from {first.year} to {last.year}"
        if (first.day, first.year, first.month) == (1, last.year, last.month) and (not beyond or beyond.day == 1):
            return f"in {first:%B} {first.year}"
        return f"from {_day(first)} to {_day(last)}"
    if first:
        return f"on {_day(first)} or later"
    return f"on {_day(last)} or earlier" if last else "at any time"


def _day(day: date) -> str:
    return f"{day.day} {day:%B} {day.year}"
