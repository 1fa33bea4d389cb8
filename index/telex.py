"""Telex left undone: what the keyboard would have made of "Truowngf" or "dduwowcj".

In: one word of ASCII letters. Out: its Vietnamese spelling, or the word as it was. This module
knows nothing of anything else.
"""

from __future__ import annotations

import re
import unicodedata

_TONE = {"s": "\u0301", "f": "\u0300", "r": "\u0309", "x": "\u0303", "j": "\u0323"}
_MARKS = (("uow", "ươ"), ("uwow", "ươ"), ("uwo", "ươ"), ("aa", "â"), ("aw", "ă"), ("ee", "ê"), ("oo", "ô"),
          ("ow", "ơ"), ("uw", "ư"), ("dd", "đ"))  # fmt: skip
_LOOKS = re.compile(r"dd|aa|ee|oo|[auo]w|[a-z]*[aeiouy][a-z]*[sfrxj]$")
_SYLLABLE = re.compile(
    r"(?:ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdđghklmnpqrstvx])?[aăâeêioôơuưy]{1,3}(?:ng|nh|ch|[cmnpt])?"
)


def telex(word: str) -> str:
    """The word with its telex keys carried out, if that gives a Vietnamese syllable; else the word.

    >>> [telex(w) for w in ("Truowngf", "dduwowcj", "hoaf", "Houston", "vff")]
    ['Trường', 'được', 'hòa', 'Houston', 'vff']
    """
    low = word.lower()
    if not (low.isascii() and low.isalpha() and len(low) <= 10 and _LOOKS.search(low)):
        return word
    tone = ""
    if low[-1] in _TONE and len(low) > 2:
        tone, low = _TONE[low[-1]], low[:-1]
    for keys, letter in sorted(_MARKS, key=lambda mark: -len(mark[0])):
        low = low.replace(keys, letter)
    if not _SYLLABLE.fullmatch(low):
        return word
    made = _put_tone(low, tone) if tone else low
    return made[:1].upper() + made[1:] if word[:1].isupper() else made


def _put_tone(syllable: str, tone: str) -> str:
    vowels = [i for i, c in enumerate(syllable) if c in "aăâeêioôơuưy"]
    if syllable.startswith(("gi", "qu")) and len(vowels) > 1:
        vowels = vowels[1:]
    marked = [i for i in vowels if syllable[i] in "ăâêôơư"]
    if marked:
        place = marked[-1]
    elif vowels[-1] < len(syllable) - 1:
        place = vowels[-1]  # a final consonant: the last vowel carries the tone
    else:
        place = vowels[-2] if len(vowels) > 1 else vowels[-1]
    letter = unicodedata.normalize("NFC", syllable[place] + tone)
    return syllable[:place] + letter + syllable[place + 1 :]
