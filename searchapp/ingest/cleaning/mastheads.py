"""What stands above an article as on a clipping: the name of the paper that printed it, and the article's address."""

import re
from itertools import islice
from typing import Final, NamedTuple
from urllib.parse import urlsplit

from searchapp.analysis import letters
from searchapp.ingest.cleaning import signatures
from searchapp.ingest.cleaning.blocks import Block
from searchapp.ingest.cleaning.datelines import placed
from searchapp.ingest.dating.details import is_date_line
from searchapp.ingest.reasons import SIGNATURES, Reason
from searchapp.ingest.words import word_levels

_HEAD = 8  # blocks of a text among which they stand
_NAME_WORDS = 6  # of a paper
_NEAR = 3  # blocks between the paper's name and its owner's notice
_ADDRESS = re.compile(
    r"(?:(?:source |original |article |full |canonical )?(?:url|link|address|source|web|permalink|retrieved from"
    r"|available at"
    r"|accessed at|quelle|adresse|lien|enlace|источник|来源|出典)\s?[:：]?\s?)?<?(?P<url>https?://[^\s<>]{4,2000}"
    r"|(?:www\.[^\s<>/]{3,100}|(?:[\w-]{1,63}\.){1,4}[a-z]{2,20})/[^\s<>]{1,1900})>?",
    re.IGNORECASE,
)
# Words of which the names of papers and stations are made, and those that end in them.
_OUTLETS: Final = frozenset(
    "advertiser advocate argus beacon broadcasting bulletin chronicle citizen courier daily democrat dispatch echo"
    " enquirer"
    " examiner express gazette globe guardian herald independent inquirer intelligencer journal lantern leader ledger"
    " mail mercury messenger mirror monitor news newspaper newswire observer post press radio record register reporter"
    " republican review sentinel spectator standard star statesman sun telegraph television times today tribune tv"
    " weekly world"
    " allgemeine anzeiger bote kurier merkur nachrichten presse rundschau spiegel stimme zeitung"
    " courant dagblad krant nieuwsblad courrier dépêche gazette hebdo matin nouvelles quotidien républicain soir"
    " télégramme voix correo diario gaceta heraldo mercurio noticias periódico prensa vanguardia voz correio diário"
    " folha gazeta jornal notícias corriere gazzetta giornale mattino messaggero stampa dziennik gazeta tidning"
    " tidende báo газета правда известия новости вестник ведомости".split()
)
_OUTLET_END = re.compile(
    r"(?:zeitung|blatt|anzeiger|kurier|rundschau|bladet|tidende|posten|avisen?|nyheter)$"
    r"|(?:日报|日報|晚报|晚報|时报|時報|新闻|新聞|通讯社|通信社|周刊|週刊|新报|일보|신문|뉴스|방송|통신)$",
    re.IGNORECASE,
)
# Sections of a paper ("WORLD NEWS"), and a ministry's "Press release".
_SECTIONS: Final = frozenset(
    "art arts breaking business city conference court crime culture economy entertainment feature film finance foreign"
    " headline health home international latest local market markets money more music national news note opinion"
    " politics"
    " press press-release regional release report review science society sport sports statement stock tech technology"
    " today top travel us video weather week wire world".split()
)
_FIRST_WORDS: Final = _OUTLETS - _SECTIONS
# Offices that publish what they say.
_OFFICE = re.compile(
    r"(?:the )?(?:[^\W\d_][\w.’'-]{1,20} ){0,3}(?:ministry|office|department|embassy|government|chancellery"
    r"|secretariat|council|parliament|presidency"
    r"|house|senate|assembly|congress|commission|bureau|directorate|consulate|cabinet|mission|municipality|court"
    r"|chamber|diet|dáil|bundestag|knesset|bank|authority|agency"
    r"|institute|university|police|union|federation|association|party|foundation|organi[sz]ation|fund|society)"
    r"(?: (?-i:of|for|to|on|OF|FOR|TO|ON)(?: [^\W\d_][\w,’'-]{0,20}){1,7})?"
    r"|.{2,40}['’]s? (?:office|press service|secretariat|chancellery)"
    r"|the white house"
    r"|.{2,40} (?:ministry|parliament|government|press office)",
    re.IGNORECASE,
)
_ISSUED = re.compile(
    r"(?:press|media|news)? ?(?:release|statement|note|communiqu[eé])(?: no\.? ?[\d/.-]+)? ?(?:(?:issued )?(?:by"
    r"|from|of)(?: the)?|[:,|–—-]) ",
    re.IGNORECASE,
)
_SMALL = frozenset("a and de del des di do du et for la le of on the und y".split())
_PARTS = re.compile(r"\s?[,|·•;(]\s?|\s[–—-]\s")
_PAGE = re.compile(
    r"(?:pages?|pg\.?|pp?\.|section|seite|s\.|no\.|vol\.|edition|ed\.)\s?\w{0,10}[\d\w. )-]{0,20}|[\w .-]{2,30}\)?",
    re.I,
)
_FROM = re.compile(
    r"\A(?:from|in|published (?:in|by)|appeared in|printed in|reprinted from) (?:the )?(?=(?-i:[^\W\d_a-z]))", re.I
)
_FETCHED = re.compile(
    r"\(?(?:last )?(?:accessed|retrieved|archived|downloaded|saved|abgerufen|consulté)\b.{4,40}", re.I
)


