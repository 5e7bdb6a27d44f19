"""The pages, and their twins in JSON: each reads its parameters, asks the engine and fills one template."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from flask import Blueprint, Flask, Response, abort, current_app, jsonify, redirect, render_template, request
from jinja2 import StrictUndefined
from werkzeug.exceptions import HTTPException, InternalServerError, NotFound
from werkzeug.routing import BaseConverter
from werkzeug.wrappers import Response as Redirect

from searchapp import query, snippets
from searchapp.analysis import Span
from searchapp.article import Article, Statement
from searchapp.engines.protocol import Engine
from searchapp.errors import BadRequest, IndexFault, QueryFault, SearchappError, UnsupportedQuery
from searchapp.fields import FACETS, View
from searchapp.search import Choice, IndexInfo, Results, SearchRequest
from searchapp.settings import Settings
from searchapp.web import params, payloads, reading, shown
from searchapp.web.elsewhere import elsewhere

FACET_PAGE = 300  # values of a facet on a page of its own
NEWEST = 6  # articles on the start page
YEAR = 31_536_000  # seconds
POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_TITLES = {
    400: "That cannot be searched",
    404: "Not found",
    405: "Not possible here",
    503: "The archive cannot be searched now",
}

_SEARCHING = ("pages.home", "pages.search", "pages.facet", "pages.statement")
_REPLACED = ("q", "page", "at")  # by what the reader types into the box of a page in error

pages = Blueprint("pages", __name__)


class _Identity(BaseConverter):
    """An id in a path: anything, slashes and dots included."""

    regex = r"[\s\S]+"
    part_isolating = False


def install(app: Flask, settings: Settings, engine: Engine) -> None:
    """Give ``app`` the pages, its headers and its errors."""
    app.extensions["searchapp"] = engine
    app.url_map.converters["identity"] = _Identity
    app.url_map.merge_slashes = False
    app.config["SEND_FILE_MAX_AGE_DEFAULT"] = YEAR
    app.json.sort_keys = False  # type: ignore[attr-defined]
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(
        archive=settings.title,
        here=shown.here,
        asset=_asset_links(app),
        article_path=params.article_path,
        statement_path=params.statement_path,
        holdings=_holdings,
    )
    app.jinja_env.filters.update(day=payloads.written, number="{:,}".format, counted=query.counted, host=_host)
    app.jinja_env.tests["web_address"] = _is_web_address
    app.register_blueprint(pages)
    app.register_error_handler(Exception, _failed)

    @app.after_request
    def _finished(response: Response) -> Response:
        return _with_headers(response, settings)


@pages.get("/")
def home() -> str | Redirect:
    """The search box, what the archive holds, examples that work on it, and the newest articles.

    People link to it with ``q`` as well: that leads to the search.
    """
    if "q" in request.args:
        return redirect(shown.search_link(params.parse(_given())))
    params.known(_given(), ())
    info = _engine().info()
    newest = SearchRequest(query.parse(""), sort="newest", limit=NEWEST, facets=("speaker",))
    results = _engine().search(newest)
    return render_template(
        "home.html",
        info=info,
        hits=shown.hits(shown.everything(), results),
        examples=list(shown.examples(_engine(), results)),
        **_form(),
    )


@pages.get("/search")
def search() -> str:
    """A page of results."""
    wanted, results = _asked()
    address = shown.address(wanted)
    page = wanted.offset // params.PAGE + 1
    return render_template(
        "search.html",
        wanted=wanted,
        results=results,
        understood=payloads.understood(wanted),
        cut=payloads.cut(wanted, results),
        hits=shown.hits(address, results),
        facets=[
            shown.box(address, facet, listed)
            for facet in FACETS
            if (listed := payloads.listed(wanted, results, facet)).values
        ],
        years=shown.bars(address, results),
        chips=shown.chips(address),
        clear=shown.search_link(params.cleared(wanted)),
        views=shown.views(address),
        sorts=shown.sorts(address),
        matches=shown.matches(address),
        kept=address.fields("from", "to"),
        page=page,
        pages=-(-min(results.total, params.REACH) // params.PAGE),
        previous=address.page(wanted.offset - params.PAGE) if wanted.offset else None,
        following=payloads.following(address, results),
        canonical=str(address),
        changed=_has_changed(wanted, results),
        otherwise=shown.otherwise(_engine(), wanted) if not results.total else [],
        **_form(address),
    )


@pages.get("/search.json")
def search_json() -> Response:
    """The same page of results for programs."""
    wanted, results = _asked(sized=True)
    engine = _engine().info().engine
    return jsonify(payloads.search(wanted, results, engine=engine, root=shown.here("")))


@pages.get("/facets/<name>")
def facet(name: str) -> str | Response:
    """All values of one facet under a search, the commonest first, a few hundred to a page; with .json for programs."""
    name = name.removesuffix(".json")
    if name not in FACETS:
        abort(404, f'There is no facet "{name[:80]}". There are: {", ".join(FACETS)}.')
    wanted = params.parse(_given())
    _refuse_far_page(wanted)
    results = _engine().search(replace(wanted, offset=0, limit=0, facets=(name,), facet_limit=None))
    page = wanted.offset // params.PAGE + 1
    listed = payloads.listed(wanted, results, name, first=(page - 1) * FACET_PAGE, limit=FACET_PAGE)
    if page > 1 and all(each.value in wanted.filters.choice(name).values for each in listed.values):
        abort(404, f"There is no page {page:,} of these values.")
    address, path = shown.address(wanted), shown.here(request.path)
    further = address.page(wanted.offset + params.PAGE, path=path, at=results.generation)
    following = further if listed.more else None
    if _wants_json():
        programs = params.Address(wanted, shown.here("/search.json"))
        return jsonify(payloads.facet(programs, results, name, listed.values, following))
    return render_template(
        "facet.html",
        box=shown.box(address, name, listed),
        names=sum(1 for each in results.facets[name].values if each.value),
        cut=results.cut,
        wanted=wanted,
        understood=payloads.understood(params.with_choice(wanted, name, Choice())),
        back=address.page(0),
        previous=address.page(wanted.offset - params.PAGE, path=path) if page > 1 else None,
        following=following,
        changed=_has_changed(wanted, results),
        **_form(address),
    )


@pages.get("/articles/<identity:identity>")
def article(identity: str) -> str | Response:
    """An article: its text with the words of ``q`` marked, its statements, and what was cut from it.

    The address of an article that ends in .json is that article; else it is the one without .json, as JSON.
    """
    found = _engine().get([identity]).get(identity)
    if found is None and identity.endswith(".json"):
        bare = identity.removesuffix(".json")
        found = _engine().get([bare]).get(bare)
        if found is not None:
            params.known(_given(), ())
            same = elsewhere(_engine(), found)
            return jsonify(payloads.article(found) | {"same": payloads.same(same, root=shown.here(""))})
    if found is None:
        abort(404, f'There is no article "{identity[:200]}" in this archive.')
    searched, unread = _words_to_mark()
    tree = searched.query.tree
    in_title, marked = snippets.title_marks(found, tree), snippets.body_marks(found, tree)
    return render_template(
        "article.html",
        article=found,
        title=reading.pieces(found.title or "", in_title),
        in_title=bool(in_title),
        paragraphs=(laid_out := reading.paragraphs(found, marked)),
        marks=sum(1 for each in laid_out for run in each.stretches for piece in run.pieces if piece.mark),
        quotations={each.id: reading.quotation(found, each, marked) for each in found.statements},
        same=elsewhere(_engine(), found),
        searching=shown.has_words(searched),
        unread=unread,
        words=shown.to_mark(searched),
        narrowed=shown.everything().only,
        **_form(shown.address(searched)),
    )


@pages.get("/statements/<identity:identity>")
def statement(identity: str) -> str | Response:
    """A statement: what was said, by whom and when, in its paragraph; with .json the same for programs."""
    bare = identity.removesuffix(".json")
    article, statement = _statement(bare)
    if bare != identity:
        params.known(_given(), ())
        return jsonify(payloads.statement(article, statement, root=shown.here("")))
    searched, _ = _words_to_mark("statements")
    marked = snippets.statement_marks(article, statement, searched.query.tree)
    around = reading.surroundings(article, statement)
    return render_template(
        "statement.html",
        article=article,
        statement=statement,
        quotation=reading.quotation(article, statement, marked),
        before=article.body[around.start : statement.start],
        text=reading.pieces(
            article.body[statement.start : statement.end],
            reading.within(marked, (statement.start, statement.end)),
        ),
        after=article.body[statement.end : around.end],
        words=shown.to_mark(searched),
        narrowed=shown.everything("statements").only,
        **_form(shown.address(searched)),
    )


@pages.get("/about")
def about() -> str:
    """How statements were found, how to search, and what the index holds."""
    params.known(_given(), ())
    return render_template("about.html", info=_engine().info(), **_form())


@pages.get("/healthz")
def healthz() -> Response:
    """Whether the site can answer: 200 with the generation it serves, or the 503 of every page."""
    info = _engine().info()
    return jsonify({"status": "ok", "engine": info.engine, "generation": info.generation, "articles": info.articles})


def _engine() -> Engine:
    engine: Engine = current_app.extensions["searchapp"]
    return engine


def _given() -> params.Given:
    """Return the parameters of the address; of a page those that trackers add to links are passed over."""
    return params.Given(request.args.lists()) if _wants_json() else params.untracked(request.args)


def _form(address: params.Address | None = None) -> dict[str, Any]:
    """What every page's search box holds, and carries along from the search it shows."""
    if address is None:
        return {"asked": "", "carried": []}
    return {"asked": address.request.query.text, "carried": address.fields("q")}


