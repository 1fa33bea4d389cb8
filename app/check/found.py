"""Where a fact of a claim is said: in a sentence, beside it, elsewhere in its article, or nowhere.

In: one fact and the sentences of a source. Out: FoundFact with its credit. Numbers are found in every
spelling, days by the parts that the claim names, names as they stand or in short. This module
looks for what is there, not for what contradicts it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from app.check.counts import is_rate
from app.check.source import Line, Source
from app.check.spelling import spelt_alike
from app.fact import Fact, Triple
from app.name_words import COUNTRIES
from app.said_facts import counted_alike, dated_alike
from app.same_fact import same
from app.same_name import stands_in
from app.statement import Statement
from app.units import UNITS
from index.vietnamese import canonical

HERE, NEXT, ELSEWHERE, IMPLIED = 1.0, 0.9, 0.6, 0.75
"""Credit by where a fact is said; IMPLIED: a year or month that only the article's own date says."""


CONTAINERS = frozenset("viên hộp gói thùng chai lọ bao vỉ kiện chuyến lượt suất bộ đôi lốc tấm mũi liều".split())
"""In what things are counted: the same number of one is not that of another."""


@dataclass(frozen=True, slots=True)
class FoundFact:
    """A fact of the claim. at: (sentence number, start of the equal fact in it), None when it is not found as a fact."""

    fact: Fact
    credit: float
    weight: float
    at: tuple[int, int] | None = None


def find_fact(
    fact: Fact, claim: Statement, line: Line, beside: Sequence[Line], others: Sequence[Line], source: Source
) -> FoundFact:
    """The best place at which a source says a fact of the claim."""
    if is_rate(claim, fact):
        return FoundFact(fact, HERE if fact.unit in line.statement.forms else ELSEWHERE, 0.5)
    weight = _weight(fact)
    headline = [Line(source.title, 0, 0, -1)] if fact.kind not in ("name", "place") else []
    for lines, credit in (([line], HERE), ([*beside, *headline], NEXT), (others, ELSEWHERE)):
        for held in lines:
            at = _said(fact, held, source)
            if at is not None:
                return FoundFact(fact, credit, weight, (held.number, at))
        if fact.kind == "number" and any(_worded(fact, claim, held.statement) for held in lines):
            return FoundFact(fact, credit, weight)
        if fact.kind in ("name", "place") and any(_stands(fact, claim, held.statement.text) for held in lines):
            return FoundFact(fact, credit, weight)
        if any(spelt_alike(fact, held.statement) for held in lines):
            return FoundFact(fact, min(credit, NEXT), weight)
    if fact.kind in ("name", "place"):
        inner = _inner(fact, claim, source)
        if inner is not None:
            held_in = find_fact(inner, claim, line, beside, others, source)
            return FoundFact(fact, held_in.credit, weight, held_in.at)
        if _stands(fact, claim, source.title_text):
            return FoundFact(fact, NEXT, weight)
        if _stands(fact, claim, source.text):
            return FoundFact(fact, ELSEWHERE + 0.1, weight)
        if source.outlet and same(fact, Fact("name", 0, 0, source.outlet, source.outlet, "organisation")) == "equal":
            return FoundFact(fact, NEXT, weight)
    if fact.kind == "date" and _implied(fact, source.published):
        return FoundFact(fact, IMPLIED, weight)
    if _follows(fact, claim, [line, *beside], source):
        return FoundFact(fact, IMPLIED, weight)
    return FoundFact(fact, 0.0, weight)


def _weight(fact: Fact) -> float:
    if fact.kind == "number":
        return 1.0 if fact.text.lower() == "một" else 2.5
    if fact.kind in ("date", "time"):
        return 2.0
    return min(3.0, 0.5 + 0.75 * len(fact.text.split()))


def _said(fact: Fact, line: Line, source: Source) -> int | None:
    """The start of a fact of the sentence that says the same."""
    for other in line.statement.facts:
        if fact.kind in ("name", "place"):
            if other.kind in ("name", "place") and same(fact, other) == "equal":
                return other.start
        elif fact.kind == "number":
            if other.kind == "number" and (
                counted_alike(fact, other, [line.statement])
                or _same_count(fact, other)
                or _same_span(fact, other)
                or ("%" not in source.text and _lost_percent(fact, other))
            ):
                return other.start
        elif fact.kind == "date":
            alike = other.kind == "date" and dated_alike(fact, other, [source.published])
            if alike and not halves_apart(fact, other):
                return other.start
            if _years_ago(other, line.statement, source.published) == fact.value:
                return other.start
        elif fact.kind == other.kind and same(fact, other) == "equal":
            return other.start
    if fact.kind == "number" and fact.text.lower() == "một":
        return -1
    return None


def _worded(fact: Fact, claim: Statement, statement: Statement) -> bool:
    """Whether a spelled number and the syllable behind it stand so in a sentence, where they were read as no number.

    "Tới năm dự án" counts; "đến năm dự án" may be read as a year.
    """
    held = claim.syllables(fact)
    if not held or any(c.isdigit() for c in fact.text):
        return False
    phrase = claim.forms[held[0] : held[-1] + 2]
    size = len(phrase)
    return (size > len(held) or fact.unit == "thứ") and any(
        statement.forms[at : at + size] == phrase for at in range(len(statement.forms) - size + 1)
    )


