#!/bin/sh
# tantivy 0.27.0 (Python): a phrase that repeats a word ("dada dada", "Baden Baden", "bye bye") with a slop of 1 or more
# finds every text in which the word stands once: one and the same place counts for both. A guess would be that two
# words of a phrase need two places, as without a slop, where only the text with both is found.
#
# Hurts whoever offers "words within n words of each other" on tantivy by way of slop: names and titles of one word twice
# find whatever has it once, counts and facets with them, and the more the commoner the word. Ask for two different
# positions instead: a phrase of (0, word), (m, word) with a slop of m - 1 or less cannot fold onto one place, and
# finds words 1 to 2m - 1 apart.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet tantivy==0.27.0
"$folder/venv/bin/python" - <<'END'
from importlib.metadata import version

from tantivy import Document, Index, Query, SchemaBuilder

builder = SchemaBuilder()
builder.add_text_field("text", stored=True, tokenizer_name="whitespace")
schema = builder.build()
index = Index(schema)
writer = index.writer(15_000_000, 1)
for text in ("the baden baden line", "the baden line", "baden and again baden", "the other line"):
    document = Document()
    document.add_text("text", text)
    writer.add_document(document)
writer.commit()
index.reload()
searcher = index.searcher()


def found(words: list[tuple[int, str]], slop: int) -> list[str]:
    hits = searcher.search(Query.phrase_query(schema, "text", words, slop=slop), 10).hits
    return sorted(searcher.doc(address)["text"][0] for _, address in hits)


beside = [(0, "baden"), (1, "baden")]
seen = found(beside, 0), found(beside, 1), found([(0, "baden"), (2, "baden")], 1)
print(f"tantivy {version('tantivy')}: {seen}")
assert seen == (
    ["the baden baden line"],
    ["baden and again baden", "the baden baden line", "the baden line"],
    ["baden and again baden", "the baden baden line"],
), "the behaviour has changed"
END
