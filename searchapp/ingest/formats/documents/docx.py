"""DOCX, the documents of Word and of press databases, a file an article. The XML is walked here, since python-docx
leaves out what stands in smart tags, fields and tracked insertions (tested with 1.2)."""

from io import BytesIO

from searchapp.errors import Rejected
from searchapp.ingest.formats.documents.document import Document
from searchapp.ingest.formats.documents.office import Attributes, Dialect, Office, properties, read
from searchapp.ingest.formats.packed import ZIP, member, opened_zip

_TEXT, _PROPERTIES = "word/document.xml", "docProps/core.xml"
_SPACES = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",  # of documents that keep strictly to the standard
)
_COPIES = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"  # the same for older programs
_TITLES = frozenset({"title", "titel", "titre", "ttulo", "titolo", "heading1"})  # styles, as Word writes their ids


def _tags(*names: str) -> frozenset[str]:
    return frozenset(f"{{{space}}}{name}" for space in _SPACES for name in names)


_SIGNS = {
    tag: sign
    for names, sign in ((("tab", "ptab"), "\t"), (("br", "cr"), "\n"), (("noBreakHyphen",), "-"))
    for tag in _tags(*names)
}
_MARKS = {
    tag: mark for names, mark in ((("strike", "dstrike"), "struck"), (("vanish",), "hidden")) for tag in _tags(*names)
}
_STYLE, _END_DELETED = _tags("pStyle"), _tags("del")


def _mark(tag: str, attributes: Attributes) -> str:
    value = next((attributes[key] for key in attributes if key.endswith("}val")), "")
    if tag in _STYLE:
        return "title" if value.lower() in _TITLES else ""
    if tag in _END_DELETED:
        return "unended"  # of the mark that ends the paragraph; where text is deleted it is no w:t
    return "" if value.lower() in ("0", "false", "off") else _MARKS.get(tag, "")


_WORD = Dialect(
    paragraphs=_tags("p"),
    words=_tags("t"),
    skipped=_tags("moveFrom", "tabs") | {_COPIES},
    runs=_tags("r"),
    signs=lambda tag, _: _SIGNS.get(tag, ""),
    mark=_mark,
)


class Docx(Office):
    """Documents of Word, and of what else writes them."""

    called = "documents (DOCX)"
    suffixes = (".docx",)
    parts = (_TEXT, _PROPERTIES)

    def sniff(self, head: bytes) -> bool:
        """Say whether it is a zip file with the text of such a document in it."""
        return head.startswith(ZIP) and f"\n{_TEXT}\n".encode() in head

    def document(self, data: bytes) -> Document:
        return _document(data)


def paragraphs(data: bytes) -> list[str]:
    """Return the paragraphs of a document, in their order, those in tables and text boxes among them; a line break in
    one is "\\n". Tracked insertions are text, tracked deletions and what is struck out or hidden are not.

    Raises Rejected if it is none, or damaged.
    """
    return _document(data).paragraphs


def _document(data: bytes) -> Document:
    with opened_zip(BytesIO(data)) as packed:
        xml, about = member(packed, _TEXT), properties(member(packed, _PROPERTIES))
    if not xml:
        raise Rejected("There is no text in it, or it is no document of Word.")
    document = read(xml, _WORD)
    document.named, document.made = about.get("title"), about.get("created")
    return document
