"""Invented articles, written as press databases export them."""

import re
import textwrap
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

MONTHS = "January February March April May June July August September October November December".split()
GERMAN = "Januar Februar März April Mai Juni Juli August September Oktober November Dezember".split()
FRENCH = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split()
DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
RULE = "_" * 60


@dataclass(frozen=True)
class Story:
    """One article. ``number`` is what databases number it by, where they do."""

    title: str
    body: tuple[str, ...]
    source: str = "Kestrin Courier"
    day: date = date(2021, 3, 1)
    byline: str | None = "Ilse Farnow"
    number: int = 1

    @property
    def words(self) -> int:
        return sum(len(part.split()) for part in self.body)


BREAD = Story(
    "Bakers of Orle warn of dearer bread",
    (
        "The bakers of Orle warned on Monday that bread would cost a fifth more by Easter.",
        '"Flour has doubled since autumn," said Jonas Pell, head of the guild.',
    ),
    number=1,
)
CRANES = Story(
    "Harbour board picks new chief",
    (
        "The harbour board has picked Olga Stenn as its chief.",
        '"I will mend the cranes first," Stenn said on Thursday after the vote.',
    ),
    source="Velm Gazette",
    day=date(2019, 8, 9),
    byline=None,
    number=2,
)
FERRY = Story(
    "Ferry to the isles runs again",
    ("The ferry to the isles has run again since Sunday, its owner said.",),
    source="The Tidewater Post (Velm)",
    day=date(2020, 12, 24),
    byline="Tomas Reed",
    number=3,
)


def english(day: date) -> str:
    return f"{MONTHS[day.month - 1]} {day.day}, {day.year}"


def _centred(text: str) -> str:
    return text.center(80).rstrip()


def _wrapped(parts: Sequence[str]) -> str:
    return "\n\n".join(textwrap.fill(part, 78, break_long_words=False, break_on_hyphens=False) for part in parts)


def nexis(
    stories: Sequence[Story], *, cover: str = "", total: int | None = None, labels: Callable[[str], str] = str
) -> str:
    """Return an export as text of LexisNexis until 2019."""
    total, noun = total or len(stories), "DOCUMENT" if len(stories) == 1 else "DOCUMENTS"
    parts = [cover]
    for number, story in enumerate(stories, 1):
        byline = f"{labels('BYLINE')}: {story.byline}\n\n" if story.byline else ""
        parts.append(
            f"{_centred(f'{number} of {total} {noun}')}\n\n\n\n{_centred(story.source)}\n\n"
            f"{_centred(f'{english(story.day)} {DAYS[story.day.weekday()]}')}\n\n"
            f"{textwrap.fill(story.title, 78)}\n\n{byline}{labels('SECTION')}: NEWS; Pg. 3\n\n"
            f"{labels('LENGTH')}: {story.words} words\n\n{_wrapped(story.body)}\n\n"
            f"LOAD-DATE: {english(date.fromordinal(story.day.toordinal() + 1))}\n\nLANGUAGE: ENGLISH\n\n"
            "PUBLICATION-TYPE: Newspaper\n\n\n"
            f"{_centred(f'Copyright {story.day.year} Farnow & Sons Media Group Ltd')}\n"
            f"{_centred('All Rights Reserved')}\n\n\n\n"
        )
    return "".join(parts)


