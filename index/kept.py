"""Vectors kept beside the passages, in the catalogue's own SQLite file: looked up by id, and searched exactly in a filter.

Chroma finds the nearest among all passages in a few milliseconds, but takes hundreds for a lookup of many ids or for
a date filter, and a new generation of it is a copy of the whole. So every vector is also a row here: a month's passages are
compared one by one, and what Chroma has yet to hear of is found all the same.

Functions over a connection, so that the catalogue writes them in its own transactions. This module knows nothing of Chroma.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from datetime import datetime

import numpy as np
import numpy.typing as npt

from index.passage import Passage

Float32 = npt.NDArray[np.float32]

SCHEMA = """
  CREATE TABLE IF NOT EXISTS vectors (id TEXT PRIMARY KEY, published INT, outlet TEXT NOT NULL, section TEXT NOT NULL,
    vector BLOB NOT NULL);
  CREATE INDEX IF NOT EXISTS vectors_published ON vectors (published);
  CREATE INDEX IF NOT EXISTS vectors_outlet ON vectors (outlet);
  CREATE INDEX IF NOT EXISTS vectors_section ON vectors (section);
"""

_AT_ONCE = 500


def put(connection: sqlite3.Connection, passage: Passage, vector: Float32) -> None:
    """Keep a passage's vector (dimension,), in place of the one before."""
    row = (passage.id, *_facts(passage), vector.astype("<f4").tobytes())
    connection.execute(
        "INSERT OR REPLACE INTO vectors (id, published, outlet, section, vector) VALUES (?,?,?,?,?)", row
    )


def describe(connection: sqlite3.Connection, passage: Passage) -> None:
    """Write down a passage's date, outlet and section anew."""
    connection.execute(
        "UPDATE vectors SET published = ?, outlet = ?, section = ? WHERE id = ?", (*_facts(passage), passage.id)
    )


def forget(connection: sqlite3.Connection, ids: Iterable[str]) -> None:
    """Drop the vectors of these ids; unknown ones are ignored."""
    connection.executemany("DELETE FROM vectors WHERE id = ?", [(i,) for i in ids])


def of(connection: sqlite3.Connection, ids: Sequence[str]) -> dict[str, Float32]:
    """The vectors of these ids; unknown ones are left out."""
    found: dict[str, Float32] = {}
    for at in range(0, len(ids), _AT_ONCE):
        chunk = tuple(ids[at : at + _AT_ONCE])
        marks = ",".join("?" * len(chunk))
        rows = connection.execute(f"SELECT id, vector FROM vectors WHERE id IN ({marks})", chunk)
        found.update((row[0], np.frombuffer(row[1], "<f4")) for row in rows)
    return found


class Filter:
    """Bounds on publication (inclusive) and the outlets and sections allowed; none of them allows everything."""

    def __init__(
        self,
        since: datetime | None = None,
        until: datetime | None = None,
        outlets: Sequence[str] = (),
        sections: Sequence[str] = (),
    ) -> None:
        self._terms: list[str] = []
        self._values: list[str | int] = []
        if since is not None:
            self._add("published >= ?", [int(since.timestamp())])
        if until is not None:
            self._add("published <= ?", [int(until.timestamp())])
        for column, allowed in (("outlet", outlets), ("section", sections)):
            if allowed:
                self._add(f"{column} IN ({','.join('?' * len(allowed))})", list(allowed))

    def __bool__(self) -> bool:
        return bool(self._terms)

    def _add(self, term: str, values: Sequence[str | int]) -> None:
        self._terms.append(term)
        self._values.extend(values)

    def count(self, connection: sqlite3.Connection, *, most: int) -> int:
        """How many passages pass, counted up to `most`."""
        asked = f"SELECT count(*) FROM (SELECT 1 FROM vectors WHERE {self._where()} LIMIT ?)"
        return int(connection.execute(asked, (*self._values, most)).fetchone()[0])

    def newest(self, connection: sqlite3.Connection, most: int) -> list[str]:
        """The passages published last, of those that pass; undated ones never."""
        asked = f"SELECT id FROM vectors WHERE published IS NOT NULL AND {self._where()} ORDER BY published DESC, id LIMIT ?"
        return [row[0] for row in connection.execute(asked, (*self._values, most))]

    def among(self, connection: sqlite3.Connection, ids: Sequence[str]) -> set[str]:
        """Those of these ids that pass."""
        found: set[str] = set()
        for at in range(0, len(ids), _AT_ONCE):
            chunk = ids[at : at + _AT_ONCE]
            asked = f"SELECT id FROM vectors WHERE id IN ({','.join('?' * len(chunk))}) AND {self._where()}"
            found.update(row[0] for row in connection.execute(asked, (*chunk, *self._values)))
        return found

    def cosines(
        self, connection: sqlite3.Connection, vector: Float32, ids: Iterable[str] | None = None
    ) -> dict[str, float]:
        """Cosine to a unit vector of every passage that passes; ids: of these only."""
        if ids is None:
            rows = connection.execute(f"SELECT id, vector FROM vectors WHERE {self._where()}", self._values).fetchall()
        else:
            wanted = list(ids)
            rows = []
            for at in range(0, len(wanted), _AT_ONCE):
                chunk = wanted[at : at + _AT_ONCE]
                asked = f"SELECT id, vector FROM vectors WHERE id IN ({','.join('?' * len(chunk))}) AND {self._where()}"
                rows += connection.execute(asked, (*chunk, *self._values)).fetchall()
        if not rows:
            return {}
        matrix = np.frombuffer(b"".join(row[1] for row in rows), "<f4").reshape(len(rows), -1)
        return dict(zip((row[0] for row in rows), (matrix @ vector).tolist(), strict=True))

    def _where(self) -> str:
        return " AND ".join(self._terms) or "1"


def _facts(passage: Passage) -> tuple[int | None, str, str]:
    return (int(passage.published.timestamp()) if passage.published else None, passage.outlet, passage.section)
