"""Amounts in forms of their own: ranks, scores, halves, fractions, "gấp đôi".

    "đứng thứ 272" · "thắng 2-1" · "một nửa số phiếu" · "nửa triệu" · "2/3 diện tích" · "hai phần ba"

They are read before plain amounts, whose pieces they hold. "thứ sáu" is a rank or a day: the words
around it decide.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from app.letters import Letters, both, rule, words_of
from app.measures import Measures
from app.number_words import ONES, Amount, read_amount

Form = tuple[int, int, Decimal, str, Decimal | None]
"""start, end, value, unit, high."""

_ORDINALS = both({**ONES, "nhất": 1, "nhì": 2, "tư": 4, "mười": 10})
_ONES = words_of("nhất|nhì|hai|ba|tư|bốn|năm|sáu|bảy|bẩy|tám|chín|mười")
_ORDINAL = rf"(?<!\w)thứ ({_ONES}|mười (?:một|hai|ba|bốn|lăm|sáu|bảy|tám|chín)|\d{{1,4}})(?![\d/.,]\d)\b"
_WEEKDAY_WORDS = frozenset("hai ba tư tu năm nam sáu sau bảy bay 2 3 4 5 6 7".split())
_WEEKDAY_BEFORE = r"(?:^|[,;:(“\"]|(?<!\w)(?:sáng|trưa|chiều|tối|đêm|ngày|hôm|vào|từ|đến|tới|và|mỗi|các))\s*$"
_WEEKDAY_AFTER = r" (?:hàng tuần|hằng tuần|tuần|vừa qua|vừa rồi|tới|này|ngày|\d{1,2}/)|\s?\(\d|,\s?\d|,\s?ngày|-\d"
_HALF = r"(?<!\w)(một nửa|phân nửa|nửa)(?! (?:đầu|cuối|sau|trên|dưới|chừng|vời|cuộc|trái))\b"
_HALVED = ("time", "months", "mass", "length", "volume", "area")
_PARTS = rf"(?<!\w)({words_of('một|hai|ba|bốn|năm|sáu|bảy|tám|chín')}|\d{{1,2}}) phần ({_ONES}|\d{{1,2}})\b(?! trăm)"
_FRACTION = r"(?<![\w.,/])(\d{1,2})/(\d{1,3})(?![\d/\w]|[.,]\d)"
_MANIFOLD = both(
    {
        "đôi": Decimal(2),
        "rưỡi": Decimal("1.5"),
        **{w: Decimal(n) for w, n in ONES.items() if n > 1},
        "mười": Decimal(10),
    }
)
_TIMES = (
    rf"(?<!\w)gấp ({words_of('đôi|rưỡi|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười')})\b(?! (?:lần|mươi|rưỡi|trăm|nghìn|ngàn))"
)
_SCORE = r"(?<![\w.,/:-])(\d{1,2})\s?[-–]\s?(\d{1,2})(?![\d/\w]|[.,:-]\d|\s?%)"
_SCORE_BEFORE = r"(?:tỷ số|tỉ số|thắng|thua|hòa|dẫn|dẫn trước|đánh bại|hạ|vượt qua|chung cuộc|gỡ hòa|cách biệt|kết quả)\b[^.;]{0,40}$"
_SCALE_AFTER = r"\s?(?:nghìn|ngàn|triệu|tỷ|tỉ)\b"


def find_forms(text: Letters, taken: bytearray, measures: Measures) -> Iterator[Form]:
    """Every such form outside the taken characters."""
    words = text.rules

    def found(hint: str, pattern: str) -> Iterator[re.Match[str]]:
        if rule(hint, text.accented).search(words):
            for match in rule(pattern, text.accented).finditer(words):
                if not any(taken[match.start() : match.end()]):
                    yield match

    for match in found("thứ", _ORDINAL):
        secondly = not words[: match.start()].strip() and words[match.end() : match.end() + 1] == ","
        if not secondly and not is_weekday(text, match):
            yield *match.span(), _ordinal(match[1], text.accented), "thứ", None
    for match in found("[-–]", _SCORE):
        if _is_score(text, match, measures):
            yield *match.span(), Decimal(match[1]), "tỷ số", Decimal(match[2])
    for match in found("/", _FRACTION):
        if 0 < int(match[1]) < int(match[2]):
            yield *match.span(), Decimal(match[1]) / Decimal(match[2]), "phần", None
    for match in found("phần", _PARTS):
        above, below = (_ordinal(word, text.accented) for word in match.groups())
        if 0 < above < below:
            yield *match.span(), above / below, "phần", None
    for match in found("gấp", _TIMES):
        yield *match.span(), _MANIFOLD[match[1]], "lần", None
    for match in found("nửa", _HALF):
        half = _half(text, match, measures)
        if half:
            yield half


def _half(text: Letters, match: re.Match[str], measures: Measures) -> Form | None:
    words, end = text.rules, match.end()
    one = "một" if text.accented else "mot"
    whole = read_amount(one + words[end:], 0, text.accented)
    if whole and whole.scaled:  # "nửa triệu đồng"
        stop = end + whole.end - len(one)
        unit, after = measures.unit(stop, whole)
        return match.start(), after, whole.value / 2, unit.name if unit else measures.noun(stop), None
    unit, after = measures.unit(end, Amount(Decimal(1), end, False, 1))
    if unit and unit.dimension in _HALVED:  # "nửa năm"
        return match.start(), after, Decimal("0.5"), unit.name, None
    if match[1] not in ("nửa", "nua") or rule(r" số\b", text.accented).match(words, end):
        return match.start(), end, Decimal("0.5"), "phần", None
    return None


def _ordinal(word: str, accented: bool) -> Decimal:
    if word.isdecimal():
        return Decimal(word)
    amount = None if word in _ORDINALS else read_amount(word, 0, accented)
    return amount.value if amount else Decimal(_ORDINALS.get(word, 0))


def _is_score(text: Letters, match: re.Match[str], measures: Measures) -> bool:
    """Against a range: no unit follows, and a word of sport stands before or the first number is not the smaller."""
    unit, _ = measures.unit(match.end(), Amount(Decimal(2), match.end(), False, 0))
    if unit or rule(_SCALE_AFTER, text.accented).match(text.rules, match.end()):
        return False
    before = text.rules[max(0, match.start() - 60) : match.start()]
    return bool(rule(_SCORE_BEFORE, text.accented).search(before)) or int(match[1]) >= int(match[2])


def is_weekday(text: Letters, match: re.Match[str]) -> bool:
    """Whether "thứ" and a number at a match's group 1 is a day of the week rather than a rank.

    "sáng thứ sáu", "thứ Hai", "thứ hai, 3/5" are; "người thứ sáu", "năm thứ hai", "đứng thứ 5" are not.
    """
    if match[1] not in _WEEKDAY_WORDS:
        return False
    if text.text[match.start(1)].isupper() and not text.text[match.start()].isupper():
        return True
    before = rule(_WEEKDAY_BEFORE, text.accented).search(text.rules[max(0, match.start() - 24) : match.start()])
    return bool(before) or bool(rule(_WEEKDAY_AFTER, text.accented).match(text.rules, match.end()))
