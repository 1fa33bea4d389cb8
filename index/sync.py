"""Bring the index up to the archive's latest change: resumable, crash-safe, idempotent.

    changes since the last synced number -> split -> encode -> words -> catalogue, with the vectors waiting in it
    now and then, and at the end: what waits in the catalogue -> vector store

The catalogue takes in a batch in one transaction, after the word index has it. Killed
before that, the next run does the batch again, and the word index forgets its
articles first; killed after it, nothing is encoded again. The vector store changes
as a whole (index/generations.py) and can hear the same thing twice. Passages whose
encoded text did not change keep their vectors. This module knows nothing of queries.
"""

from __future__ import annotations

import hashlib
import shutil
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from index import split
from index.catalogue import Catalogue, Entry, IndexMismatch, Manifest
from index.embed import Embedder
from index.lexical import Lexical
from index.memory import give_back
from index.passage import Passage
from index.places import COLLECTION
from index.store import BATCH, NO_DATE, Draft, StoreError, VectorStore
from ingest.archive import Archive, Change
from ingest.errors import HoitinError

Part = TypeVar("Part")
Float32 = npt.NDArray[np.float32]

BATCH_ARTICLES = 128
"""Articles completed together: a kill costs at most this many again."""

PUBLISH_S = 60.0
"""Seconds of encoding after which searchers see what is new, in a long run."""

FEW = 1_000
"""Passages that may wait for the vector store after a sync: they are compared one by one, in about 2 ms, whereas telling
an embedded store is a copy of all its vectors (6 s of 90,000 passages)."""

PUBLISH_SHARE = 0.05
"""Of a long run's time, at most this goes into letting searchers see what is new before the end."""

Progress = Callable[[int, int], None]
"""Called with (articles done, articles in all)."""


@dataclass(frozen=True, slots=True)
class Stores:
    """The three parts of one index."""

    catalogue: Catalogue
    vectors: VectorStore
    lexical: Lexical

    @classmethod
    def open(cls, folder: Path, *, chroma_url: str = "", anew: bool = False) -> Stores:
        """The index in `folder` (chroma/, lexical/, catalogue.sqlite); made when missing.

        anew: to rebuild it, so that a part which cannot be opened is replaced by an empty one.
        With a Chroma server, its collection is named after this index and its folder, so that
        homes which share a server never share vectors, even if one is a copy of another.
        """
        catalogue = _opened(Catalogue, folder / "catalogue.sqlite", anew)
        name = COLLECTION
        if chroma_url:
            mine = f"{catalogue.identity()} {folder.resolve()}"
            name = f"hoitin-{hashlib.sha256(mine.encode()).hexdigest()[:24]}"
        vectors = VectorStore.open(folder / "chroma", url=chroma_url, name=name)
        return cls(catalogue, vectors, _opened(Lexical.open, folder / "lexical", anew))

    def close(self) -> None:
        self.lexical.close()
        self.vectors.close()
        self.catalogue.close()


def _opened(open_part: Callable[[Path], Part], path: Path, anew: bool) -> Part:
    try:
        return open_part(path)
    except HoitinError:
        if not anew:
            raise
    if path.is_dir():
        shutil.rmtree(path)
    else:
        for part in path.parent.glob(f"{path.name}*"):  # SQLite's -wal and -shm too
            part.unlink()
    return open_part(path)


def manifest_of(embedder: Embedder) -> Manifest:
    """What an index built now would be built with."""
    return Manifest(embedder.name, embedder.dimension, split.VERSION)


def check(stores: Stores, embedder: Embedder, *, searching: bool = False) -> None:
    """Raise IndexMismatch if the index was built with other choices, StoreError if its vectors are gone.

    searching: raise IndexMismatch also while the index is being built anew: "not found" would be a lie.
    """
    catalogue = stores.catalogue
    found, wanted = catalogue.manifest(), manifest_of(embedder)
    if found is None:
        return
    if found != wanted:
        raise IndexMismatch(
            f"the index holds {found.dimension}-dim vectors of model {found.model!r} (splitter {found.splitter}, "
            f"format {found.format}), but the settings ask for {wanted.model!r} ({wanted.dimension}-dim, splitter "
            f"{wanted.splitter}, format {wanted.format}). Mend: hoitin reindex"
        )
    if catalogue.holder() != stores.vectors.holder:
        raise IndexMismatch(
            f"the vectors of this index were put into {catalogue.holder()!r}, but the settings ask for "
            f"{stores.vectors.holder!r} (HOITIN_CHROMA, or the folder of the home, changed). Mend: hoitin reindex, "
            "or set it back"
        )
    if searching and catalogue.rebuilding():
        raise IndexMismatch(
            f"the index is being built anew and has come to change {catalogue.synced()}. "
            "Mend: wait until it is done, or hoitin sync if nobody is at it"
        )
    published = 0 if catalogue.fresh() else catalogue.count() - catalogue.waiting_count()
    if published > 0 and not stores.vectors.count():
        raise StoreError(
            f"{stores.vectors.label}: holds no vectors, wanted those of {published} passages. "
            "Mend: hoitin verify --repair"
        )


