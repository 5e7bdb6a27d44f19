"""A closed archive: who has signed in, and the page on which people do.

Nothing is answered to strangers but that page, its style and whether the process is alive. Who has signed in is kept
by the browser, in a cookie that is signed: nothing is kept here, and another password or a removed name ends it.
"""

import hashlib
import hmac
import secrets
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from flask import Blueprint, Flask, Response, abort, current_app, g, redirect, render_template, request
from itsdangerous import BadSignature, URLSafeTimedSerializer
from werkzeug.datastructures import WWWAuthenticate
from werkzeug.exceptions import Unauthorized
from werkzeug.wrappers import Response as Redirect

from searchapp.answers.address import quoted
from searchapp.errors import BadSetting, Overloaded, TooOften
from searchapp.passwords import Passwords
from searchapp.settings import ANY, NONE, Settings
from searchapp.web.faults import wants_json
from searchapp.web.links import here, query_string
from searchapp.web.proxies import NAMED, client, networks

if TYPE_CHECKING:
    from searchapp.doorkeeper import Doorkeeper

DAYS = 14  # for which a browser stays signed in
FORM_LASTS = 3600  # seconds in which a form has to be sent
SIGNED_IN, FORM = "searchapp_signed_in", "searchapp_form"  # cookies
LONGEST_WANTED = 2000  # characters of the address that is gone on to: it stands in that of the page to sign in
_OPEN = ("browsers.healthz", "doors.sign_in", "doors.signing_in")
_STYLE = "style.css"
doors = Blueprint("doors", __name__)


def install(app: Flask, settings: Settings) -> None:
    """Close ``app`` to all but those who sign in as ``settings`` tell, if they do. Raises BadSetting."""
    refuse_misfit(settings)
    by_password, by_proxy = settings.passwords != NONE, settings.user_header != NONE
    app.config["CLOSED"] = by_password or by_proxy
    app.jinja_env.globals["sign_out_token"] = _sign_out_token
    if not app.config["CLOSED"]:
        return
    app.config["USER_HEADER"] = settings.user_header if by_proxy else None
    app.extensions["doorkeeper"] = None
    if by_password:
        from searchapp.doorkeeper import Doorkeeper  # here, since what it needs takes a while to load

        app.extensions["doorkeeper"] = Doorkeeper(Path(settings.passwords))
    app.register_blueprint(doors)
    app.before_request(_keep_strangers_out)


def refuse_misfit(settings: Settings) -> None:
    """Raise BadSetting where the site cannot be closed, limited or stand behind proxies as ``settings`` tell."""
    if settings.proxy_addresses != ANY:
        networks(settings.proxy_addresses)
    elif settings.user_header != NONE:
        raise BadSetting("user_header needs proxy_addresses: anybody could send it, so name the proxy that does.")
    if settings.passwords != NONE:
        Passwords(Path(settings.passwords))
    if settings.limit:
        from searchapp.web import limits  # here, since few set a limit

        limits.storage(settings.counters)


def _keep_strangers_out() -> Redirect | None:
    """Let in who has signed in; lead people to the page on which they do, and ask programs for a password."""
    if request.endpoint in _OPEN or _is_style() or _user() is not None:
        return None
    if _keeper() is None:
        abort(403, "This archive is closed: come by the address that its people gave you, and sign in there.")
    mode = request.headers.get("Sec-Fetch-Mode", "navigate" if not _asks_program() else "")  # browsers send it
    if mode == "navigate":
        wanted = quoted(request.path) + query_string() if request.method == "GET" else "/"
        further = "" if wanted == "/" or len(wanted) > LONGEST_WANTED else f"?{urlencode({'next': wanted})}"
        return redirect(here("/sign-in") + further, 303)
    if mode:
        abort(403, "This archive is closed: sign in.")  # a browser would open a box of its own at 401
    basic = WWWAuthenticate("basic", {"realm": "the archive", "charset": "UTF-8"})
    raise Unauthorized("This archive is closed: give a name and its password (HTTP Basic).", www_authenticate=basic)


def _asks_program() -> bool:
    return wants_json() or "Authorization" in request.headers


@doors.get("/sign-in")
def sign_in() -> Response:
    """The page on which people sign in."""
    return _page("", 200)


