"""The real path: raw articles become an index. And ingest alone, in one process, as articles a second and core."""

import json
import shutil
import time
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from benchmarks.archive import REUTERS
from benchmarks.processes import Spent, watched
from searchapp.errors import Rejected
from searchapp.ingest import ingest
from searchapp.ingest.attribution.people import People
from searchapp.ingest.formats import items, parse
from searchapp.ingest.profile import Profile
from searchapp.ingest.raw import Raw

SAMPLE = 5  # one article in so many is ingested


@dataclass(frozen=True, slots=True)
class Reindexed:
    """What ``searchapp reindex`` took, how many articles it made, and the size of the index in bytes."""

    spent: Spent
    articles: int
    size: int


def reindex(folder: Path) -> Reindexed:
    """Index the Reuters articles as a user does, with the command."""
    corpus, index = folder / "corpus", folder / "index"
    corpus.mkdir()
    shutil.copy(REUTERS, corpus)
    spent = watched(["searchapp", "reindex", "--corpus", str(corpus), "--index", str(index), "--json"])
    return Reindexed(spent, json.loads(spent.output)["articles"], size_of(index))


def ingest_alone() -> tuple[float, float]:
    """Return how many articles a second of CPU are read, learned from and ingested, and how many are ingested alone."""
    began = time.process_time()
    raws = []
    for item in islice(items(REUTERS, REUTERS.parent), 0, None, SAMPLE):
        try:
            raws.append(parse(item))
        except Rejected:
            continue
    profile = Profile.of(raws)
    learned = time.process_time()
    for raw in raws:
        _ingest(raw, profile)
    done = time.process_time()
    return len(raws) / (done - began), len(raws) / (done - learned)


def size_of(folder: Path) -> int:
    """Return the bytes of all files below a folder."""
    return sum(each.stat().st_size for each in folder.rglob("*") if each.is_file())


def _ingest(raw: Raw, profile: Profile) -> None:
    try:
        ingest(raw, profile, People())
    except Rejected:
        return
