"""Who says what. All persons, places of office and events here are invented."""

import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from searchapp.ingest.names import Known, People
from searchapp.ingest.speakers import attribute
from searchapp.model import Speaker, Statement


def said(body: str) -> list[tuple[list[str], str]]:
    """Return the speakers and the verb of each statement."""
    return [([speaker.name for speaker in s.speakers], s.verb) for s in attribute(body)[1]]


def content(body: str) -> list[str]:
    """Return what was said, statement by statement."""
    return [" | ".join(body[a:b] for a, b in statement.content) for statement in attribute(body)[1]]


def only(body: str) -> Statement:
    (statement,) = attribute(body)[1]
    return statement


CAST = "Foreign Minister Dao Thanh Long met Russian counterpart Sergei Toravin in Hanoi. "


@pytest.mark.parametrize(
    ("sentence", "speaker"),
    [
        ("Mayor Mia Torv said the bridge would open.", "Mia Torv"),
        ("Mia Torv, the mayor of Oldbay, said the bridge would open.", "Mia Torv"),
        ("Mia Torv (R-Fla.), who is 52, said on Tuesday that the bridge would open.", "Mia Torv"),
        ("The group's director, Mia Torv, said the bridge would open.", "Mia Torv"),
        ("Mia Torv of the Oldbay Bridge Authority said it would open.", "Mia Torv"),
        ("The bridge will open, said Mia Torv, who leads the city.", "Mia Torv"),
        ("“The bridge will open,” said the city's mayor, Mia Torv.", "Mia Torv"),
        ("According to Mayor Mia Torv, the bridge will open.", "Mia Torv"),
        ("The bridge will open, according to Mia Torv.", "Mia Torv"),
        ("On Friday, in a letter to the council, Mia Torv warned that it would not open.", "Mia Torv"),
        ("City council spokesman Tom Beld has repeatedly denied it.", "Tom Beld"),
        ("Abdul bin Khalid al-Torvi urged calm.", "Abdul bin Khalid al-Torvi"),
        ("J. R. Torv called on the council to resign.", "J. R. Torv"),
        ("Ludo van der Beld praised the work.", "Ludo van der Beld"),
        ("María Torv-Beld criticized the delay.", "María Torv-Beld"),
        ("The plan was rejected by Mia Torv on Monday.", "Mia Torv"),
        ("Mia Torv traveled to Oldbay and said the bridge would open.", "Mia Torv"),
        ("Mia Torv told Tom Beld that the bridge would open.", "Mia Torv"),
        ("Mia Torv said Tom Beld claimed the bridge would open.", "Mia Torv"),
        ("Mia Torv used the occasion to thank the workers.", "Mia Torv"),
        ("The minister of works, Mia Torv, spoke highly of the builders.", "Mia Torv"),
    ],
)
def test_the_speaker_is_found(sentence: str, speaker: str) -> None:
    assert [name for names, _ in said(sentence) for name in names] == [speaker]


@pytest.mark.parametrize(
    "sentence",
    [
        "The bridge in Oldbay was opened in May.",
        "Mia Torv walked to the bridge.",
        "Mia Torv was asked about the bridge.",
        "The letter to Mia Torv was read by nobody.",
        "Mia Torv's bridge, added to the list last year, is long.",
        "",
    ],
)
def test_nobody_speaks(sentence: str) -> None:
    assert said(sentence) == []


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("A spokesman for Mia Torv said the bridge would open.", "a spokesman for Mia Torv"),
        ("Officials said the bridge would open.", "Officials"),
        ("The bridge would open, an engineer said.", "an engineer"),
    ],
)
def test_an_unnamed_speaker_is_not_the_person_named_beside(sentence: str, name: str) -> None:
    assert only(sentence).speakers == (Speaker(name, None, "unnamed"),)


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("The Ministry of Works said the bridge would open.", "the Ministry of Works"),
        ("Russia pledged to build a bridge.", "Russia"),
        ("The Russian side proposed a meeting.", "the Russian side"),
        ("Torv Holdings Inc said the bridge would open.", "Torv Holdings Inc"),
        ("The ministry said the bridge would open.", "the ministry"),
    ],
)
def test_organisations_are_apart_from_persons(sentence: str, name: str) -> None:
    assert only(sentence).speakers == (Speaker(name, None, "organisation"),)


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        ("Long said it was good.", ["Dao Thanh Long"]),
        ("Minister Dao said it was good.", ["Dao Thanh Long"]),
        ("The Russian minister said it was good.", ["Sergei Toravin"]),
        ("The Vietnamese minister said it was good.", ["Dao Thanh Long"]),
        ("Toravin invited Long to Moscow.", ["Sergei Toravin"]),
        ("The two ministers agreed to meet again.", ["Dao Thanh Long", "Sergei Toravin"]),
        ("Both expressed hope for peace.", ["Dao Thanh Long", "Sergei Toravin"]),
        ("Long and Toravin discussed the bridge.", ["Dao Thanh Long", "Sergei Toravin"]),
    ],
)
def test_short_forms_and_roles_mean_persons_of_the_article(sentence: str, names: list[str]) -> None:
    assert said(CAST + sentence)[-1][0] == names


def test_they_follows_the_last_subject_of_several() -> None:
    assert said(CAST + "The two ministers noted the work. They also agreed to meet.")[-1][0] == [
        "Dao Thanh Long",
        "Sergei Toravin",
    ]
    assert said(CAST + "Delegates praised the work. They also agreed to meet.")[-1][0] == ["Delegates"]


