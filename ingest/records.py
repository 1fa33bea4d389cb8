"""Bytes of JSON Lines or JSON → records, one at a time, however large or broken the input is.

    chunks -> UTF-8 (by byte order mark) -> lines, or values of one array -> strict JSON -> record | Rejection

A broken line is a Rejection with its file and line; the lines after it are read all
the same. In a JSON array nothing after a syntax error can be told apart, so there the
Rejection is the last item. Memory holds one record, at most MAX_BYTES of it.
This module knows nothing of articles: what the fields mean is for ingest.extract.
"""

from __future__ import annotations

import codecs
import json
import re
import zlib
from collections.abc import Iterator, Mapping
from itertools import chain
from typing import BinaryIO

from ingest.article import Rejection
from ingest.charset import BOMS

MAX_BYTES = 20_000_000
"""The longest record, in bytes of UTF-8, unpacked: no article comes near it, a gzip bomb passes it at once."""

MAX_BROKEN = 1_000
"""So many broken records one after the other, and the rest is left unread: 200 KB of gzip can hold 60 million."""

MAX_BLANK = 1_000_000
"""And so many empty lines."""

_BLANKS = b" \t\r\n\xef\xbb\xbf"
_CHUNK = 1 << 18
_SPACE = re.compile(r"[ \t\n\r]*")
_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")

Record = tuple[str, Mapping[str, object]]
"""Where it stands ("tin.jsonl:12", "tin.json[0]") and its fields."""


class EncodingError(ValueError):
    """Bytes that are not text in the encoding that their byte order mark, or its absence, announces."""


def read_records(
    stream: BinaryIO, name: str, *, json_lines: bool | None, max_bytes: int = MAX_BYTES
) -> Iterator[Record | Rejection]:
    """Every record of a stream, in order.

    name: what Rejections call the stream. json_lines: one record a line, as .jsonl promises; False looks:
    an array of records, one record, several one after the other, or one a line; None, for a pipe, expects
    lines unless it opens with "[" or with a "{" that stands alone.

    >>> from io import BytesIO
    >>> for found in read_records(BytesIO(b'{"id": "a"}\\n{"id": \\n{"id": "c"}'), "tin.jsonl", json_lines=True):
    ...     print(found if isinstance(found, tuple) else (found.source, found.reason))
    ('tin.jsonl:1', {'id': 'a'})
    ('tin.jsonl:2', 'broken_json')
    ('tin.jsonl:3', {'id': 'c'})
    """
    broken = 0
    for found in _read(stream, name, json_lines, max_bytes):
        yield found
        broken = broken + 1 if isinstance(found, Rejection) else 0
        if broken == MAX_BROKEN:
            yield Rejection(name, "too_broken", f"{broken:,} records in a row are broken; the rest is not read.")
            return


def _read(stream: BinaryIO, name: str, json_lines: bool | None, max_bytes: int) -> Iterator[Record | Rejection]:
    try:
        chunks = utf8_chunks(stream)
        if json_lines:
            yield from _by_line(chunks, name, max_bytes)
            return
        head = b""
        for chunk in chunks:
            head += chunk
            # Look until the first line is whole, for it decides; an array, or a longer one, is no line of JSON Lines.
            if b"\n" in head.strip() or head.lstrip().startswith(b"[") or len(head) > max_bytes:
                break
        chunks = chain([head], chunks)
        lines = _is_lines(head) if json_lines is False else not _opens_a_value(head)
        yield from (_by_line if lines else _by_value)(chunks, name, max_bytes)
    except EncodingError as error:
        yield Rejection(name, "bad_encoding", str(error))
    except (OSError, EOFError, zlib.error) as error:
        yield Rejection(name, "unreadable", f"Reading stopped ({error}); whole and sound files were expected.")


def utf8_chunks(stream: BinaryIO) -> Iterator[bytes]:
    """The stream as UTF-8 without byte order mark. Raises EncodingError inside UTF-16 or UTF-32 that is broken."""
    # read1 gives what was unpacked before a file breaks off; read would lose it.
    read = getattr(stream, "read1", stream.read)
    chunk = read(_CHUNK)
    while 0 < len(chunk) < 4 and (more := read(_CHUNK)):  # a pipe may give a byte at a time
        chunk += more
    bom, codec = next((pair for pair in BOMS if chunk.startswith(pair[0])), (b"", "utf-8"))
    chunk, done = chunk[len(bom) :], len(bom)
    if codec == "utf-8":
        while chunk:
            yield chunk
            chunk = read(_CHUNK)
        return
    decoder = codecs.getincrementaldecoder(codec)()
    while True:
        pending = len(decoder.getstate()[0])
        try:
            text = decoder.decode(chunk, final=not chunk)
        except UnicodeDecodeError as error:
            raise EncodingError(
                f"Byte {done - pending + error.start} is not {codec.upper()}, as the file's first bytes announce. "
                "Save it as UTF-8."
            ) from None
        if text:
            yield text.encode()
        if not chunk:
            return
        done += len(chunk)
        chunk = read(_CHUNK)


