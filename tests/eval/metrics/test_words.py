"""What counts as the same word."""

from __future__ import annotations

import unicodedata

import pytest

from eval.metrics.words import find_words, words, words_at


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("hoà thuý", "hòa thúy"),
        ("TRƯỜNG ĐẠI HỌC", "trường đại học"),
        ("1.200 người", "1200 người"),
        ("7.000.000 đồng", "7,000,000 đồng"),
        ("3,5 %", "3.5%"),
        ("ngày 05/09", "ngày 5/9"),
        ("70ha", "70 ha"),
        ("“An Phú” – Bình Minh…", "An Phú Bình Minh"),
        ("1.200,5 tỷ", "1200,5 tỷ"),
    ],
)
def test_a_reader_takes_these_for_the_same(one: str, other: str) -> None:
    assert words(one) == words(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("má", "mà"), ("ma", "mã"), ("an", "ăn"), ("du", "đu"), ("1.200", "1,200"), ("12", "1 2"), ("hoá", "hòa")],
)
def test_a_reader_takes_these_for_different(one: str, other: str) -> None:
    assert words(one) != words(other)


def test_decomposed_text_has_the_same_words_and_offsets_into_itself() -> None:
    text = unicodedata.normalize("NFD", "Xã Tân Hải")
    assert words(text) == words("Xã Tân Hải")
    first = words_at(text)[0]
    assert unicodedata.normalize("NFC", text[first.start : first.end]) == "Xã"


def test_words_are_found_only_in_a_row() -> None:
    assert find_words(["an", "phú"], ["xã", "an", "phú"]) == 1
    assert find_words(["an", "phú"], ["an", "xã", "phú"]) == -1
    assert find_words([], ["an"]) == -1
