"""The steps from a raw file to an article: whatever fails in one of them costs that article, and no other."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from traceback import walk_tb
from typing import Literal

from searchapp.errors import RejectedForNow, SearchappError, WorkStopped

Step = Literal[
    "reading it", "learning from it", "cleaning it", "dating it", "attributing its statements", "naming its speakers"
]


@contextmanager
def step(doing: Step) -> Iterator[None]:
    """Do one step with one article; also a decorator of a function that does it.

    Raises RejectedForNow where the step fails by a fault of this program: its sentence tells what failed, and where in
    the code, for a report. Raises WorkStopped when memory runs out, since that depends on the machine and the day, and
    what an index holds must not. What is said for a user already (a SearchappError) is passed on.
    """
    try:
        yield
    except SearchappError:
        raise
    except MemoryError as fault:
        raise WorkStopped(
            f"There was not enough memory for an article while {doing}; the index is unchanged. Try --jobs 1."
        ) from fault
    except Exception as fault:
        *_, (frame, line) = walk_tb(fault.__traceback__)
        place = f"{type(fault).__name__} in {Path(frame.f_code.co_filename).name}, line {line}"
        raise RejectedForNow(
            f"searchapp itself failed while {doing} ({place}): please report this together with the file."
        ) from fault
