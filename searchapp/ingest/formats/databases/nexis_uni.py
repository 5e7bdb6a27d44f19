"""Exports of Nexis Uni, Lexis Advance and Nexis since 2017, as text: "End of Document" ends each article.

As DOCX or RTF they come from these; the text of such a document is read here as a file of text is.
"""

import re
from collections.abc import Iterator
from typing import BinaryIO, Final

from searchapp.calendar import MONTH
from searchapp.errors import Rejected
from searchapp.ingest.formats.databases.labels import BODIES, ENDINGS, ROLES, TERMS, is_copyright, labelled
from searchapp.ingest.formats.databases.paragraphs import joined, paragraphs_of, width_of
from searchapp.ingest.formats.databases.pieces import LINE, articles, pieces
from searchapp.ingest.formats.databases.record import Cuttings, day_in, filled, set_apart, told_if_missing
from searchapp.ingest.formats.decoding import beginning, decode, in_utf8, tidy, tidy_beginning
from searchapp.ingest.formats.text import numbered
from searchapp.ingest.raw import Item, Raw
from searchapp.ingest.reasons import Reason

_END: Final = "End of Document|Ende des Dokuments|Dokumentende|Fin du document|Fin del documento|Einde van document"
_LAST_LINE = re.compile(rb"(?i)" + LINE + rf"[ \t]{{0,80}}(?:{_END})[ \t]{{0,80}}".encode() + rb"(?![^\r\n])")
_END_LINE = re.compile(rf"(?i)(?<![^\r\n])\s{{0,9}}(?:{_END})\s{{0,9}}(?![^\r\n])")
_END_OF_TEXT = re.compile(rf"\s*(?:{_END})\s*", re.IGNORECASE)
_GAP: Final = r"(?:\s|\u00a0){0,9}"
_LENGTH: Final = r"(?:Length|Länge|Longueur|Longitud|Lengte|Lunghezza|Comprimento)"
_LENGTH_LINE = re.compile(rf"(?<![^\r\n])\s{{0,9}}{_LENGTH}\s?:{_GAP}\d[\d.,]{{0,9}}{_GAP}[^\W\d_]", re.IGNORECASE)
_LENGTH_BYTES = re.compile(LINE + rb"[ \t]{0,80}(?i:" + _LENGTH.encode() + rb")\s?:[^\r\n\d]{0,40}\d")
_BODY_LINE = re.compile(rf"(?i)(?<![^\r\n])\s{{0,9}}(?:{'|'.join(sorted(BODIES))})[ \t]{{0,9}}(?![^\r\n])")
_LISTED = re.compile(
    r"(?<![^\r\n])\s{0,9}(?:Documents?|Dokumente?|Documentos?|Documenten)\s\((\d{1,6})\)\s{0,9}(?![^\r\n])"
)
_JOB = re.compile(
    r"(?<![^\r\n])\s{0,9}(?:Job Number|Auftragsnummer|Numéro de tâche|Número de trabajo)\s?:", re.IGNORECASE
)
_COVER_LINE = re.compile(
    r"(?:Client/Matter|Search Terms|Search Type|Narrowed by|Content Type|Sources?|Quellen?|Publisher|Job Number"
    r"|User Name|Date and Time)\b.{0,9}:|Narrowed by\Z|Content Type\Z|News\Z|Documents? \("
    rf"|\d{{1,4}}\. (?!{MONTH} (?:19|20)\d\d)",
    re.IGNORECASE,
)
_CORRECTED = re.compile(r"\s*Correction Appended\s*", re.IGNORECASE)
_ROW = 4  # lines from one label to the next
_DAY_LINE = 160  # code points
_ENDING_LINES = 12  # above the index terms, in which a heading stands for what belongs to them


