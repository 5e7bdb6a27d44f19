"""The word lists are in order, and every verb in them reports. All persons and events here are invented."""

import re
from itertools import combinations
from pathlib import Path
from typing import get_args

import pytest

from searchapp.article import Act
from searchapp.ingest.attribution import english, lexicon
from searchapp.ingest.attribution.english import lines, pairs, rows, words
from searchapp.ingest.attribution.lexicon import TAGS, described, tag
from searchapp.ingest.attribution.statements import attribute
from searchapp.ingest.attribution.verbs import CUES, KINDS, PLAIN, inflected
from searchapp.ingest.words import word_levels

FOLDER = Path(english.__file__).parent
LISTS = sorted(path.name for path in FOLDER.glob("*.txt"))
TABLES = sorted(path.name for path in FOLDER.glob("*.tsv"))
HEADED = ["adjectives.tsv", "sides.tsv", "utterances.tsv", "verbs.tsv"]  # tables whose first line names their columns
GROUPS = ["nicknames.txt", "transliterations.txt"]  # a group of words a line
VERBS = [row["verb"] for row in rows("verbs.tsv")]
FLAGS = ("inverts", "it_says", "plain")

# No word can be of two of these kinds.
RIVALS = (
    ("auxiliaries", "forms_of_be", "determiners", "prepositions", "conjunctions"),
    ("auxiliaries", "forms_of_be", "pronouns", "prepositions", "conjunctions", "subordinators", "adverbs"),
    ("adverbs", "not_adverbs"),
    ("given_names_men", "given_names_women"),
    ("groups", "roles", "documents"),
    ("parts_of_group_names", "parts_of_thing_names", "documents"),
    ("groups", "parts_of_thing_names"),
    ("places", "people_of_states", "titles"),
    ("places", "people_of_states", "roles"),
    ("name_particles", "name_suffixes", "titles"),
)
# But these are.
OF_BOTH = {
    ("auxiliaries", "adverbs"): {"not"},
    ("pronouns", "adverbs"): {"both"},
    ("prepositions", "subordinators"): {"after", "as", "before", "since", "until"},
    ("prepositions", "adverbs"): {"since"},
    ("conjunctions", "adverbs"): {"yet"},
    ("subordinators", "adverbs"): {"once", "since"},
    ("given_names_men", "given_names_women"): set(
        "ashley dana jamie jan jean jordan kelly kerry kim lee leslie lynn marion morgan nikita pat robin shannon "
        "sidney stacy terry tracy".split()
    ),
    ("groups", "roles"): {"sides"},
    ("parts_of_thing_names", "documents"): {"poll", "report", "survey"},
}

# Forms that are right, though the general word list lacks them.
UNLISTED = {
    "attaches", "fact-check", "fact-checked", "fact-checks", "leant", "mischaracterized", "mischaracterizes",
    "mischaracterizing", "second-guess", "second-guessed", "second-guesses",
}  # fmt: skip


@pytest.mark.parametrize("name", LISTS + TABLES)
def test_a_file_says_what_it_holds_and_is_sorted_without_repeats(name: str) -> None:
    text = (FOLDER / name).read_text(encoding="utf8")
    assert text.startswith("# ")
    assert text.endswith("\n")
    held = lines(name)[1:] if name in HEADED else lines(name)
    heads = [line.split("\t")[0] for line in held]
    assert heads == sorted(set(heads))
    assert all(line == line.strip() for line in held)


@pytest.mark.parametrize("name", LISTS)
def test_a_word_stands_on_a_line_and_a_group_has_several(name: str) -> None:
    for line in lines(name):
        held = line.split(" ")
        assert len(held) > 1 if name in GROUPS else len(held) == 1
        assert len(held) == len(set(held))


def test_every_list_is_read() -> None:
    source = Path(lexicon.__file__).read_text(encoding="utf8")
    read = {name for name in LISTS if f'"{name}"' in source or f'"{name.removesuffix(".txt")}"' in source}
    assert read == set(LISTS)


def test_no_word_stands_in_rival_lists_but_those_named() -> None:
    rivals = {pair for kinds in RIVALS for pair in combinations(kinds, 2)}
    shared = {(one, other): words(one) & words(other) for one, other in rivals}
    assert {pair: set(both) for pair, both in shared.items() if both} == OF_BOTH


