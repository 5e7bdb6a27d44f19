"""The archive's synonyms: who looks for one word finds the other, too.

They stand in words.toml beside the articles, are kept in the profile of a generation, and are read as a query is asked:
articles need not be indexed anew for them.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from searchapp.analysis import terms
from searchapp.query import And, InStatement, Node, Not, Or, Query, Words, conjunction, disjunction

QUOTES = '"“”„‟«»'


@dataclass(frozen=True)
class Synonyms:
    """What stands for what: folded words, and the other words (as written) that mean the same."""

    others: Mapping[tuple[str, ...], tuple[str, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, groups: Iterable[Sequence[str]]) -> "Synonyms":
        """Return the synonyms of groups of words that mean the same."""
        found: dict[tuple[str, ...], dict[str, None]] = defaultdict(dict)
        for group in groups:
            for one in group:
                found[tuple(terms(one))] |= dict.fromkeys(other for other in group if terms(other) != terms(one))
        return cls({one: tuple(others) for one, others in found.items() if others})

    def widened(self, query: Query) -> Query:
        """Return a query that finds the synonyms of its words, too; in quotation marks words are as they are typed."""
        if not self.others:
            return query
        tree = self._widened(query.tree, query.text)
        return query if tree == query.tree else replace(query, tree=tree)

    def _widened(self, node: Node, text: str) -> Node:
        match node:
            case And(parts=parts):
                return conjunction(self._runs(parts, text, And))
            case Or(parts=parts):
                return disjunction(self._runs(parts, text, Or))
            case Not(part=part):
                return Not(self._widened(part, text))
            case InStatement(part=part):
                return InStatement(self._widened(part, text))
        return disjunction(self._runs((node,), text, Or))

    def _runs(self, parts: Sequence[Node], text: str, joined: type[And] | type[Or]) -> Sequence[Node]:
        """Return the parts of a tree with the synonyms of words, and of words that stand side by side, beside them."""
        made: list[Node] = []
        at = 0
        while at < len(parts):
            length, others = self._longest(parts, at, text)
            run = parts[at : at + length]
            whole = [run[0]] if length == 1 else [joined(tuple(run))]
            made.append(disjunction([*whole, *others]) if others else self._inside(parts[at], text))
            at += length
        return made

    def _inside(self, part: Node, text: str) -> Node:
        return self._widened(part, text) if isinstance(part, And | Or | Not | InStatement) else part

    def _longest(self, parts: Sequence[Node], at: int, text: str) -> tuple[int, list[Node]]:
        """Return how many parts from ``at`` on are words with synonyms, and these; (1, []) where there are none."""
        run: list[Words] = []
        for part in parts[at:]:
            one = _typed(part, text)
            if one is None or (run and one.field != run[0].field):
                break
            run.append(one)
        for length in range(len(run), 0, -1):
            wanted = tuple(term for each in run[:length] for term in each.terms)
            if others := self.others.get(wanted):
                return length, [Words(run[0].field, tuple(terms(other))) for other in others]
        return 1, []


def _typed(part: Node, text: str) -> Words | None:
    """Return the word that was typed bare, of several spellings the first; None of anything else."""
    if isinstance(part, Or) and all(
        getattr(each, "span", None) == getattr(part.parts[0], "span", 0) for each in part.parts
    ):
        part = part.parts[0]
    if not isinstance(part, Words) or text[part.span.start : part.span.start + 1] in tuple(QUOTES):
        return None
    return part
