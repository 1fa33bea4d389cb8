"""The noun of short answers: a Span, a stretch of a sentence that could answer, and how well it fits."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from index.vietnamese import tokens

MAX_CLAUSE = 30
"""Words of a clause given as a short answer at most."""


@dataclass(frozen=True, slots=True)
class Span:
    """`text == sentence[start:end]`. fit: 0 to 1, how well it is of the kind that was asked for."""

    start: int
    end: int
    text: str
    fit: float


def fresh(text: str, known: Iterable[str]) -> bool:
    """Whether a span says something that the question does not.

    >>> fresh("ông Lê Bá Tòng", ["lê", "bá"]), fresh("Lê Bá", ["lê", "bá"])
    (True, False)
    """
    return not set(tokens(text)) <= set(known)


_KINDS = frozenset(
    "công ty ctcp cp tnhh mtv tập đoàn tổng hãng ông bà anh chị cô em ngài thầy đội clb tuyển tỉnh thành phố tp quận huyện xã phường "
    "trường đại học đh nước người the".split()
)
"""What only says whom or what kind of thing a name names."""


def new_name(text: str, known: Iterable[str]) -> bool:
    """Whether a name says more than the question did, beside what kind of thing it is.

    >>> new_name("CTCP Lúa Vàng", ["lúa", "vàng", "thuốc"]), new_name("Quận 4", ["quận"]), new_name("ông Lúa", [])
    (False, True, True)
    """
    return not set(tokens(text)) <= {*known, *_KINDS}


def clause(sentence: str, start: int, end: int, fit: float, *, most: int = MAX_CLAUSE) -> list[Span]:
    """The stretch as a Span without the marks at its ends, `most` words at most; [] when nothing is left."""
    while start < end and not sentence[start].isalnum() and sentence[start] not in '"“(':
        start += 1
    words = list(re.finditer(r"\S+", sentence[start:end]))
    if len(words) > most:
        end = start + words[most - 1].end()
    while end > start and not (sentence[end - 1].isalnum() or sentence[end - 1] in '%"”)'):
        end -= 1
    return [Span(start, end, sentence[start:end], fit)] if end > start else []
