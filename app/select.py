"""How much to quote: the best sentence first, then those that complete it, in reading order.

In: candidates, best first. Out: a few Quoted stretches of articles, at most MAX_WORDS in
all. A sentence that opens with "Ông này" brings the one before it; one that ends
with a colon brings what it announces. This module knows nothing of archives.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from app.asked import Asked, Wanted
from app.choose import Candidate
from app.spans import SHOWN
from index.passage import Hit
from index.split import sentences, words
from index.vietnamese import tokens

MAX_QUOTED = 3
MAX_WORDS = 100
"""Words quoted in all, when there is more than one quotation."""

CLOSE = 0.72
"""A further sentence is quoted when it scores at most so much less than the best."""

BESIDE_YES = 0.15
"""The same for a yes-or-no question: one sentence answers it."""

ELSEWHERE = 1.0
"""A sentence of another article is quoted when it is at least this much about the question, against the best."""

TOPICAL = 0.85
"""How much about the topic an article in a list of news must be, against the best."""

WHOLE_SENTENCE = 6
"""Words from which a sentence can stand for its article in a list of news."""

SAME = 0.7
"""Share of words in common above which two sentences say the same."""

_POINTING = re.compile(
    r"(?:(?:Ông|Bà|Anh|Chị|Cô|Em|Họ|Nó|Chàng|Nàng)(?: (?:này|ấy|đó|ta))?(?= [^A-ZĐ])"
    r"(?! (?:con|bà|anh|em|chị|bé|nhỏ|giáo|hùng|gái|dâu|hàng|nội|ngoại|chủ)(?!\w))"  # "Bà con", "Anh em", "Cô giáo"
    r"|(?:Người|Vị|Cậu) (?:này|ấy|đó)(?= )|\w+(?: \w+)? (?:này|đó|nói trên|ấy)(?= ))"
)


@dataclass(frozen=True, slots=True)
class Quoted:
    """A stretch of an article to quote; start and end count in Article.text. span_text: its short answer."""

    hit: Hit
    start: int
    end: int
    span_text: str = ""


def select(asked: Asked, ranked: Sequence[Candidate], *, against: Candidate | None = None) -> list[Quoted]:
    """The stretches to quote: the one that answers, then by article and place.

    against: a sentence that contradicts the best: then these two are quoted and nothing else, the newer first.
    """
    if not ranked:
        return []
    best = ranked[0]
    if against is not None:
        first, second = sorted((best, against), key=_newest_first)
        return [_whole(c, asked, MAX_WORDS) for c in (first, second)]
    chosen: list[Candidate] = []
    total = 0
    for candidate in ranked:
        size = words(candidate.text)
        if chosen and (not _completes(candidate, best, asked) or total + size > MAX_WORDS):
            continue
        if any(_says_the_same(candidate.text, other.text) for other in chosen):
            continue
        chosen.append(candidate)
        total += size
        if len(chosen) == MAX_QUOTED:
            break
    order = {c.hit.passage.docid: at for at, c in reversed(list(enumerate(chosen)))}
    chosen.sort(key=lambda c: (c is not best, order[c.hit.passage.docid], c.start))
    return _joined([_whole(c, asked, total) for c in chosen])


def newest_items(hits: Sequence[Hit], ranked: Sequence[Candidate] = ()) -> list[Quoted]:
    """For "tin mới nhất là gì": how each of a few articles begins, the newest first; no short answer.

    ranked: sentences by the question's own topic; only articles nearly as much about it as the best are listed.
    """
    about: dict[str, float] = {}
    for c in ranked:
        about[c.hit.passage.docid] = max(c.own + c.around, about.get(c.hit.passage.docid, 0.0))
    least = TOPICAL * max(about.values(), default=0.0)
    opening: dict[str, Hit] = {}
    for hit in hits:
        if about.get(hit.passage.docid, 0.0) < least:
            continue
        known = opening.get(hit.passage.docid)
        if known is None or hit.passage.start < known.passage.start:
            opening[hit.passage.docid] = hit
    items = []
    for hit in sorted(opening.values(), key=_published):
        spans = [(a, b) for a, b in sentences(hit.passage.text) if words(hit.passage.text[a:b]) >= WHOLE_SENTENCE]
        if spans:
            items.append(Quoted(hit, hit.passage.start + spans[0][0], hit.passage.start + spans[0][1]))
    return items[:MAX_QUOTED]


def _published(hit: Hit) -> tuple[float, int]:
    published = hit.passage.published
    return (-published.timestamp() if published else 0.0, hit.rank)


def _short(c: Candidate) -> str:
    """The short answer of a candidate, if it fits well enough to be shown alone."""
    return c.span.text if c.span is not None and c.span.fit >= SHOWN else ""


def _newest_first(c: Candidate) -> tuple[float, int]:
    return _published(c.hit)


def _points_back(text: str) -> bool:
    """Whether a sentence opens with a pronoun or "this …": "Ông này", "Bà cho biết", but not "Bà Nguyễn …".

    >>> _points_back("Ông này nói thêm."), _points_back("Ông Thiệt kể."), _points_back("Dự án đó đã xong.")
    (True, False, True)
    >>> _points_back("Người dân dời nhà."), _points_back("Bà con dời nhà.")
    (False, False)
    """
    match = _POINTING.match(text)
    return match is not None and not text[match.end() :].lstrip()[:1].isupper()


def _completes(candidate: Candidate, best: Candidate, asked: Asked) -> bool:
    """Whether a further sentence is worth quoting: nearly as good, and from elsewhere only if it is as much about it."""
    if candidate.score < best.score - (BESIDE_YES if asked.wanted is Wanted.TRUTH else CLOSE):
        return False
    return candidate.hit.passage.docid == best.hit.passage.docid or candidate.about >= ELSEWHERE * best.about


def _says_the_same(one: str, other: str) -> bool:
    a, b = set(tokens(one)), set(tokens(other))
    return len(a & b) > SAME * min(len(a), len(b))


def _whole(c: Candidate, asked: Asked, total: int) -> Quoted:
    """The candidate with the sentence before it if it points back, and with what its colon announces."""
    text, base = c.hit.passage.text, c.hit.passage.start
    spans = sentences(text)
    first = last = c.number
    room = MAX_WORDS - total
    if first and _points_back(c.text):
        before = spans[first - 1]
        if words(text[before[0] : before[1]]) <= max(room, 40):
            first -= 1
    announces = c.text.rstrip().endswith(":") or (asked.many and c.text.rstrip().endswith((":", ";")))
    while announces and last + 1 < len(spans):
        following = spans[last + 1]
        size = words(text[following[0] : following[1]])
        if room < size:
            break
        room -= size
        last += 1
        announces = asked.many or text[following[0] : following[1]].rstrip().endswith((":", ";"))
    return Quoted(c.hit, base + spans[first][0], base + spans[last][1], _short(c))


def _joined(quoted: Sequence[Quoted]) -> list[Quoted]:
    """Overlapping stretches of one article become one, where the first of them stands; only the first answers in short."""
    made: list[Quoted] = []
    for quote in quoted:
        for at, other in enumerate(made):
            if (
                other.hit.passage.docid == quote.hit.passage.docid
                and quote.start < other.end
                and other.start < quote.end
            ):
                start, end = min(other.start, quote.start), max(other.end, quote.end)
                made[at] = Quoted(other.hit, start, end, other.span_text)
                break
        else:
            made.append(quote)
    return [Quoted(q.hit, q.start, q.end, q.span_text if at == 0 else "") for at, q in enumerate(made)]
