"""Who says what: statements with their speakers, found by rules over words (no model, nothing learned).

``text`` reads the words, ``persons`` the names, ``subjects`` and ``reports`` find who a reporting verb belongs to,
``coreference`` who is meant by "he" or "the minister", ``contents`` and ``extents`` what was said; ``drafts``
puts these together, and here they become statements.
"""

from collections.abc import Iterator

from searchapp.analysis import Span, terms
from searchapp.article import Dated, Speaker, Statement
from searchapp.ingest.attribution import persons
from searchapp.ingest.attribution.contents import Contents
from searchapp.ingest.attribution.drafts import Drafts
from searchapp.ingest.attribution.extents import Draft
from searchapp.ingest.attribution.lexicon import AUXILIARY, POSSESSIVE, PRONOUN, VERB
from searchapp.ingest.attribution.people import People
from searchapp.ingest.attribution.statement_days import statement_day
from searchapp.ingest.attribution.text import Text, read, written
from searchapp.ingest.attribution.verbs import cue

# What share of reports was right (training articles, isotonic), by least weight; one table for subjects that name
# somebody or something, one for "he" and "the minister", who must be found first.
NAMED = ((0.89, 0.95), (0.705, 0.85), (0.66, 0.7), (0.0, 0.65))
MEANT = ((0.75, 0.8), (0.0, 0.63))
_BEGIN_CLAUSES = AUXILIARY | VERB | PRONOUN


def attribute(
    body: str, *, published: Dated | None = None, people: People | None = None
) -> tuple[tuple[Speaker, ...], tuple[Statement, ...]]:
    """Return who speaks in ``body``, in order of their first statement, and the statements, in order of place.

    Offsets are code points of ``body``, half-open. ``published`` helps to date a statement that says only
    "on Tuesday"; ``people`` overrules how names are read. Linear in the length of ``body``.

    A statement's confidence is the share of those like it that were right in the training articles, by the weight
    of the verb times the certainty of its subject.
    """
    text = read(body)
    cast = persons.find(text, people or People())
    made = Drafts(text, cast, people or People())
    found = (_statement(text, draft, made.contents, published) for draft in made.all())
    statements = tuple(sorted(found, key=lambda s: (s.start, s.end)))
    speakers = dict.fromkeys(speaker for statement in statements for speaker in statement.speakers)
    return tuple(speakers), statements


def _statement(text: Text, draft: Draft, contents: Contents, published: Dated | None) -> Statement:
    start = text.starts[text.sentences[draft.first].first]
    end = text.ends[text.sentences[draft.last].last - 1]
    content = tuple(
        Span(text.starts[a], text.ends[b - 1]) for a, b in (contents.trimmed(*part) for part in draft.content) if a < b
    )
    said = written(text, draft.report.verb, draft.report.verb_end)
    return Statement(
        draft.speakers,
        said,
        contents.kind(draft.content),
        statement_day(text.body[start:end], published, _clauses(text, draft, start)),
        _confidence(draft),
        start,
        end,
        content,
        subject=_span(text, draft.report.subject.first, draft.report.subject.last),
        cue=_span(text, draft.report.verb, draft.report.verb_end),
        polarity=draft.report.polarity,
        act=draft.report.act,
        base=_base(said),
    )


def _base(verb: str) -> str:
    """Return a verb with the words behind it, folded, in the form that dictionaries have: "decline to say" of
    "declined to say", "say" of "did not say"; "" of a mark such as a colon."""
    words = terms(verb)
    for at, word in enumerate(words):
        if known := cue(word):
            return " ".join([known.base, *words[at + 1 :]])
    return " ".join(words)


def _clauses(text: Text, draft: Draft, start: int) -> Iterator[Span]:
    """Yield where a draft tells in a clause what was said, counted from ``start``, each from its verb or pronoun on.

    "Lee said the bridge fell on Friday" tells when it fell, "Lee announced her plans on Friday" when Lee did.
    """
    for first, last in draft.content if draft.report.clausal else ():
        verb = next((at for at in range(first, last) if text.tags[at] & _BEGIN_CLAUSES), last)
        if verb < last:
            yield Span(text.starts[verb] - start, text.ends[last - 1] - start)


def _confidence(draft: Draft) -> float:
    """Return how probably a statement is right: the share of the training articles' that were."""
    meant = draft.report.subject.kind in ("pronoun", "noun") and draft.speakers[0].type != "unnamed"
    return next(share for least, share in (MEANT if meant else NAMED) if draft.weight >= least)


def _span(text: Text, first: int, last: int) -> Span:
    """Return where words ``first`` to ``last`` (half-open) stand, without a last ``'s``."""
    end = text.starts[last - 1] + len(text.words[last - 1]) if text.tags[last - 1] & POSSESSIVE else text.ends[last - 1]
    return Span(text.starts[first], end)
