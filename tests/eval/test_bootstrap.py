"""Intervals and the paired test: facts that hold by arithmetic, and coverage on a known distribution."""

from __future__ import annotations

import numpy as np
import pytest

from eval.bootstrap import interval, interval_of, paired


def test_an_interval_holds_its_mean_and_repeats_exactly() -> None:
    values = [1.0, 0.0, 1.0, 1.0]
    found = interval(values)
    assert found == interval(values)
    assert (found.value, found.n) == (0.75, 4)
    assert 0 <= found.low < 0.75 < found.high <= 1


def test_the_interval_of_a_coin_is_as_wide_as_theory_says() -> None:
    # 400 tosses, half heads: standard error sqrt(1/4 / 400) = 0.025, 95 % = ±1.96 · 0.025 = ±0.049
    found = interval([0.0, 1.0] * 200)
    assert found.low == pytest.approx(0.5 - 0.049, abs=0.006)
    assert found.high == pytest.approx(0.5 + 0.049, abs=0.006)


def test_no_values_have_no_interval() -> None:
    with pytest.raises(ValueError, match="no values"):
        interval([])


def test_groups_are_redrawn_each_by_itself() -> None:
    # were they pooled, the difference of means would often change its sign
    found = interval_of(lambda a, b: float(np.mean(a) - np.mean(b)), [5.0, 6.0], [1.0, 2.0])
    assert found.value == 4
    assert found.low >= 3
    assert found.high <= 5
    assert found.n == 4


def test_eight_gains_and_no_loss_are_hardly_luck() -> None:
    # by sign flips: 2 of 2^8 arrangements are as large, p = 1/128 ≈ 0.0078
    change = paired([0.0] * 8, [1.0] * 8, resamples=20_000)
    assert change.difference == 1
    assert change.p == pytest.approx(1 / 128, abs=0.003)


def test_one_gain_and_one_loss_say_nothing() -> None:
    change = paired([0.0, 1.0], [1.0, 0.0])
    assert change.difference == 0
    assert change.p == 1
    assert change.low == -1
    assert change.high == 1


def test_runs_over_different_items_are_refused() -> None:
    with pytest.raises(ValueError, match="found 1 and 2"):
        paired([1.0], [1.0, 0.0])
