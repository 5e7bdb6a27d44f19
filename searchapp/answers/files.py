"""Hits as files to take away: a table (CSV), JSON lines, RIS and BibTeX. Each hit is written by itself, so that a file
of any length takes the same memory.

The table is for Excel and LibreOffice: UTF-8 with a byte order mark, by which Excel knows it, lines that end in CR LF,
and each value in quotation marks (RFC 4180). Articles are hostile: a value that a spreadsheet might run as a formula
gets an apostrophe before it, whether or not spaces stand first
(https://owasp.org/www-community/attacks/CSV_Injection). Programs take JSON lines, where each text is as it is.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import msgspec

from searchapp.answers import citations, payloads
from searchapp.answers.address import article_path, statement_path
from searchapp.answers.wording import label
from searchapp.article import Article, Speaker, Statement
from searchapp.fields import Facet, View
from searchapp.search import FacetValue, Hit

ARTICLE_COLUMNS = ("id", "title", "published", "updated", "source", "place", "language", "authors", "speakers", "url",
                   "link", "text")  # fmt: skip
STATEMENT_COLUMNS = ("id", "article", "title", "published", "said", "source", "place", "speakers", "roles", "verb",
                     "kind", "polarity", "act", "confidence", "url", "link", "text")  # fmt: skip
VALUE_COLUMNS = ("value", "label", "count")
_BEGIN_FORMULAS = frozenset("=+-@＝＋－＠")
_BREAKS = frozenset("\t\r\n")
_MARK = b"\xef\xbb\xbf"
_PIECE = 1 << 16  # bytes that are sent at once, if there are so many
_encode = msgspec.json.Encoder().encode


@dataclass(frozen=True, slots=True)
class Form:
    """A form of files: its media type, what people call it, whether it does with articles in brief, how a hit is
    written with links below a root, and what stands before the first."""

    kind: str
    called: str
    brief: bool
    write: Callable[[Hit, str], bytes]
    head: Callable[[View], bytes] = lambda _: b""


def written(form: Form, view: View, hits: Iterable[Hit], root: str) -> Iterator[bytes]:
    """Yield a file of ``hits`` in pieces. Links begin with ``root``, the address of the site without a slash."""
    held = [form.head(view)]
    size = 0
    for hit in hits:
        held.append(line := form.write(hit, root))
        size += len(line)
        if size >= _PIECE:
            yield b"".join(held)
            held, size = [], 0
    yield b"".join(held)


def facet_table(facet: Facet, values: Iterable[FacetValue]) -> bytes:
    """Return counted values of a facet as a table."""
    return table(VALUE_COLUMNS, ((each.value, label(facet, each.value), str(each.count)) for each in values))


def table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Return rows below the names of their columns as a table."""
    return b"".join([_MARK, _row(columns), *map(_row, rows)])


def _columns(view: View) -> bytes:
    return _MARK + _row(ARTICLE_COLUMNS if view == "articles" else STATEMENT_COLUMNS)


def _hit_row(hit: Hit, root: str) -> bytes:
    return _row(_of_statement(hit.article, hit.statement, root) if hit.statement else _of_article(hit.article, root))


def _of_article(article: Article, root: str) -> Sequence[str]:
    return (
        article.id,
        article.title or "",
        citations.exactly(article.published),
        citations.exactly(article.updated),
        article.source or "",
        article.place or "",
        article.language,
        "; ".join(article.authors),
        _names(article.speakers),
        article.url or "",
        root + article_path(article.id),
        article.body,
    )


def _of_statement(article: Article, said: Statement, root: str) -> Sequence[str]:
    return (
        said.id,
        article.id,
        article.title or "",
        citations.exactly(article.published),
        citations.exactly(said.day),
        article.source or "",
        article.place or "",
        _names(said.speakers),
        "; ".join(each.role or "" for each in said.speakers),
        said.verb,
        said.kind,
        said.polarity,
        said.act,
        f"{said.confidence:.2f}",
        article.url or "",
        root + statement_path(said.id),
        article.body[said.start : said.end],
    )


def _names(speakers: Iterable[Speaker]) -> str:
    return "; ".join(each.name for each in speakers)


def _row(values: Iterable[str]) -> bytes:
    """Return a line of a table. (The csv module takes five times as long for whole texts.)"""
    cells = [(value if value[:1].isalnum() else _harmless(value)).replace('"', '""') for value in values]
    return ('"' + '","'.join(cells) + '"\r\n').encode()


def _harmless(value: str) -> str:
    """Return ``value`` as no spreadsheet takes it for a formula."""
    return f"'{value}" if value[:1] in _BREAKS or value.lstrip()[:1] in _BEGIN_FORMULAS else value


def _json_line(hit: Hit, root: str) -> bytes:
    if hit.statement:
        return _encode(payloads.statement(hit.article, hit.statement, root=root)) + b"\n"
    link = {"link": root + article_path(hit.article.id)}
    return _encode(payloads.article(hit.article) | link) + b"\n"


def _cited(write: Callable[[citations.Citation], str]) -> Callable[[Hit, str], bytes]:
    def cite(hit: Hit, root: str) -> bytes:
        said = hit.statement
        path = statement_path(said.id) if said else article_path(hit.article.id)
        return write(citations.cited(hit.article, root + path, said)).encode()

    return cite


FORMS: Mapping[str, Form] = {
    ".csv": Form("text/csv; charset=utf-8", "Table (CSV)", True, _hit_row, _columns),
    ".jsonl": Form("application/jsonl; charset=utf-8", "JSON lines", False, _json_line),
    ".ris": Form("application/x-research-info-systems; charset=utf-8", "RIS", True, _cited(citations.ris)),
    ".bib": Form("application/x-bibtex; charset=utf-8", "BibTeX", True, _cited(citations.bibtex)),
}
