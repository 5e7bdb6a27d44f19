"""The engine of archives that outgrow one machine: an OpenSearch cluster.

A generation is three indexes: articles (their statements nested in them, for joins), statements (for the statement
view) and meta (the manifest and the profile). Aliases lead to the generation that is served, and one request switches
all. An update changes the indexes in place, article by article; nothing of it shows before they are refreshed, and a
point in time holds what was before it, for the pages of searches that had begun.

Over 400 lines: a search, an update and a switch each need the same aliases, manifest and point in time, which only the
engine knows; what needs less of it stands in ``clauses``, ``cluster``, ``documents`` and ``lease``.
"""

import base64
import re
import secrets
import time
from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial
from itertools import islice
from typing import Any

import msgspec

from searchapp.analysis import this_analysis
from searchapp.article import Article, cited_key
from searchapp.engines.facets import listed, most_listed
from searchapp.engines.opensearch import clauses
from searchapp.engines.opensearch.cluster import (
    THERE,
    WRITTEN_WITHIN,
    Address,
    Aggregation,
    Answer,
    Cluster,
    FoundDocument,
    Operation,
    Search,
)
from searchapp.engines.opensearch.documents import article_document, article_key, form, statement_documents
from searchapp.engines.opensearch.lease import Lease
from searchapp.engines.protocol import SCHEMA, other_terms, runs, too_many
from searchapp.engines.vocabulary import FoundWords
from searchapp.errors import EngineUnavailable, IndexFault, IndexMissing, IndexOutdated
from searchapp.fields import VIEWS, Facet, View
from searchapp.query import Everything, Near, Node, found_near, mapped
from searchapp.search import DayCounts, FacetCounts, Hit, IndexInfo, Results, SearchRequest, Walk

WINDOW = 10_000  # hits that OpenSearch returns at once at most (index.max_result_window)
GET_AT_ONCE = 200  # articles of one answer
MOST_LOOKED_THROUGH = 5000  # texts that are read for sentences, paragraphs and beginnings of words near each other
BATCH = 4 << 20  # bytes of documents of one request
IN_FLIGHT = 3  # requests that write at the same time
PIECE = 3 << 19  # bytes of the profile kept in one document
HELD = "1h"  # how long pages that began before an update are answered from what was then
TRIES = 4  # at an answer from one generation, while others are published
_GENERATION = r"[0-9]{8}t[0-9]{6}-[0-9a-f]{6}"


class _Searchable(msgspec.Struct, frozen=True):
    """A generation that can be searched, under the name that ``Results`` tell: where its documents are.

    By index, or once an update has changed the indexes, by point in time.
    """

    generation: str
    base: str  # what the names of its indexes begin with
    points: dict[View, str] = {}

    def search(self, kind: View, body: dict[str, Any], *, exactly: bool = False) -> Search:
        """Return a search among its documents."""
        if self.points:
            return Search(body | {"pit": {"id": self.points[kind]}}, exactly=exactly)
        return Search(body, f"{self.base}-{kind}", exactly)


class _Manifest(msgspec.Struct, frozen=True):
    """What is served, the generation before it while it can be searched, and where the profile is."""

    info: IndexInfo
    served: _Searchable
    previous: _Searchable | None
    profile: tuple[str, ...]  # ids of documents
    revision: int = 0

    def at(self, generation: str) -> _Searchable:
        """Return the generation of this name while it is held, else the one that is served."""
        previous = self.previous
        return previous if previous and previous.generation == generation else self.served


class _OfMeta(msgspec.Struct):
    manifest: _Manifest


class _OfArticle(msgspec.Struct):
    article: Article


class _OfStatement(msgspec.Struct):
    id: str
    article: str
    number: int


class _Piece(msgspec.Struct):
    data: str


class _Pieces(msgspec.Struct):
    class Document(msgspec.Struct):
        source: _Piece | None = msgspec.field(name="_source", default=None)

    docs: list[Document]


