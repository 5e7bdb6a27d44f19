"""Who says what. All persons, places of office and events here are invented."""

from datetime import date

import pytest
import timing
from hypothesis import example, given
from hypothesis import strategies as st

from searchapp.article import Dated, Speaker, SpeakerType, Statement
from searchapp.ingest.attribution.people import Known, People
from searchapp.ingest.attribution.statements import MEANT, NAMED, attribute


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
        ("The prime minister of Oldbay, Mia Torv, said her country would pay.", "Mia Torv"),
        ("Mia Torv, the prime minister of Oldbay, asked her partners on Friday for a bridge.", "Mia Torv"),
        ("Mayor Mia Torv of Oldbay, asked about the bridge, said that it would open.", "Mia Torv"),
        ("Mia Torv, the council's lawyer, treasurer and spokeswoman, said it would open.", "Mia Torv"),
        ("Gen. Mia J. Torv Jr. said it would open.", "Mia J. Torv Jr"),
        ("Mia Torv and her supporters argue that it will open.", "Mia Torv"),
        ("Mia Torv -- the mayor of Oldbay -- said it would open.", "Mia Torv"),
        ("“It will open,” said a former spokesman and city engineer Mia Torv.", "Mia Torv"),
        ("The plan was praised by the candidate and former senator Mia Torv.", "Mia Torv"),
        ("Mayor Mia Torv’s claim that the bridge is safe surprised the town.", "Mia Torv"),
        ("Mia Torv said Tom Beld claimed the bridge would open.", "Mia Torv"),
        ("Mia Torv used the occasion to thank the workers.", "Mia Torv"),
        ("The minister of works, Mia Torv, spoke highly of the builders.", "Mia Torv"),
        ("Mia Torv, owner and director of the Oldbay Bridge Company said it would open.", "Mia Torv"),
        ("Mia Torv, who is head of the Oldbay Bridge Company said it would open.", "Mia Torv"),
        ("A former candidate -- Mia Torv, who lost in May -- said it would open.", "Mia Torv"),
        ("Mia Torv, the lawyer in charge of “Dawn,” said it would open.", "Mia Torv"),
        ("Mia Torv, by contrast, wrote an account praising it.", "Mia Torv"),
        ("“It will open,” said a spokesman for the Ministry of Works, Mia Torv.", "Mia Torv"),
        ("The plan was condemned by the harbour master, Mia Torv.", "Mia Torv"),
        ("Spirits sank, with former Mayor Mia Torv calling it a ruin.", "Mia Torv"),
        ("“It will open,” Mia Torv is quoted as saying.", "Mia Torv"),
        ("The actress Mia Torv, in turn, mocked it.", "Mia Torv"),
        ("“It will open.” — Mia Torv, baker", "Mia Torv"),
        ("Mia Torv, whose wife, Ann Torv, was hurt on it, said the bridge would close.", "Mia Torv"),
        ("Mia Torv, whose father, Tom Torv, built the bridge, said it would open.", "Mia Torv"),
        ("Judge Mia Torv ruled on Friday that the bridge was unsafe.", "Mia Torv"),
        ("Mia Torv’s report says the bridge is unsafe.", "Mia Torv"),
        ("A report by Mia Torv said the bridge was unsafe.", "Mia Torv"),
        ("King Osric III said the bridge would open.", "King Osric III"),
        ("Cllr. Ann Torv said it would open.", "Ann Torv"),
        ("Det Insp Ann Torv said it would open.", "Ann Torv"),
        ("Det Con Ann Torv said it would open.", "Ann Torv"),
        ("Maj-Gen Tom Torv said it would open.", "Tom Torv"),
        ("Shri Kavel Torv said it would open.", "Kavel Torv"),
        ("Datuk Seri Rina Torvi said it would open.", "Rina Torvi"),
        ("Alhaji Musa Torv said it would open.", "Musa Torv"),
        ("Señor Carlos Torv said it would open.", "Carlos Torv"),
        ("Ann Torv MP said it would open.", "Ann Torv"),
        ("It would open, said Torvan Lind KC.", "Torvan Lind"),
        ("Suddenly Ann Torv said it would open.", "Ann Torv"),
        ("Asked by Tom Beld about the bridge, Mia Torv replied that it would open.", "Mia Torv"),
        ("Social Affairs Minister Mia Torv said the bridge would open.", "Mia Torv"),
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
        "Mia Torv did not respond to a request for comment.",
        "Mia Torv could not be reached.",
        "The bridge will open if Mia Torv agrees.",
        "Tolls will be shared, as Mia Torv agreed last year.",
        "Mia Torv pressed a loaf into his hands.",
        "A sign attacking Mia Torv hung on the bridge.",
        "Mia Torv led by 300 pledged delegates.",
        "Mia Torv hoped to revive the fair.",
        "They waited for Mia Torv to take to the states.",
        "Present were:\n\n- Mia Torv, mayor of Oldbay\n\n- Tom Beld, clerk",
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
        ("“It will open,” said a source familiar with the matter.", "a source familiar with the matter"),
        ("Sources close to Mia Torv said the bridge would open.", "Sources close to Mia Torv"),
        ("Families said the bridge would open.", "Families"),
        ("Unions said the bridge would open.", "Unions"),
        ("This newspaper wrote in May that the bridge would open.", "This newspaper"),
        ("The study said the bridge was unsafe.", "the study"),
        ("The secretary of the Bridge Board said it would open.", "the secretary of the Bridge Board"),
        ("An aide of Bridge Board Speaker Ann Torv said it would open.", "an aide of Bridge Board Speaker Ann Torv"),
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
        ("The Bridge Builders’ Association said it would open.", "the Bridge Builders’ Association"),
        # across a relative clause or an apposition
        ("Torv Lines, which owns the bridge, said it would open.", "Torv Lines"),
        ("Torv International, a group of builders, said it would open.", "Torv International"),
        ("The opposition Torv Party, which lost in May, said it would open.", "Torv Party"),
        ("Tolls rose at Torv Lines, which said the bridge would open.", "Torv Lines"),
        # a name that begins with a common word
        ("The White Bridge Bank said it would open.", "the White Bridge Bank"),
        ("“It will open,” the New Oldbay Times reported.", "the New Oldbay Times"),
        ("Beldia’s Foreign Ministry said it would open.", "Beldia’s Foreign Ministry"),
        ("Human Bridge Watch said it would open.", "Human Bridge Watch"),
        ("The World Bridge Fund said it would open.", "the World Bridge Fund"),
        ("The Open Bridge Fund ruled on Friday that it would open.", "the Open Bridge Fund"),
        ("Air Torvia said it would open.", "Air Torvia"),
        ("First Torvian Bank said it would open.", "First Torvian Bank"),
        # a name that begins like a rank, and the firm of a person
        ("General Motors said it would open.", "General Motors"),
        ("The Justice Department said it would open.", "the Justice Department"),
        ("Prince Torv Island said it would open.", "Prince Torv Island"),
        ("Major Bridge League said it would open.", "Major Bridge League"),
        ("Mia Torv’s Brellex said it would open.", "Mia Torv’s Brellex"),
        ("Brell Foods said it would open.", "Brell Foods"),
        # whose a document is
        ("It will open, according to a statement from Mia Torv’s office.", "Mia Torv’s office"),
        ("It will open, according to a report by the Bridge Board.", "the Bridge Board"),
        ("State television said it would open.", "State television"),
    ],
)
def test_organisations_are_apart_from_persons(sentence: str, name: str) -> None:
    assert only(sentence).speakers == (Speaker(name, None, "organisation"),)


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("The ministry said the bridge would open.", "the ministry"),
        ("The masons’ association said it would open.", "the masons’ association"),
        ("The union, whose members build it, said it would open.", "the union"),
        ("The clinic, where 12 were treated, said it would open.", "the clinic"),
        ("The board’s report says it will open.", "the board"),
        ("The fire service said it would open.", "the fire service"),
        ("The coastguard said it would open.", "the coastguard"),
        ("The court ruled that it would open.", "the court"),
        ("P said it would open.", "P"),
    ],
)
def test_a_group_without_a_name_is_unnamed_since_each_article_means_another(sentence: str, name: str) -> None:
    assert only(sentence).speakers == (Speaker(name, None, "unnamed"),)


