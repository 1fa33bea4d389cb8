"""The body of an answer, unpacked piece by piece and stopped as soon as it is too long.

HTTP libraries unpack whatever a chunk holds, and a chunk of 64 KB can hold 64 MB; here no piece
is longer than the limit. Only gzip and deflate, which can be stopped in the middle.
This module knows nothing of connections.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator

PACKINGS = ("", "identity", "gzip", "x-gzip", "deflate")
"""Values of Content-Encoding that read_body understands."""


class TooLarge(Exception):
    """More bytes than allowed, as sent or unpacked."""


class BrokenBody(Exception):
    """Bytes that cannot be unpacked."""


def read_body(chunks: Iterable[bytes], packing: str, max_bytes: int) -> bytes:
    """All bytes of a body, unpacked; at most max_bytes as sent, and at most max_bytes unpacked.

    packing: one of PACKINGS. Raises TooLarge or BrokenBody, without reading further.

    >>> read_body([zlib.compress("sông ".encode()), b""], "deflate", 100).decode()
    'sông '
    """
    pieces = _counted(chunks, max_bytes)
    if packing not in ("", "identity"):
        pieces = _unpacked(pieces, packing == "deflate", max_bytes + 1)
    body = bytearray()
    try:
        for piece in pieces:
            body += piece
            if len(body) > max_bytes:
                raise TooLarge
    except zlib.error as err:
        raise BrokenBody(str(err)) from err
    return bytes(body)


def _counted(chunks: Iterable[bytes], max_bytes: int) -> Iterator[bytes]:
    total = 0
    for chunk in chunks:
        total += len(chunk)
        if total > max_bytes:
            raise TooLarge
        yield chunk


def _unpacked(chunks: Iterable[bytes], deflate: bool, most: int) -> Iterator[bytes]:
    """gzip (of any number of members) or deflate (with or without its header), at most `most` bytes a piece."""
    wbits = zlib.MAX_WBITS if deflate else zlib.MAX_WBITS | 16
    inflate, begun = zlib.decompressobj(wbits), False
    for chunk in chunks:
        while chunk:
            if inflate.eof:
                if deflate or not chunk.strip(b"\0"):
                    break  # padding
                inflate = zlib.decompressobj(wbits)
            try:
                piece = inflate.decompress(chunk, most)
            except zlib.error:
                if begun or not deflate:
                    raise
                inflate = zlib.decompressobj(-zlib.MAX_WBITS)
                piece = inflate.decompress(chunk, most)
            begun = True
            yield piece
            chunk = inflate.unused_data if inflate.eof else inflate.unconsumed_tail
    if begun and not inflate.eof:
        raise BrokenBody("it ends too early")