# Made as the module is loaded: two threads that are the first to decode a type end the process (msgspec 0.22).
_METAS, _PIECES = msgspec.json.Decoder(_OfMeta), msgspec.json.Decoder(_Pieces)
_ARTICLES, _STATEMENTS = msgspec.json.Decoder(_OfArticle), msgspec.json.Decoder(_OfStatement)


class _Batch:
    """Articles that are written together, as the operations that write them."""

    def __init__(self) -> None:
        self.articles: dict[str, Operation] = {}
        self.statements: dict[str, list[Operation]] = {}
        self.size = 0  # bytes

    def add(self, base: str, article: Article) -> None:
        """Take in an article, in the place of one with the same id."""
        own = Operation(f"{base}-articles", article_key(article.id), article_document(article))
        said = [Operation(f"{base}-statements", *each) for each in statement_documents(article)]
        self.articles[article.id], self.statements[article.id] = own, said
        self.size += sum(len(each.document or b"") for each in (own, *said))


class OpenSearchEngine:
    """An archive in an OpenSearch cluster; see ``Engine`` for the methods. Thread-safe."""

    def __init__(self, url: str, *, shards: int = 1, replicas: int = 1, ca_file: str = "") -> None:
        """Take ``http[s]://[user:password@]host[:9200][,host...]/name``. Raises BadSetting when it is malformed."""
        address = Address.of(url)
        self._where = f"{address}/{address.name}"
        self._name = address.name
        self._shards, self._replicas = shards, replicas
        self._cluster = Cluster(address, ca_file)
        self._lease = Lease(self._cluster, f"{self._name}-lock", replicas)
        self._known: _Manifest | None = None

    # Searching

    def search(self, request: SearchRequest) -> Results:
        at = request.at
        for _ in range(TRIES):
            if results := self._search(request, at):
                return results
            at = ""  # what was held is gone
            time.sleep(0.05)
        raise self._changing()

    def walk(self, request: SearchRequest, *, brief: bool = False) -> Walk:  # noqa: ARG002
        tree = self._stood(request.query.tree, request.view, request.at)
        request = replace(request, query=replace(request.query, tree=tree))
        still = ExitStack()  # closed behind the last hit, or when what holds it is let go
        held = still.enter_context(self._still(self._manifest().at(request.at)))
        view, tree = request.view, request.tree()
        query = {
            "query": clauses.query(tree, view, request.sort),
            "sort": _order(request, tree),
        }
        counting = query | {"size": 0, "track_total_hits": True}
        (answer,) = self._cluster.search([held.search(view, counting)])
        if answer.error:
            raise self._changing()
        found = islice(self._walk(held, view, query, size=GET_AT_ONCE), request.offset, None)
        return Walk(answer.hits.total.value, self._walked(still, held, view, found), held.generation)

    def get(self, ids: Iterable[str]) -> Mapping[str, Article]:
        wanted = list(dict.fromkeys(ids))
        found: dict[str, Article] = {}
        for start in range(0, max(len(wanted), 1), GET_AT_ONCE):
            found |= _articles(self._among("articles", _ids(wanted[start : start + GET_AT_ONCE])))
        return found

    def article_of(self, statement_id: str) -> str | None:
        body = {"query": {"term": {"key": cited_key(statement_id)}}, "size": 1}
        return next(iter(_articles(self._among("articles", body))), None)

    def digests(self) -> Iterator[tuple[str, str]]:
        body = {"sort": [{"id": "asc"}], "_source": False, "docvalue_fields": ["digest"]}
        for found in self._walk(self._manifest().served, "articles", body):
            yield found.sort[0], found.fields["digest"][0]

    def profile(self) -> bytes:
        manifest = self._manifest()
        if not manifest.profile:
            return b""
        text = self._cluster.call("POST", f"/{manifest.served.base}-meta/_mget", {"ids": manifest.profile})
        pieces = [piece.source for piece in _PIECES.decode(text or "").docs]
        if not all(pieces):
            raise self._changing()
        return b"".join(base64.b64decode(piece.data) for piece in pieces if piece)

    def words(self) -> FoundWords:
        return FoundWords(self.search)

    def info(self) -> IndexInfo:
        return self._manifest().info

    def damage(self, pace: float = 0) -> Iterator[str]:  # noqa: ARG002
        """Yield nothing: Lucene keeps checksums of its own, and a shard that is damaged fails."""
        return iter(())

    def _among(self, kind: View, body: dict[str, Any]) -> Answer:
        """Return the answer to a search in what is served."""
        _, (answer,) = self._ask(lambda manifest: [manifest.served.search(kind, body)])
        if answer.error:
            raise self._changing()
        return answer

    def _manifest(self) -> _Manifest:
        return self._ask(lambda _: [])[0]

    def _ask(self, searches: Callable[[_Manifest], Sequence[Search]]) -> tuple[_Manifest, list[Answer]]:
        """Return what is served, and what the searches that are made for it bring, all in one request.

        They are made for what was served the last time, and made anew if that has changed.
        """
        manifest = Search({"query": {"ids": {"values": ["manifest"]}}, "size": 1}, f"{self._name}-meta")
        for _ in range(TRIES):
            known = self._known
            first, *answers = self._cluster.search([manifest, *(searches(known) if known else ())])
            self._known = current = self._read(first)
            if current == known:
                return current, answers
        raise self._changing()

    def _read(self, answer: Answer) -> _Manifest:
        if not answer.hits.hits:
            raise IndexMissing(f'There is no index "{self._where}" yet. Build it with: searchapp reindex')
        other_form = "was written by another version"
        try:
            manifest = _METAS.decode(answer.hits.hits[0].source).manifest
        except msgspec.DecodeError:
            raise IndexFault(self._to_rebuild(other_form)) from None
        info = manifest.info
        if why := other_form if info.schema != SCHEMA else other_terms(info):
            raise IndexOutdated(self._to_rebuild(why), info.corpus, info.articles)
        return manifest

    def _to_rebuild(self, why: str) -> str:
        return f'The index "{self._where}" {why}. Rebuild it with: searchapp reindex'

    def _search(self, request: SearchRequest, at: str) -> Results | None:
        """Return the results in the generation ``at`` if it is held, or that is served; None if they are not whole,
        since it is being changed."""
        request = replace(request, query=replace(request.query, tree=self._stood(request.query.tree, request.view, at)))
        tree, view = request.tree(), request.view
        apart = {facet: other for facet in request.counted if (other := request.tree(without=facet)) != tree}
        ranked = clauses.ranks(tree, view, request.sort)
        query = {"query": clauses.query(tree, view, request.sort), "sort": _order(request, tree)}
        near = request.offset + request.limit <= WINDOW
        page = query | {
            "from": request.offset if near else 0,
            "size": request.limit if near else 0,
            "track_total_hits": True,
            "aggs": {
                facet: clauses.counting(facet, tree, view, _most(facet, request))
                for facet in request.counted
                if facet not in apart
            },
        }

        def searches(manifest: _Manifest) -> list[Search]:
            held = manifest.at(at)
            counting = [_counting(facet, other, view, _most(facet, request)) for facet, other in apart.items()]
            days = _counting_days(request, tree, manifest.info) if request.days else []
            return [held.search(view, body, exactly=ranked and body is page) for body in (page, *counting, *days)]

        manifest, (answer, *counted) = self._ask(searches)
        if any(each.error for each in (answer, *counted)):
            return None
        counted, of_days = counted[: len(apart)], counted[len(apart) :]
        held = manifest.at(at)
        found = answer.hits.hits if near else self._far(held, view, query, request.offset, request.limit)
        shown = self._shown(held, view, found)
        if shown is None:
            return None
        aggregations = answer.aggregations | {
            facet: each.aggregations[facet] for facet, each in zip(apart, counted, strict=True)
        }
        facets: dict[Facet, FacetCounts] = {}
        for facet in request.counted:
            of = apart.get(facet, tree)
            counts = self._counts(held, facet, of, view, aggregations[facet], _most(facet, request))
            facets[facet] = listed(facet, counts, request)
        days = _days(of_days) if request.days else None
        return Results(answer.hits.total.value, shown, facets, held.generation, days=days)

    def _walked(self, still: ExitStack, held: _Searchable, view: View, found: Iterator[FoundDocument]) -> Iterator[Hit]:
        with still:
            while some := list(islice(found, GET_AT_ONCE)):
                shown = self._shown(held, view, some)
                if shown is None:
                    raise self._changing()
                yield from shown

    @contextmanager
    def _still(self, held: _Searchable) -> Iterator[_Searchable]:
        """Give a generation as it is now, whatever updates change in its indexes meanwhile."""
        if held.points:
            yield held
            return
        points = {kind: self._point(held, kind) for kind in VIEWS}
        try:
            yield _Searchable(held.generation, held.base, points)
        finally:
            with suppress(IndexFault):  # it ends by itself
                self._let_go(points)

    def _stood(self, tree: Node, view: View, at: str) -> Node:
        """Return a tree in which the ids stand beside words near each other that OpenSearch cannot tell of."""

        def change(leaf: Node) -> Node:
            if not isinstance(leaf, Near) or clauses.is_told(leaf):
                return leaf
            kind: View = "statements" if leaf.field == "said" else view
            ids = tuple(self._standing(leaf, kind, self._manifest().at(at)))
            return clauses.Standing(leaf.field, leaf.parts, leaf.links, leaf.span, ids)

        return mapped(tree, change)

    def _standing(self, near: Near, kind: View, held: _Searchable) -> Iterator[str]:
        """Yield the ids of the articles or statements in which words stand as asked: each that has them is read."""
        query = {"query": clauses.matching(near.words, kind), "sort": [{"id": "asc"}]}
        found = list(islice(self._walk(held, kind, query, size=GET_AT_ONCE), MOST_LOOKED_THROUGH + 1))
        if len(found) > MOST_LOOKED_THROUGH:
            raise too_many(len(found), MOST_LOOKED_THROUGH)
        for start in range(0, len(found), GET_AT_ONCE):
            for hit in self._shown(held, kind, found[start : start + GET_AT_ONCE]) or ():
                if any(found_near(near, text) for text in runs(near.field, hit.article, hit.statement)):
                    yield hit.statement.id if hit.statement else hit.article.id

    def _far(
        self, held: _Searchable, kind: View, query: dict[str, Any], offset: int, limit: int
    ) -> list[FoundDocument]:
        """Return a page beyond what OpenSearch shows by offset: it goes on after the hit before its first."""
        after: list[Any] = []
        if offset:
            passed = self._walk(held, kind, query | {"_source": False})
            before = next(islice(passed, offset - 1, None), None)
            if before is None:
                return []
            after = before.sort
        return list(islice(self._walk(held, kind, query, after, min(limit, WINDOW)), limit))

    def _shown(self, held: _Searchable, view: View, found: list[FoundDocument]) -> tuple[Hit, ...] | None:
        """Return the hits, or None if one of them is no longer what was found."""
        if view == "articles":
            return tuple(Hit(_article(each), None, each.score or 0.0) for each in found)
        stored = [_statement(each) for each in found]
        if not stored:
            return ()
        ids = list(dict.fromkeys(each.article for each in stored))
        articles = _articles(*self._cluster.search([held.search("articles", _ids(ids))]))
        hits = []
        for said_in, each in zip(stored, found, strict=True):
            article = articles.get(said_in.article)
            said = article.statements[said_in.number : said_in.number + 1] if article else ()
            if not article or [statement.id for statement in said] != [said_in.id]:
                return None
            hits.append(Hit(article, said[0], each.score or 0.0))
        return tuple(hits)

    def _counts(
        self, held: _Searchable, facet: Facet, tree: Node, view: View, counted: Aggregation, most: int | None = None
    ) -> dict[str, int]:
        """Return how many hits each value has, or at least each of the ``most`` commonest: all values, in parts, if
        there are more than are told at once."""
        if most is not None and not counted.inside and (sure := _sure(counted, most)) is not None:
            return sure
        told, parts = [counted], 1
        while any(_values(each).sum_other_doc_count for each in told):
            parts *= 4
            bodies = [_counting(facet, tree, view, part=(part, parts)) for part in range(parts)]
            answers = self._cluster.search([held.search(view, body) for body in bodies])
            if any(answer.error for answer in answers):
                raise self._changing()
            told = [answer.aggregations[facet] for answer in answers]
        return {
            bucket.key: bucket.outside.doc_count if bucket.outside else bucket.doc_count
            for each in told
            for bucket in _values(each).buckets
        }

    def _walk(
        self, held: _Searchable, kind: View, body: dict[str, Any], after: Sequence[Any] = (), size: int | None = None
    ) -> Iterator[FoundDocument]:
        """Yield all that ``body`` finds behind what sorts as ``after``, in the order it asks for, which must end in a
        key of its own for each; they come ``size`` at a time."""
        size = size or WINDOW
        while True:
            begin = {"search_after": after} if after else {}
            (answer,) = self._cluster.search([held.search(kind, body | {"size": size} | begin, exactly=True)])
            if answer.error:
                raise self._changing()
            yield from answer.hits.hits
            if len(answer.hits.hits) < size:
                return
            after = answer.hits.hits[-1].sort

    def _changing(self) -> EngineUnavailable:
        return EngineUnavailable(
            f'The index "{self._where}" is being changed just now: try again in a moment. If that does not help, '
            "rebuild it with: searchapp reindex"
        )

    # Writing

    def lock(self) -> AbstractContextManager[None]:
        return self._lease.held()

    def reindex(
        self,
        articles: Iterable[Article],
        *,
        profile: bytes = b"",
        corpus: str = "",
        count: int = 0,  # noqa: ARG002
    ) -> IndexInfo:
        insist = self._cluster.insist
        with self.lock():
            before = self._before()
            insist(partial(self._clear, before))
            generation = f"{datetime.now(UTC):%Y%m%dt%H%M%S}-{secrets.token_hex(3)}"
            held = _Searchable(generation, f"{self._name}-{generation}")
            try:
                insist(partial(self._create, held))
                self._store(held, articles, new=True)
                self._merge(held)
                self._refresh(held)
                info = insist(partial(self._info, held, corpus))
                self._publish(_Manifest(info, held, before, self._store_profile(held, profile)))
                self._switch(held)
            except BaseException:
                with suppress(IndexFault):  # else the next run clears it away
                    self._remove({held.base} - self._named())  # it is served if only the answer to that was lost
                raise
            with suppress(IndexFault):  # else the next run clears them away
                self._clear(held, before)
            return info

    def update(
        self,
        articles: Iterable[Article],
        *,
        deleted: Iterable[str] = (),
        profile: bytes | None = None,
        corpus: str | None = None,
    ) -> None:
        insist = self._cluster.insist
        with self.lock():
            manifest = insist(self._manifest)
            served, revision = manifest.served, manifest.revision + 1
            self._refresh(served)  # shows what an update that died had written, so that it is found and replaced
            points = {kind: insist(partial(self._point, served, kind)) for kind in VIEWS}
            gone = dict.fromkeys(deleted)
            self._store(served, (article for article in articles if article.id not in gone), new=False)
            self._delete(served, list(gone))
            self._refresh(served)
            generation = f"{served.generation.partition('.')[0]}.{revision}"
            pieces = manifest.profile if profile is None else self._store_profile(served, profile)
            info = insist(partial(self._info, served, manifest.info.corpus if corpus is None else corpus))
            self._publish(
                _Manifest(
                    replace(info, generation=generation),
                    _Searchable(generation, served.base),
                    _Searchable(served.generation, served.base, points),
                    pieces,
                    revision,
                )
            )
            self._forget(manifest, kept=pieces)

    def _before(self) -> _Searchable | None:
        """Return what is served, unless there is nothing, or nothing that can be read."""
        try:
            return self._cluster.insist(self._manifest).served
        except EngineUnavailable:
            raise
        except IndexFault:
            return None

    def _create(self, held: _Searchable) -> None:
        """Make the indexes of a generation with their copies, so that any one node may die from then on.

        Raises EngineUnavailable, and begins anew when it is repeated, if one dies before that.
        """
        forms: dict[str, object] = {kind: form(kind, self._shards, self._replicas) for kind in VIEWS}
        settings = {"number_of_shards": 1, "number_of_replicas": self._replicas, "refresh_interval": "-1"}
        forms["meta"] = {"settings": settings, "mappings": {"dynamic": False}}
        for name, body in forms.items():
            self._cluster.call("PUT", f"/{held.base}-{name}", body, allowed=(THERE,), timeout=WRITTEN_WITHIN)
        self._cluster.settle(f"{held.base}-*")
        if self._cluster.lacks_shards(f"{held.base}-*"):
            self._remove([held.base])
            raise EngineUnavailable(
                f'The nodes that hold the new index of "{self._where}" cannot be reached: try again later.'
            )

    def _merge(self, held: _Searchable) -> None:
        """Merge each shard of a new generation, which is written once, into one segment: each is searched by itself,
        and a word that is written nearly alike is looked for in the dictionary of each. If that takes longer than one
        waits for an answer, it goes on by itself."""
        with suppress(EngineUnavailable):
            self._cluster.call("POST", f"/{held.base}-*/_forcemerge", max_num_segments=1, timeout=WRITTEN_WITHIN)

    def _store(self, held: _Searchable, articles: Iterable[Article], *, new: bool) -> None:
        """Write articles, some batches at the same time; of several with one id the last counts."""
        seen: set[str] = set()
        running: deque[Future[None]] = deque()
        with ThreadPoolExecutor(IN_FLIGHT) as pool:
            for batch in _batches(held.base, articles):
                again = not seen.isdisjoint(batch.articles)
                if again:
                    while running:
                        running.popleft().result()
                    self._refresh(held)
                work = partial(self._write, held, batch, new and not again)
                running.append(pool.submit(self._cluster.insist, work))
                seen.update(batch.articles)
                if len(running) == IN_FLIGHT:
                    running.popleft().result()
            while running:
                running.popleft().result()

    def _write(self, held: _Searchable, batch: _Batch, new: bool) -> None:
        """Write a batch. An article that may be there already is written after its statements, and without the old
        ones: so if this is never finished, the article is still the old one, and an update takes it in again."""
        self._lease.check()
        statements = [operation for said in batch.statements.values() for operation in said]
        if new:
            self._cluster.write([*statements, *batch.articles.values()])
            return
        kept = {operation.id for operation in statements}
        stale = [each for each in self._statements(held, batch.articles) if each.id not in kept]
        self._cluster.write([*statements, *stale])
        self._cluster.write(list(batch.articles.values()))

    def _delete(self, held: _Searchable, ids: Sequence[str]) -> None:
        def delete(some: Sequence[str]) -> None:
            self._lease.check()
            self._cluster.write(list(self._statements(held, some)))
            self._cluster.write([Operation(f"{held.base}-articles", article_key(each)) for each in some])

        for start in range(0, len(ids), WINDOW):
            self._cluster.insist(partial(delete, ids[start : start + WINDOW]))

    def _statements(self, held: _Searchable, articles: Iterable[str]) -> Iterator[Operation]:
        """Yield what deletes the statements of these articles."""
        body = {"query": {"terms": {"article": list(articles)}}, "sort": [{"id": "asc"}], "_source": False}
        return (Operation(f"{held.base}-statements", found.id) for found in self._walk(held, "statements", body))

    def _store_profile(self, held: _Searchable, profile: bytes) -> tuple[str, ...]:
        """Store a profile in pieces, under new ids, which are returned."""
        run = secrets.token_hex(4)
        pieces = {
            f"profile-{run}-{start}": base64.b64encode(profile[start : start + PIECE]).decode()
            for start in range(0, len(profile), PIECE)
        }
        for name, data in pieces.items():
            piece = Operation(f"{held.base}-meta", name, msgspec.json.encode({"data": data}))
            self._cluster.insist(partial(self._cluster.write, [piece]))
        return tuple(pieces)

    def _publish(self, manifest: _Manifest) -> None:
        """Store the manifest in its generation: from then on that is served, if it is already."""
        self._cluster.insist(self._lease.check)
        index = f"{manifest.served.base}-meta"
        stored = Operation(index, "manifest", msgspec.json.encode({"manifest": manifest}))
        self._cluster.insist(partial(self._cluster.write, [stored]))
        self._cluster.insist(partial(self._cluster.refresh, index))

    def _switch(self, held: _Searchable) -> None:
        """Let all aliases lead to a generation, in one request."""
        names = (*VIEWS, "meta")
        adding = [{"add": {"index": f"{held.base}-{name}", "alias": f"{self._name}-{name}"}} for name in names]
        removing = [
            {"remove": {"index": f"{base}-{name}", "alias": f"{self._name}-{name}", "must_exist": False}}
            for base in self._cluster.insist(self._named) - {held.base}
            for name in names
        ]
        switching = {"actions": [*removing, *adding]}
        self._cluster.insist(self._lease.check)
        self._cluster.insist(partial(self._cluster.call, "POST", "/_aliases", switching, timeout=WRITTEN_WITHIN))

    def _refresh(self, held: _Searchable) -> None:
        self._cluster.insist(partial(self._cluster.refresh, ",".join(f"{held.base}-{kind}" for kind in VIEWS)))

    def _point(self, held: _Searchable, kind: View) -> str:
        """Return what holds the present state of an index for some time."""
        path = f"/{held.base}-{kind}/_search/point_in_time"
        text = self._cluster.call("POST", path, keep_alive=HELD, allow_partial_pit_creation="false")
        return str(msgspec.json.decode(text or "{}")["pit_id"])

    def _forget(self, before: _Manifest, kept: Sequence[str]) -> None:
        """Let go what only the generation before the previous one needed."""
        with suppress(IndexFault):  # it ends by itself
            if before.previous and before.previous.points:
                self._let_go(before.previous.points)
            elif before.previous:
                self._remove([before.previous.base])
            gone = [Operation(f"{before.served.base}-meta", each) for each in before.profile if each not in kept]
            self._cluster.write(gone)

    def _let_go(self, points: Mapping[View, str]) -> None:
        ids = list(points.values())
        self._cluster.call("DELETE", "/_search/point_in_time", {"pit_id": ids}, allowed=(404,))

    def _named(self) -> set[str]:
        """Return the generations that the aliases lead to: one, or none yet."""
        text = self._cluster.call("GET", f"/_alias/{self._name}-meta", allowed=(404,))
        return {index.removesuffix("-meta") for index in msgspec.json.decode(text or "{}")}

    def _clear(self, *kept: _Searchable | None) -> None:
        """Remove the indexes of all generations but these and the one that is served."""
        self._lease.check()
        text = self._cluster.call("GET", f"/_cat/indices/{self._name}-*", format="json", h="index")
        name = re.compile(rf"({re.escape(self._name)}-{_GENERATION})-(?:{'|'.join(VIEWS)}|meta)")
        there = {found[1] for each in msgspec.json.decode(text or "[]") if (found := name.fullmatch(each["index"]))}
        self._remove(there - {each.base for each in kept if each} - self._named())

    def _remove(self, bases: Collection[str]) -> None:
        for base in bases:
            names = ",".join(f"{base}-{name}" for name in (*VIEWS, "meta"))
            self._cluster.call("DELETE", f"/{names}", ignore_unavailable="true", timeout=WRITTEN_WITHIN)

    def _info(self, held: _Searchable, corpus: str) -> IndexInfo:
        everything = Everything()
        names: tuple[Facet, ...] = ("speaker", "source")
        days = {"first": {"min": {"field": "first"}}, "last": {"max": {"field": "last"}}}
        counting = {facet: clauses.counting(facet, everything, "articles") for facet in names}
        body = {"size": 0, "track_total_hits": True}
        articles, statements = self._cluster.search(
            [held.search("articles", body | {"aggs": days | counting}), held.search("statements", body)],
            timeout=WRITTEN_WITHIN,
        )
        values = {
            facet: self._counts(held, facet, everything, "articles", articles.aggregations[facet]).keys() - {""}
            for facet in names
        }
        return IndexInfo(
            engine="opensearch",
            generation=held.generation,
            articles=articles.hits.total.value,
            statements=statements.hits.total.value,
            speakers=len(values["speaker"]),
            sources=len(values["source"]),
            first=_day(articles.aggregations["first"].value),
            last=_day(articles.aggregations["last"].value),
            built=datetime.now(UTC),
            corpus=corpus,
            schema=SCHEMA,
            analysis=this_analysis(),
        )


