"""Bytes to text: encodings, entities, odd characters."""

import codecs
import re
import unicodedata
from contextlib import suppress
from functools import lru_cache
from html import unescape
from typing import BinaryIO, cast

import ftfy
from charset_normalizer import from_bytes
from ftfy.badness import BADNESS_RE, MOJIBAKE_CATEGORIES

from searchapp.errors import Rejected
from searchapp.ingest.formats.alphabets import latin_encoding

_SAMPLE = 2**16  # bytes by which an encoding is guessed

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
_JAPANESE_SHIFTS = (b"\x1b$B", b"\x1b$@")
_USUAL = [
    "cp1251", "koi8_r", "koi8_u", "iso8859_5", "cp866", "cp1253", "iso8859_7", "cp1255", "iso8859_8", "cp1256",
    "iso8859_6", "cp874", "tis_620", "shift_jis", "cp932", "euc_jp", "gb18030", "big5", "euc_kr", "cp949", "cp1252",
    "cp1258",
]  # fmt: skip
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
# Each pattern of ftfy's badness needs two characters in a row that are not ASCII, but for those with one of a few; none
# is longer than five. So only what stands around such is looked at.
_SUSPECT = re.compile(rf"(?:[^\x00-\x7f]{{2,}}+[\x00-\x7f]{{0,2}}+)++|[{MOJIBAKE_CATEGORIES['c1']}ŒœÂÃ]")
_AROUND = 5
_FTFY = ftfy.TextFixerConfig(
    unescape_html=False,
    uncurl_quotes=False,
    fix_latin_ligatures=False,
    fix_character_width=False,
    explain=False,
)


def decode(data: bytes, *, html: bool = False, declared: str | None = None) -> str:
    """Return the text of ``data``: by its byte order mark, as UTF-8, by what came with it or an HTML page declares, or
    by a guess.

    Single broken bytes in UTF-8 are read as Windows-1252. Raises Rejected when it is empty or no text.
    """
    if not data.strip():
        raise Rejected("The file is empty." if not data else "It holds nothing but blank space.")
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data.decode(encoding, "replace").removeprefix("\ufeff")
    if any(sign in data[:_SAMPLE] for sign in _JAPANESE_SHIFTS):
        with suppress(UnicodeDecodeError):
            return data.decode("iso2022_jp_2")
    if data.startswith(_BINARY) or b"\0" in data:
        raise Rejected("It is binary data, not text.")
    within = _DECLARED.search(data[:4_096]) if html else None
    for encoding in filter(None, ("utf-8", declared, within and within[1].decode("ascii"))):
        try:
            return _seen(data.decode(encoding))
        except (UnicodeDecodeError, LookupError):
            continue
    return _seen(_guessed(data))


@lru_cache(maxsize=4)  # every format of the table is asked about the same bytes
def beginning(head: bytes) -> str:
    """Return the first bytes of a file as text, as far as they can be read without a guess."""
    for mark, encoding in _BOMS:
        if head.startswith(mark):
            return head.decode(encoding, "ignore").removeprefix("\ufeff")
    return head.decode("utf-8", "ignore")


@lru_cache(maxsize=4)
def tidy_beginning(head: bytes) -> str:
    """Return the same, tidy."""
    return tidy(beginning(head))


def encoding_of(sample: bytes) -> str:
    """Return the encoding of a long text by how it begins: its byte order mark, UTF-8 if it can be that, or a guess.

    What is called UTF-8 may hold single bytes of Windows-1252: decode it with the errors "searchapp-1252".
    """
    for mark, encoding in _BOMS:
        if sample.startswith(mark):
            return encoding
    broken = sample.decode("utf-8", "replace")[:-1].count("\ufffd")  # the last letter may be cut through
    if not broken or len(_UTF_8.findall(sample)) > broken:
        return "utf-8"
    western = sample.decode("sloppy-windows-1252")
    if len(_WESTERN.findall(western)) == sum(byte > 127 for byte in sample) < len(sample) / 5:
        return "sloppy-windows-1252"
    best = from_bytes(sample[:_SAMPLE]).best()
    return best.encoding if best else "sloppy-windows-1252"


def in_utf8(stream: BinaryIO) -> BinaryIO:
    """Return a stream as UTF-8 if a mark says that it is UTF-16 or UTF-32, so that it can be searched for bytes of
    ASCII; else as it is. ``stream`` stands at its beginning."""
    head = stream.read(4)
    stream.seek(0)
    marked = next((encoding for mark, encoding in _BOMS if head.startswith(mark)), "utf-8")
    return stream if marked == "utf-8" else cast(BinaryIO, codecs.EncodedFile(stream, "utf-8", marked, "replace"))


def declaration(head: bytes) -> bytes:
    """Return what is to stand before a part of an HTML or XML file, so that ``decode`` knows the encoding that the
    beginning of the file declares: nothing where that is UTF-8, or none is declared."""
    found = _DECLARED.search(head)
    if found is None or found[1].lower().replace(b"-", b"") in (b"utf8", b"utf16"):
        return b""
    return b'<meta charset="' + found[1] + b'">'


def _seen(text: str) -> str:
    """Return ``text``. Raises Rejected when more than a hundredth of it are control characters."""
    if len(_CONTROL.findall(text)) > len(text) / 100:
        raise Rejected("It is binary data, not text.")
    return text


def _guessed(data: bytes) -> str:
    broken = data.decode("utf-8", "replace").count("\ufffd")
    if len(_UTF_8.findall(data)) > broken:
        return data.decode("utf-8", "searchapp-1252")
    if latin := latin_encoding(data[:_SAMPLE]):
        return data.decode("sloppy-windows-1252" if latin == "cp1252" else latin, "replace")
    western = data.decode("sloppy-windows-1252")
    if len(_WESTERN.findall(western)) == sum(byte > 127 for byte in data) < len(data) / 50:
        return western  # single signs and names
    best = from_bytes(data[:_SAMPLE], cp_isolation=_USUAL).best()
    if best is None:
        raise Rejected("Its encoding cannot be told: save it as UTF-8.")
    return data.decode(best.encoding, "replace")


def _as_1252(fault: UnicodeError) -> tuple[str, int]:
    if not isinstance(fault, UnicodeDecodeError):
        raise fault
    return fault.object[fault.start : fault.end].decode("sloppy-windows-1252"), fault.end


codecs.register_error("searchapp-1252", _as_1252)


def tidy(text: str) -> str:
    """Return ``text`` NFC, with mojibake mended, "\\n" line ends and plain spaces; without control, zero-width and
    soft-hyphen characters, but for soft hyphens at line ends, which are "¬" as in scans. No letter is lost."""
    if not text.isascii() and is_mojibake(text):
        text = "\n".join(ftfy.fix_encoding(line, _FTFY) if is_mojibake(line) else line for line in text.split("\n"))
    if "&" in text and "<" not in text:
        text = _ENTITY.sub(_unescaped, text)
    if _ODD.search(text):
        text = text.replace("\r\n", "\n").replace("\xad\n", "¬\n")  # a hyphen that shows, and parts a word
        text = _JOINER.sub("", text.translate(_CHARACTERS))
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def is_mojibake(text: str) -> bool:
    """Tell whether ``text`` holds mojibake, as ``ftfy.badness.is_bad`` does."""
    found = _SUSPECT.finditer(text)
    return any(BADNESS_RE.search(text, max(0, at.start() - _AROUND), at.end() + _AROUND) for at in found)


def _unescaped(entity: re.Match[str]) -> str:
    letter = unescape(entity[0])
    return entity[0] if letter in "<>" else letter
