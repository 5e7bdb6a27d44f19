"""How long a request may take, and which of those at work goes on.

Who serves requests gives each a Budget. What takes time calls ``check`` wherever it could stop: every few milliseconds,
at the ends of blocks. Without a budget (the command line, ingest) that does nothing.

Requests that have used ``QUICK`` go on one by one, the one first that has used least so far: so a dear one makes a
cheap one wait for a moment, not for its end. (Least attained service: Kleinrock, Queueing Systems II, 1976, ch. 4.)
"""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar

from searchapp.errors import OutOfTime

QUICK = 0.03  # seconds of processor time: a choice, not measured
TURN = 0.02  # seconds of processor time between two looks at who has used less


class Line:
    """Those of a process who have used ``QUICK``: one goes on at a time."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._used: dict[Budget, float] = {}  # of those who wait
        self._at_work: Budget | None = None

    @property
    def waiting(self) -> int:
        """How many wait for their turn."""
        with self._changed:
            return len(self._used)

    def wait(self, budget: "Budget", used: float, seconds: float) -> bool:
        """Wait, at most so long, until it is the turn of ``budget``, which has ``used`` so much; tell whether it is."""
        with self._changed:
            self._leave(budget)
            self._used[budget] = used
            try:
                is_next = self._changed.wait_for(lambda: self._is_next(budget), seconds)
            finally:
                del self._used[budget]
            if is_next:
                self._at_work = budget
            self._changed.notify_all()
            return is_next

    def leave(self, budget: "Budget") -> None:
        """Let another one go on."""
        with self._changed:
            self._leave(budget)

    def _leave(self, budget: "Budget") -> None:
        if self._at_work is budget:
            self._at_work = None
            self._changed.notify_all()

    def _is_next(self, budget: "Budget") -> bool:
        return self._at_work is None and min(self._used.values()) == self._used[budget]


class Budget:
    """``seconds`` from now on for what a thread does, in a ``line`` with others."""

    def __init__(self, seconds: float, line: Line) -> None:
        self.seconds = seconds
        self._ends = time.monotonic() + seconds
        self._line = line
        self._began = time.thread_time()
        self._turn = QUICK

    def check(self) -> None:
        """Raise OutOfTime if the time is over; let those go first who have used less."""
        left, used = self._ends - time.monotonic(), time.thread_time() - self._began
        if left <= 0:
            raise OutOfTime(self.seconds)
        if used > self._turn:
            self._turn = used + TURN
            if not self._line.wait(self, used, left):
                raise OutOfTime(self.seconds)

    def take_turn(self) -> None:
        """Wait for what takes long and cannot be stopped on the way. Raises OutOfTime if the turn does not come."""
        self._turn = 0.0
        self.check()

    def end(self) -> None:
        self._line.leave(self)


_current: ContextVar[Budget | None] = ContextVar("budget", default=None)


def begin(budget: Budget | None) -> None:
    """Have ``check`` in this thread mean ``budget``; None: none."""
    _current.set(budget)


def check() -> None:
    """Raise OutOfTime if the request at work has used up its time."""
    if budget := _current.get():
        budget.check()


def take_turn() -> None:
    """Wait for a turn to do what takes long and cannot be stopped on the way. Raises OutOfTime if it does not come."""
    if budget := _current.get():
        budget.take_turn()


@contextmanager
def limited(budget: Budget) -> Iterator[None]:
    """Give what is done inside a budget."""
    before = _current.get()
    begin(budget)
    try:
        yield
    finally:
        begin(before)
        budget.end()


@contextmanager
def optional() -> Iterator[None]:
    """Leave out the rest of what is done inside where there is no time for it."""
    with suppress(OutOfTime):
        yield
