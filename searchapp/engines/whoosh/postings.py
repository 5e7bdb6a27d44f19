"""Segments of Whoosh 2.7.4, written our way and read whole into numpy arrays.

Whoosh's matchers walk postings one object at a time, and that is what is slow about it. Here a word's blocks are
read at once. That leans on three private things of its W3Codec (of 2016, frozen, and pinned): the layout of a
block (``W3PostingsWriter._write_block``), where a segment keeps its blocks, and the pool a writer sorts in.
"""

import mmap
import pickle
import warnings
import zlib
from array import array
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from io import BytesIO
from pathlib import Path
from struct import unpack
from threading import Lock
from typing import Any, NamedTuple
from weakref import WeakValueDictionary, finalize

import msgspec
import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA
from rapidfuzz.process import cdist

from searchapp import budget
from searchapp.analysis import stem
from searchapp.errors import IndexFault
from searchapp.written import is_form

with warnings.catch_warnings(action="ignore"):  # of its syntax, wherever no bytecode is kept
    from whoosh.codec.whoosh3 import WHOOSH3_HEADER_MAGIC, W3Codec
    from whoosh.fields import ID, STORED, FieldType, Schema
    from whoosh.formats import Format
    from whoosh.index import create_in, open_dir
    from whoosh.reading import TermNotFound
Int64s = NDArray[np.int64]
BODY = 1 << 30  # where the positions of a body begin; those of a title begin at 0, so no phrase crosses over
LAST = 1 << 31  # marks the last position of a word in a row
BLOCK = 1 << 12  # postings a block; a word is always read whole, so larger ones than Whoosh's 128 save work
_LIST_BYTES = 400  # what a word costs while a segment is written, besides its postings


class Postings(NamedTuple):
    """Where words stand. The positions in ``rows[i]`` are ``positions[starts[i]:starts[i + 1]]``.

    The rows of one word ascend, and each comes once. Those of several words follow each other, word by word.
    """

    rows: Int64s
    starts: Int64s
    positions: NDArray[np.uint32]


class Tokens(FieldType):  # type: ignore[misc]
    """A Whoosh field whose value maps each word to its positions, ascending and below ``LAST``."""

    def __init__(self) -> None:
        super().__init__(_Positions(), None)

    def index(self, value: Mapping[str, Sequence[int]], **_: object) -> Iterator[tuple[bytes, int, float, bytes]]:
        """Yield a posting for each word. How often it stands there follows from its positions, so the weight
        is left at 1, which Whoosh does not store."""
        for word, positions in value.items():
            marked = array("I", positions)
            marked[-1] |= LAST
            yield word.encode(), len(marked), 1.0, marked.tobytes()


class _Positions(Format):  # type: ignore[misc]
    posting_size = 4  # a positive size makes Whoosh store the values of a block joined, as bytes; ours are multiples


FIELDS = Schema(id=ID(unique=True), stored=STORED, tokens=Tokens())


def occurrences(runs: Iterable[tuple[int, Iterable[str]]]) -> dict[str, list[int]]:
    """Return the positions of each word in runs of words, each with the position of its first one."""
    found: dict[str, list[int]] = defaultdict(list)
    for start, words in runs:
        for position, word in enumerate(words, start):
            found[word].append(position)
    return found


class Keys(msgspec.Struct, array_like=True):
    """The ids of a segment's rows, and the digests that were given with them."""

    ids: list[str] = []
    digests: list[str] = []


class _Lexicon(msgspec.Struct, array_like=True):
    """The words of a segment in ascending order, and where Whoosh keeps the postings of each; and its stems in
    ascending order, with the numbers of the words that have them. The bytes are arrays of ``np.int64``."""

    words: list[str]
    stems: list[str]
    offset: bytes
    size: bytes
    rows: bytes  # in how many a word stands
    titles: bytes  # in how many titles (of statements, in how many at all)
    stem_start: bytes  # where the words of a stem begin in ``stem_word``, and of the last one, where they end
    stem_word: bytes


# Made as the module is loaded: two threads that are the first to decode a type end the process (msgspec 0.22).
_KEYS, _LEXICONS = msgspec.msgpack.Decoder(Keys), msgspec.msgpack.Decoder(_Lexicon)


