"""nDCG@k: graded relevance, discounted by rank, against the best possible order.

    DCG@k  = sum over ranks 1..k of grade / log2(rank + 1)
    nDCG@k = DCG@k / DCG@k of the documents in order of their grades

Linear gain, as in trec_eval (ndcg_cut) and BEIR; with grades 0 and 1 the
exponential form is the same. Source: Järvelin and Kekäläinen, ACM TOIS 20(4), 2002.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import log2


def ndcg(ranked: Sequence[str], grades: Mapping[str, int], k: int) -> float:
    """One query's nDCG@k. grades: docid to grade; a docid that is not there counts 0.

    Raises ValueError when no grade is above 0: such a query cannot be scored.

    >>> ndcg(["a", "b"], {"a": 1}, k=10)
    1.0
    """
    ideal = _dcg(sorted((grade for grade in grades.values() if grade > 0), reverse=True)[:k])
    if ideal == 0:
        raise ValueError("nDCG needs at least one docid with a grade above 0")
    return _dcg(max(0, grades.get(docid, 0)) for docid in ranked[:k]) / ideal


def _dcg(gains: Iterable[int]) -> float:
    return sum(gain / log2(rank + 1) for rank, gain in enumerate(gains, start=1))
