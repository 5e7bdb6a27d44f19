"""What a page's elements say about its words is said by the words, so that extraction and plain text keep it.

Extraction (trafilatura) leaves out paragraphs that are one link, figures, ``time``, ``output`` and ``ins``, and loses
whom a quotation is signed by, what is struck out, that a number stands raised, and that a table only lays out a page.
"""

import re
from collections.abc import Iterable, Iterator

from lxml.etree import XPath
from lxml.html import HtmlElement

from searchapp.analysis import letters

LINE = "\u23ce"  # a line break within a paragraph, which extraction would make a blank
_WITH_ID = XPath("descendant-or-self::*[@id]")
_TOOLBAR = re.compile(r"(?:wm-ipp|wm-capinfo|_{1,2}wb_|wb_iframe|ait-banner|donato)", re.IGNORECASE)  # of web archives
_SAVED = re.compile(r"webpage capture|archive\.(?:today|ph|is|li|vn|md|fo)", re.IGNORECASE)  # in the bar "HEADER"
_ADDRESS = re.compile(r"(?:\A|/[0-9*]{1,15}/)(https?://\S{1,2000})")
_LOST_IN_A_SENTENCE = frozenset("time output ins label data meter".split())
_SENTENCES = frozenset("p li td th dd dt blockquote h1 h2 h3 h4 h5 h6 figcaption summary".split())
_BESIDE = frozenset("nav aside footer header menu form ul ol".split())
_NO_ARTICLE = frozenset("nav aside footer form select noscript template iframe button menu dialog".split())
_BLOCKS = frozenset("p div h1 h2 h3 h4 h5 h6 ul ol blockquote article section table center dl pre".split())
_RAISED = str.maketrans("0123456789+-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻")
_EXPONENT = re.compile(r"\s{0,3}[+−-]?\d{1,4}\s{0,3}")
_NOTE = re.compile(r"\s{0,3}[\[(]?(?:\d{1,3}|[a-z*†‡])[\])]?\s{0,3}")
_HAS_POWERS = re.compile(r"(?:\d|\b(?:km|m|cm|mm|mi|ft|yd))\Z")
_OPENS = re.compile(r"[\s]{0,9}[“\"„«»‘'‚]")
_CLOSES = re.compile(r"[”\"“»«’'][.,!?]?\s{0,9}\Z")
_DASHES = re.compile(r"[\s–—―~-]{1,9}")
_STOPS = re.compile(r"[.!?…][”\"’')\]»]{0,3}\s{0,9}\Z")
_POST = re.compile(r"(?<![a-z])(?:post|entry|article|story|live|update|item|block)", re.IGNORECASE)
_CLOCK = re.compile(r"\d{1,2}[:.h]\d\d\b")
_FEWEST_POSTS = 3
_WORDS = re.compile(r"\S+")
_SENTENCE, _SIGNATURE, _NAME = 8, 25, 6  # words: the fewest of a linked sentence, the most of a signature and a name
_MAX_LOOKED = 200_000_000  # characters that are looked through for paragraphs that seem to be left out
_CELL = 200  # characters: no figure of a table is so long


def without_toolbars(tree: HtmlElement) -> str | None:
    """Drop the bars that web archives put on a page. Return the address of the page that they name."""
    address: str | None = None
    for element in [each for each in _WITH_ID(tree) if _is_toolbar(each)]:
        if element.getparent() is None or element.tag in ("html", "body"):
            continue
        named = (each.get("value") or each.get("href") or "" for each in element.iter("input", "a"))
        found = next(filter(None, map(_ADDRESS.search, named)), None)
        address = address or (found[1] if found else None)
        element.drop_tree()
    return address


def _is_toolbar(element: HtmlElement) -> bool:
    name = element.get("id") or ""
    return bool(_TOOLBAR.match(name) or (name == "HEADER" and _SAVED.search(words_of(element))))


def speaking(tree: HtmlElement) -> list[str]:
    """Change a page so that its words say what its elements do. Return what was struck out."""
    struck = _without_struck(tree)
    _level_posts(tree)
    for element in _all(tree, "sup"):
        _lower(element)
    for element in reversed(_all(tree, "q")):
        _quote(element)
    for element in _all(tree, "figure"):
        _free(element)
    for element in _all(tree, "blockquote"):
        _sign(element)
    for element in _all(tree, "dl"):
        _take_turns(element)
    for element in _all(tree, "table"):
        if _is_layout(element):
            _lay_out(element)
    for element in _all(tree, *_LOST_IN_A_SENTENCE):
        parent = element.getparent()
        if parent is not None and _above(element, _SENTENCES) is not None:
            element.drop_tag()
    for element in _all(tree, "p"):
        _unlink(element)
    return struck


def blocks_of(tree: HtmlElement) -> list[str]:
    """Return the paragraphs of a page, its headings and captions among them, without menus and what stands aside."""
    return [words for each in tree.iter(*_SENTENCES, "div") if _is_block(each) and (words := words_of(each))]


