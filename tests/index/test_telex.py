"""Telex keys carried out, and words that are no telex left alone."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.telex import telex
from index.vietnamese import canonical, has_diacritics

TYPED = [
    ("Truowngf", "Trường"),
    ("dduwowcj", "được"),
    ("ddeens", "đến"),
    ("DDoor", "Đổ"),
    ("hoaf", "hòa"),
    ("thuyr", "thủy"),
    ("khoer", "khỏe"),
    ("quys", "quý"),
    ("quoocs", "quốc"),
    ("giaf", "già"),
    ("giuwax", "giữa"),
    ("nghieeng", "nghiêng"),
    ("ngoaif", "ngoài"),
    ("tieengs", "tiếng"),
    ("muwa", "mưa"),
    ("baox", "bão"),
    ("caauf", "cầu"),
    ("nawm", "năm"),
    ("oongf", "ồng"),
    ("uoongs", "uống"),
    ("yeeu", "yêu"),
    ("ddi", "đi"),
]


@pytest.mark.parametrize(("keys", "word"), TYPED)
def test_keys_become_the_word_that_the_keyboard_would_have_made(keys: str, word: str) -> None:
    assert telex(keys) == word
    assert canonical(word) == word, "the tone stands where the index spells it"


@pytest.mark.parametrize(
    "word",
    ["Houston", "vff", "show", "Facebook", "Google", "file", "ha", "noi", "an", "toi", "CSGT", "covid19", "2026", "", "x",
     "đường", "as", "if", "addd", "Mississippi", "moocf1", "ww", "sssss"],
)  # fmt: skip
def test_what_gives_no_vietnamese_syllable_stays_as_it_was_typed(word: str) -> None:
    assert telex(word) == word


@given(st.text(max_size=12) | st.text("aeiouyddwsfrxjnghtc", max_size=11))
def test_any_word_comes_back_as_itself_or_with_marks_and_never_longer(word: str) -> None:
    made = telex(word)
    assert made == word or has_diacritics(made)
    assert len(made) <= len(word)
    assert unicodedata.normalize("NFC", made) == made or made == word
    assert made[:1].isupper() == word[:1].isupper() or made == word


@given(st.sampled_from([made for _, made in TYPED]))
def test_a_finished_word_is_not_changed_again(word: str) -> None:
    assert telex(word) == word
