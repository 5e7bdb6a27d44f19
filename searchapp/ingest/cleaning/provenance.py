"""Where a text says it comes from: its dateline, the sign-off behind its last sentence, source and copyright lines."""

import re

from searchapp.ingest.cleaning import signatures
from searchapp.ingest.cleaning.blocks import Block
from searchapp.ingest.cleaning.datelines import LEFT_DASH, dateline_alone, dateline_of, placed
from searchapp.ingest.cleaning.hints import MAX_LINE
from searchapp.ingest.reasons import PICTURES, Reason

_SIGNATURE = 240  # code points at the end of the last paragraph in which it is signed
_DIGEST = 200  # paragraphs that are looked at for datelines
# What a line may have been taken for that holds a place, and perhaps a day.
_PLACED = frozenset({None, Reason.ABOVE, Reason.BYLINE, Reason.SECTION_NAME, Reason.MENU})
_VOWEL = re.compile(r"[^BCDFGHJKLMNPQRSTVWXZ /]")
_PARTICLES = frozenset("de da do del di la el al and of the es upon".split())
_RIGHTS = re.compile(
    r"\s?\(?\b(?:all rights|terms|privacy|contact|reserved)\b.*|\s?(?:19|20)\d\d.*", re.IGNORECASE | re.DOTALL
)


def without_dateline(blocks: list[Block]) -> tuple[list[Block], str, str | None, str | None]:
    """Return (blocks, dateline, place, agency), the dateline split off the first paragraph that has one.

    The dateline is as written, "" without one; it may be a line of its own. Of one that was lost the dash is split off.
    """
    kept = [number for number, block in enumerate(blocks) if block.reason is None and not block.title]
    alone = _cut_placed(blocks[: kept[0] + 2 if kept else None])
    for number in kept[:4]:
        block = blocks[number]
        if lone := dateline_alone(block.text):
            block.reason = Reason.DATELINE
            return blocks, block.text, _place(lone["place"]), _named(lone["agency"])
        found = dateline_of(block.text) if block.reason is None else None
        if not found:
            continue
        place, agency = (found.groupdict().get(part) for part in ("place", "agency"))
        if _is_digest([blocks[other].text for other in kept], place or ""):
            break
        cut = Block(block.text[: found.end()].strip(), block.gap, Reason.DATELINE)
        rest = Block(block.text[found.end() :].strip(), False)
        return [*blocks[:number], cut, rest, *blocks[number + 1 :]], cut.text, _place(place or alone), _named(agency)
    if alone:
        return blocks, next(block.text for block in blocks if block.reason == Reason.DATELINE), _place(alone), None
    for number in kept[:1]:  # of a dateline that was lost the dash is left
        dashes = sum(blocks[other].text[0] in "–—-" for other in kept[:_DIGEST])
        if dashes == 1 and (found := LEFT_DASH.match(blocks[number].text)):
            cut = Block(found[0].strip(), blocks[number].gap, Reason.DATELINE)
            rest = Block(blocks[number].text[found.end() :], False)
            return [*blocks[:number], cut, rest, *blocks[number + 1 :]], "", None, None
    return blocks, "", None, None


def _cut_placed(blocks: list[Block]) -> str | None:
    """Cut the line above the text that holds a place, and perhaps a day; return the place."""
    for block in blocks:
        place = placed(block.text) if not block.title and not block.ends and block.reason in _PLACED else None
        if place:
            block.reason = Reason.DATELINE
            return place
    return None


def _is_digest(texts: list[str], place: str) -> bool:
    """Tell whether some paragraph is dated from elsewhere: then the text is a round-up, and no dateline is its own."""
    if place and sum(text.startswith(f"{place}:") for text in texts[:_DIGEST]) > 1:  # a speaker's label
        return True
    others = filter(None, map(dateline_of, texts[:_DIGEST]))
    return any("place" in found.re.groupindex and (found["place"] or "") not in ("", place) for found in others)


