"""What one answer scores, and what a run of them comes to, from the items alone.

    item (what was said, what is gold) -> scores -> means with intervals, and the figures that need the whole run

Nothing here asks, reads or times anything: every figure can be computed again
from a report's items. This module knows nothing of how answers are made.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from eval.bootstrap import Interval, interval, interval_of
from eval.datasets import OFF_TOPIC
from eval.metrics.auroc import auroc
from eval.metrics.calibration import ece
from eval.metrics.citation import Span, citation_precision, citation_recall
from eval.metrics.contains import any_contained, share_contained
from eval.metrics.coverage_risk import aurc, coverage_risk
from eval.metrics.exact_match import exact_match
from eval.metrics.mrr import reciprocal_rank
from eval.metrics.ndcg import ndcg
from eval.metrics.recall import recall
from eval.metrics.support import marker_precision, marker_recall
from eval.metrics.token_f1 import token_f1
from eval.metrics.words import words
from eval.summary import summarise
from index.split import sentences

_MARKER = re.compile(r"\[\d+\]")


def score(item: Mapping[str, Any]) -> dict[str, float | None]:
    """The metrics of one item from the item alone; None where one does not apply.

    Answerable questions: `right` (the gold answer stands in a quotation of a gold article), `cited_docid`
    (a gold article is cited), `contained` (in any quotation), `retrieved` (a gold article is among the
    hits), R@1, R@5, MRR@10 and nDCG@10 of the hits, short_em, short_f1, short_contained (again with `_facts`
    for factoid, number, date and place questions), first_contained (in the first quotation, where a gold article was
    found), citation precision
    and recall where the evidence was found, abstained_answerable (a false refusal).
    Unanswerable ones: `right` and abstained_unanswerable (silence was kept).
    Both: `verbatim`, and whether the markers of what was said lead to it (marker_recall, marker_precision).
    Lists want all their answers: containment is the share found, F1 is against all of them joined.
    """
    silent = item["abstained"] is not None or bool(item["error"])
    cited = [] if silent else item["citations"]
    marks = item["verbatim"]
    by_marker = {citation["marker"]: citation["quote"] for citation in cited}
    general = {
        "verbatim": sum(marks) / len(marks) if marks else None,
        "marker_recall": None if silent else marker_recall(item["answer"], by_marker),
        "marker_precision": None if silent else marker_precision(item["answer"], by_marker),
    }
    if not item["answerable"]:
        kept = float(item["abstained"] is not None)  # a crash is no silence
        if item["type"] == OFF_TOPIC:
            return {**general, "abstained_off_topic": kept}
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
    hit_docids = {hit["docid"] for hit in item["hits"]}
    return {
        "right": contained(gold_quotes, item["answers"]),
        "cited_docid": float(bool(gold_quotes)),
        "contained": contained(quotes, item["answers"]),
        "retrieved": float(any(hit["docid"] in gold_docids for hit in item["hits"])),
        **_ranking(item),
        "short_em": exact_match(short, golds),
        "short_f1": token_f1(short, golds),
        "short_contained": contained([short], item["answers"]),
        **_facts(item, short),
        "first_contained": any_contained(quotes[:1], item["answers"]) if gold_docids & hit_docids else None,
        "citation_precision": citation_precision(spans, evidence) if evidence and spans else None,
        "citation_recall": citation_recall(spans, evidence) if evidence else None,
        **general,
        "abstained_answerable": float(item["abstained"] is not None),
    }


FACTS = frozenset({"factoid", "number", "date", "place"})
"""Types of question that a short answer can settle."""


def _facts(item: Mapping[str, Any], short: str) -> dict[str, float]:
    """The short answer again, for the types of question that it can settle."""
    if item["type"] not in FACTS:
        return {}
    return {
        "short_f1_facts": token_f1(short, item["answers"]),
        "short_contained_facts": any_contained([short], item["answers"]),
    }


def _ranking(item: Mapping[str, Any]) -> dict[str, float]:
    """R@k, MRR@10 and nDCG@10 of the hits' articles, each once; the gold articles are alternatives, any one will do."""
    ordered = sorted(item["hits"], key=lambda hit: hit["rank"])
    ranked = list(dict.fromkeys(docid for hit in ordered for docid in (hit["docid"], *hit.get("same_story", ()))))
    gold = set(item["docids"])
    first = next((docid for docid in ranked if docid in gold), None)
    # Every gold article says the same: what counts is where the first of them stands, not how many were found.
    wanted = {first if first is not None else item["docids"][0]}
    return {
        "R@1": recall(ranked, wanted, 1),
        "R@5": recall(ranked, wanted, 5),
        "R@10": recall(ranked, wanted, 10),
        "MRR@10": reciprocal_rank(ranked, wanted, 10),
        "nDCG@10": ndcg(ranked, dict.fromkeys(wanted, 1), 10),
    }


def metrics_of(items: Sequence[Mapping[str, Any]]) -> dict[str, Interval]:
    """All metrics of a run: the means of the scores, and the two that need the whole run.

    abstain_auroc: does the doubt score tell unanswerable questions from answerable ones? abstain_auroc_off_topic: the
    same with the off-topic ones among the unanswerable.
    abstain_ece: how far the doubt score is from the share of unanswerable questions at that score.
    aurc: risk (an answer that is not right) over the coverage reached; better low.
    """
    found = summarise(items)
    doubts: dict[bool, list[float]] = {True: [], False: []}
    off_topic: list[float] = []
    for item in items:
        if not item["error"]:
            kind = off_topic if item["type"] == OFF_TOPIC else doubts[item["answerable"]]
            kind.append(item["abstain_score"])
    if off_topic and doubts[True]:
        found["abstain_auroc_off_topic"] = interval_of(auroc, [*doubts[False], *off_topic], doubts[True])
    if doubts[True] and doubts[False]:
        found["abstain_auroc"] = interval_of(auroc, doubts[False], doubts[True])
        pairs = [(doubt, float(not kind)) for kind, scores in doubts.items() for doubt in scores]
        found["abstain_ece"] = interval_of(lambda rows: ece(rows[:, 0].tolist(), rows[:, 1].tolist()), pairs)
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
        if item["abstained"] is None and not item["error"] and item["type"] != OFF_TOPIC
    ]


def sizes_of(items: Iterable[Mapping[str, Any]]) -> dict[str, Interval]:
    """Words, sentences and quotations of an answer, and seconds, on average over the answers given."""
    answered = [item for item in items if item["abstained"] is None and not item["error"]]
    if not answered:
        return {}
    texts = [_MARKER.sub(" ", item["answer"]) for item in answered]
    return {
        "words_per_answer": interval([len(words(text)) for text in texts]),
        "sentences_per_answer": interval([len(sentences(text)) for text in texts]),
        "citations_per_answer": interval([len(item["citations"]) for item in answered]),
        "seconds_per_answer": interval([item["seconds"] for item in answered]),
    }
