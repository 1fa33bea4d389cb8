"""accounts.sqlite: the file of the home folder that holds who may do what.

    Accounts(home).read() / .write() -> a connection, for app.people, app.lockout and app.keys

Only its owner may read the file. Every use opens it anew, so any number of
processes and threads may use it at once; a write is one transaction. There is
no file until the first write. This module knows what the tables are, not what
their rows mean.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from ingest.errors import HoitinError

FILE = "accounts.sqlite"
FORMAT = 1
_WAIT_S = 10.0

_TABLES = """
CREATE TABLE IF NOT EXISTS users (name TEXT PRIMARY KEY, hash TEXT NOT NULL, made TEXT NOT NULL, seen TEXT);
CREATE TABLE IF NOT EXISTS sessions (digest TEXT PRIMARY KEY, name TEXT NOT NULL, until REAL NOT NULL);
CREATE TABLE IF NOT EXISTS attempts (who TEXT PRIMARY KEY, count INTEGER NOT NULL, since REAL NOT NULL, until REAL NOT NULL);
CREATE TABLE IF NOT EXISTS keys (digest TEXT PRIMARY KEY, name TEXT NOT NULL UNIQUE, scopes TEXT NOT NULL,
                                 made TEXT NOT NULL, used TEXT);
"""


class AccountsError(HoitinError):
    """The file cannot be used as it is."""


class Accounts:
    """The accounts of one home."""

    def __init__(self, home: Path) -> None:
        self._path = home / FILE

    @contextmanager
    def read(self) -> Iterator[sqlite3.Connection]:
        """A connection to read with; before the first write it finds empty tables."""
        with self._plainly():
            there = self._path.exists()
            with closing(self._open(f"{self._path.resolve().as_uri()}?mode=rw" if there else ":memory:")) as opened:
                if self._is_new(opened):
                    with closing(self._open(":memory:")) as empty:
                        empty.executescript(_TABLES)
                        yield empty
                else:
                    yield opened

    @contextmanager
    def write(self) -> Iterator[sqlite3.Connection]:
        """A connection inside a transaction that no other writer shares: kept when the block ends, else undone."""
        with self._plainly():
            os.close(os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600))  # SQLite's own would follow the umask
            with closing(self._open(str(self._path))) as opened:
                if self._is_new(opened):
                    opened.executescript(f"BEGIN IMMEDIATE; {_TABLES} PRAGMA user_version = {FORMAT}; COMMIT;")
                opened.execute("BEGIN IMMEDIATE")
                try:
                    yield opened
                    opened.execute("COMMIT")
                except BaseException:
                    opened.execute("ROLLBACK")
                    raise

    @staticmethod
    def _open(where: str) -> sqlite3.Connection:
        opened = sqlite3.connect(where, timeout=_WAIT_S, isolation_level=None, uri=where.startswith("file:"))
        opened.row_factory = sqlite3.Row
        return opened

    def _is_new(self, opened: sqlite3.Connection) -> bool:
        found = int(opened.execute("PRAGMA user_version").fetchone()[0])
        if found > FORMAT:
            raise AccountsError(
                f"{self._path}: found format {found}, wanted at most {FORMAT}; a newer hoitin made it. "
                "Mend: pip install --upgrade hoitin"
            )
        return not found

    @contextmanager
    def _plainly(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.DatabaseError as error:
            raise AccountsError(
                f"{self._path}: {error}, wanted the accounts of this home. "
                f"Mend: mv {self._path} {self._path}.broken, then hoitin user add NAME"
            ) from error
        except OSError as error:
            raise AccountsError(
                f"{self._path}: {error.strerror or error}, wanted a file of ours that can be written. "
                f"Mend: chmod u+rwX {self._path.parent}"
            ) from error
