"""Text out of fields that hold bits of HTML: tags to line ends, entities to characters.

For summaries of feeds and bodies of records; whole pages go through ingest.html_page. It is
linear in the length of its input, whatever that input is.
"""

from __future__ import annotations

import html
import re

_HIDDEN = re.compile(r"<(script|style|noscript|template)\b[^<>]*>|<!--", re.I)
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
    return _TAG.sub("", _BLOCK.sub("\n", _drop_hidden(text)))


def _drop_hidden(text: str) -> str:
    """The text without scripts, styles and comments; one that never ends is left to the tag pattern."""
    lower, kept, start = text.lower(), [], 0
    endless: set[str] = set()
    for opening in _HIDDEN.finditer(text):
        closing = f"</{opening[1].lower()}" if opening[1] else "-->"
        if opening.start() < start or closing in endless:
            continue
        end = lower.find(closing, opening.end())
        if end < 0:
            endless.add(closing)
            continue
        kept.append(text[start : opening.start()])
        start = text.find(">", end) + 1 or len(text)
    return "\n".join((*kept, text[start:]))
