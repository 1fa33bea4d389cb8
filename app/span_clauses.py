"""Clauses that answer "vì sao", "để làm gì", "bằng cách nào", "… gì": found by cue words, by a noun, or by their place.

In: a question read and a sentence. Out: Spans. Vietnamese keeps the question word where the
answer stands, so the words around it in the question are looked for around the clause in
the sentence. This module knows nothing of names and numbers.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from app.asked import Asked
from app.meanings import meanings
from app.span import Span, clause, fresh
from index.vietnamese import canonical, syllable_spans, tokens

_LIST = re.compile(r"(?:(?<!\w)(?:gồm có|gồm|là|như|theo thứ tự)\s*:?\s+|:\s*)(?P<items>[^.!?:]+)")

# Cue words with how surely a reason, a purpose or a manner follows them.
_REASONS = (
    (1.0, r"(?:nguyên nhân|lý do)[^.;:]{0,80}?(?:là do|là vì|là|do|vì)|bởi vì|bởi lẽ|bởi|vì|là do|xuất phát từ"),
    (0.9, r"(?:^|(?<=, )|(?<=\. )|(?<=“)|(?<=mà ))do"),
    (0.6, r"do|nhờ|nhằm|lo"),
    (0.5, r"cho rằng|để"),
    (0.35, r"sau khi|khi"),
)
_NO_REASON = re.compile(
    r"(?:(?<=thay )vì|(?:vì|do) (?:vậy|thế|đó|mục đích)|do (?:ai|ông|bà|anh|chị|công ty|tập đoàn|một|ubnd|bộ|sở|cục|hãng)(?!\w))",
    re.IGNORECASE,
)
"""What follows from something, or who did it, is no reason: "vì thế …", "do Công ty X sản xuất"; nor is what is done "thay vì" it."""
_PURPOSES = (
    (1.0, r"nhằm mục đích|với mục đích|mục đích[^.;:]{0,30}? là|nhằm"),
    (0.7, r"để|giúp"),
)
_MANNERS = ((0.7, r"bằng cách|bằng việc|thông qua"), (0.5, r"bằng|qua việc|qua|theo hướng"))
_CLAUSE_END = re.compile(
    r"[;.!?…]|,\s(?:nên|vì vậy|do đó|đồng thời|nhưng|trong khi|khiến|tuy)(?!\w)|[\"”](?:,|\s|$)|\s[-–]\s"
)
_NEXT_CLAUSE = re.compile(r"[,;.!?…:]|\s[-–]\s|[()]")
_PHRASE_END = re.compile(
    r"[,;.!?…:()“”\"]|\s[-–]\s"
    r"|\s(?:tại|ở|trong|cho|của|để|từ|với|là|được|bị|đã|đang|sẽ|vào|về|do|khi|nhằm|theo|trên|chỉ|có|mà|thì|sau|nhưng|nên|vì|nếu"
    r"|cùng|đến|tới|còn)(?!\w)|\svà\s(?=[^A-ZĐÀ-Ỹ])"
)
"""Where a noun phrase ends."""
_NO_PHRASE = re.compile(
    r"(?:và|của|mà|mới|cũ|này|đó|ấy|khác|mình|tôi|em|tại|ở|cho|được|bị|có|là|nào|với|trong|trên|theo|để|đã|sẽ|không|cũng|thì)(?!\w)"
)
"""With these no noun goes on."""
_EMPTY_HEADS = frozenset("cái việc điều thứ chuyện những các là làm bị được gọi tên một".split())


def reasons(sentence: str) -> list[Span]:
    """The causes told in a sentence."""
    found = [s for s in after_cues(_REASONS, sentence) if not _NO_REASON.match(sentence, _cue_start(sentence, s.start))]
    match = re.search(r",?\s(?:nên|khiến|vì vậy|do đó)\s", sentence)
    if match:  # "Đường ngập nên trường cho nghỉ" gives the reason first
        found += clause(sentence, 0, match.start(), 0.8)
    return found


def purposes(sentence: str) -> list[Span]:
    """What something is done for."""
    return after_cues(_PURPOSES, sentence)


def manners(sentence: str) -> list[Span]:
    """How something is done."""
    return after_cues(_MANNERS, sentence)


_SUBJECT_ENDS = frozenset("của ở tại cho trong về với khi để được do bị giữa đối".split())
_COUNTS = frozenset("những các một hai ba bốn năm sáu bảy tám chín mười".split())


def told_to_be(asked: Asked, sentence: str) -> list[Span]:
    """What a sentence tells to be what a question opens with: "Gió và mưa là hai trở ngại" for "Trở ngại của đoàn là gì?"."""
    if asked.left[-1:] != ("là",) or asked.right:
        return []
    words = list(asked.left[:-1])
    while words and (words[0] in _COUNTS or words[0].isdigit()):
        del words[0]
    ends = next((n for n, word in enumerate(words) if word in _SUBJECT_ENDS), len(words))
    if not 1 <= ends <= 4:
        return []
    noun = re.escape(" ".join(words[:ends]))
    told = re.match(
        rf"(.{{2,160}}?),? (?:chính |đều |cũng )?là (?:\w+ |một trong những )?{noun}(?!\w)", canonical(sentence).lower()
    )
    return [Span(0, told.end(1), sentence[: told.end(1)], 0.9)] if told else []


def lists(sentence: str) -> list[Span]:
    """The enumerations of a sentence, the longer the fitter: "gồm A, B và C", "1. A 2. B", "A - B - C"."""
    found = []
    for match in _LIST.finditer(sentence):
        items = len(re.findall(r"[,;]| - | và |\d\.", match.group())) + 1
        if items >= 3:
            found.extend(clause(sentence, match.start("items"), match.end(), min(1.0, 0.4 + 0.1 * items)))
    return found


def after_cues(cues: Sequence[tuple[float, str]], sentence: str, *, most: int = 30) -> list[Span]:
    """The clauses that follow cue words; a place is taken by the surest cue that ends there."""
    found: dict[int, Span] = {}
    for fit, cue in cues:
        for match in re.finditer(rf"(?<!\w)(?:{cue})\s+", sentence, re.IGNORECASE):
            if match.end() in found:
                continue
            opens = not sentence[: match.start()].strip("“\"' ")
            stop = (_NEXT_CLAUSE if opens else _CLAUSE_END).search(sentence, match.end())
            for span in clause(sentence, match.end(), stop.start() if stop else len(sentence), fit, most=most):
                found[match.end()] = span
    return [found[place] for place in sorted(found)]


def headed_clauses(asked: Asked, question: str, sentence: str, known: Collection[str]) -> list[Span]:
    """What follows the noun asked about: "học ngành gì" finds "ngành [Khoa học máy tính]"; by another word for it, too."""
    match = re.search(r"(?<!\w)(?:gì|nào)(?!\w)", canonical(question).lower())
    before = canonical(question[: match.start()]).lower().split() if match else []
    lowered = canonical(sentence).lower()
    if not before or len(lowered) != len(sentence):
        return []
    for size in (3, 2, 1):
        phrase = tuple(before[-size:])
        if len(phrase) < size or phrase[0] in _EMPTY_HEADS:
            continue
        found: list[Span] = []
        if size == 1 and len(phrase[0]) < 3:
            continue
        for way in sorted(meanings().same(phrase)):
            fit = 0.8 if way == phrase else 0.6
            for place in re.finditer(
                rf"(?<!\w){re.escape(' '.join(way))}(?P<is>(?: \w+){{0,6}} là)?\s*:?\s+(?=\S)", lowered
            ):
                if _NO_PHRASE.match(lowered, place.end()):
                    continue
                stop = (_NEXT_CLAUSE if place["is"] or way[-1] == "là" else _PHRASE_END).search(sentence, place.end())
                end = stop.start() if stop else len(sentence)
                found += [
                    s
                    for s in clause(sentence, place.end(), end, fit, most=12)
                    if fresh(s.text, known) and s.start == place.end()
                ]
        if found:
            return found
    return []


def in_place(asked: Asked, question: str, sentence: str) -> list[Span]:
    """What stands in the sentence where the question word stands in the question."""
    match = re.search(
        r"(?<!\w)(?:những |các )?(?:\w+ )?(?:gì|nào|ai|đâu|ra sao|như thế nào|thế nào|không)(?!\w)",
        canonical(question).lower(),
    )
    if match is None:
        return []
    left = tokens(question[: match.start()])[-5:]
    right = set(tokens(question[match.end() :])[:3])
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
    end = next((s for s, _e, token in words[place + 3 :] if token in right and len(token) > 1), len(sentence))
    stop = _NEXT_CLAUSE.search(sentence, start)
    return clause(sentence, start, min(end, stop.start() if stop else len(sentence)), 0.45)


def _cue_start(sentence: str, start: int) -> int:
    """Where the last word before a place begins: the cue word itself."""
    match = re.search(r"\S+\s+$", sentence[:start])
    return match.start() if match else start
