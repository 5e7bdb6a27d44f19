"""Work in several processes, and queues on disk between its steps: memory stays bounded, and a kill leaves nothing."""

import os
import pickle
import signal
import tempfile
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from itertools import chain, groupby, islice
from multiprocessing import connection, get_context, parent_process
from typing import Any, Generic, Self, TypeVar

from searchapp.errors import WorkStopped

CHUNK = 64  # items a worker is handed at a time at most
CHUNK_SIZE = 4 << 20  # bytes of them after which it is handed no more
WORTH_IT = 4  # chunks: fewer are done before other processes would have started
SECONDS = 60.0  # of the processor's time that an item may take; a megabyte of text takes 15
SURELY_QUICK = 100_000  # bytes of an item that takes some seconds at worst, since no step is worse than quadratic
Item = TypeVar("Item")
Made = TypeVar("Made")


class Spool(Generic[Item]):
    """A queue in a temporary file, which has no name: it is gone when closed, however the process ends.

    Raises WorkStopped when that file cannot be made or written: the disk is full, say.
    """

    def __init__(self) -> None:
        self.length = 0
        with _os_errors_as_stopped_work():
            self._file = tempfile.TemporaryFile()  # noqa: SIM115

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        with suppress(OSError):  # what a full disk did not take is needed no more
            self._file.close()

    def write(self, item: Item) -> None:
        with _os_errors_as_stopped_work():
            pickle.dump(item, self._file, protocol=5)
        self.length += 1

    def __iter__(self) -> Iterator[Item]:
        with _os_errors_as_stopped_work():
            self._file.seek(0)
        for _ in range(self.length):
            yield pickle.load(self._file)


@contextmanager
def _os_errors_as_stopped_work() -> Iterator[None]:
    try:
        yield
    except OSError as fault:
        raise WorkStopped(
            f"Temporary files cannot be written ({fault.strerror or fault}); the index is unchanged. Make room in "
            f'"{tempfile.tempdir or "/tmp"}", or set TMPDIR to another folder.'
        ) from fault


def in_workers(
    work: Callable[[Sequence[Item]], Made],
    items: Iterator[Item],
    jobs: int,
    size: Callable[[Item], int],
    seconds: float = SECONDS,
) -> Iterator[Made]:
    """Yield what ``work`` makes of each chunk of ``items``, in order, with few chunks under way at once; ``size`` tells
    the bytes an item takes. ``work`` goes through its chunk by ``in_turn``.

    Processes are started for more than one job and enough chunks to be worth it; and for chunks with an item that may
    take long, since only another process can be ended. One that works on an item for more than ``seconds`` of the
    processor's time is ended, and its chunk given out again without that item. Raises WorkStopped when a process is
    killed for another reason.
    """
    jobs = jobs or len(os.sched_getaffinity(0))
    chunks = _chunks(items, size)
    first = list(islice(chunks, WORTH_IT))
    every = chain(first, chunks)
    if jobs > 1 and len(first) == WORTH_IT:
        yield from _in_processes(work, every, jobs, seconds)
        return
    for may_take_long, some in groupby(every, lambda chunk: max(map(size, chunk)) > SURELY_QUICK):
        if may_take_long:
            yield from _in_processes(work, some, 1, seconds)
        else:
            yield from map(work, some)


@dataclass(slots=True)
class _Task:
    """A chunk that is given out, and the positions in it of items that took too long."""

    number: int
    chunk: Sequence[Any]
    slow: set[int] = field(default_factory=set)
    future: Future[Any] = field(default_factory=Future)


