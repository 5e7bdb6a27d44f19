"""One of two revisions that are compared: ingests what it is told to, with the code on its path, and says how long.

``benchmarks/against.py`` runs this file beside the code of each revision, so it keeps to what all of them have:
``searchapp.indexing.reindex``, here into an engine that keeps nothing. What is measured is all that comes before an
engine: reading, learning, cleaning, dating, attributing, and the names over the whole archive.
"""

import json
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import searchapp
from searchapp.errors import IndexMissing
from searchapp.indexing import reindex


class Nowhere:
    """An engine that holds nothing, and takes every article."""

    @contextmanager
    def lock(self) -> Iterator[None]:
        yield

    def info(self) -> Any:
        raise IndexMissing("Nothing is kept.")

    def reindex(self, articles: Iterable[Any], **_: Any) -> Any:
        taken = sum(1 for _ in articles)
        return SimpleNamespace(generation="", engine="", articles=taken, statements=0)


def main() -> None:
    """Say where the code lies; then for each corpus named on the standard input how many articles it made and how many
    seconds of CPU that took, an answer a line, in JSON."""
    _answer(str(Path(searchapp.__file__).parent))
    nowhere: Any = Nowhere()
    for line in sys.stdin:
        began = time.process_time()
        report = reindex(nowhere, Path(json.loads(line)), jobs=1)
        _answer((report.articles, time.process_time() - began))


def _answer(told: object) -> None:
    sys.stdout.write(f"{json.dumps(told)}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