def without_end_mark(blocks: list[Block], agency: str | None) -> tuple[list[Block], str | None]:
    """Return (blocks, name): the end mark, the agency's name and the credits split off the last paragraph.

    ``agency`` is the one that the dateline names, if it does.
    """
    last = max(
        (number for number, block in enumerate(blocks) if block.reason is None and not block.title),
        default=None,
    )
    if last is None:
        return blocks, None
    text, gap = blocks[last].text, blocks[last].gap
    end = text[-_SIGNATURE:]
    signs = (signatures.END, signatures.SIGN_OFF, signatures.CREDITED, signatures.SIGNED_BY)
    found = next(filter(None, (sign.search(end) for sign in signs)), None)
    if not found and agency:
        found = re.search(rf"(?<=[.!?”\"’])\s?(?P<sign>[(\[/–—-]{{0,2}} ?{re.escape(agency)})[)\].]{{0,2}}$", end)
    if not found:
        return blocks, None
    begin = len(text) - len(end) + found.start()
    if text[begin : begin + 3] == "./.":  # the sentence keeps its full stop
        begin += 1
    kept, cut = text[:begin].rstrip(), text[begin:].strip()
    sign = (found["sign"] or "").strip(" /().–—-") if "sign" in found.re.groupindex else ""
    parts = [Block(kept, gap)] if kept else []
    return [*blocks[:last], *parts, Block(cut, False, Reason.END_MARK), *blocks[last + 1 :]], _named(sign)


def source_of(blocks: list[Block]) -> str | None:
    """Return the name in a source line: the first after the body, else one before it; else a copyright's owner,
    but for companies, which own papers and print none."""
    body = [number for number, block in enumerate(blocks) if block.reason is None and not block.title]
    last = body[-1] if body else 0
    lines = [(number, block.text) for number, block in enumerate(blocks) if block.reason == Reason.SOURCE_LINE]
    for _, text in [line for line in lines if line[0] > last][:1] + [line for line in lines if line[0] < last]:
        found = (
            signatures.SIGNED.fullmatch(text) or signatures.SOURCE.match(text) or signatures.DATED_SOURCE.match(text)
        )
        agency = signatures.AGENCY.search(text) if not found else None
        if name := _named(found["name"] if found else agency[0] if agency else text):
            return name
    owners = (
        _owner(block)
        for number, block in enumerate(blocks)
        if block.reason not in {None, *PICTURES} or (number > last and _RIGHTS.search(block.text))
    )
    return next(filter(None, owners), None) or next(filter(None, map(_publisher, blocks[last:])), None)


def _publisher(block: Block) -> str | None:
    """Return the agency that a notice below the article speaks of as its publisher."""
    found = signatures.PUBLISHER.match(block.text) if block.reason else None
    return found["name"] if found else None


def _owner(block: Block) -> str | None:
    """Return whom a line beside the article names as the owner of its text."""
    found = signatures.COPYRIGHT.search(block.text[-MAX_LINE:])
    owner = _RIGHTS.sub("", found["name"]) if found else ""
    return None if signatures.OWNER.search(owner) else _named(owner)


# Names


def _place(written: str | None) -> str | None:
    """Return a place as a name: ``HANOI`` is Hanoi."""
    place = (written or "").strip(" ,.–—-")
    if place.isupper() and len(place) > 3:
        first, *rest = re.split(r"(?<=[ /])", place)
        place = _titled(first) + "".join(
            word.lower() if rest[1:] and word.strip(" /").lower() in _PARTICLES else _titled(word) for word in rest
        )
    return place or None


def _titled(word: str) -> str:
    """Return a word of a place in capitals as it is written elsewhere: ``D.C.`` and ``HCM`` stay."""
    return word if "." in word or (len(word) <= 4 and not _VOWEL.search(word)) else word.capitalize()


def _named(source: str | None) -> str | None:
    name = (source or "").strip(" .,;:–—-/")
    return (
        name
        if name
        and "http" not in name
        and not re.fullmatch(r"[A-ZĐ]{2,8}/[A-ZĐ]{2,8}", name)
        and "www." not in name
        and name.count(" ") < 6
        else None
    )
