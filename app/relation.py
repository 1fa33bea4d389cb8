"""What a question asks of a thing ("lương", "quê", "từ chức"), and whether a text tells of it in any of its ways.

In: the tokens of a question without its names. Out: Relations asked for, each with the phrases one of which must stand in
what tells it. The table is app/relations.toml, for people to read and mend: a near miss ("Vợ của X tên là gì?" of an
article that knows no wife) shares every word with an article but these. This module knows nothing of scores.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from index.vietnamese import fold, tokens

NUMBER = r"\d\S*"
"""What "#" stands for in a phrase; in "#kg" the unit is written close to it."""


@dataclass(frozen=True, slots=True)
class Relation:
    """asked: phrases that ask for it. told: the words that tell it, as one pattern over tokens with spaces around."""

    asked: tuple[str, ...]
    told: re.Pattern[str]

    def told_in(self, spaced: str) -> bool:
        """Whether a text, as its tokens with a space around each, tells of it."""
        return self.told.search(spaced) is not None


def asked_for(question: Sequence[str], *, plain: bool = False) -> list[Relation]:
    """The relations that a question asks for; of two phrases that overlap the longer one asks. plain: without diacritics.

    >>> [relation] = asked_for(["vợ", "của", "_", "quê", "nhà", "là", "ai"][:1])
    >>> relation.told_in(" họ kết hôn năm 2012 "), relation.told_in(" ông về quê ")
    (True, False)
    >>> asked_for(["sự", "kiện", "nào"])
    []
    """
    spaced = f" {' '.join(question)} "
    relations, besides = _table(plain)
    found: list[tuple[int, int, Relation | None]] = []
    for relation in (*relations, None):
        for phrase in relation.asked if relation else besides:
            found += [(at, at + len(phrase), relation) for at in _places(spaced, phrase)]
    kept: list[Relation] = []
    for start, end, relation in found:
        longer = any(b - a > end - start and a < end - 1 and start < b - 1 for a, b, _ in found)
        if relation is not None and not longer and relation not in kept:
            kept.append(relation)
    return kept


def _places(spaced: str, phrase: str) -> Iterator[int]:
    at = spaced.find(phrase)
    while at >= 0:
        yield at
        at = spaced.find(phrase, at + 1)


@lru_cache(maxsize=2)
def _table(plain: bool) -> tuple[tuple[Relation, ...], tuple[str, ...]]:
    table = tomllib.loads(files("app").joinpath("relations.toml").read_text(encoding="utf-8"))
    relations = []
    for line in table["relations"]:
        asked, told = ([_spaced(p, plain) for p in side.split("|")] for side in line.split("/"))
        ways = [re.escape(p).replace(r"\#", NUMBER) for p in dict.fromkeys((*asked, *told))]
        # Without diacritics a lone syllable asks for too much: "me" is "mẹ" and "mê".
        asks = tuple(p for p in asked if not plain or len(p.split()) > 1)
        relations.append(Relation(asks, re.compile("|".join(ways))))
    return tuple(relations), tuple(_spaced(p, plain) for p in table["besides"])


def _spaced(phrase: str, plain: bool) -> str:
    found = [t for word in phrase.split() for t in ([word] if word.startswith("#") else tokens(word))]
    return f" {' '.join(fold(t) if plain else t for t in found)} "
