"""Find the passages that answer a query: dense and BM25, fused by score.

    encode -> nearest (Chroma, cosine) + matching (BM25) -> fuse -> look closer at the first -> group

Both legs score every candidate of either, so a passage is never punished for
standing just outside one leg's list. The first passages are read (index/closeness.py) before
their order is final; a cross-encoder or the date may change it (index/order.py). Scores compare only
within one list of hits. This module knows nothing of answers, prompts or web pages.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache, partial
from typing import Any, Literal

from index.closeness import TITLED, UNTITLED, look, sought, terms
from index.embed import Embedder
from index.group import fold
from index.kept import Filter
from index.near import Near
from index.order import Reranker, newest_first, reranked
from index.passage import Hit, Passage, Query
from index.rewrite import Rewritten, rarity, rewrite
from index.sync import Stores, check

Mode = Literal["hybrid", "dense", "lexical"]

COSINE_WEIGHT = 2.5
"""A fused score is COSINE_WEIGHT * cosine + the share of the query's word weight that a passage holds (BM25 over its
own upper bound). Both are absolute, so that one strong leg is not stretched to match a weak one, and scores of
different queries can be compared. Chosen on the development sets: docs/decisions/0016-tuned-encoder.md."""

RESTORED_WORDS = 0.3
"""Share of the accented words in the lexical leg of such a query; the rest is matched without diacritics."""

TITLE_WEIGHT = 0.2
"""Of a query's words met in the article's title, beside 1.0 in the passage."""

LOOKED_AT = 30
"""Passages looked at closely: more change nothing in the first ten, and each costs a fifth of a millisecond."""

CANDIDATES = 100
"""Passages taken from each leg before fusing."""

LATEST = 200
"""Passages looked through for the newest articles."""

RESTORE_FROM = 20
"""Passages matching without diacritics from which a query's diacritics are learnt."""


REMEMBERED = 64
"""Queries whose rewriting is kept."""


