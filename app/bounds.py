"""Days and moments as programs give them, as bounds of a search. This module knows nothing of HTTP."""

from __future__ import annotations

from datetime import date, datetime, time

from app.messages import say
from ingest.article import VIETNAM
from ingest.errors import UsageError


def bound(value: str | None, field: str, *, last: bool = False) -> datetime | None:
    """A day or moment in ISO 8601 as an aware moment; a day is its first moment in Vietnam, or its last.

    Raises UsageError naming the field.

    >>> bound("2026-07-28", "until", last=True).isoformat()
    '2026-07-28T23:59:59.999999+07:00'
    """
    if value is None or not value.strip():
        return None
    value = value.strip()
    try:
        if len(value) <= 10:
            return datetime.combine(date.fromisoformat(value), time.max if last else time.min, VIETNAM)
        made = datetime.fromisoformat(value)
        made = made if made.tzinfo else made.replace(tzinfo=VIETNAM)
        return made.astimezone(VIETNAM)
    except (ValueError, OverflowError):
        sentence = say("vi", "bad_date", field=field, found=repr(value[:40].encode("utf-8", "replace").decode()))
        raise UsageError(sentence, public=sentence) from None
