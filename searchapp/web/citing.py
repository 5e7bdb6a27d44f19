"""Citations as answers: what stands on a page to copy, and the files that reference managers read."""

import json
from collections.abc import Callable

from flask import Response

from searchapp.answers import citations
from searchapp.answers.address import article_path, statement_path
from searchapp.answers.citations import Citation
from searchapp.article import Article, Statement
from searchapp.web.links import here, host

_FORMS: dict[str, tuple[str, Callable[[Citation], str]]] = {
    ".bib": ("application/x-bibtex", citations.bibtex),
    ".ris": ("application/x-research-info-systems", citations.ris),
    ".csl.json": (
        "application/vnd.citationstyles.csl+json",
        lambda citation: json.dumps(citations.csl(citation), ensure_ascii=False),
    ),
}


def parted(identity: str) -> tuple[str, str]:
    """Return an id and the ending behind it that names a form of citation, "" for none."""
    ending = next((each for each in _FORMS if identity.endswith(each)), "")
    return identity.removesuffix(ending), ending


def citation_of(article: Article, statement: Statement | None = None) -> Citation:
    """Return how an article, or a statement in it, is cited, with the full address of its page."""
    path = statement_path(statement.id) if statement else article_path(article.id)
    return citations.cited(article, host() + here(path), statement)


def file(ending: str, article: Article, statement: Statement | None = None) -> Response:
    """Return a citation as a file in the form that ``ending`` names."""
    kind, write = _FORMS[ending]
    citation = citation_of(article, statement)
    named = {"Content-Disposition": f'attachment; filename="{citation.key}{ending}"'}
    return Response(write(citation), content_type=f"{kind}; charset=utf-8", headers=named)