def _batches(base: str, articles: Iterable[Article]) -> Iterator[_Batch]:
    batch = _Batch()
    for article in articles:
        batch.add(base, article)
        if batch.size >= BATCH:
            yield batch
            batch = _Batch()
    if batch.articles:
        yield batch


def _ids(ids: Sequence[str]) -> dict[str, Any]:
    return {"query": {"bool": {"filter": [{"terms": {"id": ids}}]}}, "size": len(ids)}


def _most(facet: Facet, request: SearchRequest) -> int | None:
    """Return how many of the commonest values tell what is to be listed, and whether there are more; None if only all
    of them do."""
    most = most_listed(facet, request)
    return None if most is None or request.filters.choice(facet).values else most + 1


def _counting(
    facet: Facet, tree: Node, view: View, most: int | None = None, part: tuple[int, int] | None = None
) -> dict[str, Any]:
    matching = {"bool": {"filter": [clauses.matching(tree, view)]}}
    return {
        "query": matching,
        "size": 0,
        "track_total_hits": False,
        "aggs": {facet: clauses.counting(facet, tree, view, most, part)},
    }


def _counting_days(request: SearchRequest, tree: Node, held: IndexInfo) -> list[dict[str, Any]]:
    """Return the searches that count the days of what ``tree`` finds: as many as it takes to be told of all."""
    edges = (
        range(held.first.toordinal(), held.last.toordinal(), clauses.DAYS_AT_ONCE)[1:]
        if held.first and held.last
        else ()
    )
    parts = zip((None, *edges), (*edges, None), strict=True)
    counting = partial(clauses.day_counting, tree, request.view)
    return [counting(end, request.day_counted, *part) for part in parts for end in clauses.ENDS]


