"""Vietnamese spelling for the index: one spelling, no diacritics, syllables, pairs, and every accented form."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.vietnamese import (
    MAX_TOKEN,
    accented_forms,
    canonical,
    fold,
    has_diacritics,
    pairs,
    plain_i,
    syllable_spans,
    tokens,
)

ANY_TEXT = st.text(max_size=80) | st.text("aăâoôơuưyqkĐđİẞſßΣσ\u0301\u0300\u0309\u0303\u0323 .,0123456789", max_size=40)


# ---- one spelling


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("hoà", "hòa"),
        ("hoá", "hóa"),
        ("hoả", "hỏa"),
        ("hoã", "hõa"),
        ("hoạ", "họa"),
        ("khoẻ", "khỏe"),
        ("thuỷ", "thủy"),
        ("Tuý", "Túy"),
        ("HOÀ THUỶ", "HÒA THỦY"),
        ("Hoà-Bình", "Hòa-Bình"),
    ],
)
def test_a_tone_moves_to_where_the_newer_rule_puts_it_and_the_case_stays(old: str, new: str) -> None:
    assert canonical(old) == new
    assert canonical(new) == new


@pytest.mark.parametrize("word", ["quý", "Quỳnh", "quỹ", "toàn", "hoàng", "thuyền", "khoẻn", "loét", "tuỳnh"])
def test_a_tone_stays_after_qu_and_before_a_final_consonant(word: str) -> None:
    assert canonical(word) == word


def test_composed_and_decomposed_letters_become_one() -> None:
    assert canonical(unicodedata.normalize("NFD", "thuỷ lợi Đường")) == "thủy lợi Đường"


@given(ANY_TEXT)
def test_the_one_spelling_keeps_the_length_of_nfc_and_is_its_own_spelling(text: str) -> None:
    made = canonical(text)
    assert len(made) == len(unicodedata.normalize("NFC", text))
    assert canonical(made) == made


# ---- without diacritics


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Đường Nguyễn Huệ", "duong nguyen hue"),
        ("ưỡn ẹo, Ỷ lại", "uon eo, y lai"),
        (unicodedata.normalize("NFD", "Phở bò"), "pho bo"),
        ("İzmir", "izmir"),
        ("日本 Ω", "日本 ω"),
    ],
)
def test_folding_takes_marks_and_capitals_away_and_leaves_other_scripts(text: str, plain: str) -> None:
    assert fold(text) == plain


@given(ANY_TEXT)
def test_folding_keeps_the_length_of_nfc_and_leaves_no_vietnamese_mark(text: str) -> None:
    folded = fold(text)
    assert len(folded) == len(unicodedata.normalize("NFC", text))
    assert not has_diacritics(folded)


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("Hà Nội", True),
        ("đo", True),
        ("ĐO", True),
        (unicodedata.normalize("NFD", "hà"), True),
        ("ha noi 2026", False),
        ("", False),
        ("“ha” – noi…", False),
        ("日本", False),
    ],
)
def test_a_text_has_diacritics_when_one_letter_has(text: str, marked: bool) -> None:
    assert has_diacritics(text) is marked


# ---- syllables, numbers, pairs


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Hoà Bình: 1.200 ha, 3,5%", ["hòa", "bình", "1200", "ha", "3,5"]),
        ("12.600.000 đồng", ["12600000", "đồng"]),
        ("1,200 m và 0,35 m", ["1200", "m", "và", "0,35", "m"]),
        ("ngày 20/10, lúc 23h40", ["ngày", "20", "10", "lúc", "23", "h40"]),
        ("TP.HCM", ["tp", "hcm"]),
        ("bác sỹ, kỹ sư, tỷ lệ, quý", ["bác", "sĩ", "kĩ", "sư", "tỉ", "lệ", "quí"]),
        ("snake_case", ["snake", "case"]),
        ("... !", []),
        ("", []),
    ],
)
def test_a_text_becomes_syllables_and_numbers_in_one_spelling(text: str, found: list[str]) -> None:
    assert tokens(text) == found


def test_what_is_too_long_for_a_word_is_cut() -> None:
    assert tokens("x" * 200) == ["x" * MAX_TOKEN]


@given(ANY_TEXT)
def test_a_token_is_a_token_of_itself_and_carries_no_white_space(text: str) -> None:
    for token in tokens(text):
        assert token
        assert not any(c.isspace() for c in token)
        assert tokens(token) == [token]


@pytest.mark.parametrize(
    ("syllable", "written"), [("sỹ", "sĩ"), ("ky", "ki"), ("mỹ", "mĩ"), ("yên", "yên"), ("quỳnh", "quỳnh"), ("y", "y")]
)
def test_i_stands_for_y_only_where_newspapers_write_both(syllable: str, written: str) -> None:
    assert plain_i(syllable) == written


def test_neighbours_make_pairs_and_one_syllable_makes_none() -> None:
    assert pairs(["sông", "suối", "ngà"]) == ["sông_suối", "suối_ngà"]
    assert pairs(["sông"]) == []


# ---- where the syllables stand


def test_every_syllable_is_found_where_it_stands() -> None:
    text = "Thuỷ lợi Đồi Quế: 1.200 ha"
    found = [(text[start:end], token) for start, end, token in syllable_spans(text)]
    assert found == [
        ("Thuỷ", "thủy"),
        ("lợi", "lợi"),
        ("Đồi", "đồi"),
        ("Quế", "quế"),
        ("1.200", "1200"),
        ("ha", "ha"),
    ]


@given(ANY_TEXT)
def test_syllables_that_stand_somewhere_are_the_syllables_of_the_text(text: str) -> None:
    text = unicodedata.normalize("NFC", text)
    spans = list(syllable_spans(text))
    assert [end for _, end, _ in spans[:-1]] <= [start for start, _, _ in spans[1:]]
    assert all(0 <= start < end <= len(text) for start, end, _ in spans)
    if "İ" not in text:  # its lower case is two characters
        assert [token for _, _, token in spans] == tokens(text)


# ---- every way to put marks on a syllable


@pytest.mark.parametrize("word", ["đường", "hòa", "thủy", "nghiêng", "quý", "y", "giữa", "khuỷu", "ưa"])
def test_the_accented_forms_of_a_folded_syllable_hold_the_syllable(word: str) -> None:
    assert word in accented_forms(fold(word))


def test_accented_forms_are_canonical_fold_back_and_begin_with_the_plain_one() -> None:
    for syllable in ("hoa", "duong", "quy", "an"):
        forms = accented_forms(syllable)
        assert forms[0] == syllable
        assert len(set(forms)) == len(forms)
        assert all(fold(form) == syllable and canonical(form) == form for form in forms)


def test_a_syllable_of_one_vowel_has_its_letters_times_six_tones() -> None:
    # a, ă, â with no tone or one of five: 18; d and đ double them.
    assert len(accented_forms("an")) == 18
    assert len(accented_forms("da")) == 36


@pytest.mark.parametrize("word", ["2025", "", "hà", "covid19", "abcdefgh", "a b"])
def test_what_is_no_plain_syllable_has_no_accented_form(word: str) -> None:
    assert accented_forms(word) == ()


@settings(max_examples=50)
@given(st.text("aeiouydhnc", min_size=1, max_size=9))
def test_any_run_of_letters_is_given_forms_in_bounded_number(word: str) -> None:
    assert len(accented_forms(word)) <= 512 * (1 + 5 * 7)
