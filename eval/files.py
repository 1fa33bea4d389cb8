"""The files a command reads and writes, judged before the work starts.

A table that took ten minutes must not be lost to a mistyped folder, and a
report must not be written over the questions it was measured on.
This module knows nothing of what the files hold.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path

from ingest.errors import UsageError


def check_outputs(outputs: Mapping[str, Path | None], inputs: Iterable[Path | None] = ()) -> None:
    """Raise UsageError for an output that cannot be written, is an input or lies in one, or is named twice.

    outputs: path by the option that names it; None is not asked for.
    """
    wanted = {option: path for option, path in outputs.items() if path is not None}
    read = [path for path in inputs if path is not None]
    seen: dict[Path, str] = {}
    for option, path in wanted.items():
        folder = path.parent
        if path.is_dir():
            raise UsageError(f"{option} {path}: found a folder, wanted a file. Mend: {option} {path / 'report.json'}")
        if not folder.is_dir():
            raise UsageError(f"{option} {path}: {folder} is no folder, wanted one. Mend: mkdir -p {folder}")
        if not os.access(path if path.exists() else folder, os.W_OK):
            raise UsageError(f"{option} {path}: may not be written, wanted a file in a folder of yours")
        whole = path.resolve()
        for source in read:
            if whole == source.resolve() or (source.is_dir() and source.resolve() in whole.parents):
                raise UsageError(
                    f"{option} {path}: would be written over {source}, which is read. Mend: name another file"
                )
        if whole in seen:
            raise UsageError(f"{option} {path}: {seen[whole]} names it too, wanted two files. Mend: name another file")
        seen[whole] = option


def check_folder(option: str, folder: Path | None) -> None:
    """Raise UsageError when files could not be made in the folder, which need not be there yet."""
    if folder is None:
        return
    there = next(path for path in (folder, *folder.absolute().parents) if path.exists())
    if not there.is_dir() or not os.access(there, os.W_OK | os.X_OK):
        found = "a file" if not there.is_dir() else "a folder that may not be written"
        raise UsageError(f"{option} {folder}: {there} is {found}, wanted a folder of yours. Mend: {option} ANOTHER")
