"""Raw files to decoded articles: plain text, HTML and JSON lines, each also gzipped.

``find`` and ``pieces`` are cheap and stream; ``parse`` is the heavy part, and needs nothing but its piece.
"""

import codecs
import gzip
import hashlib
import json
import os
import re
import stat
import unicodedata
import zlib
from collections import Counter, deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from html import unescape
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO, cast
from urllib.parse import urlsplit

import ftfy
import trafilatura
from charset_normalizer import from_bytes
from ftfy.badness import is_bad
from lxml.etree import LxmlError, iterwalk
from lxml.html import HtmlElement
from trafilatura.settings import Document

from searchapp.errors import CorpusFault, Rejected, Unreadable
from searchapp.ingest.blocks import letters
from searchapp.ingest.calendar import EPOCH
from searchapp.ingest.dates import MAX_METADATA, find_dates, parse_date
from searchapp.model import Dated
from searchapp.sanitize import plain

TEXT, HTML, LINES = (".txt",), (".html", ".htm"), (".jsonl",)
MAX_ARTICLE = 10 * 2**20  # bytes of one article, unzipped; the longest novel has a third of it
MAX_ID, MAX_NAME, MAX_TITLE, MAX_URL, MAX_SPEAKERS = 500, 200, 500, 2_000, 200  # characters; how many
_SAMPLE = 2**16  # bytes by which an encoding is guessed


@dataclass(frozen=True, slots=True)
class Piece:
    """One raw article as it lies in a file, undecoded but unzipped.

    ``path`` is as ``path_below`` gives it; ``line`` the number of a JSONL line from 1, else None.
    """

    path: str
    line: int | None
    data: bytes


@dataclass(frozen=True, slots=True)
class Raw:
    """A decoded article before cleaning. ``digest`` is the beginning of the SHA-256 of its path and raw bytes, 32
    hex digits.

    ``text`` is NFC, free of markup, mojibake and control characters; lines end with "\\n". ``is_html``: it is the
    main text of an HTML page, found by trafilatura; then ``page`` is all that the page shows, comments and what stands
    beside the article left out, if its metadata give no day of publication: where that is looked for.
    """

    id: str
    path: str
    line: int | None
    digest: str
    text: str
    is_html: bool = False
    title: str | None = None
    url: str | None = None
    published: Dated | None = None
    updated: Dated | None = None
    source: str | None = None
    place: str | None = None
    language: str | None = None
    speakers: tuple[str, ...] = ()
    page: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """The files of a corpus that are read, sorted by their path below it; how many are not, by their suffix; and why
    others (by ``path_below``) cannot be read at all."""

    files: tuple[Path, ...]
    ignored: Mapping[str, int]
    rejected: Mapping[str, Rejected]


# --- files -----------------------------------------------------------------------------------------------


def find(corpus: Path) -> Found:
    """Return what files a corpus has. Raises CorpusFault when it is missing, or a folder of it cannot be listed.

    Links are followed, and a folder to which several paths lead is read under one of them: its own if that is in the
    corpus, else its first link. people.toml and a README at the top, and all that is hidden, are passed over.
    """
    if not corpus.is_dir():
        raise CorpusFault(f"There is no folder {corpus}: name the one that holds the articles with --corpus.")
    files: list[Path] = []
    ignored: Counter[str] = Counter()
    rejected: dict[str, Rejected] = {}
    for file in _files(corpus, rejected):
        if file.parent == corpus and _is_about_the_corpus(file.name):
            continue
        if _kind(file.name):
            files.append(file)
        else:
            ignored["".join(_suffixes(as_text(file.name)))] += 1
    files.sort(key=lambda file: path_below(file, corpus))
    return Found(tuple(files), dict(sorted(ignored.items())), rejected)


def pieces(file: Path, corpus: Path) -> Iterator[Piece]:
    """Yield the raw articles of a file, one after the other: its whole content, or each line of a JSONL file.

    Raises Rejected when the file is damaged (after those before the damage), Unreadable when the disk or its rights
    are at fault. An article that is too large is yielded cut off, for ``parse`` to reject.
    """
    path = path_below(file, corpus)
    kind = _kind(file.name)
    if kind is None:
        readable = " ".join(TEXT + HTML + LINES)
        raise Rejected(
            f'Files of the type "{"".join(_suffixes(file.name))}" are not read: only {readable}, each also .gz.'
        )
    try:
        with _opened(file) as stream:
            if kind == LINES:
                yield from _lines(stream, path)
            else:
                yield Piece(path, None, stream.read(MAX_ARTICLE + 1))
    except (EOFError, gzip.BadGzipFile, zlib.error) as fault:
        raise Rejected(f"The gzip file is damaged: {str(fault).partition(' (')[0]}.") from fault
    except OSError as fault:
        raise _unreadable(fault) from fault


