"""A follow-up made to stand alone, without a language model.

In: a question and the turns before it. Out: what to search for, and which of it
was carried over. "Ông ấy bao nhiêu tuổi?" means nothing to an index; with the
names and the topic of the turn before it does. A question that names its own
subject is left alone. This module knows nothing of retrieval.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from app.answer import Turn
from app.asked import content_tokens, is_english
from index.vietnamese import canonical, fold, has_diacritics

MAX_CARRIED = 400
"""Characters of earlier turns carried over at most."""

FEW = 4
"""A question with fewer content words than this may lean on the turn before it."""


def _without_marks(pattern: str) -> str:
    return "".join(c if c.isascii() else fold(c) for c in pattern)


# Words that point back to something said before. "này" and "đó" only after a noun, and "tuần này" is now; "trên" also
# says where and how much ("trên 10 tấn"); "thế" is in "thế giới" and "như thế nào".
_PERSON = r"(?:ông|bà|anh|chị|cô|cậu|em|cháu|hắn|vị|nữ|nam|bé)(?: \w+)? (?:này|ấy|đó|kia|ta)|người (?:này|ấy|đó|kia)|họ|nó|chúng"
_THIS = (
    r"(?:\w+ )?(?!(?:tuần|tháng|quý|năm|mùa|dịp|lúc|giờ|sáng|trưa|chiều|tối|đêm) này)\w+ (?:này|ấy|đó)(?=\s|[?.,!]|$)"
)
_ABOVE = r"(?:\w+ )?\w+ (?:nói trên|trên(?= (?:là|có|đã|đang|sẽ|được|bị|do|thuộc)(?!\w)| ?[?.,!]| ?$))"
_SO = r"ở đó|tại đó|khi đó|lúc đó|năm đó|thế còn|còn .* thì sao|vậy còn|thế thì"
_THEN = r"^\W*thế (?!giới|kỷ|kỉ|chiến|vận|lực|hệ|năng|mạnh|trận|cờ|nào|là)\w+"
_POINTS_BACK = re.compile(rf"(?<!\w)(?:{_PERSON}|{_THIS}|{_ABOVE}|{_SO}|{_THEN})(?!\w)")

# Without diacritics "nay" is also in "hôm nay", "do" is "độ" or "đỏ" as well, and "ho" half a dozen words.
_PERSON_PLAIN = r"(?:ông|bà|anh|chị|cô|cậu) (?:này|ấy|kia|ta)|(?:vị|người) (?:này|ấy|kia)"
_THIS_PLAIN = (
    r"(?:\w+ )?(?!(?:hôm|ngày|năm|hiện|đến|từ|lâu|xưa|trước|bữa|tuần|tháng|quý|mùa|dịp|lúc|giờ|sáng|trưa|chiều|tối|đêm) )"
    r"\w+ (?:này|ấy)(?=\s|[?.,!]|$)|(?:\w+ )?\w+ đó(?= ?[?.,!]| ?$)"
)
_POINTS_BACK_PLAIN = re.compile(
    _without_marks(rf"(?<!\w)(?:{_PERSON_PLAIN}|{_THIS_PLAIN}|{_ABOVE}|{_SO}|{_THEN})(?!\w)")
)
_ENGLISH_BACK = re.compile(r"\b(?:he|she|it|they|him|her|them|his|its|their|that|this|there)\b")
_WORD = re.compile(r"[\w’'./-]*\w")


@dataclass(frozen=True, slots=True)
class Standalone:
    """own: the person's words. carried: words of earlier turns that belong to them; "" for a question of its own."""

    own: str
    carried: str = ""

    @property
    def text(self) -> str:
        """What to search for.

        Words without diacritics beside words with them would be looked for as they stand, and hardly ever be found:
        then what was carried over loses its own, and the whole is matched without.

        >>> Standalone("doi ay co bao nhieu nguoi", "Ai lập đội Neo Vàng?").text
        'ai lap doi neo vang? doi ay co bao nhieu nguoi'
        """
        typed_plain = not has_diacritics(self.own) and not is_english(self.own)
        return f"{fold(self.carried) if typed_plain else self.carried} {self.own}".strip()


def standalone(question: str, history: Sequence[Turn]) -> Standalone:
    """Carry names and topic of the last exchange into a question that leans on them.

    >>> turns = [Turn("user", "Ai lập đội cứu hộ Neo Vàng?"), Turn("assistant", "Ông Lê Bá Tòng lập đội năm 2015.")]
    >>> standalone("Đội ấy có bao nhiêu người?", turns).carried
    'Ai lập đội cứu hộ Neo Vàng? Lê Bá Tòng 2015'
    >>> standalone("Cầu Sương Mai dài bao nhiêu mét?", turns).carried
    ''
    """
    if not history or not leans_back(question):
        return Standalone(question)
    asked = next((turn.content for turn in reversed(history) if turn.role == "user"), "")
    said = next((turn.content for turn in reversed(history) if turn.role != "user"), "")
    if leans_back(asked) and len(history) > 2:
        earlier = next((t.content for t in reversed(history[:-2]) if t.role == "user"), "")
        asked = f"{earlier} {asked}"
    names = [name for name in names_in(said) if name not in asked]
    carried = " ".join([asked.strip(), *dict.fromkeys(names)]).strip()
    return Standalone(question, carried[:MAX_CARRIED])


def leans_back(question: str) -> bool:
    """Whether a question points back to something said before, or is too bare to stand alone."""
    lowered = canonical(question).lower()
    if is_english(lowered):  # "he", "it" and "that" are also "hệ", "ít" and "thật" without diacritics
        if _ENGLISH_BACK.search(lowered):
            return True
    elif (_POINTS_BACK if has_diacritics(lowered) else _POINTS_BACK_PLAIN).search(lowered):
        return True
    named = any(word[:1].isupper() or word[:1].isdigit() for word in question.split()[1:])
    return not named and len(content_tokens(question)) < FEW


def names_in(text: str) -> list[str]:
    """Runs of capitalised words and numbers of a text; a sentence's first word only inside a longer run.

    >>> names_in("Ông Lê Bá Tòng lập đội. Năm 2015 có 12 người.")
    ['Lê Bá Tòng', '2015', '12']
    """
    found: list[str] = []
    run: list[str] = []
    opens, last = True, 0
    for match in [*_WORD.finditer(text), None]:
        word = match.group() if match else ""
        between = text[last : match.start()] if match else "."
        breaks = bool(between.strip()) or "\n" in between
        if run and (breaks or not (word[:1].isupper() or word[:1].isdigit())):
            found.append(" ".join(run))
            run = []
        opens = opens or any(mark in between for mark in '.!?:\n“"')
        if word[:1].isdigit() or (word[:1].isupper() and not opens):
            run.append(word)
        elif word[:1].isupper() and word not in _TITLES and len(word) > 1:
            run.append(word)  # may open a sentence by being a name: kept only if the run goes on
            nxt = _WORD.search(text, match.end()) if match else None
            if nxt is None or not nxt.group()[:1].isupper():
                run = []
        opens, last = False, match.end() if match else last
    return found


_TITLES = frozenset(
    "Ông Bà Anh Chị Cô Em Theo Đó Tháng Năm Ngày Sáng Chiều Tối Hiện Trong Tại Ở Từ Khi Các Những".split()
)
