"""Strings from articles and people, made safe for a page: text, attributes, links, dates.

Every string that did not come from this program passes through here before it
stands in HTML. Markdown is never interpreted, only http(s) addresses become
links, and direction controls cannot reach past the element they stand in.
This module knows nothing of answers, articles or gradio.
"""

from __future__ import annotations

import html
import re
from datetime import datetime
from urllib.parse import quote, urlencode, urlsplit

from ingest.article import VIETNAM

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
_DIRECTION = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def plain(value: str) -> str:
    """The string without control characters and broken surrogates, which no page or JSON can carry.

    >>> plain("bão\\x00 số 3")
    'bão số 3'
    """
    return _CONTROL.sub("", value.encode("utf-8", "replace").decode("utf-8"))


def text(value: str) -> str:
    """Escaped and isolated in <bdi>, so that a direction override ends where the string ends.

    >>> text("<b>1 & 2</b>")
    '<bdi>&lt;b&gt;1 &amp; 2&lt;/b&gt;</bdi>'
    """
    return f"<bdi>{html.escape(plain(value))}</bdi>"


def attribute(value: str) -> str:
    """Escaped for a quoted attribute; direction controls go, since an attribute cannot isolate them.

    >>> attribute('a"b')
    'a&quot;b'
    """
    return html.escape(_DIRECTION.sub("", plain(value)))


def web_link(url: str) -> str:
    """The address if a reader may be sent there (http or https with a host), else "".

    >>> web_link("https://vidu.vn/bai-1.html"), web_link("javascript:alert(1)")
    ('https://vidu.vn/bai-1.html', '')
    """
    if not url or len(url) > 2000 or plain(url) != url or re.search(r"[\s\\\\]", url) or _DIRECTION.search(url):
        return ""
    try:
        parts = urlsplit(url)
        return url if parts.scheme.lower() in ("http", "https") and parts.hostname else ""
    except ValueError:  # an address such as http://[ cannot be parsed, so it cannot be vouched for
        return ""


def article_path(
    docid: str,
    start: int | None = None,
    end: int | None = None,
    version: int | None = None,
    *,
    before: int | None = None,
    lang: str = "vi",
) -> str:
    """Where the archived article stands on this site, at the cited sentence if there is one.

    before: an older version to compare with. lang: of the words around the article.

    >>> article_path("a/1", 0, 9, 2)
    '/bai/a%2F1?tu=0&den=9&v=2#trich'
    """
    path = "/bai/" + quote(docid.encode("utf-8", "replace"), safe="")
    given = (("tu", start), ("den", end), ("v", version), ("so", before), ("lang", None if lang == "vi" else lang))
    asked = {name: value for name, value in given if value is not None}
    return path + ("?" + urlencode(asked) if asked else "") + ("#trich" if start is not None else "")


def day(moment: datetime | None) -> str:
    """The day in Vietnam, dd/mm/yyyy; "" when unknown.

    >>> day(datetime(2026, 7, 27, 18, 30, tzinfo=__import__("datetime").timezone.utc))
    '28/07/2026'
    """
    return moment.astimezone(VIETNAM).strftime("%d/%m/%Y") if moment else ""


def moment(when: datetime | None) -> str:
    """The minute in Vietnam, "HH:MM, dd/mm/yyyy"; the day alone at midnight, when a source gave only the day.

    >>> moment(datetime(2026, 7, 28, 6, 5, tzinfo=VIETNAM)), moment(datetime(2026, 7, 28, tzinfo=VIETNAM))
    ('06:05, 28/07/2026', '28/07/2026')
    """
    if when is None:
        return ""
    local = when.astimezone(VIETNAM)
    return local.strftime("%d/%m/%Y") if (local.hour, local.minute) == (0, 0) else local.strftime("%H:%M, %d/%m/%Y")


def machine_time(when: datetime | None) -> str:
    """The moment for <time datetime="…">, in Vietnam time; "" when unknown."""
    return when.astimezone(VIETNAM).isoformat(timespec="minutes") if when else ""
