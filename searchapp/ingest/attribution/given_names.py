"""Given names of the world's languages.

They stand in ``given_names.txt.gz``, a line each for men (m), for women (f) and for both (x). It is made from the names
of children born in the United States that their Social Security Administration counts (19 of 20 or more of one sex) and
from the lists of some fifty languages in the library Faker.
"""

import gzip
from functools import cache
from importlib.resources import files


@cache
def given_names() -> dict[str, str]:
    """Return the given names, folded, each with its kind: m, f or x."""
    packed = files("searchapp.ingest.attribution").joinpath("given_names.txt.gz").read_bytes()
    kinds: dict[str, str] = {}
    for line in gzip.decompress(packed).decode().splitlines():
        kind, *names = line.split(" ")
        kinds.update(dict.fromkeys(names, kind))
    return kinds
