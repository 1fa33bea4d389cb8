"""Answer metrics against fractions worked by hand."""

from __future__ import annotations

import pytest

from eval.metrics.contains import any_contained, contains, share_contained
from eval.metrics.exact_match import exact_match
from eval.metrics.token_f1 import token_f1


def test_exact_match_takes_any_gold_answer_but_no_more_words_than_it_has() -> None:
    golds = ["hơn 70 ha", "70 ha"]
    assert exact_match("70 HA.", golds) == 1
    assert exact_match("khoảng 70 ha", golds) == 0
    assert exact_match("", golds) == 0
    assert exact_match("...", ["…"]) == 0  # punctuation alone answers nothing


def test_token_f1_is_the_harmonic_mean_over_syllables() -> None:
    # said 4 syllables, gold 3, common 3: P = 3/4, R = 1, F1 = 6/7
    assert token_f1("ông Trần Văn Lúa", ["Trần Văn Lúa"]) == pytest.approx(6 / 7)


def test_token_f1_counts_a_repeated_word_as_often_as_both_have_it() -> None:
    # said "xa xa" (2), gold "xa" (1): common 1, F1 = 2·1/3
    assert token_f1("xa xa", ["xa"]) == pytest.approx(2 / 3)


def test_token_f1_takes_the_best_gold_and_is_zero_without_one() -> None:
    assert token_f1("năm 2031", ["tháng 5", "năm 2031"]) == 1
    assert token_f1("năm 2031", []) == 0
    assert token_f1("", ["năm 2031"]) == 0


def test_a_number_is_contained_only_as_a_whole() -> None:
    assert contains("Cả huyện có 1.200 hộ dân", "1200 hộ")
    assert not contains("Cả huyện có 1.200 hộ dân", "200 hộ")
    assert not contains("Cả huyện có 1.200 hộ dân", "")


def test_alternatives_need_one_text_that_holds_one_of_them_whole() -> None:
    assert any_contained(["xã An", "Phú ngập"], ["An Phú"]) == 0  # half here, half there
    assert any_contained(["xã An Phú ngập"], ["Bình Minh", "An Phú"]) == 1
    assert any_contained([], ["An Phú"]) == 0


def test_a_list_earns_the_share_of_its_items() -> None:
    texts = ["Gồm An Phú và Bình Minh.", "Sau đó thêm Tân Hải."]
    assert share_contained(texts, ["An Phú", "Tân Hải", "Mỹ Lộc"]) == 2 / 3
    with pytest.raises(ValueError, match="at least one"):
        share_contained(texts, [])
