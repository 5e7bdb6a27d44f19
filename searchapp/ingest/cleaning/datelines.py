"""The dateline that an article begins with: "HANOI, April 27 (VNA) –"."""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Final, NamedTuple

from searchapp.ingest.cleaning.hints import MAX_LINE
from searchapp.ingest.cleaning.signatures import AGENCIES

_LONGEST = 200  # code points
# What is left of a dateline when its place is lost.
LEFT_DASH: Final = re.compile(r"(?:[–—]{1,2}|--?)\s?(?=[^\W\d_a-z])")
_PLACE_WORD = r"[^\W\d_][\w.’'-]{0,30}"
_UPPER_PLACE = r"[^\W\d_a-z][^\W\d_a-z]{1,30}(?:[ .’'-]{1,2}[^\W\d_a-z]{1,30}){0,4}\.?"
_MIXED_PLACE = rf"{_PLACE_WORD}(?:[ ](?:[–-] )?{_PLACE_WORD}){{0,4}}"
_NUMBERED_DAY = r"(?:3[01]|[12]\d|0?[1-9])"
_NUMBERED_MONTH = r"(?:1[0-2]|0?[1-9])(?!\d)"
_WHEN = (
    r"(?:(?:the )?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.? \d{1,2}(?:st|nd|rd"
    r"|th)?(?:,? \d{4})?"
    r"|(?:the )?\d{1,2}(?:st|nd|rd|th)? (?:of )?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov"
    r"|dec)[a-z]{0,6}\.?(?:,? \d{4})?"
    r"|\d{1,2}(?: de)? (?:янв|фев|мар|апр|ма[йя]|июн|июл|авг|сен|окт|ноя|дек|ene|abr|ago|dic|janv|févr|mars|avr|mai"
    r"|juin|juil"
    r"|août|déc|gen|mag|giu|lug|set|ott|märz|okt|dez|out|fev|peb|mei|agus|des)[а-яa-zûéñ]{0,8}\.?(?: \d{4})?"
    rf"|\d{{1,2}}/\d{{1,2}}(?:/\d{{2,4}})?|{_NUMBERED_DAY}\.{_NUMBERED_MONTH}(?:\.\d{{2,4}})?)"
)
FULL_DATE: Final = re.compile(rf"(?i:{_WHEN})(?:,? (?:19|20)\d\d)?(?<!\d\.\d)(?<!\d\.\d\d)\.?$")
_DATE = re.compile(rf"(?i:{_WHEN})\b")
_DASH = r"\s?[–—]{1,2}\s?|\s?--?\s|\s?--|\s_\s"
_REGION = r"(?P<region>, [^\W\d_][\w. ’'-]{1,40}?)"
_DATED = rf"(?:,? ?\(?(?P<when>(?i:{_WHEN}))\)?)"
_AGENCY = r"[(/](?P<agency>[^\W\d_][^()\n/]{1,40})[)/]"
_PLACED = re.compile(
    rf"(?P<place>{_MIXED_PLACE})(?P<region>, [^\W\d_][\w. ’'-]{{1,40}})??"
    rf"(?:,? (?:on )?(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,? )?(?:the )?(?P<when>(?i:{_WHEN})(?:,? (?:19"
    rf"|20)\d\d)?))?\.?"
)
_WEB_NAME = re.compile(r"[\w-]{2,30}\.(?:vn|com|net|org|ru|info|eu|de|fr)(?:\.\w\w)?", re.IGNORECASE)
# What a page puts before its first words.
_ORNAMENT = re.compile(r"[❖❚■□▪●◆◇◼★☆►▶▸•✦✱|»>*+#~]{1,3}\s?")
_SIGN = re.compile(r"[(/:–—-]")  # every dateline has one
_KNOWN_AGENCY = re.compile(rf"(?:{AGENCIES})(?: News(?: Agency)?| Agency|-[A-Z][\w-]{{2,15}})?")
_FOLDED_WORD = re.compile(r"[a-z&]+")
# What stands before a dash and is no place.
NO_PLACE: Final = frozenset(
    "advisory ag alert analysis background breaking brief briefs co column comment company corp corrected"
    " correction covid editorial exclusive explainer factbox faq feature features flash gmbh highlights inc"
    " insight instant interview live llc ltd media news note notes obituary opinion photo photos plc poll preview"
    " profile q&a quote refile release review sa speech statement summary table timeline transcript update urgent"
    " video watch wrapup".split()
)
# Places that open a dateline without any other sign ("Hanoi – The ministry …").
PLACES: Final = frozenset(
    "abu dhabi|abuja|accra|addis ababa|algiers|amman|amsterdam|ankara|antananarivo|ashgabat|asmara|astana|athens"
    "|baghdad|baku|bamako|bandar seri begawan|bangkok|bangui|beijing|beirut|belgrade|berlin|bern|bishkek|bogota"
    "|brasilia|bratislava|brussels|bucharest|budapest|buenos aires|cairo|can tho|canberra|caracas|chisinau"
    "|colombo|copenhagen|cotonou|da nang|dakar|damascus|dar es salaam|dhaka|dili|djibouti|doha|dublin|dushanbe"
    "|freetown|geneva|ha noi|hai phong|hanoi|harare|havana|hcm city|helsinki|ho chi minh city|hong kong|hue"
    "|hà nội|islamabad|istanbul|jakarta|jerusalem|juba|kabul|kampala|karachi|kathmandu|khartoum|kiev|kigali"
    "|kinshasa|kuala lumpur|kuwait|kuwait city|kyiv|la paz|lagos|libreville|lilongwe|lima|lisbon|ljubljana|lome"
    "|london|luanda|lusaka|luxembourg|madrid|male|managua|manama|manila|maputo|mexico city|minsk|mogadishu"
    "|monrovia|montevideo|montreal|moscow|mumbai|muscat|nairobi|naypyidaw|new delhi|new york|niamey|nicosia"
    "|nouakchott|oslo|ottawa|ouagadougou|paris|phnom penh|prague|pretoria|pyongyang|quito|rabat|reykjavik|riga"
    "|riyadh|rome|saint petersburg|san jose|san salvador|sana'a|sanaa|santiago|santo domingo|sao paulo|sarajevo"
    "|seoul|shanghai|singapore|skopje|sofia|st petersburg|stockholm|strasbourg|sydney|taipei|tallinn|tashkent"
    "|tbilisi|tegucigalpa|tehran|tel aviv|the hague|tirana|tokyo|toronto|tripoli|tunis|ulaanbaatar|united nations"
    "|valletta|vatican city|vienna|vientiane|vilnius|vladivostok|warsaw|washington|wellington|windhoek|yangon"
    "|yaounde|yerevan|zagreb|zurich|киев|минск|москва|санкт-петербург".split("|")
)


