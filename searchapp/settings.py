"""Each setting once: its name, its default and its help. Command line > environment > file > default."""

import os
import tomllib
from collections.abc import Mapping
from dataclasses import Field, dataclass, field, fields
from pathlib import Path
from typing import Any

import msgspec

from searchapp.errors import BadSetting

FILE = "searchapp.toml"
PREFIX = "SEARCHAPP_"
PLAIN_VARIABLES = {"HOST": "host", "PORT": "port"}  # as hosting platforms and Procfiles set them


def _setting(default: str | int | bool, help: str) -> Any:
    return field(default=default, metadata={"help": help})


@dataclass(frozen=True, slots=True)
class Settings:
    """What can be set. Each field is also ``SEARCHAPP_<NAME>`` in the environment and a key of searchapp.toml."""

    index: str = _setting(
        "index", "The index: a folder, whoosh:index, tantivy:index, or opensearch+https://host:9200/name."
    )
    corpus: str = _setting("corpus", "The folder that holds the articles as they came.")
    jobs: int = _setting(0, "Processes that ingest side by side; 0 takes one for each core.")
    host: str = _setting("127.0.0.1", "The address the site listens on.")
    port: int = _setting(8000, "The port the site listens on.")
    title: str = _setting("News archive", "The name of the archive, at the head of each page.")
    crawlers: bool = _setting(False, "Whether search engines of the web may index the site.")

    opensearch_shards: int = _setting(1, "Shards of each index that reindex makes in OpenSearch.")
    opensearch_replicas: int = _setting(1, "Copies of each of them beside the first.")
    opensearch_ca: str = _setting("system", "A file with the certificates that vouch for OpenSearch, or the system's.")

    def __post_init__(self) -> None:
        for name in ("index", "corpus", "host"):
            if not str(getattr(self, name)).strip():
                raise BadSetting(
                    f"{name} is empty: give it a value or leave it out (is a variable of the shell unset?)."
                )
        if not 0 < self.port < 65536:
            raise BadSetting(f"port is {self.port}: it must be a number from 1 to 65535.")
        if not 0 <= self.jobs <= 256:
            raise BadSetting(f"jobs is {self.jobs}: it must be a number from 0 to 256.")
        if not 1 <= self.opensearch_shards <= 1024:
            raise BadSetting(f"opensearch_shards is {self.opensearch_shards}: it must be a number from 1 to 1024.")
        if not 0 <= self.opensearch_replicas <= 32:
            raise BadSetting(f"opensearch_replicas is {self.opensearch_replicas}: it must be a number from 0 to 32.")


def settings_fields() -> dict[str, Field[Any]]:
    """Return every setting's field by its name; the help stands in its metadata."""
    return {each.name: each for each in fields(Settings)}


def help_of(name: str) -> str:
    """Return the help of the setting ``name``."""
    return str(settings_fields()[name].metadata["help"])


def load(
    overrides: Mapping[str, object] | None = None,
    *,
    environ: Mapping[str, str] | None = None,
    folder: Path = Path(),
) -> Settings:
    """Return the settings in force; an override that is None counts as not given.

    Raises BadSetting for a name that does not exist or a value of the wrong type, wherever it stands.
    """
    given = {name: value for name, value in (overrides or {}).items() if value is not None}
    merged = _from_file(folder / FILE) | _from_environment(os.environ if environ is None else environ) | given
    return Settings(**{name: _converted(name, value, "The call") for name, value in merged.items()})


def _from_file(file: Path) -> dict[str, Any]:
    if not file.is_file():
        return {}
    try:
        found = tomllib.loads(file.read_text(encoding="utf8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        raise BadSetting(f"{FILE} cannot be read: {fault}.") from fault
    return {name: _converted(name, value, FILE) for name, value in found.items()}


def _from_environment(environ: Mapping[str, str]) -> dict[str, Any]:
    plain = {name: environ[variable] for variable, name in PLAIN_VARIABLES.items() if environ.get(variable)}
    prefixed = {
        variable.removeprefix(PREFIX).lower(): value
        for variable, value in environ.items()
        if variable.startswith(PREFIX)
    }
    return {name: _converted(name, value, "The environment") for name, value in (plain | prefixed).items()}


def _converted(name: str, value: object, place: str) -> Any:
    known = settings_fields()
    if name not in known:
        raise BadSetting(f'{place} sets "{name}", which is no setting. There are: {", ".join(known)}.')
    try:
        return msgspec.convert(value, known[name].type, strict=False)
    except msgspec.ValidationError as fault:
        wanted = getattr(known[name].type, "__name__", "value")
        raise BadSetting(f'{name} is "{value}", which is no {wanted}.') from fault
