"""The query language: from what a person types to nodes, or to the fault in it.

The grammar (``grammar.py``) accepts, the faults explain: where the parser stops, the two tokens it stopped between
tell which fault it is, and each fault comes with an edit that may mend it. docs/query-language.md is its manual.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice, takewhile
from typing import Literal, cast

from lark import Token, Tree

from searchapp.analysis import FUNCTION_WORDS, STOP_WORDS, Span, terms
from searchapp.errors import QueryFault
from searchapp.fields import NAME_FIELDS, SAID_OF, Match, TextField, View
from searchapp.query.base_forms import base_forms
from searchapp.query.connectors import MOST_APART, Advice, advice, is_shortened, link
from searchapp.query.dates import days, in_order, joined, likely
from searchapp.query.grammar import QUOTES, parsed
from searchapp.query.misplaced import end_of, fault_in, not_near, start_of
from searchapp.query.nodes import (
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
    Query,
    Text,
    Word,
    Words,
    conjunction,
    disjunction,
    leaves,
)
from searchapp.query.spellings import acronym, as_typed, is_only_acronym, preferred_forms, spellings, with_numbers
from searchapp.query.unknown import unknown_field, unknown_value
from searchapp.query.unseen import place_in, without_unseen
from searchapp.written import plain

MAX_LENGTH = 1000  # code points of a query
MAX_DEPTH = 20  # brackets and negations inside each other
MIN_PREFIX = 2  # letters before a *
MIN_FUZZY = 3  # letters before a ~
FUZZY_LENGTH = 5  # up to so many letters one edit is allowed, beyond two
HEADLINE = 4  # words in capitals, under match=any, from which on they are taken for a pasted headline
MENDINGS = 20  # faults that are mended in one query before it is given up
DATES = '2021, 2021-04, 2021-04-27, 2020..2021, >2021-04, "27 April 2021" or "last week"'
LONGEST_DATE = 7  # parts: 27 April 2020 .. 1 May 2021
_DATE_PART = re.compile(rf"[{QUOTES}][^{QUOTES}]*[{QUOTES}]|[^\s(){QUOTES}]+|[()]")
_UNQUOTED = dict.fromkeys(map(ord, QUOTES), " ")
_BEGINNING = re.compile(r"[^\W\d_a-z][^\W_]* +(?=[a-z])")
_TEXTS = ("title", "body", "said")
_POSSESSIVE = re.compile(r"(?<=\w)['’][sS]\W*$")
_Part = Tree[Token] | Token


def read(text: str, *, match: Match, view: View) -> Query:
    """Do what ``searchapp.query.parse`` promises. What nobody sees, soft hyphens and the like, is taken out first."""
    seen = without_unseen(text)
    try:
        return _read(seen, match, view)
    except QueryFault as fault:
        fault.mended = _readable(fault.mended, match, view)
        fault.start, fault.end = place_in(text, fault.start), place_in(text, fault.end)
        raise


def _read(text: str, match: Match, view: View) -> Query:
    if len(text) > MAX_LENGTH:
        sentence = f"The query has {len(text)} characters: shorten it to {MAX_LENGTH} or fewer."
        raise QueryFault(sentence, MAX_LENGTH, len(text))
    reading = _Reading(text, match, view)
    tree = reading.tree(parsed(_unshouted(text) if match == "any" else text, match))
    return Query(text, tree, tuple(reading.left_out))


def _unshouted(text: str) -> str:
    """Return ``text`` with its operators in lower case where all of it is in capitals, as the headlines of a wire are:
    OIL AND GAS PRICES FALL. Offsets stay."""
    if len(text.split()) < HEADLINE or any(letter.islower() for letter in text):
        return text
    return re.sub(r"\b(?:AND|OR|NOT)\b", lambda operator: operator[0].lower(), text)


def _readable(mended: str | None, match: Match, view: View) -> str | None:
    """Mend what else is wrong, until the query can be read; None if it cannot, or if nothing is left."""
    for _ in range(MENDINGS):
        if not mended or mended.isspace():
            return None
        try:
            _read(mended, match, view)
            return mended.strip()
        except QueryFault as fault:
            mended = fault.mended
    return None


class _Reading:
    """One query on its way from the parser's tree to nodes."""

    def __init__(self, text: str, match: Match, view: View) -> None:
        self.text, self.view = text, view
        self.any = match == "any"
        self.silent = FUNCTION_WORDS if self.any else STOP_WORDS
        self.bare: TextField = "text" if view == "articles" else "said"
        self.left_out: list[str] = []
        self.shouted = len(text.split()) > 1 and not any(letter.islower() for letter in text)
        self.begins = bool(_BEGINNING.match(text))  # a capital may be there for that alone

    def tree(self, start: Tree[Token]) -> Node:
        return self.node(start.children[0], None, loose=self.any) if start.children else Everything()

    def node(self, part: _Part, field: str | None, *, loose: bool, depth: int = 0) -> Node:
        """``field`` is the one whose group this is in; ``loose``: of words beside each other any will do."""
        if depth > MAX_DEPTH:
            sentence = f"Brackets and negations are nested more than {MAX_DEPTH} deep: use fewer."
            raise QueryFault(sentence, 0, len(self.text))
        if isinstance(part, Token):
            return self.leaf(part, field)
        children = part.children
        if part.data == "all":
            return self.juxtaposed(children, field, loose=loose, depth=depth)
        if part.data == "fielded":
            return self.fielded(cast(Token, children[0]), children[1], field, depth=depth)
        if part.data == "near":
            return self.near(children, field, depth)
        if part.data == "sloppy":
            return self.sloppy(cast(Token, children[0]), cast(Token, children[1]), field)
        if part.data == "exact":
            return self.exactly(cast(Token, children[0]), field)
        if part.data == "negation":
            return Not(self.node(children[0], field, loose=False, depth=depth + 1))
        if part.data == "group":
            return self.node(children[0], field, loose=loose, depth=depth + 1)
        nodes = [self.node(child, field, loose=loose, depth=depth) for child in children]
        return disjunction(nodes) if part.data == "any" else conjunction(nodes)

    def juxtaposed(self, children: Sequence[_Part], field: str | None, *, loose: bool, depth: int) -> Node:
        parts = self.telling(children)
        nodes = [self.node(part, field, loose=loose, depth=depth) for part in parts]
        nodes = nodes if loose else with_numbers([*map(_lone_word, parts)], nodes)
        optional = [node for node in nodes if loose and self.is_bare(node)]
        if not optional:
            return conjunction(nodes)
        return conjunction([disjunction(optional), *(node for node in nodes if not self.is_bare(node))])

    def telling(self, children: Sequence[_Part]) -> Sequence[_Part]:
        """Leave out marks without a letter, and words that say nothing, as long as something is left."""
        for token in filter(None, map(_lone, children)):
            self.refuse_connector(token)
        words = [part for part in children if not _is_mark(_lone_word(part))] or children
        telling = [part for part in words if _unpossessed(_lone_word(part)) not in self.silent]
        kept = telling if any(not _is_negation(part) for part in telling) else words
        self.left_out += [_lone_word(part) for part in words if not any(part is one for one in kept)]
        return kept

    def is_bare(self, node: Node) -> bool:
        if isinstance(node, And | Or):
            return all(self.is_bare(part) for part in node.parts)
        return isinstance(node, Text) and node.field == self.bare

    def fielded(self, name: Token, operand: _Part, outer: str | None, *, depth: int) -> Node:
        field = name[:-1].lower()
        of_statements = field in ("said", "about") or field in SAID_OF
        if outer not in {None, field} and not (outer == "said" and (of_statements or field == "speaker")):
            sentence = f"{field}: cannot be used inside {outer}:( ); write them one after the other."
            raise QueryFault(sentence, start_of(name), end_of(name))
        if field == "body" and self.view == "statements":
            sentence = "body: works only for articles; for statements write said: or just the word."
            raise self.fault(sentence, name, "said:")
        node = self.about(operand, depth) if field == "about" else self.node(operand, field, loose=False, depth=depth)
        return InStatement(node) if of_statements and self.view == "articles" and outer is None else node

    def about(self, operand: _Part, depth: int) -> Node:
        """Read a name as what others say: the words stand in a statement, and are not the speaker's name."""
        said, left_out = self.node(operand, "said", loose=False, depth=depth), len(self.left_out)
        bearer = self.node(operand, "speaker", loose=False, depth=depth)
        del self.left_out[left_out:]  # told once
        return conjunction([said, Not(bearer)])

    def exactly(self, token: Token, field: str | None) -> Node:
        """Read what stands behind ``=``: a word that is found only as it is typed."""
        node = next(iter(leaves(self.leaf(token, field))))  # of several spellings the one that is typed
        if isinstance(node, Words) and len(node.terms) == 1:
            return Exact(node.field, as_typed(_composed(token)), node.span)
        if isinstance(node, Exact | Name):  # a name is found as it is typed anyhow
            return node
        several = isinstance(node, Words)
        mended = " ".join(f"={word}" for word in node.terms) if isinstance(node, Words) else str(token)
        sentence = f"A = can stand before one word, and {token} is {'several' if several else 'none'}."
        raise fault_in(sentence, self.text, start_of(token) - 1, end_of(token), mended)

    def near(self, children: Sequence[_Part], field: str | None, depth: int) -> Node:
        """Read words and phrases with connectors between them."""
        nodes = [self.node(part, field, loose=False, depth=depth) for part in children[::2]]
        links = [self.link(cast(Token, connector)) for connector in children[1::2]]
        parts = [_alternatives(node) for node in nodes]
        connector = cast(Token, children[1])
        if (first := _lone(children[0])) and first.lower() == "not":
            raise not_near(self.text, start_of(first), connector)
        if not all(parts):
            sentence = f'On both sides of "{connector}" there must be a word, a phrase or several with OR in brackets.'
            raise fault_in(sentence, self.text, *self.spread(children, connector))
        if len({leaf.field for part in parts for leaf in part}) > 1:
            sentence = f'Both sides of "{connector}" must be in one field: put them in brackets behind it.'
            raise fault_in(sentence, self.text, *self.spread(children, connector))
        spans = [leaf.span for part in parts for leaf in part]
        return Near(parts[0][0].field, tuple(parts), tuple(links), Span(spans[0].start, spans[-1].end))

    def link(self, connector: Token) -> Link:
        meant = link(connector)
        if isinstance(meant, Advice):
            raise self.fault(meant.sentence, connector, meant.instead)
        return meant

    def spread(self, children: Sequence[_Part], connector: Token) -> tuple[int, int, str]:
        """Return what is to be replaced, from where to where and by what, so that the field before the first word is
        about all of them; else the connector is left out."""
        first, last = children[0], _lone(children[-1])
        if isinstance(first, Tree) and first.data == "fielded" and last:
            name, end = cast(Token, first.children[0]), end_of(last)
            if name[:-1].lower() in _TEXTS:
                return start_of(name), end, f"{name}({self.text[end_of(name) : end].strip()})"
        return start_of(connector), end_of(connector), ""

    def sloppy(self, phrase: Token, slop: Token, field: str | None) -> Node:
        """Read a phrase between whose words others may stand, and whose words may stand in any order."""
        node = next(iter(leaves(self.leaf(phrase, field))))
        between = int(slop[1:])
        if not isinstance(node, Words) or between >= MOST_APART:
            most = MOST_APART - 1
            sentence = f"A ~ behind a phrase of several words needs a number up to {most}: how many may stand between."
            raise self.fault(sentence, slop)
        if not between:
            return node
        parts = tuple((Words(node.field, (term,)),) for term in node.terms)
        return Near(node.field, parts, (Link(between + 1),) * (len(parts) - 1), Span(node.span.start, end_of(slop)))

    def leaf(self, token: Token, field: str | None) -> Node:
        if token.type == "STRAY":
            raise self.unclosed(token)
        if token.type == "UNKNOWN" and (fault := unknown_field(self.text, token)):
            raise fault
        if field in ("date", "added"):
            return replace(self.dates(token), of="published" if field == "date" else "added")
        self.refuse_connector(token)
        wild = self.wildcard(token, field)
        span = Span(start_of(token), end_of(token))
        typed = _composed(token)
        found = tuple(terms(typed))
        if not found:
            raise self.fault(f"There is no letter or digit in {token}, so there is nothing to search for.", token)
        if field in NAME_FIELDS:
            if fault := unknown_value(self.text, token, field, " ".join(found)):
                raise fault
            also = spellings(typed, found) if field != "verb" else base_forms(found)
            return disjunction([Name(field, each, span) for each in (found, *also)])
        about = cast(TextField, field or self.bare)
        if wild == "*":
            return Prefix(about, found[0], span)
        if wild == "~":
            return Fuzzy(about, found[0], 1 if len(found[0]) <= FUZZY_LENGTH else 2, span)
        if token.type == "PHRASE" and len(found) == 1:
            return Exact(about, as_typed(typed), span)
        names = tuple(preferred_forms(typed, begins=self.begins and span.start == 0))
        written = Words(about, found, span, names)
        if token.type == "PHRASE":
            return written
        form = None if self.shouted or self.any else acronym(typed)
        if form and is_only_acronym(typed):
            return Exact(about, form, span)
        others = [Words(about, each, span) for each in spellings(typed, found)]
        return disjunction([written, *others, *([Exact(about, form, span)] if form else [])])

    def dates(self, token: Token) -> Dates:
        self.refuse_apart(token)
        written = token[1:-1] if token.type == "PHRASE" else str(token)
        meant = days(written)
        if meant:
            return Dates(*meant, Span(start_of(token), end_of(token)))
        if exchanged := in_order(written):
            raise self.fault(f'"{written}" begins after it ends: write {exchanged}.', token, _quoted(exchanged))
        sentence = f'There is no date "{written}": write {DATES}.'
        mended = next(map(_quoted, likely(written)), None)
        if mended is None:
            raise QueryFault(sentence, start_of(token), end_of(token))
        raise self.fault(sentence, token, mended)

    def refuse_apart(self, token: Token) -> None:
        """Several words that are one date, or one range of dates: 27 April 2021, 2020 .. 2021, 2020 - 2021, > 2021."""
        start = start_of(token)
        parts = takewhile(lambda part: part[0] not in "()", _DATE_PART.finditer(self.text, start))
        ends = [part.end() for part in islice(parts, LONGEST_DATE)]
        for end in reversed(ends[1:]):
            words = joined(self.text[start:end].translate(_UNQUOTED))
            if date := words if days(words) else in_order(words):
                sentence = f"Write {_quoted(date)}: a date needs quotation marks if it has spaces."
                raise fault_in(sentence, self.text, start, end, _quoted(date))

    def wildcard(self, token: Token, field: str | None) -> Literal["", "*", "~"]:
        """Return the sign with which ``token`` ends if it is one; refuse where it could mean nothing."""
        plain = re.sub(r"~[0-9.]*|\*", "", token)
        if token.type != "WORD":
            if found := re.search(r"\w[*~](?=[\s" + QUOTES + "])", token):
                raise self.fault(f'"{found[0][1]}" has no meaning inside a phrase: leave it out.', token, plain)
            return ""
        if not self.any and is_shortened(token):
            token = Token.new_borrow_pos(token.type, f"{token[:-1]}*", token)
        word, sign = (token[:-1], token[-1]) if token[-1] in "*~" else (str(token), "")
        if "*" in word:
            beginning = word.split("*")[0]
            mended = f"{beginning}*" if len("".join(terms(beginning))) >= MIN_PREFIX else plain
            raise self.fault("A * can be used only once, at the end of a word.", token, mended)
        if re.search(r"\w~", word):
            sentence = "A ~ can be used only at the end of a word; how much words may differ depends on their length."
            raise self.fault(sentence, token, word.split("~")[0] + "~")
        if word.startswith("~") and self.text[start_of(token) - 1 : start_of(token)] in tuple(QUOTES):
            raise self.fault("A ~ can follow a word, but not a phrase.", token, plain)
        if not sign:
            return ""
        if field in NAME_FIELDS:
            sentence = f"{field}: takes the words of a name as they are; leave out the {sign}."
            raise self.fault(sentence, token, plain)
        found_terms = terms(unicodedata.normalize("NFC", word))
        if len(found_terms) > 1:
            raise self.fault(f'"{word}" is several words, and a {sign} can follow only one.', token, plain)
        least = MIN_PREFIX if sign == "*" else MIN_FUZZY
        if len("".join(found_terms)) < least:
            raise self.fault(f"A {sign} needs at least {least} letters before it.", token, plain)
        return "*" if sign == "*" else "~"

    def refuse_connector(self, token: Token) -> None:
        """A connector that cannot be read; where any word will do it is a word like the others."""
        if token.type == "WORD" and not self.any and (told := advice(token, self.text[end_of(token) :])):
            raise self.fault(told.sentence, token, told.instead)

    def unclosed(self, token: Token) -> QueryFault:
        sentence = "This quotation mark has no partner: close the phrase, or leave the mark out."
        if not re.search(r"\w", self.text[end_of(token) :]):
            return self.fault(sentence, token)
        closing = {"“": "”", "„": "“", "«": "»"}.get(token, '"')
        phrase = self.text.rstrip(") \t\n")
        mended = phrase + closing + self.text[len(phrase) :]
        return QueryFault(sentence, start_of(token), end_of(token), mended)

    def fault(self, sentence: str, token: Token, instead: str = "") -> QueryFault:
        return fault_in(sentence, self.text, start_of(token), end_of(token), instead)


