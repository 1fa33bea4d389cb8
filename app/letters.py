"""One text in the spelling that rules are written in, with the way back to the text as it was typed.

In: any text. Out: Letters, whose `low` (lower case, one tone placement) and `flat` (no
diacritics) have the length of its NFC form, so that an offset found in one holds in
all; `origin` turns it into an offset of the text as given. This module knows no rules.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TypeVar

from index.vietnamese import canonical, fold, has_diacritics

T = TypeVar("T")


@dataclass(frozen=True)
class Letters:
    """A text as typed (`given`) and in NFC (`text`).

    >>> letters("Hoà Bình").low, letters("Hoà Bình").flat
    ('hòa bình', 'hoa binh')
    """

    given: str
    text: str

    @cached_property
    def low(self) -> str:
        """Lower case, canonical tone placement; the length of `text`."""
        one = canonical(self.text)
        lowered = one.lower()
        if len(lowered) != len(one):  # a letter whose lower case is longer (İ) keeps its case
            lowered = "".join(c.lower() if len(c.lower()) == 1 else c for c in one)
        return lowered

    @cached_property
    def flat(self) -> str:
        """No diacritics, lower case; the length of `text`."""
        return fold(self.text)

    @cached_property
    def accented(self) -> bool:
        """Whether the person typed diacritics at all."""
        return not self.text.isascii() and has_diacritics(self.text)

    @property
    def rules(self) -> str:
        """What patterns run on: `low`, or `flat` where nothing is accented."""
        return self.low if self.accented else self.flat

    @cached_property
    def _starts(self) -> tuple[int, ...] | None:
        return None if self.given == self.text else _composed_starts(self.given)

    def origin(self, offset: int) -> int:
        """The offset in `given` of an offset in `text`.

        >>> decomposed = letters("ba\\u0309o Yagi")
        >>> decomposed.text.index("Yagi"), decomposed.origin(4)
        (4, 5)
        """
        return offset if self._starts is None else self._starts[offset]


def letters(text: str) -> Letters:
    """Letters of a text; a text that cannot be composed piece by piece is taken as it is."""
    composed = unicodedata.normalize("NFC", text)
    if composed != text and len(_composed_starts(text)) != len(composed) + 1:
        composed = text
    return Letters(text, composed)


def _composed_starts(text: str) -> tuple[int, ...]:
    """For each character of NFC(text), where its letter starts in text; one more for the end."""
    starts: list[int] = []
    at = 0
    while at < len(text):
        end = at + 1
        while end < len(text) and (unicodedata.combining(text[end]) or "\u1160" <= text[end] <= "\u11ff"):
            end += 1
        starts += [at] * len(unicodedata.normalize("NFC", text[at:end]))
        at = end
    return (*starts, len(text))


def both(table: Mapping[str, T]) -> dict[str, T]:
    """A table of accented words that may be looked up without diacritics as well.

    >>> both({"bảy": 7})
    {'bảy': 7, 'bay': 7}
    """
    return {**table, **{fold(word): value for word, value in table.items() if not word.isascii()}}


def words_of(*lines: str) -> str:
    """An alternation for `rule`: expressions separated by "|", longest first, so that none hides another.

    >>> words_of("năm|năm học")
    '(?:năm học|năm)'
    """
    return "(?:" + "|".join(sorted("|".join(lines).split("|"), key=len, reverse=True)) + ")"


@lru_cache(maxsize=1024)
def rule(pattern: str, accented: bool) -> re.Pattern[str]:
    """A pattern in accented lower case, compiled for `Letters.rules` of either kind; a space is any white space.

    >>> bool(rule("hôm qua", accented=False).search("gia vang hom  qua"))
    True
    """
    if not accented:
        pattern = "".join(c if c.isascii() else fold(c) for c in pattern)
    return re.compile(pattern.replace(" ", r"\s+"))
