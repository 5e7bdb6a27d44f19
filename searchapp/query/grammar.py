"""The grammar of the query language, and where a query does not follow it."""

import re
from functools import cache
from typing import Any, cast

from lark import Lark, Token, Tree
from lark.exceptions import UnexpectedToken

from searchapp.errors import QueryFault
from searchapp.fields import FIELDS as TABLE
from searchapp.fields import NAME_FIELDS, Match
from searchapp.query.connectors import CONNECTOR
from searchapp.query.misplaced import misplaced, start_of

MAX_WORDS = 64  # words, phrases and dates of a query
FIELDS = ("title", "body", "said", "about", *NAME_FIELDS, "date", "added")
# Some are often the last word before a colon ("the Clean Air Act: a history"): they are fields where no space follows,
# or one of their values.
_WORDS: dict[str, tuple[str, ...]] = {field.name: field.choices for field in TABLE.values() if field.choices}
_WORDS["about"] = ()
_FIELD = "|".join(
    [
        rf"(?:{'|'.join(name for name in FIELDS if name not in _WORDS)}):",
        *(rf"{name}:(?=\S|\s+(?:{'|'.join(choices) or '(?!)'})\b)" for name, choices in _WORDS.items()),
    ]
)
QUOTES = '"“”„‟«»'
_NO_CONNECTOR = "(?!_)_"  # never stands anywhere
_GRAMMAR = rf"""
start: any?
any: all (_OR all)*
all: both+
both: one (_AND one)*
?one: _NOT one     -> negation
    | _MINUS place -> negation
    | place
?place: item
    | item (CONNECTOR item)+ -> near
?item: FIELD operand -> fielded
    | operand
?operand: WORD | PHRASE | UNKNOWN | STRAY
    | PHRASE SLOP -> sloppy
    | _EXACTLY (WORD | PHRASE | STRAY) -> exact
    | _OPEN any _CLOSE -> group

_OPEN: "("
_CLOSE: ")"
_OR.3: /OR(?![^\s(){QUOTES}])|@OR@/
_AND.3: /AND(?![^\s(){QUOTES}])/
_NOT.3: /NOT(?![^\s(){QUOTES}])/
_MINUS.3: /(?<![^\s():])-(?=[^\s)-])/
_EXACTLY.3: /(?<![^\s():-])=(?=[^\s()=])/
CONNECTOR.3: /@CONNECTOR@/i
SLOP.3: /(?<=[{QUOTES}])~[0-9]{{1,9}}(?![^\s()])/
FIELD.2: /{_FIELD}/i
UNKNOWN.1: /[^\W\d_]+:(?!\/\/)/
PHRASE.1: /[{QUOTES}][^{QUOTES}]*[{QUOTES}]/
STRAY: /[{QUOTES}]/
WORD: /[^\s(){QUOTES}@EXCEPT@]+/
%ignore /\s+/
"""


@cache
def _language(match: Match) -> Lark:
    """Return the grammar. Where any word will do, headlines are pasted, and connectors are words like any other."""
    signs = {"OR": "[|]{1,2}", "CONNECTOR": CONNECTOR.replace("/", r"\/"), "EXCEPT": "|"}
    if match == "any":
        signs = {"OR": _NO_CONNECTOR, "CONNECTOR": _NO_CONNECTOR, "EXCEPT": ""}
    grammar = re.sub("@([A-Z]+)@", lambda sign: signs[sign[1]], _GRAMMAR)
    return Lark(grammar, parser="lalr", lexer="basic")


def parsed(text: str, match: Match) -> Tree[Token]:
    """Return a query as the grammar parts it. Raises QueryFault."""
    state: Any = _language(match).parse_interactive(text)  # lark does not type it
    previous: Token | None = None
    opened: list[Token] = []
    words = 0
    try:
        for token in state.lexer_thread.lex(state.parser_state):
            state.feed_token(token)
            previous = token
            if token.type == "_OPEN":
                opened.append(token)
            elif token.type == "_CLOSE":
                opened.pop()
            words += token.type in {"WORD", "PHRASE", "UNKNOWN"}
            if words > MAX_WORDS:
                sentence = f"The query has more than {MAX_WORDS} words: leave some out."
                raise QueryFault(sentence, start_of(token), len(text), text[: start_of(token)])
        return cast(Tree[Token], state.feed_eof(previous))
    except UnexpectedToken as unexpected:
        raise misplaced(text, previous, unexpected.token, opened) from None
