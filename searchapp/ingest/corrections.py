"""The archivist's corrections: corrections.toml.

A table for each article (``[articles."id"]``) and each statement (``[statements."id"]``) that is corrected; the keys
are those of ``Entry`` and its two kinds. What is left out stays as ingest finds it.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar, get_args

from searchapp.analysis import terms
from searchapp.article import Act, Polarity, Speaker, SpeakerType, cited_key
from searchapp.errors import BadCorrections
from searchapp.ingest.archivist import Wrong, tables_of, told

_ID = re.compile(r"[0-9a-f]{20}(?:-[1-9]\d*)?")
_FORMER_ID = re.compile(r"[0-9a-f]{16}(?:-[1-9]\d*)?")
_MONTH = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2]))?")
_LANGUAGE = re.compile(r"[a-z]{2,3}")
Name = tuple[str, str]  # "articles" or "statements", and the id


@dataclass(frozen=True)
class Entry:
    """Who says so, when, and why: each as far as it is told."""

    by: str = ""
    on: date | None = None
    why: str = ""


@dataclass(frozen=True)
class ArticleEntry(Entry):
    """What is so of an article; None is not corrected, and "" is that there is none. A day is written as exactly as it
    is known: 2021-04-27, 2021-04, 2021."""

    title: str | None = None
    published: str | None = None
    source: str | None = None
    place: str | None = None
    language: str | None = None


@dataclass(frozen=True)
class StatementEntry(Entry):
    """What is so of a statement; None is not corrected. No ``speakers`` is that nobody said so; one without type and
    role is as the article has it elsewhere. ``words`` are some of its sentence, by which it is found where its id has
    changed; ``content`` are the parts of the sentence that were said."""

    words: str = ""
    speakers: tuple[Speaker, ...] | None = None
    role: str | None = None
    content: tuple[str, ...] | None = None
    polarity: Polarity | None = None
    act: Act | None = None


E = TypeVar("E", ArticleEntry, StatementEntry)


@dataclass(frozen=True)
class Corrections:
    """What an archivist corrected, by ids; ``Corrections()`` is nothing."""

    articles: Mapping[str, ArticleEntry] = field(default_factory=dict)
    statements: Mapping[str, StatementEntry] = field(default_factory=dict)

    def in_article(self, key: str) -> Mapping[str, StatementEntry]:
        """Return the entries of statements whose article has this key (``article.cited_key``)."""
        return self._by_article.get(key, {})

    def entries(self) -> dict[Name, Entry]:
        """Return all entries by the names of their tables."""
        return {("articles", each): entry for each, entry in self.articles.items()} | {
            ("statements", each): entry for each, entry in self.statements.items()
        }

    @cached_property
    def _by_article(self) -> Mapping[str, dict[str, StatementEntry]]:
        found: dict[str, dict[str, StatementEntry]] = defaultdict(dict)
        for name, entry in self.statements.items():
            found[cited_key(name)][name] = entry
        return dict(found)


def load_corrections(path: Path) -> Corrections:
    """Read corrections.toml. Raises ``BadCorrections``, which names the line and the key."""
    text, tables = tables_of(path, BadCorrections)
    for kind, table in tables.items():
        if kind not in ("articles", "statements") or not isinstance(table, dict):
            sentence = 'a table begins with articles or statements, and the id of one: [statements."4ad2…"]'
            raise BadCorrections(told(path, text, kind, None, sentence))

    def read(kind: str, read_one: Callable[[str, dict[str, Any]], E]) -> Iterator[tuple[str, E]]:
        for name, table in tables.get(kind, {}).items():
            try:
                if not isinstance(table, dict):
                    raise Wrong(None, f'it must be a table: write [{kind}."{name}"] with its keys below it')
                yield name, read_one(name, table)
            except Wrong as wrong:
                raise BadCorrections(told(path, text, (kind, name), wrong.key, str(wrong))) from None

    return Corrections(dict(read("articles", _article)), dict(read("statements", _statement)))


def _article(_: str, table: dict[str, Any]) -> ArticleEntry:
    _refuse_unknown(table, ArticleEntry)
    texts: dict[str, Any] = {key: _text(table, key) for key in ("title", "source", "place")}
    language = _text(table, "language")
    if language is not None and not _LANGUAGE.fullmatch(language):
        raise Wrong("language", 'language must be a code of ISO 639: "en", "de", "und"')
    return ArticleEntry(**_told_by(table), **texts, language=language, published=_day(table.get("published")))


def _statement(name: str, table: dict[str, Any]) -> StatementEntry:
    if _FORMER_ID.fullmatch(name):
        raise Wrong(None, "this id is of the earlier form; open the page of the statement, which shows its id of today")
    if not _ID.fullmatch(name):
        raise Wrong(None, "this is no id of a statement; its page shows the id, and the entry to copy")
    _refuse_unknown(table, StatementEntry)
    words = _text(table, "words") or ""
    if "words" in table and not terms(words):
        raise Wrong("words", "words must be some of the words of the statement's sentence")
    content = table.get("content")
    content = [content] if isinstance(content, str) else content
    if content is not None and not (_is_list_of(str, content) and content and all(map(terms, content))):
        raise Wrong("content", 'content must be the words that were said, or a list of such parts: ["It will stay"]')
    return StatementEntry(
        **_told_by(table),
        words=words,
        speakers=_speakers(table["speakers"]) if "speakers" in table else None,
        role=_text(table, "role"),
        content=tuple(content) if content is not None else None,
        polarity=_one_of(table, "polarity", get_args(Polarity)),
        act=_one_of(table, "act", get_args(Act)),
    )


def _speakers(given: object) -> tuple[Speaker, ...]:
    if not isinstance(given, list):
        raise Wrong("speakers", 'speakers must be a list of names, ["Ann Lee"], and [] where nobody said so')
    return tuple(map(_speaker, given))


def _speaker(given: object) -> Speaker:
    table = {"name": given} if isinstance(given, str) else given
    if not isinstance(table, dict) or not table.keys() <= {"name", "role", "type"} or not table.get("name"):
        raise Wrong(
            "speakers", 'a speaker is a name, "Ann Lee", or {name = "Ann Lee", role = "mayor", type = "person"}'
        )
    kind = _one_of({"speakers": table.get("type", "person")}, "speakers", get_args(SpeakerType))
    name, role = table["name"], table.get("role")
    if not isinstance(name, str) or not terms(name) or not isinstance(role, str | None):
        raise Wrong("speakers", "name and role of a speaker must be texts in quotation marks")
    return Speaker(" ".join(name.split()), role or None, kind)


def _told_by(table: Mapping[str, Any]) -> dict[str, Any]:
    on = table.get("on")
    if on is not None and (not isinstance(on, date) or isinstance(on, datetime)):
        raise Wrong("on", "on must be a day, without quotation marks: 2024-05-01")
    return {"by": _text(table, "by") or "", "on": on, "why": _text(table, "why") or ""}


def _day(given: object) -> str | None:
    if isinstance(given, date) and not isinstance(given, datetime):
        return given.isoformat()
    if given is None or given == "" or (isinstance(given, str) and _MONTH.fullmatch(given) and given[:4] != "0000"):
        return given
    raise Wrong("published", 'published must be a day, 2021-04-27, or what is known of it: "2021-04", "2021", ""')


def _text(table: Mapping[str, Any], key: str) -> str | None:
    value = table.get(key)
    if value is not None and not isinstance(value, str):
        raise Wrong(key, f"{key} must be a text in quotation marks")
    return " ".join(value.split()) if value is not None else None


def _one_of(table: Mapping[str, Any], key: str, values: tuple[str, ...]) -> Any:
    value = table.get(key)
    if value is not None and value not in values:
        raise Wrong(key, f"it must be one of {', '.join(values)}")
    return value


def _refuse_unknown(table: Mapping[str, Any], kind: type[Entry]) -> None:
    known = [each.name for each in fields(kind)]
    for key in table:
        if key not in known:
            raise Wrong(key, f"there is no such key; use {', '.join(known[:-1])} or {known[-1]}")
    if not table.keys() - {"by", "on", "why", "words"}:
        raise Wrong(None, "it corrects nothing; say what is so, or leave it out")


def _is_list_of(kind: type, given: object) -> bool:
    return isinstance(given, list) and all(isinstance(each, kind) for each in given)
