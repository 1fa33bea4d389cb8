"""Time expressions that count from a day: hôm qua, tuần trước, 3 ngày qua, last week.

Out come Relatives with the days that they cover, seen from `today`, left to right and never
overlapping. A comparison ("so với cùng kỳ năm ngoái") names no time of its sentence and is
left out, and so is what only looks alike: "những năm trước", "5 năm trước khi …", "tỏa sáng
qua", and "toi qua" typed without diacritics amid a sentence, which may be "tôi qua".
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from app.date_mention import PARTS, DateMention
from app.letters import Letters, both, rule
from app.periods import Span, month_span, months_back, part_of, quarter_span, year_span

Unit = Literal["day", "week", "month", "quarter", "year", "stretch", "recent"]

RECENT_DAYS = 90
"""How far back "gần đây" looks."""


@dataclass(frozen=True, slots=True)
class Relative:
    """One expression and the days it covers; offsets count in Letters.text.

    unit: what is named; a "stretch" runs from some day up to today ("3 ngày qua"),
    "recent" is "gần đây", which names no length.
    """

    start: int
    end: int
    unit: Unit
    span: Span


Made = tuple[Unit, Span] | None

_COUNTS = both(
    {"một": 1, "hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9, "mười": 10,
     "vài": 4, "mấy": 7, "những": 7, "nhiều": 7, "các": 7, "one": 1, "a": 1, "two": 2, "three": 3, "four": 4,
     "five": 5, "six": 6, "seven": 7, "few": 4, "several": 7}
)  # fmt: skip
_UNITS = both(
    {"ngày": "day", "hôm": "day", "tuần": "week", "tháng": "month", "quý": "quarter", "năm": "year", "giờ": "hour",
     "tiếng": "hour", "day": "day", "week": "week", "month": "month", "quarter": "quarter", "year": "year",
     "hour": "hour"}
)  # fmt: skip
_BACK = both({"này": 0, "nay": 0, "trước": 1, "qua": 1, "rồi": 1, "ngoái": 1, "kia": 2, "vừa qua": 1, "vừa rồi": 1})
_WEEKDAYS = both({"hai": 0, "ba": 1, "tư": 2, "năm": 3, "sáu": 4, "bảy": 5, "nhật": 6})

_N = r"(\d{1,3}|một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|vài|mấy|những|nhiều|các)"
_U = r"(ngày|hôm|tuần|tháng|năm|giờ|tiếng)"
_OVER = r"(?:vừa qua|vừa rồi|gần đây|gần nhất|trở lại đây|qua|nay|này)"
_CLOSED = r"(?=\s*(?:$|[?.!,;:)])| (?:là|có|đã|bị|được|ở|tại|của|vì|do|khi|ai|những|các|như|thế)\b)"
_HOURS = r"(?:rạng sáng|sáng|trưa|chiều|tối|đêm|khuya)"

_DAY = (
    rf"\b(?:{_HOURS} )?(?:ngày )?(?:hôm|bữa) (nay|qua|kia)\b"
    rf"|\b(?<!tỏa\s)(?<!chiếu\s)(?<!phát\s)(?<!soi\s){_HOURS} (nay|qua)\b"
)
_NAMED = (
    r"\b(?:(nửa đầu|nửa cuối|đầu|giữa|cuối) )?(?:(tuần|tháng|quý) (này|trước|rồi|vừa qua|vừa rồi|qua)"
    r"|(năm) (nay|ngoái|kia|trước|rồi|vừa qua|vừa rồi|qua))\b"
)
_WEEKDAY = (
    r"\b(?:thứ (hai|ba|tư|năm|sáu|bảy|[2-7])|chủ (nhật)) (tuần trước|tuần này|tuần qua|tuần rồi|vừa rồi|vừa qua|rồi)\b"
)
_STRETCH = (
    rf"\b(?:(?:trong|suốt) (?:vòng )?)?{_N} {_U} {_OVER}{_CLOSED}"
    rf"|(?:^|(?<=[,;:]\s)|\b(?:trong|suốt) (?:vòng )?){_N} {_U} {_OVER}\b"
)
_AGO = rf"\bcách đây {_N} {_U}\b|\b{_N} {_U} trước(?=\s*(?:$|[?.!,;:)]))"
_FROM_START = r"\b(?:kể từ|từ) đầu (tuần|tháng|năm)(?: (?:này|nay))?(?: (?:đến|tới) nay)?\b(?! \d)"
_RECENT = (
    r"\b(?:trong )?(?:thời gian gần đây|thời gian vừa qua|thời gian qua|gần đây(?! nhất)|mới đây(?! nhất)"
    r"|vừa qua|vừa rồi|dạo này|recently|lately)\b"
)
_N_EN = r"(\d{1,3}|one|a|two|three|four|five|six|seven|few|several)"
_U_EN = r"(day|week|month|year|hour)s?"
_ENGLISH = (
    r"\b(?:(the day before yesterday)|(yesterday|last night)|(today|tonight|this (?:morning|afternoon|evening))"
    rf"|(this|last|past) (week|month|quarter|year)|(?:(?:in|over|during) )?(?:the )?(?:last|past) {_N_EN} {_U_EN}"
    rf"|{_N_EN} {_U_EN} ago)\b"
)
_COMPARED = (
    r"\b(?:so với|hơn|bằng|như|cùng kỳ|cùng kì|cùng thời điểm|than|compared to|compared with)"
    r"(?: (?:cùng kỳ|cùng kì|của|cả|hồi|mức))* $"
)
_SAID_YEAR = r",? năm (nay|ngoái|kia|trước)\b"
_COUNTED = r"(?:\d|(?<!\w)(?:một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|vài|mấy|những|nhiều|các|mỗi|nửa|chục)) $"
_HINT = (
    r"\b(?:nay|qua|kia|này|trước|rồi|ngoái|gần đây|gần nhất|mới đây|vừa rồi|trở lại đây|từ đầu|cách đây|today|tonight"
    r"|yesterday|last|past|this|ago|recently|lately)\b"
)
"""One of these stands in every expression; without them there is nothing to look for."""

_MISTAKABLE = re.compile(r"(?:toi|sang|dem|chieu|trua)\s+qua")


def find_relative(text: Letters, today: date) -> list[Relative]:
    """Every expression of a sentence that counts from `today`, in reading order.

    >>> from app.letters import letters
    >>> [(r.unit, r.span[0].isoformat()) for r in find_relative(letters("Giá vàng hôm qua?"), date(2026, 11, 23))]
    [('day', '2026-11-22')]
    """
    words, accented = text.rules, text.accented
    found: list[Relative] = []
    if not rule(_HINT, accented).search(words):
        return found
    for pattern, read in _TABLE:
        for match in rule(pattern, accented).finditer(words):
            if any(match.start() < r.end and r.start < match.end() for r in found):
                continue
            if _misread(words, match, accented):
                continue
            try:
                made = read(match, today)
            except (ValueError, OverflowError):  # before the calendar begins
                continue
            if made:
                found.append(Relative(match.start(), match.end(), *made))
    return sorted(found, key=lambda r: r.start)


def with_said_years(text: Letters, mentions: list[DateMention], today: date) -> list[DateMention]:
    """Dates that get their year from words after them: "tháng 3 năm ngoái", "ngày 5/9 năm nay".

    >>> from app.dates_vi import find_dates
    >>> from app.letters import letters
    >>> asked = letters("Hồi tháng 3 năm ngoái")
    >>> [(m.year, m.month, m.end) for m in with_said_years(asked, find_dates(asked), date(2026, 11, 23))]
    [(2025, 3, 21)]
    """
    made = []
    for mention in mentions:
        said = rule(_SAID_YEAR, text.accented).match(text.rules, mention.end) if mention.year is None else None
        year = today.year - _BACK[said[1]] if said else 0
        made.append(replace(mention, year=year, end=said.end(), cued=True) if said and year > 0 else mention)
    return made


def _misread(words: str, match: re.Match[str], accented: bool) -> bool:
    before = words[max(0, match.start() - 40) : match.start()]
    if rule(_COMPARED, accented).search(before):
        return True
    if rule(_COUNTED, accented).search(before) and match.re is rule(_NAMED, accented):
        return True
    amid = bool(before.strip()) and bool(words[match.end() :].strip(" ?.!"))
    return not accented and amid and bool(_MISTAKABLE.fullmatch(match.group()))


def _day(match: re.Match[str], today: date) -> Made:
    day = today - timedelta(days={"nay": 0, "qua": 1, "kia": 2}[match[1] or match[2]])
    return "day", (day, day)


def _named(match: re.Match[str], today: date) -> Made:
    part = PARTS.get(" ".join((match[1] or "").split()), "")
    which = " ".join((match[3] or match[5]).split())
    unit = _UNITS[match[2] or match[4]]
    just_past = which in ("qua", "vừa qua", "vua qua") and not part
    return _unit_span(unit, _BACK[which], part, today, just_past=just_past)


def _unit_span(unit: str, back: int, part: str, today: date, *, just_past: bool = False) -> Made:
    """The week, month, quarter or year so many before this one; "just past" runs on to today."""
    if unit == "week":
        monday = today - timedelta(days=today.weekday() + 7 * back)
        sunday = monday + timedelta(days=6)
        if part == "late":
            return "week", (sunday - timedelta(days=1), sunday)
        if part == "early":
            return "week", (monday, monday + timedelta(days=2))
        return "week", (monday, today if just_past else sunday)
    if unit == "month":
        if just_past:
            return "month", (months_back(today, 1), today)
        return "month", part_of(month_span(today.year, today.month - back), part)
    if unit == "quarter":
        quarter = (today.month - 1) // 3 + 1 - back
        return "quarter", quarter_span(today.year, quarter) if quarter else quarter_span(today.year - 1, 4)
    if just_past:
        return "year", (months_back(today, 12), today)
    return "year", part_of(year_span(today.year - back), part)


def _weekday(match: re.Match[str], today: date) -> Made:
    name = match[1] or match[2]
    number = int(name) - 2 if name.isdigit() else _WEEKDAYS[name]
    monday = today - timedelta(days=today.weekday())
    if match[3].endswith(("này", "nay")):
        day = monday + timedelta(days=number)
    elif match[3].startswith(("tuần", "tuan")):
        day = monday + timedelta(days=number - 7)
    else:
        day = today - timedelta(days=(today.weekday() - number - 1) % 7 + 1)
    return "day", (day, day)


def _stretch(match: re.Match[str], today: date) -> Made:
    count, unit = (match[1], match[2]) if match[1] else (match[3], match[4])
    return "stretch", (_back(today, _count(count), _UNITS[unit]), today)


def _ago(match: re.Match[str], today: date) -> Made:
    count, unit = (match[1], match[2]) if match[1] else (match[3], match[4])
    return _around(today, _count(count), _UNITS[unit])


def _around(today: date, count: int, unit: str) -> Made:
    """The day itself for days; the days around it for what people only count in rough."""
    day = _back(today, count, unit)
    if unit == "week":
        return "week", (day - timedelta(days=3), day + timedelta(days=3))
    if unit == "month":
        return "month", (day - timedelta(days=15), day + timedelta(days=15))
    if unit == "year":
        return "year", year_span(day.year)
    return "day", (day, day)


def _from_start(match: re.Match[str], today: date) -> Made:
    first = {
        "week": today - timedelta(days=today.weekday()),
        "month": today.replace(day=1),
        "year": today.replace(day=1, month=1),
    }[_UNITS[match[1]]]
    return "stretch", (first, today)


def _recent(match: re.Match[str], today: date) -> Made:
    return "recent", (today - timedelta(days=RECENT_DAYS), today)


def _english(match: re.Match[str], today: date) -> Made:
    two_ago, yesterday, now, which, unit, count, counted, ago, ago_unit = match.groups()
    if two_ago or yesterday or now:
        day = today - timedelta(days=2 if two_ago else 1 if yesterday else 0)
        return "day", (day, day)
    if which:
        if which == "past":
            return "stretch", (_back(today, 1, unit), today)
        return _unit_span(unit, 0 if which == "this" else 1, "", today)
    if count:
        return "stretch", (_back(today, _count(count), counted), today)
    return _around(today, _count(ago), ago_unit)


def _count(word: str) -> int:
    return int(word) if word.isdigit() else _COUNTS[word]


def _back(today: date, count: int, unit: str) -> date:
    if unit in ("month", "quarter", "year"):
        return months_back(today, count * {"month": 1, "quarter": 3, "year": 12}[unit])
    if unit == "hour":
        return today - timedelta(days=-(-count // 24))
    return today - timedelta(days=count * (7 if unit == "week" else 1))


_TABLE: tuple[tuple[str, Callable[[re.Match[str], date], Made]], ...] = (
    (_WEEKDAY, _weekday),
    (_FROM_START, _from_start),
    (_STRETCH, _stretch),
    (_AGO, _ago),
    (_DAY, _day),
    (_NAMED, _named),
    (_ENGLISH, _english),
    (_RECENT, _recent),
)
