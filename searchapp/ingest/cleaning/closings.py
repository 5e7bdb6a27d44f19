"""What agencies and offices write below an article: marks, initials, codes, credits, notices, whom to call."""

import re
from typing import Final

from searchapp.ingest.cleaning import signatures
from searchapp.ingest.cleaning.blocks import Block
from searchapp.ingest.cleaning.hints import Hinted
from searchapp.ingest.reasons import Reason

_CLOSING = 12  # lines below an article that are looked at
_AGENCY = signatures.AGENCIES
# Initials of who wrote and who edited, and the numbers that desks give their stories.
_INITIALS = (
    r"(?:[a-z]{2,4}(?:[/-][a-z]{2,4}){1,4}|[A-Z]{2,4}(?:[/-][A-Z]{2,4}){1,4}|[a-z]{2}(?: [a-z]{2}){1,2}"
    r"|[A-Z][a-z](?: [a-z]{2}){1,2})"
)
_CODES = (
    r"(?:\d{3,5}(?:\*{1,3}\d{3,5}){1,3}|[A-Z]{0,3}\d{3,6}(?:[/-][A-Z]{0,3}\d{3,6}){1,3}"
    r"|(?:[A-Z]{2,5}/){1,4}[A-Z]{0,2}\d{2,4}(?:/[A-Z\d]{2,5}){0,3}"
    rf"|(?:{_AGENCY})[ -](?:[A-Z]{{2}}-)?\d{{2}}-\d{{2}}-\d{{2}} \d{{4}}\s?[A-Z]{{1,4}}"
    rf"|\d{{6}} GMT [A-Z]{{3}} \d{{2,4}}|[A-Za-z\d.-]{{1,12}}(?:/[A-Z\d.-]{{1,12}}){{1,6}}(?=\)))"
)
_MARK: Final = re.compile(
    rf"[\s(\[*#=/–—-]{{0,5}}(?:(?:{_AGENCY})(?: [A-Z]{{2,4}}){{0,4}}|{_INITIALS}|{_CODES}"
    r"|(?i:enditem|endit|endall|(?:\(?(?:fotos?|v[ií]deos?|audio)\)[ (]{0,2}){1,3})"
    r"|(?i:end|ends)(?: of (?:the )?(?:transcript|release|statement|speech|text|report|interview|briefing|document"
    r"|message|press release))?"
    r"(?: at)?(?: \d{1,2}[:.]\d\d ?(?:[AaPp]\.?[Mm]\.?)?(?: [A-Z]{2,4})?)?"
    r")[\s)\]*#=/.–—-]{0,5}"
)
_END_OF = re.compile(r"[\W_]{0,5}(?:END|THE END|ENDS?(?: OF .{3,30})?|End of .{3,30})[\W_]{0,5}")
_CLOSED = re.compile(
    r"[\[(]?(?:The )?[^.]{0,60}\b(?:adjourned|rose|suspended|closed|concluded|ended) (?:at"
    r"|until) [^\[\]()]{3,40}[\])]?\.?[\])]?"
)
_RULE = re.compile(r"[_*=~.·•#\s–—-]{2,40}")
_MAIL = re.compile(r"(?:(?i:e-?mail|mail|contact|contatto)\s?:?\s?)?[(\[<]?[\w.+-]{1,40}@[\w.-]{3,60}[)\]>]?")
_CREDIT = re.compile(
    r"[(\[*—–-]{0,3}\s?(?:(?:additional |further )?(?:reporting|editing|writing|research|translation|graphics?"
    r"|photography|production)"
    r"(?: from [^.]{3,40}| and (?:editing|writing|reporting))? by\b"
    r"|(?:compiled|translated|edited|written|reported|transcribed|produced|interviewed)(?: and \w+)?(?: from \w+)? by\b"
    r"|(?:translator|editor|reporter|writer|author|correspondent|sub-?editor|redaktur|pewarta|penerjemah"
    r"|photographer|journalist)s?\s?:"
    r"|(?:with|from) (?:(?:additional |further )?(?:input|reporting|file|contribution)s? (?:from|by)\b|agenc(?:y"
    r"|ies)\b.{0,30}$)"
    r"|.{3,80} contributed (?:to this|reporting\b))",
    re.IGNORECASE,
)
_NOTICE = re.compile(
    r"[(\[*—–-]{0,3}\s?(?:our editorial (?:staff|team)|this (?:interview|conversation|transcript|q&a|speech"
    r"|text) (?:has been|was|is|may have been)\b"
    r"|check(?:ed)? against delivery|the (?:interview|conversation) (?:has been|was) (?:edited|condensed|translated"
    r"|conducted)"
    rf"|(?:{_AGENCY})(?:,? [^.]{{0,40}})? (?:website|provides|is (?:a|an|the) [^.]{{0,40}}agency|reserves)\b"
    r"|this (?:story|article|report|copy|material|content|dispatch) (?:has not been|may not|(?:has been|was"
    r"|is) (?:auto|published (?:from|unedited)))"
    r"|(?:all|alle|tous|todos|tutti i) (?:rights|rechte|droits|derechos|diritti)\b|riproduzione riservata"
    r"|reproduction (?:in|is|without)"
    r"|(?:except for|except|barring) the headline|disclaimer\s?:|subscribe to\b|for (?:more|further) (?:news|stories)\b"
    r"|(?:copyright|©|\(c\))\W{0,4}(?:\(c\)|©)?\W{0,3}(?:(?:19|20)\d\d\b|(?-i:[A-Z])))",
    re.IGNORECASE,
)
_CONTACT = re.compile(
    r"(?:for |all )?(?:(?:press|media|further|more|general) )?(?:contacts?|inquir(?:y|ies)|enquir(?:y|ies)"
    r"|information|queries|spokes(?:man|woman|person)"
    r"|notes? (?:to|for) (?:the )?editors?)(?: (?:person|office|officer|details))?(?:,? (?:please )?(?:contact|call"
    r"|visit|see|email)\b|\s?:)"
    r"|(?:(?:press|media) contacts?|contacts?|notes? (?:to|for) (?:the )?editors?)$"
    r"|(?:tel(?:ephone)?|phone|mobile|cell|fax|e-?mail|web(?:site)?|twitter|address)\.?\s?:"
    r"|(?:press|media|information) (?:office|service|department|centre|center)\b.{0,60}$|\+\d[\d ()/-]{6,20}$",
    re.IGNORECASE,
)
_REASONS: Final = (
    (_MARK, Reason.END_MARK),
    (_END_OF, Reason.END_MARK),
    (_CLOSED, Reason.END_MARK),
    (_RULE, Reason.BREAK),
    (_MAIL, Reason.BYLINE),
)
_OPENINGS: Final = ((_CREDIT, Reason.CREDITS), (_NOTICE, Reason.NOTICE), (_CONTACT, Reason.IMPRINT))
_MAX_WORDS = 70  # of a notice or of credits
# At the end of a paragraph, where nothing else can be meant.
_GLUED: Final = Hinted(
    re.compile(
        r"(?<=[.!?”\"’')])\s?(?P<mark>[(\[]?(?:Enditem|Endit|Endall|ENDITEM)\b[)\].]{0,2}|={1,3}\s?[A-Z]\w{2,10}"
        rf"|(?:--|–|—)\s?(?:{_AGENCY})\.?"
        r"|\((?:END|End|ends|ENDS)\)|\d{3,5}\*{1,3}\d{3,5}|PTI(?: [A-Z]{2,4}){1,5})$"
    ),
    ("endit", "endall", "=", "--", "–", "—", "(end", "*", "pti "),
)
_CREDITED: Final = Hinted(
    re.compile(
        r"(?<=[.!?”\"’')])\s?(?P<mark>[(\[—–-]{1,2}\s?(?:(?:additional )?(?:reporting|editing|writing)|compiled"
        r"|translated|edited|written|with reporting)"
        r" by [^()\n]{2,400}[)\]]?\.?|(?:Reporting|Additional reporting"
        r"|Writing) by [^()\n]{2,300}; ?(?:[^()\n]{2,100}; ?)?[Ee]diting by [^()\n]{2,100})$",
        re.IGNORECASE,
    ),
    (" by ",),
)
_END = 500  # code points at the end of a line among which its sign-off is


def parted_closing(block: Block) -> list[Block]:
    """Return a paragraph and the sign-off at its end as two blocks, if it has one that is sure."""
    if block.reason is not None:
        return [block]
    tail = block.text[-_END:]
    for pattern, reason in ((_GLUED, Reason.END_MARK), (_CREDITED, Reason.CREDITS)):
        found = pattern.search(tail)
        at = len(block.text) - len(tail) + found.start() if found else 0
        if at:
            return [Block(block.text[:at].rstrip(), block.gap), Block(block.text[at:].strip(), False, reason)]
    return [block]


def cut_closing(blocks: list[Block]) -> None:
    """Cut the lines below the last paragraph that sign it, as long as each of them does so."""
    kept = [block for block in blocks if block.reason is None and not block.title]
    for block in reversed(kept[1:][-_CLOSING:]):
        reason = _closing(block)
        if reason is None:
            return
        block.reason = reason


def _closing(block: Block) -> Reason | None:
    for pattern, reason in _REASONS:
        if block.words <= 12 and pattern.fullmatch(block.text):
            return reason
    openings = _OPENINGS if block.words <= _MAX_WORDS else ()
    return next((reason for pattern, reason in openings if pattern.match(block.text)), None)
