"""ODT, the documents of LibreOffice, a file an article."""

from io import BytesIO

from searchapp.errors import Rejected
from searchapp.ingest.formats.documents.document import Document
from searchapp.ingest.formats.documents.office import Attributes, Dialect, Office, properties, read
from searchapp.ingest.formats.packed import ZIP, member, opened_zip

_TEXT, _PROPERTIES = "content.xml", "meta.xml"
_KIND = b"mimetypeapplication/vnd.oasis.opendocument.text"
_NAMES = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TITLES = frozenset({"Title", "Titel", "Titre", "Titolo", "Heading_20_1"})
_MAX_SPACES = 1_000  # that one element stands for


def _sign(tag: str, attributes: Attributes) -> str:
    if tag == f"{_NAMES}s":
        count = attributes.get(f"{_NAMES}c", "1")
        return " " * min(int(count) if count.isascii() and count.isdigit() else 1, _MAX_SPACES)
    return {f"{_NAMES}tab": "\t", f"{_NAMES}line-break": "\n"}.get(tag, "")


def _mark(tag: str, attributes: Attributes) -> str:
    is_paragraph = tag in (f"{_NAMES}p", f"{_NAMES}h")
    return "title" if is_paragraph and attributes.get(f"{_NAMES}style-name") in _TITLES else ""


_OPEN_DOCUMENT = Dialect(
    paragraphs=frozenset({f"{_NAMES}p", f"{_NAMES}h"}),
    words=None,
    skipped=frozenset(
        {f"{_NAMES}tracked-changes", f"{_NAMES}note", f"{_NAMES}ruby-text", f"{_NAMES}hidden-paragraph"}
        | {f"{_NAMES}table-of-content", f"{_OFFICE}annotation", f"{_OFFICE}forms", f"{_OFFICE}automatic-styles"}
    ),
    runs=frozenset(),
    signs=_sign,
    mark=_mark,
)


class Odt(Office):
    """Text documents in the OpenDocument format."""

    called = "documents (ODT)"
    suffixes = (".odt",)
    parts = (_TEXT, _PROPERTIES)

    def sniff(self, head: bytes) -> bool:
        """Say whether it is a zip file that names itself such a document."""
        return head.startswith(ZIP) and _KIND in head[:200] and f"\n{_TEXT}\n".encode() in head

    def document(self, data: bytes) -> Document:
        return _document(data)


def paragraphs(data: bytes) -> list[str]:
    """Return the paragraphs of a document, in their order, those in tables and frames among them; a line break in one
    is "\\n". Raises Rejected if it is none, or damaged."""
    return _document(data).paragraphs


def _document(data: bytes) -> Document:
    with opened_zip(BytesIO(data)) as packed:
        xml, about = member(packed, _TEXT), properties(member(packed, _PROPERTIES))
    if not xml:
        raise Rejected("There is no text in it, or it is no document in the OpenDocument format.")
    document = read(xml, _OPEN_DOCUMENT)
    document.named, document.made = about.get("title"), about.get("creation-date")
    return document
