"""The three tantivy indexes of a generation: what stands in them, and how articles are written into them.

``articles`` and ``statements`` have a document for each. ``voices`` has one for each article and each who speaks in it:
with it, articles in which somebody speaks are counted speaker by speaker.

Words come analysed, as stems with positions for words and phrases, and as written for prefixes and fuzzy words.
``said`` of articles and voices is another thing: all words and speakers of the article's first statement, its act,
kind and confidence stand at position 0, those of the second at 1, and so on. So what must stand in one and the same
statement is a phrase whose words are 0 apart, and tantivy finds it in its postings.

Facets are counted by numbers of their values: 0 for nothing there, else one more than the index in ``Names``. A count
over a column that has exactly one number in each document is ten times as fast as over one that may have several, so
the first speakers have a column each, and only the others share one.

Over 400 lines, if by few: what stands in an index and how it is written have to be changed together.
"""

import os
import shutil
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import date
from itertools import chain, product
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal, NamedTuple

import msgspec
import tantivy
from tantivy import (
    Document,
    Index,
    IndexWriter,
    PreTokenizedString,
    Schema,
    SchemaBuilder,
    Searcher,
    TextAnalyzerBuilder,
    Token,
)

from searchapp.analysis import stem, terms
from searchapp.article import Article, Dated, Speaker, Statement, cited_keys, named, said_on
from searchapp.engines.ranking import TITLE
from searchapp.fields import FACETS, SAID_OF, VALUE_OF, Facet
from searchapp.written import forms, names_in

Kind = Literal["articles", "statements", "voices"]
KINDS: tuple[Kind, ...] = ("articles", "statements", "voices")
SPEAKERS = 4  # of an article that have a column of their own
OTHERS = "speakers_number"  # the column of the other speakers: the one that may have several numbers in a document
_HEAP = {"articles": 256 << 20, "statements": 128 << 20, "voices": 64 << 20}  # bytes held before a segment is written
_STEMS = 1 << 17  # kept at a time
_CHANGING = {"meta.json", ".managed.json"}  # all other files of an index are never written again
_NEVER = 9_999_999  # after all days
_DAY_BITS = 22  # of the ordinal of a day: the last one is 3,652,059
_WORDS = TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()


class Numbering(msgspec.Struct):
    """What indexes hold besides documents: the numbers of the facets' values, and how many articles and statements were
    ever added. Each has a number of its own, its row, by which what stands in one index is found in another."""

    numbers: dict[Facet, dict[str, int]]
    rows: int = 0
    statement_rows: int = 0
    precise: bool = True  # whether the first day of every dated article is also its last


def columns(facet: Facet, kind: Kind) -> list[str]:
    """Return the columns that hold the numbers of ``facet``'s values."""
    if facet in VALUE_OF or facet in SAID_OF:
        return [f"{facet}_number"]
    own = {"articles": SPEAKERS, "statements": 2, "voices": 1}[kind]
    return [*(f"speaker{position}_number" for position in range(own)), *([OTHERS] if own > 1 else [])]


def mark(facet: Facet, value: str) -> str:
    """Return the token in ``said`` of articles and voices for what a statement has of a facet: no word begins with a
    space, and no name with two."""
    return f" {value}" if facet == "speaker" else f"  {facet} {value}"


class Shelf(NamedTuple):
    """One of the indexes, opened."""

    searcher: Searcher
    schema: Schema


def open_shelf(folder: Path, kind: Kind) -> Shelf:
    """Open an index that ``Writer`` wrote, as it is now and for good. Whoever opens it need not be allowed to write."""
    with _where_locks_may_lie(folder, kind) as opened:
        index = _open(opened, kind)
        return Shelf(index.searcher(), index.schema)


@contextmanager
def _where_locks_may_lie(folder: Path, kind: Kind) -> Iterator[Path]:
    """Give a folder with the index in which tantivy may put a lock, as it does even to read: ``folder`` or, where that
    must not be written, one of links, which are needed no more when all files are open."""
    if os.access(folder / kind, os.W_OK):
        yield folder
        return
    with TemporaryDirectory(prefix="searchapp-") as links:
        (Path(links) / kind).mkdir()
        for file in (folder / kind).iterdir():
            if file.suffix != ".lock":  # which writing left, and only its writer may open
                (Path(links) / kind / file.name).symlink_to(file.absolute())
        yield Path(links)


