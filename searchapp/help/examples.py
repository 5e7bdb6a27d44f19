"""Examples of searches, made of what an archive holds, so that each of them finds something there."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import pairwise

from searchapp.analysis import FUNCTION_WORDS, Token, tokens
from searchapp.engines.held import Held
from searchapp.engines.portraits import said_by
from searchapp.engines.protocol import Engine
from searchapp.errors import SearchappError
from searchapp.fields import View
from searchapp.query import parse
from searchapp.search import Hit, Results, SearchRequest

READ = 30  # newest articles of which words are taken
SHORTEST = 5  # letters of a word that tells something


@dataclass(frozen=True, slots=True)
class Example:
    """A search, what is said of it, and how much it finds."""

    told: str
    request: SearchRequest
    total: int


def spoken(engine: Engine) -> Sequence[Example]:
    """Return up to three searches as people would speak of them: "what Lee said about fees"."""
    return _spoken.of(engine)


def written(engine: Engine) -> Sequence[Example]:
    """Return a search for each thing that the query language can do, as far as one finds something."""
    return _written.of(engine)


def _found(engine: Engine, tried: Iterable[tuple[str, SearchRequest]]) -> tuple[Example, ...]:
    found = []
    for told, request in tried:
        with suppress(SearchappError):  # what cannot be asked of this archive is no example
            if total := engine.search(replace(request, limit=0, facets=())).total:
                found.append(Example(told, request, total))
    return tuple(found)


def _newest(engine: Engine) -> Results:
    return engine.search(SearchRequest(parse(""), sort="newest", limit=READ, facets=("speaker",), facet_limit=2))


def _in_speech(engine: Engine) -> Iterator[tuple[str, SearchRequest]]:
    newest = _newest(engine)
    titles = Counter(word for hit in newest.hits for word in {each.term for each in _words(hit.article.title or "")})
    if titles:
        word = max(titles, key=lambda word: (titles[word], len(word), word))
        yield f"articles with {word}", _asked(word)
    if name := _commonest(newest):
        said = said_by(name)
        yield f"what {name} said", said
        if word := _word_of(engine, said):
            yield f"what {name} said about {word}", replace(said, query=parse(word, view="statements"))


def _in_writing(engine: Engine) -> Iterator[tuple[str, SearchRequest]]:
    newest = _newest(engine)
    titles = [words for hit in newest.hits if (words := _words(hit.article.title or ""))]
    if pair := next((pair for words in titles for pair in pairwise(words) if pair[1].start - pair[0].end == 1), None):
        first, second = (each.term for each in pair)
        yield "both words, in any form", _asked(f"{first} {second}")
        yield "the words next to each other", _asked(f'"{first} {second}"')
        yield "the words at most ten words apart", _asked(f"{first} w/10 {second}")
        yield "words that begin like this", _asked(f"{first[:4]}*")
        yield "words that are spelled almost like this", _asked(f"{first[:-2]}{first[-1]}~")
        yield "only in the title; body:, source: and place: work likewise", _asked(f"title:{first}")
        others = (word.term for words in titles for word in words if word.term not in (first, second))
        if other := next(others, ""):
            yield "either word", _asked(f"{first} OR {other}")
            yield "the first without the second; NOT means the same", _asked(f"{first} -{other}")
    if name := _commonest(newest):
        last = tokens(name)[-1].term
        yield "what is said by one whose name has this word", _asked(f"speaker:{last}", "statements")
        if word := _word_of(engine, said_by(name)):
            yield "the word in a statement by that speaker", _asked(f"said:{word} speaker:{last}")
    yield "statements that deny; promised, warned and others work likewise", _asked("act:denied", "statements")
    yield "statements word for word; indirect and mixed work likewise", _asked("kind:direct", "statements")
    yield from _dated(newest.hits)


def _dated(hits: Iterable[Hit]) -> Iterator[tuple[str, SearchRequest]]:
    days = [hit.article.published.first for hit in hits if hit.article.published]
    if days:
        year, month = days[0].year, f"{days[0]:%Y-%m}"
        yield "published in that month; years and days work likewise", _asked(f"date:{month}")
        yield "published in these years", _asked(f"date:{year - 1}..{year}")
        yield "published after that month", _asked(f"date:>{days[-1]:%Y-%m}")


def _asked(text: str, view: View = "articles") -> SearchRequest:
    return SearchRequest(parse(text, view=view), view=view)


def _commonest(newest: Results) -> str:
    return next((each.value for each in newest.facets["speaker"].values if each.value), "")


def _word_of(engine: Engine, said: SearchRequest) -> str:
    """Return a word of the newest statement that a search finds."""
    for hit in engine.search(replace(said, limit=1, facets=())).hits:
        spans = hit.statement.content if hit.statement else ()
        return _longest(" ".join(hit.article.body[start:end] for start, end in spans))
    return ""


def _words(text: str) -> list[Token]:
    telling = (each for each in tokens(text) if each.term not in FUNCTION_WORDS)
    return [each for each in telling if each.term.isalpha() and len(each.term) >= SHORTEST]


def _longest(text: str) -> str:
    return max((each.term for each in _words(text)), key=len, default="")


_spoken = Held(lambda engine: _found(engine, _in_speech(engine)))
_written = Held(lambda engine: _found(engine, _in_writing(engine)))