def _words_to_mark(view: View = "articles") -> tuple[SearchRequest, str]:
    """Return the search whose words a page marks, its parameters ``q`` and ``match``, and what is wrong with it: words
    that cannot be read are not marked."""
    asked = _given()
    params.known(asked, ("q", "match"))
    asked["view"] = [view]
    try:
        return params.parse(asked), ""
    except QueryFault as fault:
        unread = query.Query(asked.pop("q")[0], query.Everything())
        return replace(params.parse(asked), query=unread), str(fault)


def _statement(identity: str) -> tuple[Article, Statement]:
    article_id = _engine().article_of(identity)
    article = _engine().get([article_id]).get(article_id) if article_id is not None else None
    if article is not None:
        for statement in article.statements:
            if statement.id == identity:
                return article, statement
    raise NotFound(
        f'There is no statement "{identity[:200]}" in this archive: search for its words, since its address changes '
        "when the name of its speaker does."
    )


# Errors and headers


def _asked(*, sized: bool = False) -> tuple[SearchRequest, Results]:
    """Return what the address asks for, and what was found; raises NotFound for a page past the last."""
    wanted = params.parse(_given(), sized=sized)
    _refuse_far_page(wanted)
    results = _engine().search(wanted)
    if wanted.offset and wanted.offset >= results.total:
        raise _no_such_page(wanted, results)
    return wanted, results