def _open(folder: Path, kind: Kind) -> Index:
    index = Index.open(str(folder / kind))
    index.config_reader("manual")  # generations never change: nothing is to be watched
    index.register_tokenizer("words", _WORDS)
    return index


def link_indexes(before: Path, folder: Path) -> None:
    """Give all segments a second folder, in which they can be added to while the first stays as it is."""
    for kind in KINDS:
        (folder / kind).mkdir()
        for file in (before / kind).iterdir():
            if file.name in _CHANGING:
                shutil.copy(file, folder / kind / file.name)
            elif file.suffix != ".lock":
                os.link(file, folder / kind / file.name)


def let_read(folder: Path) -> None:
    """Give those files of new indexes that tantivy keeps to their writer the rights of all others beside them."""
    for kind, name in product(KINDS, _CHANGING):
        (folder / kind / name).chmod((folder / "found.json").stat().st_mode)


class _Deleted(msgspec.Struct):
    number: int = msgspec.field(name="num_deleted_docs")


class _Segment(msgspec.Struct):
    deletes: _Deleted | None = None


class _Meta(msgspec.Struct):
    segments: list[_Segment]


# Made as the module is loaded: two threads that are the first to decode a type end the process (msgspec 0.22).
_META = msgspec.json.Decoder(_Meta)


def number_of_deleted(folder: Path, kind: Kind) -> int:
    """Return how many documents are deleted that are still in an index."""
    meta = _META.decode((folder / kind / "meta.json").read_bytes())
    return sum(segment.deletes.number for segment in meta.segments if segment.deletes)


