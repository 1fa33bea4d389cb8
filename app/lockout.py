"""Who has guessed too often: counts per name and per client, on disk, so that a restart forgives nothing.

    charge(who, limit) -> None, or the moment until which `who` is locked out

An attempt is counted before its password is looked at, so guesses made at the same
time are all counted. This module knows nothing of passwords.
"""

from __future__ import annotations

import time

from app.accounts import Accounts

PER_NAME = 5
"""Wrong passwords in a row for one name."""
PER_CLIENT = 20
"""Wrong passwords from one address, whatever the names."""
WINDOW_S = 15 * 60
"""Attempts older than this are forgotten."""
LOCKED_S = 15 * 60
"""How long nobody may try."""
_KEPT = 20_000
"""Rows at most: names are typed by strangers."""


class Lockout:
    """Counts attempts in the accounts of one home."""

    def __init__(self, accounts: Accounts) -> None:
        self._accounts = accounts

    def charge(self, who: str, limit: int, now: float | None = None) -> float | None:
        """Count one attempt; the time (epoch seconds) until which no attempt of `who` is looked at, or None."""
        now = time.time() if now is None else now
        with self._accounts.write() as db:
            row = db.execute("SELECT count, since, until FROM attempts WHERE who = ?", (who,)).fetchone()
            if row is not None and row["until"] > now:
                return float(row["until"])
            fresh = row is None or now - row["since"] > WINDOW_S or row["until"] > 0
            count, since = (1, now) if fresh else (row["count"] + 1, row["since"])
            until = now + LOCKED_S if count >= limit else 0.0
            db.execute("INSERT OR REPLACE INTO attempts VALUES (?, ?, ?, ?)", (who, count, since, until))
            db.execute("DELETE FROM attempts WHERE max(since + ?, until) < ?", (WINDOW_S, now))
            db.execute(
                "DELETE FROM attempts WHERE who IN (SELECT who FROM attempts ORDER BY since DESC LIMIT -1 OFFSET ?)",
                (_KEPT,),
            )
        return None

    def locked(self, who: str, now: float | None = None) -> float | None:
        """Until when (epoch seconds) `who` is locked out; None if it is not."""
        now = time.time() if now is None else now
        with self._accounts.read() as db:
            row = db.execute("SELECT until FROM attempts WHERE who = ? AND until > ?", (who, now)).fetchone()
        return float(row["until"]) if row else None

    def forgive(self, who: str, *, once: bool = False) -> None:
        """Forget the attempts of `who`, or only the last, which was right after all."""
        with self._accounts.write() as db:
            if once:
                db.execute("UPDATE attempts SET count = max(0, count - 1), until = 0 WHERE who = ?", (who,))
            else:
                db.execute("DELETE FROM attempts WHERE who = ?", (who,))
