"""Calibration against bins counted by hand."""

from __future__ import annotations

import pytest

from eval.metrics.calibration import Bin, brier, ece, reliability


def test_bins_hold_their_lower_edge_and_the_last_one_holds_one() -> None:
    assert reliability([0.0, 0.5, 1.0], [0, 0, 1], bins=2) == [Bin(0.0, 0.5, 0.0, 0.0, 1), Bin(0.5, 1.0, 0.75, 0.5, 2)]


def test_the_error_is_the_gap_of_each_bin_by_its_share() -> None:
    # bin 0.2–0.3: three at 0.2, one true: |0.2 − 1/3|; bin 0.9–1: one at 0.9, false: 0.9
    assert ece([0.2, 0.2, 0.2, 0.9], [1, 0, 0, 0]) == pytest.approx((3 * (1 / 3 - 0.2) + 0.9) / 4)
    assert brier([0.2, 0.2, 0.2, 0.9], [1, 0, 0, 0]) == pytest.approx((0.64 + 0.04 + 0.04 + 0.81) / 4)


def test_a_score_that_is_no_probability_is_refused() -> None:
    with pytest.raises(ValueError, match=r"from 0 to 1, found 1\.2"):
        reliability([1.2], [1])
    with pytest.raises(ValueError, match="no predictions"):
        ece([], [])
