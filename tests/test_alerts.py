"""Alerts: what is new is told once, for ever, to whom it concerns, by real servers of mail and of webhooks."""

import json
import re
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP
from click.testing import CliRunner
from web_articles import ARTICLES, LINH, OKORO, VELA, day, said, written

from searchapp.alerts import Outcome, run, sending, told_of
from searchapp.alerts.memory import Memory, Message, remembered
from searchapp.alerts.saved import Alerts, Mail, Search, load_alerts
from searchapp.article import Article, Speaker
from searchapp.cli import main
from searchapp.engines import open_engine
from searchapp.engines.memory import MemoryEngine
from searchapp.errors import AlertsStopped, BadAlerts
from searchapp.sameness import sketch
from searchapp.search import Hit

SENTENCE = "“The tide mill of Skarn will grind again before the first frost,” said Tomas Okorowski."
BODY = f"SKARN – The mill has stood still for forty years.\n\n{SENTENCE}"
LONG = " ".join(f"The {word} of the old tide mill was taken to the yard in Skarn." for word in
                "wheel beam gate stone shaft sluice hopper ladder roof door crane bell".split())  # fmt: skip


def mill(identity: str = "mill", sentence: str = SENTENCE, speaker: Speaker = OKORO, **more: Any) -> Article:
    body = BODY.replace(SENTENCE, sentence)
    content = sentence.split("”")[0].strip("“,")
    more = {"published": day("2022-03-04"), "source": "The Mole"} | more
    return written(identity, "The mill", body, said(body, sentence, content, speaker), **more)


class Desk:
    """An archive, a saved search, and what was printed of it in each run."""

    def __init__(self, file: Path, search: Search) -> None:
        self.engine = MemoryEngine()
        self.engine.reindex(ARTICLES)
        self.file, self.alerts = file, Alerts([search], "https://archive.example")
        self.printed: list[str] = []

    def run(self, today: date | None = None) -> Outcome:
        with remembered(self.file) as memory:
            return run(self.engine, self.alerts, memory, self.printed.append, today)

    def told(self, *articles: Article) -> list[str]:
        """Return what a run prints when these articles have come."""
        self.engine.update(articles)
        self.printed = []
        self.run()
        return self.printed


@pytest.fixture
def articles(tmp_path: Path) -> Desk:
    desk = Desk(tmp_path / "told", Search(name="Mills", query="mill", to="print"))
    assert desk.run().told == ('"Mills" begins: what comes will be told; 0 articles found so far.',)
    return desk


@pytest.fixture
def statements(tmp_path: Path) -> Desk:
    link = "https://archive.example/search?view=statements&speaker=Tomas%20Okorowski&utm_source=x&page=2"
    desk = Desk(tmp_path / "told", Search(name="The mayor", link=link, to="print"))
    desk.run()
    return desk


# What is told


def test_what_comes_is_told_with_day_outlet_and_link_and_only_once(articles: Desk) -> None:
    assert articles.printed == []
    (text,) = articles.told(mill())
    assert text.splitlines()[0] == "Mills: 1 new article"
    for part in ("The mill", "2022-03-04 · The Mole", "https://archive.example/articles/mill"):
        assert f"  {part}" in text.splitlines()
    assert articles.told() == []


def test_nothing_is_told_again_after_a_reindex_or_when_an_article_changes_or_returns(articles: Desk) -> None:
    assert len(articles.told(mill())) == 1
    articles.engine.reindex([*ARTICLES, mill()])
    assert articles.told(mill(place="Skarn")) == []
    articles.engine.update([], deleted=["mill"])
    assert articles.told() == []
    assert articles.told(mill()) == []


def test_a_story_in_several_outlets_is_told_once(articles: Desk) -> None:
    copies = [replace(mill(f"mill-{outlet}", source=outlet), body=LONG, statements=(), sketch=sketch(LONG))
              for outlet in ("The Mole", "Lessing Courier", "Skarn Post")]  # fmt: skip
    (text,) = articles.told(*copies[:2])
    assert text.startswith("Mills: 1 new article")
    assert articles.told(copies[2]) == []


def test_an_utterance_in_several_outlets_is_told_once_whatever_names_become(statements: Desk) -> None:
    (text,) = statements.told(mill(), mill("copy", source="Lessing Courier"))
    assert text.startswith("The mayor: 1 new statement")
    assert f"  Tomas Okorowski: {SENTENCE}" in text
    assert statements.told(mill("third", source="Skarn Post")) == []