def read(path: Path) -> Iterator[Piece]:
    """Yield the raw articles of a single file under its own name, as ``pieces`` does."""
    return pieces(path, path.parent)


def path_below(path: Path, corpus: Path) -> str:
    """Return the path of a file or folder below the corpus, by which it is known, ``as_text``."""
    return as_text(path.relative_to(corpus))


def as_text(path: Path | str) -> str:
    """Return a path as text that can be stored and printed: bytes of it that are no UTF-8 as ``\\xff``."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def path_source(path: str) -> str | None:
    """Return the first folder below the corpus, which names the source where nothing else does."""
    parts = PurePosixPath(path).parts
    return parts[0] if len(parts) > 1 else None


def _files(corpus: Path, rejected: dict[str, Rejected]) -> Iterator[Path]:
    """Yield the regular files of a corpus, and note what cannot be one of them."""
    folders, links, seen = deque([corpus]), deque[Path](), set[tuple[int, int]]()
    while folders or links:  # own paths come first, so that they count
        folder = folders.popleft() if folders else links.popleft()
        place, entries = _listed(folder)
        if place in seen:
            rejected[path_below(folder, corpus)] = Rejected("This folder is read already, under another path.")
            continue
        seen.add(place)
        for entry in entries:
            path = Path(entry.path)
            try:
                mode = entry.stat().st_mode
            except OSError as fault:
                rejected[path_below(path, corpus)] = _unreadable(fault)
                continue
            if stat.S_ISDIR(mode):
                (links if entry.is_symlink() else folders).append(path)
            elif stat.S_ISREG(mode):
                yield path
            else:
                rejected[path_below(path, corpus)] = Rejected("It is a pipe, a socket or a device, not a file.")


def _listed(folder: Path) -> tuple[tuple[int, int], list[os.DirEntry[str]]]:
    """Return where a folder is, whatever the path to it, and what is in it that is not hidden, sorted by name."""
    try:
        place = folder.stat()
        with os.scandir(folder) as entries:
            shown = sorted((each for each in entries if not each.name.startswith(".")), key=lambda each: each.name)
    except OSError as fault:
        raise CorpusFault(
            f'The folder "{as_text(folder)}" of the corpus cannot be listed ({fault.strerror}), so nobody knows which '
            "articles are gone: nothing was done. Mend it, or take it out of the corpus."
        ) from fault
    return (place.st_dev, place.st_ino), shown


def _unreadable(fault: OSError) -> Unreadable:
    return Unreadable(f"The file cannot be read: {fault.strerror or fault}.")


def _suffixes(name: str) -> list[str]:
    """Return the suffix that tells a file's type, lower-cased, and that of its compression."""
    suffixes = [suffix.lower() for suffix in PurePosixPath(name).suffixes]
    return suffixes[-2:] if suffixes[-1:] == [".gz"] else suffixes[-1:]


def _kind(name: str) -> tuple[str, ...] | None:
    suffix = (_suffixes(name) or [""])[0]
    return next((kind for kind in (TEXT, HTML, LINES) if suffix in kind), None)


def _is_about_the_corpus(name: str) -> bool:
    return name.lower() == "people.toml" or PurePosixPath(name).stem.lower() == "readme"


def _opened(file: Path) -> BinaryIO:
    zipped = file.name.lower().endswith(".gz")
    return cast(BinaryIO, gzip.open(file, "rb")) if zipped else file.open("rb")


def _lines(stream: BinaryIO, path: str) -> Iterator[Piece]:
    number = 0
    while line := stream.readline(MAX_ARTICLE + 1):
        number += 1
        rest = line
        while len(rest) > MAX_ARTICLE and not rest.endswith(b"\n"):  # the tail of a line that is too long
            rest = stream.readline(MAX_ARTICLE + 1)
        if number == 1:
            line = line.removeprefix(codecs.BOM_UTF8)
        if not line.isspace():
            yield Piece(path, number, line.rstrip(b"\r\n") if len(line) <= MAX_ARTICLE else line)


