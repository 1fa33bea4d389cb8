"""When an article was published: from metadata, from the number in its URL, from its dateline.

Out come aware datetimes in Vietnam time, or None; a time without a zone is taken as
Vietnam time. Years before 1990 and moments more than two days ahead are no publication dates.
What people mean by "hôm qua" is not this module's matter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

from ingest.article import VIETNAM

FIRST_YEAR = 1990
_AHEAD = timedelta(days=2)
_MAX_CHARS = 200

_EPOCH = re.compile(r"\d{9,10}(?:\.\d+)?|\d{12,13}")
_DOT_NET = re.compile(r"/?Date\((\d{12,13})(?:[+-]\d{4})?\)/?")
_ISO = re.compile(
    r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T\s]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?)?"
    r"\s*(Z|[+-]\d{2}:?\d{2})?",
    re.I,
)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T?(\d{2})(\d{2})(\d{2})?)?(Z|[+-]\d{2}:?\d{2})?")
_AMERICAN = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})\s+(\d{1,2}):(\d{2})(?::(\d{2}))?\s*([AP])\.?M\.?", re.I)
_DAY_FIRST = re.compile(
    r"(?<![\d/.\-])(?P<day>\d{1,2})\s*(?:[/.\-]|\s+tháng\s+)\s*"
    r"(?P<month>\d{1,2})\s*(?:[/.\-]|,?\s+năm\s+|,\s*)\s*(?P<year>\d{4})(?!\d)",
    re.I,
)
_CLOCK = re.compile(
    r"(?<![\d:])(\d{1,2})\s*(?::|h|g|giờ)\s*(\d{2})(?!\d)(?::(\d{2}))?(?:\s*phút)?(?:\s*(AM|PM|SA|CH)\b)?", re.I
)
_ENGLISH_MONTH = r"(?P<month>Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]{0,6}\.?"
_ENGLISH_DAY = re.compile(
    rf"\b(?:{_ENGLISH_MONTH} (?P<day>\d{{1,2}}),? (?P<year>\d{{4}})|"
    rf"(?P<day2>\d{{1,2}}) {_ENGLISH_MONTH.replace('month', 'month2')},? (?P<year2>\d{{4}}))\b"
)
_ENGLISH_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
# WordPress in Vietnamese: "3 Tháng Mười Một, 2025". Giêng and chạp are months of the moon.
_MONTH_NAMES = {name: str(n) for n, name in enumerate(
    ("một", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười", "mười một", "mười hai"), 1)}  # fmt: skip
_MONTH_NAME = re.compile(rf"(?<=tháng )(?:{'|'.join(sorted(_MONTH_NAMES, key=len, reverse=True))})\b", re.I)
# "+7" and "+07": mail readers take them for seven minutes.
_SHORT_ZONE = re.compile(r"(?<=\d )([+-])(\d{1,2})$")
_ZONE = re.compile(r"(?:GMT|UTC)\s*([+-]\d{1,2})(?::?(\d{2}))?", re.I)


def parse(text: str) -> datetime | None:
    """The moment a metadata field or a dateline names, in Vietnam time; None if it names none.

    Understands ISO 8601 (with or without zone or time), epoch seconds and milliseconds,
    RFC 822, day-first Vietnamese forms, and the month-first "10/2/2026 9:25:00 AM" of
    Tuổi Trẻ's feed, told by its AM or PM.

    >>> parse("Thứ ba, 15/9/2020, 08:30 (GMT+7)").isoformat()
    '2020-09-15T08:30:00+07:00'
    >>> parse("2020-02-30") is None
    True
    """
    moment = _read(text)
    return None if moment is None else _plausible(moment)


def why_not(text: str) -> str:
    """What is wrong with a publication time that parse() refuses; "" if nothing is.

    >>> why_not("2999-01-01"), why_not("0204-05-01"), why_not("hôm kia"), why_not("2020-02-03")
    ('lies in the future', 'lies before 1990', 'is no date that is understood', '')
    """
    moment = _read(text)
    if moment is None:
        return "is no date that is understood"
    if _plausible(moment) is not None:
        return ""
    return f"lies before {FIRST_YEAR}" if moment.year < FIRST_YEAR else "lies in the future"


def _read(text: str) -> datetime | None:
    text = " ".join(text[:_MAX_CHARS].split())
    if not text:
        return None
    forms = (_epoch, _iso, _compact, _american, _rfc822, _vietnamese, _english)
    return next((moment for read in forms if (moment := read(text)) is not None), None)


def _plausible(moment: datetime) -> datetime | None:
    try:
        moment = moment.astimezone(VIETNAM)
    except (OverflowError, ValueError):
        return None
    return moment if moment.year >= FIRST_YEAR and moment <= datetime.now(UTC) + _AHEAD else None


def _moment(
    year: str | int, month: str | int, day: str | int, *clock: str | int | None, zone: timezone = VIETNAM
) -> datetime | None:
    hour, minute, second = (int(part or 0) for part in (*clock, 0, 0, 0)[:3])
    try:
        return datetime(int(year), int(month), int(day), hour, minute, second, tzinfo=zone)
    except ValueError:
        return None


def _offset(text: str | None) -> timezone:
    if not text:
        return VIETNAM
    if text in "Zz":
        return UTC
    digits = text[1:].replace(":", "")
    shift = timedelta(hours=int(digits[:2]), minutes=int(digits[2:] or 0))
    return timezone(shift if text[0] == "+" else -shift) if shift < timedelta(hours=24) else VIETNAM


def _epoch(text: str) -> datetime | None:
    text = _DOT_NET.sub(r"\1", text)
    if not _EPOCH.fullmatch(text) or not text.isascii():
        return None
    seconds = float(text)
    return datetime.fromtimestamp(seconds / 1000 if seconds >= 1e11 else seconds, UTC)


def _iso(text: str) -> datetime | None:
    match = _ISO.match(text)
    return _moment(*match.groups()[:6], zone=_offset(match[7])) if match else None


def _compact(text: str) -> datetime | None:
    match = _COMPACT.fullmatch(text)
    return _moment(*match.groups()[:6], zone=_offset(match[7])) if match else None


def _american(text: str) -> datetime | None:
    match = _AMERICAN.search(text)
    if not match:
        return None
    month, day, year, hour, minute, second, half = match.groups()
    return _moment(year, month, day, _hour24(int(hour), half), minute, second)


def _hour24(hour: int, half: str | None) -> int:
    if half and half.upper() in {"P", "PM", "CH"}:
        return hour if hour >= 12 else hour + 12
    if half and half.upper() in {"A", "AM", "SA"}:
        return hour % 12 if hour <= 12 else hour
    return hour


def _rfc822(text: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(_SHORT_ZONE.sub(lambda zone: f"{zone[1]}{zone[2]:0>2}00", text))
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=VIETNAM)


def _vietnamese(text: str) -> datetime | None:
    text = _MONTH_NAME.sub(lambda name: _MONTH_NAMES[name[0].lower()], text)
    day = _DAY_FIRST.search(text)
    if not day:
        return None
    rest = text[: day.start()] + " | " + text[day.end() :]
    clock = _CLOCK.search(rest)
    zone = _ZONE.search(rest)
    offset = VIETNAM
    if zone and abs(int(zone[1])) < 15:
        offset = timezone(timedelta(hours=int(zone[1]), minutes=int(zone[2] or 0)))
    parts: tuple[str | int | None, ...] = ()
    if clock:
        parts = (_hour24(int(clock[1]), clock[4]), clock[2], clock[3])
    return _moment(day["year"], day["month"], day["day"], *parts, zone=offset)


def _english(text: str) -> datetime | None:
    """The day in "Posted on May 1, 2024 by …", as WordPress prints it in English."""
    found = _ENGLISH_DAY.search(text)
    if not found:
        return None
    month = _ENGLISH_MONTHS.index((found["month"] or found["month2"])[:3].lower()) + 1
    return _moment(found["year"] or found["year2"], month, found["day"] or found["day2"])


# Vietnamese newsrooms put the moment of creation into the article's number:
#   20221021080340691       yyyymmddHHMMSS and milliseconds (Dân trí, Tuổi Trẻ, CafeF, Kênh 14 …)
#   222251101102601635      three digits that name the site, then yymmddHHMMSS and milliseconds
#                           (HTV 222, Thanh Niên 185, Tuổi Trẻ 100 since 2026, CafeF 188 …)
# The milliseconds are not padded, so one to three of these digits may be missing.
_LONG_ID = re.compile(r"(?<!\d)((?:19|20)\d{2})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})\d{0,3}(?!\d)")
_SITE_ID = re.compile(r"(?<!\d)[1-9]\d{2}(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})\d{0,3}(?!\d)")
_DAY_PATH = re.compile(r"/((?:19|20)\d{2})[/-](\d{1,2})[/-](\d{1,2})(?=/)")


def from_url(url: str) -> datetime | None:
    """The moment hidden in an article's number, or the day in its path; None if there is none.

    >>> from_url("https://htv.com.vn/tin-222251101102601635.htm").isoformat()
    '2025-11-01T10:26:01+07:00'
    >>> from_url("https://bao.vn/tin-20221021080340691.htm").isoformat()
    '2022-10-21T08:03:40+07:00'
    >>> from_url("https://bao.vn/tin-4924723.html") is None
    True
    """
    try:
        path = urlsplit(url.strip()[:2_000]).path
    except ValueError:
        return None
    name = path.rstrip("/").rsplit("/", 1)[-1]
    return next((moment for moment in _numbered(name, path) if moment), None)


def _numbered(name: str, path: str) -> Iterator[datetime | None]:
    for match in reversed(list(_LONG_ID.finditer(name))):
        moment = _moment(*match.groups())
        yield moment and _plausible(moment)
    for match in reversed(list(_SITE_ID.finditer(name))):
        year, *rest = match.groups()
        moment = _moment(2000 + int(year), *rest)
        yield moment and _plausible(moment)
    for match in _DAY_PATH.finditer(path):
        moment = _moment(*match.groups())
        yield moment and _plausible(moment)


def from_text(text: str) -> datetime | None:
    """The dateline among the first lines of a page or article; None if no line is one.

    A dateline is a short line that names a day with its year and little else; a date
    inside a sentence is the news, not its publication.

    >>> from_text("Cầu mới thông xe\\nThứ Hai, 02/11/2020 10:15\\nSáng nay ...").isoformat()
    '2020-11-02T10:15:00+07:00'
    """
    for line in text[:4_000].split("\n")[:15]:
        if is_dateline(line):
            moment = parse(line)
            if moment:
                return moment
    return None


DAY_LIKE = re.compile(
    rf"\d{{1,4}}\s*[/.-]\s*\d{{1,2}}\s*[/.-]\s*\d{{1,4}}|tháng\s+\d|{_MONTH_NAME.pattern}|"
    rf"{_ENGLISH_DAY.pattern}",
    re.I,
)
"""What every line that names a day has: a quick look before parse()."""
_DATELINE_WORDS = re.compile(
    r"thứ\s+(?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ\s*nhật|ngày|lúc|cập nhật|lần cuối|đăng|xuất bản|giờ|phút|gmt|utc|tháng|năm|"
    r"(?<=\d)\s*[ap]m\b|\b(?:sa|ch)\b|(?<=\d)[hgTZ](?=\d|$|\s)",
    re.I,
)


def is_dateline(line: str) -> bool:
    """Whether a line is nothing but a date, as pages print it above or below an article.

    >>> is_dateline("Thứ Hai, 02/11/2020 10:15 (GMT+7)"), is_dateline("Ngày 2/11/2020, cầu thông xe.")
    (True, False)
    """
    line = line.strip()
    if not 8 <= len(line) <= 80 or not DAY_LIKE.search(line):
        return False
    rest = _DATELINE_WORDS.sub("", _MONTH_NAME.sub("", line))
    return not any(char.isalpha() for char in rest) and parse(line) is not None
