"""Figures for Prometheus, of all processes of a server together, at an address of their own.

The site itself has no such page: who may read it need not know how it fares. Each process counts in a file that all can
read, and each listens at the same address, where the system gives a request to one of them.
"""

import os
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from flask import Flask, Response, g, request
from prometheus_client import CollectorRegistry, Counter, Histogram, make_wsgi_app
from prometheus_client.metrics_core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector, mark_process_dead
from prometheus_client.registry import Collector

from searchapp import lastrun
from searchapp.engines import folder_of
from searchapp.engines.protocol import Engine
from searchapp.errors import BadSetting, IndexFault
from searchapp.settings import Settings

_FOLDER = "PROMETHEUS_MULTIPROC_DIR"  # where processes count, as prometheus_client reads it when it is loaded
_BOUNDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 5.0)  # seconds
_REFUSED = {"Overloaded": "shed", "TooOften": "limited", "OutOfTime": "out of time"}

_own = CollectorRegistry()
_SECONDS = Histogram(
    "searchapp_answer_seconds", "Seconds that answers took.", ["route", "engine"], registry=_own, buckets=_BOUNDS
)
_ANSWERS = Counter("searchapp_answers", "Answers, by their status.", ["route", "status"], registry=_own)
_SENT_AWAY = Counter("searchapp_refused", "Requests that were sent away or stopped.", ["why"], registry=_own)


def install(app: Flask, settings: Settings, engine: Engine) -> None:
    """Have each answer of ``app`` counted."""
    name = "" if folder_of(settings.index) else "opensearch"

    @app.after_request
    def _count(response: Response) -> Response:
        route = request.endpoint or "none"
        _SECONDS.labels(route, name or _engine_of(engine)).observe(time.monotonic() - g.began)
        _ANSWERS.labels(route, str(response.status_code)).inc()
        if why := _REFUSED.get(g.get("fault", "")):
            _SENT_AWAY.labels(why).inc()
        return response


def refuse_misfit(settings: Settings) -> None:
    """Raise BadSetting where nobody can listen at the address of the setting ``metrics``."""
    _listening(settings, CollectorRegistry()).server_close()


def tell(settings: Settings, engine: Engine) -> WSGIServer:
    """Answer at the address of the setting ``metrics``, in a thread that ends with its process. Raises BadSetting."""
    server = _listening(settings, registry(settings, engine))
    threading.Thread(target=server.serve_forever, daemon=True, name="metrics").start()
    return server


def _listening(settings: Settings, told: CollectorRegistry) -> WSGIServer:
    host, _, port = settings.metrics.rpartition(":")
    try:
        if not host:  # which would be all addresses of this host
            raise ValueError("it has no host")
        return make_server(host, int(port), make_wsgi_app(told), _Shared, _Silent)
    except (OSError, ValueError, OverflowError) as fault:
        raise BadSetting(
            f'metrics is "{settings.metrics}", where nobody can listen ({fault}): write a host and a port that is '
            "free, such as 127.0.0.1:9100, or none."
        ) from fault


def registry(settings: Settings, engine: Engine) -> CollectorRegistry:
    """Return all that is told: what processes counted, and what the index holds now."""
    told = CollectorRegistry()
    if _FOLDER in os.environ:
        MultiProcessCollector(told)  # type: ignore[no-untyped-call]
    else:
        told.register(_own)
    told.register(_Archive(engine, folder_of(settings.index)))
    return told


def forget(process: int) -> None:
    """Let go what only a process that ended told of itself."""
    mark_process_dead(process)  # type: ignore[no-untyped-call]


def _engine_of(engine: Engine) -> str:
    try:
        return engine.info().engine
    except IndexFault:
        return "none"


class _Archive(Collector):
    """What the index that is served holds, and what the last reindex or update came to."""

    def __init__(self, engine: Engine, folder: Path | None) -> None:
        self._engine, self._folder = engine, folder

    def collect(self) -> Iterator[GaugeMetricFamily]:
        try:
            info = self._engine.info()
        except IndexFault:
            yield _gauge("index_up", "Whether the index answers.", 0)
        else:
            yield _gauge("index_up", "Whether the index answers.", 1)
            yield _gauge(
                "index_damaged", "Whether another generation answers for a damaged one.", "damage" in info.notes
            )
            if info.built:
                yield _gauge("generation_timestamp_seconds", "When what is served was made.", info.built.timestamp())
            yield _gauge("articles", "Articles in the index.", info.articles)
            yield _gauge("statements", "Statements in the index.", info.statements)
        run = lastrun.read(self._folder) if self._folder else None
        if run:
            yield _gauge("last_run_timestamp_seconds", "When the last reindex or update ended well.", run.ended)
            yield _gauge("last_run_seconds", "How long it took.", run.seconds)
            for name in ("added", "changed", "unchanged", "removed", "rejected", "unreadable"):
                yield _gauge(f"last_run_{name}", f"Articles or files {name} then.", getattr(run, name))


def _gauge(name: str, help: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(f"searchapp_{name}", help, value=float(value))


class _Shared(ThreadingMixIn, WSGIServer):
    """A server at an address that several processes share."""

    allow_reuse_port = True
    daemon_threads = True


class _Silent(WSGIRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        """Tell the log nothing: who watches asks every few seconds."""
