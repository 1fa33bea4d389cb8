"""Diacritics given back from counts that stand in sight."""

from __future__ import annotations

import math
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.restore import MAX_FORMS, PAIR_SHARE, Frequency, restore
from index.vietnamese import fold

# Passages of an invented archive that hold a syllable or a pair.
COUNTS = {
    "cầu": 40, "cậu": 10, "câu": 30, "sương": 12, "sường": 1, "mai": 20, "mại": 6,
    "cầu_sương": 9, "sương_mai": 11, "hồ": 15, "ho": 2, "hộ": 25, "lưng": 8, "trời": 18, "trôi": 4,
    "hồ_lưng": 7, "lưng_trời": 7, "đá": 14, "đã": 60, "vàng": 16, "văng": 1, "đá_vàng": 9,
}  # fmt: skip


def counted(counts: Mapping[str, float]) -> Frequency:
    return lambda term: counts.get(term, 0)


@pytest.mark.parametrize(
    ("typed", "restored"),
    [
        ("cau Suong Mai", "cầu Sương Mai"),
        ("CAU suong", "CẦU sương"),
        ("cAU", "cẦU"),
        ("ho Lung Troi", "hồ Lưng Trời"),
        ("ho", "hộ"),  # alone, the more frequent one
        ("da vang", "đá vàng"),  # "đã" is four times as frequent, but never before "vàng"
        ("da, vang", "đã, vàng"),  # a comma parts them: no pair
        ("Da", "Đã"),
        ("cau  Suong\tMai?", "cầu  Sương\tMai?"),
    ],
)
def test_each_syllable_takes_the_spelling_that_its_neighbours_make_likely(typed: str, restored: str) -> None:
    assert restore(typed, counted(COUNTS)).text == restored


@pytest.mark.parametrize("text", ["Houston 2026", "xyz", "", "12.5 %", "…", "cafe wifi", "YouTube iPhone"])
def test_words_that_the_archive_does_not_know_stay(text: str) -> None:
    found = restore(text, counted(COUNTS))
    assert found.text == text
    assert found.confidence == 1.0


def test_a_syllable_that_has_marks_already_keeps_them() -> None:
    assert restore("cậu Suong", counted(COUNTS)).text == "cậu Sương"


def test_the_confidence_of_one_syllable_is_its_share_of_the_counts() -> None:
    # hồ 15, hộ 25, ho 2: each count and 0.5 more, over 42 + 3 * 0.5.
    found = restore("ho", counted(COUNTS))
    assert found.text == "hộ"
    assert found.confidence == pytest.approx(25.5 / 43.5)


def test_the_confidence_of_two_syllables_is_the_geometric_mean() -> None:
    # "da" then "ba" with one spelling each besides the plain one, which was never seen: all is sure.
    assert restore("da ba", counted({"đá": 4, "bà": 4})).confidence == pytest.approx(1.0)
    counts = {"đá": 3, "đã": 1, "bà": 2}
    alone = 3.5 / 5  # "đá" among "đá" 3 and "đã" 1, half a count added to each
    found = restore("da, ba", counted(counts))
    assert found.text == "đá, bà"
    assert found.confidence == pytest.approx(math.sqrt(alone * 1.0))


def test_a_pair_weighs_as_pair_share_says() -> None:
    # "má" is seen three times as often, but "mã" was seen before "số": PAIR_SHARE decides for the pair.
    counts = {"má": 30, "mã": 10, "số": 40, "mã_số": 8}
    assert PAIR_SHARE > 0.5
    assert restore("ma so", counted(counts)).text == "mã số"
    assert restore("ma so", counted({**counts, "mã_số": 0})).text == "má số"


def test_only_the_most_frequent_spellings_are_tried() -> None:
    asked: list[str] = []
    forms = ["an", "àn", "án", "ản", "ãn", "ạn", "ăn", "ằn", "ắn", "ẳn", "ẵn", "ặn", "ân", "ần", "ấn", "ẩn", "ẫn", "ận"]
    counts = {form: 100.0 - at for at, form in enumerate(forms)}

    def counting(term: str) -> float:
        asked.append(term)
        return counts.get(term, 0)

    assert len(forms) <= MAX_FORMS
    assert restore("an an", counting).text == "an an"
    assert sum("_" in term for term in asked) == len(forms) ** 2


@given(st.text(max_size=60) | st.text("caudohvngsmi ,.D", max_size=40))
def test_only_marks_change_and_only_on_ascii_words(text: str) -> None:
    found = restore(text, counted(COUNTS))
    assert 0 < found.confidence <= 1 + 1e-9
    if text.isascii():
        assert len(found.text) == len(text)
        assert fold(found.text) == text.lower()
        assert [c.isupper() for c in found.text] == [c.isupper() for c in text]
