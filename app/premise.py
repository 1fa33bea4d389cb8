"""What a question takes for granted, against what the article says of it.

In: a question and the sentences about it. Out: how much of what is asked the article speaks of at
all; whether it says that this is not known, or not so. "Giá vé là bao nhiêu?" asked of an article
that says "chưa công bố giá vé" is no question it answers, however many words they share; nor
is "Vì sao X từ chức?" when no sentence speaks of anybody leaving an office.
This module knows nothing of scores and wording.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from app.asked import Asked, Wanted
from app.meanings import meanings
from app.wording import Way, said_otherwise
from index.vietnamese import canonical, fold, tokens

NOT_KNOWN = re.compile(
    r"(?<!\w)(?:chưa (?:công bố|tiết lộ|xác định|rõ|có (?:thông tin|số liệu|thống kê|kết luận|câu trả lời|mức|con số)|đưa ra|cho biết|"
    r"thông báo|nêu|quyết định|chốt|ấn định|được (?:công bố|tiết lộ|xác định|làm rõ|nêu|thông báo))|"
    r"không (?:tiết lộ|công bố|nêu|rõ|cho biết|được tiết lộ|được công bố|ai biết|xác định được)|"
    r"từ chối (?:tiết lộ|cho biết|bình luận)|đang (?:được )?(?:điều tra|làm rõ|xác minh)|vẫn là (?:ẩn số|bí ẩn))(?!\w)"
)
"""What says that something is not known."""

REACH = 1
"""Words between a denial and what it denies: "không hề bán hàng giả"."""

NEAR = 8
"""Syllables before and after "chưa rõ" in which stands what is not known: further on it is something else."""

_UNDER_INQUIRY = re.compile(r"đang (?:được )?(?:điều tra|làm rõ|xác minh)")
_CAUSE = re.compile(r"(?<!\w)(?:nguyên nhân|động cơ|lý do|vì sao|tại sao)(?!\w)")
"""What of an inquiry is unknown is not the case: "đang điều tra vụ ném đá" leaves its reason open to be told."""

_LACK = re.compile(r"(?<!\w)(?:cấm|thiếu|ngừng|dừng|ngưng|hoãn|hủy|huỷ|hết|mất|bãi bỏ|thu hồi)(?!\w)")
"""A question that says itself that something is not there, or not allowed: a denial of it is no surprise."""

TIL = 16
"""Words behind a denial within which its end is told."""

_TIL = re.compile(
    r"(?<!\w)(?:cho (?:tới|đến)|(?:tới|đến|trước|sau) (?:khi|ngày|tháng|năm|tuần|\d))(?!\w)|(?<!\w)(?:cho toi|cho den)(?!\w)"
)

_AGAIN = re.compile(r"(?<!\w)(?:trở lại|(?<!còn )(?<!ngược )lại(?= ?[?.!]?$| (?:khi nào|vào|từ|lúc)))(?!\w)")
"""A question after what begins again knows that it has stopped."""

_RUMOUR = re.compile(r"(?<!\w)(?:tin giả|tin đồn|giả mạo|mạo danh|bịa đặt|sai sự thật|không đúng sự thật|thất thiệt|không có thật)(?!\w)")  # fmt: skip
_ASKS_RUMOUR = re.compile(r"(?<!\w)(?:tin giả|tin đồn|đồn|giả mạo|mạo danh|bịa|sai sự thật|thật không)(?!\w)")


def unknown(asked: Asked, sentence: str, focus: Mapping[str, float], ways: Sequence[Way], *, plain: bool) -> float:
    """How much of what stands beside the question word a sentence calls unknown, 0 to 1.

    focus: the question's terms, weighed by how near the question word they stand.

    >>> from app.asked import read_question
    >>> asked = read_question("Giá vé là bao nhiêu?")
    >>> unknown(asked, "Chủ tàu chưa công bố giá vé.", {"giá": 1.0, "vé": 1.0}, (), plain=False)
    1.0
    >>> unknown(asked, "Giá vé là 8.000 đồng.", {"giá": 1.0, "vé": 1.0}, (), plain=False)
    0.0
    """
    text = canonical(sentence).lower()
    match = NOT_KNOWN.search(text)
    if match is None or asked.wanted is Wanted.TRUTH or NOT_KNOWN.search(" ".join(asked.left)):
        return 0.0
    if asked.wanted is Wanted.REASON and _UNDER_INQUIRY.match(match.group()) and not _CAUSE.search(text):
        return 0.0
    beside = [*tokens(text[: match.start()])[-NEAR:], *tokens(text[match.start() : match.end()])]
    return held_share(focus, [*beside, *tokens(text[match.end() :])[:NEAR]], ways, plain=plain)


def denied(question: str, asked: Asked, sentence: str, *, plain: bool) -> float:
    """1 when a sentence denies what the question takes for granted, else 0: "không bán hàng giả", "tin giả … qua đời".

    >>> from app.asked import read_question
    >>> q = "Kho Sao bán hàng giả từ khi nào?"
    >>> denied(q, read_question(q), "Kho Sao không bán hàng giả.", plain=False)
    1.0
    >>> denied(q, read_question(q), "Kho Sao bán hàng giả từ tháng 5, không ai hay.", plain=False)
    0.0
    >>> q = "Lệnh cấm xe tải qua cầu Sao kéo dài đến ngày nào?"
    >>> denied(q, read_question(q), "Xe tải không được qua cầu Sao.", plain=False)
    0.0
    """
    lowered, text = canonical(question).lower(), canonical(sentence).lower()
    if asked.wanted is Wanted.TRUTH:
        return 0.0
    if _RUMOUR.search(text) and not _ASKS_RUMOUR.search(lowered):
        return 1.0
    if _LACK.search(lowered) or _AGAIN.search(lowered):
        return 0.0
    ours, theirs = tokens(lowered), tokens(text)
    if plain:
        ours, theirs = [fold(t) for t in ours], [fold(t) for t in theirs]
    table = meanings()
    if any(table.at(ours, n, "negators") and not table.at(ours, n, "no_denial") for n in range(len(ours))):
        return 0.0
    content = set(asked.content)
    said = {pair for pair in pairwise(ours) if content.issuperset(pair)} - set(pairwise(tokens(asked.head)))
    for n in range(len(theirs)):
        width = table.at(theirs, n, "negators")
        fixed = table.at(theirs, n, "no_denial") or table.at(theirs, n - 1, "no_denial") > 1  # "hàng không"
        if not width or fixed or theirs[n + width - 1 : n + width] == ["phải"]:
            continue
        if asked.wanted is Wanted.TIME and _TIL.search(" ".join(theirs[n : n + TIL])):
            continue  # "không mở cửa cho tới tháng 3" says when
        after = list(pairwise(theirs[n + width : n + width + REACH + 2]))
        if theirs[n + width : n + width + 1] != ["phải"] and any(pair in said for pair in after):
            return 1.0
    return 0.0


def held_share(
    weights: Mapping[str, float], held: Sequence[str], ways: Sequence[Way], *, plain: bool, otherwise: float = 0.8
) -> float:
    """Share of the weights whose terms are held, or said in other words (those count for `otherwise`)."""
    folded = [fold(t) for t in held] if plain else list(held)
    known = set(folded)
    said = said_otherwise(ways, folded)
    total = sum(weights.values())
    got = sum(w * (1.0 if t in known else otherwise if t in said else 0.0) for t, w in weights.items())
    return got / total if total else 1.0
