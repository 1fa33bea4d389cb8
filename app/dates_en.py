"""English dates, for questions asked in English: "5 September 2026", "October 2022", "Q1 2023".

In: lower-case text. Out: DateMentions. "may" and "march" are months only where a year
or a preposition says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from app.date_mention import PARTS, D, DateMention, Y, full_year, real_day

_NAMES = (
    "january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
    "september sept sep", "october oct", "november nov", "december dec",
)  # fmt: skip
_MONTHS = {name: number for number, names in enumerate(_NAMES, 1) for name in names.split()}
_NAME = "(?P<name>" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\b\.?"
_DAY_FIRST = re.compile(rf"\b(?P<day>{D})(?:st|nd|rd|th)?(?: of)?\s+{_NAME}(?:,?\s+(?P<year>{Y})\b)?")
_DAY_LAST = re.compile(rf"\b{_NAME}\s+(?P<day>{D})(?:st|nd|rd|th)?\b(?:,?\s+(?P<year>{Y})\b)?")
_CUE = r"(?:(?P<cue>in|during|between|from|early|mid|late|and|to|until|since|of)[\s-]+)?"
_MONTH = re.compile(rf"\b{_CUE}{_NAME}(?:,?\s+(?P<year>{Y})\b)?")
_QUARTER = re.compile(rf"\bq([1-4])[\s/-]*({Y})\b|\b(first|second|third|fourth) quarter(?: of)? ({Y})\b")
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4}
_SURE = ("in", "during", "between", "from", "early", "mid", "late")


def english_dates(words: str) -> Iterator[DateMention]:
    """The dates of lower-case English text; the longer reading first.

    >>> [(m.year, m.month, m.day) for m in english_dates("on september 5, 2026")][0]
    (2026, 9, 5)
    """
    for pattern in (_DAY_FIRST, _DAY_LAST):
        for match in pattern.finditer(words):
            day, month, year = int(match["day"]), _MONTHS[match["name"]], full_year(match["year"])
            if real_day(year, month, day):
                yield DateMention(*match.span(), "day", year, month, day)
    for match in _MONTH.finditer(words):
        name, cue = match["name"], match["cue"] or ""
        if not match["year"] and cue not in _SURE and (len(name) <= 5 or not cue):
            continue
        mention = DateMention(match.start("name"), match.end(), "month", full_year(match["year"]), _MONTHS[name])
        if cue in PARTS:
            mention = replace(mention, start=match.start(), part=PARTS[cue])
        yield mention
    for match in _QUARTER.finditer(words):
        quarter = int(match[1]) if match[1] else _ORDINALS[match[3]]
        yield DateMention(*match.span(), "quarter", full_year(match[2] or match[4]), quarter=quarter)