class Masthead(NamedTuple):
    """What was found above an article, and the address wherever a line of its own gives it."""

    source: str | None
    url: str | None


def label_masthead(blocks: list[Block], site: str) -> Masthead:
    """Set the ``reason`` of the lines that hold the paper's name and the article's address, and return both.

    ``site`` is what is known of where the article comes from: a name or a host, or "".
    """
    first = next((number for number, block in enumerate(blocks) if block.prose), len(blocks))
    head = blocks[: min(first, _HEAD)]
    url = _addressed(head) or _addressed(blocks[first + 1 :][-_HEAD:], labelled=True)
    hosts = [letters(host) for host in (site, urlsplit(url or "").hostname or "") if host]
    _label_speaker(head)
    for number, block in enumerate(head):
        name = _paper(block)
        if office := _office(head, number):
            block.reason = Reason.MASTHEAD
            for following in range(number + 1, len(head)):
                if not _office(head, following):
                    break
                head[following].reason = Reason.MASTHEAD
            return Masthead(_written(office), url)
        if name and (_is_known(name, hosts) or _is_above(head, number, whole=len(name) == len(block.text))):
            block.reason = Reason.MASTHEAD
            return Masthead(_written(name), url)
    owned = (at for at in range(first, len(blocks)) if signatures.COPYRIGHT.found_in(blocks[at].text[:200]))
    for at in islice(owned, 1):
        for block in blocks[max(first + 1, at - _NEAR) : at + _NEAR]:
            name = _paper(block)
            if name and _is_outlet(name):
                block.reason = Reason.MASTHEAD
                return Masthead(_written(name), url)
    return Masthead(None, url)


def _addressed(blocks: list[Block], *, labelled: bool = False) -> str | None:
    """Return the address that is a line of its own (``labelled``: behind a word that says so), and cut its line."""
    for number, block in enumerate(blocks):
        found = _ADDRESS.fullmatch(block.text)
        if found and not (labelled and found.start("url") == 0):
            block.reason = Reason.ADDRESS
            for following in blocks[number + 1 : number + 2]:
                following.reason = Reason.ADDRESS if _FETCHED.fullmatch(following.text) else following.reason
            return found["url"] if "://" in found["url"] else f"https://{found['url']}"
    return None