class _Opening(NamedTuple):
    """What a form matched at the start of a text, and how the text goes on."""

    place: str
    agency: str
    dated: bool
    colon: bool  # it ends in a colon, or without a dash
    prose: bool  # a sentence follows

    @property
    def known_place(self) -> bool:
        return self.place.casefold() in PLACES

    @property
    def known_agency(self) -> bool:
        return _KNOWN_AGENCY.fullmatch(self.agency.strip()) is not None


def dateline_of(text: str) -> re.Match[str] | None:
    """Return the match of the dateline that ``text`` begins with, if one does.

    Of its groups ``place``, ``when`` and ``agency`` each pattern has some; the match ends where the sentence begins.
    """
    return _dateline_of(text[: _LONGEST + 3 + MAX_LINE])


@lru_cache(maxsize=64)  # several rooms ask about the same few lines
def _dateline_of(text: str) -> re.Match[str] | None:
    start = text[:_LONGEST]
    if not _SIGN.search(start):
        return None
    ornament = _ORNAMENT.match(text)
    for form in _FORMS:
        found = form.match(start, ornament.end() if ornament else 0)
        if found and _is_dateline(form, found, text[found.end() : found.end() + MAX_LINE]):
            return found
    return None


def dateline_alone(text: str) -> re.Match[str] | None:
    """Return the match of a line that is a dateline of a known agency and nothing else ("Nesk, 4 March (AFP) -")."""
    found = _FORMS[0].match(f"{text} ") if len(text) <= _LONGEST else None
    return found if found and found.end() >= len(text) and _KNOWN_AGENCY.fullmatch(found["agency"].strip()) else None


def placed(text: str) -> str | None:
    """Return the place that a line names which holds nothing else but perhaps a day ("Nesk, 4 March 2021","
    " "ANKARA")."""
    found = _PLACED.fullmatch(text) if len(text) <= MAX_LINE else None
    if not found or NO_PLACE.intersection(_FOLDED_WORD.findall(found["place"].casefold())):
        return None
    known = found["place"].casefold() in PLACES
    whole = re.search(r",.*(?:19|20)\d\d", text) is not None  # not so "Pay March 31"
    dated = found["when"] and (known or (whole and " " not in found["place"]))
    return found["place"] if dated or (known and (text.isupper() or found["region"])) else None


def opens_with_agency(text: str) -> bool:
    """Tell whether ``text`` begins as a dateline does that names an agency."""
    return _FORMS[0].match(text[:_LONGEST]) is not None


def opens_like_dateline(text: str) -> bool:
    """Tell whether ``text`` begins as a dateline does that names an agency, or a place in capitals."""
    start = text[:_LONGEST]
    found = filter(None, (form.match(start) for form in _FORMS[:5])) if _SIGN.search(start) else ()
    return any(":" not in opening["dash"] or not text[opening.end() :].isupper() for opening in found)


