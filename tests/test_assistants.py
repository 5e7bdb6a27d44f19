"""What an assistant can ask of the archive, by the protocol's own client."""

import json
import socket
import subprocess
import sys
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import anyio
import pytest
from live import until
from mcp import Client, StdioServerParameters, stdio_client

from searchapp import indexing, passwords
from searchapp.article import Article
from searchapp.assistants import MOST_HITS, MOST_TEXT, QUOTED, listen, server
from searchapp.engines import open_engine
from searchapp.engines.memory import MemoryEngine
from searchapp.engines.protocol import Engine
from searchapp.errors import BadSetting
from searchapp.indexing.report import Report
from searchapp.settings import Settings

CORPUS = Path(__file__).parent.parent / "corpus"
SITE = "https://archive.example.org"


def ask(engine: Engine, tool: str, **given: Any) -> dict[str, Any]:
    """Return what a tool answers. Raises ValueError with the sentence that it says instead."""

    async def asked() -> Any:
        async with Client(server(engine, SITE)) as client:
            return await client.call_tool(tool, given)

    answer = anyio.run(asked)
    if answer.is_error:
        raise ValueError(answer.content[0].text)
    assert json.loads(answer.content[0].text) == answer.structured_content
    return dict(answer.structured_content)


def test_an_assistant_is_told_what_it_can_ask_and_that_nothing_changes(demo: tuple[Engine, Report]) -> None:
    async def told() -> tuple[str, list[Any]]:
        async with Client(server(demo[0])) as client:
            return client.instructions or "", (await client.list_tools()).tools

    instructions, tools = anyio.run(told)
    assert QUOTED in instructions
    assert {tool.name for tool in tools} == {"search_articles", "search_statements", "read_article", "speaker"}
    for tool in tools:
        assert tool.annotations
        assert tool.annotations.read_only_hint
        assert all(each["description"] for each in tool.input_schema["properties"].values() if each.get("type"))


def test_statements_come_with_speaker_day_link_and_citation(demo: tuple[Engine, Report]) -> None:
    answer = ask(demo[0], "search_statements", query="vaccine", speakers=["Andrey Velikanov"], limit=2)
    assert answer["note"] == QUOTED
    assert len(answer["hits"]) == 2 < answer["total"]
    for hit in answer["hits"]:
        assert "Andrei Velikanov" in [each["name"] for each in hit["speakers"]]
        assert hit["link"] == f"{SITE}/statements/{hit['id']}"
        assert hit["link"] in hit["citation"]
        assert " ".join(hit["text"].split()) in hit["citation"]
    following = ask(
        demo[0], "search_statements", query="vaccine", speakers=["Andrei Velikanov"], offset=answer["next_offset"]
    )
    assert not {each["id"] for each in following["hits"]} & {each["id"] for each in answer["hits"]}


def test_articles_are_narrowed_by_source_and_days(demo: tuple[Engine, Report]) -> None:
    answer = ask(
        demo[0], "search_articles", query="ferry", sources=["Tidewater"], since="2021", until="2021", sort="oldest"
    )
    days = [hit["published"]["day"] for hit in answer["hits"]]
    assert days == sorted(days)
    assert {day[:4] for day in days} == {"2021"}
    assert {hit["source"] for hit in answer["hits"]} == {"Tidewater"}
    assert answer["next_offset"] is None


def test_a_long_article_is_read_in_pieces() -> None:
    body = "\n\n".join(f"Paragraph {number} tells of the harbour." for number in range(1_000))
    engine = MemoryEngine()
    engine.reindex([Article(id="long", title=None, body=body)])
    first = ask(engine, "read_article", id="long")
    rest = ask(engine, "read_article", id="long", start=first["continues_at"])
    assert len(first["text"]) == MOST_TEXT
    assert first["text"] + rest["text"] == body
    assert rest["continues_at"] is None


def test_a_speaker_is_known_by_any_spelling(demo: tuple[Engine, Report]) -> None:
    answer = ask(demo[0], "speaker", name="Andrey Velikanov")
    assert answer["name"] == "Andrei Velikanov"
    assert answer["years"]
    assert all(hit["citation"] for hit in [*answer["latest"], *answer["earliest"]])


