"""Answers, measured: is the right article cited, is the answer in the quotation, is silence kept when it is due?

    questions -> the app's own answerer, one at a time -> items, scored -> report

Every question stands alone. An exception or a time-out is a miss, counted and
shown first. An abstention answers nothing, whatever it shows beside itself.
Items hold what the answerer said and the gold data, so that all metrics can be
computed again from them. This module knows nothing of how answers are made.
"""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from app.answer import Answerer, Question, Turn
from eval.answer_scores import metrics_of, score, sizes_of
from eval.datasets import LabelledQuestion
from eval.journal import Journal
from eval.metrics.citation import Span, locate, verbatim
from eval.slices import UNDATED_NOW, by_slice, slices_of
from eval.summary import as_json

TextOf = Callable[[str], str | None]
DateOf = Callable[[str], datetime | None]


def run_questions(
    questions: Sequence[LabelledQuestion],
    answerer: Answerer,
    text_of: TextOf,
    *,
    timeout_s: float = 60.0,
    now: datetime = UNDATED_NOW,
    published_of: DateOf = lambda _: None,
    journal: Journal | None = None,
    progress: Callable[[Iterable[LabelledQuestion]], Iterable[LabelledQuestion]] = lambda asked: asked,
) -> list[dict[str, Any]]:
    """Every question once, in order: an item each, scored. text_of gives an archived article's text.

    timeout_s: seconds after which a question counts as a miss; what it was doing is left to itself.
    now: the moment of asking, for questions that do not tell theirs. published_of: an article's date.
    journal: what an earlier run, cut short, had answered already; it is added to.
    """
    desk = _Desk(answerer)
    items = []
    for question in progress(questions):
        item = journal.get(question.id) if journal is not None else None
        if item is None:
            said, error = desk.ask(_asked(question, now), timeout_s)
            if error == _TIMED_OUT:
                desk = _Desk(answerer)
            item = _item(question, said, error, now, text_of, published_of)
            if journal is not None:
                journal.add(question.id, item)
        items.append({**item, "scores": score(item)})
    return items


def _item(
    question: LabelledQuestion,
    said: Mapping[str, Any],
    error: str,
    now: datetime,
    text_of: TextOf,
    published_of: DateOf,
) -> dict[str, Any]:
    archived = [docid for docid in question.docids if text_of(docid) is not None]
    dates = [published_of(docid) for docid in archived]
    return {
        "id": question.id,
        "type": question.type,
        "question": question.question,
        "answerable": question.answerable,
        "answers": list(question.answers),
        "docids": list(question.docids),
        "evidence": [[at.docid, at.start, at.end] for at in evidence_places(question, text_of)],
        "evidence_given": bool(question.evidence),
        "gold_archived": bool(archived),
        **said,
        "verbatim": [_is_verbatim(citation, text_of) for citation in said["citations"]],
        "error": error,
        "slices": slices_of(question.question, question.now or now, question.type, dates),
    }


def evidence_places(question: LabelledQuestion, text_of: TextOf) -> list[Span]:
    """Where the gold evidence stands in the gold articles as archived; [] when unmarked or not found."""
    if not question.evidence:
        return []
    texts = ((docid, text_of(docid)) for docid in question.docids)
    places = (locate(question.evidence, docid, text) for docid, text in texts if text)
    return [place for place in places if place]


def report(items: Sequence[Mapping[str, Any]], run: Mapping[str, Any]) -> dict[str, Any]:
    """The JSON of `hoitin-eval answers`."""
    types = list(dict.fromkeys(item["type"] for item in items))
    sizes = sizes_of(items)
    return {
        "kind": "answers",
        "n": len(items),
        "errors": sum(bool(item["error"]) for item in items),
        **as_json(metrics_of(items)),
        "by_type": {
            kind: {"n": len(of_kind), **as_json(metrics_of(of_kind))}
            for kind in types
            if (of_kind := [item for item in items if item["type"] == kind])
        },
        "by_slice": by_slice(items),
        "sizes": {name: round(found.value, 3) for name, found in sizes.items()},
        "size_intervals": as_json(sizes)["intervals"],
        "gold_not_archived": [i["id"] for i in items if i["answerable"] and not i["gold_archived"]],
        "evidence_not_found": [i["id"] for i in items if i["answerable"] and i["evidence_given"] and not i["evidence"]],
        "run": dict(run),
        "items": list(items),
    }


def _asked(question: LabelledQuestion, now: datetime) -> Question:
    history = tuple(Turn(turn["role"], turn["content"]) for turn in question.history)
    return Question(question.question, now=question.now or now, history=history)


def _is_verbatim(citation: Mapping[str, Any], text_of: TextOf) -> bool:
    return verbatim(citation["quote"], Span(citation["docid"], citation["start"], citation["end"]), text_of)


_TIMED_OUT = "timed out"
_NOTHING: dict[str, Any] = {
    "answer": "", "short_answer": "", "abstained": None, "abstain_score": 0.0, "citations": [], "hits": [],
}  # fmt: skip


class _Desk:
    """One thread that answers, so that a question that never ends can be left behind."""

    def __init__(self, answerer: Answerer) -> None:
        self._answerer = answerer
        self._asked: queue.SimpleQueue[Question] = queue.SimpleQueue()
        self._said: queue.SimpleQueue[tuple[dict[str, Any], str]] = queue.SimpleQueue()
        threading.Thread(target=self._work, daemon=True).start()

    def ask(self, question: Question, timeout_s: float) -> tuple[dict[str, Any], str]:
        """(what was said, error); the error is "" when all went well."""
        started = time.perf_counter()
        self._asked.put(question)
        try:
            said, error = self._said.get(timeout=timeout_s)
        except queue.Empty:
            said, error = _NOTHING, _TIMED_OUT
        return {**said, "seconds": round(time.perf_counter() - started, 6)}, error

    def _work(self) -> None:
        while True:
            question = self._asked.get()
            try:
                answer = self._answerer.answer(question).as_json()
                self._said.put(({name: answer[name] for name in _NOTHING}, ""))
            except Exception as error:  # the answerer under test may fail in any way; it is a miss, and it is shown
                self._said.put((_NOTHING, f"{type(error).__name__}: {error}"))
