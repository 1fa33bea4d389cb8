"""How many questions were asked, day by day: counts, never who asked.

    note("chat", "answered", "Cầu nào …?")        days(30) -> one Day each        unanswered(20) -> texts

The text of a question is kept only when a setting says for how many days; then it
stands beside its day and whether the archive had an answer, and nothing else. In
tally.sqlite of the home folder, readable by its owner only. A count that cannot be
written stops no answer. This module knows nothing of answers or pages.
"""

from __future__ import annotations

import logging
import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from ingest.article import VIETNAM

log = logging.getLogger("hoitin.web")

FILE = "tally.sqlite"
OUTCOMES = ("answered", "abstained", "failed")
MOST_KEPT = 100_000
"""Question texts at most, whatever the days."""
_TABLES = """
CREATE TABLE IF NOT EXISTS days (day TEXT, by TEXT, outcome TEXT, count INTEGER NOT NULL, PRIMARY KEY (day, by, outcome));
CREATE TABLE IF NOT EXISTS questions (id INTEGER PRIMARY KEY, day TEXT NOT NULL, text TEXT NOT NULL, outcome TEXT NOT NULL);
"""


@dataclass(frozen=True, slots=True)
class Day:
    """The questions of one day in Vietnam."""

    day: date
    answered: int = 0
    abstained: int = 0
    failed: int = 0

    @property
    def asked(self) -> int:
        return self.answered + self.abstained + self.failed


class Tally:
    """Counts for one home; safe in any number of processes and threads.

    keep_days: how long question texts are kept; 0 keeps none, and forgets those that were.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     tally = Tally(Path(folder))
    ...     tally.note("chat", "answered", "Cầu nào?")
    ...     tally.days(1)[0].asked, tally.unanswered(10)
    (1, [])
    """

    def __init__(self, home: Path, keep_days: int = 0) -> None:
        self._path = home / FILE
        self._keep_days = keep_days
        self._told = False
        self._cleared: str = ""
        self._one_writer = threading.Lock()
        self._writer: sqlite3.Connection | None = None

    def note(self, by: str, outcome: str, text: str = "", now: datetime | None = None) -> None:
        """Count one question. by: "chat", "api" or "mcp"; outcome: one of OUTCOMES."""
        day = (now or datetime.now(VIETNAM)).date()
        try:
            with self._one_writer, self._kept_open() as db:
                db.execute(
                    "INSERT INTO days VALUES (?, ?, ?, 1) ON CONFLICT DO UPDATE SET count = count + 1",
                    (day.isoformat(), by, outcome),
                )
                self._keep(db, day, text.strip()[:2_000], outcome)
        except (sqlite3.Error, OSError) as error:  # a read-only or full disk: answers go on
            if not self._told:
                log.warning(
                    "%s: questions are not counted (%s). Mend: chmod u+w %s", self._path, error, self._path.parent
                )
            self._told = True

    def days(self, last: int, today: date | None = None) -> list[Day]:
        """The `last` days up to today, oldest first, with those on which nobody asked."""
        today = today or datetime.now(VIETNAM).date()
        wanted = [today - timedelta(days=n) for n in reversed(range(last))]
        found: dict[str, dict[str, int]] = {}
        if self._path.exists():
            with self._open() as db:
                rows = db.execute(
                    "SELECT day, outcome, sum(count) FROM days WHERE day >= ? GROUP BY day, outcome",
                    (wanted[0].isoformat(),),
                )
                for day, outcome, count in rows:
                    found.setdefault(day, {})[outcome] = count
        return [Day(day, **found.get(day.isoformat(), {})) for day in wanted]

    def unanswered(self, limit: int) -> list[tuple[str, str]]:
        """(day, text) of questions that the archive had no answer to, newest first; [] unless texts are kept."""
        if not self._keep_days or not self._path.exists():
            return []
        with self._open() as db:
            rows = db.execute(
                "SELECT day, text FROM questions WHERE outcome = 'abstained' ORDER BY id DESC LIMIT ?", (limit,)
            )
            return [(day, text) for day, text in rows]

    def _keep(self, db: sqlite3.Connection, day: date, text: str, outcome: str) -> None:
        if text and self._keep_days:
            row = (day.isoformat(), text.encode("utf-8", "replace").decode(), outcome)
            db.execute("INSERT INTO questions (day, text, outcome) VALUES (?, ?, ?)", row)
        if self._cleared != day.isoformat():  # once a day, and first of all
            first = day - timedelta(days=self._keep_days)
            db.execute("DELETE FROM questions WHERE day <= ?", ((first if self._keep_days else day).isoformat(),))
            db.execute("DELETE FROM questions WHERE id <= (SELECT max(id) FROM questions) - ?", (MOST_KEPT,))
            self._cleared = day.isoformat()

    @contextmanager
    def _kept_open(self) -> Iterator[sqlite3.Connection]:
        """The connection that writes. It stays open: closing the last one would wait for the disk, question by question."""
        if self._writer is None:
            self._writer = self._connect()
        try:
            with self._writer:
                yield self._writer
        except (sqlite3.Error, OSError):
            self._writer.close()
            self._writer = None
            raise

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        with closing(self._connect()) as db, db:
            yield db

    def _connect(self) -> sqlite3.Connection:
        new = not self._path.exists()
        if new:
            os.close(os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600))
        db = sqlite3.connect(self._path, timeout=5.0, check_same_thread=False)
        # A commit then waits for no disk: a count lost in a power cut is no loss, and answers must not wait.
        db.execute("PRAGMA synchronous = NORMAL")
        if new or not db.execute("SELECT 1 FROM sqlite_master WHERE name = 'questions'").fetchone():
            db.execute("PRAGMA journal_mode = WAL")
            db.executescript(_TABLES)
        return db
