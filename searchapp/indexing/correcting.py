"""Corrections and the archive: which articles a changed corrections.toml touches, which entries do not fit."""

from collections.abc import Iterator
from typing import NamedTuple

from searchapp.engines.protocol import Engine
from searchapp.ingest.corrected import CORRECTIONS, told_name
from searchapp.ingest.corrections import Corrections, Name
from searchapp.ingest.profile import Profile


class Misfit(NamedTuple):
    """An entry that does not fit the archive, and why, as a sentence without its full stop that begins with the
    entry's name."""

    name: Name
    why: str


def touched_by(engine: Engine, old: Corrections, new: Corrections) -> set[str]:
    """Return the ids of the articles of which ``new`` says something else than ``old``."""
    if old == new:
        return set()
    before, now = old.entries(), new.entries()
    changed = (name for name in before.keys() | now.keys() if before.get(name) != now.get(name))
    return {found for name in changed if (found := _article_of(engine, name)) is not None}


def misfits(engine: Engine, corrections: Corrections) -> Iterator[Misfit]:
    """Yield the entries that do not fit what the index holds, or are not applied to it yet."""
    entries = corrections.entries()
    applied = Profile.from_bytes(engine.profile()).corrections.entries() if entries else {}
    for name, entry in entries.items():
        found = _article_of(engine, name)
        article = engine.get([found]).get(found) if found is not None else None
        if article is None:
            wanted = "with this id" if name[0] == "articles" else "with a statement of this id"
            yield Misfit(name, f"{told_name(name)}: the archive has no article {wanted}; leave the entry out")
        elif applied.get(name) != entry:
            yield Misfit(name, f"{told_name(name)}: it is not applied yet; run: searchapp update")
        else:
            own = [each.reason for each in article.noticed if each.field == CORRECTIONS]
            yield from (Misfit(name, each) for each in own if each.startswith(told_name(name)))


def _article_of(engine: Engine, name: Name) -> str | None:
    return name[1] if name[0] == "articles" else engine.article_of(name[1])
