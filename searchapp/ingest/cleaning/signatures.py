"""What signs an article: agencies, sources, credits, owners, and the marks behind its last sentence."""

import re
from typing import Final

from searchapp.ingest.cleaning.hints import Hinted

# Agencies that sign or date articles; elsewhere a name in brackets counts only in a dateline or after "Source:".
AGENCIES: Final = (
    "AA|AFP|ANI|ANSA|ANTARA|APA|APS|AP|Anadolu Agency|Anadolu|Antara|Associated Press|BELTA|BelTA|BERNAMA|Bernama"
    "|BNA|CNA|CNN|DPA|dpa|EFE|GNA|IANS|INA|Interfax|IRNA|ITAR-TASS|KBS|Kazinform|KPL|Kyodo News|Kyodo|KUNA|Lusa"
    "|MAP|MENA|MTI|NAN|NDO|NHK|NNA|PAP|Petra|PNA|PTI|QNA|REUTERS|REUTER|Reuters|Reuter|RIA Novosti|SANA|SPA"
    "|Sputnik|TAP|TASS|TTXVN|UNI|UPI|Ukrinform|VGP|VIR|VNA|VNN|VNS|VOV5|VOV|VietnamPlus|Vietnam News Agency|WAM"
    "|XINHUA|Xinhua|Yonhap"
)
SOURCE: Final = re.compile(
    r"[(\[]?(?:sources?|nguồn|theo|источник|quelle|fuente|fonte"
    r"|sumber|来源|來源|出典|출처|publication|newspaper|outlet|zeitung|medium)\s?[:：]\s?(?P<name>[^\n()\[\]]{2,60}?)[)\].]?$",
    re.IGNORECASE,
)
# The same behind a date ("27 April 2021 08:30 Source: North Post").
DATED_SOURCE: Final = re.compile(
    r"\d[^\n]{0,60}?[\s|·•(](?:sources?|quelle|fuente|fonte|источник|来源|來源|出典|출처)\s?[:：]\s?"
    r"(?P<name>[^\n()\[\]|｜:：]{2,60}?)(?=\s{1,3}\S{1,6}[:：]|[)\].|｜]|$)",
    re.IGNORECASE,
)
SPOKEN: Final = re.compile(
    r"(?:opening |closing |keynote |welcome )?(?:remarks|speech|statement|address|keynote|lecture|intervention|text)"
    r" (?:given |delivered |made )?(?:by|of) ",
    re.IGNORECASE,
)
# "Anadolu Agency website contains only ..."
PUBLISHER: Final = re.compile(rf"(?P<name>{AGENCIES})(?:['’]s)? (?:website|provides|is (?:a|an|the)\b)")
AGENCY: Final = re.compile(rf"(?<![\w-])(?:{AGENCIES})(?![\w-])")
# Whoever owns the rights, and prints nothing.
OWNER: Final = re.compile(
    r"\b(?:ag|b\.?v|co|corp(?:oration)?|enterprises|gmbh|group|holdings?|inc|kg|limited|llc|llp|ltd|media|n\.?v|oy"
    r"|partners"
    r"|plc|pty|publications|publishers|publishing|pvt|s\.?a|s\.?r\.?l|s\.?p\.?a|syndicate|trust|uitgever\w{0,4}"
    r"|verlag\w{0,20})\b",
    re.IGNORECASE,
)
SIGNED: Final = re.compile(rf"[\s(/–—-]{{0,4}}(?P<name>{AGENCIES})(?:[/-][A-Z]{{2,12}})?[)/.\s]{{0,3}}$")
CREDITS: Final = re.compile(
    r"[(\[]?(?:additional reporting|reporting|editing|writing|compiled|translated|translation|edited"
    r"|contributions?)(?: from [^.]{3,40})? by\b|[(\[]?(?:translat|edit|report|writ|photograph)[eo]rs?\s?:",
    re.IGNORECASE,
)
CONTRIBUTED: Final = Hinted(
    re.compile(r"\A[^.]{3,80} contributed (?:reporting\b|to this (?:report|article|story))", re.IGNORECASE),
    ("contributed",),
)
# "(Reporting by Marta Quill; editing by Jon Ferro)" behind the last sentence.
CREDITED: Final = Hinted(
    re.compile(
        r"(?<=[.!?”\"’])\s?[(\[—–-]{0,2}\s?(?:additional reporting|reporting|editing|writing|compiled"
        r"|translated|translation"
        r"|edited|written) by [^.!?()]{2,180}[)\].]{0,2}$",
        re.IGNORECASE,
    ),
    (" by ",),
)
SIGN_OFF: Final = re.compile(
    rf"(?<=[.!?”\"’])\s?(?P<sign>[–—/-]{{1,2}}\s?(?:{AGENCIES}|[A-ZĐ]{{2,8}}(?:/[A-ZĐ]{{2,8}})?)"
    rf"|\((?:{AGENCIES}|[A-ZĐ]{{2,8}})\)|(?:VNA|VNS|TTXVN|AFP))\.?$"
)
_NAME = r"[^\W\d_a-z][\w.’'-]{1,20}(?: [^\W\d_a-z][\w.’'-]{0,20}){1,3}"
NAME: Final = re.compile(_NAME)
INTERVIEWED: Final = re.compile(
    r"(?i:(?:an )?(?:interview(?:ed)?|conversation|questions|moderated|presented|as told|transcribed"
    r"|recorded)(?: conducted)? (?:by|to):?) (?=[^\W\d_a-z])"
    r"|(?i:(?:words|text|texte?|testo|story|report(?:age)?|interview|writer|reporter|correspondent)(?: (?:and"
    r"|&) \w+)?)\s?: ?(?=[^\W\d_a-z])"
)
# "(Marta Quill)" or "PNT/Marta Quill" behind the last sentence.
SIGNED_BY: Final = re.compile(
    rf"(?<=[.!?])\s?(?:[–—-]{{1,2}}\s?{_NAME}|\({_NAME}\)|By:? {_NAME}|[A-Z]{{2,8}}/{_NAME})$"
)
# "./." and its like at the end of the last sentence, with what an agency signs after it.
END: Final = Hinted(
    re.compile(
        rf"(?P<mark>\s?(?:/\.{{1,2}}|\./|//\.?|/-|\(end\)|\(END\)|\bENDS?//|###|■|◼|●|\(\*\))\s?)"
        rf"(?P<sign>[\s(–—-]{{0,3}}(?:{AGENCIES}|[A-ZĐ]{{2,8}})(?:[/-][A-Z]{{2,12}})?[).\s]{{0,3}})?$"
    ),
    ("/", "(end)", "###", "■", "◼", "●", "(*)"),
)
END_LINE: Final = re.compile(
    r"[\s(\[*#/–—-]{0,5}(?:end|ends|ends here|(?<=[–—-])\s?30|hết|конец|ende|fin)[\s)\]*#/–—.-]{0,5}$"
    r"|[./\s*#■◼]{1,10}$",
    re.IGNORECASE,
)
# "Copyright 2023 North Post. All rights reserved."
COPYRIGHT: Final = Hinted(
    re.compile(
        r"(?:copyright|©|\(c\))(?:[\s©,:]|\(c\)|(?:19|20)\d\d(?:\s?[–-]\s?(?:19|20)?\d\d)?|by )*"
        r"(?P<name>(?-i:[^\W\d_a-z])[^\n.,;|©•·]{1,60})",
        re.IGNORECASE,
    ),
    ("copyr", "©", "(c)"),
)
RIGHTS: Final = re.compile(r"(?:copyright|©|\(c\))[^\n]{1,100}?all rights reserved\.?", re.IGNORECASE)
# What an obituary ends in.
LIFE: Final = re.compile(r"\bborn\b[^\n]{4,80}?\bdied\b", re.IGNORECASE)
