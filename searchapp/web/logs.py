"""A line of the log for each answer, as text or as JSON, and the id by which a request is found in it again."""

import json
import logging
import re
import time
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from flask import Flask, Response, g, request

from searchapp.settings import Settings

ACCESS = logging.getLogger("gunicorn.access")  # gunicorn gives it its stream; elsewhere nothing is written
_ID = re.compile(r"[\w.-]{1,64}", re.ASCII)
_MOST = 2000  # characters of an address that a line tells


def install(app: Flask, settings: Settings) -> None:
    """Have each answer of ``app`` logged."""

    @app.before_request
    def _began() -> None:
        g.began = time.monotonic()
        g.request_id = _request_id(settings)

    @app.after_request
    def _ended(response: Response) -> Response:
        response.headers["X-Request-Id"] = g.request_id
        if ACCESS.isEnabledFor(logging.INFO):
            told = _told(response)
            ACCESS.info("%s", json.dumps(told) if settings.log == "json" else _line(told))
        return response


def _request_id(settings: Settings) -> str:
    """Return the id that a proxy gave the request, if one is set and gives any, else a new one."""
    given = request.headers.get("X-Request-Id", "")
    return given if settings.proxies and _ID.fullmatch(given) else uuid4().hex[:16]


def _told(response: Response) -> dict[str, Any]:
    return {
        "time": datetime.now(UTC).isoformat(timespec="milliseconds"),
        "request": g.request_id,
        "client": request.remote_addr or "-",
        "method": request.method,
        "address": (request.environ.get("RAW_URI") or request.full_path.removesuffix("?"))[:_MOST],
        "route": request.endpoint or "",
        "status": response.status_code,
        "bytes": response.content_length or 0,
        "ms": round(1000 * (time.monotonic() - g.began)),
    }


def _line(told: dict[str, Any]) -> str:
    """Return what is told as one line of printable ASCII: what a request says begins no line of its own."""
    address = json.dumps(told["address"])[1:-1]
    said = f'"{told["method"]} {address}"'
    return f"{told['client']} [{told['time']}] {said} {told['status']} {told['bytes']} {told['ms']}ms {told['request']}"
