"""What an amount is an amount of: the unit or the noun that follows it.

    "1,2 triệu| đồng" -> đồng      "70| ha" -> ha      "3| học sinh giỏi" -> học sinh      "5| đồng chí" -> đồng chí

A unit that is also a common word ("bảng", "khối", "đồng") is one only where nothing speaks against it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

from app.letters import Letters, rule
from app.number_words import Amount
from app.units import PEOPLE, SPELLINGS, THINGS, Unit
from index.vietnamese import fold

_STOP = frozenset(
    "của và là có đã đang sẽ bị được tại ở trong ngoài trên dưới từ đến tới cho với để khi mà thì này đó kia ấy nữa sau "
    "trước vào ra lên xuống so theo nhưng hoặc hay về cùng do vì nên các những mỗi rất cũng không chưa phải mới nhất hơn trở "
    "cả đều còn chỉ bởi qua gồm gần khoảng như nếu tuy lại vẫn thuộc bằng giữa đối một hai ba bốn sáu bảy tám chín mười năm "
    "tính".split()
)
"""Words that no counted noun begins with or holds."""

_NOT_MONEY = r" (?:chí|phạm|đội|nghiệp|hồ|bào|hương|minh|tác giả|chủ tịch|sáng lập|giải|thời|loạt|lòng|ý|bằng)\b"
_NOT_UNIT = (
    r"\s?(?:khối (?:lớp|thi|a|b|c|d|lượng|tài sản)|độ (?:tuổi|dài|cao|rộng|lượng|sâu)|năm (?:học|nhất|hai|ba|tư|cuối)"
    r"|tháng (?:nào|mấy)|giờ g)\b"
)
_LARGE_ONLY = frozenset("bảng tệ yên".split())
"""Currencies only in large amounts: "2 bảng" are groups of a tournament."""

_RISKY_FLAT = frozenset("độ tạ tệ cân ký quý bảng yên đ khối yến lạng".split()) | {"chỉ vàng"}
"""Without diacritics these are anything."""

_WORD = re.compile(r"[^\W\d_]+")
_COUNTED = {True: PEOPLE | THINGS, False: frozenset(map(fold, PEOPLE | THINGS))}


def _spellings(accented: bool) -> dict[str, Unit]:
    if accented:
        return SPELLINGS
    return {fold(spelling): unit for spelling, unit in SPELLINGS.items() if spelling not in _RISKY_FLAT}


def _pattern(spellings: Iterable[str]) -> re.Pattern[str]:
    ways = [re.escape(s).replace(r"\ ", r"\s") + (r"(?![^\W_])" if s[-1].isalnum() else "") for s in spellings]
    return re.compile(r"\s?-?(?:" + "|".join(sorted(ways, key=len, reverse=True)) + ")")


_UNITS = {accented: (_spellings(accented), _pattern(_spellings(accented))) for accented in (True, False)}


class Measures:
    """Units and nouns of one sentence; `taken` characters (dates, codes) hold neither."""

    def __init__(self, text: Letters, taken: bytearray) -> None:
        self._text, self._words, self._accented, self._taken = text.text, text.rules, text.accented, taken
        self._spellings, self._pattern = _UNITS[text.accented]
        self.counted = _COUNTED[text.accented]

    def unit(self, at: int, amount: Amount) -> tuple[Unit | None, int]:
        """The unit of measure that stands at `at` after an amount, and where it ends."""
        match = self._pattern.match(self._words, at)
        if not match or any(self._taken[match.start() : match.end()]):  # "2.500 năm 2003"
            return None, at
        said = re.sub(r"\s", " ", match.group().strip().lstrip("-"))
        unit = self._spellings.get(said)
        letter = self._text[match.end() - 1]
        if unit is None or (len(said) == 1 and letter.isupper() and letter not in "WĐ"):
            return None, at  # "5G" is no gram
        if said == "đồng" and rule(_NOT_MONEY, self._accented).match(self._words, match.end()):
            return None, at
        if said in _LARGE_ONLY and not (amount.scaled or amount.value >= 100):
            return None, at
        if rule(_NOT_UNIT, self._accented).match(self._words, at) or (said in ("ký", "tạ") and amount.words == 1):
            return None, at
        return unit, match.end()

    def noun(self, at: int) -> str:
        """What is counted after an amount: a known noun, else two syllables at most; "" when nothing is."""
        nouns: list[str] = []
        while len(nouns) < 2 and self._words[at : at + 1] == " ":
            match = _WORD.match(self._words, at + 1)
            if not match or match.group() in _STOP or self._text[match.start()].isupper() or self._taken[match.start()]:
                break
            nouns.append(match.group())
            at = match.end()
        noun = " ".join(nouns)
        return nouns[0] if noun not in self.counted and nouns and nouns[0] in self.counted else noun

    def counts(self, noun: str) -> bool:
        """Whether a noun is one that is often counted."""
        return noun in self.counted


def is_counted(text: Letters, end: int) -> bool:
    """Whether a measure or something that is counted follows: "2000 tấn", "1998 hộ".

    >>> from app.letters import letters
    >>> is_counted(letters("2000 hộ dân"), 4), is_counted(letters("2000 đã qua"), 4)
    (True, False)
    """
    measures = Measures(text, bytearray(len(text.text) + 1))
    unit, _ = measures.unit(end, Amount(Decimal(2000), end, False, 0))
    return unit is not None or measures.counts(measures.noun(end))
