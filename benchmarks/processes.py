"""What a command and all processes it starts take: time, cores and memory, read from ``/proc``."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile

_TICK = os.sysconf("SC_CLK_TCK")
_PAUSE = 0.1  # seconds between two looks


@dataclass(frozen=True, slots=True)
class Spent:
    """Seconds by the clock, seconds of CPU over all processes, and the most memory they took together, in bytes."""

    wall: float
    cpu: float
    memory: int
    output: str


def watched(command: Sequence[str]) -> Spent:
    """Run a Python module with its arguments to its end. Raises RuntimeError when it fails."""
    began = time.monotonic()
    cpu: dict[int, float] = {}
    most = 0
    with TemporaryFile("w+") as output, TemporaryFile("w+") as errors:
        process = subprocess.Popen([sys.executable, "-m", *command], stdout=output, stderr=errors)
        while process.poll() is None:
            cpu |= {member: max(cpu.get(member, 0.0), _cpu(member)) for member in _family(process.pid)}
            most = max(most, memory(process.pid))
            time.sleep(_PAUSE)
        wall = time.monotonic() - began
        output.seek(0)
        errors.seek(0)
        if process.returncode:
            raise RuntimeError(f"{' '.join(command)} failed: {errors.read()}")
        return Spent(wall, sum(cpu.values()), most, output.read())


def memory(process: int, *, private: bool = False) -> int:
    """Return the bytes that a process and those it started take together: the sum of their proportional set sizes,
    in which a page that several of them share counts once. With ``private`` files that are mapped do not count."""
    return sum(_proportional(each, "Pss_Anon:" if private else "Pss:") for each in _family(process))


def _proportional(process: int, kind: str) -> int:
    for line in _read(process, "smaps_rollup").splitlines():
        if line.startswith(kind):
            return int(line.split()[1]) * 1024
    return 0


def _cpu(process: int) -> float:
    _, _, after = _read(process, "stat").rpartition(")")
    fields = after.split()
    return (int(fields[11]) + int(fields[12])) / _TICK if fields else 0.0


def _family(process: int) -> Iterator[int]:
    yield process
    for thread in Path(f"/proc/{process}/task").glob("*"):
        for child in _read(process, f"task/{thread.name}/children").split():
            yield from _family(int(child))


def _read(process: int, name: str) -> str:
    try:
        return Path(f"/proc/{process}/{name}").read_text("utf8")
    except OSError:  # it has ended meanwhile
        return ""
