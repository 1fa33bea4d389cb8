"""AUROC, confusion, macro F1, coverage and risk against fractions worked by hand."""

from __future__ import annotations

import pytest

from eval.metrics.auroc import auroc
from eval.metrics.confusion import confusion
from eval.metrics.coverage_risk import Point, aurc, coverage_risk
from eval.metrics.macro_f1 import f1_by_label, macro_f1


def test_auroc_counts_pairs_in_the_right_order_and_half_for_ties() -> None:
    # pairs: 0.8>0.5, 0.8>0.1, 0.5=0.5 (½), 0.5>0.1 -> 3.5 of 4
    assert auroc([0.8, 0.5], [0.5, 0.1]) == 3.5 / 4
    assert auroc([0.1], [0.9]) == 0
    with pytest.raises(ValueError, match="at least one"):
        auroc([], [0.5])


def test_confusion_keeps_labels_that_were_said_but_never_true() -> None:
    counts = confusion(["đúng", "sai", "sai"], ["đúng", "đúng", "khác"])
    assert counts["sai"] == {"khác": 1, "sai": 0, "đúng": 1}
    assert counts["khác"] == {"khác": 0, "sai": 0, "đúng": 0}
    with pytest.raises(ValueError, match="zip"):
        confusion(["đúng"], [])


def test_macro_f1_gives_a_rare_label_the_same_weight() -> None:
    gold = ["a", "a", "a", "b"]
    said = ["a", "a", "b", "c"]
    # a: TP 2, FP 0, FN 1 -> 4/5; b: TP 0 -> 0; c was never true
    assert f1_by_label(gold, said) == {"a": 4 / 5, "b": 0}
    assert macro_f1(gold, said) == pytest.approx(2 / 5)
    with pytest.raises(ValueError, match="at least one"):
        macro_f1([], [])


def test_risk_grows_along_the_answers_from_the_surest_on() -> None:
    # five asked, three answered: sure and right, then two of equal doubt of which one is wrong
    points = coverage_risk([0.5, 0.2, 0.5], [True, False, False], asked=5)
    assert points == [Point(1 / 5, 0), Point(3 / 5, 1 / 3)]
    # area: 0 · 1/5 + 1/3 · 2/5, over 3/5
    assert aurc(points) == pytest.approx((2 / 15) / (3 / 5))


def test_more_answers_than_questions_is_refused_and_so_is_the_area_of_nothing() -> None:
    with pytest.raises(ValueError, match="2 answers to 1 questions"):
        coverage_risk([0.1, 0.2], [False, False], asked=1)
    with pytest.raises(ValueError, match="no answers"):
        aurc([])