def _same_count(fact: Fact, other: Fact) -> bool:
    """Whether two numbers are equal and count things whose names differ: "12 người", "12 chỉ tiêu"."""
    if not isinstance(fact.value, Decimal) or (fact.value, fact.high) != (other.value, other.high):
        return False
    measured = UNITS.keys() - {"lần"}
    held = fact.unit.split()[-1:], other.unit.split()[-1:]
    if held[0] != held[1] and {*held[0], *held[1]} <= CONTAINERS and all(held):
        return False
    return not {fact.unit, other.unit} & measured and not {"thứ", "tỷ số"} & {fact.unit, other.unit}


def _lost_percent(fact: Fact, other: Fact) -> bool:
    """Whether a number without a measure is the percentage that a copy without percent signs had there: "chiếm 15 lao động"."""
    return fact.unit == "%" and other.unit not in UNITS and (fact.value, fact.high) == (other.value, other.high)


def _same_span(fact: Fact, other: Fact) -> bool:
    """Whether days and months measure the same: "nửa tháng", "15 ngày"."""
    units = UNITS.get(fact.unit), UNITS.get(other.unit)
    if units[0] is None or units[1] is None or {u.dimension for u in units if u} != {"time", "months"}:
        return False
    days = [
        float(f.value) * float(u.factor) * (30.4 if u.dimension == "months" else 1 / 86400)
        for f, u in zip((fact, other), units, strict=True)
        if u and isinstance(f.value, Decimal)
    ]
    return len(days) == 2 and abs(days[0] - days[1]) <= 0.03 * max(days)


_HALVES = {"sáng": 0, "rạng": 0, "chiều": 1, "tối": 2, "đêm": 2, "khuya": 2}


def halves_apart(fact: Fact, other: Fact) -> bool:
    """Whether two days name parts of the day that do not meet: "sáng 5/12", "chiều 5/12"."""
    x, y = (_HALVES.get(f.text.split()[0].lower()) for f in (fact, other))
    return x is not None and y is not None and x != y


def _inner(fact: Fact, claim: Statement, source: Source) -> Fact | None:
    """A name without the common word before it: "tập đoàn Nhật Bản", or "Tuyến Thăng Long" where the claim begins.

    The capital of a first word is its place's; what the source writes small is no part of a name.
    """
    head, _, rest = fact.text.partition(" ")
    if described(fact):
        country = " ".join(w for w in fact.text.split() if w[:1].isupper())
        return replace(fact, kind="place", text=country, value=country, unit="")
    if fact.start > 0 or not rest or fact.unit == "person" or f" {head.lower()} " not in source.text:
        return None
    return replace(fact, text=rest, value=rest, start=fact.end - len(rest))


def described(fact: Fact) -> bool:
    """Whether a name only says what something is and where from: "tập đoàn Nhật Bản", "công ty Mỹ".

    >>> described(Fact("name", 0, 0, "tập đoàn Nhật Bản", "", "")), described(Fact("name", 0, 0, "Tập đoàn Mây", "", ""))
    (True, False)
    """
    words = fact.text.split()
    proper = [w for w in words if w[:1].isupper()]
    return (
        not fact.text[:1].isupper()
        and words[-len(proper) :] == proper
        and canonical(" ".join(proper)).lower() in COUNTRIES
    )


def _stands(fact: Fact, claim: Statement, text: str) -> bool:
    """Whether a name stands in a text; a lone word must have its capital there, unless it opens the claim."""
    words = fact.text.split()
    if len(words) == 1 and fact.start > 0:
        return f" {words[0]} " in f" {text.replace(',', ' ').replace('.', ' ').replace('(', ' ').replace(')', ' ')} "
    return stands_in(fact, text)


def _years_ago(fact: Fact, statement: Statement, published: datetime | None) -> Triple | None:
    """The year of "4 năm trước", seen from the day of publication."""
    if published is None or fact.kind != "number" or fact.unit != "năm" or not isinstance(fact.value, Decimal):
        return None
    after = statement.text[fact.end : fact.end + 6].strip()
    return (published.year - int(fact.value), None, None) if after == "trước" else None


def _follows(fact: Fact, claim: Statement, lines: Sequence[Line], source: Source) -> bool:
    """Whether a span of time leads from one date of the claim to a date of the source: "ba năm sau đám cưới năm 2013", 2016."""
    if fact.kind != "number" or fact.unit not in ("ngày", "năm") or not isinstance(fact.value, Decimal):
        return False
    around = f" {claim.text[max(0, fact.start - 12) : fact.end + 12].lower()} "
    if " sau " not in around and " trước " not in around:
        return False
    steps = int(fact.value)
    dates = [f.value for f in claim.facts if f.kind == "date" and isinstance(f.value, tuple)]
    theirs = [
        f.value for held in lines for f in held.statement.facts if f.kind == "date" and isinstance(f.value, tuple)
    ]
    if fact.unit == "năm":
        return any(a[0] and b[0] and abs(a[0] - b[0]) == steps for a in dates for b in theirs)
    days = [[d for d in (_day(v, source.published) for v in values) if d] for values in (dates, theirs)]
    return any(abs((a - b).days) == steps for a in days[0] for b in days[1])


def _day(value: Triple, published: datetime | None) -> date | None:
    year, month, day = value
    if year is None and published is not None:
        year = published.year
    try:
        return date(year, month, day) if year and month and day else None
    except ValueError:
        return None


def _implied(fact: Fact, published: datetime | None) -> bool:
    """Whether a year, or a month with its year, is that of the article's publication."""
    if published is None or not isinstance(fact.value, tuple):
        return False
    year, month, day = fact.value
    if day is not None or year is None or fact.unit not in ("year", "month"):
        return False
    return year == published.year and month in (None, published.month)
