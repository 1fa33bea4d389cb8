"""Times of day in a sentence: 23h03, 8 giờ 30, 20:30, 7 giờ tối; and telephone numbers and codes, which are no amounts.

A bare "3 giờ" is a length of time unless a word says that it is a moment ("lúc", "sáng").
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from app.fact import Fact
from app.letters import Letters, rule
from app.units import SPELLINGS

_H = r"(?<![\w.,/:])([01]?\d|2[0-4])"
_CLOCK = rf"{_H}\s?(?:h|g|:|giờ )\s?([0-5]\d)(?:\s?(?:phút|p|'))?(?![\w%]|[:.,]\d)"
_HOUR = rf"{_H}(?:h| giờ)(?![\w])"
_FROM_TO = rf"{_H}\s?[-–]\s?([01]?\d|2[0-4])h(?![\w])"
_ABOUT_NOW = r"(?<!\w)(?:lúc|khoảng|vào|hồi|từ|đến|tới|trước|sau|quá|sáng|trưa|chiều|tối|đêm) $"
_LASTING = r"(?<!\w)(?:trong|suốt|mất|hơn|gần|kéo dài|sau|cách|thêm|chỉ|mỗi|vòng|tận|liền|đủ) $"
_PART = r"\s?(?:cùng ngày\s|)(sáng|trưa|chiều|tối|đêm|khuya)\b"
_MOMENT_AFTER = r"\s?(?:(?:sáng|trưa|chiều|tối|đêm|khuya)\b|ngày \d|hôm |cùng ngày|\(giờ|, ngày|kém )"
_LENGTH_AFTER = r" (?:qua|tới(?! \d)|liền|liên tục|đồng hồ|bay|học|làm|đường|sau|trước|mỗi)\b"

_DIGIT = re.compile(r"\d")
_PHONE = re.compile(
    r"(?<![\w.,/-])(?:\+84[\s.]?|\(?0)\d{1,3}\)?[\s.-]?\d{3,4}[\s.-]?\d{3,4}(?![\w/-]|[.,]\d)|(?<![\w.,/-])1[89]00[\s.]?\d{4}(?!\d)"
)
_PHONE_CUE = re.compile(
    r"(?:điện thoại|đt|sđt|hotline|đường dây nóng|liên hệ|tel|zalo|số máy|tổng đài)\b[^\d]{0,20}(\d[\d .-]{5,14}\d)"
)
_DECREE = re.compile(
    r"\b(?:nghị định|thông tư(?: liên tịch)?|quyết định|nghị quyết|chỉ thị|công văn|công điện|văn bản|tờ trình|luật)\s+(?:số\s+)?"
    r"\d+[a-z]?(?:/\d{4}|/\d{2}(?!\d))?(?:/[a-zđ][a-zđ0-9-]*)?|(?<![\w/])\d{1,5}/(?:\d{4}/)?(?:nđ|tt|qđ|nq|ct|qh)\w*(?:-[a-zđ]+)*"
)
_CODE = re.compile(
    r"(?<![\w/.-])(?:[A-ZĐ][A-Za-zĐđ]*\d\w*(?:[.-]\d[\d.]*)?"  # U23, VJ356, PM2.5
    r"|[A-Za-zĐđ]+-\d+[A-Za-z]?"  # Covid-19
    r"|\d{2}[A-Z]\d?-\d{3}\.?\d{2,}"  # 29A-123.45
    r"|\d{1,3}[A-ZĐ]{1,3}\d{0,3})(?!\w|[.,]\d)"  # 5G
    r"|\b[Cc](?:ovid|OVID)\s?-?\s?19\b"
)


def find_codes(text: Letters, taken: bytearray) -> Iterator[Fact]:
    """Decrees ("Nghị định 46/2016"), codes ("U23", "VJ356", "Covid-19", "5G") and telephone numbers; marks them as taken.

    >>> from app.letters import letters
    >>> [(f.text, f.value) for f in find_codes(letters("Đội U23 theo Nghị định 46/2016"), bytearray(99))]
    [('Nghị định 46/2016', 'nghị định 46/2016'), ('U23', 'U23')]
    """
    if not _DIGIT.search(text.text):
        return
    for match in (*_PHONE.finditer(text.low), *_PHONE_CUE.finditer(text.low)):
        group = match.lastindex or 0
        start, end = match.span(group)
        if not any(taken[start:end]):
            digits = re.sub(r"\D", "", match[group])
            yield _take(text, taken, start, end, "number", digits, "điện thoại")
    for match in _DECREE.finditer(text.low):
        if not any(taken[match.start() : match.end()]):
            value = " ".join(match.group().replace(" số ", " ").split())
            yield _take(text, taken, *match.span(), "name", value, "other")
    for match in _CODE.finditer(text.text):
        if not any(taken[match.start() : match.end()]) and not _is_amount(match.group()):
            yield _take(text, taken, *match.span(), "name", match.group(), "other")


def _is_amount(code: str) -> bool:
    """ "10KM", "8H30", "300K" are amounts and times in capitals; "5G", "4K" are not."""
    digits = re.match(r"\d+", code)
    if not digits:
        return False
    rest = code[digits.end() :]
    if rest == "K":
        return int(digits.group()) > 12
    if re.fullmatch(r"[HG]\d{0,2}", rest):
        return rest != "G"
    return (len(rest) > 1 and rest.lower() in SPELLINGS) or rest in ("M2", "M3", "KM2", "Đ", "TR")


def find_times(text: Letters, taken: bytearray) -> Iterator[Fact]:
    """Moments of a day as "HH:MM"; `unit` is the part of the day that is said ("sáng"). Marks them as taken.

    >>> from app.letters import letters
    >>> [(f.text, f.value, f.unit) for f in find_times(letters("Lúc 7 giờ tối và 23h03."), bytearray(99))]
    [('23h03', '23:03', ''), ('7 giờ tối', '19:00', 'tối')]
    """
    words, accented = text.rules, text.accented
    if not _DIGIT.search(words):
        return
    for match in rule(_CLOCK, accented).finditer(words):
        if not any(taken[match.start() : match.end()]):
            yield _moment(text, taken, match, int(match[1]), int(match[2]))
    for match in rule(_FROM_TO, accented).finditer(words):  # "15-17h"
        if not any(taken[match.start() : match.end()]):
            yield _take(text, taken, *match.span(1), "time", f"{int(match[1]) % 24:02}:00", "")
            yield _take(text, taken, match.start(2), match.end(), "time", f"{int(match[2]) % 24:02}:00", "")
    for match in rule(_HOUR, accented).finditer(words):
        if any(taken[match.start() : match.end()]):
            continue
        before = words[max(0, match.start() - 12) : match.start()]
        after = rule(_MOMENT_AFTER, accented).match(words, match.end())
        length = rule(_LASTING, accented).search(before) or rule(_LENGTH_AFTER, accented).match(words, match.end())
        attached = words[match.end() - 1] == "h"
        if after or (not length and (attached or rule(_ABOUT_NOW, accented).search(before))):
            yield _moment(text, taken, match, int(match[1]), 0)


def _moment(text: Letters, taken: bytearray, match: re.Match[str], hour: int, minute: int) -> Fact:
    end = match.end()
    part = rule(_PART, text.accented).match(text.rules, end)
    said = ""
    if part:
        said, end = part[1], part.end()
        late = said in ("chiều", "tối", "chieu", "toi") or (said in ("đêm", "dem", "khuya") and hour >= 6)
        if hour < 12 and (late or (said in ("trưa", "trua") and hour <= 2)):
            hour += 12
        elif hour == 12 and said in ("đêm", "dem", "khuya"):
            hour = 0
    return _take(text, taken, match.start(), end, "time", f"{hour % 24:02}:{minute:02}", said)


def _take(text: Letters, taken: bytearray, start: int, end: int, kind: str, value: str, unit: str) -> Fact:
    taken[start:end] = b"\x01" * (end - start)
    return Fact(
        "number" if kind == "number" else "time" if kind == "time" else "name",
        start,
        end,
        text.text[start:end],
        value,
        unit,
    )
