"""Is the headline found where a page's menu, captions and signatures stand above it? Dumps made of Reuters articles."""

import random
import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from benchmarks.archive import REUTERS
from quality.floors import Measured
from quality.measures import Bench, read
from searchapp.analysis import letters

WHAT = "headlines of dumps"
SEED = 1906
NUMBER = 400  # dumps
WORDS = range(80, 500)  # of an article that a page is made around
_SENTENCE = re.compile(r"(?<=[a-z][.?!])\s+(?=[A-Z\"])")
MENU = (
    "Home|News|World|Business|Markets|Opinion|Sport|Culture|Weather|Video|Podcasts|Jobs|Property|E-paper|Archive|Puzzles"
    "|Sign in|Subscribe|Search|Menu|Newsletters|My account|Skip to main content|Live TV|Contact us|Advertise|Shop"
).split("|")
CONTROLS = "Share|Tweet|Print|Share on Facebook|Copy link|Save|12 comments|Listen to this article|A A A".split("|")
SECTIONS = "Business|MARKETS|World|Money|ECONOMY|Companies|Shipping|Latest news".split("|")
CAPTIONS = (
    "Cranes in the harbour of Lorvik. Photo: Marta Quill|A tanker off the terminal of Nesk (Photo: PNT)"
    "|File photo: Workers leave the mill of Arda|Ana Bresk, governor of the central bank, at a hearing. © Jon Ferro"
    "|Traders on the floor of the exchange last week [Jon Ferro/PNT]"
    "|A field of barley near Port Arda in a file picture"
    "|Silos beside the railway in Nesk|The head office of Torv Lines in Lorvik on a rainy morning"
    "|Photo by Ilse Varga|Image: Torv Pictures"
    "|A worker checks copper sheets at a plant in Nesk, May 3, 1986. PNT/Jon Ferro"
    "|The old exchange, seen from the river|Credit: Torv Pictures / PNT"
    "|Minister Nora Feld (left) with the envoy of Marvia"
).split("|")
BYLINES = (
    "By Marta Quill|By MARTA QUILL and JON FERRO|Marta Quill, Business Correspondent|By Ilse Varga in Nesk|Jon Ferro"
    "|Written by Jon Ferro|by Tom Beld, North Post"
).split("|")
DATES = (
    "March 4, 1987|Published: 4 Mar 1987 10:15|Wednesday, 4 March 1987|1987-03-04 10:15"
    "|Updated March 4, 1987 at 4:12 pm"
    "|4 March 1987 - 10.15|March 4, 1987 10:15 AM EST|2 min read|Last modified on Wed 4 Mar 1987 10.15 GMT"
).split("|")
OTHERS = (
    "Bakers agree on a smaller loaf|Ferry runs aground off Nesk|Storm cuts off three islands"
    "|Old mill burns down in Arda"
    "|Who owns the lighthouse?|Council votes for a longer quay|Seven ways to smoke a herring"
).split("|")
_CASES: Sequence[Callable[[str], str]] = (str, str.capitalize, str.title)


def headlines(bench: Bench) -> Iterator[Measured]:
    """Measure in how many dumps the headline is found, and in how many something else is taken for it."""
    rng = random.Random(SEED)
    rows = [row for row in read(bench.shared / "bench" / REUTERS.name) if _is_fit(row)]
    made = {row["id"]: dump(row["title"], row["text"], rng) for row in rng.sample(rows, NUMBER)}
    found = {each["id"]: each.get("title") for each in read(bench.inspected_texts((n, d[1]) for n, d in made.items()))}
    right = sum(letters(found.get(n) or "") == letters(title) for n, (title, _) in made.items())
    missed = sum(not found.get(n) for n in made)
    yield Measured(WHAT, "right", right / NUMBER)
    yield Measured(WHAT, "wrong", (NUMBER - right - missed) / NUMBER)


def _is_fit(row: dict[str, Any]) -> bool:
    return len(row["text"].split()) in WORDS and len(row["title"].split()) in range(3, 16)


def dump(title: str, text: str, rng: random.Random) -> tuple[str, str]:
    """Return a headline as a page writes it, and the page around it as text: always with a menu or captions above it,
    and the lines that sign it in any order."""
    headline = rng.choice(_CASES)(title)
    menu = rng.sample(MENU, rng.randint(2, 12)) if rng.random() < 0.7 else []
    if menu and rng.random() < 0.3:
        menu = [rng.choice((" | ", " > ", " · ")).join(menu[:6])]
    if rng.random() < 0.3:
        menu.insert(rng.randint(0, len(menu)), rng.choice(OTHERS))
    captions = rng.sample(CAPTIONS, rng.randint(0 if menu else 1, 2))
    above = [rng.choice(SECTIONS)] if rng.random() < 0.4 else []
    signed = [rng.choice(BYLINES), rng.choice(DATES)]
    signed = rng.sample(signed, rng.randint(1, 2)) + rng.sample(CONTROLS, rng.randint(0, 2))
    head = rng.sample([*above, *captions], len(above) + len(captions))
    cut = rng.randint(0 if menu else 1, len(head))
    behind = rng.sample([*head[cut:], *signed], len(head) - cut + len(signed))
    tail = [rng.choice(("Share", "Related", "Read more", "Most read", "Tags: markets, trade")), *rng.sample(OTHERS, 3)]
    gap = rng.choice(("\n", "\n\n", "\n\n"))
    lines = [*menu, *head[:cut], headline, *behind, *_paragraphs(text, rng), *(tail if rng.random() < 0.7 else [])]
    return headline, gap.join(lines)


def _paragraphs(text: str, rng: random.Random) -> Iterator[str]:
    sentences = _SENTENCE.split(" ".join(text.split()))
    while sentences:
        number = rng.randint(1, 3)
        yield " ".join(sentences[:number])
        sentences = sentences[number:]
