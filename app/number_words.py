"""Amounts as they are written, in digits or in words: "1.200.000", "1,2 triệu", "một triệu hai trăm nghìn".

In: a lower-case text and a place in it. Out: the Decimal and where the amount ends. A dot
or comma before three digits parts thousands, except where a scale word or a leading zero
shows a decimal: "1.256 tỷ" is 1,256 billion, "1,256 tỷ" is 1.256 billion, "0,125" an eighth.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from app.letters import both, rule

DIGITS = (
    r"\d{1,3}(?:\.\d{3})+(?:,\d+)?(?!\d|\.\d)|\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d|,\d)"
    r"|\d{1,3}(?:[\u00a0\u202f\u2009]\d{3})+(?!\d)|\d+(?:[.,]\d+)?"
)

ONES = both({"một": 1, "hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8, "chín": 9})
_LAST = both({**ONES, "mốt": 1, "tư": 4, "lăm": 5, "nhăm": 5})
_AFTER_TEN = {word: n for word, n in _LAST.items() if word not in ("năm", "nam")}  # "mười năm" is ten years
SCALES = both(
    {"trăm": 100, "nghìn": 1_000, "ngàn": 1_000, "vạn": 10_000, "triệu": 10**6, "tỷ": 10**9, "tỉ": 10**9,
     "thousand": 1_000, "million": 10**6, "billion": 10**9, "trillion": 10**12}
)  # fmt: skip
_SCALE = r"\s?(nghìn|ngàn|vạn|triệu|(?:tỷ|tỉ)(?! (?:lệ|số|giá|trọng|suất|phú|mỉ|lê)\b)|trăm|thousand|million|billion|trillion)\b"
_SHORT = re.compile(r"(k|tr|m)(\d)?(?![^\W_])")
_WORD = re.compile(r"[^\W\d_]+")
_GAP = re.compile(r"\s+")
_DIGITS = re.compile(DIGITS)


@dataclass(frozen=True, slots=True)
class Amount:
    """A value and the place where it ends; `scaled` says that "triệu" and the like took part.

    words: how many number words it has; 0 when it is in digits.
    """

    value: Decimal
    end: int
    scaled: bool
    words: int


def digits_value(digits: str, *, decimal_comma: bool = False) -> Decimal:
    """The value of a number in digits; `decimal_comma` when one comma is surely a decimal one.

    >>> digits_value("1.200.000"), digits_value("51,02"), digits_value("10,000"), digits_value("7.5")
    (Decimal('1200000'), Decimal('51.02'), Decimal('10000'), Decimal('7.5'))
    >>> digits_value("1,256", decimal_comma=True)
    Decimal('1.256')
    """
    digits = re.sub(r"[\u00a0\u202f\u2009]", "", digits)
    dots, commas = digits.count("."), digits.count(",")
    if dots and commas:
        decimal = max(digits.rfind("."), digits.rfind(","))
        whole = re.sub(r"[.,]", "", digits[:decimal])
        return Decimal(f"{whole}.{digits[decimal + 1 :]}")
    mark = "." if dots else ","
    if dots + commas > 1:
        return Decimal(digits.replace(mark, ""))
    if dots + commas == 1:
        whole, _, rest = digits.partition(mark)
        thousands = len(rest) == 3 and 1 <= len(whole) <= 3 and not whole.startswith("0")
        if thousands and not (mark == "," and decimal_comma):
            return Decimal(whole + rest)
        return Decimal(f"{whole}.{rest}")
    return Decimal(digits)


def read_amount(words: str, start: int, accented: bool) -> Amount | None:
    """The amount that starts here, or None.

    >>> read_amount("một triệu hai trăm nghìn đồng", 0, True)
    Amount(value=Decimal('1200000'), end=24, scaled=True, words=5)
    >>> read_amount("1 tỷ 200 triệu", 0, True).value, read_amount("2 triệu rưỡi", 0, True).value
    (Decimal('1200000000'), Decimal('2500000'))
    """
    total, count, last, end = Decimal(0), 0, None, start
    scaled = False
    at = start
    while True:
        group = _group(words, at, accented)
        if group is None:
            break
        value, stop, used = group
        scale, after = _scales(words, stop, accented)
        if last is not None:
            joins = scale < last if scale > 1 else used and value < last and value >= 10 and last <= 10**6
            if not joins:
                break
        if scale > 1 and not used and words[stop - 1].isdecimal():  # a comma before a scale word is a decimal one
            value = digits_value(words[at:stop], decimal_comma=True)
        total += value * scale
        count += used + (after > stop if used else 0)
        end, last = after, scale
        scaled = scaled or scale > 1 or (used == 0 and not _DIGITS.fullmatch(words, at, stop))
        if scale > 1:
            half = rule(r" rưỡi\b", accented).match(words, end)
            if half:
                return Amount(total + Decimal(scale) / 2, half.end(), True, count + bool(used))
        gap = _GAP.match(words, end)
        if scale == 1 or gap is None:
            break
        at = gap.end()
        if used:
            filler = rule(r"(?:không trăm )?(?:linh|lẻ) ", accented).match(words, at)
            one = _one(words, filler.end(), _LAST) if filler else None
            if one:
                return Amount(total + one[0], one[1], True, count + 2)
    if last is None:
        return None
    return Amount(total, end, scaled, count)


def _scales(words: str, at: int, accented: bool) -> tuple[Decimal, int]:
    """The product of the scale words that follow ("nghìn tỷ"), and where they end."""
    product = Decimal(1)
    pattern = rule(_SCALE, accented)
    while match := pattern.match(words, at):
        product *= SCALES[match[1]]
        at = match.end()
    return product, at


def _group(words: str, at: int, accented: bool) -> tuple[Decimal, int, int] | None:
    """A number in digits, or in words below a thousand; where it ends; how many words."""
    digits = _DIGITS.match(words, at)
    if digits:
        short = _SHORT.match(words, digits.end())
        if short and short[1] != "m":
            scale = 1_000 if short[1] == "k" else 10**6
            extra = Decimal(int(short[2]) * scale) / 10 if short[2] else Decimal(0)
            return digits_value(digits.group(), decimal_comma=True) * scale + extra, short.end(), 0
        return digits_value(digits.group()), digits.end(), 0
    ten = _tens(words, at, accented)
    one = _one(words, at, ONES)
    if one is None:
        return ten
    hundred = rule(r" trăm\b", accented).match(words, one[1])
    if not hundred:
        return ten or (Decimal(one[0]), one[1], 1)
    value, end, used = Decimal(one[0] * 100), hundred.end(), 2
    half = rule(r" rưỡi\b", accented).match(words, end)
    if half:
        return value + 50, half.end(), used + 1
    gap = _GAP.match(words, end)
    if gap:
        odd = rule(r"(?:linh|lẻ) ", accented).match(words, gap.end())
        rest = _one(words, odd.end(), _LAST) if odd else None
        if rest:
            return value + rest[0], rest[1], used + 2
        more = _tens(words, gap.end(), accented)
        if more:
            return value + more[0], more[1], used + more[2]
    return value, end, used


def _tens(words: str, at: int, accented: bool) -> tuple[Decimal, int, int] | None:
    ten = rule(r"mười\b", accented).match(words, at)
    if ten:
        value, end, used = Decimal(10), ten.end(), 1
    else:
        one = _one(words, at, ONES)
        mark = rule(r" (?:mươi|chục)\b", accented).match(words, one[1]) if one else None
        if one is None or mark is None:
            return None
        value, end, used = Decimal(one[0] * 10), mark.end(), 2
    gap = _GAP.match(words, end)
    rest = _one(words, gap.end(), _AFTER_TEN) if gap else None
    if rest and not rule(_SCALE, accented).match(words, end):
        return value + rest[0], rest[1], used + 1
    return value, end, used


def _one(words: str, at: int, table: dict[str, int]) -> tuple[int, int] | None:
    match = _WORD.match(words, at)
    if match and match.group() in table:
        return table[match.group()], match.end()
    return None
