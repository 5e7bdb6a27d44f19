"""Raw files for the tests of ingest, as the readers would give them."""

from typing import Any

from searchapp.ingest.raw import Raw


def raw_of(text: str, **fields: Any) -> Raw:
    """Return plain text as a raw file without metadata, except for ``fields``."""
    blank: dict[str, Any] = {
        "id": "a",
        "path": "a.txt",
        "number": None,
        "digest": "",
        "text": text,
        "is_html": False,
        "title": None,
        "url": None,
        "published": None,
        "updated": None,
        "source": None,
        "place": None,
        "language": None,
        "speakers": (),
    }
    return Raw(**(blank | fields))