@pytest.mark.parametrize(
    "sentence",
    [
        "Mia Torv, who was to travel to Nesk, Beldia, on Friday, said it would open.",
        "Mia Torv, who owns Brell Foods, which makes bread, said it would open.",
        "Mia Torv, the head of Brell Foods, a bakery, said it would open.",
    ],
)
def test_an_organisation_or_place_beside_a_person_does_not_speak(sentence: str) -> None:
    assert said(sentence)[0][0] == ["Mia Torv"]


@pytest.mark.parametrize(
    "sentence",
    [
        "The Bridge Act says it will open.",
        "The Second Amendment said it would open.",
        "Results said little.",
        "It is said that the bridge will open.",
        "It was reported that the bridge would open.",
    ],
)
def test_a_thing_does_not_speak(sentence: str) -> None:
    assert said(f"The bridge is long. {sentence}") == []


@pytest.mark.parametrize(
    ("body", "names"),
    [
        ("The ministry said the bridge would open. It added that it was late.", ["the ministry"]),
        ("The ministry closed the bridge. It said that it was late.", ["the ministry"]),
        ("Torv Lines, which owns the bridge, said no. “It is late,” it added.", ["Torv Lines"]),
        ("Torv Lines said no. The bridge, it said, was late.", ["Torv Lines"]),
    ],
)
def test_it_is_the_organisation_that_spoke_last(body: str, names: list[str]) -> None:
    assert said(body)[-1][0] == names
    kind: SpeakerType = "organisation" if names[0][0].isupper() else "unnamed"
    assert attribute(body)[0] == (Speaker(names[0], None, kind),)