class NexisUni:
    """Files with up to 100 articles, and files of one."""

    called = "exports of Nexis Uni: documents, text"
    suffixes: tuple[str, ...] = ()

    def sniff(self, head: bytes) -> bool:
        """Say whether an export begins so: with its cover, or with its first article."""
        text = tidy_beginning(head)
        if _LENGTH_LINE.search(text):
            return bool(_BODY_LINE.search(text) or _END_LINE.search(text))
        return bool(_JOB.search(text) and _LISTED.search(text))

    def split(self, stream: BinaryIO, path: str) -> Iterator[Item]:
        """Yield its articles, the cover with the first. Raises Rejected behind the last if it says that it has more."""
        number, listed = 0, _LISTED.search(tidy(beginning(stream.read(2**14))))
        stream.seek(0)
        cut = pieces(in_utf8(stream), _LAST_LINE, behind=True)
        for piece in articles(cut, lambda piece: _LAST_LINE.search(piece) or _LENGTH_BYTES.search(piece)):
            number += 1
            yield Item(path, number, piece)
        told_if_missing(number, int(listed[1]) if listed else 0)

    def identify(self, item: Item) -> str:
        """Return the file's path and the article's number: the database gives no id."""
        return numbered(item)

    def parse(self, item: Item, raw: Raw) -> Raw:
        """Fill in what stands above and below the text, and the text."""
        lines = [line for part in paragraphs_of(tidy(decode(item.data))) for line in (*part.split("\n"), "")]
        heads = [at for at, line in enumerate(lines) if _is_head(line)]
        if not heads:
            raise Rejected("The export holds no article here: nothing tells its length, section or author.")
        removed = Cuttings()
        first, last = _row(heads, lines)
        start = 1 + next((at for at in range(first, len(lines)) if lines[at].upper() in BODIES), last)
        day = next((at for at in range(first - 1, -1, -1) if _is_day(lines[at])), None)
        title, source = _title(lines[: first if day is None else day], removed)
        if day is not None:
            removed.cut(lines[day], Reason.DATE_LINE)
        named = set_apart(_said(lines[first if day is None else day + 1 : start]), removed)
        end = _end_of_text(lines, start)
        said = set_apart(_said(lines[end:]), removed) | named
        return filled(
            raw,
            title=title,
            source=source,
            place=said.get("place"),
            published=None if day is None else day_in(lines[day]),
            updated=day_in(said.get("loaded")),
            body=_paragraphs(lines[start:end]),
            removed=removed,
        )


def _is_head(line: str) -> bool:
    """Tell whether a line is a label that stands above a text."""
    found = labelled(line)
    return bool(found and ROLES.get(found[0]) in ("section", "length", "byline", "place", "abstract"))


def _is_day(line: str) -> bool:
    return (
        0 < len(line) <= _DAY_LINE and not _is_added(line) and not _COVER_LINE.match(line) and day_in(line) is not None
    )


def _is_added(line: str) -> bool:
    """Tell whether a line is a notice of rights, or a label of the database with what it says."""
    found = labelled(line)
    return is_copyright(line) or bool(found and found[0] in TERMS | ROLES.keys())


def _row(heads: list[int], lines: list[str]) -> tuple[int, int]:
    """Return the first and the last of the labels that stand in a row with that of the length, else with the first."""
    at = next((at for at, line in enumerate(heads) if ROLES.get((labelled(lines[line]) or ("",))[0]) == "length"), 0)
    first = last = at
    while first > 0 and heads[first] - heads[first - 1] <= _ROW:
        first -= 1
    while last + 1 < len(heads) and heads[last + 1] - heads[last] <= _ROW:
        last += 1
    return heads[first], heads[last]


def _title(lines: list[str], removed: Cuttings) -> tuple[str | None, str | None]:
    """Return (headline, source) of the lines above the day, and cut the cover above them: the two stand in a block of
    their own."""
    kept = list(lines)
    while kept and (not kept[-1] or _is_added(kept[-1]) or _CORRECTED.fullmatch(kept[-1])):
        removed.cut(kept.pop(), Reason.RECORD)
    source = kept.pop() if kept else None
    if source and source.startswith("("):  # a blog of the paper
        while kept and not kept[-1]:
            kept.pop()
        source = f"{kept.pop()} {source}" if kept else source
    apart = bool(kept and not kept[-1])
    while kept and not kept[-1]:
        kept.pop()
    title: list[str] = []
    while kept and kept[-1] and len(title) < (1 if apart else 3) and not _COVER_LINE.match(kept[-1]):
        title.insert(0, kept.pop())
    removed.cut("\n".join(kept), Reason.COVER_PAGE)
    return " ".join(title) or None, source


def _end_of_text(lines: list[str], start: int) -> int:
    """Return where the index terms begin: at the last heading "Classification", or at the labels above the end."""
    last = next((at for at in range(len(lines) - 1, start - 1, -1) if _END_OF_TEXT.fullmatch(lines[at])), len(lines))
    end = last
    for at in range(last - 1, start - 1, -1):
        found = labelled(lines[at])
        if lines[at].upper() in ENDINGS or (found and found[0] in TERMS):
            end = at
        elif lines[at] and not _stands_above(lines, at, start):
            break
    return end


def _stands_above(lines: list[str], at: int, start: int) -> bool:
    """Tell whether some lines above stands a heading of what the database adds: a line below it is no text."""
    above = [line.upper() for line in lines[max(start, at - _ENDING_LINES) : at] if line]
    return any(line in ENDINGS for line in above)


def _said(lines: list[str]) -> list[str]:
    """Return the lines that say something; a heading such as "Classification" goes with what it is above."""
    return [line for line in lines if line and line.upper() not in BODIES]


def _paragraphs(lines: list[str]) -> list[str]:
    """Return the paragraphs of a text: each line is one, unless empty lines part them and lines are broken."""
    parts = paragraphs_of("\n".join(lines))
    width = width_of(parts)
    widest = max((len(line) for line in lines), default=0)
    if width and len(parts) > 1 and widest <= width:
        return [joined(part, width) for part in parts]
    return [line for line in lines if line.strip()]
