"""Whether two facts say the same: equal, differ, or incomparable.

Incomparable is the default: hectares and people, dong and dollars, a person and a place. Numbers are equal
when they convert into each other; a stated approximation ("gần 11.000") reaches 5 % in its
direction. Dates are compared in the parts that both name. Names are in app.same_name.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from app.fact import Fact, Sameness, Triple
from app.same_name import same_name
from app.units import CURRENCIES, PEOPLE, UNITS
from index.vietnamese import tokens

REACH = Decimal("0.05")
"""How far "khoảng", "gần" and "hơn" reach, as a share of the number."""

LARGE = 100_000
"""From here on a number without a unit is as good as money, beside money."""


def same(a: Fact, b: Fact) -> Sameness:
    """Compare two facts; symmetric.

    >>> from app.facts import find_facts
    >>> def first(sentence): return find_facts(sentence)[0]
    >>> same(first("1,2 triệu học sinh"), first("1.200.000 học sinh"))
    'equal'
    >>> same(first("tháng 3/2021"), first("ngày 8/4/2021")), same(first("70 ha"), first("70 tuổi"))
    ('differ', 'incomparable')
    """
    if {a.kind, b.kind} <= {"name", "place"}:
        return same_name(a, b)
    if a.kind != b.kind:
        return "incomparable"
    if a.kind == "number":
        return _numbers(a, b)
    if a.kind == "date":
        return _dates(a, b)
    return _times(a, b) if a.kind == "time" else _quotes(a, b)


# --- numbers ---------------------------------------------------------------------------------------------------------


def _numbers(a: Fact, b: Fact) -> Sameness:
    if isinstance(a.value, str) or isinstance(b.value, str):
        if not (isinstance(a.value, str) and isinstance(b.value, str)):
            return "incomparable"
        return "equal" if a.value.removeprefix("84").lstrip("0") == b.value.removeprefix("84").lstrip("0") else "differ"
    if not (isinstance(a.value, Decimal) and isinstance(b.value, Decimal)):
        return "incomparable"
    if "tỷ số" in (a.unit, b.unit):
        if a.unit != b.unit:
            return "incomparable"
        if (a.value, a.high) == (b.high, b.value) and a.value != b.value:
            return "incomparable"  # the same match, seen from the other side
        return "equal" if (a.value, a.high) == (b.value, b.high) else "differ"
    factors = _common_measure(a.unit, b.unit)
    if factors is None:
        unsaid = "" in (a.unit, b.unit)
        alike = (a.value, a.high) == (b.value, b.high)
        if alike and (unsaid or _lost_percent(a, b)):
            return "equal"
        money = {a.unit, b.unit} & CURRENCIES and unsaid and min(a.value, b.value) >= LARGE
        return _amounts(a, b, Decimal(1), Decimal(1)) if money else "incomparable"
    return _amounts(a, b, *factors)


def _lost_percent(a: Fact, b: Fact) -> bool:
    """Whether one is a percentage and the other a broken number of no measure: copies lose the sign ("4,7 vốn")."""
    other = b.unit if a.unit == "%" else a.unit
    return (
        "%" in (a.unit, b.unit) and other not in UNITS and a.value % 1 != 0 if isinstance(a.value, Decimal) else False
    )


def _common_measure(a: str, b: str) -> tuple[Decimal, Decimal] | None:
    """Factors to one measure; None where the units do not compare."""
    x, y = UNITS.get(a), UNITS.get(b)
    if x and y:
        return (x.factor, y.factor) if x.dimension == y.dimension else None
    one = Decimal(1)
    if x or y or (("" in (a, b)) and a != b):
        return None
    if a == b or a.split()[0] == b.split()[0]:
        return one, one
    if "người" in (a, b) and {a, b} <= PEOPLE:
        return one, one
    return None


def _amounts(a: Fact, b: Fact, factor_a: Decimal, factor_b: Decimal) -> Sameness:
    low_a, high_a = _ends(a, factor_a)
    low_b, high_b = _ends(b, factor_b)
    if low_a != high_a or low_b != high_b:
        return _ranges(a, b, (low_a, high_a), (low_b, high_b))
    if _near_enough(low_a, low_b):
        opposed = {"hơn", "gần"}, {"hơn", "tối đa"}, {"ít nhất", "gần"}
        return "differ" if {a.bound, b.bound} in opposed else "equal"
    if not a.bound and not b.bound:
        return "differ"
    reach_a, reach_b = _reach(low_a, a.bound), _reach(low_b, b.bound)
    meet = max(reach_a[0], reach_b[0]) <= min(reach_a[1], reach_b[1])
    if not meet:
        return "differ"
    if abs(low_a - low_b) <= REACH * max(abs(low_a), abs(low_b)):
        return "equal"
    return "incomparable"


def _near_enough(a: Decimal, b: Decimal) -> bool:
    """Equal but for the last digits that a division leaves: 1/3 of 300 is 100."""
    return abs(a - b) <= Decimal("1e-12") * max(abs(a), abs(b))


def _ends(fact: Fact, factor: Decimal) -> tuple[Decimal, Decimal]:
    assert isinstance(fact.value, Decimal)
    high = fact.high if isinstance(fact.high, Decimal) else fact.value
    return fact.value * factor, high * factor


def _reach(value: Decimal, bound: str) -> tuple[Decimal, Decimal]:
    span = REACH * abs(value)
    everything = Decimal("1e40")
    return {
        "hơn": (value, value + span),
        "gần": (value - span, value),
        "khoảng": (value - span, value + span),
        "ít nhất": (value, everything),
        "tối đa": (-everything, value),
    }.get(bound, (value, value))


def _ranges(a: Fact, b: Fact, x: tuple[Decimal, Decimal], y: tuple[Decimal, Decimal]) -> Sameness:
    if all(_near_enough(p, q) for p, q in zip(x, y, strict=True)):
        return "equal"
    both = x[0] != x[1] and y[0] != y[1]
    if both:
        close = all(abs(p - q) <= REACH * max(abs(p), abs(q)) for p, q in zip(x, y, strict=True))
        return "equal" if close and (a.bound or b.bound) else "differ"
    meet = max(x[0], y[0]) <= min(x[1], y[1])
    return "incomparable" if meet else "differ"


# --- dates -----------------------------------------------------------------------------------------------------------

_SPANS = ("years", "năm học", "decade", "century")


def _dates(a: Fact, b: Fact) -> Sameness:
    if _is_weekday(a) or _is_weekday(b):
        return _weekdays(a, b)
    if a.unit in _SPANS or b.unit in _SPANS:
        return _year_spans(a, b)
    assert isinstance(a.value, tuple)
    assert isinstance(b.value, tuple)
    if _differ(a.value[0], b.value[0]):
        return "differ"
    if a.unit.startswith("quý") or b.unit.startswith("quý"):
        return _quarters(a, b)
    common = [(p, q) for p, q in zip(a.value, b.value, strict=True) if p is not None and q is not None]
    if not common:
        return "incomparable"
    if any(p != q for p, q in common):
        return "differ"
    if a.bound and b.bound and a.unit == b.unit:
        return "equal" if a.bound == b.bound or "nửa" in a.bound + b.bound else "differ"
    return "equal" if _within_part(a, b) and _within_part(b, a) else "differ"


def _differ(p: int | None, q: int | None) -> bool:
    return p is not None and q is not None and p != q


def _within_part(whole: Fact, fine: Fact) -> bool:
    """Whether a month or day may be in the "đầu" or "cuối" of the year or month; borders are soft."""
    if not whole.bound or fine.bound:
        return True
    assert isinstance(fine.value, tuple)
    place = fine.value[1] if whole.unit == "year" else fine.value[2]
    if place is None or whole.unit == fine.unit:
        return True
    months = {"đầu": (1, 5), "giữa": (4, 9), "cuối": (8, 12), "nửa đầu": (1, 6), "nửa cuối": (7, 12)}
    days = {"đầu": (1, 12), "giữa": (8, 23), "cuối": (19, 31), "nửa đầu": (1, 16), "nửa cuối": (15, 31)}
    low, high = (months if whole.unit == "year" else days)[whole.bound]
    return low <= place <= high


def _quarters(a: Fact, b: Fact) -> Sameness:
    if a.unit == b.unit:
        return "equal"
    if a.unit.startswith("quý") and b.unit.startswith("quý"):
        return "differ"
    quarter, other = (a, b) if a.unit.startswith("quý") else (b, a)
    assert isinstance(other.value, tuple)
    assert isinstance(quarter.value, tuple)
    month = other.value[1]
    if month is not None:
        return "equal" if (month + 2) // 3 == int(quarter.unit.split()[1]) else "differ"
    return "equal" if quarter.value[0] is not None and other.value[0] is not None else "incomparable"


def _year_spans(a: Fact, b: Fact) -> Sameness:
    x, y = _years(a), _years(b)
    if x is None or y is None:
        return "incomparable"
    if x == y:
        school = "năm học" in (a.unit, b.unit)
        return "incomparable" if school and not (a.high and b.high) else "equal"
    if a.unit in ("years", "năm học") and b.unit in ("years", "năm học"):
        return "differ"
    meet = max(x[0], y[0]) <= min(x[1], y[1])
    if not meet:
        return "differ"
    whole = a if x[1] - x[0] > y[1] - y[0] else b
    return "equal" if whole.unit in ("decade", "century") else "incomparable"


def _years(fact: Fact) -> tuple[int, int] | None:
    assert isinstance(fact.value, tuple)
    first = fact.value[0]
    if first is None:
        return None
    if isinstance(fact.high, tuple) and fact.high[0] is not None:
        return first, fact.high[0]
    return first, first + {"decade": 9, "century": 99}.get(fact.unit, 0)


def _is_weekday(fact: Fact) -> bool:
    return fact.value == (None, None, None) and not fact.unit.startswith("quý")


def _weekdays(a: Fact, b: Fact) -> Sameness:
    if _is_weekday(a) and _is_weekday(b):
        return "equal" if a.unit == b.unit else "differ"
    named, dated = (a, b) if _is_weekday(a) else (b, a)
    day = _whole_day(dated.value) if isinstance(dated.value, tuple) else None
    if day is None:
        return "incomparable"
    fits = named.unit == ("chủ nhật" if day.weekday() == 6 else f"thứ {day.weekday() + 2}")
    return "incomparable" if fits else "differ"  # every seventh day fits: that proves nothing


def _whole_day(value: Triple) -> date | None:
    year, month, day = value
    if year is None or month is None or day is None:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


# --- times and quotations --------------------------------------------------------------------------------------------


def _times(a: Fact, b: Fact) -> Sameness:
    if a.value == b.value:
        return "equal"
    first, second = (int(str(f.value)[:2]) * 60 + int(str(f.value)[3:]) for f in (a, b))
    apart = abs(first - second)
    if apart == 720 and (not a.unit or not b.unit):
        return "incomparable"  # "7h" may be in the evening
    return "equal" if (a.bound or b.bound) and min(apart, 1440 - apart) <= 30 else "differ"


def _quotes(a: Fact, b: Fact) -> Sameness:
    x, y = tokens(str(a.value)), tokens(str(b.value))
    if not x or not y:
        return "incomparable"
    if x == y:
        return "equal"
    short, long = sorted((x, y), key=len)
    inside = any(long[i : i + len(short)] == short for i in range(len(long) - len(short) + 1))
    if inside and len(short) >= 3:
        return "equal"
    shared = len(set(x) & set(y)) / len(set(x) | set(y))
    return "differ" if shared >= 0.6 else "incomparable"
