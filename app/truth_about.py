"""Whether the sentence that seems to decide a yes or no is about whom the question asks, and about what they do.

    "Xe máy có được qua cầu Sương Mai không?"  beside  "Xe tải trên 10 tấn không được qua cầu Sương Mai."   -> no

The fact-check engine weighs how much two sentences share; they can share all but the one who acts. Here the question's own
order of words is read: who stands before "có", "đã", "bị" …, and what is done behind it. This module knows nothing of verdicts.
"""

from __future__ import annotations

import re

from app.statement import read_statement
from app.wording import other_ways, said_otherwise
from index.vietnamese import canonical, tokens

_SPLIT = re.compile(
    r"^(?P<who>[^,;]+?)(?P<how>(?: (?:có|đã|sẽ|đang|vẫn|còn|sắp|được|bị|phải|không|chưa))+) (?P<does>[^,;]+)$"
)
_WHEN = {
    "hôm",
    "ngày",
    "tháng",
    "năm",
    "sáng",
    "trưa",
    "chiều",
    "tối",
    "đêm",
    "tuần",
    "quý",
    "hiện",
    "mới",
    "từ",
    "đến",
    "trong",
}
"""What begins with one of these says when, not who."""
MOSTLY = 0.6
"""Share of what is done that a sentence must say to decide it."""
_FORESEES = re.compile(r"(?<!\w)(?:sẽ|sắp|dự kiến|định|có thể|kế hoạch)(?!\w)")
_TASK = re.compile(
    r"(?<!\w)(?:giao (?!lưu|dịch|thông|hàng|hữu|thoa|tranh|hưởng)[^.;]*?(?:việc|nhiệm vụ|trách nhiệm|phải)|chỉ đạo|yêu cầu|đề nghị|kêu gọi|đôn đốc|"
    r"có trách nhiệm|nhiệm vụ|cam kết|phấn đấu)(?!\w)",
    re.IGNORECASE,
)
"""Before a deed: it is to be done, which does not say that it was."""
_DONE = re.compile(r"(?<!\w)(?:đã|vừa|mới)(?: \w+)?\s+$", re.IGNORECASE)
_NOUN_BEFORE = re.compile(r"(?<!\w)(?:chức|ngôi|nhà|sự|danh hiệu|giấc mơ|cơ hội|nguy cơ|khả năng)\s+$")
_SMALL = frozenset(
    "có đã sẽ đang vẫn còn sắp được bị phải không chưa là của và các những một ở tại cho với từng rồi cũng ra vào".split()
)
_WORD = re.compile(r"[^\W_]+")
_CAPITALS = re.compile(r"[^\W\d_]+(?: [^\W\d_]+)*")


def speaks_of(statement: str, sentence: str, *, affirms: bool) -> bool:
    """Whether the sentence may decide the statement. affirms: whether it is taken to say so, rather than not so.

    It must say most of what is done, by the one who does it, and not only foresee it. True as well where the statement's
    words do not show who does what, as long as most of them are said.

    >>> speaks_of("Xe máy có được qua cầu Sương Mai", "Xe tải không được qua cầu Sương Mai.", affirms=False)
    False
    >>> speaks_of("Lúa Vàng có thắng Cá Chuồn", "Cá Chuồn thắng Lúa Vàng 3-1.", affirms=True)
    False
    >>> speaks_of("Cầu Sương Mai có thông xe", "Cầu chưa thông xe.", affirms=False)
    True
    >>> told = ("Cầu Sương Mai sẽ thông xe vào tháng 5.", "Cầu Sương Mai đã thông xe, sẽ thu phí qua cầu.")
    >>> [speaks_of("Cầu Sương Mai đã thông xe", sentence, affirms=True) for sentence in told]
    [False, True]
    >>> speaks_of("Cầu Sương Mai sửa xong", "Ông Vọng giao giám đốc hai việc: sửa xong cầu Sương Mai, gỡ mặt bằng.", affirms=True)
    False
    """
    asked = _SPLIT.match(canonical(statement))
    told = canonical(sentence)
    unsure = _foreseen(statement, told) or _only_to_do(statement, told) or _only_named(statement, told)
    if affirms and not _FORESEES.search(statement) and unsure:
        return False
    if asked is None:  # names may be told by "cô gái", what is done may not
        return _said(" ".join(word for word in statement.split()[1:] if word.islower()), told) >= MOSTLY
    who, does = asked["who"], asked["does"]
    if _said(does, told) < MOSTLY or (affirms and _behind(who, does, told)):
        return False
    words = _words(told)
    head = _head(who)
    if head and not _stands(head, words):
        return False
    verb = _words(does)[0]
    if affirms and does[:1].islower() and verb not in words:
        return False
    return not (affirms and " bị" not in asked["how"] and _swapped(who, does, verb, told))


