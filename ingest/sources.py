"""A SOURCE → Articles and Rejections, one at a time.

    file by its suffix | folder, sorted | "-" (JSON Lines on stdin) -> ingest.extract -> Article | Rejection

A saved feed leads to the pages saved beside it, which then carry their address; such
a page is not read a second time when its folder is. Anything may end in .gz.
This module stores nothing.
"""

from __future__ import annotations

import gzip
import os
import sys
import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path
from typing import BinaryIO, cast
from urllib.parse import unquote, urlsplit

from ingest.article import Article, Rejection
from ingest.dedup import url_key
from ingest.errors import HoitinError
from ingest.extract import from_html, from_print, from_record
from ingest.feeds import Entry, FeedError, parse_feed
from ingest.records import MAX_BYTES, EncodingError, decode_utf8, read_records, utf8_chunks

MIN_SUMMARY_WORDS = 40
"""A feed's summary with no page to it is an article of its own from this length; shorter ones only announce one."""

_WANTED = ".jsonl .json .txt .html .htm .xml (each also .gz), a folder, or - for JSON Lines on stdin"


class SourceError(HoitinError):
    """A source from which nothing can be read at all; `reason` is a short code as in a Rejection."""

    def __init__(self, source: str, reason: str, message: str) -> None:
        super().__init__(message)
        self.source, self.reason = source, reason


@dataclass(frozen=True, slots=True)
class Reading:
    """How sources are read.

    allow_undated, any_language: keep what is otherwise rejected as no_date, other_language.
    max_bytes: of one record, page or feed, unpacked.
    on_skip: told of each file of a folder that is passed over (hidden, or of an unknown suffix).
    """

    allow_undated: bool = False
    any_language: bool = False
    max_bytes: int = MAX_BYTES
    on_skip: Callable[[Path], None] = lambda path: None


def read_source(
    source: str, reading: Reading = Reading(), *, stdin: BinaryIO | None = None
) -> Iterator[Article | Rejection]:
    """Everything one source holds.

    Raises SourceError if it is missing, of an unknown kind, or empty, and for a folder without any article.
    """
    is_folder = False
    if source == "-":
        found = _records(stdin or sys.stdin.buffer, "stdin", reading, json_lines=True)
    else:
        path = _path(source)
        is_folder = path.is_dir()
        found = _folder(path, reading) if is_folder else _file(path, reading)
    nothing = True
    for item in found:
        nothing = False
        yield item
    if nothing:
        what = "a folder without any article" if is_folder else "nothing in it"
        raise SourceError(
            source, "empty", f"{source}: found {what}, wanted {_WANTED}. Mend: hoitin ingest <a file with articles>"
        )


def _path(source: str) -> Path:
    try:
        if source.strip():
            os.lstat(source)
            return Path(source)
    except FileNotFoundError:
        return Path(source)  # its reader says so, or that its suffix is unknown
    except (OSError, ValueError) as error:  # a name too long, a NUL in it, a folder that may not be entered
        raise SourceError(
            source, "no_such_file", f"{source[:200]!r}: {error}; wanted {_WANTED}. Mend: check the name"
        ) from error
    raise SourceError(source, "no_such_file", f"an empty name, wanted {_WANTED}. Mend: hoitin ingest SOURCE")


def expected_items(source: str) -> int | None:
    """How many items read_source will give, for a progress bar; None where only reading can tell."""
    path = Path(source)
    kind = _READERS.get(path.suffix.lower())
    try:
        if kind in (_print, _page) and path.is_file():
            return 1
        if kind is not _jsonl or not path.is_file():
            return None
        lines, last = 0, b"\n"
        with open(path, "rb") as stream:
            while chunk := stream.read(1 << 20):
                lines, last = lines + chunk.count(b"\n"), chunk
    except (OSError, ValueError):
        return None  # read_source says what is wrong
    return lines + (not last.endswith(b"\n"))


def _file(path: Path, reading: Reading) -> Iterator[Article | Rejection]:
    reader = _READERS.get(_suffix(path))
    if reader is None:
        found = f"the suffix {path.suffix!r}" if path.suffix else "no suffix"
        if not path.exists():
            raise _missing(path)
        raise SourceError(
            str(path),
            "unsupported",
            f"{path}: found {found}, wanted {_WANTED}. Mend: give the file the suffix of its kind",
        )
    try:
        with open(path, "rb") as raw:
            if _suffix(path) != path.suffix.lower():
                with gzip.open(raw) as unpacked:
                    yield from reader(cast(BinaryIO, unpacked), path, reading)
            else:
                yield from reader(raw, path, reading)
    except FileNotFoundError:
        raise _missing(path) from None
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        yield Rejection(str(path), "unreadable", f"Not sound gzip ({error}); a whole file was expected.")
    except OSError as error:
        raise SourceError(
            str(path),
            "unreadable",
            f"{path}: cannot be read ({error.strerror or error}), wanted a readable file. Mend: chmod u+r {path}",
        ) from error


def _missing(path: Path) -> SourceError:
    return SourceError(
        str(path),
        "no_such_file",
        f"{path}: no such file, wanted {_WANTED}. Mend: check the name (here is {Path.cwd()})",
    )


def _suffix(path: Path) -> str:
    """What the file is: the last suffix, or the one before .gz, in lower case."""
    name = path.name.lower().removesuffix(".gz")
    return os.path.splitext(name)[1]


