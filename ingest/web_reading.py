"""How a web address is read: the choices, and what is needed of a fetcher and an archive.

Apart from ingest.web_sources, so that whoever only sets the choices loads no HTML parser.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from ingest.archive import PageState, SourceState
from ingest.article import VIETNAM, Article, Outcome
from ingest.fetched import NotModified, Page


class Gets(Protocol):
    """What is needed of a fetcher: ingest.fetch.Fetcher, or a stand-in."""

    def get(self, url: str, *, etag: str = "", last_modified: str = "") -> Page | NotModified: ...


class Remembers(Protocol):
    """What is needed of an archive: ingest.archive.Archive, or a stand-in."""

    def find(self, url: str) -> Article | None: ...
    def source_state(self, url: str) -> SourceState | None: ...
    def save_source_state(self, source: SourceState) -> None: ...
    def page_state(self, url: str) -> PageState | None: ...
    def save_page_state(self, page: PageState) -> None: ...
    def repeated(self, key: bytes) -> Outcome | None: ...
    def remember(self, key: bytes, docid: str) -> None: ...
    def gone(self, docid: str) -> str: ...
    def mark_gone(self, docid: str, reason: str) -> None: ...
    def mark_back(self, docid: str) -> None: ...


def always(article: Article, checked_at: datetime | None) -> bool:
    """Look at every archived page again."""
    return True


def when_due(article: Article, checked_at: datetime | None) -> bool:
    """Look at an archived page again soon when it is new, seldom when it is old, never after 30 days.

    News is corrected in its first hours: the time since the last look must exceed a quarter of the
    article's age, and half an hour.
    """
    now = datetime.now(VIETNAM)
    age = now - (article.published or checked_at or now)
    since = now - checked_at if checked_at else age
    return age < timedelta(days=30) and since > max(age / 4, timedelta(minutes=30))


@dataclass(frozen=True, slots=True)
class WebReading:
    """How a web address is read.

    limit: pages fetched of one feed, sitemap or list, newest first.
    outlet: overrules the page. section: for pages that name none.
    revisit: whether an archived page is fetched again, given the article and when it was last looked at.
    conditional: whether to ask for a feed only if it changed; its pages are then not revisited until it does.
    on_progress: called with (pages done, pages expected or None, address).
    """

    limit: int = 100
    outlet: str = ""
    section: str = ""
    allow_undated: bool = False
    any_language: bool = False
    revisit: Callable[[Article, datetime | None], bool] = always
    conditional: bool = False
    on_progress: Callable[[int, int | None, str], None] = lambda done, expected, url: None


def is_web_address(source: str) -> bool:
    """Whether a SOURCE is on the web.

    >>> is_web_address("https://bao.example/rss"), is_web_address("tin.jsonl")
    (True, False)
    """
    return source.lower().startswith(("http://", "https://"))
