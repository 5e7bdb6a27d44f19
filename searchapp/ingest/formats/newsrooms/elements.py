"""XML files of many articles: cut into the elements that hold one each, and these read without trusting them.

A file is cut at its tags before any of it is parsed: so an element that is damaged costs no other, and a file of any
size takes the memory of its longest article. No document type is read, hence nothing is expanded or fetched.
"""

import codecs
import copy
import html
import re
from collections.abc import Callable, Iterator
from html.entities import html5
from itertools import chain
from typing import BinaryIO, Final, cast
from xml.sax.saxutils import quoteattr

from lxml import etree

from searchapp.errors import Rejected
from searchapp.ingest.formats.decoding import beginning, decode
from searchapp.ingest.raw import MAX_ARTICLE, Item

Element = etree._Element  # the only name that lxml has for it

_CHUNK = 2**16  # bytes that are read at once
_LONGEST_TAG = 200  # bytes within which a tag's name stands, or an end tag
_MAX_HEAD = 2**17  # bytes before the first element in which the file's own title and address are looked for
_MAX_VALUE = 500  # characters of what is kept of it
_ENCODING = re.compile(rb"<\?xml\b[^>]{0,200}?encoding\s{0,3}=\s{0,3}[\"']([\w.:-]{1,40})[\"']")
_PROLOGUE = re.compile(
    r"(?:\s{1,999}|<\?[^>]{0,999}\?>|<!--(?:[^-]|-(?!->)){0,3000}-->"
    r"|<!DOCTYPE[^\[>]{0,999}(?:\[[^\]]{0,3000}\]\s{0,99})?>){0,50}"
)
_ROOT = re.compile(r"<(?:[\w.-]{1,40}:)?([\w.-]{1,60})(?=[\s/>])[^>]{0,4000}")
_BOUND = r"xmlns:([\w.-]{{1,40}})\s{{0,9}}=\s{{0,9}}[\"']{}"
_WIDE: Final = {
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
    b"<\0": "utf-16-le",
    b"\0<": "utf-16-be",
}
_REFERENCE = re.compile(r"&(?:(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|amp|lt|gt|quot|apos);|([a-zA-Z]\w{1,31};)?)")
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]|&#(?:x0{0,5}[0-8bcefBCEF]|0{0,5}[0-8]);")
_BLANKS = re.compile(r"\s+")
_BLOCKS: Final = frozenset(
    "address article aside blockquote body block body.content bq credit dd div dl dt figcaption figure footer h1 h2 h3"
    " h4 h5 h6 header hl1 hl2 hr main media note ol p pre section table ul".split()
)
_LINES: Final = frozenset("br caption li tr".split())
_CELLS: Final = frozenset("td th".split())
_NEVER_SHOWN: Final = frozenset("head script style template".split())


def root_of(head: bytes) -> tuple[str, str]:
    """Return the local name and the start tag of the root of an XML file that begins so, empty if it is none."""
    wide = _wide(head)
    text = head.decode(wide, "ignore").removeprefix("\ufeff") if wide else beginning(head)
    prologue = _PROLOGUE.match(text)
    root = _ROOT.match(text, prologue.end() if prologue else 0)
    return (root[1], root[0]) if root else ("", "")


def holds(head: bytes, names: tuple[str, ...]) -> bool:
    """Say whether an XML file that begins so has an element of one of these names at its root or soon below it."""
    root, _ = root_of(head)
    if not root or root.lower() == "html":
        return False
    text = head.replace(b"\0", b"")
    return root in names or bool(re.search(rb"<(?:[\w.-]{1,40}:)?(?:%b)[\s>]" % "|".join(names).encode(), text))


def cut(
    stream: BinaryIO,
    path: str,
    names: tuple[str, ...],
    namespace: str,
    kept: tuple[str, ...] = (),
    fits: Callable[[bytes], bool] = bool,
) -> Iterator[Item]:
    """Yield the elements of a file that are called so, each in a ``shell``: an element whose attributes are what
    ``kept`` names of the file's head, its namespaces, language and base.

    ``names`` are local names; their prefix is none, or one that the root binds to a namespace that begins with
    ``namespace`` (a regular expression). Each is cut off behind ``MAX_ARTICLE`` bytes; one without an end tag ends
    before the next. Where the root itself is the only one, its item has no number. Raises Rejected if there is none,
    or ``fits`` says of the file's beginning that it is something else.
    """
    begin = stream.read(4_096)
    wide = _wide(begin)
    source: BinaryIO = cast(BinaryIO, _Joined(begin, stream))
    if wide:
        source = cast(BinaryIO, codecs.EncodedFile(source, "utf-8", wide, "replace"))
    pieces = _pieces(_marks(source, _tag(begin, names, namespace)))
    head, first, second = next(pieces), next(pieces, None), next(pieces, None)
    if not fits(begin):
        root, _ = root_of(begin)
        raise Rejected(
            f"It is no feed and nothing that agencies send: {f'its root is {root!r}' if root else 'no XML'}."
        )
    if first is None:
        raise Rejected(f"There is no article in it: no element is called {' or '.join(names)}.")
    before, behind = _shell(head, b"" if wide else b"".join(_ENCODING.findall(head[:999])[:1]), kept)
    alone = second is None and not root_of(head)[0]
    for number, piece in enumerate(chain([first], [] if second is None else [second], pieces), 1):
        data = before + piece + behind if len(piece) <= MAX_ARTICLE else piece
        yield Item(path, None if alone else number, data)


