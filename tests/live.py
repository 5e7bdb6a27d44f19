"""An archive each state of which shows in every answer, the program as others run it, and clients that never rest."""

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any, Self

from searchapp.engines import open_engine
from searchapp.query import parse
from searchapp.search import SearchRequest

BALLAST = 20  # articles that no state changes
MOST_KEPT = 2  # generations: the one that is served and the one before
_MARK = re.compile(r"marker(\d+)")
_STORY = """MARROW, March {day} - The new harbour will open in spring, marker{state}, Ada Lindgren said on Monday.

"We have waited for {number} years and the last crane arrives this week," Ada Lindgren told reporters. She thanked the
fishermen of the town, marker{state}, for their patience.
"""
_BALLAST = """The keeper of lighthouse {number} reads the almanac of the coast in the evening and writes down the wind.

His lamp burns {number} hours before dawn, and the boats of bay {number} steer by it when the fog comes in from the sea.
"""


def marks(text: str) -> set[int]:
    """Return the states that a text shows."""
    return {int(found) for found in _MARK.findall(text)}


def until(met: Callable[[], object], seconds: float) -> bool:
    """Wait until ``met``, at most so long; return whether it was."""
    deadline = time.monotonic() + seconds
    while not met():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.01)
    return True


@dataclass(frozen=True, slots=True)
class Run:
    """A command that ran to its end; times are those of the monotonic clock."""

    began: float
    ended: float
    status: int
    output: str
    complaint: str

    @property
    def seconds(self) -> float:
        return self.ended - self.began

    @property
    def report(self) -> dict[str, Any]:
        assert self.status == 0, self.complaint
        report: dict[str, Any] = json.loads(self.output)
        return report


class Archive:
    """A corpus that is in one of many states, and its index. Every article of state 7 holds marker7, in its title,
    its body and its source, and the states differ in how many articles they have; the ballast has no mark."""

    def __init__(self, folder: Path, articles: int) -> None:
        self.corpus, self.before, self.index = folder / "corpus", folder / "before", folder / "index"
        self.temporary = folder / "temporary"  # of the commands
        self.temporary.mkdir()
        self.corpus.mkdir()
        self.state = 0
        self.published: list[str] = []  # the generations that were found served, the latest last
        self._folder = folder
        self._articles = articles
        ballast = ({"id": f"ballast/{n}", "text": _BALLAST.format(number=n)} for n in range(BALLAST))
        _write(self.corpus / "ballast.jsonl", ballast)
        self._write_state()

    def ids(self, state: int) -> list[str]:
        """Return the ids of the articles that hold the mark of ``state``."""
        return [f"harbour/{number:03}" for number in range(self._articles + state % 7)]

    def change(self) -> None:
        """Bring the corpus into its next state; a copy of the last one is kept in ``before``."""
        shutil.rmtree(self.before, ignore_errors=True)
        shutil.copytree(self.corpus, self.before)
        self.state += 1
        self._write_state()

    @contextmanager
    def started(self, command: str) -> Iterator[subprocess.Popen[str]]:
        """Start a command that writes, at the head of a session of its own; in the end all of that is killed."""
        options = ["--corpus", str(self.corpus), "--index", str(self.index), "--jobs", "2", "--json"]
        with subprocess.Popen(
            [sys.executable, "-m", "searchapp", command, *options],
            cwd=self._folder,
            env={**os.environ, "TMPDIR": str(self.temporary)},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        ) as process:
            try:
                yield process
            finally:
                for each in session(process.pid):
                    with suppress(ProcessLookupError):  # it has just ended
                        os.kill(each, signal.SIGKILL)

    def run(self, command: str) -> Run:
        """Run a command that writes to its end."""
        began = time.monotonic()
        with self.started(command) as process:
            output, complaint = process.communicate()
        return Run(began, time.monotonic(), process.returncode, output, complaint)

    def indexed_state(self) -> int:
        """Return the state that the index holds, having seen that it is whole: each article once, with one mark."""
        engine = open_engine(str(self.index))
        hits = engine.search(SearchRequest(parse("harbour"), limit=1000)).hits
        self.published.append(engine.info().generation)
        (state,) = {mark for hit in hits for mark in marks(f"{hit.article.title} {hit.article.body}")}
        assert sorted(hit.article.id for hit in hits) == self.ids(state)
        assert sorted(identity for identity, _ in engine.digests()) == sorted(
            [*self.ids(state), *(f"ballast/{n}" for n in range(BALLAST))]
        )
        return state

    def litter(self) -> set[str]:
        """Return what lies in the index and among the temporary files beyond the last generations that were served."""
        kept = {"manifest.json", "lock", "files.known", "last-run.json", *self.published}
        generations = [found for found in self.index.iterdir() if found.is_dir()]
        lying = {found.name for found in [*self.index.iterdir(), *self.temporary.iterdir()]} - kept
        return lying if len(generations) <= MOST_KEPT else {found.name for found in generations}

    def _write_state(self) -> None:
        stories = (
            {
                "id": name,
                "title": f"The harbour opens, marker{self.state}",
                "source": f"Gazette marker{self.state}",
                "date": f"2021-03-{number % 28 + 1:02}",
                "text": _STORY.format(day=number % 28 + 1, number=number + 2, state=self.state),
            }
            for number, name in enumerate(self.ids(self.state))
        )
        _write(self.corpus / "harbour.jsonl", stories)


