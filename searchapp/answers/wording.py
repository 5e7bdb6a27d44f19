"""A request and its answer in words, as people read them."""

import unicodedata
from calendar import month_name
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Literal

from searchapp.analysis import FUNCTION_WORDS, Span, tokens
from searchapp.answers import parameters
from searchapp.article import Act, Dated, Polarity
from searchapp.fields import FIELDS, Facet, TextField
from searchapp.query import (
    And,
    Dates,
    Everything,
    Exact,
    Fuzzy,
    InStatement,
    Link,
    Name,
    Near,
    Node,
    Not,
    Or,
    Prefix,
    Text,
    Values,
    Words,
    concerns_statements,
    leaves,
)
from searchapp.search import Results, SearchRequest

_MONTHS = tuple(month_name)
_POLARITIES: dict[Polarity, str] = {
    "affirmed": "", "denied": "denial", "declined": "no comment", "asked": "question", "conditional": "condition",
}  # fmt: skip
_ACTS: dict[Act, str] = {
    "said": "", "asked": "question", "demanded": "demand", "proposed": "proposal", "promised": "promise",
    "warned": "warning", "praised": "praise", "criticised": "criticism", "agreed": "agreement", "denied": "denial",
    "declined": "refusal", "thanked": "thanks", "apologised": "apology", "sympathised": "sympathy",
    "greeted": "greeting", "thought": "thought",
}  # fmt: skip
_CORRECTED = {
    "title": "the title", "published": "the day", "source": "the source", "place": "the place",
    "language": "the language", "speakers": "who said it", "role": "the role", "content": "what was said",
    "polarity": "whether it was said or denied", "act": "what was meant by it",
}  # fmt: skip
# Where ingest finds dates (``ingest/dating``), and how a page says so behind the day.
_ORIGINS = {
    "metadata": "its metadata", "document": "the properties of its file", "url": "its address",
    "path": "its file’s name", "head": "the lines above its text", "prefix": "what stands before its title",
    "dateline": "its dateline", "lead": "its first sentences", "tail": "the lines below its text",
    "statement": "its sentence", "correction": "a correction by hand",
}  # fmt: skip


def counted(number: int, noun: str) -> str:
    """Return so many of what ``noun`` names: "1 article", "1,234 articles"."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def cut(request: SearchRequest, results: Results) -> list[str]:
    """Return a sentence for each thing that was bounded; where pages end before the hits do, also what to do then."""
    end = request.offset + request.limit
    if not request.limit or not parameters.REACH <= end < results.total:
        return list(results.cut)
    ends = f"Pages end at hit {end:,} of {results.total:,}: narrow the search, or reverse its order, to see the others."
    return [*results.cut, ends]


def label(facet: Facet, value: str) -> str:
    """Return what a facet's value is called: mostly itself, and "undated" or its like for none."""
    return FIELDS[facet].label(value) if value else FIELDS[facet].none


def confidence(share: float) -> str:
    """Return in words how sure a statement is: the share of those read like it that were right."""
    if share >= 1:
        return "An archivist says so."
    return f"Of statements that were read like this one, about {round(share * 20)} in 20 were right."


def corrected(field: str) -> str:
    """Return what an archivist corrected, by the name of its field."""
    return _CORRECTED[field]


def manner(polarity: Polarity, act: Act) -> str:
    """Return what a statement is called that is no plain claim: "denial", "promise"; else ""."""
    return _POLARITIES[polarity] or _ACTS[act]


def written(day: date) -> str:
    """Return a day as people write it: "29 May 2020"."""
    return f"{day.day} {_MONTHS[day.month]} {day.year}"


def begun(first: date, last: date) -> str:
    """Return the first day of a time as people write it before its last: "2" to 8 March, "27 April" to 3 May 2020."""
    start = written(first).removesuffix(f" {last.year}")
    return start.removesuffix(f" {_MONTHS[last.month]}") if first.year == last.year else start


def when(dated: Dated | None) -> str:
    """Return a date in English as exactly as it is known: "27 April 2021", "April 2021", "2021", "undated"."""
    if dated is None:
        return "undated"
    year = str(dated.first.year)
    month = f"{_MONTHS[dated.first.month]} {year}"
    return {"day": written(dated.first), "month": month, "year": year}[dated.precision]


def origin(dated: Dated) -> str:
    """Return by what a date is known: "by its dateline", "by its metadata, day in UTC"."""
    place, comma, more = dated.origin.partition(",")
    return f"by {_ORIGINS.get(place, place)}{comma}{more}"


def understood(request: SearchRequest) -> str:
    """Return query and filters in English, to stand after a plural: "(37 articles) with grain, without wheat".

    A comma means "and". What asks for everything gives "". Words left out are not in it.
    """
    tree = request.tree()
    return "" if isinstance(tree, Everything) else _clause(tree, request.query.text)


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
            return _simple(part, text, inside, denied=True)
    return _simple(node, text, inside)


