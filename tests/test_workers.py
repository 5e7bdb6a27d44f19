"""Work in several processes gives what one would, in order, and says when a process dies."""

import os
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from itertools import chain

import pytest

from searchapp.article import Removed
from searchapp.errors import WorkStopped
from searchapp.ingest.dating.stamps import Stamped
from searchapp.ingest.raw import Raw
from searchapp.workers import CHUNK, CHUNK_SIZE, SURELY_QUICK, WORTH_IT, Spool, in_turn, in_workers

ENOUGH = CHUNK * WORTH_IT + 7


def total(chunk: Sequence[int]) -> tuple[int, int]:
    return sum(chunk), os.getpid()


def size(_: int) -> int:
    return 1


def die(_: Sequence[int]) -> None:
    os._exit(9)


def hang_on_some(chunk: Sequence[int]) -> list[str]:
    told = []
    for item, took_too_long in in_turn(chunk):
        while item in (3, ENOUGH - 1) and not took_too_long:
            pass
        told.append(f"{item} took too long" if took_too_long else str(item))
    return told


@pytest.mark.slow
@pytest.mark.parametrize("jobs", [1, 2])
def test_an_item_that_takes_too_long_is_left_out_and_the_rest_goes_on(jobs: int) -> None:
    made = chain.from_iterable(in_workers(hang_on_some, iter(range(ENOUGH)), jobs, lambda _: SURELY_QUICK + 1, 0.3))
    expected = list(map(str, range(ENOUGH)))
    for each in (3, ENOUGH - 1):
        expected[each] += " took too long"
    assert list(made) == expected


@pytest.mark.parametrize("items", [0, 1, CHUNK, ENOUGH])
@pytest.mark.parametrize("jobs", [1, 2])
def test_the_number_of_jobs_changes_nothing(items: int, jobs: int) -> None:
    sums = [made for made, _ in in_workers(total, iter(range(items)), jobs, size)]
    assert sums == [sum(range(items)[at : at + CHUNK]) for at in range(0, items, CHUNK)]


def test_much_work_is_done_in_other_processes() -> None:
    assert os.getpid() not in {process for _, process in in_workers(total, iter(range(ENOUGH)), 2, size)}


def test_large_items_are_handed_out_few_at_a_time() -> None:
    taken = []

    def items() -> Iterator[int]:
        for each in range(20):
            taken.append(each)
            yield each

    lengths = []
    for chunk in in_workers(list, items(), 1, lambda _: CHUNK_SIZE // 2):
        lengths.append(len(chunk))
        assert len(taken) <= 2 * (WORTH_IT + len(lengths))
    assert lengths == [2] * 10


def test_a_killed_process_is_told_in_one_sentence() -> None:
    with pytest.raises(WorkStopped, match="--jobs 1"):
        list(in_workers(die, iter(range(ENOUGH)), 2, size))


def test_a_spool_gives_back_what_it_was_given_as_often_as_asked() -> None:
    with Spool[str]() as spool:
        for word in ("one", "two"):
            spool.write(word)
        assert (list(spool), list(spool), spool.length) == (["one", "two"], ["one", "two"], 2)


def test_what_a_queue_gives_back_is_what_it_was_given() -> None:
    day = Stamped(date(2021, 4, 27), date(2021, 4, 27), "day", "metadata", datetime(2021, 4, 27, 22, tzinfo=UTC))
    raw = Raw("a", "a.txt", 3, "0f", "Rain fell.", published=day, removed=(Removed("Menu", "menu"),), seen="2021-04-27")
    with Spool[Raw]() as raws:
        raws.write(raw)
        (given,) = raws
    assert given == raw
    assert isinstance(given.published, Stamped)
