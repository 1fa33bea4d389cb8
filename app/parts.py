"""The parts of a question beside its question word, and how much of them a text holds: what is asked, and of whom.

In: a question read, the rarity of its words. Out: Parts: its relation words grouped into words of one or more syllables
("định giá", "từ chức"), its names, and the relations of app/relations.toml that it asks for. A near miss shares its names
with an article and lacks just one of its other words; a free paraphrase lacks most of them and is answered all the
same: so words held and words missing are counted, beside shares. This module knows nothing of scores.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from app.asked import Asked, Wanted
from app.facts import find_facts
from app.relation import Relation, asked_for
from app.same_name import spelled
from app.wording import ways_of_phrase
from index.vietnamese import fold, syllable_spans, tokens

SAID = 0.8
"""Credit of a part that is said in other words."""

APART, PIECES = 0.45, 0.2
"""Credit of a part all of whose syllables stand in a text but apart, and of one some of whose do."""

TOGETHER = 0.35
"""Normalised pointwise mutual information from which two neighbours are one word."""

FADES = 3.0
"""Words away from the question word over which a part's weight halves."""

_TYPED = (Wanted.TIME, Wanted.NUMBER, Wanted.PLACE, Wanted.PERSON)
"""What these ask for by a noun ("tỉnh nào") is for the short answer to fit, not for a text to hold."""

_WORD = re.compile(r"\S+")

_COMMON_LAST = frozenset("quốc bản nam quoc ban".split())
"""Last syllables of names that stand in much else."""


@dataclass(frozen=True, slots=True)
class Part:
    """One word of a question. ways: what else says it. weight: its rarity, less the further from the question word."""

    tokens: tuple[str, ...]
    ways: tuple[str, ...]
    weight: float


@dataclass(frozen=True, slots=True)
class Parts:
    """parts: relation words in order; names: each as its tokens; relations: what of the table is asked for."""

    parts: tuple[Part, ...]
    names: tuple[tuple[str, ...], ...]
    relations: tuple[Relation, ...]
    plain: bool

    def held(self, text: Held) -> list[float]:
        """For each part how much of it a text holds, 0 to 1."""
        return [text.part(p) for p in self.parts]

    def share(self, text: Held) -> float:
        """Share of the parts' weight that a text holds; 1 when there are none."""
        total = sum(p.weight for p in self.parts)
        return sum(p.weight * text.part(p) for p in self.parts) / total if total else 1.0

    def named(self, text: Held) -> float:
        """How much of that name which it holds least of a text holds, 0 to 1."""
        return min((text.name(n, ways_of_phrase(n, plain=self.plain)) for n in self.names), default=1.0)

    def told(self, text: Held, unasked: float = 0.6) -> float:
        """1 when a text tells of every relation asked for, 0 when not of one; `unasked` when the table knows none."""
        return min((float(r.told_in(text.spaced)) for r in self.relations), default=unasked)


class Held:
    """A text as tokens, ready to be asked for parts and names."""

    def __init__(self, text: str, *, plain: bool) -> None:
        spell: Callable[[str], str] = fold if plain else str
        found = [spell(t) for t in tokens(text)]
        self.spaced = f" {' '.join(found)} "
        self._text = text
        self._known = frozenset(found)
        self._capital = frozenset(spell(t) for word in text.split() if not word.islower() for t in tokens(word))

    def part(self, part: Part) -> float:
        if f" {' '.join(part.tokens)} " in self.spaced:
            return 1.0
        if any(way in self.spaced for way in part.ways):
            return SAID
        share = sum(t in self._known for t in part.tokens) / len(part.tokens)
        return 0.0 if len(part.tokens) == 1 else APART if share == 1 else PIECES * share

    def name(self, name: tuple[str, ...], ways: Sequence[str]) -> float:
        found = self._name(name, ways)
        return found if found >= APART or not self._written_out(name) else 1.0

    def _written_out(self, name: tuple[str, ...]) -> bool:
        """Whether the text has the name in another spelling: "tphcm" is told of by "TP.HCM"."""
        written = fold(" ".join(spelled(" ".join(name))))
        return written != fold(" ".join(name)) and f" {written} " in fold(f" {' '.join(spelled(self._text))} ")

    def _name(self, name: tuple[str, ...], ways: Sequence[str]) -> float:
        if len(name) == 1 and name[0] not in self._capital and not any(way in self.spaced for way in ways):
            return 0.0  # "Pháp" is not told of by "pháp luật"
        if f" {' '.join(name)} " in self.spaced or any(way in self.spaced for way in ways):
            return 1.0
        if len(name) > 2 and f" {' '.join(name[-2:])} " in self.spaced:
            return 0.9  # "Diệu Vân" of "Nguyễn Diệu Vân"
        if len(name) > 1 and name[-1] in self._known:
            return 0.7 if len(name) > 2 or name[-1] not in _COMMON_LAST else 0.3
        return 0.5 * sum(t in self._known for t in name) / len(name)