def element_of(item: Item, names: tuple[str, ...]) -> Element:
    """Return the first element of an item that is called so. Raises Rejected if it is damaged, or there is none.

    Forgiven are what no reader of feeds stumbles over: bare ampersands, the entities of HTML, control characters, and
    a prefix that nothing binds. An entity of the file's own stays as it is written.
    """
    root, damage = _parsed(decode(item.data, html=True))
    if root is None or damage:
        raise Rejected(f"Its XML is damaged: {damage or 'it holds no element'}.")
    found = next((each for each in root.iter(etree.Element) if local(each) in names), None)
    if found is None:
        raise Rejected(f"There is no article in it: no element is called {' or '.join(names)}.")
    return found


def local(element: Element) -> str:
    """Return the name of an element without its namespace; of one whose prefix nothing binds, without that."""
    return element.tag.rpartition("}")[2].rpartition(":")[2] if isinstance(element.tag, str) else ""


def namespace_of(element: Element) -> str:
    return element.tag[1:].partition("}")[0] if isinstance(element.tag, str) and element.tag.startswith("{") else ""


def children(element: Element | None, name: str, namespace: str | None = None) -> list[Element]:
    """Return the children of an element that are called so, in the namespace that begins so (None: its own)."""
    if element is None:
        return []
    own = namespace_of(element)
    return [
        each
        for each in element
        if local(each) == name
        and (namespace_of(each) == own if namespace is None else namespace_of(each).startswith(namespace))
    ]


def find(element: Element | None, *path: str) -> Element | None:
    """Return the first element down a path of local names, at any depth and in any namespace."""
    found = [] if element is None else [element]
    for name in path:
        found = [
            each for above in found for each in above.iter(etree.Element) if local(each) == name and each is not above
        ]
        if not found:
            return None
    return found[0] if found else None


def find_all(element: Element | None, name: str) -> list[Element]:
    """Return the elements within one that are called so, in any namespace."""
    return [] if element is None else [each for each in element.iter("{*}" + name) if each is not element]


def markup_in(element: Element) -> str:
    """Return what stands in an element as HTML, without its namespaces."""
    inner = copy.deepcopy(element)
    for each in inner.iter(etree.Element):
        each.tag = local(each)
    etree.cleanup_namespaces(inner)
    parts = (etree.tostring(each, encoding="unicode", method="html") for each in inner)
    return html.escape(inner.text or "", quote=False) + "".join(parts)


def words(element: Element | None, between: str = "") -> str:
    """Return what an element says, on one line; empty if there is none. ``between`` parts what its elements say."""
    return "" if element is None else _BLANKS.sub(" ", between.join(element.itertext())).strip()


