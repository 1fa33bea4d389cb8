"""Coverage and risk: what share of the questions gets an answer, and what share of those answers is wrong.

    order the answers by doubt, surest first; after the i-th of N questions:
    coverage = i / N,  risk = wrong among the first i / i
    AURC = mean of the risks over the answers given

A curve that starts low and rises says that the doubt score knows what it does
not know. Source: Geifman and El-Yaniv, NeurIPS 2017; AURC: Geifman et al., ICLR 2019.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Point:
    """One point of the curve; both are fractions."""

    coverage: float
    risk: float


def coverage_risk(doubts: Sequence[float], wrong: Sequence[bool], asked: int) -> list[Point]:
    """The curve, surest first. doubts and wrong: of the answers given; asked: all questions, N.

    Answers of equal doubt enter together: no threshold could part them.
    Raises ValueError when more was answered than asked, or the lengths differ.

    >>> coverage_risk([0.1, 0.9], [False, True], asked=4)
    [Point(coverage=0.25, risk=0.0), Point(coverage=0.5, risk=0.5)]
    """
    if len(doubts) > asked:
        raise ValueError(f"{len(doubts)} answers to {asked} questions")
    answers = sorted(zip(doubts, wrong, strict=True))
    points, errors = [], 0
    for given, (doubt, is_wrong) in enumerate(answers, start=1):
        errors += is_wrong
        if given == len(answers) or answers[given][0] != doubt:
            points.append(Point(given / asked, errors / given))
    return points


def aurc(points: Sequence[Point]) -> float:
    """Area under the curve: each risk weighted by the coverage it adds, over all coverage reached.

    Raises ValueError for an empty curve.

    >>> aurc([Point(0.25, 0.0), Point(0.5, 0.5)])
    0.25
    """
    if not points:
        raise ValueError("no answers, no curve")
    area, before = 0.0, 0.0
    for point in points:
        area += point.risk * (point.coverage - before)
        before = point.coverage
    return area / before
