"""The noun of dates in sentences: DateMention, what one expression says and no more.

Also the pieces that the Vietnamese and the English patterns share. This module reads nothing.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from typing import Literal

from app.letters import both

Precision = Literal["day", "month", "quarter", "year", "years", "decade", "century"]


@dataclass(frozen=True, slots=True)
class DateMention:
    """What one expression says; offsets count in Letters.text.

    precision: the finest part that is named; "years" is a span such as "2019-2020".
    part: "early", "mid", "late", "half1", "half2", or "" for all of it.
    last_year: of a span of years, its second year.
    cued: a word or a year says that it is a date ("ngày", "tháng", "năm" …).
    """

    start: int
    end: int
    precision: Precision
    year: int | None = None
    month: int | None = None
    day: int | None = None
    quarter: int | None = None
    part: str = ""
    last_year: int | None = None
    cued: bool = True


D = r"(?:3[01]|[12]\d|0?[1-9])"
M = r"(?:1[0-2]|0?[1-9])"
Y = r"(?:1[5-9]|20)\d\d"

PARTS = both(
    {"đầu": "early", "giữa": "mid", "cuối": "late", "nửa đầu": "half1", "nửa cuối": "half2", "tháng đầu": "half1",
     "tháng cuối": "half2", "early": "early", "mid": "mid", "late": "late"}
)  # fmt: skip


def real_day(year: int | None, month: int, day: int) -> bool:
    """Whether the calendar has this day; without a year, whether any year has it.

    >>> real_day(2023, 2, 29), real_day(None, 2, 29), real_day(2023, 13, 1)
    (False, True, False)
    """
    return 1 <= month <= 12 and 1 <= day <= monthrange(year if year is not None else 2000, month)[1]


def full_year(digits: str | None) -> int | None:
    """ "2018" and "18" are 2018, "97" is 1997, nothing is None."""
    if not digits:
        return None
    year = int(digits)
    return year if len(digits) > 2 else year + (2000 if year < 70 else 1900)
