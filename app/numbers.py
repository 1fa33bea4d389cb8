"""Amounts in a sentence: value, unit, bound and range, with offsets.

    "hơn 1,2 triệu học sinh" · "từ 7.000.000 đồng đến 8.000.000 đồng" · "35 phần trăm" · "lớp 10" · "14 tuổi"
    and the forms of app.number_forms

The caller says which characters are taken (dates, times, codes). A lone number word counts
only before something that is counted, because "năm" is also a year, "ba" a father and "chín"
ripe; vague crowds ("hàng trăm", "vài chục") are no numbers.
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from app.fact import Fact
from app.letters import Letters, both, rule, words_of
from app.measures import Measures
from app.number_forms import find_forms
from app.number_words import Amount, digits_value, read_amount
from app.units import PEOPLE, SPELLINGS, UNITS

_START = r"(?<![\w.,/])(?:\d|(?:một|hai|ba|bốn|năm|sáu|bảy|bẩy|tám|chín|mười)\b)"
_BOUNDS = {
    "hơn": "hơn|trên|vượt|quá|over|more than|above",
    "gần": "gần|ngót|suýt|chưa đến|chưa tới|chưa đầy|nearly|almost",
    "khoảng": "khoảng|chừng|ước tính|ước|tầm|cỡ|xấp xỉ|ước khoảng|about|around|approximately",
    "ít nhất": "ít nhất|tối thiểu|không dưới|không ít hơn|at least",
    "tối đa": "tối đa|không quá|không vượt quá|nhiều nhất|dưới|at most|up to|under",
}
_BOUND_OF = both({word: bound for bound, words in _BOUNDS.items() for word in words.split("|")})
_BOUND = rf"(?<!\w)({words_of(*_BOUNDS.values())})(?: (?:là|tới|đến))? $"
_BOUND_AFTER = r"(?: (?:\w+ ){0,2}?)?(trở lên|trở xuống)\b"
_LABEL_WORDS = (
    "lớp|khối|khóa|số|tầng|cấp|đợt|vòng|tập|chương|điều|khoản|phòng|tuyến|quốc lộ|tỉnh lộ|nhóm|giai đoạn|bậc|ca bệnh"
    "|bệnh nhân|cột|bàn|hiệp|chặng|khu|cửa|loại|bảng|hàng|mức|làn|ga|ô|kỳ|top"
)
_LABELS = both({**{word: word for word in _LABEL_WORDS.split("|")}, "hạng": "thứ", "thứ hạng": "thứ", "kì": "kỳ"})
_LABEL = rf"(?<!\w)({words_of(_LABEL_WORDS, 'hạng|thứ hạng|kì')}) $"
_NO_LABEL = r"(?<!\w)(?:sĩ|tổng|con|chỉ|hệ|tỷ|tỉ|dân|doanh|một) số $"
_LABEL_UNITS = frozenset(_LABELS.values())
_SPELLED_LABEL = r"(?<!\w)(?:lớp|khối|tầng|hạng|khóa) $"
_MONEY_BEFORE = r"(us\$|\$|€|£|¥|₫|(?<!\w)(?:usd|vnd|eur|aud|gbp))\s?$"
_BELOW_ZERO = r"(?:^|(?<=[\s(]))[-−]$|(?<!\w)âm $"
_YEAR_BEFORE = (
    r"(?<!\w)(?:cuối|đầu|giữa|mỗi|hàng|hằng|một|các|những|nhiều|cả|nửa|vào|từng|mấy|trong|số|theo|lớp|học|đến) $"
)
_TO = r"\s?(?:-|–|—|~| đến | tới | to )\s?"
_AND = r"(?:,| và | hoặc | hay | - )\s?"
_OUT_OF = re.compile(r"/(\d+(?:[.,]\d+)*)(?!/)")
_FATHERS = ("em", "cháu", "con", "bé")
"""After "ba" these make it a father."""


def find_numbers(text: Letters, taken: bytearray) -> list[Fact]:
    """Every amount of a sentence outside the characters that are taken (1), in reading order.

    Offsets count in `text.text`. Marks what it reads as taken.

    >>> from app.letters import letters
    >>> sentence = letters("Hơn 1,2 triệu học sinh được nghỉ.")
    >>> [(f.value, f.unit, f.bound, f.text) for f in find_numbers(sentence, bytearray(99))]
    [(Decimal('1200000.0'), 'học sinh', 'hơn', '1,2 triệu')]
    """
    reader = _Reader(text, taken)
    for start, end, value, unit, high in find_forms(text, taken, reader.measures):
        reader.add(start, end, value, unit, high)
    reader.amounts()
    return _join(text, sorted(reader.found, key=lambda fact: fact.start))


class _Reader:
    def __init__(self, text: Letters, taken: bytearray) -> None:
        self.text, self.words, self.accented, self.taken = text.text, text.rules, text.accented, taken
        self.measures = Measures(text, taken)
        self.found: list[Fact] = []
        self.end = 0  # of the amount read last

    def add(self, start: int, end: int, value: Decimal, unit: str, high: Decimal | None = None) -> None:
        self.taken[start:end] = b"\x01" * (end - start)
        bound = "" if unit in ("tỷ số", "thứ") else self._bound(start, end)
        self.found.append(Fact("number", start, end, self.text[start:end], value, unit, bound, high))
        self.end = end

    def _before(self, start: int, pattern: str, reach: int = 24) -> re.Match[str] | None:
        return rule(pattern, self.accented).search(self.words[max(0, start - reach) : start])

    def _bound(self, start: int, end: int) -> str:
        before = self._before(start, _BOUND)
        if before:
            return _BOUND_OF[" ".join(before[1].split())]
        after = rule(_BOUND_AFTER, self.accented).match(self.words, end)
        if after:
            return "tối đa" if after[1].endswith(("xuống", "xuong")) else "ít nhất"
        return ""

    def amounts(self) -> None:
        at, pattern = 0, rule(_START, self.accented)
        while match := pattern.search(self.words, at):
            start, at = match.start(), match.end()
            if self.taken[start] or self._before(start, r"(?<!\w)(?:mùng|mồng) $", 6):
                continue
            amount = read_amount(self.words, start, self.accented)
            if amount and not any(self.taken[start : amount.end]):
                at = max(at, self._read(start, amount))

    def _read(self, start: int, amount: Amount) -> int:
        """Add the number at `start` if it is one; return where to go on."""
        if amount.words == 1 and not amount.scaled and not self._counts(start, amount):
            return amount.end
        out_of = None if amount.words else _OUT_OF.match(self.words, amount.end)
        if out_of:  # "700/800 điểm"; "tỷ lệ 1/2.000" is no amount
            if digits_value(out_of[1]) <= 100 * amount.value:
                self.add(start, amount.end, amount.value, self._unit(out_of.end(), amount)[0])
            return out_of.end()
        value = amount.value
        money = self._before(start, _MONEY_BEFORE, 6)
        if money:
            self.add(start - len(money.group().lstrip()), amount.end, value, SPELLINGS[money[1]].name)
            return amount.end
        below = self._before(start, _BELOW_ZERO, 4)
        if below:
            value, start = -value, start - len(below.group())
        unit, end = self._unit(amount.end, amount)
        half = rule(r" rưỡi\b", self.accented).match(self.words, end)
        if half and unit in UNITS:
            value, end = value + Decimal("0.5"), half.end()
        label = self._before(start, _LABEL, 14)
        if label and unit not in UNITS and not amount.scaled and not self._before(start, _NO_LABEL):
            unit = _LABELS[" ".join(label[1].split())]
        if amount.words == 0 and end == amount.end and self.words[end : end + 1].isalpha():
            return end  # "7x": a code
        self.add(start, end, value, unit)
        return end

    def _counts(self, start: int, amount: Amount) -> bool:
        """Whether a lone number word is a number: only before a measure or something that is counted."""
        word = self.words[start : amount.end]
        if not self.accented and word in ("nam", "sau", "bay", "tam"):
            return False
        if self._before(start, _SPELLED_LABEL, 8):
            return True
        if self.text[start].isupper() and self.words[:start].strip(" “\"'(-–"):
            return False  # "Ba Lan"
        if rule(r" \w+ \d", self.accented).match(self.words, amount.end):
            return False  # "Năm lớp 10"
        unit, _ = self.measures.unit(amount.end, amount)
        noun = self.measures.noun(amount.end)
        if word in ("một", "mot"):
            if self.found and self.words[self.end : start].strip() in ("", "/"):
                return False  # "40 euro một tháng": a rate
            measured = unit is not None and unit.dimension not in ("times", "ratio") and unit.name != "ngày"
            return measured or noun.split(" ")[0] in PEOPLE
        if word in ("năm", "nam") and self._before(start, _YEAR_BEFORE, 8):
            return False
        if word == "ba" and noun.split(" ")[0] in _FATHERS:
            return False
        return unit is not None or self.measures.counts(noun)

    def _unit(self, at: int, amount: Amount) -> tuple[str, int]:
        """The unit and where it ends; what is counted is named, but stays outside the amount."""
        unit, end = self.measures.unit(at, amount)
        return (unit.name, end) if unit else (self.measures.noun(at), at)


def _join(text: Letters, facts: list[Fact]) -> list[Fact]:
    """Ranges become one fact ("6-7 tỷ đồng"); in a list the last one's unit holds for all ("6, 7 và 8 tấn")."""
    out: list[Fact] = []
    for fact in facts:
        if out:
            last, between = out[-1], text.rules[out[-1].end : fact.start]
            if rule(_TO, text.accented).fullmatch(between) and (joined := _range(text, last, fact)):
                out[-1] = joined
                continue
            if fact.unit == "" and last.unit in _LABEL_UNITS and rule(_AND, text.accented).fullmatch(between):
                fact = replace(fact, unit=last.unit)
        out.append(fact)
    for place in range(len(out) - 2, -1, -1):
        fact, after = out[place], out[place + 1]
        listed = fact.unit == "" and after.unit not in ("", "tỷ số", "thứ")
        if listed and rule(_AND, text.accented).fullmatch(text.rules[fact.end : after.start]):
            out[place] = replace(fact, unit=after.unit)
    return out


def _range(text: Letters, low: Fact, high: Fact) -> Fact | None:
    """Two amounts as one range; None where they make none ("từ 10 đến 5", "3 ha đến 5 người")."""
    if low.high is not None or high.high is not None or "tỷ số" in (low.unit, high.unit):
        return None
    if not (isinstance(low.value, Decimal) and isinstance(high.value, Decimal)):
        return None
    value: Decimal = low.value
    if high.unit == "" and low.unit in _LABEL_UNITS:
        high = replace(high, unit=low.unit)
    if low.unit not in ("", high.unit):
        a, b = UNITS.get(low.unit), UNITS.get(high.unit)
        if not (a and b and a.dimension == b.dimension):
            return None
        value = value * a.factor / b.factor
    elif low.unit == "":
        scale = read_amount("1" + text.rules[high.start : high.end].lstrip("0123456789.,"), 0, text.accented)
        if scale and scale.scaled and low.text[-1].isdigit():
            value *= scale.value  # "6-7 tỷ"
    top = high.value
    if not isinstance(top, Decimal) or value >= top:
        return None
    whole = text.text[low.start : high.end]
    bound = low.bound or high.bound
    return replace(low, end=high.end, text=whole, value=value, unit=high.unit, high=top, bound=bound)
