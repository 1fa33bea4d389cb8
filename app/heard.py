"""Which outlet or section a question names: "theo báo Nhịp Biển", "tin thể thao tuần này".

In: the question and the names that the archive knows. Out: Heard, "" for what is not named. A name counts only
beside a word that makes it a source or a section, since newspapers are called "Tuổi Trẻ", "Lao Động" and "Thanh Niên".
This module knows nothing of retrieval or pages.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from index.vietnamese import fold, has_diacritics


@dataclass(frozen=True, slots=True)
class Heard:
    """Names as the archive spells them."""

    outlet: str = ""
    section: str = ""


# "báo" or "tờ" before a name says what it is in any spelling; "theo" alone needs the name spelled as a name.
_PRESS = r"(?:báo|tờ|đài|trang|tạp chí|kênh|bản tin)(?: điện tử| báo)? "
_SAYS = r" (?:đưa tin|đăng|viết|nói|cho biết|có bài|thông tin|phản ánh)"
_ACCORDING = r"(?:theo|trên|của) "
_NEWS = r"(?:chuyên mục|mục|tin tức|(?<!thông )tin|bản tin|mảng) "


def heard(question: str, outlets: Iterable[str], sections: Iterable[str]) -> Heard:
    """What the question names; the longest name wins.

    >>> heard("Theo Nhịp Biển, giá vé bao nhiêu?", ["Nhịp Biển"], [])
    Heard(outlet='Nhịp Biển', section='')
    >>> heard("tin the thao hom nay", ["Nhịp Biển"], ["Thể thao"]).section
    'Thể thao'
    >>> heard("Tuổi trẻ nghĩ gì về nghề báo?", ["Tuổi Trẻ"], [])
    Heard(outlet='', section='')
    """
    text = " ".join(question.split())
    outlet = next((name for name in _longest(outlets) if _names_outlet(text, name)), "")
    section = next((name for name in _longest(sections) if _beside(_NEWS, name, text)), "")
    return Heard(outlet, section)


def _names_outlet(text: str, name: str) -> bool:
    bare = re.sub(r"^(?:báo|đài|tạp chí) ", "", name, flags=re.IGNORECASE)
    if _beside(_PRESS, bare, text) or (bare != name and _beside("", name, text)):
        return True
    spelled = rf"(?:{re.escape(name)}|{re.escape(bare)})"
    return bool(re.search(rf"(?i:{_ACCORDING}){spelled}(?!\w)|(?<!\w){spelled}(?i:{_SAYS})", text))


def _beside(before: str, name: str, text: str) -> bool:
    """Whether the name stands after such a word, in any case, and without diacritics in a question that has none."""
    pattern = rf"(?<!\w){before}{re.escape(name)}(?!\w)"
    if not has_diacritics(text):
        pattern = "".join(c if c.isascii() else fold(c) for c in pattern)
    return bool(re.search(pattern, text, re.IGNORECASE))


def _longest(names: Iterable[str]) -> list[str]:
    return sorted((n for n in names if len(n) > 1), key=len, reverse=True)