def nexis_html(stories: Sequence[Story], *, counted: int | None = None) -> str:
    """Return an export as HTML of LexisNexis until 2019."""

    def line(text: str, of: str = "c5") -> str:
        return f'<BR><DIV CLASS="{of}"><P CLASS="c6">{text}</P>\n</DIV>\n'

    def label(name: str, text: str) -> str:
        return line(f'<SPAN CLASS="c8">{name}: </SPAN><SPAN CLASS="c2">{escape(text)}</SPAN>')

    head = (
        '<HTML>\n<HEAD>\n<STYLE TYPE="text/css"><!--\n.c0 { text-align: center; }\n--></STYLE>\n<TITLE>&nbsp;</TITLE>\n'
        f'<META TOPIC="null" DOCUMENTS="{counted or len(stories)}" UPDATED="Monday, June 19, 2023  18:25:14" />'
        f"</HEAD>\n<BODY>"
    )
    parts = [head]
    for number, story in enumerate(stories, 1):
        month, rest = english(story.day).split(" ", 1)
        body = "\n".join(f'<P CLASS="c9"><SPAN CLASS="c2">{escape(part)}</SPAN></P>' for part in story.body)
        parts.append(
            f'<A NAME="DOC_ID_{number}_0"></A><!-- Hide XML section from browser\n<DOC NUMBER=1>\n<DOCFULL> -->\n'
            + line(f'<SPAN CLASS="c2">{number} of {len(stories)} DOCUMENTS</SPAN>', "c0")
            + line(f'<SPAN CLASS="c2">{escape(story.source)}</SPAN>', "c3")
            + line(f'<SPAN CLASS="c4">{month}</SPAN><SPAN CLASS="c2"> {rest} 11:21 AM GMT</SPAN>', "c3")
            + line(f'<SPAN CLASS="c7">{escape(story.title)}</SPAN>')
            + (label("BYLINE", story.byline) if story.byline else "")
            + label("LENGTH", f"{story.words} words")
            + label("DATELINE", "KESTRIN, March 1")
            + f'<BR><DIV CLASS="c5">{body}\n</DIV>\n'
            + label("LOAD-DATE", english(story.day))
            + label("LANGUAGE", "ENGLISH")
            + line('<SPAN CLASS="c2">Copyright 2023 Velm Press Corp<BR>All Rights Reserved</SPAN>', "c0")
            + "<!-- Hide XML section from browser\n</DOCFULL>\n</DOC> -->\n"
        )
    return "".join([*parts, "</BODY></HTML>"])


def nexis_uni(stories: Sequence[Story], *, cover: bool = False) -> str:
    """Return the text of an export of Nexis Uni."""
    listed = "\n".join(
        f"{number}. {story.title}\nClient/Matter: -None-\nSearch Terms: bread\nSearch Type: Natural Language\n"
        "Narrowed by:\nContent Type\nNarrowed by\nNews\nSources: Kestrin Courier; Content Type: News"
        for number, story in enumerate(stories, 1)
    )
    head = (
        "User Name: Ada Lenn\nDate and Time: Wednesday, December 20, 2023 7:08:00 PM CET\nJob Number: 7956\n"
        f"Documents ({len(stories)})\n{listed}\n\n\n"
    )
    parts = [head if cover else ""]
    for story in stories:
        byline = f"Byline:\u00a0{story.byline}\n" if story.byline else ""
        body = "\n".join(story.body)
        parts.append(
            f"{story.title}\n{story.source}\n{english(story.day)} {DAYS[story.day.weekday()]} Final Edition\n\n"
            f"Copyright {story.day.year} Farnow & Sons Media Group Ltd All Rights Reserved\n\nSection:\u00a0NEWS; "
            f"Pg. A10\n"
            f"Length:\u00a0{story.words} words\n{byline}Body\n\n{body}\nClassification\n\nLanguage:\u00a0ENGLISH\n"
            f"Publication-Type:\u00a0Newspaper\nSubject:\u00a0BREAD (90%); PRICES (78%)\n"
            f"Load-Date:\u00a0{english(date.fromordinal(story.day.toordinal() + 2))}\n\nEnd of Document\n\n\n"
        )
    return "".join(parts)


def factiva_id(story: Story) -> str:
    return f"KESCOU00{story.day:%Y%m%d}eh{story.number:08d}a"


def factiva_codes(stories: Sequence[Story], *, gap: str = "\n") -> str:
    """Return an export of Factiva as text with its codes; ``gap`` stands between a code and its text."""
    parts = []
    for story in stories:
        lead, *rest = story.body
        fields = {
            "SE": "News",
            "HD": story.title,
            "BY": f"By {story.byline}" if story.byline else "",
            "WC": f"{story.words} words",
            "PD": f"{story.day.day} {MONTHS[story.day.month - 1]} {story.day.year}",
            "ET": "06:30",
            "SN": story.source,
            "SC": "KESCOU",
            "PG": "4",
            "LA": "English",
            "CY": f"Copyright {story.day.year}. Farnow & Sons Media Group Ltd.",
            "LP": lead,
            "TD": "\n\n".join(rest),
            "NS": "gfood : Food/Drink | gcat : Political/General News",
            "PUB": "Farnow & Sons Media Group",
            "AN": f"Document {factiva_id(story)}",
        }
        parts += [f"{code}{gap}{text}\n" for code, text in fields.items() if text]
    return "\n".join(parts)


