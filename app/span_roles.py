"""Offices and callings that answer "giữ chức gì", "làm nghề gì" and "là ai": those of the person asked about.

In: a question read and a sentence. Out: Spans; and whether somebody named in a sentence holds the office of whom "ai là
chủ tịch …" asks. This module knows nothing of how names that answer are found.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from app.asked import Asked
from app.facts import find_facts
from app.span import Span, fresh
from index.vietnamese import canonical, tokens

_OFFICES = (
    "tổng thư ký|tổng bí thư|phó tổng giám đốc(?: thường trực)?|tổng giám đốc|phó giám đốc|giám đốc|phó chủ tịch(?: thường trực)?"
    "|chủ tịch|phó thủ tướng|thủ tướng|phó tổng thống|tổng thống|bộ trưởng|thứ trưởng|ngoại trưởng|bí thư|phó bí thư|hiệu trưởng"
    "|hiệu phó|viện trưởng|vụ trưởng|cục trưởng|phó cục trưởng|trưởng phòng|phó phòng|trưởng ban|phó trưởng ban|phó ban"
    "|trưởng công an|phó trưởng công an|chỉ huy trưởng|chính ủy|trưởng khoa"
    "|thị trưởng|thống đốc|đại sứ|tổng lãnh sự|phát ngôn viên|huấn luyện viên|hlv|đội trưởng|kế toán trưởng|chánh án|chánh văn phòng"
    "|ceo|cfo|cto"
)
_CALLINGS = (
    "giáo sư|phó giáo sư|thư ký|quản lý|trợ lý|cố vấn|nhà sáng lập|người sáng lập|đồng sáng lập|nghị sĩ|đại biểu"
    "|luật sư|bác sĩ|kỹ sư|giảng viên|giáo viên|nghiên cứu sinh|sinh viên|học sinh|chuyên gia|nhà báo|ca sĩ|diễn viên|đạo diễn"
)
_ROLES = f"{_OFFICES}|{_CALLINGS}"
_ROLE = re.compile(rf"(?<!\w)(?:{_ROLES})(?!\w)", re.IGNORECASE)
_ROLE_END = re.compile(
    r"[,;:.!?…“”\"]|\s[-–]\s|\s(?:đã|đang|sẽ|cho|nói|là|vừa|cũng|nhấn|khẳng|chia|tại buổi|của mình|từ|ông|bà|anh|chị|và)(?!\w)"
)
_APPOSED = re.compile(r"\s*[-–,(]\s*|,? là ")
_HELD_BY = re.compile(r",?\s*(?:(?:ông|bà|anh|chị)\s+)?")
_FORMER = re.compile(r"(?<!\w)(?:cựu|nguyên|cố)\s$", re.IGNORECASE)
_FORMER_ASKED = re.compile(r"(?<!\w)(?:cựu|nguyên|cố|former)(?!\w)", re.IGNORECASE)
_HONORIFIC_LAST = re.compile(r",?\s+(?:(?:ông|bà|anh|chị)\s+)?$")
OF_ANOTHER = 0.2
"""Fit of the office of somebody else."""

_ASKS_HOLDER = re.compile(
    rf"^(?:ai (?:hiện |hiện nay )?(?:đang )?(?:là|làm|giữ chức(?: vụ)?) (?:ông |bà )?(?P<before>{_ROLES})(?!\w)"
    rf"|(?:ông |bà )?(?P<behind>{_ROLES})(?!\w)(?=.* là (?:ai|ông nào|bà nào|người nào)\b))"
)
_OFFICE = re.compile(rf"(?<!\w)(?:{_OFFICES})(?!\w)", re.IGNORECASE)
_AS_GOOD = {
    "giám đốc": ("tổng giám đốc", "ceo"),
    "tổng giám đốc": ("ceo", "giám đốc điều hành"),
    "ceo": ("tổng giám đốc", "giám đốc điều hành"),
    "hlv": ("huấn luyện viên",),
    "huấn luyện viên": ("hlv",),
}
"""What else tells of an office; a deputy's office is another one."""
_BEFORE_OR_AFTER = re.compile(r"(?<!\w)(?:trước|sau|tiền nhiệm|kế nhiệm|thay|cũ)(?!\w)")
_SUCCESSION = re.compile(r"(?<!\w)(?:trước|sau|thay|tiền nhiệm|kế nhiệm)(?: của)? (?:ông|bà)(?!\w)")
_TELLS_SUCCESSION = re.compile(r"(?<!\w)(?:tiền nhiệm|kế nhiệm|kế vị|thay|trước đó|cựu|nguyên)(?!\w)")
_FOLLOW = re.compile(r"(?:\s+[^\W\d_]+)*")
_NOT_A_BODY = frozenset("tỉnh thành huyện quận xã phường thị nước mới hiện là đương đầu tiên".split())
"""What may follow an office without telling which body it is of: "chủ tịch tỉnh" is "Chủ tịch UBND tỉnh"."""
_KINDS_OF_BODY = frozenset(
    "của công ty cổ phần cp tnhh ct cty tập đoàn hãng trường đại học đh bệnh viện clb câu lạc bộ".split()
)
"""What stands before the name of a body: "Giám đốc Đại học Mây Núi" is who is asked for as "giám đốc Mây Núi"."""
_FURTHEST = 8
"""Words between an office and the name of who holds it: "Chủ tịch UBND tỉnh Lam Giang Chu Đình Vọng"."""