def _write(file: Path, lines: Iterator[dict[str, str]]) -> None:
    file.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf8")


def session(leader: int) -> list[int]:
    """Return the processes that live in the session of ``leader``, itself included."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            state, _, _, of = (process / "stat").read_text().rpartition(")")[2].split()[:4]
        except OSError:  # it has just ended
            continue
        if int(of) == leader and state != "Z":
            found.append(int(process.name))
    return found


def abandoned_semaphores() -> set[str]:
    """Return the named semaphores of this user that no process has open."""
    own = {str(each) for each in Path("/dev/shm").glob("sem.mp-*") if each.owner() == Path("/proc/self").owner()}
    for maps in Path("/proc").glob("[0-9]*/maps"):
        with suppress(OSError):  # it has just ended, or is another user's
            own.difference_update(re.findall(r"/dev/shm/sem\.mp-\w+", maps.read_text()))
    return own


class Server:
    """A running ``searchapp serve``."""

    def __init__(self, process: subprocess.Popen[bytes], port: int) -> None:
        self.port = port
        self._process = process

    def workers(self) -> list[int]:
        """Return the processes that answer."""
        pid = self._process.pid
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]

    def connect(self) -> tuple[int, HTTPConnection]:
        """Return a connection that is kept alive, and the worker that it will always reach."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=30)
        connection.request("GET", "/healthz")
        connection.getresponse().read()
        assert connection.sock, "The server does not keep connections alive."
        socket_link = f"socket:[{self._inode(connection.sock.getsockname()[1])}]"
        for worker in self.workers():
            if any(_link(handle) == socket_link for handle in Path(f"/proc/{worker}/fd").iterdir()):
                return worker, connection
        raise AssertionError("No worker holds the connection.")

    def memory(self) -> list[float]:
        """Return the resident memory of each worker, in MB."""
        status = (Path(f"/proc/{worker}/status").read_text() for worker in self.workers())
        return [round(int(re.findall(r"VmRSS:\s+(\d+)", each)[0]) / 1024, 1) for each in status]

    def handles(self) -> list[int]:
        """Return the open files of each worker; those of requests under way do not count."""
        return [min(_open_files(worker) for _ in range(10)) for worker in self.workers()]

    def _inode(self, client_port: int) -> str:
        for line in Path("/proc/net/tcp").read_text().splitlines()[1:]:
            _, local, remote, *_, inode = line.split()[:10]
            if [int(end.split(":")[1], 16) for end in (local, remote)] == [self.port, client_port]:
                return inode
        raise AssertionError("The connection is gone.")


