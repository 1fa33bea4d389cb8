"""Vectors by passage id, in Chroma: an embedded folder, or a server by URL.

In: ids, unit vectors, a few metadata. Out: the nearest ids with their cosine. The
only file that imports chromadb. Passages are updated in place, never deleted and
added again (that bloats the folder). This module knows nothing of text or models.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import numpy as np
import numpy.typing as npt

from ingest.errors import HoitinError

Float32 = npt.NDArray[np.float32]

COLLECTION = "passages"
BATCH = 256
"""Records a write: Chroma's own guide measures 50 to 250 as the best."""

NO_DATE = -(2**40)
"""The publication second of an undated article: outside every date filter."""


class StoreError(HoitinError):
    """The vector store cannot be opened or answered wrongly."""

    public = "Kho tin đang được cập nhật, bạn thử lại sau ít phút nhé."


class VectorStore:
    """The vectors of one index. Open with VectorStore.open; `close()` before the folder is moved or removed."""

    def __init__(self, client: Any, collection: Any, label: str) -> None:
        self._client = client
        self._collection = collection
        self._label = label

    @classmethod
    def open(cls, folder: Path, *, url: str = "", name: str = COLLECTION) -> VectorStore:
        """The store in `folder`, or on the Chroma server at `url`; made when missing.

        Raises StoreError when the folder is not Chroma's or the server does not answer.
        """
        # People's questions are private: nothing phones home.
        os.environ["ANONYMIZED_TELEMETRY"] = "False"
        import chromadb
        from chromadb.config import Settings

        quiet = Settings(anonymized_telemetry=False)
        label = url or str(folder)
        try:
            if url:
                parts = urlsplit(url)
                if parts.scheme not in ("http", "https") or not parts.hostname:
                    raise StoreError(
                        f"HOITIN_CHROMA: found {url!r}, wanted http://host:port. Mend: HOITIN_CHROMA=http://127.0.0.1:8000"
                    )
                client = chromadb.HttpClient(
                    host=parts.hostname,
                    port=parts.port or (443 if parts.scheme == "https" else 8000),
                    ssl=parts.scheme == "https",
                    settings=quiet,
                )
            else:
                folder.mkdir(parents=True, exist_ok=True)
                client = chromadb.PersistentClient(path=str(folder), settings=quiet)
            collection = client.get_or_create_collection(
                name,
                embedding_function=None,
                configuration={
                    "hnsw": {"space": "cosine", "ef_construction": 200, "ef_search": 200, "max_neighbors": 24}
                },
            )
        except StoreError:
            raise
        except Exception as error:  # chromadb raises its Rust panics and its HTTP errors as many unrelated types
            mend = f"chroma run --port {urlsplit(url).port or 8000}" if url else "hoitin reindex"
            raise StoreError(
                f"{label}: Chroma could not be opened ({type(error).__name__}: {str(error)[:200]}); "
                f"wanted a {'running Chroma server' if url else 'folder written by Chroma 1.5'}. Mend: {mend}"
            ) from error
        return cls(client, collection, label)

    def close(self) -> None:
        close = getattr(self._client, "close", None)
        if close is not None:
            close()

    def put(self, ids: Sequence[str], vectors: Float32, metadatas: Sequence[Mapping[str, Any]]) -> None:
        """Write vectors under their ids, in place when the id is known."""
        for at in range(0, len(ids), BATCH):
            self._collection.upsert(
                ids=list(ids[at : at + BATCH]),
                embeddings=vectors[at : at + BATCH],
                metadatas=[dict(m) for m in metadatas[at : at + BATCH]],
            )

    def remove(self, ids: Sequence[str]) -> None:
        """Forget these ids; unknown ones are ignored."""
        for at in range(0, len(ids), BATCH):
            self._collection.delete(ids=list(ids[at : at + BATCH]))

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
        found = self._collection.query(
            query_embeddings=[vector], n_results=k, where=_where(since, until, outlets, sections), include=["distances"]
        )
        return [(i, 1.0 - float(d)) for i, d in zip(found["ids"][0], found["distances"][0], strict=True)]

    def vectors(self, ids: Sequence[str]) -> dict[str, Float32]:
        """The stored vectors of these ids; unknown ones are left out."""
        if not ids:
            return {}
        found = self._collection.get(ids=list(ids), include=["embeddings"])
        return dict(zip(found["ids"], np.asarray(found["embeddings"], np.float32), strict=True))

    def count(self) -> int:
        return int(self._collection.count())

    def ids(self) -> set[str]:
        """Every id; for verification, not for searching."""
        known: set[str] = set()
        for at in range(0, self.count(), 5000):
            known.update(self._collection.get(limit=5000, offset=at, include=[])["ids"])
        return known

    def clear(self) -> None:
        """Forget everything."""
        ids = sorted(self.ids())
        self.remove(ids)


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
