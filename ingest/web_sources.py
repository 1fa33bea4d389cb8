"""A web address → Articles and Rejections: a feed, a sitemap, a list page or one article, told apart by content.

    fetch -> feed or sitemap: its entries | list page: its article links | article page: itself
    entries of the same site, newest first, at most `limit` -> fetch each -> ingest.extract

A page that answers "not modified" comes out as the article already archived, so that whoever
stores what comes out counts it as unchanged. An archived page that answers 404 or 410, or leads to its
section or front page, is marked gone, and taken back when it returns. What is remembered of a page is saved only after its article
was taken: a run killed in between fetches it again. This module stores no article.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TypeGuard
from urllib.parse import urlsplit

from ingest.archive import WITHDRAWN, PageState, SourceState
from ingest.article import Article, Rejection
from ingest.dedup import url_key
from ingest.extract import article_links, from_html
from ingest.feeds import Entry, FeedError, is_feed, parse_feed
from ingest.fetched import FetchError, NotModified, Page
from ingest.links import is_article_url
from ingest.offer import key_of
from ingest.outlets import host_of
from ingest.sites import same_site
from ingest.web_reading import Gets, Remembers, WebReading

MAX_SITEMAPS = 20
"""Sitemaps read of one index, newest first: a newspaper's index reaches back for decades."""

PATIENCE = 3
"""After this many pages in a row could not be had, the rest of a source is left for another time."""

_SUFFIX = re.compile(r"\.[a-z]{2,5}$", re.I)


def read_url(
    url: str,
    fetcher: Gets,
    archive: Remembers,
    reading: WebReading | None = None,
) -> Iterator[Article | Rejection]:
    """Everything one address leads to.

    Raises FetchError or FeedError when the address itself brings nothing; an article's own address
    that is closed by robots.txt, or whose article is gone, is a Rejection. What a page that it
    leads to does not bring is a Rejection too, with the reason of its FetchError.
    """
    return _Reader(url, fetcher, archive, reading or WebReading()).read()


