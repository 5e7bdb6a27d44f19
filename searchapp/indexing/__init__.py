"""A corpus becomes a generation of the index, with progress and a report of what came of every file."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from hashlib import blake2b
from itertools import islice
from pathlib import Path, PurePosixPath

from searchapp.analysis import terms
from searchapp.article import Article
from searchapp.engines.protocol import Engine
from searchapp.errors import Withdrawn
from searchapp.fields import Facet
from searchapp.indexing.arrivals import arrived_anew, arrived_since
from searchapp.indexing.correcting import misfits, touched_by
from searchapp.indexing.fetches import Version, key_of
from searchapp.indexing.guards import Allowed, Held, corpus_name, held_by, refuse_losses, refuse_other_corpus
from searchapp.indexing.known import KnownFiles
from searchapp.indexing.passes import (
    Fresh,
    Learned,
    Progress,
    all_items,
    finish,
    identified,
    ingest_all,
    ingest_chunk,
    read_all,
    rejection_of,
    standing,
    study,
)
from searchapp.indexing.report import Difference, Rejection, Rejections, Report, Tally
from searchapp.ingest import INGEST
from searchapp.ingest.addresses import host_of
from searchapp.ingest.attribution.namesakes import canonical
from searchapp.ingest.attribution.people import People, load_people, spelling
from searchapp.ingest.corrections import Corrections, load_corrections
from searchapp.ingest.dating.bounds import EARLIEST
from searchapp.ingest.files import must_exist
from searchapp.ingest.outlets import Outlets, load_sources
from searchapp.ingest.outlets import canonical as canonical_sources
from searchapp.ingest.profile import Profile
from searchapp.ingest.raw import Item, Raw
from searchapp.ingest.synonyms import Group, load_words
from searchapp.query import Everything, Query, Values, Words
from searchapp.search import IndexInfo, SearchRequest
from searchapp.workers import CHUNK, Spool


def reindex(
    engine: Engine,
    corpus: Path,
    *,
    jobs: int = 0,
    progress: Progress | None = None,
    allowed: Allowed = Allowed(),
    earliest: int = EARLIEST,
    links_out: bool = False,
    rejected: Callable[[Rejection], None] = lambda _: None,
    known: Path | None = None,
) -> Report:
    """Build a new generation from all of ``corpus`` and switch to it when it is whole.

    ``jobs`` processes ingest side by side (0: one a core); the result does not depend on their number. Memory
    stays bounded: articles wait in temporary files between the steps. Days of metadata before the year ``earliest`` are
    not believed. Articles whose file cannot be read this time stay as the index has them, and the report says so.
    Links that lead out of the corpus are followed with ``links_out``. ``rejected`` is told of each rejection as it
    comes. What the files hold is remembered in the file ``known``, for the next ``update``.

    Raises CorpusFault when the corpus is missing or a folder of it cannot be listed, or it is empty, another one or
    much smaller than the index and that was not ``allowed``; a kind of BadNotes when an archivist's file has an error;
    IndexBusy when another process is writing; WorkStopped when there is no room for the temporary files, or no memory.
    """
    tell = progress or (lambda *_: None)
    people, outlets = people_of(corpus), outlets_of(corpus)
    synonyms, corrections = synonyms_of(corpus), corrections_of(corpus)
    tally = Tally(rejected=Rejections(rejected), files=KnownFiles(known, anew=True))
    with engine.lock(), Spool[Raw]() as raws, Spool[Raw]() as kept, Spool[Article]() as articles:
        held = held_by(engine)
        refuse = partial(refuse_losses, corpus, held, tally, allowed)
        refuse_other_corpus(corpus, held, allowed)
        profile = replace(study(all_items(corpus, tally, links_out), raws, jobs, tally, tell), earliest=earliest)
        raws = standing(raws, kept, tally)
        learned = ingest_all(raws, articles, partial(ingest_chunk, profile, people, corrections), jobs, tally, tell)
        _stay_unreadable(engine, held, articles, learned, tally)
        refuse()
        profile = replace(
            profile,
            names=canonical(learned.forms, people),
            people=people,
            version=INGEST,
            sources=canonical_sources(learned.sources, outlets),
            outlets=outlets,
            counting=learned.counting,
            passed=tally.passed,
            synonyms=synonyms,
            corrections=corrections,
        )
        named = partial(under_source, profile.sources, outlets)
        arrived = arrived_anew(engine, held.digests)
        finished = map(arrived, finish(articles, profile.names, people, named, tally, tell, refuse))
        info = engine.reindex(finished, profile=profile.to_bytes(), corpus=corpus_name(corpus), count=articles.length)
        tally.unmet = list(_unmet(engine, people))
        tally.unfit = [each.why for each in misfits(engine, corrections)]
        tally.files.save(_ingesting(profile, people, corrections))
    return tally.report(held.digests, info)


def update(
    engine: Engine,
    corpus: Path,
    *,
    jobs: int = 0,
    progress: Progress | None = None,
    allowed: Allowed = Allowed(),
    earliest: int = EARLIEST,
    links_out: bool = False,
    rejected: Callable[[Rejection], None] = lambda _: None,
    dry_run: bool = False,
    known: Path | None = None,
    verify: bool = False,
) -> Report:
    """Take in what was added, changed or removed since, as one new generation: all of it or nothing.

    Articles whose bytes did not change are left alone, but for those of persons whom a changed people.toml names
    otherwise, and those of which a changed corrections.toml says something else; so are those whose file cannot be read
    this time, which the report says. Ingest goes by the profile that the last ``reindex`` learned. With ``dry_run``
    nothing is published. Files of which the file ``known`` tells what they hold, and that have not changed since, are
    not read, unless they are to ``verify`` it; what is read is remembered there.

    Raises what ``reindex`` raises, and IndexMissing when there is no index to update.
    """
    tell = progress or (lambda *_: None)
    people, outlets = people_of(corpus), outlets_of(corpus)
    synonyms, corrections = synonyms_of(corpus), corrections_of(corpus)
    with (
        engine.lock(),
        Spool[Item]() as aside,
        Spool[Raw]() as raws,
        Spool[Raw]() as kept,
        Spool[Article]() as articles,
        Spool[Article]() as finished,
    ):
        before, info = dict(engine.digests()), engine.info()
        held = Held(before, info.corpus, info.articles)
        refuse_other_corpus(corpus, held, allowed)
        profile = Profile.from_bytes(engine.profile())
        if profile.earliest != earliest:  # as after a change of ingest
            profile = replace(profile, earliest=earliest, version=0)
        ingesting = _ingesting(profile, people, corrections)
        tally = Tally(rejected=Rejections(rejected), files=KnownFiles(known, ingesting, anew=verify))
        refuse = partial(refuse_losses, corpus, held, tally, allowed)
        tally.touched = _touched(engine, profile, people, outlets, before)
        tally.touched |= touched_by(engine, profile.corrections, corrections)
        passed = profile.passed if profile.version == INGEST else {}
        fresh = Fresh(corpus, before, passed, aside, tally)
        read_all(fresh.items(links_out), raws, jobs, tally, tell)
        _take_down(engine, tally)
        read_all(fresh.left_aside(), raws, jobs, tally, tell)
        raws = standing(raws, kept, tally)
        work = partial(ingest_chunk, profile, people, corrections)
        made = ingest_all(raws, articles, work, jobs, tally, tell, _held_versions(engine, profile, raws, tally))
        _retell_versions(engine, profile, articles, tally)
        late = _keep_unreadable(engine, before, tally) & tally.touched
        refuse()
        names = {**profile.names, **_named_anew(made.forms, profile, people)}
        sources = _sources_anew(made.sources, profile, outlets)
        counting = {key: name for key, name in profile.counting.items() if name in tally.digests} | made.counting
        versions = replace(profile, names=names, sources=sources, counting=counting, passed=tally.passed)
        versions = replace(versions, synonyms=synonyms)
        learned = replace(versions, people=people, outlets=outlets, corrections=corrections, version=INGEST)
        if late:  # what these articles lack is for an update that can read them
            tally.touched -= late
            learned = versions
        named = partial(under_source, sources, outlets)
        arrived = arrived_since(engine, before.keys())
        for article in map(arrived, finish(articles, names, people, named, tally, tell, refuse)):
            finished.write(article)  # before anything is published: the old form of one that fails has to go
        gone = before.keys() - tally.digests.keys()
        if dry_run:
            info = _foreseen(engine, gone | tally.changed(before), tally)
        elif finished.length or gone or learned != profile or info.corpus != corpus_name(corpus):
            engine.update(finished, deleted=gone, profile=learned.to_bytes(), corpus=corpus_name(corpus))
            info = engine.info()
        if not dry_run:
            tally.unfit = [each.why for each in misfits(engine, corrections)]
            tally.files.save(ingesting)
    return tally.report(before, info)


def check(engine: Engine, corpus: Path, *, links_out: bool = False) -> Difference:
    """Compare the index with the corpus, by ids, paths and raw bytes, as an update would; files that ingest rejects
    count on neither side, nor do those that cannot be read this time.

    Raises IndexMissing, and CorpusFault when the corpus is missing or a folder of it cannot be listed.
    """
    people, outlets, tally = people_of(corpus), outlets_of(corpus), Tally()
    profile = Profile.from_bytes(engine.profile())
    indexed, withdrawn = dict(engine.digests()), set[str]()
    tally.touched = _touched(engine, profile, people, outlets, indexed)
    tally.touched |= touched_by(engine, profile.corrections, corrections_of(corpus))
    for item in identified(all_items(corpus, tally, links_out), tally):
        is_indexed = indexed.get(item.id) == item.digest
        is_known = is_indexed or profile.passed.get(item.digest) in indexed
        why = None if is_known else rejection_of(item, profile, people)
        if isinstance(why, Withdrawn):
            withdrawn.add(item.id)
        elif is_indexed or not (is_known or why or item.id in tally.digests):
            tally.digests[item.id] = item.digest
    for name in withdrawn - indexed.keys():
        tally.digests.pop(name, None)
    tally.touched -= _keep_unreadable(engine, indexed, tally)
    return Difference(
        tuple(sorted(tally.digests.keys() - indexed.keys())),
        tuple(sorted(tally.changed(indexed))),
        tuple(sorted(indexed.keys() - tally.digests.keys())),
    )


def people_of(corpus: Path) -> People:
    """Return what ``people.toml`` beside the articles says; nobody where there is none. Raises BadPeople."""
    file = corpus / "people.toml"
    return load_people(file) if file.is_file() or file.is_symlink() else People()


def outlets_of(corpus: Path) -> Outlets:
    """Return what ``sources.toml`` beside the articles says; nothing where there is none. Raises BadSources."""
    file = corpus / "sources.toml"
    return load_sources(file) if file.is_file() or file.is_symlink() else Outlets()


def synonyms_of(corpus: Path) -> tuple[Group, ...]:
    """Return what ``words.toml`` beside the articles says; nothing where there is none. Raises BadWords."""
    file = corpus / "words.toml"
    return load_words(file) if file.is_file() or file.is_symlink() else ()


def corrections_of(corpus: Path) -> Corrections:
    """Return what ``corrections.toml`` beside the articles says; nothing where there is none. Raises
    BadCorrections, and CorpusFault when the corpus is missing."""
    must_exist(corpus)
    file = corpus / "corrections.toml"
    return load_corrections(file) if file.is_file() or file.is_symlink() else Corrections()


def under_source(sources: Mapping[str, str], outlets: Outlets, article: Article) -> Article:
    """Return ``article`` with its source under the name that is shown for it."""
    name = outlets.name_of(article.source, host_of(article.url)) or sources.get(article.source or "", article.source)
    return article if name == article.source else replace(article, source=name)


def _ingesting(profile: Profile, people: People, corrections: Corrections) -> str:
    """Return what stands for all that ingest goes by beside the article itself."""
    learned = Profile(profile.sites, profile.words, people=people, earliest=profile.earliest, corrections=corrections)
    return blake2b(learned.to_bytes(), digest_size=16).hexdigest()


# What cannot be read this time


def _stay_unreadable(engine: Engine, held: Held, articles: Spool[Article], learned: Learned, tally: Tally) -> None:
    """Take over from the index the articles of files that cannot be read this time. Those that another ingest made lose
    their digest, so that they are made anew as soon as they can be."""
    ids = _keep_unreadable(engine, held.digests, tally)
    is_ours = bool(ids) and Profile.from_bytes(engine.profile()).version == INGEST
    for article in _articles(engine, sorted(ids)):
        kept = article if is_ours else replace(article, digest="")
        tally.digests[kept.id] = kept.digest
        tally.retold.add(kept.id)
        learned.take(kept)
        articles.write(kept)


def _keep_unreadable(engine: Engine, before: Mapping[str, str], tally: Tally) -> set[str]:
    """Let the articles of files that cannot be read this time stay as they are, and say so; return their ids."""
    if not tally.unreadable:
        return set()
    kept, holding = set(), set()
    for article in _articles(engine, before.keys() - tally.digests.keys()):
        path = PurePosixPath(article.path)
        found = tally.unreadable.intersection(map(str, (path, *path.parents)))
        if found:
            kept.add(article.id)
            holding |= found
    tally.digests |= {each: before[each] for each in kept}
    tally.rejected.add_to_reasons(holding, "What the index already holds of it is kept.")
    return kept


def _foreseen(engine: Engine, leaving: Iterable[str], tally: Tally) -> IndexInfo:
    """Return what the index would hold without the articles that are ``leaving``, and with those counted."""
    info = engine.info()
    left = sum(len(article.statements) for article in _articles(engine, leaving))
    return replace(info, articles=len(tally.digests), statements=info.statements - left + tally.statements)


def _articles(engine: Engine, ids: Iterable[str]) -> Iterator[Article]:
    asked = iter(ids)
    while some := list(islice(asked, CHUNK)):
        yield from engine.get(some).values()


# Names


def _unmet(engine: Engine, people: People) -> Iterator[str]:
    """Yield the variants of people.toml that stand nowhere in the archive."""
    for variant in people.variants:
        words = Query("", Words("text", tuple(terms(variant))))
        if not engine.search(SearchRequest(words, limit=0, facets=())).total:
            yield variant


def _named_anew(forms: Mapping[str, int], profile: Profile, people: People) -> dict[str, str]:
    """Return the archive's names for forms that are new to it; persons it knows keep the name they have."""
    settled = dict.fromkeys(profile.names.values(), max(forms.values(), default=0) + 1)
    named = canonical({**forms, **settled}, people)
    return {form: named[form] for form in forms.keys() - profile.names.keys()}