def _in_processes(
    work: Callable[[Sequence[Item]], Made], chunks: Iterator[list[Item]], jobs: int, seconds: float
) -> Iterator[Made]:
    waiting: deque[_Task] = deque()
    numbered = enumerate(chunks)
    while True:
        # Spawned: a forked child would inherit the lock, and hold it if this process is killed; a fork server leaves a
        # folder behind when it is.
        context = get_context("spawn")
        doing, started = context.Array("q", 3 * jobs, lock=False), context.Value("i", 0)
        pool = ProcessPoolExecutor(jobs, context, _start_worker, (work, seconds, doing, started))
        processes: dict[int, Any] = {}
        try:
            with pool:
                for task in waiting:
                    _give(pool, task)
                for task in (_Task(number, chunk) for number, chunk in numbered):
                    waiting.append(task)
                    _give(pool, task)
                    processes = pool._processes or processes  # type: ignore[assignment]
                    if len(waiting) > 2 * jobs:
                        waiting[0].future.result()
                        yield waiting.popleft().future.result()
                while waiting:
                    processes = pool._processes or processes  # type: ignore[assignment]
                    waiting[0].future.result()
                    yield waiting.popleft().future.result()
            return
        except BrokenProcessPool:
            if not _blame(waiting, processes, list(doing)):
                raise WorkStopped(
                    "A worker process was killed (out of memory?); the index is unchanged. Try --jobs 1."
                ) from None


def _give(pool: ProcessPoolExecutor, task: _Task) -> None:
    if not task.future.done() or task.future.exception():
        task.future = pool.submit(_run_work, task.number, task.chunk, frozenset(task.slow))


def _blame(waiting: Iterable[_Task], processes: Mapping[int, Any], doing: Sequence[int]) -> bool:
    """Note which items took too long, by how processes ended and what they were ``doing``; tell whether one did."""
    ended = {pid for pid, process in processes.items() if process.exitcode == -signal.SIGPROF}
    blamed = {
        (number, at) for pid, number, at in zip(doing[::3], doing[1::3], doing[2::3], strict=True) if pid in ended
    }
    for task in waiting:
        task.slow |= {at for number, at in blamed if number == task.number}
    return bool(blamed)


def in_turn(chunk: Sequence[Item]) -> Iterator[tuple[Item, bool]]:
    """Yield each item of a chunk, and whether it took too long when it was worked on before. In a worker, time is
    counted until the next is asked for."""
    for position, item in enumerate(chunk):
        if _worker:
            _worker.doing[3 * _worker.row + 2] = position
            signal.setitimer(signal.ITIMER_PROF, _worker.seconds)  # at its end the kernel ends the process
        yield item, position in _slow
    if _worker:
        signal.setitimer(signal.ITIMER_PROF, 0)


def _chunks(items: Iterator[Item], size: Callable[[Item], int]) -> Iterator[list[Item]]:
    chunk: list[Item] = []
    held = 0
    for item in items:
        chunk.append(item)
        held += size(item)
        if len(chunk) == CHUNK or held >= CHUNK_SIZE:
            yield chunk
            chunk, held = [], 0
    if chunk:
        yield chunk


@dataclass(frozen=True, slots=True)
class _Worker:
    """What a worker keeps: its work, with all it carries; and its row in what all workers tell that they are doing: the
    process, the chunk's number, the item's position."""

    work: Callable[[Sequence[Any]], Any]
    seconds: float
    doing: Any
    row: int


_worker: _Worker | None = None
_slow: frozenset[int] = frozenset()  # positions in the chunk that is worked on


def _start_worker(work: Callable[[Sequence[Any]], Any], seconds: float, doing: Any, started: Any) -> None:
    """Keep the work, once a process; and end when the process that started it is killed."""
    global _worker
    with started.get_lock():
        _worker = _Worker(work, seconds, doing, started.value)
        started.value += 1
    doing[3 * _worker.row] = os.getpid()
    signal.signal(signal.SIGPROF, signal.SIG_DFL)

    def end_with_parent() -> None:
        parent: Any = parent_process()
        connection.wait([parent.sentinel])
        os._exit(1)

    threading.Thread(target=end_with_parent, daemon=True).start()


def _run_work(number: int, chunk: Sequence[Any], slow: frozenset[int]) -> Any:
    global _slow
    assert _worker
    _worker.doing[3 * _worker.row + 1] = number
    _slow = slow
    return _worker.work(chunk)
