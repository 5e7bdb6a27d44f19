"""A raw file becomes an article: cleaned, dated, with its statements and their speakers, or it is rejected."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Final

from searchapp.analysis import fold
from searchapp.article import Article, Dated, Noticed, Removed, Speaker, with_former_ids, with_statement_ids
from searchapp.errors import Rejected
from searchapp.ingest.attribution.namesakes import canonical, renamed
from searchapp.ingest.attribution.people import People
from searchapp.ingest.attribution.statements import attribute
from searchapp.ingest.authors import authors_in
from searchapp.ingest.cleaning.article import clean as clean_text
from searchapp.ingest.cleaning.paragraphs import Cleaned
from searchapp.ingest.corrected import with_fields, with_statements
from searchapp.ingest.corrections import Corrections
from searchapp.ingest.dating.addresses import path_day
from searchapp.ingest.dating.bounds import believed, disbelief
from searchapp.ingest.dating.dates import DatedText
from searchapp.ingest.dating.offsets import days_ahead
from searchapp.ingest.dating.publication import decide, opening_day
from searchapp.ingest.dating.stamps import Signs, Stamped, on_outlets_day, plain
from searchapp.ingest.language import WORD, language_of
from searchapp.ingest.profile import Profile, site_of
from searchapp.ingest.raw import Raw, path_source
from searchapp.ingest.reasons import Reason
from searchapp.ingest.steps import step
from searchapp.ingest.stubs import is_call, stub, without_calls
from searchapp.sameness import sketch

INGEST: Final = 9  # the version of what ingest makes of a raw file: raised when articles come out different

NO_CORRECTIONS: Final = Corrections()


def ingest(raw: Raw, profile: Profile, people: People, corrections: Corrections = NO_CORRECTIONS) -> Article:
    """Return the article in ``raw``; raises Rejected with the reason if there is none, or if a step fails.

    What metadata say counts first, then what the text says, then the path. ``profile`` is what the archive taught
    (``Profile()`` for a single file), ``people`` the archivist's names (``People()`` for none), ``corrections`` what
    the archivist corrected.
    """
    raw = _believed(raw, profile.earliest)
    with step("cleaning it"):
        if kind := stub(raw.title, raw.text):
            raise Rejected(f"There is no text of an article in it, only {kind}.")
        site = site_of(raw)
        cleaned = clean_text(raw.text, title=raw.title, is_html=raw.is_html, site=site, profile=profile)
        body, calls = without_calls(cleaned.body)
        cleaned = replace(cleaned, body=body)
        language = language_of(cleaned.body, raw.language)
        sketched = sketch(cleaned.body)
    if not WORD.search(cleaned.body):
        found = WORD.search(raw.text)
        raise Rejected(
            "No text is left once menus, captions and notices are cut." if found else "There is no text in it."
        )
    with step("dating it"):
        published, updated = _dates(raw, cleaned, profile, site)
    removed = (*raw.removed, *map(_told, cleaned.removed), *(Removed(call, Reason.PAYWALL) for call in calls))
    article = Article(
        id=raw.id,
        title=cleaned.title or raw.last_title,
        body=cleaned.body,
        published=published,  # a stamp still, where that is not settled: "said on Tuesday" counts from it
        updated=plain(updated),
        source=raw.source or cleaned.source or path_source(raw.path),
        place=raw.place or cleaned.place,
        url=raw.url or cleaned.url,
        language=language,
        removed=removed,
        path=raw.path,
        digest=raw.digest,
        sketch=sketched,
        noticed=raw.noticed,
        number=raw.number,
        seen=raw.seen,
        authors=authors_in([*raw.authors, *(each.text for each in removed if each.reason == Reason.BYLINE)]),
    )
    article = with_fields(article, corrections)
    with step("attributing its statements"):
        english = article.language == "en"  # all that attribution knows
        named, statements = attribute(article.body, published=article.published, people=people) if english else ((), ())
        speakers = _speakers(named, raw.speakers, people)
        article = replace(article, published=plain(article.published), speakers=speakers, statements=statements)
    with step("naming its speakers"):
        given = (people.name_of(name) or name for name in raw.speakers)
        article = with_statements(with_statement_ids(article), corrections, given)
        article = under_names(article, profile.names, people)
        canonical(dict.fromkeys(persons_of(article), 1), people)  # a name that fails here would fail the whole archive
    return article


@step("naming its speakers")
def under_names(article: Article, names: Mapping[str, str], people: People) -> Article:
    """Return ``article`` with its speakers under their archive names, those of people.toml before all.

    Raises Rejected if that fails.
    """
    named = renamed(article, names, people)
    return article if named is article else with_former_ids(named)


def persons_of(article: Article) -> set[str]:
    """Return the names of the persons among the speakers of ``article``."""
    return {speaker.name for speaker in article.speakers if speaker.type == "person"}


def _told(removed: Removed) -> Removed:
    """Return what was cut, a call to subscribe as such."""
    is_paywall = removed.reason == Reason.NOTICE and is_call(removed.text)
    return Removed(removed.text, Reason.PAYWALL) if is_paywall else removed


def _believed(raw: Raw, earliest: int) -> Raw:
    """Return ``raw`` without the days of its metadata that are not believed, and tell of them."""
    for field, dated in (("published", raw.published), ("updated", raw.updated)):
        if dated and (why := disbelief(dated, earliest)):
            raw = replace(raw, **{field: None}, noticed=(*raw.noticed, Noticed(field, why)))  # type: ignore[arg-type]
    return raw


def _dates(raw: Raw, cleaned: Cleaned, profile: Profile, site: str) -> tuple[Dated | None, Dated | None]:
    """Return (published, updated): of metadata, else of the text and the address, else of the path.

    A stamp of metadata is ``Stamped`` still where its day at the outlet is not known.
    """
    given, changed = raw.published, raw.updated
    settled = given is not None and not isinstance(given, Stamped) and not raw.page
    published, updated = decide(
        head=cleaned.head,
        dateline=cleaned.dateline,
        body="" if settled else cleaned.body,
        tail=cleaned.tail,
        url=raw.url or cleaned.url,
        day_first=profile.day_first(site),
        page="" if settled else raw.page or raw.text,
        captions=cleaned.captions,
        near={given.earliest, given.latest} if isinstance(given, Stamped) else (),
    )
    opening = opening_day(DatedText(cleaned.dateline))
    unsure = ("lead", "dateline") if opening else ("lead",)
    shows_day = published is not None and published.precision == "day" and published.origin not in unsure
    shown = {published.first} if published and shows_day else set()
    place = raw.place or cleaned.place
    if given and published and updated and published.first < updated.first and _is_of(updated, given):
        given = published  # metadata give the day of the last change for that of publication
    if isinstance(given, Stamped):
        others = days_ahead(given, profile.hours_ahead(site))
        given = on_outlets_day(given, Signs(opening, shown, place, raw.url, others))
    if isinstance(changed, Stamped):
        others = days_ahead(changed, profile.hours_ahead(site))
        changed = on_outlets_day(changed, Signs(None, set(), place, raw.url, others))
    published = given or _narrowed(published, believed(path_day(raw.path))) or raw.last_day
    updated = changed or updated
    before = published is not None and updated is not None and updated.last < published.first
    return published, None if before else updated


def _is_of(day: Dated, given: Dated) -> bool:
    """Tell whether a day is the one that metadata give, or that their stamp can be."""
    return day.first == given.first or (isinstance(given, Stamped) and day.first in (given.earliest, given.latest))


def _narrowed(published: Dated | None, day: Dated | None) -> Dated | None:
    """Return ``day``, that of the path, where nothing else is known, or no more than a day that the lead tells of, or a
    month or year that it lies in."""
    if published is None or (day and published.origin == "lead"):
        return day
    if day and published.precision != "day" and published.first <= day.first <= published.last:
        return day
    return published


def _speakers(named: Iterable[Speaker], given: Iterable[str], people: People) -> tuple[Speaker, ...]:
    """Return the speakers of the statements and those that metadata name, each once."""
    found: dict[str, Speaker] = {}
    for speaker in (*named, *(Speaker(people.name_of(name) or name) for name in given)):
        found.setdefault(fold(speaker.name), speaker)
    return tuple(found.values())