_ASKS_HOLDER_EN = re.compile(
    r"^who (?:is|was|are) (?:the )?(?:current |new )?(?P<deputy>deputy |vice[ -])?(?P<office>[a-z]+(?: minister)?)"
)
_ENGLISH = {
    "ceo": ("ceo", "giám đốc điều hành", "tổng giám đốc", "giám đốc"), "director": ("giám đốc", "tổng giám đốc", "viện trưởng", "ceo"),
    "chairman": ("chủ tịch",), "chairwoman": ("chủ tịch",), "president": ("chủ tịch", "tổng thống", "hiệu trưởng"),
    "minister": ("bộ trưởng",), "prime minister": ("thủ tướng",), "ambassador": ("đại sứ",), "governor": ("thống đốc", "chủ tịch"),
    "mayor": ("thị trưởng", "chủ tịch"), "principal": ("hiệu trưởng",), "headmaster": ("hiệu trưởng",), "rector": ("hiệu trưởng", "giám đốc"),
    "coach": ("huấn luyện viên", "hlv"), "spokesperson": ("phát ngôn viên",), "secretary": ("bí thư", "thư ký"),
}  # fmt: skip

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


def holds_office(question: str, sentence: str, start: int, end: int) -> int:
    """How surely the person named at [start, end) of a sentence holds the office of which the question asks who holds it.

    0: not told; 1: told beside that office; 2: and the body it is of is named too. Who held it before or after somebody is told
    where a sentence speaks of a predecessor or successor.

    >>> q, s = "Ai là chủ tịch UBND tỉnh Lam Giang?", "Ông Chu Đình Vọng, Chủ tịch UBND tỉnh, trao quyết định cho ông Tạ Minh Quyết."
    >>> [holds_office(q, s, s.index(name), s.index(name) + len(name)) for name in ("Chu Đình Vọng", "Tạ Minh Quyết")]
    [2, 0]
    """
    asked = _office_asked(question)
    if asked is None:
        return 0
    if _SUCCESSION.search(question):
        return int(_TELLS_SUCCESSION.search(canonical(sentence).lower()) is not None)
    offices, body = asked
    surest = 0
    for match in _ROLE.finditer(canonical(sentence)):
        told = _body(sentence[: start if start > match.end() else None], match.end())
        shared = [ours == theirs for ours, theirs in zip(body, told, strict=False)]
        former = _FORMER.search(sentence, 0, match.start()) is not None and not _FORMER_ASKED.search(question)
        if match.group().lower() not in offices or not all(shared) or former:
            continue
        behind = _HONORIFIC_LAST.sub("", sentence[match.end() : start])
        before = match.end() <= start and len(behind.split()) <= _FURTHEST and not _ROLE_END.search(behind)
        if before or _APPOSED.fullmatch(sentence[end : match.start()]):
            surest = max(surest, 2 if shared and len(shared) == len(body) else 1)
    return surest


def office_untold(question: str, text: str) -> bool:
    """Whether a question asks who holds an office that a text does not tell of: who the chairman is does not say who his deputy is.

    >>> q, s = "Ai là phó chủ tịch tỉnh Lam Giang?", "Ông Chu Đình Vọng, Chủ tịch UBND tỉnh, trao quyết định."
    >>> office_untold(q, s), office_untold("Ai là chủ tịch tỉnh Lam Giang?", s), office_untold("Ông Vọng là ai?", s)
    (True, False, False)
    """
    asked = _office_asked(question)
    if asked is None or not _OFFICE.fullmatch(asked[0][0]):
        return False
    held = canonical(text).lower()
    if _BEFORE_OR_AFTER.search(question):
        return bool(_SUCCESSION.search(question)) and not _TELLS_SUCCESSION.search(held)
    told = {match.group().lower() for match in _OFFICE.finditer(held)}
    return told.isdisjoint(asked[0]) and not any(" " in office and office in held for office in asked[0][1:])


def _office_asked(question: str) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    """The office of which a question asks who holds it, by all its names, and the first words of its body; None for other questions."""
    said = canonical(question).lower().strip()
    asks = _ASKS_HOLDER.search(said)
    if asks is not None:
        which = "before" if asks["before"] else "behind"
        return (asks[which], *_AS_GOOD.get(asks[which], ())), _body(said, asks.end(which))
    asks = _ASKS_HOLDER_EN.search(said)
    known = _ENGLISH.get(asks["office"]) if asks is not None else None
    if asks is None or known is None:
        return None
    return (tuple(f"phó {office}" for office in known) if asks["deputy"] else known), ()


def _body(text: str, at: int) -> tuple[str, ...]:
    """The first two words of the name of the body behind an office; () when only its place is told."""
    follow = _FOLLOW.match(text, at)
    words = follow.group().lower().split() if follow else []
    while words and words[0] in _KINDS_OF_BODY:
        del words[0]
    ends = next((n for n, word in enumerate(words) if word in _NOT_A_BODY), len(words))
    return tuple(words[:ends][:2])
