"""What of the hits of a saved search is news: told neither before nor in another outlet, and no old text read anew."""

import hashlib
from collections.abc import Iterable, Iterator

from searchapp.alerts.memory import Memory
from searchapp.alerts.saved import Search
from searchapp.analysis import terms
from searchapp.article import named
from searchapp.engines.protocol import Engine
from searchapp.engines.utterances import elsewhere_said, is_same
from searchapp.search import Hit
from searchapp.web.same_story import elsewhere

WORDS = 8  # of an utterance below which the same words on another day are another utterance ("No comment")


def news(engine: Engine, search: Search, memory: Memory, hits: Iterable[Hit]) -> tuple[list[Hit], set[str]]:
    """Return those of ``hits`` that are to be told, in their order (or the earliest first, where only what is said for
    the first time is told), and the keys to remember: also those of what was told in another outlet. Raises what
    ``Engine.search`` raises."""
    new: list[Hit] = []
    keys: set[str] = set()
    before: set[str] = set()  # who had said so before this run

    def is_known(key: str) -> bool:
        return memory.knows(search.name, key)

    for hit in hits:
        own = keys_of(hit)
        if all(map(is_known, own)):
            before.update(_speaking(search, hit))
            keys.update(key for key in _file(hit) if not is_known(key))  # the file may have changed around it
            continue
        same = {key for each in (hit, *_copies(engine, hit)) for key in keys_of(each)}
        if any(map(is_known, same)) or any(map(is_known, _file(hit))):
            before.update(_speaking(search, hit))
        elif keys.isdisjoint(same):
            new.append(hit)
        keys.update(remembered_of(search, hit))
    if search.first_time_by:
        before.update(filter(is_known, (key for hit in new for key in _speaking(search, hit))))
        new = list(_firsts(search, new, before))
    return new, keys


def remembered_of(search: Search, hit: Hit) -> Iterator[str]:
    """Yield all keys to remember of a hit that a search has found."""
    yield from keys_of(hit)
    yield from _file(hit)
    yield from _speaking(search, hit)


def keys_of(hit: Hit) -> tuple[str, ...]:
    """Return by what it is known that a hit was told: one of these is enough. Of an article its id; of a statement its
    id, and its words, which are the same in every outlet: with the day and the speakers, if they are few."""
    article, said = hit.article, hit.statement
    if said is None:
        return (article.id,)
    spans = said.content or ((said.start, said.end),)
    words = [word for start, end in spans for word in terms(article.body[start:end])]
    if len(words) < WORDS:
        words += [article.published.first.isoformat() if article.published else article.id, *named(said.speakers)]
    return said.id, hashlib.sha256(" ".join(words).encode()).hexdigest()


def _copies(engine: Engine, hit: Hit) -> Iterator[Hit]:
    """Yield the same story in other articles, or the same utterance in them and elsewhere in its own."""
    article, said = hit.article, hit.statement
    if said is None:
        yield from (Hit(each, None, 0.0) for each in elsewhere(engine, article))
        return
    yield from elsewhere_said(engine, article, said)
    others = (each for each in article.statements if each.id != said.id)
    yield from (Hit(article, each, 0.0) for each in others if is_same(article, said, article, each))


def _file(hit: Hit) -> Iterator[str]:
    """Yield the key of the file as it was read: what is found in it later, and was not before, is only read anew (by
    another release, or under another name of its speaker)."""
    if hit.article.digest:
        yield f"file {hit.article.digest}"


def _speaking(search: Search, hit: Hit) -> Iterator[str]:
    """Yield the keys of those of whom a search tells only what they say for the first time."""
    if search.first_time_by == "anybody":
        yield "said by anybody"
    elif search.first_time_by == "speaker" and hit.statement:
        yield from (f"said by {name}" for name in named(hit.statement.speakers))


def _firsts(search: Search, hits: list[Hit], before: set[str]) -> Iterator[Hit]:
    """Yield the earliest hit of each who is not among ``before``. ``hits`` come the newest first, undated ones last."""
    dated = [hit for hit in reversed(hits) if hit.article.published]
    for hit in (*dated, *(hit for hit in hits if not hit.article.published)):
        speaking = set(_speaking(search, hit))
        if not speaking <= before:
            yield hit
        before |= speaking
