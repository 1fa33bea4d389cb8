"""HOITIN_HOME: the one folder of an installation, and who may write in it.

    hoitin.json       marker: the folder is ours, and its format
    archive.sqlite    every article (ingest.archive)
    chroma/ lexical/  the index, rebuilt from the archive at will
    manifest.json     what the index was built with, and up to which change
    writing.lock      held by the one process that writes; writing.json says which

Reading never waits for the lock. The lock is the operating system's: it goes
when its process goes, killed or not. This module knows nothing of what the
files hold.
"""

from __future__ import annotations

import json
import os
import shlex
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from ingest.errors import HoitinError

MARKER = "hoitin.json"
FORMAT = 1
"""The format written in the marker; a larger one was written by a newer hoitin."""

_NOT_CONTENT = frozenset({"lost+found", ".DS_Store"})
"""What a file system puts into an empty folder by itself (a fresh volume's root has lost+found)."""


class HomeError(HoitinError):
    """The home folder cannot be used as it is."""


class HomeMissing(HomeError):
    """There is no home yet."""

    public = "Kho tin chưa có bài nào. Bạn quay lại sau nhé."


class HomeBusy(HomeError):
    """Another process is writing."""

    public = "Kho tin đang được cập nhật, bạn thử lại sau ít phút nhé."


@dataclass(frozen=True, slots=True)
class Home:
    """The folder and the names in it. Make one with Home.open.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     home = Home.open(Path(folder) / "hoitin")
    ...     with home.writing():
    ...         home.archive.name
    'archive.sqlite'
    """

    path: Path

    @classmethod
    def open(cls, path: Path, *, create: bool = True) -> Home:
        """The home at `path`, ready for what the caller means to do.

        create: make it when it is missing, and make sure that it can be written to;
        False is for readers, who need neither.
        Raises HomeMissing, or HomeError when the folder is not ours, was made by a
        newer hoitin, is no folder, or cannot be written to.
        """
        home = cls(Path(path))
        if home.path.exists() and not home.path.is_dir():
            raise HomeError(
                f"HOITIN_HOME={home.path}: found a file, wanted a folder. "
                "Mend: export HOITIN_HOME=<a new or empty folder>"
            )
        if not home._has_marker():
            home._refuse_what_is_not_ours()
            if not create:
                raise HomeMissing(
                    f"HOITIN_HOME={home.path}: no archive here yet, wanted one with articles in it. "
                    "Mend: hoitin ingest SOURCE (or `make run`, which starts with the sample)"
                )
            home._make()
        elif create:
            home._prove_writable()
        return home

    @property
    def archive(self) -> Path:
        return self.path / "archive.sqlite"

    @property
    def chroma(self) -> Path:
        return self.path / "chroma"

    @property
    def lexical(self) -> Path:
        return self.path / "lexical"

    @property
    def manifest(self) -> Path:
        return self.path / "manifest.json"

    @property
    def lock(self) -> Path:
        return self.path / "writing.lock"

    @property
    def writer(self) -> Path:
        """Says who holds the lock; a courtesy for the error message, never a lock itself."""
        return self.path / "writing.json"

    @contextmanager
    def writing(self, wait_s: float = 0.0) -> Iterator[None]:
        """Be the one writer while the block runs.

        wait_s: seconds to wait for another writer to end; 0 asks once.
        Raises HomeBusy naming the other process, HomeError if the folder cannot be written to.
        """
        lock = FileLock(self.lock, timeout=wait_s)
        try:
            lock.acquire(poll_interval=0.05)
        except Timeout:
            raise HomeBusy(
                f"HOITIN_HOME={self.path}: {self._holder()} is writing, wanted one writer at a time. "
                "Mend: wait until it ends, or stop it"
            ) from None
        except OSError as error:
            raise self._unwritable(error) from error
        try:
            # Inside the lock, so the note is always of whoever wrote last; not fatal if the disk is full.
            self._sign()
            yield
        finally:
            lock.release()

    def _has_marker(self) -> bool:
        marker = self.path / MARKER
        try:
            made = json.loads(marker.read_bytes())
            written = made["format"]
        except (FileNotFoundError, NotADirectoryError):
            return False
        except PermissionError as error:
            raise HomeError(
                f"{marker}: may not be read ({error.strerror}), wanted a folder of yours. "
                f"Mend: chmod -R u+rwX {shlex.quote(str(self.path))}"
            ) from error
        except (ValueError, KeyError, TypeError) as error:
            raise HomeError(
                f'{marker}: not readable as JSON with a format, wanted {{"format": {FORMAT}}}. '
                f"Mend: echo '{{\"format\": {FORMAT}}}' > {shlex.quote(str(marker))}"
            ) from error
        if not isinstance(written, int) or written > FORMAT:
            raise HomeError(
                f"HOITIN_HOME={self.path}: format {written!r}, wanted at most {FORMAT}; a newer hoitin made it. "
                "Mend: pip install --upgrade hoitin, or export HOITIN_HOME=<another folder>"
            )
        return True

    def _refuse_what_is_not_ours(self) -> None:
        if not self.path.exists():
            return
        try:
            found = sorted(p.name for p in self.path.iterdir() if p.name not in _NOT_CONTENT)
        except OSError as error:
            raise self._unwritable(error) from error
        found = [name for name in found if not name.startswith(MARKER)]  # a marker cut off half-way is ours
        if found:
            raise HomeError(
                f"HOITIN_HOME={self.path}: a folder that is not ours (found {found[0]!r}"
                f"{f' and {len(found) - 1} more' if len(found) > 1 else ''}, no {MARKER}), "
                "wanted a new or empty folder. Mend: export HOITIN_HOME=<a new folder>"
            )

    def _make(self) -> None:
        draft = self.path / f"{MARKER}.{os.getpid()}"
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            draft.write_text(json.dumps({"format": FORMAT}) + "\n", encoding="utf-8")
            os.replace(draft, self.path / MARKER)
        except OSError as error:
            raise self._unwritable(error) from error

    def _prove_writable(self) -> None:
        """A real write: permission bits say nothing about read-only mounts, and root passes them all."""
        try:
            with open(self.lock, "ab"):
                pass
        except OSError as error:
            raise self._unwritable(error) from error

    def _unwritable(self, error: OSError) -> HomeError:
        return HomeError(
            f"HOITIN_HOME={self.path}: cannot be written to ({error.strerror or error}), "
            "wanted a folder of yours with room in it. "
            f"Mend: chmod u+rwX {shlex.quote(str(self.path))}, or export HOITIN_HOME=<another folder>"
        )

    def _sign(self) -> None:
        note = {"pid": os.getpid(), "command": shlex.join([os.path.basename(sys.argv[0] or "python"), *sys.argv[1:]])}
        draft = self.path / f"writing.json.{os.getpid()}"
        try:
            draft.write_text(json.dumps(note, ensure_ascii=False), encoding="utf-8")
            os.replace(draft, self.writer)
        except (OSError, UnicodeError):
            draft.unlink(missing_ok=True)

    def _holder(self) -> str:
        try:
            note = json.loads(self.writer.read_bytes())
            return f"process {int(note['pid'])} ({note['command']})"
        except (OSError, ValueError, KeyError, TypeError):
            return "another hoitin process"