def read_parts(asked: Asked, question: str, rarity: Mapping[str, float], *, plain: bool) -> Parts:
    """The parts of a question. rarity: of its content syllables and their pairs, as in Weights.

    >>> from app.asked import read_question
    >>> q = "Lương của Lê Bá Tòng là bao nhiêu?"
    >>> found = read_parts(read_question(q), q, {}, plain=False)
    >>> [p.tokens for p in found.parts], found.names, len(found.relations)
    ([('lương',)], (('lê', 'bá', 'tòng'),), 1)
    """
    spell: Callable[[str], str] = fold if plain else str
    names, taken, places = _names(question)
    left = [(spell(t), len(asked.left) - n) for n, t in enumerate(asked.left)]
    if asked.left[-1:] in (("là",), ("la",)):  # of "Giá vé của … là gì" it is what the question opens with
        left = [(t, 1 + n) for n, (t, _) in enumerate(left)]
    head = [] if asked.wanted in _TYPED else [(spell(t), 0) for t in tokens(asked.head)]
    right = [(spell(t), 1 + n) for n, t in enumerate(asked.right)]
    content = {spell(t) for t in asked.content}
    covered = {spell(t) for t in taken}
    parts = [p for side in (left, head, right) for p in _grouped(side, content, covered, rarity, plain)]
    blanked = [
        "_" if any(low <= a and b <= high for low, high in places) else spell(t) for a, b, t in syllable_spans(question)
    ]
    spelled = tuple(tuple(spell(t) for t in name) for name in names)
    return Parts(tuple(parts), spelled, tuple(asked_for(blanked, plain=plain)), plain)


def _names(question: str) -> tuple[list[tuple[str, ...]], set[str], list[tuple[int, int]]]:
    """The names of a question; the tokens of its names, numbers and dates; and where these stand."""
    names: list[tuple[str, ...]] = []
    taken: set[str] = set()
    places: list[tuple[int, int]] = []
    for fact in find_facts(question):
        held = tuple(tokens(fact.text))
        if fact.kind in ("name", "place"):
            names.append(held)
        if fact.kind != "quote":
            taken.update(held)
            places.append((fact.start, fact.end))
    for word in _WORD.finditer(question):
        held = tuple(tokens(word.group()))
        if word.start() and word.group()[0].isupper() and not taken.issuperset(held):
            names.append(held)
            taken.update(held)
            places.append(word.span())
    return names, taken, places


def _grouped(
    side: Sequence[tuple[str, int]], content: set[str], taken: set[str], rarity: Mapping[str, float], plain: bool
) -> list[Part]:
    found: list[Part] = []
    at = 0
    while at < len(side):
        if side[at][0] in taken:
            at += 1
            continue
        run = [t for t, _ in side[at : at + 4]]
        width = next((n for n in (4, 3, 2) if len(run) >= n and _is_word(run[:n], content, taken, plain)), 1)
        if width == 1 and len(run) > 1 and taken.isdisjoint(run[:2]) and _together(run[0], run[1], rarity):
            width = 2
        word = tuple(run[:width])
        if not content.isdisjoint(word):
            rare = max((rarity.get(t, 0.0) for t in word), default=0.0) or 1.0
            near = min(distance for _, distance in side[at : at + width])
            found.append(Part(word, ways_of_phrase(word, plain=plain), rare * 0.5 ** (near / FADES)))
        at += width
    return found


def _is_word(run: Sequence[str], content: set[str], taken: set[str], plain: bool) -> bool:
    """Whether the tables know a run of syllables as one word."""
    return bool(taken.isdisjoint(run) and not content.isdisjoint(run) and ways_of_phrase(tuple(run), plain=plain))


def _together(one: str, other: str, rarity: Mapping[str, float]) -> bool:
    """Whether two neighbours are met together much more often than chance would have it."""
    joint = rarity.get(f"{one}_{other}", 0.0)
    if not joint or one not in rarity or other not in rarity:
        return False
    return (rarity[one] + rarity[other] - joint) / joint > TOGETHER
