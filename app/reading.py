"""The short answer read out of the best sentence: by a rule that is sure, or the stretch that reads most like an answer.

In: a question read, the rarity of its words, a candidate. Out: a piece of its sentence, "" when there is none. Rules
know numbers, dates and names; a question after "gì", "thế nào", "vì sao" is answered by a clause, and which one is
weighed by a small network (app/reading.json: one layer) over what app/stretches.py tells of every stretch.
docs/decisions/0015-reading.md has the data, the figures and the way it was fitted. This module knows nothing of passages.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from app.asked import Asked, Wanted
from app.choose import Candidate, Weights, ways_of
from app.span_numbers import measured
from app.spans import SHOWN, answer_spans, nearness
from app.stretches import NAMES, Floats, stretches
from index.reader import Reading

SURE = 0.5
"""What a rule found is the answer when it fits at least so well; the guesses of rules fit less."""

SURE_BESIDE_READER = 0.85
"""The same where a reader read the sentence: it cuts better than most rules."""

AGAINST, FOR = 0.05, 0.3
"""Even then a rule is overruled, when all stretches that touch what it found are less likely than the one, and another is likelier than the other."""

REPEATS = 0.6
"""A stretch that holds more of the question's words than this share repeats the question; another is the answer."""

_NUMBER = re.compile(
    r"\d|(?<!\w)(?:một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|chục|trăm|nghìn|ngàn|vạn|triệu|tỷ|tỉ|vài|nhiều|nửa|mấy)(?!\w)",
    re.IGNORECASE,
)
"""What an answer to "bao nhiêu" holds, were it only "nhiều"."""

_TIME = re.compile(
    r"(?<!\w)(?:(?i:giờ|phút|ngày|tháng|năm|tuần|quý|hôm|sáng|trưa|chiều|tối|đêm|buổi|khi|lúc|sau|trước|đầu|giữa|cuối|thế kỷ|thập niên|thập kỷ|mùa|"
    r"dịp|giai đoạn|tết|rằm|mùng|mồng|thứ|chủ nhật|hiện|nếu|bình minh|hoàng hôn|tcn|scn)|nay|mai|xuân|hè|hạ|thu|đông|thời|kỳ|đời|triều|lễ)(?!\w)"
    r"|(?<![\d/.,])(?:\d{1,2}[/.-](?:\d{1,2}|\d{4})(?:[/.-]\d{2,4})?|\d{1,2}[h:]\d{0,2}|1\d{3}|20\d\d)(?![\d/]|[.,]\d)"
)
"""What an answer to "khi nào" holds: a unit or part of time, a date, a year; 1520/1600 is none, nor is a name like Xuân."""

SOON = 5
"""Syllables before the time in an answer to "khi nào" at most: "được xây 12 năm sau khi …" (all of 270 labelled answers)."""

_PERSON = re.compile(
    r"(?<!\w)(?:người|ông|bà|anh|chị|em|cô|chú|bác|cậu|thầy|mẹ|cha|bố|vợ|chồng|con|cháu|cụ|bạn|trẻ|nam|nữ|tướng|lính|quân|vua|kẻ|nhóm|đội|hộ|dân|khách|thợ|"
    r"hãng|quỹ|viện|trường|bộ|sở|ban|hội|\w+ (?:sinh|viên|sĩ|sư|dân|nhân|thủ|trưởng|giả|thương|phạm|cáo|tượng|đội|đoàn|đồng|ty|nghiệp|chức|quan|bộ|gia|huynh|nữ|niên|tế|"
    r"đốc|đạo|tướng|thống|sứ|tịch|hậu|tử|chúa|sát|khoa học|nghiên cứu)|công an|lái xe|tài xế|khách hàng|ngân hàng|chủ \w+|nhà (?:văn|thơ|báo|thầu|đầu tư))(?!\w)",
    re.IGNORECASE,
)
_FOREIGN = re.compile(r"[fjwz]|\w{8,}", re.IGNORECASE)
"""No Vietnamese syllable: "senatore"."""

LONGEST = 12
"""Syllables of a short answer to an English question: a whole clause there is where nothing in it was understood."""

LIKELY = 0.1
"""A stretch is shown when it is at least so likely among all of its sentence."""


def short_answer(asked: Asked, question: str, weights: Weights, candidate: Candidate) -> str:
    """The short answer inside a candidate's sentence; "" when nothing in it reads like one.

    question: as typed, or with its diacritics restored. Yes or no stands in no stretch; the words of an English
    question stand in no Vietnamese sentence: there the rules alone answer.
    """
    ruled = candidate.span.text if candidate.span is not None and candidate.span.fit >= SHOWN else ""
    least = SURE if candidate.read is None else SURE_BESIDE_READER
    sure = candidate.span is not None and candidate.span.fit >= least
    if asked.english and len(ruled.split()) > LONGEST:
        return ""
    if (sure and candidate.read is None) or asked.english or asked.wanted is Wanted.TRUTH or (asked.many and ruled):
        return ruled
    counted: Sequence[str] = ()
    if asked.wanted is Wanted.NUMBER:
        counted, measure = measured(asked, question)
        if measure or (counted and (ruled or candidate.read is None)):
            return ruled  # 45.000 m3 is no answer to "vốn bao nhiêu", nor is any clause to "mấy người"
    spans = answer_spans(asked, question, candidate.text)
    near = nearness(spans, candidate.text, weights.single, plain=weights.plain)
    found = stretches(asked, weights, candidate.text, spans, near, ways_of(asked, question, weights))
    if not found.places:
        return ruled
    unfit = _unfit(found.features)
    places = np.flatnonzero(unfit if unfit.all() else ~unfit)
    likely = likelihood(found.features[places], _told(candidate.read, [found.places[at] for at in places]))
    told = [candidate.text[slice(*found.places[at])] for at in places]
    likely = np.array([p if _of_kind(asked, counted, text) else 0 for p, text in zip(likely, told, strict=True)])
    best = int(np.argmax(likely))
    start, end = found.places[places[best]]
    if sure and not _overruled(candidate, likely, [found.places[at] for at in places]):
        return ruled
    return candidate.text[start:end] if likely[best] >= LIKELY else ruled


