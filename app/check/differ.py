"""A rival made a Difference to show: only the tokens that differ, with their places in the draft and in the article.

    "36 triệu USD", "36 tỷ USD" -> "36 triệu", "36 tỷ"   ·   "Cảng vụ hàng không miền Trung", "… miền Bắc" -> "miền Trung", "miền Bắc"

This module judges nothing.
"""

from __future__ import annotations

import re
from itertools import takewhile

from app.check.compare import Match
from app.check.draft import Said
from app.check.rival import Rival
from app.check.source import Source
from app.check.verdict import Claim, Difference
from index.vietnamese import canonical, tokens

_TOKEN = re.compile(r"\S+")
_DASHED = re.compile(r"([^\W\d_]+(?: [^\W\d_]+)*) [-–] ([^\W\d_]+(?: [^\W\d_]+)*)")
_LEADS = frozenset("miền tỉnh quận huyện phường xã tp. thành phố bang số lớp khóa hạng giải".split())


def difference(claim: Claim, said: Said, rival: Rival, source: Source) -> Difference:
    """The difference that a rival shows. said: the claim as it was read."""
    ours, theirs = trimmed(said.text, rival.span, rival.line.statement.text, rival.other)
    if (
        rival.kind == "role"
        or _denied(said.text, rival)
        or (
            rival.kind in ("name", "place")
            and not _proper(rival.span, said.text, ours, rival.line.statement.text, theirs)
        )
    ):
        ours, theirs = rival.span, rival.other
    if rival.kind in ("name", "place"):
        pair = _paired(said.text, ours), _paired(rival.line.statement.text, theirs)
        if pair[0] != ours and pair[1] != theirs:
            ours, theirs = pair
    first, last = said.span(ours)
    last = _whole(claim.text, last)
    start, other = claim.start + first, rival.line.start + theirs[0]
    end, other_end = claim.start + last, rival.line.start + theirs[1]
    return Difference(
        rival.kind,
        claim.text[first:last],
        source.text[other:other_end],
        start,
        end,
        other,
        other_end,
        source.docid,
    )


def _denied(text: str, rival: Rival) -> bool:
    """Whether one side is the other with a denial before it: "bắt buộc", "không bắt buộc" are shown whole."""
    short, long = sorted(
        (tokens(text[slice(*rival.span)]), tokens(rival.line.statement.text[slice(*rival.other)])), key=len
    )
    return rival.kind == "negation" and 0 < len(short) < len(long) and long[-len(short) :] == short


def stretch(claim: Claim, said: Said, match: Match, source: Source) -> Difference:
    """The stretch of a claim of which the sentence says least, beside the sentence: where no single token differs."""
    runs = sorted(match.runs, reverse=True)
    first, last = said.span(runs[0][1] if runs else (0, len(said.text)))
    line = match.line
    return Difference(
        "role", claim.text[first:last], source.text[line.start : line.end], claim.start + first, claim.start + last,
        line.start, line.end, source.docid,
    )  # fmt: skip


def _whole(text: str, end: int) -> int:
    """The end of a word whose entities make it longer in the draft than as it is read: "d&agrave;i" for "dài"."""
    word = re.search(r"[^\s<>]*$", text[:end])
    if word is None or "&" not in word.group():
        return end
    rest = re.match(r"[^\s<>]*", text[end:])
    return end + (rest.end() if rest else 0)


def trimmed(
    a: str, span_a: tuple[int, int], b: str, span_b: tuple[int, int]
) -> tuple[tuple[int, int], tuple[int, int]]:
    """Two spans without the words that both begin or end with; at least a word of each stays.

    >>> a, b = "gửi 36 triệu USD", "gửi 36 tỷ USD"
    >>> x, y = trimmed(a, (4, 16), b, (4, 13))
    >>> a[slice(*x)], b[slice(*y)]
    ('36 triệu', '36 tỷ')
    """
    x = [m.span() for m in _TOKEN.finditer(a, *span_a)]
    y = [m.span() for m in _TOKEN.finditer(b, *span_b)]

    def alike(i: int, j: int) -> bool:
        return _plain(a[slice(*x[i])]) == _plain(b[slice(*y[j])])

    while len(x) > 1 and len(y) > 1 and alike(-1, -1):
        x.pop(), y.pop()
    first = 0
    while first < min(len(x), len(y)) - 1 and alike(first, first):
        first += 1
    while first and (a[slice(*x[first - 1])].lower() in _LEADS or a[x[first - 1][0]].isdigit()):
        first -= 1
    return _bare(a, x[first][0], x[-1][1]), _bare(b, y[first][0], y[-1][1])


def _paired(text: str, span: tuple[int, int]) -> tuple[int, int]:
    """A name with the one it is joined to by a dash: a road or line is named by both its ends.

    >>> text = "trên cao tốc Hải Sa - Cầu Mây sáng nay"
    >>> text[slice(*_paired(text, (text.index("Mây"), text.index("Mây") + 3)))]
    'Hải Sa - Cầu Mây'
    """
    for pair in _DASHED.finditer(text):
        before, behind = pair[1].split(" "), pair[2].split(" ")
        left = list(takewhile(lambda word: word[0].isupper(), reversed(before)))
        right = list(takewhile(lambda word: word[0].isupper(), behind))
        start, end = pair.end(1) - len(" ".join(left)), pair.start(2) + len(" ".join(right))
        if left and right and start <= span[0] and span[1] <= end:
            return start, end
    return span


def _plain(word: str) -> str:
    return canonical(word).lower().strip('.,;:()"“”')


def _bare(text: str, start: int, end: int) -> tuple[int, int]:
    """Without punctuation at the ends."""
    while end - start > 1 and text[end - 1] in '.,;:)”"':
        end -= 1
    while end - start > 1 and text[start] in '(“"':
        start += 1
    return start, end


def _proper(whole: tuple[int, int], a: str, x: tuple[int, int], b: str, y: tuple[int, int]) -> bool:
    """Whether what is left of two long names still begins like a name, or like the words that lead one."""
    long = len(a[slice(*whole)].split()) > 4 and min(x[1] - x[0], y[1] - y[0]) > 3
    parts = ((a, x), (b, y))
    return long and all(
        text[span[0]].isupper() or text[slice(*span)].split()[0].lower() in _LEADS for text, span in parts
    )
