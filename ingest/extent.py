"""How much is to come, for a progress bar: of files by their bytes, of a web address by its pages.

How many articles a file holds is known only when it is read; how many bytes, at once. So the
number of items is estimated from the share of the bytes that were read so far.
"""

from __future__ import annotations

from collections.abc import Sequence

from ingest.sources import bytes_of
from ingest.web_reading import is_web_address


class Extent:
    """The extent of one run over its sources.

    >>> extent = Extent([])
    >>> extent.begin("https://bao.example/rss", done=2)
    >>> extent.on_pages(0, 50)
    >>> extent.total(done=3)
    52
    """

    def __init__(self, sources: Sequence[str]) -> None:
        sizes = [bytes_of(source) for source in sources if not is_web_address(source)]
        self._bytes = None if None in sizes else sum(size or 0 for size in sizes)
        self._read = self._of_web = self._base = 0
        self._pages: int | None = None
        self._is_web = False

    def begin(self, source: str, done: int) -> None:
        """A source begins, after so many items of others."""
        if self._is_web:
            self._of_web += done - self._base
        self._is_web, self._base, self._pages = is_web_address(source), done, None

    def on_bytes(self, count: int) -> None:
        """So many more bytes of files were read."""
        self._read += count

    def on_pages(self, done: int, expected: int | None) -> None:
        """The address that is being read leads to so many pages."""
        self._pages = expected

    def total(self, done: int) -> int | None:
        """Items to expect, those done included; None while that cannot be told. Of addresses, those begun."""
        if self._is_web:
            return None if self._pages is None else max(done, self._base + self._pages)
        if not self._bytes or not self._read:
            return None
        of_files = done - self._of_web
        return self._of_web + max(of_files, round(of_files * self._bytes / self._read))
