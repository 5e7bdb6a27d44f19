"""Fifteen articles for the tests of the pages. All persons, outlets, statements and events in them are invented."""

# ruff: noqa: E501 - a paragraph is one line

from datetime import date

from searchapp.analysis import Span
from searchapp.article import Article, Dated, Removed, Speaker, Statement, with_statement_ids

VELA = Speaker("Irena Velacourt", "Harbour Minister")
OKORO = Speaker("Tomas Okorowski", "mayor of Port Lessing")
LINH = Speaker("Đào Thị Linh", "director of the Lessing Ferry Line")
BRASK = Speaker("Edvin Brask", "chairman of the Pilots’ Union")
BOARD = Speaker("Lessing Harbour Board", None, "organisation")
CLERK = Speaker("a clerk", None, "unnamed")


def day(iso: str, origin: str = "dateline") -> Dated:
    """A known day."""
    known = date.fromisoformat(iso)
    return Dated(known, known, "day", origin)


def said(
    body: str,
    sentence: str,
    content: str,
    *speakers: Speaker,
    verb: str = "said",
    kind: str = "direct",
    on: str = "",
) -> Statement:
    """The statement that ``sentence`` of ``body`` holds; ``content`` is what was said in it."""
    start = body.index(sentence)
    inner = start + sentence.index(content)
    span = Span(inner, inner + len(content))
    dated = day(on, "sentence") if on else None
    return Statement(speakers, verb, kind, dated, 0.9, start, start + len(sentence), (span,))  # type: ignore[arg-type]


def written(identity: str, title: str | None, body: str, *sayings: Statement, **more: object) -> Article:
    """An article whose speakers are those of its statements."""
    speakers = tuple(dict.fromkeys(speaker for each in sayings for speaker in each.speakers))
    return with_statement_ids(
        Article(identity, title, body, speakers=speakers, statements=sayings, **more)  # type: ignore[arg-type]
    )


FERRY = """PORT LESSING – The night ferry between Port Lessing and the Skarn islands will run again from Monday, after eleven weeks in dock.

“No passenger will pay more than before the fire,” Harbour Minister Irena Velacourt said on the quay on Tuesday. She had come with two engineers and a very large umbrella.

Tomas Okorowski, the mayor of Port Lessing, called the repair a small miracle and promised that the ferry would carry schoolchildren free of charge until the summer.

“We counted every bolt twice, and then we counted the vaccine crates for the island clinics, which had waited in a cold store since March,” said Đào Thị Linh, director of the Lessing Ferry Line.

The Lessing Harbour Board said in a note that the fire had begun in a vending machine. The machine has not been replaced.

Tickets are sold from Friday at the old customs house. Bicycles travel free, as do dogs that can be carried."""

PILOTS = """The Pilots’ Union of Port Lessing will not strike in December.

“We asked for rest, not for riches,” Edvin Brask, the chairman of the Pilots’ Union, told the harbour newspaper. He added that a pilot who has slept is cheaper than a ferry on the rocks.

Minister Irena Velacourt welcomed the decision and said that the state would pay for a second rest house at the eastern mole."""

VACCINE = """SKARN – The first vaccines against reed fever reached the island clinics on Saturday by ferry.

“Whoever wants a vaccine will have one before the herring come,” Irena Velacourt said in Skarn.

Edvin Brask said the crates had been lashed to the bridge, because the hold was full of onions.

A clerk said that the list of names was longer than the island."""

DREDGE = """The dredging of the northern channel will cost 14 million crowns & take two winters, the Lessing Harbour Board announced.

“A channel is a promise to the next generation,” said Tomas Okorowski."""

SHORT = """Fog closed the harbour of Port Lessing for nine hours. Three freighters waited outside the mole, and the lighthouse keeper played the accordion over the radio until it lifted."""

FEES = """PORT LESSING – Harbour fees will rise by two per cent next year.

“Two per cent is the price of a cup of coffee for each crate,” Harbour Minister Irena Velacourt said.

“It is the price of forty cups, and we pay it in the cold,” answered Edvin Brask.

Both agreed to meet again in spring."""

