"""A SOURCE → Offers, one at a time: each is an article or a rejection once it is read.

    file by its suffix | folder, sorted | "-" (JSON on stdin) -> Offer -> ingest.extract -> Article | Rejection

A saved feed leads to the pages saved beside it, which then carry their address; such
a page is not read a second time when its folder is. Anything may end in .gz.
This module stores nothing.
"""

from __future__ import annotations

import gzip
import json
import os
import sys
import zlib
from collections.abc import Callable, Iterator
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import BinaryIO, cast

from ingest.article import Article, Rejection
from ingest.extract import from_html, from_print, from_record
from ingest.offer import Offer, ready
from ingest.reading import USUAL, Counted, Reading, SourceError, whole
from ingest.records import EncodingError, decode_utf8, read_records, utf8_chunks
from ingest.saved_feed import pages_of, read_feed

_WANTED = ".jsonl .json .txt .html .htm .xml (each also .gz), a folder, or - for JSON on stdin"


def read_source(
    source: str, reading: Reading = USUAL, *, stdin: BinaryIO | None = None
) -> Iterator[Article | Rejection]:
    """Everything one source holds, read; raises as offers() does."""
    return (offer.read() for offer in offers(source, reading, stdin=stdin))


def offers(source: str, reading: Reading = USUAL, *, stdin: BinaryIO | None = None) -> Iterator[Offer]:
    """Everything one source holds, to be read or not.

    Raises SourceError if it is missing, of an unknown kind, or empty, and for a folder without any article.
    """
    is_folder = False
    if source == "-":
        found = _records(stdin or sys.stdin.buffer, "stdin", reading, json_lines=None)
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


def bytes_of(source: str) -> int | None:
    """The bytes of files that a source holds, for telling how much is to come; None where only reading can tell."""
    path = Path(source or "-")
    try:
        if not path.is_dir():
            return path.stat().st_size if path.is_file() else None
        total = 0
        for name, folders, files in os.walk(path):
            folders[:] = [f for f in folders if not f.startswith(".")]
            paths = (Path(name) / f for f in files if not f.startswith("."))
            total += sum(p.stat().st_size for p in paths if _suffix(p) in _READERS)
    except (OSError, ValueError):
        return None  # offers() says what is wrong
    return total


def _file(path: Path, reading: Reading) -> Iterator[Offer]:
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
    if path.is_fifo():  # opening it would wait for a writer, for ever if there is none
        raise SourceError(
            str(path), "unsupported", f"{path}: found a pipe, wanted {_WANTED}. Mend: hoitin ingest - < {path}"
        )
    try:
        with open(path, "rb") as opened:
            raw = cast(BinaryIO, Counted(opened, reading.on_bytes))
            if _suffix(path) != path.suffix.lower():
                with gzip.open(raw) as unpacked:
                    yield from reader(cast(BinaryIO, unpacked), path, reading)
            else:
                yield from reader(raw, path, reading)
    except FileNotFoundError:
        raise _missing(path) from None
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        yield ready(Rejection(str(path), "unreadable", f"Not sound gzip ({error}); a whole file was expected."))
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


def _records(stream: BinaryIO, name: str, reading: Reading, *, json_lines: bool | None) -> Iterator[Offer]:
    for found in read_records(stream, name, json_lines=json_lines, max_bytes=reading.max_bytes):
        if isinstance(found, Rejection):
            yield ready(found)
        else:
            where, record = found
            key = reading.key("record", json.dumps(record, ensure_ascii=False))
            yield Offer(partial(from_record, record, source=where, **reading.choices), key)


def _jsonl(stream: BinaryIO, path: Path, reading: Reading) -> Iterator[Offer]:
    return _records(stream, str(path), reading, json_lines=True)


def _json(stream: BinaryIO, path: Path, reading: Reading) -> Iterator[Offer]:
    return _records(stream, str(path), reading, json_lines=False)


def _print(stream: BinaryIO, path: Path, reading: Reading) -> Iterator[Offer]:
    data = whole(stream, path, reading)
    if isinstance(data, Rejection):
        yield ready(data)
    elif data.strip():
        yield Offer(partial(_read_print, data, path, reading), reading.key("print", data))


def _read_print(data: bytes, path: Path, reading: Reading) -> Article | Rejection:
    try:
        text = decode_utf8(b"".join(utf8_chunks(BytesIO(data))))
    except EncodingError as error:
        return Rejection(str(path), "bad_encoding", str(error))
    return from_print(text, source=str(path), **reading.choices)


def _page(stream: BinaryIO, path: Path, reading: Reading) -> Iterator[Offer]:
    data = whole(stream, path, reading)
    if isinstance(data, Rejection):
        yield ready(data)
    elif data.strip():
        yield Offer(partial(from_html, data, source=str(path), **reading.choices), reading.key("page", data))


def _feed(stream: BinaryIO, path: Path, reading: Reading) -> Iterator[Offer]:
    data = whole(stream, path, reading)
    if isinstance(data, Rejection):
        yield ready(data)
    elif data.strip():
        yield from read_feed(data, path, reading)


def _folder(root: Path, reading: Reading) -> Iterator[Offer]:
    for path in _files(root, reading):
        try:
            yield from _file(path, reading)
        except SourceError as error:
            yield ready(Rejection(str(path), error.reason, str(error)))


def _files(root: Path, reading: Reading) -> Iterator[Path]:
    """The files of a folder that can be read, sorted; the pages of a saved feed come with the feed."""

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
        feeds = [p for p in paths if _READERS.get(p.suffix.lower()) is _feed and not p.name.startswith(".")]
        of_a_feed = {page for feed in feeds if feed.is_file() for page in pages_of(feed, reading)}
        for path in paths:
            if path in of_a_feed:
                continue
            if path.name.startswith(".") or _suffix(path) not in _READERS or not path.is_file():
                reading.on_skip(path)
            else:
                yield path


_READERS: dict[str, Callable[[BinaryIO, Path, Reading], Iterator[Offer]]] = {
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
