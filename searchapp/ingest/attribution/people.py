"""The archivist's names: people.toml."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from searchapp.analysis import fold
from searchapp.article import SpeakerType
from searchapp.errors import BadPeople
from searchapp.ingest.archivist import Wrong, tables_of, told
from searchapp.ingest.attribution.names import WORD


@dataclass(frozen=True, slots=True)
class Known:
    """What people.toml says of a person."""

    name: str
    role: str | None = None
    type: SpeakerType = "person"


@dataclass(frozen=True, slots=True)
class People:
    """What an archivist knows of the archive's persons; ``People()`` knows nobody."""

    forms: Mapping[str, Known] = field(default_factory=dict)  # by folded form
    variants: tuple[str, ...] = ()  # as written

    def known(self, form: str) -> Known | None:
        """Return who is written so, or None if people.toml does not have the form."""
        return self.forms.get(spelling(form)) if self.forms else None

    def name_of(self, form: str) -> str | None:
        """Return the name to use for a form, or None if people.toml does not have it."""
        known = self.known(form)
        return known.name if known else None


def spelling(form: str) -> str:
    """Return what forms that differ in case, accents, hyphens or spaces only have in common."""
    return " ".join(fold(word) for word in WORD.findall(form))


def load_people(path: Path) -> People:
    """Read people.toml: a table for each name; ``variants`` (other forms), ``role`` and ``type`` are optional.

    Raises ``BadPeople``, which names the line and the key.
    """
    text, tables = tables_of(path, BadPeople)
    forms: dict[str, Known] = {}
    written: list[str] = []
    for name, table in tables.items():
        try:
            known = _known(name, table)
        except Wrong as wrong:
            raise BadPeople(told(path, text, name, wrong.key, str(wrong))) from None
        variants = table.get("variants", [])
        written += variants
        for form in (name, *variants):
            other = forms.setdefault(spelling(form), known)
            if other.name != name:
                key = "variants" if form in variants else None
                sentence = f"{form!r} already stands for {other.name!r}; keep it under one name only"
                raise BadPeople(told(path, text, name, key, sentence))
    return People(forms, tuple(dict.fromkeys(written)))


def _known(name: str, table: object) -> Known:
    if not isinstance(table, dict):
        raise Wrong(None, f'a name must be a table: write ["{name}"] with its variants below it')
    for key in table:
        if key not in ("variants", "role", "type"):
            raise Wrong(key, "there is no such key; use variants, role or type")
    if not spelling(name):
        raise Wrong(None, "a name must hold a letter")
    variants = table.get("variants", [])
    if not isinstance(variants, list) or not all(isinstance(form, str) and spelling(form) for form in variants):
        raise Wrong("variants", 'variants must be a list of names: ["S. Lee", "Sam Lee"]')
    role = table.get("role")
    if role is not None and not isinstance(role, str):
        raise Wrong("role", "role must be a text in quotation marks")
    kind = table.get("type", "person")
    if kind not in ("person", "organisation"):
        raise Wrong("type", 'type must be "person" or "organisation"')
    return Known(name, role, kind)
