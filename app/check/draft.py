"""A pasted draft made readable, character for character: tags and entities of a web page become spaces.

In: whatever an editor pastes. Out: a text of the same length as the draft, so that every offset
counts in both. This module knows nothing of claims.
"""

from __future__ import annotations

import html
import re
import unicodedata
from dataclasses import dataclass

from app.messages import say
from index.vietnamese import fold
from ingest.errors import UsageError

MAX_DRAFT = 60_000
"""Characters in a draft at most: about 12,000 words, more than any article."""

_TAG = re.compile(
    r"<!--.*?-->|<(script|style)\b[^>]{0,2000}>.*?</\1\s*>|</?[a-zA-Z][a-zA-Z0-9]{0,15}(?:\s[^<>]{0,2000})?/?>",
    re.DOTALL | re.IGNORECASE,
)
_BLOCK = re.compile(r"</?(?:p|div|br|li|ul|ol|h[1-6]|tr|table|section|article|blockquote)\b", re.IGNORECASE)
_ENTITY = r"&(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|[a-zA-Z]{2,31});"
_ESCAPED = re.compile(rf"[^\s<>&]{{0,40}}(?:{_ENTITY}[^\s<>&]{{0,40}})+")


def check_draft(draft: str) -> str:
    """The draft with what no text holds replaced, length kept; raises UsageError when it is empty or too long."""
    if not draft.strip():
        raise UsageError(
            "the draft: found no words, wanted text. Mend: hoitin check FILE", public=say("vi", "draft_empty")
        )
    if len(draft) > MAX_DRAFT:
        raise UsageError(
            f"the draft: found {len(draft)} characters, wanted at most {MAX_DRAFT}. "
            "Mend: check it in parts, a file for each",
            public=say("vi", "draft_too_long", limit=f"{MAX_DRAFT:,}".replace(",", ".")),
        )
    return "".join("\ufffd" if "\ud800" <= c <= "\udfff" or c == "\x00" else c for c in draft)


def readable(draft: str) -> str:
    """The draft as its reader sees it, of the same length: no tags, no entities, NFC where that keeps the length.

    >>> readable("<p>Giá &amp; lãi</p>")
    '\\n  Giá &     lãi\\n   '
    """
    text = draft
    if "<" in text:
        text = _TAG.sub(_blank, text)
    if "&" in text:
        text = _ESCAPED.sub(_unescaped, text)
    composed = unicodedata.normalize("NFC", text)
    return composed if len(composed) == len(text) else text


def _blank(tag: re.Match[str]) -> str:
    said = tag.group()
    return ("\n" if _BLOCK.match(said) else " ") + " " * (len(said) - 1)


def _unescaped(word: re.Match[str]) -> str:
    """A word with entities as it reads, padded to its length."""
    said = html.unescape(word.group()).replace("\u00a0", " ").replace("\u200b", " ")
    return said[: len(word.group())].ljust(len(word.group()))


@dataclass(frozen=True, slots=True)
class Said:
    """A stretch of a draft as it is read: single spaces, what is shouted in small letters. places: where each character stands.

    >>> said = Said.of("CẦU  SƯƠNG MAI THÔNG XE")
    >>> said.text, said.span((4, 9))
    ('Cầu sương mai thông xe', (5, 10))
    """

    text: str
    places: tuple[int, ...]

    @classmethod
    def of(cls, stretch: str) -> Said:
        kept = [n for n, c in enumerate(stretch) if not c.isspace() or (n and not stretch[n - 1].isspace())]
        text = "".join(" " if stretch[n].isspace() else stretch[n] for n in kept)
        lowered = text.lower()
        if is_shouted(text) and len(lowered) == len(text):
            text = text[:1] + lowered[1:]
        return cls(text, tuple(kept))

    def span(self, span: tuple[int, int]) -> tuple[int, int]:
        """A span of the text as it is read, in the stretch."""
        start, end = span
        if not self.places or start >= end:
            return 0, 0
        return self.places[start], self.places[min(end, len(self.places)) - 1] + 1


def is_shouted(text: str) -> bool:
    """Whether a stretch is written in capitals throughout."""
    letters = [c for c in text if c.isalpha()]
    return len(letters) >= 12 and sum(c.isupper() for c in letters) > 0.85 * len(letters)


_ENGLISH = frozenset(
    "the of and is are was were to in for on with that this by from it as at has have be will said".split()
)


def is_foreign(text: str) -> bool:
    """Whether a stretch is in English rather than in Vietnamese (typed with or without diacritics).

    >>> is_foreign("The bridge was opened to traffic on Monday."), is_foreign("Cau da thong xe sang nay.")
    (True, False)
    """
    words = re.findall(r"[^\W\d_]+", fold(text))
    if len(words) < 4 or any(c in text for c in "ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ"):
        return False
    return sum(word in _ENGLISH for word in words) >= max(2, 0.15 * len(words))
