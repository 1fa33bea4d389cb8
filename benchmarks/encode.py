"""How fast passages are encoded, beside sentence-transformers with the same weights in float32, in one process.

    python benchmarks/encode.py ARTICLES.jsonl[.gz] [--passages 300] [--rounds 3]

The same passages (cut from the file's first articles, with their titles, as indexing encodes them) go through both
engines in turn, the order swapped in each round; both may use every core. Prints passages a second of each round, the
ratio with its range, and how far the vectors are apart. Exits 1 if the middle ratio is below MIN_RATIO.
"""

from __future__ import annotations

import argparse
import gzip
import json
import statistics
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from app.settings import read_settings
from eval.datasets import Document
from eval.retrieval import article_of
from index.embed import Embedder, open_embedder
from index.split import passages
from index.sync import encoded_text

MIN_RATIO = 3.5


def texts(path: Path, wanted: int) -> list[str]:
    """The first passages of the articles of a file (fields `id`, `title`, `body`), as the encoder reads them."""

    def all_texts() -> Iterator[str]:
        with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
            for line in lines:
                record = json.loads(line)
                body = record.get("body") or record.get("text") or ""
                body = "\n\n".join(body) if isinstance(body, list) else body
                yield from map(encoded_text, passages(article_of(Document(record["id"], record["title"], body))))

    return [text for text, _ in zip(all_texts(), range(wanted), strict=False)]


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("articles", type=Path)
    parser.add_argument("--passages", type=int, default=300)
    parser.add_argument("--rounds", type=int, default=3)
    args = parser.parse_args()

    cache = read_settings().cache
    engines: dict[str, Embedder] = {
        "hoitin": open_embedder(cache=cache),
        "sentence-transformers": open_embedder(cache=cache, engine="torch"),
    }
    asked = texts(args.articles, args.passages)
    vectors = {name: engine.encode_passages(asked[:16]) for name, engine in engines.items()}  # loads, warms
    rates: dict[str, list[float]] = {name: [] for name in engines}
    for number in range(args.rounds):
        for name in list(engines) if number % 2 == 0 else list(engines)[::-1]:
            began = time.perf_counter()
            vectors[name] = engines[name].encode_passages(asked)
            rates[name].append(len(asked) / (time.perf_counter() - began))
        print(f"round {number + 1}: " + ", ".join(f"{n} {r[-1]:.1f} passages/s" for n, r in rates.items()), flush=True)
    ours, theirs = rates.values()
    ratios = [a / b for a, b in zip(ours, theirs, strict=True)]
    ratio = statistics.median(ratios)
    cosines = np.einsum("ij,ij->i", *vectors.values())
    print(
        f"{len(asked)} passages, {args.rounds} rounds: {ratio:.2f} times ({min(ratios):.2f} to {max(ratios):.2f}) the rate"
    )
    print(f"cosine {cosines.mean():.5f} on average, {cosines.min():.5f} at least")
    if ratio < MIN_RATIO:
        print(f"{ratio:.2f} times as fast; wanted {MIN_RATIO}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
