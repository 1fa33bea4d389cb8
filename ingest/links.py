"""The links on a list page that lead to articles of the same site.

An article's address ends in its number or in a long slug; sections, tags, topics,
videos, policy pages and other sites do not count. This module fetches nothing.
"""

from __future__ import annotations

import re
from urllib.parse import unquote, urljoin, urlsplit

from ingest.dedup import url_key
from ingest.html_tree import Element
from ingest.outlets import host_of
from ingest.sites import same_site

_NUMBERED = re.compile(r"(?:^|[-_./a-z])(\d{5,20})(?:-[a-z][a-z-]{0,30})?(?:\.(?:[a-z]{2,6}))?$", re.I)
_EXTENSION = re.compile(r"\.(?:html?|chn|vnp|vov|ldo|tpo|antd|aspx|amp)$", re.I)
_OTHER_FILE = re.compile(r"\.(?:jpe?g|png|gif|webp|svg|css|js|xml|rss|pdf|mp[34]|json|ico|zip|apk)$", re.I)
# Page numbers are short: "…-nha-trang-2495349.html" is an article about Nha Trang.
_TAG_SLUG = re.compile(r"(?:^|[-_/.])(?:tags?-?\d+|(?:page|trang|p)-?\d{1,4})(?:\.[a-z]{2,6})?$", re.I)
_DATED = re.compile(r"/(?:19|20)\d{2}/\d{1,2}/")
_SHELF = re.compile(
    r"/(?:tags?|tu-khoa|event|su-kien|topic|chu-de|dong-su-kien|collection|series|author|tac-gia|search|tim-kiem|"
    r"page|trang|category|video|videos|podcast|rss|print|in|amp|login|dang-nhap|du-lieu|static|ads?|views_ads)(?:/|$|\.)",
    re.I,
)
_HOUSE_PAGE = re.compile(
    r"^(?:chinh-sach|dieu-khoan|quy-dinh-su-dung|lien-he|gioi-thieu|quang-cao|toa-soan|thong-tin-toa-soan|bao-gia|"
    r"tuyen-dung|dat-bao|rss|privacy|terms|about|contact)(?:-|\.|$)",
    re.I,
)
_MIN_SLUG_WORDS, _MIN_DATED_WORDS = 6, 3
# "chitiet.aspx?id=48211", "?p=1934": systems that number their articles behind the question mark.
_ASKED_PAGE = re.compile(r"(?:chi-?tiet|detail|view|show|xem|tin|bai|news|article|post|content|noi-?dung)", re.I)
_ASKED_NUMBER = re.compile(r"(?:^|&)(?:(?:news|article|item|post|tin|bai)?_?id|p|itemid)=(\d{2,20})(?:&|$)", re.I)
_ENOUGH = 3
_MAX_LINKS = 20_000


def is_article_url(url: str) -> bool:
    """Whether an address reads like one article's: a number at its end, or a long slug with an extension or date.

    >>> is_article_url("https://bao.vn/cau-moi-thong-xe-4924723.html"), is_article_url("https://bao.vn/thoi-su.htm")
    (True, False)
    """
    return _rank(url) > 0


def _rank(url: str) -> int:
    """2: numbered article; 1: article by its slug alone; 0: none."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return 0
    path = unquote(parts.path).rstrip("/")
    name = path.rsplit("/", 1)[-1]
    if (asked := _ASKED_NUMBER.search(parts.query)) and not _SHELF.search(path):
        by_number = not name and asked[0].strip("&").startswith("p=")  # WordPress without pretty addresses
        if by_number or _ASKED_PAGE.search(name):
            return 2
    if not name or _SHELF.search(path) or any(p.search(name) for p in (_HOUSE_PAGE, _OTHER_FILE, _TAG_SLUG)):
        return 0
    words = sum(word.isalnum() for word in re.split(r"[-_]", _EXTENSION.sub("", name)))
    if _NUMBERED.search(name) and words >= 2:
        return 2
    if _DATED.search(path):
        return int(words >= _MIN_DATED_WORDS)
    return int(words >= _MIN_SLUG_WORDS and bool(_EXTENSION.search(name)))


def links_in(tree: Element, url: str) -> list[str]:
    """Absolute article links of the page's own site, each once, in page order.

    Where the site numbers its articles, an address without a number is no article.
    """
    base = next((node.get("href") for node in tree.xpath("//base[@href][1]")), "") or url
    host, own = host_of(url), url_key(url)
    found: dict[str, tuple[str, int]] = {}
    for node in tree.xpath("//a[@href][not(ancestor::nav) and not(ancestor::footer)]")[:_MAX_LINKS]:
        try:
            link = urljoin(base, node.get("href").strip()).partition("#")[0]
        except ValueError:
            continue
        key = url_key(link)
        if not key or key == own or key in found or (host and not same_site(host_of(link), host)):
            continue
        rank = _rank(link)
        if rank:
            found[key] = (link, rank)
    numbered = [link for link, rank in found.values() if rank == 2]
    return numbered if len(numbered) >= _ENOUGH else [link for link, _ in found.values()]
