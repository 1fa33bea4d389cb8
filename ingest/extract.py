"""A page, a print-version text or a JSON record → one clean Article, or a Rejection that says why not.

    read (html_page, print_text, record) -> Draft -> language -> id, outlet -> Article

Nothing raises on bad input: what is no article comes back as a Rejection with its reason.
This module fetches nothing and stores nothing.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from urllib.parse import parse_qsl, urlsplit

from ingest.article import Article, Rejection
from ingest.dedup import url_key
from ingest.draft import Draft
from ingest.language import detect
from ingest.outlets import host_of, outlet_of
from ingest.print_text import read_print
from ingest.record import read_record

MAX_CHARS = 2_000_000
"""Longer input is no news article."""

_MAX_ID_CHARS = 300
_MAX_TITLE_WORDS = 60
_NUMBER = re.compile(r"\d{5,}")


def from_print(
    text: str, *, source: str, allow_undated: bool = False, any_language: bool = False
) -> Article | Rejection:
    """The article in a print-version text: title first, then lead, body, byline, link line.

    source: where the text came from, for the Rejection.
    allow_undated, any_language: keep what is otherwise rejected as no_date, other_language.

    >>> text = "Cầu mới thông xe\\n\\n(HTV) - Sáng nay, cây cầu mới đã thông xe.\\n\\nLAN ANH"
    >>> article = from_print(text, source="cau.txt", allow_undated=True)
    >>> article.title, article.text, article.byline, article.outlet
    ('Cầu mới thông xe', 'Sáng nay, cây cầu mới đã thông xe.', ('LAN ANH',), 'HTV')
    """
    if len(text) > MAX_CHARS:
        return _too_long(source, len(text))
    if not text.strip():
        return Rejection(source, "empty", "The text is empty; a title and at least one sentence were expected.")
    return _article(read_print(text), source, allow_undated, any_language)


def from_record(
    record: Mapping[str, object], *, source: str, allow_undated: bool = False, any_language: bool = False
) -> Article | Rejection:
    """The article in a JSON record: id, url, title, summary, body or text, published, outlet …

    Other spellings of these fields (link, sapo, content, pubDate …) are understood too.

    >>> record = {"id": "a1", "title": "Mưa lớn", "body": "Trời mưa lớn ở nhiều nơi.", "published": "2020-05-01"}
    >>> from_record(record, source="tin.jsonl:1").published.isoformat()
    '2020-05-01T00:00:00+07:00'
    """
    if not isinstance(record, Mapping):
        kind = type(record).__name__
        return Rejection(source, "bad_field", f"The record is a {kind}; an object with title and body was expected.")
    size = sum(len(value) for value in record.values() if isinstance(value, str))
    if size > MAX_CHARS:
        return _too_long(source, size)
    return _article(read_record(record), source, allow_undated, any_language)


def _too_long(source: str, size: int) -> Rejection:
    return Rejection(
        source, "too_long", f"The input has {size:,} characters; an article has at most {MAX_CHARS:,}. Split the file."
    )


def _article(draft: Draft, source: str, allow_undated: bool, any_language: bool) -> Article | Rejection:
    """The draft judged: an article needs a title, a sentence, a date and the Vietnamese language."""
    if not draft.title:
        return Rejection(source, "no_title", "No title was found; an article needs one.")
    if len(draft.title.split()) > _MAX_TITLE_WORDS:
        words = len(draft.title.split())
        return Rejection(source, "no_title", f"The first line has {words} words; a title of at most 60 was expected.")
    body = "\n".join(draft.paragraphs)
    if len(body.split()) < 3:
        return Rejection(source, "no_body", f"Nothing follows the title “{draft.title[:80]}”; at least one sentence was expected.")
    lang = detect(body)
    if lang not in {"vi", ""} and not any_language:
        return Rejection(source, "other_language", f"The text is in “{lang}”; Vietnamese was expected (allow any language to keep it).")
    if draft.published is None and not allow_undated:
        return Rejection(source, "no_date", "No publication date was found in fields, URL or text (allow undated articles to keep it).")
    url = draft.url if url_key(draft.url) else ""
    return Article(
        id=draft.id[:_MAX_ID_CHARS] or derive_id(url, draft),
        url=url,
        title=draft.title,
        paragraphs=tuple(draft.paragraphs),
        summary=draft.summary,
        captions=tuple(draft.captions),
        byline=tuple(draft.byline),
        outlet=outlet_of(url, *draft.outlet_names, source),
        section=draft.section,
        published=draft.published,
        updated=draft.updated,
        lang=lang,
    )


def derive_id(url: str, draft: Draft) -> str:
    """The docid of an article that brought none: host and article number, else host or text and a hash.

    >>> derive_id("https://www.bao.vn/tin-moi-1234567.html", Draft())
    'bao.vn-1234567'
    """
    host = host_of(url)
    if host:
        parts = urlsplit(url.strip())
        name = parts.path.rstrip("/").rsplit("/", 1)[-1]
        numbers = _NUMBER.findall(name) or [n for _, value in parse_qsl(parts.query) for n in _NUMBER.findall(value)]
        return f"{host}-{numbers[-1] if numbers else _hash(url_key(url))}"
    return "text-" + _hash("\x1f".join((draft.title, *draft.paragraphs)))


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]
