"""Bring the index up to the archive's latest change: resumable, crash-safe, idempotent.

    changes since the last synced number -> split -> encode -> vectors + words -> catalogue

A batch is announced, written to both stores, and completed in the catalogue
together with its change number. Killed anywhere, the next run finds what was
announced and not completed, removes it, and does the batch again: nothing is
lost, nothing is there twice. Passages whose encoded text did not change keep
their vectors. This module knows nothing of queries.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from index import split
from index.catalogue import Catalogue, Entry, IndexMismatch, Manifest
from index.embed import Embedder
from index.lexical import Lexical
from index.passage import Passage
from index.store import NO_DATE, VectorStore
from ingest.archive import Archive, Change

BATCH_ARTICLES = 128
"""Articles completed together: a kill costs at most this many again."""

Progress = Callable[[int, int], None]
"""Called with (articles done, articles in all)."""


@dataclass(frozen=True, slots=True)
class Stores:
    """The three parts of one index."""

    catalogue: Catalogue
    vectors: VectorStore
    lexical: Lexical

    @classmethod
    def open(cls, folder: Path, *, chroma_url: str = "") -> Stores:
        """The index in `folder` (chroma/, lexical/, catalogue.sqlite); made when missing."""
        return cls(
            Catalogue(folder / "catalogue.sqlite"),
            VectorStore.open(folder / "chroma", url=chroma_url),
            Lexical.open(folder / "lexical"),
        )

    def close(self) -> None:
        self.lexical.close()
        self.vectors.close()
        self.catalogue.close()


def manifest_of(embedder: Embedder) -> Manifest:
    """What an index built now would be built with."""
    return Manifest(embedder.name, embedder.dimension, split.VERSION)


def check(stores: Stores, embedder: Embedder) -> None:
    """Raise IndexMismatch if the index was built with another model, splitter or format."""
    found, wanted = stores.catalogue.manifest(), manifest_of(embedder)
    if found is not None and found != wanted:
        raise IndexMismatch(
            f"the index holds {found.dimension}-dim vectors of model {found.model!r} (splitter {found.splitter}, format "
            f"{found.format}), but the settings ask for {wanted.model!r} ({wanted.dimension}-dim, splitter "
            f"{wanted.splitter}, format {wanted.format}). Mend: hoitin reindex"
        )


def sync(archive: Archive, stores: Stores, embedder: Embedder, *, on_progress: Progress | None = None) -> int:
    """Take in every change of the archive since the last sync; returns the number of articles taken in.

    The caller holds the home's writing lock. Raises IndexMismatch when the index needs to be rebuilt.
    """
    check(stores, embedder)
    catalogue = stores.catalogue
    if catalogue.manifest() is None:
        stores.vectors.clear()
        stores.lexical.clear()
        catalogue.begin(manifest_of(embedder))
    _sweep(stores)
    todo = list(archive.changes(catalogue.synced()))
    done = 0
    for batch in _batches(todo):
        _take_in(archive, stores, embedder, batch)
        done += len(batch)
        if on_progress is not None:
            on_progress(done, len(todo))
    return done


def rebuild(archive: Archive, stores: Stores, embedder: Embedder, *, on_progress: Progress | None = None) -> int:
    """Empty the index and build it again from the archive."""
    catalogue = stores.catalogue
    catalogue.begin(manifest_of(embedder))
    stores.vectors.clear()
    stores.lexical.clear()
    return sync(archive, stores, embedder, on_progress=on_progress)


def _batches(changes: list[Change]) -> Iterator[list[Change]]:
    for at in range(0, len(changes), BATCH_ARTICLES):
        yield changes[at : at + BATCH_ARTICLES]


def _sweep(stores: Stores) -> None:
    """Remove what a killed run wrote and did not complete."""
    left = stores.catalogue.pending()
    if left:
        known = stores.catalogue.passages(left)
        stores.vectors.remove([i for i in left if i not in known])


def encoded_text(passage: Passage) -> str:
    """What the encoder reads: the title for context, then the passage."""
    return f"{passage.title}\n{passage.text}" if passage.title else passage.text


def _digest(passage: Passage) -> str:
    return hashlib.sha256(encoded_text(passage).encode()).hexdigest()[:32]


def _take_in(archive: Archive, stores: Stores, embedder: Embedder, batch: list[Change]) -> None:
    catalogue = stores.catalogue
    old: dict[str, Entry] = {}
    new: list[Entry] = []
    for change in batch:
        old.update((entry.passage.id, entry) for entry in catalogue.of(change.docid))
        article = None if change.gone else archive.get(change.docid)
        if article is not None:
            new.extend(Entry(p, _digest(p)) for p in split.passages(article))
    known = {i: e.digest for i, e in old.items()}
    fresh = [e for e in new if known.get(e.passage.id) != e.digest]
    same = [e for e in new if known.get(e.passage.id) == e.digest]
    catalogue.announce(e.passage.id for e in fresh)
    if fresh:
        vectors = embedder.encode_passages([encoded_text(e.passage) for e in fresh])
        stores.vectors.put([e.passage.id for e in fresh], vectors, [_metadata(e.passage) for e in fresh])
    moved = [e for e in same if _metadata(old[e.passage.id].passage) != _metadata(e.passage)]
    if moved:
        held = stores.vectors.vectors([e.passage.id for e in moved])
        rows = [e for e in moved if e.passage.id in held]
        stores.vectors.put(
            [e.passage.id for e in rows],
            np.stack([held[e.passage.id] for e in rows]) if rows else np.empty((0, embedder.dimension), np.float32),
            [_metadata(e.passage) for e in rows],
        )
    kept = {e.passage.id for e in new}
    stores.vectors.remove([i for i in old if i not in kept])
    docids = [change.docid for change in batch]
    stores.lexical.remove(docids)
    stores.lexical.put(e.passage for e in new)
    stores.lexical.commit()
    catalogue.complete(docids, new, batch[-1].number)


def _metadata(passage: Passage) -> dict[str, str | int]:
    """What Chroma filters by; the passage itself is in the catalogue."""
    published = int(passage.published.timestamp()) if passage.published else NO_DATE
    return {"docid": passage.docid, "published": published, "outlet": passage.outlet, "section": passage.section}
