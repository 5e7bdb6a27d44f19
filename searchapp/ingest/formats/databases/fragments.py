"""What a part of an HTML or XML file holds: its text, block by block, each with the names of what it stands in."""

import re
from dataclasses import dataclass
from typing import Final

from lxml.etree import LxmlError, XMLParser, _Element, fromstring, iterwalk
from lxml.html import HTMLParser, document_fromstring

from searchapp.errors import Rejected
from searchapp.ingest.formats.decoding import tidy

_BLOCKS: Final = frozenset(
    "address article aside blockquote body center dd div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6"
    " header hr html legend li main nav ol p pre section table tbody td tfoot th thead title tr ul".split()
)
_HIDDEN: Final = frozenset("script style template iframe noscript select button".split())
_BLANKS = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading or cell. ``names`` are the tags and classes, in lower case, of all that it stands in, and
    the ids with "#" before them; ``text`` has white space folded and its lines broken where the page breaks them."""

    text: str
    names: frozenset[str]


def blocks(page: str, apart: re.Pattern[str] | None = None) -> list[Block]:
    """Return the text that a part of a page shows, block by block. What has a name that ``apart`` matches as a whole is
    a block, too.

    Raises Rejected when it is no HTML.
    """
    found: list[Block] = []
    parts: list[str] = []
    stack: list[frozenset[str]] = [frozenset()]

    def flush() -> None:
        lines = (_BLANKS.sub(" ", line).strip() for line in "".join(parts).split("\v"))
        if text := "\n".join(line for line in lines if line):
            found.append(Block(tidy(text), stack[-1]))
        parts.clear()

    walk = iterwalk(_html(page), events=("start", "end"))
    for event, element in walk:
        if not isinstance(element.tag, str):
            parts.append(_tail(element) if event == "end" else "")
            continue
        tag, names = element.tag.lower(), _names(element)
        if event == "start" and tag in _HIDDEN:
            walk.skip_subtree()
            continue
        blocky = tag in _BLOCKS or (apart is not None and any(map(apart.fullmatch, names)))
        if blocky:
            flush()
        if event == "start":
            stack.append(stack[-1] | names | {tag})
            parts.append("\v" if tag == "br" else _shown(element.text))
        else:
            if tag not in _HIDDEN:
                stack.pop()
            parts.append(_tail(element))
    flush()
    return found


def _names(element: _Element) -> frozenset[str]:
    own = element.get("id")
    return frozenset((element.get("class") or "").lower().split()) | ({f"#{own.lower()}"} if own else set())


def _shown(text: str | None) -> str:
    return (text or "").replace("\v", " ")


def _tail(element: _Element) -> str:
    return _shown(element.tail)


def _html(page: str) -> _Element:
    try:
        parser = HTMLParser(encoding="utf-8", remove_pis=True)
        return document_fromstring(page.encode("utf-8", "replace"), parser=parser)
    except (LxmlError, ValueError, RecursionError) as fault:
        raise Rejected("The HTML of the article cannot be read.") from fault


def leaves(text: str) -> list[tuple[str, str]]:
    """Return what an XML text, which may be a part of a file, says: the path and the text of each element that has text
    of its own, in their order.

    A path names the elements from the outermost on, in lower case and without namespaces: ``record/publication/title``.
    No entity is resolved, and nothing is fetched. Raises Rejected when there is no element.
    """
    found: list[tuple[str, str]] = []
    path: list[str] = []
    walk = iterwalk(_xml(text), events=("start", "end"))
    for event, element in walk:
        if event == "end":
            path.pop()
            continue
        path.append(re.split(r"[}:]", element.tag)[-1].lower() if isinstance(element.tag, str) else "")
        if (element.text or "").strip() or any((child.tail or "").strip() for child in element):
            found.append(("/".join(path), tidy("".join(element.itertext())).strip("\n")))
            walk.skip_subtree()
    return found


def _xml(text: str) -> _Element:
    parser = XMLParser(recover=True, resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
    start = re.search(r"<[^\W\d_]", text)
    try:
        root = fromstring(text[start.start() :].encode("utf-8", "replace") if start else b"", parser=parser)
    except (LxmlError, ValueError) as fault:
        raise Rejected("The XML of the article cannot be read.") from fault
    if root is None:
        raise Rejected("The XML of the article cannot be read.")
    return root
