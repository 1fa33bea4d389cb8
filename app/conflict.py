"""Two articles that disagree on the fact that was asked: both are shown, neither is merged away.

In: candidates, best first. Out: the one that contradicts the best, or None. Careful
rather than keen: the other sentence must be of an article of the same days, answer
the question about as well, and hold a number or date of the same kind with another
value. This module knows nothing of wording.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from app.asked import Asked, Wanted
from app.choose import Candidate
from app.facts import Fact, find_facts, same

AS_MUCH = 0.8
"""How much about the question the other sentence must be, against the best."""

AS_WELL = 0.8
"""How much less than the best it may score."""

DAYS = 7
"""How far apart the two articles may have been published: figures of another month are news, not a contradiction."""

FITS = 0.9
LOOKED_AT = 15


def contradiction(asked: Asked, ranked: Sequence[Candidate]) -> Candidate | None:
    """The candidate of another article that gives another number or date for what was asked."""
    if asked.wanted not in (Wanted.NUMBER, Wanted.TIME) or not ranked:
        return None
    best = ranked[0]
    mine = _fact(best)
    if mine is None:
        return None
    for other in ranked[1:LOOKED_AT]:
        if other.hit.passage.docid == best.hit.passage.docid or not _same_days(best, other):
            continue
        # A reader may put first what words put second: that one may be about less and contradicts all the same.
        less = other.about < AS_MUCH * best.about and other.score < best.score
        if less or other.score < best.score - AS_WELL:
            continue
        theirs = _fact(other)
        if theirs is not None and same(mine, theirs) == "differ":
            return other
    return None


def _fact(candidate: Candidate) -> Fact | None:
    """The number or date of a candidate's span, if it fits what was asked."""
    span = candidate.span
    if span is None or span.fit < FITS:
        return None
    inside = [f for f in find_facts(candidate.text) if f.start >= span.start and f.end <= span.end]
    return next((f for f in inside if f.kind in ("number", "date", "time")), None)


def _same_days(one: Candidate, other: Candidate) -> bool:
    a, b = one.hit.passage.published, other.hit.passage.published
    return a is not None and b is not None and abs(a - b) <= timedelta(days=DAYS)
