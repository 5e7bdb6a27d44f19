"""The list of every sentence is whole, and its collector sees what it should."""

import difflib

from tests import sentences


def test_the_list_is_what_the_code_says() -> None:
    listed, said = sentences.FILE.read_text("utf8").splitlines(), sentences.written().splitlines()
    changed = list(difflib.unified_diff(listed, said, "docs/sentences.md", "the code", n=0, lineterm=""))
    advice = "Read what is new aloud, mend it, then write the list with: make sentences"
    assert not changed, "\n".join((advice, *changed))


def test_whatever_is_said_is_collected() -> None:
    code = '''
"""A docstring that nobody is told."""
from enum import StrEnum

class Reason(StrEnum):
    """Why something was cut."""
    CAPTION = "caption"
    LINK = "related link"

@click.command()
@click.option("--all", help="Everything.")
def walk(how: str = "on foot and far") -> None:
    """Walk a while.

    \\b
    Examples:
      searchapp walk
    """
    sentence = f"There is no {how} today{'' if how else ', nor tomorrow'}."
    raise Rejected("Lost.")

def rest(chosen: dict[str, str]) -> str:
    """Another docstring."""
    chosen["the long way"] = re.compile(r"the (long|short) way")
    return "not said"
'''
    assert sentences.in_code(code, "searchapp/walks.py") == [
        "caption",
        "related link",
        "Everything.",
        "Walk a while.",
        "on foot and far",
        "There is no {…} today{…}.",
        ", nor tomorrow",
        "Lost.",
        "the long way",
        "not said",
    ]


def test_whatever_a_template_shows_is_collected() -> None:
    page = """
{# A remark that is not shown. #}
{% block kind %}reading{% endblock %}
<p class="quiet">{{ count }} of <b>these</b> articles{% if more %}, and more{% else %}, no more{% endif %}.</p>
<nav aria-label="Other pages"><a href="/">{{ title or "An untitled page" }}</a></nav>
"""
    assert sentences.in_template(page) == [
        "{…} of these articles, and more",
        ", no more.",
        "An untitled page",
        "Other pages",
    ]
