"""Vietnamese words as the index sees them: one spelling, syllables, syllable pairs, no diacritics.

In: any text. Out: strings of the same length (canonical, fold) or tokens. Vietnamese
writes a space between syllables, so a word is a pair of neighbours more often than a
token: pairs serve where a segmenter would, and need no dictionary. This module
knows nothing of passages, stores or people.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

MAX_TOKEN = 64
"""Characters of one token kept; a longer "word" is not a word."""

_TONES = "\u0300\u0301\u0309\u0303\u0323"
_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W_]+")
_THOUSANDS = re.compile(r"\d{1,3}(?:[.,]\d{3})+")


def _tone_moves() -> dict[str, str]:
    """Old placement to new, for a syllable that ends in oa, oe or uy: hoà to hòa, thuỷ to thủy."""
    moves = {}
    for first, second in ("oa", "oe", "uy"):
        for tone in _TONES:
            old = first + unicodedata.normalize("NFC", second + tone)
            new = unicodedata.normalize("NFC", first + tone) + second
            moves[old] = new
    return moves


_MOVES = _tone_moves()
_OLD_TONE = re.compile(rf"(?<![qQ])({'|'.join(_MOVES)})(?![^\W\d_])", re.IGNORECASE)


def _move_tone(match: re.Match[str]) -> str:
    old = match.group()
    new = _MOVES[old.lower()]
    return "".join(n.upper() if o.isupper() else n for o, n in zip(old, new, strict=True))


def canonical(text: str) -> str:
    """One spelling for one word: NFC, and tone marks where the newer rule puts them. Keeps case.

    Same length as NFC(text), so offsets into normalised text survive.

    >>> canonical("hoà bình, thuỷ lợi, khoẻ; quý, toàn")
    'hòa bình, thủy lợi, khỏe; quý, toàn'
    """
    return _OLD_TONE.sub(_move_tone, unicodedata.normalize("NFC", text))


@lru_cache(maxsize=4096)
def _fold_character(character: str) -> str:
    if character in "đĐ":
        return "d" if character == "đ" else "D"
    if unicodedata.combining(character):
        return " "  # a mark that no letter took up; a space keeps the length
    base = unicodedata.normalize("NFD", character)[0]
    return base if base.isascii() else character


def fold(text: str) -> str:
    """Without diacritics, lower case; same length as NFC(text).

    >>> fold("Đường Nguyễn Huệ")
    'duong nguyen hue'
    """
    text = unicodedata.normalize("NFC", text)
    return "".join([c if c.isascii() else _fold_character(c) for c in text]).lower()


def tokens(text: str) -> list[str]:
    """Syllables and numbers, lower case, canonical; thousands separators dropped; y as i where both are written.

    >>> tokens("Hoà Bình: 1.200 ha, 3,5%")
    ['hòa', 'bình', '1200', 'ha', '3,5']
    """
    return [one_spelling(token) for token in _TOKEN.findall(unicodedata.normalize("NFC", text).lower())]


@lru_cache(maxsize=32_768)
def one_spelling(token: str) -> str:
    """A syllable or number, in small letters and NFC, as `tokens` spells it."""
    token = _OLD_TONE.sub(_move_tone, token)
    if _THOUSANDS.fullmatch(token):
        token = token.replace(".", "").replace(",", "")
    return plain_i(token[:MAX_TOKEN])


_FINAL_Y = re.compile(r"(h|k|l|m|s|t|qu|v)([yỳýỷỹỵ])")
_Y_TO_I = dict(zip("yỳýỷỹỵ", "iìíỉĩị", strict=True))


def plain_i(syllable: str) -> str:
    """The spelling with i where newspapers write both: sỹ and sĩ, kỹ and kĩ, tỷ and tỉ.

    >>> plain_i("sỹ"), plain_i("yên"), plain_i("quý")
    ('sĩ', 'yên', 'quí')
    """
    match = _FINAL_Y.fullmatch(syllable)
    return match.group(1) + _Y_TO_I[match.group(2)] if match else syllable


def pairs(syllables: list[str]) -> list[str]:
    """Neighbours joined by "_".

    >>> pairs(["chính", "phủ", "họp"])
    ['chính_phủ', 'phủ_họp']
    """
    return [f"{a}_{b}" for a, b in pairwise(syllables)]


def has_diacritics(text: str) -> bool:
    """Whether any letter carries a Vietnamese mark.

    >>> has_diacritics("Hà Nội"), has_diacritics("ha noi")
    (True, False)
    """
    return any(not c.isascii() and _fold_character(c) != c for c in unicodedata.normalize("NFC", text))


_VARIANTS = {"a": "aăâ", "e": "eê", "i": "i", "o": "oôơ", "u": "uư", "y": "y"}


@lru_cache(maxsize=8192)
def accented_forms(syllable: str) -> tuple[str, ...]:
    """Every way to put Vietnamese marks on an ASCII syllable, itself first; canonical spellings only.

    At most one tone, on one vowel. () for what cannot be a Vietnamese syllable.

    >>> accented_forms("di")[:4]
    ('di', 'dì', 'dí', 'dỉ')
    >>> "đường" in accented_forms("duong"), accented_forms("2025")
    (True, ())
    """
    if not (syllable.isascii() and syllable.isalpha() and len(syllable) <= 7):
        return ()
    shapes = [""]
    for place, letter in enumerate(syllable):
        choices = "dđ" if letter == "d" and place == 0 else _VARIANTS.get(letter, letter)
        shapes = [shape + choice for shape in shapes for choice in choices]
        if len(shapes) > 512:
            return ()
    found = dict.fromkeys([syllable])
    for shape in shapes:
        found.setdefault(shape)
        for place, letter in enumerate(shape):
            if fold(letter) in _VARIANTS:
                for tone in _TONES:
                    form = shape[:place] + unicodedata.normalize("NFC", letter + tone) + shape[place + 1 :]
                    found.setdefault(canonical(form))
    return tuple(found)


def syllable_spans(text: str) -> Iterator[tuple[int, int, str]]:
    """Start, end and token (as `tokens` spells it) of every syllable and number, as offsets into `text`, which is NFC.

    >>> list(syllable_spans("1.200 kỹ sư"))
    [(0, 5, '1200'), (6, 8, 'kĩ'), (9, 11, 'sư')]
    """
    lowered = canonical(text).lower()
    if len(lowered) != len(text):  # a character whose lower case is longer (İ): give up its case only
        lowered = "".join(c.lower() if len(c.lower()) == 1 else c for c in canonical(text))
    for match in _TOKEN.finditer(lowered):
        yield match.start(), match.end(), one_spelling(match.group())
