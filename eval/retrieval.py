"""Retrieval, measured: does the searcher put the right documents first, and how fast?

    queries -> search -> documents by their best passage -> R@k, MRR@10, nDCG@10, latency

A search that fails counts as a miss. Articles folded under a hit as the same
story stand right after it. This module knows nothing of how searching is done:
it is given a function from Query to hits.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

import numpy as np

from eval.datasets import Document, RetrievalSet
from eval.journal import Journal
from eval.metrics.mrr import reciprocal_rank
from eval.metrics.ndcg import ndcg
from eval.metrics.recall import recall
from eval.slices import UNDATED_NOW, by_slice, slices_of
from eval.summary import as_json, summarise
from index.passage import Hit, Query
from ingest.article import Article
from ingest.text import clean_line, clean_paragraphs

DEPTH = 10
"""Documents kept for each query."""
_PASSAGES = 40  # asked for at first: ten documents rarely share fewer passages
_MOST_PASSAGES = 1000

Search = Callable[[Query], Sequence[Hit]]


def article_of(document: Document) -> Article:
    """The document as an article, with all its text: no cleaning of captions, bylines or promo lines.

    >>> article_of(Document("d1", "Cầu mới", "Cầu thông xe.\\n\\nDài 70 m.")).paragraphs
    ('Cầu thông xe.', 'Dài 70 m.')
    """
    title = clean_line(document.title)
    return Article(
        id=document.docid, url="", title=title, paragraphs=clean_paragraphs(document.text) or (title,), lang="vi"
    )


def run_queries(
    data: RetrievalSet,
    search: Search,
    *,
    now: datetime = UNDATED_NOW,
    journal: Journal | None = None,
    progress: Callable[[Iterable[str]], Iterable[str]] = lambda qids: qids,
) -> list[dict[str, Any]]:
    """Every query once, in the order of the file: an item each, with its first documents, scores and milliseconds.

    The first query is asked once before, unmeasured, so that no model is loaded on the clock.
    journal: what an earlier run, cut short, had found already; it is added to.
    """
    qids = list(data.queries)
    _ask(search, data.queries[qids[0]])
    items = []
    for qid in progress(qids):
        item = journal.get(qid) if journal is not None else None
        if item is None:
            docids, seconds, error = _ask(search, data.queries[qid])
            item = {
                "qid": qid,
                "query": data.queries[qid],
                "docids": docids,
                "relevant": dict(data.qrels[qid]),
                "ms": round(seconds * 1000, 3),
                "error": error,
                "slices": slices_of(data.queries[qid], now),
            }
            if journal is not None:
                journal.add(qid, item)
        items.append({**item, "scores": score(item["docids"], data.qrels[qid])})
    return items


def score(docids: Sequence[str], grades: Mapping[str, int]) -> dict[str, float]:
    """The metrics of one query from its ranked documents alone.

    >>> score(["b", "a"], {"a": 1})["MRR@10"]
    0.5
    """
    relevant = {docid for docid, grade in grades.items() if grade > 0}
    return {
        **{f"R@{k}": recall(docids, relevant, k) for k in (1, 5, 10)},
        "MRR@10": reciprocal_rank(docids, relevant, 10),
        "nDCG@10": ndcg(docids, grades, 10),
    }


def report(
    data: RetrievalSet, items: Sequence[Mapping[str, Any]], built: Mapping[str, Any], run: Mapping[str, Any]
) -> dict[str, Any]:
    """The JSON of `hoitin-eval retrieval`. built: what the bench says of its index."""
    return {
        "kind": "retrieval",
        "name": data.name,
        "n": len(items),
        "errors": sum(bool(item["error"]) for item in items),
        **as_json(summarise(items)),
        "by_slice": by_slice(items),
        "latency_ms": latency_ms(items),
        "docs_per_s": built["docs_per_s"],
        "documents": len(data.documents),
        "unjudged_queries": data.unjudged,
        "run": {**run, "index": dict(built)},
        "items": list(items),
    }


def latency_ms(items: Sequence[Mapping[str, Any]]) -> dict[str, float]:
    """Median and 95th percentile of the milliseconds of the searches that came back."""
    times = [item["ms"] for item in items if not item["error"]]
    if not times:
        return {}
    p50, p95 = np.percentile(times, [50, 95])
    return {"p50": round(float(p50), 3), "p95": round(float(p95), 3)}


def ranked_docids(hits: Iterable[Hit]) -> list[str]:
    """Documents in the order of their best passage, each once.

    >>> ranked_docids([])
    []
    """
    ordered = sorted(hits, key=lambda hit: hit.rank)
    return list(dict.fromkeys(docid for hit in ordered for docid in (hit.passage.docid, *hit.same_story)))


def _ask(search: Search, text: str) -> tuple[list[str], float, str]:
    """(first documents, seconds of the first search, error)."""
    passages, seconds = _PASSAGES, None
    started = time.perf_counter()
    try:
        while True:
            hits = search(Query(text, k=passages))
            seconds = time.perf_counter() - started if seconds is None else seconds
            docids = ranked_docids(hits)[:DEPTH]
            if len(docids) == DEPTH or len(hits) < passages or passages >= _MOST_PASSAGES:
                return docids, seconds, ""
            passages *= 5
    except Exception as error:  # the search under test may fail in any way; it is a miss, and it is shown
        return [], time.perf_counter() - started, f"{type(error).__name__}: {error}"
