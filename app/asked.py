"""What a question asks for: a person, a place, a time, a number, a name, a reason …

In: the words of a question, with or without diacritics, or in English. Out: Asked.
Vietnamese keeps the question word where the answer would stand, so the words
around it say what kind of answer fits and what it is counted in. Rules over
closed classes of words; this module knows nothing of articles or retrieval.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from app.units import SPELLINGS
from index.vietnamese import canonical, fold, has_diacritics, tokens


class Wanted(StrEnum):
    """The kind of answer that a question word asks for."""

    PERSON = "person"
    PLACE = "place"
    TIME = "time"
    NUMBER = "number"
    NAME = "name"
    REASON = "reason"
    PURPOSE = "purpose"
    MANNER = "manner"
    TRUTH = "truth"
    WHAT = "what"


@dataclass(frozen=True, slots=True)
class Asked:
    """A question read. head: the noun asked about ("trường", "ha", "tuổi"), lower case, "" when there is none.

    content: the question's tokens that an answering sentence can be expected to share.
    many: several items are wanted. english: the question is in English.
    left, right: all tokens before and after the question word (with its head), in order.
    """

    wanted: Wanted
    head: str
    content: tuple[str, ...]
    many: bool
    english: bool
    left: tuple[str, ...] = ()
    right: tuple[str, ...] = ()


_TIME_HEADS = "ngày tháng năm|ngày|tháng năm|tháng|năm|lúc|khi|hôm|thời gian|thời điểm|thứ|mùa|thế kỷ|giai đoạn|dịp|buổi|học kỳ|hk|niên khóa"
_PLACE_HEADS = (
    r"tỉnh thành|tỉnh|thành phố|quận|huyện|(?<!hợp tác )xã|phường|thị xã|thị trấn|nước|quốc gia|nơi|chỗ|địa phương|xứ|đâu|vùng|khu vực|"
    "bang|châu lục|hòn đảo|đảo|làng|thôn|địa điểm|khu phố|đường|phố|bệnh viện|sân bay|sân vận động|cảng|khu công nghiệp"
)
_PERSON_HEADS = (
    r"người|(?<!đơn )(?<!hương )(?<!chức )vị|ông|bà|anh|chị|cầu thủ|nhân vật|tướng|vua|hoàng đế|nhà văn|nhà thơ|ca sĩ|diễn viên|nghệ sĩ|kỳ thủ|tác giả|"
    "huấn luyện viên|hlv|vận động viên|thí sinh|học sinh|sinh viên|bộ trưởng|tổng thống|chủ tịch|giám đốc|luật sư|bác sĩ|thầy|cô"
)

# In order: the first that matches decides. Group "head" is the noun asked about.
_RULES: tuple[tuple[Wanted, str], ...] = (
    (Wanted.TRUTH, r"(?:^|(?<=, ))(?:liệu )?có (?:ai|người nào|gì|nơi nào)(?!\w)"),
    (Wanted.PURPOSE, r"(?:để làm gì|nhằm (?:mục đích|mục tiêu)? ?(?:gì|nào)|mục đích (?:gì|nào|là gì)|(?P<head>mục đích) .*là gì)"),
    (Wanted.REASON, r"(?:vì sao|tại sao|do đâu|vì đâu|bởi đâu|sao lại|vì (?:lý do|nguyên nhân) (?:gì|nào)|vì (?:gì|điều gì)|(?P<head>nguyên nhân|lý do|động cơ)\b.*(?:gì|nào|đâu))"),
    (Wanted.TIME, rf"(?:bao giờ|mấy giờ(?! (?:đồng hồ|bay|lái|làm|học))|(?<!\w)(?<!lần )(?<!xếp )(?<!đứng )(?P<head>{_TIME_HEADS}) (?:nào|mấy(?! tuổi))|sinh (?P<head2>năm) bao nhiêu|"
     r"(?<!mỗi )(?<!một )(?<!hằng )(?<!hàng )(?P<head3>năm) bao nhiêu\b(?! tuổi))"),
    (Wanted.NUMBER, r"(?<!\w)(?:bao nhiêu|bn|mấy|bao lâu|bao xa)(?!\w)(?: (?P<head>\w+(?: \w+)?))?"),
    (Wanted.NUMBER, r"(?P<head>mức|cấp độ|độ cao|chiều dài|chiều cao|trọng lượng|diện tích|công suất|tỷ lệ|số lượng|tổng số) (?:nào|gì|là gì)"),
    (Wanted.PLACE, rf"(?:(?:ở|tại|từ|tới|đến|về|sang|đi|là) đâu|(?<!\w)(?P<head>{_PLACE_HEADS}) (?:nào|gì)|đâu(?=\s*[?]|$))"),
    (Wanted.MANNER, r"(?:như thế nào|như nào|thế nào|ra sao|làm sao|bằng cách (?:nào|gì)|cách nào|ntn)"),
    (Wanted.PERSON, rf"(?:(?<!\w)ai(?!\w)|(?<!\w)(?P<head>{_PERSON_HEADS}) nào)"),
    (Wanted.NAME, r"(?:tên (?:là )?gì|(?:tên|mang tên|gọi) là gì|tên gọi (?:là )?gì|gọi là gì)"),
    (Wanted.NAME, r"(?P<head>\w+(?: \w+)?) nào(?!\w)"),
    (Wanted.WHAT, r"(?<!\w)(?:(?P<head>(?!là )\w+(?: (?!là )\w+)?) gì|gì)(?!\w)"),
    (Wanted.TRUTH, r"(?:(?:đúng|phải|được|hay) không|có .*không(?=\s*[?]|$)|(?:chưa|không)(?=\s*[?]|$))"),
)  # fmt: skip

_ENGLISH_RULES: tuple[tuple[Wanted, str], ...] = (
    (Wanted.REASON, r"\bwhy\b|what (?:was|is) the (?P<head>reason|cause)"),
    (Wanted.NUMBER, r"how (?:many|much|old|long|far|tall|high)(?: (?P<head>\w+))?|what (?P<head2>percentage|fine|price|share|amount|number|cost)"),
    (Wanted.TIME, r"\bwhen\b|(?:what|which) (?P<head>year|date|day|month|time)"),
    (Wanted.PLACE, r"\bwhere\b|(?:what|which) (?P<head>city|country|province|district|place)"),
    (Wanted.PERSON, r"\bwho(?:m|se)?\b"),
    (Wanted.MANNER, r"\bhow\b"),
    (Wanted.NAME, r"\bwhich (?P<head>\w+)"),
    (Wanted.WHAT, r"\bwhat(?: (?P<head>\w+))?"),
    (Wanted.TRUTH, r"^(?:is|are|was|were|do|does|did|has|have|can|will)\b"),
)  # fmt: skip

_MANY = re.compile(
    r"(?:(?<!\w)những|(?<!\w)các)(?: \w+){0,4} (?:nào|gì)(?!\w)|(?<!\w)những ai(?!\w)|gồm (?:những |các )?(?:ai|gì|nào)|kể (?:tên|ra)|liệt kê"
    r"|nêu tên|thứ tự nào|(?:(?<!\w)\d{1,2}|hai|ba|bốn|sáu|bảy|tám|chín|mười)(?: [^\W\d]+){1,2}, \w+ nào"
)
_ENGLISH = frozenset(
    """
    who what when where which why how did does do is are was were the of in a an and to for many much according has
    have
    """.split()
)

# "công an", "do", "in", "to": four of these make no question English.
_ALSO_VIETNAMESE = frozenset("a an do in to".split())
_ENGLISH_OPENINGS = frozenset("who what when where which why how".split())
_NOT_ENGLISH = frozenset("nao gi cua duoc nhieu khong la nhung ai dau khi".split())

# Function words: they carry no topic, in questions least of all.
_FUNCTION = frozenset(
    """
    ai gì nào đâu sao bao nhiêu mấy khi là của và các những một trong ở tại với cho được bị có không thì mà này đó
    đã đang sẽ vì do để từ đến tới về như thế vào ra lên theo trên dưới bởi cũng còn hay hoặc nếu nhưng rằng thể
    phải nên cần hiện nay vừa mới rồi chưa bằng việc điều cái con người ông bà anh chị em họ ta mình nó ấy kia vậy à
    nhỉ nhé ạ z v hãy biết xin hỏi giúp tên gọi kể liệt kê nêu cách tính làm đúng báo chí đưa tin
    """.split()
)
_COUNTED = frozenset("người con em lần cái điều việc".split())
"""Function words that may be counted: "bao nhiêu người"."""

NUMBERED = frozenset("lớp tầng hạng thứ vòng quý khóa tập cấp bậc chương phần".split())
"""Before "mấy" these are numbered and not counted: "lớp mấy" is answered by "lớp 11"."""

_NEWS = r"(?:^|(?<!\w)có )(?:những |các )?tin (?:tức |nóng |nổi bật )?(?:gì|nào|mới nhất|mới)(?! (?:đồn|giả))|^tin (?:tức )?(?:hôm nay|mới nhất|nóng|trong ngày)|^điểm tin"
_ALL_NEWS = (
    r"(?:cho (?:tôi|mình|em) (?:biết|xem) )?(?:(?:sáng|trưa|chiều|tối|hôm) (?:nay|qua) |hôm nay )?(?:có )?(?:gì mới|"
    r"(?:những |các )?(?:tin|tin tức|bản tin|bài)(?: (?:gì|nào))?(?: (?:mới nhất|mới|nóng|nóng nhất|nổi bật|trong ngày|hôm nay|hôm qua))*"
    r"(?: (?:là )?(?:gì|nào|những gì))?)(?: (?:trong ngày|hôm nay|hôm qua|không|vậy|thế|nhỉ))*|"
    r"(?:what(?:'s| is| are)? )?(?:the )?(?:latest|new|newest)(?: news)?(?: today)?|news today"
)
"""A question after what is new, whatever it is about; the day in it was read as a filter."""

_WHO_IS = re.compile(r"(?:(?:vậy|thế|ông|bà|anh|chị|cô) )*(?P<name>.+) là ai(?: vậy| thế| nhỉ)?[ ?]*", re.IGNORECASE)

_PERSON_BEFORE = re.compile(
    r"(?<!\w)(?:ông|bà|anh|chị|cô|cậu|em|bé|bộ trưởng|thứ trưởng|thủ tướng|tổng thống|chủ tịch|giám đốc|đại sứ|hiệu trưởng|"
    r"bác sĩ|luật sư|giáo sư|cầu thủ|ca sĩ|diễn viên|nghệ sĩ|nạn nhân|nghi phạm|thủ phạm|tài xế|hlv|huấn luyện viên|nam sinh|"
    r"nữ sinh|học sinh|sinh viên|người|vợ|chồng|con trai|con gái|bố|mẹ|cha|thủ khoa|quán quân)(?!\w)"
)

# Without diacritics "bao" may be bão, báo or bảo: only what is rarely anything else is dropped.
_FUNCTION_FOLDED = frozenset(
    """
    ai gi nao dau sao bao nhieu may khi la cua cac nhung voi cho duoc bi khong thi ma nay se vi do tu den toi nhu
    the vao
    """.split()
)


def read_question(text: str) -> Asked:
    """Read a question; never fails: what fits no rule asks for WHAT.

    >>> read_question("Mưa lớn làm ngập bao nhiêu ha rau ở Đông Mây?").wanted.value
    'number'
    >>> a = read_question("truong nao o Van Tra dat giai nhat"); a.wanted.value, a.head
    ('name', 'truong')
    >>> read_question("Who leads the team?").wanted.value
    'person'
    """
    lowered = " ".join(canonical(text).lower().split())
    english = is_english(lowered)
    rules = _compiled(english, has_diacritics(lowered))
    wanted, head = Wanted.WHAT, ""
    left: tuple[str, ...] = tuple(tokens(lowered))
    right: tuple[str, ...] = ()
    for kind, pattern in rules:
        match = pattern.search(lowered)
        if match:
            wanted = kind
            left, right = tuple(tokens(lowered[: match.start()])), tuple(tokens(lowered[match.end() :]))
            head = next((value for value in match.groupdict().values() if value), "")
            break
    if wanted is Wanted.NAME and not head and _PERSON_BEFORE.search(" ".join(left)):
        wanted = Wanted.PERSON  # "Bộ trưởng Y tế tên là gì"
    if wanted is Wanted.PERSON and _asks_who_is(text):
        wanted = Wanted.WHAT  # "Lê Bá Tòng là ai?" asks for his office, not for another name
    dull = _FUNCTION - _COUNTED if wanted is Wanted.NUMBER else _FUNCTION
    if wanted is Wanted.NUMBER and left[-1:] and left[-1] in NUMBERED and match and match.group().startswith("mấy"):
        head, right = "", tuple(tokens(lowered[match.start() + len("mấy") :]))  # "hạng mấy thế giới" counts no worlds
    if wanted is Wanted.NUMBER and head.split()[:1] in (["một"], ["mot"], ["mỗi"], ["moi"]):
        head = ""  # "bao nhiêu một lít" counts no litres
    head = " ".join(word for word in head.split() if word not in dull)
    many = bool(_many(has_diacritics(lowered)).search(lowered))
    content = content_tokens(text if text.lower() != text else lowered, english=english)
    if wanted is Wanted.NUMBER:
        content = _without_unit(content, head)
    return Asked(wanted, head, content, many, english, left, right)


def _asks_who_is(text: str) -> bool:
    """Whether a whole name, and nothing else, stands before "là ai"."""
    match = _WHO_IS.fullmatch(" ".join(text.split()))
    words = match["name"].split() if match else []
    return len(words) >= 2 and all(word[:1].isupper() for word in words)


def asks_for_news(text: str) -> bool:
    """Whether a question asks what is new, not for a fact: its answer is a list of items.

    >>> asks_for_news("Tin mới nhất là gì?"), asks_for_news("có tin gì về lũ không"), asks_for_news("Ai đưa tin?")
    (True, True, False)
    """
    lowered = " ".join(canonical(text).lower().split())
    pattern = _NEWS if has_diacritics(lowered) else _fold_pattern(_NEWS)
    return bool(re.search(pattern, lowered))


def asks_for_all_news(text: str) -> bool:
    """Whether a question asks what is new and names no topic: the newest of the archive answer it.

    >>> asks_for_all_news("Tin mới nhất là gì?"), asks_for_all_news("hôm nay có gì mới"), asks_for_all_news("tin moi")
    (True, True, True)
    >>> asks_for_all_news("Có tin gì mới về lũ không?"), asks_for_all_news("Tin?"), asks_for_all_news("What is the latest news?")
    (False, False, True)
    """
    lowered = " ".join(canonical(text).lower().strip(" ?!.…").split())
    if len(lowered.split()) < 2:
        return False
    return bool(re.fullmatch(_ALL_NEWS if has_diacritics(lowered) else _fold_pattern(_ALL_NEWS), lowered))


def is_english(text: str) -> bool:
    """Whether a question is in English: no Vietnamese letters, and English function words.

    >>> is_english("Who was the CEO in 2018?"), is_english("ai lam tong thu ky")
    (True, False)
    """
    if has_diacritics(text.replace("é", "e")):
        found = [word for word in text.lower().split() if word in _ENGLISH]
        return len(found) >= 4 and not _ALSO_VIETNAMESE.issuperset(found)
    words = re.findall(r"[a-z]+", text.lower())
    found = [word for word in words if word in _ENGLISH]
    opens = bool(words) and words[0] in _ENGLISH_OPENINGS and len(found) >= 4
    if not _NOT_ENGLISH.isdisjoint(words) and not opens:  # one may stand in a name: "Duoc Hau Giang"
        return False
    return len(words) >= 3 and len(found) >= max(2, len(words) // 5)


def content_tokens(text: str, *, english: bool = False) -> tuple[str, ...]:
    """The tokens of a question that carry its topic, in order; function words are left out.

    >>> content_tokens("Ai làm Tổ trưởng Tổ công tác số 4?")
    ('tổ', 'trưởng', 'tổ', 'công', 'tác', 'số', '4')
    """
    drop = _ENGLISH if english else _FUNCTION if has_diacritics(text) else _FUNCTION_FOLDED
    named = set() if english else {token for word in _names_like_function(text) for token in tokens(word)}
    found = tuple(t for t in tokens(text) if t not in drop or t in named)
    return found or tuple(tokens(text))


def _names_like_function(text: str) -> list[str]:
    """Function words that a capital makes a name: the "Anh" of "nước Anh" and of "Anh thu hút bao nhiêu …"."""
    words = text.split()
    found = [word for word in words[1:] if word[:1].isupper() and word[1:].islower()]
    if words[:1] == ["Anh"] and words[1:] and words[1].islower() and words[1] not in ("ấy", "này", "ta", "em", "trai"):
        found.append("Anh")
    return found


def _without_unit(content: tuple[str, ...], head: str) -> tuple[str, ...]:
    """The topic without the unit asked for: "bao nhiêu mét" is answered by "486 m"."""
    words = head.split()
    size = next((n for n in (2, 1) if len(words) >= n and " ".join(words[:n]) in _units()), 0)
    left = list(content)
    for token in tokens(" ".join(words[:size])):
        if token in left:
            left.remove(token)
    return tuple(left) or content


@lru_cache(maxsize=1)
def _units() -> frozenset[str]:
    return frozenset([*SPELLINGS, *map(fold, SPELLINGS)])


@lru_cache(maxsize=4)
def _compiled(english: bool, accented: bool) -> tuple[tuple[Wanted, re.Pattern[str]], ...]:
    rules = _ENGLISH_RULES if english else _RULES
    return tuple((kind, re.compile(p if accented or english else _fold_pattern(p))) for kind, p in rules)


@lru_cache(maxsize=2)
def _many(accented: bool) -> re.Pattern[str]:
    return _MANY if accented else re.compile(_fold_pattern(_MANY.pattern))


def _fold_pattern(pattern: str) -> str:
    """The same pattern for text without diacritics; ASCII (escapes, group names) stays as it is."""
    return "".join(c if c.isascii() else fold(c) for c in pattern)
