"""Requests to an OpenSearch cluster: bounded in time, repeated on other nodes, and failing in clear sentences.

Answers are read with msgspec into the few fields that are needed. User and password never enter a message.
"""

import logging
import re
import time
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar
from urllib.parse import unquote, urlsplit
from zlib import crc32

import msgspec
from opensearchpy import Transport
from opensearchpy.exceptions import ConnectionError as NoConnection
from opensearchpy.exceptions import ConnectionTimeout, SSLError, TransportError
from opensearchpy.serializer import Serializer

from searchapp.errors import BadSetting, EngineUnavailable, IndexFault, UnsupportedQuery

ANSWER_WITHIN, ATTEMPTS = 8.0, 3  # seconds; together less than a web worker may take for a page
WRITTEN_WITHIN = 120.0  # seconds for a request that writes
PAUSES = (0.2, 0.5, 1.0, 2.0, 4.0, 8.0, 15.0, 30.0, 30.0, 30.0)  # seconds between attempts, while a node is replaced
CONNECTIONS = 16  # kept open to each node
THERE = "resource_already_exists_exception"  # why an index is not made
T = TypeVar("T")
_TOO_LARGE = frozenset({"too_many_clauses", "too_many_nested_clauses"})
_TOO_LONG = "task_cancelled_exception"
_MOVED = frozenset(  # said with status 404 by a node that had a shard until just now, or has it soon
    {
        "search_context_missing_exception",
        "shard_not_found_exception",
        "illegal_index_shard_state_exception",
        "index_shard_closed_exception",
        "index_shard_not_started_exception",
    }
)
_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,99}")
logging.getLogger("opensearch").addHandler(logging.NullHandler())  # what fails is raised; a log may be set up beside


@dataclass(frozen=True, slots=True)
class Address:
    """Where an archive is kept: the nodes of a cluster, how to sign in, and the name its indexes begin with."""

    hosts: tuple[tuple[str, int], ...]
    tls: bool
    name: str
    user: str = field(default="", repr=False)
    password: str = field(default="", repr=False)

    @classmethod
    def of(cls, url: str) -> "Address":
        """Read ``http[s]://[user:password@]host[:9200][,host...]/name``. Raises BadSetting, without repeating it."""
        scheme, _, rest = url.partition("://")
        where, _, name = rest.partition("/")
        credentials, _, hosts = where.rpartition("@")
        user, _, password = credentials.partition(":")
        try:
            parts = [urlsplit(f"//{host}") for host in hosts.split(",")]
            found = tuple((part.hostname or "", part.port or 9200) for part in parts)
        except ValueError:
            found = ()
        name = name.rstrip("/")
        if scheme not in ("http", "https") or not found or not all(host for host, _ in found):
            raise BadSetting('Write an OpenSearch index as "opensearch+https://user:password@host:9200/name".')
        if not _NAME.fullmatch(name):
            raise BadSetting(
                f'"{name}" cannot be the name of an OpenSearch index: use lower-case letters, digits, - and _, as in '
                '"opensearch+https://host:9200/articles".'
            )
        return cls(found, scheme == "https", name, unquote(user), unquote(password))

    def __str__(self) -> str:
        return ", ".join(f"{'https' if self.tls else 'http'}://{host}:{port}" for host, port in self.hosts)


class Bucket(msgspec.Struct):
    """A value (or a day, by its ordinal) that was counted, in documents and, when these stand inside others, in
    those."""

    key: Any
    doc_count: int
    doc_count_error_upper_bound: int = 0
    outside: "Aggregation | None" = None


class Aggregation(msgspec.Struct):
    """What was counted of the hits; of one inside another, ``inside`` and ``values`` lead there."""

    buckets: list[Bucket] = []
    sum_other_doc_count: int = 0
    doc_count_error_upper_bound: int = 0
    doc_count: int = 0
    value: float | None = None
    inside: "Aggregation | None" = None
    values: "Aggregation | None" = None


class FoundDocument(msgspec.Struct):
    """A document that was found."""

    id: str = msgspec.field(name="_id")
    score: float | None = msgspec.field(name="_score", default=None)
    source: msgspec.Raw = msgspec.field(name="_source", default=msgspec.Raw(b"null"))
    sort: list[Any] = []
    fields: dict[str, list[str]] = {}


class _Total(msgspec.Struct, frozen=True):
    value: int


class _Hits(msgspec.Struct):
    hits: list[FoundDocument] = []
    total: _Total = _Total(0)


class Cause(msgspec.Struct):
    """Why something failed, in the words of OpenSearch."""

    type: str = ""
    reason: str | None = None
    caused_by: "Cause | None" = None
    root_cause: "list[Cause]" = []

    def __str__(self) -> str:
        deepest = self.root_cause[0] if self.root_cause else self
        return f"{deepest.type}: {deepest.reason}"

    def types(self) -> set[str]:
        """Return the types of this failure and of those behind it."""
        behind = [*self.root_cause, *([self.caused_by] if self.caused_by else [])]
        return {self.type}.union(*(each.types() for each in behind))

    def may_pass(self, status: int) -> bool:
        """Tell whether the request may succeed later, or on another node: this one is full, or leaving the cluster."""
        types = self.types()
        if types & _TOO_LARGE or _TOO_LONG in types:
            return False
        return status == 429 or status >= 500 or bool(types & _MOVED)