def test_no_spelling_and_no_people_is_of_two_names() -> None:
    spellings = [name for line in lines("transliterations.txt") for name in line.split(" ")]
    assert len(spellings) == len(set(spellings))
    peoples = [people for _, peoples in pairs("countries.tsv") for people in peoples]
    assert len(peoples) == len(set(peoples))


def test_every_row_of_a_verb_is_well_formed() -> None:
    for row in rows("verbs.tsv"):
        assert row["kind"] in KINDS
        assert all(row[flag] in ("", "yes") for flag in FLAGS), row
        assert ("phrase" in row["kind"]) <= bool(row["partners"]), row
        for column in ("partners", "not_before"):
            assert row[column].split() == sorted(set(row[column].split())), row


def test_every_verb_does_an_act_that_is_known() -> None:
    for row in (*rows("verbs.tsv"), *rows("adjectives.tsv")):
        acts = [act.rpartition(":")[::2] for act in row["act"].split()]
        assert acts == sorted(set(acts)), row
        assert {act for _, act in acts} < set(get_args(Act)) - {"said"}, row
        if row["partners"]:  # else the verb reports alone, too, and its partners only tell acts apart
            assert {partner for partner, _ in acts} - {""} <= set(row["partners"].split()), row


@pytest.mark.parametrize(
    ("verb", "act"),
    [("denied", "denied"), ("urges", "demanded"), ("vowing", "promised"), ("praised", "praised"), ("said", "said"),
     ("asks", "asked"), ("declined", "declined"), ("agrees", "agreed"), ("apologised", "apologised"),
     ("thanked", "thanked"), ("warns", "warned"), ("berated", "criticised"),
     ("recommends", "proposed"), ("fears", "thought")],
)  # fmt: skip
def test_what_a_verb_does_stands_in_its_row(verb: str, act: str) -> None:
    assert CUES[verb].act == act


def test_what_a_noun_does_is_known() -> None:
    assert {row["act"] for row in (*rows("utterances.tsv"), *rows("sides.tsv"))} <= set(get_args(Act)) | {""}


def test_every_row_of_an_adjective_is_well_formed() -> None:
    for row in rows("adjectives.tsv"):
        assert row["partners"], row
        assert row["partners"].split() == sorted(set(row["partners"].split())), row


def test_a_partner_can_tell_what_is_done() -> None:
    assert (CUES["ruled"].act, CUES["ruled"].acts["out"]) == ("said", "denied")


def test_no_form_is_given_that_the_rule_gives() -> None:
    for row in rows("verbs.tsv"):
        given = inflected(row["verb"], row["past"], row["participle"])
        assert (given == inflected(row["verb"])) == (not row["past"] and not row["participle"]), row


@pytest.mark.parametrize(
    ("verb", "forms"),
    [
        (("nod",), "nod nodded nods nodding"),
        (("regret", "regretted"), "regret regretted regrets regretting"),
        (("quip",), "quip quipped quips quipping"),
        (("quiz",), "quiz quizzed quizzes quizzing"),
        (("vow",), "vow vowed vows vowing"),
        (("agree",), "agree agreed agrees agreeing"),
        (("shed", "shed"), "shed sheds shedding"),
        (("deny",), "deny denied denies denying"),
        (("label", "labeled labelled"), "label labeled labelled labels labeling labelling"),
        (("speak", "spoke", "spoken"), "speak spoken spoke speaks speaking"),
        (("go", "went", "gone"), "go gone went goes going"),
        (("preach",), "preach preached preaches preaching"),
    ],
)
def test_verbs_are_inflected(verb: tuple[str, ...], forms: str) -> None:
    assert list(inflected(*verb)) == forms.split()


def test_every_form_of_every_verb_is_a_known_word() -> None:
    unknown = {form for form in CUES if form not in word_levels()}
    assert unknown - UNLISTED - {"fact-checking", "second-guessing"} == set()
    assert unknown >= UNLISTED


def test_every_verb_can_be_found() -> None:
    assert [verb for verb in VERBS if CUES[verb].base != verb] == []
    shared = {form for row in rows("verbs.tsv") for form in _forms(row) if CUES[form].base != row["verb"]}
    assert shared == {"lambasted", "lambasting"}  # of lambast and lambaste


