"""Everything that can go wrong in a way its user should read: one small tree, one clear sentence each."""


class SearchappError(Exception):
    """The root. Its text is one sentence that says what is wrong and what to do."""


class BadSetting(SearchappError):
    """A setting is unknown or malformed."""


class BadRequest(SearchappError):
    """A parameter of a search (page, date, sort, ...) is malformed."""


class QueryFault(BadRequest):
    """A query cannot be read.

    ``start`` and ``end`` tell where in the query (code points, half-open); ``mended`` is a query that can be
    read and is probably meant, or None.
    """

    def __init__(self, sentence: str, start: int, end: int, mended: str | None = None) -> None:
        super().__init__(sentence)
        self.start, self.end, self.mended = start, end, mended


class NoLongerHeld(SearchappError):
    """What a program pages through has changed, so that its next page would not fit those before."""


class Rejected(SearchappError):
    """A raw file, or a line of one, cannot become an article; the text is the reason."""


class Withdrawn(Rejected):
    """Who published an item has taken it back, with all its versions up to ``seen``: a time in UTC as ISO 8601 writes
    it; "" if it tells none, and so means all of them."""

    def __init__(self, sentence: str, seen: str = "") -> None:
        super().__init__(sentence)
        self.seen = seen


class RejectedForNow(Rejected):
    """It cannot this time, and may the next, though it stays as it is: an embargo ends, a fault of ours is mended."""


class Unreadable(RejectedForNow):
    """A raw file cannot be read this time; so what it gave before is not known to be gone."""


class BadNotes(SearchappError):
    """A file of the archivist's has an error; the text names its line and key."""


class BadPeople(BadNotes):
    """It is people.toml."""


class BadSources(BadNotes):
    """It is sources.toml."""


class BadWords(BadNotes):
    """It is words.toml."""


class BadCorrections(BadNotes):
    """It is corrections.toml."""


class BadAlerts(BadNotes):
    """It is a file of saved searches."""


class AlertsStopped(SearchappError):
    """What alerts remember cannot be used, or some of what is new could not be sent."""


class BadExport(SearchappError):
    """What should be read back is no export of an archive, or not all of one."""


class BadColumns(BadNotes):
    """It is a columns.toml."""


class IndexFault(SearchappError):
    """Something is wrong with the index. The text may name a path or a command; ``for_strangers`` names none."""

    for_strangers = "The archive cannot be searched just now. The server's log says why."


class IndexMissing(IndexFault):
    """There is no index yet; the text says which command builds it."""

    for_strangers = "There is nothing to search yet: the archive has no index. The server's log says how to build it."


class IndexOutdated(IndexFault):
    """Another version of this program wrote the index. It cannot be read, but for the ``corpus`` that it was built from
    and how many ``articles`` it holds."""

    for_strangers = "The index is of another version of this program. The server's log says how to build it anew."

    def __init__(self, sentence: str, corpus: str, articles: int) -> None:
        super().__init__(sentence)
        self.corpus, self.articles = corpus, articles


class IndexDamaged(IndexFault):
    """Bytes of the index are not what was written. ``corpus`` and ``articles`` tell what it held, "" and 0 where not
    even that is known."""

    for_strangers = "The index is damaged. The server's log says how to mend it."

    def __init__(self, sentence: str, corpus: str = "", articles: int = 0) -> None:
        super().__init__(sentence)
        self.corpus, self.articles = corpus, articles


class EngineFailed(IndexFault):
    """The library of an engine failed though the index is whole: a fault of the program."""


class IndexBusy(IndexFault):
    """Another process is writing to the index."""


class EngineUnavailable(IndexFault):
    """The engine cannot be reached just now."""

    for_strangers = "The search engine does not answer just now: ask for less, or try again in a moment."


class OutOfTime(SearchappError):
    """A request has used up the ``seconds`` it may take, or waited so long for others."""

    def __init__(self, seconds: float) -> None:
        super().__init__(
            f"This was not done within {seconds:g} seconds, and was stopped: ask for fewer words or rarer ones, write "
            "more letters before a *, or try again later, when fewer others search."
        )


class Overloaded(SearchappError):
    """More is asked than can be answered at a time."""


class TooOften(SearchappError):
    """One client asks, or tries, more often than it may; ``seconds`` later it may again."""

    def __init__(self, sentence: str, seconds: int) -> None:
        super().__init__(sentence)
        self.seconds = seconds


class UnsupportedQuery(SearchappError):
    """This engine cannot answer this query exactly, and refuses to approximate."""


class CorpusFault(SearchappError):
    """The corpus is missing or empty, or not the one the index was built from."""


class WorkStopped(SearchappError):
    """A process that shared the work was killed, memory ran out, or there is no room for temporary files."""
