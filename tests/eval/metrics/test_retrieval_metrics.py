"""Retrieval metrics against fractions worked by hand."""

from __future__ import annotations

from math import log2

import pytest

from eval.metrics.mrr import reciprocal_rank
from eval.metrics.ndcg import ndcg
from eval.metrics.recall import recall

RANKED = ["lũ-1", "lũ-2", "lũ-3", "lũ-4"]


def test_recall_counts_the_relevant_ones_among_the_first_k_only() -> None:
    relevant = {"lũ-2", "lũ-4", "chưa-thấy"}
    assert recall(RANKED, relevant, k=1) == 0
    assert recall(RANKED, relevant, k=3) == 1 / 3
    assert recall(RANKED, relevant, k=10) == 2 / 3


def test_recall_of_a_query_without_relevant_documents_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one"):
        recall(RANKED, set(), k=10)


def test_reciprocal_rank_takes_the_first_relevant_one_and_nothing_below_k() -> None:
    assert reciprocal_rank(RANKED, {"lũ-3", "lũ-4"}, k=10) == 1 / 3
    assert reciprocal_rank(RANKED, {"lũ-3"}, k=2) == 0


def test_ndcg_discounts_by_the_logarithm_of_the_rank() -> None:
    # relevant: ranks 2 and 4. DCG = 1/log2(3) + 1/log2(5); ideal: ranks 1 and 2 = 1 + 1/log2(3)
    expected = (1 / log2(3) + 1 / log2(5)) / (1 + 1 / log2(3))
    assert ndcg(RANKED, {"lũ-2": 1, "lũ-4": 1}, k=10) == pytest.approx(expected)


def test_ndcg_rewards_the_higher_grade_on_top() -> None:
    # found: grade 1 at rank 1, grade 3 at rank 2; ideal the other way round; a grade of 0 adds nothing
    grades = {"lũ-1": 1, "lũ-2": 3, "lũ-3": 0}
    assert ndcg(RANKED, grades, k=10) == pytest.approx((1 + 3 / log2(3)) / (3 + 1 / log2(3)))


def test_ndcg_cuts_found_and_ideal_at_the_same_k() -> None:
    # k = 1: only rank 1 counts on both sides
    assert ndcg(["lũ-1"], {"lũ-1": 1, "lũ-2": 1}, k=1) == 1
    assert ndcg(["lũ-9"], {"lũ-1": 1, "lũ-2": 1}, k=1) == 0


def test_ndcg_of_a_query_without_relevant_documents_is_refused() -> None:
    with pytest.raises(ValueError, match="grade above 0"):
        ndcg(RANKED, {"lũ-1": 0}, k=10)