def _clauses(parts: Sequence[Node], text: str, inside: bool, word: Literal["and", "or"]) -> list[str]:
    """Words of the same field share a clause; inside a statement its speakers come first, and then its act and kind."""
    groups: dict[object, list[Node]] = {}
    for at, part in enumerate(parts):
        groups.setdefault(_text_field(part) or at, []).append(part)
    ordered = sorted(groups.values(), key=lambda group: _rank(group[0]) if inside else 0)
    clauses = []
    for group in ordered:
        if _text_field(group[0]):
            clauses.append(_text_clause("that says" if inside else "with", group, text, word))
        elif isinstance(group[0], And | Or) and _is_typed_apart(group):
            clauses.append(f"({_clause(group[0], text, inside)})")
        else:
            clauses.append(_clause(group[0], text, inside))
    return list(dict.fromkeys(clauses))  # what has several spellings was typed once


def _rank(part: Node) -> int:
    """Return where a part of what is asked of a statement stands: who, then how, then what."""
    return 0 if concerns_statements(part) else 2 if any(isinstance(leaf, Text) for leaf in leaves(part)) else 1


def _simple(leaf: Node, text: str, inside: bool, denied: bool = False) -> str:
    match leaf:
        case Words() | Exact() | Prefix() | Fuzzy() | Near():
            return _text_clause("that says" if inside else "with", [leaf], text, "and")
        case Name(field=facet, terms=wanted) if FIELDS[facet].terse:
            return _one_of(facet, [" ".join(wanted)], inside, denied)
        case Name(field=facet, terms=wanted, span=span):
            return f"{_before(facet, inside, denied)} {_typed(span, text, wanted)}"
        case Values(field=facet, values=values):
            return _one_of(facet, values, inside, denied)
        case Dates(first=first, last=last, of=of):
            return f"{'not ' if denied else ''}{of} {days(first, last)}"
    raise AssertionError(leaf)  # no request asks for it


def _before(facet: Facet, inside: bool, denied: bool) -> str:
    """What goes before a value of a facet, ``inside`` a statement or not."""
    if inside and facet == "speaker":
        return "not by" if denied else "by"
    field = FIELDS[facet]
    return f"{field.denied if denied else field.before} the {facet}"


def _one_of(facet: Facet, values: Sequence[str], inside: bool, denied: bool) -> str:
    """Return values to choose from, or none of which is wanted, and whether the empty one is among them."""
    field = FIELDS[facet]
    before = _before(facet, inside, denied).removesuffix(f" the {facet}" if field.terse else "")
    names = _listed([label(facet, value) for value in values if value], "or") if any(values) else ""
    chosen = [f"{before} {names}"] if names else []
    if "" in values:
        chosen.append(field.some if denied else field.without)
    return (" and " if denied else " or ").join(chosen)


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
    return f"{verb} {_things(some, text, word)}{where}"


def _things(some: Sequence[Node], text: str, word: Literal["and", "or"]) -> str:
    """Return words in a row, what is there in several spellings once."""
    shown: dict[object, Node] = {}
    for at, node in enumerate(some):
        shown.setdefault(node.span if isinstance(node, Words | Exact) and any(node.span) else at, node)
    return _listed([_thing(node, text) for node in shown.values()], word)


def _is_typed_apart(some: Sequence[Node]) -> bool:
    """Tell whether some nodes are more than the spellings of one word."""
    return (
        len({leaf.span if isinstance(leaf, Words | Exact | Name) else leaf for node in some for leaf in leaves(node)})
        > 1
    )


def _thing(node: Node, text: str) -> str:
    match node:
        case And(parts=parts):
            return f"({_things(parts, text, 'and')})"
        case Or(parts=parts):
            either = _things(parts, text, "or")
            return f"({either})" if _is_typed_apart(parts) else either
        case Words(terms=wanted):
            return _typed(node.span, text, wanted)
        case Exact(term=term):
            return f"exactly “{_bare(node.span, text, (term,))}”"
        case Prefix(prefix=prefix):
            return f"a word that begins with “{_bare(node.span, text, (prefix,))}”"
        case Fuzzy(term=term):
            return f"a word like “{_bare(node.span, text, (term,))}”"
        case Near(parts=parts, links=links):
            first, *others = (_things(part, text, "or") for part in parts)
            return first + "".join(f" {_near(link)} {other}" for link, other in zip(links, others, strict=True))
    raise AssertionError(node)  # _text_field let it in


def _near(link: Link) -> str:
    """What goes between two words that are asked for near each other."""
    if link.unit:
        return f"before, in one {link.unit} with," if link.after else f"in one {link.unit} with"
    if link.words == 1:
        return "right before" if link.after else "right beside"
    return f"at most {link.words} words before" if link.after else f"within {link.words} words of"


def _typed(span: Span, text: str, wanted: Sequence[str]) -> str:
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


def days(first: date | None, last: date | None) -> str:
    """Return the days from ``first`` to ``last`` (None: open) in English, to stand after a verb: "in March 2021"."""
    if first and last:
        beyond = last + timedelta(1) if last < date.max else None
        whole_years = (first.month, first.day, last.month, last.day) == (1, 1, 12, 31)
        if first == last:
            return f"on {written(first)}"
        if whole_years:
            return f"in {first.year}" if first.year == last.year else f"from {first.year} to {last.year}"
        if first.day == 1 and (not beyond or beyond.day == 1):
            start, end = (f"{_MONTHS[day.month]} {day.year}" for day in (first, last))
            return f"in {start}" if start == end else f"from {start.removesuffix(f' {last.year}')} to {end}"
        return f"from {begun(first, last)} to {written(last)}"
    if first:
        return f"on {written(first)} or later"
    return f"on {written(last)} or earlier" if last else "at any time"
