"""The names of months and days of the week that dating knows of other languages: made from CLDR's, by Babel.

``python -m tests.calendar_names`` writes them where dating reads them; a test holds the file to this.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from babel import Locale

from searchapp.calendar import MONTHS
from searchapp.ingest.dating.languages import bare_name

FILE = Path(__file__).parent.parent / "searchapp/ingest/dating/names.tsv"
# The languages that are written in each script, whose name begins those of its letters (Unicode).
LANGUAGES: Final = {
    "LATIN": "pl,cs,tr,hu,ro,de,fr,es,it,pt,nl,sv,da,nb,nn,fi,is,et,lv,lt,sk,sl,hr,bs,sq,ca,gl,az,uz,id,ms,fil,sw",
    "CYRILLIC": "ru,uk,bg,be,sr,mk,kk,ky,mn",
    "ARABIC": "ar,ar_DZ,ar_LB,ar_MA,fa,ur",
    "DEVANAGARI": "hi,ne,mr",
    "GREEK": "el",
    "HEBREW": "he",
    "THAI": "th",
    "BENGALI": "bn",
    "GEORGIAN": "ka",
    "ARMENIAN": "hy",
    "KHMER": "km",
    "LAO": "lo",
    "MYANMAR": "my",
    "TAMIL": "ta",
    "TELUGU": "te",
    "GUJARATI": "gu",
    "SINHALA": "si",
    "MALAYALAM": "ml",
    "KANNADA": "kn",
    "GURMUKHI": "pa",
    "ETHIOPIC": "am",
}


def written() -> str:
    """Return the table: script, name, what it names, and of a month the numbers of those that it is in a language."""
    return "".join("\t".join(row) + "\n" for script, languages in LANGUAGES.items() for row in _rows(script, languages))


def _rows(script: str, languages: str) -> Iterator[list[str]]:
    locales = [Locale.parse(each) for each in languages.split(",")]
    for (name, dotted), months in sorted(_months(script, locales).items()):
        kind = "month behind a dot" if dotted else "month"
        yield [script, name, kind, *map(str, sorted(months))]
    widths = (width for locale in locales for context in locale.days.values() for width in context.values())
    for name in sorted({bare_name(name) for width in widths for name in width.values()}):
        yield [script, name, "weekday"]


def _months(script: str, locales: list[Locale]) -> dict[tuple[str, bool], set[int]]:
    names: defaultdict[tuple[str, bool], set[int]] = defaultdict(set)
    for locale in locales:
        dotted = "d." in locale.date_formats["long"].pattern
        for context in locale.months.values():
            for width in ("wide", "abbreviated"):
                for month, name in context.get(width, {}).items():
                    names[bare_name(re.sub(r"^(?:de |d[’'])", "", name)), dotted].add(month)
    if script == "HEBREW":  # "in" is written together with what follows
        names.update({(f"ב{name}", dotted): months for (name, dotted), months in names.items()})
    if script == "LATIN":
        for name, month in MONTHS.items():
            names[name, False].add(month)
    return {(name, dotted): months for (name, dotted), months in names.items() if not name.isdecimal()}


if __name__ == "__main__":
    FILE.write_text(written(), "utf8")