_FERRY = written(
    "2021/ferry night.txt",
    "Night ferry to the Skarn islands sails again",
    FERRY,
    said(
        FERRY,
        "“No passenger will pay more than before the fire,” Harbour Minister Irena Velacourt said on the quay on Tuesday.",
        "“No passenger will pay more than before the fire,”",
        VELA,
        on="2021-04-27",
    ),
    said(
        FERRY,
        "Tomas Okorowski, the mayor of Port Lessing, called the repair a small miracle and promised that the ferry "
        "would carry schoolchildren free of charge until the summer.",
        "that the ferry would carry schoolchildren free of charge until the summer",
        OKORO,
        verb="promised",
        kind="indirect",
    ),
    said(
        FERRY,
        "“We counted every bolt twice, and then we counted the vaccine crates for the island clinics, which had waited "
        "in a cold store since March,” said Đào Thị Linh, director of the Lessing Ferry Line.",
        "“We counted every bolt twice, and then we counted the vaccine crates for the island clinics, which had waited "
        "in a cold store since March,”",
        LINH,
    ),
    said(
        FERRY,
        "The Lessing Harbour Board said in a note that the fire had begun in a vending machine.",
        "that the fire had begun in a vending machine",
        BOARD,
        kind="indirect",
    ),
    published=day("2021-04-28"),
    updated=day("2021-05-07", "update line"),
    source="Lessing Courier",
    place="Port Lessing",
    url="https://www.lessing-courier.example/2021/04/ferry",
    removed=(
        Removed("Photo: the quay at dusk (Lessing Courier)", "caption"),
        Removed("We use cookies to keep your place in the queue.", "notice"),
    ),
    path="lessing/2021/ferry night.txt",
)
_PILOTS = written(
    "pilots-2020",
    "Pilots will not strike, union says",
    PILOTS,
    said(
        PILOTS,
        "“We asked for rest, not for riches,” Edvin Brask, the chairman of the Pilots’ Union, told the harbour newspaper.",
        "“We asked for rest, not for riches,”",
        BRASK,
        verb="told",
    ),
    said(
        PILOTS,
        "Minister Irena Velacourt welcomed the decision and said that the state would pay for a second rest house at "
        "the eastern mole.",
        "that the state would pay for a second rest house at the eastern mole",
        VELA,
        kind="indirect",
    ),
    published=Dated(date(2020, 11, 1), date(2020, 11, 30), "month", "path"),
    source="The Mole",
    place="Port Lessing",
)
_VACCINE = written(
    "a&b/c+d ü.txt",
    "Vaccines reach Skarn <on a ferry>",
    VACCINE,
    said(
        VACCINE,
        "“Whoever wants a vaccine will have one before the herring come,” Irena Velacourt said in Skarn.",
        "“Whoever wants a vaccine will have one before the herring come,”",
        VELA,
    ),
    said(
        VACCINE,
        "Edvin Brask said the crates had been lashed to the bridge, because the hold was full of onions.",
        "the crates had been lashed to the bridge, because the hold was full of onions",
        BRASK,
        kind="indirect",
    ),
    said(
        VACCINE,
        "A clerk said that the list of names was longer than the island.",
        "that the list of names was longer than the island",
        CLERK,
        kind="indirect",
    ),
    published=day("2021-06-12"),
    source="Skarn & Sund Post",
    place="Skarn",
    url="javascript:alert(1)",
)
_FEES = written(
    "fees",
    "Harbour fees to rise by two per cent",
    FEES,
    said(
        FEES,
        "“Two per cent is the price of a cup of coffee for each crate,” Harbour Minister Irena Velacourt said.",
        "“Two per cent is the price of a cup of coffee for each crate,”",
        VELA,
    ),
    said(
        FEES,
        "“It is the price of forty cups, and we pay it in the cold,” answered Edvin Brask.",
        "“It is the price of forty cups, and we pay it in the cold,”",
        BRASK,
        verb="answered",
    ),
    published=day("2022-10-03"),
    source="Lessing Courier",
    place="Port Lessing",
)
_DREDGE = written(
    "dredge",
    "Dredging of the northern channel begins",
    DREDGE,
    said(
        DREDGE,
        "“A channel is a promise to the next generation,” said Tomas Okorowski.",
        "“A channel is a promise to the next generation,”",
        OKORO,
    ),
    published=day("2019-02-14"),
    source="Lessing Courier",
    place="Port Lessing",
)
_FOG = written("fog", None, SHORT, source="The Mole")


def _small(number: int) -> Article:
    body = (
        f"The harbour list of week {number} names {number * 7} ships. Most of them carried timber, some carried salt, "
        "and one carried a brass band.\n\n“The band paid for its own ferry,” said Tomas Okorowski."
    )
    return written(
        f"list-{number}",
        f"Harbour list of week {number}",
        body,
        said(
            body,
            "“The band paid for its own ferry,” said Tomas Okorowski.",
            "“The band paid for its own ferry,”",
            OKORO,
        ),
        published=day(f"20{17 + number % 7}-03-{number:02}"),
        source="Harbour List",
        place="Sund" if number % 2 else None,
    )


_HARBOUR = """بورت لسنغ – تعود العبّارة الليلية إلى جزر سكارن يوم الاثنين (Monday)، بعد أحد عشر أسبوعًا في الحوض.

قالت زينب اللسنغي، مديرة الخط: «عددنا كل برغي مرتين قبل أن نعود».

14 قاربًا تنتظر أمام الرصيف، كما كتبت Lessing Courier أمس."""
ARABIC = written(
    "arabic",
    "العبّارة الليلية تعود إلى جزر سكارن",
    _HARBOUR,
    said(
        _HARBOUR,
        "قالت زينب اللسنغي، مديرة الخط: «عددنا كل برغي مرتين قبل أن نعود».",
        "«عددنا كل برغي مرتين قبل أن نعود»",
        Speaker("زينب اللسنغي", "مديرة الخط"),
        verb="قالت",
        on="2021-04-26",
    ),
    published=day("2021-04-29"),
    source="بريد لسنغ",
    place="بورت لسنغ",
    language="ar",
    removed=(Removed("صورة: الرصيف عند الغروب", "caption"),),
)  # from right to left, and none of ARTICLES
ARTICLES: tuple[Article, ...] = (_FERRY, _PILOTS, _VACCINE, _FEES, _DREDGE, _FOG, *map(_small, range(1, 10)))
