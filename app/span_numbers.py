"""Numbers and times that answer "bao nhiêu", "mấy" and "khi nào": with their unit, in the measure that was asked for.

In: a question read and a sentence. Out: Spans. This module knows nothing of names and clauses.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from itertools import pairwise

from app.asked import NUMBERED, Asked
from app.fact import Fact
from app.facts import find_facts
from app.money import money_kinds, money_kinds_beside
from app.span import Span, fresh
from app.units import CURRENCIES, SPELLINGS, measures
from index.vietnamese import canonical, fold, has_diacritics, tokens

# What a question about an amount measures, by the words it uses; the first that is found decides.
_MEASURES: tuple[tuple[str, frozenset[str]], ...] = (
    (r"phần trăm|%|tỷ lệ|tỉ lệ|percentage|percent", frozenset(["ratio"])),
    (r"tuổi|xuân xanh|how old", frozenset(["age"])),
    (r"giờ|phút|ngày|bao lâu|kéo dài", frozenset(["time", "months"])),  # before "dài"
    (r"tiền|t[ỷỉ](?! (?:số|lệ))|triệu|giá|định giá|vốn|lương|phạt|học phí|phí|chi phí|kinh phí|lãi|doanh thu|lợi nhuận|thu nhập|trị giá"
     r"|tài trợ|ngân sách|thưởng|bạc|hết|tốn|thuê|mua|bán|chi|fine|cost|how much|price|đồng|usd|đô", frozenset(["money"])),
    (r"nặng|trọng lượng|khối lượng|tấn|kg|cân nặng", frozenset(["mass"])),
    (r"diện tích|ha|hecta|mét vuông|m2", frozenset(["area"])),  # before "mét"
    (r"rộng", frozenset(["area", "length"])),
    (r"bao xa|cao|dài|sâu|xa|mét|km|dâng|cách|độ cao|how (?:long|far|tall|high)", frozenset(["length"])),
    (r"thời gian", frozenset(["time", "months"])),
    (r"mw|kw", frozenset(["power"])),
    (r"công suất", frozenset(["power", "volume", "mass"])),
)  # fmt: skip

_WITH_UNIT = frozenset(["money", "age", "area", "mass", "length", "power", "volume"])
"""Measures whose amounts news never gives without their unit (a per cent sign is often lost)."""

_PEOPLE = frozenset(
    """
    người học sinh sinh viên em cháu khách hành khách nạn nhân thí sinh du học sinh công nhân giáo viên bé trẻ
    vđv cầu thủ bệnh nhân hộ ca trường hợp thành viên nhân viên sinh mạng mạng tình nguyện
    """.split()
)
"""Syllables of what counts people: "bao nhiêu học sinh" may be answered by "42 em"."""

_VAGUE = frozenset("mức một mỗi cho ở trong là và để khi sau trước của với từ đến thì mà được bị so lần mới nhất vậy thế này".split())  # fmt: skip
"""Words after "bao nhiêu" that name nothing counted: "giá bao nhiêu một lít"."""

OTHER_CURRENCY = 0.7
"""Fit of an amount of đồng for "bao nhiêu USD"."""

OTHER_KIND = 0.4
"""What is left of the fit of an amount of another kind of money."""

OTHER_NUMBER = 0.4
"""What is left of the fit of a number that is no score, or stands behind no such noun."""

_ASKS_SCORE = re.compile(r"(?<!\w)(?:t[ỷỉ] số|ti so)(?!\w)")

_ENDS_OF_A_CHANGE = frozenset("từ lên xuống còn đến tới".split())
OTHER_END = 0.4
"""What is left of the fit of the other end of a change: of "từ 4.000 đồng lên 6.000 đồng" the first, for "tăng lên bao nhiêu"."""

_WHEN = re.compile(r"(?:quý|tháng|năm|ngày|tuần|vụ|mùa|kỳ|sáng|trưa|chiều|tối|đêm|hôm) (?:\d|nay|này|qua|ngoái|trước)")
"""Words after "bao nhiêu" that say when: "lãi bao nhiêu quý 1"."""

_AMOUNT = re.compile(r"\d[\d.,]*\s*\w*")
"""What the question itself measures: the "17 m2" of "phòng 17 m2 giá bao nhiêu"."""

_BOUND = re.compile(
    r"(?<!\w)(?:hơn|gần|khoảng|ít nhất|tối đa|tối thiểu|trên|dưới|chừng|xấp xỉ|không quá)\s+$", re.IGNORECASE
)
_ASKS_TO = re.compile(r"(?<!\w)(?:đến|tới|hết) (?:khi nào|bao giờ|ngày nào|tháng nào|năm nào|lúc nào|mấy giờ|ngày mấy)")
_ASKS_FROM = re.compile(
    r"(?<!\w)(?:từ|kể từ) (?:khi nào|bao giờ|ngày nào|tháng nào|năm nào|lúc nào|mấy giờ|ngày mấy|đâu)"
)
_UNTIL_BEFORE = re.compile(r"(?<!\w)(?:đến|tới|hết|trước)(?: hết)?(?: ngày| tháng| năm)?\s+$", re.IGNORECASE)
_TO = re.compile(r"\s*(?:-|–|đến|tới|cho đến)\s*(?:hết\s+)?", re.IGNORECASE)
_FROM = re.compile(r"(?<!\w)(?:kể )?từ\s+(?:\d{1,2}(?:h|:|g| giờ)\d{0,2}\s+)?(?:ngày\s+)?$", re.IGNORECASE)


def numbers(asked: Asked, question: str, sentence: str, known: Collection[str]) -> list[Span]:
    """The amounts of a sentence, each with its "hơn", "gần" or "khoảng": part of what is said."""
    counted, measure = measured(asked, question)
    kinds = money_kinds(question) if measure == {"money"} else frozenset[str]()
    ordinal = asked.left[-1] if not asked.head and asked.left[-1:] and asked.left[-1] in NUMBERED else ""
    score = bool(_ASKS_SCORE.search(canonical(question).lower()))
    spans, reached = [], []
    for fact in find_facts(sentence):
        if fact.kind != "number" or not fresh(fact.text, known):
            continue
        match = _BOUND.search(sentence, max(0, fact.start - 12), fact.start) if fact.bound else None
        start = match.start() if match else fact.start
        fit = _number_fit(fact, counted, measure, sentence)
        if score:
            fit = 1.0 if fact.unit == "tỷ số" else fit * OTHER_NUMBER
        elif ordinal:
            noun = re.search(rf"(?<!\w){ordinal}(?: thứ)?\s+$", sentence[:start], re.IGNORECASE)
            start = noun.start() if noun else start
            fit = 1.0 if noun or fact.unit == ordinal else fit * OTHER_NUMBER
        if kinds and (said := money_kinds_beside(sentence, start, fact.end)) and kinds.isdisjoint(said):
            fit *= OTHER_KIND
        if asked.left and fit >= 0.3 and tokens(sentence[max(0, start - 12) : start])[-1:] == list(asked.left[-1:]):
            fit = min(1.0, fit + 0.2)  # "chiếm bao nhiêu": "chiếm 12%"
            reached.append(start)
        spans.append(Span(start, fact.end, sentence[start : fact.end], fit))
    if asked.left[-1:] and asked.left[-1] in _ENDS_OF_A_CHANGE and reached:
        spans = [span if span.start in reached else replace(span, fit=span.fit * OTHER_END) for span in spans]
    return spans


def measured(asked: Asked, question: str) -> tuple[list[str], frozenset[str]]:
    """What a question after an amount counts ("học sinh"), and the dimensions that its answer may have; empty if it says neither."""
    counted = [] if not asked.head or asked.head.split()[0] in _VAGUE or _WHEN.match(asked.head) else tokens(asked.head)
    measure = _measure(asked.head, opening=True) if counted else frozenset[str]()  # "điểm bán" is no money
    if not measure and (not counted or counted[0] in ("nữa", "rồi")):
        counted = []
        measure = _measure(" ".join(asked.left[-4:])) or _measure(_AMOUNT.sub(" ", question))
    return counted, measure


_ANY = frozenset("chiếc cái con loại thứ lần lượt suất phần mức số điều món khoản cuộc bài vụ".split())
"""What counts whatever follows it, or is left out before it."""


def tells_counted(counted: Sequence[str], text: str) -> bool:
    """Whether a text speaks at all of what is to be counted; True for people, who are counted by many nouns.

    >>> tells_counted(["ga"], "Tàu qua 11 xã."), tells_counted(["xã"], "Tàu qua 11 xã."), tells_counted(["em"], "Lớp có 8 bé.")
    (False, True, True)
    """
    if not counted or not counted[0].isalpha() or counted[0] in _PEOPLE | _ANY:
        return True
    held = f" {fold(' '.join(tokens(text)))} "
    return f" {fold(counted[0])} " in held


def tells_amount(measure: frozenset[str], text: str) -> bool:
    """Whether a text holds an amount of a measure that always stands with its unit; True for every other measure.

    >>> tells_amount(frozenset(["money"]), "Nhà máy lọc 45.000 m3 một ngày."), tells_amount(frozenset(["time"]), "Trời mưa.")
    (False, True)
    """
    if not measure or not measure <= _WITH_UNIT:
        return True
    if "age" in measure and re.search(r"(?<!\w)(?:tuổi|sinh (?:năm|ngày|tháng))(?!\w)", text.lower()):
        return True
    if "money" in measure and re.search(
        r"\d\s*(?:tỷ|tỉ|triệu|nghìn|ngàn)(?!\w)|miễn phí|nửa (?:tỷ|triệu)|(?:chục|trăm|nghìn) (?:tỷ|tỉ|triệu)",
        text.lower(),
    ):
        return True
    return any(fact.kind == "number" and measures(fact.unit) in measure for fact in find_facts(text))


def _measure(text: str, *, opening: bool = False) -> frozenset[str]:
    lowered = canonical(text).lower()
    accented = has_diacritics(lowered) or not lowered.isascii()
    look = re.match if opening else re.search
    for pattern, dimensions in _MEASURES:
        if look(rf"(?<!\w)(?:{pattern if accented else fold(pattern)})(?!\w)", lowered):
            return dimensions
    return frozenset()


def _number_fit(fact: Fact, counted: list[str], measure: frozenset[str], sentence: str) -> float:
    """1 for the measure or the thing counted that was asked for, less for another or for none."""
    dimension = measures(fact.unit)
    if fact.unit in ("thứ", "lớp", "số", "tỷ số") and fact.unit not in counted:
        return 0.1
    if counted and fact.text.lower() == "một" and tokens(sentence[fact.end :])[: len(counted[:2])] != list(counted[:2]):
        return 0.1  # an article: "trở thành một người giàu"
    nouns = {*tokens(fact.unit), *tokens(sentence[fact.end :])[:2]}
    if counted and not measure:
        if counted[0] in nouns or (len(counted) > 1 and not nouns.isdisjoint(counted[:2])):
            return 1.0
        if counted[0] in _PEOPLE:
            return 0.8 if not nouns.isdisjoint(_PEOPLE) else 0.15 if dimension else 0.4
        return 0.15 if dimension else 0.3 if fact.unit else 0.45
    if measure:
        if dimension in measure:
            named = SPELLINGS.get(counted[0]) if counted else None
            other = named is not None and named.name in CURRENCIES and fact.unit != named.name
            return OTHER_CURRENCY if other and dimension == "money" else 1.0
        if (
            measure == {"money"}
            and not dimension
            and not fact.unit
            and re.search(r"(?:tỷ|tỉ|triệu|nghìn|ngàn)$", fact.text)
        ):
            return 0.9  # "4.000 tỷ": the đồng is understood
        return 0.2 if dimension or fact.unit else 0.4
    return 0.6 if fact.unit else 0.55


def times(asked: Asked, question: str, sentence: str, known: Collection[str]) -> list[Span]:
    """The dates and times of a sentence; "từ … đến …" whole, when both ends were asked for."""
    lowered = canonical(question).lower()
    until, since = bool(_ASKS_TO.search(lowered)), bool(_ASKS_FROM.search(lowered))
    clock = "giờ" in asked.head.split()
    facts = [
        f
        for f in find_facts(sentence)
        if f.kind in ("date", "time") and fresh(f.text, {*known} - {"ngày", "tháng", "năm"})
    ]
    spans = []
    for fact in facts:
        fit = _time_fit(fact, asked.head, clock=clock)
        before = sentence[: fact.start]
        ends, begins = bool(_UNTIL_BEFORE.search(before)), bool(_FROM.search(before))
        if until != since:
            # "từ 0h ngày 5/8" is no answer to "đến ngày nào"; a date that stands alone may be one.
            fit *= 0.2 if (until and begins) or (since and ends) else 0.5 if until and not ends else 1.0
        spans.append(Span(fact.start, fact.end, fact.text, fit))
    if not (until and since) and "thời gian" not in asked.head:
        return spans
    for first, second in pairwise(tuple(spans)):
        if _TO.fullmatch(sentence[first.end : second.start]):
            opens = _FROM.search(sentence[: first.start])
            start = opens.start() if opens else first.start
            fit = min(1.0, max(first.fit, second.fit) + 0.2)
            spans.append(Span(start, second.end, sentence[start : second.end], fit))
    return spans


def _time_fit(fact: Fact, head: str, *, clock: bool) -> float:
    if fact.kind == "time":
        return 1.0 if clock else 0.4 if head.startswith(("ngày", "tháng", "năm")) else 0.7
    if clock or not isinstance(fact.value, tuple):
        return 0.3 if clock else 0.7
    year, month, day = fact.value
    if "ngày" in head:
        return 1.0 if day else 0.4
    if "năm" in head and "tháng" not in head:
        return 1.0 if year else 0.4
    if "tháng" in head:
        return 1.0 if month else 0.4
    return 0.9
