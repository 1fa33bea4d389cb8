"""A publication day from a running article number, where a site counts its articles and says no date.

In: an article's URL and the head of its text. Out: the day, or None. Zing numbers its
posts one after the other: two numbers whose days are known give every other one to
within a week or so, which settles the year, and the text's own "chiều 2/12" settles
the day. A number alone, or a day alone, is never enough. This module knows of nothing else.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from ingest.article import VIETNAM

NEAR = timedelta(days=10)
"""How far a day said in the text may lie from the day that the number stands for."""

HEAD_CHARS = 1_500

_ZING = re.compile(r"^https?://(?:news\.)?zing(?:news)?\.vn/[^?#]*-post(\d{6,7})\.html")
_ZING_KNOWN = ((800_493, date(2017, 12, 1)), (874_648, date(2018, 9, 5)))
_ZING_RANGE = (700_000, 960_000)
"""Numbers near enough to the known ones to be trusted: about two years."""

_DAY = re.compile(r"(?:hôm|ngày|sáng|trưa|chiều|tối|đêm|khuya)\s+(?:ngày\s+)?(\d{1,2})[/.-](\d{1,2})(?![\d/.-])", re.I)


def from_sequence(url: str, text: str) -> datetime | None:
    """The last day said in the head of the text that fits the article's running number.

    >>> from_sequence("https://news.zing.vn/cau-moi-post897027.html", "Đêm 29/11 cầu đóng. Chiều 2/12 cầu mở.").date()
    datetime.date(2018, 12, 2)
    >>> from_sequence("https://bao.example/cau-moi-post897027.html", "Chiều 2/12 cầu mở.") is None
    True
    """
    match = _ZING.match(url)
    if match is None or not _ZING_RANGE[0] <= int(match.group(1)) <= _ZING_RANGE[1]:
        return None
    (first, first_day), (last, last_day) = _ZING_KNOWN
    share = (int(match.group(1)) - first) / (last - first)
    estimate = first_day + timedelta(days=share * (last_day - first_day).days)
    days = []
    for day, month in _DAY.findall(text[:HEAD_CHARS]):
        for year in (estimate.year - 1, estimate.year, estimate.year + 1):
            try:
                said = date(year, int(month), int(day))
            except ValueError:
                continue
            if abs(said - estimate) <= NEAR:
                days.append(said)
    return datetime.combine(max(days), datetime.min.time(), VIETNAM) if days else None
