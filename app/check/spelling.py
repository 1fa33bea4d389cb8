"""The same fact in a copy that spells it otherwise: foreign names a letter apart, years that lost the dash between them.

    "Kharmontov" for "Kharmantov"   ·   "giai đoạn 2031 2034" for "2031-2034"

In: a fact of a claim and a sentence. This module decides no verdict.
"""

from __future__ import annotations

from app.fact import Fact
from app.statement import Statement

FOREIGN = 7
"""Letters from which on a word is no Vietnamese syllable, so that a letter off is a way of spelling it, not another word."""


def spelt_alike(fact: Fact, statement: Statement) -> bool:
    """Whether a sentence has a name of a claim but for one letter of a foreign word, or both years of its span side by side.

    >>> from app.statement import read_statement
    >>> source = read_statement("Hội Mây Trôi mời ông Kharmantov dự giai đoạn 2031 2034.")
    >>> [spelt_alike(f, source) for f in read_statement("Ông Kharmontov dự từ 2031-2034.").facts]
    [True, True]
    """
    if fact.kind == "date" and isinstance(fact.value, tuple) and isinstance(fact.high, tuple):
        years = str(fact.value[0]), str(fact.high[0])
        return any(years == pair for pair in zip(statement.forms, statement.forms[1:], strict=False))
    if fact.kind != "name":
        return False
    ours = fact.text.lower().split()
    solid = _solid(fact.text)
    if any(_solid(other.text) == solid and len(solid) >= FOREIGN for other in statement.facts):
        return True
    return any(other.kind == "name" and _letter_off(ours, other.text.lower().split()) for other in statement.facts)


def _solid(name: str) -> str:
    """Without spaces, dots and dashes: "Nano Mayvax", "Nanomayvax"."""
    return "".join(c for c in name.lower() if c.isalnum())


def _letter_off(ours: list[str], theirs: list[str]) -> bool:
    """Whether two names differ in one letter of one long word that has no accents."""
    apart = [(x, y) for x, y in zip(ours, theirs, strict=False) if x != y]
    if len(ours) != len(theirs) or len(apart) != 1:
        return False
    short, long = sorted(apart[0], key=len)
    if len(short) < FOREIGN or not (short.isascii() and long.isascii() and short.isalpha() and long.isalpha()):
        return False
    if len(short) == len(long):
        return sum(a != b for a, b in zip(short, long, strict=True)) == 1
    return len(long) == len(short) + 1 and any(long[:i] + long[i + 1 :] == short for i in range(len(long)))
