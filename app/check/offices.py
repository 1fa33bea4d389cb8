"""A person who holds one office in the claim and another in the source: "Giám đốc" for "Phó giám đốc".

In: a claim and a sentence. Out: Rivals. An office stands before its holder, a country between them or not, or
behind. This module decides no verdict.
"""

from __future__ import annotations

from dataclasses import replace

from app.check.rival import Rival
from app.check.source import Line, Source
from app.fact import Fact
from app.meanings import meanings
from app.name_words import COUNTRIES, TITLES
from app.same_fact import same
from app.statement import Statement
from index.vietnamese import canonical, tokens

OFFICES = frozenset(" ".join(tokens(t)) for t in TITLES if t.split()[-1] in (
    "chủ", "tịch", "trưởng", "giám", "đốc", "thư", "tướng", "thống", "sứ", "ceo", "cfo", "cto", "phó", "nhiệm", "hđqt",
    "tập", "phòng", "ban", "án", "lập", "ký",
))  # fmt: skip
"""Offices that have one holder, as syllables."""


def titles(claim: Statement, line: Line, source: Source) -> list[Rival]:
    """A person who holds one office in the claim and another in the source."""
    found = []
    for fact in claim.facts:
        if fact.kind != "name" or fact.unit != "person":
            continue
        ours = _office(claim, fact)
        if ours is None:
            continue
        for other in _persons(fact, line.statement):
            theirs = _office(line.statement, other)
            if theirs is None:
                theirs = _apposition(line.statement, other)
                words = set(tokens(claim.text[slice(*ours)]))
                if theirs is None or words <= source.all_terms:
                    continue
            a, b = claim.text[slice(*ours)].lower(), line.statement.text[slice(*theirs)].lower()
            if tokens(a) != tokens(b) and not _same_office(a, b):
                found.append(Rival("role", ours, theirs, line, 0.9))
    return found[:1]


def _persons(fact: Fact, statement: Statement) -> list[Fact]:
    """Where a sentence names a person; a copy without commas may have the office in the name: "Lê Bá Tòng Tổng"."""
    found = []
    for other in statement.facts:
        if other.kind == "name" and same(fact, other) == "equal":
            found.append(other)
        elif other.kind == "name" and other.text.startswith(f"{fact.text} ") and " " in fact.text:
            found.append(replace(other, end=other.start + len(fact.text), text=fact.text))
    return found


def _apposition(statement: Statement, fact: Fact) -> tuple[int, int] | None:
    """What a person is said to be right behind the name, between a comma and the next comma or verb of saying."""
    held = statement.syllables(fact)
    if not held or not statement.text[fact.end :].lstrip().startswith(","):
        return None
    table, start = meanings(), held[-1] + 1
    end = start
    while (
        end < len(statement.forms) and statement.clause[end] == statement.clause[min(start, len(statement.forms) - 1)]
    ):
        if table.at(statement.forms, end, "reporting", "saying", "negators"):
            break
        end += 1
    if not 2 <= end - start <= 12 or any(
        statement.forms[p] in ("đã", "đang", "sẽ", "bị", "được") for p in range(start, end)
    ):
        return None
    return statement.spans[start][0], statement.spans[end - 1][1]


def _same_office(a: str, b: str) -> bool:
    x, y = tuple(tokens(a)), tuple(tokens(b))
    return y in meanings().same(x) or x in meanings().same(y)


def _office(statement: Statement, fact: Fact) -> tuple[int, int] | None:
    """The span of the office named right before a person, or right behind after a comma or "làm"."""
    held = statement.syllables(fact)
    if not held:
        return None
    forms = statement.forms
    for first in (held[0], _before_country(statement, held[0])):
        for width in range(5, 0, -1):
            at = first - width
            if at >= 0 and " ".join(forms[at:first]) in OFFICES:
                return statement.spans[at][0], statement.spans[first - 1][1]
    for at in range(held[-1] + 1, min(held[-1] + 6, len(forms))):
        for width in range(5, 0, -1):
            if at + width <= len(forms) and " ".join(forms[at : at + width]) in OFFICES:
                return statement.spans[at][0], statement.spans[at + width - 1][1]
    return None


def _before_country(statement: Statement, first: int) -> int:
    """The place before the country that stands between an office and its holder: "Thủ tướng Lào Thongsay"."""
    owner = statement.fact[first - 1] if first else -1
    if owner < 0 or canonical(statement.facts[owner].text).lower() not in COUNTRIES:
        return first
    return statement.syllables(statement.facts[owner])[0]
