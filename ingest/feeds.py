"""A feed or sitemap, as bytes → its entries: address, title, summary, dates in Vietnam time.

    unpack gzip -> decode -> cut the prolog away -> RSS/Atom (feedparser) or sitemap rows -> clean

RSS, Atom, sitemaps, news sitemaps and sitemap indexes are told apart by their root
element, never by the address or the Content-Type. Only text from the root element on
reaches a parser: declarations of entities, where XML attacks live, are refused before.
Broken XML is read as far as it goes, because a newsroom's feed often is a little broken.
This module knows nothing of the network: ingest.fetch brings the bytes.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any, Literal
from urllib.parse import urljoin, urlsplit

import feedparser

from ingest.charset import BOMS
from ingest.errors import HoitinError
from ingest.feed_dates import is_month_first, read_date
from ingest.markup import from_markup
from ingest.sitemap import read_rows

MAX_BYTES = 10_000_000
"""A sitemap longer than this, unpacked, is refused; a newsroom's daily sitemap is under 1 MB."""

MAX_FEED_BYTES = 4_000_000
"""The same for RSS and Atom: feedparser can need five seconds for a megabyte made to be slow."""

MAX_MARKS = 150_000
"""Tags, and ampersands, of RSS and Atom: feedparser's time grows with their number, most of all when tags nest."""

MAX_SUMMARY_CHARS = 20_000
"""A summary is read no further than this: some feeds carry whole articles in it."""

Kind = Literal["feed", "sitemap", "sitemap_index"]


class FeedError(HoitinError):
    """Bytes that are no feed, or that no reader should trust."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One link of a feed: an article, or in a sitemap index another sitemap.

    url: absolute, http or https. section: the feed's own category, "" when it names none.
    published, updated: aware, Vietnam time; None when absent or unreadable.
    """

    url: str
    title: str = ""
    summary: str = ""
    published: datetime | None = None
    updated: datetime | None = None
    section: str = ""


@dataclass(frozen=True, slots=True)
class Feed:
    """What a feed says: its entries in its own order, each address once."""

    kind: Kind
    title: str = ""
    entries: tuple[Entry, ...] = ()


def parse_feed(data: bytes, *, url: str = "") -> Feed:
    """Read RSS, Atom, a sitemap, a news sitemap or a sitemap index, gzip or not.

    url: where it came from; relative links are resolved against it.
    Entries without an http(s) address are left out. Raises FeedError, and nothing else, when
    the bytes are no feed, are too long unpacked, or declare XML entities.

    >>> feed = parse_feed(b'''<rss version="2.0"><channel><title>Tin s\\xc3\\xb4ng</title><item>
    ...     <title>N\\xc6\\xb0\\xe1\\xbb\\x9bc l\\xc3\\xaan</title><link>https://tin.example/1.html</link>
    ...     <pubDate>Mon, 02 Feb 2026 01:00:00 GMT</pubDate></item></channel></rss>''')
    >>> feed.kind, feed.entries[0].title, feed.entries[0].published.isoformat()
    ('feed', 'Nước lên', '2026-02-02T08:00:00+07:00')
    """
    name = url or "feed"
    root, text = _from_root(_decode(_unpack(data, name)), name)
    try:
        if root in ("urlset", "sitemapindex"):
            return _sitemap(text, root, url)
        return _rss_or_atom(text, url, name)
    except FeedError:
        raise
    except Exception as err:  # what the parsers raise on hostile input has no end of kinds
        raise FeedError(f"{name}: found a feed that cannot be read ({type(err).__name__}: {err}), {_WANTED}") from err


def is_feed(data: bytes) -> bool:
    """Whether the bytes open like a feed or sitemap, gzip or not; says nothing of the rest.

    >>> is_feed(b"<?xml version='1.0'?><urlset/>"), is_feed(b"<!doctype html><html>")
    (True, False)
    """
    try:
        _from_root(_decode(_unpack(data, "feed")[: 4 * _HEAD_CHARS]), "feed")
    except FeedError as err:
        return isinstance(err, _Hostile)
    return True


class _Hostile(FeedError):
    """A feed all right, but an attack: it must not be taken for a page instead."""