# --- articles --------------------------------------------------------------------------------------------


def identify(piece: Piece) -> tuple[str, str]:
    """Return the id of a piece's article and the digest of its path and raw bytes, without reading the article itself:
    moved elsewhere it may have another source, or be of another type.

    Raises Rejected when the piece is too large, a line is no JSON object or its id is none.
    """
    return _identity(piece, _fields_of(piece))


def parse(piece: Piece) -> Raw:
    """Return the article of a piece. Raises Rejected, with the reason, when there is none."""
    fields = _fields_of(piece)
    name, digest = _identity(piece, fields)
    raw = Raw(name, piece.path, piece.line, digest, "")
    if fields is not None:
        raw = _from_json(raw, fields)
    else:
        html = _kind(piece.path) == HTML
        text = decode(piece.data, html=html)
        raw = _from_html(raw, text) if html or _is_page(text) else _from_text(raw, text)
    if not any(letter.isalnum() for letter in raw.text):
        raise Rejected("There is no text in it.")
    return raw


def _fields_of(piece: Piece) -> dict[str, Any] | None:
    """Return the fields of a JSONL line, None for a whole file."""
    if len(piece.data) > MAX_ARTICLE:
        raise Rejected(f"The article is too large: more than {MAX_ARTICLE // 2**20} MB.")
    return _fields(piece) if _kind(piece.path) == LINES else None


def _identity(piece: Piece, fields: dict[str, Any] | None) -> tuple[str, str]:
    name = _id_of(piece.path) if fields is None else _id_of_line(fields)
    return name, hashlib.sha256(os.fsencode(piece.path) + b"\0" + piece.data).hexdigest()[:32]


def _id_of(path: str) -> str:
    name = re.sub(r"\.gz\Z", "", path, flags=re.IGNORECASE)
    return re.sub(r"\.(?:txt|html|htm)\Z", "", name, flags=re.IGNORECASE)


def _id_of_line(fields: dict[str, Any]) -> str:
    name = _text(fields, "id", MAX_ID)
    if name is not None:
        return name
    own = _url(fields) or _text(fields, "text", None) or _text(fields, "html", None) or ""
    return hashlib.sha256(own.encode("utf-8", "replace")).hexdigest()[:16]


def _from_json(raw: Raw, fields: dict[str, Any]) -> Raw:
    text, page = _text(fields, "text", None), _text(fields, "html", None)
    if text is None and page is None:
        raise Rejected('There is no text in it: "text" and "html" are missing or empty.')
    raw = replace(raw, url=_url(fields))
    if text is not None:
        raw = _from_text(raw, text)
    elif page is not None:
        raw = _from_html(raw, page) if _is_page(page) else replace(_from_text(raw, page), is_html=True)
    return replace(
        raw,
        title=_line(fields, "title", MAX_TITLE) or raw.title,
        published=_date(fields, "date") or raw.published,
        updated=_date(fields, "updated") or raw.updated,
        source=_line(fields, "source", MAX_NAME) or raw.source,
        place=_line(fields, "place", MAX_NAME) or raw.place,
        speakers=_speakers(fields),
    )


def _from_text(raw: Raw, text: str) -> Raw:
    return replace(raw, text=tidy(plain(tidy(text))))


def _fields(piece: Piece) -> dict[str, Any]:
    try:
        fields = json.loads(decode(piece.data), strict=False)
    except json.JSONDecodeError as fault:
        why = fault.msg.removesuffix(" at")
        raise Rejected(f"The line is not JSON: {why} at character {fault.pos + 1}.") from fault
    except (RecursionError, ValueError) as fault:
        raise Rejected(
            "The line is not JSON that can be read: it is nested too deep or holds too long a number."
        ) from fault
    if not isinstance(fields, dict):
        raise Rejected('The line is not a JSON object ({"id": …, "text": …}).')
    return fields


def _text(fields: dict[str, Any], key: str, limit: int | None) -> str | None:
    value = fields.get(key)
    if value is None or value == "":
        return None
    if not isinstance(value, str):
        raise Rejected(f'"{key}" is {_named(value)}, not a string.')
    if limit is not None and len(value) > limit:
        raise Rejected(f'"{key}" is longer than {limit} characters.')
    if key == "id" and (not value.isprintable() or value != value.strip()):
        raise Rejected('"id" begins or ends with a space or holds a character that cannot be seen.')
    if key == "id" and not {".", ".."}.isdisjoint(value.split("/")):
        raise Rejected('"id" has a part "." or "..", which a browser takes out of the link.')
    return value


