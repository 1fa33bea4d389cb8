"""Confusion: how often each true label was given each label.

confusion[gold][said] = number of items of label `gold` that were called `said`
"""

from __future__ import annotations

from collections.abc import Sequence


def confusion(gold: Sequence[str], said: Sequence[str]) -> dict[str, dict[str, int]]:
    """Counts by gold label, then by the label said; every label of either side has its row and column.

    Raises ValueError when the two differ in length.

    >>> confusion(["đúng", "sai"], ["đúng", "đúng"])
    {'sai': {'sai': 0, 'đúng': 1}, 'đúng': {'sai': 0, 'đúng': 1}}
    """
    labels = sorted({*gold, *said})
    counts = {true: dict.fromkeys(labels, 0) for true in labels}
    for true, given in zip(gold, said, strict=True):
        counts[true][given] += 1
    return counts
