"""Every stretch of a sentence that could be the short answer, and what speaks for it, in numbers.

In: a question read, the rarity of its words, a sentence with its rule-found spans. Out: Stretches: places in the
sentence and a float32 array (n, len(NAMES)). A stretch begins and ends where something turns: at a mark, at a
function word, at a capital or a number, where the words of the question begin or end, or where a rule found a span.
Vietnamese keeps the question word where the answer stands, so the words before a stretch are held against those
before the question word, those behind against those behind. This module knows nothing of weights or passages.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from app.asked import Asked, Wanted
from app.choose import Weights
from app.span import Span
from app.wording import OTHERWISE, Way, said_otherwise
from index.vietnamese import fold, syllable_spans, tokens

Floats = NDArray[np.float32]

LONGEST = 45
"""Syllables of a stretch at most."""

READ = 90
"""Syllables of a sentence that are read."""

_CUES: dict[str, str] = {
    "is": "là gồm gọi mang tên thành",
    "why": "vì do bởi nhờ nên khiến",
    "for": "để nhằm giúp",
    "how": "bằng qua theo thông",
    "at": "tại ở trong trên dưới vào đến tới từ về ra lên giữa khi lúc",
    "of": "của cho với cùng như rằng",
    "passive": "được bị",
    "aspect": "đã đang sẽ cũng vẫn còn không chưa có",
    "and": "và hoặc hay nhưng mà song",
    "article": "các những một mỗi mọi nhiều hai ba bốn này đó",
}
"""Function words by what follows them: an answer may begin behind one, or before the next."""

_STRONG, _WEAK = re.compile(r"[.;!?:]|\s[-–]\s"), re.compile(r"[,()“”\"]")

_AT_START = (
    "words before as before", "words before as behind", "to the question, before", "clause starts", "comma before",
    "question word before", "question word first", "capital", "number first", "sentence starts",
    *(f"behind {cue}" for cue in _CUES), *(f"starts with {cue}" for cue in _CUES),
)  # fmt: skip
_AT_END = (
    "words behind as before", "words behind as behind", "to the question, behind", "clause ends", "comma behind",
    "question word behind", "question word last", "sentence ends", *(f"before {cue}" for cue in _CUES), "function word last",
)  # fmt: skip
_OF_PAIR = (
    "log size", "short", "share of the sentence", "question inside", "question before", "question behind", "new of all",
    "new inside", "all capitals", "number inside", "comma inside", "clause ends inside", "and inside", "unbalanced",
    "like a rule's", "a rule's", "like the best rule's", "asked noun inside", "asked noun before",
)  # fmt: skip
_OF_SENTENCE = (
    "asked before", "is asked", "asked first", "many", "question held", "rules found", "best rule",
    *(wanted.value for wanted in Wanted),
)  # fmt: skip
NAMES: tuple[str, ...] = (*_AT_START, *_AT_END, *_OF_PAIR, *_OF_SENTENCE)


@dataclass(frozen=True, slots=True)
class Stretches:
    """places: start and end in the sentence; features: one row for each, in the order of NAMES."""

    places: tuple[tuple[int, int], ...]
    features: Floats


def stretches(
    asked: Asked,
    weights: Weights,
    sentence: str,
    spans: Sequence[Span] = (),
    near: Sequence[float] = (),
    ways: Sequence[Way] = (),
) -> Stretches:
    """The stretches of a sentence. spans, near: what the rules found, and how near each stands to the question's words."""
    found = [(a, b, fold(t) if weights.plain else t) for a, b, t in syllable_spans(sentence)][:READ]
    if not found:
        return Stretches((), np.zeros((0, len(NAMES)), np.float32))
    words = [t for _, _, t in found]
    n = len(words)
    sides = [[fold(t) if weights.plain else t for t in side] for side in (asked.left, asked.right, tokens(asked.head))]
    left, right, head = sides
    question = dict.fromkeys((*left, *right, *head))
    worth = {t: weights.single.get(t, 0.0) for t in question}
    total = sum(worth.values()) or 1.0
    credit = _credit(words, worth, question, said_otherwise(ways, words))
    matched = [
        c > 0 or (w in question and _beside(credit, at)) for at, (w, c) in enumerate(zip(words, credit, strict=True))
    ]
    marks = _marks(sentence, found)
    cues = _cues(weights.plain)
    kinds = [cues.get(w, "") for w in words]
    capital = [sentence[a].isupper() for a, _, _ in found]
    digit = [sentence[a].isdigit() for a, _, _ in found]
    ruled = _ruled(found, spans, near)
    starts, ends = _edges(marks, matched, kinds, capital, digit)
    starts |= {r[0] for r in ruled}
    ends |= {r[1] for r in ruled}
    begin, stop = (grid.ravel() for grid in np.meshgrid(sorted(starts), sorted(ends), indexing="ij"))
    new = np.array([not (m or k) for m, k in zip(matched, kinds, strict=True)])
    sums = {
        name: np.concatenate([[0.0], np.cumsum(np.asarray(values, np.float64))])
        for name, values in {
            "new": new, "digit": digit, "capital": capital, "matched": matched, "credit": credit,
            "and": [w in ("và", "hoặc", "va", "hoac") for w in words], "comma": [m == 1 for m in marks[1:n]] + [False],
            "clause": [m == 2 for m in marks[1:n]] + [False], "head": [w in head for w in words],
        }.items()
    }  # fmt: skip

    def inside(name: str, low: NDArray[np.int64], high: NDArray[np.int64]) -> NDArray[np.float64]:
        return np.asarray(sums[name][high] - sums[name][low], np.float64)

    size = stop - begin
    right_size = (size > 0) & (size <= LONGEST)
    begin, stop, size = begin[right_size], stop[right_size], size[right_size]
    says = inside("new", begin, stop) + inside("digit", begin, stop) + inside("capital", begin, stop) > 0
    says &= inside("matched", begin, stop) < size
    begin, stop, size = begin[says], stop[says], size[says]
    if not len(begin):
        return Stretches((), np.zeros((0, len(NAMES)), np.float32))
    at_start = np.array(_at_start(words, left, right, marks, matched, credit, capital, digit, kinds), np.float32)
    at_end = np.array(_at_end(words, left, right, marks, matched, credit, kinds), np.float32)
    best = max(ruled, key=lambda r: r[3]) if ruled else None
    like = exact = np.zeros(len(begin))
    for low, high, fit, _ in ruled:
        like = np.maximum(like, fit * _overlap(begin, stop, low, high))
        exact = np.maximum(exact, fit * ((begin == low) & (stop == high)))
    pair = [
        np.log(size), np.minimum(size, 8) / 8, size / n,
        inside("credit", begin, stop) / total, sums["credit"][begin] / total, (sums["credit"][n] - sums["credit"][stop]) / total,
        inside("new", begin, stop) / max(1.0, sums["new"][n]), inside("new", begin, stop) / size,
        inside("capital", begin, stop) == size, inside("digit", begin, stop) > 0,
        inside("comma", begin, stop - 1) > 0, inside("clause", begin, stop - 1) > 0, inside("and", begin, stop) > 0,
        _unbalanced(sentence, found, begin, stop), like, exact, _overlap(begin, stop, best[0], best[1]) if best else np.zeros(len(begin)),
        inside("head", begin, np.minimum(begin + 2, n)) > 0, sums["head"][begin] - sums["head"][np.maximum(begin - 1, 0)] > 0,
    ]  # fmt: skip
    whole = [
        sum(worth[t] for t in dict.fromkeys(left)) / total, float(left[-1:] in (["là"], ["la"])), float(not left), float(asked.many),
        sums["credit"][n] / total, float(bool(ruled)), max((r[2] for r in ruled), default=0.0),
        *(float(asked.wanted is wanted) for wanted in Wanted),
    ]  # fmt: skip
    features = np.concatenate(
        [at_start[begin], at_end[stop], np.stack(pair, 1), np.tile(np.array(whole), (len(begin), 1))],
        axis=1,
        dtype=np.float32,
    )
    places = tuple((found[i][0], found[j - 1][1]) for i, j in zip(begin.tolist(), stop.tolist(), strict=True))
    return Stretches(places, features)


