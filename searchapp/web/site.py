"""The application: pages, headers, errors, and the words that templates use."""

import hashlib
import re
from pathlib import Path
from typing import Any

from flask import Flask, Response, current_app, request
from flask_compress import Compress
from jinja2 import StrictUndefined
from werkzeug.routing import BaseConverter

from searchapp.answers import wording
from searchapp.answers.address import article_path, correction_path, speaker_path, statement_path
from searchapp.article import Dated
from searchapp.engines.protocol import Engine
from searchapp.search import IndexInfo
from searchapp.settings import Settings
from searchapp.web import doors, logs, places, proxies
from searchapp.web.browsers import browsers
from searchapp.web.comparing import comparing
from searchapp.web.correcting import correcting
from searchapp.web.faults import failed
from searchapp.web.holdings import holdings
from searchapp.web.links import here, host
from searchapp.web.pages import pages
from searchapp.web.speaker_pages import speaker_pages
from searchapp.web.taking import taking

YEAR = 31_536_000  # seconds
POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; connect-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)


class _Identity(BaseConverter):
    """An id in a path: anything, slashes and dots included."""

    regex = r"[\s\S]+"
    part_isolating = False


def install(app: Flask, settings: Settings, engine: Engine) -> None:
    """Give ``app`` the pages, its headers and its errors."""
    app.extensions["searchapp"] = engine
    app.url_map.converters["identity"] = _Identity
    app.url_map.merge_slashes = False
    app.config["CRAWLERS"] = settings.crawlers
    app.config["SEND_FILE_MAX_AGE_DEFAULT"] = YEAR
    app.json.sort_keys = False  # type: ignore[attr-defined]
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(
        archive=settings.title,
        here=here,
        host=host,
        asset=_asset_links(app),
        article_path=article_path,
        correction_path=correction_path,
        speaker_path=speaker_path,
        statement_path=statement_path,
        holdings=_holdings,
    )
    app.jinja_env.filters.update(
        day=wording.written,
        number="{:,}".format,
        counted=wording.counted,
        manner=wording.manner,
        corrected=wording.corrected,
        confidence=wording.confidence,
        host=_host,
        origin=wording.origin,
        iso=_iso,
    )
    app.jinja_env.tests["web_address"] = _is_web_address
    logs.install(app, settings)
    proxies.install(app, settings)
    if settings.limit:
        from searchapp.web import limits  # here, since few set a limit

        limits.install(app, settings)
    places.install(app, settings.seconds)
    doors.install(app, settings)
    # Registered before our own headers, it comes after them: what is compressed has them all. zstd is what it prefers
    # where the browser takes it, at .13 ms a page.
    Compress(app)
    app.register_blueprint(pages)
    app.register_blueprint(speaker_pages)
    app.register_blueprint(comparing)
    app.register_blueprint(correcting)
    app.register_blueprint(holdings)
    app.register_blueprint(browsers)
    app.register_blueprint(taking)
    app.register_error_handler(Exception, failed)

    @app.after_request
    def _finished(response: Response) -> Response:
        return _with_headers(response, settings)


def _with_headers(response: Response, settings: Settings) -> Response:
    headers = response.headers
    headers["Content-Security-Policy"] = POLICY
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Referrer-Policy"] = "same-origin"
    headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"
    headers["Cross-Origin-Opener-Policy"] = "same-origin"
    headers["Cross-Origin-Resource-Policy"] = "same-origin"
    if request.is_secure:
        headers["Strict-Transport-Security"] = f"max-age={YEAR}"
    if not settings.crawlers or current_app.config["CLOSED"]:
        headers["X-Robots-Tag"] = "noindex"
    if request.endpoint == "static":
        if current_app.config["CLOSED"]:
            response.cache_control.public, response.cache_control.private = False, True
        response.direct_passthrough = False
        response.make_sequence()  # so that the file is closed, and what is compressed is whole: it is small
    else:
        # Ask again: the answer may be another once the index has changed.
        headers["Cache-Control"] = "private, no-cache" if current_app.config["CLOSED"] else "no-cache"
        if response.status_code == 200 and request.method in ("GET", "HEAD"):
            if not response.is_streamed:
                response.add_etag(weak=True)
            response.make_conditional(request)
    return response


def _asset_links(app: Flask) -> Any:
    """Return a function from a static file's name to its URL, which changes when the file does."""
    digests = {
        file.name: hashlib.sha256(file.read_bytes()).hexdigest()[:8]
        for file in Path(app.static_folder or "").iterdir()
        if file.is_file()
    }
    return lambda name: here(f"{app.static_url_path}/{name}?v={digests[name]}")


def _holdings(info: IndexInfo) -> str:
    """Return in words what the archive holds."""
    held = wording.counted(info.articles, "article")
    if info.sources:
        held += f" from {wording.counted(info.sources, 'source')}"
    if info.first and info.last:
        held += f", {wording.written(info.first)} to {wording.written(info.last)}"
    if info.statements:
        held += f", with {wording.counted(info.statements, 'statement')} by {wording.counted(info.speakers, 'speaker')}"
    return held


def _iso(dated: Dated) -> str:
    """Return a date as exactly as it is known: 2021-04-28, 2021-04 or 2021."""
    return dated.first.isoformat()[: {"day": 10, "month": 7, "year": 4}[dated.precision]]


def _host(url: str) -> str:
    return re.sub(r"^https?://(?:www\.)?", "", url).split("/")[0]


def _is_web_address(url: str | None) -> bool:
    return bool(url) and re.match(r"https?://[^/\s]", url or "", re.IGNORECASE) is not None
