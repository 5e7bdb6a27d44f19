"""The worker of gunicorn that serves the site: waitress in each process, so that no client can hold one up.

Waitress reads requests and sends answers in one thread that never waits, and only a request that is there as a whole
gets one of its threads. With gunicorn's own threads 24 clients that never end a request, or never read an answer,
hold all of them (docs/reliability.md has the figures). Gunicorn starts, watches and ends the processes.
"""

import logging
import os
import resource
import time
from typing import Any

from gunicorn.workers.base import Worker
from waitress import wasyncore
from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser
from waitress.server import MultiSocketServer, TcpWSGIServer, create_server

CONNECTIONS = 1000  # of a process, most of them waiting for a slow client
PATIENCE = (
    20  # seconds in which a request has to be there as a whole, and in which a client has to take some of an answer
)
SWEEP = 1  # seconds between two looks at who has been waited for too long
UNREAD = 64 << 20  # bytes of an answer that wait for their reader, beyond the first MB in a temporary file
HEADER = 16 << 10  # bytes of a request's head: a query of many words and filters, and what browsers add
BODY = 64 << 10  # bytes of a request's body: forms are small


class Buffered(Worker):  # type: ignore[misc]
    """A process of gunicorn's in which waitress serves."""

    def run(self) -> None:
        """Serve until told to stop, then end what is under way."""
        _let_open_files()
        logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # what is too much is sent away by the application
        served: dict[int, Any] = {}
        server = create_server(
            self.wsgi,
            map=served,
            sockets=[each.sock for each in self.sockets],
            threads=self.cfg.threads,
            connection_limit=CONNECTIONS,
            channel_timeout=PATIENCE,
            cleanup_interval=SWEEP,
            outbuf_high_watermark=UNREAD,
            max_request_header_size=HEADER,
            max_request_body_size=BODY,
            asyncore_use_poll=True,
            clear_untrusted_proxy_headers=False,  # the application looks at none unless a setting says so
            url_prefix=os.environ["SCRIPT_NAME"],
            ident=None,
        )
        for each in _doors(served):
            each.channel_class = _Channel if self.cfg.keepalive else _OneRequest
        swept = time.monotonic()
        while self.alive:
            self.notify()
            wasyncore.loop(timeout=0.5, map=served, use_poll=True, count=1)
            if time.monotonic() > swept + SWEEP:
                swept = time.monotonic()
                _close_unfinished(served, time.time() - PATIENCE)
        self._finish(server, served)

    def _finish(self, server: MultiSocketServer | TcpWSGIServer, served: dict[int, Any]) -> None:
        """Take no more connections, and give those under way the time that gunicorn gives a worker to end."""
        for each in _doors(served):
            each.del_channel(served)
        deadline = time.monotonic() + self.cfg.graceful_timeout - 1
        while time.monotonic() < deadline and any(each.is_under_way for each in _channels(served)):
            self.notify()
            wasyncore.loop(timeout=0.1, map=served, use_poll=True, count=1)
        server.task_dispatcher.shutdown(timeout=1)


class _Channel(HTTPChannel):  # type: ignore[misc]
    """A connection, with the time at which the request or the reading that it waits for began."""

    def __init__(self, *given: Any, **named: Any) -> None:
        self.waits_since = time.time()
        super().__init__(*given, **named)

    @property
    def is_under_way(self) -> bool:
        """Whether a request is there as a whole and its answer is not yet with the client."""
        return bool(self.requests or self.total_outbufs_len)

    def service(self) -> None:
        self.waits_since = time.time()
        super().service()
        self.waits_since = time.time()

    def send(self, data: bytes, do_close: bool = True) -> int:
        sent: int = super().send(data, do_close=do_close)
        if sent:
            self.waits_since = time.time()
        return sent


class _LastRequest(HTTPRequestParser):  # type: ignore[misc]
    """A request after which the client wishes no other, whatever it says."""

    def parse_header(self, header_plus: bytes) -> None:
        super().parse_header(header_plus)
        self.headers["CONNECTION"] = "close"


class _OneRequest(_Channel):
    """A connection that is closed after its first answer: the next request goes to a process that is free, and who
    sends many at once gets one answered."""

    parser_class = _LastRequest


def _doors(served: dict[int, Any]) -> list[TcpWSGIServer]:
    return [each for each in served.values() if isinstance(each, TcpWSGIServer)]


def _channels(served: dict[int, Any]) -> list[_Channel]:
    return [each for each in served.values() if isinstance(each, _Channel)]


def _close_unfinished(served: dict[int, Any], before: float) -> None:
    """Close connections that have waited since ``before`` (in seconds, as of time.time) for the rest of a request, or
    for their client to read: waitress itself waits on for who sends a byte now and then."""
    for each in _channels(served):
        if each.waits_since < before and (each.total_outbufs_len or not each.requests):
            each.will_close = True


def _let_open_files() -> None:
    """Raise the limit of open files to what may be had: every connection is one."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = 2 * CONNECTIONS if hard == resource.RLIM_INFINITY else min(hard, 2 * CONNECTIONS)
    if soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
