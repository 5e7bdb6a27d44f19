"""Where the address of a statement leads: to the statement, or to the article that no longer says so."""

from collections.abc import Iterator

from werkzeug.exceptions import Gone, NotFound

from searchapp.article import Article, Statement, cited_key
from searchapp.engines.protocol import Engine


class NoLongerSaid(Gone):
    """The sentence of a statement's id is not in its ``article`` any more, as far as ingest finds it there."""

    def __init__(self, article: Article) -> None:
        super().__init__(
            "The statement with this address is no longer in its article: the text has changed since, it is read "
            f'otherwise now, or it was corrected. The article has the id "{article.id}".'
        )
        self.article = article


def statement_of(engine: Engine, identity: str) -> tuple[Article, Statement]:
    """Return a statement by its id, or by one that it had in the form that went by names of speakers, and its article.

    Raises NoLongerSaid where only the article is known, and NotFound where nothing is.
    """
    article_id = engine.article_of(identity)
    article = engine.get([article_id]).get(article_id) if article_id is not None else None
    if article is None:
        raise NotFound(f'There is no statement "{identity[:200]}" in this archive. Search for its words.')
    statement = next(_called(article, identity), None)
    if statement is None:
        raise NoLongerSaid(article)
    return article, statement


def _called(article: Article, identity: str) -> Iterator[Statement]:
    yield from (each for each in article.statements if each.id == identity)
    if cited_key(identity) == identity:
        yield from (each for each in article.statements if identity in each.former)
