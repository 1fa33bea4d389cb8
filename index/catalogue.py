"""Which passages the index holds, and up to which change of the archive: one small SQLite file.

    passages   every Passage as a row, with the digest of what was encoded
    facts      model, dimension, splitter version, format, synced change number
    pending    ids about to be written; what is left here after a kill is swept

The two stores (vectors, words) are written first and the catalogue last, in one
transaction, so the catalogue never promises what a store lacks. This module
knows nothing of vectors, words or people.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from index.passage import Passage
from ingest.errors import HoitinError

FORMAT = 2
"""Counts up when rows, or the words of the word index, change."""


class IndexMismatch(HoitinError):
    """The index was built with other choices than those set now."""

    public = "Kho tin đang được cập nhật, bạn thử lại sau ít phút nhé."


@dataclass(frozen=True, slots=True)
class Entry:
    """One passage as indexed. digest: of the text that was encoded."""

    passage: Passage
    digest: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What an index was built with; another value of any field needs another index."""

    model: str
    dimension: int
    splitter: int
    format: int = FORMAT


class Catalogue:
    """The passages of one index. Safe to use from many threads: one connection each."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._local = threading.local()
        path.parent.mkdir(parents=True, exist_ok=True)
        with self._connect() as connection:
            connection.execute("PRAGMA journal_mode=WAL")
            connection.executescript(
                """CREATE TABLE IF NOT EXISTS passages (id TEXT PRIMARY KEY, docid TEXT NOT NULL, start INT NOT NULL,
                     "end" INT NOT NULL, text TEXT NOT NULL, title TEXT NOT NULL, outlet TEXT NOT NULL,
                     section TEXT NOT NULL, published TEXT, story TEXT NOT NULL, version INT NOT NULL,
                     digest TEXT NOT NULL);
                   CREATE INDEX IF NOT EXISTS passages_docid ON passages (docid);
                   CREATE TABLE IF NOT EXISTS facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
                   CREATE TABLE IF NOT EXISTS pending (id TEXT PRIMARY KEY) WITHOUT ROWID;"""
            )

    def _connect(self) -> sqlite3.Connection:
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            try:
                connection = sqlite3.connect(self._path, timeout=30)
                connection.execute("PRAGMA synchronous=NORMAL")
            except sqlite3.DatabaseError as error:
                raise IndexMismatch(
                    f"{self._path}: {error}; wanted the passage catalogue of hoitin. Mend: hoitin reindex"
                ) from error
            self._local.connection = connection
        return connection

    def close(self) -> None:
        connection = getattr(self._local, "connection", None)
        if connection is not None:
            connection.close()
            self._local.connection = None

    # ---- manifest

    def manifest(self) -> Manifest | None:
        """What the index was built with; None for a new one."""
        facts = dict(self._connect().execute("SELECT name, value FROM facts"))
        if "model" not in facts:
            return None
        return Manifest(facts["model"], int(facts["dimension"]), int(facts["splitter"]), int(facts["format"]))

    def begin(self, manifest: Manifest) -> None:
        """Empty the catalogue and write what the index is about to be built with."""
        with self._connect() as connection:
            for table in ("passages", "facts", "pending"):
                connection.execute(f"DELETE FROM {table}")
            rows = {"model": manifest.model, "dimension": manifest.dimension, "splitter": manifest.splitter,
                    "format": manifest.format, "synced": 0}  # fmt: skip
            connection.executemany("INSERT INTO facts VALUES (?, ?)", [(k, str(v)) for k, v in rows.items()])

    def synced(self) -> int:
        """The archive's change number up to which the index is complete; 0 for a new one."""
        row = self._connect().execute("SELECT value FROM facts WHERE name = 'synced'").fetchone()
        return int(row[0]) if row else 0

    # ---- writing

    def announce(self, ids: Iterable[str]) -> None:
        """Write down ids before the stores hear of them."""
        with self._connect() as connection:
            connection.executemany("INSERT OR IGNORE INTO pending VALUES (?)", [(i,) for i in ids])

    def pending(self) -> list[str]:
        """Announced and never completed: left by a killed run."""
        return [row[0] for row in self._connect().execute("SELECT id FROM pending ORDER BY id")]

    def complete(self, docids: Sequence[str], entries: Sequence[Entry], synced: int) -> None:
        """Replace the passages of `docids` by `entries` and advance the change number, in one transaction."""
        with self._connect() as connection:
            connection.executemany("DELETE FROM passages WHERE docid = ?", [(d,) for d in docids])
            connection.executemany(
                f"INSERT INTO passages ({_COLUMNS}) VALUES ({','.join('?' * 12)})", [_row(e) for e in entries]
            )
            connection.execute("DELETE FROM pending")
            connection.execute("INSERT OR REPLACE INTO facts VALUES ('synced', ?)", (str(synced),))

    # ---- reading

    def of(self, docid: str) -> list[Entry]:
        """The passages of an article, in reading order."""
        rows = self._connect().execute(f"SELECT {_COLUMNS} FROM passages WHERE docid = ? ORDER BY start", (docid,))
        return [_entry(row) for row in rows]

    def passages(self, ids: Sequence[str]) -> dict[str, Passage]:
        """The passages of these ids; unknown ones are left out."""
        found: dict[str, Passage] = {}
        for at in range(0, len(ids), 500):
            chunk = tuple(ids[at : at + 500])
            marks = ",".join("?" * len(chunk))
            rows = self._connect().execute(f"SELECT {_COLUMNS} FROM passages WHERE id IN ({marks})", chunk)
            found.update((row[0], _entry(row).passage) for row in rows)
        return found

    def ids(self) -> set[str]:
        return {row[0] for row in self._connect().execute("SELECT id FROM passages")}

    def docids(self) -> set[str]:
        return {row[0] for row in self._connect().execute("SELECT DISTINCT docid FROM passages")}

    def count(self) -> int:
        return int(self._connect().execute("SELECT count(*) FROM passages").fetchone()[0])


_COLUMNS = 'id, docid, start, "end", text, title, outlet, section, published, story, version, digest'


def _row(entry: Entry) -> tuple[Any, ...]:
    p = entry.passage
    published = p.published.isoformat() if p.published else None
    return (p.id, p.docid, p.start, p.end, p.text, p.title, p.outlet, p.section, published, p.story, p.version,
            entry.digest)  # fmt: skip


def _entry(row: tuple[Any, ...]) -> Entry:
    published = datetime.fromisoformat(row[8]) if row[8] else None
    return Entry(Passage(*row[:8], published=published, story=row[9], version=row[10]), row[11])