def _line(fields: dict[str, Any], key: str, limit: int) -> str | None:
    """Return a field that is one line of text."""
    return _one_line(_text(fields, key, None), limit)


def _one_line(text: str | None, limit: int) -> str | None:
    if not text:
        return None
    line = " ".join(tidy(plain(tidy(text[: 4 * limit]))).split())
    return (line if len(line) <= limit else line[: limit - 1].rstrip() + "…") or None


def _named(value: object) -> str:
    kinds = {bool: "true or false", int: "a number", float: "a number", list: "a list", dict: "an object"}
    return kinds.get(type(value), "of a wrong type")


def _url(fields: dict[str, Any]) -> str | None:
    url = _text(fields, "url", MAX_URL)
    if url is None:
        return None
    address = _web_address(url)
    if address is None:
        raise Rejected(f'"url" is no address of the web (https://…): {url[:80]!r}.')
    return address


def _web_address(url: str | None) -> str | None:
    url = (url or "").strip()
    if not 0 < len(url) <= MAX_URL or not url.isprintable() or re.search(r"[\s<>\"]", url):
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.netloc else None


def _date(fields: dict[str, Any], key: str) -> Dated | None:
    value = _text(fields, key, None)
    if value is None:
        return None
    dated = parse_date(value, origin="metadata")
    if dated is None:
        raise Rejected(f'"{key}" is no date that can be read: {value[:80]!r}; write 2021-04-27.')
    return dated


def _speakers(fields: dict[str, Any]) -> tuple[str, ...]:
    names = fields.get("speakers") or []
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise Rejected('"speakers" is not a list of strings.')
    if len(names) > MAX_SPEAKERS:
        raise Rejected(f'"speakers" has more than {MAX_SPEAKERS} names.')
    return tuple(dict.fromkeys(line for name in names if (line := _one_line(name, MAX_NAME))))


# --- text ------------------------------------------------------------------------------------------------

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(
    rb"<(?:meta|\?xml)\b[^>]{0,200}?(?:charset|encoding)\s{0,3}=\s{0,3}[\"']?\s{0,3}([\w-]{1,40})",
    re.IGNORECASE,
)
_UTF_8 = re.compile(rb"[\xc3-\xf4][\x80-\xbf]+")
_WESTERN = re.compile("[À-ÖØ-öø-ÿŠŽšžŒœŸ–—‘’“”„…€«»°§©®™·•¡¿ºª£´\u00a0]")
_CONTROL = re.compile(r"[\x01-\x08\x0e-\x1f]")
_BINARY = (
    b"%PDF-",
    b"PK\x03\x04",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"\x1f\x8b",
    b"\xd0\xcf\x11\xe0",
    b"{\\rtf",
)
_SPACES = dict.fromkeys(map(ord, "\t\u00a0\u2007\u202f\u2002\u2003\u2009\u200a\u3000"), " ")
_BREAKS = dict.fromkeys(map(ord, "\x0b\x0c\x85\u2028\u2029"), "\n")
_DROPPED = dict.fromkeys(
    (
        *range(9), *range(14, 32), *range(0x7F, 0x85), *range(0x86, 0xA0), 0xAD, 0x200B, 0x200E, 0x200F,
        *range(0x202A, 0x202F), *range(0x2060, 0x2070), 0xFEFF, *range(0xFDD0, 0xFDF0), 0xFFFE, 0xFFFF,
    )
)  # fmt: skip
_CHARACTERS = _SPACES | _BREAKS | _DROPPED | {0x0D: "\n"} | dict.fromkeys(range(0xD800, 0xE000), "\ufffd")
_ODD = re.compile("[" + "".join(re.escape(chr(code)) for code in _CHARACTERS) + "\u200c\u200d]")
_JOINER = re.compile("(?<=[\x00-\u058f])[\u200c\u200d]")  # in scripts that join letters and in emoji they matter
# Entities that scrapers leave in plain text; never one that would make a tag.
_ENTITY = re.compile(
    r"&(?:amp|nbsp|quot|apos|[lrsb][sda]quo|[mn]dash|hellip|bull|middot|euro|pound|copy|reg|trade|deg|sect|ord[mf]|iexcl"
    r"|iquest|[a-z](?:acute|grave|circ|uml|tilde|cedil|ring|slash|caron)|[a-z]{2}lig|eth|thorn"
    r"|#(?!60;|62;|0)\d{2,6}|#x[0-9a-f]{2,5});",
    re.IGNORECASE,
)
_FTFY = ftfy.TextFixerConfig(
    unescape_html=False,
    uncurl_quotes=False,
    fix_latin_ligatures=False,
    fix_character_width=False,
    explain=False,
)


