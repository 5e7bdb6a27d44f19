"""Is a statement's confidence the share of those like it that are right? ``python -m quality.calibration`` shows it.

A statement counts as right where the annotated articles have its speaker in one of its sentences, as wrong where they
have not; those whose sentence has only a pronoun or a role as its source count neither way, as in the scorer.
"""

import importlib.util
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from types import ModuleType
from typing import Any

import click

from quality.measures import SHARED, read
from searchapp.ingest.attribution.statements import attribute

WIDTH = 40  # of a bar, in characters, for a share of 1


def judged(scorer: ModuleType, row: dict[str, Any]) -> Iterator[tuple[float, bool]]:
    """Yield the confidence of each statement by a person in an annotated article, and whether it is right."""
    gold, text = scorer.Gold(row), row["text"]
    for statement in attribute(text)[1]:
        sentences = gold.sents_of(statement.start, statement.end)
        for speaker in statement.speakers:
            pairs = {(number, gold.key(speaker.name)) for number in sentences}
            if speaker.type != "person":
                continue
            if pairs & gold.req:
                yield statement.confidence, True
            elif not pairs & (gold.ext | gold.ext_res | gold.opt) and not gold.dontcare.intersection(sentences):
                yield statement.confidence, False


def table(rows: list[dict[str, Any]], scorer: ModuleType) -> Iterator[str]:
    """Yield a line for each confidence: what it says, what is so, of how many, and both as a bar."""
    counts: dict[float, Counter[bool]] = defaultdict(Counter)
    for row in rows:
        for confidence, right in judged(scorer, row):
            counts[confidence][right] += 1
    yield "says  is    of     0" + "right".center(WIDTH - 2, " ") + "1"
    for confidence, found in sorted(counts.items(), reverse=True):
        share = found[True] / found.total()
        bar = ["█" if at < share * WIDTH else "·" for at in range(WIDTH)]
        bar[min(round(confidence * WIDTH), WIDTH - 1)] = "|"
        yield f"{confidence:.2f}  {share:.2f}  {found.total():<5}  {''.join(bar)}"


def main() -> None:
    """Show the table of the annotated articles beside the project."""
    folder = SHARED / "eval/speakers"
    if not folder.is_dir():
        sys.exit("Nothing is measured: the data to measure with are not beside this project (../shared).")
    spec = importlib.util.spec_from_file_location("score", folder / "score.py")
    if spec is None or spec.loader is None:
        raise RuntimeError("The scorer beside the project cannot be read.")
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    rows = [row for split in ("dev", "train") for row in read(folder / f"{split}.jsonl.gz") if row.get("corenlp", True)]
    click.echo("\n".join(table(rows, scorer)))


if __name__ == "__main__":
    main()
