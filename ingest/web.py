"""The web for one run: its addresses read by one fetcher, and what became of each remembered.

The fetcher and what parses pages are loaded only when a web address comes up: a run over files
pays for neither. How an address is read is ingest.web_sources' matter.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from types import TracebackType
from typing import TYPE_CHECKING

from ingest.archive import SourceState
from ingest.article import VIETNAM, Article, Rejection
from ingest.fetched import FetchError, read_rules
from ingest.reading import SourceError
from ingest.web_reading import Gets, Remembers, WebReading

if TYPE_CHECKING:
    from ingest.fetch import Fetcher


class Web:
    """Use it in a `with`.

    fetcher: one that stays open for the next run; without it, one by the rules of the environment.
    """

    def __init__(self, archive: Remembers, fetcher: Gets | None = None) -> None:
        self._archive, self._fetcher = archive, fetcher
        self._own: Fetcher | None = None

    def __enter__(self) -> Web:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        if self._own is not None:
            self._own.close()

    def read(self, source: str, reading: WebReading) -> Iterator[Article | Rejection]:
        """Everything an address leads to; raises SourceError when the address itself brings nothing."""
        from ingest.feeds import FeedError
        from ingest.web_sources import read_url

        try:
            yield from read_url(source, self._open(), self._archive, reading)
        except (FetchError, FeedError) as error:
            reason = error.reason if isinstance(error, FetchError) else "not_a_feed"
            raise SourceError(source, reason, str(error)) from error

    def remember(self, source: str, counts: Mapping[str, int], error: str = "") -> None:
        """Note in the archive what the last reading of an address brought, by outcome, or why it failed."""
        self._archive.save_source_state(
            replace(
                self._archive.source_state(source) or SourceState(source),
                checked_at=datetime.now(VIETNAM),
                accepted=counts.get("accepted", 0),
                updated=counts.get("updated", 0),
                unchanged=counts.get("unchanged", 0) + counts.get("duplicate", 0),
                rejected=counts.get("rejected", 0),
                error=error,
            )
        )

    def _open(self) -> Gets:
        if self._fetcher is None:
            from ingest.fetch import Fetcher

            self._fetcher = self._own = Fetcher(read_rules())
        return self._fetcher