def _link(handle: Path) -> str | None:
    try:
        return str(handle.readlink())
    except FileNotFoundError:  # closed meanwhile
        return None


def _open_files(process: int) -> int:
    time.sleep(0.02)
    return len(list(Path(f"/proc/{process}/fd").iterdir()))


@contextmanager
def serving(archive: Archive, log: Path, workers: int) -> Iterator[Server]:
    """Serve the index of ``archive`` by so many workers; what the server complains of is in ``log``."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "searchapp", "serve", "--index", str(archive.index), "--port", str(port)]
    kept = "--keep-alive 5"  # so that a client stays with its worker
    environment = {**os.environ, "GUNICORN_CMD_ARGS": f"--workers {workers} {kept}"}
    with (
        log.open("wb") as complaints,
        subprocess.Popen(
            command, cwd=log.parent, env=environment, stdout=subprocess.DEVNULL, stderr=complaints
        ) as process,
    ):
        try:
            server = Server(process, port)
            assert until(lambda: _answers(port) and len(server.workers()) == workers, 30), log.read_text()
            yield server
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(30)


def _answers(port: int) -> bool:
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


@dataclass(frozen=True, slots=True)
class Seen:
    """A state that a worker showed, in an answer asked for and had at these times of the monotonic clock."""

    worker: int
    asked: float
    had: float
    state: int
    generation: str | None  # where the answer names it


class Load:
    """Asks a server for ``paths`` over and over, over ``clients`` connections to each of its workers. What was ``seen``
    is kept, and so are all ``faults``: failures, and answers that ``judge`` raises AssertionError for; it is given the
    path and the text of an answer and tells its state and generation. Between requests a client rests ``pause``
    seconds."""

    def __init__(
        self,
        server: Server,
        paths: Sequence[str],
        judge: Callable[[str, str], tuple[int, str | None]],
        *,
        clients: int = 2,
        pause: float,
    ) -> None:
        self._pause = pause
        self.seen: list[Seen] = []
        self.faults: list[str] = []
        self._server, self._paths, self._judge, self._clients = server, paths, judge, clients
        self.shown: dict[tuple[int, int], float] = {}  # when a worker first showed a state
        self._over = threading.Event()
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        with ExitStack() as stack:
            for number, (worker, connection) in enumerate(self._connections(stack)):
                client = threading.Thread(target=self._ask, args=(worker, connection, number))
                client.start()
                stack.callback(client.join)
            stack.callback(self._over.set)
            self._stack = stack.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def shown_by_all(self, state: int, seconds: float) -> float:
        """Wait until every worker has shown ``state``, at most so long; return when the last one did."""
        wanted = [(worker, state) for worker in self._server.workers()]
        assert until(lambda: all(each in self.shown for each in wanted), seconds), self.faults
        return max(self.shown[each] for each in wanted)

    def _connections(self, stack: ExitStack) -> list[tuple[int, HTTPConnection]]:
        wanted = self._server.workers() * self._clients
        found = []
        for _ in range(1000):
            worker, connection = self._server.connect()
            if worker in wanted:
                wanted.remove(worker)
                found.append((worker, connection))
                stack.callback(connection.close)
            else:
                connection.close()
            if not wanted:
                return found
        raise AssertionError(f"These workers take no connections: {wanted}")

    def _ask(self, worker: int, connection: HTTPConnection, number: int) -> None:
        while not self._over.wait(self._pause):
            path = self._paths[number % len(self._paths)]
            number += 1
            asked = time.monotonic()
            try:
                connection.request("GET", path)
                response = connection.getresponse()
                text = response.read().decode()
                had = time.monotonic()
                assert response.status == 200, f"{response.status} {text}"
                state, generation = self._judge(path, text)
            except (HTTPException, OSError, AssertionError) as fault:
                self.faults.append(f"{path}: {fault!r}")
                continue
            self.seen.append(Seen(worker, asked, had, state, generation))
            self.shown.setdefault((worker, state), had)