def _credit(
    words: Sequence[str], worth: Mapping[str, float], question: Collection[str], otherwise: Mapping[str, Sequence[str]]
) -> list[float]:
    """How much of the question each word says: its own rarity, or part of that of the word for which it stands."""
    stands: dict[str, float] = {}
    for token, ways in otherwise.items():
        for way in ways:
            stands[way] = max(stands.get(way, 0.0), OTHERWISE * worth.get(token, 0.0) / len(ways))
    return [worth[w] if w in question else stands.get(w, 0.0) for w in words]


def _beside(credit: Sequence[float], at: int) -> bool:
    """Whether a neighbour is one of the question's words: "của" is matched beside such a word only."""
    return (at > 0 and credit[at - 1] > 0) or (at + 1 < len(credit) and credit[at + 1] > 0)


def _marks(sentence: str, found: Sequence[tuple[int, int, str]]) -> list[int]:
    """The mark before each word and behind the last: 2 ends a clause, 1 is lighter, 0 is none."""
    between = [sentence[a[1] : b[0]] for a, b in pairwise(found)]
    return [2, *(2 if _STRONG.search(g) else 1 if _WEAK.search(g) else 0 for g in between), 2]


def _cues(plain: bool) -> Mapping[str, str]:
    return {fold(w) if plain else w: kind for kind, said in _CUES.items() for w in said.split()}


