"""Settings: command line > environment > file > default, and nothing unknown or malformed passes."""

from pathlib import Path

import pytest

from searchapp.errors import BadSetting
from searchapp.settings import Settings, load, settings_fields


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
        ({"SEARCHAPP_INDX": "x"}, "indx"),
        ({"PORT": "eighty"}, "eighty"),
        ({"PORT": "70000"}, "70000"),
        ({"SEARCHAPP_JOBS": "-1"}, "-1"),
        ({"SEARCHAPP_CRAWLERS": "perhaps"}, "perhaps"),
        ({"SEARCHAPP_INDEX": ""}, "index is empty"),
        ({"SEARCHAPP_CORPUS": " "}, "corpus is empty"),
        ({"SEARCHAPP_HOST": ""}, "host is empty"),
    ],
)
def test_what_is_unknown_or_malformed_is_named(environ: dict[str, str], named: str, tmp_path: Path) -> None:
    with pytest.raises(BadSetting, match=named):
        load(environ=environ, folder=tmp_path)


@pytest.mark.parametrize("text", ["colour = 1", "port = [1]", "port = ", "port = 'x'"])
def test_a_faulty_file_is_named(text: str, tmp_path: Path) -> None:
    (tmp_path / "searchapp.toml").write_text(text)
    with pytest.raises(BadSetting):
        load(environ={}, folder=tmp_path)


def test_every_setting_has_a_help() -> None:
    assert all(field.metadata["help"] for field in settings_fields().values())
