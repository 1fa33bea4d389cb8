"""Answers, measured: is the right article cited, is the answer in the quotation, is silence kept when it is due?

    questions -> the app's own answerer, one at a time -> items -> scores -> metrics with intervals

Every question stands alone. An exception or a time-out is a miss, counted and
shown first. An abstention answers nothing, whatever it shows beside itself.
Items hold what the answerer said and the gold data, so that all metrics can be
computed again from them. This module knows nothing of how answers are made.
"""

from __future__ import annotations

import queue
import re
import threading
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from app.answer import Answerer, Question, Turn
from eval.bootstrap import Interval, interval_of
from eval.datasets import LabelledQuestion
from eval.metrics.auroc import auroc
from eval.metrics.citation import Span, citation_precision, citation_recall, locate, verbatim
from eval.metrics.contains import any_contained, share_contained
from eval.metrics.coverage_risk import aurc, coverage_risk
from eval.metrics.exact_match import exact_match
from eval.metrics.token_f1 import token_f1
from eval.metrics.words import words
from eval.summary import as_json, summarise

TextOf = Callable[[str], str | None]

_MARKER = re.compile(r"\[\d+\]")


def run_questions(
    questions: Sequence[LabelledQuestion],
    answerer: Answerer,
    text_of: TextOf,
    *,
    timeout_s: float = 60.0,
    progress: Callable[[Iterable[LabelledQuestion]], Iterable[LabelledQuestion]] = lambda asked: asked,
) -> list[dict[str, Any]]:
    """Every question once, in order: an item each, scored. text_of gives an archived article's text.

    timeout_s: seconds after which a question counts as a miss; what it was doing is left to itself.
    """
    desk = _Desk(answerer)
    items = []
    for question in progress(questions):
        said, error = desk.ask(_asked(question), timeout_s)
        if error == _TIMED_OUT:
            desk = _Desk(answerer)
        item = {
            "id": question.id,
            "type": question.type,
            "question": question.question,
            "answerable": question.answerable,
            "answers": list(question.answers),
            "docids": list(question.docids),
            "evidence": [[at.docid, at.start, at.end] for at in evidence_places(question, text_of)],
            "evidence_given": bool(question.evidence),
            "gold_archived": any(text_of(docid) is not None for docid in question.docids),
            **said,
            "verbatim": [_is_verbatim(citation, text_of) for citation in said["citations"]],
            "error": error,
        }
        items.append({**item, "scores": score(item)})
    return items


def evidence_places(question: LabelledQuestion, text_of: TextOf) -> list[Span]:
    """Where the gold evidence stands in the gold articles as archived; [] when unmarked or not found."""
    if not question.evidence:
        return []
    texts = ((docid, text_of(docid)) for docid in question.docids)
    places = (locate(question.evidence, docid, text) for docid, text in texts if text)
    return [place for place in places if place]


