"""From matches to a verdict: a few shares and counts, weighed by a small logistic model.

    matches -> the one that says most · the strongest rival -> features -> chances of the three verdicts

Gates stand before the weights: REFUTED needs a rival to show, SUPPORTED needs that no fact of the claim is
absent. The weights and how they were found: docs/decisions/0014-verdicts.md. This module knows nothing of articles.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from app.check.against import FOUND, credit_in, held_outside, strongest
from app.check.compare import Match
from app.check.rival import Rival
from app.check.verdict import Verdict
from app.fact import Fact

VERDICTS: tuple[Verdict, ...] = ("SUPPORTED", "REFUTED", "NOT_ENOUGH_INFO")

SAID, ADDS = 0.99, 0.1
"""Credit of what a sentence says itself, and how much of the claim a second sentence must add to be shown as well."""

WORDS = 0.4
"""Share of its words, beside the facts, that a sentence or its neighbours say of a claim they support."""

SURE = 0.5
"""Chance from which on a claim is called refuted: a false alarm costs an editor's trust."""

UNKNOWN = 0.9
"""Chance that nothing is known, where nothing is found or a gate rules out what the weights say."""

TURNED, WHOLE = 0.6, 0.75
"""How alike the surroundings of a turned word are at least, and how much of the rest is said."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A verdict with its chance, and what it rests on.

    best: the match that says most of the claim. against: the match and rival that contradict it, if any.
    besides: the match of another sentence of its article that says what `best` leaves out, if any.
    """

    verdict: Verdict
    chance: float
    best: Match | None
    against: tuple[Match, Rival] | None
    absent: tuple[Fact, ...]
    features: tuple[float, ...]
    besides: Match | None = None


def turned(match: Match, rival: Rival) -> bool:
    """Whether the sentence says all of the claim but for a denial, an opposite, an office or the like."""
    return rival.kind in ("role", "negation") and rival.fit >= TURNED and match.rest >= WHOLE


def _allowed(
    verdict: Verdict, chance: float, best: Match, against: tuple[Match, Rival] | None, absent: Sequence[Fact]
) -> bool:
    """The gates: nothing is refuted without a rival to show, nothing supported of which a fact is absent or denied."""
    if verdict == "REFUTED":
        return against is not None and chance >= SURE
    return verdict != "SUPPORTED" or not (absent or best.doubted or _mostly_unsaid(best) or _turns_round(best))


def _turns_round(match: Match) -> bool:
    """Whether a sentence itself says the claim but for a denial, though others say its words plainly: it proves nothing."""
    return any(turned(match, rival) for rival in match.rivals)


def _mostly_unsaid(match: Match) -> bool:
    """Whether only a lesser part of the words beside the facts is said: the same names and days, told of something else."""
    words = [c >= FOUND for c, w in zip(match.credit, match.weight, strict=True) if w == 1.0]
    return len(words) >= 3 and sum(words) < WORDS * len(words)


def support(match: Match) -> float:
    """How much a match says, to choose among them."""
    return match.share + 0.5 * match.own - 0.1 * len(match.absent)


def judge_matches(matches: Sequence[Match]) -> Judged:
    """The verdict of all that was compared."""
    if not matches:
        return Judged("NOT_ENOUGH_INFO", UNKNOWN, None, None, (), ())
    same = next((m for m in matches if m.verbatim and not m.doubted), None)
    if same is not None:
        return Judged("SUPPORTED", 0.99, same, None, (), ())
    best = max(matches, key=support)
    against = strongest(matches)
    absent = _absent(matches, best)
    features = features_of(best, against, absent)
    chances = weigh(features)
    if against is not None and turned(*against):
        # what is repeated but for the one word that turns it round is not also supported
        refuted, unknown = chances[1:]
        chances = 0.0, refuted / (refuted + unknown), unknown / (refuted + unknown)
    open_to = [k for k, v in enumerate(VERDICTS) if _allowed(v, chances[k], best, against, absent)]
    verdict = VERDICTS[max(open_to, key=lambda k: chances[k])]
    if verdict == "NOT_ENOUGH_INFO":  # what a gate rules out leaves its chance to the others
        chances = *chances[:2], max(chances[2], min(UNKNOWN, chances[2] / sum(chances[k] for k in open_to)))
    besides = _besides(matches, best) if verdict == "SUPPORTED" else None
    return Judged(verdict, chances[VERDICTS.index(verdict)], best, against, absent, features, besides)


