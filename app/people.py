"""People with an account, and their sessions.

    add("lan", "…")                        sign_in("lan", "…", client) -> token
    user_of(token) -> User | None          sign_out(token)

Only hashes are stored: argon2id of passwords, SHA-256 of session tokens. Whoever has
an account is an editor: there is no other role. Nothing that sign_in says or takes
tells whether a name exists. This module knows nothing of cookies or pages.
"""

from __future__ import annotations

import hashlib
import re
import secrets
import time
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from app.accounts import Accounts
from app.lockout import PER_CLIENT, PER_NAME, Lockout
from app.passwords import check_new, fits, hashed
from ingest.article import VIETNAM
from ingest.errors import HoitinError, UsageError

_NAME = re.compile(r"[a-z0-9][a-z0-9._@-]{0,63}")


@dataclass(frozen=True, slots=True)
class User:
    """An editor. made, seen: ISO 8601; seen: the last sign-in, "" before the first."""

    name: str
    made: str = ""
    seen: str = ""


class WrongPassword(HoitinError):
    """Name and password do not go together."""


class LockedOut(HoitinError):
    """Too many wrong passwords. until: when the next attempt is looked at."""

    def __init__(self, until: datetime) -> None:
        super().__init__(f"locked until {until:%H:%M:%S} after too many wrong passwords. Mend: wait until then")
        self.until = until


class People:
    """The accounts of one home; safe in any number of processes and threads.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     people = People(Path(folder))
    ...     people.add("Lan", "cá rô đồng kho tộ")
    ...     token = people.sign_in("lan", "cá rô đồng kho tộ", client="127.0.0.1", hours=12)
    ...     people.user_of(token).name
    'lan'
    """

    def __init__(self, home: Path) -> None:
        self._accounts = Accounts(home)
        self._lockout = Lockout(self._accounts)

    def add(self, name: str, password: str) -> None:
        """Make an account; raises UsageError for a bad or taken name or a bad password."""
        name = tidy(name)
        check_new(password, name)
        made = hashed(password)
        with self._accounts.write() as db:
            if db.execute("SELECT 1 FROM users WHERE name = ?", (name,)).fetchone():
                raise UsageError(
                    f"{name}: found an account of this name, wanted a new one. Mend: hoitin user passwd {name}"
                )
            db.execute("INSERT INTO users (name, hash, made) VALUES (?, ?, ?)", (name, made, _now()))

    def change(self, name: str, password: str) -> None:
        """Set another password; every session of the account ends. Raises UsageError for an unknown name."""
        name = tidy(name)
        check_new(password, name)
        made = hashed(password)
        with self._accounts.write() as db:
            if not db.execute("UPDATE users SET hash = ? WHERE name = ?", (made, name)).rowcount:
                raise _unknown(name)
            db.execute("DELETE FROM sessions WHERE name = ?", (name,))
        self._lockout.forgive(f"name:{name}")

    def remove(self, name: str) -> None:
        """Delete an account and its sessions. Raises UsageError for an unknown name."""
        name = tidy(name)
        with self._accounts.write() as db:
            if not db.execute("DELETE FROM users WHERE name = ?", (name,)).rowcount:
                raise _unknown(name)
            db.execute("DELETE FROM sessions WHERE name = ?", (name,))

    def all(self) -> list[User]:
        """Every account, by name."""
        with self._accounts.read() as db:
            rows = db.execute("SELECT name, made, seen FROM users ORDER BY name").fetchall()
        return [User(row["name"], row["made"], row["seen"] or "") for row in rows]

    def sign_in(self, name: str, password: str, *, client: str, hours: float) -> str:
        """A session token that ends after `hours`.

        client: the address that the attempt came from, "" if unknown.
        Raises WrongPassword, or LockedOut: for the name, known or not, and for the client.
        """
        name = name.strip().casefold()[:100]
        by_name, by_client = f"name:{name}", f"client:{client}"
        for who, limit in ((by_client, PER_CLIENT), (by_name, PER_NAME)):
            until = self._lockout.charge(who, limit)
            if until is not None:
                raise LockedOut(datetime.fromtimestamp(until, VIETNAM))
        with self._accounts.read() as db:
            row = db.execute("SELECT hash FROM users WHERE name = ?", (name,)).fetchone()
        if not fits(row["hash"] if row else None, password):
            until = self._lockout.locked(by_name) or self._lockout.locked(by_client)
            if until is not None:
                raise LockedOut(datetime.fromtimestamp(until, VIETNAM))
            raise WrongPassword("name and password do not go together. Mend: hoitin user passwd NAME")
        self._lockout.forgive(by_name)
        self._lockout.forgive(by_client, once=True)
        return self._begin(name, hours)

    def user_of(self, token: str) -> User | None:
        """Whose session this is; None if it has ended, or never was."""
        with self._accounts.read() as db:
            row = db.execute(
                "SELECT users.* FROM sessions JOIN users USING (name) WHERE digest = ? AND until > ?",
                (digest(token), time.time()),
            ).fetchone()
        return User(row["name"], row["made"], row["seen"] or "") if row else None

    def sign_out(self, token: str) -> None:
        """End a session, here and wherever else its cookie is."""
        with self._accounts.write() as db:
            db.execute("DELETE FROM sessions WHERE digest = ?", (digest(token),))

    def _begin(self, name: str, hours: float) -> str:
        token, now = secrets.token_urlsafe(32), time.time()
        with self._accounts.write() as db:
            db.execute("DELETE FROM sessions WHERE until <= ?", (now,))
            db.execute("INSERT INTO sessions VALUES (?, ?, ?)", (digest(token), name, now + hours * 3600))
            db.execute("UPDATE users SET seen = ? WHERE name = ?", (_now(), name))
        return token


def tidy(name: str) -> str:
    """A name as it is stored; raises UsageError for one that is none.

    >>> tidy("Lan.Nguyen")
    'lan.nguyen'
    """
    made = name.strip().casefold()
    if not _NAME.fullmatch(made):
        raise UsageError(
            f"{name!r}: wanted a name of 1 to 64 letters a-z, digits and . _ - @, beginning with a letter or digit. "
            "Mend: hoitin user add lan.nguyen"
        )
    return made


def digest(token: str) -> str:
    """What is stored of a secret drawn at random, which needs no slow hash."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def _now() -> str:
    return datetime.now(VIETNAM).isoformat(timespec="seconds")


def _unknown(name: str) -> UsageError:
    return UsageError(f"{name}: no such account, wanted one of `hoitin user list`. Mend: hoitin user add {name}")
