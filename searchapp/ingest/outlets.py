"""The names of sources: one outlet has one, whatever spellings stand in an archive; sources.toml settles it by hand."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from searchapp.analysis import fold, letters
from searchapp.errors import BadSources
from searchapp.ingest.archivist import Wrong, tables_of, told

_HOST = re.compile(r"(?:https?://)?(?:[\w-]{1,63}\.){1,8}[^\W\d_]{2,20}/?\Z", re.IGNORECASE)
_SECOND_LEVEL = frozenset("ac co com edu gob gouv gov net org".split())  # before a country: co.uk, com.au
_THE = re.compile(r"the\s+(?=\S)|,\s{1,9}the\Z", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Outlets:
    """What an archivist said of the archive's sources; ``Outlets()`` says nothing."""

    forms: Mapping[str, str] = field(default_factory=dict)  # the name of an outlet, by spelling
    hosts: Mapping[str, str] = field(default_factory=dict)  # by host, lower-cased and without "www."

    def name_of(self, source: str | None, host: str) -> str | None:
        """Return the name of an outlet by a spelling, or where there is no source by the host of the article's address;
        None if neither is known."""
        if source is None:
            return self.hosts.get(host)
        return self.forms.get(spelling(source)) or self.hosts.get(_bare(source))


def spelling(source: str) -> str:
    """Return what forms of a name have in common that differ in case, accents, marks, spaces or a "The", also behind it
    ("Herald, The")."""
    return letters(fold(_THE.sub("", source.strip()))) or source


def canonical(counts: Mapping[str, int], outlets: Outlets) -> dict[str, str]:
    """Return the name to show for each source of the archive: what the archivist says, else the commonest spelling of
    those that differ in case, marks or "The" only (the first in the alphabet of those as common); for a host the
    outlet that is called so (herald.example: Herald)."""
    groups: dict[str, list[str]] = {}
    named = {spelling(source) for source in counts if not _HOST.match(source)}
    for source in counts:
        host = bool(_HOST.match(source))
        own = spelling(_bare(source) if host else source)
        groups.setdefault(_label(source) if host and _label(source) in named else own, []).append(source)
    shown = {}
    for sources in groups.values():
        best = min(sources, key=lambda each: (bool(_HOST.match(each)), -counts[each], each))
        shown.update(dict.fromkeys(sources, best))
    return {source: outlets.name_of(source, "") or outlets.name_of(best, "") or best for source, best in shown.items()}


def load_sources(path: Path) -> Outlets:
    """Read sources.toml: a table for each name; ``variants`` (other spellings) and ``hosts`` are optional.

    Raises ``BadSources``, which names the line and the key.
    """
    text, tables = tables_of(path, BadSources)
    forms: dict[str, str] = {}
    hosts: dict[str, str] = {}
    for name, table in tables.items():
        try:
            variants, own_hosts = _lists(name, table)
            for key, known, given in (
                (None, forms, [spelling(name)]),
                ("variants", forms, map(spelling, variants)),
                ("hosts", hosts, map(_bare, own_hosts)),
            ):
                _settle(known, name, key, given)
        except Wrong as wrong:
            raise BadSources(told(path, text, name, wrong.key, str(wrong))) from None
    return Outlets(forms, hosts)


def _lists(name: str, table: object) -> tuple[list[str], list[str]]:
    if not isinstance(table, dict):
        raise Wrong(None, f'a source must be a table: write ["{name}"] with its variants below it')
    for key, value in table.items():
        if key not in ("variants", "hosts"):
            raise Wrong(key, "there is no such key; use variants or hosts")
        if not isinstance(value, list) or not all(isinstance(each, str) and each.strip() for each in value):
            raise Wrong(key, f'{key} must be a list of texts: ["herald.example"]')
    return table.get("variants", []), table.get("hosts", [])


def _settle(known: dict[str, str], name: str, key: str | None, forms: Iterable[str]) -> None:
    for form in forms:
        if known.setdefault(form, name) != name:
            raise Wrong(key, f"{form!r} already stands for {known[form]!r}; keep it under one name only")


def _bare(host: str) -> str:
    return re.sub(r"\A(?:https?://)?(?:www\.)?|/\Z", "", host.strip().casefold())


def _label(host: str) -> str:
    """Return the name in a host: herald of www.herald.co.example."""
    labels = _bare(host).split(".")[:-1]
    if len(labels) > 1 and labels[-1] in _SECOND_LEVEL:
        labels.pop()
    return spelling(re.sub(r"\Athe(?=[^\W\d_]{4})", "", labels[-1])) if labels else ""
