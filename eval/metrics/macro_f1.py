"""Macro F1: the mean over the labels of each label's F1, so that a rare label counts as much as a common one.

    F1(label) = 2 TP / (2 TP + FP + FN);  macro F1 = mean over the labels that occur in gold

A label that was only ever said, never true, lowers the others' precision but has
no F1 of its own. Source: Opitz and Burst, "Macro F1 and Macro F1", 2019 (the
averaged one, as scikit-learn's with labels=those of gold).
"""

from __future__ import annotations

from collections.abc import Sequence

from eval.metrics.confusion import confusion


def f1_by_label(gold: Sequence[str], said: Sequence[str]) -> dict[str, float]:
    """F1 of every label that occurs in gold.

    >>> f1_by_label(["a", "a", "b"], ["a", "b", "b"])
    {'a': 0.6666666666666666, 'b': 0.6666666666666666}
    """
    counts = confusion(gold, said)
    scores = {}
    for label in sorted(set(gold)):
        in_gold, in_said = sum(counts[label].values()), sum(row[label] for row in counts.values())
        scores[label] = 2 * counts[label][label] / (in_gold + in_said)
    return scores


def macro_f1(gold: Sequence[str], said: Sequence[str]) -> float:
    """Raises ValueError when there is nothing to score.

    >>> macro_f1(["a", "b"], ["a", "a"])
    0.3333333333333333
    """
    scores = f1_by_label(gold, said)
    if not scores:
        raise ValueError("macro F1 needs at least one item")
    return sum(scores.values()) / len(scores)
