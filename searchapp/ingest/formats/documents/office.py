"""The XML of text documents (DOCX, ODT) to paragraphs, in one pass and without a tree."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, BinaryIO

from lxml import etree

from searchapp.errors import Rejected
from searchapp.ingest.formats.documents.document import Document, from_document
from searchapp.ingest.formats.packed import MAX_MEMBER, lean
from searchapp.ingest.formats.text import bare
from searchapp.ingest.raw import Item, Raw

_CHUNK = 2**16  # bytes
_MAX_PARAGRAPHS = 500_000  # of a document

Attributes = Mapping[str, str]


class Office(ABC):
    """What formats of documents that are zip files have in common; ``parts`` are their members that are read."""

    suffixes: tuple[str, ...]
    parts: tuple[str, ...]

    @abstractmethod
    def document(self, data: bytes) -> Document:
        """Return the paragraphs of a document and what its properties say. Raises Rejected if it is none."""

    def split(self, stream: BinaryIO, path: str) -> Iterator[Item]:
        """Yield the document as its one item, without its pictures if it is a large one."""
        yield Item(path, None, lean(stream, self.parts))

    def identify(self, item: Item) -> str:
        """Return the path without what tells its type."""
        return bare(item.path, self.suffixes)

    def parse(self, item: Item, raw: Raw) -> Raw:
        """Fill in its paragraphs, and what its properties say as a last resort."""
        return from_document(raw, self.document(item.data))


@dataclass(frozen=True, slots=True)
class Dialect:
    """What the elements of a kind of document mean, by their tag as lxml writes it (``{namespace}name``)."""

    paragraphs: frozenset[str]
    words: frozenset[str] | None  # whose text is text; None if all text in a paragraph is
    skipped: frozenset[str]  # with all that they hold
    runs: frozenset[str]  # that ``mark`` is asked of, until they end
    signs: Callable[[str, Attributes], str]  # what an empty element stands for
    mark: Callable[
        [str, Attributes], str
    ]  # "struck", "hidden", "title", "unended", or "" of an element within a run or paragraph


def read(xml: bytes, dialect: Dialect) -> Document:
    """Return the paragraphs of a document's XML. Raises Rejected if it is damaged or nested too deeply."""
    target = _Reader(dialect)
    bounds = {"resolve_entities": False, "no_network": True, "huge_tree": False}
    parser: Any = etree.XMLParser(target=target, **bounds)  # type: ignore[call-overload]  # asks for methods left out
    try:
        for at in range(0, len(xml), _CHUNK):
            parser.feed(xml[at : at + _CHUNK])
        parser.close()
    except etree.XMLSyntaxError as fault:
        raise Rejected("The document is damaged: its XML cannot be read.") from fault
    return target.document


def properties(xml: bytes) -> dict[str, str]:
    """Return the texts of the properties of a document by the name of their element; none if they are damaged."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(xml[:MAX_MEMBER], parser)
    except etree.XMLSyntaxError:
        return {}
    found: dict[str, str] = {}
    for each in root.iter(etree.Element):
        if each.text and each.text.strip():
            found.setdefault(etree.QName(each).localname, each.text.strip())
    return found


class _Reader:
    """What lxml tells of an element's start, text and end."""

    def __init__(self, dialect: Dialect) -> None:
        self.document = Document()
        self._dialect = dialect
        self._skipping = 0  # how many elements are open that are skipped, with those inside them
        self._within: list[_Paragraph] = []  # those that are open: a text box stands within another paragraph
        self._taking = 0  # how many elements are open whose text is text
        self._joins = ""  # a paragraph whose end is deleted

    def doctype(self, name: str | None, public: str | None, system: str | None) -> None:  # noqa: ARG002
        """No document has one, but for entities that grow without end."""
        raise Rejected("The document is damaged: its XML cannot be read.")

    def start(self, tag: str, attrib: Attributes) -> None:
        dialect = self._dialect
        if self._skipping or tag in dialect.skipped:
            self._skipping += 1
            return
        if tag in dialect.paragraphs:
            self._within.append(_Paragraph())
        if not self._within:
            return
        paragraph = self._within[-1]
        if tag in dialect.runs:
            paragraph.runs.append("")
        if mark := dialect.mark(tag, attrib):
            paragraph.take(mark)
        self._taking += dialect.words is not None and tag in dialect.words
        if sign := dialect.signs(tag, attrib):
            paragraph.add(sign)

    def data(self, data: str) -> None:
        if self._within and not self._skipping and (self._taking or self._dialect.words is None):
            self._within[-1].add(data)

    def end(self, tag: str) -> None:
        dialect = self._dialect
        if self._skipping:
            self._skipping -= 1
            return
        if not self._within:
            return
        self._taking -= dialect.words is not None and tag in dialect.words
        if tag in dialect.runs and self._within[-1].runs:
            self._within[-1].runs.pop()
        if tag in dialect.paragraphs:
            self._end(self._within.pop())

    def close(self) -> None:
        if self._joins:
            self.document.paragraphs.append(self._joins)

    def _end(self, paragraph: "_Paragraph") -> None:
        document = self.document
        text = self._joins + "".join(paragraph.parts)
        self._joins = text if paragraph.goes_on else ""
        if paragraph.is_title and document.title is None and text.strip():
            document.title = text
        if struck := "".join(paragraph.struck).strip():
            document.struck.append(struck)
        if text and not paragraph.goes_on:
            document.paragraphs.append(text)
        if len(document.paragraphs) > _MAX_PARAGRAPHS:
            raise Rejected(f"The document is too long: it has more than {_MAX_PARAGRAPHS:,} paragraphs.")


class _Paragraph:
    __slots__ = ("goes_on", "is_title", "parts", "runs", "struck")

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.struck: list[str] = []
        self.runs: list[str] = []  # the marks of those that are open
        self.is_title = self.goes_on = False

    def take(self, mark: str) -> None:
        if mark == "title":
            self.is_title = True
        elif mark == "unended":
            self.goes_on = True
        elif self.runs:
            self.runs[-1] = mark

    def add(self, text: str) -> None:
        if "hidden" not in self.runs:
            (self.struck if "struck" in self.runs else self.parts).append(text)
