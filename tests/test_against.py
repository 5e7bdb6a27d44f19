"""The comparison with an older revision runs the code that it says it runs, and sees what comes out different."""

import json
import shutil
from contextlib import closing
from pathlib import Path

import pytest

from benchmarks import against
from benchmarks.systems import ROOT


@pytest.fixture(scope="module")
def other(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The code as it is here, but for the way in which a language is told."""
    code = tmp_path_factory.mktemp("other").resolve()
    shutil.copytree(ROOT / "searchapp", code / "searchapp", ignore=shutil.ignore_patterns("__pycache__"))
    with (code / "searchapp" / "ingest" / "__init__.py").open("a", encoding="utf8") as module:
        module.write("\n\ndef language_of(text: str, _: str | None) -> str:\n")
        module.write('    return "en" if "ferry" in text else "la"\n')
    return code


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    folder.mkdir()
    texts = {
        "ferry": "The ferry will sail again on Monday, its owners said.",
        "mill": "The mill is to close, Ann Beld said.",
    }
    lines = (json.dumps({"id": name, "text": text}) for name, text in texts.items())
    (folder / "articles.jsonl").write_text("\n".join(lines), "utf8")
    return folder


@pytest.mark.slow
def test_a_side_ingests_with_the_code_of_its_folder(other: Path, corpus: Path) -> None:
    with closing(against.Side(other)) as side:
        articles, seconds = side.ingest(corpus)
    assert articles == 2
    assert seconds > 0


@pytest.mark.slow
def test_a_folder_without_the_code_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="was loaded"):
        against.Side(tmp_path.resolve())


@pytest.mark.slow
def test_what_comes_out_different_is_named_with_its_keys(other: Path, corpus: Path, tmp_path: Path) -> None:
    told = list(against.differences_of(other, [corpus], tmp_path))
    assert told == ["1 of 2 differ", "  mill: language, speakers, statements"]
