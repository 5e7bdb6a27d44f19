"""Pages that help an archivist to correct: what a statement or two names rest on, and the entry to copy, or what became
of a statement. Nothing is written here."""

from flask import Blueprint, render_template
from werkzeug.exceptions import NotFound

from searchapp.answers import entries
from searchapp.article import Article
from searchapp.engines.notes import notes
from searchapp.help.same_person import SamePerson, speakers_of, suggested
from searchapp.web import asking, cited, hits
from searchapp.web.links import everything

MOST = 8  # suggestions for a name
correcting = Blueprint("correcting", __name__)


@correcting.get("/correct/statements/<identity:identity>")
def statement(identity: str) -> str:
    """What a statement was found by, and its entry of corrections.toml."""
    article, found = cited.statement_of(asking.engine(), identity)
    return render_template(
        "correct_statement.html",
        article=article,
        statement=found,
        sentence=hits.sentence(article, found, (), whole=True),
        subject=_words(article, found.subject),
        cue=_words(article, found.cue),
        content=" … ".join(_words(article, span) for span in found.content),
        entry=entries.statement(article, found),
        **_FORM,
    )


@correcting.get("/correct/speakers/<identity:name>")
def speaker(name: str) -> str:
    """Who may be the speaker of this name under another one, and the entries of people.toml."""
    engine = asking.engine()
    shown = notes(engine).persons.shown_as(name)
    speakers = speakers_of(engine)
    if shown not in {each.value for each in speakers}:
        raise NotFound(f'Nobody called "{name[:200]}" speaks in this archive. Search for a part of the name.')
    pairs = suggested(engine, speakers, MOST, shown)
    return render_template("correct_speaker.html", name=shown, pairs=[(each, _entry(each)) for each in pairs], **_FORM)


def no_longer_said(article: Article, identity: str) -> str:
    """Return the page of a statement that ``article`` does not hold any more: what an archivist corrected of it, and
    what the article quotes now."""
    return render_template(
        "gone.html",
        article=article,
        corrected=[each for each in article.corrected if each.statement == identity],
        sentences={each.id: hits.sentence(article, each, ()) for each in article.statements},
        narrowed=everything("statements").only,
        **_FORM,
    )


_FORM: dict[str, object] = {"asked": "", "carried": []}


def _entry(pair: SamePerson) -> str:
    return entries.person(pair.name, [pair.other], pair.type)


def _words(article: Article, span: tuple[int, int] | None) -> str:
    return article.body[span[0] : span[1]] if span else ""