@pytest.mark.parametrize(
    "sentence",
    ["It suggests that it was late.", "It was said that it was late.", "It emerged that it was late.",
     "Torv Lines and Beld Lines said no. It said yes.", "When the council met, it said no."],
)  # fmt: skip
def test_it_that_may_be_something_else_is_nobody(sentence: str) -> None:
    body = f"The ministry said no. {sentence}"
    assert ["the ministry"] not in [names for names, _ in said(body)[1:]]


def test_organisations_in_a_list_all_speak() -> None:
    assert said("The navy, Torv Lines and the fire service said it would open.")[0][0] == [
        "the navy",
        "Torv Lines",
        "the fire service",
    ]
    assert said("It would open, the Masons’ Union and the Bakers’ League said.")[0][0] == [
        "the Masons’ Union",
        "the Bakers’ League",
    ]
    officials = "Officials of the Bridge Bank, the board and the navy"
    assert said(f"{officials} said that nobody had asked them about it.")[0][0] == [officials]


def test_whose_is_no_role() -> None:
    speakers, _ = attribute("Mia Torv, whose brother Tom Torv was hurt on it, said the bridge would close.")
    assert speakers == (Speaker("Mia Torv", None, "person"),)


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


@pytest.mark.parametrize(
    ("body", "names"),
    [
        ("Osla Torv, the harbour master, kept the ferries in. She said it was late.", ["Osla Torv"]),
        ("Osla Torv, who heads the office, came. Her clerks had to leave Beld Nasse by noon, she said.", ["Osla Torv"]),
        ("Envoy Ann Lee said no. Osla Torv, who heads the office, came. She promised funds.", ["Ann Lee", "Osla Torv"]),
        (
            "Envoy Ann Lee said no. The mayor of Beldia, Osla Torv, said yes. She recalled the flood.",
            ["Ann Lee", "Osla Torv", "Osla Torv"],
        ),
        (
            "Minister Osla Torv came. She said no. Envoy Dun Karo came. He said yes. She said it was late.",
            ["Osla Torv", "Dun Karo", "Osla Torv"],
        ),
        (
            "Envoy Dun Karo said no. Tom Beld has a mill. He has a boat. “It is late,” he said.",
            ["Dun Karo", "Tom Beld"],
        ),
        (
            "Envoy Dun Karo said no. The water minister, Tom Beld, was in doubt. “It is late,” he said.",
            ["Dun Karo", "Tom Beld"],
        ),
        ("Envoy Osla Torv said no. According to her, it was late.", ["Osla Torv", "Osla Torv"]),
        ("Envoy Dun Karo said no. It was late, according to him.", ["Dun Karo", "Dun Karo"]),
        ("Envoy Osla Torv said no. According to her clerk, it was late.", ["Osla Torv"]),
    ],
)
def test_a_pronoun_follows_the_new_subject_and_no_place(body: str, names: list[str]) -> None:
    persons = [speaker.name for s in attribute(body)[1] for speaker in s.speakers if speaker.type == "person"]
    assert persons == names


