"""AUROC: how well a score tells two kinds apart, whatever the threshold.

    AUROC = P(score of a positive > score of a negative) + ½ P(equal)

0.5 is chance, 1 is perfect. Computed from ranks (Mann-Whitney U):
U = sum of the ranks of the positives − p(p + 1)/2, AUROC = U / (p · n), ties at
their mean rank. Source: Hanley and McNeil, Radiology 143, 1982.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np


def auroc(positives: Sequence[float], negatives: Sequence[float]) -> float:
    """Raises ValueError when either side is empty.

    >>> auroc([0.9, 0.4], [0.4, 0.1])
    0.875
    """
    if not len(positives) or not len(negatives):
        raise ValueError("AUROC needs at least one positive and one negative")
    pos, neg = np.asarray(positives, dtype=float), np.sort(np.asarray(negatives, dtype=float))
    below, not_above = np.searchsorted(neg, pos, side="left"), np.searchsorted(neg, pos, side="right")
    return float((below + not_above).sum() / (2 * len(pos) * len(neg)))
