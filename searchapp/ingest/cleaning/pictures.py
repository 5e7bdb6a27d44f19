"""What stands beside pictures: captions, and who took them."""

import re
from typing import Final

from searchapp.ingest.cleaning.hints import Hinted

PHOTO: Final = (
    "photos?|photograph(?:er|s)?|picture|image|images|illustration|illustrative (?:photo|image)"
    "|illustration photo"
    "|file photo|photo credit|photo courtesy|ảnh(?: minh họa)?|hình(?: ảnh)?|фото|foto|fotos|bild"
    "|crédit(?: photo)?|imagen"
)
# "(Photo: X)": closes a caption, wherever it stands in a line.
PHOTO_BRACKETS: Final = re.compile(
    rf"[(\[](?:(?:{PHOTO})(?: by| of| from| courtesy)?\s?[:/–-][^()\[\]\n]{{0,80}}"
    rf"|(?:source|nguồn|via) ?(?:photo|ảnh)?:[^()\[\]\n]{{0,60}}|file photo|illustrative (?:photo|image)"
    rf"|photos? (?:by|courtesy|credit)[^()\[\]\n]{{0,80}})[)\]]",
    re.IGNORECASE,
)
NUMBERED_PHOTO: Final = re.compile(r"(?:[–|-] ?)?(?:ảnh|hình|[Pp]hoto|foto|фото) \d{1,2}[.:]?(?=\s|$|[A-ZĐÀ-ỸА-Я“\"(])")
# A line that is a credit, or ends in one.
CREDIT: Final = Hinted(
    re.compile(
        rf"^(?:{PHOTO})(?: by| courtesy(?: of)?| credit)?\s?[:|©/]"
        r"|^(?:(?:image |photo |picture )?credits?|courtesy)(?:\s?[:/|]|\.\.\.| of\b(?=.{2,60}$)(?<=courtesy of))"
        r"|^photos? (?:by|courtesy|illustration)\b|\bphoto by [^.]{2,60}$"
        r"|\b(?:getty images|ap photo|afp photo|shutterstock|istock|file photo|afp via getty|epa-efe"
        r"|reuters file)\b[^.]{0,40}$"
        r"|^(?:image|photo|picture|media|video) (?:caption|copyright)(?:\b|(?-i:(?=[A-Z])))"
        r"|® ?(?-i:[^\W\d_a-z])[^.]{1,40}$"
        r"|credit\s?(?:\.\.\.|…|:)|^©(?!\s?(?:19|20)\d\d\b)"
        rf"|[.!?”] (?:{PHOTO})(?: by| credit)?: ?[^.:]{{2,60}}$"
        r"|(?<!copyright )© ?[^\W\d_][^.]{1,40}$|\b(?:reuters|afp|ap|epa|dpa|tass|sputnik)/[a-z][^.]{2,50}$",
        re.IGNORECASE,
    ),
    tuple(
        "photo|image|picture|illustrat|ảnh|hình|фото|foto|bild|crédit|credit|courtesy|getty|shutterstock"
        "|istock|epa-efe|reuters|caption|copyright|®|©|afp|ap/|epa/|dpa/|tass/|sputnik/".split("|")
    ),
)
# What only captions say of people in a picture.
PICTURED: Final = Hinted(
    re.compile(
        r"\((?:l|(?<!(?-i:[A-Z]{2}) \()r|(?<!copyright \()(?<!^\()c(?!\) ?\d)|left|right|centre|center|pictured"
        r"|second (?:left|right)"
        r"|file|front|back)\)"
        r"|, (?:pictured|left|right|centre|center|second (?:from )?(?:left|right))[,.]|^(?:pictured|seen here"
        r"|above|left|right):"
        r"|\b(?:poses? for a (?:photo|picture)|(?:is|are) (?:seen|pictured) (?:in|at(?! \d)|on|during|near|here)"
        r"|in this (?:file |undated )?(?:photo|picture|image))\b",
        re.IGNORECASE,
    ),
    tuple("(|pictured|left|right|centre|center|second|seen|above|pose|in this".split("|")),
)
# What each numbered photo has, found much faster.
PHOTO_NUMBER: Final = re.compile(r"[hoо] \d")
