"""The program's own sentences recognised again: which one a text is, and the same one in another language.

    Vietnamese sentence -> key and values -> the sentence of that key in English

An answer carries finished Vietnamese sentences (notes, "the archive has no answer"). A page in English says them in
English, and a page in any language shows a contradiction otherwise than a remark on dates. What is no sentence of
app.messages stays as it is. This module knows nothing of answers or pages.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from app.messages import EN, VI, Lang, say

KEYS = (
    "read_time", "no_news_then", "no_answer_stranger", "no_answer_but", "no_answer_nearest", "no_answer", "conflict", "corrected", "newest_is_old", "written",
    "unproved", "writer_down", "writer_slow", "writer_cut", "writer_none", "writer_unproved", "question_empty",
    "question_too_long", "range_backwards", "said_by", "range_day", "range", "range_since", "range_until", "no_date",
    "no_outlet", "trouble",
)  # fmt: skip
"""Sentences that an answer may carry, those that hold others first."""

_NESTED = ("range", "outlet", "date")
"""Blanks that hold a sentence themselves: days that are searched, "không rõ báo", "không rõ ngày"."""
_SAID_BY = re.compile(r"\((theo [^()\n]*)\)$")


def recognise(text: str, lang: Lang = "vi") -> tuple[str, Mapping[str, str]] | None:
    """(key, values) of a sentence of app.messages; None for any other text.

    >>> recognise("Các báo đưa khác nhau: 46 tỷ (Báo A, 1/9); 64 tỷ (Báo B, 2/9).")
    ('conflict', {'values': '46 tỷ (Báo A, 1/9); 64 tỷ (Báo B, 2/9)'})
    """
    for key in KEYS:
        match = _pattern(key, lang).fullmatch(text)
        if match:
            return key, match.groupdict()
    return None


def retell(text: str, lang: Lang) -> str:
    """The same sentence in a language; the text itself when it is none of ours.

    >>> retell("Kho tin không có bài nào trả lời câu hỏi này.", "en")
    'The archive has no article that answers this.'
    """
    found = recognise(text) if lang != "vi" else None
    if found is None:
        return text
    key, values = found
    return say(lang, key, **{n: _nested(v, lang) if n in _NESTED else v for n, v in values.items()})


def retell_lines(answer: str, lang: Lang) -> str:
    """An answer, its "(theo báo, ngày)" said in a language; quotations stay as they are."""
    if lang == "vi":
        return answer

    def told(match: re.Match[str]) -> str:
        return "(" + "; ".join(retell(said, lang) for said in match[1].split("; ")) + ")"

    return "\n".join(_SAID_BY.sub(told, line) for line in answer.split("\n"))


def _nested(value: str, lang: Lang) -> str:
    """Days stand inside a sentence with a small letter."""
    told = retell(value[:1].upper() + value[1:], lang)
    return told[:1].lower() + told[1:] if told != value[:1].upper() + value[1:] else retell(value, lang)


@lru_cache(maxsize=128)
def _pattern(key: str, lang: Lang) -> re.Pattern[str]:
    parts = re.split(r"\{(\w+)\}", (VI if lang == "vi" else EN)[key])
    made = "".join(re.escape(p) if n % 2 == 0 else f"(?P<{p}>.+?)" for n, p in enumerate(parts))
    return re.compile(made, re.DOTALL)
