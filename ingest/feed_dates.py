"""Dates of one feed → moments in Vietnam time: what ingest.dates cannot tell from a single date.

"10/2/2026" is 10 February, as Vietnamese write it, except where the feed itself shows otherwise:
an AM or PM comes from software set to American English (Tuổi Trẻ: "10/2/2026 9:25:00 AM" is
2 October), and one entry that can only be read one way ("9/30/2026") decides for its whole feed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime

from ingest import dates

_NUMBERS = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4}.*)", re.S)
_HALF_DAY = re.compile(r"\b[AP]M\b", re.I)


def is_month_first(raw_dates: Iterable[str]) -> bool:
    """Whether the slashed dates of one feed put the month first.

    >>> is_month_first(["10/2/2026", "9/30/2026"]), is_month_first(["2/10/2026"])
    (True, False)
    """
    american = False
    for found in filter(None, map(_NUMBERS.fullmatch, map(str.strip, raw_dates))):
        if int(found[1]) > 12 or int(found[2]) > 12:
            return int(found[1]) <= 12
        american = american or bool(_HALF_DAY.search(found[3]))
    return american


def read_date(raw: str, *, month_first: bool = False) -> datetime | None:
    """One date of a feed, in Vietnam time; None when it is absent, unreadable or a filler.

    month_first: how slashed dates of this feed are meant, from is_month_first.

    >>> read_date("10/2/2026 9:25:00 AM", month_first=True).isoformat()
    '2026-10-02T09:25:00+07:00'
    """
    raw = raw.strip()
    found = _NUMBERS.fullmatch(raw)
    if found:
        # A date that goes against its feed can be read one way only.
        swap = int(found[2]) > 12 or (month_first and int(found[1]) <= 12)
        day, month = (found[2], found[1]) if swap else (found[1], found[2])
        year, _, clock = found[3].partition(" ")
        half = _HALF_DAY.search(clock)
        day_first = f"{day}/{month}/{year} {_HALF_DAY.sub('', clock)}{_VIETNAMESE[half[0].upper()] if half else ''}"
        return dates.parse(day_first)
    return dates.parse(raw)


_VIETNAMESE = {"AM": "SA", "PM": "CH"}
"""As American halves of the day would make ingest.dates take the month for first again."""