def _sources_anew(counts: Mapping[str, int], profile: Profile, outlets: Outlets) -> dict[str, str]:
    """Return the names of sources with those that are new to the archive; the others keep theirs."""
    settled = dict.fromkeys(profile.sources.values(), max(counts.values(), default=0) + 1)
    named = canonical_sources({**counts, **settled}, outlets)
    return {**named, **profile.sources} if outlets == profile.outlets else {**profile.sources, **named}


def _held_versions(engine: Engine, profile: Profile, raws: Iterable[Raw], tally: Tally) -> dict[bytes, Version]:
    """Return what the index holds, and will as it is, of articles of which ``raws`` may be other versions."""
    ids = {name: key for raw in raws if (key := key_of(raw)) and (name := profile.counting.get(key)) in tally.digests}
    held = list(_articles(engine, ids))
    tally.known |= {(each.path, each.number): each for article in held for each in article.past}
    return {ids[article.id]: Version.of(article) for article in held}


def _take_down(engine: Engine, tally: Tally) -> None:
    """Let go what the index holds as it is, and its agency has taken back since."""
    for article in _articles(engine, sorted(tally.withdrawn.keys() & tally.digests.keys())):
        if tally.is_withdrawn(article):
            del tally.digests[article.id]


def _retell_versions(engine: Engine, profile: Profile, articles: Spool[Article], tally: Tally) -> None:
    """Write those articles anew that stay as they are, but for their earlier versions: one was added or is gone."""
    before, now = _by_article(profile.passed), _by_article(tally.passed)
    made = {article.id for article in articles}
    changed = {name for name in before.keys() | now.keys() if before.get(name) != now.get(name)}
    for article in _articles(engine, sorted(name for name in changed & tally.digests.keys() if name not in made)):
        articles.write(article)
        tally.retold.add(article.id)


