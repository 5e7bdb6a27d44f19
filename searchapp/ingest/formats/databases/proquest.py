"""Exports of ProQuest: text and HTML, in which "Full text:" begins the article, and XML."""

import re
from collections.abc import Iterator
from typing import BinaryIO, Final

from searchapp.errors import Rejected
from searchapp.ingest.formats.databases.fragments import blocks, leaves
from searchapp.ingest.formats.databases.labels import PROQUEST, REASONS, is_copyright, labelled
from searchapp.ingest.formats.databases.paragraphs import in_one_line, joined, paragraphs_of, width_of
from searchapp.ingest.formats.databases.pieces import LINE, articles, pieces
from searchapp.ingest.formats.databases.record import Cuttings, day_in, filled, told_if_missing
from searchapp.ingest.formats.decoding import beginning, declaration, decode, in_utf8, tidy, tidy_beginning
from searchapp.ingest.formats.text import numbered
from searchapp.ingest.raw import Item, Raw
from searchapp.ingest.reasons import Reason
from searchapp.sanitize import plain


def _either(role: str) -> str:
    return "|".join(
        sorted((re.escape(label) for label, each in PROQUEST.items() if each == role), key=len, reverse=True)
    )


_TAG: Final = r"(?:<[^<>]{0,200}>\s{0,9}){0,9}"
_RULE = re.compile(LINE + rb"[ \t]{0,9}_{20,200}[ \t]{0,9}(?![^\r\n])")
_RULE_IN_TEXT = re.compile(r"(?<![^\n])[ \t]{0,9}_{20,200}[ \t]{0,9}(?![^\n])")
_RECORD_DIV = re.compile(rb"<a\s[^<>]{0,99}\bname=[\"']?DocID_", re.IGNORECASE)
_INFO: Final = rf"(?:{_either('info')}|{_either('text')})"
_LABEL_BYTES = re.compile(rb"(?i)(?:" + LINE + rb"|>)[ \t]{0,9}(?:" + _INFO.encode() + rb")\s{0,3}:")
_TEXT_LABEL = re.compile(rf"(?i)(?:(?<![^\r\n])|>)[ \t]{{0,9}}(?:{_either('text')})\s{{0,3}}:")
_INFO_LABEL = re.compile(
    rf"(?i)(?:(?<![^\r\n])|>)[ \t]{{0,9}}(?:{_either('info')}|{_either('source')}|{_either('id')})\s{{0,3}}:"
)
_REPORT = re.compile(r"(?<![^\r\n])\s{0,9}Report Information from ProQuest|(?<![^\n])_{40,80}\s")
_COUNT = re.compile(rb"(?i)" + LINE + rb"Documents? \d{1,5} (?:of|de|von|di) (\d{1,5})[ \t]{0,9}(?![^\r\n])")
_EDITION = re.compile(r",\s[^,;]{0,60}\bedition\b.*", re.IGNORECASE | re.DOTALL)
_LIST = re.compile(r"(?:bibliography\Z|citation style\s{0,3}:|contact us at\s{0,3}:)", re.IGNORECASE)
_POSITION = re.compile(r"(?i)documents? \d{1,5} (?:of|de|von|di) \d{1,5}")
_PAGE = re.compile(r"\s{0,99}<(?!\?xml)")
_DOCUMENT_ID = re.compile(rb"(?i)(?:" + _either("id").encode() + rb")\s{0,3}:(?:\s|</?\w{1,9}>){0,9}(\d{5,20})")
_DOCVIEW = re.compile(rb"/docview/(\d{5,20})")
_ADDRESS = re.compile(r"https?://\S+")
_NONE = re.compile(r"(?:none |not |keine? |no )?(?:available|verfügbar|disponible)\.?", re.IGNORECASE)
_XML_RECORD = re.compile(rb"<(?:Record|RECORD)[\s>]")
_PROQUEST_XML = re.compile(r"<(?:RecordID|GOID|NumericPubDate|PubFrosting|DFS)\b|proquest", re.IGNORECASE)
_XML_ID = re.compile(rb"<(?:RecordID|GOID)>\s{0,9}(\d{3,20})")