class Searcher:
    """The index of one home, for reading. Safe to share between threads.

    reranker: a cross-encoder that orders the first passages; None leaves the order to the fused scores.
    """

    def __init__(self, stores: Stores, embedder: Embedder, reranker: Reranker | None = None) -> None:
        check(stores, embedder, searching=True)
        self._stores = stores
        self._near = Near(stores.catalogue, stores.vectors)
        self._embedder = embedder
        self._reranker = reranker
        self._seen = stores.catalogue.synced()
        self._remembered = lru_cache(maxsize=REMEMBERED)(self._rewritten)

    def search(self, query: Query, *, mode: Mode = "hybrid") -> list[Hit]:
        """The best `query.k` passages, best first; several may be of one article, but only one article tells a story."""
        self._refresh()
        filters: dict[str, Any] = {
            "since": query.since, "until": query.until, "outlets": query.outlets, "sections": query.sections
        }  # fmt: skip
        depth = max(CANDIDATES, query.k)
        asked = self.rewrite(query.text)
        dense: dict[str, float] = {}
        lexical: dict[str, float] = {}
        vector = None
        if mode != "lexical":
            vector = self._embedder.encode_queries([asked.text])[0]
            dense = dict(self._near.nearest(vector, depth, **filters))
        if mode != "dense":
            lexical = self._shares(asked, depth, **filters)
        if mode == "hybrid" and vector is not None:
            missing = [i for i in lexical if i not in dense]
            dense.update((i, float(vector @ v)) for i, v in self._near.vectors(missing).items())
            missing = [i for i in dense if i not in lexical]
            if missing:
                lexical.update(self._shares(asked, len(missing), among=missing))
        fused = fuse(dense, lexical, COSINE_WEIGHT)
        passages = self._stores.catalogue.passages([i for i, _ in fused[: max(2 * query.k, LOOKED_AT)]])
        if mode == "hybrid":
            fused = self._looked_at(asked, fused, passages, lexical)
        if self._reranker is not None:
            fused = reranked(fused, passages, asked.text, self._reranker)
        if any(passage.story for passage in passages.values()):
            # Its other articles may stand further down.
            passages = self._stores.catalogue.passages([i for i, _ in fused])
        known = [(i, score) for i, score in fused if i in passages]
        if query.newest:
            known = newest_first(known, passages)
        return fold((Hit(passages[i], 0, score, dense.get(i), lexical.get(i)) for i, score in known), query.k)

    def newest(self, query: Query) -> list[Hit]:
        """The first passages of the articles published last within the query's filters, whatever its text."""
        self._refresh()
        allowed = Filter(query.since, query.until, query.outlets, query.sections)
        catalogue = self._stores.catalogue
        found = list(catalogue.passages(ids := catalogue.newest(allowed, LATEST)).values())
        order = {i: n for n, i in enumerate(ids)}
        found.sort(key=lambda p: (order[p.id], p.start))
        first: dict[str, Passage] = {}
        for passage in found:
            if passage.docid not in first or passage.start < first[passage.docid].start:
                first[passage.docid] = passage  # a dict keeps the place of the article's first entry
        return fold((Hit(p, 0, 0.0) for p in first.values()), query.k)

    def rewrite(self, text: str) -> Rewritten:
        """What the index looks for when it is asked this: diacritics, abbreviations, other words."""
        # Who answers asks for it as well as the search: made once for both, while the index stays as it is.
        self._refresh()
        return self._remembered(text, self._seen)

    def _rewritten(self, text: str, _seen: int) -> Rewritten:
        text = text.encode("utf-8", "replace").decode("utf-8")  # half a surrogate pair is no text: no encoder takes it
        return rewrite(text, partial(self._stores.lexical.frequency, "words"), first_hits=self._first_hits)

    def rarities(self, terms: Iterable[str], *, field: str = "words") -> dict[str, float]:
        """How rare each term is among the passages (BM25's idf)."""
        lexical = self._stores.lexical
        total = lexical.count()
        return {term: rarity(lexical.frequency(field, term), total) for term in terms}

    def _shares(self, asked: Rewritten, k: int, **filters: Any) -> dict[str, float]:
        """Passage id -> BM25 as a share of what a passage holding every term once could reach."""
        fields = {"words": 1.0} if asked.restored is None else {"words": RESTORED_WORDS, "plain": 1 - RESTORED_WORDS}
        words = {name: {t: w * share for t, w in asked.terms[name].items()} for name, share in fields.items()}
        lexical = self._stores.lexical
        bound = 0.0
        for name, held in words.items():
            rare = self.rarities(held, field=name)
            bound += sum(weight * rare[term] for term, weight in held.items())
        words["title"] = {t: w * TITLE_WEIGHT for t, w in asked.terms["words"].items()}
        if bound <= 0:
            return {}
        return {i: score / bound for i, score in lexical.matching(words, k, **filters)}

    def _looked_at(
        self,
        asked: Rewritten,
        fused: Sequence[tuple[str, float]],
        passages: Mapping[str, Passage],
        lexical: Mapping[str, float],
    ) -> list[tuple[str, float]]:
        """The first LOOKED_AT in the order that a closer look gives them; the others after them, as they were."""
        first = [(i, score) for i, score in fused[:LOOKED_AT] if i in passages]
        rare = self.rarities(terms(asked), field="words" if asked.restored is None else "plain")
        wanted = sought(asked, rare)
        # Of the whole list, so that in an archive with titles an article without one is judged as the others are.
        worths = TITLED if any(passages[i].title for i, _ in first) else UNTITLED
        seen = [
            (i, round(score - (1 - worths.lexical) * lexical.get(i, 0.0) + look(wanted, passages[i]).worth(worths), 9))
            for i, score in first
        ]
        seen.sort(key=lambda pair: (-pair[1], pair[0]))
        lowest = seen[-1][1] if seen else math.inf
        return [*seen, *((i, min(score, lowest)) for i, score in fused[LOOKED_AT:])]

    def _first_hits(self, folded: dict[str, float]) -> list[tuple[str, float]]:
        """Texts of the passages that match a query without diacritics, with weights from 1 down."""
        found = self._stores.lexical.matching({"plain": folded}, RESTORE_FROM)
        passages = self._stores.catalogue.passages([i for i, _ in found])
        return [
            (f"{passages[i].title}\n{passages[i].text}", score / found[0][1]) for i, score in found if i in passages
        ]

    def _refresh(self) -> None:
        """See what another process has synced since the last query."""
        synced = self._stores.catalogue.synced()
        if synced != self._seen:
            check(self._stores, self._embedder, searching=True)
            self._stores.lexical.reload()
            self._seen = synced


def fuse(dense: Mapping[str, float], lexical: Mapping[str, float], weight: float) -> list[tuple[str, float]]:
    """Merge two legs by their absolute scores: weight * dense + lexical; a missing score is 0.

    Best first; ties go by id, so a run repeats exactly.

    >>> fuse({"a": 0.9, "b": 0.8}, {"b": 0.7, "c": 0.4}, 2.0)
    [('b', 2.3), ('a', 1.8), ('c', 0.4)]
    """
    fused = [(i, round(weight * dense.get(i, 0.0) + lexical.get(i, 0.0), 9)) for i in {*dense, *lexical}]
    return sorted(fused, key=lambda pair: (-pair[1], pair[0]))
