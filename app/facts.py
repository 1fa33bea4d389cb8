"""The facts that stand in a sentence, with their offsets: numbers, dates, times, names, places, quotations.

    sentence -> codes -> dates -> times -> amounts -> names, each claiming its characters; quotations lie over all

`same` (of app.same_fact) says whether two of them agree. A sentence without capitals has no names and one
without diacritics is read by the same rules as far as they stay sure. Nothing here knows articles.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from app.date_mention import DateMention
from app.dates_relative import find_relative, with_said_years
from app.dates_vi import find_dates
from app.fact import Fact, Kind, Sameness, Triple, Value
from app.letters import Letters, letters, rule
from app.measures import is_counted
from app.names import find_names
from app.number_forms import is_weekday
from app.numbers import find_numbers
from app.same_fact import same
from app.same_name import stands_in
from app.times import find_codes, find_times
from ingest.article import VIETNAM

__all__ = ["Fact", "Kind", "Sameness", "Triple", "Value", "find_facts", "same", "stands_in"]

MAX_CHARS = 4_000
"""A "sentence" longer than this is no sentence: only its beginning is read."""

_QUOTED = re.compile(
    r"“([^“”]{2,})”|(?<![^\s(\[])\"(?=\S)([^\"]{2,})(?<=\S)\"(?![^\s.,;:!?)\]…])|«([^«»]{2,})»|‘([^‘’]{2,})’"
)
_STREET = r"(?<!\w)(?:đường|phố|cầu|phường|quảng trường|xa lộ|công viên|trường) $"
_WEEKDAY = r"(?<!\w)(?:thứ (hai|ba|tư|năm|sáu|bảy|[2-7])|chủ nhật)\b"
_COUNTED = r"(?<!\w)(?:mươi|mười|trăm|nghìn|ngàn|chục|vài|mấy|nhiều) $"
"""Before "năm trước": so many years ago, not the year before."""
_WEEKDAYS = {"hai": 2, "ba": 3, "tư": 4, "tu": 4, "năm": 5, "nam": 5, "sáu": 6, "sau": 6, "bảy": 7, "bay": 7}
_PART_NAMES = {"early": "đầu", "mid": "giữa", "late": "cuối", "half1": "nửa đầu", "half2": "nửa cuối"}


def find_facts(sentence: str, *, published: datetime | None = None) -> list[Fact]:
    """Every fact of a sentence, in reading order; never raises. `fact.text == sentence[fact.start:fact.end]`.

    published: when the article appeared; "hôm qua" and "năm ngoái" are counted from its day, and left out without it.

    >>> [(f.kind, f.text) for f in find_facts("Ngày 8/3/2021, ông Trần Văn An tặng 1,2 triệu đồng.")]
    [('date', 'Ngày 8/3/2021'), ('name', 'Trần Văn An'), ('number', '1,2 triệu đồng')]
    >>> when = datetime(2021, 3, 9, 8, tzinfo=VIETNAM)
    >>> [f.value for f in find_facts("Hôm qua trời mưa.", published=when)]
    [(2021, 3, 8)]
    """
    text = letters(sentence[:MAX_CHARS])
    taken = bytearray(len(text.text) + 1)
    facts = [*find_codes(text, taken), *_dates(text, taken, published), *find_times(text, taken)]
    facts += find_numbers(text, taken)
    names = find_names(text, taken)
    numbered = [n for n in names if n.kind == "place" and n.text[-1].isdigit()]
    facts = [f for f in facts if not any(n.start <= f.start < n.end for n in numbered)] + names  # "quận 1"
    facts += _quotes(text)
    facts.sort(key=lambda f: (f.start, -f.end))
    if text.given == text.text:
        return facts
    return [_at_home(text, fact) for fact in facts]


def _at_home(text: Letters, fact: Fact) -> Fact:
    start, end = text.origin(fact.start), text.origin(fact.end)
    return replace(fact, start=start, end=end, text=text.given[start:end])


def _quotes(text: Letters) -> Iterator[Fact]:
    if not any(mark in text.text for mark in '“"«‘'):
        return
    for match in _QUOTED.finditer(text.text):
        inner = match.lastindex or 1
        yield Fact("quote", *match.span(inner), match[inner], " ".join(match[inner].split()))


def _dates(text: Letters, taken: bytearray, published: datetime | None) -> Iterator[Fact]:
    today = None
    if published is not None:
        today = (published.astimezone(VIETNAM) if published.tzinfo else published).date()
    mentions = find_dates(text)
    if today:
        mentions = with_said_years(text, mentions, today)
    for mention in mentions:
        if any(taken[mention.start : mention.end]) or not _is_date(text, mention):
            continue
        taken[mention.start : mention.end] = b"\x01" * (mention.end - mention.start)
        yield _date_fact(text, mention)
    for relative in find_relative(text, today) if today else ():
        first, last = relative.span
        value: Triple
        if any(taken[relative.start : relative.end]) or rule(_COUNTED, text.accented).search(
            text.rules, 0, relative.start
        ):
            continue
        if relative.unit == "day":
            value = (first.year, first.month, first.day)
        elif relative.unit == "month" and first.month == last.month:
            value = (first.year, first.month, None)
        elif relative.unit in ("year", "quarter") and first.year == last.year:
            value = (first.year, None, None)
        else:
            continue
        taken[relative.start : relative.end] = b"\x01" * (relative.end - relative.start)
        unit = f"quý {(first.month + 2) // 3}" if relative.unit == "quarter" else relative.unit
        yield Fact("date", relative.start, relative.end, text.text[relative.start : relative.end], value, unit)
    yield from _weekdays(text, taken)


def _is_date(text: Letters, mention: DateMention) -> bool:
    if mention.precision == "day" and not mention.cued:
        before = text.rules[max(0, mention.start - 14) : mention.start]
        said = text.text[mention.start : mention.end]
        return said != "24/7" and not rule(_STREET, text.accented).search(before)
    if mention.precision == "year" and not mention.cued:
        return not is_counted(text, mention.end)
    return True


def _date_fact(text: Letters, mention: DateMention) -> Fact:
    unit: str = mention.precision
    if mention.quarter:
        unit = f"quý {mention.quarter}"
    elif mention.last_year and text.rules.startswith(("năm học", "nam hoc", "niên khóa", "nien khoa"), mention.start):
        unit = "năm học"
    high: Triple | None = (mention.last_year, None, None) if mention.last_year else None
    said = text.text[mention.start : mention.end]
    value: Triple = (mention.year, mention.month, mention.day)
    return Fact("date", mention.start, mention.end, said, value, unit, _PART_NAMES.get(mention.part, ""), high)


def _weekdays(text: Letters, taken: bytearray) -> Iterator[Fact]:
    for match in rule(_WEEKDAY, text.accented).finditer(text.rules):
        start, end = match.span()
        if any(taken[start:end]) or (match[1] and not is_weekday(text, match)):
            continue
        if start == 0 and text.rules[end : end + 1] == "," and not taken[min(end + 2, len(taken) - 1)]:
            continue  # "Thứ hai, …": secondly; but "Thứ hai, 3/5, …"
        taken[start:end] = b"\x01" * (end - start)
        word = match[1] or ""
        number = int(word) if word.isdecimal() else _WEEKDAYS.get(word, 0)
        unit = f"thứ {number}" if number else "chủ nhật"
        yield Fact("date", start, end, text.text[start:end], (None, None, None), unit)
