"""What a page says about itself in its head: JSON-LD, OpenGraph, meta, microdata, <time>.

    tree -> Meta(headline, description, published, authors …)

The first source that says something wins, in the order JSON-LD, meta, microdata. This module
does not look at the page's text.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from ingest import dates
from ingest.html_tree import Element
from ingest.markup import from_markup
from ingest.outlets import host_of, known_outlet, reads_like_a_name
from ingest.text import clean_line, squash

_ARTICLE_TYPES = re.compile(r"(?:\w*Article|\w*NewsStory|BlogPosting|LiveBlogPosting|Report|ReportageNewsArticle)$")
_MAX_JSON_NODES = 5_000
# Of JSON-LD that cannot be parsed (a quotation mark inside a headline is enough), what no such fault can touch.
_SURE_KIND = re.compile(r'"@type"\s*:\s*\[?\s*"(\w{4,30})"')
_SURE_DATE = re.compile(r'"(datePublished|dateModified)"\s*:\s*"([^"\\]{8,40})"')
_TRAILING_COMMA = re.compile(r",\s*([}\]])")
_NO_NAME = re.compile(
    r"https?:|www\.|@|\d{3,}|^(?:admin|none|null|editor|guest|author|ban biên tập|tòa soạn|toà soạn)$", re.I
)

_OF_AN_OUTLET = re.compile(r"(?:Báo|Tạp chí|Trang tin|Cổng thông tin|Đài (?:Phát thanh|Truyền hình|PT))\s", re.I)
# A label above the title, or a path to it: "Trang chủ > Đời sống".
_SECTION_NAME = re.compile(r"bread-?crumb|(?:^|[\s_-])(?:cate|category|cat-?links|chuyen-?muc)(?:$|[\s_-])", re.I)
_TITLE_CUT = re.compile(r"\s+(?:[-–—|»•]|::?)\s+")
_MAX_OUTLET_WORDS = 6
_FRONT_PAGE = {"trangchủ", "home", ""}
_SECTION_LEVELS, _MAX_SECTION_CHARS = 4, 40

_PUBLISHED_KEYS = (
    "article:published_time", "datepublished", "pubdate", "publishdate", "publish_date", "published_time", "dc.date",
    "dc.date.issued", "dcterms.created", "article:published", "og:published_time", "og:article:published_time", "date",
)  # fmt: skip
_UPDATED_KEYS = (
    "article:modified_time", "datemodified", "lastmod", "og:updated_time", "dcterms.modified", "article_updatetime"
)  # fmt: skip
_AUTHOR_KEYS = ("article:author", "author", "dc.creator", "creator")
_SECTION_KEYS = ("article:section", "its_section", "section", "articlesection")


@dataclass(slots=True)
class Meta:
    """Facts from the head of a page; empty where it says nothing.

    is_article: a JSON-LD type or a publication date says that the page is one article.
    """

    is_article: bool = False
    og_type: str = ""
    headline: str = ""
    titles: list[str] = field(default_factory=list)
    description: str = ""
    published: datetime | None = None
    updated: datetime | None = None
    dated_as: str = ""
    authors: list[str] = field(default_factory=list)
    section: str = ""
    site_name: str = ""
    canonical: str = ""
    body: str = ""


def read_meta(tree: Element) -> Meta:
    """The head's facts, JSON-LD first."""
    tags = _meta_tags(tree)
    linked = _linked_data(tree)
    get = linked.get
    meta = Meta(
        is_article=bool(linked),
        og_type=tags.get("og:type", "").casefold(),
        headline=_line(get("headline") or get("name")),
        description=_line(get("description")) or _first(tags, "og:description", "description", "twitter:description"),
        published=dates.parse(_string(get("datePublished"))) or _first_date(tags, _PUBLISHED_KEYS),
        updated=dates.parse(_string(get("dateModified"))) or _first_date(tags, _UPDATED_KEYS),
        section=_line(get("articleSection")) or _breadcrumb(tree) or _first(tags, *_SECTION_KEYS) or _labelled(tree),
        site_name=_first(tags, "og:site_name", "application-name") or _publisher(get("publisher")),
        body=_string(get("articleBody")),
    )
    meta.dated_as = _line(get("datePublished")) or _first(tags, *_PUBLISHED_KEYS)
    meta.titles = [title for title in (meta.headline, _first(tags, "og:title"), _first(tags, "twitter:title")) if title]
    meta.titles += [clean_line(node.text_content()) for node in tree.xpath("//head/title[1]")]
    meta.is_article = meta.is_article or _first_date(tags, _PUBLISHED_KEYS[:3]) is not None
    meta.site_name = meta.site_name or _signed_title(meta.titles)
    links = [node.get("href", "") for node in tree.xpath("//link[@rel='canonical'][1]")]
    meta.canonical = next((link for link in (*links, tags.get("og:url", "")) if host_of(link)), "")
    meta.authors = _authors(get("author"), [tags.get(key, "") for key in _AUTHOR_KEYS], meta.site_name)
    return meta


def _meta_tags(tree: Element) -> dict[str, str]:
    """Content of meta tags and microdata by lower-case name; the first of a name wins."""
    tags: dict[str, str] = {}
    for node in tree.xpath("//meta[@content]"):
        for attribute in ("property", "name", "itemprop", "http-equiv"):
            name = (node.get(attribute) or "").strip().casefold()
            value = node.get("content", "").strip()
            if name and value:
                tags.setdefault(name, value)
    for node in tree.xpath("//*[@itemprop='datePublished' or @itemprop='dateModified'][@datetime]"):
        tags.setdefault(node.get("itemprop").casefold(), node.get("datetime"))
    return tags


