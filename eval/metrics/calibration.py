"""Calibration: when the doubt score says 0.8, is the answer missing eight times in ten?

    bins of equal width over 0..1;  in each: mean score, share of true outcomes, n
    ECE   = sum over the bins of n/N · |mean score − share|
    Brier = mean of (score − outcome)²

0 is perfect for both; a score that orders well (AUROC) can still be badly
calibrated. Sources: Naeini et al., AAAI 2015 (ECE); Brier, Monthly Weather
Review 78, 1950.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bin:
    """The predictions between low and high: their mean, the share that came true, and their number."""

    low: float
    high: float
    mean: float
    share: float
    n: int


def reliability(scores: Sequence[float], outcomes: Sequence[float], bins: int = 10) -> list[Bin]:
    """The bins that hold something, from low to high; 1.0 belongs to the last.

    Raises ValueError when the lengths differ or a score is outside 0..1.

    >>> reliability([0.1, 0.12, 0.9], [0, 1, 1], bins=2)
    [Bin(low=0.0, high=0.5, mean=0.11, share=0.5, n=2), Bin(low=0.5, high=1.0, mean=0.9, share=1.0, n=1)]
    """
    held: list[list[tuple[float, float]]] = [[] for _ in range(bins)]
    for score, outcome in zip(scores, outcomes, strict=True):
        if not 0 <= score <= 1:
            raise ValueError(f"a probability is from 0 to 1, found {score}")
        held[min(bins - 1, int(score * bins))].append((score, float(outcome)))
    return [
        Bin(
            at / bins,
            (at + 1) / bins,
            sum(score for score, _ in pairs) / len(pairs),
            sum(outcome for _, outcome in pairs) / len(pairs),
            len(pairs),
        )
        for at, pairs in enumerate(held)
        if pairs
    ]


def ece(scores: Sequence[float], outcomes: Sequence[float], bins: int = 10) -> float:
    """Expected calibration error. Raises ValueError for no predictions.

    >>> ece([0.25, 0.25, 0.25, 0.25], [1, 0, 0, 0])
    0.0
    """
    if not len(scores):
        raise ValueError("no predictions, no calibration")
    return sum(b.n * abs(b.mean - b.share) for b in reliability(scores, outcomes, bins)) / len(scores)


def brier(scores: Sequence[float], outcomes: Sequence[float]) -> float:
    """Mean squared distance of score and outcome. Raises ValueError for no predictions.

    >>> brier([0.5, 1.0], [0, 1])
    0.125
    """
    if not len(scores):
        raise ValueError("no predictions, no calibration")
    return sum((s - o) ** 2 for s, o in zip(scores, outcomes, strict=True)) / len(scores)