def _paper(block: Block) -> str | None:
    """Return the part of a line that can be the name of a paper: all of it, or what stands before its date or page."""
    if block.reason not in (None, Reason.BYLINE, Reason.SOURCE_LINE, Reason.BOILERPLATE, Reason.MENU) or block.ends:
        return None
    if _is_owners(block) or signatures.SOURCE.match(block.text) or signatures.SIGNED.fullmatch(block.text):
        return None
    text = _FROM.sub("", block.text, count=1)
    name, *details = _PARTS.split(text[:200])
    name = name.strip(" *_=#")
    words = name.split()
    if not words or ":" in name or len(words) > _NAME_WORDS or len(text) > 120 or not _is_titled(words):
        return None
    dated = any(is_date_line(detail) for detail in _rests(text))
    return name if not details or dated or all(_PAGE.fullmatch(detail) for detail in details) else None


def _rests(text: str) -> list[str]:
    return [text[found.end() :].strip(" )") for found in _PARTS.finditer(text[:200])]


def _is_titled(words: list[str]) -> bool:
    return not words[0][0].islower() and all(word in _SMALL or not word[0].islower() for word in words)


def _is_outlet(name: str) -> bool:
    words = name.casefold().split()
    if (len(words) == 1 and words[0] in word_levels()) or _SECTIONS.issuperset(words):
        return False
    return words[-1] in _OUTLETS or words[0] in _FIRST_WORDS or bool(_OUTLET_END.search(words[-1]))


def _is_known(name: str, hosts: list[str]) -> bool:
    """Tell whether a name is that of the site, or stands in its host ("Velm Gazette", velmgazette.example)."""
    squeezed = letters(name).removeprefix("the")
    return len(squeezed) >= 4 and any(squeezed in host for host in hosts)


def _is_above(head: list[Block], number: int, *, whole: bool) -> bool:
    """Tell whether a line that sounds like a paper stands where papers do: beside a date, an address or a page, with
    another line in the head that can be the headline. ``whole``: the line says nothing else."""
    name = _paper(head[number])
    if not name or not _is_outlet(name):
        return False
    if not whole:
        return True
    details = (*SIGNATURES, Reason.ADDRESS)
    beside = any(block.reason in details or _is_owners(block) for block in head[max(number - 1, 0) : number + 3])
    return beside and any(_may_be_headline(block) for at, block in enumerate(head) if at != number)


def _office(head: list[Block], number: int) -> str | None:
    """Return the office that a line names above the headline of what it published, be it after "Press release by"."""
    block = head[number]
    if block.ends or block.words > 12 or block.reason not in (None, Reason.BYLINE):
        return None
    issued = _ISSUED.match(block.text)
    name = block.text[issued.end() if issued else 0 :]
    if not _OFFICE.fullmatch(name) or not _is_titled(name.split()):
        return None
    below = head[number + 1 :]
    apart = below and (below[0].gap or below[0].reason is not None or _OFFICE.fullmatch(below[0].text))
    return name if apart and any(_may_be_headline(each) for each in below) else None


def _may_be_headline(block: Block) -> bool:
    return (
        block.reason is None
        and block.words > 1
        and not block.ends
        and ":" not in block.text[:20]
        and not placed(block.text)
    )


def _label_speaker(head: list[Block]) -> None:
    """Label the line below a headline that names who spoke ("Remarks by Commissioner Ines Torvedra")."""
    titled = False
    for block in head:
        if titled and block.reason is None and signatures.SPOKEN.match(block.text):
            block.reason = Reason.BYLINE
        titled = titled or _may_be_headline(block)


def _is_owners(block: Block) -> bool:
    return signatures.COPYRIGHT.pattern.match(block.text) is not None


def _written(name: str) -> str:
    """Return a name as it is written elsewhere: VELM GAZETTE is Velm Gazette."""
    if not name.isupper() or " " not in name:
        return name
    return " ".join(
        word.lower() if at and word.lower() in _SMALL else word if len(word) < 3 else word.capitalize()
        for at, word in enumerate(name.split())
    )
