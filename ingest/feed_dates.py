"""Dates as feeds write them → moments in Vietnam time.

RFC 822 (also "GMT+7"), ISO 8601, and numbers with slashes. Slashed dates are day first, as
Vietnamese write them, except where the feed itself shows otherwise: one with AM or PM comes
from software set to American English (Tuổi Trẻ: "10/2/2026 9:25:00 AM" is 2 October), and one
entry that can only be read one way ("9/30/2026") decides for its whole feed.
A date without a zone is Vietnam time. This module knows nothing of dates in prose.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from ingest.article import VIETNAM

_NUMBERS = re.compile(
    r"(?P<a>\d{1,2})[/.-](?P<b>\d{1,2})[/.-](?P<year>\d{4})"
    r"(?:[,\sT]+(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2}))?(?:\s*(?P<half>[AP]M|SA|CH))?)?"
    r"(?:\s*(?:\(?(?:GMT|UTC)\s*\+?0?7(?::?00)?\)?))?",
    re.I,
)
_ZONE = re.compile(r"(?:GMT|UTC|Z)\s*([+-])\s*(\d{1,2})(?::?(\d{2}))?\s*$", re.I)
_FIRST_YEAR = 1971
"""Software that knows no date writes year 1 or 1 January 1970: such a date is no date."""


def is_month_first(dates: Iterable[str]) -> bool:
    """Whether the slashed dates of one feed put the month first.

    >>> is_month_first(["10/2/2026", "9/30/2026"]), is_month_first(["2/10/2026"])
    (True, False)
    """
    american = False
    for found in filter(None, map(_NUMBERS.fullmatch, map(str.strip, dates))):
        if int(found["a"]) > 12 or int(found["b"]) > 12:
            return int(found["a"]) <= 12
        american = american or (found["half"] or "").upper() in ("AM", "PM")
    return american


def read_date(raw: str, *, month_first: bool = False) -> datetime | None:
    """One date of a feed, in Vietnam time; None when it is absent, unreadable or a filler.

    month_first: how slashed dates of this feed are meant, from is_month_first.

    >>> read_date("10/2/2026 9:25:00 AM", month_first=True).isoformat()
    '2026-10-02T09:25:00+07:00'
    >>> read_date("Thu, 06 Feb 2025 20:30:48 GMT+7").isoformat()
    '2025-02-06T20:30:48+07:00'
    """
    raw = raw.strip()[:64]
    try:
        moment = _numbers(raw, month_first) or _iso(raw) or _rfc822(raw)
        if moment is None:
            return None
        # A moment without a zone was written by a newsroom for its own readers.
        local = moment.replace(tzinfo=VIETNAM) if moment.tzinfo is None else moment.astimezone(VIETNAM)
    except (ValueError, OverflowError):
        return None
    return local if local.year >= _FIRST_YEAR else None


def _numbers(raw: str, month_first: bool) -> datetime | None:
    found = _NUMBERS.fullmatch(raw)
    if found is None:
        return None
    first, second = int(found["a"]), int(found["b"])
    month, day = (first, second) if month_first else (second, first)
    if month > 12:  # this one entry goes against its feed, and can be read one way only
        month, day = day, month
    hour, half = int(found["hour"] or 0), (found["half"] or "").upper()
    if half in ("PM", "CH") and hour < 12:
        hour += 12
    elif half in ("AM", "SA") and hour == 12:
        hour = 0
    return datetime(int(found["year"]), month, day, hour, int(found["minute"] or 0), int(found["second"] or 0))


def _iso(raw: str) -> datetime | None:
    try:
        return datetime.fromisoformat(raw)
    except ValueError:
        return None


def _rfc822(raw: str) -> datetime | None:
    zone = _ZONE.search(raw)
    if zone:  # RFC 822 has no "GMT+7", but Vietnamese feeds do
        raw = f"{raw[: zone.start()]}{zone[1]}{int(zone[2]):02d}{zone[3] or '00'}"
    try:
        moment = parsedate_to_datetime(raw)
    except (ValueError, TypeError, IndexError):
        return None
    if raw.endswith("-0000"):  # RFC 5322: UTC, at a place unknown
        return moment.replace(tzinfo=UTC)
    return moment
