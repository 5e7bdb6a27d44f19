"""Markup in a text becomes text. Everything bleach does for us stands here, so that replacing it is one line.

Only texts that hold real HTML elements are touched: tickers (``<GM.N>``), ``5 < 6`` and ``AT&T`` in plain text
stay as they are.
"""

import html
import re

_BLOCKS = (
    "address|article|aside|blockquote|body|br|caption|center|dd|details|div|dl|dt|fieldset|figcaption|figure|footer|form|"
    "h[1-6]|head|header|hr|html|legend|li|main|nav|ol|option|p|pre|section|select|summary|table|tbody|tfoot|thead|title|tr|ul"
)
_INLINE = (
    "a|abbr|acronym|applet|area|audio|b|base|basefont|bdi|bdo|big|blink|button|canvas|cite|code|col|colgroup|data|datalist|"
    "del|dfn|dialog|dir|em|embed|font|frame|frameset|i|iframe|img|image|input|ins|isindex|kbd|keygen|label|layer|link|"
    "listing|map|mark|marquee|math|menu|meta|meter|nobr|noembed|noframes|noscript|object|optgroup|output|param|picture|"
    "plaintext|portal|progress|q|rp|rt|ruby|s|samp|script|slot|small|source|span|strike|strong|style|sub|sup|svg|td|"
    "template|textarea|th|time|track|tt|u|var|video|wbr|xmp|xml"
)
# An element is real if it is closed, carries an attribute with "=", or is bare and in lower case: ``<P>`` and
# ``<BR>`` alone are tickers of companies, ``a <b and c> d`` compares. Repeats are bounded to keep time linear.
_ELEMENT = re.compile(
    rf"</(?:{_BLOCKS}|{_INLINE})\s{{0,9}}>"
    rf"|<(?:{_BLOCKS}|{_INLINE})(?:\s|/)[^<>=]{{0,99}}="
    rf"|<(?-i:{_BLOCKS}|{_INLINE})\s?/?>"
    r"|<(?:script|style|iframe|svg|object|embed)\b|<!doctype\b|<[a-z][^\s<>]{0,50}\son\w{1,30}\s?=",
    re.IGNORECASE,
)
# In a text with markup, "<" before these is none all the same and is kept: 5 < 6, <GM.N>.
_NO_TAG = re.compile(
    rf"[^a-zA-Z/!?]|\Z|(?!(?:{_BLOCKS}|{_INLINE})>)(?-i:[A-Z][A-Z0-9]{{0,5}}(?:\.[A-Z]{{1,3}})?>)",
    re.IGNORECASE,
)
_MAX_TAG = 2_000  # a "<" that is not closed within so many characters opens no tag
_HIDDEN = re.compile(r"<(?:(/?)(script|style|noscript|template|iframe|head)\b|!--)", re.IGNORECASE)
_CLOSING = {
    name: re.compile(rf"</{name}\b", re.IGNORECASE)
    for name in ("script", "style", "noscript", "template", "iframe", "head")
} | {"!--": re.compile("--!?>")}
_LONE_BREAK = re.compile(r"(?<!\n)\n(?!\n)")
_BREAK = re.compile(r"<br\b[^<>]{0,200}>", re.IGNORECASE)
_BLOCK = re.compile(rf"<(?=/?(?:{_BLOCKS})(?:[\s/>]|\Z))", re.IGNORECASE)
_CELL = re.compile(r"<(?=/?t[dh]\b)", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufdd0-\ufdef\ufffe\uffff\U0010fffc\U0010fffd]")
# bleach and html5lib take quadratic time on long runs of "&" and "<" that are none of theirs, so these two
# private characters, which no text holds, stand in for them meanwhile.
_AMPERSAND, _LESS = "\U0010fffc", "\U0010fffd"


def plain(text: str) -> str:
    """Return ``text`` without markup; a text that holds no HTML element is returned as it is.

    Script and style go with their content, other tags go alone; blocks part paragraphs by an empty line, ``<br>``
    breaks the line; entities are unescaped once. Time is linear in the length. The result is text: whoever shows
    it escapes it.
    """
    if "<" not in text or not _ELEMENT.search(text):
        return text
    text = _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).replace("&", _AMPERSAND)
    text = _with_tags_only(_without_hidden(text))
    if _BLOCK.search(text) or _BREAK.search(text):
        text = _LONE_BREAK.sub(" ", text)
    text = _CELL.sub(" <", _BLOCK.sub("\n\n<", _BREAK.sub("\n", text)))
    import bleach  # here, since it takes long to load, and few texts hold markup

    text = html.unescape(bleach.clean(text, tags=frozenset(), strip=True, strip_comments=True))
    return _tidied(html.unescape(text.replace(_AMPERSAND, "&").replace(_LESS, "<")))


def _without_hidden(text: str) -> str:
    """Drop comments and elements that are never shown, with their content.

    Of a comment that is never closed only its mark goes; of an element what follows up to the next empty line.
    """
    kept: list[str] = []
    at = 0
    ends: dict[str, int] = {}  # where each closing mark is next found; len(text) when it is not
    while opening := _HIDDEN.search(text, at):
        kept += text[at : opening.start()], " "
        at = opening.end()
        name = opening[2].lower() if opening[2] else "!--"
        if opening[1]:
            at = _after_tag(text, at)
            continue
        if ends.get(name, 0) < at:
            found = _CLOSING[name].search(text, at)
            ends[name] = found.start() if found else len(text)
        if ends[name] < len(text):
            at = _after_tag(text, ends[name])
        elif opening[2]:
            paragraph = text.find("\n\n", at)
            at = paragraph if paragraph >= 0 else len(text)
    kept.append(text[at:])
    return "".join(kept)


def _with_tags_only(text: str) -> str:
    """Replace each "<" that opens no tag by its stand-in."""
    closed = -1  # the offset of the next ">"

    def stand_in(found: re.Match[str]) -> str:
        nonlocal closed
        if closed < found.end():
            closed = text.find(">", found.end())
            closed = closed if closed >= 0 else len(text) + _MAX_TAG
        none = closed - found.end() > _MAX_TAG or _NO_TAG.match(text, found.end())
        return _LESS if none else "<"

    return re.sub("<", stand_in, text)


def _after_tag(text: str, at: int) -> int:
    end = text.find(">", at, at + 2_000)
    return end + 1 if end >= 0 else at


def _tidied(text: str) -> str:
    lines = (re.sub(r"[ \t]+", " ", line).strip(" ") for line in text.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")
