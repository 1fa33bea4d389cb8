"""Other ways of saying the words of a question: "thiệt mạng" for "chết", "bố mẹ" for "song thân".

In: the tokens of a question. Out: Ways, each some of those tokens with what may stand for them in a
sentence. The tables are app/meanings.toml (the same) and app/wording.toml (looser), for people to
read and mend. This module knows nothing of sentences beyond their tokens.
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from app.meanings import Phrase, meanings
from index.vietnamese import fold, tokens

OTHERWISE = 0.6
"""How much of a word another way of saying it is worth."""

LONGEST = 4


@dataclass(frozen=True, slots=True)
class Way:
    """tokens: some of the question's. said: phrases that may stand for all of them, " mất tích ", with spaces around."""

    tokens: tuple[str, ...]
    said: tuple[str, ...]


def other_ways(question: Sequence[str], *, plain: bool = False) -> tuple[Way, ...]:
    """What else may say the phrases of a question. plain: all of it without diacritics.

    >>> [(w.tokens, " bố mẹ " in w.said) for w in other_ways(["song", "thân", "làm", "gì"])][0]
    (('song', 'thân'), True)
    """
    found: list[Way] = []
    for width in range(LONGEST, 0, -1):
        for at in range(len(question) - width + 1):
            phrase = tuple(question[at : at + width])
            ways = _ways(plain).get(phrase)
            if ways:
                found.append(Way(phrase, ways))
    return tuple(found)


def ways_of_phrase(phrase: Phrase, *, plain: bool = False) -> tuple[str, ...]:
    """What else may say a phrase, each with spaces around; () when the tables do not know it.

    >>> " kết hôn " in ways_of_phrase(("lấy", "vợ")), ways_of_phrase(("xyz",))
    (True, ())
    """
    return _ways(plain).get(phrase, ())


def said_otherwise(ways: Sequence[Way], sentence: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Tokens of the question that a sentence says in other words, each with the tokens that say it.

    >>> ways = other_ways(["song", "thân"])
    >>> said_otherwise(ways, ["bố", "mẹ", "anh"])
    {'song': ('bố', 'mẹ'), 'thân': ('bố', 'mẹ')}
    """
    text = f" {' '.join(sentence)} "
    found: dict[str, tuple[str, ...]] = {}
    for way in ways:
        said = next((said for said in way.said if said in text), None)
        if said is not None:
            for token in way.tokens:
                found.setdefault(token, tuple(said.split()))
    return found


@lru_cache(maxsize=2)
def _ways(plain: bool) -> dict[Phrase, tuple[str, ...]]:
    table = tomllib.loads(files("app").joinpath("wording.toml").read_text(encoding="utf-8"))
    same = meanings()
    dull = same.kinds["function"] | {("là",), ("ở",), ("từ",), ("của",), ("tại",), ("đồng",), ("bị",)}
    found: dict[Phrase, dict[Phrase, None]] = {}
    for line in table["groups"]:
        group = [tuple(tokens(word)) for word in line.split("|")]
        found.setdefault(group[0], {}).update(dict.fromkeys(group[1:]))
        for one in group[1:]:
            if len(one) > 1 or len(group) == 2:  # a lone syllable means too much else to be looked up
                found.setdefault(one, {}).update(dict.fromkeys(other for other in group if other != one))
    for phrase in same.phrases:
        found.setdefault(phrase, {}).update(dict.fromkeys(sorted(same.same(phrase) - {phrase})))
    made: dict[Phrase, dict[str, None]] = {}
    for phrase, others in found.items():
        if phrase in dull:
            continue
        key = tuple(map(fold, phrase)) if plain else phrase
        for other in others:
            if other not in dull and other != phrase:
                said = " ".join(map(fold, other) if plain else other)
                made.setdefault(key, {})[f" {said} "] = None
    return {key: tuple(said) for key, said in made.items()}
