"""Yes or no: the sentence that decides a question such as "Cầu đã thông xe chưa?", and what it says.

    question -> the statement it asks about -> the fact-check engine, beside the articles found -> Decided, or None

Vietnamese asks by words around a statement ("có phải … không", "đã … chưa"); without them it is a claim, and whether an
article says or contradicts a claim is what app.check judges. "Có", "Không", "Chưa" or "Rồi" is given only when it is sure.
This module knows nothing of retrieval or wording.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from app.check.decide import judge_matches
from app.check.draft import Said
from app.check.evidence import Reader, compare_with
from app.check.source import Source
from app.truth_about import speaks_of
from index.vietnamese import canonical
from ingest.article import Article

Short = Literal["Có", "Không", "Chưa", "Rồi"]

SURE = 0.7
"""Chance of its verdict from which on a claim is said to be so, or not so."""

_OPENS = re.compile(
    r"(?:liệu (?:có phải |rằng )?|có (?:phải|đúng|thật)(?: là| rằng)? |phải chăng |có chuyện )", re.IGNORECASE
)
_ENDS = re.compile(
    r",?\s+(?:(?:có )?(?:đúng|phải|thật)(?: vậy)? (?:không|chưa)|đúng hay sai|(?:hay|được|có) không|hay chưa|không|chưa)$",
    re.IGNORECASE,
)
_WITHIN = re.compile(r"(?<!\w)có phải(?: là)? ", re.IGNORECASE)
_WHO = re.compile(r"(?<!\w)(?:ai|gì|nào|đâu|bao nhiêu|mấy)(?!\w)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Decided:
    """short: the answer. docid, start, end: the sentence that decides, in the article's text. chance: of the verdict."""

    short: Short
    docid: str
    start: int
    end: int
    chance: float


def statement_of(question: str) -> str:
    """What a yes-or-no question asks about, as a statement; "" when it asks for something else beside.

    >>> statement_of("Có phải cầu Sương Mai dài 486 m không?"), statement_of("Cầu Sương Mai đã thông xe chưa?")
    ('Cầu Sương Mai dài 486 m', 'Cầu Sương Mai đã thông xe')
    >>> statement_of("Lê Bá Tòng có phải là đội trưởng không?"), statement_of("Có ai bị thương không?")
    ('Lê Bá Tòng là đội trưởng', '')
    """
    text = canonical(" ".join(question.split())).rstrip("?!. ")
    said = _ENDS.sub("", text)
    said = _OPENS.sub("", said, count=1) if _OPENS.match(said) else said
    said = _WITHIN.sub("là " if "có phải là " in said.lower() else "", said)
    if _WHO.search(said) or len(said.split()) < 3:
        return ""
    return said[:1].upper() + said[1:]


def decide(question: str, articles: Sequence[Article]) -> Decided | None:
    """What these articles say of it; None when none of them is sure, or the question asks no yes or no.

    >>> bridge = Article("a", "", "Cầu Sương Mai", ("Cầu Sương Mai dài 412 m, chưa thông xe.",))
    >>> [decide(q, [bridge]).short for q in ("Cầu Sương Mai dài 412 m phải không?", "Cầu Sương Mai đã thông xe chưa?")]
    ['Có', 'Chưa']
    """
    statement = statement_of(question)
    if not statement:
        return None
    taken = [(a, Source(a.text, title=a.title, published=a.published, docid=a.id)) for a in articles]
    best: Decided | None = None
    for article, matches in compare_with(Reader(Said.of(statement), None), taken):
        judged = judge_matches(matches)
        if judged.chance < SURE or judged.verdict == "NOT_ENOUGH_INFO":
            continue
        yet = question.rstrip("?!. ").endswith("chưa")
        if judged.verdict == "SUPPORTED" and judged.best is not None:
            found = Decided(
                "Rồi" if yet else "Có", article.id, judged.best.line.start, judged.best.line.end, judged.chance
            )
        elif judged.against is not None:
            line = judged.against[1].line
            found = Decided("Chưa" if yet else "Không", article.id, line.start, line.end, judged.chance)
        else:
            continue
        said = article.text[found.start : found.end]
        if not speaks_of(statement, said, affirms=found.short in ("Có", "Rồi")):
            continue
        if best is None or (found.short in ("Có", "Rồi"), found.chance) > (best.short in ("Có", "Rồi"), best.chance):
            best = found
    return best
