"""Work in several processes, and queues on disk between its steps: memory stays bounded, and a kill leaves nothing."""

import os
import pickle
import tempfile
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from itertools import chain, islice
from multiprocessing import connection, get_context, parent_process
from typing import Any, Generic, Self, TypeVar

from searchapp.errors import WorkStopped

CHUNK = 64  # items a worker is handed at a time at most
CHUNK_SIZE = 4 << 20  # bytes of them after which it is handed no more
WORTH_IT = 4  # chunks: fewer are done before other processes would have started
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
    work: Callable[[Sequence[Item]], Made], items: Iterator[Item], jobs: int, size: Callable[[Item], int]
) -> Iterator[Made]:
    """Yield what ``work`` makes of each chunk of ``items``, in order, with few chunks under way at once; ``size`` tells
    the bytes an item takes.

    Processes are started only for more than one job and enough chunks to be worth it. Raises WorkStopped when one of
    them is killed.
    """
    jobs = jobs or len(os.sched_getaffinity(0))
    chunks = _chunks(items, size)
    first = list(islice(chunks, WORTH_IT))
    if jobs == 1 or len(first) < WORTH_IT:
        yield from map(work, chain(first, chunks))
        return
    # Spawned: a forked child would inherit the lock, and hold it if this process is killed; a fork server leaves a
    # folder behind when it is.
    waiting: deque[Future[Made]] = deque()
    try:
        with ProcessPoolExecutor(jobs, get_context("spawn"), _start_worker, (work,)) as pool:
            for chunk in chain(first, chunks):
                waiting.append(pool.submit(_run_work, chunk))
                if len(waiting) > 2 * jobs:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
    except BrokenProcessPool:
        raise WorkStopped(
            "A worker process was killed (out of memory?); the index is unchanged. Try --jobs 1."
        ) from None


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


_work: Callable[[Sequence[Any]], Any]


def _start_worker(work: Callable[[Sequence[Any]], Any]) -> None:
    """Keep the work, with all it carries, once a process; and end when the process that started it is killed."""
    global _work
    _work = work

    def end_with_parent() -> None:
        parent: Any = parent_process()
        connection.wait([parent.sentinel])
        os._exit(1)

    threading.Thread(target=end_with_parent, daemon=True).start()


def _run_work(chunk: Sequence[Any]) -> Any:
    return _work(chunk)
