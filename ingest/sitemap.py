"""A sitemap's text → its rows, each a few named strings.

A sitemap is flat (<url> or <sitemap> rows with <loc>, <lastmod>, <news:…> in them), so no XML parser
is needed, broken ones are read as far as they are whole, and time grows with length, whatever the text.
This module knows nothing of dates or addresses.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

_ROW = re.compile(r"<(?:[\w.-]{1,30}:)?(?:url|sitemap)(?:\s[^<>]{0,300})?>", re.I)
_FIELD = re.compile(
    r"<(?P<tag>loc|lastmod|(?:[\w.-]{1,30}:)?(?:publication_date|title))\s*>\s*"
    r"(?:<!\[CDATA\[(?P<raw>(?:[^\]<]|<(?!!)){0,4000})\]\]>|(?P<text>[^<]{0,4000}))\s*</",
    re.I,
)
_ENTITY = re.compile(r"&(?:#\w{1,8}|\w{1,31});")  # whole ones only: "&section=2" is no "§"


def read_rows(text: str) -> Iterator[dict[str, str]]:
    """The rows of a sitemap or sitemap index: loc, lastmod, and of news also publication_date and title.

    Addresses of pictures (<image:loc>) are no rows and no fields.

    >>> list(read_rows("<urlset><url><loc>https://bao.example/1?a&amp;b</loc><lastmod>2026-02-03</lastmod></url></urlset>"))
    [{'loc': 'https://bao.example/1?a&b', 'lastmod': '2026-02-03'}]
    """
    _, *rows = _ROW.split(_without_comments(text))
    for row in rows:
        fields: dict[str, str] = {}
        for found in _FIELD.finditer(row):
            tag = found["tag"].lower().rpartition(":")[2]
            value = found["raw"]
            if value is None:
                value = _ENTITY.sub(lambda entity: html.unescape(entity[0]), found["text"])
            if not (tag == "title" and "image" in found["tag"].lower()):
                fields.setdefault(tag, value.strip())
        if fields.get("loc"):
            yield fields


def _without_comments(text: str) -> str:
    first, *others = text.split("<!--")
    return first + "".join(other.partition("-->")[2] for other in others)
