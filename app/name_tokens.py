"""The words of a sentence as names are read from them: capitals, known phrases, what stands next to what.

In: Letters and the characters that other facts took. Out: Tokens, asked by position. It
knows which syllables could be Vietnamese, which capital says nothing because a sentence opens
with it, and the well-known places; it decides nothing about names.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from app import name_words as words
from app.letters import Letters
from index.vietnamese import fold

_TOKEN = re.compile(r"[^\W_]+(?:[.'’&/-][^\W_]+)*\.?|&|[^\w\s]")
_SYLLABLE = re.compile(r"(?:ngh|ng|nh|gh|gi|kh|ch|tr|th|ph|qu|[bcdghklmnprstvx])?[aeiouy]{1,3}(?:ng|nh|ch|[cmnpt])?")
_OPENS = frozenset(".!?…:;“\"(‘'–—-•*[")
_DOTTED = frozenset("tp gs pgs ts ths bs ls st dr mr mrs".split())


class Phrases:
    """Phrases of one kind, found by their first word."""

    def __init__(self, phrases: frozenset[str], *, guarded: bool = False) -> None:
        self.all = phrases
        self.guarded = guarded
        widths: dict[str, set[int]] = {}
        for phrase in phrases:
            parts = phrase.split()
            widths.setdefault(parts[0].rstrip("."), set()).add(len(parts))
        self.widths = {first: tuple(sorted(found, reverse=True)) for first, found in widths.items()}
        """How many words the phrases with that first word have, most first."""


TITLES = Phrases(words.TITLES, guarded=True)
ORG_HEADS = Phrases(words.ORG_HEADS, guarded=True)
PLACE_HEADS = Phrases(words.PLACE_HEADS, guarded=True)
"""Guarded: no head in the second syllable of another word ("thị trường", "tuyên bố")."""

ORG_WORDS, STANDALONE, SPEECH = Phrases(words.ORG_WORDS), Phrases(words.STANDALONE), Phrases(words.SPEECH)
PLACES, LAWS = Phrases(words.PLACES), Phrases(frozenset(["luật", "bộ luật", "pháp lệnh"]))

STARTERS = frozenset((*TITLES.widths, *PLACE_HEADS.widths, *ORG_HEADS.widths, *LAWS.widths))
"""A small word that is none of these begins no name."""

_PAIRS = frozenset(
    " ".join(phrase.split()[:2])
    for phrases in (ORG_WORDS.all, TITLES.all, ORG_HEADS.all, PLACE_HEADS.all, words.COMMON_NOUNS, STANDALONE.all)
    for phrase in phrases
    if " " in phrase
)


@dataclass(slots=True)
class Token:
    """low: canonical lower case. stem: without the dot of an abbreviation. opens: a sentence, quotation or item
    begins with it, so that its capital says nothing."""

    start: int
    end: int
    text: str
    low: str
    stem: str
    capital: bool
    opens: bool

    @property
    def shouted(self) -> bool:
        """Written in capitals throughout, and longer than an initial."""
        return len(self.text) > 1 and self.text.isupper()


class Tokens:
    """The tokens of one sentence."""

    def __init__(self, text: Letters, taken: bytearray) -> None:
        self.text = text
        self._taken = taken
        self.all: list[Token] = []
        opens = True
        for match in _TOKEN.finditer(text.text):
            start, end = match.span()
            word = match.group()
            if word.endswith(".") and len(word) > 1 and not _keeps_dot(word[:-1]):
                end, word = end - 1, word[:-1]
            low = text.low[start:end]
            self.all.append(Token(start, end, word, low, low.removesuffix("."), word[0].isupper(), opens))
            opens = word in _OPENS or end < match.end() or (opens and not word[0].isalnum())

    def __getitem__(self, at: int) -> Token:
        return self.all[at]

    def __len__(self) -> int:
        return len(self.all)

    def taken(self, at: int) -> bool:
        return bool(self._taken[self.all[at].start])

    def near(self, at: int) -> bool:
        """Whether token `at` is there and follows the one before it with nothing but space between."""
        if not 0 < at < len(self.all):
            return False
        last = self.all[at - 1]
        gap = self.text.text[last.end : self.all[at].start]
        return gap == "" or (gap.isspace() and "\n" not in gap)

    def capital(self, at: int) -> bool:
        return at < len(self.all) and self.all[at].capital and not self.taken(at)

    def any_capital(self, at: int, end: int) -> bool:
        return any(self.capital(place) for place in range(at, end))

    def phrase(self, at: int, width: int) -> str:
        return " ".join([token.stem for token in self.all[at : at + width]])

    def longest(self, at: int, phrases: Phrases) -> int:
        """How many tokens the longest of `phrases` that starts at `at` has; 0 if none does."""
        if at >= len(self.all):
            return 0
        first = self.all[at].stem
        widths = phrases.widths.get(first)
        if widths is None:
            return 0
        if phrases.guarded and at and f"{self.all[at - 1].low} {first}" in words.NOT_HEADS:
            return 0
        for width in widths:
            if at + width <= len(self.all) and self.phrase(at, width) in phrases.all:
                return width
        return 0

    def pair(self, at: int) -> bool:
        """Whether tokens `at` and `at` + 1 are one common word: "Tài chính"."""
        return self.near(at + 1) and f"{self.all[at].low} {self.all[at + 1].low}" in _PAIRS

    def capital_run(self, at: int, most: int = 8) -> int:
        """Where the capitals that start here end; "de", "of", "&" and the like may stand between foreign ones."""
        end = at + 1
        while end - at < most and self.near(end):
            token = self.all[end]
            if self.capital(end):
                end += 1
                continue
            joint = token.low in words.FOREIGN_JOINTS or token.text == "&"
            if joint and self.near(end + 1) and self.capital(end + 1) and not syllabic(self.all[end - 1].low):
                end += 2
                continue
            break
        return end

    def known_place(self, at: int) -> int | None:
        """Where a well-known place that starts here ends: "Hà Nội", "Mỹ"."""
        if not self.capital(at):
            return None
        width = self.longest(at, PLACES)
        if not (width and self.capital(at + width - 1) and all(self.near(at + i) for i in range(1, width))):
            return None
        token = self.all[at]
        if width > 1 or len(token.low) > 5:
            return at + width
        # A lone "Nga", "Anh" or "Lào" is as often part of a person's name, or opens a sentence.
        if token.opens and token.low in words.COMMON_FIRST:
            return None
        if self.near(at + 1) and f"{token.low} {self.all[at + 1].low}" in words.NO_COUNTRY and not self.capital(at + 1):
            return None
        named = self.near(at + 1) and self.capital(at + 1) and syllabic(self.all[at + 1].low)
        if named and not self.known_place(at + 1):
            return None  # "Nga Nguyễn", but "Mỹ Donald …"
        if self.near(at) and self.capital(at - 1):
            last = self.all[at - 1]
            if not last.opens or last.low in words.NAME_LIKE or last.low not in words.COMMON_FIRST:
                return None
        return at + 1


@lru_cache(maxsize=4096)
def syllabic(word: str) -> bool:
    """Whether a word could be a Vietnamese syllable.

    >>> syllabic("nguyễn"), syllabic("wilson")
    (True, False)
    """
    return bool(_SYLLABLE.fullmatch(fold(word)))


def _keeps_dot(stem: str) -> bool:
    """ "TP.", "J.", "PGS.": a dot that ends no sentence; "châu Á." ends one."""
    initial = len(stem) == 1 and stem.isupper() and (stem.isascii() or stem == "Đ")
    return initial or stem.lower() in _DOTTED
