"""A page, a print-version text or a JSON record → one clean Article, or a Rejection that says why not.

    read (html_page, print_text, record) -> Draft -> language -> id, outlet -> Article

Nothing raises on bad input: what is no article comes back as a Rejection with its reason.
This module fetches nothing and stores nothing.
"""

from __future__ import annotations

import functools
import hashlib
import re
from collections.abc import Callable, Mapping, Sequence
from typing import ParamSpec
from urllib.parse import parse_qsl, urlsplit

from ingest import dates
from ingest.article import Article, Rejection
from ingest.charset import decode, repair
from ingest.dedup import url_key
from ingest.draft import Draft
from ingest.exported import read_export
from ingest.language import detect
from ingest.outlets import host_of, outlet_of
from ingest.print_text import read_print
from ingest.record import read_record
from ingest.sequence import from_sequence
from ingest.text import squash

MAX_CHARS = 2_000_000
"""Longer input is no news article."""

MAX_PAGE = 12_000_000
"""A page may carry this many characters or bytes, markup included."""

MAX_TAGS = 60_000
"""And this many tags: the richest pages of newspapers have ten thousand."""

FAULT = "fault"
"""The reason of a Rejection that no input should be able to bring about."""

MAX_FIELD_CHARS = {"id": 300, "title": 500, "url": 2_000, "outlet": 200, "section": 200}
"""Longer fields come of a broken export or of an attack: no page, list or address bar could show them."""

MAX_NAMES, MAX_NAME_CHARS = 50, 200
"""Names in a byline, and characters of one."""

MAX_CAPTIONS, MAX_CAPTION_CHARS = 500, 5_000
"""A picture story has a hundred."""

_MAX_TITLE_WORDS = 60
_MIN_WORDS = 3
_WORD = re.compile(r"[^\W\d_]+")
_NUMBER = re.compile(r"(\d{5,})(?:\.[a-z]{2,6})?$", re.I)
_DAY_FORMS = (
    re.compile(r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})(?:\d{4})?"),
    re.compile(r"(?P<day>\d{2})(?P<month>\d{2})(?P<year>\d{4})"),
)


_P = ParamSpec("_P")


def _judged(read: Callable[_P, Article | Rejection]) -> Callable[_P, Article | Rejection]:
    """What a reader must not do, raise, becomes a Rejection: one page must not end the reading of all others."""

    @functools.wraps(read)
    def reading(*args: _P.args, **named: _P.kwargs) -> Article | Rejection:
        try:
            return read(*args, **named)
        except Exception as error:
            detail = f"Reading it failed ({type(error).__name__}: {error}). The fault is hoitin's: please report it."
            return Rejection(str(named.get("source", "")), FAULT, detail)

    return reading


@_judged
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
    return _article(read_print(repair(text)), source, allow_undated, any_language)


@_judged
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
    mended = {key: repair(value) if isinstance(value, str) else value for key, value in record.items()}
    draft = read_export(record) or read_record(mended)
    return _article(draft, source, allow_undated, any_language)


@_judged
def from_html(
    page: bytes | str, *, url: str = "", source: str, allow_undated: bool = False, any_language: bool = False
) -> Article | Rejection:
    """The article in an HTML page.

    page: bytes as fetched (the character set is found out) or characters.
    url: where it was fetched; the page's own canonical address wins if it is of the same site.

    >>> page = "<title>Mưa lớn - Báo</title><article><p>Trời mưa lớn ở nhiều nơi trong ngày hôm nay.</p></article>"
    >>> from_html(page, url="https://bao.vn/mua-lon-1234567.html", source="-", allow_undated=True).id
    'bao.vn-1234567'
    """
    if len(page) > MAX_PAGE:
        return _too_long(source, len(page))
    if not page.strip():
        return Rejection(source, "empty", "The page is empty; an HTML article was expected.")
    if _tags(page) > MAX_TAGS:
        return Rejection(source, "too_long", f"The page has {_tags(page):,} tags; an article has at most {MAX_TAGS:,}.")
    # Parsing HTML costs half a second of imports that JSON and print texts need not pay.
    from ingest.html_page import read_page

    draft = read_page(repair(decode(page) if isinstance(page, bytes) else page), url)
    if draft.kind == "list":
        detail = "The page is a list or has no article text; an article's own page was expected."
        return Rejection(source, "not_an_article", detail)
    return _article(draft, source, allow_undated, any_language)


def article_links(page: bytes | str, *, url: str) -> list[str]:
    """The links of a list page to articles of the same site, absolute, each once, in page order.

    >>> article_links('<a href="/cau-moi-thong-xe-1234567.html">Cầu</a><a href="/thoi-su.htm">Thời sự</a>', url="https://bao.vn/")
    ['https://bao.vn/cau-moi-thong-xe-1234567.html']
    """
    if len(page) > MAX_PAGE or _tags(page) > MAX_TAGS:
        return []
    from ingest.html_page import links

    return links(decode(page) if isinstance(page, bytes) else page, url)


