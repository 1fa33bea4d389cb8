"""A reader: which of a few sentences answers a question, whether it does, and with which words, read word by word.

    question, sentences with what stands around them -> a Reading each, in log odds

Words and pairs in common say what a sentence is about; a question in other words shares none with its answer. The reader is the
default model's network, its lower layers only, with a change of low rank of its own (index/reader.npz, learnt by
scripts/teach_reader.py) that reads question and sentence together. It takes milliseconds a sentence, so it is for a
handful of them. This module knows nothing of articles, stores or how an answer is chosen.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue
from typing import Any

import numpy as np
import numpy.typing as npt

from index.adapter import read_adapter
from index.fast import PAD, TOGETHER_IN_QUERIES, WIDTHS
from index.graph import GRAPH, compile_graph, write_reader
from index.offline import ModelMissing, ensure_model, fill_once, read_weights
from index.tokenizer import ModelTokenizer

Float32 = npt.NDArray[np.float32]

PATH = Path(__file__).with_name("reader.npz")
HEAD = ("kind", "h.w", "h.b", "o.w", "o.b", "t.w", "t.b", "u.w", "u.b")
"""What stands in it beside the matrices: an offset for each kind of token, and the last layers as index/graph.py takes them."""

QUESTION, TITLE, BEFORE, SENTENCE = 48, 16, 20, 80
"""Tokens read of each part at most: of what stands before the sentence the last, of the others the first."""

THREADS = 2
"""A question waits for its sentences: they go side by side."""

LAYERS = 8
"""Of twelve: docs/decisions/0017-reader.md."""

_BEGIN, _END = 0, 2
_MARK, _QUESTION, _AROUND, _AROUND_ASKED, _SENTENCE, _SENTENCE_ASKED = range(6)
"""What a token is; "asked" are those that stand in the question too."""

_COMMON = 'của và là có được trong cho với ở tại các những này đã về , . ? : “ ” " ( )'
"""What says nothing when question and sentence share it."""


@dataclass(frozen=True, slots=True)
class Context:
    """A sentence to read, with its article's title and the sentence before it ("" where there is none)."""

    title: str
    before: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read of one sentence, in log odds. beside: of its answering rather than the others; answers: of its answering at all.

    tokens: (t, 3), of each token's being the answer's first, last, or inside it. places: (t, 2), where it stands in the sentence.
    """

    beside: float
    answers: float
    tokens: Float32
    places: npt.NDArray[np.int64]


class Reader:
    """Reads a handful of sentences, half of them on a second thread. Safe to share between threads.

    Raises ModelMissing when its weights are gone or the cache cannot be written.
    """

    def __init__(self, cache: Path) -> None:
        model = ensure_model(cache)
        self._tokenizer = ModelTokenizer(model, 512)
        self._words = np.load(model / "graph" / "words.npy", mmap_mode="r")
        self._kinds = read_head()["kind"]
        self._common = frozenset(self._tokenizer.encode([_COMMON])[0])
        compiled = compile_graph(ensure_reader(cache), THREADS, TOGETHER_IN_QUERIES)
        # No more than can run at once: each keeps some megabytes.
        self._requests: SimpleQueue[Any] = SimpleQueue()
        for _ in range(THREADS):
            self._requests.put(compiled.create_infer_request())
        self._free = threading.Lock()
        self._second = ThreadPoolExecutor(THREADS - 1, thread_name_prefix="read")

    def read(self, question: str, contexts: Sequence[Context]) -> list[Reading]:
        """Each sentence read with the question."""
        rows = self.rows(question, contexts)
        if len(rows) < THREADS or not self._free.acquire(
            blocking=False
        ):  # with others asking, each keeps to its own thread
            return self._infer(rows)
        try:
            return self._side_by_side(rows)
        finally:
            self._free.release()

    def _side_by_side(self, rows: Sequence[Row]) -> list[Reading]:
        order = sorted(range(len(rows)), key=lambda at: len(rows[at].ids))
        middle = _middle([len(rows[at].ids) for at in order])
        short = self._second.submit(self._infer, [rows[at] for at in order[:middle]])
        long = self._infer([rows[at] for at in order[middle:]])
        found = dict(zip(order, [*short.result(), *long], strict=True))
        return [found[at] for at in range(len(rows))]

    def rows(self, question: str, contexts: Sequence[Context]) -> list[Row]:
        """What the network is given for each sentence."""
        texts = [f"query: {question}"]
        for context in contexts:
            texts += [f"passage: {context.title}", context.before, context.sentence]
        (asked, _), *parts = self._tokenizer.encode_placed(texts)
        shared = set(asked[:QUESTION]) - self._common
        return [
            _row(asked[:QUESTION], [*title[:TITLE], *before[-BEFORE:]], ids[:SENTENCE], places[:SENTENCE], shared)
            for (title, _), (before, _), (ids, places) in zip(parts[::3], parts[1::3], parts[2::3], strict=True)
        ]

    def _infer(self, rows: Sequence[Row]) -> list[Reading]:
        if not rows:
            return []
        width = -(-max(len(row.ids) for row in rows) // WIDTHS) * WIDTHS
        ids = np.full((len(rows), width), PAD, np.int64)
        kinds = np.zeros((len(rows), width), np.int64)
        mask = np.zeros((len(rows), width), np.float32)
        for at, row in enumerate(rows):
            ids[at, : len(row.ids)], kinds[at, : len(row.ids)], mask[at, : len(row.ids)] = row.ids, row.kinds, 1
        words = self._words[ids].astype(np.float32) + self._kinds[kinds]
        inside = kinds >= _SENTENCE
        request = self._requests.get()
        try:
            scores, tokens = map(np.array, request.infer([words, mask, inside.astype(np.float32)]).values())
        finally:
            self._requests.put(request)
        return [
            Reading(
                float(scores[at, 0]), float(scores[at, 1]), np.array(tokens[at][inside[at]], np.float32), row.places
            )
            for at, row in enumerate(rows)
        ]


@dataclass(frozen=True, slots=True)
class Row:
    """The tokens of one question and sentence, the kind of each, and where those of the sentence stand in it."""

    ids: list[int]
    kinds: list[int]
    places: npt.NDArray[np.int64]


def _row(
    asked: Sequence[int],
    around: Sequence[int],
    sentence: Sequence[int],
    places: Sequence[tuple[int, int]],
    shared: set[int],
) -> Row:
    kinds = [
        _MARK,
        *[_QUESTION] * len(asked),
        _MARK,
        *(_AROUND_ASKED if token in shared else _AROUND for token in around),
        *(_SENTENCE_ASKED if token in shared else _SENTENCE for token in sentence),
        _MARK,
    ]
    ids = [_BEGIN, *asked, _END, *around, *sentence, _END]
    return Row(ids, kinds, np.array(places, np.int64).reshape(-1, 2))


def _middle(lengths: Sequence[int]) -> int:
    """Where to part texts, shortest first, so that each part is about half the work, padding included.

    >>> _middle([50, 50, 50, 150]), _middle([10, 10])
    (3, 1)
    """
    whole = len(lengths)
    return min(range(1, whole), key=lambda at: max(at * lengths[at - 1], (whole - at) * lengths[-1]))


def read_head(path: Path = PATH) -> Mapping[str, Float32]:
    """The parts of reader.npz that are named in HEAD."""
    with np.load(path) as stored:
        return {name: stored[name].astype(np.float32) for name in HEAD}


def ensure_reader(cache: Path) -> Path:
    """The reader's graph, written now if it is not there; two processes may call it at once.

    Raises ModelMissing when reader.npz is gone or broken, or the cache cannot be written.
    """
    try:
        target = cache / "models" / f"reader-{hashlib.sha256(PATH.read_bytes()).hexdigest()[:12]}"
        fill_once(target, GRAPH, _build)
    except (OSError, ValueError, KeyError) as error:
        raise ModelMissing(
            f"{PATH.name}, or a folder for it in {cache}: {error}; wanted what the reader learnt, and a cache to write. "
            "Mend: pip install --force-reinstall hoitin, or HOITIN_CACHE=/a/folder/you/can/write"
        ) from error
    return target / GRAPH


def _build(folder: Path) -> None:
    write_reader(folder / GRAPH, read_weights(changes=read_adapter(PATH)), read_head(), LAYERS)