class ProQuest:
    """Files with up to 100 articles, as text or HTML."""

    called = "exports of ProQuest: text, HTML"
    suffixes: tuple[str, ...] = ()

    def sniff(self, head: bytes) -> bool:
        """Say whether an export begins so: with its first article, or with the report or list before it."""
        text = tidy_beginning(head)
        if _PAGE.match(text):
            return "DocID_" in text[:2_000] or ("ProQuest" in text and _is_labelled(text))
        return _is_labelled(text) or bool(_REPORT.search(text) and ("ProQuest" in text or _INFO_LABEL.search(text)))

    def split(self, stream: BinaryIO, path: str) -> Iterator[Item]:
        """Yield its articles, what stands before them with the first, what behind with the last. Raises Rejected behind
        the last if it says that it has more."""
        head = stream.read(2**14)
        stream.seek(0)
        mark = _RULE
        if _PAGE.match(beginning(head)):
            mark = _RECORD_DIV if _RECORD_DIV.search(head) else _RULE
        elif not _RULE.search(head) and _COUNT.search(head):
            mark = _COUNT
        number, before, expected = 0, declaration(head), 0
        cut = pieces(in_utf8(stream), mark, behind=mark is _RULE)  # no rule need stand before the first article
        for piece in articles(cut, _LABEL_BYTES.search):
            number += 1
            counted = _COUNT.search(piece)
            expected = int(counted[1]) if counted else expected
            yield Item(path, number, before + piece)
        told_if_missing(number, expected)

    def identify(self, item: Item) -> str:
        """Return the number that the database gives an article, else the file's path and the article's number."""
        found = _DOCUMENT_ID.search(item.data) or _DOCVIEW.search(item.data)
        return f"proquest-{found[1].decode('ascii')}" if found else numbered(item)

    def parse(self, item: Item, raw: Raw) -> Raw:
        """Fill in what the labels say, and the text."""
        text = decode(item.data, html=True)
        if _PAGE.match(text):
            paragraphs = [block.text for block in blocks(text)]
            return _read(raw, [], paragraphs, [])
        parts = _RULE_IN_TEXT.split(tidy(text))
        at = next((at for at, part in enumerate(parts) if _TEXT_LABEL.search(part) or _INFO_LABEL.search(part)), 0)
        own, behind = _with_the_rest(parts, at)
        return _read(raw, parts[:at], paragraphs_of(own), behind)


class ProQuestXml:
    """Records of ProQuest's historical newspapers and of its workbench for text mining."""

    called = "exports of ProQuest: XML"
    suffixes: tuple[str, ...] = ()

    def sniff(self, head: bytes) -> bool:
        """Say whether such a record begins so."""
        text = beginning(head)
        return text.lstrip().startswith("<") and bool(_XML_RECORD.search(head) and _PROQUEST_XML.search(text))

    def split(self, stream: BinaryIO, path: str) -> Iterator[Item]:
        """Yield its records."""
        before = declaration(stream.read(2**14))
        stream.seek(0)
        cut = articles(pieces(in_utf8(stream), _XML_RECORD), _XML_RECORD.search)
        for number, piece in enumerate(cut, 1):
            found = _XML_RECORD.search(piece)
            yield Item(path, number, before + (piece[found.start() :] if found else piece))

    def identify(self, item: Item) -> str:
        """Return the number of the record, else the file's path and the article's number."""
        found = _XML_ID.search(item.data)
        return f"proquest-{found[1].decode('ascii')}" if found else numbered(item)

    def parse(self, item: Item, raw: Raw) -> Raw:
        """Fill in what the elements say."""
        text = decode(item.data, html=True)
        removed = Cuttings()
        said: dict[str, str] = {}
        for path, words in leaves(text[max(0, text.lower().find("<record")) :]):
            role = next((role for role, ends in _ELEMENTS.items() if path.endswith(ends)), "terms")
            said.setdefault(role, words)
            if role not in ("title", "text", "source"):
                removed.cut(in_one_line(words), REASONS.get(role, Reason.INDEX_TERMS))
        body = paragraphs_of(plain(said.get("text") or said.get("abstract") or ""))
        width = width_of(body)
        return filled(
            raw,
            title=said.get("title"),
            source=said.get("source"),
            published=day_in(said.get("day")),
            url=said.get("url"),
            body=(joined(part, width) for part in body),
            removed=removed,
        )


_ELEMENTS: Final = {
    "title": ("/recordtitle", "/titleatt/title", "obj/title", "/headline"),
    "source": ("publication/title", "/pubfrosting/title", "/publicationtitle"),
    "text": ("/fulltext", "/textinfo/text", "/hiddentext"),
    "abstract": ("/abstract", "/abstext"),
    "day": ("/numericpubdate", "/numericdate", "/alphapubdate", "/startdate", "/publicationdate"),
    "byline": ("/originalform", "/contribdesc", "/authorstring", "/byline"),
    "url": ("/urldocview",),
    "section": ("/startpage", "/pagination", "/section"),
    "id": ("/recordid", "/goid"),
    "copyright": ("/copyrightdata", "/copyright"),
}