class Writer:
    """Writes articles into the indexes in ``folder``, made by ``link_indexes`` or new ones; ``numbering`` is that of
    what stands in them, and is kept up to date."""

    def __init__(self, folder: Path, numbering: Numbering) -> None:
        self._folder = folder
        self._numbering = numbering
        self._writers: dict[Kind, IndexWriter] = {}
        for kind in KINDS:
            if not (folder / kind).exists():
                (folder / kind).mkdir()
                Index(_schema(kind), str(folder / kind))

    def delete(self, identity: str) -> None:
        """Delete the article of this id, as far as it was added before, and all that is said in it."""
        self._writer("articles").delete_documents_by_term("id", identity)
        self._writer("statements").delete_documents_by_term("article", identity)
        self._writer("voices").delete_documents_by_term("article", identity)

    def add(self, article: Article) -> None:
        """Add an article and all that is said in it."""
        title, names = terms(article.title or ""), names_in(article.title or "", article.body)
        about = {facet: value_of(article) for facet, value_of in VALUE_OF.items()}
        document = Document()
        document.add_text("id", article.id)
        for key in cited_keys(article):
            document.add_text("key", key)
        document.add_unsigned("row", self._numbering.rows)
        document.add_bytes("digest", article.digest.encode())
        document.add_bytes("stored", msgspec.json.encode(article))
        self._add_text(document, "body", terms(article.body), times=1)
        self._add_text(document, "title", title, times=TITLE)
        document.add_text("title_forms", " ".join(forms(article.title or "", names)))
        document.add_text("body_forms", " ".join(forms(article.body, names)))
        self._add_facets(document, about)
        self._add_speakers(document, "articles", article.speakers)
        _add_days(document, article.published, article.added)
        for value in article.sketch:
            document.add_unsigned("sketch", value)
        self._numbering.precise &= not article.published or article.published.first == article.published.last
        said: list[Token] = []
        voices: dict[str, _Voice] = defaultdict(_Voice)
        for number, statement in enumerate(article.statements):
            spans = [terms(article.body[start:end]) for start, end in statement.content]
            self._add_statement(article, number, statement, spans, title, about, names)
            speakers = _names(statement.speakers)
            words = {_stem(word) for words in spans for word in words}
            marks = [mark("speaker", name) for name in speakers]
            marks += [mark(facet, said_of(statement)) for facet, said_of in SAID_OF.items()]
            tokens = [Token(each, number, 0, 0) for each in chain(words, marks)]
            said += tokens
            for name in speakers:
                voices[name].statements.append(self._numbering.statement_rows)
                voices[name].said.extend(tokens)
            self._numbering.statement_rows += 1
        document.add_pre_tokenized_text("said", PreTokenizedString("", said))
        self._writer("articles").add_document(document)
        for name, voice in voices.items():
            self._add_voice(article, name, voice, about)
        self._numbering.rows += 1

    def commit(self) -> None:
        """Write all, and wait until segments that have become many are merged."""
        with ThreadPoolExecutor(len(KINDS)) as threads:  # mostly they wait for the disk
            list(threads.map(_finish, self._writers.values()))

    def cancel(self) -> None:
        """Stop without finishing."""
        for writer in self._writers.values():
            with suppress(ValueError, RuntimeError):  # it has ended when the disk was full
                writer.rollback()

    def _writer(self, kind: Kind) -> IndexWriter:
        """Return the writer of an index that is to be changed: opening and finishing one has its price."""
        if kind not in self._writers:
            # one thread: the order of articles is kept, and Python needs the other core
            self._writers[kind] = _open(self._folder, kind).writer(_HEAP[kind], 1)
        return self._writers[kind]

    def _add_statement(
        self,
        article: Article,
        number: int,
        statement: Statement,
        spans: Iterable[list[str]],
        title: list[str],
        about: Mapping[Facet, str],
        names: Collection[str],
    ) -> None:
        document = Document()
        document.add_text("id", statement.id)
        document.add_text("article", article.id)
        document.add_unsigned("index", number)
        document.add_unsigned("row", self._numbering.statement_rows)
        document.add_unsigned("article_row", self._numbering.rows)
        for words in spans:  # a value each: tantivy leaves a position free between values, so no phrase crosses over
            document.add_text("said", " ".join(map(_stem, words)))
            document.add_text("said_words", " ".join(words))
        for start, end in statement.content:
            document.add_text("said_forms", " ".join(forms(article.body[start:end], names)))
        document.add_text("title", " ".join(map(_stem, title)))
        document.add_text("title_words", " ".join(title))
        document.add_text("title_forms", " ".join(forms(article.title or "", names)))
        self._add_facets(document, about)
        self._add_facets(document, {facet: said_of(statement) for facet, said_of in SAID_OF.items()})
        self._add_speakers(document, "statements", statement.speakers)
        _add_days(document, article.published, article.added)
        _add_days(document, said_on(article, statement), article.added, "said_")
        self._writer("statements").add_document(document)

    def _add_voice(self, article: Article, name: str, voice: "_Voice", about: Mapping[Facet, str]) -> None:
        document = Document()
        document.add_text("article", article.id)
        document.add_unsigned("row", self._numbering.rows)
        for row in voice.statements:
            document.add_unsigned("statement", row)
        document.add_pre_tokenized_text("said", PreTokenizedString("", voice.said))
        document.add_unsigned("speaker0_number", self._number("speaker", name))
        self._add_facets(document, about)
        _add_days(document, article.published, article.added)
        self._writer("voices").add_document(document)

    def _add_text(self, document: Document, field: str, words: list[str], times: int) -> None:
        """Add words by themselves, and ``times`` to the combined field."""
        stems, written = " ".join(map(_stem, words)), " ".join(words)
        document.add_text(field, stems)
        document.add_text(f"{field}_words", written)
        document.add_text("text_words", written)
        for _ in range(times):
            document.add_text("text", stems)

    def _add_facets(self, document: Document, about: Mapping[Facet, str]) -> None:
        for facet, value in about.items():
            document.add_text(facet, value)
            document.add_unsigned(f"{facet}_number", self._number(facet, value))

    def _add_speakers(self, document: Document, kind: Kind, speakers: Iterable[Speaker]) -> None:
        names = _names(speakers)
        for name in names:
            document.add_text("speaker", name)
        *own, others = columns("speaker", kind)
        numbers = [self._number("speaker", name) for name in names]
        for position, column in enumerate(own):
            document.add_unsigned(column, numbers[position] if position < len(numbers) else 0)
        for number in numbers[len(own) :]:
            document.add_unsigned(others, number)

    def _number(self, facet: Facet, value: str) -> int:
        numbers = self._numbering.numbers[facet]
        return numbers.setdefault(value, len(numbers)) + 1