def _of_kind(asked: Asked, counted: Sequence[str], text: str) -> bool:
    """Whether a stretch holds what an answer of its kind must hold. counted: what is to be counted."""
    match asked.wanted:
        case Wanted.NUMBER:
            return not counted or bool(_NUMBER.search(text))
        case Wanted.TIME:
            found = _TIME.search(text)  # near its beginning: "đúng hạn, rút ngắn thời gian cấp phép" tells no time
            return found is not None and text.count(" ", 0, found.start()) <= SOON
        case Wanted.PERSON:
            # a name, or a word for people or for a body of them; a clause without either answers something else
            return any(c.isupper() for c in text) or bool(_PERSON.search(text) or _FOREIGN.search(text))
    return True


def _overruled(candidate: Candidate, likely: Floats, places: Sequence[tuple[int, int]]) -> bool:
    """Whether a reader contradicts a rule that is sure. likely: of each stretch."""
    span = candidate.span
    if candidate.read is None or span is None:
        return False
    touching = sum(p for p, (start, end) in zip(likely, places, strict=True) if start < span.end and span.start < end)
    return bool(touching < AGAINST and likely.max() >= FOR)


def _unfit(features: Floats) -> NDArray[np.bool_]:
    """Which stretches are no answer: they repeat the question, run over a clause's end, or tear a bracket or quotation."""
    repeats, ends, torn = (features[:, NAMES.index(n)] for n in ("question inside", "clause ends inside", "unbalanced"))
    return np.asarray((repeats > REPEATS) | (ends > 0) | (torn > 0), np.bool_)


def _told(read: Reading | None, places: Sequence[tuple[int, int]]) -> Floats | None:
    """What a reader says of stretches: of its first token as the first, of its last as the last, of all as inside. None without one."""
    if read is None or not len(read.places):
        return None
    first, last = ends_of(read.places, places)
    inside = np.concatenate([np.zeros(1, np.float32), np.cumsum(read.tokens[:, 2])])
    told = read.tokens[first, 0] + read.tokens[last, 1] + inside[last + 1] - inside[first]
    return np.asarray(told, np.float32)


def ends_of(
    tokens: NDArray[np.int64], places: Sequence[tuple[int, int]]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The first and the last token of each stretch. tokens: (t, 2), where each stands.

    >>> first, last = ends_of(np.array([[0, 3], [4, 6], [7, 10]]), [(0, 6), (4, 10), (7, 99)])
    >>> first.tolist(), last.tolist()
    ([0, 1, 2], [1, 2, 2])
    """
    wanted, most = np.array(places, np.int64).reshape(-1, 2), len(tokens) - 1
    first = np.clip(np.searchsorted(tokens[:, 1], wanted[:, 0], side="right"), 0, most)
    last = np.clip(np.searchsorted(tokens[:, 0], wanted[:, 1], side="left") - 1, 0, most)
    return first, np.maximum(first, last)


def likelihood(features: Floats, told: Floats | None = None) -> Floats:
    """How likely each stretch of one sentence is the answer; they sum to 1. told: log odds of each by a reader."""
    network = _networks()["alone" if told is None else "read"]
    # einsum stays on this thread: so small a product is not worth waking the others for
    units = np.tanh(np.einsum("sf,fu->su", features, network.hidden) + network.bias)
    scores = np.einsum("su,u->s", units, network.out) + (0 if told is None else told)
    likely = np.exp(scores - scores.max())
    return np.asarray(likely / likely.sum(), np.float32)


@dataclass(frozen=True, slots=True)
class _Network:
    """hidden: (features, units); bias, out: (units,)."""

    hidden: Floats
    bias: Floats
    out: Floats


@lru_cache(maxsize=1)
def _networks() -> dict[str, _Network]:
    """ "alone", and "read": to be added to what a reader says."""
    table = json.loads(files("app").joinpath("reading.json").read_text(encoding="utf-8"))
    if tuple(table["names"]) != NAMES:
        raise ValueError("app/reading.json was fitted on other features than app/stretches.py gives; fit it anew")
    return {
        name: _Network(
            np.ascontiguousarray(np.array(part["hidden"], np.float32).T),
            np.array(part["bias"], np.float32),
            np.array(part["out"], np.float32),
        )
        for name, part in (("alone", table), ("read", table["read"]))
    }
