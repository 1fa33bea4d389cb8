"""`hoitin check … --csv FILE --html FILE --docx FILE`: a checked draft into files, by the exporters that the desk uses.

In: the draft, the claims of the check JSON and the paths. Out: files, each whole or not there at all. This module knows nothing of
terminals.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from app.desk.csv_file import csv_bytes
from app.desk.html_file import html_text
from app.desk.report import Report, read_report
from ingest.article import VIETNAM
from ingest.errors import HoitinError, UsageError

FORMS = ("csv", "html", "docx")


def check_paths(paths: Mapping[str, str | None]) -> None:
    """Raise UsageError for a path that cannot be a file, before a draft is checked in vain."""
    for form, path in paths.items():
        target = Path(path) if path else None
        if target is not None and (target.is_dir() or not target.absolute().parent.is_dir()):
            found = "a folder" if target.is_dir() else "no folder to hold it"
            raise UsageError(f"--{form} {path}: found {found}, wanted a file. Mend: --{form} ./check.{form}")


def write_files(
    draft: str, claims: Sequence[Mapping[str, Any]], paths: Mapping[str, str | None], *, title: str = ""
) -> None:
    """Write each form that has a path; raises HoitinError naming the file that could not be written."""
    now = datetime.now(VIETNAM).isoformat(timespec="seconds")
    report = read_report({"title": title, "draft": draft, "claims": list(claims), "checked": now})
    for form, path in paths.items():
        if path:
            _write(Path(path), form, _bytes(report, form))


def _bytes(report: Report, form: str) -> bytes:
    if form == "csv":
        return csv_bytes(report, "vi")
    if form == "html":
        return html_text(report, "vi").encode("utf-8", "replace")
    from app.desk.docx_file import docx_bytes

    return docx_bytes(report, "vi")


def _write(target: Path, form: str, data: bytes) -> None:
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        if target.exists() and not target.is_file():  # a pipe or /dev/stdout cannot be renamed over
            target.write_bytes(data)
            return
        part.write_bytes(data)
        os.replace(part, target)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise HoitinError(
            f"--{form} {target}: {error.strerror or error}, wanted a file to write. Mend: --{form} ./check.{form}"
        ) from error