def test_pronouns_keep_to_gender_and_the_last_subject() -> None:
    body = "Mrs. Mia Torv met Mr. Tom Beld. She said the bridge was long. He denied it."
    assert said(body) == [(["Mia Torv"], "said"), (["Tom Beld"], "denied")]


def test_a_speaker_has_the_fullest_name_and_the_role_as_written() -> None:
    speakers, statements = attribute("Mr. Torv said no. Deputy Mayor Mia Karin Torv later said yes.")
    assert speakers == (Speaker("Mia Karin Torv", "Deputy Mayor", "person"),)
    assert [s.speakers for s in statements] == [speakers, speakers]


def test_two_of_one_last_name_stay_two() -> None:
    speakers, _ = attribute("Dao Thanh Long praised the plan. Dao Minh Duc praised it too.")
    assert [speaker.name for speaker in speakers] == ["Dao Thanh Long", "Dao Minh Duc"]


def test_speakers_come_in_order_of_their_first_statement() -> None:
    speakers, _ = attribute("Mia Torv met Tom Beld. Beld said yes. Torv said no. Beld said yes again.")
    assert [speaker.name for speaker in speakers] == ["Tom Beld", "Mia Torv"]


@pytest.mark.parametrize(
    ("body", "kind", "parts"),
    [
        ("Mia Torv said that the bridge would open.", "indirect", "the bridge would open."),
        ("“It will open,” Mia Torv said.", "direct", "“It will open,”"),
        ("Mia Torv said the bridge was “very long” indeed.", "mixed", "the bridge was “very long” indeed."),
        ("“It will open,” Mia Torv said. “It will.”", "direct", "“It will open,” | “It will.”"),
        ("According to Mia Torv, it will open.", "indirect", "it will open."),
        ("The bridge, Mia Torv argued, will open.", "indirect", "The bridge | will open."),
        ('"It will open," Mia Torv told reporters.', "direct", '"It will open,"'),
    ],
)
def test_content_is_what_was_said(body: str, kind: str, parts: str) -> None:
    statement = only(body)
    assert statement.kind == kind
    assert content(body) == [parts]


def test_a_quotation_over_sentences_is_one_statement() -> None:
    body = "It rained. “We wait. We hope,” said Mia Torv. “Then we build.”\n\n“And then we rest.”\n\nIt rained on."
    statement = only(body)
    assert body[statement.start : statement.end] == (
        "“We wait. We hope,” said Mia Torv. “Then we build.”\n\n“And then we rest.”"
    )


def test_abbreviations_do_not_end_a_sentence() -> None:
    body = "On Jan. 5 Gov. J. T. Torv of the U.S. territory said it would open. It did."
    statement = only(body)
    assert body[statement.start : statement.end] == body.removesuffix(" It did.")
    assert statement.speakers[0].name == "J. T. Torv"


def test_verbs_that_share_a_subject_make_one_statement() -> None:
    assert said("Mia Torv said it would open and welcomed the help, adding that it was late.") == [
        (["Mia Torv"], "said")
    ]


def test_a_plain_report_is_surer_than_a_state_of_mind() -> None:
    assert only("Mia Torv said it would open.").confidence > only("Mia Torv hopes it will open.").confidence


def test_people_toml_names_speakers() -> None:
    regent = Known("Mia Karin Torv", "Regent")
    people = People({"mia torv": regent, "mia karin torv": regent})
    speakers, _ = attribute("Mayor Mia Torv said yes.", people=people)
    assert speakers == (Speaker("Mia Karin Torv", "Regent", "person"),)


_PIECES = """Mia Torv|Mr.|said|the minister|He|they|and|that|told|according to|A|U.S.|'s|praised|of|who|saying|''|("""
_pieces = st.lists(st.sampled_from([*_PIECES.split("|"), *'“”".,’)—:é\u0301', "\n\n"]), max_size=60).map(" ".join)


@given(st.text(max_size=200) | _pieces | _pieces.map(lambda text: text.replace(" ", "")))
@example("“")
@example("A.B.C.’s said “'' Torv")
def test_offsets_are_sound_for_any_text(body: str) -> None:
    speakers, statements = attribute(body)
    assert list(statements) == sorted(statements, key=lambda s: (s.start, s.end))
    for statement in statements:
        assert 0 <= statement.start < statement.end <= len(body)
        text = body[statement.start : statement.end]
        assert text == text.strip()
        assert 0 <= statement.confidence <= 1
        assert statement.verb
        assert set(statement.speakers) <= set(speakers)
        at = statement.start
        for start, end in statement.content:
            assert at <= start < end <= statement.end
            at = end


@pytest.mark.parametrize(
    "piece",
    ["a", "Ab ", "said ", "Lee said ", "“", '"a ', " 'a", "Lee, ", ") said ", "(", "Ann Lee and ", "the head of ",
     "They said. ", "\n", "a-", "A.", "U.S. ", "“Lee said.\n\n", "Ann Lee, the ", "who said ", "'s"],
)  # fmt: skip
def test_hostile_text_takes_linear_time(piece: str) -> None:
    def seconds(size: int) -> float:
        body = (piece * (size // len(piece) + 1))[:size]
        begin = time.process_time()
        attribute(body)
        return time.process_time() - begin

    assert seconds(200_000) < 8 * max(seconds(50_000), 0.05)
