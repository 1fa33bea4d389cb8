"""Exact match: the short answer is one of the gold answers, word for word.

    EM = 1 if words(short answer) = words(gold) for some gold answer, else 0

Words as in eval.metrics.words (case, punctuation and the place of tone marks
do not count). Source: Rajpurkar et al., SQuAD, EMNLP 2016.
"""

from __future__ import annotations

from collections.abc import Iterable

from eval.metrics.words import words


def exact_match(short_answer: str, golds: Iterable[str]) -> float:
    """1.0 or 0.0; an empty short answer matches nothing.

    >>> exact_match("Tháng 5/2031.", ["tháng 5 2031"])
    1.0
    """
    said = words(short_answer)
    return float(bool(said) and any(said == words(gold) for gold in golds))
