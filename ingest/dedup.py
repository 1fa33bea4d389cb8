"""The same article at another URL.

This module knows nothing of the archive.
"""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, unquote, urlsplit

from ingest.outlets import host_of

_TRACKING = re.compile(
    r"utm_.*|fbclid|gclid|dclid|yclid|msclkid|igshid|mc_[ce]id|zarsrc|zalo.*|ref|refer|referrer|source|src|from|share.*|"
    r"vn_(?:source|medium|campaign|term|aid|zone|thumb)|gidzl|shared|cmpid|ito|spm|_ga|amp|outputtype|print|cm|fb_.*|t|vgnext.*",
    re.I,
)


def url_key(url: str) -> str:
    """One key for all addresses of one article; "" when it is no web address.

    Scheme, case of the host, www., m. and amp hosts, tracking parameters, fragment,
    trailing slash and /amp go; path and article number stay.

    >>> url_key("http://m.Bao.vn/tin-12345.htm?utm_source=zalo#top") == url_key("https://bao.vn/tin-12345.htm")
    True
    """
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return ""
    host = host_of(url)
    if parts.scheme.lower() not in {"http", "https"} or not host:
        return ""
    path = re.sub(r"/{2,}", "/", unquote(parts.path))
    path = re.sub(r"^/amp(?=/)|/amp(?:\.html?)?/?$|\.amp$", "", path)
    path = re.sub(r"(?:[.-]amp)(?=\.(?:html?|chn|ldo|vnp)$)|(?:/index\.html?)$", "", path).rstrip("/")
    query = sorted((key, value) for key, value in parse_qsl(parts.query) if not _TRACKING.fullmatch(key))
    return host + path + ("?" + "&".join(f"{key}={value}" for key, value in query) if query else "")