class SegmentWriter:
    """Writes one segment: files whose names begin with that of ``path``, in a folder that may hold others. ``held``
    is about how many bytes of memory it takes until ``commit``."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._keys = Keys()
        self._titles: Counter[str] = Counter()
        codec = W3Codec(blocklimit=BLOCK)
        codec.length_stats = False  # lengths are a column of ours, and these cost a file access a posting
        self._writer = create_in(path.parent, FIELDS, path.name).writer(codec=codec, compound=False)
        self._writer.pool = self._pool = _Pool()

    @property
    def held(self) -> int:
        return self._pool.held

    def add(
        self, identity: str, words: Mapping[str, Sequence[int]], stored: bytes | None = None, digest: str = ""
    ) -> None:
        """Add a row: its id, the positions of its words, and bytes and a digest to be given back."""
        self._writer.add_document(id=identity, tokens=words, stored=stored)
        self._titles.update([word for word, positions in words.items() if positions[0] < BODY])
        self._keys.ids.append(identity)
        self._keys.digests.append(digest)

    def commit(self) -> None:
        """Write the segment, its lexicon and its keys."""
        self._writer.commit(merge=False)
        self._path.with_name(f"{self._path.name}_WRITELOCK").unlink()
        _file(self._path, "lexicon").write_bytes(msgspec.msgpack.encode(_lexicon(self._path, self._titles)))
        _file(self._path, "keys").write_bytes(msgspec.msgpack.encode(self._keys))

    def cancel(self) -> None:
        """Close the files without finishing them."""
        self._writer.cancel()


class _Pool:
    """Collects postings by word. Rows come in ascending order, so that there is nothing to sort but the words:
    a tenth of the memory and time of the pool of tuples it stands in for."""

    def __init__(self) -> None:
        self._lists: dict[tuple[str, bytes], tuple[array[int], array[int], bytearray]] = {}
        self.held = 0

    def add(self, item: tuple[str, bytes, int, float, bytes]) -> None:
        field, word, row, _, value = item
        found = self._lists.get((field, word))
        if found is None:
            found = self._lists[field, word] = (array("I"), array("I"), bytearray())
            self.held += _LIST_BYTES
        rows, sizes, values = found
        rows.append(row)
        sizes.append(len(value))
        values += value
        self.held += 8 + len(value)

    def iter_postings(self) -> Iterator[tuple[str, bytes, int, float, bytes]]:
        for field, word in sorted(self._lists):
            start = 0
            rows, sizes, values = self._lists[field, word]
            for row, size in zip(rows, sizes, strict=True):
                yield field, word, row, 1.0, bytes(values[start : start + size])
                start += size

    def cleanup(self) -> None:
        self._lists.clear()


def _lexicon(path: Path, titles: Mapping[str, int]) -> _Lexicon:
    reader = open_dir(path.parent, path.name).reader()
    words, extents = [], []
    for (field, word), entry in reader._terms.items_from("tokens", b""):
        if field == "tokens":
            words.append(word.decode())
            offset, (size,) = entry.extent()  # the size in a tuple is an oversight of Whoosh
            extents.append((offset, size, entry.doc_frequency()))
    reader.close()
    by_stem: dict[str, list[int]] = defaultdict(list)
    for number, word in enumerate(words):
        if not is_form(word):
            by_stem[stem(word)].append(number)
    stems = sorted(by_stem)
    columns = (
        *np.array(extents, np.int64).reshape(-1, 3).T,
        np.array([titles.get(word, 0) for word in words], np.int64),
        np.cumsum([0, *(len(by_stem[each]) for each in stems)]),
        np.array([number for each in stems for number in by_stem[each]], np.int64),
    )
    return _Lexicon(words, stems, *(column.tobytes() for column in columns))


class Segment:
    """A written segment: rows from 0, each with an id, words with positions, and stored bytes. Thread-safe.

    ``files`` are the names of its files. They may be cleared away once it is open.
    """

    def __init__(self, path: Path) -> None:
        self.files = [found.name for found in path.parent.glob(f"*{path.name}[._]*")]
        self._reader = open_dir(path.parent, path.name).reader()
        finalize(self, self._reader.close)
        self._lock = Lock()  # Whoosh's files have one place at which they are read
        self.size: int = self._reader.doc_count_all()
        self.stored(0)  # opens what Whoosh would open later
        (blocks,) = (name for name in self.files if name.endswith(W3Codec.POSTS_EXT))
        self._blocks = _mapped(path.with_name(blocks))
        self._keys = _mapped(_file(path, "keys"))
        lexicon = _LEXICONS.decode(_file(path, "lexicon").read_bytes())
        self._words, self._stems = lexicon.words, lexicon.stems
        self._offset, self._size, self._rows, self._titles, self._stem_start, self._stem_word = (
            np.frombuffer(column, np.int64)
            for column in (
                lexicon.offset,
                lexicon.size,
                lexicon.rows,
                lexicon.titles,
                lexicon.stem_start,
                lexicon.stem_word,
            )
        )
        self._by_length: dict[int, list[str]] | None = None

    @cached_property
    def keys(self) -> Keys:
        """The keys of all rows. Only who writes needs them."""
        return _KEYS.decode(self._keys)

    def rows_of(self, identity: str) -> list[int]:
        """Return the rows with this id, ascending."""
        with self._lock:
            try:
                return list(self._reader.postings("id", identity).all_ids())
            except TermNotFound:
                return []

    def stored(self, row: int) -> bytes:
        """Return the bytes stored with a row, or none."""
        with self._lock:
            stored: dict[str, Any] = self._reader.stored_fields(row)
        return stored.get("stored") or b""

    def spelled(self, wanted: str) -> list[str]:
        """Return the words that have this stem."""
        at = bisect_left(self._stems, wanted)
        if at == len(self._stems) or self._stems[at] != wanted:
            return []
        return [self._words[each] for each in self._stem_word[self._stem_start[at] : self._stem_start[at + 1]]]

    def counted(self) -> Iterator[tuple[str, int, int]]:
        """Yield each word, in how many rows it stands, and in how many titles of them."""
        return zip(self._words, self._rows.tolist(), self._titles.tolist(), strict=True)

    def beginning(self, prefix: str) -> list[tuple[str, int]]:
        """Return the words that begin with ``prefix``, and in how many rows each stands."""
        start = bisect_left(self._words, prefix)
        end = bisect_left(self._words, prefix + "\U0010ffff", start)
        return list(zip(self._words[start:end], self._rows[start:end].tolist(), strict=True))

    def near(self, word: str, distance: int) -> list[tuple[str, int]]:
        """Return the words at most ``distance`` edits (optimal string alignment) from ``word``, and in how many
        rows each stands."""
        if self._by_length is None:
            by_length = defaultdict(list)
            for known in self._words:
                if not is_form(known):
                    by_length[len(known)].append(known)
            self._by_length = by_length
        found = []
        for length in range(len(word) - distance, len(word) + distance + 1):
            budget.check()
            choices = self._by_length.get(length, [])
            edits = cdist([word], choices, scorer=OSA.distance, score_cutoff=distance, dtype=np.uint8)
            found += [choices[each] for each in np.flatnonzero(edits[0] <= distance)] if choices else []
        return [(each, int(self._rows[bisect_left(self._words, each)])) for each in found]

    def postings(self, words: Iterable[str]) -> Postings:
        """Return where ``words`` stand; those that are unknown stand nowhere."""
        rows: list[Int64s] = []
        values: list[bytes] = []
        for word in words:
            at = bisect_left(self._words, word)
            if at < len(self._words) and self._words[at] == word:
                offset = int(self._offset[at])
                for steps, joined in blocks(self._blocks[offset : offset + int(self._size[at])]):
                    budget.check()
                    rows.append(np.fromiter(steps, np.int64, len(steps)).cumsum())
                    values.append(joined)
        if not rows:
            return Postings(np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0, np.uint32))
        marked = np.frombuffer(b"".join(values), np.uint32)
        starts = np.flatnonzero(marked >= LAST) + 1
        return Postings(np.concatenate(rows), np.concatenate(([0], starts[:-1])), marked & np.uint32(LAST - 1))


_opened: WeakValueDictionary[tuple[int, int], Segment] = WeakValueDictionary()


def open_segment(path: Path) -> Segment:
    """Return the segment whose files' names begin with that of ``path``: the one that is open, if one is. The
    generations of an index share segments (links to the same files), and opening one costs milliseconds and memory."""
    found = _file(path, "keys").stat()
    file = found.st_dev, found.st_ino  # no other file gets this number while the segment has it mapped
    segment = _opened.get(file)
    if segment is None:
        segment = _opened[file] = Segment(path)
    return segment


def segments(folder: Path, kind: str) -> list[Path]:
    """Return the paths of the segments in a folder whose names begin with that of a kind, in the order of names."""
    return sorted(found.with_suffix("") for found in folder.glob(f"{kind}-*.keys"))


def _file(path: Path, ending: str) -> Path:
    return path.with_name(f"{path.name}.{ending}")


def _mapped(path: Path) -> mmap.mmap:
    with path.open("rb") as file:
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)


def blocks(data: bytes) -> Iterator[tuple[tuple[int, ...], bytes]]:
    """Yield the blocks of one word's postings: row numbers, each as the step from the one before (the first of a
    block from 0), and the values joined. Raises IndexFault when these are no posting blocks."""
    stream = BytesIO(data)
    if stream.read(4) != WHOOSH3_HEADER_MAGIC:
        raise IndexFault("A file of the index is damaged. Rebuild the index with: searchapp reindex")
    last = False
    while not last:
        (length,) = unpack("!i", stream.read(4))
        last = length < 0
        end = stream.tell() + abs(length)
        compressed = pickle.load(stream)[3]
        block = stream.read(end - stream.tell())
        steps, _, joined = pickle.loads(zlib.decompress(block) if compressed else block)
        yield steps, joined
