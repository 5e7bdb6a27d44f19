"""Who is let into a closed archive by a name and a password: checked one at a time, and not as often as one likes."""

import hashlib
import hmac
import secrets
import threading
import time
from pathlib import Path

from limits import RateLimitItemPerHour, RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter
from werkzeug.datastructures import Authorization

from searchapp.errors import Overloaded, TooOften
from searchapp.passwords import LONGEST, Passwords

# Passwords that may be wrong before one has to wait. Each process counts by itself.
_OF_CLIENT = RateLimitItemPerMinute(10, 10)  # from one address, in ten minutes
_OF_NAME = RateLimitItemPerHour(50)  # for one name, from wherever
_WAITING = 4  # requests of a process that wait for one to be checked, a tenth of a second of processor and 32 MB each


class Doorkeeper:
    """Checks names and passwords against a file of ``Passwords``."""

    def __init__(self, file: Path) -> None:
        self.passwords = Passwords(file)
        self._tried = FixedWindowRateLimiter(MemoryStorage())
        self._waiting = threading.BoundedSemaphore(_WAITING)
        self._checking = threading.Lock()
        self._secret = secrets.token_bytes(32)
        self._known = dict[str, tuple[bytes, str]]()  # by name: a fingerprint of its password, and its mark

    def admits(self, name: str, password: str, client: str) -> bool:
        """Tell whether ``name`` comes in with ``password``; ``client`` is the address that asks.

        Raises TooOften after too many wrong ones, Overloaded where others are waiting to be checked.
        """
        fingerprint = hashlib.blake2b(f"{name}\0{password}".encode(), key=self._secret).digest()
        known, mark = self._known.get(name, (b"", ""))
        if hmac.compare_digest(known, fingerprint) and mark == self.passwords.mark(name):
            return True
        if not self._waiting.acquire(blocking=False):
            raise Overloaded("Too many people sign in just now: try again in a moment.")
        try:
            with self._checking:
                return self._checked(name, password, client, fingerprint)
        finally:
            self._waiting.release()

    def named_by(self, header: str | None, client: str) -> str | None:
        """Return who comes in by the header Authorization (Basic, RFC 7617), None for nobody. Raises as ``admits``."""
        given = Authorization.from_header(header)
        if given is None or given.type != "basic":
            return None
        name, password = given.username or "", given.password or ""
        return name if self.admits(name, password, client) else None

    def _checked(self, name: str, password: str, client: str, fingerprint: bytes) -> bool:
        counted = ((_OF_CLIENT, f"client {client[:100]}"), (_OF_NAME, f"name {name[:100]}"))
        for limit, key in counted:
            if not self._tried.test(limit, key):
                wait = self._tried.get_window_stats(limit, key).reset_time - time.time()
                raise TooOften("Too many passwords were wrong: wait, then try again.", max(1, round(wait)))
        mark = self.passwords.mark(name)
        if len(password) <= LONGEST and self.passwords.verify(name, password) and mark:
            self._known[name] = fingerprint, mark
            return True
        for limit, key in counted:
            self._tried.hit(limit, key)
        return False