class Answer(msgspec.Struct):
    """What one search of several brought."""

    hits: _Hits = msgspec.field(default_factory=_Hits)
    aggregations: dict[str, Aggregation] = {}
    status: int = 200
    error: Cause | None = None

    @property
    def missing(self) -> bool:
        """Whether the index was not there."""
        return self.error is not None and "index_not_found_exception" in self.error.types()


class _Answers(msgspec.Struct):
    responses: list[Answer]


class _Outcome(msgspec.Struct):
    status: int
    error: Cause | None = None


class _Written(msgspec.Struct):
    items: list[dict[str, _Outcome]]


class _Shards(msgspec.Struct):
    total: int
    successful: int
    failed: int


class _Refreshed(msgspec.Struct):
    shards: _Shards = msgspec.field(name="_shards")


class _Health(msgspec.Struct):
    status: str


# Made as the module is loaded: two threads that are the first to decode a type end the process (msgspec 0.22).
_ANSWERS, _WRITTEN = msgspec.json.Decoder(_Answers), msgspec.json.Decoder(_Written)
_REFRESHED, _HEALTH = msgspec.json.Decoder(_Refreshed), msgspec.json.Decoder(_Health)


@dataclass(frozen=True, slots=True)
class Search:
    """A search: in an index, or in what a point in time holds."""

    body: dict[str, Any]
    index: str = ""
    exactly: bool = False  # score with the figures of all shards, so that scores do not depend on the shard

    def lines(self, seconds: float) -> tuple[bytes, bytes]:
        """Return the two lines that ask for it, to be given up when it takes as long."""
        head: dict[str, Any] = {
            "allow_partial_search_results": False,
            "cancel_after_time_interval": f"{seconds * 1e9:.0f}nanos",
        }
        body = msgspec.json.encode(self.body)
        if self.index:
            # the same copies are asked for all pages of a search, since copies may differ in deleted documents
            asked = msgspec.json.encode(self.body.get("query"))
            head |= {"index": self.index, "preference": f"q{crc32(asked):08x}"}
        if self.exactly:
            head["search_type"] = "dfs_query_then_fetch"
        return msgspec.json.encode(head), body


@dataclass(frozen=True, slots=True)
class Operation:
    """A document to be stored under its id, or (without a document) to be deleted. Repeating it changes nothing."""

    index: str
    id: str
    document: bytes | None = None

    def lines(self) -> tuple[bytes, ...]:
        """Return the lines that ask for it."""
        action = "delete" if self.document is None else "index"
        head = msgspec.json.encode({action: {"_index": self.index, "_id": self.id}})
        return (head,) if self.document is None else (head, self.document)


class _Plain(Serializer):
    """Leaves bodies as they are: they are read and written here."""

    mimetype = "application/json"

    def dumps(self, data: Any) -> Any:
        return data

    def loads(self, s: str) -> Any:
        return s


