"""The year that a question takes for granted, when the article knows no such year.

In: a question, title and text of the article that would answer it, and the year it was published. Out: "năm 2019" when
neither the article nor its date says so, else "". Names and amounts of which it knows nothing: app/strangers.py.
"""

from __future__ import annotations

import re

_YEAR = re.compile(r"(?<![\d.,])(?:1[5-9]|20)\d\d(?!\d|[.,]\d|\w)")
_RANGE = re.compile(r"(?<!\d)((?:1[5-9]|20)\d\d)\s*[-–—/]\s*((?:1[5-9]|20)?\d\d)(?!\d)")
_DECADE = re.compile(r"(?:thập niên|thập kỷ|những năm|thế kỷ)(?: \w+){0,2}?\s+(\w+)")
_BEFORE = re.compile(r"(?<!\w)(?:năm (?:ngoái|trước|qua|vừa qua|rồi)|cùng kỳ|(?:một|1) năm (?:trước|qua))(?!\w)")
_AFTER = re.compile(r"(?<!\w)(?:năm (?:sau|tới|tiếp theo)|sang năm)(?!\w)")
_AGO = re.compile(
    r"(?<!\w)(?:\d+|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|chục|vài|mấy|nhiều) (?:năm|thập niên|thập kỷ) (?:trước|qua|nay|sau|tới)(?!\w)"
)


def strange_year(question: str, article: str, published: int | None) -> str:
    """The first year of a question that an article does not know, "" when it knows all.

    published: the year of the article's date; None when it has none, and then nothing is said.

    >>> strange_year("Vì sao Bắc Sa hủy kỳ thi năm 2019?", "Bắc Sa hủy kỳ thi năm 2021, sau năm 2020.", 2021)
    'năm 2019'
    >>> strange_year("Bắc Sa hủy kỳ thi nào năm 2021?", "Bắc Sa hủy kỳ thi cuối khóa.", 2021)
    ''
    >>> strange_year("Bắc Sa mở lớp nào năm 2021?", "Năm học 2020-2022, Bắc Sa mở lớp đan lưới.", 2023)
    ''
    """
    asked = [int(y) for y in dict.fromkeys(_YEAR.findall(question))]
    if not asked or published is None or _DECADE.search(question.lower()):
        return ""
    lowered = article.lower()
    told = {published, *(int(y) for y in re.findall(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)", article))}
    for start, end in _RANGE.findall(article):
        last = int(end) if len(end) == 4 else int(start[:2] + end)
        told.update(range(int(start), last + 1) if last - int(start) < 100 else ())
    told |= {published - 1} if _BEFORE.search(lowered) else set()
    told |= {published + 1} if _AFTER.search(lowered) else set()
    strange = [y for y in asked if y not in told]
    if not strange or ((_DECADE.search(lowered) or _AGO.search(lowered)) and abs(strange[0] - published) > 1):
        return ""  # "ba năm trước" may be any
    return f"năm {strange[0]}"
