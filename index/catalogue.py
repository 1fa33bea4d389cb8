"""Which passages the index holds, and up to which change of the archive: one small SQLite file, the truth of the index.

    passages   every Passage as a row, with the digest of what was encoded
    waiting    what the vector store has yet to hear of: vectors to put, ids to forget
    vectors    of every passage, to look up and to search within a filter (index/kept.py)
    facts      model, dimension, splitter version, format, synced change number

A batch of articles enters in one transaction, its vectors waiting beside it, so a
killed process loses nothing that was encoded; the vector store is brought up to
date now and then, and what it has taken in waits no longer. This module knows
nothing of words or people.
"""

from __future__ import annotations

import hashlib
import secrets
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from index import kept
from index.passage import Passage
from ingest.errors import HoitinError

Float32 = npt.NDArray[np.float32]

FORMAT = 2


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
    """The passages of one index. Safe to use from many threads and processes: one connection a thread."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._local = threading.local()
        self._opened: list[sqlite3.Connection] = []
        self._one = threading.Lock()
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            self._make()
        except sqlite3.DatabaseError as error:
            self.close()
            raise IndexMismatch(
                f"{path}: {error}; wanted the passage catalogue of hoitin. Mend: hoitin reindex"
            ) from error

    def _make(self) -> None:
        connection = self._connect()
        made = connection.execute(
            "SELECT count(*) FROM sqlite_master WHERE name IN ('passages', 'waiting', 'vectors')"
        ).fetchone()
        if made[0] == 3:
            return  # a reader writes nothing
        connection.execute("PRAGMA journal_mode=WAL")
        connection.executescript(
            f"""BEGIN IMMEDIATE;
               CREATE TABLE IF NOT EXISTS passages (id TEXT PRIMARY KEY, docid TEXT NOT NULL, start INT NOT NULL,
                 "end" INT NOT NULL, text TEXT NOT NULL, title TEXT NOT NULL, outlet TEXT NOT NULL,
                 section TEXT NOT NULL, published TEXT, story TEXT NOT NULL, version INT NOT NULL,
                 digest TEXT NOT NULL);
               CREATE INDEX IF NOT EXISTS passages_docid ON passages (docid);
               CREATE TABLE IF NOT EXISTS facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
               DROP TABLE IF EXISTS pending;
               CREATE TABLE IF NOT EXISTS waiting (id TEXT PRIMARY KEY, vector BLOB);
               {kept.SCHEMA}
               COMMIT;"""
        )

    def _connect(self) -> sqlite3.Connection:
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            # Used by the thread that made it; closed by whichever thread closes the catalogue.
            connection = sqlite3.connect(self._path, timeout=30, check_same_thread=False)
            connection.execute("PRAGMA synchronous=NORMAL")
            self._local.connection = connection
            with self._one:
                self._opened.append(connection)
        return connection

    def close(self) -> None:
        """Close the connections of all threads."""
        with self._one:
            opened, self._opened, self._local = self._opened, [], threading.local()
        for connection in opened:
            connection.close()

    # ---- facts

    def manifest(self) -> Manifest | None:
        """What the index was built with; None for a new one."""
        facts = self._facts()
        if "model" not in facts:
            return None
        return Manifest(facts["model"], int(facts["dimension"]), int(facts["splitter"]), int(facts["format"]))

    def begin(self, manifest: Manifest, holder: str, *, whole: int = 0) -> None:
        """Empty the catalogue and write what the index is about to be built with, and where its vectors will be.

        whole: the change number from which on the index is as complete as the one it replaces.
        """
        facts = {"model": manifest.model, "dimension": manifest.dimension, "splitter": manifest.splitter,
                 "format": manifest.format, "synced": 0, "whole": whole, "holder": holder, "fresh": 1, "kept": 1}  # fmt: skip
        with self._connect() as connection:
            connection.execute("DELETE FROM passages")
            connection.execute("DELETE FROM vectors")
            connection.execute("DELETE FROM waiting")
            connection.executemany(_SET_FACT, [(name, str(value)) for name, value in facts.items()])

    def synced(self) -> int:
        """The archive's change number up to which the index is complete; 0 for a new one."""
        return int(self._facts().get("synced", 0))

    def rebuilding(self) -> bool:
        """Whether the index is being built anew and does not yet hold what the one before it held."""
        facts = self._facts()
        return int(facts.get("synced", 0)) < int(facts.get("whole", 0))

    def holder(self) -> str:
        """Where the vectors were put (VectorStore.holder); "" for a new index."""
        return self._facts().get("holder", "")

    def fresh(self) -> bool:
        """Whether the vector store has yet to forget what it held before this index was begun."""
        return self._facts().get("fresh") == "1"

    def identity(self) -> str:
        """A random name of this index, the same for as long as its file lives."""
        if "identity" not in self._facts():
            with self._connect() as connection:
                connection.execute("INSERT OR IGNORE INTO facts VALUES ('identity', ?)", (secrets.token_hex(8),))
        return self._facts()["identity"]

    def archive(self) -> str:
        """The identity of the archive that was indexed; "" for a new index."""
        return self._facts().get("archive", "")

    def belong_to(self, archive: str) -> None:
        """Write down which archive is indexed."""
        with self._connect() as connection:
            connection.execute(_SET_FACT, ("archive", archive))

    def _facts(self) -> dict[str, str]:
        return dict(self._connect().execute("SELECT name, value FROM facts"))

    # ---- writing

    def complete(
        self, docids: Sequence[str], entries: Sequence[Entry], vectors: Mapping[str, Float32 | None], synced: int
    ) -> None:
        """Replace the passages of `docids` by `entries` and advance the change number, in one transaction.

        vectors: by passage id, what the vector store is to hear of: a vector to put,
        None to forget the id, or, of a passage it knows, to hear its metadata again.
        """
        with self._connect() as connection:
            before = {row[0] for docid in docids for row in connection.execute(_IDS_OF, (docid,))}
            connection.executemany("DELETE FROM passages WHERE docid = ?", [(d,) for d in docids])
            connection.executemany(
                f"INSERT INTO passages ({_COLUMNS}) VALUES ({','.join('?' * 12)})", [_row(e) for e in entries]
            )
            new = {e.passage.id: e.passage for e in entries}
            kept.forget(connection, before - new.keys())
            for passage_id, passage in new.items():
                if (found := vectors.get(passage_id)) is not None:
                    kept.put(connection, passage, found)
                else:
                    kept.describe(connection, passage)
            for passage_id, vector in vectors.items():
                # A passage whose vector waits already keeps it when only its metadata changed.
                keep = vector is None and passage_id in new
                connection.execute(
                    f"INSERT OR {'IGNORE' if keep else 'REPLACE'} INTO waiting VALUES (?, ?)",
                    (passage_id, None if vector is None else vector.astype("<f4").tobytes()),
                )
            connection.execute(_SET_FACT, ("synced", str(synced)))

    def waiting(self, ids: Sequence[str]) -> dict[str, Float32 | None]:
        """What the vector store has yet to hear of these ids, as given to complete(); ids that do not wait are left out."""
        found: dict[str, Float32 | None] = {}
        for at in range(0, len(ids), 500):
            chunk = tuple(ids[at : at + 500])
            marks = ",".join("?" * len(chunk))
            rows = self._connect().execute(f"SELECT id, vector FROM waiting WHERE id IN ({marks})", chunk)
            found.update((row[0], None if row[1] is None else np.frombuffer(row[1], "<f4")) for row in rows)
        return found

    def waiting_count(self) -> int:
        """Vectors that wait: passages that the vector store cannot find yet."""
        return int(self._connect().execute("SELECT count(vector) FROM waiting").fetchone()[0])

    def waiting_ids(self) -> list[str]:
        """The passages that the vector store knows nothing of, or something old, in the order in which they came."""
        return [row[0] for row in self._connect().execute("SELECT id FROM waiting ORDER BY rowid")]

    def heard(self) -> None:
        """The vector store has taken in all that waited; it holds nothing from before begin()."""
        with self._connect() as connection:
            connection.execute("DELETE FROM waiting")
            connection.execute(_SET_FACT, ("fresh", "0"))

    # ---- vectors

    def keeps(self) -> bool:
        """Whether every passage's vector is kept here: not so in an index of an earlier version before its next sync."""
        return self._facts().get("kept") == "1"

    def unkept(self) -> list[str]:
        """Passages whose vector is not kept here."""
        rows = self._connect().execute("SELECT id FROM passages EXCEPT SELECT id FROM vectors")
        return [row[0] for row in rows]

    def keep(self, vectors: Mapping[str, Float32]) -> None:
        """Keep vectors of known passages."""
        passages = self.passages(list(vectors))
        with self._connect() as connection:
            for passage_id, passage in passages.items():
                kept.put(connection, passage, vectors[passage_id])

    def kept_all(self) -> None:
        """Write down that keeps() is true from now on."""
        with self._connect() as connection:
            connection.execute(_SET_FACT, ("kept", "1"))

    def vectors(self, ids: Sequence[str]) -> dict[str, Float32]:
        """The vectors of these ids; unknown ones are left out."""
        return kept.of(self._connect(), ids)

    def passing(self, allowed: kept.Filter, *, most: int) -> int:
        """How many passages a filter lets pass, counted up to `most`."""
        return allowed.count(self._connect(), most=most)

    def newest(self, allowed: kept.Filter, most: int) -> list[str]:
        """The passages published last, of those that a filter lets pass."""
        return allowed.newest(self._connect(), most)

    def among(self, allowed: kept.Filter, ids: Sequence[str]) -> set[str]:
        """Those of these ids that a filter lets pass."""
        return allowed.among(self._connect(), ids)

    def cosines(self, allowed: kept.Filter, vector: Float32, ids: Iterable[str] | None = None) -> dict[str, float]:
        """Cosine to a unit vector of what a filter lets pass; ids: of these only."""
        return allowed.cosines(self._connect(), vector, ids)

    # ---- reading

    @contextmanager
    def at_once(self) -> Iterator[None]:
        """All that this thread reads inside the block is of one moment, while another process may write."""
        connection = self._connect()
        connection.execute("BEGIN")
        try:
            yield
        finally:
            connection.rollback()

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

    def entries(self) -> Iterator[Entry]:
        """Every passage, by article; for verification, not for searching."""
        rows = self._connect().execute(f"SELECT {_COLUMNS} FROM passages ORDER BY docid, start")
        yield from map(_entry, rows)

    def ids(self) -> set[str]:
        return {row[0] for row in self._connect().execute("SELECT id FROM passages")}

    def docids(self) -> set[str]:
        return {row[0] for row in self._connect().execute("SELECT DISTINCT docid FROM passages")}

    def count(self) -> int:
        return int(self._connect().execute("SELECT count(*) FROM passages").fetchone()[0])

    def digest(self) -> str:
        """sha256 (hex) over the id and digest of every passage: equal exactly when two indexes hold the same."""
        made = hashlib.sha256()
        for row in self._connect().execute("SELECT id, digest FROM passages ORDER BY id"):
            made.update(f"{row[0]}\x1f{row[1]}\x1e".encode())
        return made.hexdigest()


_COLUMNS = 'id, docid, start, "end", text, title, outlet, section, published, story, version, digest'
_IDS_OF = "SELECT id FROM passages WHERE docid = ?"
_SET_FACT = "INSERT OR REPLACE INTO facts VALUES (?, ?)"


def _row(entry: Entry) -> tuple[Any, ...]:
    p = entry.passage
    published = p.published.isoformat() if p.published else None
    return (p.id, p.docid, p.start, p.end, p.text, p.title, p.outlet, p.section, published, p.story, p.version,
            entry.digest)  # fmt: skip


def _entry(row: Any) -> Entry:
    passage_id, docid, start, end, text, title, outlet, section, day, story, version, digest = row
    published = datetime.fromisoformat(day) if day else None
    return Entry(
        Passage(passage_id, docid, start, end, text, title, outlet, section, published, story, version), digest
    )
