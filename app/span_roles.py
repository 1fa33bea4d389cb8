"""Offices and callings that answer "giữ chức gì", "làm nghề gì" and "là ai": those of the person asked about.

In: a question read and a sentence. Out: Spans. This module knows nothing of names that answer.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from app.asked import Asked
from app.facts import find_facts
from app.span import Span, fresh
from index.vietnamese import canonical, tokens

_ROLES = (
    "tổng thư ký|tổng bí thư|phó tổng giám đốc(?: thường trực)?|tổng giám đốc|phó giám đốc|giám đốc|phó chủ tịch(?: thường trực)?"
    "|chủ tịch|phó thủ tướng|thủ tướng|phó tổng thống|tổng thống|bộ trưởng|thứ trưởng|ngoại trưởng|bí thư|phó bí thư|hiệu trưởng"
    "|hiệu phó|viện trưởng|vụ trưởng|cục trưởng|phó cục trưởng|trưởng phòng|phó phòng|trưởng ban|phó trưởng ban|phó ban"
    "|trưởng công an|phó trưởng công an|chỉ huy trưởng|chính ủy|trưởng khoa"
    "|thị trưởng|thống đốc|đại sứ|tổng lãnh sự|phát ngôn viên|huấn luyện viên|hlv|đội trưởng|giáo sư|phó giáo sư|thư ký|quản lý"
    "|trợ lý|cố vấn|nhà sáng lập|người sáng lập|đồng sáng lập|kế toán trưởng|chánh án|chánh văn phòng|nghị sĩ|đại biểu|ceo|cfo|cto"
    "|luật sư|bác sĩ|kỹ sư|giảng viên|giáo viên|nghiên cứu sinh|sinh viên|học sinh|chuyên gia|nhà báo|ca sĩ|diễn viên|đạo diễn"
)
_ROLE = re.compile(rf"(?<!\w)(?:{_ROLES})(?!\w)", re.IGNORECASE)
_ROLE_END = re.compile(
    r"[,;:.!?…“”\"]|\s[-–]\s|\s(?:đã|đang|sẽ|cho|nói|là|vừa|cũng|nhấn|khẳng|chia|tại buổi|của mình|từ|ông|bà|anh|chị|và)(?!\w)"
)
_APPOSED = re.compile(r"\s*[-–,(]\s*|,? là ")
_HELD_BY = re.compile(r",?\s*(?:(?:ông|bà|anh|chị)\s+)?")
OF_ANOTHER = 0.2
"""Fit of the office of somebody else."""

_ASKS_ROLE = re.compile(r"chức (?:vụ |danh )?gì|chức gì|vai trò gì|làm (?:nghề )?gì|nghề gì|là ai(?!\w)|chức vụ nào")


def roles(asked: Asked, question: str, sentence: str, known: Collection[str]) -> list[Span]:
    """The offices told beside the person asked about: "giữ chức gì" finds "Tổng thư ký đảng …"; [] for other questions."""
    if not _ASKS_ROLE.search(canonical(question).lower()):
        return []
    named_one = any(f.unit == "person" for f in find_facts(question))
    found: list[Span] = []
    for match in _ROLE.finditer(sentence):
        if found and match.start() < found[-1].end:
            continue
        stop = _ROLE_END.search(sentence, match.end())
        end = stop.start() if stop else len(sentence)
        named = next((f.start for f in find_facts(sentence[match.end() : end]) if f.unit == "person"), None)
        if named is not None:
            end = match.end() + named
        while end > match.end() and not (sentence[end - 1].isalnum() or sentence[end - 1] == ")"):
            end -= 1
        text = sentence[match.start() : end]
        if len(text.split()) <= 14 and fresh(text, known):
            other = named_one and _of_another(sentence, match.start(), end, known)
            found.append(Span(match.start(), end, text, OF_ANOTHER if other else 0.9))
    return found


def _of_another(sentence: str, start: int, end: int, known: Collection[str]) -> bool:
    """Whether an office stands right behind or before the name of a person that the question does not hold."""
    persons = [f for f in find_facts(sentence) if f.kind == "name" and f.unit == "person"]
    beside = [
        f for f in persons if _APPOSED.fullmatch(sentence[f.end : start]) or _HELD_BY.fullmatch(sentence[end : f.start])
    ]
    return bool(beside) and not any(tokens(f.text)[-1] in known for f in beside)
