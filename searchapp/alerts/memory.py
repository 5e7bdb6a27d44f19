"""What alerts remember between runs, in a file of SQLite: what each search has told, and messages not yet sent.

What is new and the messages that tell it are kept in one transaction, before anything is sent, and a message is let go
once it was. So a crash loses nothing and tells nothing anew: at worst the one message that was under way is sent again,
under the same id, by which mail programs and webhooks know it.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from searchapp.errors import AlertsStopped

_FORM = """
create table if not exists searches (name text primary key, asked text not null) without rowid;
create table if not exists days (search text primary key, day text not null) without rowid;
create table if not exists told (search text, key text, primary key (search, key)) without rowid;
create table if not exists messages (id text, recipient text, data blob not null, primary key (id, recipient));
"""


@dataclass(frozen=True, slots=True)
class Message:
    """What is to be sent to a recipient; ``data`` is JSON."""

    id: str
    recipient: str
    data: bytes


class Memory:
    """An open file, which no other process may open meanwhile."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def asked(self, search: str) -> str | None:
        """Return what a search asked for in the last run, None for a new one."""
        row = self._connection.execute("select asked from searches where name = ?", (search,)).fetchone()
        return row and str(row[0])

    def day(self, search: str) -> date | None:
        """Return on which day a search was looked through last, None for a new one."""
        row = self._connection.execute("select day from days where search = ?", (search,)).fetchone()
        return date.fromisoformat(row[0]) if row else None

    def knows(self, search: str, key: str) -> bool:
        """Say whether a search has told what has this key."""
        asked = "select 1 from told where search = ? and key = ?"
        return self._connection.execute(asked, (search, key)).fetchone() is not None

    def keep(self, search: str, asked: str, keys: Iterable[str], messages: Iterable[Message], *, day: date) -> None:
        """Remember what a search asked for on this day, what it has told, and the messages to send: all of it or
        nothing."""
        with self._connection as connection:
            connection.execute("begin")
            connection.execute("insert or replace into searches values (?, ?)", (search, asked))
            connection.execute("insert or replace into days values (?, ?)", (search, day.isoformat()))
            connection.executemany("insert or ignore into told values (?, ?)", ((search, key) for key in keys))
            rows = ((each.id, each.recipient, each.data) for each in messages)
            connection.executemany("insert or ignore into messages values (?, ?, ?)", rows)

    def waiting(self) -> Iterator[Message]:
        """Yield the messages that are not yet sent, the oldest first."""
        rows = self._connection.execute("select id, recipient, data from messages order by rowid").fetchall()
        return (Message(*row) for row in rows)

    def sent(self, message: Message) -> None:
        """Let a message go that was sent."""
        gone = "delete from messages where id = ? and recipient = ?"
        self._connection.execute(gone, (message.id, message.recipient))


@contextmanager
def remembered(file: Path) -> Iterator[Memory]:
    """Open a file, which need not be there. Raises AlertsStopped when it cannot be used, or another run uses it."""
    try:
        connection = sqlite3.connect(file, timeout=0, isolation_level=None)
        try:
            connection.execute("pragma locking_mode = exclusive")
            connection.execute("begin exclusive")
            connection.execute("commit")
            connection.executescript(_FORM)
            yield Memory(connection)
        finally:
            connection.close()
    except sqlite3.Error as fault:
        busy = "locked" in str(fault)
        why = "another run of alerts is at work with it: wait until it is done" if busy else str(fault)
        raise AlertsStopped(f'What alerts remember in "{file}" cannot be used: {why}.') from fault
