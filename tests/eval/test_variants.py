"""Questions typed otherwise: what each kind changes, and that it changes the same thing each time."""

from __future__ import annotations

import random

import pytest

from eval.datasets import LabelledQuestion
from eval.variants import abbreviated, reordered, telex_slips, variants, without_diacritics

RNG = random.Random(1)
FLOOD = LabelledQuestion("h1", "Vì sao người dân xã Hoà An phải rời đi?", True, answers=("lũ",), docids=("lũ",))


def test_every_mark_goes_and_the_bar_of_the_d_too() -> None:
    assert without_diacritics("Đường nào ở Đồng Ớt ngập?", RNG) == "Duong nao o Dong Ot ngap?"


@pytest.mark.parametrize(
    ("typed", "keys"),
    [
        ("nước", "nuwowcs"),
        ("Hoà,", "Hoaf,"),
        ("được", "dduwowcj"),
        ("Đông", "DDoong"),
        ("ngã", "ngax"),
        ("2031", "2031"),
    ],
)
def test_a_slip_leaves_the_keys_that_were_struck(typed: str, keys: str) -> None:
    assert telex_slips(typed, random.Random(1)) == keys


def test_one_word_in_three_slips_and_at_least_one() -> None:
    text = " ".join(["nước"] * 900)
    assert 250 < telex_slips(text, random.Random(1)).split().count("nuwowcs") < 350
    assert telex_slips("an ninh trong thành", random.Random(3)) == "an ninh trong thanhf"


def test_only_whole_words_are_shortened() -> None:
    assert abbreviated("Ủy ban nhân dân thành phố nói gì về người không nhà?", RNG) == "UBND TP nói gì về ng ko nhà?"
    assert abbreviated("Khôngg ai", RNG) == "Khôngg ai"


@pytest.mark.parametrize(
    ("asked", "moved"),
    [
        ("Vì sao cầu Sông Lam đóng?", "Cầu Sông Lam đóng vì sao?"),
        ("Lễ hội mở màn khi nào?", "Khi nào lễ hội mở màn?"),
        ("Hoà An ngập khi nào?", "Khi nào Hoà An ngập?"),
        ("Theo ông Trần Lúa, cầu mới dài bao nhiêu?", "Cầu mới dài bao nhiêu, theo ông Trần Lúa?"),
        ("Lệnh cấm kéo dài đến ngày nào?", "Lệnh cấm kéo dài đến ngày nào?"),  # "đến" cannot stand alone
        ("Ai xây cầu?", "Ai xây cầu?"),
    ],
)
def test_the_question_phrase_moves_where_vietnamese_lets_it(asked: str, moved: str) -> None:
    assert reordered(asked, RNG) == moved


def test_a_variant_keeps_the_gold_and_draws_do_not_depend_on_the_others() -> None:
    made = {variant.kind: variant for variant in variants(FLOOD)}
    assert list(made) == ["no_diacritics", "telex", "abbreviations", "word_order", "case"]
    assert made["telex"].question.answers == ("lũ",)
    assert (made["telex"].of, made["telex"].question.id) == ("h1", "h1~telex")
    assert [variant.question for variant in variants(FLOOD, ["telex"])] == [made["telex"].question]
    assert [v.question for v in variants(FLOOD, ["telex"], seed=4)] != [made["telex"].question]


def test_a_kind_that_changes_nothing_makes_no_variant() -> None:
    assert [v.kind for v in variants(LabelledQuestion("h2", "ai ca", True))] == []
