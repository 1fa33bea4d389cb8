"""Plain BM25, as the package bm25s does it out of the box: lower-cased words, no stop words, no stemming.

The only file that imports bm25s. It knows nothing of metrics or clocks.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import bm25s

from eval.datasets import Document
from eval.systems import DEPTH, Find

_WORD = r"(?u)\w+"


class PlainBM25:
    """In memory; titles are the first words of their documents."""

    def __init__(self) -> None:
        self._docids: list[str] = []
        self._bm25 = bm25s.BM25()

    def prepare(self) -> None:
        """Nothing to load."""

    def index(self, documents: Sequence[Document]) -> None:
        self._docids = [document.docid for document in documents]
        texts = [f"{document.title}\n{document.text}" for document in documents]
        words = bm25s.tokenize(texts, stopwords=None, token_pattern=_WORD, show_progress=False)
        self._bm25.index(words, show_progress=False)

    def finds(self) -> Mapping[str, Find]:
        return {"bm25": self._find}

    def close(self) -> None:
        """Nothing is held."""

    def _find(self, text: str) -> list[str]:
        words = bm25s.tokenize([text], stopwords=None, token_pattern=_WORD, show_progress=False)
        found, scores = self._bm25.retrieve(words, k=min(DEPTH, len(self._docids)), show_progress=False)
        return [self._docids[at] for at, score in zip(found[0], scores[0], strict=True) if score > 0]
