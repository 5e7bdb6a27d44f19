"""What files held is remembered, so that an update reads only those that changed; and it is never wrong about that."""

import json
import os
import shutil
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, tzinfo
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from searchapp.engines import open_engine
from searchapp.engines.memory import MemoryEngine
from searchapp.engines.protocol import Engine
from searchapp.indexing import known, reindex, update
from searchapp.indexing.guards import Allowed
from searchapp.indexing.report import Report
from searchapp.ingest import formats
from searchapp.ingest.files import find
from searchapp.ingest.formats.newsrooms import stated

GRAIN = 0.03  # seconds, more than any kernel's tick: the rule for times that are too fresh, short enough to wait for
ANYTHING = Allowed(empty=True, removals=True)
PLACES = ("Selwyn", "Marrow", "Ostby")


def story(number: int) -> str:
    place, name = PLACES[number % 3], ("Ada Lindgren", "Ida Brandt")[number % 2]
    return f'The new harbour of {place} will open in spring, {name} said on Monday.\n\n"We waited," {name} said.\n'


def line(number: int, name: str, hour: int = 0) -> str:
    """An item of a file of many; with an hour it is one version of a page that all of them tell of."""
    version = {"url": "https://courier.example/pier", "published": f"2021-03-01T{hour:02}:00:00Z"} if hour else {}
    return json.dumps({"id": name, "text": story(number), "Kurz": f"In short: {story(number + 1)}", **version})