def decode_utf8(data: bytes, offset: int = 0) -> str:
    """Text of UTF-8 bytes that begin at `offset` of their file; raises EncodingError naming the first wrong byte."""
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        raise EncodingError(
            f"Byte {offset + error.start} (0x{data[error.start]:02x}) is not UTF-8. "
            "Convert the file, for example with: iconv -f WINDOWS-1258 -t UTF-8"
        ) from None


def _is_lines(head: bytes) -> bool:
    first, newline, _ = head.lstrip().partition(b"\n")
    if not newline or not first.startswith(b"{"):
        return False
    try:
        json.loads(first)
    except (ValueError, RecursionError):
        return first.rstrip().endswith(b"}")  # a broken first line of many, rather than one object laid out in lines
    return True


def _opens_a_value(head: bytes) -> bool:
    first = head.lstrip().partition(b"\n")[0].rstrip()
    return first.startswith(b"[") or first == b"{"


def _by_line(chunks: Iterator[bytes], name: str, max_bytes: int) -> Iterator[Record | Rejection]:
    strict, blank = _Strict(), 0
    for number, offset, line in _lines(chunks, max_bytes):
        where = f"{name}:{number}"
        blank = 0 if line is None or line.strip(_BLANKS) else blank + 1
        if blank > MAX_BLANK:
            yield Rejection(where, "too_broken", f"{MAX_BLANK:,} empty lines in a row; the rest is not read.")
            return
        if line is None:
            yield Rejection(
                where, "too_long", f"The line is longer than {max_bytes:,} bytes; one article was expected."
            )
            continue
        try:
            text = decode_utf8(line, offset)
        except EncodingError as error:
            yield Rejection(where, "bad_encoding", str(error))
            continue
        if text := text.strip(" \t\r\n\ufeff"):  # a mark at the start of a line: files put one after the other
            yield strict.record(text, where)


def _lines(chunks: Iterator[bytes], max_bytes: int) -> Iterator[tuple[int, int, bytes | None]]:
    """(number from 1, offset in bytes, line without its end); None for a line longer than max_bytes."""
    number, offset, size = 1, 0, 0
    parts: list[bytes] = []
    for chunk in chunks:
        *ended, rest = chunk.split(b"\n")
        for piece in ended:
            size += len(piece)
            yield number, offset, b"".join((*parts, piece)) if size <= max_bytes else None
            number, offset, size, parts = number + 1, offset + size + 1, 0, []
        size += len(rest)
        parts = [*parts, rest] if size <= max_bytes else []
    if size:
        yield number, offset, b"".join(parts) if size <= max_bytes else None


def _by_value(chunks: Iterator[bytes], name: str, max_bytes: int) -> Iterator[Record | Rejection]:
    """The items of an array, or values one after the other."""
    text, strict = _Window(chunks, max_bytes), _Strict()
    in_array = text.take("[")
    index = 0
    while not text.at_end():
        if in_array and text.take("]"):
            if not text.at_end():
                yield Rejection(name, "broken_json", "Something follows the array's end; one array was expected.")
            return
        if index and in_array and not text.take(","):
            yield Rejection(
                f"{name}[{index}]", "broken_json", "A comma was expected before this item; the rest is not read."
            )
            return
        where = f"{name}[{index}]" if in_array or index else name
        try:
            value = text.value(strict)
        except _Unreadable as error:
            yield Rejection(where, error.reason, f"{error} The rest is not read.")
            return
        found = strict.checked(value, where)
        yield from [found] if isinstance(found, Rejection) else _unwrapped(*found)
        index += 1
    if in_array:
        yield Rejection(name, "broken_json", "The array does not end; its file may have been cut off.")


_WRAPPERS = ("articles", "items", "data", "results", "posts", "news", "docs", "records")
_OF_ONE = frozenset(("body", "text", "content", "paragraphs", "html", "maintext"))


def _unwrapped(where: str, value: Mapping[str, object]) -> Iterator[Record]:
    """The records that an object only wraps, as an API answers: {"total": 2, "articles": [{…}, {…}]}; else itself."""
    for key in _WRAPPERS:
        inner = value.get(key)
        if (
            isinstance(inner, list)
            and inner
            and not _OF_ONE.intersection(value)
            and all(isinstance(i, dict) for i in inner)
        ):
            yield from ((f"{where}.{key}[{n}]", item) for n, item in enumerate(inner))
            return
    yield where, value


def _said(error: json.JSONDecodeError) -> str:
    return error.msg.removesuffix(" at")  # "Invalid control character at"


class _Unreadable(ValueError):
    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message)
        self.reason = reason


