"""The secret of an installation, made once, and what is signed with it.

    Seal(home).sign("session", value) -> text        Seal(home).read("session", text, max_age_s) -> value | None

In: strings. Out: text that only this installation could have made, each for one
purpose and for some time. The secret is a file of the home folder that only its
owner may read; delete it and every cookie ends. This module knows nothing of
cookies or people.
"""

from __future__ import annotations

import os
import secrets
from functools import cached_property
from pathlib import Path

from itsdangerous import BadData, URLSafeTimedSerializer

from ingest.errors import HoitinError

FILE = "secret"
_BYTES = 32


class SecretError(HoitinError):
    """The secret can be neither read nor made."""


class Seal:
    """Signs and reads with the secret of one home; the file is made when first needed, by one process only.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     signed = Seal(Path(folder)).sign("session", "abc")
    ...     Seal(Path(folder)).read("session", signed, 60), Seal(Path(folder)).read("form", signed, 60)
    ('abc', None)
    """

    def __init__(self, home: Path) -> None:
        self._path = home / FILE

    def sign(self, purpose: str, value: str) -> str:
        """The value with its time and signature; not encrypted."""
        return self._serializer(purpose).dumps(value)

    def read(self, purpose: str, signed: str, max_age_s: int) -> str | None:
        """The value, or None when it was changed, made for another purpose, or is older than max_age_s."""
        if not signed or len(signed) > 2_000:
            return None
        try:
            value = self._serializer(purpose).loads(signed, max_age=max_age_s)
        except BadData:
            return None
        return value if isinstance(value, str) else None

    def _serializer(self, purpose: str) -> URLSafeTimedSerializer:
        return URLSafeTimedSerializer(self._secret, salt=f"hoitin.{purpose}")

    @cached_property
    def _secret(self) -> bytes:
        try:
            if not self._path.exists():
                self._make()
            found = self._path.read_bytes()
        except OSError as error:
            raise SecretError(
                f"{self._path}: {error.strerror}, wanted a file of ours that can be read. "
                f"Mend: chmod u+rw {self._path.parent}"
            ) from error
        if len(found) < _BYTES:
            raise SecretError(f"{self._path}: found {len(found)} bytes, wanted {_BYTES}. Mend: rm {self._path}")
        return found

    def _make(self) -> None:
        draft = self._path.with_name(f"{FILE}.{os.getpid()}.{secrets.token_hex(4)}")
        file = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            os.write(file, secrets.token_bytes(_BYTES))
            os.fsync(file)
        finally:
            os.close(file)
        try:
            os.link(draft, self._path)  # of two processes that make one at once, the first wins
        except FileExistsError:
            pass
        finally:
            draft.unlink()