def left_out(blocks: Iterable[str], text: str) -> Iterator[str]:
    """Yield those of a page's ``blocks`` that stand among the article's and are not in its extracted ``text``."""
    keyed = [(letters(block), block) for block in blocks]
    kept, lines = letters(text), {letters(line) for line in text.split("\n")}
    looks = _MAX_LOOKED // (len(kept) + 1)  # for what extraction wrote as part of a longer paragraph
    found = []
    for own, _ in keyed:
        looks -= own not in lines
        found.append(not own or own in lines or looks < 0 or own in kept)
    inside = [number for number, (own, _) in enumerate(keyed) if own and found[number]]
    for number in range(inside[0], inside[-1]) if inside else ():
        if not found[number]:
            yield keyed[number][1].replace(LINE, " ")


def _is_block(element: HtmlElement) -> bool:
    return next(element.iterdescendants(*_BLOCKS, "li"), None) is None and _above(element, _NO_ARTICLE) is None


def _all(tree: HtmlElement, *tags: str) -> list[HtmlElement]:
    return list(tree.iter(*tags))


def words_of(element: HtmlElement) -> str:
    """Return the text of an element in one line."""
    return " ".join(element.text_content().split())


def _above(element: HtmlElement, tags: frozenset[str]) -> HtmlElement | None:
    return next(element.iterancestors(*tags), None)


def _without_struck(tree: HtmlElement) -> list[str]:
    struck = []
    for element in _all(tree, "del", "s", "strike"):
        if element.getparent() is not None:
            struck.append(words_of(element))
            element.drop_tree()
    return [each for each in struck if each]


def _level_posts(tree: HtmlElement) -> None:
    """Make the posts of a live blog parts of one article: by their class, extraction would take one for the whole."""
    posts: dict[tuple[HtmlElement, str], list[HtmlElement]] = {}
    for element in tree.iter("article", "div", "section", "li"):
        parent, name = element.getparent(), element.get("class")
        if parent is not None and name and _POST.search(name):
            posts.setdefault((parent, name), []).append(element)
    for series in posts.values():
        if len(series) >= _FEWEST_POSTS and all(map(_is_post, series[:_FEWEST_POSTS])):
            for element in series:
                element.tag = "div"
                del element.attrib["class"]


def _is_post(element: HtmlElement) -> bool:
    """Tell whether an element is a post of a live blog: it has a time and a paragraph that is a sentence."""
    timed = next(element.iter("time"), None) is not None or _CLOCK.match(words_of(element)) is not None
    return timed and any(_is_sentence(each) for each in element.iter("p"))


def _lower(element: HtmlElement) -> None:
    """Write what stands raised as a raised number, or drop it if it is the number of a note."""
    text, before = element.text_content(), _before(element)
    if _EXPONENT.fullmatch(text) and _HAS_POWERS.search(before):
        for child in list(element):
            child.drop_tag()
        element.text = text.strip().translate(_RAISED)
        element.drop_tag()
    elif _NOTE.fullmatch(text) and (element.find(".//a") is not None or text.strip()[0] in "[(0123456789*†‡"):
        element.drop_tree()


def _before(element: HtmlElement) -> str:
    previous = element.getprevious()
    if previous is not None:
        return previous.tail or ("" if not isinstance(previous.tag, str) else previous.text_content())
    parent = element.getparent()
    return (parent.text or "") if parent is not None else ""


def _quote(element: HtmlElement) -> None:
    inner = _above(element, frozenset({"q"})) is not None
    if not _OPENS.match(element.text_content()):
        _enclose(element, "‘" if inner else "“", "’" if inner else "”")
    element.tag = "span"  # extraction takes a q for a quotation in a block of its own


def _enclose(element: HtmlElement, opening: str, closing: str) -> None:
    element.text = opening + (element.text or "").lstrip()
    _append(element, closing)


def _append(element: HtmlElement, text: str) -> None:
    """Put ``text`` behind all that an element holds."""
    if len(element):
        element[-1].tail = (element[-1].tail or "").rstrip() + text
    else:
        element.text = (element.text or "").rstrip() + text


def _free(figure: HtmlElement) -> None:
    """Take a quotation or table out of its figure; the caption of a quotation is its signature."""
    held = next(figure.iter("blockquote", "table"), None)
    if held is None or figure.getparent() is None:
        return
    caption = next(figure.iter("figcaption"), None)
    if caption is not None and held.tag == "blockquote" and held not in caption.iterancestors():
        caption.drop_tree()
        caption.tail = None
        held.append(caption)
    figure.drop_tag()


def _sign(quotation: HtmlElement) -> None:
    """Write a quotation that somebody signs as one: “…”, a line break, and a dash before the name."""
    signature = _signature(quotation)
    if not signature:
        return
    paragraphs = _all(quotation, "p") or [quotation]
    paragraphs = [each for each in paragraphs if words_of(each)] or [quotation]
    if not _OPENS.match(paragraphs[0].text_content()):
        for each in paragraphs:
            each.text = "“" + (each.text or "").lstrip()
    last = paragraphs[-1]
    closed = "" if _CLOSES.search(last.text_content()) else "”"
    _append(last, f"{closed}{LINE}— {signature}")


