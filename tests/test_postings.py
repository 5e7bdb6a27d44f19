"""Our reading of Whoosh's posting blocks agrees with Whoosh's own matchers."""

import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from whoosh.index import open_dir

from searchapp.engines.whoosh import postings
from searchapp.engines.whoosh.postings import BODY, Segment, SegmentWriter, blocks, occurrences
from searchapp.errors import IndexFault

WORDS = ("grain", "harbour", "vote", "voted", "of", "đại", "x" * 100, "日本")


def texts() -> list[list[str]]:
    rng = random.Random(3)
    return [rng.choices(WORDS, [9, 5, 5, 2, 20, 1, 1, 1], k=rng.randrange(40)) for _ in range(300)]


@pytest.fixture(scope="module", params=[3, 128, 4096])
def segment(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The path of a segment with this many postings a block: the first word of a text is its title."""
    path = tmp_path_factory.mktemp("written") / "segment"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(postings, "BLOCK", request.param)
        writer = SegmentWriter(path)
        for number, words in enumerate(texts()):
            writer.add(f"id{number}", occurrences(((0, words[:1]), (BODY, words[1:]))), f"text {number}".encode())
        writer.commit()
        yield path


@pytest.mark.parametrize("word", WORDS)
def test_rows_are_those_of_whooshs_matcher(segment: Path, word: str) -> None:
    reader = open_dir(segment.parent, segment.name).reader()
    expected = list(reader.postings("tokens", word).all_ids())
    reader.close()
    assert Segment(segment).postings([word]).rows.tolist() == expected


@pytest.mark.parametrize("word", WORDS)
def test_positions_are_those_of_the_words(segment: Path, word: str) -> None:
    rows, starts, positions = Segment(segment).postings([word])
    ends = [*starts[1:].tolist(), len(positions)]
    found = {
        row: positions[start:end].tolist() for row, start, end in zip(rows.tolist(), starts.tolist(), ends, strict=True)
    }
    expected = {}
    for row, text in enumerate(texts()):
        places = [place - 1 + BODY if place else 0 for place, each in enumerate(text) if each == word]
        if places:
            expected[row] = places
    assert found == expected


def test_several_words_are_read_one_after_another(segment: Path) -> None:
    opened = Segment(segment)
    one, other = opened.postings(["vote"]), opened.postings(["voted"])
    both = opened.postings(["vote", "unheard", "voted"])
    assert both.rows.tolist() == [*one.rows, *other.rows]
    assert both.positions.tolist() == [*one.positions, *other.positions]
    assert both.starts.tolist() == [*one.starts, *(other.starts + len(one.positions))]
    assert not len(opened.postings(["unheard"]).rows)


def test_the_lexicon_knows_stems_prefixes_and_spellings(segment: Path) -> None:
    opened, rows = Segment(segment), [set(text) for text in texts()]
    in_rows = {word: sum(word in text for text in rows) for word in WORDS}
    assert sorted(opened.spelled("vote")) == ["vote", "voted"]
    assert opened.spelled("unheard") == []
    assert opened.beginning("vo") == [("vote", in_rows["vote"]), ("voted", in_rows["voted"])]
    assert opened.beginning("日") == [("日本", in_rows["日本"])]
    assert opened.near("ovte", 1) == [("vote", in_rows["vote"])]
    assert opened.near("ovted", 2) == [("vote", in_rows["vote"]), ("voted", in_rows["voted"])]


def test_rows_have_ids_and_stored_bytes(segment: Path) -> None:
    opened = Segment(segment)
    assert opened.rows_of("id17") == [17]
    assert opened.rows_of("nobody") == []
    assert opened.stored(17) == b"text 17"
    assert opened.size == 300


def test_damaged_blocks_are_refused() -> None:
    with pytest.raises(IndexFault, match="damaged"):
        list(blocks(b"not a block at all"))
