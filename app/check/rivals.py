"""Rivals of facts: another number, day, name or place that stands where the claim has its own.

    facts of the claim that are not found, facts of the sentence that are nobody's -> those of one kind -> the best fit

An unrelated number is no rival: what stands around both must be alike, or one must look like a slip of the
other. This module decides no verdict.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from app.check.counts import is_rate
from app.check.found import CONTAINERS, FoundFact, described, halves_apart
from app.check.rival import Rival, alike_around
from app.check.slips import far_apart, slips, turned_day
from app.check.source import Line
from app.check.verdict import DifferenceKind
from app.fact import Fact
from app.name_words import COUNTRIES
from app.named import names_of
from app.owners import is_compared
from app.same_fact import same
from app.statement import Statement
from app.units import CURRENCIES, UNITS
from index.vietnamese import canonical, tokens

WHERE_TO = ("ở", "tại", "đến", "tới", "sang", "từ", "vào", "trong", "gần")
"""Prepositions of places where something is or goes."""


def fact_rivals(
    claim: Statement, line: Line, beside: Sequence[Line], found: Sequence[FoundFact], *, percent_lost: bool = False
) -> list[Rival]:
    """A rival for each fact of the claim that is not said here, where there is one, here or in the next sentence.

    percent_lost: whether the source is a copy without percent signs, so that a bare number may be a percentage.
    """
    rivals: list[Rival] = []
    for held in found:
        if held.credit >= 0.99 or is_rate(claim, held.fact):
            continue
        best: Rival | None = None
        for near in (line, *beside):
            rival = _rival(claim, held.fact, near, found, percent_lost)
            if (
                rival is not None
                and (near is line or rival.fit >= 0.5)
                and (best is None or rival.fit > best.fit + 0.1)
            ):
                best = rival
        if best is not None:
            rivals.append(best)
    return rivals


def _rival(claim: Statement, fact: Fact, line: Line, found: Sequence[FoundFact], percent_lost: bool) -> Rival | None:
    statement = line.statement
    free = [
        (other, kind)
        for other in statement.facts
        if (kind := differs(fact, other) or ("number" if (
            _counts_alike(claim, fact, statement, other) or (percent_lost and _bare_percent(fact, other))
        ) else None))
        and _could_be(claim, fact, statement, other)
        and not any(h.at == (line.number, other.start) for h in found)
    ]  # fmt: skip
    if not free:
        return None
    free = [
        (f, k) for f, k in free if not (f.kind == "date" and is_compared(statement, f) and not is_compared(claim, fact))
    ]
    if not free:
        return None
    scored = sorted(((_fit(claim, fact, statement, other), -other.start, other, kind) for other, kind in free),
                    key=lambda s: (-s[0], s[1]))  # fmt: skip
    fit, _, other, kind = scored[0]
    if kind == "name" and fit < 0.2:
        return None
    if kind == "unit" and fact.text == other.text:  # only what is counted differs
        return Rival(kind, _with_unit(claim, fact), _with_unit(statement, other), line, fit, len(free) == 1)
    return Rival(kind, (fact.start, fact.end), (other.start, other.end), line, fit, len(free) == 1)


def _with_unit(statement: Statement, fact: Fact) -> tuple[int, int]:
    """The span of a number and of the words behind it in which it is counted."""
    behind = statement.text[fact.end :]
    gap = len(behind) - len(behind.lstrip())
    counted = behind[gap:].lower().startswith(fact.unit.lower())
    return fact.start, fact.end + gap + len(fact.unit) if counted else fact.end


def differs(fact: Fact, other: Fact) -> DifferenceKind | None:
    """The kind of difference between two facts that could stand for each other; None when they do not compare."""
    if fact.kind == other.kind == "number" and isinstance(fact.value, Decimal) and isinstance(other.value, Decimal):
        a, b = fact.unit.split()[-1:], other.unit.split()[-1:]
        if fact.value == other.value and fact.high == other.high and a != b and {*a, *b} <= CONTAINERS:
            return "unit"
        if {fact.unit, other.unit} <= CURRENCIES and fact.unit != other.unit:
            return "unit" if (fact.value, fact.high) == (other.value, other.high) else None
    if fact.kind == other.kind == "name":
        if described(fact) or described(other):
            return None
        if _one_part_off(fact, other):
            return "name"
    if fact.kind == other.kind == "date" and halves_apart(fact, other):
        return "date" if same(fact, other) == "equal" else None
    if same(fact, other) != "differ":
        if _bounds_apart(fact, other):
            return "number"
        return "name" if _two_names(fact, other) else None
    if fact.kind == "number" and bool(fact.unit) != bool(other.unit):
        return None
    if fact.kind in ("name", "place"):
        return "place" if "place" in (fact.kind, other.kind) else "name"
    if fact.kind == "date" and not _as_exact(fact, other):
        return None
    if fact.kind == "number":
        scaled = {_mantissa(fact), _mantissa(other)}
        return "unit" if len(scaled) == 1 and fact.value != other.value else "number"
    return "date" if fact.kind in ("date", "time") else None


def _bounds_apart(fact: Fact, other: Fact) -> bool:
    """Whether both are the least or the most there is, and not the same: "ít nhất ba năm", "ít nhất hai năm"."""
    return (
        fact.kind == other.kind == "number"
        and (fact.unit, fact.bound) == (other.unit, other.bound)
        and fact.bound in ("ít nhất", "tối đa")
        and fact.value != other.value
    )


def _bare_percent(fact: Fact, other: Fact) -> bool:
    """Whether a number without a measure may be another percentage, its sign lost: "chiếm 15%", "chiếm 51 lao động"."""
    return fact.unit == "%" and other.kind == "number" and other.unit not in UNITS and fact.value != other.value


def _as_exact(fact: Fact, other: Fact) -> bool:
    """Whether another date names all the parts that a date names: "2021" is no rival of "tháng 6/2022"."""
    if not isinstance(fact.value, tuple) or not isinstance(other.value, tuple):
        return True
    return all(b is not None for a, b in zip(fact.value[1:], other.value[1:], strict=True) if a is not None)


def _one_part_off(fact: Fact, other: Fact) -> bool:
    """Whether two pairs share one part and have nothing in common in the other: "Toán và Lý", "Hóa và Lý"."""
    x, y = ([tuple(tokens(part)) for part in f.text.split(" và ")] for f in (fact, other))
    if len(x) != 2 or len(y) != 2 or x == y:
        return False
    mine, theirs = [p for p in x if p not in y], [p for p in y if p not in x]
    return len(mine) == len(theirs) == 1 and not set(mine[0]) & set(theirs[0])


def _two_names(fact: Fact, other: Fact) -> bool:
    """Whether two names of which not all titles are known have no word in common: two drugs, two companies, two persons."""
    if fact.kind != "name" or other.kind != "name" or "other" not in (fact.unit, other.unit):
        return False
    if {fact.unit, other.unit} == {"person", "other"} and min(len(f.text.split()) for f in (fact, other)) < 2:
        return False
    x, y = set(tokens(fact.text)), set(tokens(other.text))
    return not x & y and not any(f.text.isupper() and len(f.text) <= 5 for f in (fact, other))


def _counts_alike(claim: Statement, fact: Fact, source: Statement, other: Fact) -> bool:
    """Whether two counts are of the same thing, named at different lengths: "nhóm 200 trường", "400 trường đại học"."""
    if not isinstance(fact.value, Decimal) or not isinstance(other.value, Decimal) or fact.value == other.value:
        return False
    if {fact.unit, other.unit} & UNITS.keys() or {"thứ", "tỷ số"} & {fact.unit, other.unit}:
        return False
    behind = [_behind(claim, fact), _behind(source, other)]
    return min(fact.value, other.value) > 1 and bool(behind[0]) and behind[0] == behind[1]


def _behind(statement: Statement, fact: Fact) -> str:
    """The syllable that follows the digits of a number: what is counted."""
    held = statement.syllables(fact)
    return (
        next((statement.forms[p] for p in held[1:2]), "")
        or next((statement.forms[p] for p in range(held[-1] + 1, min(held[-1] + 2, len(statement.forms)))), "")
        if held
        else ""
    )


def _could_be(claim: Statement, fact: Fact, source: Statement, other: Fact) -> bool:
    """Whether a place could stand for another: of the same kind (a country, none), told in the same way ("ở", "của")."""
    if "place" not in (fact.kind, other.kind):
        return True
    countries = [canonical(f.text).lower() in COUNTRIES for f in (fact, other)]
    if countries[0] != countries[1]:
        return False
    if alike_around(claim, fact, source, other) >= 0.35 or slips(fact, other):
        return True
    ours = next((n.way for n in names_of(claim) if n.fact is fact), "")
    theirs = next((n.way for n in names_of(source) if n.fact is other), "")
    apposed = source.text[: other.start].rstrip().endswith((",", "("))
    return (ours in WHERE_TO) == (theirs in WHERE_TO or (not theirs and apposed)) and (
        ours in WHERE_TO or ours == theirs
    )


def _mantissa(fact: Fact) -> str:
    return "".join(c for c in fact.text.split()[0] if c.isdigit()) if fact.text[:1].isdigit() else fact.text


def _fit(claim: Statement, fact: Fact, source: Statement, other: Fact) -> float:
    """How well another fact fits the place of one: by what stands around them, and by how like a slip the two look."""
    fit = alike_around(claim, fact, source, other)
    if slips(fact, other):
        fit += 0.5 if turned_day(fact, other) else 0.25
    elif isinstance(fact.value, Decimal) and isinstance(other.value, Decimal) and far_apart(fact.value, other.value):
        fit *= 0.4
    return min(fit, 1.0)