def check_archive(archive: Archive, stores: Stores) -> None:
    """Raise IndexMismatch if the index is of another archive than this one."""
    known, wanted = stores.catalogue.archive(), str(archive.identity())
    if known not in ("", wanted):
        raise IndexMismatch(
            f"the index is of another archive (identity {known}, wanted {wanted}): the archive's file was replaced. "
            "Mend: hoitin reindex"
        )


def sync(archive: Archive, stores: Stores, embedder: Embedder, *, on_progress: Progress | None = None) -> int:
    """Take in every change of the archive since the last sync; returns the number of articles taken in.

    The caller holds the home's writing lock. Raises IndexMismatch when the index needs to be rebuilt.
    """
    check(stores, embedder)
    catalogue = stores.catalogue
    if catalogue.manifest() is None:
        catalogue.begin(manifest_of(embedder), stores.vectors.holder)
    if catalogue.synced() > archive.change_number():
        raise IndexMismatch(
            f"the index has seen change {catalogue.synced()} of the archive, which has come to "
            f"{archive.change_number()} only: it is another archive, or an older copy. Mend: hoitin reindex"
        )
    check_archive(archive, stores)
    catalogue.belong_to(str(archive.identity()))
    try:
        if catalogue.fresh() and not catalogue.count():
            stores.lexical.clear()
        _keep_vectors(stores)
        todo = list(archive.changes(catalogue.synced()))
        _take_in_all(archive, stores, embedder, todo, on_progress)
        if not _few_wait(stores):
            publish(stores)
    finally:
        stores.lexical.close()  # another process may want to be the writer
    return len(todo)


def rebuild(archive: Archive, stores: Stores, embedder: Embedder, *, on_progress: Progress | None = None) -> int:
    """Empty the index and build it again from the archive."""
    stores.catalogue.begin(manifest_of(embedder), stores.vectors.holder, whole=archive.change_number())
    stores.catalogue.belong_to(str(archive.identity()))
    return sync(archive, stores, embedder, on_progress=on_progress)


def take_again(
    archive: Archive, stores: Stores, embedder: Embedder, docids: Iterable[str], *, forget: Iterable[str] = ()
) -> None:
    """Index these articles anew, whatever the index holds of them; forget passage ids that belong to none.

    Articles that the archive has not, or that are gone, leave the index. The caller holds
    the home's writing lock and has synced.
    """
    current = {article.id for article in archive.current()}
    synced = stores.catalogue.synced()
    changes = [Change(synced, docid, docid not in current) for docid in sorted(set(docids))]
    try:
        for at in range(0, len(changes), BATCH_ARTICLES):
            _take_in(archive, stores, embedder, changes[at : at + BATCH_ARTICLES], anew=True)
        known = stores.catalogue.ids()
        stores.catalogue.complete([], [], dict.fromkeys((i for i in forget if i not in known), None), synced)
        publish(stores)
    finally:
        stores.lexical.close()


def publish(stores: Stores) -> None:
    """Let the vector store hear what waits for it in the catalogue."""
    catalogue = stores.catalogue
    waiting = catalogue.waiting_ids()
    if not waiting and not catalogue.fresh():
        return
    with stores.vectors.writing(fresh=catalogue.fresh()) as draft:
        # A batch at a time: what waits can be most of a large index.
        for at in range(0, len(waiting), BATCH):
            _tell(catalogue, draft, waiting[at : at + BATCH])
    catalogue.heard()
    give_back()