def _by_article(passed: Mapping[str, str]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for digest, name in passed.items():
        found.setdefault(name, set()).add(digest)
    return found


def _touched(engine: Engine, profile: Profile, people: People, outlets: Outlets, indexed: Iterable[str]) -> set[str]:
    """Return the ids of the articles that come out different though their bytes are the same: those in whose speakers'
    or sources' names people.toml or sources.toml has changed something; all of them after a change of ingest itself."""
    if profile.version != INGEST:
        return set(indexed)
    return _touched_by_people(engine, profile, people) | _touched_by_sources(engine, profile, outlets)


def _touched_by_sources(engine: Engine, profile: Profile, outlets: Outlets) -> set[str]:
    if outlets == profile.outlets:
        return set()
    either = (profile.outlets, outlets)
    wanted = {
        name
        for source, name in profile.sources.items()
        if len({each.name_of(source, "") for each in either}) > 1
        or len({each.name_of(name, "") for each in either}) > 1
    }
    wanted |= {""} if outlets.hosts != profile.outlets.hosts else set()
    wanted |= set(profile.outlets.forms.values()) | set(profile.outlets.hosts.values())
    return _with_values(engine, "source", wanted)


def _with_values(engine: Engine, facet: Facet, values: set[str]) -> set[str]:
    wanted = SearchRequest(Query("", Values(facet, tuple(sorted(values)))), limit=engine.info().articles, facets=())
    return {hit.article.id for hit in engine.search(wanted).hits}


def _touched_by_people(engine: Engine, profile: Profile, people: People) -> set[str]:
    old, new = profile.people.forms, people.forms
    changed = {form for form in old.keys() | new.keys() if old.get(form) != new.get(form)}
    if not changed:
        return set()
    names = {known.name for form in changed for known in (old.get(form), new.get(form)) if known}
    names |= {name for form, name in profile.names.items() if spelling(form) in changed}
    names |= {form for form in profile.names if spelling(form) in changed}
    every = SearchRequest(Query("", Everything()), limit=0, facets=("speaker",), facet_limit=None)
    speakers = (each.value for each in engine.search(every).facets["speaker"].values)  # organisations, too
    names |= {name for name in speakers if spelling(re.sub(r"\A[Tt]he ", "", name)) in changed}
    return _with_values(engine, "speaker", names)