def decode(data: bytes, *, html: bool = False) -> str:
    """Return the text of ``data``: by its byte order mark, as UTF-8, by what an HTML page declares, or by a guess.

    Single broken bytes in UTF-8 are read as Windows-1252. Raises Rejected when it is empty or no text.
    """
    if not data.strip():
        raise Rejected("The file is empty." if not data else "There is nothing but blanks in it.")
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data.decode(encoding, "replace").removeprefix("\ufeff")
    if data.startswith(_BINARY) or b"\0" in data:
        raise Rejected("It is binary data, not text.")
    declared = _DECLARED.search(data[:4_096]) if html else None
    for encoding in ("utf-8", *([declared[1].decode("ascii")] if declared else ())):
        try:
            return _seen(data.decode(encoding))
        except (UnicodeDecodeError, LookupError):
            continue
    return _seen(_guessed(data))


def _seen(text: str) -> str:
    """Return ``text``. Raises Rejected when more than a hundredth of it are control characters."""
    if len(_CONTROL.findall(text)) > len(text) / 100:
        raise Rejected("It is binary data, not text.")
    return text


def _guessed(data: bytes) -> str:
    broken = data.decode("utf-8", "replace").count("\ufffd")
    if len(_UTF_8.findall(data)) > broken:
        return data.decode("utf-8", "searchapp-1252")
    western = data.decode("sloppy-windows-1252")
    if len(_WESTERN.findall(western)) == sum(byte > 127 for byte in data) < len(data) / 5:
        return western
    best = from_bytes(data[:_SAMPLE]).best()
    return data.decode(best.encoding if best else "sloppy-windows-1252", "replace")


def _as_1252(fault: UnicodeError) -> tuple[str, int]:
    if not isinstance(fault, UnicodeDecodeError):
        raise fault
    return fault.object[fault.start : fault.end].decode("sloppy-windows-1252"), fault.end


codecs.register_error("searchapp-1252", _as_1252)


def tidy(text: str) -> str:
    """Return ``text`` NFC, with mojibake mended, "\\n" line ends and plain spaces; without control, zero-width and
    soft-hyphen characters. No letter is lost."""
    if is_bad(text):
        text = "\n".join(ftfy.fix_encoding(line, _FTFY) if is_bad(line) else line for line in text.split("\n"))
    if "&" in text and "<" not in text:
        text = _ENTITY.sub(_unescaped, text)
    if _ODD.search(text):
        text = _JOINER.sub("", text.replace("\r\n", "\n").translate(_CHARACTERS))
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def _unescaped(entity: re.Match[str]) -> str:
    letter = unescape(entity[0])
    return entity[0] if letter in "<>" else letter


# --- HTML ------------------------------------------------------------------------------------------------

_PAGE = re.compile(
    r"\s{0,99}(?:<!--[^>]{0,500}-->\s{0,99})?(?:<\?xml[^>]{0,200}\?>\s{0,99})?<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE,
)
_PUBLISHED = (
    "article:published_time", "og:article:published_time", "og:published_time", "datepublished", "date_published",
    "publishdate", "publish_date", "pubdate", "publication_date", "parsely-pub-date", "sailthru.date",
    "dc.date.issued", "dcterms.issued", "dcterms.created", "dc.date.created", "dc.date", "date", "datecreated",
    "article.published", "cxenseparse:recs:publishtime",
)  # fmt: skip
_MODIFIED = (
    "article:modified_time", "og:updated_time", "og:article:modified_time", "datemodified", "dcterms.modified",
    "dc.date.modified", "last-modified", "lastmod", "article.updated",
)  # fmt: skip
_ARTICLE_TYPES = ("Article", "Posting", "Report", "Review")
_MAX_NODES = 1_000  # of one script of JSON-LD
# What is not the article's own, and what is not shown.
_BESIDE = frozenset("aside nav figcaption script style noscript template iframe svg select button".split())
_COMMENTS = re.compile(r"(?<![a-z])comments?(?:list|area|section)?(?![a-z])|disqus", re.IGNORECASE)
_BLANKS = re.compile(r"\s+")
_WITHIN_A_WORD = frozenset("b em font i strong sub sup u wbr".split())
_WITHIN_A_LINE = frozenset("a abbr label small span time".split())


