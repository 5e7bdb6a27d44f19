"""A closed archive: who gets in, what strangers get, and whom the site believes."""

import base64
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from flask import Flask
from flask.testing import FlaskClient
from test_client import listening
from web_articles import ARTICLES
from werkzeug.test import TestResponse

from searchapp import doorkeeper as doorkeeper_module
from searchapp import passwords
from searchapp.cli import main
from searchapp.client import Archive, Refused
from searchapp.doorkeeper import Doorkeeper
from searchapp.engines.memory import MemoryEngine
from searchapp.errors import BadSetting, Overloaded, TooOften
from searchapp.passwords import Passwords
from searchapp.settings import Settings
from searchapp.web import create_app, doors

PASSWORD = "fog over the harbour"
COSTLY = passwords.METHOD
PROXY, STRANGER = {"REMOTE_ADDR": "10.1.2.3"}, {"REMOTE_ADDR": "203.0.113.9"}
BY_PROXY = {"user_header": "X-Reader", "proxy_addresses": "10.1.0.0/16 ::1"}
PRETENDED = {"X-Reader": "ada", "X-Forwarded-For": "10.1.2.3", "Cookie": "searchapp_signed_in=ada"}
EVERYWHERE = ["GET", "HEAD", "OPTIONS", "POST", "PUT", "DELETE", "PATCH"]


@pytest.fixture(scope="module", autouse=True)
def _hashed_soon() -> Iterator[None]:
    """Hash with costs that suit a test."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "METHOD", "scrypt:1024:8:1")
        yield


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file of two, neither of whom any test takes out."""
    made = tmp_path_factory.mktemp("doors") / "passwords.txt"
    passwords.put(made, "ada", PASSWORD)
    passwords.put(made, "zoë", "Ångström's lamp")
    return made


def site(**settings: Any) -> Flask:
    engine = MemoryEngine()
    with engine.lock():
        engine.reindex(ARTICLES)
    app = create_app(Settings(title="The Lessing Archive", **settings), engine=engine)
    app.testing = False
    return app


@pytest.fixture
def closed(file: Path) -> FlaskClient:
    return site(passwords=str(file)).test_client()


def basic(name: str, password: str) -> dict[str, str]:
    return {"Authorization": "Basic " + base64.b64encode(f"{name}:{password}".encode()).decode()}


def form(page: TestResponse, **changed: str) -> dict[str, str]:
    """What the form of a page sends by itself, and what is changed in it."""
    found = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page.text)
    return {name: unescape(value) for name, value in found} | changed


def sign_in(client: FlaskClient, password: str = PASSWORD, name: str = "ada", wanted: str = "") -> TestResponse:
    page = client.get("/sign-in", query_string={"next": wanted})
    return client.post("/sign-in", data=form(page, name=name, password=password))


# What strangers get


def got(client: FlaskClient, address: str) -> str:
    """What is at an address; a file is closed again."""
    with client.get(address) as answer:
        return answer.text


def addresses(app: Flask) -> Iterator[str]:
    """An address of each route, and of each static file."""
    filled = {"identity": ARTICLES[0].id, "name": "speaker", "ending": ".csv", "path": "none", "day": "2021-04-27"}
    for rule in app.url_map.iter_rules():
        if rule.endpoint != "static":
            assert rule.arguments <= filled.keys(), rule
            yield re.sub(r"<(?:[^:>]+:)?(\w+)>", lambda found: filled[found[1]], str(rule))
    for path in Path(app.static_folder or "").rglob("*"):
        yield f"/static/{path.name}"
    yield from ("/nowhere", "/search/", "//elsewhere.example/", "/articles/none.json", "/sign-in/", "/healthz/x")