def _besides(matches: Sequence[Match], best: Match) -> Match | None:
    """The sentence that says most of what the best one does not say itself, when that is ADDS of the claim or more."""
    gains = [
        (sum(w for c, b, w in zip(m.credit, best.credit, m.weight, strict=True) if c >= SAID > b), m)
        for m in matches
        if m is not best and m.source is best.source
    ]
    gain, match = max(gains, key=lambda g: g[0], default=(0.0, best))
    return match if gain >= ADDS * sum(best.weight) and gain > 0 else None


def _absent(matches: Sequence[Match], best: Match) -> tuple[Fact, ...]:
    """The facts that no sentence says: neither those of the best match nor any other of its article."""
    return tuple(
        f
        for f in best.absent
        if not any(credit_in(m, (f.start, f.end)) >= 0.5 for m in matches if m.source is best.source)
    )


def features_of(best: Match, against: tuple[Match, Rival] | None, absent: Sequence[Fact]) -> tuple[float, ...]:
    """What the weights are for, each about 0 to 1."""
    span = against[1].span if against else (0, 0)
    other = [f for f in absent if not (f.start < span[1] and f.end > span[0])]
    gap = max((weight for weight, (a, b) in best.runs if not (a < span[1] and b > span[0])), default=0.0)
    own = (
        1.0,
        best.share,
        best.own,
        best.worst,
        min(gap, 6.0) / 6,
        min(len(other), 2) / 2,
        float(bool(other)),
        len(best.elsewhere) / max(1, best.facts),
    )
    if against is None:
        return (*own, *(0.0,) * 8)
    match, rival = against
    if turned(match, rival):
        # all is judged by what is left when the turned word is taken out
        own = (1.0, match.rest, held_outside(match, span), match.rest, *own[4:])
    return (
        *own,
        1.0,
        match.rest,
        rival.fit,
        float(rival.alone),
        float(rival.kind == "negation"),
        float(rival.kind == "role"),
        held_outside(match, span),
        float(rival.kind in ("name", "place")),
    )


WEIGHTS: tuple[tuple[float, float, float], ...] = (
    (-5.34, -6.43, 0.00),
    (4.17, 4.12, 0.00),
    (3.49, 3.14, 0.00),
    (1.36, 0.89, 0.00),
    (-1.29, -1.38, 0.00),
    (-1.15, -0.76, 0.00),
    (-0.86, -0.06, 0.00),
    (-0.50, 0.68, 0.00),
    (-0.86, -0.61, 0.00),
    (-0.89, 0.43, 0.00),
    (-0.38, 1.41, 0.00),
    (-0.36, 0.06, 0.00),
    (0.54, 0.53, 0.00),
    (-0.12, -0.77, 0.00),
    (-0.41, 1.59, 0.00),
    (-0.21, -0.21, 0.00),
)
"""For each feature its weight for the three verdicts."""


def weigh(features: Sequence[float]) -> tuple[float, float, float]:
    """The chances of the three verdicts."""
    return softmax(features, WEIGHTS)


def softmax(features: Sequence[float], weights: Sequence[tuple[float, float, float]]) -> tuple[float, float, float]:
    """Chances from weighted features, one row of weights a feature; they sum to 1."""
    sums = [sum(f * w[k] for f, w in zip(features, weights, strict=True)) for k in range(3)]
    top = max(sums)
    raised = [math.exp(s - top) for s in sums]
    total = sum(raised)
    return raised[0] / total, raised[1] / total, raised[2] / total