@pytest.mark.parametrize(
    ("body", "names"),
    [
        ("Minister Osla Torv told her Beldian counterpart Dun Karo no. The Beldian minister praised it.", ["Dun Karo"]),
        (
            "Beldia’s water minister, Osla Torv, met Minister Dun Karo. The two ministers agreed to rest.",
            ["Osla Torv", "Dun Karo"],
        ),
        ("Osla Torv took the oath as president of Beldia. The new president said it was late.", ["Osla Torv"]),
        ("Ann Lee will not seek another term as governor. The governor said it was late.", ["Ann Lee"]),
        ("Ann Lee wrote the report. The retired judge said it was late.", ["Ann Lee"]),
    ],
)
def test_a_role_means_the_one_person_who_holds_it(body: str, names: list[str]) -> None:
    assert said(body)[-1][0] == names


def test_a_country_nobody_knows_is_no_person() -> None:
    body = "Minister Osla Torv of Beldia, asked about it, said that he would come. Beldia says that it is late."
    assert [(s.name, s.type) for s in attribute(body)[0]] == [("Osla Torv", "person"), ("Beldia", "organisation")]


@pytest.mark.parametrize(
    "sentence",
    [
        "Western Journalism reported that it was late.",
        "It was late, according to Concrete Economics.",
        "Virginia, San Torvo and Sacramento said that it was late.",
    ],
)
def test_what_is_named_with_common_words_or_lies_on_the_map_is_no_person(sentence: str) -> None:
    assert all(speaker.type != "person" for speaker in attribute(sentence)[0])


def test_negotiators_of_two_countries_are_not_the_second_country() -> None:
    assert said("Negotiators of Beldia and Torvia agreed on Thursday to rest.")[0][0] == [
        "Negotiators of Beldia and Torvia"
    ]


def test_a_clause_before_the_main_one_does_not_hide_its_speaker() -> None:
    body = "While Tom Beld says it will open, Mia Torv warned that it would not."
    assert [names for names, _ in said(body)] == [["Tom Beld"], ["Mia Torv"]]


def test_persons_in_a_list_all_speak() -> None:
    names = ["Mia Torv", "Tom Beld", "Ann Lee"]
    assert said("Sens. Mia Torv (R-Fla.), Tom Beld (D-Ohio) and Ann Lee (Ohio) have denounced it.")[0][0] == names
    assert said("“It will not open,” said Mia Torv, Tom Beld and Ann Lee.")[0][0] == names
    assert said("Mia Torv, her deputy Tom Beld and the head of the bank, Ann Lee, said no.")[0][0] == names
    assert said("Mia Torv of Oldbay and Tom Beld of Nesk said no.")[0][0] == names[:2]
    assert said("Neither Mia Torv nor Tom Beld said so.")[0][0] == names[:2]


def test_persons_between_dashes_or_among_others_speak() -> None:
    names = ["Mia Torv", "Tom Beld"]
    assert said("Two pilots -- Mia Torv of the Oldbay Flyers and Tom Beld -- warned of it.")[0][0] == names
    assert said("Several pilots, including Mia Torv and Tom Beld, have denounced it.")[0][0] == names
    assert said("CNN's Mia Torv and Reuters' Tom Beld argued that it was late.")[0][0] == names
    assert said("It was late, said Mia Torv and others, and wet.")[0][0] == names[:1]


def test_a_signed_quotation_belongs_to_who_signed_it() -> None:
    body = "We asked.\n\n“A bridge. It is late.”\n\n― Mia Torv, baker\n\n“A ferry will do.”\n\n― Tom Beld, 43"
    statements = attribute(body)[1]
    assert [[speaker.name for speaker in s.speakers] for s in statements] == [["Mia Torv"], ["Tom Beld"]]
    assert content(body) == ["“A bridge. It is late.”", "“A ferry will do.”"]


def test_he_is_sooner_somebody_who_speaks_by_name() -> None:
    body = "Mr. Tom Beld said no. The fair closed. Karl Osna walked by on his way. He said it was late."
    assert said("Mr. Tom Beld said no. " + body)[-1][0] == ["Karl Osna"]  # new, and the subject right before
    body = "Karl Osna walked by. Mr. Tom Beld said no. Karl Osna walked on. He said it was late."
    assert said(body)[-1][0] == ["Tom Beld"]


