"""Why a field of a raw article was left out or not believed, in the words that people read."""

from enum import StrEnum


class Notice(StrEnum):
    """What was wrong with a field. The article was kept all the same."""

    # Days
    NO_DAY = "no day that can be read"
    FUTURE = "a day in the future"
    TOO_EARLY = "a day too long ago to be believed"
    # Addresses and ids
    NO_ADDRESS = "no web address"
    ADDRESS_AS_SOURCE = "a web address, which names no outlet"
    NO_ID = "an id that cannot stand in a link"
    # Anything
    NO_VALUE = "a word for nothing, such as None or N/A"
    NO_TEXT = "not a text"
    NO_LIST = "not a list of names"
    TOO_LONG = "too long"
    # The text
    ONLY_SUMMARY = "only a summary was there"
    CUT_OFF = "cut off by where it comes from"