def _is_page(text: str) -> bool:
    return bool(_PAGE.match(text))


def _from_html(raw: Raw, page: str) -> Raw:
    """Fill in what an HTML page says of itself, and its main text. What is none but text is read as text."""
    tree = _tree(page)
    if tree is None:
        return _from_text(raw, page)
    document = _document(tree, raw.url)
    main = (document.text if document else None) or ""
    text = "\n\n".join(line for line in main.split("\n") if line.strip())
    if not text.strip():
        text = plain(page)
    title = _one_line(document.title if document else None, MAX_TITLE)
    meta = _meta_tags(tree)
    linked = _linked_data(tree, title or "")
    source = _one_line(
        meta.get("og:site_name") or linked.get("publisher") or meta.get("publisher") or meta.get("application-name"),
        MAX_NAME,
    )
    published = _first_date([linked.get("datePublished"), *map(meta.get, _PUBLISHED)])
    updated = _first_date([linked.get("dateModified"), *map(meta.get, _MODIFIED)])
    url = _web_address(_canonical(tree)) or _web_address(meta.get("og:url")) or raw.url
    return replace(
        raw,
        text=tidy(text),
        is_html=True,
        title=_without_site(title, source),
        url=raw.url or url,
        published=published,
        updated=updated if updated and (published is None or updated.first > published.first) else None,
        source=source,
        language=_language(tree, meta),
        page="" if published else tidy(_shown(tree)),
    )


def _tree(page: str) -> HtmlElement | None:
    """Return the elements of a page, None if it is not one."""
    try:
        return trafilatura.load_html(page)
    except (LxmlError, ValueError, RecursionError):
        return None


def _document(tree: HtmlElement, url: str | None) -> Document | None:
    try:
        found = trafilatura.bare_extraction(
            tree,
            url=url,
            with_metadata=True,
            include_comments=False,
            date_extraction_params={"extensive_search": False},
        )
    except RecursionError as fault:
        raise Rejected("The HTML cannot be read: its elements are nested too deep.") from fault
    return found if isinstance(found, Document) else None


def _meta_tags(tree: HtmlElement) -> dict[str, str]:
    """Return the content of meta tags (and of elements with an itemprop) by lower-cased name, the first of each: of
    the article under the headline before that of others."""
    found: dict[str, str] = {}
    headline = next(tree.iter("h1"), tree)
    article = next(headline.iterancestors("article", "main"), tree)
    own = [each for event, each in _walked(tree) if event == "start" and each.tag in ("meta", "time")]
    under_headline = set(article.iter("meta", "time"))
    for element in sorted(own, key=lambda each: each not in under_headline):
        name = element.get("property") or element.get("name") or element.get("itemprop") or element.get("http-equiv")
        content = (element.get("content") or element.get("datetime") or "").strip()
        key = (name or "").strip().lower()
        if key and content:
            found.setdefault(key, content[:MAX_URL])
    return found


def _canonical(tree: HtmlElement) -> str | None:
    return next(
        (link.get("href") for link in tree.iter("link") if (link.get("rel") or "").lower() == "canonical"),
        None,
    )


def _language(tree: HtmlElement, meta: Mapping[str, str]) -> str | None:
    root = next(tree.iter("html"), tree)
    named = root.get("lang") or meta.get("og:locale") or meta.get("content-language") or ""
    code = re.match(r"[a-zA-Z]{2,3}(?=[-_,]|\Z)", named.strip())
    return code[0].lower() if code else None


def _linked_data(tree: HtmlElement, title: str) -> dict[str, str]:
    """Return the dates and the publisher that JSON-LD gives the article: the one of this title, else the first, else
    the page as a whole."""
    nodes = list(_nodes(tree))
    articles = [node for node in nodes if _is_a(node, _ARTICLE_TYPES)]
    named = [node for node in articles if _is_headed(node, letters(title))]
    pages = [node for node in nodes if _is_a(node, ("WebPage",))]
    likely = (*(named or articles), *pages)
    best = next((node for node in likely if isinstance(node.get("datePublished"), str)), None)
    if best is None:
        return {}
    publisher = best.get("publisher")
    best = best | {"publisher": publisher.get("name") if isinstance(publisher, dict) else publisher}
    found = {key: best.get(key) for key in ("datePublished", "dateModified", "publisher")}
    return {key: value for key, value in found.items() if isinstance(value, str)}


