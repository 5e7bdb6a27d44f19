"""Documents as programs write them, for tests: DOCX, ODT and PDF out of paragraphs and lines."""

import textwrap
import zipfile
from collections.abc import Sequence
from io import BytesIO

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
OD = (
    'xmlns:o="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:t="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
)


def packed(members: dict[str, str]) -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file:
        for name, text in members.items():
            file.writestr(name, text)
    return made.getvalue()


def word(body: str, core: str = "") -> bytes:
    members = {
        "[Content_Types].xml": "<Types/>",
        "word/document.xml": f"<w:document {W} {MC}><w:body>{body}</w:body></w:document>",
    }
    return packed(members | ({"docProps/core.xml": core} if core else {}))


def p(*runs: str, style: str = "") -> str:
    head = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{head}{''.join(f'<w:r><w:t>{run}</w:t></w:r>' if '<' not in run else run for run in runs)}</w:p>"


def open_document(body: str) -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as file:
        file.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        file.writestr("content.xml", f"<o:document-content {OD}><o:body>{body}</o:body></o:document-content>")
        file.writestr(
            "meta.xml",
            f'<m {OD} xmlns:d="d"><d:title>Notes</d:title><d:creation-date>2020-01-02T1</d:creation-date></m>',
        )
    return made.getvalue()


def pdf(pages: Sequence[Sequence[tuple[int, int, int, str]]], about: str = "", font: str = "Helvetica") -> bytes:
    """Return a PDF whose pages hold texts at (x, y) in a size."""
    kids = " ".join(f"{5 + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Kids[{kids}]/Count {len(pages)}>>",
        f"<</Type/Font/Subtype/Type1/BaseFont/{font}/Encoding/WinAnsiEncoding>>",
        f"<<{about}>>",
    ]
    for number, page in enumerate(pages):
        shown = "".join(f"BT /F1 {size} Tf {x} {y} Td ({words}) Tj ET\n" for x, y, size, words in page)
        place = f"/Parent 2 0 R/MediaBox[0 0 600 800]/Contents {6 + 2 * number} 0 R/Resources<</Font<</F1 3 0 R>>>>"
        objects += [f"<</Type/Page{place}>>", f"<</Length {len(shown)}>>stream\n{shown}endstream"]
    body, places = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, 1):
        places.append(len(body))
        body += f"{number} 0 obj\n{each}\nendobj\n".encode("cp1252")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    end = f"xref\n0 {len(places) + 1}\n0000000000 65535 f \n{table}trailer\n<</Size {len(places) + 1}"
    end += "/Root 1 0 R/Info 4 0 R>>"
    return body + f"{end}\nstartxref\n{len(body)}\n%%EOF".encode()


def column(x: int, y: int, lines: str, size: int = 10) -> list[tuple[int, int, int, str]]:
    return [(x, y - 12 * number, size, line) for number, line in enumerate(lines.split("|"))]


def laid_out(text: str, *, lines: int = 36, width: int = 95, headline: str = "") -> bytes:
    """Return a PDF of a text, a paragraph each of its lines. Lines are broken at a width; each page says which one it
    is, and from the second on ``headline`` stands below that."""
    rows = [(at, row) for line in text.split("\n") if line.strip() for at, row in enumerate(textwrap.wrap(line, width))]
    sheets = [rows[at : at + lines] for at in range(0, len(rows), lines)]
    pages = []
    for number, sheet in enumerate(sheets, 1):
        page = [(250, 790, 8, f"Page {number} of {len(sheets)}")]
        page += [(50, 778, 8, headline)] if headline and number > 1 else []
        y = 755
        for at, row in sheet:
            y -= 11 if at else 19
            page.append((50, y, 8, _escaped(row)))
        pages.append(page)
    return pdf(pages, font="Courier")


def _escaped(line: str) -> str:
    return line.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)").replace("\u00a0", " ")
