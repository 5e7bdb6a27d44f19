"""The archivist's synonyms: words.toml."""

from pathlib import Path

from searchapp.analysis import terms
from searchapp.errors import BadWords
from searchapp.ingest.archivist import Wrong, tables_of, told

MOST_TERMS = 10  # of one word or phrase
Group = tuple[str, ...]


def load_words(path: Path) -> tuple[Group, ...]:
    """Read words.toml: a line for each word, with the word (or the list of words) that means the same.

    Raises ``BadWords``, which names the line and the key.
    """
    text, table = tables_of(path, BadWords)
    groups = []
    for word, meant in table.items():
        try:
            groups.append(_group(word, meant))
        except Wrong as wrong:
            raise BadWords(told(path, text, word, wrong.key, str(wrong))) from None
    return tuple(groups)


def _group(word: str, meant: object) -> Group:
    if isinstance(meant, dict):
        raise Wrong(
            None, f'a word cannot be a table, and a dot in a word needs quotation marks: write "{word}" = "..."'
        )
    given = meant if isinstance(meant, list) else [meant]
    others = [each for each in given if isinstance(each, str)]
    if not others or len(others) < len(given):
        raise Wrong(None, 'what a word means must be a text or a list of texts: "EU" = "European Union"')
    for each in (word, *others):
        if not 0 < len(terms(each)) <= MOST_TERMS:
            raise Wrong(None, f"{each!r} must be one to {MOST_TERMS} words with a letter or digit")
    if same := next((each for each in others if terms(each) == terms(word)), None):
        raise Wrong(None, f"{same!r} is found by {word!r} as it is; leave it out")
    return (word, *others)
