"""Sources → the archive: every item is accounted for.

    offers or, for web addresses, Web.read -> known from before, or Archive.add -> story -> Report

Each article is one transaction, so a run may be stopped at any moment and run again:
what is there is unchanged, what is missing comes in. An input that was read before, byte for
byte, is not read again while its article is as it left it. A source that cannot be read does
not keep the others out. This module knows nothing of the index or of command lines.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, BinaryIO

from ingest.archive import Archive, Unstorable
from ingest.article import Outcome, Rejection
from ingest.extent import Extent
from ingest.offer import Offer, ready
from ingest.reading import Reading, SourceError
from ingest.rows import printable
from ingest.sources import offers
from ingest.stories import link_stories
from ingest.web import Web
from ingest.web_reading import Gets, WebReading, is_web_address

Progress = Callable[[int, int | None, str], None]
"""Called with (items done, items expected or None, source or address being read)."""


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

    @property
    def fruitless(self) -> bool:
        """Whether everything that was read was refused; an article that is gone was known, and is news."""
        return self.done == len(self.rejected) > 0 and all(r.reason != "gone" for r in self.rejected)

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
    on_link: Callable[[int, int], object] = lambda done, total: None,
    stdin: BinaryIO | None = None,
    web: WebReading | None = None,
    readings: Mapping[str, WebReading] | None = None,
    fetcher: Gets | None = None,
) -> Report:
    """Read every source into the archive; each rejection is stored there too.

    allow_undated, any_language: keep what is otherwise rejected as no_date, other_language.
    on_link: told how many of the new articles were compared with others, after all are read.
    web: how web addresses are read; without it, whole feeds. readings: of addresses that are read otherwise.
    fetcher: what reads them; without it, one by the rules of the environment.
    Raises ArchiveError when the archive cannot be written to; a source that cannot be
    read is in Report.failed.
    """
    with Web(archive, fetcher) as online:
        run = _Run(archive, online, Extent(sources) if on_progress else None, on_progress)
        files = Reading(
            allow_undated=allow_undated, any_language=any_language, on_skip=run.on_skip, on_bytes=run.on_bytes
        )
        for source in sources:
            if is_web_address(source):
                chosen = (readings or {}).get(source) or web or WebReading()
                chosen = replace(
                    chosen, allow_undated=allow_undated, any_language=any_language, on_progress=run.on_pages
                )
                run.take_address(source, chosen)
            else:
                run.take(source, offers(source, files, stdin=stdin))
    link_stories(archive, on_link)
    return run.ended()


class _Run:
    """What one run has come to so far."""

    def __init__(self, archive: Archive, online: Web, extent: Extent | None, on_progress: Progress | None) -> None:
        self._archive, self._online = archive, online
        self._extent, self._on_progress = extent, on_progress
        self._report, self._started = Report(), time.perf_counter()

    def ended(self) -> Report:
        self._report.seconds = time.perf_counter() - self._started
        return self._report

    def take(self, source: str, found: Iterator[Offer]) -> tuple[Counter[str], str]:
        """Store all that a source offers; what became of it, and the error if it ended in one."""
        counts: Counter[str] = Counter()
        if self._extent is not None:
            self._extent.begin(source, self._report.done)
        try:
            for offer in found:
                counts[self._store(offer, source)] += 1
                self._tell(source)
        except SourceError as error:
            self._report.failed.append(error)
            self._reject(Rejection(error.source, error.reason, str(error)))
            return counts, str(error)
        return counts, ""

    def take_address(self, source: str, reading: WebReading) -> None:
        """The same for a web address, of which the archive remembers how it was read."""
        counts, error = self.take(source, map(ready, self._online.read(source, reading)))
        self._online.remember(source, counts, error)

    def on_skip(self, _path: object) -> None:
        self._report.skipped += 1

    def on_bytes(self, count: int) -> None:
        if self._extent is not None:
            self._extent.on_bytes(count)

    def on_pages(self, done: int, expected: int | None, address: str) -> None:
        if self._extent is not None:
            self._extent.on_pages(done, expected)
            self._tell(address)

    def _tell(self, label: str) -> None:
        if self._on_progress is not None and self._extent is not None:
            self._on_progress(self._report.done, self._extent.total(self._report.done), label)

    def _store(self, offer: Offer, source: str) -> str:
        known = self._archive.repeated(offer.key) if offer.key else None
        if known is not None:
            self._report.count(known)
            return known
        item = offer.read()
        if isinstance(item, Rejection):
            return self._reject(item)
        try:
            outcome = self._archive.add(item, source=source, key=offer.key)
        except Unstorable as error:
            return self._reject(Rejection(item.url or item.id or source, error.reason, str(error)))
        self._report.count(outcome)
        return outcome

    def _reject(self, rejection: Rejection) -> str:
        # File names and quoted input may hold what neither a terminal nor a database takes.
        rejection = Rejection(*map(printable, (rejection.source, rejection.reason, rejection.detail)))
        self._archive.reject(rejection)
        self._report.rejected.append(rejection)
        return "rejected"
