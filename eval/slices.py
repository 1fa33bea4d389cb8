"""Which part of the questions does a figure come from? Slices, read from each question itself.

    question, its type, the gold article's date, the moment of asking -> {dimension: slice}

    typing   with diacritics, no diacritics, typo or abbreviation (so labelled), English
    asks     what the question wants: a person, a time, a number … (for sets whose types say nothing)
    time     whether it names a time
    length   up to 8 syllables, 9 to 16, more
    age      how old the newest gold article is, seen from the moment of asking

Nothing is drawn or guessed at random: the same file gives the same slices.
This module knows nothing of answers or metrics.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from app.asked import is_english, read_question
from app.when import read_when
from eval.metrics.words import words
from eval.summary import as_json, summarise
from index.vietnamese import has_diacritics
from ingest.article import VIETNAM

UNDATED_NOW = datetime(2026, 1, 1, tzinfo=VIETNAM)
"""The moment of asking when neither the question nor the archive tells one: a run must repeat on any day."""

ORDER: Mapping[str, tuple[str, ...]] = {
    "typing": ("with diacritics", "no diacritics", "typo or abbreviation", "English"),
    "time": ("names a time", "names no time"),
    "length": ("up to 8 syllables", "9 to 16", "17 and more"),
    "age": ("up to a week", "up to a month", "up to a year", "over a year", "undated"),
}
"""Slices in the order in which a reader expects them; others stand by size."""

_LABELLED = {"typo_or_abbrev": "typo or abbreviation", "no_diacritics": "no diacritics", "english": "English"}
_AGES = ((7, "up to a week"), (31, "up to a month"), (366, "up to a year"))


def slices_of(text: str, now: datetime, kind: str = "", published: Iterable[datetime | None] = ()) -> dict[str, str]:
    """The slice of one question in every dimension that applies. published: of its gold articles, if it has any.

    >>> from datetime import UTC
    >>> slices_of("Ai xay cau Song Lam?", datetime(2031, 5, 20, tzinfo=UTC))["typing"]
    'no diacritics'
    """
    count = len(words(text))
    found = {
        "typing": _LABELLED.get(kind) or _typing(text),
        "asks": str(read_question(text).wanted),
        "time": "names a time" if kind == "time_scoped" or read_when(text, now) else "names no time",
        "length": "up to 8 syllables" if count <= 8 else "9 to 16" if count <= 16 else "17 and more",
    }
    dates = list(published)
    if dates:
        found["age"] = _age([date for date in dates if date], now)
    return found


def by_slice(items: Sequence[Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
    """{dimension: {slice: {"n", "metrics", "intervals"}}} of items with "slices" and "scores".

    A dimension with one slice only says nothing and is left out.
    """
    made: dict[str, dict[str, Any]] = {}
    for dimension in dict.fromkeys(name for item in items for name in item.get("slices", ())):
        groups: dict[str, list[Mapping[str, Any]]] = {}
        for item in items:
            if dimension in item.get("slices", ()):
                groups.setdefault(item["slices"][dimension], []).append(item)
        if len(groups) > 1:
            made[dimension] = {
                name: {"n": len(groups[name]), **as_json(summarise(groups[name]))}
                for name in sorted(groups, key=lambda name: _place(dimension, name, len(groups[name])))
            }
    return made


def _typing(text: str) -> str:
    if has_diacritics(text):
        return "with diacritics"
    return "English" if is_english(text.lower()) else "no diacritics"


def _age(dates: Sequence[datetime], now: datetime) -> str:
    if not dates:
        return "undated"
    days = (now - max(dates)).days
    return next((name for limit, name in _AGES if days <= limit), "over a year")


def _place(dimension: str, name: str, size: int) -> tuple[int, int, str]:
    known = ORDER.get(dimension, ())
    return (known.index(name) if name in known else len(known), -size, name)
