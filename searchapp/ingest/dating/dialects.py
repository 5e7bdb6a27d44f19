"""How dates, times of day and their labels are written: patterns for many formats and languages.

Those of dates begin with the digit that they need, since the engine is quick to find one; what may not stand before it
is looked for behind it.
"""

import re
from typing import Final

from searchapp.calendar import MONTH, VIETNAMESE_MONTH, WEEKDAYS, either

_GAP = r"[^\S\n]"
_DAY = r"(?:3[01]|[12]\d|0?[1-9])"
# A year may be glued to what follows, "20199. Februar 2019" or "202310:43", but is no part of a longer number.
_YEAR = (
    r"(?:1[89]|20)\d\d(?:(?!\d)|"
    rf"(?=\d{{1,2}}(?:[:h]\d\d|[.,]?{_GAP}?{MONTH}|[./-]\d{{1,2}}[./-]))|(?=\d(?!\d|[.,]\d)))"
)
_OF = rf"(?:(?:de|del|of|năm){_GAP})?"
_FLAGS = re.IGNORECASE
_DIGITS_FIRST = {
    "iso": rf"(?P<y>{_YEAR})(?<![\d.]\d{{4}})(?P<sep>[-/.年])(?P<m>1[0-2]|0?[1-9])"
    rf"(?:(?P=sep)|月)(?P<d>{_DAY})(?!\d|[-/.]\d)",
    # "20210305" is a date at the start of a line, where nothing but a time of day follows; elsewhere it is a number.
    "compact": rf"(?P<y>(?:19|20)\d\d)(?<![^\n]\d{{4}})(?P<m>1[0-2]|0[1-9])(?P<d>3[01]|[12]\d|0[1-9])"
    rf"(?={_GAP}{{0,9}}(?![^\n])|[T ]\d\d:\d\d)",
    "numeric": rf"(?P<a>\d(?<![\d./-]\d)\d?)(?P<sep>[./-]|{_GAP}\|)(?:{_GAP}?)(?P<b>\d{{1,2}})(?P=sep){_GAP}?"
    rf"(?P<y>{_YEAR}|(?<=[./])\d\d(?![\d%]|[.,:/-]\d))",
    "day month": rf"(?:(?<!\d)(?<!\d[.,:/])|(?<=\D(?:19|20)\d\d))(?P<d>{_DAY})"
    rf"(?:st|nd|rd|th|er|\.?º|\.)?(?:{_GAP}|[-/,]){{0,2}}{_OF}"
    rf"(?P<m>{MONTH})(?![^\W\d_])\.?"
    rf"(?:(?:{_GAP}|[,./-]){{0,3}}{_OF}(?P<y>{_YEAR}|(?<=-)\d\d(?!\d)|['’]\d\d(?!\d)))?",
    "partial": rf"(?:ngày|sáng|chiều|tối|trưa)\s(?P<a>{_DAY})[/-](?P<b>1[0-2]|0?[1-9])(?![/-]?\d)",
    "month": rf"(?P<m>{VIETNAMESE_MONTH})(?:,|{_GAP}năm)?{_GAP}(?P<y>{_YEAR})",
    # "2010-11" is a month behind a label ("Published: 2010-11"); elsewhere it is a season or a score.
    "labelled month": rf"(?P<y>(?:19|20)\d\d)-(?<=(?:[^\W\d_]|:){_GAP}\d{{4}}-)(?P<m>1[0-2]|0[1-9])(?![\d/-])",
}
FINDERS: Final = {name: re.compile(pattern, _FLAGS) for name, pattern in _DIGITS_FIRST.items()}
# What follows a number in dates that are all numbers, and a part of the word for month: where they are missing, the
# longer patterns need no search.
PARTED: Final = re.compile(rf"[-/.年]{_GAP}?\d|{_GAP}\|")
MONTH_HINT: Final = re.compile("[áÁ][nN][gG]")
# Where a month stands first, the word before a number is looked up; only if that is a month is a date read.
WORD_BEFORE: Final = re.compile(
    rf"([^\W\d_](?<![^\W\d_]{{2}})[^\W\d_]{{2,29}})\.?(?:{_GAP}|[,./-]){{0,3}}{_OF}\Z", _FLAGS
)
GLUED: Final = re.compile(r"[a-zß][A-ZД]")
GLUED_MONTH: Final = re.compile(r"(?<=[a-zß])[A-ZД][^\W\d_]+\Z")
_AFTER_MONTH = {
    "month day": rf"(?P<m>[^\W\d_]+)\.?(?:{_GAP}|[,-]){{0,3}}(?P<d>{_DAY})(?:st|nd|rd|th)?(?![\d%]|[.,:]\d)"
    rf"(?:(?:{_GAP}|[,./-]){{0,3}}(?P<y>{_YEAR}))?",
    "month": rf"(?P<m>[^\W\d_]+)\.?(?:{_GAP}|[,/-]){{1,3}}{_OF}(?P<y>{_YEAR})",
}
READERS: Final = {name: re.compile(pattern, _FLAGS) for name, pattern in _AFTER_MONTH.items()}
NUMBERED: Final = re.compile(  # "Issue 12, March 2021": the number is no day
    rf"(?<![^\W\d_])(?:issue|number|n[or]\.|vol(?:ume|\.)|page|p\.|chapter|room|part|edition|episode){_GAP}?\Z", _FLAGS
)
OLDER: Final = re.compile(rf"{_GAP}?,?{_GAP}?1[0-7]\d\d(?!\d)")  # a year before there was news
WEEKDAY_BEFORE: Final = re.compile(
    rf"(?<![^\W\d_])({either(WEEKDAYS)})\.?[\s,|/-]{{0,3}}(?:the |den |dem |le |ngày )?\Z", _FLAGS
)
TIME: Final = re.compile(
    r"\d{1,2}\s?[:.h]\s?\d\d(?:[:.]\d\d)?(?:\.\d+)?\s?(?:[ap]\.?\s?m\b\.?|uhr|h\b)?|(?<!\d)\d{1,2}\s?(?:[ap]\.?m\b\.?|uhr\b)"
    r"|\d{1,2}\s?[時时点點시]\s?(?:\d{1,2}\s?[分분]?)?|T\d\d:\d\d(?::\d\d)?(?:\.\d+)?|(?<![:\d])\d{4}(?=\s(?:GMT|UTC|[A-Z]{2,3}T)\b)",
    _FLAGS,
)
_ZONES = (
    "gmt utc et est edt eet ct cst cdt cet mt mst mdt met pt pst pdt pet bt bst bdt bet"
    " aest aedt cest ist mesz mez hkt sgt jst msk wib wita wit мск z local"
)
ZONES: Final = frozenset(_ZONES.split())
ZONE: Final = re.compile(
    rf"\(?\b(?:{'|'.join(ZONES - {'local'})}|local time)\b"
    r"(?:\s?[+-]\d{1,2}(?::?\d\d)?)?\)?|[+-]\d\d:?\d\d\b",
    _FLAGS,
)
_UPDATED = (
    r"last\s(?:updated|modified|edited|changed|revised|reviewed|amended|update|edit|change)|re-?edited|updated|modified|"
    r"edited|revised|changed|amended|corrected|update|"
    r"zuletzt\s(?:aktualisiert|geändert|bearbeitet|überarbeitet)|letzte\s(?:aktualisierung|änderung|bearbeitung)|stand|"
    r"aktualisiert|aktualisierung|geändert|bearbeitet|mise? à jour|modifié|modification|"
    r"actualizad[oa]|actualización|modificado|ultima modifica|aggiornat[oa]|aggiornamento|bijgewerkt|"
    r"обновлено|обновлён|изменено|cập nhật|diperbarui|diupdate|atualizad[oa]|atualização|gewijzigd|uppdaterad|"
    r"opdateret|oppdatert|päivitetty|aktualizacja|zaktualizowano|aktualizováno|aktualizace|frissítve|(?:son\s)?güncelleme|güncellendi|"
    r"оновлено|ενημερώθηκε|(?:τελευταία\s)?ενημέρωση|(?:آخر\s)?تحديث|最終更新|更新(?:日時?|时间|時間|于)?|수정|최종수정"
)
_PUBLISHED = (
    r"(?:first|originally)\s(?:published|posted)|publish(?:ed)?(?:\s?date)?|publication date|date published|"
    r"posted|post date|date posted|released|release date|filed|created|issued|submitted|"
    r"erstveröffentlich\w{0,4}|erstmals\serschienen|veröffentlicht|veröffentlichung|veröffentlichungsdatum|erscheinungsdatum|"
    r"erschienen|erstellt|erstellungsdatum|eingestellt|gepostet|geschrieben|verfasst|gespeichert|publiziert|"
    r"publié|mis en ligne|paru|publicado|publicación|pubblicat[oa]|creato|gepubliceerd|geplaatst|"
    r"опубликовано|дата публикации|размещено|đăng lúc|đăng ngày|ngày đăng|xuất bản|diterbitkan|dipublikasikan|"
    r"publicad[oa]|publikováno|opublikowano|közzétéve|yayınlanma|опубліковано|δημοσιεύθηκε|نشر|发布(?:时间|于)?|公開日?|입력|등록"
)
DATE_LABEL: Final = r"date|datum|fecha|дата|tanggal|ngày|beginndatum|start date"
# The first two letters of each, perhaps of more.
LABEL_HEADS: Final = frozenset(re.findall(r"(?:^|[|(:])([^\W\d_]{2})", f"{_UPDATED}|{_PUBLISHED}|{DATE_LABEL}"))
LABEL: Final = re.compile(
    rf"(?<![^\W\d_])(?<!-)(?:(?P<updated>{_UPDATED})|(?P<published>{_PUBLISHED})|(?P<date>{DATE_LABEL}))(?:(?![^\W\d_])|(?=[A-Z]))",
    _FLAGS,
)
PARTICIPLE: Final = re.compile(
    r"\b(?:(?P<updated>geändert|aktualisiert|bearbeitet)|(?P<published>veröffentlicht|gepostet|publiziert|eingestellt))\b"
    r"(?!\s?(?::|(?:am|um)\b|\d))|(?P<changed>更新|수정)"
)
_FILLERS = (
    *"on at the um am vom von le à el alle il lúc ngày pukul в г года noch uhr and den kl klo kell kello ob ore".split(),
    "a las",
    *WEEKDAYS,
)
FILLER: Final = re.compile(rf"(?<![^\W\d_])(?:{either(_FILLERS)})(?![^\W\d_])", _FLAGS)
FILLER_WORDS: Final = frozenset(re.split("[ ']", filler)[0] for filler in _FILLERS)
WORD: Final = re.compile(r"[^\W\d_]+")
_SMALL = {code: chr(code).lower() if chr(code).isalpha() else " " for code in range(128)}


def small_words(text: str) -> set[str]:
    """Return the words of ``text`` in small letters."""
    return set(text.translate(_SMALL).split() if text.isascii() else WORD.findall(text.lower()))
