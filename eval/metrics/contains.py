"""Containment: the gold answer stands in what was quoted.

    contained = 1 if the words of some gold answer stand in a row in one text, else 0
    for lists: share of the gold answers that stand in some text

Whole words only: "200" is not in "1.200". Same as "string exact match" of ALCE
(Gao et al., EMNLP 2023), on words instead of letters.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from eval.metrics.words import find_words, words


def contains(text: str, answer: str) -> bool:
    """Do the words of the answer stand in a row in the text?

    >>> contains("Đã có hơn 1.200 hộ ở Hoà Lạc.", "1200 hộ"), contains("Đã có 1.200 hộ.", "200 hộ")
    (True, False)
    """
    return find_words(words(answer), words(text)) >= 0


def any_contained(texts: Iterable[str], answers: Sequence[str]) -> float:
    """1.0 when one text holds one of the answers (they are alternatives), else 0.0.

    >>> any_contained(["Cầu dài 70 m.", "Khánh thành hôm qua."], ["70 mét", "70 m"])
    1.0
    """
    return float(any(contains(text, answer) for text in texts for answer in answers))


def share_contained(texts: Sequence[str], answers: Sequence[str]) -> float:
    """Share of the answers that some text holds (all of them are wanted).

    Raises ValueError when there are no answers.

    >>> share_contained(["Ba xã An Phú, Bình Minh"], ["An Phú", "Bình Minh", "Tân Hải", "Mỹ Lộc"])
    0.5
    """
    if not answers:
        raise ValueError("a list question needs at least one answer")
    return sum(any_contained(texts, [answer]) for answer in answers) / len(answers)
