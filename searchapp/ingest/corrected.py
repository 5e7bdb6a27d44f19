"""An article as its archivist corrects it: what is changed is noted with what it was, what does not fit is noticed."""

import re
from calendar import monthrange
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any, Final

from searchapp.analysis import Span, terms
from searchapp.article import Article, Corrected, Dated, Noticed, Precision, Speaker, Statement, cited_keys
from searchapp.ingest.corrections import Corrections, Entry, Name, StatementEntry

CORRECTIONS: Final = "corrections.toml"  # the field of what is noticed
ORIGIN: Final = "correction"  # of a day
_PRECISIONS: dict[int, Precision] = {4: "year", 7: "month", 10: "day"}  # by the length of what is written


class _Misfit(Exception):
    """Why an entry does not fit: the key, "" for the whole of it, and a sentence without its full stop."""

    def __init__(self, key: str, sentence: str) -> None:
        super().__init__(sentence)
        self.key = key


def with_fields(article: Article, corrections: Corrections) -> Article:
    """Return ``article``, whose statements are not known yet, with title, day, source, place and language as
    ``corrections`` have them."""
    entry = corrections.articles.get(article.id)
    if entry is None:
        return article
    values: dict[str, Any] = {
        name: getattr(entry, name) or None for name in ("title", "source", "place") if getattr(entry, name) is not None
    }
    if entry.published is not None:
        values["published"] = day_of(entry.published)
    if entry.language:
        values["language"] = entry.language
    made = replace(article, **values)
    if made.published and made.updated and made.updated.last < made.published.first:
        made = replace(made, updated=None)
    told = tuple(
        _signed(entry, name, _in_words(getattr(article, name)))
        for name, value in values.items()
        if _in_words(value) != _in_words(getattr(article, name))
    )
    return replace(made, corrected=(*article.corrected, *told))


def with_statements(article: Article, corrections: Corrections, given: Iterable[str] = ()) -> Article:
    """Return ``article``, whose statements have their ids, with these and its speakers as ``corrections`` have them.
    ``given`` are the names of speakers that stand in its metadata."""
    entries = corrections.in_article(cited_keys(article)[0]) if corrections.statements else {}
    made = article
    taken: set[str] = set()
    for name, entry in entries.items():
        try:
            statement = _statement_of(article, name, entry)
            if statement.id in taken:
                raise _Misfit("", "another entry already corrects this statement; keep one of them")
            made = _with_statement(made, statement, entry)
            taken.add(statement.id)
        except _Misfit as misfit:
            what = f"{told_name(('statements', name))}{f'.{misfit.key}' if misfit.key else ''}"
            made = replace(made, noticed=(*made.noticed, Noticed(CORRECTIONS, f"{what}: {misfit}")))
    return _with_speakers(made, article, set(given)) if made is not article else article


def told_name(name: Name) -> str:
    """Return the name of an entry as its table has it: ``statements."4ad2…"``."""
    return f'{name[0]}."{name[1]}"'


def day_of(written: str) -> Dated | None:
    """Return the day of "2021-04-27", "2021-04" or "2021"; None for ""."""
    if not written:
        return None
    precision = _PRECISIONS[len(written)]
    first = date.fromisoformat(f"{written}-01-01"[:10])
    last = {
        "day": first,
        "month": first.replace(day=monthrange(first.year, first.month)[1]),
        "year": first.replace(month=12, day=31),
    }[precision]
    return Dated(first, last, precision, ORIGIN)


def _statement_of(article: Article, name: str, entry: StatementEntry) -> Statement:
    """Return the statement of an id, or else the only one that has the words of its entry."""
    words = f" {' '.join(terms(entry.words))} "
    having = [each for each in article.statements if words in f" {' '.join(terms(_sentence(article, each)))} "]
    called = next((each for each in article.statements if each.id == name), None)
    if called:
        if entry.words and called not in having:
            raise _Misfit("words", "these words do not stand in the sentence of this id; copy them from its page")
        return called
    if not entry.words or not having:
        raise _Misfit(
            "", f'the article "{article.id}" no longer has this statement; leave the entry out, or copy its new id'
        )
    if len(having) > 1:
        raise _Misfit("words", f"{len(having)} statements of the article have these words; give more of them")
    return having[0]


