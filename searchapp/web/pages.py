"""The pages, and their twins in JSON: each reads its parameters, asks the engine and fills one template."""

from dataclasses import replace
from typing import Any

from flask import Blueprint, Response, abort, jsonify, redirect, render_template, request
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as Redirect

from searchapp import budget, query
from searchapp.analysis import Span
from searchapp.answers import parameters, payloads, snippets, wording
from searchapp.answers.address import PAGE, Address, canonical, statement_path
from searchapp.answers.changes import cleared, default_sort, with_choice
from searchapp.article import Article, named
from searchapp.engines.notes import Other, notes, other_spellings
from searchapp.engines.utterances import elsewhere_said
from searchapp.errors import OutOfTime, QueryFault
from searchapp.fields import View
from searchapp.help.bearers import OfName, of_name
from searchapp.help.completions import completions
from searchapp.help.examples import spoken
from searchapp.help.meant import Meant, meant
from searchapp.search import Choice, FacetCounts, Filters, Results, SearchRequest
from searchapp.web import asking, cited, citing, hits, layout, looking, narrowing, strips, suggestions, taking, turning
from searchapp.web.correcting import no_longer_said
from searchapp.web.faults import wants_json
from searchapp.web.links import Link, address_of, everything, here, search_link
from searchapp.web.same_story import elsewhere

FACET_PAGE = 300  # values of a facet on a page of its own
DESCRIBED = 200  # code points of an article that describe it where its link is shared
NEWEST = 6  # articles on the start page
pages = Blueprint("pages", __name__)
_engine, _given = asking.engine, asking.given


@pages.get("/")
def home() -> str | Redirect:
    """The search box, what the archive holds, examples that work on it, and the newest articles.

    People link to it with ``q`` as well: that leads to the search.
    """
    if "q" in request.args:
        return redirect(search_link(parameters.parse(_given(*parameters.KNOWN))))
    info = _engine().info()
    newest = SearchRequest(query.parse(""), sort="newest", limit=NEWEST, facets=())
    results = _engine().search(newest)
    return render_template(
        "home.html",
        info=info,
        hits=hits.hits(everything(), results.hits),
        examples=[Link(each.told, search_link(each.request), each.total) for each in spoken(_engine())],
        take=taking.ways(everything()),
        **_form(),
    )