class _Reader:
    """One reading of one address."""

    def __init__(self, url: str, fetcher: Gets, archive: Remembers, reading: WebReading) -> None:
        self._url, self._fetcher, self._archive, self._reading = url, fetcher, archive, reading
        self._hosts = {host_of(url)}
        self._complete = True  # no page is missing that may come at another time

    def read(self) -> Iterator[Article | Rejection]:
        known = self._archive.find(self._url)
        state = self._archive.source_state(self._url) if self._reading.conditional else None
        try:
            if known is not None:
                yield from self._article(Entry(self._url))
                return
            answer = self._fetcher.get(self._url, **_validators(state))
        except FetchError as err:
            if err.reason != "robots" or not (known or is_article_url(self._url)):
                raise
            yield Rejection(self._url, err.reason, str(err))
            return
        if isinstance(answer, NotModified):
            return
        self._hosts.add(host_of(answer.final_url))
        if is_feed(answer.content):
            found = list(self._feed(answer))
            yield from (item for item in found if isinstance(item, Rejection))
            yield from self._entries([item for item in found if isinstance(item, Entry)])
            if not found:
                yield Rejection(self._url, "empty", "It names no article; a feed or sitemap with entries was expected.")
        else:
            yield from self._page(answer)
        if self._complete:
            state = self._archive.source_state(self._url) or SourceState(self._url)
            state = replace(state, etag=answer.etag, last_modified=answer.last_modified, checked_at=None, error="")
            self._archive.save_source_state(state)

    def _feed(self, page: Page) -> Iterator[Entry | Rejection]:
        """The entries of a feed or sitemap, or of the newest sitemaps of an index."""
        feed = parse_feed(page.content, url=page.final_url)
        if feed.kind != "sitemap_index":
            yield from feed.entries
            return
        pages = 0
        for sitemap in _newest_first(filter(self._is_here, feed.entries))[:MAX_SITEMAPS]:
            if pages >= self._reading.limit:
                return
            self._reading.on_progress(0, None, sitemap.url)
            try:
                answer = self._fetcher.get(sitemap.url)
                assert isinstance(answer, Page), "nothing was said of a copy that could be unchanged"
                below = parse_feed(answer.content, url=answer.final_url)
            except (FetchError, FeedError) as err:
                self._complete = False
                yield Rejection(sitemap.url, err.reason if isinstance(err, FetchError) else "not_a_feed", str(err))
                continue
            # The protocol forbids an index in an index, and following one could go round in circles.
            if below.kind == "sitemap":
                yield from below.entries
                pages += sum(map(self._is_here, below.entries))

    def _page(self, page: Page) -> Iterator[Article | Rejection]:
        """The article of a page, or the articles that a list page leads to."""
        entry = Entry(self._url)
        item = self._extracted(page, entry)
        links = article_links(_characters(page), url=page.final_url) if _is_list(item) else []
        if links:
            yield from self._entries([Entry(link) for link in links])
        else:
            yield from self._taken(item, page, entry)

    def _entries(self, entries: Sequence[Entry]) -> Iterator[Article | Rejection]:
        chosen = _newest_first(filter(self._is_here, entries))[: self._reading.limit]
        for entry in entries:
            if not self._is_here(entry):
                yield Rejection(
                    entry.url, "other_site", f"Found in {self._url}; an address of the same site was expected."
                )
        failures = 0
        for done, entry in enumerate(chosen, start=1):
            self._reading.on_progress(done - 1, len(chosen), entry.url)
            try:
                yield from self._article(entry)
                failures = 0
            except FetchError as err:
                yield Rejection(entry.url, err.reason, str(err))
                failures = failures + 1 if err.passing else 0
                self._complete = self._complete and not err.passing
            if failures == PATIENCE and done < len(chosen):
                left = (
                    f"{PATIENCE} pages in a row could not be had; {len(chosen) - done} more are left for another time."
                )
                yield Rejection(self._url, "host_unreachable", left)
                break
        self._reading.on_progress(len(chosen), len(chosen), self._url)

    def _article(self, entry: Entry) -> Iterator[Article | Rejection]:
        """One article page, fetched unless it is archived and not due."""
        known, state = self._archive.find(entry.url), self._archive.page_state(entry.url)
        if known is not None and not self._is_due(entry, known, state):
            yield known
            return
        try:
            answer = self._fetcher.get(entry.url, **_validators(state if known else None))
        except FetchError as err:
            if err.status not in (404, 410) or not _is_own(known, entry.url):
                raise
            yield self._gone(known, entry.url, f"HTTP {err.status}", str(err))
            return
        if isinstance(answer, Page) and _is_own(known, entry.url) and _leads_up(entry.url, answer.final_url):
            said = f"{entry.url}: leads to {answer.final_url}, not to an article any more"
            yield self._gone(known, entry.url, f"leads to {answer.final_url}", said)
        elif isinstance(answer, Page):
            same = known is not None and self._archive.repeated(self._key(answer, entry)) is not None
            item = known if known is not None and same else self._extracted(answer, entry)
            yield from self._taken(item, answer, entry)
        elif known is not None:
            yield known
            self._remember(entry.url, None)

    def _gone(self, known: Article, url: str, reason: str, said: str) -> Rejection:
        """Mark an archived article gone, if it is not so marked already; what is said of its address."""
        if not self._archive.gone(known.id):
            self._archive.mark_gone(known.id, reason)
            self._remember(url, None, gone=True)
        return Rejection(url, "gone", f"{said}. The archived article {known.id} is marked gone; its text is kept.")

    def _extracted(self, page: Page, entry: Entry) -> Article | Rejection:
        """The article of a page; what the page does not say of itself, its feed or the operator may."""
        if not self._is_here(Entry(page.final_url)):
            return Rejection(
                entry.url, "other_site", f"It leads to {page.final_url}; a page of the same site was expected."
            )
        found = from_html(
            _characters(page),
            url=page.final_url,
            source=entry.url,
            allow_undated=True,
            any_language=self._reading.any_language,
        )
        if isinstance(found, Rejection):
            return found
        found = replace(
            found,
            published=found.published or entry.published,
            section=found.section or entry.section or self._reading.section,
            outlet=self._reading.outlet or found.outlet,
        )
        if found.published is None and not self._reading.allow_undated:
            return Rejection(entry.url, "no_date", "Neither the page nor its feed says when it was published.")
        return found

    def _key(self, page: Page, entry: Entry) -> bytes:
        """Of all that decides what is read in a page, for servers that know no "not modified"."""
        given = (page.final_url, page.charset, entry, self._reading.outlet, self._reading.section)
        return key_of("web", page.content, repr((given, self._reading.allow_undated, self._reading.any_language)))

    def _taken(self, item: Article | Rejection, page: Page, entry: Entry) -> Iterator[Article | Rejection]:
        """Hand an item over, and remember its page once it was taken."""
        yield item
        if isinstance(item, Rejection):
            return
        url = entry.url
        state, known = self._archive.page_state(url), self._archive.find(url)
        reason = self._archive.gone(known.id) if known is not None and state is not None and state.gone else ""
        if known is not None and reason and not reason.startswith(WITHDRAWN):  # that comes back by hand only
            self._archive.mark_back(known.id)
        if known is not None and self._archive.repeated(key := self._key(page, entry)) is None:
            self._archive.remember(key, known.id)
        self._remember(url, page)

    def _remember(self, url: str, page: Page | None, *, gone: bool = False) -> None:
        """What the next visit of a page needs to know; without a page, what was known of it stays."""
        state = replace(self._archive.page_state(url) or PageState(url), checked_at=None, gone=gone)
        if page is not None:
            state = replace(state, etag=page.etag, last_modified=page.last_modified)
        self._archive.save_page_state(state)

    def _is_due(self, entry: Entry, known: Article, state: PageState | None) -> bool:
        told, checked_at = entry.updated or entry.published, state.checked_at if state else None
        seen = checked_at or known.updated or known.published
        newer = told is not None and seen is not None and told > seen
        return newer or self._reading.revisit(known, checked_at)

    def _is_here(self, entry: Entry) -> bool:
        return any(same_site(host_of(entry.url), host) for host in self._hosts)