def _with_statement(article: Article, statement: Statement, entry: StatementEntry) -> Article:
    """Return ``article`` with a statement of it as an entry has it. Raises _Misfit."""
    made = _corrected(article, statement, entry)
    if made is None:
        left = tuple(each for each in article.statements if each.id != statement.id)
        was = f"{_names(statement.speakers)}: {_sentence(article, statement)}"
        told = [_signed(entry, "speakers", was, statement.id)]
    else:
        left = tuple(made if each.id == statement.id else each for each in article.statements)
        before, after = _described(article, statement), _described(article, made)
        told = [_signed(entry, key, before[key], statement.id) for key in before if before[key] != after[key]]
    return replace(article, statements=left, corrected=(*article.corrected, *told))


def _corrected(article: Article, statement: Statement, entry: StatementEntry) -> Statement | None:
    if entry.speakers is not None:
        if not entry.speakers:
            return None
        speakers = tuple(_known(article, each) for each in entry.speakers)
        statement = replace(statement, speakers=speakers, subject=None, confidence=1.0)
    if entry.role is not None:
        if len(statement.speakers) != 1:
            raise _Misfit(
                "role", "the statement has several speakers; write the role of each with its name in speakers"
            )
        statement = replace(statement, speakers=(replace(statement.speakers[0], role=entry.role or None),))
    if entry.polarity:
        content = () if entry.polarity == "declined" else statement.content
        statement = replace(statement, polarity=entry.polarity, content=content)
    if entry.act:
        statement = replace(statement, act=entry.act)
    if entry.content is not None:
        statement = replace(statement, content=_spans(article, statement, entry.content))
    if not statement.content and statement.polarity != "declined":
        raise _Misfit("content", "this needs the words that were said, as they stand in the sentence")
    return statement


def _known(article: Article, speaker: Speaker) -> Speaker:
    """Return a speaker as the article has it elsewhere, unless more than the name is told."""
    if speaker.role or speaker.type != "person":
        return speaker
    return next((each for each in article.speakers if each.name == speaker.name), speaker)


def _spans(article: Article, statement: Statement, parts: Iterable[str]) -> tuple[Span, ...]:
    """Return where parts of a statement's sentence stand in the body, one after the other."""
    spans, at = [], statement.start
    for part in parts:
        found = re.compile(r"\s+".join(map(re.escape, part.split()))).search(article.body, at, statement.end)
        if not found:
            raise _Misfit("content", f'"{part}" does not stand in the sentence; copy the words as they stand there')
        spans.append(Span(*found.span()))
        at = found.end()
    return tuple(spans)


def _with_speakers(made: Article, before: Article, given: set[str]) -> Article:
    """Return ``made`` with those as its speakers who speak in its statements, and those that metadata name."""
    speaking = {each.name: each for statement in made.statements for each in statement.speakers}
    kept = [each for each in before.speakers if each.name in speaking or each.name in given]
    names = {each.name for each in kept}
    return replace(made, speakers=(*kept, *(each for name, each in speaking.items() if name not in names)))


def _described(article: Article, statement: Statement) -> Mapping[str, str]:
    """Return in words what an entry can change of a statement."""
    return {
        "speakers": _names(statement.speakers),
        "role": ", ".join(each.role or "" for each in statement.speakers),
        "content": " … ".join(article.body[start:end] for start, end in statement.content),
        "polarity": statement.polarity,
        "act": statement.act,
    }


def _names(speakers: Iterable[Speaker]) -> str:
    return ", ".join(each.name for each in speakers)


def _sentence(article: Article, statement: Statement) -> str:
    return article.body[statement.start : statement.end]


def _in_words(value: str | Dated | None) -> str:
    if isinstance(value, Dated):
        return value.first.isoformat()[: {"year": 4, "month": 7, "day": 10}[value.precision]]
    return value or ""


def _signed(entry: Entry, field: str, was: str, statement: str = "") -> Corrected:
    return Corrected(field, was, entry.by, entry.on, entry.why, statement)
