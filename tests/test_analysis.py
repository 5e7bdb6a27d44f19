"""Text to tokens: offsets are those of the text as written, whatever folding does to the words."""

import unicodedata
from collections.abc import Callable, Iterator

import pytest
import Stemmer
import timing
from hypothesis import given
from hypothesis import strategies as st

from searchapp import analysis
from searchapp.analysis import FUNCTION_WORDS, MAX_TOKEN, SIGN, STOP_WORDS, fold, stem, terms, this_analysis, tokens

TEXTS = st.text(max_size=200) | st.text(st.characters(max_codepoint=127), max_size=200)
FOLDED = {
    "Grain": "grain", "Sơn": "son", "ĐẠI": "dai", "Ærø": "aero", "Straße": "strasse", "Łódź": "lodz", "İzmir": "izmir",
    "ΟΔΟΣ": "οδοσ", "οδος": "οδοσ", "ﬁnance": "finance", "𝐆rain": "grain", "Ⅻ": "xii", "2½": "2½", "G7": "g7",
}  # fmt: skip


@pytest.mark.parametrize(("written", "folded"), FOLDED.items())
def test_case_and_accents_do_not_matter(written: str, folded: str) -> None:
    assert fold(written) == folded


@given(TEXTS)
def test_offsets_are_those_of_the_text_as_written(text: str) -> None:
    end = 0
    for token in tokens(text):
        assert end <= token.start < token.end <= len(text)
        assert token.end - token.start <= MAX_TOKEN
        assert fold(text[token.start : token.end]) == token.term
        end = token.end
    assert terms(text) == [token.term for token in tokens(text)]


@given(TEXTS)
def test_every_letter_stands_in_a_token(text: str) -> None:
    covered = {at for token in tokens(text) for at in range(token.start, token.end)}
    letters = {at for at, letter in enumerate(text) if (letter.isalnum() and letter != "ـ") or SIGN.match(letter)}
    assert letters <= covered
    assert all(fold(text[at]) == "" or unicodedata.category(text[at])[0] == "M" for at in covered - letters)


@given(st.text(alphabet=st.characters(categories=["L", "N"]), min_size=1, max_size=20))
def test_a_folded_word_is_one_term_and_stays_as_it_is(word: str) -> None:
    folded = fold(word)
    assert folded.isalnum()
    assert fold(folded) == folded
    assert fold(unicodedata.normalize("NFC", folded)) == folded


@given(st.text(alphabet=st.characters(categories=["L", "N"]), max_size=20))
def test_words_are_folded_code_point_by_code_point(word: str) -> None:
    assert fold(word) == "".join(map(fold, word))


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("阿维尔总统昨天表示，粮食协议必须延长。", "粮食协议"),
        ("대통령은 어제 곡물협정을 연장해야 한다고 말했다.", "곡물협정"),
        ("港湾ストライキが終わったと知事は述べた。", "ストライキ"),
        ("รัฐมนตรีกล่าวว่าท่าเรือจะเปิดในวันจันทร์", "ท่าเรือ"),
        ("ລັດຖະມົນຕີກ່າວວ່າຂົວຈະເປີດ", "ຂົວ"),
    ],
)
def test_a_word_is_found_inside_a_text_without_spaces(text: str, part: str) -> None:
    signs = terms(part)
    assert "".join(signs) == part
    assert any(terms(text)[at : at + len(signs)] == signs for at in range(len(terms(text))))


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Ọ̀yọ́", ["oyo"]),
        ("за́мок", ["замок"]),
        ("مُحَمَّد", ["محمد"]),
        ("محـــمد", ["محمد"]),
        ("مدرسة", ["مدرسه"]),
        ("שָׁלוֹם", ["שלום"]),
        ("می‌خواهم", ["ميخواهم"]),
        ("हिन्दी समाचार", ["हिन्दी", "समाचार"]),
        ("Чайковский", ["чайковский"]),
        ("a\u0301\u0301\u0301b \u0301", ["ab"]),
    ],
)
def test_marks_without_a_composed_form_do_not_part_a_word(written: str, folded: list[str]) -> None:
    assert terms(written) == folded