def test_strangers_get_nothing_but_the_page_to_sign_in_its_style_and_whether_the_process_is_alive(
    closed: FlaskClient,
) -> None:
    opened = site().test_client()
    walked = set(addresses(closed.application)) | set(addresses(opened.application))
    shown = [address for address in walked if "Lessing" in got(opened, address) and "/sign-in" not in address]
    assert len(walked) > 25
    assert len(shown) > 5  # so there was something to keep from them
    for address in walked - {"/sign-in", "/healthz", "/static/style.css"}:
        for method in EVERYWHERE:
            answer = closed.open(address, method=method, headers=PRETENDED)
            assert answer.status_code in (303, 401), (method, address)
            assert not {"ETag", "X-Total", "X-Generation", "Allow"} & set(answer.headers), (method, address)
            assert len(answer.data) < 400, (method, address)
    assert closed.get("/healthz").get_json() == {"status": "ok"}
    assert "{" in got(closed, "/static/style.css")
    page = closed.get("/sign-in").text
    assert set(re.findall(r'(?:href|src|action)="([^"?]+)', page)) == {"/", "/static/style.css", "/sign-in"}


def test_programs_are_asked_for_a_password_and_people_led_to_the_page(closed: FlaskClient) -> None:
    asked = closed.get("/search.json?q=ferry")
    assert asked.status_code == 401
    assert asked.mimetype == "application/problem+json"
    assert asked.headers["WWW-Authenticate"].startswith('Basic realm="the archive"')
    led = closed.get("/search?q=ferry&year=2021")
    assert (led.status_code, led.headers["Location"]) == (303, "/sign-in?next=%2Fsearch%3Fq%3Dferry%26year%3D2021")
    assert led.headers["Cache-Control"] == "private, no-cache"
    assert led.headers["X-Robots-Tag"] == "noindex"


def test_a_browser_opens_no_box_of_its_own(closed: FlaskClient) -> None:
    fetched = closed.get("/suggestions.json?q=f", headers={"Sec-Fetch-Mode": "cors"})
    assert fetched.status_code == 403
    assert "WWW-Authenticate" not in fetched.headers
    led = closed.get("/search.csv?q=ferry", headers={"Sec-Fetch-Mode": "navigate"})
    assert (led.status_code, led.headers["Location"]) == (303, "/sign-in?next=%2Fsearch.csv%3Fq%3Dferry")


def test_a_very_long_address_still_leads_to_the_page_to_sign_in(closed: FlaskClient) -> None:
    assert closed.get(f"/search?q={'x' * 5000}").headers["Location"] == "/sign-in"


# Signing in


def test_who_signs_in_goes_on_to_what_was_wanted_and_stays_in(closed: FlaskClient) -> None:
    answer = sign_in(closed, wanted="/search?q=ferry&year=2021")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/search?q=ferry&year=2021")
    cookie = next(each for each in answer.headers.getlist("Set-Cookie") if doors.SIGNED_IN in each)
    assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= set(cookie.split("; "))
    page = closed.get("/search?q=ferry")
    assert page.status_code == 200
    assert page.headers["Cache-Control"] == "private, no-cache"
    with closed.get("/static/keys.js") as script:
        assert script.cache_control.private
    assert closed.get("/search.json").status_code == 200


def test_below_a_path_and_behind_tls_the_cookie_goes_there_only(file: Path) -> None:
    client = site(passwords=str(file)).test_client()
    below = {"base_url": "https://archive.example.org/old"}
    page = client.get("/sign-in?next=/about", **below)
    answer = client.post("/sign-in", data=form(page, name="ada", password=PASSWORD), **below)
    assert answer.headers["Location"] == "/old/about"
    cookie = next(each for each in answer.headers.getlist("Set-Cookie") if doors.SIGNED_IN in each)
    assert {"Secure", "Path=/old/"} <= set(cookie.split("; "))
    assert client.get("/about", **below).status_code == 200


@pytest.mark.parametrize(
    "elsewhere",
    ["https://evil.example/", "//evil.example", "/\\evil.example", "\\\\evil.example", "evil", "/\t/evil.example", ""],
)
def test_no_link_to_the_page_leads_elsewhere(closed: FlaskClient, elsewhere: str) -> None:
    assert sign_in(closed, wanted=elsewhere).headers["Location"] == "/"


