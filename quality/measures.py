"""The measures: each feeds ``searchapp inspect --json`` what a reader would have, and lets a scorer beside the
project compare what comes out. Speed is that of the same command."""

import gzip
import json
import os
import re
import resource
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, count, pairwise
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import trafilatura

from benchmarks.archive import REUTERS
from quality.floors import Measured
from searchapp.ingest.attribution.statements import attribute

SHARED = Path(__file__).parents[2] / "shared"
DUMPS = {
    "full": "body out of a whole-page dump (full)",
    "loose": "body out of a loose dump",
    "tight": "body out of a tight dump (already clean)",
}
HTML = "body out of HTML"
SAMPLE = 5  # one Reuters article in so many is looked at for false cuts
WORDS = range(350, 451)  # of an article whose ingest is timed
TIMED, ROUNDS = 250, 3  # such articles, and how often they are: the fastest round counts, since others may be at work
Rows = Iterable[dict[str, Any]]


@dataclass(frozen=True)
class Bench:
    """Where the data lie (``shared``) and where to work (``folder``)."""

    shared: Path
    folder: Path

    def written(self, rows: Rows) -> Path:
        """Write rows as a new JSONL file."""
        file = next(path for number in count() if not (path := self.folder / f"{number}.jsonl").exists())
        file.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf8")
        return file

    def inspected(self, *files: Path | str) -> Path:
        """Return the file of what ``searchapp inspect --json`` prints of files (options may stand among them)."""
        return self.written(map(json.loads, self.searchapp("inspect", "--json", *files).splitlines()))

    def inspected_texts(self, texts: Iterable[tuple[str, str]]) -> Path:
        """Return the same of texts given with their ids, and nothing else."""
        return self.inspected(self.written({"id": identity, "text": text} for identity, text in texts))

    def searchapp(self, *arguments: Path | str) -> str:
        """Run the program here, apart from settings and people.toml of the project, and return what it prints."""
        clean = {name: value for name, value in os.environ.items() if not name.startswith("SEARCHAPP_")}
        return _output([sys.executable, "-m", "searchapp", *map(str, arguments)], cwd=self.folder, env=clean)

    def scored(self, scorer: str, *arguments: Path | str) -> str:
        """Run a program that lies with the data, and return what it prints."""
        return _output([sys.executable, str(self.shared / scorer), *map(str, arguments)])


def read(file: Path) -> list[dict[str, Any]]:
    """Return the objects of a JSONL file, zipped or not."""
    with gzip.open(file, "rt", encoding="utf8") if file.suffix == ".gz" else file.open(encoding="utf8") as lines:
        return [json.loads(line) for line in lines]


def bodies(bench: Bench) -> Iterator[Measured]:
    """Measure bodies cut out of dumps and HTML, beside trafilatura on the same pages."""
    gold = bench.shared / "eval/cleaning/pages.jsonl.gz"
    pages, predicted = read(gold), []
    for variant in DUMPS:
        made = bench.inspected_texts((page["id"], page[variant]) for page in pages)
        predicted += _bodies(read(made), variant)
    files = sorted((gold.parent / "html").glob("*.html.gz"))
    predicted += _bodies(read(bench.inspected(*files)), "html")
    ours = _cleaning_f1(bench, gold, predicted)
    theirs = _cleaning_f1(bench, gold, map(_by_trafilatura, files))
    yield from (Measured(what, "F1", ours[variant]) for variant, what in DUMPS.items())
    yield Measured(HTML, "F1", ours["html"])
    yield Measured(HTML, "F1 above trafilatura's own", round(ours["html"] - theirs["html"], 3))


def bodies_of_one_archive(bench: Bench) -> Iterator[Measured]:
    """Measure bodies of pages that share their host with another: cleaned with what their archive teaches."""
    pages = read(bench.shared / "eval/cleaning/pages.jsonl.gz")
    hosts = Counter(_host(page["url"]) for page in pages)
    sharing = [page for page in pages if hosts[_host(page["url"])] > 1]
    rows = [{"id": page["id"], "text": page["full"], "url": page["url"]} for page in sharing]
    corpus, index = bench.folder / "corpus", bench.folder / "index"
    corpus.mkdir()
    file = bench.written(rows).rename(corpus / "pages.jsonl")
    bench.searchapp("reindex", "--corpus", corpus, "--index", index)
    predicted = _bodies(read(bench.inspected("--index", str(index), file)), "full")
    figures = _cleaning_f1(bench, bench.written(sharing), predicted)
    yield Measured("body where pages share a host, one archive (full)", "F1", figures["full"])


def dates(bench: Bench) -> Iterator[Measured]:
    """Measure the day of publication in plain text."""
    gold = bench.shared / "eval/dates/pages.jsonl.gz"
    made = read(bench.inspected_texts((page["id"], page["text"]) for page in read(gold)))
    predicted = ({"id": each["id"], "date": (each.get("published") or {}).get("day")} for each in made)
    figures = _named(bench.scored("eval/dates/score.py", gold, bench.written(predicted)))
    for measure in ("right", "wrong"):
        yield Measured("day of publication, plain text", measure, figures[measure])


