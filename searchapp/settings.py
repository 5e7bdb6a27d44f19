"""Each setting once: its name, its default and its help. Command line > environment > file > default."""

import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import Field, dataclass, field, fields
from pathlib import Path
from typing import Any

import msgspec

from searchapp.errors import BadSetting

FILE = "searchapp.toml"
PREFIX = "SEARCHAPP_"
# As hosting platforms and Procfiles set them:
PLAIN_VARIABLES = {"HOST": "host", "PORT": "port", "WEB_CONCURRENCY": "workers"}
ANY, NONE = "any", "none"  # what settings say that name hosts, proxies, a file or a header, and name none of them
_WANTED = {bool: "true or false", int: "a whole number", str: "a text in quotation marks"}
_PATH = re.compile(r"(/[\w.~-]+)*/?", re.ASCII)  # of letters that stand in a URL as they are
_SWITCHES = {"yes": True, "on": True, "no": False, "off": False}  # beside true and false, 1 and 0


def _setting(default: str | int | bool, help: str, bounds: range | None = None, choices: tuple[str, ...] = ()) -> Any:
    return field(default=default, metadata={"help": help, "bounds": bounds, "choices": choices})


@dataclass(frozen=True, slots=True)
class Settings:
    """What can be set. Each field is also ``SEARCHAPP_<NAME>`` in the environment and a key of searchapp.toml."""

    index: str = _setting(
        "index", "The index: a folder, whoosh:index, tantivy:index, or opensearch+https://host:9200/name."
    )
    corpus: str = _setting("corpus", "The folder that holds the original articles.")
    earliest: int = _setting(1600, "The first year that is believed where metadata date an article.", range(1, 10_000))
    links_out: bool = _setting(False, "Whether links that lead out of the corpus are followed.")
    jobs: int = _setting(0, "Processes that read articles in parallel; 0 means one per core.", range(257))
    host: str = _setting("127.0.0.1", "The address the site listens on.")
    port: int = _setting(8000, "The port the site listens on.", range(1, 65536))
    workers: int = _setting(0, "Processes that serve the site; 0 means one per core, at most 16.", range(257))
    seconds: int = _setting(2, "Seconds that an answer may take; what takes longer is stopped.", range(1, 601))
    proxies: int = _setting(
        0, "Proxies in front of the site, whose X-Forwarded headers are believed; 0 means none is.", range(10)
    )
    proxy_addresses: str = _setting(
        ANY, "Addresses and networks of these proxies, with spaces between; any believes whoever connects."
    )
    hosts: str = _setting(ANY, "Names under which the site may be asked for, with spaces between; any answers to all.")
    passwords: str = _setting(
        NONE, "A file of those who may sign in, made by users add; none means that the archive is open to all."
    )
    user_header: str = _setting(
        NONE, "The header in which a proxy of proxy_addresses names who has signed in there; none means it does not."
    )
    limit: int = _setting(0, "Requests that a client may make in a minute; 0 means without limit.", range(1_000_001))
    counters: str = _setting(
        "memory", "Where these are counted: memory, by each process for itself, or redis://host:6379 for all together."
    )
    log: str = _setting("text", "How the server writes its log: text or json.", choices=("text", "json"))
    title: str = _setting("News archive", "The name of the archive, shown at the top of each page.")
    crawlers: bool = _setting(False, "Whether web search engines may index the site.")

    opensearch_shards: int = _setting(1, "Shards of each index that reindex creates in OpenSearch.", range(1, 1025))
    opensearch_replicas: int = _setting(1, "Copies of each shard beside the first.", range(33))
    opensearch_ca: str = _setting(
        "system", "A file with the certificates to trust for OpenSearch; system means the operating system's."
    )

    @property
    def address(self) -> str:
        """Host and port as they stand in a URL: that of IPv6 in brackets."""
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"

    def __post_init__(self) -> None:
        for name in settings_fields():
            _check(name, getattr(self, name), name)


def settings_fields() -> dict[str, Field[Any]]:
    """Return every setting's field by its name; help and bounds stand in its metadata."""
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
    """Return the settings in force. ``overrides`` are options of the command line; one that is None was not given.

    Raises BadSetting for a name that does not exist or a value that cannot be, and names where it stands.
    """
    given = {name: value for name, value in (overrides or {}).items() if value is not None}
    options = {name: _converted(name, value, f"--{name.replace('_', '-')}") for name, value in given.items()}
    return Settings(
        **_from_file(folder / FILE) | _from_environment(os.environ if environ is None else environ) | options
    )


def site_prefix(environ: Mapping[str, str]) -> str:
    """Return the path below which a proxy serves the site, as SCRIPT_NAME has it, without the slash at its end; ""
    where there is none.

    Raises BadSetting for what is no path, or is written otherwise in a URL: gunicorn would fail at every request.
    """
    given = environ.get("SCRIPT_NAME", "")
    if not _PATH.fullmatch(given):
        raise BadSetting(
            f'SCRIPT_NAME is "{given}": write a path such as /archive, using only plain letters, digits and - . _ ~'
        )
    return given.removesuffix("/")


def _from_file(file: Path) -> dict[str, Any]:
    if not file.is_file():
        return {}
    try:
        found = tomllib.loads(file.read_text(encoding="utf8"))
    except OSError as fault:
        raise BadSetting(f"{FILE} cannot be read: {fault.strerror}.") from fault
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        raise BadSetting(f"{FILE} cannot be read: {fault}.") from fault
    return {name: _converted(name, value, f"{name} in {FILE}") for name, value in found.items()}


def _from_environment(environ: Mapping[str, str]) -> dict[str, Any]:
    plain = {variable: name for variable, name in PLAIN_VARIABLES.items() if environ.get(variable)}
    prefixed = {each: each.removeprefix(PREFIX).lower() for each in environ if each.startswith(PREFIX)}
    overruled = {variable for variable, name in plain.items() if name in prefixed.values()}
    return {
        name: _converted(name, environ[variable], variable)
        for variable, name in (plain | prefixed).items()
        if variable not in overruled
    }


def _converted(name: str, value: object, place: str) -> Any:
    """Return ``value`` as the setting ``name`` wants it; ``place`` is what a fault in it is said of."""
    known = settings_fields()
    if name not in known:
        raise BadSetting(f"{place} is not a setting. The settings are: {', '.join(known)}.")
    wanted: Any = known[name].type
    if wanted is bool and isinstance(value, str):
        value = _SWITCHES.get(value.lower(), value)
    try:
        converted = msgspec.convert(value, wanted, strict=False)
    except msgspec.ValidationError as fault:
        raise BadSetting(f'{place} is "{value}": write {_WANTED[wanted]}.') from fault
    _check(name, converted, place)
    return converted


def _check(name: str, value: object, place: str) -> None:
    metadata = settings_fields()[name].metadata
    bounds, choices = metadata["bounds"], metadata["choices"]
    if bounds and value not in bounds:
        raise BadSetting(f"{place} is {value}: it must be a number from {bounds[0]} to {bounds[-1]}.")
    if choices and value not in choices:
        raise BadSetting(f'{place} is "{value}": write {" or ".join(choices)}.')
    if isinstance(value, str) and not value.strip():
        raise BadSetting(f"{place} is empty: give it a value or leave it out (is a shell variable unset?).")