def factiva_text(stories: Sequence[Story]) -> str:
    """Return an export of Factiva as text without codes."""
    return "\n\n".join(
        "\n".join(
            [
                story.title,
                "",
                *([f"By {story.byline}"] if story.byline else []),
                f"{story.words} words",
                f"{story.day.day} {MONTHS[story.day.month - 1]} {story.day.year}",
                story.source,
                "KESCOU",
                "English",
                f"Copyright {story.day.year}. Farnow & Sons Media Group Ltd.",
                "",
                "\n\n".join(story.body),
                "",
                f"Document {factiva_id(story)}",
                "",
            ]
        )
        for story in stories
    )


def factiva_html(stories: Sequence[Story], *, filler: int = 0) -> str:
    """Return an export of Factiva as HTML, with ``filler`` bytes of scripts before its title."""
    parts = [
        '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "xhtml1-transitional.dtd">\n<html><head>\n'
        f'<meta http-equiv="Content-Type" content="text/html; charset=UTF-8"><script>{"x" * filler}</script>'
        '<title>Factiva</title></head><body><h1>Dow Jones Factiva</h1><div id="contentLeft">'
    ]
    for story in stories:
        body = "\n".join(f'<p class="articleParagraph enarticleParagraph">{escape(part)}</p>' for part in story.body)
        byline = f'<div class="author">By {escape(story.byline)} </div>' if story.byline else ""
        parts.append(
            f'<div id="article-{factiva_id(story)}" class="article"><div class="article enArticle"><p>\n</p><div>'
            f"News</div>\n"
            f'<div id="hd"><span class="enHeadline">{escape(story.title)}</span>\n</div>{byline}<div>'
            f"{story.words} words</div>"
            f"<div>{story.day.day} {MONTHS[story.day.month - 1]} {story.day.year}</div><div>"
            f"{escape(story.source)}</div>"
            f"<div>KESCOU</div><div>4</div><div>English</div><div>(c) {story.day.year} Velm Press Corp </div>\n<p>"
            f"</p>\n{body}\n"
            f"<p>Velm Press Corp</p><p>Document {factiva_id(story)}</p></div></div><br>"
        )
    summary = (
        '<table id="oddEvenPreview"><tr><td>Date</td><td>01/03/2021 to 31/12/2023</td></tr></table></div></body></html>'
    )
    return "".join([*parts, summary])


def factiva_xml(stories: Sequence[Story], *, counted: int | None = None) -> str:
    """Return results of Factiva's services."""
    parts = [
        '<?xml version="1.0" encoding="utf-8"?>\n<PPSResponse><ppsArticleResponse '
        'xmlns="http://global.factiva.example/pps/2.0">\n'
        f'<ppsarticleResultSet count="{counted or len(stories)}">\n'
    ]
    for story in stories:
        lead, *rest = (f'<paragraph display="Proportional">{escape(part)}</paragraph>' for part in story.body)
        parts.append(
            f"<ppsarticle><article>\n<accessionNo>{factiva_id(story)}</accessionNo><baseLanguage>EN</baseLanguage>"
            f"<copyright>(c) 2021 Velm Press Corp</copyright>\n<headline><paragraph lang='EN'>"
            f"{escape(story.title)}</paragraph>"
            f"</headline><byline>{escape(story.byline or 'Staff')}</byline><leadParagraph>{lead}</leadParagraph>"
            f"<publicationDate><dateTime>{story.day}T01:35:58Z</dateTime></publicationDate>"
            f"<sourceName>{escape(story.source)}</sourceName><newsSubject code='gfood'><name>Food/Drink</name>"
            f"</newsSubject>"
            f"<tailParagraphs>{''.join(rest)}</tailParagraphs><wordCount>{story.words}</wordCount></article>"
            f"</ppsarticle>\n"
        )
    return "".join([*parts, "</ppsarticleResultSet></ppsArticleResponse></PPSResponse>"])