def speakers(bench: Bench) -> Iterator[Measured]:
    """Measure speakers and statements: on dev; on train, from which rules are chosen, for information."""
    for split in ("dev", "train"):
        gold = bench.shared / f"eval/speakers/{split}.jsonl.gz"
        figures = _attribution(bench, gold, bench.inspected_texts((each["id"], each["text"]) for each in read(gold)))
        who, said = f"speakers per article ({split})", f"statements ({split})"
        for measure, value in zip(("precision", "recall", "F1"), figures["spk"], strict=True):
            yield Measured(who, measure, value)
        yield Measured(said, "F1", figures["stm"][2])
        yield Measured(said, "unquoted recall", figures["ind_recall"])


def seeds(bench: Bench) -> Iterator[Measured]:
    """Count what is wrong on the five seeds, and measure their statements."""
    made = bench.inspected(*sorted((bench.shared / "seeds").glob("*.txt")))
    told = _output([sys.executable, str(bench.shared / "seeds/check.py"), str(made)], may_fail=True)
    wrong = re.search(r"([0-9]+) things wrong", told)
    if not wrong:
        raise RuntimeError(f"The check of the seeds does not say how many things are wrong: {told[-500:]}")
    yield Measured("the five seeds", "things wrong", int(wrong[1]))
    figures = _attribution(bench, bench.shared / "eval/speakers/seeds.jsonl", made)
    yield Measured("the five seeds", "statements F1", figures["stm"][2])


def glued_words(bench: Bench) -> Iterator[Measured]:
    """Count words of clean articles that were cut in two."""
    raw = {each["id"]: each["text"] for each in read(bench.shared / "bench" / REUTERS.name)[::SAMPLE]}
    made = read(bench.inspected_texts(raw.items()))
    words = cuts = 0
    for each in made:
        body = each.get("body", "").split()
        words += len(body)
        cuts += false_cuts(raw[each["id"]].split(), body)
    yield Measured("glued words, where none are", "false cuts in 1,000 words", 1000 * cuts / max(words, 1))


def false_cuts(before: Sequence[str], after: Sequence[str]) -> int:
    """Return how many neighbours in ``after`` are one word of ``before``, and were not neighbours in it."""
    words, neighbours = set(before), set(pairwise(before))
    return sum(a + b in words and (a, b) not in neighbours for a, b in pairwise(after))


def contents(bench: Bench) -> Iterator[Measured]:
    """Count statements that hold no word of what was said, though something was, over all texts beside the project."""
    files = [bench.shared / "bench" / REUTERS.name, *sorted((bench.shared / "eval").rglob("*.jsonl.gz"))]
    rows = chain.from_iterable(map(read, files))
    texts = (row[key] for row in rows for key in ("text", "tight") if isinstance(row.get(key), str))
    without = sum(
        1
        for text in texts
        for each in attribute(text)[1]
        if each.polarity != "declined"
        and not any(letter.isalnum() for start, end in each.content for letter in text[start:end])
    )
    yield Measured("statements of which no word is told", "number", without)


def speed(bench: Bench) -> Iterator[Measured]:
    """Time ingest by the CPU seconds of the command, less those of a run over one article."""
    texts = (each["text"] for each in read(bench.shared / "bench" / REUTERS.name))
    rows = [{"id": str(n), "text": text} for n, text in enumerate(texts) if len(text.split()) in WORDS][:TIMED]
    one, many = (bench.written(each) for each in (rows[:1], rows))
    seconds = min(_cpu(bench, many) - _cpu(bench, one) for _ in range(ROUNDS))
    yield Measured("ingest of 400 words", "articles/s and core", (len(rows) - 1) / seconds)


def _cpu(bench: Bench, file: Path) -> float:
    def so_far() -> float:
        spent = resource.getrusage(resource.RUSAGE_CHILDREN)
        return spent.ru_utime + spent.ru_stime

    began = so_far()
    bench.searchapp("inspect", "--json", file)
    return so_far() - began


def _bodies(articles: Rows, variant: str) -> list[dict[str, str]]:
    return [{"id": each["id"], "variant": variant, "body": each.get("body", "")} for each in articles]


def _by_trafilatura(file: Path) -> dict[str, str]:
    body = trafilatura.extract(gzip.decompress(file.read_bytes()), include_comments=False)
    return {"id": file.name.removesuffix(".html.gz"), "variant": "html", "body": body or ""}


def _cleaning_f1(bench: Bench, gold: Path, predicted: Rows) -> dict[str, float]:
    told = bench.scored("eval/cleaning/score.py", gold, bench.written(predicted))
    return {line.split()[0]: _named(line)["F1"] for line in told.splitlines()}


def _attribution(bench: Bench, gold: Path, articles: Path) -> dict[str, Any]:
    told = bench.scored("eval/speakers/to_predictions.py", gold, articles)
    predicted = bench.written(map(json.loads, told.splitlines()))
    figures: dict[str, Any] = json.loads(bench.scored("eval/speakers/score.py", gold, predicted, "--json"))
    return figures


def _named(told: str) -> dict[str, float]:
    """Return the figures of a line such as "right 0.918  wrong 0.029" by their names."""
    return {name: float(value) for name, value in re.findall(r"(\w+) +([0-9]+\.[0-9]+)", told)}


def _host(url: str) -> str:
    return (urlsplit(url).hostname or "").removeprefix("www.")


def _output(command: Sequence[str], *, may_fail: bool = False, **more: Any) -> str:
    done: subprocess.CompletedProcess[str] = subprocess.run(command, capture_output=True, encoding="utf8", **more)
    if done.returncode and not may_fail:
        raise RuntimeError(f"{' '.join(command)[:200]} failed: {done.stderr[-2000:]}")
    return done.stdout