def score(item: Mapping[str, Any]) -> dict[str, float | None]:
    """The metrics of one item from the item alone; None where one does not apply.

    Answerable questions: `right` (the gold answer stands in a quotation of a gold article), `cited_docid`
    (a gold article is cited), `contained` (in any quotation), `retrieved` (a gold article is among the
    hits), short_em, short_f1, short_contained, citation precision and recall where the evidence was found,
    abstained_answerable. Unanswerable ones: `right` and abstained_unanswerable (silence was kept).
    Lists want all their answers: containment is the share found, F1 is against all of them joined.
    """
    silent = item["abstained"] is not None or bool(item["error"])
    cited = [] if silent else item["citations"]
    marks = item["verbatim"]
    general = {"verbatim": sum(marks) / len(marks) if marks else None}
    if not item["answerable"]:
        kept = float(item["abstained"] is not None)  # a crash is no silence
        return {"right": kept, **general, "abstained_unanswerable": kept}
    gold_docids = set(item["docids"])
    quotes = [citation["quote"] for citation in cited]
    gold_quotes = [citation["quote"] for citation in cited if citation["docid"] in gold_docids]
    spans = [Span(citation["docid"], citation["start"], citation["end"]) for citation in cited]
    evidence = [Span(*place) for place in item["evidence"]]
    short = "" if silent else item["short_answer"]
    wants_all = item["type"] == "list"
    contained = share_contained if wants_all else any_contained
    golds = [" ".join(item["answers"])] if wants_all else item["answers"]
    return {
        "right": contained(gold_quotes, item["answers"]),
        "cited_docid": float(bool(gold_quotes)),
        "contained": contained(quotes, item["answers"]),
        "retrieved": float(any(hit["docid"] in gold_docids for hit in item["hits"])),
        "short_em": exact_match(short, golds),
        "short_f1": token_f1(short, golds),
        "short_contained": contained([short], item["answers"]),
        "citation_precision": citation_precision(spans, evidence) if evidence and spans else None,
        "citation_recall": citation_recall(spans, evidence) if evidence else None,
        **general,
        "abstained_answerable": float(item["abstained"] is not None),
    }


def metrics_of(items: Sequence[Mapping[str, Any]]) -> dict[str, Interval]:
    """All metrics of a run: the means of the scores, and the two that need the whole run.

    abstain_auroc: does the doubt score tell unanswerable questions from answerable ones?
    aurc: risk (an answer that is not right) over the coverage reached; better low.
    """
    found = summarise(items)
    doubts: dict[bool, list[float]] = {True: [], False: []}
    for item in items:
        if not item["error"]:
            doubts[item["answerable"]].append(item["abstain_score"])
    if doubts[True] and doubts[False]:
        found["abstain_auroc"] = interval_of(auroc, doubts[False], doubts[True])
    given = given_answers(items)
    if given:
        found["aurc"] = interval_of(
            lambda rows: aurc(coverage_risk(rows[:, 0].tolist(), (rows[:, 1] > 0).tolist(), len(rows))), given
        )
    return found


def given_answers(items: Iterable[Mapping[str, Any]]) -> list[tuple[float, bool]]:
    """(doubt, wrong) of every question that got an answer; wrong is less than half right."""
    return [
        (item["abstain_score"], item["scores"]["right"] < 0.5 or not item["answerable"])
        for item in items
        if item["abstained"] is None and not item["error"]
    ]


def report(items: Sequence[Mapping[str, Any]], run: Mapping[str, Any]) -> dict[str, Any]:
    """The JSON of `hoitin-eval answers`."""
    types = list(dict.fromkeys(item["type"] for item in items))
    answered = [item for item in items if item["abstained"] is None and not item["error"]]
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
        "sizes": _sizes(answered),
        "gold_not_archived": [i["id"] for i in items if i["answerable"] and not i["gold_archived"]],
        "evidence_not_found": [i["id"] for i in items if i["answerable"] and i["evidence_given"] and not i["evidence"]],
        "run": dict(run),
        "items": list(items),
    }


def _sizes(answered: Sequence[Mapping[str, Any]]) -> dict[str, float]:
    """Words, sentences and quotations of an answer, and seconds, on average."""
    from index.split import sentences

    if not answered:
        return {}
    texts = [_MARKER.sub(" ", item["answer"]) for item in answered]
    totals = {
        "words_per_answer": sum(len(words(text)) for text in texts),
        "sentences_per_answer": sum(len(sentences(text)) for text in texts),
        "citations_per_answer": sum(len(item["citations"]) for item in answered),
        "seconds_per_answer": sum(item["seconds"] for item in answered),
    }
    return {name: round(total / len(answered), 3) for name, total in totals.items()}


def _asked(question: LabelledQuestion) -> Question:
    history = tuple(Turn(turn["role"], turn["content"]) for turn in question.history)
    return Question(question.question, now=question.now, history=history)


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