def _alternatives(node: Node) -> tuple[Word, ...]:
    """Return the words and phrases of which one will do, if a node is nothing but that; else none. Of forms, whose
    places no index knows, the words."""
    some = node.parts if isinstance(node, Or) else (node,)
    words = [part for part in some if isinstance(part, Word)]
    folded = (replace(each, term=plain(each.term)) if isinstance(each, Exact) else each for each in words)
    return tuple(folded) if len(words) == len(some) else ()


def _quoted(date: str) -> str:
    return f'"{date}"' if " " in date else date


def _lone(part: _Part) -> Token | None:
    """The bare word that is all there is to a part."""
    inner = part.children[0] if isinstance(part, Tree) and len(part.children) == 1 else part
    return inner if isinstance(inner, Token) and inner.type == "WORD" else None


def _lone_word(part: _Part) -> str:
    """The same as typed; else the empty text."""
    return str(_lone(part) or "")


def _unpossessed(word: str) -> str:
    """A word as typed, without the ``'s`` of a possessive; a phrase, which ends with a quotation mark, as it is."""
    return word if word.endswith(tuple(QUOTES)) else _POSSESSIVE.sub("", word)


def _composed(word: str) -> str:
    """The same, letters and their marks composed as they are in texts."""
    return unicodedata.normalize("NFC", _unpossessed(word))


def _is_mark(word: str) -> bool:
    return bool(word) and not terms(word) and "*" not in word


def _is_negation(part: _Part) -> bool:
    return isinstance(part, Tree) and all(isinstance(one, Tree) and one.data == "negation" for one in part.children)