def _first(tags: Mapping[str, str], *keys: str) -> str:
    return next((_line(tags[key]) for key in keys if tags.get(key)), "")


def _first_date(tags: Mapping[str, str], keys: Iterable[str]) -> datetime | None:
    return next((moment for key in keys if key in tags and (moment := dates.parse(tags[key]))), None)


def _string(value: object) -> str:
    if isinstance(value, list):
        value = next((item for item in value if isinstance(item, str)), "")
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    return value if isinstance(value, str) else ""


def _line(value: object) -> str:
    return clean_line(from_markup(_string(value)))


def _linked_data(tree: Element) -> dict[str, object]:
    """The first article object in the page's JSON-LD, wherever it is nested; {} if none."""
    for script in tree.xpath("//script[contains(@type, 'ld+json')]"):
        for node in _nodes(_load(script.text_content())):
            kinds = node.get("@type")
            kinds = kinds if isinstance(kinds, list) else [kinds]
            if any(isinstance(kind, str) and _ARTICLE_TYPES.search(kind) for kind in kinds):
                return node
    return {}


def _load(text: str) -> object:
    for attempt in (text, _TRAILING_COMMA.sub(r"\1", text)):
        try:
            return json.loads(attempt.strip().rstrip(";"), strict=False)
        except (ValueError, RecursionError):
            continue
    kind = next((kind for kind in _SURE_KIND.findall(text) if _ARTICLE_TYPES.search(kind)), "")
    return {"@type": kind, **dict(_SURE_DATE.findall(text))} if kind else None


def _signed_title(titles: Iterable[str]) -> str:
    """The newspaper that a title names before or behind the article's: "Báo Ví Dụ - Cầu mới thông xe"."""
    ends = (part for title in titles for part in (_TITLE_CUT.split(title)[0], _TITLE_CUT.split(title)[-1]))
    return next((part for part in ends if _OF_AN_OUTLET.match(part) and len(part.split()) <= _MAX_OUTLET_WORDS), "")


def _publisher(value: object) -> str:
    name = _line(value.get("name")) if isinstance(value, dict) else ""
    return name if reads_like_a_name(name) else ""


def _nodes(value: object) -> Iterable[dict[str, object]]:
    """All objects in a JSON value, outer ones first."""
    queue: list[object] = [value]
    for _ in range(_MAX_JSON_NODES):
        if not queue:
            return
        item = queue.pop(0)
        if isinstance(item, dict):
            yield item
            queue.extend(item.values())
        elif isinstance(item, list):
            queue.extend(item)


def _breadcrumb(tree: Element) -> str:
    """The last section of the page's breadcrumb in JSON-LD, without "Trang chủ" and the title."""
    for script in tree.xpath("//script[contains(@type, 'ld+json')][contains(., 'BreadcrumbList')]"):
        names = []
        for node in _nodes(_load(script.text_content())):
            item = node.get("item")
            name = node.get("name") or (item.get("name") if isinstance(item, dict) else "")
            if node.get("@type") == "ListItem" and isinstance(name, str):
                names.append(_line(name))
        sections = [name for name in names if name and squash(name) not in _FRONT_PAGE and len(name) <= 40]
        if sections:
            return sections[-1]
    return ""


def _labelled(tree: Element) -> str:
    """The section that the page shows near its title, in a breadcrumb or a label."""
    for node in tree.xpath("//*[contains(@class, 'bread')]") if not tree.xpath("//h1") else ():
        if _SECTION_NAME.search(node.get("class")) and (found := _last_label(node, "")):
            return found
    for heading in tree.xpath("//h1")[:2]:
        title, around = squash(heading.text_content()), heading
        for _ in range(_SECTION_LEVELS):
            around = around.getparent()
            if around is None or around.tag in {"body", "html"}:
                break
            for node in around.iter():
                name = f"{node.get('class') or ''} {node.get('rel') or ''}" if isinstance(node.tag, str) else ""
                if _SECTION_NAME.search(name) and (found := _last_label(node, title)):
                    return found
    return ""


def _last_label(node: Element, title: str) -> str:
    """The last short text of a breadcrumb, its links first, that names neither the front page nor the article."""
    links = [clean_line(link.text_content()) for link in node.iter("a")]
    labels = links or [clean_line(node.text_content())]
    short = [text for text in labels if text and len(text) <= _MAX_SECTION_CHARS and not any(map(str.isdigit, text))]
    named = [text for text in short if squash(text) not in _FRONT_PAGE and not title.startswith(squash(text))]
    return named[-1].strip(" »>/|") if named else ""


def _authors(linked: object, tags: Iterable[str], site_name: str) -> list[str]:
    """Names of people; outlets, addresses and account numbers are none."""
    people = linked if isinstance(linked, list) else [linked]
    names = [_string(person.get("name")) if isinstance(person, dict) else _string(person) for person in people]
    found = []
    for name in (*names, *tags):
        name = clean_line(from_markup(name))
        if name and not _NO_NAME.search(name) and not known_outlet(name) and not _is_outlet(name, site_name):
            found.append(name)
            if name in names:
                continue
            break
    return list(dict.fromkeys(found))


def _is_outlet(name: str, site_name: str) -> bool:
    key = squash(name)
    if "." in name.strip(".") and " " not in name:
        return True
    if site_name and key in {squash(site_name), squash("Báo " + site_name)}:
        return True
    return bool(_OF_AN_OUTLET.match(name))