def _order(request: SearchRequest, tree: Node) -> list[dict[str, Any]]:
    return clauses.order(clauses.ranks(tree, request.view, request.sort), request.sort, request.day_counted)


def _days(answers: Iterable[Answer]) -> DayCounts:
    counts: dict[str, dict[int, int]] = {end: {} for end in clauses.ENDS}
    for answer in answers:
        for end, counted in answer.aggregations.items():
            counts[end] |= {int(bucket.key): bucket.doc_count for bucket in counted.buckets}
    return DayCounts(**counts)


def _sure(counted: Aggregation, most: int) -> dict[str, int] | None:
    """Return how many hits the ``most`` commonest values have, and some others; None if another may be commoner."""
    sure = [bucket for bucket in counted.buckets if not bucket.doc_count_error_upper_bound]
    if bound := counted.doc_count_error_upper_bound:
        others = [
            each.doc_count + each.doc_count_error_upper_bound
            for each in counted.buckets
            if each.doc_count_error_upper_bound
        ]
        others.append(counted.buckets[-1].doc_count + bound)
        if len(sure) < most or sure[most - 1].doc_count <= max(others):
            return None
    return {bucket.key: bucket.doc_count for bucket in sure}


def _values(counted: Aggregation) -> Aggregation:
    return counted.inside.values or counted if counted.inside else counted


def _articles(answer: Answer) -> dict[str, Article]:
    return {article.id: article for article in map(_article, answer.hits.hits)}


def _article(found: FoundDocument) -> Article:
    return _ARTICLES.decode(found.source).article


def _statement(found: FoundDocument) -> _OfStatement:
    return _STATEMENTS.decode(found.source)


def _day(ordinal: float | None) -> date | None:
    return date.fromordinal(int(ordinal)) if ordinal else None
