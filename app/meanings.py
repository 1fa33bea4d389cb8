"""What words mean to each other: the same, the opposite, one event from its two sides; what denies, what only plans.

In: app/meanings.toml, a table for people to read and mend. Out: Meanings, asked by phrase (a
tuple of lower-case syllables). Polysemy is met by asking about phrases that stand in
one place, never by joining groups that share a word. This module knows no sentences.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from index.vietnamese import tokens

Phrase = tuple[str, ...]

UNCERTAIN = ("planned", "coming", "asked", "possible", "alleged", "nearly", "former", "ordered")
"""Kinds of what is not (or no longer) so, each a list of `[certainty]`."""


@dataclass(frozen=True)
class Meanings:
    """The table, read. `siblings`: closed lists whose words stand for each other by mistake. `kinds` holds the closed classes of words by name ("function", "light", "negators" …)."""

    _same: Mapping[Phrase, frozenset[Phrase]]
    _opposite: Mapping[Phrase, frozenset[Phrase]]
    _inverse: Mapping[Phrase, frozenset[Phrase]]
    siblings: tuple[tuple[Phrase, ...], ...]
    kinds: Mapping[str, frozenset[Phrase]]
    phrases: frozenset[Phrase]
    longest: int
    _listed: dict[tuple[str, ...], Mapping[str, tuple[Phrase, ...]]]

    def same(self, phrase: Phrase) -> frozenset[Phrase]:
        """Other ways of saying it, itself among them."""
        return self._same.get(phrase, frozenset((phrase,)))

    def opposite(self, phrase: Phrase) -> frozenset[Phrase]:
        """What it cannot be at the same time, in all ways of saying that."""
        return self._opposite.get(phrase, frozenset())

    def inverse(self, phrase: Phrase) -> frozenset[Phrase]:
        """The same event told from the other side."""
        return self._inverse.get(phrase, frozenset())

    def at(self, forms: Sequence[str], place: int, *kinds: str) -> int:
        """Syllables of the longest phrase that starts at a place (of some kinds of words only); 0 when there is none."""
        if place >= len(forms):
            return 0
        listed = self._listed.get(kinds)
        if listed is None:  # asked for a first time; there are as many combinations as lines of code that ask
            listed = self._listed[kinds] = _by_first(frozenset().union(*(self.kinds[kind] for kind in kinds)))
        for phrase in listed.get(forms[place], ()):
            if tuple(forms[place : place + len(phrase)]) == phrase:
                return len(phrase)
        return 0


def _phrase(text: str) -> Phrase:
    return tuple(tokens(text))


def _side(text: str) -> tuple[Phrase, ...]:
    return tuple(_phrase(way) for way in text.split("|"))


@lru_cache(maxsize=1)
def meanings() -> Meanings:
    """The table of app/meanings.toml, read once.

    >>> m = meanings()
    >>> ("thông", "xe") in m.same(("khánh", "thành")), ("giảm",) in m.opposite(("tăng",))
    (True, True)
    """
    table = tomllib.loads(files("app").joinpath("meanings.toml").read_text(encoding="utf-8"))
    same: dict[Phrase, set[Phrase]] = {}
    headed: dict[Phrase, set[Phrase]] = {}
    for line in table["same"]:
        ways = _side(line)
        headed.setdefault(ways[0], set()).update(ways)
        for way in ways:
            same.setdefault(way, {way}).update(ways)
    opposite = _facing(table["opposite"], headed)
    inverse = _facing(table["inverse"], headed)
    kinds = {name: frozenset(map(_phrase, words)) for name, words in table["words"].items()}
    kinds |= {name: frozenset(map(_phrase, words)) for name, words in table["certainty"].items()}
    denial = table["negation"]
    kinds |= {
        "negators": frozenset(map(_phrase, denial["words"])),
        "deniers": frozenset(map(_phrase, denial["verbs"])),
        "no_denial": frozenset(map(_phrase, denial["not"])),
    }
    phrases = frozenset(same) | frozenset(opposite) | frozenset(inverse)
    longest = max(map(len, (*phrases, *(p for words in kinds.values() for p in words))))
    frozen = {way: frozenset(ways) for way, ways in same.items()}
    siblings = tuple(_side(line) for line in table["siblings"])
    return Meanings(frozen, opposite, inverse, siblings, kinds, phrases, longest, {(): _by_first(phrases)})


def _by_first(phrases: Iterable[Phrase]) -> dict[str, tuple[Phrase, ...]]:
    """The phrases that open with a syllable, longest first."""
    found: dict[str, list[Phrase]] = {}
    for phrase in sorted(phrases, key=len, reverse=True):
        found.setdefault(phrase[0], []).append(phrase)
    return {first: tuple(ways) for first, ways in found.items()}


def _facing(lines: Sequence[str], headed: Mapping[Phrase, set[Phrase]]) -> dict[Phrase, frozenset[Phrase]]:
    """Each phrase to those that face it. A word that heads a line of `same` brings the line; others only themselves,
    because "hạ" both lowers and defeats."""
    found: dict[Phrase, set[Phrase]] = {}
    for line in lines:
        sides = [{way for listed in _side(part) for way in headed.get(listed, {listed})} for part in line.split("/")]
        for here, there in (sides, sides[::-1]):
            for way in here:
                found.setdefault(way, set()).update(there - here)
    return {way: frozenset(facing) for way, facing in found.items()}
