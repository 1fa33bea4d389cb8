"""Look closer at the first passages: how near does what a question names stand together in each?

    question -> Sought: its words and pairs with their rarity, its names and numbers
    Sought, passage -> Seen: a few shares from 0 to 1, and what they add to the fused score

BM25 sees a passage as a bag of words, and a vector as one meaning; neither knows that the two names asked about stand
in one sentence, or that one of them is missing. This module knows nothing of stores, models or people.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from index.passage import Passage
from index.rewrite import Rewritten, asks
from index.vietnamese import canonical, fold, pairs, tokens


@dataclass(frozen=True, slots=True)
class Worths:
    """What a share of 1 adds to a score whose cosine weighs 2.5; lexical: what is left of the lexical share.

    length: of the logarithm of the syllables, because the vector of a short passage is about little else than its answer.
    """

    lexical: float
    names: float
    window: float
    cover: float
    number: float
    length: float


# Chosen on the development sets: docs/decisions/0012-closer-look.md.
TITLED = Worths(lexical=0.42, names=0.58, window=0.46, cover=0.38, number=0.23, length=-0.04)
UNTITLED = Worths(lexical=0.38, names=0.0, window=0.42, cover=0.17, number=0.21, length=-0.065)
"""For texts without titles (laws, handbooks): what they are about is said in the passage, and names hardly tell them apart."""

WINDOW_SYLLABLES = 50
"""About two sentences."""

_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W_]+")
_DIGIT = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Sought:
    """What a question looks for. single, pairs: term -> rarity, without the words that only ask.

    names: its capitalised words and its numbers. others: (own tokens, other tokens that say the same).
    plain: matched without diacritics. number: whether it asks how many.
    """

    single: Mapping[str, float]
    pairs: Mapping[str, float]
    names: frozenset[str]
    others: Sequence[tuple[tuple[str, ...], tuple[str, ...]]] = ()
    plain: bool = False
    number: bool = False


@dataclass(frozen=True, slots=True)
class Seen:
    """Of the rarity of what is sought, shares from 0 to 1; syllables is a count.

    names: names and numbers held by the passage or its title. window: words and pairs held by the best
    WINDOW_SYLLABLES in a row. cover: words held by the passage. number: 1 when a number is asked for and there is one.
    """

    names: float
    window: float
    cover: float
    number: float
    syllables: int

    def worth(self, worths: Worths) -> float:
        """What the fused score gains, or loses when below 0."""
        return (
            worths.names * self.names
            + worths.window * self.window
            + worths.cover * self.cover
            + worths.number * self.number
            + worths.length * math.log(self.syllables + 5)
        )


def terms(asked: Rewritten) -> list[str]:
    """The terms whose rarity `sought` needs; of the field "plain" when the diacritics were restored, else of "words"."""
    own = _own(asked)
    return [*own, *pairs(own)]


def sought(asked: Rewritten, rarities: Mapping[str, float]) -> Sought:
    """What a rewritten query looks for. rarities: of `terms(asked)`."""
    plain = asked.restored is not None
    spelled, own = tokens(_said(asked.text)), _own(asked)
    single = {term: rarities[term] for term, as_asked in zip(own, spelled, strict=True) if not asks(as_asked)}
    paired = {
        pair: rarities[pair]
        for pair, as_asked in zip(pairs(own), pairs(spelled), strict=True)
        if not asks(as_asked) and not any(asks(part) for part in as_asked.split("_"))
    }
    names = {token for token in own if token[0].isdigit()}
    found = [match.group() for match in _WORD.finditer(canonical(asked.text))]
    capital = {token for word in found[1:] if word[0].isupper() for token in tokens(word)}
    names |= {fold(name) for name in capital} if plain else capital
    number = "bao_nhiêu" in pairs(spelled) or "mấy" in spelled
    others = asked.others
    if plain:
        others = tuple((tuple(map(fold, one)), tuple(map(fold, other))) for one, other in others)
    return Sought(single, paired, frozenset(names & single.keys()), others, plain, number)


def look(wanted: Sought, passage: Passage) -> Seen:
    """A passage seen closely.

    >>> wanted = Sought({"cầu": 1.0, "bến": 1.0, "sứ": 2.0}, {"bến_sứ": 4.0}, frozenset({"sứ"}))
    >>> seen = look(wanted, Passage("a#0", "a", 0, 16, "Bến Sứ đông vui.", "Chợ"))
    >>> seen.names, seen.window, seen.cover, seen.syllables
    (0.5, 0.875, 0.75, 4)
    """
    text, title = tokens(_said(passage.text)), tokens(_said(passage.title))
    if wanted.plain:
        text, title = [fold(t) for t in text], [fold(t) for t in title]
    held, around = set(text), {*text, *title}
    for own, other in wanted.others:
        if around.issuperset(other):
            around.update(own)
            if held.issuperset(other):
                held.update(own)
    total = sum(wanted.single.values()) or 1.0
    return Seen(
        names=sum(wanted.single[name] for name in wanted.names if name in around) / total,
        window=_window(text, wanted),
        cover=sum(rare for term, rare in wanted.single.items() if term in held) / total,
        number=float(wanted.number and _DIGIT.search(passage.text) is not None),
        syllables=len(text),
    )


def _said(text: str) -> str:
    """35% as 35 phần trăm, on both sides: who asks "bao nhiêu phần trăm" is answered by a sign."""
    return text.replace("%", " phần trăm ")


def _own(asked: Rewritten) -> list[str]:
    own = tokens(_said(asked.text))
    return [fold(token) for token in own] if asked.restored is not None else own


def _window(text: Sequence[str], wanted: Sought) -> float:
    """The largest share of words and pairs that stand in WINDOW_SYLLABLES syllables in a row, each counted once."""
    total = sum(wanted.single.values()) + sum(wanted.pairs.values())
    found: list[tuple[int, str, float]] = []
    before = ""
    for place, token in enumerate(text):
        if token in wanted.single:
            found.append((place, token, wanted.single[token]))
            pair = f"{before}_{token}"
            if pair in wanted.pairs:
                found.append((place, pair, wanted.pairs[pair]))
        before = token
    inside: Counter[str] = Counter()
    best = now = 0.0
    first = 0
    for place, term, rare in found:
        inside[term] += 1
        if inside[term] == 1:
            now += rare
        while found[first][0] <= place - WINDOW_SYLLABLES:
            _, gone, lost = found[first]
            inside[gone] -= 1
            if not inside[gone]:
                now -= lost
            first += 1
        best = max(best, now)
    return best / total if total else 0.0