def _is_dateline(form: "_Form", found: re.Match[str], following: str) -> bool:
    parts = found.groupdict()
    opening = _Opening(
        place=(parts.get("place") or "").strip(" ,."),
        agency=parts.get("agency") or "",
        dated=bool(parts.get("when")),
        colon=":" in found["dash"] or not found["dash"].strip(),
        prose=following.count(" ") >= 8 and not following.isupper(),
    )
    place = opening.place
    if not following or (following[0].islower() and not opening.known_agency) or (place and not place[0].isupper()):
        return False
    if following.count(" ") < 3 or _DATE.match(following):  # "ZURICH GOLD - APRIL 7": the heading of a table
        return False
    if _WEB_NAME.fullmatch(place) or NO_PLACE.intersection(_FOLDED_WORD.findall(place.casefold())):
        return False
    return form.is_sure(opening)


# What makes an opening sure to be a dateline, for each form


def _by_agency_and_place(opening: _Opening) -> bool:
    place, agency = opening.place, opening.agency
    short = "".join(word[0] for word in place.split() if word[0].isupper())
    sure = opening.known_place or place.isupper() or opening.dated or (opening.prose and agency.isupper())
    return opening.known_agency or ((not opening.colon or opening.dated) and sure and agency != short)


def _by_capitals(opening: _Opening) -> bool:
    place = opening.place
    short = len(place) > 3 and place.count(" ") < 3
    sure = opening.known_place or opening.dated or (not opening.colon and opening.prose and short)
    return place.isupper() and sure


def _by_day(opening: _Opening) -> bool:
    return not opening.colon or opening.known_place


def _by_agency(opening: _Opening) -> bool:
    agency = opening.agency
    initials = (agency.isupper() and 2 <= len(agency) <= 8) or bool(_WEB_NAME.fullmatch(agency))
    return opening.known_agency or (opening.prose and initials)


def _by_place(opening: _Opening) -> bool:
    return opening.known_place and (not opening.colon or opening.prose)


class _Form(NamedTuple):
    """One way to write a dateline: place, region, day, agency, dash."""

    needs: str  # of these signs it has one, if they are given
    is_sure: Callable[[_Opening], bool]
    pattern: re.Pattern[str]

    def match(self, start: str, at: int = 0) -> re.Match[str] | None:
        """Return the match at a place of a text's ``start``."""
        if self.needs and not any(map(start.__contains__, self.needs)):
            return None
        return self.pattern.match(start, at)


_FORMS: Final = (
    _Form(
        "(/",
        _by_agency_and_place,
        re.compile(
            rf"(?P<place>{_MIXED_PLACE}){_REGION}??{_DATED}?,?"
            rf" ?{_AGENCY}\.?,?(?P<dash>{_DASH}|:\s|\s(?=[A-Z]))"
        ),
    ),
    _Form(  # "(ANSA) - ROME, MAR 4 -"
        "(",
        _by_day,
        re.compile(
            rf"\((?P<agency>{AGENCIES})\)(?:{_DASH}|\s-{{1,2}}\s|\s)(?P<place>{_MIXED_PLACE}){_REGION}??{_DATED}\.?"
            rf"(?P<dash>{_DASH}|:\s)"
        ),
    ),
    _Form(  # "Tehran, March 4, IRNA –"
        "0123456789",
        _by_day,
        re.compile(
            rf"(?P<place>{_MIXED_PLACE}){_REGION}??[.,]?{_DATED}[.,]?(?:\s"
            rf"|{_DASH})(?P<agency>(?:{AGENCIES})(?:-[A-Z]\w{{2,15}})?)(?:\.[A-Z]{{2}})?\.?(?P<dash>{_DASH}|:\s)"
        ),
    ),
    _Form("", _by_capitals, re.compile(rf"(?P<place>{_UPPER_PLACE}){_REGION}??{_DATED}?\.?(?P<dash>{_DASH}|:\s)")),
    _Form(
        "/",
        _by_capitals,
        re.compile(
            rf"(?P<place>{_UPPER_PLACE})\.? ?,? {_DATED}[,.]? ?"
            r"(?P<dash>/(?P<agency>[A-Za-z][\w -]{1,20})/[.,]?\s?[–—-]?\s?)"
        ),
    ),
    _Form("0123456789", _by_day, re.compile(rf"(?P<place>{_MIXED_PLACE}){_REGION}??{_DATED}\.?(?P<dash>{_DASH}|:\s)")),
    _Form(
        "",
        _by_agency,
        re.compile(
            rf"(?P<agency>{AGENCIES}"
            rf"|[A-Z]{{2,8}}(?=/))(?:/[A-Z]{{2,8}}(?![a-z])|/(?P<place>[A-ZĐ]\w{{2,20}}(?: [A-ZĐ]\w{{1,20}}){{0,2}}))?"
            r"(?:\.VN)?(?P<dash>\s?[–—-]{1,2}\s|: )"
        ),
    ),
    _Form(
        "(/", _by_agency, re.compile(rf"(?:, ?{_DATED},? ?)?{_AGENCY}(?:\s(?P<place>{_MIXED_PLACE}))?(?P<dash>{_DASH})")
    ),
    _Form(
        "–—:-", _by_place, re.compile(rf"(?P<place>{_MIXED_PLACE}?){_REGION}?(?P<dash>\s?[–—]\s|\s[-]{{1,2}}\s|:\s)")
    ),
)
