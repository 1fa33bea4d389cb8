"""The short answer inside a quotation: the name, number, date, place or clause that the question word asks for.

In: a question read (app/asked.py) and a sentence. Out: Spans of the sentence, each with how
well it fits. Vietnamese keeps the question word where the answer stands, so the
words around it in the question are looked for around the span in the sentence.
This module knows nothing of retrieval, and never invents: a Span is cut from the sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from app.asked import Asked, Wanted
from app.fact import Fact
from app.facts import find_facts
from app.units import CURRENCIES, UNITS
from index.vietnamese import canonical, fold, has_diacritics, syllable_spans, tokens

_LIST = re.compile(r"(?:(?<!\w)(?:gồm có|gồm|là|như|theo thứ tự)\s*:?\s+|:\s*)(?P<items>[^.!?:]+)")

SHOWN = 0.5
"""A span that fits less is not worth being shown alone: a wrong short answer misleads more than none."""

MAX_CLAUSE = 30
"""Words of a clause given as a short answer at most."""

# What a question about an amount measures, by the words it uses; the first that is found decides.
_MEASURES: tuple[tuple[str, frozenset[str]], ...] = (
    (r"phần trăm|%|tỷ lệ|tỉ lệ|percentage|percent", frozenset(["ratio"])),
    (r"tuổi|xuân xanh|how old", frozenset(["age"])),
    (r"bao lâu|kéo dài", frozenset(["time", "months"])),  # before "dài"
    (r"tiền|tỷ|tỉ|triệu|giá|vốn|lương|phạt|học phí|chi phí|kinh phí|lãi|doanh thu|lợi nhuận|thu nhập|trị giá|tài trợ|ngân sách|fine|cost"
     r"|how much|price|đồng|usd", frozenset(["money"])),
    (r"nặng|trọng lượng|khối lượng|tấn|kg|cân nặng", frozenset(["mass"])),
    (r"diện tích|ha|hecta|mét vuông|m2", frozenset(["area"])),  # before "mét"
    (r"rộng", frozenset(["area", "length"])),
    (r"cao|dài|sâu|xa|mét|km|dâng|cách|độ cao|how (?:long|far|tall|high)", frozenset(["length"])),
    (r"thời gian", frozenset(["time", "months"])),
    (r"công suất|mw|kw", frozenset(["power"])),
)  # fmt: skip

# Cue words with how surely a reason, a purpose or a manner follows them.
_REASONS = (
    (
        1.0,
        r"nguyên nhân[^.;:]{0,40}?(?:là do|là vì|là|do)|lý do[^.;:]{0,60}?(?:là|vì|do)|bởi vì|bởi|vì|là do|xuất phát từ",
    ),
    (0.9, r"(?:^|(?<=, )|(?<=\. )|(?<=\“))do"),
    (0.6, r"do|nhờ|nhằm|lo"),
    (0.4, r"để|sau khi|khi"),
)
_PURPOSES = (
    (1.0, r"nhằm mục đích|với mục đích|mục đích[^.;:]{0,30}? là|nhằm"),
    (0.7, r"để|giúp"),
)
_MANNERS = ((0.7, r"bằng cách|bằng việc|thông qua"), (0.5, r"bằng|qua việc|qua|theo hướng"))
_CLAUSE_END = re.compile(
    r"[;.!?…]|,\s(?:nên|vì vậy|do đó|đồng thời|nhưng|trong khi|khiến|tuy)(?!\w)|[\"”](?:,|\s|$)|\s[-–]\s"
)
_NEXT_CLAUSE = re.compile(r"[,;.!?…:]|\s[-–]\s|[()]")


@dataclass(frozen=True, slots=True)
class Span:
    """`text == sentence[start:end]`. fit: 0 to 1, how well it is of the kind that was asked for."""

    start: int
    end: int
    text: str
    fit: float


def answer_spans(asked: Asked, question: str, sentence: str) -> list[Span]:
    """Every span of a sentence that could be the short answer, in reading order.

    question: as typed, or with its diacritics restored.

    >>> from app.asked import read_question
    >>> q = "Cầu Sương Mai dài bao nhiêu mét?"
    >>> [s.text for s in answer_spans(read_question(q), q, "Cầu Sương Mai dài 412 m, khánh thành năm 2024.")]
    ['412 m']
    """
    known = set(tokens(question))
    if asked.many:
        return _lists(sentence)
    match asked.wanted:
        case Wanted.NUMBER:
            return _numbers(asked, question, sentence, known)
        case Wanted.TIME:
            return _times(asked, question, sentence, known)
        case Wanted.PERSON | Wanted.PLACE | Wanted.NAME:
            return _names(asked, question, sentence, known)
        case Wanted.REASON:
            return _after(_REASONS, sentence) + _before_so(sentence)
        case Wanted.PURPOSE:
            return _after(_PURPOSES, sentence)
        case Wanted.TRUTH:
            return []  # yes or no stands in no single span
        case Wanted.MANNER:
            return _after(_MANNERS, sentence) + _in_place(question, sentence)
        case _:
            return (_headed(question, sentence, known) if asked.head else []) + _in_place(question, sentence)


def best_span(
    spans: Sequence[Span], sentence: str, weights: Mapping[str, float], *, plain: bool = False
) -> Span | None:
    """The span that fits best and stands nearest to the question's words in the sentence.

    weights: the question's content terms with their rarity. plain: they carry no diacritics.
    """
    held = [(start, end, fold(token) if plain else token) for start, end, token in syllable_spans(sentence)]
    places = [(start, end, weights[token]) for start, end, token in held if token in weights]
    if not spans:
        return None

    def near(span: Span) -> float:
        total = 0.0
        for start, end, weight in places:
            if start < span.end and end > span.start:
                total += weight / 2  # the noun asked about, inside the name itself
                continue
            between = sentence[end : span.start] if end <= span.start else sentence[span.end : start]
            total += weight / (2 + between.count(" ") + 3 * sum(between.count(mark) for mark in ".;:"))
        return total

    top = max(map(near, spans)) or 1.0
    return max(spans, key=lambda s: (s.fit + 0.6 * near(s) / top, -s.start))


def _lists(sentence: str) -> list[Span]:
    """The enumerations of a sentence, the longer the fitter: "gồm A, B và C", "1. A 2. B", "A - B - C"."""
    found = []
    for match in _LIST.finditer(sentence):
        items = len(re.findall(r"[,;]| - | và |\d\.", match.group())) + 1
        if items >= 3:
            found.extend(_clause(sentence, match.start("items"), match.end(), min(1.0, 0.4 + 0.1 * items)))
    return found


def _fresh(text: str, known: Iterable[str]) -> bool:
    """Whether a span says something that the question does not."""
    return not set(tokens(text)) <= set(known)


def _numbers(asked: Asked, question: str, sentence: str, known: set[str]) -> list[Span]:
    counted = tokens(asked.head)
    measure = _measure(asked.head) or _measure(question)
    found = []
    for fact in find_facts(sentence):
        if fact.kind != "number" or not _fresh(fact.text, known):
            continue
        start = _with_bound(fact, sentence)
        found.append(Span(start, fact.end, sentence[start : fact.end], _number_fit(fact, counted, measure, sentence)))
    return found


_BOUND = re.compile(
    r"(?<!\w)(?:hơn|gần|khoảng|ít nhất|tối đa|tối thiểu|trên|dưới|chừng|xấp xỉ|không quá)\s+$", re.IGNORECASE
)


def _with_bound(fact: Fact, sentence: str) -> int:
    """Where the number starts with its "hơn", "gần" or "khoảng": part of what is said."""
    match = _BOUND.search(sentence, max(0, fact.start - 12), fact.start) if fact.bound else None
    return match.start() if match else fact.start


def _measure(text: str) -> frozenset[str]:
    lowered = canonical(text).lower()
    accented = has_diacritics(lowered) or not lowered.isascii()
    for pattern, dimensions in _MEASURES:
        if re.search(rf"(?<!\w)(?:{pattern if accented else fold(pattern)})(?!\w)", lowered):
            return dimensions
    return frozenset()


def _number_fit(fact: Fact, counted: list[str], measure: frozenset[str], sentence: str) -> float:
    """1 for the measure or the thing counted that was asked for, less for another or for none."""
    unit = UNITS.get(fact.unit)
    dimension = "" if unit is None else "money" if unit.name in CURRENCIES else unit.dimension
    if fact.unit == "tuổi":
        dimension = "age"
    if fact.unit in ("thứ", "lớp", "số", "tỷ số"):
        return 0.1
    nouns = {*tokens(fact.unit), *tokens(sentence[fact.end :])[:2]}
    if counted and len(counted[0]) > 1 and not nouns.isdisjoint(counted[:2]):
        return 1.0
    if measure:
        return 1.0 if dimension in measure else 0.2 if dimension or fact.unit else 0.4
    return 0.35 if counted and (dimension or fact.unit) else 0.6 if fact.unit else 0.5


def _times(asked: Asked, question: str, sentence: str, known: set[str]) -> list[Span]:
    until = bool(
        re.search(
            r"(?<!\w)(?:đến|tới|hết) (?:khi nào|bao giờ|ngày nào|tháng nào|năm nào|lúc nào)",
            canonical(question).lower(),
        )
    )
    since = bool(
        re.search(
            r"(?<!\w)(?:từ|kể từ) (?:khi nào|bao giờ|ngày nào|tháng nào|năm nào|lúc nào)", canonical(question).lower()
        )
    )
    found = []
    for fact in find_facts(sentence):
        if fact.kind not in ("date", "time") or not _fresh(fact.text, known - {"ngày", "tháng", "năm"}):
            continue
        fit = 0.7
        if fact.kind == "date" and isinstance(fact.value, tuple):
            year, month, day = fact.value
            head = asked.head
            if "ngày" in head:
                fit = 1.0 if day else 0.4
            elif "năm" in head and "tháng" not in head:
                fit = 1.0 if year else 0.4
            elif "tháng" in head:
                fit = 1.0 if month else 0.4
            else:
                fit = 0.9
        ends = bool(_UNTIL_BEFORE.search(sentence[: fact.start]))
        if (until and not ends) or (since and ends):
            fit *= 0.5
        found.append(Span(fact.start, fact.end, fact.text, fit))
    return found


_UNTIL_BEFORE = re.compile(r"(?<!\w)(?:đến|tới|hết|trước)(?: hết)?(?: ngày| tháng| năm)?\s+$", re.IGNORECASE)


def _names(asked: Asked, question: str, sentence: str, known: set[str]) -> list[Span]:
    found = [] if asked.wanted is Wanted.PERSON else _headed(question, sentence, known)
    for fact in find_facts(sentence):
        if fact.kind not in ("name", "place", "quote") or not _fresh(fact.text, known):
            continue
        over = next((span for span in found if span.start <= fact.start < span.end), None)
        if over is not None:
            if fact.end > over.end:  # the name goes on beyond its capitals: "Công ty CP Kho vận Nam Khê"
                found[found.index(over)] = Span(over.start, fact.end, sentence[over.start : fact.end], over.fit)
            continue
        found.append(Span(fact.start, fact.end, fact.text, _name_fit(asked, fact, sentence)))
    return sorted(found, key=lambda span: span.start)


_NEXT_WORD = re.compile(r"\s+(?:[-–&]\s+)?[“\"'(]?([^\s,;.!?“”\"()]+)")
_NO_HEAD = frozenset("là của ở tại do từ cho với và thì mà bị được có vào đến tới những các một mang thuộc".split())


def _headed(question: str, sentence: str, known: set[str]) -> list[Span]:
    """The noun asked about followed by a name: "trường tiểu học nào" finds "Trường tiểu học Đồi Quế"."""
    asked = re.search(r"(?<!\w)(?:nào|gì)(?!\w)", canonical(question).lower())
    if asked is None:
        return []
    before = canonical(question[: asked.start()]).lower().split()
    lowered = canonical(sentence).lower()
    if len(lowered) != len(sentence):
        return []
    for size in range(min(5, len(before)), 0, -1):
        if before[-size] in _NO_HEAD:
            continue
        phrase = " ".join(before[-size:])
        found = []
        for match in re.finditer(rf"(?<!\w){re.escape(phrase)}(?!\w)", lowered):
            end = _name_end(sentence, match.end())
            if end > match.end() and _fresh(sentence[match.end() : end], known):
                found.append(Span(match.start(), end, sentence[match.start() : end], 1.0))
        if found:
            return found
    return []


def _name_end(sentence: str, start: int) -> int:
    """Where the run of capitalised words and numbers that begins at `start` ends; `start` when there is none."""
    end = start
    while follows := _NEXT_WORD.match(sentence, end):
        first = follows.group(1)[0]
        if not (first.isupper() or (first.isdigit() and end > start)):
            break
        end = follows.end()
    return end


def _name_fit(asked: Asked, fact: Fact, sentence: str) -> float:
    head = tokens(asked.head)[-1:]
    near = [*tokens(fact.text)[:3], *tokens(sentence[max(0, fact.start - 25) : fact.start])[-2:]]
    headed = bool(head) and head[0] in near
    match asked.wanted:
        case Wanted.PERSON:
            if fact.unit == "person":
                return 1.0 if " " in fact.text else 0.6  # a full name before a lone one
            return 0.25 if fact.kind == "name" and fact.unit == "other" else 0.05
        case Wanted.PLACE:
            if fact.kind == "place":
                return 1.0 if headed or not head or fact.unit == asked.head else 0.8
            return 0.3 if fact.unit in ("organisation", "other") else 0.05
        case _:
            if fact.unit == "person" or fact.kind == "place":
                return 0.6 if fact.unit == "person" and not head else 0.25
            return 1.0 if headed else 0.7 if fact.kind == "quote" or fact.unit == "organisation" else 0.5


def _after(cues: Sequence[tuple[float, str]], sentence: str) -> list[Span]:
    """The clauses that follow cue words; a place is taken by the surest cue that ends there."""
    found: dict[int, Span] = {}
    for fit, cue in cues:
        for match in re.finditer(rf"(?<!\w)(?:{cue})\s+", sentence, re.IGNORECASE):
            if match.end() in found:
                continue
            end = _CLAUSE_END.search(sentence, match.end())
            for span in _clause(sentence, match.end(), end.start() if end else len(sentence), fit):
                found[match.end()] = span
    return [found[place] for place in sorted(found)]


def _before_so(sentence: str) -> list[Span]:
    """The clause before "nên": "Đường ngập nên trường cho nghỉ" gives the reason first."""
    match = re.search(r",?\s(?:nên|khiến|vì vậy|do đó)\s", sentence)
    return _clause(sentence, 0, match.start(), 0.8) if match else []


def _in_place(question: str, sentence: str) -> list[Span]:
    """What stands in the sentence where the question word stands in the question."""
    asked = re.search(
        r"(?<!\w)(?:những |các )?(?:\w+ )?(?:gì|nào|ai|đâu|ra sao|như thế nào|thế nào|không)(?!\w)",
        canonical(question).lower(),
    )
    if asked is None:
        return []
    left = tokens(question[: asked.start()])[-5:]
    right = set(tokens(question[asked.end() :])[:3])
    if not left:
        return []
    words = list(syllable_spans(sentence))
    best, place = 0.0, -1
    for at in range(len(words)):
        window = [token for _s, _e, token in words[max(0, at - 6) : at + 1]]
        score = sum((1 + i) / 5 for i, token in enumerate(left) if token in window) + (window[-1] == left[-1])
        if score > best:
            best, place = score, at
    if place < 0 or place + 1 >= len(words):
        return []
    if words[place + 1][2] == "là" and place + 2 < len(words):
        place += 1
    start = words[place + 1][0]
    end = next(
        (s for s, _e, token in words[place + 3 :] if token in right and len(token) > 1),
        len(sentence),
    )
    stop = _NEXT_CLAUSE.search(sentence, start)
    return _clause(sentence, start, min(end, stop.start() if stop else len(sentence)), 0.45)


def _clause(sentence: str, start: int, end: int, fit: float) -> list[Span]:
    while start < end and not sentence[start].isalnum() and sentence[start] not in '"“(':
        start += 1
    text = sentence[start:end]
    words = list(re.finditer(r"\S+", text))
    if len(words) > MAX_CLAUSE:
        end = start + words[MAX_CLAUSE - 1].end()
    while end > start and not (sentence[end - 1].isalnum() or sentence[end - 1] in '%"”)'):
        end -= 1
    return [Span(start, end, sentence[start:end], fit)] if end > start else []
