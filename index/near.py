"""The passages nearest to a question's vector: Chroma among all, exactly within a filter, and what Chroma has not heard of.

    no filter      Chroma's nearest, with the few that wait for it compared one by one
    narrow filter  every passage that passes is compared: at most EXACT
    wide filter    Chroma's nearest, more than wanted, those kept that pass

An index of an earlier version keeps no vectors until its next sync: there Chroma does all. This module knows nothing of words.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from heapq import nlargest

import numpy as np
import numpy.typing as npt

from index.catalogue import Catalogue
from index.kept import Filter
from index.store import VectorStore

Float32 = npt.NDArray[np.float32]

EXACT = 20_000
"""Passages compared one by one within a filter: some 30 MB read, about 40 ms."""

SPARE = 1.5
"""Asked of Chroma beyond what a wide filter would leave if dates were spread evenly."""

MOST = 5_000
"""Nearest passages asked of Chroma at once."""


class Near:
    """The dense leg of one index. Safe to share between threads."""

    def __init__(self, catalogue: Catalogue, store: VectorStore) -> None:
        self._catalogue = catalogue
        self._store = store

    def vectors(self, ids: Sequence[str]) -> dict[str, Float32]:
        """The vectors of these ids; unknown ones are left out."""
        return self._catalogue.vectors(ids) if self._catalogue.keeps() else self._store.vectors(ids)

    def nearest(
        self,
        vector: Float32,
        k: int,
        *,
        since: datetime | None = None,
        until: datetime | None = None,
        outlets: Sequence[str] = (),
        sections: Sequence[str] = (),
    ) -> list[tuple[str, float]]:
        """The k nearest ids with their cosine to a unit vector (dimension,), best first."""
        if not self._catalogue.keeps():
            return self._store.nearest(vector, k, since=since, until=until, outlets=outlets, sections=sections)
        allowed = Filter(since, until, outlets, sections)
        if not allowed:
            return _best(self._all(vector, k, allowed), k)
        passing = self._catalogue.passing(allowed, most=EXACT + 1)
        if passing > EXACT:
            total = self._catalogue.count()
            asked = min(MOST, int(k * SPARE * total / EXACT) + 1)
            found = self._all(vector, asked, allowed)
            if len(found) >= min(k, passing):
                return _best(found, k)
        return _best(self._catalogue.cosines(allowed, vector), k)

    def _all(self, vector: Float32, k: int, allowed: Filter) -> dict[str, float]:
        """Of the k nearest in Chroma those that pass, and all that wait for Chroma and pass."""
        waiting = set(self._catalogue.waiting_ids())
        near = {i: cosine for i, cosine in self._store.nearest(vector, k) if i not in waiting}
        if allowed:
            passing = self._catalogue.among(allowed, list(near))
            near = {i: cosine for i, cosine in near.items() if i in passing}
        if waiting:
            near.update(self._catalogue.cosines(allowed, vector, waiting))
        return near


def _best(cosines: dict[str, float], k: int) -> list[tuple[str, float]]:
    return nlargest(k, cosines.items(), key=lambda pair: pair[1])
