"""What is new for saved searches, told to whom it concerns: each article or utterance once, for ever."""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlsplit

import msgspec

from searchapp.alerts.memory import Memory, Message
from searchapp.alerts.news import news, remembered_of
from searchapp.alerts.saved import PRINTED, Alerts, Search
from searchapp.alerts.sending import post, send_mail, text_of
from searchapp.answers import payloads
from searchapp.answers.address import canonical
from searchapp.answers.wording import counted
from searchapp.engines.notes import notes
from searchapp.engines.protocol import Engine
from searchapp.search import Hit

AT_ONCE = 100  # hits of one message


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a run: a sentence for each search, and for each message that could not be sent."""

    told: tuple[str, ...]
    failed: tuple[str, ...]


def run(
    engine: Engine, alerts: Alerts, memory: Memory, write: Callable[[str], None], today: date | None = None
) -> Outcome:
    """Tell what is new since the last run. A search that is new, or asks for something else than before, begins with
    what comes from now on. ``write`` is given what is to be printed; by ``today`` it is known what is due that is told
    once a day or a week.

    Messages that cannot be sent wait for the next run. Raises what ``Engine.walk`` raises.
    """
    day = today or date.today()
    told = tuple(_followed(engine, alerts, search, memory, day) for search in alerts.search)
    failed = []
    for message in memory.waiting():
        try:
            _send(message, alerts, write)
        except OSError as fault:
            failed.append(f"A message to {_shown(message.recipient)} waits for the next run: {fault}")
        else:
            memory.sent(message)
    return Outcome(told, tuple(failed))


def told_of(search: Search, hits: Iterable[Hit], root: str) -> dict[str, Any]:
    """Return what a message tells, as the JSON that webhooks get; links begin with ``root``."""
    request = search.request()
    return {
        "search": search.name,
        "view": request.view,
        "first_time_by": search.first_time_by,
        "link": root + canonical(request),
        "hits": [payloads.hit_of(hit, request.tree(), root) for hit in hits],
    }


def _followed(engine: Engine, alerts: Alerts, search: Search, memory: Memory, day: date) -> str:
    """Remember what is new for a search and the messages that tell it; return a sentence on it."""
    request = search.request()
    asked, root = canonical(request), alerts.site.rstrip("/")
    is_new = memory.asked(search.name) != asked
    if not is_new and not search.is_due(memory.day(search.name), day):
        already = "today" if search.every == "day" else "this week"
        return f'"{search.name}" was looked through {already}.'
    found = engine.walk(notes(engine).resolved(request))
    if is_new:
        memory.keep(search.name, asked, (key for hit in found.hits for key in remembered_of(search, hit)), (), day=day)
        there = counted(found.total, request.view.removesuffix("s"))
        return f'"{search.name}" begins: what comes will be told; {there} found so far.'
    new, keys = news(engine, search, memory, found.hits)
    told = (told_of(search, new[start : start + AT_ONCE], root) for start in range(0, len(new), AT_ONCE))
    messages = [message for each in told for message in _messages(search, each)]
    memory.keep(search.name, asked, keys, messages, day=day)
    noun = request.view.removesuffix("s")
    return f'"{search.name}": {counted(len(new), f"new {noun}")}.'


def _messages(search: Search, told: dict[str, Any]) -> Iterator[Message]:
    names = (search.name, *(hit["id"] for hit in told["hits"]))
    identity = hashlib.sha256("\n".join(names).encode()).hexdigest()[:32]
    return (Message(identity, each, msgspec.json.encode(told)) for each in search.recipients)


def _send(message: Message, alerts: Alerts, write: Callable[[str], None]) -> None:
    told = msgspec.json.decode(message.data)
    if message.recipient == PRINTED:
        write(text_of(told))
    elif "@" in message.recipient and not message.recipient.startswith("http"):
        if alerts.mail is None:
            raise OSError("its file has no table [mail] any more.")
        send_mail(message.id, told, message.recipient, alerts.mail)
    else:
        post(message.id, message.data, message.recipient)


def _shown(recipient: str) -> str:
    """Return whom a message is for: of a webhook only its host, since what stands behind that may be secret."""
    return recipient if "@" in recipient or recipient == PRINTED else urlsplit(recipient).hostname or "a webhook"