def test_an_utterance_that_is_quoted_by_one_and_reported_by_another_is_told_once(statements: Desk) -> None:
    assert len(statements.told(mill())) == 1
    reported = "Okorowski said that the tide mill in Skarn will be grinding again before the first frost."
    body = f"{reported} He left."
    indirect = said(body, reported, reported[20:], OKORO, kind="indirect")
    other = written("other", "Mill to grind", body, indirect, published=day("2022-03-05"), source="Skarn Post")
    assert statements.told(other) == []
    cut = mill("third", "“The tide mill of Skarn will grind again,” said Tomas Okorowski.", source="Lessing Courier")
    assert statements.told(cut) == []
    quoted = "“Every stone of the sluice was numbered before the winter,” said Tomas Okorowski."
    retold = "Okorowski told them that every stone of the sluice was numbered before winter."
    body = f"{quoted}\n\n{retold}"
    twice = (said(body, quoted, quoted[:60], OKORO), said(body, retold, retold[20:], OKORO))
    (text,) = statements.told(written("twice", None, body, *twice, published=day("2022-03-06")))
    assert text.startswith("The mayor: 1 new statement")


def test_what_another_release_reads_in_an_old_text_is_no_news(statements: Desk) -> None:
    file = {"digest": "0123456789abcdef"}
    assert len(statements.told(mill(**file))) == 1
    wider = written(
        "mill", "The mill", BODY, said(BODY, BODY, "forty years", OKORO), published=day("2022-03-04"), **file
    )
    assert statements.told(wider) == []
    changed = {"digest": "fedcba9876543210"}
    assert statements.told(replace(wider, **changed)) == []  # its statement was told
    shorter = written("mill", "The mill", BODY, said(BODY, "The mill has stood still", "stood still", OKORO), **changed)
    assert statements.told(shorter) == []
    fuller = mill(sentence="“Whoever cut the sluice will pay for its repair,” said Tomas Okorowski.", digest="9876")
    assert len(statements.told(fuller)) == 1  # the text has changed


def sluice(identity: str, speaker: Speaker, on: str, words: str = "The sluice will be widened") -> Article:
    return mill(identity, f"“{words},” said {speaker.name}.", speaker, published=day(on))


@pytest.mark.parametrize(
    ("by", "found"),
    [("anybody", [["early"], [], []]), ("speaker", [["early"], ["vela", "joint"], []])],
)
def test_only_what_is_said_for_the_first_time_is_told(tmp_path: Path, by: Any, found: list[list[str]]) -> None:
    query = {"query": "said:sluice", "view": "statements", "to": "print"}
    desk = Desk(tmp_path / "told", Search(name="Sluice", first_time_by=by, **query))  # type: ignore[arg-type]
    desk.run()
    clerk = Speaker("a clerk", None, "unnamed")
    both = mill("joint", "“A sluice for Skarn,” said all.", VELA, published=day("2022-05-02"))
    (joint,) = both.statements
    both = replace(both, statements=(replace(joint, speakers=(OKORO, LINH)),))
    runs = [
        [sluice("late", OKORO, "2022-04-02", "A sluice is a door to the sea"), sluice("early", OKORO, "2022-04-01")],
        [sluice("vela", VELA, "2022-05-01", "That sluice is too dear by half"), both],
        [
            sluice("again", VELA, "2022-06-01", "No sluice without a ladder for eels"),
            sluice("clerk", clerk, "2022-06-02"),
        ],
    ]
    for articles, expected in zip(runs, found, strict=True):
        text = "".join(desk.told(*articles))
        assert [each.id for each in articles if each.statements[0].id in text] == expected
    desk.engine.reindex([article for articles in runs for article in articles])
    assert desk.told(sluice("once more", OKORO, "2022-07-01", "The sluice leaks like a basket")) == []


def test_a_message_says_what_is_no_plain_claim_and_what_is_said_for_the_first_time(statements: Desk) -> None:
    link = "https://archive.example/search?view=statements&act=denied"
    statements.alerts = Alerts([Search(name="Denied", link=link, first_time_by="speaker", to="print")])
    statements.run()
    (made,) = mill().statements
    denied = replace(mill(), statements=(replace(made, polarity="denied"),))
    (text,) = statements.told(denied, mill("plain", "“The wheel will turn on Sunday,” said Tomas Okorowski."))
    lines = text.splitlines()
    assert lines[0] == "Denied: 1 new statement, for the first time"
    assert f"  Tomas Okorowski (denial): {SENTENCE}" in lines
    assert any("had not said so" in line for line in lines)


