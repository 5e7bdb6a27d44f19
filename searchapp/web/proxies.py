"""Whom the site believes: the proxies in front of it, and by which names it may be asked for.

A path below which it is served is believed of nobody: only SCRIPT_NAME in the environment sets it.
"""

from collections.abc import Iterable
from functools import lru_cache
from ipaddress import IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import TYPE_CHECKING

from flask import Flask, request
from werkzeug.exceptions import MisdirectedRequest
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.sansio.utils import host_is_trusted

from searchapp.errors import BadSetting
from searchapp.settings import ANY, Settings
from searchapp.web.places import FREE

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

ONE_HOUSEHOLD = 64  # bits of an IPv6 address: what a connection to the internet gets, and may spread its requests over
NAMED = "searchapp.named_proxy"  # the key of a request's environment that is there where one of proxy_addresses sent it


class _Proxied:
    """An application that believes what the proxies of ``settings`` add, and nobody else."""

    def __init__(self, app: "WSGIApplication", settings: Settings) -> None:
        number = settings.proxies
        self._plain = app
        self._believing = ProxyFix(app, number, number, number) if number else app
        self._named = None if settings.proxy_addresses == ANY else tuple(networks(settings.proxy_addresses))

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        if self._named is None:
            return self._believing(environ, start_response)
        if _is_among(environ.get("REMOTE_ADDR", ""), self._named):
            environ[NAMED] = True
            return self._believing(environ, start_response)
        return self._plain(environ, start_response)


def install(app: Flask, settings: Settings) -> None:
    """Have ``app`` believe the proxies that ``settings`` name, and refuse hosts that they do not. Raises BadSetting."""
    app.wsgi_app = _Proxied(app.wsgi_app, settings)  # type: ignore[method-assign]
    if settings.hosts == ANY:
        return
    hosts = settings.hosts.split()

    @app.before_request
    def _refuse_other_hosts() -> None:
        if request.endpoint not in FREE and not host_is_trusted(request.environ.get("HTTP_HOST"), hosts):
            raise MisdirectedRequest("This site is not served under the name that was asked for.")


def client() -> str:
    """Return who asks, as far as their address tells: of IPv6 the network."""
    address = (request.remote_addr or "nobody")[:100]
    try:
        known = ip_address(address)
    except ValueError:
        return address
    if isinstance(known, IPv6Address) and not known.ipv4_mapped:
        return str(ip_network((known, ONE_HOUSEHOLD), strict=False))
    return address


def networks(written: str) -> list[IPv4Network | IPv6Network]:
    """Return the networks that the setting ``proxy_addresses`` names. Raises BadSetting."""
    try:
        return [ip_network(each, strict=False) for each in written.split()]
    except ValueError as fault:
        raise BadSetting(
            f'proxy_addresses is "{written}": write addresses and networks such as 127.0.0.1 10.0.0.0/8 ({fault}).'
        ) from fault


@lru_cache(maxsize=1024)
def _is_among(address: str, named: tuple[IPv4Network | IPv6Network, ...]) -> bool:
    try:
        found = ip_address(address.split("%")[0])
    except ValueError:
        return False
    if isinstance(found, IPv6Address) and found.ipv4_mapped:
        found = found.ipv4_mapped
    return any(found in each for each in named)
