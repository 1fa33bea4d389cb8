"""Calendar arithmetic: what stretch of days a date expression covers, seen from one day.

A Span is (first day, last day), both inclusive. Months and quarters without a year are
the latest that began by the day they are seen from. This module knows no words.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import MAXYEAR, MINYEAR, date, timedelta

from app.date_mention import DateMention, real_day

Span = tuple[date, date]

_THIRDS = {"early": 0, "mid": 1, "late": 2}


def month_span(year: int, month: int) -> Span:
    """First and last day of a month; months before 1 and after 12 roll over the year.

    >>> month_span(2024, 2)[1].day, month_span(2024, 0)[0].isoformat()
    (29, '2023-12-01')
    """
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


def year_span(year: int) -> Span:
    """The first and the last day of a year."""
    return date(year, 1, 1), date(year, 12, 31)


def quarter_span(year: int, quarter: int) -> Span:
    """The first and the last day of a quarter, 1 to 4.

    >>> [d.isoformat() for d in quarter_span(2023, 4)]
    ['2023-10-01', '2023-12-31']
    """
    return month_span(year, quarter * 3 - 2)[0], month_span(year, quarter * 3)[1]


def months_back(day: date, months: int) -> date:
    """The same day so many months earlier, or the last day of a shorter month.

    >>> months_back(date(2026, 3, 31), 1).isoformat()
    '2026-02-28'
    """
    first, last = month_span(day.year, day.month - months)
    return min(first + timedelta(days=day.day - 1), last)


def part_of(span: Span, part: str) -> Span:
    """The early, mid or late third, or a half, of a month (ten days) or a year (four months).

    >>> [d.isoformat() for d in part_of(month_span(2018, 9), "late")]
    ['2018-09-21', '2018-09-30']
    """
    first, last = span
    if (last - first).days <= 31:
        if part in _THIRDS:
            start = first + timedelta(days=10 * _THIRDS[part])
            return start, last if part == "late" else start + timedelta(days=9)
        return span
    if part in _THIRDS:
        month = 1 + 4 * _THIRDS[part]
        return month_span(first.year, month)[0], month_span(last.year, month + 3)[1]
    if part in ("half1", "half2"):
        return (first, date(last.year, 6, 30)) if part == "half1" else (date(first.year, 7, 1), last)
    return span


def span_of(mention: DateMention, today: date) -> Span | None:
    """The days that an absolute expression covers; None if the calendar does not have them.

    >>> from app.letters import letters
    >>> from app.dates_vi import find_dates
    >>> [d.isoformat() for d in span_of(find_dates(letters("ngày 29/2"))[0], date(2026, 11, 23))]
    ['2024-02-29', '2024-02-29']
    """
    year = mention.year
    try:
        if mention.precision == "day":
            return _day(mention, today)
        if mention.precision == "month" and mention.month:
            if year is None:
                year = today.year if mention.month <= today.month else today.year - 1
            return part_of(month_span(year, mention.month), mention.part)
        if mention.precision == "quarter" and mention.quarter:
            if year is None:
                year = today.year if mention.quarter * 3 - 2 <= today.month else today.year - 1
            return quarter_span(year, mention.quarter)
        if year is None or not MINYEAR <= year <= MAXYEAR - 101:
            return None
        if mention.precision == "years":
            return year_span(year)[0], year_span(mention.last_year or year)[1]
        if mention.precision in ("decade", "century"):
            return year_span(year)[0], year_span(year + (9 if mention.precision == "decade" else 99))[1]
        return part_of(year_span(year), mention.part)
    except (ValueError, OverflowError):
        return None


def _day(mention: DateMention, today: date) -> Span | None:
    if mention.day is None:
        return None
    if mention.month is None:
        for back in range(13):
            first, last = month_span(today.year, today.month - back)
            if mention.day <= last.day and first.replace(day=mention.day) <= today:
                return first.replace(day=mention.day), first.replace(day=mention.day)
        return None
    if mention.year is not None:
        day = date(mention.year, mention.month, mention.day)
        return day, day
    for year in range(today.year, today.year - 9, -1):  # 29/2 may be eight years away (1904 after 1896)
        if real_day(year, mention.month, mention.day) and date(year, mention.month, mention.day) <= today:
            day = date(year, mention.month, mention.day)
            return day, day
    return None