_WANTED = (
    "wanted RSS, Atom or a sitemap. Mend: open the address in a browser and give `hoitin ingest` "
    "the address of its RSS page"
)
_HEAD_CHARS = 8_192
_ROOT = re.compile(r"<(?:[\w.-]{1,30}:)?(rss|feed|RDF|urlset|sitemapindex|html|head|body)(?=[\s>/])", re.I)
_BARE_AMPERSAND = re.compile(r"&(?!#?\w{1,31};)")
# The parser's time grows with the square of a tag's attributes.
_BLOATED_TAG = re.compile(r"<([a-z][\w:.-]{0,40})\s[^<>]{5000,}>", re.I)
_COMMENT = re.compile(r"<!--.*?-->", re.S)
_ENCODING = re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{1,40})["']""", re.I)
# Only what a newsroom could use: Python also knows codecs that expand or take quadratic time.
_CHARSETS = re.compile(r"utf-?8|utf-?16(-?[lb]e)?|us-ascii|iso-?8859-?\d+|(windows-|cp)125\d", re.I)
# XML 1.0 forbids these, newsrooms paste them in, and one of them stops a strict parser.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def _unpack(data: bytes, name: str) -> bytes:
    out = bytearray()
    if not data.startswith(b"\x1f\x8b"):
        out += data[: MAX_BYTES + 1]
    while data.startswith(b"\x1f\x8b") and len(out) <= MAX_BYTES:
        stream = zlib.decompressobj(zlib.MAX_WBITS | 16)
        try:
            out += stream.decompress(data, MAX_BYTES + 1 - len(out))
        except zlib.error as err:
            raise FeedError(f"{name}: found broken gzip ({err}), {_WANTED}") from err
        data = stream.unused_data
    if len(out) > MAX_BYTES:
        raise _too_long(name, MAX_BYTES)
    return bytes(out)


def _too_long(name: str, limit: int) -> FeedError:
    return _Hostile(
        f"{name}: found a feed of more than {limit:,} bytes, wanted less. "
        "Mend: give `hoitin ingest` the feed of one section, or one sitemap of an index"
    )


def _decode(data: bytes) -> str:
    """Text by byte order mark, else by the XML declaration, else UTF-8; wrong bytes become U+FFFD."""
    for bom, charset in BOMS:
        if data.startswith(bom):
            return _FORBIDDEN.sub("", data[len(bom) :].decode(charset, "replace"))
    declared = _ENCODING.match(data[:400])
    charset = declared[1].decode("ascii", "replace") if declared else "utf-8"
    if data[:2] == b"<\x00":
        charset = "utf-16-le"
    elif data[:2] == b"\x00<":
        charset = "utf-16-be"
    elif charset.lower().startswith("utf-16") or not _CHARSETS.fullmatch(charset):
        charset = "utf-8"  # a declaration readable as ASCII is not in UTF-16
    try:
        return _FORBIDDEN.sub("", data.decode(charset, "replace"))
    except LookupError:  # "iso-8859-99"
        return _FORBIDDEN.sub("", data.decode("utf-8", "replace"))


def _from_root(text: str, name: str) -> tuple[str, str]:
    """The root element's local name in lower case, and the text from that element on."""
    head = _COMMENT.sub(lambda found: " " * len(found[0]), text[:_HEAD_CHARS])
    found = _ROOT.search(head)
    prolog = head[: found.start()] if found else head
    if "<!entity" in prolog.lower():
        raise _Hostile(
            f"{name}: found a declaration of XML entities (<!ENTITY …>), which can fill the memory or read "
            f"local files, wanted none. Mend: ask the newsroom for a plain feed, or try another of its feeds"
        )
    if found is None or found[1].lower() in ("html", "head", "body"):
        what = "a web page" if found else ("nothing" if not text.strip() else "no feed")
        raise FeedError(f"{name}: found {what}, {_WANTED}")
    return found[1].lower(), text[found.start() :]


