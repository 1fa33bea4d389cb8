"""Find the passages that answer a query: dense and BM25, fused by score.

    encode -> nearest (Chroma, cosine) + matching (BM25) -> fuse -> group

Both legs score every candidate of either, so a passage is never punished for
standing just outside one leg's list. Scores compare only within one list of
hits. This module knows nothing of answers, prompts or web pages.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Literal

import numpy as np

from index.embed import Embedder
from index.passage import Hit, Query
from index.sync import Stores, check
from index.vietnamese import canonical, fold, has_diacritics, pairs, tokens

Mode = Literal["hybrid", "dense", "lexical"]

DENSE_WEIGHT = 0.6
"""Of the fused score; chosen on the development sets, docs/decisions/0003-fusion.md."""

TITLE_BOOST = 0.3
CANDIDATES = 100
"""Passages taken from each leg before fusing."""


class Searcher:
    """The index of one home, for reading. Safe to share between threads."""

    def __init__(self, stores: Stores, embedder: Embedder) -> None:
        check(stores, embedder)
        self._stores = stores
        self._embedder = embedder
        self._seen = stores.catalogue.synced()

    def search(self, query: Query, *, mode: Mode = "hybrid") -> list[Hit]:
        """The best `query.k` passages, best first; several may be of one article."""
        self._refresh()
        filters = {"since": query.since, "until": query.until, "outlets": query.outlets, "sections": query.sections}
        depth = max(CANDIDATES, query.k)
        terms = lexical_terms(query.text)
        dense: dict[str, float] = {}
        lexical: dict[str, float] = {}
        vector = None
        if mode != "lexical":
            vector = self._embedder.encode_queries([canonical(query.text)])[0]
            dense = dict(self._stores.vectors.nearest(vector, depth, **filters))  # type: ignore[arg-type]
        if mode != "dense":
            lexical = dict(self._stores.lexical.matching(terms, depth, **filters))  # type: ignore[arg-type]
        if mode == "hybrid" and vector is not None:
            missing = [i for i in lexical if i not in dense]
            dense.update((i, float(vector @ v)) for i, v in self._stores.vectors.vectors(missing).items())
            missing = [i for i in dense if i not in lexical]
            if missing and lexical:
                lexical.update(self._stores.lexical.matching(terms, len(missing), among=missing))
        fused = fuse(dense, lexical, {"hybrid": DENSE_WEIGHT, "dense": 1.0, "lexical": 0.0}[mode])
        passages = self._stores.catalogue.passages([i for i, _ in fused[: 2 * query.k]])
        known = [(i, score) for i, score in fused if i in passages][: query.k]
        return [
            Hit(passages[i], rank, score, dense.get(i), lexical.get(i))
            for rank, (i, score) in enumerate(known, start=1)
        ]

    def weights(self, text: str) -> dict[str, float]:
        """The terms of a text with their rarity: ln(1 + (N - n + 0.5) / (n + 0.5)), as in BM25.

        Terms are folded when the text has no diacritics.
        """
        field = "words" if has_diacritics(text) else "plain"
        terms = lexical_terms(text)[field]
        total = self._stores.lexical.count()
        counts = {term: min(total, self._stores.lexical.frequency(field, term)) for term in terms}
        return {term: math.log(1 + (total - n + 0.5) / (n + 0.5)) for term, n in counts.items()}

    def _refresh(self) -> None:
        """See what another process has synced since the last query."""
        synced = self._stores.catalogue.synced()
        if synced != self._seen:
            self._stores.lexical.reload()
            self._seen = synced


def lexical_terms(text: str) -> dict[str, dict[str, float]]:
    """The weighted terms of a query, by field of the word index.

    Typed without diacritics, a query can match the folded field only.
    """
    syllables = tokens(text)
    if has_diacritics(text):
        terms = syllables + pairs(syllables)
        return {"words": dict.fromkeys(terms, 1.0), "title": dict.fromkeys(terms, TITLE_BOOST)}
    plain = [fold(s) for s in syllables]
    return {"plain": dict.fromkeys(plain + pairs(plain), 1.0)}


def fuse(dense: Mapping[str, float], lexical: Mapping[str, float], weight: float) -> list[tuple[str, float]]:
    """Merge two legs by score: each is stretched to 0…1 over its own range, then weighted.

    weight: of the dense leg, 0 to 1. An id that a leg did not score gets that leg's 0.
    Best first; ties go by id, so a run repeats exactly.

    >>> fuse({"a": 0.9, "b": 0.8}, {"b": 12.0, "c": 4.0}, 0.6)
    [('a', 0.6), ('b', 0.4), ('c', 0.0)]
    """
    scaled = [(weight, _stretch(dense)), (1 - weight, _stretch(lexical))]
    ids: Sequence[str] = sorted({*dense, *lexical})
    fused = [(i, round(sum(w * leg.get(i, 0.0) for w, leg in scaled if w), 9)) for i in ids]
    if weight == 1.0 or weight == 0.0:
        fused = [(i, s) for i, s in fused if i in (dense if weight else lexical)]
    return sorted(fused, key=lambda pair: (-pair[1], pair[0]))


def _stretch(scores: Mapping[str, float]) -> dict[str, float]:
    if not scores:
        return {}
    values = np.array(list(scores.values()))
    low, high = float(values.min()), float(values.max())
    if high <= low:
        return dict.fromkeys(scores, 1.0)
    return {i: (s - low) / (high - low) for i, s in scores.items()}
