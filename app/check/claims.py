"""A draft cut into claims: sentences with their offsets, and which of them hold nothing to check.

    draft -> readable text -> lines -> sentences -> (";" in long ones) -> checkable or not, and why not

Questions, opinions, connecting sentences, foreign text and rows of tables are kept as claims that
are not checkable, so that the whole draft is accounted for. This module searches nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from app.check.draft import is_foreign, readable
from app.check.verdict import Claim, WhyNot
from app.facts import find_facts
from app.meanings import meanings
from index.split import clip, sentences
from index.vietnamese import tokens

_BULLET = re.compile(r"(?:[-–—•*+▪►●]+|\(?\d{1,2}[.)]|#{1,6}|>|[a-z]\))\s+")
LONG = 30
"""Syllables from which on a sentence is cut at its semicolons."""

_PERSONAL = re.compile(
    r"(?<!\w)(?:tôi (?:nghĩ|cho rằng|tin|thấy|mong|ước|e rằng)|theo tôi|thiết nghĩ|chúng ta (?:nên|cần|hãy|phải|có thể)"
    r"|có lẽ|biết đâu|phải chăng|thật (?:đáng|là|sự đáng)|quả (?:là|thật)|đáng (?:tiếc|buồn|mừng|khen) (?:là|thay)"
    r"|mong rằng|hy vọng rằng|ước gì|giá như|đã đến lúc)(?!\w)",
    re.IGNORECASE,
)
_CALL = re.compile(r"(?:hãy|xin|đừng|mời (?:bạn|quý|độc giả)|kính mời|bạn (?:hãy|nên|có thể))(?!\w)", re.IGNORECASE)
_TURN = re.compile(
    r"(?:tuy nhiên|bên cạnh đó|ngoài ra|dưới đây|sau đây|như vậy|như đã (?:nói|nêu|đưa tin)|cụ thể|nói cách khác|trên đây|"
    r"điều (?:này|đó) cho thấy|câu chuyện|vấn đề đặt ra|chưa dừng lại|không chỉ vậy|hơn thế nữa|đó là lý do)(?!\w)",
    re.IGNORECASE,
)


def find_claims(draft: str) -> list[Claim]:
    """Every claim of a draft in order; together they hold all of its words. `claim.text == draft[claim.start:claim.end]`.

    >>> [(c.text, c.why_not) for c in find_claims("- Cầu Sương Mai dài 412 m.\\n- Bao giờ thông xe?")]
    [('Cầu Sương Mai dài 412 m.', ''), ('Bao giờ thông xe?', 'question')]
    """
    text = readable(draft)
    return [_claim(draft, text, start, end) for start, end in _stretches(text)]


def _stretches(text: str) -> Iterator[tuple[int, int]]:
    # Clipped: facts of a "sentence" of thousands of words would be compared each with each.
    for start, end in clip(text, sentences(text)):
        bullet = _BULLET.match(text, start, end)
        if bullet and bullet.end() < end:
            start = bullet.end()
        yield from _parts(text, start, end)


def _parts(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    if len(text[start:end].split()) < LONG:
        yield start, end
        return
    begun = start
    for mark in re.finditer(r";\s+", text[start:end]):
        at = start + mark.start()
        if len(text[begun:at].split()) >= 6 and len(text[at:end].split()) >= 6:
            yield begun, at + 1
            begun = start + mark.end()
    yield begun, end


def _claim(draft: str, text: str, start: int, end: int) -> Claim:
    why = _why_not(text[start:end])
    return Claim(draft[start:end], start, end, not why, why)


def _why_not(said: str) -> WhyNot:
    words = tokens(said)
    if said.count("\t") >= 2 or said.count("|") >= 2:
        return "table"
    if len(words) < 3 or not any(c.isalpha() for c in said):
        return "short"
    if is_foreign(said):
        return "language"
    closing = said.rstrip("\"”’') ")
    if closing.endswith("?"):
        return "question"
    facts = [
        f
        for f in find_facts(said)
        if f.kind != "quote" and not (f.kind == "name" and f.start == 0 and " " not in f.text)
    ]
    hard = any(f.kind in ("number", "date", "time") for f in facts)
    if _CALL.match(said) and not hard:
        return "opinion"
    if _PERSONAL.search(said) and not facts:
        return "opinion"
    telling = _telling(words)
    if not facts and (closing.endswith(":") or _TURN.match(said)) and telling < 8:
        return "connective"
    return "short" if not facts and telling < 2 else ""


def _telling(words: list[str]) -> int:
    """Syllables that are no mere function words."""
    quiet = meanings().kinds["function"]
    return sum((word,) not in quiet for word in words)
