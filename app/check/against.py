"""Which of all rivals speaks against a claim: the one that fits best, of the same event, and gainsaid by no other sentence.

In: the matches of one article. Out: the match and its rival, or None. This module decides no verdict.
"""

from __future__ import annotations

from collections.abc import Sequence

from app.check.compare import Match
from app.check.rival import Rival
from app.fact import Fact

FOUND = 0.85
"""A fact credited so much by any sentence is said: whatever stands elsewhere is no rival of it."""

SAID_WHOLE = 0.9
"""How much of the claim a sentence says by itself that no opposite or denial in another sentence can be meant against it."""

NEARLY = 0.6
"""How much of the claim the sentence that says it must hold itself, against the one with the rival."""

FULLER = 1.3
"""How much more of the claim a sentence says than another one, so that its word for it goes before the other's opposite."""

SAME_PLACE = 0.6
"""How alike the surroundings of two names are that stand in the same place of one sentence."""

TELLING = 8
"""Syllables beside the facts that tell an event from others where no fact does."""

_FACTS = ("number", "date", "unit", "name", "place")


def strongest(matches: Sequence[Match]) -> tuple[Match, Rival] | None:
    """The rival most likely to contradict the claim, with the match it is of."""
    found: tuple[float, Match, Rival] | None = None
    for match in matches:
        for rival in match.rivals:
            if rival.kind in _FACTS and any(_speaks(m, match, rival.span) for m in matches):
                continue
            if rival.kind not in _FACTS and any(_says_whole(m, match, rival) for m in matches):
                continue
            if rival.kind in ("name", "place") and not _of_one_event(match, rival):
                continue
            force = (
                match.rest * (0.45 + 0.55 * rival.fit)
                + (0.08 if rival.alone else 0.0)
                + 0.2 * held_outside(match, rival.span)
            )
            if found is None or force > found[0]:
                found = force, match, rival
    return (found[1], found[2]) if found else None


def _speaks(match: Match, beside: Match, span: tuple[int, int]) -> bool:
    """Whether another match says the fact in question, and is about as much of the claim."""
    return credit_in(match, span) >= FOUND and match.own >= NEARLY * beside.own


def _says_whole(match: Match, beside: Match, rival: Rival) -> bool:
    """Whether another match says the whole claim, its turned words as they stand: "tăng" elsewhere is of something else."""
    span, whole = rival.span, match.own >= max(SAID_WHOLE, beside.own)
    fuller = rival.kind == "negation" and match.own >= FULLER * beside.own
    if match is beside or match.doubted or not (whole or fuller):
        return False
    turned_here = any(r.span[0] < span[1] and r.span[1] > span[0] for r in match.rivals)
    return not turned_here and credit_in(match, span) >= (FOUND if whole else 1.0)


def _of_one_event(match: Match, rival: Rival) -> bool:
    """Whether the sentence or its neighbours say another fact of the claim that tells one event from the next: a name, an
    amount, a day; or words enough. Of two companies that both "plan a profit for 2027" nothing of the kind is told."""
    span = rival.span
    if span[0] > 0 and rival.fit >= SAME_PLACE:
        return True  # not what the claim begins with, and in the same words
    facts = any(
        (f.kind in ("name", "place", "time") or (f.kind == "number" and any(c.isdigit() for c in f.text)) or _is_day(f))
        for f in match.told
        if not (f.start < span[1] and f.end > span[0])
    )
    words = sum(c >= FOUND for c, w in zip(match.credit, match.weight, strict=True) if w == 1.0)
    return facts or words >= TELLING


def _is_day(fact: Fact) -> bool:
    return fact.kind == "date" and isinstance(fact.value, tuple) and fact.value[1] is not None


def credit_in(match: Match, span: tuple[int, int]) -> float:
    """The mean credit of what stands in a span of the claim."""
    held = [
        c
        for c, w, (a, b) in zip(match.credit, match.weight, match.spans, strict=True)
        if w and a < span[1] and b > span[0]
    ]
    return sum(held) / len(held) if held else 0.0


def held_outside(match: Match, span: tuple[int, int]) -> float:
    """Share of the claim outside a span that the sentence or its neighbours say."""
    outside = [
        (c, w)
        for c, w, (a, b) in zip(match.credit, match.weight, match.spans, strict=True)
        if not (a < span[1] and b > span[0])
    ]
    total = sum(w for _, w in outside)
    return sum(w for c, w in outside if c >= FOUND) / total if total else 0.0
