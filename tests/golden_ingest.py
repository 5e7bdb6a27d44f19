"""Raw articles of ours with what is right for them written into the text: tests/golden/ingest.

A file begins with what is known of the article (``published: 2021-04-27``), then comes
the raw text after an empty line. ``⟦reason: words⟧`` stands around what must be cut and ``⟦title: words⟧`` around the
headline; ``⟨raw⇒body⟩`` around what the body has differently. A line that ends in ``↩`` is joined to the next one, one
that ends in ``↓`` stays a line; all other lines become paragraphs.
"""

import re
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent / "golden" / "ingest"

_CUT = re.compile(r"⟦([^:⟧]*): (.*?)⟧", re.DOTALL)
_CHANGED = re.compile(r"⟨([^⇒]*)⇒([^⟩]*)⟩")


@dataclass(frozen=True, slots=True)
class Golden:
    """A raw text and what ingest must make of it. ``removed`` holds (reason, line) of each line that is cut."""

    name: str
    raw: str
    published: str | None
    updated: str | None
    place: str | None
    source: str | None
    title: str | None
    body: str
    removed: list[tuple[str, str]]


NAMES = sorted(path.stem for path in FOLDER.glob("*.txt"))


def read(name: str) -> Golden:
    """Return the golden article of that name."""
    known, marked = (FOLDER / f"{name}.txt").read_text(encoding="utf8").split("\n\n", 1)
    facts = {key: fact for key, fact in (line.split(": ", 1) for line in known.split("\n")) if fact != "unknown"}
    changed = _CHANGED.sub(r"\2", marked)
    cuts = [(found[1], line) for found in _CUT.finditer(changed) for line in found[2].split("\n")]
    return Golden(
        name=name,
        raw=re.sub(r" [↩↓]\n", "\n", _CHANGED.sub(r"\1", _CUT.sub(r"\2", marked))),
        published=facts.get("published"),
        updated=facts.get("updated"),
        place=facts.get("place"),
        source=facts.get("source"),
        title=next((words for reason, words in cuts if reason == "title"), None),
        body=_body(_CUT.sub("", changed)),
        removed=[(reason, " ".join(line.split())) for reason, line in cuts if reason != "title"],
    )


def _body(text: str) -> str:
    lines = (" ".join(line.split()) for line in re.sub(r" ↩\n+", " ", text).split("\n"))
    return "\n\n".join(line for line in lines if line).replace(" ↓\n\n", "\n")
