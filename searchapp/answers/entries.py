"""Entries for the archivist's files, to copy: what people.toml and corrections.toml would say."""

import json
import re
from collections.abc import Iterable

from searchapp.article import Article, Speaker, SpeakerType, Statement

_THE = re.compile(r"\A[Tt]he ")
_WORDS = 8  # of a sentence, by which an entry finds it again


def person(name: str, variants: Iterable[str], kind: SpeakerType = "person") -> str:
    """Return the entry of people.toml by which ``variants`` are ``name``; it has names without "the"."""
    bare = (_THE.sub("", each) for each in variants)
    lines = [f"[{_text(_THE.sub('', name))}]", f"variants = [{', '.join(map(_text, bare))}]"]
    return "\n".join([*lines, *(['type = "organisation"'] if kind == "organisation" else [])])


def statement(article: Article, said: Statement) -> str:
    """Return an entry of corrections.toml that says of a statement what is known of it, to be changed."""
    sentence = article.body[said.start : said.end]
    content = [" ".join(article.body[start:end].split()) for start, end in said.content]
    lines = [
        f"[statements.{_text(said.id)}]",
        f"words = {_text(' '.join(sentence.split()[:_WORDS]))}",
        f"speakers = [{', '.join(map(_speaker, said.speakers))}]  # [] where nobody said so",
        *([f"content = [{', '.join(map(_text, content))}]"] if content else []),
        f"polarity = {_text(said.polarity)}",
        'by = ""',
        'why = ""',
    ]
    return "\n".join(lines)


def _speaker(speaker: Speaker) -> str:
    if speaker.type == "person" and not speaker.role:
        return _text(speaker.name)
    role = [f"role = {_text(speaker.role)}"] if speaker.role else []
    kind = [f"type = {_text(speaker.type)}"] if speaker.type != "person" else []
    return f"{{ {', '.join([f'name = {_text(speaker.name)}', *role, *kind])} }}"


def _text(value: str) -> str:
    """Return a text as a basic string of TOML, whose escapes are those of JSON but for DEL."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