def test_marks_of_signs_are_no_accents() -> None:
    assert fold("が") != fold("か")
    assert terms("มา") != terms("ม้า")
    assert terms("ﾊﾞｽ") != terms("ﾊｽ")


def test_underscores_part_words_as_spaces_do() -> None:
    assert terms("Flood_K4_final") == ["flood", "k4", "final"]
    assert terms("Đập_K4") == ["dap", "k4"]


def test_forms_of_a_word_share_a_stem() -> None:
    assert len({stem(word) for word in ("vaccine", "vaccines", "vaccination", "vaccinated")}) <= 2
    assert stem("exports") == stem("exported") == stem("exporting")
    assert stem("ministry") != stem("minister")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("министр", "министрами"),
        ("выборы", "выборов"),
        ("Чайковский", "Чайковского"),
        ("υπουργός", "υπουργοί"),
        ("εκλογές", "ΕΚΛΟΓΗ"),
        ("նախարար", "նախարարը"),
        ("मंत्री", "मंत्रियों"),
        ("சரக்கு", "சரக்கை"),
        ("وزير", "الوزير"),
        ("مدينة", "والمدينة"),
    ],
)
def test_forms_of_a_word_in_another_script_share_a_stem(one: str, other: str) -> None:
    assert stem(*terms(one)) == stem(*terms(other))


@pytest.mark.parametrize(
    ("one", "other"), [("министр", "министерство"), ("بال", "ال"), ("שלום", "שלומי"), ("北", "京")]
)
def test_other_words_in_another_script_do_not(one: str, other: str) -> None:
    assert stem(*terms(one)) != stem(*terms(other))


def test_words_that_say_nothing_are_few_and_small() -> None:
    assert {"the", "a", "an", "of", "and", "in"} == STOP_WORDS < FUNCTION_WORDS
    assert all(word.isascii() and word.islower() for word in FUNCTION_WORDS)
    assert not FUNCTION_WORDS & {"us", "may", "who", "will"}


@pytest.mark.parametrize("piece", ["x", "ệ", "_", " ", "a ", "\u0301", "ﷺ"])
def test_long_text_takes_linear_time(piece: str) -> None:
    text = (piece * 400_000)[:400_000]
    assert timing.seconds(lambda: terms(text)) < 3


class OtherStemmer:
    """Stems as the library does, but for what ends with ``ending``."""

    def __init__(self, ending: str) -> None:
        self._ending, self._stemmer = ending, Stemmer.Stemmer("english")

    def stemWords(self, words: list[str]) -> list[str]:
        stems = self._stemmer.stemWords(words)
        return [word if word.endswith(self._ending) else made for word, made in zip(words, stems, strict=True)]


@pytest.fixture
def fingerprint(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], str]]:
    def taken() -> str:
        this_analysis.cache_clear()
        return this_analysis().fingerprint

    yield taken
    monkeypatch.undo()
    this_analysis.cache_clear()


@pytest.mark.parametrize(
    "ending", ["international", "ogist", "ization", "sses", "ied", "ingly", "pasted", "ency", "ful", "ative", "skis"]
)
def test_a_stemmer_that_differs_in_one_rule_shows_in_the_fingerprint(
    ending: str, fingerprint: Callable[[], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = fingerprint()
    monkeypatch.setattr(analysis, "_snowball", OtherStemmer("nothing ends so"))
    assert fingerprint() == before
    monkeypatch.setattr(analysis, "_snowball", OtherStemmer(ending))
    assert fingerprint() != before


def test_another_folding_shows_in_the_fingerprint(
    fingerprint: Callable[[], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = fingerprint()
    monkeypatch.setattr(analysis, "fold", lambda word: "dj" if word == "đ" else fold(word))
    assert fingerprint() != before


def test_a_patch_of_the_stemmer_alone_leaves_the_fingerprint_and_a_release_does_not(
    fingerprint: Callable[[], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    taken = {}
    for number in ("3.1.0", "3.1.7", "3.2.0"):
        monkeypatch.setattr(analysis, "version", {"PyStemmer": number}.__getitem__)
        taken[number] = fingerprint()
        assert this_analysis().versions.startswith(f"PyStemmer {number} and Unicode ")
    assert taken["3.1.0"] == taken["3.1.7"] != taken["3.2.0"]
