"""Ranks of documents from hits on passages."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from eval.datasets import Document, RetrievalSet
from eval.retrieval import article_of, latency_ms, ranked_docids, report, run_queries
from index.passage import Hit, Passage, Query


def hit(rank: int, docid: str, number: int = 0, same_story: tuple[str, ...] = ()) -> Hit:
    passage = Passage(f"{docid}#{number}", docid, 0, 2, "Lũ", title="Lũ")
    return Hit(passage, rank, score=1 / rank, same_story=same_story)


def retrieval_set(**queries: dict[str, int]) -> RetrievalSet:
    documents = tuple(Document(f"d{n}", "", "Lũ") for n in range(1, 4))
    return RetrievalSet("lũ", documents, {qid: f"hỏi {qid}" for qid in queries}, queries, 0, "x", "y")


def test_a_document_stands_where_its_best_passage_stands() -> None:
    assert ranked_docids([hit(2, "b"), hit(1, "a"), hit(3, "a", 1), hit(4, "c")]) == ["a", "b", "c"]


def test_articles_of_the_same_story_stand_right_after_the_hit_they_are_folded_under() -> None:
    assert ranked_docids([hit(1, "a", same_story=("copy",)), hit(2, "b"), hit(3, "copy")]) == ["a", "copy", "b"]


def test_metrics_are_means_over_the_queries() -> None:
    found = {"hỏi q1": [hit(1, "d1"), hit(2, "d2")], "hỏi q2": [hit(1, "d1"), hit(2, "d3")]}
    data = retrieval_set(q1={"d1": 1}, q2={"d3": 1})
    items = run_queries(data, lambda query: found[query.text])
    assert [(item["qid"], item["docids"]) for item in items] == [("q1", ["d1", "d2"]), ("q2", ["d1", "d3"])]
    metrics = report(data, items, {"docs_per_s": 3.0}, {"mode": "hybrid"})["metrics"]
    # ranks 1 and 2: R@1 1/2, MRR (1 + 1/2)/2, nDCG (1 + 1/log2(3))/2
    assert metrics == {"R@1": 0.5, "R@5": 1.0, "R@10": 1.0, "MRR@10": 0.75, "nDCG@10": pytest.approx(0.815465)}


def test_a_search_that_fails_is_a_miss_and_says_why() -> None:
    def search(query: Query) -> Sequence[Hit]:
        if query.text == "hỏi q2":
            raise RuntimeError("kho đóng")
        return [hit(1, "d1")]

    data = retrieval_set(q1={"d1": 1}, q2={"d1": 1})
    found = report(data, run_queries(data, search), {"docs_per_s": 3.0}, {})
    assert found["metrics"]["R@10"] == 0.5
    assert found["errors"] == 1
    assert found["items"][1]["error"] == "RuntimeError: kho đóng"
    assert found["items"][1]["docids"] == []


def test_more_passages_are_asked_for_until_ten_documents_are_there() -> None:
    # 70 passages of the document on top hide the gold one; asking for more brings it
    passages = [hit(n, "d1", n) for n in range(1, 71)] + [hit(71, "d2")]
    asked: list[int] = []

    def search(query: Query) -> Sequence[Hit]:
        asked.append(query.k)
        return passages[: query.k]

    (item,) = run_queries(retrieval_set(q1={"d2": 1}), search)
    assert item["docids"] == ["d1", "d2"]
    assert asked[-1] > 71
    assert asked[-1] <= 1000


def test_latency_leaves_out_the_searches_that_failed() -> None:
    items = [{"ms": 1.0, "error": ""}, {"ms": 3.0, "error": ""}, {"ms": 900.0, "error": "x"}]
    assert latency_ms(items) == {"p50": 2.0, "p95": 2.9}
    assert latency_ms(items[2:]) == {}


def test_a_document_keeps_all_its_text_even_when_a_line_looks_like_a_caption() -> None:
    article = article_of(Document("d1", "Lũ  lớn", "Ảnh: Trần Văn Lúa\nNước lên.\n\n(Báo Lúa) - Hết."))
    assert article.text == "Ảnh: Trần Văn Lúa\n\nNước lên.\n\n(Báo Lúa) - Hết."
    assert (article.id, article.title) == ("d1", "Lũ lớn")


def test_a_document_with_a_title_only_is_found_by_its_title() -> None:
    assert article_of(Document("d1", "Lũ ở An Phú", "")).text == "Lũ ở An Phú"
