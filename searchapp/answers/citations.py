"""An article or one of its statements as others cite it: in a line of text, as BibTeX, RIS and CSL-JSON, and in a
page for programs that collect citations (COinS).

What is cited is the article in its outlet; a statement stands in the note, with who said it and when. Digests (SHA-256,
their first 16 hex digits) tell later whether sentence and text are still those that were cited.
"""

import hashlib
import re
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from searchapp.answers.wording import when
from searchapp.article import Article, Dated, Statement

_BIBTEX = str.maketrans(
    {
        "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
        **{sign: f"\\{sign}" for sign in "$&#_%"},
    }
)  # fmt: skip
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_IN_URLS = str.maketrans({"{": "%7B", "}": "%7D", "\\": "%5C"})
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


@dataclass(frozen=True, slots=True)
class Citation:
    """What is cited of an article: ``said`` and ``speakers`` are empty where it is the article itself. ``link`` is its
    page in this archive, ``url`` where it stood on the web."""

    key: str  # letters, digits and hyphens
    title: str
    outlet: str
    place: str
    published: Dated | None
    language: str  # ISO 639, "" if it is not known
    url: str
    link: str
    digest: str  # of the text
    authors: tuple[str, ...] = ()  # as the byline has them: which word is the surname is not known
    said: str = ""
    speakers: str = ""
    day: Dated | None = None  # when it was said, where that is another day than that of publication
    said_digest: str = ""

    @property
    def note(self) -> str:
        """Who said what and when, where it can be read, and the digests."""
        of_sentence = f"the sentence {self.said_digest}, of " if self.said else ""
        parts = (self.attributed, f"In the archive: {self.link}", f"SHA-256 of {of_sentence}the text {self.digest}")
        return ". ".join(part.rstrip(".") for part in parts if part)

    @property
    def attributed(self) -> str:
        """Who said what, with the day where that is another one; empty for an article."""
        on = f" ({when(self.day)})" if self.day else ""
        return f"{self.speakers}{on}: {self.said}" if self.said else ""


def cited(article: Article, link: str, statement: Statement | None = None) -> Citation:
    """Return how ``article``, or ``statement`` in it, is cited. ``link`` is the full address of its page here."""
    outlet = re.sub("[^a-z0-9]+", "", (article.source or "").lower())[:30] or "article"
    begin = f"{outlet}-{article.year or 'undated'}"
    of_article = Citation(
        key=f"{begin}-{_digest(article.id)[:8]}",
        title=_line(article.title or "") or "Untitled",
        outlet=_line(article.source or ""),
        place=_line(article.place or ""),
        published=article.published,
        language="" if article.language == "und" else article.language,
        url=_line(article.url or ""),
        link=link,
        digest=_digest(article.body),
        authors=tuple(filter(None, map(_line, article.authors))),
    )
    if statement is None:
        return of_article
    sentence = article.body[statement.start : statement.end]
    names = [", ".join(filter(None, (each.name, each.role))) for each in statement.speakers]
    return replace(
        of_article,
        key=f"{begin}-{_digest(statement.id)[:8]}",
        said=_line(sentence),
        speakers=_line(" and ".join(names)) or "Speaker not known",
        day=statement.day if statement.day != article.published else None,
        said_digest=_digest(sentence),
    )


def text(citation: Citation) -> str:
    """Return a citation as one line."""
    said = f"{citation.attributed} — " if citation.said else ""
    where = ", ".join(filter(None, (citation.outlet, when(citation.published), citation.link)))
    digests = f"sentence {citation.said_digest}, text {citation.digest}" if citation.said else citation.digest
    return f"{said}“{citation.title}”, {where} (SHA-256: {digests})"


def bibtex(citation: Citation) -> str:
    """Return a citation as an entry of BibTeX: UTF-8, which BibLaTeX and today's BibTeX read."""
    year, month, *_ = (*exactly(citation.published).split("-"), "", "")
    fields = {
        "author": " and ".join(f"{{{name.translate(_BIBTEX)}}}" for name in citation.authors),
        "title": f"{{{citation.title.translate(_BIBTEX)}}}",
        "journal": citation.outlet.translate(_BIBTEX),
        "date": exactly(citation.published),
        "year": year,
        "month": _MONTHS[int(month) - 1] if month else "",
        "address": citation.place.translate(_BIBTEX),
        "langid": citation.language,
        "url": (citation.url or citation.link).translate(_IN_URLS),
        "note": citation.note.translate(_BIBTEX),
    }
    lines = (f"  {name} = {value if name == 'month' else f'{{{value}}}'},\n" for name, value in fields.items() if value)
    return f"@article{{{citation.key},\n{''.join(lines)}}}\n"


def ris(citation: Citation) -> str:
    """Return a citation as a record of RIS, a newspaper article (NEWS)."""
    day = exactly(citation.published).split("-")
    fields = (
        ("TY", "NEWS"),
        ("ID", citation.key),
        *(("AU", name) for name in citation.authors),
        ("TI", citation.title),
        ("T2", citation.outlet),
        ("PY", day[0]),
        ("DA", "/".join((*day, "", "", "")[:3]) + "/" if day[0] else ""),
        ("CY", citation.place),
        ("LA", citation.language),
        ("UR", citation.url or citation.link),
        ("N1", citation.note),
    )
    return "".join(f"{tag}  - {value}\r\n" for tag, value in fields if value) + "ER  - \r\n"


def csl(citation: Citation) -> list[dict[str, Any]]:
    """Return a citation as a list of one item of CSL-JSON."""
    day = exactly(citation.published)
    fields = {
        "id": citation.key,
        "type": "article-newspaper",
        "author": [{"literal": name} for name in citation.authors],
        "title": citation.title,
        "container-title": citation.outlet,
        "publisher-place": citation.place,
        "issued": {"date-parts": [list(map(int, day.split("-")))]} if day else None,
        "language": citation.language,
        "URL": citation.url or citation.link,
        "note": citation.note,
    }
    return [{name: value for name, value in fields.items() if value}]


def coins(citation: Citation) -> str:
    """Return a citation as the ``title`` of an element of class Z3988 (COinS, http://ocoins.info), by which Zotero and
    its like save a page with its fields: a newspaper article as Zotero itself writes one, in Dublin Core."""
    fields = (
        ("ctx_ver", "Z39.88-2004"),
        ("rft_val_fmt", "info:ofi/fmt:kev:mtx:dc"),
        ("rft.type", "newspaperArticle"),
        ("rft.title", citation.title),
        ("rft.source", citation.outlet),
        *(("rft.creator", name) for name in citation.authors),
        ("rft.date", exactly(citation.published)),
        ("rft.place", citation.place),
        ("rft.language", citation.language),
        ("rft.identifier", citation.url or citation.link),
        ("rft.description", citation.note),
    )
    return urlencode([(name, value) for name, value in fields if value])


def _line(words: str) -> str:
    return " ".join(_CONTROL.sub(" ", words).split())


def _digest(words: str) -> str:
    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def exactly(dated: Dated | None) -> str:
    """Return a date as exactly as it is known: "2021-04-27", "2021-04", "2021"."""
    return dated.first.isoformat()[: {"day": 10, "month": 7, "year": 4}[dated.precision]] if dated else ""
