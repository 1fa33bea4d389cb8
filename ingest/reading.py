"""How sources are read: the choices, the limits, and the error of a source from which nothing comes.

This module opens no file.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, TypedDict

from ingest.article import Rejection
from ingest.errors import HoitinError
from ingest.offer import key_of
from ingest.records import MAX_BYTES


class SourceError(HoitinError):
    """A source from which nothing can be read at all; `reason` is a short code as in a Rejection."""

    def __init__(self, source: str, reason: str, message: str) -> None:
        super().__init__(message)
        self.source, self.reason = source, reason


class Choices(TypedDict):
    """What is kept although it has no date, or is in another language."""

    allow_undated: bool
    any_language: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """How sources are read.

    allow_undated, any_language: keep what is otherwise rejected as no_date, other_language.
    max_bytes: of one record, page or feed, unpacked.
    on_skip: told of each file of a folder that is passed over (hidden, or of an unknown suffix).
    on_bytes: told how many more bytes of files were read, as they lie on the disk.
    """

    allow_undated: bool = False
    any_language: bool = False
    max_bytes: int = MAX_BYTES
    on_skip: Callable[[Path], None] = lambda path: None
    on_bytes: Callable[[int], None] = lambda count: None

    @property
    def choices(self) -> Choices:
        """What ingest.extract is told."""
        return {"allow_undated": self.allow_undated, "any_language": self.any_language}

    def key(self, *parts: bytes | str) -> bytes:
        """The key of an input that is read in this way."""
        return key_of(f"{self.allow_undated:d}{self.any_language:d}", *parts)


USUAL = Reading()
"""Vietnamese and dated."""


class Counted:
    """A file that says how much of it was read."""

    def __init__(self, opened: BinaryIO, on_bytes: Callable[[int], None]) -> None:
        self._opened, self._on_bytes = opened, on_bytes

    def read(self, size: int = -1) -> bytes:
        data = self._opened.read(size)
        self._on_bytes(len(data))
        return data


def whole(stream: BinaryIO | Counted, path: Path, reading: Reading) -> bytes | Rejection:
    """All bytes of one page, print text or feed; a Rejection if they are too many."""
    data = stream.read(reading.max_bytes + 1)
    if len(data) > reading.max_bytes:
        limit = f"{reading.max_bytes:,}"
        return Rejection(str(path), "too_long", f"Longer than {limit} bytes; one article or feed was expected.")
    return data
