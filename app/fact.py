"""The noun of comparison: a Fact, one checkable value that stands in a sentence, with its place there."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

Kind = Literal["number", "date", "time", "name", "place", "quote"]
Triple = tuple[int | None, int | None, int | None]
"""Year, month, day; None for what is not said."""

Value = Decimal | Triple | str
Sameness = Literal["equal", "differ", "incomparable"]


@dataclass(frozen=True, slots=True)
class Fact:
    """`text == sentence[start:end]`, and what it means.

    value: a Decimal (numbers), a Triple (dates), "HH:MM" (times), the name in one spelling, the quoted
    words, or the digits of a telephone number.
    unit: of a number its unit ("đồng", "ha", "%", "tuổi"), what is counted ("học sinh") or numbered ("lớp"),
    "tỷ số" for a score, "thứ" for a rank, "" when nothing says; of a date its precision ("day", "month",
    "quý 1", "year", "years", "thứ 6" …); of a name "person", "organisation" or "other"; of a place the word
    before it ("quận", "sông"), or "".
    bound: "hơn", "gần", "khoảng", "ít nhất" or "tối đa" when the sentence says so, in these or other words.
    high: the upper end of a range, the second number of a score, the last year of a span of years.
    """

    kind: Kind
    start: int
    end: int
    text: str
    value: Value
    unit: str = ""
    bound: str = ""
    high: Value | None = None
