"""Exports whose articles each begin with lines of labels: Integrum, and databases in other languages that write so.

Источник: Лундский вестник
Дата выпуска: 12.11.2018
Заглавие: Паром подорожает весной
"""

import re
from collections.abc import Iterator
from typing import BinaryIO, Final

from searchapp.ingest.formats.databases.lines import REACH, above, is_furniture, opening, parted
from searchapp.ingest.formats.databases.paragraphs import in_one_line, paragraphs_of
from searchapp.ingest.formats.databases.record import Cuttings, day_in, filled
from searchapp.ingest.formats.decoding import decode, tidy
from searchapp.ingest.formats.text import numbered
from searchapp.ingest.raw import Item, Raw
from searchapp.ingest.reasons import Reason

_ROLES: Final = {
    role: frozenset(label.strip() for label in labels.split(","))
    for role, labels in {
        "title": "title, headline, заглавие, заголовок, название, titel, überschrift, titre, título, titulo, titolo, "
        "tytuł, název, nadpis, cím, başlık, 見出し, タイトル, 标题, 標題, 题名, 題名, 篇名, 제목, العنوان, "
        "τίτλος, tiêu đề",
        "source": "source, publication, newspaper, outlet, источник, издание, название источника, название издания, "
        "газета, quelle, zeitung, medium, fuente, periódico, journal, fonte, źródło, zdroj, kaynak, gazete, "
        "新聞名, 媒体, 媒体名, 紙名, 报纸, 報紙, 报纸名称, 來源, 来源, 文章來源, 出处, 出處, 언론사, "
        "신문사, 매체, 매체명, المصدر, πηγή, nguồn",
        "day": "date, publication date, date published, published, дата, дата выпуска, дата публикации, "
        "дата выхода, datum, erscheinungsdatum, fecha, date de parution, data, data publikacji, "
        "datum vydání, dátum, tarih, 発行日, 掲載日, 日付, 日期, 出版日期, 发布日期, 見報日期, 发表日期, "
        "일자, 날짜, 발행일, 게재일, التاريخ, ημερομηνία, ngày",
        "byline": "author, authors, byline, автор, авторы, autor, autoren, auteur, autore, yazar, 作者, 記者, 记者, "
        "著者, 기자, 기고자, الكاتب, συντάκτης, tác giả",
        "text": "text, full text, body, текст, полный текст, volltext, texte, texto, testo, tekst, treść, 本文, "
        "正文, 全文, 内容, 內容, 본문, 내용, النص, κείμενο",
        "url": "url, link, address, ссылка, адрес, интернет-адрес, 链接, 網址, 网址, 주소, الرابط",
        "section": "section, page, pages, number, issue, edition, length, place, language, номер, номер выпуска, "
        "номер документа, №, рубрика, раздел, полоса, страница, страницы, тираж, вид источника, "
        "тип источника, регион, место издания, язык, ключевые слова, rubrik, ressort, seite, ausgabe, "
        "rubrique, sección, página, strona, dział, 面名, 面, 朝夕刊, 版, 版面, 版次, 版名, ページ, 頁, "
        "頁數, 页码, 文字数, 字数, 字數, 号, 卷期, 分類, 分类, キーワード, 关键词, 면, 지면, 분류, 키워드, "
        "القسم, الصفحة",
    }.items()
}
_ROLE_OF: Final = {label: role for role, labels in _ROLES.items() for label in labels}
_LABEL = re.compile(r"\s{0,20}[\[【<《]?([^\W\d_][^\n:：\t]{0,24}|№)[\]】>》]?\s?[:：\t]\s{0,9}(.{0,2000})", re.DOTALL)
_FEWEST = 3  # labels of an article
_REASONS: Final = {
    "byline": Reason.BYLINE, "url": Reason.ADDRESS, "section": Reason.RECORD, "day": Reason.DATE_LINE,
    "source": Reason.SOURCE_LINE,
}  # fmt: skip


class Labelled:
    """Files with any number of articles."""

    called = "exports with labels above each article (Integrum and others): text"
    suffixes: tuple[str, ...] = ()

    def sniff(self, head: bytes) -> bool:
        """Say whether a file begins with such labels: in another script, below the number of the article, or twice."""
        lines = [f"{line}\n" for line in opening(head).split("\n")]
        if lines[0].strip() == "---":  # the front matter of Markdown
            return False
        begun = [
            number for number in range(1, len(lines) + 1) if _begins(lines[max(0, number - REACH) : number]) is not None
        ]
        if not begun:
            return False
        first = next(number for number, line in enumerate(lines) if not is_furniture(line))
        labels = [line for line in lines[first : begun[0]] if line.strip()]
        if not all(map(_role, labels)):
            return False
        return len(begun) > 1 or bool("".join(lines[:first]).strip()) or not _LABEL.match(labels[0])[1].isascii()  # type: ignore[index]

    def split(self, stream: BinaryIO, path: str) -> Iterator[Item]:
        """Yield its articles, what stands before the first with it."""
        return parted(stream, path, _begins)

    def identify(self, item: Item) -> str:
        """Return the file's path and the article's number."""
        return numbered(item)

    def parse(self, item: Item, raw: Raw) -> Raw:
        """Fill in what the labels say, and the text behind them."""
        lines = tidy(decode(item.data)).split("\n")
        first = next((at for at, line in enumerate(lines) if _role(line)), 0)
        said: dict[str, str] = {}
        removed = Cuttings()
        body = first
        for body in range(first, len(lines)):
            role, words = _role(lines[body]), lines[body].strip()
            if role is None and words:
                break
            if role is None:
                continue
            words = _LABEL.match(lines[body])[2].strip()  # type: ignore[index]  # it has a role
            if role == "text":
                lines[body] = words
                break
            said.setdefault(role, words)
            if role != "title":
                removed.cut(lines[body], _REASONS[role])
        text = [part for part in paragraphs_of("\n".join(lines[body:])) if not is_furniture(part)]
        return filled(
            raw,
            title=said.get("title") or (in_one_line(text.pop(0)) if text and "title" not in said else None),
            source=said.get("source"),
            published=day_in(said.get("day")),
            url=said.get("url"),
            body=text,
            removed=removed,
        )


def _role(line: str) -> str | None:
    found = _LABEL.match(line)
    return _ROLE_OF.get(found[1].strip().casefold()) if found else None


def _begins(lines: list[str]) -> int | None:
    """Return where the labels begin that the last line makes a head: with a day, a headline or a source, and more."""
    if not (last := _role(lines[-1])) or last == "text":
        return None
    at, roles = len(lines) - 1, []
    while at and _role(lines[at - 1]) != "text" and (_role(lines[at - 1]) or not lines[at - 1].strip()):
        at -= 1
        if role := _role(lines[at]):
            roles.append(role)
    if _is_head(roles) or not _is_head([*roles, last]):
        return None
    return above(lines, at)


def _is_head(roles: list[str]) -> bool:
    return len(roles) >= _FEWEST and "day" in roles and not {"title", "source"}.isdisjoint(roles)
