"""Who may read a closed archive: a file of names and hashes of passwords, made by ``searchapp users``.

The first line is the key that signs what browsers keep, after a colon; each other one a name, a colon and the hash
(scrypt, RFC 7914) as werkzeug writes it. The key is in the file so that all processes and hosts have the same.
"""

import hmac
import os
import re
import secrets
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from unicodedata import normalize

from werkzeug.security import check_password_hash, generate_password_hash

from searchapp.errors import BadSetting

SHORTEST, LONGEST = 8, 1000  # code points of a password; what is longer only costs time
METHOD = "scrypt"  # as werkzeug calls it, with its own costs: those of today, a tenth of a second and 32 MB
_NAME = re.compile(r"[^:\s]{1,100}")
_HASH = re.compile(r"scrypt:\d{1,7}:\d{1,2}:\d{1,2}\$[^$:]+\$[0-9a-f]+")
_KEY = re.compile(r":[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class _Held:
    """What the file says: the signing key and the hash of each name, in their order."""

    key: str = field(default_factory=lambda: secrets.token_hex(32))
    hashes: Mapping[str, str] = field(default_factory=dict)


class Passwords:
    """The file, read again whenever it was changed. Raises BadSetting where it cannot be read or names nobody."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._seen = _seen(file)
        self._held = _read(file)
        if not self._held.hashes:
            raise BadSetting(f'"{file}" lets nobody in: add somebody with: searchapp users add NAME')

    @property
    def key(self) -> str:
        """The secret that signs what browsers keep."""
        return self._current().key

    def verify(self, name: str, password: str) -> bool:
        """Tell whether this is the password of ``name``. It takes as long for a name that nobody has."""
        hashes = self._current().hashes
        stored = hashes.get(name)
        against = stored or next(iter(hashes.values()), "")
        return check_password_hash(against, _plain(password)) and stored is not None

    def mark(self, name: str) -> str | None:
        """Return what changes when ``name`` gets another password, and tells nothing of it; None for nobody."""
        held = self._current()
        stored = held.hashes.get(name)
        return stored and hmac.digest(held.key.encode(), stored.encode(), "sha256").hex()[:32]

    def _current(self) -> _Held:
        """Return what the file says now. While it cannot be read nobody is let in."""
        seen = _seen(self._file)
        if seen != self._seen:
            try:
                self._held = _read(self._file)
            except BadSetting:
                self._held = _Held()
            self._seen = seen
        return self._held


def names(file: Path) -> list[str]:
    """Return who may sign in. Raises BadSetting."""
    return list(_read(file).hashes)


def put(file: Path, name: str, password: str) -> bool:
    """Let ``name`` in by ``password``, also where there is no such file yet; return whether the name is new.

    Raises BadSetting, also for a name that a browser could not send and a password that is too short.
    """
    if not (_NAME.fullmatch(name) and name.isprintable()):
        raise BadSetting(
            f"{name!r} is no name to sign in with: leave out colons and spaces, and keep it under 100 letters."
        )
    if not SHORTEST <= len(password) <= LONGEST:
        raise BadSetting(f"A password has {SHORTEST} to {LONGEST:,} characters: choose another one.")
    held = _read(file) if file.exists() else _Held()
    _write(file, replace(held, hashes={**held.hashes, name: generate_password_hash(_plain(password), METHOD)}))
    return name not in held.hashes


def remove(file: Path, name: str) -> None:
    """Let ``name`` in no longer. Raises BadSetting where the file does not name it."""
    held = _read(file)
    if name not in held.hashes:
        raise BadSetting(f'"{file}" does not name {name!r}: look who may sign in with: searchapp users list')
    _write(file, replace(held, hashes={each: kept for each, kept in held.hashes.items() if each != name}))


def _plain(password: str) -> str:
    """Return a password as it is hashed: composed alike, whichever keyboard it was typed on."""
    return normalize("NFC", password)


def _seen(file: Path) -> tuple[int, int, int] | None:
    try:
        found = file.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino


def _read(file: Path) -> _Held:
    try:
        first, *lines = file.read_text("utf8", errors="replace").splitlines() or [""]
    except OSError as fault:
        raise BadSetting(
            f'The passwords in "{file}" cannot be read ({fault.strerror}): make them with: searchapp users add NAME'
        ) from fault
    if not _KEY.fullmatch(first):
        raise BadSetting(f'"{file}" is no file of passwords: name one that searchapp users add made, or delete it.')
    hashes = dict[str, str]()
    for number, line in enumerate(lines, 2):
        name, _, stored = line.partition(":")
        if not (_NAME.fullmatch(name) and _HASH.fullmatch(stored)):
            raise BadSetting(
                f'Line {number} of "{file}" is no name with a hash: add the name again, or remove the line.'
            )
        hashes[name] = stored
    return _Held(first[1:], hashes)


def _write(file: Path, held: _Held) -> None:
    """Write the file whole or not at all, readable by whom it was before, at first by its owner only."""
    lines = [f":{held.key}", *(f"{name}:{stored}" for name, stored in held.hashes.items())]
    made = ""
    try:
        with tempfile.NamedTemporaryFile("w", encoding="utf8", dir=file.parent, prefix=".", delete=False) as open_file:
            made = open_file.name
            if file.exists():
                _as_before(open_file.fileno(), file)
            open_file.write("\n".join(lines) + "\n")
            open_file.flush()
            os.fsync(open_file.fileno())
        Path(made).replace(file)
    except OSError as fault:
        if made:
            Path(made).unlink(missing_ok=True)
        raise BadSetting(f'"{file}" cannot be written: {fault.strerror}.') from fault


def _as_before(opened: int, file: Path) -> None:
    before = file.stat()
    with suppress(PermissionError):
        os.fchown(opened, before.st_uid, before.st_gid)
    os.fchmod(opened, before.st_mode & 0o777)