class _Stems(dict[str, str]):
    """Remembers stems: a look-up in a dictionary takes half as long as one in the cache of ``stem``."""

    def __missing__(self, word: str) -> str:
        if len(self) >= _STEMS:
            self.clear()
        return self.setdefault(word, stem(word))


_stem = _Stems().__getitem__


@dataclass(slots=True)
class _Voice:
    """What one speaker says in an article: the rows of the statements, and their marks."""

    statements: list[int] = field(default_factory=list)
    said: list[Token] = field(default_factory=list)


def _names(speakers: Iterable[Speaker]) -> list[str]:
    return named(speakers) or [""]


def _add_days(document: Document, dated: Dated | None, added: date | None, kind: str = "") -> None:
    """Add the first and the last day it may be of, and what it is sorted by: its day, which puts what is undated last,
    and the day of its intake with its day behind that (``since``). ``kind`` begins the names of the columns."""
    first = dated.first.toordinal() if dated else 0
    document.add_unsigned(f"{kind}day", first)
    document.add_unsigned(f"{kind}oldest", first or _NEVER)
    document.add_unsigned(f"{kind}arrival", (since(added.toordinal()) if added else 0) + first)
    if dated:
        document.add_unsigned(f"{kind}first", first)
        document.add_unsigned(f"{kind}last", dated.last.toordinal())


def since(added: int) -> int:
    """Return the least value of the column ``arrival`` that an article added on this day or later has."""
    return added << _DAY_BITS


def _finish(writer: IndexWriter) -> None:
    writer.commit()
    writer.wait_merging_threads()


def _schema(kind: Kind) -> Schema:
    schema = SchemaBuilder()
    if kind == "articles":
        _add_names(schema, "id", fast=True, stored=True)
        _add_names(schema, "key")
        schema.add_bytes_field("digest", stored=True)
        schema.add_bytes_field("stored", stored=True)
        _add_words(schema, "title", "body", "text")
        schema.add_unsigned_field("sketch", indexed=True)
    if kind == "statements":
        _add_names(schema, "id", fast=True, stored=True)
        _add_names(schema, "article", stored=True)
        schema.add_unsigned_field("index", stored=True)
        schema.add_unsigned_field("article_row", fast=True)
        _add_words(schema, "said", "title")
    if kind == "voices":
        _add_names(schema, "article")
        schema.add_unsigned_field("statement", indexed=True)
    else:
        _add_names(schema, "speaker")
    if kind != "statements":
        schema.add_text_field("said", tokenizer_name="words")
    schema.add_unsigned_field("row", indexed=True, fast=True)
    for facet in FACETS if kind == "statements" else ("speaker", *VALUE_OF):
        if facet != "speaker":
            schema.add_text_field(facet, tokenizer_name="raw", index_option="basic")
        for column in columns(facet, kind):
            schema.add_unsigned_field(column, fast=True)
    days = ("day", "oldest", "first", "last", "arrival")
    for each in (*days, *(f"said_{day}" for day in days if kind == "statements")):
        schema.add_unsigned_field(each, indexed=True, fast=True)
    return schema.build()


def _add_names(schema: SchemaBuilder, *fields: str, fast: bool = False, stored: bool = False) -> None:
    for each in fields:
        schema.add_text_field(each, tokenizer_name="raw", index_option="basic", fast=fast, stored=stored)


def _add_words(schema: SchemaBuilder, *fields: str) -> None:
    for each in fields:
        schema.add_text_field(each, tokenizer_name="words")
        schema.add_text_field(f"{each}_words", tokenizer_name="words", index_option="basic")
        if each != "text":
            schema.add_text_field(f"{each}_forms", tokenizer_name="words", index_option="basic")