def _said(what: str, told: str) -> float:
    """Share of words that a sentence has, or says in other words; small ones are left out."""
    asked, held = tokens(what), tokens(told)
    wanted = [word for word in asked if word not in _SMALL] or asked
    other = said_otherwise(other_ways(asked), held)
    return sum(word in held or word in other for word in wanted) / len(wanted) if wanted else 1.0


def _deed(statement: str) -> str:
    """The first word of what is done; "" when a statement has none."""
    return next((word for word in statement.split()[1:] if word.islower() and word not in _SMALL), "")


def _foreseen(statement: str, told: str) -> bool:
    """Whether a sentence only foresees or plans the deed: "sẽ", "dự kiến"."""
    read, deed = read_statement(told), _deed(statement)
    places = [p for p, form in enumerate(read.forms) if form == deed and read.fact[p] < 0]
    return bool(places) and all(read.uncertain[p] & {"coming", "planned"} for p in places)


def _only_to_do(statement: str, told: str) -> bool:
    """Whether a sentence has the deed only behind a task or a demand: "giao giám đốc ba việc: hoàn thành sửa cầu …"."""
    task = _TASK.search(told)
    if task is None or _TASK.search(statement):
        return False
    places = _places(_deed(statement), told)
    return bool(places) and all(at >= task.end() and not _DONE.search(told, 0, at) for at in places)


def _places(deed: str, told: str) -> list[int]:
    """Where a word begins in a sentence."""
    return [m.start() for m in re.finditer(rf"(?<!\w){re.escape(deed)}(?!\w)", told.lower())] if deed else []


def _only_named(statement: str, told: str) -> bool:
    """Whether a sentence has the deed as a noun only: since "chức vô địch" nobody need have won."""
    places, low = _places(_deed(statement), told), told.lower()
    return bool(places) and all(_NOUN_BEFORE.search(low, 0, at) for at in places)


def _behind(who: str, does: str, told: str) -> bool:
    """Whether who is asked about stands only behind the deed: "kết thúc năm học để tránh Covid-19" ends no Covid-19."""
    doer, deed = who.split()[-1].lower(), does.split()[0].lower()
    low = told.lower()
    return doer in low and deed in low and low.index(doer) > low.rindex(deed)


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower())


def _head(who: str) -> list[str]:
    """The words before the first name or number that say what kind of thing it is: two at most; none for a time."""
    words = _WORD.findall(who)
    if not words or (words[0].isupper() and len(words[0]) > 1):  # a short form: part of the name behind it
        return []
    found: list[str] = []
    for word in [words[0].lower(), *words[1:]]:
        if not word[0].islower() or len(found) == 2:
            break
        found.append(word)
    # A name at the beginning has a capital of its own: "Lê Bá Tòng" is no kind of thing.
    if len(found) == 1 and words[0][0].isupper() and _name(who).startswith(words[0]):
        return []
    return [] if found and found[0] in _WHEN else found


def _stands(run: list[str], words: list[str]) -> bool:
    return any(words[at : at + len(run)] == run for at in range(len(words) - len(run) + 1))


def _swapped(who: str, does: str, verb: str, told: str) -> bool:
    """Whether the sentence tells the same deed with the one who does it and the other one exchanged."""
    deed = re.search(rf"(?<!\w){re.escape(verb)}(?!\w)", told, re.IGNORECASE)
    doer, other = _name(who), _name(does)
    if deed is None or not doer or not other:
        return False
    return 0 <= told.find(other) < deed.start() < told.find(doer)


def _name(text: str) -> str:
    """The first run of two or more words with capitals, without a short form before it; "" when there is none.

    >>> _name("CLB Lúa Vàng"), _name("Ông Đỗ Ưng về"), _name("Xe máy")
    ('Lúa Vàng', 'Ông Đỗ Ưng', '')
    """
    for run in _CAPITALS.findall(text):
        held: list[str] = []
        for word in [*run.split(), ""]:
            if word[:1].isupper() and not (word.isupper() and len(word) > 1 and not held):
                held.append(word)
            elif len(held) > 1:
                return " ".join(held)
            else:
                held = []
    return ""
