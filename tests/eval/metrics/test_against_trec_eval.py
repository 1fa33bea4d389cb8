"""Ranking metrics are those of trec_eval, on random runs with grades, ties of grade, gaps and unjudged documents."""

from __future__ import annotations

import random

import pytest

from eval.metrics.mrr import reciprocal_rank
from eval.metrics.ndcg import ndcg
from eval.metrics.recall import recall

pytrec_eval = pytest.importorskip("pytrec_eval", reason="pytrec-eval-terrier is not installed: pip install '.[test]'")


def test_four_hundred_random_runs_score_as_trec_eval_scores_them() -> None:
    rng = random.Random(8)
    docids = [f"bài-{n}" for n in range(40)]
    qrels, rankings = {}, {}
    for number in range(400):
        judged = rng.sample(docids, rng.randint(1, 15))
        grades = {docid: rng.choice((0, 0, 1, 1, 2, 3)) for docid in judged}
        grades[judged[0]] = rng.randint(1, 3)
        qrels[f"q{number}"] = grades
        rankings[f"q{number}"] = rng.sample(docids, rng.randint(0, 30))
    # trec_eval orders by score: the first of n gets n
    runs = {q: {d: float(len(ranked) - at) for at, d in enumerate(ranked)} for q, ranked in rankings.items() if ranked}
    tens = {q: dict(sorted(run.items(), key=lambda pair: -pair[1])[:10]) for q, run in runs.items()}
    theirs = pytrec_eval.RelevanceEvaluator(qrels, {"ndcg_cut.10", "recall.1,5,10"}).evaluate(runs)
    theirs_rank = pytrec_eval.RelevanceEvaluator(qrels, {"recip_rank"}).evaluate(tens)
    for q, ranked in rankings.items():
        relevant = {docid for docid, grade in qrels[q].items() if grade > 0}
        ours = [ndcg(ranked, qrels[q], 10), *(recall(ranked, relevant, k) for k in (1, 5, 10))]
        ours.append(reciprocal_rank(ranked, relevant, 10))
        names = ("ndcg_cut_10", "recall_1", "recall_5", "recall_10")
        expected = [*(theirs[q][name] for name in names), theirs_rank[q]["recip_rank"]] if ranked else [0.0] * 5
        assert ours == pytest.approx(expected, abs=1e-9), q
