"""The archive on other sites: a form to copy, and statements shown where their address is written (oEmbed)."""

import re
from urllib.parse import unquote

from flask import Blueprint, Response, abort, current_app, jsonify, render_template, request

from searchapp.answers import wording
from searchapp.answers.address import statement_path
from searchapp.article import Article, Statement, said_on
from searchapp.settings import EVERYBODY
from searchapp.web import asking, cited
from searchapp.web.crawlers import is_open
from searchapp.web.links import root

embedding = Blueprint("embedding", __name__)
WIDTH = 600  # pixels that a statement takes at most
DAY = 86_400  # seconds after which what is shown is to be asked for again


@embedding.get("/embed")
def form() -> str:
    """A search form to copy into another site; where scripts of other sites may read, also one with suggestions."""
    origins = current_app.config["CORS"]
    return render_template(
        "embed.html",
        plain=render_template("copied_form.html", suggesting=False),
        suggesting=render_template("copied_form.html", suggesting=True) if origins else "",
        told="" if origins == EVERYBODY else f"This works on {', '.join(origins)}.",
        asked="",
        carried=[],
    )


@embedding.get("/oembed")
def oembed() -> Response:
    """A statement as other sites show it (oEmbed 1.0, https://oembed.com), where the archive is open."""
    if not is_open():
        abort(404, "This archive is not open to other sites.")
    if request.args.get("format", "json") != "json":
        abort(501, "Only format=json is answered.")
    article, statement = cited.statement_of(asking.engine(), _statement_at(request.args.get("url", "")))
    widest = re.fullmatch("[0-9]{1,5}", request.args.get("maxwidth", ""))
    return jsonify(
        {
            "version": "1.0",
            "type": "rich",
            "provider_name": current_app.config["TITLE"],
            "provider_url": f"{root()}/",
            "title": article.title or "Untitled article",
            "author_name": " and ".join(each.name for each in statement.speakers),
            "cache_age": DAY,
            "width": min(WIDTH, int(widest[0])) if widest else WIDTH,
            "height": None,
            "html": _shown(article, statement),
        }
    )


def _statement_at(address: str) -> str:
    """Return the id of the statement whose page has this address. Raises NotFound for any other."""
    begin = f"{root()}/statements/"
    bare = re.sub("^https?:", f"{request.scheme}:", address).partition("?")[0].partition("#")[0]
    if not bare.startswith(begin) or bare == begin:
        abort(404, f"url names no statement of this archive: such an address begins with {begin}.")
    return unquote(bare.removeprefix(begin))


def _shown(article: Article, statement: Statement) -> str:
    return render_template(
        "quotation.html",
        article=article,
        statement=statement,
        address=root() + statement_path(statement.id),
        sentence=" ".join(article.body[statement.start : statement.end].split()),
        day=wording.when(said_on(article, statement)),
    )
