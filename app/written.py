"""What a model wrote, cut into sentences with the sources they name.

    "Cầu dài 412 m. [1] Theo Báo Lam, …"  ->  Written("Cầu dài 412 m.", (1,)), …

Lists and emphasis are made plain; an outlet named in front ("Theo Báo Lam ngày 12/3, …") is taken away, because
the program names the outlet itself, from the proof. Incoming does the same for a text that is still
arriving. This module judges nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.split import sentences
from index.vietnamese import canonical

MAX_CHARS = 6_000
"""Of a written answer; a model that goes on beyond it is talking nonsense."""

_MARKER = re.compile(
    r"\s*[\[【](?:\s*(?:nguồn|bài|source|số)?\s*)(\d{1,4}(?:\s*[,;]\s*\d{1,4})*)\s*[\]】]", re.IGNORECASE
)
_AFTER_END = re.compile(rf"([.!?…]+[\"”’)]*)((?:{_MARKER.pattern})+)", re.IGNORECASE)
_BULLET = re.compile(r"^[ \t]*(?:[-*•+–]|\d{1,2}[.)]|#{1,6})[ \t]+", re.MULTILINE)
_EMPHASIS = re.compile(r"\*\*|__|(?<!\w)[*_`](?=\S)|(?<=\S)[*_`](?!\w)")
_YES = re.compile(r"^(?:(?:đúng|có|vâng|không|sai|chưa|phải)(?: vậy| rồi| đúng)?[,.:;] )(\w)", re.IGNORECASE)
_THOUGHTS = re.compile(r"<think>.*?(?:</think>|$)", re.DOTALL)
_FRAMES = (
    r"(?:các |những |một số |nhiều )?(?:bài báo|bài viết|tờ báo|báo chí|nguồn tin|nguồn|thông tin|tin tức)"
    r"(?: (?:trên|này|nói trên|được cung cấp|đã cung cấp|cung cấp))*"
)
_DAY = r"(?:,? (?:ra |đăng )?(?:ngày|hôm) \d{1,2}[/-]\d{1,2}(?:[/-]\d{2,4})?|,? \d{1,2}[/-]\d{1,2}[/-]\d{2,4})"


@dataclass(frozen=True, slots=True)
class Written:
    """One written sentence without its markers; markers: the source numbers it named, in order, from 1."""

    text: str
    markers: tuple[int, ...]


def read_written(text: str, outlets: Sequence[str] = ()) -> list[Written]:
    """The sentences of a written answer.

    outlets: names of outlets that may stand in front of a sentence.

    >>> read_written("- **Cầu** dài 412 m. [1][2]\\n- Theo Báo Lam, cầu có bốn làn xe [3].", ["Báo Lam"])
    [Written(text='Cầu dài 412 m.', markers=(1, 2)), Written(text='Cầu có bốn làn xe.', markers=(3,))]
    """
    plain = _EMPHASIS.sub("", _BULLET.sub("", _THOUGHTS.sub("", text[:MAX_CHARS])))
    plain = _AFTER_END.sub(lambda m: m[2] + m[1], plain)
    found = []
    for start, end in sentences(plain):
        written = _one(plain[start:end], outlets)
        if written is not None:
            found.append(written)
    return found


def _one(sentence: str, outlets: Sequence[str]) -> Written | None:
    markers: list[int] = []
    for match in _MARKER.finditer(sentence):
        markers += [int(number) for number in re.findall(r"\d+", match[1])]
    text = " ".join(_MARKER.sub("", sentence).split())
    text = re.sub(r"\s+([.,;:!?…])", r"\1", unframed(text, outlets)).strip()
    if not any(c.isalnum() for c in text):
        return None
    return Written(text, tuple(dict.fromkeys(markers)))


def unframed(sentence: str, outlets: Sequence[str]) -> str:
    """A sentence without the outlet or "theo các bài báo" that frames it, in front, behind or in brackets.

    >>> unframed("Theo Báo Lam ngày 12/3/2026, cầu dài 412 m (theo Báo Lam, 12/03/2026).", ["Báo Lam"])
    'Cầu dài 412 m.'
    """
    names = "|".join([*(rf"(?:báo |trang |tờ )?{re.escape(canonical(name))}" for name in outlets if name), _FRAMES])
    frame = rf"(?:{names}){_DAY}?"
    text = canonical(sentence)
    text = _YES.sub(lambda m: m[1].upper(), text)
    text = re.sub(rf"\s*\((?:theo|nguồn:?) {frame}\)", "", text, flags=re.IGNORECASE)
    text = re.sub(rf",? theo {frame}(?=[.!?…]*$)", "", text, flags=re.IGNORECASE)
    opened = re.match(
        rf"(?:theo|dựa (?:trên|vào|theo)|căn cứ) {frame}(?:,\s*|:\s*)|{frame} (?:cho biết|cho hay|đưa tin|viết)(?: rằng|:|,)?\s+",
        text, re.IGNORECASE,
    )  # fmt: skip
    if opened and opened.end() < len(text):
        rest = text[opened.end() :]
        text = rest[:1].upper() + rest[1:]
    return text


class Incoming:
    """A written answer as it arrives.

    >>> coming = Incoming()
    >>> [w.text for piece in ("Cầu dài 412", " m. [1", "] Cầu có bốn", " làn xe.") for w in coming.feed(piece)]
    ['Cầu dài 412 m.']
    >>> [w.text for w in coming.finish()]
    ['Cầu có bốn làn xe.']
    """

    def __init__(self, outlets: Sequence[str] = ()) -> None:
        self._outlets = outlets
        self._text = ""
        self._given = 0

    @property
    def text(self) -> str:
        """All that arrived."""
        return self._text

    def feed(self, piece: str) -> list[Written]:
        """The sentences that a piece completes: one is complete when the next has begun."""
        self._text += piece
        whole = self._text
        if "<think>" in whole and "</think>" not in whole:
            return []
        opened = max(whole.rfind("["), whole.rfind("【"))
        if opened > max(whole.rfind("]"), whole.rfind("】")):
            whole = whole[:opened]  # a marker that is still arriving
        return self._new(read_written(whole, self._outlets)[:-1])

    def finish(self) -> list[Written]:
        """What is left when nothing more will come."""
        return self._new(read_written(self._text, self._outlets))

    def _new(self, complete: Sequence[Written]) -> list[Written]:
        new = list(complete[self._given :])
        self._given += len(new)
        return new
