"""How messages go out: as mail (SMTP with TLS), to a webhook (with retries), or printed."""

import os
import smtplib
import ssl
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, localtime
from typing import Any
from urllib.parse import urlsplit

from searchapp.alerts.saved import Mail
from searchapp.answers.wording import counted, manner

PASSWORD = "SEARCHAPP_MAIL_PASSWORD"  # in the environment
WITHIN = 30.0  # seconds for each answer of a server
PAUSES = (1.0, 4.0, 16.0)  # seconds between attempts at a webhook
_FIRSTS = {
    "anybody": "Nothing that this search found before says so.",
    "speaker": "In what this search found before, these speakers had not said so.",
}
_LATER = frozenset({408, 425, 429, 500, 502, 503, 504})  # statuses that may be others a little later


def text_of(told: dict[str, Any]) -> str:
    """Return a message as lines to read. All but headings are indented, so that no line begins with "From "."""
    return "\n".join(_lines(told)) + "\n"


def subject_of(told: dict[str, Any]) -> str:
    """Return in a line what a message tells."""
    noun = told["view"].removesuffix("s")
    first = ", for the first time" if told.get("first_time_by") else ""  # messages of before that key may wait
    return " ".join(f"{told['search']}: {counted(len(told['hits']), f'new {noun}')}{first}".split())


def send_mail(identity: str, told: dict[str, Any], recipient: str, mail: Mail) -> None:
    """Send a message. Raises OSError (smtplib's errors are such)."""
    message = composed(identity, told, recipient, mail)
    context = ssl.create_default_context(cafile=mail.ca or None)
    if mail.tls == "tls":
        server: smtplib.SMTP = smtplib.SMTP_SSL(mail.host, mail.port, timeout=WITHIN, context=context)
    else:
        server = smtplib.SMTP(mail.host, mail.port, timeout=WITHIN)
    with server:
        if mail.tls == "starttls":
            server.starttls(context=context)
        if mail.user:
            server.login(mail.user, os.environ.get(PASSWORD, ""))
        server.send_message(message)


def composed(identity: str, told: dict[str, Any], recipient: str, mail: Mail) -> EmailMessage:
    """Return a message as mail: sent twice, it has the same id, and mail programs show it once."""
    message = EmailMessage(policy=SMTP)
    message["From"], message["To"] = mail.sender, recipient
    message["Subject"] = subject_of(told)
    message["Date"] = format_datetime(localtime())
    domain = Address(addr_spec=mail.sender.rpartition("<")[2].rstrip(">")).domain
    message["Message-ID"] = f"<{identity}@{domain}>"
    address = mail.unsubscribe
    message["List-Unsubscribe"] = f"<{address if ':' in address else f'mailto:{address}'}>"
    message["Auto-Submitted"] = "auto-generated"
    ending = f"\nTo get no more of these, write to or visit {address}\n"
    message.set_content(text_of(told) + ending, cte="quoted-printable")
    return message


def post(identity: str, data: bytes, url: str) -> None:
    """Send a message's JSON to a webhook, several times if it fails in a way that may pass. Raises OSError."""
    headers = {"Content-Type": "application/json", "Idempotency-Key": identity, "User-Agent": "searchapp"}
    request = urllib.request.Request(url, data, headers)
    for pause in (*PAUSES, None):
        try:
            with urllib.request.urlopen(request, timeout=WITHIN):
                return
        except OSError as fault:
            status = fault.code if isinstance(fault, urllib.error.HTTPError) else 0
            if pause is None or (status and status not in _LATER):
                raise OSError(f"{urlsplit(url).hostname} answered: {fault}") from fault
        time.sleep(pause)


def _lines(told: dict[str, Any]) -> Iterator[str]:
    yield subject_of(told)
    if told.get("first_time_by"):
        yield f"  {_FIRSTS[told['first_time_by']]}"
    yield f"  {told['link']}"
    for hit in told["hits"]:
        yield ""
        if told["view"] == "statements":
            names = " and ".join(each["name"] for each in hit["speakers"])
            called = manner(hit["polarity"], hit["act"])
            yield f"  {names}{called and f' ({called})'}: {' '.join(hit['text'].split())}"
        yield f"  {hit['title'] or 'An untitled article'}"
        published = hit["published"]
        day = (
            published["first"][: {"day": 10, "month": 7, "year": 4}[published["precision"]]] if published else "undated"
        )
        yield "  " + " · ".join(filter(None, (day, hit["source"], hit["place"])))
        yield f"  {hit['link']}"
