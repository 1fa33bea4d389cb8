"""The default model's network as OpenVINO graphs: no torch, no export step, quick to open.

In: the 4-bit weights of index/offline.py. Out: `graph/encoder.xml` + `.bin`, and `graph/words.npy`, the
word-embedding table in float16; the reader as GRAPH in a folder of its own. The table stays outside
the graph and is memory-mapped: opening the encoder reads 250,000 rows of
nothing, and a question touches a dozen of them.

Weights are 8-bit numbers with one scale a row, and so are, within a product, the
values of each token: half the time of bfloat16 products on a processor without a
matrix unit, cosine to float32 0.9997. Where there is one (AMX), it multiplies in
bfloat16 (docs/decisions/0002-default-model.md).

The only file that imports openvino. It knows nothing of texts or tokens.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from index.offline import Weights

Float32 = npt.NDArray[np.float32]
EPSILON = 1e-12
GRAPH = "network.xml"
"""Name of a graph that has a folder of its own; its weights stand beside it."""


def write_graph(folder: Path, weights: Weights) -> None:
    """Write `folder/graph`: the word table and the encoder."""
    target = folder / "graph"
    target.mkdir()
    sizes = weights.sizes
    table = weights.dense("emb.word", sizes.vocabulary, sizes.hidden)
    np.save(target / "words.npy", table.astype(np.float16))
    _openvino().save_model(encoder_graph(weights), target / "encoder.xml", compress_to_fp16=False)


def write_reader(file: Path, weights: Weights, head: Mapping[str, Float32], layers: int) -> None:
    """Write the reader of index/reader.py, as `reader_graph` makes it."""
    _openvino().save_model(reader_graph(weights, head, layers), file, compress_to_fp16=False)


def encoder_graph(weights: Weights) -> Any:
    """The encoder as an openvino.Model: `words` (n, t, hidden) and `mask` (n, t) to unit vectors (n, hidden).

    After the E5 paper: mean pooling over the tokens of the mask.
    """
    ov = _openvino()
    from openvino import opset13 as op

    words, mask = _inputs(weights)
    mean = _mean(_states(weights, words, mask, weights.sizes.layers), mask)
    unit = op.normalize_l2(mean, op.constant(np.array([1], np.int64)), 1e-12, "max")
    unit.output(0).get_tensor().set_names({"vectors"})
    return ov.Model([op.result(unit)], [words, mask], "multilingual-e5-small")


def reader_graph(weights: Weights, head: Mapping[str, Float32], layers: int) -> Any:
    """The reader as an openvino.Model of so many layers: `words`, `mask` and `sentence` (n, t), 1 where the sentence stands.

    Out: scores (n, 2) of each sentence, and (n, t, 3) of each token. head: two layers each, of the sentence's mean and the
    first token ("h.w" (units, 2 * hidden), "h.b", "o.w" (2, units), "o.b"), and of a token ("t.w", "t.b", "u.w", "u.b").
    """
    ov = _openvino()
    from openvino import opset13 as op

    words, mask = _inputs(weights)
    sentence = op.parameter([-1, -1], np.float32, name="sentence")
    states = _states(weights, words, mask, layers)
    first = op.gather(states, op.constant(np.array(0, np.int64)), op.constant(np.array(1, np.int64)))
    both = op.concat([_mean(states, sentence), first], 1)

    def linear(x: Any, name: str) -> Any:
        return op.add(op.matmul(x, op.constant(head[f"{name}.w"]), False, True), op.constant(head[f"{name}.b"]))

    scores = linear(op.tanh(linear(both, "h")), "o")
    tokens = linear(op.tanh(linear(states, "t")), "u")
    return ov.Model([op.result(scores), op.result(tokens)], [words, mask, sentence], "reader")


def _inputs(weights: Weights) -> tuple[Any, Any]:
    from openvino import opset13 as op

    words = op.parameter([-1, -1, weights.sizes.hidden], np.float32, name="words")
    return words, op.parameter([-1, -1], np.float32, name="mask")


def _mean(states: Any, mask: Any) -> Any:
    """The mean of the states (n, t, hidden) where the mask is 1."""
    from openvino import opset13 as op

    weight, axis = op.unsqueeze(mask, op.constant(np.array([2], np.int64))), op.constant(np.array([1], np.int64))
    counted = op.maximum(op.reduce_sum(weight, axis), op.constant(np.array(1, np.float32)))
    return op.divide(op.reduce_sum(op.multiply(states, weight), axis), counted)


def _states(weights: Weights, words: Any, mask: Any, layers: int) -> Any:
    """The hidden states (n, t, hidden) behind the first layers of a BERT encoder (Devlin et al., 2019: post-norm, erf GELU)."""
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
    for layer in range(layers):
        name = f"l{layer}."
        q, k, v = (split_heads(linear(x, name + part, hidden, hidden)) for part in "qkv")
        seen = op.scaled_dot_product_attention(q, k, v, bias)
        seen = op.transpose(seen, constant(np.array([0, 2, 1, 3], np.int64)))
        seen = op.reshape(seen, constant(np.array([0, 0, hidden], np.int64)), True)
        x = norm(op.add(x, linear(seen, name + "ao", hidden, hidden)), name + "aln")
        inner = op.gelu(linear(x, name + "fi", sizes.inner, hidden), "erf")
        x = norm(op.add(x, linear(inner, name + "fo", hidden, sizes.inner)), name + "oln")
    return x


def eight_bits(matrix: Float32) -> tuple[npt.NDArray[np.int8], Float32]:
    """A matrix as 8-bit values and one scale a row (rows, 1), so that values * scales is the matrix to 1/254 of its row's largest.

    >>> values, scales = eight_bits(np.array([[0.5, -1.27], [0.0, 0.0]], np.float32))
    >>> values.tolist(), scales[:, 0].tolist()
    ([[50, -127], [0, 0]], [0.009999999776482582, 0.0])
    """
    scales = np.abs(matrix).max(axis=1, keepdims=True) / np.float32(127)
    safe = np.where(scales > 0, scales, 1)
    return np.rint(matrix / safe).astype(np.int8), scales.astype(np.float32)


def compile_graph(file: Path, threads: int, together: int) -> Any:
    """A graph ready to run `threads` requests side by side, one processor thread each.

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
    model = core.read_model(file)
    if has_matrix_unit():
        widen(model)
    compiled = core.compile_model(model, "CPU", hints)
    with _importing:
        # The first inference of a process looks up numpy's C interface. Two threads that do so at once can wait for each
        # other for ever, one with the interpreter's lock and one with that of the look-up (pybind11, openvino 2026.4).
        hidden = compiled.input(0).partial_shape[2].get_length()
        compiled.create_infer_request().infer(
            [np.zeros((1, 1, hidden), np.float32), *(np.ones((1, 1), np.float32) for _ in compiled.inputs[1:])]
        )
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