def test_few_words_are_another_utterance_on_another_day(statements: Desk) -> None:
    short = "“No comment,” said Tomas Okorowski."
    assert len(statements.told(mill("one", short))) == 1
    assert statements.told(mill("copy", short)) == []
    assert len(statements.told(mill("two", short, published=day("2022-03-05")))) == 1


def test_only_what_the_search_asks_for_is_told(statements: Desk) -> None:
    assert statements.told(mill("other", "“The mill is a ruin and will stay one,” said Irena Velacourt.", VELA)) == []


@pytest.mark.parametrize(
    ("every", "told_on"),
    [("run", ["1", "1", "2", "6", "7"]), ("day", ["2", "6", "7"]), ("week", ["7"])],
)
def test_what_is_new_is_told_in_every_run_or_once_a_day_or_a_week(
    tmp_path: Path, every: Any, told_on: list[str]
) -> None:
    desk = Desk(tmp_path / "told", Search(name="Mills", query="mill", to="print", every=every))
    found = []
    for number, on in enumerate((1, 1, 1, 2, 6, 7)):  # 7 December 2026 is a Monday
        desk.printed = []
        desk.run(date(2026, 12, on))
        found += [str(on)] * len(desk.printed)
        desk.engine.update([mill(f"mill-{number}")])
    assert found == told_on
    assert desk.printed[0].count("/articles/mill-") == {"run": 1, "day": 1, "week": 5}[every]


def test_a_search_that_asks_for_something_else_begins_anew(articles: Desk) -> None:
    articles.alerts = Alerts([Search(name="Mills", query="harbour", to="print")])
    articles.printed = []
    assert articles.run().told[0].startswith('"Mills" begins')
    assert articles.printed == []


def test_many_hits_are_told_in_several_messages(articles: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("searchapp.alerts.AT_ONCE", 2)
    texts = articles.told(*(mill(f"mill-{number}") for number in range(5)))
    assert [text.splitlines()[0] for text in texts] == [
        "Mills: 2 new articles",
        "Mills: 2 new articles",
        "Mills: 1 new article",
    ]


# Crashes


def test_a_crash_before_sending_loses_nothing_and_repeats_nothing(articles: Desk) -> None:
    articles.engine.update([mill()])

    def die(_: str) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), remembered(articles.file) as memory:
        run(articles.engine, articles.alerts, memory, die)
    assert len(articles.told()) == 1
    assert articles.told() == []


def test_a_crash_while_it_remembers_changes_nothing(articles: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    articles.engine.update([mill()])
    keep = Memory.keep

    def die(memory: Memory, search: str, asked: str, keys: Any, _: Any, *, day: date) -> None:
        def messages() -> Iterator[Message]:
            raise KeyboardInterrupt
            yield

        keep(memory, search, asked, keys, messages(), day=day)

    with monkeypatch.context() as patch:
        patch.setattr(Memory, "keep", die)
        with pytest.raises(KeyboardInterrupt):
            articles.run()
    assert len(articles.told()) == 1


def test_two_runs_at_once_are_refused(tmp_path: Path) -> None:
    first, second = remembered(tmp_path / "told"), remembered(tmp_path / "told")
    with first, pytest.raises(AlertsStopped, match="another run"), second:
        pass
    with pytest.raises(AlertsStopped, match="cannot be used"), remembered(tmp_path / "no" / "told"):
        pass


# Mail

AUTHORITY = trustme.CA()


class Inbox:
    """A server of mail that keeps what it is given, or refuses it."""

    def __init__(self) -> None:
        self.messages: list[EmailMessage] = []
        self.refusing = False
        self.encrypted: list[bool] = []

    async def handle_DATA(self, _: Any, session: Any, envelope: Any) -> str:
        if self.refusing:
            return "451 Try again later"
        self.encrypted.append(session.ssl is not None)
        self.messages.append(message_from_bytes(envelope.content, policy=policy.default))  # type: ignore[arg-type]
        return "250 OK"


class _Encrypted(Controller):
    def factory(self) -> SMTP:
        return SMTP(self.handler, require_starttls=True, tls_context=_context())


def _context() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    AUTHORITY.issue_cert("127.0.0.1").configure_cert(context)
    return context


@contextmanager
def mail_server(inbox: Inbox, tls: str) -> Iterator[int]:
    kind, more = (_Encrypted, {}) if tls == "starttls" else (Controller, {"ssl_context": _context()})
    server = kind(inbox, hostname="127.0.0.1", port=0, **more)
    server.port = _free_port()
    server.start()
    try:
        yield server.port
    finally:
        server.stop()


def _free_port() -> int:
    with ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler) as server:
        return int(server.server_address[1])