def _signature(quotation: HtmlElement) -> str:
    """Take the signature out of a quotation, and return it without its dash."""
    for element in (*_all(quotation, "footer", "figcaption"), *reversed(_all(quotation, "cite"))):
        signature = _DASHES.sub("", f" {words_of(element)}", count=1)
        if _follows(element, quotation) or not 0 < len(_WORDS.findall(signature)) <= _SIGNATURE:
            continue
        parent = element.getparent()
        element.drop_tree()
        if parent is not None and parent is not quotation and not words_of(parent).strip(" –—-"):
            parent.drop_tree()
        _strip_end(quotation)
        return signature
    return ""


def _follows(element: HtmlElement, quotation: HtmlElement) -> bool:
    """Tell whether words of the quotation follow an element in it, which then signs nothing."""
    each: HtmlElement | None = element
    while each is not None and each is not quotation:
        if (each.tail or "").strip(" .\n\t\r)") or any(words_of(next_one) for next_one in each.itersiblings("*")):
            return True
        each = each.getparent()
    return False


def _strip_end(quotation: HtmlElement) -> None:
    """Drop the line break and the dash that stood before a signature."""
    for element in reversed(list(quotation.iter("*"))):
        for kind in ("text",) if element is quotation else ("tail", "text"):
            words = (getattr(element, kind) or "").rstrip().rstrip("–—―-").rstrip()
            setattr(element, kind, words)
            if words:
                return
        if element.tag == "br":
            element.drop_tree()


def _take_turns(listed: HtmlElement) -> None:
    """Make the terms of a list paragraphs, and what is said of each another; a name and its words are one."""
    label = ""
    for element in list(listed.iter("dt", "dd")):
        text = words_of(element)
        if element.tag == "dt":
            is_name = 0 < len(_WORDS.findall(text)) <= _NAME and not _STOPS.search(text)
            label = text.rstrip(":") if is_name and _has_words(element) else ""
            if label and element.getparent() is not None:
                element.drop_tree()
                continue
        elif label:
            element.text = f"{label}: " + (element.text or "").lstrip()
            label = ""
        if next(element.iter(*_BLOCKS), None) is None:
            element.tag = "p"
        else:
            element.tag = "div"
    listed.tag = "div"


def _has_words(term: HtmlElement) -> bool:
    following = term.getnext()
    return following is not None and following.tag == "dd" and following.find("p") is None


def _is_layout(table: HtmlElement) -> bool:
    """Tell whether a table lays out the page: it holds paragraphs or whole passages."""
    if table.get("role") == "presentation" or next(table.iterdescendants("table"), None) is not None:
        return True
    if next(table.iter("th"), None) is not None:
        return False
    cells = _all(table, "td")
    rows = len(_all(table, "tr"))
    if len(cells) == rows and any(map(_is_sentence, cells)):  # one column, of paragraphs
        return True
    return rows <= 1 or any(len(words_of(cell)) > _CELL and _has_blocks(cell) for cell in cells)


def _has_blocks(cell: HtmlElement) -> bool:
    return next(cell.iterdescendants("p", "br", "h1", "h2", "h3", "div"), None) is not None


def _lay_out(table: HtmlElement) -> None:
    """Make the cells of a table parts of the page; those of links alone are a menu and go."""
    for cell in [each for each in _own(table) if each.tag in ("td", "th")]:
        text = len(letters(words_of(cell)))
        linked = sum(len(letters(words_of(link))) for link in cell.iter("a"))
        is_menu = linked and linked >= 0.8 * text and not any(map(_is_sentence, cell.iter("a")))
        if is_menu:
            cell.drop_tree()
        else:
            cell.tag = "div"
    for part in [each for each in _own(table) if each.tag in ("tr", "tbody", "thead", "tfoot", "colgroup", "col")]:
        part.drop_tag()
    table.tag = "div"


def _own(table: HtmlElement) -> Iterator[HtmlElement]:
    """Yield the elements of a table, but not those of tables in its cells."""
    for child in table:
        if isinstance(child.tag, str) and child.tag != "table":
            yield child
            if child.tag not in ("td", "th"):
                yield from _own(child)


def _is_sentence(element: HtmlElement) -> bool:
    text = words_of(element)
    return len(_WORDS.findall(text)) >= _SENTENCE and _STOPS.search(text) is not None


def _unlink(paragraph: HtmlElement) -> None:
    """Take the links out of a paragraph of the article that is hardly more than one, if it is a sentence."""
    links = _all(paragraph, "a")
    linked = sum(len(words_of(link)) for link in links)
    if not links or linked < 0.5 * len(words_of(paragraph)) or not _is_sentence(paragraph):
        return
    if _above(paragraph, _BESIDE) is None:
        for link in links:
            if link.getparent() is not None:
                link.drop_tag()