def _rss_or_atom(text: str, url: str, name: str) -> Feed:
    if len(text) > MAX_FEED_BYTES:
        raise _too_long(name, MAX_FEED_BYTES)
    if max(text.count("<"), len(_BARE_AMPERSAND.findall(text))) > MAX_MARKS:
        raise _Hostile(f"{name}: found more than {MAX_MARKS:,} tags or bare ampersands, {_WANTED}")
    # The stream, never the bytes themselves: feedparser takes a short string for a file name or an address.
    lean = _BLOATED_TAG.sub(r"<\1>", _with_ampersands(text))
    stream = BytesIO(b'<?xml version="1.0" encoding="utf-8"?>\n' + lean.encode())
    headers = {"content-type": "application/xml; charset=utf-8"}
    parsed = feedparser.parse(stream, response_headers=headers, sanitize_html=False, resolve_relative_uris=False)
    title = _plain(_string(parsed.feed, "title"))
    if parsed.bozo and not parsed.entries and not title:
        raise FeedError(f"{name}: found a feed broken from the start ({parsed.bozo_exception}), {_WANTED}")
    dated = str(parsed.version or "").startswith("rss")  # RSS 1.0 has only dc:date, feedparser's `updated`
    raw = [
        (item, _string(item, "published") or _string(item, "created") or (_string(item, "updated") if dated else ""))
        for item in parsed.entries
    ]
    month_first = is_month_first(when for _, when in raw)
    entries = (
        Entry(
            url=_absolute(_link(item), url),
            title=_plain(_string(item, "title")),
            summary=_plain(_string(item, "summary")[:MAX_SUMMARY_CHARS]),
            published=read_date(when, month_first=month_first),
            updated=read_date(_string(item, "updated"), month_first=month_first),
            section=next((_plain(str(tag.get("term") or "")) for tag in item.get("tags") or ()), ""),
        )
        for item, when in raw
    )
    return Feed("feed", title, tuple(_once(entries)))


def _with_ampersands(text: str) -> str:
    """Escape the ampersands that newsrooms forget, or "?id=1&copy=2" would become "?id=1©=2"; CDATA needs none."""
    outside, *sections = text.split("<![CDATA[")
    out = [_BARE_AMPERSAND.sub("&amp;", outside)]
    for section in sections:
        inside, end, outside = section.partition("]]>")
        out += ["<![CDATA[", inside, end, _BARE_AMPERSAND.sub("&amp;", outside)]
    return "".join(out)


def _string(item: Any, key: str) -> str:
    # dict.get, because feedparser's own mapping answers `published` when asked for `updated`.
    value = dict.get(item, key)
    return value if isinstance(value, str) else ""


def _link(item: Any) -> str:
    """The article's own address, where a proxy feed keeps it apart; a guid that is an address will do."""
    guid = _string(item, "id")
    return (
        _string(item, "feedburner_origlink")
        or _string(item, "link")
        or (guid if guid.startswith(("http://", "https://")) else "")
    )


def _sitemap(text: str, root: str, url: str) -> Feed:
    rows = list(read_rows(text))
    month_first = is_month_first(row.get(key, "") for row in rows for key in ("publication_date", "lastmod"))
    entries = (
        Entry(
            url=_absolute(row["loc"], url),
            title=_plain(row.get("title", "")),
            published=read_date(row.get("publication_date", ""), month_first=month_first),
            updated=read_date(row.get("lastmod", ""), month_first=month_first),
        )
        for row in rows
    )
    return Feed("sitemap_index" if root == "sitemapindex" else "sitemap", "", tuple(_once(entries)))


def _plain(markup: str) -> str:
    """What a reader sees, on one line."""
    return " ".join(from_markup(markup).split())


def _absolute(link: str, base: str) -> str:
    """An http(s) address, or "" when the link has none."""
    try:
        # Escaped once too often, some are; no other entity, or "&section=2" would become "§ion=2".
        whole = urljoin(base, link.strip().replace("&amp;", "&"))
        parts = urlsplit(whole)
        return whole if link.strip() and parts.scheme in ("http", "https") and parts.hostname else ""
    except ValueError:  # "https://[oops"
        return ""


def _once(entries: Iterable[Entry]) -> Iterator[Entry]:
    seen = {""}
    for entry in entries:
        if entry.url not in seen:
            seen.add(entry.url)
            yield entry
