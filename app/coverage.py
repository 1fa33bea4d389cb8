"""How much of what a written sentence claims is said by the sentences that should prove it.

In: the sentence, its evidence, and the words around the evidence. Out: Coverage, counted in
syllables that claim something (facts, function words and "cho biết" aside). A word is
covered by itself or by another way of saying it (app/meanings.toml); words that stand only in
the title or before the evidence count for less. This module knows no facts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.meanings import meanings
from app.statement import Statement

NEARBY = 0.6
"""Credit of a word that stands in the title or before the evidence, but not in it."""

WHOLE, CLAUSE, OWN, RUN = 0.6, 0.5, 0.5, 3
"""A sentence is covered when this share of it is, of each clause and each side of an "và" (something of it by the evidence itself), and no more syllables in a row are new."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """share: of the claiming syllables, 0 to 1. worst: of the worst clause. run: new syllables in a row at most.

    own: of it by the evidence itself. claimed: how many claiming syllables there are.
    """

    share: float
    worst: float
    run: int
    own: float
    claimed: int

    @property
    def enough(self) -> bool:
        return self.share >= WHOLE and self.worst >= CLAUSE and self.run <= RUN and self.own >= OWN


def cover(
    claim: Statement, evidence: Sequence[Statement], nearby: Sequence[Statement], *, clause: int | None = None
) -> Coverage:
    """Coverage of a sentence, or of one clause of it, by its evidence.

    nearby: the titles, and what stands before the evidence.

    >>> from app.statement import read_statement
    >>> claim, source = read_statement("Cầu được khánh thành."), read_statement("Lễ thông xe cầu diễn ra sáng nay.")
    >>> cover(claim, [source], ()).share
    1.0
    """
    table = meanings()
    hints = {form for source in nearby for form in source.forms}
    said = {form for source in evidence for form in source.forms}
    credit = [0.0] * len(claim.forms)
    counted = [False] * len(claim.forms)
    for at, width in claim.units:
        phrase = claim.phrase(at, width)
        ways = table.same(phrase) | table.inverse(phrase)  # who sells to whom is for app/roles.py to say
        whole = any(source.says(ways) for source in evidence)
        hinted = whole or any(source.says(ways) for source in nearby)
        for place in range(at, at + width):
            form = claim.forms[place]
            counted[place] = claim.content[place] and clause in (None, claim.clause[place])
            credit[place] = 1.0 if whole or form in said else NEARBY if hinted or form in hints else 0.0
    places = [p for p, c in enumerate(counted) if c]
    if not places:
        return Coverage(1.0, 1.0, 0, 1.0, 0)
    parts: dict[tuple[int, int], list[float]] = {}
    for place in places:
        parts.setdefault((claim.clause[place], claim.forms[:place].count("và")), []).append(credit[place])
    least = 3 if len(parts) == 1 else 2
    worst = min((sum(c) / len(c) * (1.0 in c) for c in parts.values() if len(c) >= least), default=1.0)
    run = longest = 0
    for place in places:
        run = run + 1 if credit[place] == 0.0 else 0
        longest = max(longest, run)
    own = sum(credit[p] == 1.0 for p in places) / len(places)
    return Coverage(sum(credit[p] for p in places) / len(places), worst, longest, own, len(places))
