"""The recipes in deploy/ are sound as far as that can be told without running them."""

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from searchapp.cli import main
from searchapp.settings import PREFIX, settings_fields

DEPLOY = Path(__file__).parent.parent / "deploy"
UNITS = sorted(DEPLOY.glob("searchapp*.*"))
PROGRAM = "/opt/searchapp/bin/searchapp"


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    read: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text("utf8"))
    return read


def test_commands_and_settings_that_are_named_exist() -> None:
    for file in DEPLOY.iterdir():
        text = file.read_text("utf8")
        for command in re.findall(r"(?:bin/searchapp|\bdo searchapp|--rm update) (\w+)", text):
            assert command in main.commands, file
        for name in re.findall(rf"\b{PREFIX}(\w+)", text):
            assert name.lower() in settings_fields(), file


def test_units_are_sound(tmp_path: Path) -> None:
    if not shutil.which("systemd-analyze"):
        pytest.skip("systemd-analyze is not installed")
    for unit in UNITS:
        (tmp_path / unit.name).write_text(unit.read_text("utf8").replace(PROGRAM, "/bin/true"), encoding="utf8")
    told = subprocess.run(
        ["systemd-analyze", "verify", *sorted(map(str, tmp_path.iterdir()))], capture_output=True, text=True
    )
    assert (told.returncode, [line for line in told.stderr.splitlines() if "searchapp" in line]) == (0, [])


def test_services_share_one_image_and_the_site_is_closed_to_other_hosts(compose: dict[str, Any]) -> None:
    services = compose["services"]
    assert set(services) == {"web", "update", "opensearch"}
    assert services["web"]["image"] == services["update"]["image"]
    assert services["web"]["command"][0] in main.commands
    assert all(port.startswith("127.0.0.1:") for port in services["web"]["ports"])
    assert (DEPLOY / services["web"]["build"]["context"] / services["web"]["build"]["dockerfile"]).is_file()
    named = {volume.split(":")[0] for each in services.values() for volume in each["volumes"]}
    assert {each for each in named if re.fullmatch(r"\w+", each)} == set(compose["volumes"])


def test_the_shell_of_the_update_runs_what_it_is_given(compose: dict[str, Any]) -> None:
    shell, option, script, *rest = compose["services"]["update"]["entrypoint"]
    script = script.replace("$$", "$").replace("exec searchapp", "exec echo ran").replace("searchapp", "echo")
    ran = subprocess.run([shell, option, script, *rest, "reindex"], capture_output=True, text=True, timeout=10)
    assert ran.stdout == "ran reindex\n"
    script = script.replace("sleep 600", "exit")
    assert subprocess.run([shell, option, script, *rest], capture_output=True, text=True).stdout == "update\n"


def test_the_container_gets_all_files_that_a_wheel_is_made_of() -> None:
    copied = re.findall(r"^COPY (?!--)(.+) \S+$", (DEPLOY / "Containerfile").read_text("utf8"), re.M)
    root = DEPLOY.parent
    for name in " ".join(copied).split():
        assert (root / name).exists()
    assert {"searchapp", "templates", "static", "pyproject.toml", "README.md", "LICENSE", "NOTICE"} <= set(
        " ".join(copied).split()
    )
