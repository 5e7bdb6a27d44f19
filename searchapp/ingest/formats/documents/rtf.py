"""RTF, as press databases and old word processors write it, a file an article.

Read after the Rich Text Format Specification 1.9.1. striprtf (0.0.35) is not used: it prints the address of a link
behind its words, keeps deleted and hidden text, and takes minutes for some kilobytes of unclosed links.
"""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import BinaryIO, Final

from searchapp.errors import Rejected
from searchapp.ingest.formats.documents.document import Document, from_document
from searchapp.ingest.formats.text import bare, whole
from searchapp.ingest.raw import Item, Raw

_MAGIC = b"{\\rtf"
_MAX_DEPTH = 1_000  # groups within groups
_TOKEN: Final = re.compile(
    rb"\\([a-zA-Z]{1,32})(-?[0-9]{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z])|([{}])|[\r\n]+|([^\\{}\r\n]+)|\\",
    re.DOTALL,
)
# Groups that are no text of the document.
_APART = frozenset(
    (
        "annotation atnauthor atnid author bkmkend bkmkstart colortbl comment company datafield do doccomm falt "
        "fldinst "
        "footer footerf footerl footerr filetbl header headerf headerl headerr keywords listtext manager nonesttables "
        "nonshppict objdata operator pict pntext pntxta pntxtb private rxe shprslt sp stylesheet subject tc template "
        "themedata txe xe creatim revtim printim buptim info fonttbl"
    ).split()
)
_SHOWN_THOUGH_STARRED = frozenset({"shpinst"})
_BREAKS = {"par": "\n\n", "sect": "\n\n", "page": "\n\n", "row": "\n\n", "cell": "\n\n", "nestcell": "\n\n",
           "nestrow": "\n\n", "line": "\n", "lbr": "\n", "column": "\n\n", "softline": "\n"}  # fmt: skip
_SIGNS = {
    "tab": "\t", "emdash": "—", "endash": "–", "emspace": " ", "enspace": " ", "qmspace": " ", "bullet": "•",
    "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”",
}  # fmt: skip
_SYMBOLS = {b"~": " ", b"_": "-", b"{": "{", b"}": "}", b"\\": "\\", b"\n": "\n\n", b"\r": "\n\n"}
_CHARSETS = {
    0: "cp1252", 77: "mac_roman", 128: "cp932", 129: "cp949", 130: "johab", 134: "gb18030", 136: "cp950", 161: "cp1253",
    162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874",
    238: "cp1250", 254: "cp437", 255: "cp850",
}  # fmt: skip
_PAGES = {10000: "mac_roman", 10007: "mac_cyrillic", 10029: "mac_latin2", 65001: "utf-8", 936: "gb18030"}


class Rtf:
    """Rich text, whatever wrote it."""

    called = "documents (RTF)"
    suffixes = (".rtf",)

    def sniff(self, head: bytes) -> bool:
        """Say whether rich text begins so."""
        return head.lstrip().startswith(_MAGIC)

    def split(self, stream: BinaryIO, path: str) -> Iterator[Item]:
        """Yield the document as its one item."""
        yield whole(stream, path)

    def identify(self, item: Item) -> str:
        """Return the path without what tells its type."""
        return bare(item.path, self.suffixes)

    def parse(self, item: Item, raw: Raw) -> Raw:
        """Fill in its paragraphs, and what its properties say as a last resort."""
        return from_document(raw, _document(item.data))


def paragraphs(data: bytes) -> list[str]:
    """Return the paragraphs of a document, in their order, those in tables and text boxes among them; a line break in
    one is "\\n". What is deleted, struck out or hidden is not text; nor are page headers, notes and pictures.

    Raises Rejected if it is none.
    """
    return _document(data).paragraphs


def _document(data: bytes) -> Document:
    data = data.lstrip()
    if not data.startswith(_MAGIC):
        raise Rejected("It is no rich text: it does not begin with {\\rtf.")
    reader = _Reader()
    reader.read(data)
    return reader.document()


@dataclass(frozen=True, slots=True)
class _Group:
    """What holds until a group ends."""

    kind: str = ""  # the destination in it
    is_apart: bool = False
    is_gone: bool = False  # deleted or hidden
    is_struck: bool = False
    skipped: int = 1  # characters that follow one given by its number, for programs without Unicode
    encoding: str = "cp1252"