def _tags(page: bytes | str) -> int:
    return page.count(b"<") if isinstance(page, bytes) else page.count("<")


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
    if oversized := _oversized(draft):
        return Rejection(source, "field_too_long", oversized)
    summary, paragraphs = with_summary(draft.summary, draft.paragraphs)
    body = "\n".join(paragraphs)
    if len(body) > MAX_CHARS:
        return _too_long(source, len(body))
    if len(_WORD.findall(body[:2_000])) < _MIN_WORDS:
        detail = f"Nothing follows the title “{draft.title[:80]}”; at least one sentence was expected."
        return Rejection(source, "no_body", detail)
    lang = detect(body)
    if lang not in {"vi", ""} and not any_language:
        detail = f"The text is in “{lang}”; Vietnamese was expected (allow any language to keep it)."
        return Rejection(source, "other_language", detail)
    url = draft.url if url_key(draft.url) else ""
    published = draft.published or from_sequence(url, body)
    if published is None and not allow_undated:
        return Rejection(source, "no_date", _undated(draft.dated_as))
    return Article(
        id=draft.id or derive_id(url, draft),
        url=url,
        title=draft.title,
        paragraphs=tuple(paragraphs),
        summary=summary,
        captions=tuple(draft.captions),
        byline=tuple(draft.byline),
        outlet=draft.outlet or outlet_of(url, *draft.outlet_names, source),
        section=draft.section,
        published=published,
        updated=draft.updated,
        lang=lang,
    )


def _oversized(draft: Draft) -> str:
    """What of a draft is longer than such a thing can be; "" if nothing is."""
    outlet = max([draft.outlet, *draft.outlet_names], key=len, default="")
    fields = {"id": draft.id, "title": draft.title, "url": draft.url, "outlet": outlet, "section": draft.section}
    for name, most in MAX_FIELD_CHARS.items():
        if len(fields[name]) > most:
            return f"Its {name} has {len(fields[name]):,} characters; at most {most:,} were expected."
    for name, texts, many, most in (
        ("byline", draft.byline, MAX_NAMES, MAX_NAME_CHARS),
        ("captions", draft.captions, MAX_CAPTIONS, MAX_CAPTION_CHARS),
    ):
        longest = max(map(len, texts), default=0)
        if len(texts) > many:
            return f"Its {name} has {len(texts):,} entries; at most {many:,} were expected."
        if longest > most:
            return f"An entry of its {name} has {longest:,} characters; at most {most:,} were expected."
    return ""


def _undated(dated_as: str) -> str:
    """Why an article has no date: none was given, or one that cannot be right."""
    wrong = dates.why_not(dated_as) if dated_as else ""
    if not wrong:
        return "No publication date was found in fields, URL or text (allow undated articles to keep it)."
    return (
        f"Its time of publication, “{dated_as[:60]}”, {wrong}; one like 2025-10-31T08:30:00+07:00 was expected "
        "(allow undated articles to keep it)."
    )


def with_summary(summary: str, paragraphs: Sequence[str]) -> tuple[str, list[str]]:
    """The sapo, and the paragraphs with it first: once, also where the body already begins with it.

    A body that begins with the sapo's words keeps its own spelling of them.

    >>> with_summary("Trời mưa.", ["Trời mưa. Rồi nắng."])
    ('Trời mưa.', ['Trời mưa.', 'Rồi nắng.'])
    """
    key = squash(summary)
    if not key:
        return "", list(paragraphs)
    first = paragraphs[0] if paragraphs else ""
    if squash(first) == key:
        return first, list(paragraphs)
    if squash(first).startswith(key):
        rest = first[len(summary) :].strip()
        if first.startswith(summary) and (summary[-1] in '.!?…"”' or rest[:1].isupper()):
            return summary, [summary, rest, *paragraphs[1:]]
        return (first if len(first) <= 2 * len(summary) else ""), list(paragraphs)
    if squash(" ".join(paragraphs[:4])[: 2 * len(summary) + 50]).startswith(key):
        return first, list(paragraphs)
    return summary, [summary, *paragraphs]


def derive_id(url: str, draft: Draft) -> str:
    """The docid of an article that brought none: host and article number, else host or text and a hash.

    A number is the article's own only at the end of its address, and only if it is no day: the articles of
    one day share that, and a slug may end in the number of a law.

    >>> derive_id("https://www.bao.vn/tin-moi-1234567.html", Draft())
    'bao.vn-1234567'
    >>> derive_id("https://bao.vn/mua-20221021.html", Draft()) == derive_id("https://bao.vn/lu-20221021.html", Draft())
    False
    """
    host = host_of(url)
    if host:
        parts = urlsplit(url.strip())
        name = parts.path.rstrip("/").rsplit("/", 1)[-1]
        said = [name, *(value for _, value in parse_qsl(parts.query))]
        numbers = [found[1] for text in said if (found := _NUMBER.search(text)) and not _is_day(found[1])]
        return f"{host}-{numbers[0] if numbers else _hash(url_key(url))}"
    return "text-" + _hash("\x1f".join((draft.title, *draft.paragraphs)))


def _is_day(number: str) -> bool:
    """Whether a number says a day, with or without a clock: 20221021, 21102022, 202210210803."""
    return any(
        1990 <= int(day["year"]) <= 2100 and 1 <= int(day["month"]) <= 12 and 1 <= int(day["day"]) <= 31
        for form in _DAY_FORMS
        if (day := form.fullmatch(number))
    )


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]