def test_every_noun_said_of_speech_is_a_known_word() -> None:
    assert not {row["noun"] for row in rows("utterances.tsv")} - word_levels().keys()


def test_every_kind_of_word_has_a_name_and_a_bit_of_its_own() -> None:
    assert sorted(TAGS.values()) == [1 << n for n in range(len(TAGS))]
    for name, bit in TAGS.items():
        assert getattr(lexicon, name) == bit
        assert described(bit) == name


@pytest.mark.parametrize(
    ("word", "kinds"),
    [
        ("Peter", "CAPITAL GIVEN MALE"),
        ("NATO", "CAPITAL ACRONYM NAMED"),
        ("regretted", "CUE"),
        ("ministers", "TITLE ROLE PLURAL"),
        ("was", "AUXILIARY BE"),
        ("Russian", "CAPITAL NATION"),
        ("quietly", "ADVERB"),
        ("assembly", "GROUP NAMED"),
        ("“", "QUOTE"),
    ],
)
def test_a_word_has_the_kinds_of_its_lists_and_letters(word: str, kinds: str) -> None:
    known = set(kinds.split())
    assert known <= set(described(tag(word)).split())
    assert known >= set(described(tag(word)).split()) - {"COMMON", "STARTER"}


def test_plain_words_for_speech_are_past_forms() -> None:
    assert {"said", "told", "wrote"} <= set(PLAIN)
    assert {CUES[form].form for form in PLAIN} == {"past"}
    assert all(re.fullmatch("[a-z]+", form) for form in PLAIN)


@pytest.mark.parametrize(
    ("report", "verb"),
    [
        ("regretted the delay of the bridge", "regretted"),
        ("extolled the builders of the bridge", "extolled"),
        ("sidestepped the question of the tolls", "sidestepped"),
        ("prodded the council to open the bridge", "prodded"),
        ("fretted that the bridge would not open", "fretted"),
        ("kidded that the bridge would never open", "kidded"),
        ("oversold the bridge", "oversold"),
        ("besought the council to wait", "besought"),
        ("forecast that the bridge would open in May", "forecast"),
        ("counselled patience", "counselled"),
        ("counseled patience", "counseled"),
        ("clapped back at the council", "clapped back"),
        ("pinned the blame on the council", "pinned the blame"),
        ("shrugged off the delay", "shrugged off"),
        ("laughed off the delay", "laughed off"),
        ("is regretting the delay", "regretting"),
    ],
)
def test_a_verb_reports_in_each_of_its_forms(report: str, verb: str) -> None:
    (statement,) = attribute(f"Foreign Minister Mia Torv {report}.")[1]
    assert ([speaker.name for speaker in statement.speakers], statement.verb) == (["Mia Torv"], verb)


@pytest.mark.parametrize("verb", ["shrugged", "nodded", "sobbed", "wept", "grinned", "spat", "laughed"])
def test_a_verb_of_manner_reports_beside_a_quotation_only(verb: str) -> None:
    for quoted in (f"“The bridge will open,” Mia Torv {verb}.", f"“The bridge will open,” {verb} Mia Torv."):
        (statement,) = attribute(quoted)[1]
        assert ([speaker.name for speaker in statement.speakers], statement.verb) == (["Mia Torv"], verb)
    assert not attribute(f"Mia Torv {verb}.")[1]
    assert not attribute(f"Mia Torv {verb} on the bridge all morning.")[1]


@pytest.mark.parametrize(
    "sentence",
    [
        "Mia Torv regretted coming to the bridge.",
        "Mia Torv called off the opening.",
        "Mia Torv clapped.",
        "Mia Torv pinned a note to the door.",
    ],
)
def test_what_follows_a_verb_can_make_it_another(sentence: str) -> None:
    assert not attribute(sentence)[1]


def test_a_quotation_belongs_to_the_verb_beside_it() -> None:
    (statement,) = attribute("Mia Torv laughed and said, “The bridge will open.”")[1]
    assert statement.verb == "said"


def _forms(row: dict[str, str]) -> list[str]:
    return list(inflected(row["verb"], row["past"], row["participle"]))
