"""Recall@k: how much of what answers the query stands among the first k.

    R@k = |relevant ∩ first k| / |relevant|

With one relevant document a query (as in most question sets) this is the share
of queries whose document is in the first k. Source: Manning, Raghavan, Schütze,
Introduction to Information Retrieval, 8.4; the same as trec_eval's recall_k.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence


def recall(ranked: Sequence[str], relevant: Collection[str], k: int) -> float:
    """Share of the relevant docids that the first k hold; ranked is best first, each docid once.

    Raises ValueError when nothing is relevant: such a query cannot be scored.

    >>> recall(["a", "b", "c"], {"b", "z"}, k=2)
    0.5
    """
    if not relevant:
        raise ValueError("recall needs at least one relevant docid")
    return len(set(ranked[:k]) & set(relevant)) / len(set(relevant))