def test_one_weak_statement_does_not_make_a_speaker() -> None:
    weak = "The plan opposed by Mia Torv is long."
    assert said(weak) == []
    assert said(f"{weak} Mia Torv said no.")[-1][0] == ["Mia Torv"]


@pytest.mark.parametrize(
    ("body", "name"),
    [
        ("Nguyen Thi Bao Vyn praised the work. Vyn agreed. Ms. Vyn added that it rained.", "Nguyen Thi Bao Vyn"),
        ("Igor Dalnev said no. Dalnev agreed. Igor Petrovich Dalnev denied it.", "Igor Petrovich Dalnev"),
        ("Zhao Minglu said no. Zhao said it was late. Zhao Minglu agreed.", "Zhao Minglu"),
        ("Khalid bin Rashid al-Torvi said no. Al-Torvi agreed. Sheikh Khalid denied it.", "Khalid bin Rashid al-Torvi"),
        ("María José Torvez Luna said no. Torvez agreed. Torvez Luna denied it.", "María José Torvez Luna"),
        ("Sri Torvani Lindawati said no. Sri Torvani agreed. Lindawati denied it.", "Sri Torvani Lindawati"),
        ("Ngozi Obadele said no. Mrs. Obadele said it was late.", "Ngozi Obadele"),
        ("President Kwabena Torvu-Mensa said no. Torvu-Mensa agreed.", "Kwabena Torvu-Mensa"),
        ("Kim Torv-ho said it was late. Kim said no.", "Kim Torv-ho"),
        ("Đào Thị Hà said no. Hà agreed.", "Đào Thị Hà"),
    ],
)  # fmt: skip
def test_short_forms_of_names_from_everywhere_are_one_person(body: str, name: str) -> None:
    speakers, statements = attribute(body)
    assert [speaker.name for speaker in speakers] == [name]
    assert len(statements) == body.count(".") - body.count("s.")


@pytest.mark.parametrize(
    ("body", "subject", "cue"),
    [
        ("Mia Torv, the mayor, has said it would open.", "Mia Torv", "said"),
        ("“It will open,” added Mayor Mia Torv.", "Mayor Mia Torv", "added"),
        ("According to Mia Torv, it will open.", "Mia Torv", "According to"),
        ("Mia Torv’s claim that it is safe is odd.", "Mia Torv", "claim"),
        ("The ministry expressed concern.", "The ministry", "expressed"),
    ],
)
def test_a_statement_shows_its_evidence(body: str, subject: str, cue: str) -> None:
    statement = only(body)
    assert statement.subject
    assert statement.cue
    assert body[slice(*statement.subject)] == subject
    assert body[slice(*statement.cue)] == cue


def test_the_answer_behind_a_label_is_one_statement() -> None:
    body = "Minister Mia Torv spoke about it.\n\nTorv: To the town. It will be built.\n\nIt rained."
    statement = attribute(body)[1][-1]
    assert body[statement.start : statement.end] == "Torv: To the town. It will be built."


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("Mia Torv", "Mia Torv"),
        ("SEN. MIA TORV (R-OH)", "MIA TORV"),
        ("MIA TORV, PTV HOST", "MIA TORV"),
        ("Mia Torv (Bridge Party)", "Mia Torv"),
    ],
)
def test_a_label_may_say_who_speaks(label: str, name: str) -> None:
    answer = "We thank you for that question. It will be built."
    body = f"{label}: {answer}"
    assert only(body).speakers[0].name == name
    assert body[only(body).content[0].start : only(body).content[-1].end] == answer


def test_a_sentence_with_a_colon_is_no_label() -> None:
    assert said("Mia Torv, who left early: the bridge was late.") == []
    assert said("Mia Torv (left) and Tom Beld (right): the bridge.") == []


def test_a_word_that_is_part_of_the_name_elsewhere_is_no_role() -> None:
    body = "Hunter James Torv said no. It is late, said Hunter James Torv."
    assert attribute(body)[0] == (Speaker("Hunter James Torv", None, "person"),)


