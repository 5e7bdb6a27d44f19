"""What a newcomer installs works outside the checkout too: pages and styles travel in the wheel."""

import os
import re
import subprocess
import sys
import tomllib
import venv
from importlib.metadata import distribution
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

SERVE_A_PAGE = """
from searchapp.web import create_app
client = create_app().test_client()
page = client.get("/")
assert page.status_code == 200 and b"</html>" in page.data, page.data
assert client.get("/static/style.css").status_code == 200
print("served")
"""


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A fresh environment with the built wheel in it, and of what the tests run with only that which the lock names:
    what a user gets, but for the time of installing it once more."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT],
        check=True,
        capture_output=True,
    )
    (wheel,) = folder.glob("*.whl")
    environment = folder / "venv"
    venv.create(environment)
    (packages,) = environment.glob("lib/python*/site-packages")
    for name, version in re.findall(r"^([\w.-]+)==(\S+)", (ROOT / "requirements.lock").read_text(), re.MULTILINE):
        held = distribution(name)
        assert held.version == version, f"{name} is not as requirements.lock has it"
        for top in {file.parts[0] for file in held.files or () if file.parts[0] not in ("..", "__pycache__")}:
            if not (packages / top).exists():
                (packages / top).symlink_to(held.locate_file(top))
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--python", environment / "bin" / "python"]
    subprocess.run([*pip, "install", "--quiet", "--no-compile", "--no-deps", "--no-index", wheel], check=True)
    return environment / "bin"


@pytest.mark.slow
def test_the_wheel_indexes_and_serves_outside_the_checkout(installed: Path, tmp_path: Path) -> None:
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "a.txt").write_text(
        "The old ferry will sail again in spring, the harbour master Ada Lindgren said on Monday.\n", encoding="utf8"
    )
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "SEARCHAPP"))}
    report = subprocess.run(
        [installed / "searchapp", "reindex", "--json"], cwd=tmp_path, env=clean, capture_output=True, text=True
    )
    assert report.returncode == 0, report.stderr
    served = subprocess.run(
        [installed / "python", "-c", SERVE_A_PAGE], cwd=tmp_path, env=clean, capture_output=True, text=True
    )
    assert served.stdout.strip() == "served", served.stderr


@pytest.mark.slow
def test_the_wheel_is_typed_and_carries_every_licence(installed: Path) -> None:
    (packages,) = installed.parent.glob("lib/python*/site-packages")
    assert (packages / "searchapp" / "py.typed").is_file()
    (about,) = packages.glob("searchapp-*.dist-info")
    metadata = (about / "METADATA").read_text(encoding="utf8").splitlines()
    assert "License-Expression: Apache-2.0" in metadata
    assert "Author: The searchapp developers" in metadata
    shipped = {path.relative_to(about / "licenses") for path in (about / "licenses").rglob("*") if path.is_file()}
    lists = {
        path.with_name(path.name.replace(".txt.gz", ".COPYRIGHT")) for path in (ROOT / "searchapp").rglob("*.txt.gz")
    }
    terms_of_others = set((ROOT / "searchapp").rglob("*.COPYRIGHT"))
    assert lists
    assert lists <= terms_of_others
    wanted = {ROOT / "LICENSE", ROOT / "NOTICE"} | terms_of_others
    assert shipped == {path.relative_to(ROOT) for path in wanted}
    assert all((about / "licenses" / name).read_bytes() == (ROOT / name).read_bytes() for name in shipped)


def test_the_notice_names_the_word_lists_and_where_their_terms_stand() -> None:
    notice = (ROOT / "NOTICE").read_text(encoding="utf8")
    named = [name.rstrip(".,:") for name in re.findall(r"searchapp/\S+", notice)]
    assert [Path(name).name for name in named] == [
        "words.txt.gz",
        "words.COPYRIGHT",
        "given_names.txt.gz",
        "given_names.COPYRIGHT",
        "names.tsv",
        "names.COPYRIGHT",
    ]
    assert all((ROOT / name).is_file() for name in named)


def test_the_readme_names_the_versions_of_python_that_the_package_does() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf8"))["project"]
    prefix = "Programming Language :: Python :: "
    versions = [each.removeprefix(prefix) for each in project["classifiers"] if re.match(rf"{prefix}3\.\d+$", each)]
    assert project["requires-python"] == f">={versions[0]}"
    readme = " ".join((ROOT / "README.md").read_text(encoding="utf8").split())
    assert f"Python {', '.join(versions[:-1])} and {versions[-1]} are the versions that were run" in readme


def test_make_gives_another_python_an_environment_of_its_own() -> None:
    def told(python: str) -> str:
        make = ["make", "--dry-run", "check", f"PYTHON={python}"]
        return subprocess.run(make, cwd=ROOT, capture_output=True, text=True, check=True).stdout

    assert ".venv/bin/mypy" in told("python3")
    assert f".venv-{sys.version_info.major}.{sys.version_info.minor}/bin/mypy" in told(sys.executable)


def test_the_procfile_has_one_line_for_gunicorn() -> None:
    (line,) = (ROOT / "Procfile").read_text(encoding="utf8").splitlines()
    assert line.startswith("web: gunicorn ")


def test_lock_files_have_hashes_and_name_no_host_and_no_path() -> None:
    for name in ("requirements.lock", "requirements-dev.lock"):
        text = (ROOT / name).read_text(encoding="utf8")
        pinned = re.findall(r"^[\w.-]+==", text, re.MULTILINE)
        assert len(pinned) > 20
        assert text.count("--hash=sha256:") >= len(pinned)
        assert "://" not in text
        assert not re.search(r"--(extra-)?index-url|--find-links", text)