def _validators(state: SourceState | PageState | None) -> dict[str, str]:
    failed = state.gone if isinstance(state, PageState) else bool(state and state.error)
    return {"etag": state.etag, "last_modified": state.last_modified} if state and not failed else {}


def _is_own(known: Article | None, url: str) -> TypeGuard[Article]:
    """Whether an address is the archived article's own: it has many, and only this one can say that it is gone."""
    return known is not None and url_key(known.url) == url_key(url)


def _leads_up(url: str, final_url: str) -> bool:
    """Whether an address leads to the front page or to the section that it stands in.

    >>> _leads_up("https://bao.example/xa-hoi/cau-12345.html", "https://bao.example/xa-hoi.html")
    True
    """
    above = _SUFFIX.sub("", urlsplit(final_url).path.strip("/"))
    path = urlsplit(url).path.strip("/")
    return path != "" and url_key(url) != url_key(final_url) and (not above or path.startswith(above + "/"))


def _is_list(item: Article | Rejection) -> bool:
    return isinstance(item, Rejection) and item.reason == "not_an_article"


def _newest_first(entries: Iterable[Entry]) -> list[Entry]:
    """By date, the undated ones after the dated and in their own order."""
    entries = list(entries)
    dated = [(told, entry) for entry in entries if (told := entry.published or entry.updated)]
    dated.sort(key=lambda pair: pair[0], reverse=True)
    return [entry for _, entry in dated] + [entry for entry in entries if not (entry.published or entry.updated)]


def _characters(page: Page) -> bytes | str:
    """The page for the extractor: as characters where only the HTTP header knows the character set."""
    try:
        page.content.decode("utf-8")
        return page.content
    except UnicodeDecodeError:
        pass
    # Servers send ISO-8859-1 for pages of which they know nothing; Vietnamese cannot be written in it.
    if not page.charset or page.charset.lower() in ("utf-8", "utf8", "iso-8859-1", "latin-1", "us-ascii"):
        return page.content
    try:
        return page.content.decode(page.charset, "replace")
    except (LookupError, UnicodeError):
        return page.content
