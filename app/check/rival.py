"""The noun Rival: what stands in a source where the claim has something else; and how alike two places are.

Two places are alike when the telling words around them are. This module finds nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.check.source import Line
from app.check.verdict import DifferenceKind
from app.fact import Fact
from app.meanings import meanings
from app.statement import Statement

WINDOW = (1.0, 0.85, 0.7, 0.5, 0.35)
"""Weight of the nearest telling syllables on either side of a fact, when two facts' surroundings are compared."""


@dataclass(frozen=True, slots=True)
class Rival:
    """A fact (or words) of the claim and what stands in its place; spans count in the two sentences.

    fit: 0 to 1, how alike their surroundings are. alone: whether nothing else of its kind is there.
    """

    kind: DifferenceKind
    span: tuple[int, int]
    other: tuple[int, int]
    line: Line
    fit: float
    alone: bool = False


def alike_around(claim: Statement, fact: Fact, source: Statement, other: Fact) -> float:
    """0 to 1: how much of what stands around a fact of the claim stands around another in the source."""
    ours, theirs = _window(claim, fact), _window(source, other)
    if not ours:
        return 0.3
    table = meanings()
    reach = {form for form, _, _ in theirs}
    phrases = {w for form, _, _ in theirs for w in table.same((form,))}
    total = got = 0.0
    for form, weight, _ in ours:
        total += weight
        if form in reach or (form,) in phrases:
            got += weight
    return got / total if total else 0.3


def _window(statement: Statement, fact: Fact) -> list[tuple[str, float, int]]:
    held = statement.syllables(fact)
    if not held:
        return []
    found = []
    for step in (-1, 1):
        place, rank = (held[0] - 1, 0) if step < 0 else (held[-1] + 1, 0)
        while 0 <= place < len(statement.forms) and rank < len(WINDOW):
            if statement.content[place] or statement.fact[place] >= 0:
                found.append((statement.forms[place], WINDOW[rank], place))
                rank += 1
            place += step
    return found


def around(claim: Statement, at: int, source: Statement, place: int) -> float:
    """How alike the surroundings of two places are."""
    ours = _near(claim, at)
    theirs = {form for form, _ in _near(source, place)}
    total = sum(w for _, w in ours)
    return sum(w for form, w in ours if form in theirs) / total if total else 0.3


def _near(statement: Statement, at: int) -> list[tuple[str, float]]:
    found = []
    for step in (-1, 1):
        place, rank = at + step, 0
        while 0 <= place < len(statement.forms) and rank < len(WINDOW):
            if statement.content[place] or statement.fact[place] >= 0:
                found.append((statement.forms[place], WINDOW[rank]))
                rank += 1
            place += step
    return found
