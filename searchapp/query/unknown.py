"""What is written like a field of a query, or behind one, and is none of those there are."""

from lark import Token
from rapidfuzz.distance import OSA

from searchapp.errors import QueryFault
from searchapp.fields import FIELDS as TABLE
from searchapp.fields import NameField
from searchapp.query.grammar import FIELDS
from searchapp.query.misplaced import end_of, fault_in, start_of


def unknown_field(text: str, token: Token) -> QueryFault | None:
    """What is like a field, or has something right behind its colon, was meant as one; the rest is text."""
    name, behind = token[:-1], text[end_of(token) : end_of(token) + 1]
    if name.lower() in FIELDS:  # the grammar says where it is none
        return None
    nearest = min(FIELDS, key=lambda field: OSA.distance(name.lower(), field))
    is_near = OSA.distance(name.lower(), nearest) <= max(1, len(name) // 3)
    if not (behind.strip(" )\t\n") or (is_near and name.islower())):
        return None
    advice = f"did you mean {nearest}?" if is_near else f"the fields are {', '.join(FIELDS)}."
    sentence = f'There is no field "{name}"; {advice}'
    return fault_in(sentence, text, start_of(token), end_of(token), f"{nearest}:" if is_near else f"{name} ")


def unknown_value(text: str, token: Token, field: NameField, value: str) -> QueryFault | None:
    """A field that has few values takes no others; ``value`` is what ``token`` says, folded."""
    row = TABLE[field]
    if not row.choices or value in row.choices:
        return None
    nearest = min(row.choices, key=lambda choice: OSA.distance(value, choice))
    sentence = f'There is no {field} "{value}": write {row.example}.'
    return fault_in(sentence, text, start_of(token), end_of(token), nearest)
