"""MRR@k: how high the first relevant document stands.

    RR@k = 1 / rank of the first relevant one, 0 when it is not in the first k
    MRR@k = mean of RR@k over the queries

Source: Voorhees, TREC-8 Question Answering Track Report, 1999.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence


def reciprocal_rank(ranked: Sequence[str], relevant: Collection[str], k: int) -> float:
    """One query's RR@k; ranked is best first.

    >>> reciprocal_rank(["a", "b", "c"], {"b"}, k=10)
    0.5
    """
    return next((1 / rank for rank, docid in enumerate(ranked[:k], start=1) if docid in relevant), 0.0)
