"""What an archive can be asked about: views, orders, and the table of its fields.

A row of the table is all that the program knows of a field whose values narrow a search. Engines, the query language,
addresses, JSON, pages and the command line go through the rows; a test holds the manuals to them.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args

from searchapp.article import CONFIDENCES, KINDS, SPEAKER_KINDS, SPEECH_ACTS, Article, Statement, named

View = Literal["articles", "statements"]
Day = Literal["published", "said"]  # which one of a statement counts: its article's, or that on which it was said
Match = Literal["all", "any"]
Sort = Literal["relevance", "newest", "oldest", "added"]  # "added": what the archive took in last comes first
TextField = Literal["text", "title", "body", "said"]  # "text": title and body as one combined field
Facet = Literal[
    "speaker", "speakerkind", "act", "verb", "kind", "confidence", "source", "place", "year", "language"
]  # fmt: skip
# those that a query finds by words of their values, too
NameField = Literal["speaker", "speakerkind", "act", "verb", "kind", "confidence", "source", "place", "language"]
VIEWS: tuple[View, ...] = get_args(View)
DAYS: tuple[Day, ...] = get_args(Day)
NAME_FIELDS: tuple[NameField, ...] = get_args(NameField)


@dataclass(frozen=True, slots=True)
class Field:
    """A row: a facet of what is found, and a filter. The empty value stands for "none"."""

    name: Facet
    heading: str  # over its values
    before: str  # goes before its name and a value: "from" the source Tidewater, "from" this source
    denied: str  # the same of what is not wanted
    none: str  # what the empty value is called among others
    without: str  # what is found with the empty value
    some: str  # what is found without it
    value: Callable[[Article], str] | None = None  # its one value of an article; None: those of its statements
    said: Callable[[Statement], str] | None = None  # its one value of a statement; None: the article's, or the speakers
    label: Callable[[str], str] = str  # what a value is called where people read it
    terse: bool = False  # whether a value says by itself what it is of: published in 2021
    by_value: bool = False  # whether all its values are listed, the highest first, and not only the commonest
    form: re.Pattern[str] | None = None  # of its values, None if they may be anything
    example: str = ""  # of a value in that form, with an article
    metavar: str = "NAME"  # stands for a value on the command line
    choices: tuple[str, ...] = ()  # all its values, if there are no others

    def values(self, article: Article, statement: Statement | None = None) -> list[str]:
        """Return the values of an article, or of one of its statements: at least one."""
        if self.value:
            return [self.value(article)]
        if self.said:
            some = (statement,) if statement else article.statements
            return list(dict.fromkeys(map(self.said, some))) or [""]
        return named(statement.speakers if statement else article.speakers) or [""]


def _in_english(language: str) -> str:
    """Return what the language of a code (ISO 639) is called, or the code if that is not known."""
    from babel import Locale  # here, since only pages and answers need it

    name: str = Locale("en").languages.get(language, language)
    return name


def _chosen(name: Facet, choices: Sequence[str], **others: Any) -> Field:
    """Return a row whose values are these, which say by themselves what they are of."""
    form, example = re.compile("|".join(choices)), f"{', '.join(choices[:-1])} or {choices[-1]}"
    return Field(name, terse=True, form=form, example=example, metavar=name.upper(), choices=tuple(choices), **others)


_SPEAKER_KINDS = {
    "person": "a person", "organisation": "an organisation", "unnamed": "somebody unnamed", "joint": "several together",
}  # fmt: skip
_ROWS = (
    Field(
        "speaker",
        heading="Speaker",
        before="with",
        denied="without",
        none="no speaker",
        without="without a speaker",
        some="with a speaker",
    ),
    _chosen(
        "speakerkind",
        SPEAKER_KINDS,
        heading="Speaker’s kind",
        before="by",
        denied="not by",
        none="no speaker of a kind",
        without="without a speaker of a kind",
        some="with a speaker of a kind",
        said=lambda statement: statement.speaker_kind,
        label=lambda kind: _SPEAKER_KINDS.get(kind, kind),
    ),
    _chosen(
        "act",
        SPEECH_ACTS,
        heading="Act",
        before="told as",
        denied="not told as",
        none="no act",
        without="without an act",
        some="with an act",
        said=lambda statement: statement.speech_act,
    ),
    Field(
        "verb",
        heading="Verb",
        before="told by",
        denied="not told by",
        none="no verb",
        without="told without a verb",
        some="told by a verb",
        said=lambda statement: statement.base,
    ),
    _chosen(
        "kind",
        KINDS,
        heading="Kind",
        before="in",
        denied="not in",
        none="no kind",
        without="without a kind",
        some="with a kind",
        said=lambda statement: statement.kind,
        label="{} speech".format,
    ),
    _chosen(
        "confidence",
        CONFIDENCES,
        heading="Confidence",
        before="attributed with",
        denied="not attributed with",
        none="no confidence",
        without="without confidence",
        some="with some confidence",
        said=lambda statement: statement.sureness,
        label="{} confidence".format,
    ),
    Field(
        "source",
        heading="Source",
        before="from",
        denied="not from",
        none="no source",
        without="without a source",
        some="with a source",
        value=lambda article: article.source or "",
    ),
    Field(
        "place",
        heading="Place",
        before="from",
        denied="not from",
        none="no place",
        without="without a place",
        some="with a place",
        value=lambda article: article.place or "",
    ),
    Field(
        "year",
        heading="Year",
        before="published in",
        denied="not published in",
        none="undated",
        without="undated",
        some="dated",
        value=lambda article: article.year,
        terse=True,
        by_value=True,
        form=re.compile("[0-9]{4}"),
        example="a year such as 2021",
        metavar="YYYY",
    ),
    Field(
        "language",
        heading="Language",
        before="in",
        denied="not in",
        none="language not known",
        without="in a language not known",
        some="in a known language",
        value=lambda article: "" if article.language == "und" else article.language,
        label=_in_english,
        terse=True,
        form=re.compile("[a-z]{2,3}"),
        example="the code of a language such as en",
        metavar="CODE",
    ),
)
FIELDS: Mapping[Facet, Field] = {field.name: field for field in _ROWS}  # in the order in which they are shown
FACETS: tuple[Facet, ...] = tuple(FIELDS)
VALUE_OF: Mapping[Facet, Callable[[Article], str]] = {  # of those with exactly one value an article
    field.name: field.value for field in _ROWS if field.value
}
SAID_OF: Mapping[Facet, Callable[[Statement], str]] = {  # of those with exactly one value a statement of its own
    field.name: field.said for field in _ROWS if field.said
}