@pytest.mark.parametrize(
    ("sentence", "day"),
    [
        ("Police said the man was found dead on Wednesday.", None),
        ("The man was found dead on Wednesday, police said.", None),
        ("The man was found dead on Wednesday, police said on Thursday.", 2),
        ("Police said on Wednesday the man was found dead.", 1),
        ("Mia Torv told reporters in Oldbay on Wednesday that it was late.", 1),
        ("Mia Torv announced a new bridge on Wednesday.", 1),
        ("Mia Torv praised the bridge on Wednesday.", 1),
        ("“It was “late” on Monday,” Mia Torv said on Wednesday.", 1),
    ],
)
def test_the_day_of_what_happened_is_not_that_of_the_statement(sentence: str, day: int | None) -> None:
    friday = Dated(date(2021, 9, 3), date(2021, 9, 3), "day", "dateline")
    (statement,) = attribute(sentence, published=friday)[1]
    assert (statement.day and statement.day.first) == (day and date(2021, 9, day))


def test_a_quotation_of_whole_paragraphs_belongs_to_who_read_it() -> None:
    quotation = "“The law is clear.\n\n“It gives him the right.\n\n“We shall count.”"
    body = f"Mia Torv told reporters that it was late. She then read from a page.\n\n{quotation}\n\nIt rained."
    statement = attribute(body)[1][-1]
    assert statement.speakers[0].name == "Mia Torv"
    assert body[statement.start : statement.end].endswith(quotation)


def test_a_role_before_the_name_is_read_whole() -> None:
    roles = {
        "Foreign Minister Mia Torv said no.": "Foreign Minister",
        "Its foreign minister, Mia Torv, said no.": "foreign minister",
        "The mayor of Oldbay, Mia Torv, said no.": "mayor of Oldbay",
        "Director of the Board of Trade Nguyen Van Torv said it was too late.": "Director of the Board of Trade",
        "The deputy head of the Oldbay Bridge Board Ann Torv said no.": "deputy head of the Oldbay Bridge Board",
        "Midfielder Thomas Torvist said no.": "Midfielder",
        "Cllr Ann Torv said no.": "Cllr",
        "Frau Ann Torv said no.": None,
        "Wherever Ann Torv went, she said no.": None,
    }
    assert {body: attribute(body)[0][0].role for body in roles} == roles


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
    speakers, statements = attribute("Ms. Torv said no. Deputy Mayor Mia Karin Torv later said yes.")
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
        ("According to Mia Torv, its director, it will open.", "indirect", "it will open."),
        ("“It will open,” the group’s director, Mia Torv, said.", "direct", "“It will open,”"),
        ("“It will open” in May, Mia Torv said.", "mixed", "“It will open” in May"),
        ("Mia Torv told Tom Beld, the mayor, that it would open.", "indirect", "it would open."),
        ("“The town gains by it”, Mia Torv told the Oldbay Post.", "direct", "“The town gains by it”"),
        ("The bridge helps the town, Mia Torv said.", "indirect", "The bridge helps the town"),
        ("The bridge helps the town, Mia Torv told the Post.", "indirect", "The bridge helps the town"),
        ("The bridge helps the town, Mia Torv said on Friday.", "indirect", "The bridge helps the town"),
        ("In the old town, Mia Torv said.", "indirect", "In the old town, Mia Torv said."),
        ("The next day, Mia Torv said.", "indirect", "The next day, Mia Torv said."),
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
        assert statement.confidence in {share for table in (NAMED, MEANT) for _, share in table}
        assert statement.subject
        assert statement.cue
        for first, last in (statement.subject, statement.cue):
            assert statement.start <= first < last <= statement.end
        assert " ".join(body[slice(*statement.cue)].split()) == statement.verb
        assert set(statement.speakers) <= set(speakers)
        at = statement.start
        for start, end in statement.content:
            assert at <= start < end <= statement.end
            at = end


@pytest.mark.slow
@pytest.mark.parametrize(
    "item",
    ["a", "Ab ", "said ", "Lee said ", "“", '"a ', " 'a", "Lee, ", ") said ", "(", "Ann Lee and ", "the head of ",
     "They said. ", "\n", "a-", "A.", "U.S. ", "“Lee said.\n\n", "Ann Lee, the ", "who said ", "'s",
     "Ann Lee MP ", "Baker Ann Lee ", "according to her ", "Ann Lee, mayor: ", "Ann Lee (a): ", "the mayor, Ann Lee, ",
     "head of the Board of Ann Lee ", "head of "],
)  # fmt: skip
def test_hostile_text_takes_linear_time(item: str) -> None:
    def seconds(size: int) -> float:
        body = (item * (size // len(item) + 1))[:size]
        return timing.seconds(lambda: attribute(body))

    assert seconds(100_000) < 8 * max(seconds(25_000), 0.02)
