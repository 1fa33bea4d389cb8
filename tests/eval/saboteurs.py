"""Answerers that lie in one way each: what the gate must catch."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from app.answer import Answer, Answerer, Question


class Remembering:
    """Asks the true answerer once for each question, whoever asks again."""

    def __init__(self, true: Answerer) -> None:
        self._true = true
        self._known: dict[Question, Answer] = {}

    def answer(self, question: Question) -> Answer:
        if question not in self._known:
            self._known[question] = self._true.answer(question)
        return self._known[question]


class Saboteur:
    """The true answerer's answers, changed."""

    def __init__(self, true: Answerer, change: Callable[[Answer], Answer]) -> None:
        self._true = true
        self._change = change

    def answer(self, question: Question) -> Answer:
        return self._change(self._true.answer(question))


def wrong_marker(said: Answer) -> Answer:
    """Every [n] names the next number."""
    return replace(said, text=re.sub(r"\[(\d+)\]", lambda found: f"[{int(found[1]) + 1}]", said.text))


def off_by_one(said: Answer) -> Answer:
    """Every quotation says that it stands one character further on than it does."""
    moved = (replace(c, start=c.start + 1, end=c.end + 1) for c in said.citations)
    return replace(said, citations=tuple(moved))


def always_abstain(said: Answer) -> Answer:
    return replace(said, text="", short_answer="", citations=(), abstained="not_in_archive")


def always_answer(said: Answer) -> Answer:
    return replace(said, text=said.text or "Có.", abstained=None)


SABOTAGE = {
    "wrong marker": (wrong_marker, {"marker_recall", "marker_precision"}),
    "off-by-one span": (off_by_one, {"verbatim"}),
    "always abstain": (always_abstain, {"right", "cited_docid", "contained", "abstained_answerable"}),
    "always answer": (always_answer, {"abstained_unanswerable"}),
}
"""Name: the change, and the figures that must fall at the least."""
