"""An embedder for tests, and small homes to try it on: no model, no download, every value plain to see.

A vector counts words, each in the direction that its hash says: texts that share
words are near, and the same text has the same vector in every process.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import numpy.typing as npt

from index.sync import Stores, publish, sync
from ingest.archive import Archive
from ingest.article import VIETNAM, Article

Float32 = npt.NDArray[np.float32]

MONDAY = datetime(2026, 3, 2, 7, 0, tzinfo=VIETNAM)
"""The first day of the invented news; article n came out n hours later."""


@dataclass
class WordBag:
    """Counts words. encoded: every passage text it was given, in order."""

    name: str = "wordbag"
    dimension: int = 64
    encoded: list[str] = field(default_factory=list)

    def encode_queries(self, texts: Sequence[str]) -> Float32:
        return np.stack([self._vector(text) for text in texts])

    def encode_passages(self, texts: Sequence[str], *, on_progress: Callable[[int], None] | None = None) -> Float32:
        self.encoded.extend(texts)
        return np.stack([self._vector(text) for text in texts])

    def _vector(self, text: str) -> Float32:
        vector = np.zeros(self.dimension, np.float32)
        for word in re.findall(r"\w+", text.lower()):
            vector[int.from_bytes(hashlib.sha256(word.encode()).digest()[:4]) % self.dimension] += 1
        length = float(np.linalg.norm(vector))
        return vector / np.float32(length) if length else np.full(self.dimension, self.dimension**-0.5, np.float32)


def bridge(n: int, *, text: str = "", outlet: str = "Báo Lam") -> Article:
    """Article "cau-n" about bridge n: one passage, published n hours after MONDAY."""
    body = text or f"Cầu số {n} ở xã Lam Khê vừa thông xe. Cầu dài {n * 10 + 40} m, hai làn xe."
    return Article(
        id=f"cau-{n}",
        url=f"https://bao.example/cau-{n}.html",
        title=f"Cầu số {n} thông xe",
        paragraphs=(body,),
        outlet=outlet,
        section="Thời sự",
        published=MONDAY + timedelta(hours=n),
        lang="vi",
    )


@dataclass
class Room:
    """An archive, its index and a WordBag, in one folder."""

    folder: Path
    archive: Archive
    stores: Stores
    embedder: WordBag

    @classmethod
    def open(cls, folder: Path, *, chroma_url: str = "") -> Room:
        archive = Archive.open(folder / "archive.sqlite")
        return cls(folder, archive, Stores.open(folder / "index", chroma_url=chroma_url), WordBag())

    def sync(self) -> int:
        """Take in what changed and let the vector store hear of it, however little it is."""
        taken = sync(self.archive, self.stores, self.embedder)
        publish(self.stores)
        return taken

    def close(self) -> None:
        self.stores.close()
        self.archive.close()

    def holds(self) -> tuple[set[str], set[str], list[str]]:
        """Passage ids in the catalogue, the vector store and the word index."""
        return self.stores.catalogue.ids(), self.stores.vectors.ids(), sorted(self.stores.lexical.ids())