def _is_labelled(text: str) -> bool:
    return bool(_TEXT_LABEL.search(text) and _INFO_LABEL.search(text))


def _with_the_rest(parts: list[str], at: int) -> tuple[str, list[str]]:
    """Return an article and what stands behind it: its text goes on behind a rule if its index terms stand there."""
    end = at
    for later in range(at + 1, len(parts)):
        if any(PROQUEST.get(found[0]) for line in paragraphs_of(parts[later]) if (found := labelled(line))):
            end = later
    return "\n\n".join(parts[at : end + 1]), parts[end + 1 :]


def _role(paragraph: str) -> str | None:
    found = labelled(paragraph)
    return PROQUEST.get(found[0]) if found else None


def _read(raw: Raw, before: list[str], paragraphs: list[str], behind: list[str]) -> Raw:
    removed = Cuttings()
    removed.cut("\n\n".join(part.strip() for part in before if part.strip()), Reason.COVER_PAGE)
    listed = next((at for at, paragraph in enumerate(paragraphs) if at and _LIST.match(paragraph)), len(paragraphs))
    paragraphs, behind = paragraphs[:listed], [*paragraphs[listed:], *behind]
    roles = [_role(paragraph) for paragraph in paragraphs]
    labels = next((at for at, role in enumerate(roles) if role), len(paragraphs))
    start = next((at for at, role in enumerate(roles) if role == "text"), None)
    end = _index(roles, paragraphs, labels if start is None else start + 1)
    title = _title(paragraphs[:labels], removed)
    said: dict[str, list[str]] = {}
    role = "terms"
    for at, paragraph in enumerate(paragraphs):
        if at < labels or (start is not None and start <= at < end):
            continue
        role = roles[at] or (role if role == "abstract" else "url" if _ADDRESS.search(paragraph) else "terms")
        words = (labelled(paragraph) or ("", ""))[1] if roles[at] else paragraph
        said.setdefault(role, []).append(words)
        if role != "abstract" or start is not None or _NONE.fullmatch(words):
            removed.cut(paragraph, Reason.COPYRIGHT if is_copyright(paragraph) else REASONS[role])
    removed.cut("\n\n".join(part.strip() for part in behind if part.strip()), Reason.COVER_PAGE)
    return _filled(raw, title, said, paragraphs[start:end] if start is not None else [], removed)


def _filled(raw: Raw, title: str | None, said: dict[str, list[str]], text: list[str], removed: Cuttings) -> Raw:
    body = [*([text[0].partition(":")[2]] if text else []), *text[1:]]
    if sum(len(part.split()) for part in body) < 3 or _NONE.fullmatch(" ".join(body).strip()):
        body = [part for part in said.get("abstract", []) if not _NONE.fullmatch(part)]
    first = {role: parts[0] for role, parts in said.items()}
    address = _ADDRESS.search(" ".join(said.get("url", [])))
    info = first.get("info", "")
    width = width_of(body)
    if not title and not said:
        raise Rejected("The export holds no article here: nothing tells its source or its day.")
    return filled(
        raw,
        title=title,
        source=_EDITION.sub("", (first.get("source") or info).partition(";")[0]),
        published=day_in(first.get("day")) or day_in(info),
        updated=day_in(first.get("loaded")),
        url=address[0] if address else None,
        body=(joined(part.strip(), width) for part in body),
        removed=removed,
    )


def _title(paragraphs: list[str], removed: Cuttings) -> str | None:
    """Return the headline: the last paragraph above the labels. What is above it is a list or report."""
    kept = [part for part in paragraphs if not _POSITION.fullmatch(part.strip())]
    removed.cut("\n\n".join([part for part in paragraphs if part not in kept] + kept[:-1]), Reason.COVER_PAGE)
    return in_one_line(kept[-1]) if kept else None


def _index(roles: list[str | None], paragraphs: list[str], start: int) -> int:
    """Return where the labels behind the text begin: the last run of paragraphs that each bear one."""
    end = len(paragraphs)
    while end > start and (roles[end - 1] or is_copyright(paragraphs[end - 1])):
        end -= 1
    return end
