"""Sources → the archive: every item is accounted for.

    read_source or, for web addresses, Web.read -> Archive.add -> story -> Report

Each article is one transaction, so a run may be stopped at any moment and run again:
what is there is unchanged, what is missing comes in. A source that cannot be read does
not keep the others out. This module knows nothing of the index or of command lines.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, BinaryIO

from ingest.archive import Archive, Unstorable
from ingest.article import Article, Outcome, Rejection
from ingest.rows import printable
from ingest.sources import Reading, SourceError, expected_items, read_source
from ingest.stories import link_stories
from ingest.web import Web
from ingest.web_reading import Gets, WebReading, is_web_address

Progress = Callable[[int, int | None, str], None]
"""Called with (items done, items expected or None, source being read)."""


@dataclass(slots=True)
class Report:
    """What became of every item: accepted + updated + unchanged + duplicate + rejected is what was read.

    failed: sources from which nothing could be read; each is also among the rejected.
    skipped: files of folders passed over, hidden or of an unknown suffix.
    """

    accepted: int = 0
    updated: int = 0
    unchanged: int = 0
    duplicate: int = 0
    rejected: list[Rejection] = field(default_factory=list)
    failed: list[SourceError] = field(default_factory=list)
    skipped: int = 0
    seconds: float = 0.0

    @property
    def done(self) -> int:
        return self.accepted + self.updated + self.unchanged + self.duplicate + len(self.rejected)

    def count(self, outcome: Outcome) -> None:
        setattr(self, outcome, getattr(self, outcome) + 1)

    def as_json(self) -> dict[str, Any]:
        """The contract of `hoitin ingest --json`."""
        return {
            "accepted": self.accepted,
            "updated": self.updated,
            "unchanged": self.unchanged,
            "duplicate": self.duplicate,
            "rejected": [{"source": r.source, "reason": r.reason, "detail": r.detail} for r in self.rejected],
            "skipped": self.skipped,
            "seconds": round(self.seconds, 3),
        }


def ingest(
    archive: Archive,
    sources: Sequence[str],
    *,
    allow_undated: bool = False,
    any_language: bool = False,
    on_progress: Progress | None = None,
    stdin: BinaryIO | None = None,
    web: WebReading | None = None,
    fetcher: Gets | None = None,
) -> Report:
    """Read every source into the archive; each rejection is stored there too.

    allow_undated, any_language: keep what is otherwise rejected as no_date, other_language.
    web, fetcher: how web addresses are read and by what; without them, whole feeds by the rules of the environment.
    Raises ArchiveError when the archive cannot be written to; a source that cannot be
    read is in Report.failed.
    """
    report, started = Report(), time.perf_counter()

    def skip(_path: object) -> None:
        report.skipped += 1

    def reject(rejection: Rejection) -> str:
        # File names and quoted input may hold what neither a terminal nor a database takes.
        rejection = Rejection(*map(printable, (rejection.source, rejection.reason, rejection.detail)))
        archive.reject(rejection)
        report.rejected.append(rejection)
        return "rejected"

    def store(item: Article | Rejection, source: str) -> str:
        if isinstance(item, Rejection):
            return reject(item)
        try:
            outcome = archive.add(item, source=source)
        except Unstorable as error:
            return reject(Rejection(item.url or item.id or source, error.reason, str(error)))
        report.count(outcome)
        return outcome

    total = _total(sources) if on_progress is not None else None
    reading = Reading(allow_undated=allow_undated, any_language=any_language, on_skip=skip)
    web = replace(web or WebReading(), allow_undated=allow_undated, any_language=any_language)
    with Web(archive, web, fetcher) as online:
        for source in sources:
            counts: Counter[str] = Counter()
            failure = ""
            try:
                found = online.read(source) if is_web_address(source) else read_source(source, reading, stdin=stdin)
                for item in found:
                    counts[store(item, source)] += 1
                    if on_progress is not None:
                        on_progress(report.done, total, source)
            except SourceError as error:
                failure = str(error)
                report.failed.append(error)
                reject(Rejection(error.source, error.reason, failure))
            if is_web_address(source):
                online.remember(source, counts, failure)
    link_stories(archive)
    report.seconds = time.perf_counter() - started
    return report


def _total(sources: Sequence[str]) -> int | None:
    known = [expected_items(source) for source in sources]
    return None if None in known else sum(count or 0 for count in known)
