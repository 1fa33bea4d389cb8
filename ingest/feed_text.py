"""Titles and summaries as feeds write them → one line of plain text.

Feeds put markup into text (pictures, links), escape it once, twice or not at all, and leave
tags unclosed ("</br>"). A "<" that opens no tag of HTML is a sign of its own and stays.
This module knows nothing of feeds' structure, and whole pages are ingest.extract's.
"""

from __future__ import annotations

import html
import re
from html.parser import HTMLParser

_INLINE = frozenset({"a", "abbr", "b", "big", "em", "font", "i", "small", "span", "strong", "sub", "sup", "u"})
_APART = frozenset({"blockquote", "br", "div", "figure", "hr", "img", "li", "ol", "p", "table", "td", "th", "tr", "ul"})
_APART |= {"h1", "h2", "h3", "h4", "h5", "h6"}
_HIDDEN = frozenset({"script", "style"})
_TAG = re.compile(rf"</?(?:{'|'.join(sorted(_INLINE | _APART | _HIDDEN))})(?=[\s/>])", re.I)


def clean_text(markup: str) -> str:
    """What a reader sees of the markup, on one line; entities escaped twice or thrice come out right.

    >>> clean_text('<a href="/1"><img src="x"></a></br>Đất &amp;apos;Bắc&amp;apos;,  3 &lt; 5')
    "Đất 'Bắc', 3 < 5"
    """
    for _ in range(3):
        before = markup
        if _TAG.search(markup):
            reader = _Reader()
            reader.feed(markup)
            reader.close()
            markup = "".join(reader.pieces)
        else:
            markup = html.unescape(markup)
        if markup == before:
            break
    return " ".join(markup.split())


class _Reader(HTMLParser):
    """Collects visible text; tags that start a line or stand for a picture count as a space."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self._hidden = False

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self._hidden = tag in _HIDDEN
        self.pieces.append(" " if tag in _APART else "")

    def handle_endtag(self, tag: str) -> None:
        self._hidden = False
        self.pieces.append(" " if tag in _APART else "")

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.pieces.append(data)
