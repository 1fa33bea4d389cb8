"""Token F1: how much of the gold answer the short answer holds, and how little else.

    precision = common / words of the short answer
    recall    = common / words of the gold answer
    F1        = 2 · precision · recall / (precision + recall), best over the gold answers

`common` counts words with multiplicity. A Vietnamese word here is a syllable.
Source: Rajpurkar et al., SQuAD, EMNLP 2016.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from eval.metrics.words import words


def token_f1(short_answer: str, golds: Iterable[str]) -> float:
    """From 0 (no word in common) to 1 (the same words).

    >>> round(token_f1("khoảng 70 ha rau", ["70 ha"]), 3)
    0.667
    """
    said = Counter(words(short_answer))
    return max((_f1(said, Counter(words(gold))) for gold in golds), default=0.0)


def _f1(said: Counter[str], gold: Counter[str]) -> float:
    common = (said & gold).total()
    return 2 * common / (said.total() + gold.total()) if common else 0.0
