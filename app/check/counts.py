"""Another count before the same noun: "ba khẩu súng" where the source has "hai khẩu súng" or "2 khẩu".

Lone number words are read as numbers only before nouns that are known to be counted; here the noun itself, met
behind another number in the source, shows that it is counted. In: a claim and a sentence. Out: Rivals. This module
decides no verdict.
"""

from __future__ import annotations

from collections.abc import Sequence

from app.check.rival import Rival, around
from app.check.source import Line
from app.fact import Fact
from app.statement import Statement

_COUNTS = {
    "hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8, "chín": 9, "mười": 10,
}  # fmt: skip
_PARTS = frozenset("mươi mười trăm nghìn ngàn vạn triệu tỉ phần rưỡi thứ lẻ linh".split())
"""Beside one of these a number word is part of a longer number."""

PER = ("năm", "tháng", "quý", "tuần", "ngày", "giờ", "phút", "giây")
"""Spans of time for which an amount is given."""

LEAST = 0.4
"""How alike the surroundings of the two counts are at least."""


def counts(claim: Statement, line: Line, taken: Sequence[tuple[int, int]]) -> list[Rival]:
    """Where a count of the claim stands before a noun that the sentence has behind another count only.

    taken: spans of the claim that have a rival already, or are said.
    """
    source, found = line.statement, []
    for at, value in _counted(claim):
        if any(start < claim.spans[at][1] and end > claim.spans[at][0] for start, end in taken):
            continue
        noun = claim.forms[at + 1]
        theirs = [(place, other) for place, other in _counted(source) if source.forms[place + 1] == noun]
        if not theirs or any(other == value for _, other in theirs):
            continue
        place = max((p for p, _ in theirs), key=lambda p: around(claim, at, source, p))
        fit = around(claim, at, source, place)
        if fit >= LEAST:
            found.append(Rival("number", claim.spans[at], source.spans[place], line, fit, len(theirs) == 1))
    return found


def _counted(statement: Statement) -> list[tuple[int, int]]:
    """The place and value of each small count with a noun behind it."""
    found = []
    for at in range(len(statement.forms) - 1):
        form = statement.forms[at]
        value = _COUNTS.get(form) or (int(form) if form.isdigit() and len(form) < 3 else 0)
        beside = {statement.forms[at + 1], statement.forms[at - 1] if at else ""}
        whole = not beside & (_PARTS | _COUNTS.keys()) and not any(f.isdigit() for f in beside)
        parted = statement.text[statement.spans[at][1] : statement.spans[at + 1][0]].strip()
        if value > 1 and whole and not parted and not _named(statement, at):
            found.append((at, value))
    return found


def _named(statement: Statement, at: int) -> bool:
    """Whether a number word is part of a name or a date."""
    owner = statement.fact[at]
    return owner >= 0 and statement.facts[owner].kind != "number"


def is_rate(claim: Statement, fact: Fact) -> bool:
    """Whether "một năm" only says per what an amount right before it is: "500 triệu sản phẩm một năm"."""
    if fact.kind != "number" or fact.text.split()[0].lower() != "một" or fact.unit not in PER:
        return False
    held = claim.syllables(fact)
    before = [claim.fact[p] for p in range(max(0, held[0] - 3), held[0])] if held else []
    return any(n >= 0 and claim.facts[n].kind == "number" for n in before)