def proquest(stories: Sequence[Story], *, report: bool = False) -> str:
    """Return an export of ProQuest as text."""
    contents = "\n\n".join(f"{number}. {story.title}" for number, story in enumerate(stories, 1))
    parts = [
        f"Report Information from ProQuest\n\n02 March 2023 12:34\n\n{RULE}\n\nTable of contents\n\n{contents}\n\n"
        if report
        else ""
    ]
    for number, story in enumerate(stories, 1):
        byline = f"Author: {story.byline}\n\n" if story.byline else ""
        body = "\n\n".join(story.body)
        place = f"Document {number} of {len(stories)}\n\n" if report else ""
        parts.append(
            f"{RULE}\n\n{place}{story.title}\n\n{byline}"
            f"Publication info: {story.source}; Kestrin, Verland. {story.day:%d} "
            f"{MONTHS[story.day.month - 1][:3]} {story.day.year}: A.4.\n\n"
            f"https://archive.example/docview/{20_000 + story.number}?accountid=7\n\nAbstract: None "
            f"available.\n\nFull text: {body}\n\n"
            f"Subject: Bread; Prices\n\nPublication title: {story.source}\n\nPublication year: {story.day.year}\n\n"
            f"Publication date: {MONTHS[story.day.month - 1][:3]} {story.day.day}, {story.day.year}\n\nSource "
            f"type: Newspaper\n\n"
            f"Language of publication: English\n\nProQuest document ID: {20_000 + story.number}\n\n"
            "Copyright: Copyright Farnow & Sons Media Group Ltd.\n\nLast updated: 2022-11-07\n\nDatabase: Press "
            "Collection\n\n"
        )
    return "".join(
        [
            *parts,
            f"{RULE}\n\nContact us at: https://archive.example  Copyright (C) 2024 Press Collection LLC. All "
            f"rights reserved.",
        ]
    )


def proquest_html(stories: Sequence[Story]) -> str:
    """Return an export of ProQuest as HTML."""

    def field(label: str, text: str) -> str:
        return f'<p style="margin-bottom:5pt;"><strong>{label}: </strong>{escape(text)}</p>\n'

    return "".join(
        f'<div style="margin-bottom:20px">\n<a name="DocID_NEWS_{20_000 + story.number}"></a><p></p>\n'
        f'<p style="font-weight:bold;">{escape(story.title)}</p>\n'
        + (field("Author", story.byline) if story.byline else "")
        + field("Publication info", f"{story.source} ; Kestrin [Kestrin]{story.day:%d %b %Y}: AA.2.")
        + f'<p><a href="https://archive.example/docview/{20_000 + story.number}">ProQuest document link</a></p>\n'
        + field("Abstract", "Bread will be dearer.")
        + '<p><strong>Full text: </strong><text wordcount="9"><title></title>\n'
        + "".join(f"<p>{escape(part)}</p>" for part in story.body)
        + "</text></p>\n"
        + field("Subject", "Bread; Prices")
        + field("Publication title", f"{story.source}; Kestrin")
        + field("Publication date", english(story.day))
        + field("ProQuest document ID", str(20_000 + story.number))
        + field("Copyright", "(Copyright (c) 2021 Velm Press Corp)")
        + field("Database", "Press Collection")
        + "</div>\n\n"
        for story in stories
    )


def proquest_xml(stories: Sequence[Story]) -> str:
    """Return records of ProQuest's historical newspapers."""
    records = "".join(
        f"<Record><RecordID>{20_000 + story.number}</RecordID><RecordTitle>{escape(story.title)}</RecordTitle>"
        f"<Publication><PublicationID>45545</PublicationID><Title>{escape(story.source)}</Title></Publication>"
        f"<AlphaPubDate>{english(story.day)}</AlphaPubDate><NumericPubDate>{story.day:%Y%m%d}</NumericPubDate>"
        f"<Contributor><ContribRole>Author</ContribRole><OriginalForm>"
        f"{escape(story.byline or 'Staff')}</OriginalForm></Contributor>"
        f"<LanguageCode>ENG</LanguageCode><FullText>"
        f"{escape(chr(10).join(f'{part}{chr(10)}' for part in story.body))}</FullText></Record>\n"
        for story in stories
    )
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<Records>\n{records}</Records>'