def _has_changed(wanted: SearchRequest, results: Results) -> bool:
    """Tell whether another generation answered than the one in which the pages before were found."""
    return wanted.at not in ("", results.generation)


def _refuse_far_page(wanted: SearchRequest) -> None:
    if wanted.offset >= params.REACH:
        by_page = wanted.limit == params.PAGE and "offset" not in request.args
        end = f"Pages end at {params.MAX_PAGE:,}" if by_page else f"Hits can be had up to the {params.REACH:,}th"
        abort(404, f"{end}: narrow the search, or turn its order round.")


def _no_such_page(wanted: SearchRequest, results: Results) -> NotFound:
    if "offset" in request.args:
        return NotFound(f"There is no hit {wanted.offset + 1:,}: {results.total:,} were found.")
    size = wanted.limit or 1
    page, pages = wanted.offset // size + 1, -(-results.total // size)
    if not pages:
        return NotFound(f"There is no page {page:,}: nothing was found.")
    return NotFound(f"There is no page {page:,}: the last one is {pages:,}.")


def _failed(fault: Exception) -> Response:
    """Return an error as a page, or as application/problem+json where JSON was asked for."""
    status, headers = _status(fault)
    if status == 500:
        current_app.logger.error("%s %s failed", request.method, request.path, exc_info=fault)
    asked = request.args.get("q", "")
    in_query = fault if isinstance(fault, QueryFault) else None
    mended = None
    if in_query and in_query.mended:
        mended = shown.here(params.mended(request.args, in_query.mended, request.path))
    title, detail = _TITLES.get(status, "Something went wrong"), _detail(fault)
    if _wants_json():
        place = (in_query.start, in_query.end) if in_query else None
        response = jsonify(payloads.problem(status, title, detail, fault=place, mended=mended))
        response.mimetype = "application/problem+json"
    else:
        place = Span(in_query.start, in_query.end) if in_query else Span(0, 0)
        readable = _readable()
        page = render_template(
            "error.html",
            status=status,
            heading=title,
            detail=detail,
            mended=shown.Link(in_query.mended or "", mended) if in_query and mended else None,
            rest=_rest(fault, params.parse(readable)),
            faulty=reading.pieces(asked, [place]) if in_query and place.end > place.start else [],
            asked=asked,
            carried=[(name, value) for name in readable if name not in _REPLACED for value in readable[name]],
        )
        response = Response(page, mimetype="text/html")
    response.status_code = status
    response.headers.extend(headers)
    return response


