"""Saved drafts: what an editor chose to keep, a file each in the home folder, seen by nobody else who signs in.

    drafts/<editor>/<id>.json

In: an editor's name and a Report. Out: the same Report later, a list, or nothing after it is deleted.
This module knows nothing of sessions or pages.
"""

from __future__ import annotations

import json
import os
import re
import secrets
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from app.desk.report import Report, read_report, report_json
from app.desk.showing import report_title
from app.messages import say
from ingest.article import VIETNAM
from ingest.errors import HoitinError, UsageError

FOLDER = "drafts"
MOST_DRAFTS = 200
"""Of one editor: a home does not fill up unnoticed."""
_ID = re.compile(r"[0-9a-f]{16}")
_EDITOR = re.compile(r"[a-z0-9][a-z0-9._@-]{0,63}")


class DraftError(HoitinError):
    """A draft could not be kept."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A saved draft in a list: its id, its title, when it was saved."""

    id: str
    title: str
    saved: datetime


class Drafts:
    """The drafts of one editor.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     drafts = Drafts(Path(folder), "lan")
    ...     kept = drafts.save(read_report({"title": "Cầu mới", "draft": "Cầu dài 1.250 m."}))
    ...     [d.title for d in drafts.all()], drafts.get(kept).draft, drafts.delete(kept), drafts.all()
    (['Cầu mới'], 'Cầu dài 1.250 m.', True, [])
    """

    def __init__(self, home: Path, editor: str) -> None:
        """Raises ValueError for a name that no account can have."""
        if not _EDITOR.fullmatch(editor):
            raise ValueError(f"no editor's name: {editor!r}")
        self._folder = home / FOLDER / editor

    def save(self, report: Report, draft_id: str | None = None) -> str:
        """Keep a report, over the draft of that id if it is still there; gives the id.

        Raises UsageError when there are MOST_DRAFTS already, DraftError when it cannot be written.
        """
        known = draft_id is not None and self._path(draft_id) is not None
        made = draft_id if known and draft_id else secrets.token_hex(8)
        if not known and len(list(self._folder.glob("*.json"))) >= MOST_DRAFTS:
            sentence = say("vi", "desk_drafts_full", limit=MOST_DRAFTS)
            raise UsageError(sentence, public=sentence)
        saved = datetime.now(VIETNAM).isoformat(timespec="seconds")
        data = json.dumps({"saved": saved, **report_json(report)}, ensure_ascii=False)
        part = self._folder / f".{made}.{secrets.token_hex(4)}.part"
        try:
            # Unpublished text: for the account that runs the server alone.
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
                file.write(data)
            os.replace(part, self._folder / f"{made}.json")
        except OSError as error:
            part.unlink(missing_ok=True)
            raise DraftError(
                f"{self._folder}: cannot be written to ({error.strerror or error}), wanted room for a draft. "
                f"Mend: chmod u+rwX {self._folder}"
            ) from error
        return made

    def all(self) -> list[Kept]:
        """Every draft, newest first."""
        kept = []
        for path in self._folder.glob("*.json"):
            found = self._read(path)
            if found is not None and _ID.fullmatch(path.stem):
                saved = datetime.fromisoformat(found["saved"])
                kept.append(Kept(path.stem, report_title(read_report(found), "vi"), saved))
        return sorted(kept, key=lambda k: (k.saved, k.id), reverse=True)

    def get(self, draft_id: str) -> Report | None:
        """One draft; None if there is none of that id."""
        path = self._path(draft_id)
        found = self._read(path) if path else None
        return read_report(found) if found is not None else None

    def delete(self, draft_id: str) -> bool:
        """Delete one draft for good; whether there was one."""
        path = self._path(draft_id)
        if path is None:
            return False
        path.unlink(missing_ok=True)
        return True

    def _path(self, draft_id: str) -> Path | None:
        path = self._folder / f"{draft_id}.json"
        return path if _ID.fullmatch(draft_id) and path.is_file() else None

    @staticmethod
    def _read(path: Path) -> dict[str, Any] | None:
        """What a file holds; None for one that was cut off or deleted meanwhile."""
        try:
            found = json.loads(path.read_bytes())
            datetime.fromisoformat(found["saved"])
            read_report(found)
        except (OSError, ValueError, KeyError, TypeError, UsageError):
            return None
        return dict(found)
