"""An Offer: something in a source that may be an article, and how to read it; and the key of what it is made of.

Reading costs a thousand times what looking up a key costs, so whoever stores articles remembers
the keys: the same bytes, read by the same rules in the same way, come to the same article.
This module knows nothing of files or archives.
"""

from __future__ import annotations

import functools
import hashlib
import importlib.metadata
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from ingest.article import Article, Rejection

_KEY_BYTES = 16
_READERS = ("trafilatura", "lxml", "ftfy", "langdetect", "feedparser")
"""Packages whose next release may read the same page otherwise."""


@dataclass(frozen=True, slots=True)
class Offer:
    """read(): the article, or why it is none; always the same. key: of everything that decides it, b"" if unknown."""

    read: Callable[[], Article | Rejection]
    key: bytes = b""


def ready(item: Article | Rejection) -> Offer:
    """What needs no more reading, or was refused before there was anything to read."""
    return Offer(lambda: item)


def key_of(*parts: bytes | str) -> bytes:
    """A key of an input: of its bytes, of the choices by which it is read, and of the rules of this version.

    >>> key_of("html", b"<p>") == key_of("html", b"<p>"), key_of("a", "b") == key_of("ab", "")
    (True, False)
    """
    made = hashlib.blake2b(rules(), digest_size=_KEY_BYTES)
    for part in parts:
        data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        made.update(len(data).to_bytes(8, "big") + data)
    return made.digest()


@functools.cache
def rules() -> bytes:
    """A digest of the rules by which articles are read: of this room's source, and of the packages it reads with.

    Made of the source itself, because a number would have to be raised by hand at each change of a rule.
    """
    made = hashlib.blake2b(sys.version.encode(), digest_size=_KEY_BYTES)
    for path in sorted(Path(__file__).parent.glob("*.py")):
        made.update(path.name.encode() + path.read_bytes())
    for package in _READERS:
        made.update(f"{package} {importlib.metadata.version(package)}".encode())
    return made.digest()
