"""The profile: what it learns is the same for any order of files and any number of processes."""

import random

import pytest
from raws import raw_of

from searchapp.errors import IndexFault
from searchapp.ingest import profile as module
from searchapp.ingest.profile import Profile, line_key, site_of
from searchapp.ingest.raw import Raw


def archive(count: int = 60) -> list[Raw]:
    notice = "Subscribe to the North Post for four crowns a week"
    return [
        raw_of(
            f"Story number {chr(97 + number % 26)}{number} about a ferry\n{notice}\nPublished 2{number % 8}/03/2021",
            id=str(number),
            url=f"https://www.post{number % 3}.example/a/{number}",
        )
        for number in range(count)
    ]


def test_order_and_processes_do_not_matter(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_SITE_ARTICLES", 5)
    monkeypatch.setattr(module, "MAX_WORD_ARTICLES", 7)
    monkeypatch.setattr(module, "MAX_SITES", 2)
    raws = archive()
    whole = Profile.of(raws).to_bytes()
    for seed in range(5):
        random.Random(seed).shuffle(raws)
        cut = 7 + seed * 9
        parts = Profile.of(raws[:cut]), Profile.of(raws[cut:])
        assert parts[seed % 2].merge(parts[1 - seed % 2]).to_bytes() == whole


def test_it_is_known_which_articles_of_a_site_hold_a_line() -> None:
    profile = Profile.of(archive())
    notice = line_key("Subscribe to the NORTH POST for 4 crowns a week!")
    holders = profile.holders("post0.example")
    assert notice not in holders  # "four" is not "4"
    assert line_key("Story number a0 about a ferry") not in holders, "a single article has it"
    assert holders[line_key("subscribe to the north post for four crowns a week")] == 2**20 - 1
    assert profile.articles("post0.example") == 20
    assert profile.holders("elsewhere.example") == {}


def test_words_of_several_articles_are_known() -> None:
    profile = Profile.of([raw_of("The Velikanov plan", id="1"), raw_of("velikanov and the Amsel plan", id="2")])
    assert profile.knows("Velikanov")
    assert not profile.knows("Amsel")
    assert not Profile().knows("the")


def test_a_site_shows_its_order_of_day_and_month() -> None:
    profile = Profile.of(archive())
    assert profile.day_first("post1.example") is True
    assert profile.day_first("elsewhere.example") is None


def test_bytes_and_back() -> None:
    profile = Profile.of(archive())
    assert Profile.from_bytes(profile.to_bytes()) == profile
    assert Profile.from_bytes(Profile().to_bytes()) == Profile()
    for damaged in (b"nonsense", b""):
        with pytest.raises(IndexFault, match="Rebuild the index"):
            Profile.from_bytes(damaged)


def test_site_is_host_then_source_then_folder() -> None:
    assert site_of(raw_of("x", url="https://www.post.example/a", source="Post")) == "post.example"
    assert site_of(raw_of("x", source="Post", path="Herald/a.txt")) == "Post"
    assert site_of(raw_of("x", path="Herald/2021/a.txt")) == "Herald"
    assert site_of(raw_of("x", path="a.txt")) == ""
