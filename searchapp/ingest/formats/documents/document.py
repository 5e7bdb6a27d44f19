"""What the formats of documents have in common: their paragraphs become a text, their properties a last resort."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from searchapp.article import Removed
from searchapp.ingest.dating.metadata import parse_date
from searchapp.ingest.formats.decoding import tidy
from searchapp.ingest.formats.text import one_line
from searchapp.ingest.raw import MAX_TITLE, Raw
from searchapp.ingest.reasons import Reason

_DAY = re.compile(r"\s*((?:19|20)\d\d-\d\d-\d\d)")
# Names that programs give a document which has none.
_NO_TITLE = re.compile(
    r"(?:untitled|document|microsoft word|unbenannt|dokument|sans titre|sin título|print|scan|https?:)\b.{0,500}"
    r"|[\w.()-]{1,200}\.(?:docx?|odt|rtf|pdf|indd|qx[dp]|pmd|txt|html?|aspx?|php|p65)",
    re.IGNORECASE | re.DOTALL,
)


@dataclass(slots=True)
class Document:
    """The paragraphs of a document, in which "\\n" stands for a line break; what in it is struck out; its title, where
    a style or its form names one; and what its properties say (``made``: a day as written, in whatever form)."""

    paragraphs: list[str] = field(default_factory=list)
    struck: list[str] = field(default_factory=list)
    title: str | None = None
    named: str | None = None
    made: str | None = None


def from_document(raw: Raw, document: Document) -> Raw:
    """Fill in what a document holds. Its properties count only where neither its text nor its path tells."""
    iso = _DAY.match(document.made or "")
    named = one_line(document.named, MAX_TITLE)
    return replace(
        raw,
        text=tidy(joined(document.paragraphs)),
        title=one_line(document.title, MAX_TITLE),
        last_title=None if named is None or _NO_TITLE.fullmatch(named) else named,
        last_day=parse_date(iso[1] if iso else document.made or "", origin="document"),
        removed=tuple(Removed(text, Reason.STRUCK) for each in document.struck if (text := tidy(each).strip())),
    )


def joined(paragraphs: Iterable[str]) -> str:
    """Return paragraphs as a text, parted by empty lines."""
    return "\n\n".join(words for each in paragraphs if (words := each.strip()))
