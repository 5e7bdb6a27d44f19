#!/bin/sh
# fastfeedparser 0.6.5: an entry of Atom that says only when it was updated gets that as its day of publication too, and
# of several authors only the first is kept. RFC 4287 makes "updated" the one day that every entry has and "published"
# optional, so many feeds give no other; a guess would be that "published" is missing then, as in feedparser.
#
# Hurts whoever dates articles by feeds: one of 2019 in which a comma was mended in 2021 is published in 2021, and
# nothing tells it from one that says so. And whoever asks who wrote what: the second author has written nothing.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet fastfeedparser==0.6.5
"$folder/venv/bin/python" - <<'END'
from importlib.metadata import version

import fastfeedparser

FEED = """<feed xmlns="http://www.w3.org/2005/Atom"><title>The Quell Courier</title><id>urn:courier</id>
<updated>2021-05-02T10:00:00Z</updated><entry><title>Harbour</title><id>urn:courier:1</id>
<link href="https://courier.example/harbour"/><updated>2021-05-02T10:00:00Z</updated><author><name>Ilse Varga</name>
</author><author><name>Oskar Lind</name></author><content>Bread is dear.</content></entry></feed>"""

entry = fastfeedparser.parse(FEED).entries[0]
seen = entry.get("published"), [author["name"] for author in entry["authors"]]
print(f"fastfeedparser {version('fastfeedparser')}: {seen}")
assert seen == ("2021-05-02T10:00:00+00:00", ["Ilse Varga"]), "the behaviour has changed"
END
