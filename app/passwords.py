"""Passwords, kept only as argon2id hashes.

    hashed("…") -> what may be stored       fits(stored, "…") -> whether it is the one

Accents typed on another keyboard are the same password: both sides are brought to
one Unicode form first. This module knows nothing of accounts.
"""

from __future__ import annotations

import threading
import unicodedata

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

from ingest.errors import UsageError

SHORTEST = 10
"""Characters of a password, at least."""
LONGEST = 1_000
"""More than anybody types, and little enough to hash at once."""

_HASHER = PasswordHasher()  # argon2id with the parameters that RFC 9106 advises for little memory: 64 MiB, 3 passes
_TWO_AT_ONCE = threading.BoundedSemaphore(2)
"""Each check takes 64 MiB and a core for a moment: a crowd at the sign-in page must not take all there are."""


def check_new(password: str, name: str = "") -> None:
    """Raise UsageError saying what is wrong with a password that somebody wants to set."""
    if not SHORTEST <= len(password) <= LONGEST:
        raise UsageError(
            f"password: found {len(password)} characters, wanted from {SHORTEST} to {LONGEST}. "
            "Mend: several words make a good one"
        )
    if name and name.casefold() in (password.casefold(), password.casefold()[::-1]):
        raise UsageError("password: found the name itself, wanted another. Mend: several words make a good one")


def hashed(password: str) -> str:
    """The hash to store, with its salt and parameters.

    >>> fits(hashed("một câu thật dài"), "một câu thật dài")
    True
    """
    with _TWO_AT_ONCE:
        return _HASHER.hash(_form(password))


def fits(stored: str | None, password: str) -> bool:
    """Whether this is the password. For nobody (None) it takes as long, so that time does not tell who has an account."""
    if len(password) > LONGEST:
        password = ""
    with _TWO_AT_ONCE:
        try:
            return _HASHER.verify(_NOBODY if stored is None else stored, _form(password)) and stored is not None
        except (Argon2Error, InvalidHashError):
            return False


def _form(password: str) -> bytes:
    return unicodedata.normalize("NFKC", password).encode("utf-8", "replace")


_NOBODY = _HASHER.hash(b"nobody has this password")
