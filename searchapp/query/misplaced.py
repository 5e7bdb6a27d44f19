"""What is wrong with a query, said with its place and, where it can be, mended."""

import re
from collections.abc import Sequence

from lark import Token

from searchapp.errors import QueryFault


def misplaced(text: str, previous: Token | None, token: Token, opened: Sequence[Token]) -> QueryFault:
    """The fault that ``token`` cannot follow ``previous`` (None: the start)."""
    before, kind = previous.type if previous else "", token.type
    if previous and before == "FIELD" and kind in {"_MINUS", "_NOT"}:
        first, last = start_of(previous), end_of(token)
        sentence = f'To leave something out, write "{token}" before "{previous}", not after it.'
        return fault_in(sentence, text, first, last, f"{token}{' ' * (kind == '_NOT')}{previous}")
    if previous and before == "FIELD":
        sentence = f'A word, a phrase or a group in brackets must follow "{previous}".'
        return fault_in(sentence, text, start_of(previous), end_of(previous))
    if previous and before in {"_NOT", "_MINUS"} and kind == "CONNECTOR":
        return not_near(text, start_of(previous), token)
    if kind == "SLOP":
        sentence = 'A ~ with a number can follow only a phrase, as in "grain deal"~5.'
        return fault_in(sentence, text, start_of(token), end_of(token))
    if previous and before in {"_NOT", "_MINUS"}:
        sentence = f'What you do not want must follow "{previous}".'
        return fault_in(sentence, text, start_of(previous), end_of(previous))
    if previous and before == "_EXACTLY":
        sentence = 'A word must follow "=": it is then found only as it is typed.'
        return fault_in(sentence, text, start_of(previous), end_of(previous))
    if previous and before in {"_OR", "_AND", "CONNECTOR"}:
        sentence = f'"{previous}" joins two parts, but nothing follows it here.'
        return fault_in(sentence, text, start_of(previous), end_of(previous))
    if kind in {"_OR", "_AND", "CONNECTOR"}:
        sentence = f'"{token}" joins two parts, but nothing comes before it here.'
        return fault_in(sentence, text, start_of(token), end_of(token))
    if previous and before == "_OPEN" and kind == "_CLOSE":
        return fault_in("There is nothing between these brackets.", text, start_of(previous), end_of(token))
    if kind == "_CLOSE":
        return fault_in("This bracket was never opened.", text, start_of(token), end_of(token))
    at = opened[-1]
    sentence = 'This bracket is never closed: a ")" is missing.'
    return QueryFault(sentence, start_of(at), end_of(at), text + ")" * len(opened))


def not_near(text: str, first: int, connector: Token) -> QueryFault:
    """The fault that what is wanted must not be near something, with a NOT at ``first`` before the ``connector``."""
    sentence = f"What is not wanted near a word cannot be asked so: write NOT before both, as in NOT (a {connector} b)."
    last = end_of(connector)
    beside = re.search(r"([^\s()]+)\s*\Z", text[:first]), re.match(r"\s*([^\s()]+)", text[last:])
    if not all(beside):
        return QueryFault(sentence, first, last)
    one, other = (found[1] for found in beside if found)
    rest = text[last:].lstrip().removeprefix(other)
    return QueryFault(sentence, first, last, f"{text[:first]}NOT ({one} {connector} {other}){rest}")


def fault_in(sentence: str, text: str, start: int, end: int, instead: str = "") -> QueryFault:
    """Return a fault at ``text[start:end]``, mended by what is written ``instead``, or left out."""
    before, after = text[:start], text[end:]
    if not instead and (not before or before[-1].isspace()):
        after = after.lstrip()
    if not instead and after.startswith(")"):
        before = before.rstrip()
    return QueryFault(sentence, start, end, before + instead + after)


def start_of(token: Token) -> int:
    """Return where a token begins (code points)."""
    return token.start_pos or 0


def end_of(token: Token) -> int:
    """Return where a token ends, half-open."""
    return token.end_pos or 0