class _Window:
    """The part of a text that is being read: grows until a value is whole, and drops what was read."""

    def __init__(self, chunks: Iterator[bytes], max_bytes: int) -> None:
        self._chunks, self._max = chunks, max_bytes
        self._decoder = codecs.getincrementaldecoder("utf-8")()
        self._text, self._at, self._read, self._ended = "", 0, 0, False

    def take(self, sign: str) -> bool:
        self.at_end()
        if not self._text.startswith(sign, self._at):
            return False
        self._at += 1
        return True

    def at_end(self) -> bool:
        """Skip white space; whether nothing follows it."""
        while True:
            space = _SPACE.match(self._text, self._at)
            self._at = space.end() if space else self._at
            if self._at < len(self._text):
                return False
            if not self._grow(1):
                return True

    def value(self, strict: _Strict) -> object:
        """The next value, whole; raises _Unreadable if it is broken, too long or too deep."""
        self.at_end()
        self._text, self._at = self._text[self._at :], 0
        while True:
            try:
                value, end = strict.decode(self._text)
                # A number or word at the window's edge may go on behind it.
                if end < len(self._text) or not self._grow(1):
                    self._at = end
                    return value
            except json.JSONDecodeError as error:
                if len(self._text) > self._max:
                    raise _Unreadable("too_long", f"The item is longer than {self._max:,} characters.") from None
                # Cut off, or broken? Only more text can tell; twice as much, so that it stays linear.
                if not self._grow(len(self._text)):
                    raise _Unreadable("broken_json", f"{_said(error)} at character {error.pos} of the item.") from None
            except RecursionError:
                raise _Unreadable("too_deep", "Lists or objects are nested too deeply.") from None

    def _grow(self, chars: int) -> bool:
        wanted, parts = len(self._text) + chars, [self._text]
        size = len(self._text)
        while size < wanted and not self._ended:
            chunk = next(self._chunks, b"")
            self._ended = not chunk
            try:
                parts.append(self._decoder.decode(chunk, final=self._ended))
            except UnicodeDecodeError as error:
                raise EncodingError(
                    f"Near byte {self._read + error.start}: not UTF-8. Save the file as UTF-8."
                ) from None
            self._read += len(chunk)
            size += len(parts[-1])
        grown = size > len(self._text)
        self._text = "".join(parts)
        return grown


class _Strict:
    """JSON as its standard has it, where Python's reader is lenient: no NaN, no key twice, no half characters."""

    def __init__(self) -> None:
        self._wrong: tuple[str, str] | None = None
        self._decoder = json.JSONDecoder(
            object_pairs_hook=self._object, parse_constant=self._constant, parse_int=self._int
        )

    def record(self, text: str, where: str) -> Record | Rejection:
        try:
            value, end = self.decode(text)
        except json.JSONDecodeError as error:
            return Rejection(
                where, "broken_json", f"{_said(error)} at character {error.pos}; a JSON object was expected."
            )
        except RecursionError:
            return Rejection(where, "too_deep", "Lists or objects are nested too deeply; a flat object was expected.")
        if end < len(text):
            return Rejection(where, "broken_json", f"Something follows at character {end}; one object was expected.")
        return self.checked(value, where)

    def decode(self, text: str) -> tuple[object, int]:
        """The value at the start of the text and where it ends; what is wrong with it is for checked()."""
        self._wrong = None
        value, end = self._decoder.raw_decode(text)
        # Half of a pair ("\\ud800" alone) is no character and fits into no database. Looking is cheap, proving is not.
        if self._wrong is None and _SURROGATE.search(text, 0, end):
            try:
                json.dumps(value, ensure_ascii=False).encode()
            except UnicodeEncodeError:
                self._wrong = ("lone_surrogate", "A string holds half of a character (a lone \\ud800 … \\udfff).")
        return value, end

    def checked(self, value: object, where: str) -> Record | Rejection:
        if self._wrong is not None:
            return Rejection(where, *self._wrong)
        if not isinstance(value, dict):
            kind = {list: "an array", str: "a string", type(None): "null"}.get(type(value), "a number or truth value")
            return Rejection(where, "not_an_object", f"Found {kind}; an object with title and body was expected.")
        return where, value

    def _object(self, pairs: list[tuple[str, object]]) -> dict[str, object]:
        made = dict(pairs)
        if len(made) < len(pairs):
            keys = [key for key, _ in pairs]
            twice = next(key for key in keys if keys.count(key) > 1)
            self._wrong = self._wrong or (
                "duplicate_key",
                f"The key {twice!r} stands twice; which is meant is unclear.",
            )
        return made

    def _constant(self, name: str) -> float:
        self._wrong = self._wrong or ("not_json", f"{name} is no JSON value.")
        return 0.0

    def _int(self, digits: str) -> int:
        if len(digits) > 400:
            self._wrong = self._wrong or ("not_json", f"A number of {len(digits)} digits is no field of an article.")
            return 0
        return int(digits)