@pytest.mark.parametrize("tls", ["starttls", "tls"])
def test_mail_is_sent_with_tls_and_tells_how_to_get_no_more(articles: Desk, tmp_path: Path, tls: Any) -> None:
    AUTHORITY.cert_pem.write_to_path(tmp_path / "ca.pem")
    inbox = Inbox()
    with mail_server(inbox, tls) as port:
        articles.alerts = Alerts(
            [Search(name="Mills", query="mill", to=["desk@example.org", "print"])],
            "https://archive.example/",
            Mail(
                host="127.0.0.1",
                port=port,
                tls=tls,
                ca=str(tmp_path / "ca.pem"),
                sender="Archive <a@archive.example>",
                unsubscribe="archivist@archive.example",
            ),
        )
        inbox.refusing = True
        articles.engine.update([replace(mill(), title="Đập nước\r\nBcc: x@example.org")])
        outcome = articles.run()
        assert len(articles.printed) == 1
        assert outcome.failed[0].startswith("A message to desk@example.org waits for the next run: ")
        inbox.refusing = False
        assert articles.run().failed == ()
        articles.run()
    (mail,) = inbox.messages
    assert inbox.encrypted == [tls == "starttls"]  # the other server speaks nothing but TLS
    assert (mail["To"], mail["From"]) == ("desk@example.org", "Archive <a@archive.example>")
    assert mail["Subject"] == "Mills: 1 new article"
    assert mail["List-Unsubscribe"] == "<mailto:archivist@archive.example>"
    assert mail["Message-ID"].endswith("@archive.example>")
    assert mail["Bcc"] is None
    assert "https://archive.example/articles/mill" in mail.get_content()
    assert "Đập nước" in mail.get_content()
    assert not any(line.startswith("From ") for line in mail.get_content().splitlines())


def test_mail_to_a_server_that_is_not_trusted_is_not_sent(articles: Desk) -> None:
    inbox = Inbox()
    with mail_server(inbox, "starttls") as port:
        articles.alerts = Alerts(
            [Search(name="Mills", query="mill", to="desk@example.org")],
            mail=Mail(
                host="127.0.0.1", port=port, sender="a@archive.example", unsubscribe="https://archive.example/off"
            ),
        )
        articles.engine.update([mill()])
        assert "certificate verify failed" in articles.run().failed[0]
    assert inbox.messages == []


# Webhooks


class Hook(ThreadingHTTPServer):
    """A listener that answers with ``statuses`` in turn, then with 204."""

    def __init__(self, *statuses: int) -> None:
        super().__init__(("127.0.0.1", 0), _HookHandler)
        self.statuses, self.given = list(statuses), list[tuple[str | None, dict[str, Any]]]()
        self.url = f"http://127.0.0.1:{self.server_address[1]}/secret"


class _HookHandler(BaseHTTPRequestHandler):
    server: Hook

    def do_POST(self) -> None:
        data = self.rfile.read(int(self.headers["Content-Length"]))
        status = self.server.statuses.pop(0) if self.server.statuses else 204
        if status == 204:
            self.server.given.append((self.headers["Idempotency-Key"], json.loads(data)))
        self.send_response(status)
        self.end_headers()

    def log_message(self, *_: Any) -> None:
        pass


