"""Why something is cut from an article, in the words that its readers see."""

from enum import StrEnum
from typing import Final


class Reason(StrEnum):
    """What a block that is cut was taken for."""

    # The headline, and what stands where headlines do
    REPEATED_HEADLINE = "repeated headline"
    REPEATED_LEAD = "standfirst repeats the lead"
    SECTION_NAME = "section name"
    STANDFIRST = "standfirst"
    SUBHEADLINE = "subheadline"
    # What a newsroom writes for editors
    SLUG = "slug"
    TAKE = "take"
    # Who wrote it, where and when
    BYLINE = "byline"
    CREDITS = "credits"
    DATE_LINE = "date line"
    DATELINE = "dateline"
    END_MARK = "end mark"
    MASTHEAD = "masthead"
    SOURCE_LINE = "source line"
    ADDRESS = "address of the article"
    # Pictures
    CAPTION = "caption"
    PHOTO_CREDIT = "photo credit"
    # Other stories
    OTHER_STORIES = "other stories"
    RELATED_HEADLINE = "related headline"
    RELATED_LINK = "related link"
    TEASER = "teaser"
    # The page and its publisher
    BOILERPLATE = "boilerplate of the site"
    BREAK = "break"
    CACHE_NOTICE = "cache notice"
    COOKIE_NOTICE = "cookie notice"
    IMPRINT = "imprint"
    INTERRUPTION = "interruption"
    MENU = "menu or control"
    NOTICE = "notice"
    PAYWALL = "call to subscribe"
    SHARE_CONTROLS = "share controls"
    # What a press database writes around an article
    ABSTRACT = "abstract"
    COPYRIGHT = "copyright notice"
    COVER_PAGE = "cover page"
    INDEX_TERMS = "index terms"
    RECORD = "record of the database"
    # What a document or a page sets apart
    CUT_OFF = "cut off by where it comes from"
    LEFT_OUT = "not in the main text"
    RUNNING = "page header or footer"
    STRUCK = "struck out"
    # What shows no more than where it stands
    ABOVE = "before the article"
    BELOW = "after the article"


SIGNATURES: Final = frozenset({Reason.BYLINE, Reason.DATE_LINE})
PICTURES: Final = frozenset({Reason.CAPTION, Reason.PHOTO_CREDIT})
LINKS: Final = frozenset({Reason.OTHER_STORIES, Reason.RELATED_LINK})
CONTROLS: Final = frozenset({Reason.MENU, Reason.SHARE_CONTROLS})
# What also belongs to articles, and so is no sign of a page around one.
ARTICLE_PARTS: Final = SIGNATURES | {
    Reason.ADDRESS,
    Reason.BREAK,
    Reason.CAPTION,
    Reason.CREDITS,
    Reason.INTERRUPTION,
    Reason.MASTHEAD,
    Reason.REPEATED_HEADLINE,
    Reason.SECTION_NAME,
    Reason.SOURCE_LINE,
}
# What may be all that a flash has besides its headline.
HEADLINES: Final = frozenset({Reason.ABOVE, Reason.RELATED_HEADLINE, Reason.REPEATED_HEADLINE})
# What tells of a day that is not the article's own, or tells again what its body tells.
UNDATED: Final = PICTURES | {Reason.ADDRESS, Reason.REPEATED_LEAD}