@pages.get("/search")
def search() -> str:
    """A page of results."""
    wanted, results = _asked(dated=True)
    address = address_of(wanted)
    page = wanted.offset // PAGE + 1
    results, also, bearers, offered = _helped(wanted, results)
    otherwise = []
    if not results.total:
        with budget.optional():
            otherwise = suggestions.otherwise(_engine(), wanted)
    facets = [
        narrowing.box(address, facet, listed)
        for facet in wanted.counted
        if narrowing.narrows(listed := payloads.listed(wanted, results, facet), results)
    ]
    return render_template(
        "search.html",
        wanted=wanted,
        results=results,
        speaker=_only_speaker(wanted),
        understood=wording.understood(wanted),
        also=[Link(said, search_link(each), total) for said, each, total in also],
        of_name=[(each.name, Link(each.how, search_link(each.request), each.total)) for each in bearers],
        cut=wording.cut(wanted, results),
        hits=hits.hits(address, results.hits, wanted.offset + 1),
        facets=facets,
        strip=strips.strip(address, strips.over_time(_engine(), wanted, results), wanted.view.removesuffix("s")),
        chips=narrowing.chips(address),
        clear=search_link(cleared(wanted)),
        views=narrowing.views(address),
        sorts=narrowing.sorts(address),
        days=narrowing.days(address) if wanted.view == "statements" else [],
        matches=narrowing.matches(address),
        kept=address.fields("from", "to", *(each.name for each in facets)),
        page=page,
        pages=-(-min(results.total, parameters.REACH) // PAGE),
        previous=address.page(wanted.offset - PAGE) if wanted.offset else None,
        following=payloads.following(address, results, parameters.REACH),
        take=taking.ways(address) if results.total else [],
        canonical=canonical(wanted, address.path),
        indexed=wanted == _plain(wanted),
        changed=_has_changed(wanted, results),
        meant=[Link(each.request.query.text, search_link(each.request), each.total) for each in offered],
        otherwise=otherwise,
        **_form(address),
    )


@pages.get("/search.json")
def search_json() -> Response:
    """The same page of results for programs."""
    wanted, results = _asked(sized=True)
    engine = _engine().info().engine
    results, also, bearers, offered = _helped(wanted, results)
    told = payloads.search(
        wanted,
        results,
        engine=engine,
        root=here(""),
        also=also,
        meant=offered,
        of_name=bearers,
        timeline=strips.over_time(_engine(), wanted, results),
    )
    return jsonify(told)


@pages.get("/suggestions.json")
def complete() -> Response:
    """How a query may go on that is still being typed: ``q`` as far as it goes."""
    parameters.refuse_unknown(_given(), ("q",))
    typed = request.args.get("q", "")
    return jsonify(payloads.completions(typed, completions(_engine(), typed)))


@pages.get("/facets/<name>")
def facet(name: str) -> str | Response:
    """The values of one facet under a search, all or those looked for, a few hundred to a page; with .json for
    programs."""
    given = _given(*parameters.KNOWN, *looking.NAMES)
    looked = looking.Looking.of(given)
    wanted = notes(_engine()).resolved(parameters.parse(given))
    _refuse_far_page(wanted)
    asked = asking.counting(wanted, name.removesuffix(".json"))
    (name,) = asked.facets
    results = _engine().search(asked)
    asking.refuse_other_generation(wanted, results.generation)
    every, page = results.facets[name].values, wanted.offset // PAGE + 1
    results = replace(results, facets={name: FacetCounts(looked.among(name, every), more=False)})
    listed = payloads.listed(wanted, results, name, first=(page - 1) * FACET_PAGE, limit=FACET_PAGE)
    if page > 1 and all(each.value in wanted.filters.choice(name).values for each in listed.values):
        abort(404, f"There is no page {page:,} of these values.")
    address, path = address_of(wanted), here(request.path)
    further = address.page(wanted.offset + PAGE, path=path, at=results.generation)
    following = looked.link(further) if listed.more else None
    if wants_json():
        programs = Address(wanted, here("/search.json"))
        return jsonify(payloads.facet(programs, results, name, listed.values, following))
    return render_template(
        "facet.html",
        box=narrowing.box(address, name, listed, looking.heard(_engine(), wanted, name, listed.values)),
        table=looked.link(address.page(0, path=f"{path}.csv")),
        names=sum(1 for each in results.facets[name].values if each.value),
        looked=looked,
        look=looking.ways(looked, address.page(0, path=path)),
        kept=address.fields(),
        cut=results.cut,
        wanted=wanted,
        understood=wording.understood(with_choice(wanted, name, Choice())),
        back=address.page(0),
        previous=looked.link(address.page(wanted.offset - PAGE, path=path)) if page > 1 else None,
        following=following,
        changed=_has_changed(wanted, results),
        **_form(address),
    )


@pages.get("/articles/<identity:identity>")
@asking.of_one_generation
def article(identity: str) -> str | Response:
    """An article: its text with the words of ``q`` marked, its statements, and what was cut from it.

    As the ``hit`` of a search it leads to those before and after it.

    The address of an article that ends in .json is that article; else it is the one without .json, as JSON; and so with
    the endings of citations.
    """
    found = _engine().get([identity]).get(identity)
    if found is None:
        return _article_file(identity)
    searched, number, unread = _searched()
    tree = searched.query.tree
    in_title, marked, same = list[Span](), list[Span](), tuple[Article, ...]()
    try:
        in_title, marked = snippets.title_marks(found, tree), snippets.body_marks(found, tree)
    except OutOfTime as late:
        unread = str(late)
    beside = None
    with budget.optional():
        same = elsewhere(_engine(), found)
        beside = turning.turning(_engine(), searched, number, found.id)
    return render_template(
        "article.html",
        article=found,
        title=layout.pieces(found.title or "", in_title),
        in_title=bool(in_title),
        opening=layout.opening(found, DESCRIBED),
        paragraphs=(laid_out := layout.paragraphs(found, marked)),
        marks=sum(1 for each in laid_out for run in each.stretches for piece in run.pieces if piece.mark),
        sentences={each.id: hits.sentence(found, each, marked) for each in found.statements},
        same=same,
        citation=citing.citation_of(found),
        searching=hits.has_words(searched),
        unread=unread,
        words=hits.to_mark(searched),
        narrowed=everything().only,
        turning=beside,
        **_form(address_of(searched)),
    )


@pages.get("/statements/<identity:identity>")
@asking.of_one_generation
def statement(identity: str) -> str | Response | Redirect | tuple[str, int]:
    """A statement: what was said, by whom and when, in its paragraph; with .json the same for programs, and with .bib,
    .ris or .csl.json as a citation.

    An id of the earlier form leads to that of today; where the article no longer says so, its page tells that (410).
    """
    bare, form = citing.parted(identity)
    bare = bare.removesuffix(".json")
    try:
        article, statement = cited.statement_of(_engine(), bare)
    except cited.NoLongerSaid as gone:
        if bare != identity:
            raise
        return no_longer_said(gone.article, bare), 410
    if statement.id != bare:
        query = f"?{request.query_string.decode()}" if request.query_string else ""
        return redirect(here(statement_path(statement.id, identity.removeprefix(bare))) + query, 301)
    if bare != identity:
        parameters.refuse_unknown(_given(), ())
        if form:
            return citing.file(form, article, statement)
        return jsonify(payloads.statement(article, statement, root=here("")))
    searched, number, _ = _searched("statements")
    marked = snippets.statement_marks(article, statement, searched.query.tree)
    around = layout.surroundings(article, statement)
    earlier, later = cited.neighbours(_engine(), article, statement)
    return render_template(
        "statement.html",
        article=article,
        statement=statement,
        citation=citing.citation_of(article, statement),
        sentence=hits.sentence(article, statement, marked, whole=True),
        before=article.body[around.start : statement.start],
        text=layout.pieces(
            article.body[statement.start : statement.end],
            layout.within(marked, (statement.start, statement.end)),
        ),
        after=article.body[statement.end : around.end],
        corrected=[each for each in article.corrected if each.statement in ("", statement.id)],
        named=named(statement.speakers),
        quoted=" … ".join(article.body[start:end] for start, end in statement.content),
        earlier=hits.hits(everything("statements"), earlier),
        later=hits.hits(everything("statements"), later),
        words=hits.to_mark(searched),
        narrowed=everything("statements").only,
        same=hits.hits(everything("statements"), elsewhere_said(_engine(), article, statement)),
        turning=turning.turning(_engine(), searched, number, statement.id),
        **_form(address_of(searched)),
    )


def _form(address: Address | None = None) -> dict[str, Any]:
    """What every page's search box holds, and carries along from the search it shows."""
    if address is None:
        return {"asked": "", "carried": []}
    return {"asked": address.request.query.text, "carried": address.fields("q")}


def _searched(view: View = "articles") -> tuple[SearchRequest, int, str]:
    """Return the search whose words a page marks, which hit of it the page shows (0: none), and what is wrong with its
    words: those that cannot be read are not marked."""
    given = _given(*parameters.KNOWN, turning.HIT)
    number, given["view"] = turning.number_of(given), [view]
    try:
        return notes(_engine()).resolved(parameters.parse(given)), number, ""
    except QueryFault as fault:
        unread = query.Query(given.pop("q")[0], query.Everything())
        return replace(parameters.parse(parameters.readable(given)), query=unread), 0, str(fault)


def _article_file(identity: str) -> Response:
    """Return the article as JSON or as a citation; raises NotFound where there is none without the ending."""
    bare, form = citing.parted(identity)
    bare = bare if form else identity.removesuffix(".json")
    found = _engine().get([bare]).get(bare) if bare != identity else None
    if found is None:
        raise NotFound(f'There is no article "{identity[:200]}" in this archive.')
    parameters.refuse_unknown(_given(), ())
    if form:
        return citing.file(form, found)
    same = payloads.same(elsewhere(_engine(), found), root=here(""))
    return jsonify(payloads.article(found) | {"same": same})


# Errors and headers


def _asked(*, sized: bool = False, dated: bool = False) -> tuple[SearchRequest, Results]:
    """Return what the address asks for, and what was found, with its days if it is to be ``dated``; raises NotFound for
    a page past the last."""
    wanted = notes(_engine()).resolved(parameters.parse(_given(*parameters.KNOWN), sized=sized))
    _refuse_far_page(wanted)
    results = _engine().search(replace(wanted, days=dated or wanted.days))
    asking.refuse_other_generation(wanted, results.generation)
    if wanted.offset and wanted.offset >= results.total:
        raise _no_such_page(wanted, results)
    return wanted, results


def _helped(wanted: SearchRequest, results: Results) -> tuple[Results, list[Other], list[OfName], list[Meant]]:
    """Return, with the results, searches for other spellings and for what may be meant, on the first page; where there
    was no time for them, the results say so."""
    if wanted.offset:
        return results, [], [], []
    with budget.optional():
        bearers, other = of_name(_engine(), wanted), _also(wanted)
        return results, other, bearers, meant(_engine(), wanted, results)
    told = "There was no time left to look for other spellings and for what may be meant."
    return replace(results, cut=(*results.cut, told)), [], [], []


def _also(wanted: SearchRequest) -> list[Other]:
    """Return searches for other spellings of a name among the words, on the first page."""
    return [] if wanted.offset else list(other_spellings(_engine(), wanted))


def _only_speaker(wanted: SearchRequest) -> str:
    """Return the one speaker that is wanted by filter, "" where it is none or several."""
    names = wanted.filters.speaker.wanted
    return names[0] if len(names) == 1 else ""


def _plain(wanted: SearchRequest) -> SearchRequest:
    """Return the first page of a search without filters, in the order that it has by itself."""
    return replace(wanted, filters=Filters(), sort=default_sort(wanted.query), day="published", offset=0)


def _has_changed(wanted: SearchRequest, results: Results) -> bool:
    """Tell whether another generation answered than the one in which the pages before were found."""
    return wanted.at not in ("", results.generation)


def _refuse_far_page(wanted: SearchRequest) -> None:
    if wanted.offset >= parameters.REACH and not wants_json():
        abort(
            404, f"The last page that can be shown is {parameters.MAX_PAGE:,}: narrow the search, or reverse its order."
        )


def _no_such_page(wanted: SearchRequest, results: Results) -> NotFound:
    if "offset" in request.args:
        last = f"the last one is {results.total:,}" if results.total else "nothing was found"
        return NotFound(f"There is no hit {wanted.offset + 1:,}: {last}.")
    size = wanted.limit or 1
    page, pages = wanted.offset // size + 1, -(-results.total // size)
    if not pages:
        return NotFound(f"There is no page {page:,}: nothing was found.")
    return NotFound(f"There is no page {page:,}: the last one is {pages:,}.")