@contextmanager
def listening(hook: Hook) -> Iterator[Hook]:
    thread = threading.Thread(target=hook.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield hook
    finally:
        hook.shutdown()
        thread.join()
        hook.server_close()


def test_a_webhook_is_tried_again_and_told_what_json_has(articles: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sending, "PAUSES", (0.0, 0.0))
    with listening(Hook(503, 429)) as hook:
        articles.alerts = Alerts([Search(name="Mills", query="mill", to=hook.url)], "https://archive.example")
        articles.engine.update([mill()])
        assert articles.run().failed == ()
        articles.run()
    ((key, told),) = hook.given
    assert key
    assert (told["search"], told["view"]) == ("Mills", "articles")
    assert told["link"] == "https://archive.example/search?q=mill&sort=newest"
    assert [(hit["id"], hit["link"]) for hit in told["hits"]] == [("mill", "https://archive.example/articles/mill")]


def test_what_a_webhook_refuses_waits_and_its_address_is_not_told(
    articles: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "PAUSES", (0.0,))
    with listening(Hook(400, 500, 500)) as hook:
        articles.alerts = Alerts([Search(name="Mills", query="mill", to=hook.url)])
        articles.engine.update([mill()])
        for wrong in ("400", "500"):
            (failed,) = articles.run().failed
            assert wrong in failed
            assert "secret" not in failed
        assert hook.statuses == []
        assert articles.run().failed == ()
    assert len(hook.given) == 1
    articles.alerts = Alerts([Search(name="Mills", query="mill", to=hook.url)])
    articles.engine.update([mill("another")])
    assert "refused" in articles.run().failed[0]  # nobody listens


# The file


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("search = 3", "Expected `array`"),
        ("[[search", "Expected"),
        ("", "search"),
        ('[[search]]\nname="A"\nto="print"', "write either its query or its link"),
        ('[[search]]\nname="A"\nquery="x"\nlink="/search?q=x"\nto="print"', "write either its query or its link"),
        ('[[search]]\nname="A"\nquery="x"\nto=[]', "who is told"),
        ('[[search]]\nname="A"\nquery="x"\nto="desk"', '"desk" is no address'),
        ('[[search]]\nname="A"\nquery="x"\nto="a@b.example, c@d.example"', "is no address"),
        ('[[search]]\nname="A"\nquery="x"\nto="a@b.example"', "mail needs a table [mail]"),
        ('[[search]]\nname="A"\nquery="\\"x"\nto="print"', "partner"),
        ('[[search]]\nname="A"\nlink="/search?sort=red"\nto="print"', "sort"),
        ('[[search]]\nname="A"\nquery="x"\nto="print"\ncolour="red"', "colour"),
        ('[[search]]\nname="A"\nquery="x"\nto="print"\nfirst_time_by="speaker"', "only statements tell"),
        ('[[search]]\nname="A"\nquery="x"\nto="print"\nfirst_time_by="me"', "first_time_by"),
        (
            '[[search]]\nname="A"\nquery="x"\nto="print"\n[[search]]\nname="A"\nquery="y"\nto="print"',
            "a name of its own",
        ),
    ],
)
def test_what_is_wrong_in_the_file_is_said(tmp_path: Path, text: str, sentence: str) -> None:
    (tmp_path / "alerts.toml").write_text(text)
    with pytest.raises(BadAlerts) as caught:
        load_alerts(tmp_path / "alerts.toml")
    assert sentence in str(caught.value)
    assert "alerts.toml" in str(caught.value)


def test_the_file_that_the_manual_shows_can_be_used(tmp_path: Path) -> None:
    manual = (Path(__file__).parent.parent / "docs" / "alerts.md").read_text(encoding="utf8")
    (tmp_path / "alerts.toml").write_text(manual.split("```toml\n")[1].split("```")[0])
    found = load_alerts(tmp_path / "alerts.toml")
    recipients = [search.recipients[-1] for search in found.search]
    assert recipients == ["https://hooks.example/archive", "desk@example.org", "desk@example.org", "print"]
    keys = re.findall(r"^\| `(\w+)` \|", manual, re.M)
    hit = Hit(ARTICLES[0], None, 0.0)
    assert list(told_of(found.search[0], [hit], "")) == keys


def test_the_command_tells_and_remembers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    index, file = f"whoosh:{tmp_path / 'index'}", tmp_path / "alerts.toml"
    engine = open_engine(index)
    engine.reindex(ARTICLES)
    file.write_text('[[search]]\nname = "Mills"\nquery = "mill"\nto = "print"\n')
    command = ["alerts", str(file), "--index", index]
    assert "begins" in CliRunner().invoke(main, command).stderr
    engine.update([mill()])
    ran = CliRunner().invoke(main, command)
    assert (ran.exit_code, ran.stdout.splitlines()[0]) == (0, "Mills: 1 new article")
    assert CliRunner().invoke(main, command).stdout == ""
    assert (tmp_path / "alerts.toml.told").exists()
    monkeypatch.setattr(sending, "PAUSES", ())
    file.write_text(f'[[search]]\nname = "Mills"\nquery = "mill"\nto = "http://127.0.0.1:{_free_port()}/x"\n')
    engine.update([mill("new")])
    refused = CliRunner().invoke(main, command)
    assert (refused.exit_code, "waits for the next run" in refused.stderr) == (1, True)
