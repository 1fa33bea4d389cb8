"""A feed saved to a file → Offers: the pages saved beside it, which then carry their address, or its own long entries.

A page is found by the last part of its entry's address, as a browser names it when it saves it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from urllib.parse import unquote, urlsplit

from ingest.article import Article, Rejection
from ingest.dedup import url_key
from ingest.extract import from_html, from_record
from ingest.feeds import Entry, FeedError, parse_feed
from ingest.offer import Offer, ready
from ingest.reading import Counted, Reading, whole

MIN_SUMMARY_WORDS = 40
"""A feed's summary with no page to it is an article of its own from this length; shorter ones only announce one."""

_NO_PAGES = frozenset({".jsonl", ".ndjson", ".json", ".txt", ".xml", ".rss", ".atom"})
"""Suffixes of files that are read as something else: never the page of an entry."""


def read_feed(data: bytes, path: Path, reading: Reading) -> Iterator[Offer]:
    """An offer for each entry: its page beside the feed, or the entry itself where it is long enough to be an article."""
    try:
        entries = parse_feed(data).entries
    except FeedError as error:
        yield ready(Rejection(str(path), "not_a_feed", str(error)))
        return
    pages = _pages_beside(path.parent, entries)
    for entry in entries:
        where = f"{path} ({entry.url})"
        if entry.url in pages:
            yield _entry_page(pages[entry.url], entry, reading)
        elif len(entry.summary.split()) >= MIN_SUMMARY_WORDS:
            record = {
                "url": entry.url,
                "title": entry.title,
                "summary": entry.summary,
                "section": entry.section,
                "published": entry.published,
                "updated": entry.updated,
            }
            yield Offer(
                partial(from_record, record, source=where, **reading.choices), reading.key("entry", repr(entry))
            )
        else:
            detail = (
                f"The feed only announces it, and no page of it lies in {path.parent}. "
                f"Save it there as {_page_name(entry.url) or 'a page'}, or ingest its address."
            )
            yield ready(Rejection(where, "page_missing", detail))


def _entry_page(path: Path, entry: Entry, reading: Reading) -> Offer:
    """The article of a page saved beside its feed."""
    try:
        with open(path, "rb") as stream:
            data = whole(Counted(stream, reading.on_bytes), path, reading)
    except OSError as error:
        detail = f"{error.strerror or error}; a readable page was expected."
        return ready(Rejection(str(path), "unreadable", detail))
    if isinstance(data, Rejection):
        return ready(data)
    return Offer(partial(_read_entry_page, data, path, entry, reading), reading.key("entry page", data, repr(entry)))


def _read_entry_page(data: bytes, path: Path, entry: Entry, reading: Reading) -> Article | Rejection:
    """What the page does not say of itself, the feed may."""
    found = from_html(data, url=entry.url, source=str(path), allow_undated=True, any_language=reading.any_language)
    if isinstance(found, Rejection):
        return found
    found = replace(found, published=found.published or entry.published, section=found.section or entry.section)
    if found.published is None and not reading.allow_undated:
        return Rejection(str(path), "no_date", "Neither the page nor its feed says when it was published.")
    return found


def _page_name(url: str) -> str:
    """The file name under which a browser saves the page at a URL; "" when its path gives none."""
    name = unquote(urlsplit(url).path).rstrip("/").rpartition("/")[2]
    # Unquoted, a part may hold a slash or a NUL again: it must name a file of this folder and no other.
    return name if name not in ("", ".", "..") and not set(name) & {"/", "\\", "\0"} else ""


def _pages_beside(folder: Path, entries: Sequence[Entry]) -> dict[str, Path]:
    """URL → the saved page of that entry. A name that two articles share proves neither, and is left out."""
    keys: dict[str, str] = {}
    for entry in entries:
        keys.setdefault(url_key(entry.url), _page_name(entry.url))
    shared = Counter(keys.values())
    pages = {}
    for entry in entries:
        name = _page_name(entry.url)
        if not name or shared[name] > 1:
            continue
        for path in (folder / name, folder / f"{name}.html"):
            if path.suffix.lower() not in _NO_PAGES and path.is_file():
                pages[entry.url] = path
                break
    return pages


def pages_of(path: Path, reading: Reading) -> Iterator[Path]:
    """The pages that come with a saved feed, and not by themselves when its folder is read."""
    try:
        with open(path, "rb") as stream:
            entries = parse_feed(stream.read(reading.max_bytes + 1)).entries
    except (OSError, FeedError):
        return  # said when the feed itself is read
    yield from _pages_beside(path.parent, entries).values()