def _tell(catalogue: Catalogue, draft: Draft, ids: Sequence[str]) -> None:
    found, known = catalogue.waiting(ids), catalogue.passages(ids)
    draft.remove([i for i in ids if i not in known])
    put = [(i, v) for i in ids if i in known and (v := found[i]) is not None]
    if put:
        draft.put([i for i, _ in put], np.stack([v for _, v in put]), [metadata(known[i]) for i, _ in put])
    described = [i for i in ids if i in known and found[i] is None]
    draft.describe(described, [metadata(known[i]) for i in described])


def _few_wait(stores: Stores) -> bool:
    """Whether what waits is few enough to be searched where it is, instead of copying all vectors for it."""
    catalogue = stores.catalogue
    return stores.vectors.copies and not catalogue.fresh() and len(catalogue.waiting_ids()) <= FEW


def _keep_vectors(stores: Stores) -> None:
    """Bring the vectors of an index of an earlier version into its catalogue."""
    catalogue = stores.catalogue
    if catalogue.keeps():
        return
    missing = catalogue.unkept()
    for at in range(0, len(missing), BATCH):
        ids = missing[at : at + BATCH]
        waiting = {i: v for i, v in catalogue.waiting(ids).items() if v is not None}
        catalogue.keep({**stores.vectors.vectors([i for i in ids if i not in waiting]), **waiting})
    if not catalogue.unkept():
        catalogue.kept_all()


def _take_in_all(
    archive: Archive, stores: Stores, embedder: Embedder, todo: Sequence[Change], on_progress: Progress | None
) -> None:
    due, cost = PUBLISH_S, 0.0
    since = time.monotonic()
    for at in range(0, len(todo), BATCH_ARTICLES):
        batch = todo[at : at + BATCH_ARTICLES]
        _take_in(archive, stores, embedder, batch)
        if on_progress is not None:
            on_progress(at + len(batch), len(todo))
        if time.monotonic() - since > due and at + len(batch) < len(todo):
            began = time.monotonic()
            publish(stores)
            since = time.monotonic()
            cost = since - began
            due = max(PUBLISH_S, cost / PUBLISH_SHARE)


def encoded_text(passage: Passage) -> str:
    """What the encoder reads: the title for context, then the passage."""
    return f"{passage.title}\n{passage.text}" if passage.title else passage.text


def digest(passage: Passage) -> str:
    """Of what the encoder reads: equal digests mean equal vectors."""
    return hashlib.sha256(encoded_text(passage).encode()).hexdigest()[:32]


def metadata(passage: Passage) -> dict[str, str | int]:
    """What Chroma filters by; the passage itself is in the catalogue."""
    published = int(passage.published.timestamp()) if passage.published else NO_DATE
    return {"docid": passage.docid, "published": published, "outlet": passage.outlet, "section": passage.section}


def _take_in(
    archive: Archive, stores: Stores, embedder: Embedder, batch: Sequence[Change], *, anew: bool = False
) -> None:
    catalogue = stores.catalogue
    old: dict[str, Entry] = {}
    new: list[Entry] = []
    for change in batch:
        old.update((entry.passage.id, entry) for entry in catalogue.of(change.docid))
        article = None if change.gone else archive.get(change.docid)
        if article is not None:
            new.extend(Entry(p, digest(p)) for p in split.passages(article))
    vectors: dict[str, Float32 | None] = dict.fromkeys(old.keys() - {e.passage.id for e in new})
    fresh = new if anew else list(_changed(old, new))
    if fresh:
        encoded = embedder.encode_passages([encoded_text(e.passage) for e in fresh])
        vectors.update((e.passage.id, v) for e, v in zip(fresh, encoded, strict=True))
    for entry in new:
        before = old.get(entry.passage.id)
        if entry.passage.id not in vectors and before and metadata(before.passage) != metadata(entry.passage):
            vectors[entry.passage.id] = None  # the vector stays, Chroma hears the metadata
    docids = [change.docid for change in batch]
    stores.lexical.remove(docids)
    stores.lexical.put(e.passage for e in new)
    stores.lexical.commit()
    catalogue.complete(docids, new, vectors, batch[-1].number)


def _changed(old: Mapping[str, Entry], new: Sequence[Entry]) -> Iterator[Entry]:
    for entry in new:
        before = old.get(entry.passage.id)
        if before is None or before.digest != entry.digest:
            yield entry