@pytest.mark.parametrize(
    ("name", "password"), [("ada", "fog"), ("ada", ""), ("eve", PASSWORD), ("", ""), ("ada", "x" * 5000)]
)
def test_a_wrong_password_and_an_unknown_name_are_told_alike(closed: FlaskClient, name: str, password: str) -> None:
    answer = sign_in(closed, password, name)
    assert answer.status_code == 403
    assert "This name and this password do not belong together." in answer.text
    assert closed.get("/").status_code == 303


def test_a_name_that_nobody_has_takes_as_long(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    hashed = list[str]()
    monkeypatch.setattr(passwords, "check_password_hash", lambda stored, _: bool(hashed.append(stored)) or True)
    held = Passwords(file)
    assert held.verify("ada", "x")
    assert not held.verify("eve", "x")
    assert len(hashed) == 2
    assert hashed[0] == hashed[1]


def test_a_form_of_elsewhere_signs_nobody_in(closed: FlaskClient, file: Path) -> None:
    stranger = site(passwords=str(file)).test_client()
    theirs = form(stranger.get("/sign-in"), name="ada", password=PASSWORD)
    closed.get("/sign-in")
    for sent in (theirs, theirs | {"token": ""}, {"name": "ada", "password": PASSWORD}):
        answer = closed.post("/sign-in", data=sent)
        assert answer.status_code == 400
        assert "try once more" in answer.text
    assert closed.get("/").status_code == 303


def test_two_open_forms_both_work(closed: FlaskClient) -> None:
    first = closed.get("/sign-in")
    closed.get("/sign-in")
    assert closed.post("/sign-in", data=form(first, name="ada", password=PASSWORD)).status_code == 303


def test_what_was_typed_into_the_form_is_text(closed: FlaskClient) -> None:
    answer = sign_in(closed, "x", '"><script>alert(1)</script>')
    assert "<script" not in answer.text


def test_signing_out_needs_the_button_and_forgets(closed: FlaskClient) -> None:
    sign_in(closed)
    page = closed.get("/about")
    assert closed.post("/sign-out", data={"token": "x"}).status_code == 400
    assert closed.get("/about").status_code == 200
    answer = closed.post("/sign-out", data=form(page))
    assert answer.headers["Clear-Site-Data"] == '"cache"'
    assert closed.get("/about").status_code == 303


def test_another_password_or_a_removed_name_ends_what_was_signed_in(tmp_path: Path) -> None:
    own = tmp_path / "own.txt"
    passwords.put(own, "ada", PASSWORD)
    passwords.put(own, "eve", PASSWORD)
    client = site(passwords=str(own)).test_client()
    sign_in(client)
    held = basic("eve", PASSWORD)
    assert client.get("/about").status_code == client.get("/about", headers=held).status_code == 200
    passwords.put(own, "ada", "another of hers")
    passwords.remove(own, "eve")
    assert client.get("/about").status_code == 303
    assert client.get("/about", headers=held).status_code == 401
    own.write_text("")  # while nothing can be read of it nobody is let in
    assert client.get("/about", headers=basic("ada", "another of hers")).status_code == 401


def test_what_a_browser_keeps_lasts_a_fortnight(closed: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    sign_in(closed)
    assert closed.get("/about").status_code == 200
    monkeypatch.setattr(doors, "DAYS", -1)
    assert closed.get("/about").status_code == 303


# Programs


def test_scripts_give_a_password_with_each_request_and_it_is_hashed_once(
    closed: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    named = basic("zoë", "Ångström's lamp")
    assert closed.get("/search.json?q=ferry", headers=named).get_json()["total"]
    monkeypatch.setattr(passwords, "check_password_hash", lambda *_: pytest.fail("It was hashed again."))
    answer = closed.get("/search.csv?q=ferry", headers=named)
    assert answer.status_code == 200
    assert "private" in answer.headers["Cache-Control"]
    assert "Sign out" not in closed.get("/about", headers=named).text


@pytest.mark.parametrize("header", ["Basic", "Basic !", "Basic YWRh", "Bearer ada", "Digest u=ada", "Basic /w=="])
def test_other_headers_let_nobody_in(closed: FlaskClient, header: str) -> None:
    assert closed.get("/search", headers={"Authorization": header}).status_code == 401


def test_the_client_signs_in(file: Path) -> None:
    with listening(site(passwords=str(file))) as address:
        assert Archive(address, user="zoë", password="Ångström's lamp").search("ferry")["total"]
        with pytest.raises(Refused, match="This archive is closed: give a name and its password") as refused:
            Archive(address).search("ferry")
        assert refused.value.status == 401


# Guessing


def test_who_guesses_has_to_wait_and_others_do_not(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "check_password_hash", lambda _, given: given == PASSWORD)
    client = site(passwords=str(file)).test_client()
    for _ in range(10):
        assert client.get("/search", headers=basic("ada", "guess"), environ_overrides=STRANGER).status_code == 401
    refused = client.get("/search.json", headers=basic("ada", PASSWORD), environ_overrides=STRANGER)
    assert refused.status_code == 429
    assert refused.mimetype == "application/problem+json"
    assert 0 < int(refused.headers["Retry-After"]) <= 600
    page = client.get("/sign-in", environ_overrides=STRANGER)
    told = client.post("/sign-in", data=form(page, name="ada", password=PASSWORD), environ_overrides=STRANGER)
    assert (told.status_code, told.mimetype) == (429, "text/html")
    assert int(told.headers["Retry-After"])
    assert client.get("/search.json", headers=basic("ada", PASSWORD), environ_overrides=PROXY).status_code == 200


def test_one_name_is_not_guessed_from_many_addresses(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "check_password_hash", lambda _, given: given == PASSWORD)
    keeper = Doorkeeper(file)
    assert keeper.admits("ada", PASSWORD, "2001:db8::/64")
    for number in range(50):
        assert not keeper.admits("ada", "guess", f"192.0.2.{number}")
    with pytest.raises(TooOften):
        keeper.admits("ada", "guess", "198.51.100.7")
    assert keeper.admits("ada", PASSWORD, "198.51.100.7")  # who came in before, comes in
    assert keeper.admits("zoë", PASSWORD, "198.51.100.7")


def test_passwords_are_checked_one_at_a_time_and_few_wait(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doorkeeper_module, "_WAITING", 0)
    with pytest.raises(Overloaded):
        Doorkeeper(file).admits("ada", PASSWORD, "192.0.2.1")


# The file


def test_the_commands_make_the_file_and_a_password_is_not_in_it(tmp_path: Path) -> None:
    made = tmp_path / "passwords.txt"

    def said(*words: str, typed: str = "") -> str:
        done = CliRunner().invoke(main, ["users", *words, "--passwords", str(made)], input=typed)
        assert done.exit_code == 0, done.output
        return done.output

    assert "ada may sign in." in said("add", "ada", typed=f"{PASSWORD}\n{PASSWORD}\n")
    assert "zoë may sign in." in said("add", "zoë", "--stdin", typed=f"{PASSWORD}\n")
    assert "signed out everywhere" in said("add", "zoë", "--stdin", typed="another of hers\n")
    assert said("list") == "ada\nzoë\n"
    assert made.stat().st_mode & 0o777 == 0o600
    assert PASSWORD not in made.read_text("utf8")
    assert Passwords(made).verify("ada", PASSWORD)
    assert not Passwords(made).verify("zoë", PASSWORD)
    assert Passwords(made).verify("zoë", "another of hers")
    said("remove", "ada")
    assert said("list") == "zoë\n"
    assert [each.name for each in tmp_path.iterdir()] == ["passwords.txt"]


def test_a_guess_is_dear(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "METHOD", COSTLY)
    passwords.put(tmp_path / "own.txt", "ada", PASSWORD)
    assert "\nada:scrypt:32768:8:1$" in (tmp_path / "own.txt").read_text()


def test_a_password_is_the_same_on_any_keyboard(file: Path) -> None:
    assert Passwords(file).verify("zoë", "A\u030angstro\u0308m's lamp")


@pytest.mark.parametrize(
    ("name", "password", "sentence"),
    [
        ("a:b", PASSWORD, "is no name to sign in with"),
        ("a b", PASSWORD, "is no name to sign in with"),
        ("a\x1b", PASSWORD, r"'a\\x1b' is no name to sign in with"),
        ("", PASSWORD, "is no name to sign in with"),
        ("ada", "short", "has 8 to 1,000 characters"),
        ("ada", "x" * 1001, "has 8 to 1,000 characters"),
    ],
)
def test_what_could_not_be_typed_or_is_guessed_soon_is_refused(
    tmp_path: Path, name: str, password: str, sentence: str
) -> None:
    with pytest.raises(BadSetting, match=sentence):
        passwords.put(tmp_path / "new.txt", name, password)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("ada:secret\n", "is no file of passwords"),
        (":" + "0" * 64 + "\n", "lets nobody in"),
        (":" + "0" * 64 + "\nada:secret\n", 'Line 2 of ".*" is no name with a hash'),
        ("", "is no file of passwords"),
    ],
)
def test_a_file_that_cannot_be_used_is_told_before_the_server_starts(tmp_path: Path, text: str, sentence: str) -> None:
    (tmp_path / "some.txt").write_text(text)
    with pytest.raises(BadSetting, match=sentence):
        doors.refuse_misfit(Settings(passwords=str(tmp_path / "some.txt")))
    with pytest.raises(BadSetting, match="cannot be read"):
        doors.refuse_misfit(Settings(passwords=str(tmp_path / "none.txt")))


# Proxies and hosts


def test_a_proxy_tells_who_signed_in_there_and_nobody_else_does() -> None:
    client = site(**BY_PROXY).test_client()
    named = {"X-Reader": "ada"}
    assert client.get("/about", headers=named, environ_overrides=PROXY).status_code == 200
    assert client.get("/about", headers=named, environ_overrides={"REMOTE_ADDR": "::ffff:10.1.2.3"}).status_code == 200
    for given, by in [
        (named, STRANGER),
        ({}, PROXY),
        ({"X-Reader": " "}, PROXY),
        (named, {"REMOTE_ADDR": "localhost"}),
    ]:
        answer = client.get("/about", headers={**given, "X-Forwarded-For": "10.1.2.3"}, environ_overrides=by)
        assert answer.status_code == 403
        assert "Lessing" not in answer.text.replace("The Lessing Archive", "")
    assert client.get("/sign-in", environ_overrides=STRANGER).status_code == 404


def test_a_header_that_anybody_could_send_is_refused() -> None:
    with pytest.raises(BadSetting, match="user_header needs proxy_addresses"):
        site(user_header="X-Reader")
    with pytest.raises(BadSetting, match=r'proxy_addresses is "10\.0\.0\.0/99"'):
        site(proxy_addresses="10.0.0.0/99")


def test_only_named_proxies_are_believed_and_nobody_sets_a_prefix() -> None:
    client = site(proxies=1, proxy_addresses="10.1.2.3").test_client()
    told = {"X-Forwarded-Proto": "https", "X-Forwarded-Host": "archive.example.org", "X-Forwarded-Prefix": "/evil",
            "Script-Name": "/evil", "X-Script-Name": "/evil"}  # fmt: skip
    by_proxy, by_stranger = (
        client.get("/opensearch.xml", headers=told, environ_overrides=by) for by in (PROXY, STRANGER)
    )
    assert "https://archive.example.org/search" in by_proxy.text
    assert by_proxy.headers["Strict-Transport-Security"]
    assert "archive.example.org" not in by_stranger.text
    assert "Strict-Transport-Security" not in by_stranger.headers
    assert "evil" not in by_proxy.text + by_stranger.text


@pytest.mark.parametrize(
    ("host", "status"),
    [("archive.example.org", 200), ("archive.example.org:8443", 200), ("evil.example", 421),
     ("evil.archive.example.org", 421), ("a.press.example", 200), ("", 421), ('x"><b>', 421)],
)  # fmt: skip
def test_the_site_answers_to_its_own_names(host: str, status: int) -> None:
    client = site(hosts="archive.example.org .press.example").test_client()
    assert client.get("/about", headers={"Host": host}).status_code == status
    assert client.get("/search.json", headers={"Host": host}).status_code == status
    assert client.get("/healthz", headers={"Host": host}).status_code == 200
