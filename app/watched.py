"""The app as one way of asking sees it: the same, but every question is counted.

    watched(app, on_answer, "api").answerer.answer(question)  ->  the Answer; on_answer told by, outcome, seconds, text

This module knows nothing of where counts go.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any, TypeVar, cast

from app.answer import Answer, Answerer, Question

OnAnswer = Callable[[str, str, float, str], None]
"""Told: by ("chat", "api", "mcp"), outcome ("answered", "abstained", "failed"), seconds, the question's text."""
A = TypeVar("A")


def watched(app: A, on_answer: OnAnswer, by: str) -> A:
    """`app`, whose answerers tell of every question that came through this one."""
    return cast(A, _Watched(app, on_answer, by))


class _Watched:
    def __init__(self, app: Any, on_answer: OnAnswer, by: str) -> None:
        self._app, self._on_answer, self._by = app, on_answer, by

    def __getattr__(self, name: str) -> Any:
        if name == "quotation":  # what the program itself asks, to see what it may offer: nobody's question
            return getattr(self._app, name, None) or self._app.answerer
        found = getattr(self._app, name)
        if name != "answerer":
            return found
        kind = _CountedStream if hasattr(found, "stream") else _Counted
        return kind(found, self._on_answer, self._by)


class _Counted:
    def __init__(self, answerer: Answerer, on_answer: OnAnswer, by: str) -> None:
        self._answerer, self._on_answer, self._by = answerer, on_answer, by

    def answer(self, question: Question) -> Answer:
        """As the answerer does; its own errors pass."""
        begun = time.perf_counter()
        try:
            answer = self._answerer.answer(question)
        except Exception:
            self._tell("failed", begun, question)
            raise
        self._tell("abstained" if answer.abstained else "answered", begun, question)
        return answer

    def _tell(self, outcome: str, begun: float, question: Question) -> None:
        self._on_answer(self._by, outcome, time.perf_counter() - begun, question.text)


class _CountedStream(_Counted):
    def stream(self, question: Question) -> Iterator[Answer]:
        """As the answerer does; counted when it ends, also early: what was last yielded counts."""
        begun, last, failed = time.perf_counter(), None, False
        try:
            for last in self._answerer.stream(question):  # type: ignore[attr-defined]
                yield last
        except Exception:
            failed = True
            raise
        finally:
            outcome = "failed" if failed or last is None else "abstained" if last.abstained else "answered"
            self._tell(outcome, begun, question)
