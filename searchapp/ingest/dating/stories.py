"""Days that belong to a story an article tells ("born on", "75 years ago today"), not to the article."""

import re
from datetime import UTC, datetime
from typing import Final

from searchapp.calendar import WEEKDAYS, either

_SENTENCE_END: Final = re.compile(r"[.!?…:][\"'”’»)]{0,2}\s|\n")
_NEAR: Final = 160  # code points of a sentence before a day that are looked at
_LIFE: Final = (
    r"born|née|founded|established|built|baptised|baptized|buried|incorporated|chartered|invented|discovered|"
    r"geboren|gegründet|erbaut|nacid[oa]s?|nació|fundad[oa]s?|construid[oa]s?|nascid[oa]s?|nasceu|nat[oa]|fondat[oa]|"
    r"née?s?|fondée?s?|urodzon[ya]|urodził[a]?|założon[ya]|родил(?:ся|ась)|основан[ао]?|narozen[ýa]?|založen[aoý]?|"
    r"sinh|lahir|didirikan|doğ(?:du|muş)"
)
_DEED: Final = (
    r"signed|ratified|opened|launched|completed|inaugurated|elected|re-?elected|appointed|crowned|sworn|consecrated|"
    r"liberated|surrendered|abolished|assassinated|executed|killed|died|married|sank|sunk|wrecked|occupied|invaded|"
    r"arrested|kidnapped|abducted|disappeared|jailed|convicted|introduced|enacted|annexed|bombed|destroyed|"
    r"unterzeichnet|eröffnet|gewählt|gestorben|signée?|inaugurée?|élue?|morte?|firmad[oa]|inaugurad[oa]|elegid[oa]|murió"
)
_AT_BIRTH: Final = re.compile(rf"\b(?:{_LIFE})\b[^.;]{{0,80}}\Z", re.IGNORECASE)
_AT_DEED: Final = re.compile(rf"\b(?:{_DEED})\b[^.;]{{0,60}}\Z", re.IGNORECASE)
_DEED_BEHIND: Final = re.compile(  # German puts it there
    r"\A[^.;]{0,120}\b(?:geboren|gegründet|erbaut|unterzeichnet|eröffnet|gewählt|gestorben|eingeweiht|getötet)\b",
    re.IGNORECASE,
)
_OPENS_WITH_DEED: Final = re.compile(rf"\W*(?:{_LIFE}|{_DEED})\b", re.IGNORECASE)
_ASIDE: Final = re.compile(
    r"(?:\b(?:who|whom|whose|which|when|where|der|die|das|qui|que|kter[ýáé]|któr[yae]|котор\w{2,3})"
    r"|\bhad(?:\sbeen)?)\s(?:[\w’'-]{1,30}[ ,]{1,2}){1,7}\Z",
    re.IGNORECASE,
)
_CLEFT: Final = re.compile(
    r"\b(?:it (?:was|is)|es war|c['’](?:était|est)|fue)\s(?:on|am|le|el)?\s?(?:the\s)?\Z", re.IGNORECASE
)
_SINCE: Final = re.compile(
    r"\b(?:ever )?(?:since|back (?:on|in)|as early as|as long ago as|seit)\b[^.;,]{0,40}\Z", re.IGNORECASE
)
_NUMBERS: Final = {
    word: number
    for number, words in {
        1: "one a", 2: "two", 3: "three", 4: "four", 5: "five", 6: "six", 7: "seven", 8: "eight", 9: "nine", 10: "ten",
        11: "eleven", 12: "twelve", 15: "fifteen", 20: "twenty", 25: "twenty-five", 30: "thirty", 40: "forty",
        50: "fifty", 60: "sixty", 70: "seventy", 75: "seventy-five", 80: "eighty", 90: "ninety", 100: "hundred",
    }.items()
    for word in words.split()
}  # fmt: skip
_PASSED: Final = re.compile(
    r"(?P<years>\d{1,4}|[a-z]{1,12}(?:-[a-z]{1,12})?)\s(?P<unit>years?|decades?|centur(?:y|ies))\s"
    r"(?:(?:and\s\w+\s)?(?:ago|later|since|after|on|earlier|before|have passed|to the day))\b"
    r"|\b(?P<ordinal>\d{1,4})(?:st|nd|rd|th)\s(?:anniversary|birthday|jubilee)"
    r"|\b(?P<half>half)[\s-](?:a[\s-])?century\b|\b(?P<century>century|centenary|centennial)\b"
    r"|\b(?:vor|il y a|hace|há|fa)\s(?P<before>\d{1,4})\s(?:Jahren|ans|años|anos)\b"
    r"|\b(?P<behind>\d{1,4})\s(?:Jahre (?:nach|später)|ans après|años (?:después|de)|anni (?:fa|dopo)|lat (?:temu|po)"
    r"|лет (?:назад|спустя))\b"
    r"|\b(?:anniversar(?:y|ies)|jubilee|birthday|commemorat\w{1,4}|on this day|this day in history|jahrestag|geburtstag"
    r"|jubiläum|anniversaire|aniversario|anniversario|rocznic[aęy]|годовщин[аыу])\b",
    re.IGNORECASE,
)

_WEEKDAY: Final = re.compile(
    rf"\b(?:on|last|this|next|am|le|el|vom)\s(?:{either(name for name in WEEKDAYS if len(name) > 4)})\b"
    r"(?![.,]?\s(?:\d|[A-Z][a-z]{2,8}\.?\s\d))",
    re.IGNORECASE,
)


def is_told(text: str, start: int, end: int, *, fresh: bool) -> bool:
    """Tell whether the day at ``text[start:end]`` is one of a story by its sentence: a birth, a founding, an aside.

    ``fresh``: something shows that the sentence reports news, such as a weekday; then a deed ("signed on") may be that.
    """
    begin = max(0, start - _NEAR)
    before = _SENTENCE_END.split(text[begin:start])[-1]
    if _AT_BIRTH.search(before) or _ASIDE.search(before) or _SINCE.search(before) or _CLEFT.search(before):
        return True
    if not fresh and _DEED_BEHIND.search(text[end : end + _NEAR]):
        return True
    opens = _OPENS_WITH_DEED.match(before) and text[end : end + 1] == ","
    return bool(opens) or (not fresh and _AT_DEED.search(before) is not None)


def looks_back_on(text: str, year: int, *, least: int) -> bool:
    """Tell whether ``text`` looks back ("75 years later", "anniversary") by as many years as may lie behind ``year``,
    and by ``least`` of them."""
    now = datetime.now(UTC).year
    return any(least <= _years(found) <= now - year for found in _PASSED.finditer(text))


def is_past(year: int, years: int) -> bool:
    """Tell whether a year lies more than so many years back."""
    return year < datetime.now(UTC).year - years


def names_weekday(text: str) -> bool:
    """Tell whether ``text`` calls days by their weekday alone ("on Friday"), as news do with those around them."""
    return _WEEKDAY.search(text) is not None


def _years(found: re.Match[str]) -> int:
    """Return how many years have passed, at least 1."""
    parts = found.groupdict()
    if parts["half"] or parts["century"]:
        return 50 if parts["half"] else 100
    if number := parts["ordinal"] or parts["before"] or parts["behind"]:
        return int(number)
    if not parts["years"]:
        return 1
    word = parts["years"].lower()
    number_of = int(word) if word.isdecimal() else _NUMBERS.get(word, 1)
    return number_of * {"y": 1, "d": 10, "c": 100}[parts["unit"][0].lower()]