def _readable() -> params.Given:
    """Return what can be read of the search that the address asks for, or comes from."""
    asked = params.Given(request.args.lists())
    if request.endpoint == "pages.statement":
        asked["view"] = ["statements"]
    return params.readable(asked)


def _rest(fault: Exception, readable: SearchRequest) -> shown.Link | None:
    """Return what is left to search where another parameter than the query is wrong, or a statement is not there."""
    wrong = isinstance(fault, BadRequest | NotFound) and not isinstance(fault, QueryFault)
    if not wrong or request.endpoint not in _SEARCHING:
        return None
    understood = payloads.understood(readable)
    said = f"{readable.view} {understood}" if understood else f"all {readable.view}"
    return shown.Link(said, shown.address(readable).page(0))


def _status(fault: Exception) -> tuple[int, Mapping[str, str]]:
    if isinstance(fault, BadRequest | UnsupportedQuery):
        return 400, {}
    if isinstance(fault, IndexFault):
        return 503, {"Retry-After": "10"}
    if isinstance(fault, HTTPException) and fault.code:
        kept = {name: value for name, value in fault.get_headers() if name in ("Allow", "Location")}
        return fault.code, kept
    return 500, {}


def _detail(fault: Exception) -> str:
    if isinstance(fault, SearchappError):
        return str(fault)
    if isinstance(fault, NotFound) and fault.description == NotFound.description:
        return "There is no such page on this site."
    if isinstance(fault, HTTPException) and not isinstance(fault, InternalServerError):
        return fault.description or fault.name
    return "The site failed to answer. The log of the server says why."


def _wants_json() -> bool:
    return request.path.endswith(".json") or request.path == "/healthz"


def _with_headers(response: Response, settings: Settings) -> Response:
    headers = response.headers
    headers["Content-Security-Policy"] = POLICY
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Referrer-Policy"] = "same-origin"
    if not settings.crawlers:
        headers["X-Robots-Tag"] = "noindex"
    if request.endpoint != "static":
        headers["Cache-Control"] = "no-cache"  # ask again: the answer may be another once the index has changed
        if response.status_code == 200 and request.method in ("GET", "HEAD"):
            response.add_etag(weak=True)
            response.make_conditional(request)
    return response


def _asset_links(app: Flask) -> Any:
    """Return a function from a static file's name to its URL, which changes when the file does."""
    digests = {
        file.name: hashlib.sha256(file.read_bytes()).hexdigest()[:8]
        for file in Path(app.static_folder or "").iterdir()
        if file.is_file()
    }
    return lambda name: shown.here(f"{app.static_url_path}/{name}?v={digests[name]}")


# Words for templates


def _holdings(info: IndexInfo) -> str:
    """Return in words what the archive holds."""
    held = query.counted(info.articles, "article")
    if info.sources:
        held += f" from {query.counted(info.sources, 'source')}"
    if info.first and info.last:
        held += f", {payloads.written(info.first)} to {payloads.written(info.last)}"
    if info.statements:
        held += f", with {query.counted(info.statements, 'statement')} by {query.counted(info.speakers, 'speaker')}"
    return held


def _host(url: str) -> str:
    return re.sub(r"^https?://(?:www\.)?", "", url).split("/")[0]


def _is_web_address(url: str | None) -> bool:
    return bool(url) and re.match(r"https?://[^/\s]", url or "", re.IGNORECASE) is not None
