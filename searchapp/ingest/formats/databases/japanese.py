"""Exports of the databases of Japanese newspapers (Kikuzo, Yomidasu, Maisaku, Nikkei Telecom): text.

Above or below each headline stands a line with the day, the edition, and the page or the length:
"2018年11月12日　朝刊　経済　7ページ　412文字", "2018.11.12　東京朝刊　経済面　7頁　(全412字)".
"""

import re
from collections.abc import Iterator
from typing import BinaryIO, Final

from searchapp.ingest.dating.languages import with_plain_digits
from searchapp.ingest.formats.databases.lines import above, is_furniture, opening, parted
from searchapp.ingest.formats.databases.record import Cuttings, day_in, filled
from searchapp.ingest.formats.decoding import decode, tidy
from searchapp.ingest.formats.text import numbered
from searchapp.ingest.raw import Item, Raw
from searchapp.ingest.reasons import Reason

_DAY: Final = r"(?:19|20)\d\d\s?[年./-]\s?\d{1,2}\s?[月./-]\s?\d{1,2}日?"
_DETAILS = re.compile(
    rf"(?=.{{0,60}}{_DAY})(?=.{{0,160}}(?:朝刊|夕刊|号外|本紙|地方版|週刊))"
    r"(?=.{0,200}(?:\d\s?文字|全?[\d,]{1,9}字|\d\s?(?:ページ|頁|面)|[ 　]\d{3}[ 　]))[^。]{8,200}"
)
_PAPER = re.compile(r"[^\s。、]{1,12}(?:新聞|新報|日報|新聞社|日日)|[^\s。、]{1,12}タイムス")
_PAPER_WITHIN = re.compile(rf"(?<![^\s　])(?:{_PAPER.pattern})(?![^\s　])")
_LONGEST = 200  # code points of a headline


class JapaneseNewspapers:
    """Files with any number of articles."""

    called = "exports of Japanese newspapers' databases (Kikuzo, Yomidasu and others): text"
    suffixes: tuple[str, ...] = ()

    def sniff(self, head: bytes) -> bool:
        """Say whether the line with day, edition and length stands near the beginning."""
        lines = [line for line in opening(head).split("\n")[:40] if line.strip()]
        return any(map(_is_detailed, lines[:8]))

    def split(self, stream: BinaryIO, path: str) -> Iterator[Item]:
        """Yield its articles, what stands before the first with it."""
        return parted(stream, path, _begins)

    def identify(self, item: Item) -> str:
        """Return the file's path and the article's number."""
        return numbered(item)

    def parse(self, item: Item, raw: Raw) -> Raw:
        """Fill in what the head of the article says, and its text."""
        lines = tidy(decode(item.data)).split("\n")
        at = next((at for at, line in enumerate(lines) if _is_detailed(line)), 0)
        details, removed = with_plain_digits(lines[at]), Cuttings()
        head = [line.strip() for line in lines[:at] if not is_furniture(line)]
        rest = [line for line in lines[at + 1 :] if line.strip()]
        papers = [line for line in (*head, *(line.strip() for line in rest[-1:])) if _PAPER.fullmatch(line)]
        titles = [line for line in head if not _PAPER.fullmatch(line)]
        title = titles[-1] if titles else rest.pop(0).strip() if rest else None
        removed.cut("\n".join(titles[:-1]), Reason.COVER_PAGE)
        removed.cut(lines[at], Reason.DATE_LINE)
        for paper in papers:
            removed.cut(paper, Reason.SOURCE_LINE)
        within = _PAPER_WITHIN.search(details)
        return filled(
            raw,
            title=title,
            source=papers[0].removesuffix("社") if papers else within[0] if within else None,
            published=day_in(re.search(_DAY, details)[0].replace(".", "-")),  # type: ignore[index]  # found before
            body=[line for line in rest if line.strip() not in papers and not is_furniture(line)],
            removed=removed,
        )


def _is_detailed(line: str) -> bool:
    return len(line) <= _LONGEST and _DETAILS.fullmatch(with_plain_digits(line.strip())) is not None


def _begins(lines: list[str]) -> int | None:
    """Return where the head begins to which the last line belongs: with the headline above it, or with the paper's name
    or the number."""
    if not _is_detailed(lines[-1]):
        return None
    at = len(lines) - 1
    if at and _is_headline(lines[at - 1]):
        at -= 1
    while (up := above(lines, at)) and _PAPER.fullmatch(lines[up - 1].strip()) and not _ends_text(lines, up - 1):
        at = up - 1
    return above(lines, at)


def _ends_text(lines: list[str], at: int) -> bool:
    """Tell whether the name of a paper stands below an article rather than above one: it is set in."""
    return lines[at].startswith(("　", " "))


def _is_headline(line: str) -> bool:
    text = line.strip()
    indented = line.startswith("　")
    return not is_furniture(line) and not indented and not _PAPER.fullmatch(text) and text[-1] not in "。」"
