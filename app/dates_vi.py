"""Dates as Vietnamese sentences write them, unresolved: what the words say and no more.

    "ngày 29/11/2018" · "mồng 8 tháng 3" · "tháng 5 2016" · "quý I/2023" · "cuối năm 2018"
    · "năm học 2019-2020" · "thế kỷ 19" · and the English ones of app.dates_en

Out come DateMentions, left to right, never overlapping; an unsaid year is None. Slashes
lost by a bad copy ("ngày 23 5 2023") are read as well. "hôm qua" and other words that
count from a moment are in app.dates_relative. What is a fraction, a score or the number of
a decree (1/3, 2-1, 46/2016) is no date.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from app.date_mention import PARTS, D, DateMention, M, Y, full_year, real_day
from app.dates_en import english_dates
from app.letters import Letters, both, rule, words_of

_FREE = r"(?<![\d/.,\w-])"
_NO_MORE = r"(?![\d/\w]|[.,-]\d|\s?%)"
_ONES = both(
    {"một": 1, "hai": 2, "ba": 3, "tư": 4, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9, "mười": 10}
)
_MONTH_WORDS = {**_ONES, **both({"giêng": 1, "mười một": 11, "mười hai": 12, "chạp": 12})}
_MONTH_WORD = words_of(*(word for word in _MONTH_WORDS if not word.isascii() or word in ("hai", "ba")))
_DAY_WORD = words_of(*(word for word in _ONES if not word.isascii() or word in ("hai", "ba")))  # "sau" is no "sáu"
_QUARTERS = {
    **_ONES, **both({"i": 1, "ii": 2, "iii": 3, "iv": 4, "đầu": 1, "cuối": 4}), "1": 1, "2": 2, "3": 3, "4": 4,
}  # fmt: skip
_CUE = r"(?:ngày|rạng sáng|sáng|trưa|chiều|tối|đêm|khuya|hôm|mùng|mồng|dịp|lễ|từ|đến|tới|on|since|until) "
_OPENERS = re.compile(r"^.*\b(?:từ|tu|đến|den|tới|on|since|until)\s+")
_PART = (
    r"(?<!\w)(?<!đứng\s)(?<!dẫn\s)(?<!bắt\s)(?<!lần\s)(?<!hàng\s)"
    r"((?:6|sáu) tháng đầu|(?:6|sáu) tháng cuối|nửa đầu|nửa cuối|đầu|giữa|cuối|early|mid|late)[\s-]+$"
)
_YEAR_HEAD = r"(?<!\w)(?:năm học|năm|niên khóa|year) $"
_DECREE = (
    r"(?:nghị định|thông tư(?: liên tịch)?|quyết định|nghị quyết|chỉ thị|công văn|văn bản|pháp lệnh|tờ trình"
    r"|biển số|số) (?:số )?$"
)
_COUNTED = (
    r" (?:người|ca|ha|đồng|usd|triệu|tỷ|tỉ|nghìn|ngàn|học sinh|sinh viên|tấn|km|m|m2|kg|cái|chiếc|con|căn|hộ|trường)\b"
)
_SHARED_OUT = (
    r" (?:số|diện tích|dân số|dân|tổng|thành viên|người|quãng|chặng|thời gian|lượng|cổ phần|nhân viên|học sinh"
    r"|sinh viên|vốn|giá trị|chiều|trong|của|nước|thế giới|mức|giá|doanh thu|lợi nhuận)\b"
)
_GOES_ON = r"(?=\s*(?:$|[,;:)?!]|\.(?!\d))| (?:tại|vì|ở|đã|của|khi|và|đến|trong|cho|vừa|thì|do|tới|này|từ|lúc|để|với|theo|có|sẽ|là|bị|được)\b)"

_SLASHED = rf"(?<![\d/.,\w])({D})\s?/\s?({M})(?:\s?/\s?({Y}|\d\d))?(?![\d/\w]|[.,]\d|-\d+(?![\d/])|\s?%)"
_DASHED = rf"{_FREE}({D})([.-])({M})\2({Y}){_NO_MORE}"
_ISO = rf"{_FREE}({Y})-({M})-({D}){_NO_MORE}"
_BARE_MONTH = rf"{_FREE}({M})/({Y}){_NO_MORE}"
_LOST = rf"(?:ngày|hôm|sáng|chiều|tối|đêm|trưa) ({D}) ({M})(?: ({Y})\b|{_GOES_ON})"
_DOTTED = (
    rf"(?:ngày|sáng|chiều|tối|đêm|trưa) ({D})[.-]({M})(?![\d/%\w]|[.,-]\d)"
    r"(?! (?:lần|giờ|tiếng|viên|bữa|ly|cốc|lít|chén|người|ca|triệu|nghìn|tỷ|đồng|ngày|tháng|năm|km|con|chiếc|kg|g|phút|h)\b)"
)
_DAY_ALONE = rf"\bngày ({D}){_GOES_ON}"
_AND_YEAR = rf"(?:(?:\s*[/,]?\s*|\s*,? ?năm )({Y})\b)?"
_DAY_AND_MONTH = rf"(?<![\d/.,\w])({D}|{_DAY_WORD}) tháng ({M}|{_MONTH_WORD})\b(?! ngày){_AND_YEAR}"
_MONTH = rf"\btháng ({M})(?:(?:\s?[/.-]\s?|\s*,? ?năm | )({Y})\b)?{_NO_MORE}(?! (?:ngày|tuổi)\b)"
_MONTH_SPELLED = rf"\btháng ({_MONTH_WORD})\b{_AND_YEAR}"
_MONTH_BEFORE = r"(?:trong|vào|hồi|đầu|giữa|cuối|từ|đến|tới|hết|của) $"
_MONTH_AFTER = (
    r" (?:nào|sinh|gì|mấy|ấy|đó|bao nhiêu|lần|năm|ngày|tháng|đầu|cuối|vừa|trước|sau|này|nay|qua|rồi|tuổi|liên tiếp)\b"
)
_QUARTER = rf"\bquý (iv|i{{1,3}}|[1-4]|một|hai|ba|bốn|tư|đầu|cuối)\b(?:(?:\s?[/,-]\s?|\s*,? ?năm | )({Y})\b)?"
_YEARS = rf"{_FREE}({Y})\s?[-–—/]\s?({Y}|\d\d){_NO_MORE}"
_YEAR = rf"{_FREE}({Y}){_NO_MORE}"
_OLD_YEAR = rf"\bnăm (\d{{3,4}}){_NO_MORE}(?! (?:tcn|trước công nguyên)\b)"
_CENTURY = r"\bthế kỷ (?:thứ )?(\d{1,2}|[xvi]+)\b"
_JOINT = r"\s*(?:-|–|—|,| đến hết | đến | tới | và | to | and )\s*(?:ngày )?"
_LONE_DAY = rf"(?<![\d/.,\w])({D})\s*(?:-|–|,| đến | tới | và | to )\s*(?:ngày )?$"
_DECADE = r"\b(?:thập niên|thập kỷ|những năm) ((?:1[5-9]|20)\d0|\d0)\b"


def find_dates(text: Letters) -> list[DateMention]:
    """Every date of a sentence, in reading order; see the module for what is read.

    >>> from app.letters import letters
    >>> [(m.year, m.month, m.day) for m in find_dates(letters("Tối 28/9/2018, rồi tháng 3/2021."))]
    [(2018, 9, 28), (2021, 3, None)]
    """
    found: list[DateMention] = []
    taken = bytearray(len(text.text) + 1)
    for mention in _Reader(text).candidates():
        if not any(taken[mention.start : mention.end]):
            taken[mention.start : mention.end] = b"\x01" * (mention.end - mention.start)
            found.append(mention)
    found.sort(key=lambda m: m.start)
    return _share(text, found)


class _Reader:
    """The patterns run over one text; the longer reading comes first and claims its characters."""

    def __init__(self, text: Letters) -> None:
        self.text = text
        self.words = text.rules
        self.accented = text.accented

    def candidates(self) -> Iterator[DateMention]:
        words = self.words
        digits = any(c in words for c in "0123456789")
        if "quý" in words or "quy" in words:
            for match in self._all(_QUARTER):
                if self.accented or match[2] or not match[1].isalpha() or match[1].startswith("i"):
                    yield DateMention(*match.span(), "quarter", full_year(match[2]), quarter=_QUARTERS[match[1]])
        if digits:
            yield from self._numeric()
        if "tháng" in words or "thang" in words:
            yield from self._months()
        if "th" in words or "nh" in words:
            for match in self._all(_CENTURY):
                if 1 <= (century := _century(match[1])) <= 22:
                    yield DateMention(*match.span(), "century", century * 100 - 99)
            for match in self._all(_DECADE):
                yield DateMention(*match.span(), "decade", full_year(match[1]))
        if words.isascii():
            yield from english_dates(words)
        if digits:
            yield from self._years()

    def _all(self, pattern: str) -> Iterator[re.Match[str]]:
        return rule(pattern, self.accented).finditer(self.words)

    def _before(self, start: int, pattern: str, reach: int = 28) -> re.Match[str] | None:
        return rule(pattern, self.accented).search(self.words[max(0, start - reach) : start])

    def _after(self, end: int, pattern: str) -> bool:
        return bool(rule(pattern, self.accented).match(self.words, end))

    def _numeric(self) -> Iterator[DateMention]:
        for match in self._all(_YEARS):
            first = int(match[1])
            last = int(match[2]) if len(match[2]) == 4 else int(match[1][:2] + match[2])
            # "2019/2020" is a school year, "2016/2018" a plan; "1520/1600" are marks out of so many.
            longest = first + (9 if "/" in self.words[match.end(1) : match.start(2)] else 200)
            if first < last <= longest and not (len(match[2]) == 2 and last > first + 9):
                yield self._headed(DateMention(*match.span(), "years", first, last_year=last))
        for pattern, (y, m, d) in ((_ISO, (1, 2, 3)), (_DASHED, (4, 3, 1))):
            for match in self._all(pattern):
                if real_day(int(match[y]), int(match[m]), int(match[d])):
                    yield self._cued(DateMention(*match.span(), "day", int(match[y]), int(match[m]), int(match[d])))
        for match in self._all(_SLASHED):
            day, month, year = int(match[1]), int(match[2]), full_year(match[3])
            if not real_day(year, month, day) or self._before(match.start(), _DECREE):
                continue
            if self._before(match.start(), r"[^\W\d]-$", 3):
                continue  # "A-3/5" is a code; "30/4-1/5" and "1-5/9" are days
            mention = self._cued(DateMention(*match.span(), "day", year, month, day))
            if mention.cued or not (day < month and self._after(match.end(), _SHARED_OUT)):
                yield mention
        for match in self._all(_BARE_MONTH):
            if not self._before(match.start(), _DECREE) and not self._before(match.start(), "tháng $"):
                mention = DateMention(*match.span(), "month", int(match[2]), int(match[1]), cued=False)
                yield self._parted(mention)
        for match in self._all(_LOST):
            if real_day(full_year(match[3]), int(match[2]), int(match[1])):
                yield DateMention(*match.span(), "day", full_year(match[3]), int(match[2]), int(match[1]))

        for match in self._all(_DOTTED):
            if real_day(None, int(match[2]), int(match[1])):
                yield DateMention(*match.span(), "day", None, int(match[2]), int(match[1]))

    def _months(self) -> Iterator[DateMention]:
        for match in self._all(_DAY_AND_MONTH):
            day, month = _number(match[1], _ONES), _number(match[2], _MONTH_WORDS)
            year = full_year(match[3])
            spelled = not (match[1].isdigit() and match[2].isdigit())
            if spelled and not (year and self.accented) and not self._before(match.start(), rf"{_CUE}$"):
                continue  # "ba tháng năm" is no date; "mồng ba tháng năm" is; "tu thang 3" is "từ tháng 3"
            if real_day(year, month, day):
                yield self._cued(DateMention(*match.span(), "day", year, month, day))
        for match in self._all(_MONTH):
            length = self._before(match.start(), r"\d $", 3) or self._after(match.end(), _COUNTED)
            if length and not match[2]:
                continue  # "3 tháng 10 …" is a length of time and another number
            yield self._parted(DateMention(*match.span(), "month", full_year(match[2]), int(match[1])))
        for match in self._all(_MONTH_SPELLED):
            if self._names_a_month(match):
                yield self._parted(DateMention(*match.span(), "month", full_year(match[2]), _MONTH_WORDS[match[1]]))

    def _names_a_month(self, match: re.Match[str]) -> bool:
        """ "tháng Năm", "tháng tư năm 2022", "trong tháng năm" do; "tháng năm nào", "tháng một lần" do not."""
        if match[2]:
            return True
        if not self.accented or self._after(match.end(), _MONTH_AFTER):
            return False
        given = self.text.text
        if given[match.start(1)].isupper() and not given[match.start(1) + 1].isupper():
            return True
        return bool(self._before(match.start(), _MONTH_BEFORE))

    def _years(self) -> Iterator[DateMention]:
        for match in self._all(_YEAR):
            mention = self._headed(DateMention(*match.span(), "year", int(match[1])))
            if mention.cued or not (self._after(match.end(), _COUNTED) or self._before(match.start(), _DECREE)):
                yield mention
        for match in self._all(_OLD_YEAR):
            yield self._parted(DateMention(*match.span(), "year", int(match[1])))
        for match in self._all(_DAY_ALONE):
            yield self._cued(DateMention(*match.span(), "day", day=int(match[1])))

    def _cued(self, mention: DateMention) -> DateMention:
        """With "sáng ngày" and the like taken in; "từ" and "đến" are cues but stay outside."""
        cue = self._before(mention.start, rf"(?<!\w)(?:{_CUE})+$")
        if cue:
            return replace(mention, start=mention.start - len(_OPENERS.sub("", cue.group())))
        worded = any(c.isalpha() for c in self.words[mention.start : mention.end])
        return replace(mention, cued=worded or mention.year is not None)

    def _headed(self, mention: DateMention) -> DateMention:
        """With "năm", "năm học" taken in, and then "đầu", "cuối"."""
        head = self._before(mention.start, _YEAR_HEAD, 12)
        if not head:
            return self._parted(replace(mention, cued=False))
        return self._parted(replace(mention, start=mention.start - len(head.group())))

    def _parted(self, mention: DateMention) -> DateMention:
        part = self._before(mention.start, _PART, 20)
        if not part:
            return mention
        name = PARTS[re.sub(r"^\S+\s+(?=th)", "", part[1])]
        return replace(mention, start=mention.start - len(part.group()), part=name, cued=True)


def _share(text: Letters, found: list[DateMention]) -> list[DateMention]:
    """ "từ 1 đến 5/9": the first day has the second's month; "8/3 - 10/3/2021": and its year."""
    out: list[DateMention] = []
    for mention in found:
        if mention.precision == "day" and mention.month is not None:
            reach = text.rules[max(out[-1].end if out else 0, mention.start - 18) : mention.start]
            lone = rule(_LONE_DAY, text.accented).search(reach)
            if lone and real_day(mention.year, mention.month, int(lone[1])):
                start = mention.start - len(reach) + lone.start(1)
                out.append(replace(mention, start=start, end=start + len(lone[1]), day=int(lone[1])))
        if out and mention.year is not None and out[-1].year is None and mention.precision == out[-1].precision:
            between = text.rules[out[-1].end : mention.start]
            if rule(_JOINT, text.accented).fullmatch(between):
                out[-1] = replace(out[-1], year=mention.year)
        out.append(mention)
    return out


def _number(word: str, words: dict[str, int]) -> int:
    return int(word) if word.isdigit() else words[" ".join(word.split())]


def _century(word: str) -> int:
    if word.isdigit():
        return int(word)
    values = [{"i": 1, "v": 5, "x": 10}[letter] for letter in word]
    return sum(-v if after > v else v for v, after in zip(values, [*values[1:], 0], strict=True))
