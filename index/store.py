"""Vectors by passage id, in Chroma: embedded in generations of a folder, or a server by URL.

In: ids, unit vectors, a few metadata. Out: the nearest ids with their cosine. The
only file that imports chromadb.

Chroma's own folder bears one process: a second one that opens it while it is
written crashes, and the folder stays broken (docs/decisions/0010-chroma-generations.md).
So the embedded store is written as a new generation and only ever read after
that: any number of processes may search while one writes, and a writer killed
anywhere has broken nothing. A server keeps this order by itself. This module
knows nothing of text or models.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import numpy as np
import numpy.typing as npt

from index.places import COLLECTION, Embedded, Place, Server
from index.places import StoreError as StoreError

Float32 = npt.NDArray[np.float32]

BATCH = 4_000
"""Records a write: Chroma takes 5,461 at most, and the embedded store writes its graph to disk after each."""

EMBEDDED = "embedded"
"""The holder of a store in a folder."""

SERVER_BATCH = 500
"""Records a request to a server: about 2 MB of JSON."""

SERVER_TIMEOUT_S = 60.0
"""A server that says nothing for this long is down; its own client would wait for ever."""

NO_DATE = -(2**40)
"""The publication second of an undated article: outside every date filter."""


class Draft:
    """Changes to a store, in force together when VectorStore.writing() ends."""

    def __init__(self, collection: Any, batch: int) -> None:
        self._collection = collection
        self._batch = batch

    def remove(self, ids: Sequence[str]) -> None:
        """Forget these ids; unknown ones are ignored."""
        for at in range(0, len(ids), self._batch):
            self._collection.delete(ids=list(ids[at : at + self._batch]))

    def put(self, ids: Sequence[str], vectors: Float32, metadatas: Sequence[Mapping[str, Any]]) -> None:
        """Write vectors under their ids, in place when the id is known: deleting and adding bloats the graph."""
        if self._collection.count() == 1:
            # Chroma 1.5.9 drops the new vector of a record that is the only one: it makes room first.
            self.remove([i for i in self._collection.get(include=[])["ids"] if i in ids])
        for at in range(0, len(ids), self._batch):
            self._collection.upsert(
                ids=list(ids[at : at + self._batch]),
                embeddings=vectors[at : at + self._batch],
                metadatas=[dict(m) for m in metadatas[at : at + self._batch]],
            )

    def describe(self, ids: Sequence[str], metadatas: Sequence[Mapping[str, Any]]) -> None:
        """Replace the metadata of known ids and keep their vectors."""
        for at in range(0, len(ids), self._batch):
            self._collection.update(
                ids=list(ids[at : at + self._batch]), metadatas=[dict(m) for m in metadatas[at : at + self._batch]]
            )


class VectorStore:
    """The vectors of one index. Opened when first used; safe to share between threads.

    label: where the vectors are, for messages. holder: what the catalogue remembers of it. copies: whether each
    writing() is a copy of the whole.
    """

    def __init__(self, place: Place, label: str, holder: str, batch: int) -> None:
        self._place = place
        self.label = label
        self.holder = holder
        self.copies = holder == EMBEDDED
        self._batch = batch

    @classmethod
    def open(cls, folder: Path, *, url: str = "", name: str = COLLECTION) -> VectorStore:
        """The store in `folder`, or the collection `name` on the Chroma server at `url`.

        Raises StoreError when `url` is none. Everything else raises it when the
        folder is not Chroma's or the server does not answer.
        """
        if not url:
            return cls(Embedded(folder, _open_folder), str(folder), EMBEDDED, BATCH)
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise StoreError(
                f"HOITIN_CHROMA: found {url!r}, wanted http://host:port. Mend: HOITIN_CHROMA=http://127.0.0.1:8000"
            )
        return cls(Server(url, name, _open_server), url, f"server:{name}", SERVER_BATCH)

    def close(self) -> None:
        self._place.close()

    def prepare(self) -> None:
        """Open the store now and read its graph, to have it ready for the first question."""
        self._ask(lambda collection: collection.get(limit=1, include=["embeddings"]), None)

    @contextmanager
    def writing(self, *, fresh: bool = False) -> Iterator[Draft]:
        """Change the store: all that the block does is in force when it ends, or nothing after an exception.

        fresh: forget everything first. A server has no transactions: there each
        change is in force at once, and a block that was cut short is run again.
        The caller is the one writer.
        """
        with self._place.writing(fresh=fresh) as collection:
            yield Draft(collection, self._batch)

    def nearest(
        self,
        vector: Float32,
        k: int,
        *,
        since: datetime | None = None,
        until: datetime | None = None,
        outlets: Sequence[str] = (),
        sections: Sequence[str] = (),
    ) -> list[tuple[str, float]]:
        """The k nearest ids with their cosine to a unit vector (dimension,), best first."""
        where = _where(since, until, outlets, sections)
        found = self._ask(
            lambda collection: collection.query(
                query_embeddings=[vector], n_results=k, where=where, include=["distances"]
            ),
            {"ids": [[]], "distances": [[]]},
        )
        return [(i, 1.0 - float(d)) for i, d in zip(found["ids"][0], found["distances"][0], strict=True)]

    def vectors(self, ids: Sequence[str]) -> dict[str, Float32]:
        """The stored vectors of these ids; unknown ones are left out."""
        if not ids:
            return {}
        found = self._ask(
            lambda collection: collection.get(ids=list(ids), include=["embeddings"]), {"ids": [], "embeddings": []}
        )
        return dict(zip(found["ids"], np.asarray(found["embeddings"], np.float32), strict=True))

    def metadatas(self) -> dict[str, dict[str, Any]]:
        """Every id with its metadata; for verification, not for searching."""
        found: dict[str, dict[str, Any]] = {}
        for at in range(0, self.count(), BATCH):
            page = self._ask(partial(_page, at), {"ids": [], "metadatas": []})
            found.update(zip(page["ids"], map(dict, page["metadatas"]), strict=True))
        return found

    def ids(self) -> set[str]:
        """Every id; for verification, not for searching."""
        return set(self.metadatas())

    def count(self) -> int:
        return int(self._ask(lambda collection: collection.count(), 0))

    def _ask(self, question: Callable[[Any], Any], nothing: Any) -> Any:
        with self._place.reading() as collection:
            return nothing if collection is None else question(collection)


def _open_folder(folder: Path) -> Any:
    chromadb, quiet = _chromadb()
    return chromadb.PersistentClient(path=str(folder), settings=quiet)


def _open_server(url: str) -> Any:
    chromadb, quiet = _chromadb()
    parts = urlsplit(url)
    secure = parts.scheme == "https"
    client = chromadb.HttpClient(
        host=parts.hostname, port=parts.port or (443 if secure else 8000), ssl=secure, settings=quiet
    )
    session = getattr(getattr(client, "_server", None), "_session", None)
    if session is not None:
        session.timeout = SERVER_TIMEOUT_S
    return client


def _chromadb() -> tuple[Any, Any]:
    # People's questions are private: nothing phones home.
    os.environ["ANONYMIZED_TELEMETRY"] = "False"
    import chromadb
    from chromadb.config import Settings

    return chromadb, Settings(anonymized_telemetry=False)


def _page(at: int, collection: Any) -> Any:
    return collection.get(limit=BATCH, offset=at, include=["metadatas"])


def _where(
    since: datetime | None, until: datetime | None, outlets: Sequence[str], sections: Sequence[str]
) -> dict[str, Any] | None:
    # Chroma compares numbers only: dates are seconds since 1970.
    terms: list[dict[str, Any]] = []
    if since is not None:
        terms.append({"published": {"$gte": int(since.timestamp())}})
    if until is not None:
        terms.append({"published": {"$lte": int(until.timestamp())}})
        if since is None:
            terms.append({"published": {"$gt": NO_DATE}})
    if outlets:
        terms.append({"outlet": {"$in": list(outlets)}})
    if sections:
        terms.append({"section": {"$in": list(sections)}})
    if not terms:
        return None
    return terms[0] if len(terms) == 1 else {"$and": terms}
