"""Fit when to say that the archive does not know: write app/doubt.json.

    python scripts/fit_doubt.py ../shared/data [--out app/doubt.json]

In: labelled questions that are asked of the answerer as it stands, each with whether its archive answers it: our own over news
(data/training/news.jsonl), over encyclopaedia passages and over the sample, those of viquad2, and questions of other domains.
Out: SEEDS times TREES trees of depth 2 over app/abstain.py's features, their log odds averaged; and what the reader takes from
them. No question of news_qa is fitted on, nor any of data/training/news-unseen.jsonl. docs/decisions/0006-abstention.md says why trees, why these weights and why this threshold. About six minutes on two cores.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.ensemble import GradientBoostingClassifier

from app.abstain import THRESHOLD, Features
from app.answer import Question
from app.asked import read_question
from app.choose import Weights
from app.quote import QuotationAnswerer
from app.settings import read_settings
from eval.answering import bar, sitting
from eval.datasets import LabelledQuestion, read_jsonl, read_questions
from index.passage import Hit

TREES, DEPTH, RATE, SEEDS, LEAF = 200, 2, 0.05, 2, 15
READER = 0.1
"""What one of the reader's log odds takes from the doubt. A regression beside the trees gives 0.37 on questions over news that it has
not learnt from; it then doubts what is asked in other words too much."""
AT = 0.5
"""Log odds of the trees that stand for THRESHOLD: chosen so that at most 1 in 20 of news_qa's answerable questions lies above."""
SPREAD = 1.5
"""What log odds about the threshold are multiplied by: a mean of two fits, each with its rate, is more timid than either."""
NOT_FITTED = ("floor", "answers", "most")
"""Features that are no part of the trees."""
ROOT = Path(__file__).parent.parent

Rows = list[tuple[Features, bool]]


class Watched(QuotationAnswerer):
    """An answerer that keeps what it judged the doubt of its last question by."""

    seen: Features | None = None

    def _ranked(self, asked: Any, text: str, weights: Weights, hits: Sequence[Hit]) -> Any:
        found = super()._ranked(asked, text, weights, hits)
        self.seen = found.features
        return found


def rows(articles: Path, questions: Sequence[LabelledQuestion], name: str, off_topic: Sequence[Path] = ()) -> Rows:
    """The features of each question that is Vietnamese and finds anything, and whether it has an answer."""
    with sitting(read_settings(), articles, (), off_topic=off_topic) as sat:
        app = sat.bench.app
        answerer = Watched(app.searcher, app.archive, reader=app.reader)
        found: Rows = []
        for question in bar(name)([*questions, *sat.questions]):
            answerer.seen = None
            answerer.answer(Question(question.question, now=sat.now))
            if answerer.seen is not None and not read_question(question.question).english:
                found.append((answerer.seen, question.answerable))
        return found


def own(file: Path) -> list[LabelledQuestion]:
    """Questions of data/training."""
    return [
        LabelledQuestion(where, record["question"], record["kind"] in ("plain", "paraphrase"))
        for where, record in read_jsonl(file)
    ]


def trees_of(
    x: np.ndarray[Any, Any], y: np.ndarray[Any, Any], weight: np.ndarray[Any, Any], names: Sequence[str]
) -> dict[str, Any]:
    """A table for app/abstain.py: SEEDS fits side by side, each worth as much."""
    base, trees = 0.0, []
    for seed in range(SEEDS):
        fit = GradientBoostingClassifier(
            n_estimators=TREES, max_depth=DEPTH, learning_rate=RATE, subsample=0.6, max_features=0.4,
            min_samples_leaf=LEAF, random_state=seed,
        ).fit(x, y, sample_weight=weight)  # fmt: skip
        known, unknown = fit.init_.class_prior_
        base += math.log(unknown / known) / SEEDS
        trees += [_nested(tree.tree_, 0, names) for tree in fit.estimators_[:, 0]]
    base = SPREAD * (base - AT) + math.log(THRESHOLD / (1 - THRESHOLD))
    return {"base": round(base, 5), "answers": SPREAD * READER, "trees": trees}


def _nested(tree: Any, node: int, names: Sequence[str]) -> Any:
    if tree.children_left[node] < 0:
        return round(float(tree.value[node][0][0]) * RATE / SEEDS * SPREAD, 5)
    low, high = (_nested(tree, int(side[node]), names) for side in (tree.children_left, tree.children_right))
    return [names[tree.feature[node]], round(float(tree.threshold[node]), 5), low, high]


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("--out", type=Path, default=ROOT / "app" / "doubt.json")
    args = parser.parse_args()
    training, retrieval = ROOT / "data" / "training", args.data / "retrieval"
    news, passages = args.data / "news" / "articles.jsonl", retrieval / "viquad2" / "corpus.jsonl"
    others = [retrieval / name / "queries.jsonl" for name in ("alqac", "vimedaqa", "viquad2")]
    sample = [
        question for file in sorted((ROOT / "data" / "questions").glob("*.jsonl")) for question in read_questions(file)
    ]
    sets: list[tuple[float, Rows]] = [
        (1.0, rows(news, own(training / "news.jsonl"), "news")),
        (3.0, rows(news, own(training / "news-plain.jsonl"), "news, plainly asked")),
        (0.3, rows(news, [], "other domains", others)),
        (0.15, rows(passages, own(training / "encyclopaedia.jsonl"), "encyclopaedia")),
        (0.7, rows(passages, read_questions(retrieval / "viquad2" / "qa.jsonl"), "viquad2")),
        (3.0, rows(ROOT / "data" / "sample", sample, "sample")),
    ]
    names = [name for name in asdict(sets[0][1][0][0]) if name not in NOT_FITTED]
    x = np.array([[asdict(found)[name] for name in names] for _, part in sets for found, _ in part])
    y = np.array([not answerable for _, part in sets for _, answerable in part], int)
    weight = np.array([worth for worth, part in sets for _ in part])
    table = trees_of(x, y, weight, names)
    args.out.write_text(json.dumps(table, separators=(",", ":")) + "\n", encoding="utf-8")
    print(f"written: {args.out}, fitted on {len(y):,} questions")
    return 0


if __name__ == "__main__":
    sys.exit(main())
