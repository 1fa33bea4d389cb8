"""API keys: who may call what.

    make("toa-soan", ("ask",)) -> "ht_…", said once        find("ht_…") -> Key | None

Only the SHA-256 of a key is stored: it is drawn at random, so it needs no slow
hash. This module knows nothing of HTTP.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from app.accounts import Accounts
from app.people import digest, tidy
from ingest.article import VIETNAM
from ingest.errors import UsageError

SCOPES: tuple[str, ...] = ("ask", "check", "metrics")
"""ask: questions, articles and remarks; check: drafts and claims; metrics: /metrics."""
PREFIX = "ht_"


@dataclass(frozen=True, slots=True)
class Key:
    """A key without its secret. made, used: days in ISO 8601; used: the last day of use, "" before the first."""

    name: str
    scopes: tuple[str, ...]
    made: str
    used: str = ""


class Keys:
    """The keys of one home.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     keys = Keys(Path(folder))
    ...     secret = keys.make("toa-soan", ["ask"])
    ...     keys.find(secret).scopes, keys.find(secret + "x")
    (('ask',), None)
    """

    def __init__(self, home: Path) -> None:
        self._accounts = Accounts(home)

    def make(self, name: str, scopes: Sequence[str]) -> str:
        """A new key, to be shown once; raises UsageError for a taken name or an unknown scope."""
        name, wanted = tidy(name), tuple(dict.fromkeys(s.strip() for s in scopes))
        unknown = [scope for scope in wanted if scope not in SCOPES]
        if unknown or not wanted:
            raise UsageError(
                f"--scope: found {', '.join(map(repr, unknown)) or 'nothing'}, wanted some of {', '.join(SCOPES)}. "
                f"Mend: hoitin key add {name} --scope ask"
            )
        secret = PREFIX + secrets.token_urlsafe(32)
        with self._accounts.write() as db:
            if db.execute("SELECT 1 FROM keys WHERE name = ?", (name,)).fetchone():
                raise UsageError(f"{name}: found a key of this name, wanted a new one. Mend: hoitin key revoke {name}")
            db.execute(
                "INSERT INTO keys (digest, name, scopes, made) VALUES (?, ?, ?, ?)",
                (digest(secret), name, ",".join(wanted), _today()),
            )
        return secret

    def revoke(self, name: str) -> None:
        """Delete a key; raises UsageError for an unknown name."""
        with self._accounts.write() as db:
            if not db.execute("DELETE FROM keys WHERE name = ?", (name.strip().casefold(),)).rowcount:
                raise UsageError(f"{name}: no such key, wanted one of `hoitin key list`. Mend: hoitin key list")

    def all(self) -> list[Key]:
        """Every key, by name."""
        with self._accounts.read() as db:
            rows = db.execute("SELECT * FROM keys ORDER BY name").fetchall()
        return [Key(r["name"], tuple(r["scopes"].split(",")), r["made"], r["used"] or "") for r in rows]

    def find(self, secret: str) -> Key | None:
        """The key that this is the secret of; notes the day of its use."""
        if not secret.startswith(PREFIX) or len(secret) > 200:
            return None
        with self._accounts.read() as db:
            row = db.execute("SELECT * FROM keys WHERE digest = ?", (digest(secret),)).fetchone()
        if row is None:
            return None
        if row["used"] != _today():  # once a day, so that a call costs one read
            with self._accounts.write() as db:
                db.execute("UPDATE keys SET used = ? WHERE digest = ?", (_today(), digest(secret)))
        return Key(row["name"], tuple(row["scopes"].split(",")), row["made"], row["used"] or "")


def _today() -> str:
    return datetime.now(VIETNAM).date().isoformat()
