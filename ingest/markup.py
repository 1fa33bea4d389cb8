"""Text out of fields that hold bits of HTML: tags to line ends, entities to characters.

For summaries of feeds and bodies of records; whole pages go through ingest.html_page. It is
linear in the length of its input, whatever that input is.
"""

from __future__ import annotations

import html
import re

_HIDDEN = re.compile(r"<(script|style|noscript|template)\b[^<>]*>.*?</\1\s*>|<!--.*?-->", re.I | re.S)
_BLOCK = re.compile(
    r"</?(?:p|div|br|li|ul|ol|h[1-6]|tr|td|table|tbody|figure|figcaption|section|article|blockquote|header|footer|hr)\b[^<>]*>",
    re.I,
)
_TAG = re.compile(r"</?[a-z][\w:-]*(?:\s[^<>]*|/)?>|<!\w[^<>]*>", re.I)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,31});", re.I)
_MAX_ESCAPES = 3


def from_markup(text: str) -> str:
    """The text without tags and with entities resolved, also those escaped twice.

    >>> from_markup("<p>Mưa &amp;amp; nắng</p><p>A &lt; B</p>").split()
    ['Mưa', '&', 'nắng', 'A', '<', 'B']
    """
    if "<" in text:
        text = _strip_tags(text)
    for _ in range(_MAX_ESCAPES):
        if not _ENTITY.search(text):
            break
        text = html.unescape(text)
        if _BLOCK.search(text):
            text = _strip_tags(text)
    return text


def _strip_tags(text: str) -> str:
    return _TAG.sub("", _BLOCK.sub("\n", _HIDDEN.sub("\n", text)))
