"""Whether one fact is easily written for another: a digit off, digits or day and month that changed places, a syllable off.

In: two facts. This module finds nothing and decides no verdict.
"""

from __future__ import annotations

from decimal import Decimal

from app.fact import Fact
from index.vietnamese import tokens


def turned_day(fact: Fact, other: Fact) -> bool:
    """Whether day and month changed places: "10/7/2020", "7/10/2020"."""
    x, y = fact.value, other.value
    if not isinstance(x, tuple) or not isinstance(y, tuple) or None in (*x[1:], *y[1:]):
        return False
    return x[0] == y[0] and x[1:] == (y[2], y[1]) and x != y


def far_apart(a: Decimal, b: Decimal) -> bool:
    """Whether one number is more than thirty times the other."""
    return min(a, b) > 0 and max(a, b) > 30 * min(a, b)


def slips(fact: Fact, other: Fact) -> bool:
    """Whether one is easily written for the other: digits changed places or one of them is off, a syllable of a name is.

    >>> def fact(kind, text): return Fact(kind, 0, len(text), text, text)
    >>> slips(fact("number", "7900"), fact("number", "9700")), slips(fact("number", "7900"), fact("number", "15"))
    (True, False)
    """
    if fact.kind in ("name", "place"):
        x, y = tokens(fact.text), tokens(other.text)
        return len(x) == len(y) >= 2 and sum(a != b for a, b in zip(x, y, strict=True)) == 1
    x, y = ([c for c in f.text if c.isdigit()] for f in (fact, other))
    if not x or not y or x == y:
        return bool(x) and x == y
    if len(x) == len(y):
        return sorted(x) == sorted(y) or (len(x) > 1 and sum(a != b for a, b in zip(x, y, strict=True)) == 1)
    short, long = sorted((x, y), key=len)
    return len(long) == len(short) + 1 and any(long[:i] + long[i + 1 :] == short for i in range(len(long)))