class Cluster:
    """The nodes of an address. Thread-safe; connections are opened when they are needed, and kept."""

    def __init__(self, address: Address, ca_file: str = "") -> None:
        self._address = address
        tls: dict[str, Any] = {"use_ssl": True, "verify_certs": True} if address.tls else {}
        if address.tls and ca_file:
            tls["ca_certs"] = ca_file
        self._transport = Transport(
            [{"host": host, "port": port} for host, port in address.hosts],
            http_auth=(address.user, address.password) if address.user else None,
            serializer=_Plain(),
            timeout=ANSWER_WITHIN,
            max_retries=ATTEMPTS - 1,
            retry_on_timeout=True,
            pool_maxsize=CONNECTIONS,
            **tls,
        )

    def call(
        self,
        method: str,
        path: str,
        body: object = None,
        *,
        allowed: Collection[int | str] = (),
        timeout: float = ANSWER_WITHIN,
        **params: str | int,
    ) -> str | None:
        """Return the answer to a request, or None if it fails with a status or for a cause that is ``allowed``.

        ``body`` is bytes, or encoded as JSON. Raises EngineUnavailable when no node answers in time, IndexFault
        when the request is refused.
        """
        data = body if body is None or isinstance(body, bytes) else msgspec.json.encode(body)
        try:
            answer: str = self._transport.perform_request(method, path, params=params, body=data, timeout=timeout)
            return answer
        except TransportError as error:
            if {error.status_code, *_cause(error).types()}.intersection(allowed):
                return None
            raise self._fault(error) from None

    def search(self, searches: Sequence[Search], *, timeout: float = ANSWER_WITHIN) -> list[Answer]:
        """Return the answers to several searches in one request.

        What an answer tells by its error is that the index is missing, or the point in time has ended or cannot be
        reached: then something else has to be asked.

        Raises EngineUnavailable, and UnsupportedQuery when one is larger than the cluster allows.
        """
        lines = b"\n".join(line for each in searches for line in each.lines(0.9 * timeout)) + b"\n"
        ends = time.monotonic() + timeout
        for attempt in range(ATTEMPTS):
            text = self.call("POST", "/_msearch", lines, timeout=timeout)
            answers = _ANSWERS.decode(text or "").responses
            faults = [
                (answer.status, answer.error)
                for each, answer in zip(searches, answers, strict=True)
                if each.index and answer.error and not answer.missing
            ]
            if not faults:
                return answers
            status, cause = min(faults, key=lambda fault: fault[1].may_pass(fault[0]))  # one that stays, if any
            if not cause.may_pass(status) or attempt == ATTEMPTS - 1 or time.monotonic() > ends:
                break
            time.sleep(PAUSES[attempt])
        raise self._refused(status, cause)

    def write(self, operations: Sequence[Operation]) -> None:
        """Carry out all ``operations``, in any order.

        Raises EngineUnavailable when some could not be just now, IndexFault when a document is refused. The others
        are carried out, and may be repeated with them.
        """
        if not operations:
            return
        body = b"\n".join(line for each in operations for line in each.lines()) + b"\n"
        text = self.call("POST", "/_bulk", body, timeout=WRITTEN_WITHIN)
        written = _WRITTEN.decode(text or "")
        failed = [
            (operation, outcome)
            for operation, item in zip(operations, written.items, strict=True)
            for outcome in item.values()
            if outcome.error
        ]
        for operation, outcome in failed:
            if outcome.error and not outcome.error.may_pass(outcome.status):
                raise IndexFault(f'OpenSearch at {self._address} refuses to store "{operation.id}" ({outcome.error}).')
        if failed:
            raise EngineUnavailable(
                f"OpenSearch at {self._address} accepts no articles just now ({failed[0][1].error}): try again later."
            )

    def refresh(self, indexes: str) -> None:
        """Let what was written into ``indexes`` show. Raises EngineUnavailable unless all shards do."""
        text = self.call("POST", f"/{indexes}/_refresh", timeout=WRITTEN_WITHIN)
        shards = _REFRESHED.decode(text or "").shards
        # a shard without any copy is passed over, and is not told from one that lacks its second copy only
        if shards.failed or (shards.successful < shards.total and self.lacks_shards(indexes)):
            raise EngineUnavailable(
                f"OpenSearch at {self._address} cannot yet show everything that was written: try again later."
            )

    def settle(self, indexes: str) -> None:
        """Wait, half a minute at most, until copies of ``indexes`` that are being made are there."""
        waiting = {"wait_for_events": "languid", "wait_for_no_initializing_shards": "true"}
        self.call("GET", f"/_cluster/health/{indexes}", allowed=(408,), timeout=WRITTEN_WITHIN, **waiting)

    def lacks_shards(self, indexes: str) -> bool:
        """Tell whether a shard of ``indexes`` has no copy that could answer."""
        text = self.call("GET", f"/_cluster/health/{indexes}", timeout=WRITTEN_WITHIN)
        return _HEALTH.decode(text or "").status == "red"

    def insist(self, work: Callable[[], T]) -> T:
        """Return what ``work`` returns, which is repeated for some minutes while OpenSearch is not available."""
        for pause in PAUSES:
            try:
                return work()
            except EngineUnavailable:
                time.sleep(pause)
        return work()

    def _fault(self, error: TransportError) -> IndexFault | UnsupportedQuery:
        if isinstance(error, SSLError):
            return EngineUnavailable(
                f"The certificate of OpenSearch at {self._address} cannot be verified: name the file of its authority "
                "in the setting opensearch_ca."
            )
        if isinstance(error, NoConnection):
            reason = "no answer in time" if isinstance(error, ConnectionTimeout) else str(error.error).split(": ")[-1]
            return EngineUnavailable(
                f"OpenSearch at {self._address} cannot be reached ({reason}); the next request will try again."
            )
        status = error.status_code if isinstance(error.status_code, int) else 500
        if status in (401, 403):
            return IndexFault(f"OpenSearch at {self._address} refuses this user: check the name and the password.")
        return self._refused(status, _cause(error))

    def _refused(self, status: int, cause: Cause) -> IndexFault | UnsupportedQuery:
        if cause.types() & _TOO_LARGE:
            return UnsupportedQuery("The query has more parts than this OpenSearch allows: leave some words out.")
        if _TOO_LONG in cause.types():
            return EngineUnavailable(f"OpenSearch at {self._address} takes too long over this search: narrow it.")
        if cause.may_pass(status):
            return EngineUnavailable(f"OpenSearch at {self._address} cannot answer just now ({cause}).")
        return IndexFault(f"OpenSearch at {self._address} refused a request ({cause}).")


def _cause(error: TransportError) -> Cause:
    told = error.info.get("error") if isinstance(error.info, dict) else None
    return msgspec.convert(told, Cause) if isinstance(told, dict) else Cause(str(told or error.error), None)
