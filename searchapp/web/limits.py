"""How often a client may ask: so many requests in a minute, by Flask-Limiter."""

import importlib.util
import time

from flask import Flask, Response, request
from flask_limiter import Limiter, RequestLimit
from flask_limiter.errors import RateLimitExceeded
from werkzeug.wrappers import Response as Redirect

from searchapp.errors import BadSetting, TooOften
from searchapp.settings import Settings
from searchapp.web.faults import failed
from searchapp.web.places import FREE
from searchapp.web.proxies import client

_PATIENCE: dict[str, str | int] = {"socket_connect_timeout": 1, "socket_timeout": 1}  # seconds
_STORES = {"redis": "redis", "rediss": "redis"}  # schemes of ``counters``, and the packages that they need


def install(app: Flask, settings: Settings) -> None:
    """Send clients of ``app`` away that ask more often than ``settings`` let them. Raises BadSetting."""
    limiter = Limiter(
        client,
        app=app,
        application_limits=[f"{settings.limit} per minute"],
        storage_uri=storage(settings.counters),
        storage_options={} if settings.counters == "memory" else _PATIENCE,
        strategy="sliding-window-counter",
        in_memory_fallback=[f"{settings.limit} per minute"],
    )

    @limiter.request_filter
    def _free() -> bool:
        return request.endpoint in FREE

    @app.errorhandler(RateLimitExceeded)
    def _too_often(_: RateLimitExceeded) -> Response | Redirect:
        wait = _seconds_left(limiter.current_limit)
        return failed(
            TooOften(f"More than {settings.limit:,} requests came from you within a minute: wait a moment.", wait)
        )


def _seconds_left(breached: RequestLimit | None) -> int:
    return max(1, round(breached.reset_at - time.time())) if breached else 60


def storage(counters: str) -> str:
    """Return where to count as Flask-Limiter writes it. Raises BadSetting for what it cannot count in."""
    if counters == "memory":
        return "memory://"
    scheme, _, host = counters.partition("://")
    package = _STORES.get(scheme) if host else None
    if package is None:
        raise BadSetting(f'counters is "{counters}": write memory, or an address such as redis://host:6379.')
    if importlib.util.find_spec(package) is None:
        raise BadSetting("To count in Redis a package is needed that is not installed: pip install 'searchapp[redis]'.")
    return counters
