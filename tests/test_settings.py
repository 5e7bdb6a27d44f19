"""Settings: command line > environment > file > default, and nothing unknown or malformed passes."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from searchapp.errors import BadSetting
from searchapp.settings import Settings, load, settings_fields, site_prefix


def test_defaults_hold_where_nothing_is_set(tmp_path: Path) -> None:
    assert load(environ={}, folder=tmp_path) == Settings()


def test_command_line_beats_environment_beats_file(tmp_path: Path) -> None:
    (tmp_path / "searchapp.toml").write_text('index = "file"\ncorpus = "file"\ntitle = "file"')
    environ = {"SEARCHAPP_INDEX": "environment", "SEARCHAPP_CORPUS": "environment"}
    settings = load({"index": "option", "corpus": None}, environ=environ, folder=tmp_path)
    assert (settings.index, settings.corpus, settings.title) == ("option", "environment", "file")


def test_host_and_port_are_read_plain_and_the_prefixed_name_wins(tmp_path: Path) -> None:
    assert load(environ={"PORT": "9000", "HOST": "::1"}, folder=tmp_path).port == 9000
    assert load(environ={"PORT": "9000", "SEARCHAPP_PORT": "9001"}, folder=tmp_path).port == 9001


@pytest.mark.parametrize(
    ("environ", "named"),
    [
        ({"SEARCHAPP_INDX": "x"}, "SEARCHAPP_INDX is not a setting. The settings are: index, "),
        ({"PORT": "eighty"}, 'PORT is "eighty": write a whole number.'),
        ({"PORT": "80", "SEARCHAPP_PORT": "1.5"}, 'SEARCHAPP_PORT is "1.5": write a whole number.'),
        ({"PORT": "70000"}, "PORT is 70000: it must be a number from 1 to 65535."),
        ({"WEB_CONCURRENCY": "many"}, 'WEB_CONCURRENCY is "many": write a whole number.'),
        ({"WEB_CONCURRENCY": "-2"}, "WEB_CONCURRENCY is -2: it must be a number from 0 to 256."),
        ({"SEARCHAPP_JOBS": "-1"}, "SEARCHAPP_JOBS is -1: it must be a number from 0 to 256."),
        ({"SEARCHAPP_CRAWLERS": "perhaps"}, 'SEARCHAPP_CRAWLERS is "perhaps": write true or false.'),
        ({"SEARCHAPP_INDEX": ""}, "SEARCHAPP_INDEX is empty: "),
        ({"SEARCHAPP_CORPUS": " "}, "SEARCHAPP_CORPUS is empty: "),
        ({"SEARCHAPP_HOST": ""}, "SEARCHAPP_HOST is empty: "),
        ({"SEARCHAPP_TITLE": ""}, "SEARCHAPP_TITLE is empty: "),
    ],
)
def test_what_is_unknown_or_malformed_is_named(environ: dict[str, str], named: str, tmp_path: Path) -> None:
    with pytest.raises(BadSetting) as caught:
        load(environ=environ, folder=tmp_path)
    assert str(caught.value).startswith(named)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("colour = 1", "colour in searchapp.toml is not a setting."),
        ("port = [1]", 'port in searchapp.toml is "[1]": write a whole number.'),
        ("port = 0", "port in searchapp.toml is 0: it must be "),
        ("port = ", "searchapp.toml cannot be read: "),
        ("title = 7", 'title in searchapp.toml is "7": write a text in quotation marks.'),
        ("title = ''", "title in searchapp.toml is empty: "),
    ],
)
def test_a_faulty_file_is_named(text: str, named: str, tmp_path: Path) -> None:
    (tmp_path / "searchapp.toml").write_text(text)
    with pytest.raises(BadSetting) as caught:
        load(environ={}, folder=tmp_path)
    assert str(caught.value).startswith(named)


def test_an_address_has_brackets_where_it_must() -> None:
    assert Settings().address == "127.0.0.1:8000"
    assert Settings(host="::1", port=80).address == "[::1]:80"


def test_an_option_is_named_as_it_is_typed(tmp_path: Path) -> None:
    with pytest.raises(BadSetting, match=r"^--port is 0: it must be a number from 1 to 65535"):
        load({"port": 0}, environ={}, folder=tmp_path)
    with pytest.raises(BadSetting, match=r"^port is 0: it must be a number"):
        Settings(port=0)


@pytest.mark.parametrize(
    ("written", "meant"), [("yes", True), ("On", True), ("true", True), ("NO", False), ("0", False)]
)
def test_a_switch_may_be_written_as_people_do(written: str, meant: bool, tmp_path: Path) -> None:
    assert load(environ={"SEARCHAPP_CRAWLERS": written}, folder=tmp_path).crawlers is meant


@pytest.mark.slow
@pytest.mark.parametrize(("variable", "workers"), [("WEB_CONCURRENCY", 7), ("SEARCHAPP_WORKERS", 3)])
def test_the_server_has_as_many_workers_as_are_set(variable: str, workers: int, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "gunicorn", "--config", "python:searchapp.web.serving", "--print-config"]
    environ = {**os.environ, variable: str(workers)}
    told = subprocess.run(command, env=environ, cwd=tmp_path, capture_output=True, text=True, check=True).stdout
    assert re.search(rf"^workers += {workers}$", told, re.M)


def test_the_site_may_be_served_below_a_path(tmp_path: Path) -> None:
    for given, prefix in [("", ""), ("/", ""), ("/archive", "/archive"), ("/a_b/v~1.0-a/", "/a_b/v~1.0-a")]:
        assert site_prefix({"SCRIPT_NAME": given}) == prefix
    script = "import os, searchapp.web.serving; print(os.environ['SCRIPT_NAME'])"  # which gunicorn reads afterwards
    environ = {**os.environ, "SCRIPT_NAME": "/archive/"}
    done = subprocess.run([sys.executable, "-c", script], env=environ, cwd=tmp_path, capture_output=True, text=True)
    assert (done.stdout, done.stderr) == ("/archive\n", "")


@pytest.mark.parametrize(
    "given", ["archive", " ", "/old news", "/ärchiv", "/\udcff", "/a%20b", "//archive", "/archive\n", "/a?b", '/"a"']
)
def test_what_is_no_path_in_a_url_is_refused(given: str) -> None:
    with pytest.raises(BadSetting) as caught:
        site_prefix({"SCRIPT_NAME": given})
    assert str(caught.value).startswith(f'SCRIPT_NAME is "{given}": write a path such as /archive')


def test_the_server_does_not_start_below_what_is_no_path(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "gunicorn", "--config", "python:searchapp.web.serving", "--check-config"]
    environ = {**os.environ, "SCRIPT_NAME": "archive"}
    done = subprocess.run(command, env=environ, cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 1
    assert done.stderr.startswith('searchapp: SCRIPT_NAME is "archive": ')
    assert "Traceback" not in done.stderr


def test_every_setting_has_a_help() -> None:
    assert all(field.metadata["help"] for field in settings_fields().values())