def _nodes(tree: HtmlElement) -> Iterator[dict[str, Any]]:
    """Yield the objects of a page's JSON-LD, those in lists and in @graph."""
    for script in tree.iter("script"):
        if (script.get("type") or "").lower().strip() != "application/ld+json" or not script.text:
            continue
        try:
            data = json.loads(script.text, strict=False)
        except (ValueError, RecursionError):
            continue
        for part in _objects(data if isinstance(data, list) else [data]):
            yield part
            yield from _objects(part.get("@graph"))


def _objects(data: object) -> list[dict[str, Any]]:
    return [part for part in data[:_MAX_NODES] if isinstance(part, dict)] if isinstance(data, list) else []


def _is_a(node: Mapping[str, Any], kinds: tuple[str, ...]) -> bool:
    own = node.get("@type")
    return any(str(kind).endswith(kinds) for kind in (own if isinstance(own, list) else [own]))


def _is_headed(node: Mapping[str, Any], title: str) -> bool:
    """Tell whether the headline of an object is the page's ``title`` (letters alone), to which sites add their name."""
    headline = letters(str(node.get("headline") or node.get("name") or "")[:MAX_TITLE])
    return bool(headline) and (headline in title or (title != "" and title in headline))


def _first_date(values: list[str | None]) -> Dated | None:
    dates = (parse_date(value, origin="metadata") for value in values if value)
    return next((dated for dated in dates if dated and dated.first != EPOCH), None)


def _shown(tree: HtmlElement) -> str:
    """Return what a page shows of its article and around it, line by line; a ``time`` as its ``datetime`` has it."""
    body = tree.find("body")
    parts: list[str] = []
    for event, element in _walked(tree if body is None else body):
        parts.append("" if element.tag in _WITHIN_A_WORD else " " if element.tag in _WITHIN_A_LINE else "\n")
        words = element.tail if event == "end" else _time(element) if element.tag == "time" else element.text
        parts.append(_BLANKS.sub(" ", words or ""))
    return "\n".join(line.strip() for line in "".join(parts).split("\n") if line.strip())


def _time(element: HtmlElement) -> str:
    """Return the text of a ``time`` with the day that its ``datetime`` gives in the place of its own."""
    text = " ".join(element.text_content().split())[:MAX_METADATA]
    dated = _first_date([element.get("datetime")])
    if dated is None or dated.precision != "day":
        return text
    found = find_dates(text)
    start, end = (found[0].start, found[0].end) if found else (len(text), len(text))
    return f"{text[:start]} {dated.first} {text[end:]}"


def _walked(tree: HtmlElement) -> Iterator[tuple[str, HtmlElement]]:
    """Yield ("start", element) and ("end", element) for those of a page, in their order; of what stands beside the
    article only the end."""
    headed = _headed(tree)
    articles = 0  # that are open: a footer of theirs is their own
    walk = iterwalk(tree, events=("start", "end"))
    for event, element in walk:
        articles += (element.tag == "article") * (1 if event == "start" else -1)
        if event == "start":
            beside = element not in headed and _is_beside(element, within=articles > 0)
            if beside or element.tag == "time":
                walk.skip_subtree()
            if beside:
                continue
        yield event, element


def _headed(tree: HtmlElement) -> set[HtmlElement]:
    """Return the elements that hold a headline: whatever they are called, the article may be in them."""
    return {above for headline in tree.iter("h1") for above in headline.iterancestors()}


def _is_beside(element: HtmlElement, *, within: bool) -> bool:
    """Tell whether an element holds other stories, comments or what is not shown; ``within``: it is in an article."""
    if element.tag in _BESIDE or (element.tag == "footer" and not within):
        return True
    named = f"{element.get('class', '')} {element.get('id', '')}"
    return element.tag not in ("html", "body", "main") and _COMMENTS.search(named) is not None


def _without_site(title: str | None, site: str | None) -> str | None:
    """Drop the name of the site that many pages put behind (or before) their title."""
    if not title or not site:
        return title
    name = re.escape(site)
    return re.sub(rf"\s+[|–—·•»-]\s+{name}\Z|\A{name}\s+[|–—·•»:-]\s+", "", title, flags=re.IGNORECASE) or title