def _records(stream: BinaryIO, name: str, reading: Reading, *, json_lines: bool) -> Iterator[Article | Rejection]:
    for found in read_records(stream, name, json_lines=json_lines, max_bytes=reading.max_bytes):
        if isinstance(found, Rejection):
            yield found
        else:
            where, record = found
            yield from_record(
                record, source=where, allow_undated=reading.allow_undated, any_language=reading.any_language
            )


def _jsonl(stream: BinaryIO, path: Path, reading: Reading) -> Iterator[Article | Rejection]:
    return _records(stream, str(path), reading, json_lines=True)


def _json(stream: BinaryIO, path: Path, reading: Reading) -> Iterator[Article | Rejection]:
    return _records(stream, str(path), reading, json_lines=False)


def _whole(stream: BinaryIO, path: Path, reading: Reading) -> bytes | Rejection:
    data = stream.read(reading.max_bytes + 1)
    if len(data) > reading.max_bytes:
        limit = f"{reading.max_bytes:,}"
        return Rejection(str(path), "too_long", f"Longer than {limit} bytes; one article or feed was expected.")
    return data


def _print(stream: BinaryIO, path: Path, reading: Reading) -> Iterator[Article | Rejection]:
    data = _whole(stream, path, reading)
    if isinstance(data, Rejection):
        yield data
    elif data.strip():
        try:
            text = decode_utf8(b"".join(utf8_chunks(BytesIO(data))))
        except EncodingError as error:
            yield Rejection(str(path), "bad_encoding", str(error))
            return
        yield from_print(text, source=str(path), allow_undated=reading.allow_undated, any_language=reading.any_language)


def _page(stream: BinaryIO, path: Path, reading: Reading) -> Iterator[Article | Rejection]:
    data = _whole(stream, path, reading)
    if isinstance(data, Rejection):
        yield data
    elif data.strip():
        yield from_html(data, source=str(path), allow_undated=reading.allow_undated, any_language=reading.any_language)


def _feed(stream: BinaryIO, path: Path, reading: Reading) -> Iterator[Article | Rejection]:
    data = _whole(stream, path, reading)
    if isinstance(data, Rejection):
        yield data
        return
    if not data.strip():
        return
    try:
        entries = parse_feed(data).entries
    except FeedError as error:
        yield Rejection(str(path), "not_a_feed", str(error))
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
            yield from_record(
                record, source=where, allow_undated=reading.allow_undated, any_language=reading.any_language
            )
        else:
            yield Rejection(
                where,
                "page_missing",
                f"The feed only announces it, and no page of it lies in {path.parent}. "
                f"Save it there as {_page_name(entry.url) or 'a page'}, or ingest its address.",
            )


def _entry_page(page: Path, entry: Entry, reading: Reading) -> Article | Rejection:
    """The article of a page saved beside its feed; what the page does not say of itself, the feed may."""
    try:
        data = page.read_bytes()[: reading.max_bytes + 1]
    except OSError as error:
        return Rejection(str(page), "unreadable", f"{error.strerror or error}; a readable page was expected.")
    if len(data) > reading.max_bytes:
        return Rejection(str(page), "too_long", f"Longer than {reading.max_bytes:,} bytes; one article was expected.")
    found = from_html(data, url=entry.url, source=str(page), allow_undated=True, any_language=reading.any_language)
    if isinstance(found, Rejection):
        return found
    found = replace(found, published=found.published or entry.published, section=found.section or entry.section)
    if found.published is None and not reading.allow_undated:
        return Rejection(str(page), "no_date", "Neither the page nor its feed says when it was published.")
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
            if _READERS.get(path.suffix.lower(), _page) is _page and path.is_file():
                pages[entry.url] = path
                break
    return pages


def _folder(root: Path, reading: Reading) -> Iterator[Article | Rejection]:
    def refuse(error: OSError) -> None:
        raise SourceError(
            str(root),
            "unreadable",
            f"{error.filename}: cannot be read ({error.strerror}), wanted a readable folder. "
            f"Mend: chmod -R u+rX {root}",
        ) from error

    for name, folders, files in os.walk(root, onerror=refuse):
        folders[:] = sorted(f for f in folders if not f.startswith("."))
        paths = [Path(name) / file for file in sorted(files)]
        of_a_feed = set(_pages_of_feeds(paths, reading))
        for path in paths:
            if path in of_a_feed:
                continue
            if path.name.startswith(".") or _suffix(path) not in _READERS or not path.is_file():
                reading.on_skip(path)
                continue
            try:
                yield from _file(path, reading)
            except SourceError as error:
                yield Rejection(str(path), error.reason, str(error))


def _pages_of_feeds(paths: Sequence[Path], reading: Reading) -> Iterator[Path]:
    for path in paths:
        if _READERS.get(path.suffix.lower()) is _feed and not path.name.startswith(".") and path.is_file():
            try:
                with open(path, "rb") as stream:
                    entries = parse_feed(stream.read(reading.max_bytes + 1)).entries
            except (OSError, FeedError):
                continue  # said when the feed itself is read
            yield from _pages_beside(path.parent, entries).values()


_READERS: dict[str, Callable[[BinaryIO, Path, Reading], Iterator[Article | Rejection]]] = {
    ".jsonl": _jsonl,
    ".ndjson": _jsonl,
    ".json": _json,
    ".txt": _print,
    ".html": _page,
    ".htm": _page,
    ".xml": _feed,
    ".rss": _feed,
    ".atom": _feed,
}
