"""An archive from a Python program: search it, read it, take all of it along.

    from searchapp.client import Archive

    archive = Archive("http://127.0.0.1:8000")
    for said in archive.statements("vaccine", speaker="Andrei Velikanov", since="2021"):
        print(said["published"]["first"], said["text"])

Hits, articles and speakers are the objects that docs/api.md describes, key by key. Nothing but the standard library is
needed, and nothing of the archive's own software is loaded.
"""

import json
import time
from base64 import b64encode
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from http.client import HTTPResponse
from typing import Any, Final, Literal
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urlencode, urlsplit
from urllib.request import Request, urlopen

from searchapp import __version__
from searchapp.errors import SearchappError

Answer = dict[str, Any]
View = Literal["articles", "statements"]
Value = str | int | Sequence[str] | None
_AT_ONCE: Final = 1_000  # hits, which is what the archive allows
_BUSY: Final = (429, 503)  # statuses after which it is worth asking again
_LONGEST_WAIT: Final = 30.0  # seconds
_NAMES: Final = {"since": "from", "until": "to", "query": "q"}  # parameters whose name Python wants for itself


class Refused(SearchappError):
    """The archive did not answer as it was asked: the sentence says why. ``status`` is that of HTTP, 0 where nothing
    answered; ``mended`` is the address of what was probably meant, or None."""

    def __init__(self, sentence: str, status: int = 0, mended: str | None = None) -> None:
        super().__init__(sentence)
        self.status = status
        self.mended = mended


class Archive:
    """An archive at an address such as ``https://archive.example.org``. Every method raises ``Refused``.

    ``timeout`` is how many seconds an answer may take, ``tries`` how often an archive that is busy is asked, ``user``
    and ``password`` are for a closed archive, and ``headers`` go along with each request (a name that the archive's
    people can write to).
    """

    def __init__(
        self,
        url: str,
        *,
        timeout: float = 30.0,
        tries: int = 4,
        user: str = "",
        password: str = "",
        headers: Iterable[tuple[str, str]] = (),
    ) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.netloc:
            raise Refused(f'"{url[:200]}" is no address of an archive: it begins with http:// or https://.')
        self.url = url.rstrip("/")
        self._host = f"{parts.scheme}://{parts.netloc}"
        self._timeout = timeout
        self._tries = tries
        self._headers = {"User-Agent": f"searchapp-client/{__version__}", "Accept": "application/json"}
        if user:
            told = b64encode(f"{user}:{password}".encode()).decode()
            self._headers["Authorization"] = f"Basic {told}"
        self._headers |= dict(headers)

    def search(self, query: str = "", *, view: View = "articles", limit: int = 10, **wanted: Value) -> Answer:
        """Return a page of hits with totals and facets. ``wanted`` are the parameters of /search.json, each a value
        or several (``source=["MNA", "Tidewater"]``); ``since`` and ``until`` stand for its ``from`` and ``to``."""
        return self._get(f"{self.url}/search.json?{_written(query=query, view=view, limit=limit, **wanted)}")

    def articles(self, query: str = "", **wanted: Value) -> Iterator[Answer]:
        """Yield all articles that are found, not only the first ten, in their order."""
        return self._all("articles", query, wanted)

    def statements(self, query: str = "", **wanted: Value) -> Iterator[Answer]:
        """Yield all statements that are found, in their order."""
        return self._all("statements", query, wanted)

    def article(self, identity: str) -> Answer:
        """Return an article: its text, what is said in it, what was cut."""
        return self._get(f"{self.url}/articles/{quote(identity)}.json")

    def statement(self, identity: str) -> Answer:
        """Return a statement, and of which article it is."""
        return self._get(f"{self.url}/statements/{quote(identity, safe='')}.json")

    def speaker(self, name: str) -> Answer:
        """Return what the archive knows of a speaker, by any spelling of the name."""
        return self._get(f"{self.url}/speakers/{quote(name, safe='')}.json")

    def values(self, facet: str, query: str = "", **wanted: Value) -> Iterator[Answer]:
        """Yield all values of a facet under a search, the commonest first: who speaks there, and how often."""
        address: str | None = f"{self.url}/facets/{quote(facet, safe='')}.json?{_written(query=query, **wanted)}"
        while address:
            page = self._get(address)
            yield from page["values"]
            address = page["next"] and self._host + page["next"]

    def _all(self, view: View, query: str, wanted: dict[str, Value]) -> Iterator[Answer]:
        written = _written(query=query, view=view, limit=_AT_ONCE, **wanted)
        address: str | None = f"{self.url}/search.json?{written}"
        while address:
            page = self._get(address)
            yield from page["hits"]
            address = page["next"] and self._host + page["next"]

    def _get(self, address: str) -> Answer:
        for tried in range(1, self._tries + 1):
            try:
                with urlopen(Request(address, headers=self._headers), timeout=self._timeout) as response:
                    return _read(response)
            except HTTPError as fault:
                with fault:
                    if fault.code not in _BUSY or tried == self._tries:
                        raise _refused(fault) from None
                    pause = _pause(fault.headers.get("Retry-After"), tried)
            except (URLError, TimeoutError, ConnectionError) as fault:
                why = fault.reason if isinstance(fault, URLError) else fault
                raise Refused(f"Nothing answers at {self.url}: {why}.") from fault
            time.sleep(pause)
        raise AssertionError("The last try returns or raises.")


def frame(answers: Iterable[Answer]) -> Any:
    """Return answers as a table: a DataFrame of polars, or else of pandas, whichever is installed. Days are dates of
    text as exactly as they are known, speakers are joined names; what else is not a plain value is left out.

    Raises ImportError where neither is there.
    """
    rows = [_row(each) for each in answers]
    with suppress(ModuleNotFoundError):
        import polars

        return polars.DataFrame(rows, infer_schema_length=None)
    import pandas

    return pandas.DataFrame(rows)


def _row(answer: Answer) -> dict[str, Any]:
    row: dict[str, Any] = {}
    for name, value in answer.items():
        if name == "speakers":
            row[name] = "; ".join(each["name"] for each in value)
        elif isinstance(value, dict) and "precision" in value:
            row[name] = value["first"][: {"day": 10, "month": 7, "year": 4}[value["precision"]]]
        elif not isinstance(value, dict | list):
            row[name] = value
    return row


def _written(**wanted: Value) -> str:
    pairs = [
        (_NAMES.get(name, name), str(each))
        for name, values in wanted.items()
        for each in ([values] if isinstance(values, str | int) else values or ())
    ]
    return urlencode(pairs)


def _read(response: HTTPResponse) -> Answer:
    answer: Answer = json.load(response)
    return answer


def _refused(fault: HTTPError) -> Refused:
    """Return what the archive says is wrong (RFC 9457), or the status where something else answered."""
    with suppress(ValueError, KeyError, TypeError):
        told = json.load(fault)
        return Refused(told["detail"], fault.code, told["mended"])
    return Refused(f"The answer was no archive's: {fault.code} {fault.reason}.", fault.code)


def _pause(told: str | None, tried: int) -> float:
    """Return how many seconds to wait before the next try: as told, else longer each time."""
    return min(float(told) if told and told.isdecimal() else 2.0**tried, _LONGEST_WAIT)