@doors.post("/sign-in")
def signing_in() -> Response | Redirect:
    """Sign in by name and password, and go on to what was wanted."""
    keeper, form = _asked_keeper(), request.form
    if not _is_ours(form.get("token", ""), request.cookies.get(FORM, "")):
        return _page("This form was open for too long, or your browser keeps no cookies: try once more.", 400)
    name = form.get("name", "").strip()
    try:
        admitted = keeper.admits(name, form.get("password", ""), client())
    except TooOften as fault:
        return _page(str(fault), 429, fault.seconds)
    except Overloaded as fault:
        return _page(str(fault), 503, 2)
    if not admitted:
        return _page("This name and this password do not belong together.", 403)
    response = redirect(here(_inside(form.get("next", ""))), 303)
    _set_cookie(response, SIGNED_IN, _signer("sign-in").dumps([name, keeper.passwords.mark(name)]), DAYS * 86_400)
    return response


@doors.post("/sign-out")
def sign_out() -> Redirect:
    """Forget who has signed in, and what the browser kept of the archive."""
    token = _sign_out_token()
    if not (token and hmac.compare_digest(request.form.get("token", "").encode(), token.encode())):
        abort(400, "Sign out by the button at the foot of a page.")
    response = redirect(here("/sign-in"), 303)
    response.delete_cookie(SIGNED_IN, path=here("/"))
    response.headers["Clear-Site-Data"] = '"cache"'
    return response


def _page(wrong: str, status: int, seconds: int = 0) -> Response:
    """Return the page on which people sign in, with what was ``wrong``; they may try again in so many seconds."""
    held = request.cookies.get(FORM, "")
    token = held if _is_ours(held, held) else _signer("form").dumps(secrets.token_urlsafe(16))
    wanted = request.values.get("next", "")
    page = render_template(
        "sign_in.html", wrong=wrong, token=token, wanted=wanted, name=request.form.get("name", "")[:100]
    )
    response = Response(page, status, mimetype="text/html")
    if seconds:
        response.headers["Retry-After"] = str(seconds)
    _set_cookie(response, FORM, token, FORM_LASTS)
    return response


def _user() -> str | None:
    """Return who asks: by the header of a proxy, the cookie of a browser or the password of a program; None for a
    stranger."""
    header = current_app.config["USER_HEADER"]
    if header and request.environ.get(NAMED) and (named := request.headers.get(header, "").strip()):
        return named
    keeper = _keeper()
    if keeper is None:
        return None
    return _of_cookie(keeper) or keeper.named_by(request.headers.get("Authorization"), client())


def _of_cookie(keeper: "Doorkeeper") -> str | None:
    try:
        name, mark = _signer("sign-in").loads(request.cookies.get(SIGNED_IN, ""), max_age=DAYS * 86_400)
    except BadSignature:
        return None
    if not mark or mark != keeper.passwords.mark(name):
        return None
    g.by_cookie = True
    return str(name)


def _sign_out_token() -> str:
    """Return what the button to sign out sends, which only a page of ours can know; "" where nobody signed in here."""
    if "by_cookie" not in g:
        return ""
    key = _asked_keeper().passwords.key.encode()
    return hmac.digest(key, f"sign-out {request.cookies[SIGNED_IN]}".encode(), "sha256").hex()


def _is_ours(token: str, kept: str) -> bool:
    """Tell whether a form's token is one of ours, not too old, and the one that this browser keeps."""
    try:
        _signer("form").loads(token, max_age=FORM_LASTS)
    except BadSignature:
        return False
    return hmac.compare_digest(token.encode(), kept.encode())


def _signer(purpose: str) -> URLSafeTimedSerializer:
    manner = {"digest_method": hashlib.sha256, "key_derivation": "hmac"}
    return URLSafeTimedSerializer(_asked_keeper().passwords.key, salt=f"searchapp {purpose}", signer_kwargs=manner)


def _keeper() -> "Doorkeeper | None":
    keeper: Doorkeeper | None = current_app.extensions["doorkeeper"]
    return keeper


def _asked_keeper() -> "Doorkeeper":
    """Return who checks passwords; where only a proxy does there is no page to sign in."""
    return _keeper() or abort(404)


def _inside(wanted: str) -> str:
    """Return ``wanted`` where it is a path of the site, else "/"."""
    leads_out = wanted.startswith("//") or "\\" in wanted or not wanted.isprintable()
    return wanted if wanted.startswith("/") and not leads_out else "/"


def _is_style() -> bool:
    return request.endpoint == "static" and (request.view_args or {}).get("filename") == _STYLE


def _set_cookie(response: Response | Redirect, name: str, value: str, seconds: int) -> None:
    response.set_cookie(
        name, value, max_age=seconds, path=here("/"), secure=request.is_secure, httponly=True, samesite="Lax"
    )