@pytest.mark.parametrize(
    ("tool", "given", "sentence"),
    [
        ("search_articles", {"query": '"ferry'}, "This quotation mark has no partner"),
        ("search_articles", {"since": "soon"}, 'from is "soon"'),
        ("search_articles", {"limit": MOST_HITS + 1}, "less than or equal to"),
        ("read_article", {"id": "nowhere"}, 'There is no article "nowhere"'),
        ("speaker", {"name": "Nobody Known"}, 'Nobody called "Nobody Known" speaks'),
    ],
)
def test_what_is_wrong_is_said_in_a_sentence(
    demo: tuple[Engine, Report], tool: str, given: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(ValueError, match=sentence):
        ask(demo[0], tool, **given)


@pytest.mark.slow
def test_it_answers_over_stdio_and_over_http(demo: tuple[Engine, Report], tmp_path: Path) -> None:
    index = tmp_path / "index"
    indexing.reindex(open_engine(str(index)), CORPUS, jobs=1)
    command = ["-m", "searchapp", "mcp", "--index", str(index), "--site", SITE]

    async def totals() -> tuple[int, int]:
        program = stdio_client(StdioServerParameters(command=sys.executable, args=command))
        port = free_port()
        with started([sys.executable, *command, "--http", "--port", str(port)], port):
            return await total(Client(program)), await total(Client(f"http://127.0.0.1:{port}/mcp"))

    async def total(client: Client) -> int:
        async with client:
            answer = await client.call_tool("search_articles", {"query": "ferry"})
            return int(answer.structured_content["total"])

    ours = ask(demo[0], "search_articles", query="ferry")["total"]
    assert anyio.run(totals) == (ours, ours)


def test_a_closed_archive_asks_assistants_for_a_password(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "METHOD", "scrypt:1024:8:1")
    passwords.put(tmp_path / "file", "ada", "fog over the harbour")
    served = list[Any]()
    monkeypatch.setattr("searchapp.assistants.uvicorn.run", lambda app, **_: served.append(app))
    listen(server(MemoryEngine()), Settings(passwords=str(tmp_path / "file")))
    (app,) = served

    def status(*headers: tuple[bytes, bytes], method: str = "POST", path: str = "/mcp") -> int:
        sent = list[Any]()

        async def receive() -> Any:
            return {"type": "http.request", "body": b"", "more_body": False}

        async def send(message: Any) -> None:
            sent.append(message)

        scope = {"type": "http", "method": method, "path": path, "headers": headers, "client": ("192.0.2.1", 5),
                 "http_version": "1.1", "scheme": "http", "query_string": b"", "server": ("127.0.0.1", 80)}  # fmt: skip
        anyio.run(app, scope, receive, send)
        return int(sent[0]["status"])

    right, wrong = (b"Basic " + b64encode(f"ada:{each}".encode()) for each in ("fog over the harbour", "guess"))
    assert status((b"authorization", right), path="/nowhere") == 404  # so it came in
    for headers in ((), ((b"authorization", wrong),), ((b"authorization", b"Bearer ada"),)):
        assert status(*headers) == status(*headers, method="GET", path="/nowhere") == 401
    for _ in range(10):
        last = status((b"authorization", wrong))
    assert last == 429


def test_strangers_are_told_no_path_and_no_command(caplog: pytest.LogCaptureFixture) -> None:
    async def told(strangers: bool) -> str:
        async with Client(server(MemoryEngine(), strangers=strangers)) as client:
            return str((await client.call_tool("search_articles", {})).content[0].text)

    assert "Build it with: reindex" in anyio.run(told, False)
    assert "reindex" not in caplog.text
    assert "There is nothing to search yet" in (answer := anyio.run(told, True))
    assert "reindex" not in answer
    assert "Build it with: reindex" in caplog.text


def test_assistants_are_let_in_by_passwords_only() -> None:
    settings = Settings(user_header="X-Reader", proxy_addresses="10.1.2.3")
    with pytest.raises(BadSetting, match="set passwords beside user_header"):
        listen(server(MemoryEngine()), settings)


@contextmanager
def started(command: list[str], port: int) -> Iterator[None]:
    """Run a server that listens on a port meanwhile."""
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as process:
        assert until(lambda: listening(port), 30)
        yield
        process.terminate()


def listening(port: int) -> bool:
    with socket.socket() as door:
        return door.connect_ex(("127.0.0.1", port)) == 0


def free_port() -> int:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return int(door.getsockname()[1])