def ris(stories: Sequence[Story]) -> str:
    """Return an export of ProQuest as RIS, with its full texts."""
    return "\n".join(
        f"TY  - NEWS\nT1  - {story.title}\nAU  - {story.byline or 'Staff'}\nJF  - {story.source}\nDA  - "
        f"{story.day.year} {MONTHS[story.day.month - 1][:3]} {story.day.day}\n"
        f"PY  - {story.day.year}\nSP  - A.4\nKW  - Bread\nAB  - Dear.\nN2  - {(chr(10) * 2).join(story.body)}\n"
        f"N1  - Copyright - Velm Press Corp\nN1  - Last updated - 2022-11-07\nUR  - "
        f"https://archive.example/docview/{200_000 + story.number}\nDB  - ProQuest Collection\nER  - \n"
        for story in stories
    )


def europresse(stories: Sequence[Story]) -> str:
    """Return an export of Europresse as HTML."""
    return (
        '<!DOCTYPE html> <html> <head> <meta charset="utf-8"> <title></title> <style>'
        ".DocPublicationName{color:#83724e}</style></head> <body> "
        + " ".join(
            f'<article> <header> <div> <span class="DocPublicationName">{escape(story.source)}, no. 5968   </span>'
            f" </div> <div> "
            f'<span class="DocHeader">Politique, mardi {story.day.day} {FRENCH[story.day.month - 1]} '
            f"{story.day.year}, p. 16</span> </div> "
            f'<div class="titreArticle"> <p class="sm-margin-bottom">TRIBUNES</p> <p class="titreArticleVisu">'
            f"{escape(story.title)}</p> </div>"
            f'<div>{escape(story.byline or "")}</div> </header> <section> <div class="DocText"> <div '
            f"class='docOcurrContainer'> "
            + "".join(f"<p>{escape(part)}</p>" for part in story.body)
            + "</div> </div> </section> <aside><p><b>Illustration(s) :</b></p><p>A crane.</p></aside> <footer> "
            "<small>© 2021 Velm Presse. Tous droits réservés.</small> "
            f'<p>Numéro de document : news·{story.day:%Y%m%d}·KC·{story.number:09d}</p> <div id="divPubliC"> '
            f"<span>Date d'émission : <b>2023-07-04</b></span></div></footer></article>"
            for story in stories
        )
        + "</body></html>"
    )


def europresse_old(stories: Sequence[Story]) -> str:
    """Return an export of Europresse as it was until 2014."""
    return (
        '<html xmlns:n1="http://www.cedrom-sni.example/schema/newsv1.xsd"><head>\n<META '
        'http-equiv="Content-Type" content="text/html; charset=ISO-8859-1">\n'
        '<link href="http://www.europresse.com/css/print.css" rel="stylesheet"></head><body>\n'
        + "<p><br>".join(
            '<table style="table-layout: fixed; width: 96%;" border="0" align="center"><tr><td><table '
            'id="tbHeaderImages"><tr><td></td></tr></table>'
            f'<span class="DocPublicationName">{escape(story.source)}</span><br><span class="DocHeader">'
            f'Politique, </span><span class="DocHeader">jeudi </span>'
            f'<span class="DocHeader">{story.day.day} {FRENCH[story.day.month - 1]} {story.day.year}</span><br>'
            f'<br><span class="TitreArticleVisu">{escape(story.title)}</span><br><br>'
            + (f"{escape(story.byline)}<br>" if story.byline else "")
            + "<p></p>"
            + "<p></p>".join(map(escape, story.body))
            + f"<p></p><b><i>© 2012 Velm Presse. Tous droits réservés.</i></b><p></p>Numéro de document : "
            f"news·{story.day:%Y%m%d}·KC·{story.number}<br>"
            '<table bgcolor="#ffffff" align="center"><tr><td align="center">Date d\'émission : <b>2023-10-05</b>'
            "</td></tr></table></td></tr></table>"
            for story in stories
        )
        + "</body></html>"
    )


def rtf(text: str) -> str:
    """Return a text as rich text, a paragraph a line."""
    lines = (re.sub(r"[\\{}]", r"\\\g<0>", line) for line in text.split("\n"))
    coded = ("".join(char if char.isascii() else f"\\u{ord(char)}?" for char in line) for line in lines)
    return "{\\rtf1\\ansi\\ansicpg1252{\\fonttbl{\\f0 Arial;}}\\f0\n" + "\\par\n".join(coded) + "}"
