#!/bin/sh
# feedparser 6.0.14: an author's address whose last part has more than four letters is cut in the middle, and its rest is
# put before the name: "desk@courier.agency (Ilse Varga)", the form that RSS 2.0 gives for an author, becomes the name
# "cy (Ilse Varga" with the address "desk@courier.agen". The same for .media, .london or .museum, and in dc:creator. A
# guess would be that the name is what stands in brackets, as it is for .com or .news.
#
# Hurts whoever groups a feed's entries by entry.authors: a paper under such a domain has only authors that nobody is
# called, each another one than in the paper's other feeds. entry.author has the text as it was written.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet feedparser==6.0.14
"$folder/venv/bin/python" - <<'END'
import feedparser

FEED = "<rss version='2.0'><channel><item><title>Harbour</title><author>{}</author></item></channel></rss>"


def authors(written: str) -> list[tuple[str, str]]:
    entry = feedparser.parse(FEED.format(written)).entries[0]
    return [(author.name, author.email) for author in entry.authors]


seen = authors("desk@courier.news (Ilse Varga)"), authors("desk@courier.agency (Ilse Varga)")
print(f"feedparser {feedparser.__version__}: {seen}")
assert seen == (
    [("Ilse Varga", "desk@courier.news")],
    [("cy (Ilse Varga", "desk@courier.agen")],
), "the behaviour has changed"
END
