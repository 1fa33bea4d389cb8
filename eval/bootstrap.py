"""Chance, stated: 95 % intervals by bootstrap, and a paired test for "is the change more than luck?"

    interval: draw n items with replacement, take the mean, many times; the middle 95 % of the means
    paired:   flip the sign of each item's change at random, many times; how often is the mean change as large?

Seeded, so that a run repeats exactly. When all values are equal the interval has
no width: read n beside it. Sources: Efron and Tibshirani, An Introduction to the
Bootstrap, 1993; Smucker, Allan, Carterette, CIKM 2007 (paired randomisation test).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

SEED = 20251
RESAMPLES = 2000
_CELLS_AT_ONCE = 4_000_000  # drawn indices held in memory at one time: 32 MB


@dataclass(frozen=True, slots=True)
class Interval:
    """A figure with its 95 % interval and the number of items it rests on."""

    value: float
    low: float
    high: float
    n: int


@dataclass(frozen=True, slots=True)
class Change:
    """A paired change, new minus old, with its 95 % interval; p: chance of one as large if nothing had changed."""

    old: float
    new: float
    low: float
    high: float
    p: float
    n: int

    @property
    def difference(self) -> float:
        return self.new - self.old


def interval(values: Sequence[float], *, seed: int = SEED, resamples: int = RESAMPLES) -> Interval:
    """The mean of the values with its 95 % interval. Raises ValueError for no values.

    >>> interval([1.0, 1.0, 1.0])
    Interval(value=1.0, low=1.0, high=1.0, n=3)
    """
    if not len(values):
        raise ValueError("no values, no interval")
    numbers = np.asarray(values, dtype=float)
    low, high = _middle(_means(numbers, seed, resamples))
    return Interval(float(numbers.mean()), low, high, len(numbers))


def interval_of(
    statistic: Callable[..., float], *groups: Sequence[Any], seed: int = SEED, resamples: int = RESAMPLES
) -> Interval:
    """A statistic of one or more groups (AUROC of positives and negatives), each group redrawn by itself.

    >>> interval_of(lambda up, down: max(up) - min(down), [3.0], [1.0])
    Interval(value=2.0, low=2.0, high=2.0, n=2)
    """
    rng = np.random.default_rng(seed)
    arrays = [np.asarray(group, dtype=float) for group in groups]
    drawn = [statistic(*(rng.choice(array, len(array)) for array in arrays)) for _ in range(resamples)]
    low, high = _middle(np.asarray(drawn))
    return Interval(float(statistic(*arrays)), low, high, sum(map(len, arrays)))


def paired(old: Sequence[float], new: Sequence[float], *, seed: int = SEED, resamples: int = RESAMPLES) -> Change:
    """The change of the mean between two runs over the same items, in the same order.

    Raises ValueError for no items, or when the two differ in length.

    >>> paired([0.0, 1.0], [0.0, 1.0]).p
    1.0
    """
    if len(old) != len(new) or not len(old):
        raise ValueError(f"a paired test needs the same items twice, found {len(old)} and {len(new)}")
    before, after = np.asarray(old, dtype=float), np.asarray(new, dtype=float)
    changes = after - before
    low, high = _middle(_means(changes, seed, resamples))
    rng = np.random.default_rng(seed)
    flipped = np.concatenate([
        (rng.choice((-1.0, 1.0), (rows, len(changes))) * changes).mean(axis=1)
        for rows in _portions(len(changes), resamples)
    ])  # fmt: skip
    as_large = int((np.abs(flipped) >= abs(changes.mean()) - 1e-12).sum())
    return Change(float(before.mean()), float(after.mean()), low, high, (as_large + 1) / (resamples + 1), len(changes))


def paired_of(
    statistic: Callable[..., float],
    *groups: Sequence[tuple[float, float]],
    seed: int = SEED,
    resamples: int = RESAMPLES,
) -> Change:
    """The change of a statistic of one or more groups of (old, new) values, each group redrawn by itself.

    p: twice the smaller share of redrawn changes on one side of zero (two runs' scores may have
    different scales, so they cannot be swapped as `paired` does).

    >>> paired_of(lambda a, b: max(a) - min(b), [(3.0, 5.0)], [(1.0, 1.0)]).difference
    2.0
    """
    rng = np.random.default_rng(seed)
    arrays = [np.asarray(group, dtype=float) for group in groups]
    drawn = np.empty(resamples)
    for at in range(resamples):
        rows = [array[rng.integers(0, len(array), len(array))] for array in arrays]
        drawn[at] = statistic(*(row[:, 1] for row in rows)) - statistic(*(row[:, 0] for row in rows))
    low, high = _middle(drawn)
    one_sided = min(int((drawn <= 0).sum()), int((drawn >= 0).sum()))
    return Change(
        float(statistic(*(array[:, 0] for array in arrays))),
        float(statistic(*(array[:, 1] for array in arrays))),
        low, high, min(1.0, 2 * (one_sided + 1) / (resamples + 1)), sum(map(len, arrays)),
    )  # fmt: skip


def _means(numbers: NDArray[np.float64], seed: int, resamples: int) -> NDArray[np.float64]:
    rng = np.random.default_rng(seed)
    n = len(numbers)
    return np.concatenate([numbers[rng.integers(0, n, (rows, n))].mean(axis=1) for rows in _portions(n, resamples)])


def _portions(n: int, resamples: int) -> list[int]:
    rows = max(1, min(resamples, _CELLS_AT_ONCE // n))
    return [min(rows, resamples - done) for done in range(0, resamples, rows)]


def _middle(drawn: NDArray[np.float64]) -> tuple[float, float]:
    low, high = np.percentile(drawn, [2.5, 97.5])
    return float(low), float(high)