class _Reader:
    def __init__(self) -> None:
        self._group = _Group()
        self._above: list[_Group] = []
        self._text: list[str] = []
        self._struck: list[str] = []
        self._title: list[str] = []
        self._day: dict[str, int] = {}
        self._bytes = bytearray()  # that wait for those that follow: some encodings have several to a character
        self._encoding = "cp1252"  # where no font tells
        self._fonts: dict[int, str] = {}
        self._font = 0  # in the table of fonts
        self._to_skip = 0
        self._starred = False

    def document(self) -> Document:
        self._flush()
        whole = _paired("".join(self._text))
        year, month, day = (self._day.get(key, 0) for key in ("yr", "mo", "dy"))
        return Document(
            [each.strip() for each in whole.split("\n\n") if each.strip()],
            [each for each in _paired("".join(self._struck)).split("\n\n") if each.strip()],
            named=_paired("".join(self._title)).strip() or None,
            made=f"{year:04}-{month:02}-{day:02}" if year else None,
        )

    def read(self, data: bytes) -> None:
        at = 0
        while found := _TOKEN.match(data, at):
            at = found.end()
            word, number, byte, symbol, brace, text = found.groups()
            if brace:
                self._brace(brace)
            elif word == b"bin":
                at += max(0, int(number or 0))
            elif word:
                self._word(word.decode("ascii"), None if number is None else int(number))
            elif byte or text:
                self._add_bytes(bytes.fromhex(byte.decode("ascii")) if byte else text)
            elif symbol == b"*":
                self._starred = True
            elif symbol in _SYMBOLS:
                self._add(_SYMBOLS[symbol])

    def _brace(self, brace: bytes) -> None:
        self._flush()
        self._to_skip = 0
        if brace == b"{":
            if len(self._above) >= _MAX_DEPTH:
                raise Rejected("The rich text cannot be read: its groups are nested too deeply.")
            self._above.append(self._group)
        elif self._above:
            self._group = self._above.pop()
        self._starred = False

    def _word(self, word: str, number: int | None) -> None:
        self._flush()
        starred, self._starred = self._starred, False
        if word == "u" and number is not None:
            self._add(chr(number % 0x10000))
            self._to_skip = self._group.skipped
        elif word in _BREAKS or word in _SIGNS:
            self._add(_BREAKS.get(word) or _SIGNS[word])
        elif (starred and word not in _SHOWN_THOUGH_STARRED) or word in _APART or word == "title":
            self._group = replace(self._group, kind=word, is_apart=True)
        elif self._group.kind == "creatim" and word in ("yr", "mo", "dy"):
            self._day.setdefault(word, min(number or 0, 9999))
        else:
            self._format(word, number)

    def _format(self, word: str, number: int | None) -> None:
        """Take a word that tells how what follows is written."""
        on = number != 0
        if word == "f" and self._group.kind == "fonttbl":
            self._font = number or 0
        elif word == "f":
            self._group = replace(self._group, encoding=self._fonts.get(number or 0, self._group.encoding))
        elif word == "fcharset" and number in _CHARSETS:
            self._fonts[self._font] = _CHARSETS[number]
        elif word == "uc":
            self._group = replace(self._group, skipped=min(max(number or 0, 0), 9))
        elif word in ("ansicpg", "mac", "pc", "pca"):
            names = {"mac": "mac_roman", "pc": "cp437", "pca": "cp850"}
            self._encoding = _known(names.get(word) or _PAGES.get(number or 0, f"cp{number}"))
            self._group = replace(self._group, encoding=self._encoding)
        elif word in ("deleted", "v"):
            self._group = replace(self._group, is_gone=on)
        elif word in ("strike", "striked"):
            self._group = replace(self._group, is_struck=on)
        elif word == "plain":
            self._group = replace(self._group, is_gone=False, is_struck=False, encoding=self._encoding)

    def _add_bytes(self, data: bytes) -> None:
        skipped = min(self._to_skip, len(data))
        self._to_skip -= skipped
        self._bytes += data[skipped:]

    def _flush(self) -> None:
        if self._bytes:
            data, self._bytes = bytes(self._bytes), bytearray()
            self._add(data.decode(self._group.encoding, "replace"))

    def _add(self, text: str) -> None:
        if self._bytes:
            self._flush()
        group = self._group
        if group.kind == "title":
            self._title.append(text)
        elif group.is_struck and not group.is_apart and not group.is_gone:
            self._struck.append(text)
        elif not group.is_apart and not group.is_gone:
            self._text.append(text)


def _known(encoding: str) -> str:
    try:
        return codecs.lookup(encoding).name
    except LookupError:
        return "cp1252"


def _paired(text: str) -> str:
    """Return a text in which characters beyond the first 65,536, written as two numbers, are one again."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