def shown(element: Element, without: frozenset[str] = frozenset()) -> str:
    """Return what an element shows, its paragraphs parted by empty lines; elements named in ``without`` left out."""
    parts: list[str] = []
    _show(element, parts, without | _NEVER_SHOWN)
    lines = (line.strip() for line in "".join(parts).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _show(element: Element, parts: list[str], without: frozenset[str]) -> None:
    name = local(element).lower()
    around = "\n\n" if name in _BLOCKS else "\n" if name in _LINES else " " if name in _CELLS else ""
    parts += around, _BLANKS.sub(" ", element.text or "") if name != "pre" else element.text or ""
    for child in element:
        if local(child).lower() not in without:
            _show(child, parts, without)
        parts.append(_BLANKS.sub(" ", child.tail or ""))
    parts.append(around if name != "br" else "")


class _Joined:
    """A stream of which the first bytes were read already."""

    def __init__(self, begin: bytes, rest: BinaryIO) -> None:
        self._begin, self._rest = begin, rest

    def read(self, size: int = -1) -> bytes:
        begin, self._begin = self._begin, b""
        return begin or self._rest.read(size)


def _wide(head: bytes) -> str:
    """Return the encoding of bytes that begin so, if it takes several for a letter of ASCII; else nothing."""
    return next((encoding for mark, encoding in _WIDE.items() if head.startswith(mark)), "")


def _tag(begin: bytes, names: tuple[str, ...], namespace: str) -> re.Pattern[bytes]:
    """Return what finds the tags of elements called so, and the beginnings of sections and comments."""
    prefixes = re.findall(_BOUND.format(namespace), root_of(begin)[1])
    prefix = f"(?:(?:{'|'.join(map(re.escape, prefixes))}):)?" if prefixes else ""
    name = f"{prefix}(?:{'|'.join(map(re.escape, names))})"
    return re.compile(rf"<!\[CDATA\[|<!--|<{name}(?=[\s/>])|</{name}\s{{0,9}}>".encode())


def _marks(stream: BinaryIO, tag: re.Pattern[bytes]) -> Iterator[tuple[str, bytes]]:
    """Yield all bytes of a stream as ("start", the beginning of a start tag), ("end", an end tag) and ("", others).
    What looks like a tag in a section or comment is none."""
    text = closing = b""
    chunk = b"-"
    while chunk:
        chunk = stream.read(_CHUNK)
        text += chunk
        at, limit = 0, max(0, len(text) - _LONGEST_TAG) if chunk else len(text)
        while at < limit:
            if closing:
                found = text.find(closing, at)
                to = found + len(closing) if found >= 0 else max(at, limit)
                yield "", text[at:to]
                at, closing = to, b"" if found >= 0 else closing
                continue
            match = tag.search(text, at)
            to = limit if match is None else min(match.start(), limit)
            yield "", text[at:to]
            at = to
            if match and match.start() < limit:
                opened = match[0]
                closing = b"]]>" if opened == b"<![CDATA[" else b"-->" if opened == b"<!--" else b""
                yield "" if closing else "end" if opened.startswith(b"</") else "start", opened
                at = match.end()
        text = text[at:]


def _pieces(marks: Iterator[tuple[str, bytes]]) -> Iterator[bytes]:
    """Yield what stands before the first element, then the elements; each cut off behind ``MAX_ARTICLE`` bytes."""
    head, piece = bytearray(), bytearray()
    is_head, is_open = True, False
    for mark, data in marks:
        if mark == "start":
            if is_head or is_open:
                yield bytes(head if is_head else piece)
            is_head, is_open, piece = False, True, bytearray()
        if is_open:
            piece += data[: max(0, MAX_ARTICLE + 1 - len(piece))]
        elif is_head:
            head += data[: max(0, _MAX_HEAD - len(head))]
        if mark == "end" and is_open:
            is_open = False
            yield bytes(piece)
    if is_head or is_open:
        yield bytes(head if is_head else piece)


def _shell(head: bytes, encoding: bytes, kept: tuple[str, ...]) -> tuple[bytes, bytes]:
    """Return what is put before and behind each element of a file. What changes whenever the file is written anew (when
    it was built) is none of it: it would make all its articles look changed."""
    declared = b'<?xml version="1.0" encoding="' + encoding + b'"?>' if encoding else b""
    attributes = _kept_of(head, kept) if head.strip() and root_of(head)[0] else {}
    written = "".join(f" {name}={quoteattr(value)}" for name, value in attributes.items())
    return declared + f"<shell{written}>".encode("ascii", "xmlcharrefreplace"), b"</shell>"


def _kept_of(head: bytes, kept: tuple[str, ...]) -> dict[str, str]:
    """Return the attributes of a shell: the namespaces, language and base of the head's outer elements, and the values
    of those that are ``kept``, the first of each."""
    root, _ = _parsed(decode(head, html=True))
    found: dict[str, str] = {}
    if root is None:
        return found
    top = [root, *children(root, "channel", "")]
    for each in top:
        for prefix, uri in each.nsmap.items():
            found.setdefault(f"xmlns:{prefix}" if prefix else "xmlns", uri)
        for name, attribute in (("xml:lang", "lang"), ("xml:base", "base")):
            if value := each.get(f"{{http://www.w3.org/XML/1998/namespace}}{attribute}"):
                found[name] = value[:_MAX_VALUE]
    for each in chain.from_iterable(top):
        name = local(each)
        own = each.get("href") if each.get("rel", "alternate") == "alternate" else ""
        value = own or words(find(each, "name") if name == "author" else each)
        if name in kept and value and (namespace_of(each) in map(namespace_of, top) or name not in found):
            found.setdefault(name, value[:_MAX_VALUE])
    return found


def _parsed(text: str) -> tuple[Element | None, str]:
    """Return the root of an XML text as far as it can be read, and the first thing that is wrong with it."""
    prologue = _PROLOGUE.match(text)
    text = _NO_XML.sub("", _without_entities(text[prologue.end() if prologue else 0 :]))
    parser = etree.XMLParser(
        recover=True, resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(text, parser)
    except (etree.XMLSyntaxError, ValueError) as fault:
        return None, str(fault)
    faults = (each for each in parser.error_log if each.domain_name != "NAMESPACE")
    return root, next((f"{each.message.strip()} (line {each.line} of the article)" for each in faults), "")


def _without_entities(text: str) -> str:
    """Return XML in which the entities of HTML are characters, and no ampersand stands for itself, but in sections."""
    parts: list[str] = []
    at = 0
    while at < len(text):
        begin = text.find("<![CDATA[", at)
        begin = begin if begin >= 0 else len(text)
        parts.append(_REFERENCE.sub(_character, text[at:begin]))
        end = text.find("]]>", begin)
        at = end + 3 if end >= 0 else len(text)
        parts.append(text[begin:at])
    return "".join(parts)


def _character(reference: re.Match[str]) -> str:
    name = reference[1]
    if name and name in html5:
        return html5[name]
    return reference[0].lower() if not name and len(reference[0]) > 1 else f"&amp;{reference[0][1:]}"