def _ruled(
    found: Sequence[tuple[int, int, str]], spans: Sequence[Span], near: Sequence[float]
) -> list[tuple[int, int, float, float]]:
    """What the rules found, as places among the words: start, end, fit, and fit with nearness."""
    top = max(near, default=0.0) or 1.0
    made = []
    for span, close in zip(spans, near, strict=True):
        first = next((at for at, (_, b, _) in enumerate(found) if b > span.start), len(found))
        last = next((at + 1 for at in range(len(found) - 1, -1, -1) if found[at][0] < span.end), 0)
        if last > first:
            made.append((first, last, span.fit, span.fit + 0.8 * close / top))
    return made


def _edges(
    marks: Sequence[int], matched: Sequence[bool], kinds: Sequence[str], capital: Sequence[bool], digit: Sequence[bool]
) -> tuple[set[int], set[int]]:
    """Where stretches may begin (before that word) and end (behind the word before)."""
    n = len(matched)
    turns = {at for at in range(1, n) if matched[at - 1] != matched[at]}
    starts = {at for at in range(n) if marks[at] or digit[at] or kinds[at] or (at and kinds[at - 1])}
    starts |= turns | {at for at in range(1, n) if capital[at] and not capital[at - 1]}
    ends = {at for at in range(1, n + 1) if marks[at] or digit[at - 1] or (at < n and kinds[at])}
    ends |= turns | {at for at in range(1, n) if capital[at - 1] and not capital[at]}
    return starts, ends


def _at_start(
    words: Sequence[str], left: Sequence[str], right: Sequence[str], marks: Sequence[int], matched: Sequence[bool],
    credit: Sequence[float], capital: Sequence[bool], digit: Sequence[bool], kinds: Sequence[str],
) -> list[list[float]]:  # fmt: skip
    back = words[::-1]
    n, near, far = len(words), _nearer(left[::-1]), _nearer(right)
    rows, away = [], 9
    for at in range(n):
        before = kinds[at - 1] if at else ""
        rows.append([
            _context(back, n - at, near), _context(back, n - at, far), away / 9, float(marks[at] == 2), float(marks[at] == 1),
            float(at > 0 and matched[at - 1]), float(matched[at]), float(capital[at] and at > 0), float(digit[at]), float(at == 0),
            *(float(before == cue) for cue in _CUES), *(float(kinds[at] == cue) for cue in _CUES),
        ])  # fmt: skip
        away = 0 if credit[at] > 0 else min(9, away + 1)
    return rows


def _at_end(
    words: Sequence[str], left: Sequence[str], right: Sequence[str], marks: Sequence[int], matched: Sequence[bool],
    credit: Sequence[float], kinds: Sequence[str],
) -> list[list[float]]:  # fmt: skip
    n, near, far = len(words), _nearer(left[::-1]), _nearer(right)
    rows, away = [], 9
    for at in range(n, -1, -1):
        behind = kinds[at] if at < n else ""
        if at < n:
            away = 0 if credit[at] > 0 else min(9, away + 1)
        rows.append([
            _context(words, at, near), _context(words, at, far), away / 9, float(marks[at] == 2), float(marks[at] == 1),
            float(at < n and matched[at]), float(at > 0 and matched[at - 1]), float(at == n),
            *(float(behind == cue) for cue in _CUES), float(at > 0 and bool(kinds[at - 1])),
        ])  # fmt: skip
    return rows[::-1]


def _nearer(side: Sequence[str]) -> dict[str, float]:
    """The six words beside the question word, on one side, the nearest worth most."""
    return {token: 0.6**at for at, token in reversed(list(enumerate(side[:6])))}


def _context(words: Sequence[str], at: int, side: Mapping[str, float]) -> float:
    return sum(side.get(word, 0.0) * 0.75**step for step, word in enumerate(words[at : at + 6]))


def _overlap(begin: NDArray[np.int64], stop: NDArray[np.int64], low: int, high: int) -> NDArray[np.float64]:
    """Shared words over all words of each stretch and one other."""
    shared = np.maximum(0, np.minimum(stop, high) - np.maximum(begin, low))
    return np.asarray(shared / (np.maximum(stop, high) - np.minimum(begin, low)), np.float64)


def _unbalanced(
    sentence: str, found: Sequence[tuple[int, int, str]], begin: NDArray[np.int64], stop: NDArray[np.int64]
) -> NDArray[np.bool_]:
    """Whether a stretch opens a bracket or a quotation without closing it, or the other way round."""
    counts = np.array([
        [sentence.count("(", 0, a) - sentence.count(")", 0, a), sentence.count("“", 0, a) - sentence.count("”", 0, a),
         sentence.count('"', 0, a) % 2]
        for a, _, _ in found
    ])  # fmt: skip
    closing = np.array([
        [sentence.count("(", 0, b) - sentence.count(")", 0, b), sentence.count("“", 0, b) - sentence.count("”", 0, b),
         sentence.count('"', 0, b) % 2]
        for _, b, _ in found
    ])  # fmt: skip
    return np.asarray(np.any(counts[begin] != closing[stop - 1], axis=1), np.bool_)