# What a file may hold: articles and what is none, ids that others have too, versions of one page, damage.
TEXTS = st.sampled_from([*map(story, range(6)), "", "* * *\n", "<!doctype html><html><p>" + story(1) + "</html>"])
LINES = st.lists(
    st.one_of(
        st.builds(line, st.integers(0, 5), st.sampled_from(["x", "y"])),
        st.builds(line, st.integers(0, 5), st.sampled_from(["u", "v", "w"]), st.integers(1, 4)),
        st.sampled_from(["{", '{"id": "none"}', '{"text": "* * *"}']),
    ),
    max_size=4,
).map("\n".join)
NAMES = st.sampled_from(["a.txt", "sub/b.txt", "page", "odd.bin", "wire.jsonl", "sub/more.jsonl"])


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """A corpus of all that an update may meet, old enough to be believed."""
    folder = tmp_path / "corpus"
    (folder / "sub").mkdir(parents=True)
    (folder / "a.txt").write_text(story(1))
    (folder / "blank.txt").write_text("* * *\n")
    (folder / "page").write_text(f"<!doctype html><html><p>{story(2)}</html>")
    (folder / "odd.bin").write_bytes(b"\0")
    lines = [line(1, "x"), "{", line(2, "u", 1), line(2, "v", 2), line(3, "y")]
    (folder / "sub" / "wire.jsonl").write_text("\n".join(lines))
    return folder


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that are opened, in order; no time is too fresh to be believed."""
    names, opening = [], formats._opened

    def noting(file: Path) -> object:
        names.append(file.name)
        return opening(file)

    monkeypatch.setattr(formats, "_opened", noting)
    monkeypatch.setattr(known, "_GRAIN", -(10**12))
    return names


def quiet(report: Report) -> Report:
    return replace(report, generation="", seconds=0)


@pytest.mark.parametrize("kind", ["whoosh", "tantivy"])
def test_where_nothing_changed_no_file_is_opened_and_the_report_is_the_same(
    kind: str, corpus: Path, opened: list[str], tmp_path: Path
) -> None:
    engine, file = open_engine(f"{kind}:{tmp_path / 'index'}"), tmp_path / "index" / "files.known"
    reindex(engine, corpus, jobs=1, known=file)
    opened.clear()
    report = update(engine, corpus, jobs=1, known=file)
    assert opened == []
    assert (report.unchanged, report.rejected_in_all, len(report.earlier), report.ignored) == (5, 2, 1, {".bin": 1})
    assert quiet(update(engine, corpus, jobs=1, known=file, verify=True)) == quiet(report)
    assert set(opened) == {"a.txt", "blank.txt", "page", "odd.bin", "wire.jsonl"}


def test_only_what_changed_is_read(corpus: Path, opened: list[str], tmp_path: Path) -> None:
    engine, file = MemoryEngine(), tmp_path / "files.known"
    reindex(engine, corpus, jobs=1, known=file)
    opened.clear()
    (corpus / "a.txt").write_text(story(5))
    (corpus / "new.txt").write_text(story(4))
    report = update(engine, corpus, jobs=1, known=file)
    assert (report.added, report.changed, report.unchanged, set(opened)) == (1, 1, 4, {"a.txt", "new.txt"})


def test_of_a_version_that_counts_again_the_file_is_read(corpus: Path, opened: list[str], tmp_path: Path) -> None:
    engine, file = MemoryEngine(), tmp_path / "files.known"
    (corpus / "later.jsonl").write_text(line(4, "w", 4))
    assert len(reindex(engine, corpus, jobs=1, known=file).earlier) == 2
    opened.clear()
    (corpus / "later.jsonl").unlink()
    assert update(engine, corpus, jobs=1, known=file).added == 1
    assert set(opened) == {"wire.jsonl"}
    assert set(dict(engine.digests())) == {"a", "page", "x", "v", "y"}


def test_what_was_altered_a_moment_ago_is_read_again(
    corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine, file = MemoryEngine(), tmp_path / "files.known"
    reindex(engine, corpus, jobs=1, known=file)
    assert not any(known.KnownFiles(file).of(each) for each in find(corpus).files)
    monkeypatch.setattr(known, "_GRAIN", -(10**12))
    reindex(engine, corpus, jobs=1, known=file)
    assert any(known.KnownFiles(file).of(each) for each in find(corpus).files)


def test_times_of_the_future_are_not_believed(corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    engine, file, hour = MemoryEngine(), tmp_path / "files.known", 3600
    monkeypatch.setattr(known, "_GRAIN", -60 * 10**9)
    os.utime(corpus / "a.txt", (time.time() + hour, time.time() + hour))
    reindex(engine, corpus, jobs=1, known=file)
    held = {each.name: known.KnownFiles(file).of(each) is not None for each in find(corpus).files}
    assert (held["a.txt"], held["page"]) == (False, True)


def test_a_time_that_was_put_back_hides_nothing(corpus: Path, opened: list[str], tmp_path: Path) -> None:
    engine, file = MemoryEngine(), tmp_path / "files.known"
    reindex(engine, corpus, jobs=1, known=file)
    before, text = (corpus / "a.txt").stat(), (corpus / "a.txt").read_text()
    time.sleep(0.02)  # the system's own times are no finer
    (corpus / "a.txt").write_text(text.replace("Marrow", "Selwyn"))
    os.utime(corpus / "a.txt", ns=(before.st_atime_ns, before.st_mtime_ns))
    opened.clear()
    assert update(engine, corpus, jobs=1, known=file).changed == 1
    assert opened


def test_an_embargo_ends(corpus: Path, opened: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    engine, file = MemoryEngine(), tmp_path / "files.known"
    item = {"uri": "https://wire.example/1", "type": "text", "headline": "Pier", "body_text": story(1)}
    (corpus / "item.json").write_text(json.dumps({**item, "embargoed": "2031-03-01T00:00:00Z"}))
    report = reindex(engine, corpus, jobs=1, known=file)
    assert "embargo until 2031" in "".join(each.reason for each in report.rejected)

    class Later(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> "Later":
            return cls(2032, 1, 1, tzinfo=tz)

    monkeypatch.setattr(stated, "datetime", Later)
    opened.clear()
    assert update(engine, corpus, jobs=1, known=file).added == 1
    assert set(opened) == {"item.json"}


@pytest.mark.parametrize("what", ["versions", "cut", "flipped", "other", "gone"])
def test_what_cannot_be_believed_is_read_anew(
    what: str, corpus: Path, opened: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine, file = MemoryEngine(), tmp_path / "files.known"
    reindex(engine, corpus, jobs=1, known=file)
    data = file.read_bytes()
    if what == "versions":
        monkeypatch.setattr(known, "__version__", "0.0")
    elif what == "gone":
        file.unlink()
    else:
        file.write_bytes({"cut": data[:-9], "flipped": data[:-9] + b"?" + data[-8:], "other": b"{}"}[what])
    opened.clear()
    assert update(engine, corpus, jobs=1, known=file).unchanged == 5
    assert len(set(opened)) == 5
    opened.clear()
    update(engine, corpus, jobs=1, known=file)
    assert opened == []


def test_a_folder_that_cannot_be_written_stops_no_update(corpus: Path, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert reindex(MemoryEngine(), corpus, jobs=1, known=tmp_path / "file" / "files.known").articles == 5


def test_a_file_of_too_many_faults_is_read_again(
    corpus: Path, opened: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(known, "_MOST_REFUSED", 3)
    (corpus / "bad.jsonl").write_text("{\n" * 4)
    engine, file = MemoryEngine(), tmp_path / "files.known"
    reindex(engine, corpus, jobs=1, known=file)
    opened.clear()
    assert update(engine, corpus, jobs=1, known=file).rejected_in_all == 6
    assert set(opened) == {"bad.jsonl"}


class Changes(RuleBasedStateMachine):
    """Two indexes of one corpus, which changes at random: one is kept by what is known, the other reads all."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.corpus, self.known = self.folder / "corpus", self.folder / "index" / "files.known"
        (self.corpus / "sub").mkdir(parents=True)
        self.engine, self.other = MemoryEngine(), MemoryEngine()
        self.grain, known._GRAIN = known._GRAIN, int(GRAIN * 1e9)

    def teardown(self) -> None:
        known._GRAIN = self.grain
        shutil.rmtree(self.folder)

    @initialize(text=TEXTS, lines=LINES)
    def begin(self, text: str, lines: str) -> None:
        (self.corpus / "a.txt").write_text(text)
        (self.corpus / "wire.jsonl").write_text(lines)
        (self.corpus / "keep.txt").write_text(story(4))
        self.build()

    def of_kind(self, name: str, text: str, lines: str) -> str:
        return lines if name.endswith("jsonl") else text

    @rule(name=NAMES, text=TEXTS, lines=LINES)
    def write(self, name: str, text: str, lines: str) -> None:
        (self.corpus / name).unlink(missing_ok=True) if (self.corpus / name).is_symlink() else None
        (self.corpus / name).write_text(self.of_kind(name, text, lines))

    @rule(name=NAMES, length=st.booleans())
    def write_in_place_and_put_the_time_back(self, name: str, length: bool) -> None:
        file = self.corpus / name
        if file.is_file():
            before, text = file.stat(), file.read_text()
            file.write_text(text.replace("Selwyn", "Marrow") if length else text + story(3))
            os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))

    @rule(name=NAMES, text=TEXTS, lines=LINES)
    def rename_over(self, name: str, text: str, lines: str) -> None:
        new, file = self.folder / "new", self.corpus / name
        new.write_text(self.of_kind(name, text, lines))
        if file.is_file():
            os.utime(new, ns=(file.stat().st_atime_ns, file.stat().st_mtime_ns))
        new.replace(file)

    @rule(name=NAMES, other=NAMES)
    def move(self, name: str, other: str) -> None:
        if (self.corpus / name).exists():
            (self.corpus / name).replace(self.corpus / other)

    @rule(name=NAMES, other=NAMES)
    def link(self, name: str, other: str) -> None:
        if (self.corpus / name).is_file() and not os.path.lexists(self.corpus / other):
            os.link(self.corpus / name, self.corpus / other)

    @rule(name=NAMES)
    def lead_nowhere(self, name: str) -> None:
        (self.corpus / name).unlink(missing_ok=True)
        (self.corpus / name).symlink_to(self.corpus / "nowhere")

    @rule(name=NAMES)
    def delete(self, name: str) -> None:
        (self.corpus / name).unlink(missing_ok=True)

    @rule(name=NAMES, seconds=st.sampled_from([-100_000, 0, 100_000]))
    def touch(self, name: str, seconds: int) -> None:
        if (self.corpus / name).is_file():
            os.utime(self.corpus / name, (time.time() + seconds, time.time() + seconds))

    @rule(folder=st.sampled_from(["", "sub/"]), columns=st.sampled_from(['text = "Kurz"\n', 'title = "Kurz"\n', None]))
    def name_columns(self, folder: str, columns: str | None) -> None:
        self.note(f"{folder}columns.toml", columns)

    @rule(people=st.sampled_from(['["Ida Brandt-Moor"]\nvariants = ["Ida Brandt"]\n', None]))
    def name_people(self, people: str | None) -> None:
        self.note("people.toml", people)

    def note(self, name: str, text: str | None) -> None:
        (self.corpus / name).unlink(missing_ok=True)
        if text:
            (self.corpus / name).write_text(text)

    @rule()
    def let_time_pass(self) -> None:
        time.sleep(GRAIN)  # else all is too fresh to be believed

    @rule(at=st.integers(0, 4000))
    def damage_what_is_known(self, at: int) -> None:
        if self.known.is_file():
            data = bytearray(self.known.read_bytes())
            data[at % len(data)] ^= 1 << at % 8
            self.known.write_bytes(data)

    @rule()
    def keep_the_index(self) -> None:
        self.kept = dict(self.engine._articles), self.engine._info, self.engine._profile

    @rule()
    def roll_the_index_back(self) -> None:
        if hasattr(self, "kept"):
            for engine in (self.engine, self.other):
                engine._articles, engine._info, engine._profile = dict(self.kept[0]), *self.kept[1:]

    @rule()
    def build(self) -> None:
        self.run(lambda engine, file: reindex(engine, self.corpus, jobs=1, allowed=ANYTHING, known=file))

    @rule(dry=st.booleans(), again=st.booleans())
    def bring_up_to_date(self, dry: bool, again: bool) -> None:
        for _ in range(1 + again):
            self.run(
                lambda engine, file: update(engine, self.corpus, jobs=1, allowed=ANYTHING, dry_run=dry, known=file)
            )

    def run(self, work: Callable[[Engine, Path | None], Report]) -> None:
        ours, theirs = (replace(work(*each), generation="", seconds=0) for each in self.both())
        assert ours == theirs
        assert self.engine._articles == self.other._articles

    def both(self) -> list[tuple[Engine, Path | None]]:
        return [(self.engine, self.known), (self.other, None)]


TestChanges = Changes.TestCase
TestChanges.settings = settings(max_examples=20, stateful_step_count=16)
