"""Words as the answer metrics compare them: two spellings that a reader takes for one compare equal.

    text -> runs of letters, numbers -> lower case -> tone marks at the end of the syllable

Where a tone mark stands is a habit, not a difference (hoà, hòa), and NFC does
not unite the two; so the key of a word holds its letters first and its tones
last. Punctuation is no word. Numbers stay whole: "1.200" is one number and the
same as "1200", "3.5" is "3,5", "05" is "5". As in SQuAD's script, but with
Vietnamese in place of English articles. Offsets point into the text given.
This module knows nothing of answers or articles.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
"""Grave, acute, tilde, hook, dot below: huyền, sắc, ngã, hỏi, nặng. The other marks make letters."""

_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_](?:[^\W\d_]|[\u0300-\u036f])*")
_THOUSANDS = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?")
_ENGLISH_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3}){2,}")
_DECIMAL_POINT = re.compile(r"\d+\.\d+")


@dataclass(frozen=True, slots=True)
class Word:
    """One word or number: its key, and where it stands (`text[start:end]` is how it was written)."""

    key: str
    start: int
    end: int


def words(text: str) -> list[str]:
    """The keys of the words of a text, in order.

    >>> words("Hoà Bình: 1.200 người") == words("hòa bình 1200 NGƯỜI")
    True
    """
    return [word.key for word in words_at(text)]


def words_at(text: str) -> list[Word]:
    """The words of a text with their places.

    >>> [(w.start, w.end) for w in words_at("7 xã, 70ha")]
    [(0, 1), (2, 4), (6, 8), (8, 10)]
    """
    return [Word(_key(match.group()), match.start(), match.end()) for match in _TOKEN.finditer(text)]


def find_words(needle: list[str], haystack: list[str]) -> int:
    """Index of the first place where the needle's words stand in a row, -1 when nowhere or empty.

    >>> find_words(["70", "ha"], ["hơn", "70", "ha", "rau"])
    1
    """
    if not needle:
        return -1
    last = len(haystack) - len(needle)
    return next((at for at in range(last + 1) if haystack[at : at + len(needle)] == needle), -1)


def _key(token: str) -> str:
    if token[0].isdigit():
        return _number_key(token)
    marked = unicodedata.normalize("NFD", token.lower())
    letters = "".join(c for c in marked if c not in TONES)
    return unicodedata.normalize("NFC", letters) + "".join(c for c in marked if c in TONES)


def _number_key(number: str) -> str:
    if _THOUSANDS.fullmatch(number):
        return number.replace(".", "")
    if _ENGLISH_THOUSANDS.fullmatch(number):
        return number.replace(",", "")
    if _DECIMAL_POINT.fullmatch(number):
        return number.replace(".", ",")
    return number[1:] if len(number) == 2 and number[0] == "0" else number
