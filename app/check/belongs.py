"""A fact of the claim that the sentence says of something else: right in itself, wrong where the claim has it.

    "thu 420 tỷ đồng và lãi 75 tỷ đồng"        · "thu 75 tỷ đồng"            -> 75, 420
    "Sao Mai tăng 3%, trong khi Tre Xanh tăng 9%" · "Tre Xanh tăng 3%"          -> 3%, 9%
    "mảng thép và mảng gạo lần lượt tăng 3% và 9%" · "mảng gạo tăng 3%"       -> 3%, 9%
    "Sao Mai của Lam Giang và Lúa Vàng của Hải Sa" · "Sao Mai của Hải Sa"     -> Hải Sa, Lam Giang
    "bà Tạc, Hiệu trưởng Trường Tre Xanh"      · "bà Tạc là Hiệu trưởng Trường Sương Mai"

In: a claim and one sentence. Out: Rivals of kind "role". Whoever tells it in another order has the owner behind
the number, so what stands on both sides is asked. This module decides no verdict.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from app.check.joined import headed, joined, strange
from app.check.rival import Rival
from app.check.source import Line
from app.fact import Fact
from app.same_fact import same
from app.statement import Statement

SURE = 0.85
"""How well such a rival fits: the fact that belongs there stands in the same words."""

LABEL = 4
"""Telling syllables before a number that say what it is of, at most; two at least."""


def belongs(claim: Statement, line: Line, *, percent_lost: bool = False) -> list[Rival]:
    """Facts of the claim that stand in the sentence, but of something else, with those that belong there.

    percent_lost: whether the source is a copy without percent signs.
    """
    source = line.statement
    found: list[Rival] = []
    for fact in claim.facts:
        if fact.kind == "number" and isinstance(fact.value, Decimal) and fact.text.lower() != "một":
            equal = [f for f in source.facts if _equal(fact, f, percent_lost)]
            free = [
                f for f in source.facts
                if _measured_alike(fact, f, percent_lost) and not any(_equal(c, f, percent_lost) for c in claim.facts)
            ]  # fmt: skip
            if len(equal) != 1:
                continue
            own = equal[0]
            other = (
                _in_turn(claim, fact, source, own, free)
                or _labelled(claim, fact, source, own, free)
                or _chained(claim, fact, source, own, free, percent_lost)
                or _named(claim, fact, source, own, free)
            )
        else:
            other = joined(claim, fact, source) or headed(claim, fact, source)
        if other is not None:
            found.append(Rival("role", (fact.start, fact.end), (other.start, other.end), line, SURE))
    return found[:1]


def _equal(fact: Fact, other: Fact, percent_lost: bool) -> bool:
    if fact.kind != other.kind:
        return False
    bare = percent_lost and "%" in (fact.unit, other.unit) and "" in (fact.unit, other.unit)
    return same(fact, other) == "equal" or (bare and fact.value == other.value)


def _measured_alike(fact: Fact, other: Fact, percent_lost: bool) -> bool:
    """Whether another number is of the same measure and another amount."""
    if other.kind != "number" or other.value == fact.value:
        return False
    bare = percent_lost and fact.unit == "%" and not other.unit
    return bare or (fact.unit == other.unit != "" and same(fact, other) == "differ")


# --- what a number is of ---------------------------------------------------------------------------------------------


def _labelled(claim: Statement, fact: Fact, source: Statement, own: Fact, free: Sequence[Fact]) -> Fact | None:
    """The number before which stands what the claim has before its own, of which nothing stands about its equal."""
    ours = _before(claim, fact)[:LABEL]
    if len(ours) < 2 or not _before(source, own):
        return None
    there = {*_before(source, own), *_behind(source, own)}
    if there & {*ours, *_behind(claim, fact)}:
        return None
    fits = [f for f in free if set(ours[:3]) <= set(_before(source, f))]
    return fits[0] if len(fits) == 1 else None


def _before(statement: Statement, fact: Fact) -> list[str]:
    """The telling syllables before a fact, nearest first, as far as its clause or the next fact goes."""
    return list(_reach(statement, fact, -1))


def _behind(statement: Statement, fact: Fact) -> list[str]:
    return list(_reach(statement, fact, 1))


def _reach(statement: Statement, fact: Fact, step: int) -> Iterator[str]:
    held = statement.syllables(fact)
    if not held:
        return
    place = held[0] - 1 if step < 0 else held[-1] + 1
    clause = statement.clause[held[0]]
    while 0 <= place < len(statement.forms) and statement.clause[place] == clause and statement.fact[place] < 0:
        if statement.content[place]:
            yield statement.forms[place]
        place += step


def _chained(
    claim: Statement, fact: Fact, source: Statement, own: Fact, free: Sequence[Fact], percent_lost: bool
) -> Fact | None:
    """The number that follows the same amount: "lãi 90 tỷ đồng, tăng 28%", where 34% is the growth of another amount."""
    first = _previous(claim, fact)
    if first is None or (ahead := _previous(source, own)) is None:
        return None
    between = _words(claim, first, fact)
    if not between or len(between) > 2 or any(_equal(c, ahead, percent_lost) for c in claim.facts):
        return None
    if ahead.unit != first.unit:
        return None
    for other in free:
        led = _previous(source, other)
        if led is not None and _equal(first, led, percent_lost) and between <= _words(source, led, other):
            return other
    return None


def _previous(statement: Statement, fact: Fact) -> Fact | None:
    """The number before a number, when no name stands between them."""
    before = [f for f in statement.facts if f.end <= fact.start and f.kind != "date"]
    return before[-1] if before and before[-1].kind == "number" else None


def _words(statement: Statement, first: Fact, last: Fact) -> set[str]:
    """The telling syllables between two facts."""
    return {
        statement.forms[p]
        for p, (a, b) in enumerate(statement.spans)
        if a >= first.end and b <= last.start and statement.content[p]
    }


def _named(claim: Statement, fact: Fact, source: Statement, own: Fact, free: Sequence[Fact]) -> Fact | None:
    """The number of the name that the claim gives another's: the last name before it is the claim's, before its equal a stranger."""
    name = _last_name(claim, fact)
    stranger = _last_name(source, own)
    if name is None or stranger is None or name.kind != stranger.kind:
        return None
    ours = [f for f in claim.facts if f.kind in ("name", "place")]
    if any(same(stranger, f) != "differ" and not strange(stranger, f) for f in ours):
        return None
    after = next((f for f in source.facts if f.start >= own.end), None)
    if after is not None and after.kind in ("name", "place") and _one(name, after):
        directly = source.text[own.end : after.start]
        if not any(mark in directly for mark in ",;") and " trong khi " not in f"{directly} ":
            return None  # "7 ca ở Hải Sa": the owner stands behind
    if not set(_before(claim, fact)[:1]) <= set(_before(source, own)):
        return None
    fits = []
    for other in free:
        owner = _last_name(source, other)
        if owner is not None and _one(name, owner):
            fits.append(other)
    return fits[0] if len(fits) == 1 else None


def _last_name(statement: Statement, fact: Fact) -> Fact | None:
    """The name before a number, when no other number stands between the two."""
    before = [f for f in statement.facts if f.end <= fact.start and f.kind in ("name", "place", "number")]
    return before[-1] if before and before[-1].kind != "number" else None


def _one(name: Fact, other: Fact) -> bool:
    return same(name, other) == "equal"


# --- one after the other ---------------------------------------------------------------------------------------------


def _in_turn(claim: Statement, fact: Fact, source: Statement, own: Fact, free: Sequence[Fact]) -> Fact | None:
    """Of "A và B lần lượt X và Y": Y, where the claim gives B the X."""
    at = next((p for p, pair in enumerate(zip(source.forms, source.forms[1:], strict=False))
               if pair == ("lần", "lượt")), -1)  # fmt: skip
    numbers = [f for f in source.facts if f.kind == "number" and at >= 0 and f.start >= source.spans[at + 1][1]]
    if len(numbers) < 2:
        return None
    first, second = numbers[:2]
    if source.text[first.end : second.start].strip(" ,") not in ("và", "tỷ đồng và", "triệu đồng và"):
        return None
    pair = [f for f in (first, second) if f in (own, *free) or f.text.isdigit()]  # "ở mức 234 và 988 tỷ đồng"
    if len(pair) != 2 or own not in pair:
        return None
    parts = _listed(source, at)
    if parts is None:
        return None
    held = {claim.forms[p] for p in range(len(claim.forms)) if not _in_number(claim, p)}
    shares = [len(held & part) / len(part) for part in parts]
    mine = pair.index(own)
    return pair[1 - mine] if shares[mine] == 0 and shares[1 - mine] >= 0.5 else None


def _in_number(statement: Statement, place: int) -> bool:
    owner = statement.fact[place]
    return owner >= 0 and statement.facts[owner].kind not in ("name", "place")


def _listed(source: Statement, at: int) -> list[set[str]] | None:
    """What tells the two things before "lần lượt" apart: the syllables only one of them has; None where there are not two."""
    clause = source.clause[at]
    start = at
    while start and source.clause[start - 1] == clause:
        start -= 1
    joints = [p for p in range(start, at) if source.forms[p] == "và"]
    if len(joints) != 1:
        return None
    told = [
        {source.forms[p] for p in range(a, b) if source.content[p] or source.fact[p] >= 0}
        for a, b in ((max(start, joints[0] - LABEL), joints[0]), (joints[0] + 1, min(at, joints[0] + 1 + LABEL)))
    ]
    apart = [told[0] - told[1], told[1] - told[0]]
    return apart if all(apart) else None
