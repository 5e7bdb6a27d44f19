"""What a reader may try: examples on the start page, other ways where nothing was found."""

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from searchapp import query
from searchapp.analysis import Span, tokens
from searchapp.answers import wording
from searchapp.answers.changes import by_words, cleared, named, reread, with_choice, without_dates
from searchapp.engines.notes import notes
from searchapp.engines.protocol import Engine
from searchapp.errors import QueryFault
from searchapp.fields import FACETS
from searchapp.search import Choice, Filters, Results, SearchRequest
from searchapp.web.links import Link, search_link

TRIED = 8  # filters and words that a page without hits tries to do without


def otherwise(engine: Engine, wanted: SearchRequest) -> list[Link]:
    """Return what would be found with any of the words, without each filter and all of them, with less of both, and
    without each word, counted."""
    tried: dict[str, SearchRequest] = {}
    filters, several = wanted.filters, wanted.match == "all" and len(wanted.query.text.split()) > 1
    if several:
        _try(tried, "With any of the words", wanted, match="any")
    for facet in FACETS:
        choice = filters.choice(facet)
        if choice != Choice():
            names = " and ".join(wording.label(facet, each) for each in dict.fromkeys(choice.values))
            if in_names := by_words(wanted, facet):
                part = named(facet, choice.wanted[0])
                tried[f"With {part} as part of a name"] = in_names
            said = f"Without the filter {facet} {names}" if choice.wanted else f"With {facet} {names} too"
            tried[said] = with_choice(wanted, facet, Choice())
    if filters.first or filters.last:
        tried["Without the dates"] = without_dates(wanted)
    if filters != Filters():
        tried["Without any filter"] = cleared(wanted)
        if several:
            _try(tried, "With any of the words and without any filter", cleared(wanted), match="any")
    text = wanted.query.text
    for leaf in query.leaves(wanted.query.tree):
        part, rest = _parted(text, leaf)
        if part and rest:
            _try(tried, f"Without {'the word ' if part.isalnum() else ''}{part}", wanted, text=rest)
    known = notes(engine)
    counted = [
        Link(said, search_link(each), engine.search(known.resolved(replace(each, limit=0, facets=()))).total)
        for said, each in list(tried.items())[:TRIED]
    ]
    return [link for link in counted if link.count]


def _parted(text: str, leaf: query.Leaf) -> tuple[str, str]:
    """Return a word or phrase of the query ``text`` with what belongs to it alone (its field, its NOT or -, brackets
    around nothing else), and what is left without it."""
    span = getattr(leaf, "span", Span(0, 0))
    before, part, after = text[: span.start], text[span.start : span.end], text[span.end :]
    its_own = re.compile(rf"(?:(?i:{getattr(leaf, 'field', 'date')}|about):|(?<![^\s():])(?:NOT|-))\Z")
    while True:
        left, right = before.rstrip(), after.lstrip()
        if own := its_own.search(left):
            start, end = own.start(), 0
        elif left.endswith("(") and right.startswith(")"):
            start, end = len(left) - 1, len(after) - len(right) + 1
        else:
            return part, " ".join((before + after).split())
        before, part, after = before[:start], before[start:] + part + after[:end], after[end:]


def _try(tried: dict[str, SearchRequest], said: str, wanted: SearchRequest, **changes: Any) -> None:
    try:
        tried[said] = reread(wanted, **changes)
    except QueryFault as fault:
        if "text" in changes and fault.mended:  # an OR or AND is left that stands between nothing now
            tried[said] = reread(wanted, text=fault.mended)


def examples(engine: Engine, results: Results) -> Iterable[Link]:
    """Return three searches that find something in this archive, made from what it holds."""
    titles = (hit.article.title for hit in results.hits if hit.article.title)
    word = _telling_word(next(titles, ""))
    if word:
        yield Link(word, search_link(SearchRequest(query.parse(word))))
    names = [each.value for each in results.facets["speaker"].values if each.value]
    for name in names[:1]:
        by_name = Filters(speaker=Choice((name,)))
        said = SearchRequest(query.parse("", view="statements"), view="statements", sort="newest", filters=by_name)
        yield Link(f"what {name} said", search_link(said))
        for hit in engine.search(replace(said, limit=1, facets=())).hits:
            spans = hit.statement.content if hit.statement else ()
            word = _telling_word(" ".join(hit.article.body[start:end] for start, end in spans))
            text = f'said:{word} speaker:"{name}"'
            if word and '"' not in name:
                yield Link(text, search_link(SearchRequest(query.parse(text))))


def _telling_word(text: str) -> str:
    words = [each.term for each in tokens(text) if each.term.isalpha() and len(each.term) > 4]
    return max(words, key=len, default="")
