"""The last word on the order of what was found: a cross-encoder's, where one is set, and the date's, where the newest is asked for.

In: (passage id, score), best first, and the passages. Out: the same ids with scores that again only fall: each keeps to the
scale of the list it came in, so that whoever weighs a hit by its score weighs it as before. This module knows nothing of
stores, words or vectors.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

import numpy as np
import numpy.typing as npt

from index.passage import Passage

Ranked = list[tuple[str, float]]

RERANKED = 20
"""Passages given to a cross-encoder: it reads each with the question, some 30 ms apiece on one processor."""

AS_WELL = 0.4
"""How far below the best score a passage still matches as well, where the newest is asked for: less than a name weighs."""


class Reranker(Protocol):
    """Judges passages beside the question. `scores`: (n,) float32, higher is better; any scale."""

    def scores(self, question: str, texts: Sequence[str]) -> npt.NDArray[np.float32]: ...


def open_reranker(model: str) -> Reranker | None:
    """The cross-encoder of a sentence-transformers name or folder; None for "".

    Raises ModelMissing when there is no such model on this machine.
    """
    if not model:
        return None
    from index.reference import CrossEncoderReranker

    return CrossEncoderReranker(model)


def reranked(
    found: Sequence[tuple[str, float]], passages: Mapping[str, Passage], question: str, by: Reranker
) -> Ranked:
    """The first RERANKED in the order of the cross-encoder; the scores stay in place, best first."""
    first = [i for i, _ in found[:RERANKED] if i in passages]
    if not first:
        return list(found)
    texts = [f"{passages[i].title}\n{passages[i].text}" if passages[i].title else passages[i].text for i in first]
    judged = by.scores(question, texts)
    order = sorted(range(len(first)), key=lambda n: (-float(judged[n]), n))
    known = [(i, score) for i, score in found if i in passages]
    return [*((first[n], known[place][1]) for place, n in enumerate(order)), *known[len(first) :]]


def newest_first(found: Sequence[tuple[str, float]], passages: Mapping[str, Passage]) -> Ranked:
    """Among passages that match as well as the best, the newest article first; the undated after them.

    The newest article's best passage gets the best score; each older article starts a step lower, the last one less than AS_WELL.
    Passages of one article keep their order.
    """
    known = [(i, score) for i, score in found if i in passages]
    if not known:
        return []
    best = known[0][1]
    good = [i for i, score in known if score >= best - AS_WELL]
    times: dict[str, float] = {}
    for i in good:
        published = passages[i].published
        times.setdefault(passages[i].docid, published.timestamp() if published else float("-inf"))
    place = {docid: n for n, docid in enumerate(sorted(times, key=lambda docid: -times[docid]))}
    good.sort(key=lambda i: place[passages[i].docid])
    step = AS_WELL / len(place)
    return [*((i, round(best - step * place[passages[i].docid], 9)) for i in good), *known[len(good) :]]
