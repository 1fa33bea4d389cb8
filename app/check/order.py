"""What comes first: before against after the same day or deed, the second against the first of the same things.

    "trước tháng 6/2033" · "sau tháng 6/2033"        "thành viên thứ hai" · "thành viên đầu tiên"

In: a claim and a sentence. Out: Rivals. This module decides no verdict.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from app.check.found import FoundFact
from app.check.rival import Rival, around
from app.check.source import Line
from app.statement import Statement

_TURNED = {"trước": "sau", "sau": "trước"}
_LEADS = ("khi", "ngày", "tháng", "năm", "hôm", "thời", "điểm")
"""Words between "trước" and the day or deed."""

ALIKE, APART = 0.75, 0.34
"""How much of what follows in the claim follows the opposite in the sentence at least, and the same word at most."""

AHEAD = 5
"""Telling syllables that are compared behind "trước" and "sau"."""

_FIRST = (("đầu", "tiên"), ("cuối", "cùng"))
"""Ranks that are said in words."""


def orders(claim: Statement, line: Line) -> list[Rival]:
    """Where the claim puts something before a day or deed and the sentence after it, or the other way round."""
    source, found = line.statement, []
    theirs = list(_placed(source))
    for at, word, behind in _placed(claim):
        if len(behind) < 2:
            continue
        facing = [(p, _share(behind, told)) for p, w, told in theirs if w == _TURNED[word]]
        own = max((_share(behind, told) for _, w, told in theirs if w == word), default=0.0)
        place, share = max(facing, key=lambda f: f[1], default=(0, 0.0))
        if share >= ALIKE and own <= APART:
            found.append(Rival("negation", claim.spans[at], source.spans[place], line, max(share, 0.8)))
    return found[:1]


def _placed(statement: Statement) -> Iterator[tuple[int, str, list[str]]]:
    """Each "trước" and "sau" before a day or "khi": its place, the word, and what follows as far as the clause goes."""
    forms = statement.forms
    for at, form in enumerate(forms[:-1]):
        if form not in _TURNED:
            continue
        dated = any(statement.fact[p] >= 0 and statement.facts[statement.fact[p]].kind == "date"
                    for p in range(at + 1, min(at + 3, len(forms))))  # fmt: skip
        if forms[at + 1] != "khi" and not dated:
            continue
        told: list[str] = []
        clause = statement.clause[min(at + 2, len(forms) - 1)]
        for place in range(at + 1, len(forms)):
            if len(told) == AHEAD or (place > at + 1 and statement.clause[place] > clause):
                break
            if forms[place] not in _LEADS and (statement.content[place] or statement.fact[place] >= 0):
                told.append(forms[place])
        yield at, form, told


def _share(ours: Sequence[str], theirs: Sequence[str]) -> float:
    return sum(form in theirs for form in ours) / len(ours)


def ordinals(claim: Statement, line: Line, found: Sequence[FoundFact]) -> list[Rival]:
    """A rank of the claim where the sentence says another of the same thing in words: "lần thứ hai", "lần đầu tiên"."""
    source, rivals = line.statement, []
    for held in found:
        places = claim.syllables(held.fact)
        if held.fact.unit != "thứ" or held.credit or not places or not places[0] or held.fact.value == 1:
            continue
        noun = claim.forms[places[0] - 1]
        for way in _FIRST:
            for at in range(1, len(source.forms) - 1):
                if source.forms[at : at + 2] == way and source.forms[at - 1] == noun:
                    fit = around(claim, places[0], source, at)
                    span = held.fact.start, held.fact.end
                    rivals.append(
                        Rival("number", span, (source.spans[at][0], source.spans[at + 1][1]), line, fit, True)
                    )
    return [r for r in rivals if r.fit >= 0.4][:1]
