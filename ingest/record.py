"""A JSON record of an article (a crawl, an export, a data set) → its parts.

Field names differ between crawls and so do their scars: entities escaped twice, tags in the
body, paragraphs glued together, bodies printed as Python lists, an author named "None". All
are mended here; whether the result is an article is for ingest.extract to judge.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta

from ingest import dates
from ingest.article import VIETNAM
from ingest.draft import Draft
from ingest.markup import from_markup
from ingest.news_rules import sort_lines, take_lead
from ingest.text import UPPER, clean_line, clean_paragraphs, squash, unglue

# Compared without capitals and underlines: "publish_date", "PublishDate" and "publishDate" are one name.
_ID = ("id", "docid", "_id")
_URL = ("url", "link", "canonical_url", "source_url", "duong_dan")
_TITLE = ("title", "headline", "name", "tieu_de")
_SUMMARY = ("summary", "sapo", "description", "abstract", "lead", "excerpt", "tom_tat")
_BODY = (
    "paragraphs",
    "body",
    "text",
    "content",
    "maintext",
    "html",
    "article_body",
    "content_html",
    "content_text",
    "noi_dung",
)
_PUBLISHED = (
    "published", "published_at", "publish_date", "published_date", "published_time", "publish_time", "date_publish",
    "date_published", "pub_date", "date", "time", "ngay_dang", "created_at",
)  # fmt: skip
_UPDATED = ("updated", "updated_at", "modified", "date_modified", "date_modify", "modified_at", "last_modified")
_FETCHED = ("fetched", "fetched_at", "crawled", "crawled_at", "crawl_date", "date_download")
_URL_TIME = ("url_time",)
_OUTLET = ("outlet", "source", "publisher", "site_name", "source_domain")
_SECTION = ("section", "category", "topic", "article_section", "chuyen_muc")
_AUTHOR = ("byline", "author", "authors", "tac_gia")
_CAPTIONS = ("captions", "caption")
# What holds the text where a value is an object: {"name": …} of schema.org, {"rendered": …} of WordPress, {"$oid": …} of
# MongoDB, and the blocks of an editor.
_INNER = ("name", "rendered", "text", "html", "content", "value", "$oid")

_NOTHING = frozenset({"", "none", "null", "nan", "n/a", "undefined", "[]", "-"})
_FETCH_SLACK = timedelta(minutes=10)
# A list of strings that a crawler printed: ['\\r\\n ', 'Đó là ', 'dự án', ' mới.']
_PRINTED_ITEM = r"(?:'(?:\\.|[^'\\])*'|\"(?:\\.|[^\"\\])*\")"
_PRINTED_LIST = re.compile(rf"\[\s*{_PRINTED_ITEM}(?:\s*,\s*{_PRINTED_ITEM})*\s*,?\s*\]")
_PRINTED = re.compile(_PRINTED_ITEM)
_ESCAPE = re.compile(r"\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|(.))", re.S)
_ESCAPED = {"n": "\n", "r": "\n", "t": " "}
# The same printed list after a crawler had thrown quotes and brackets away: ". , " stands between paragraphs.
_BARE_BREAK = re.compile(
    rf"(?:(?<=[.!?…”])|(?<=\.\s))\s*(?:xa0\s*)*,\s+(?=[{UPPER}“])|"
    rf"(?:\s,)?\s(?:r\s)?n\s(?:,\s)?(?=[{UPPER}“])"
)
_MIN_BARE_BREAKS = 2
_CAPTION = re.compile(
    r"<(figcaption\b|(?:p|div|td)\b[^<>]{0,200}\bclass=[\"'][^\"'<>]{0,100}caption)[^<>]{0,500}>"
    r"((?:(?!<(?:/?figcaption|/p\b|/div|/td)).){0,3000})(?=<)",
    re.I | re.S,
)
_OUTLET_TAIL = re.compile(
    r"\s+[-–|]\s+(?:VnExpress(?: [\w ]{2,20})?|Tuổi Trẻ Online|Báo [\w ]{2,30}|Dân trí|VietNamNet|Thanh Niên)\s*$"
)


def read_record(record: Mapping[str, object]) -> Draft:
    """The draft article in a record; unknown fields are left alone, missing ones stay empty.

    >>> body = "<p>Trời mưa.</p><p>Rồi nắng.</p>"
    >>> draft = read_record({"title": "Mưa &amp;amp; nắng", "body": body, "author": "None"})
    >>> draft.title, draft.paragraphs, draft.byline
    ('Mưa & nắng', ['Trời mưa.', 'Rồi nắng.'], [])
    """
    record = _folded(record)
    url = _text(record, _URL)
    title = _line(record, _TITLE)
    authors = [name for value in _values(record, _AUTHOR) for name in _names(value)]
    summary = _OUTLET_TAIL.sub("", _line(record, _SUMMARY))
    summary, signed = take_lead(summary)
    body, shown = _without_captions("\n".join(_values(record, _BODY)[:1]))
    lines = _body_lines(body)
    parts = sort_lines(lines, title=title, authors=authors)
    captions = [clean_line(from_markup(text)) for text in (*_values(record, _CAPTIONS, all_of_list=True), *shown)]
    return Draft(
        id=_line(record, _ID),
        url=url,
        title=title,
        summary=summary,
        paragraphs=parts.paragraphs,
        captions=[caption for caption in dict.fromkeys([*captions, *parts.captions]) if caption],
        byline=_merged(authors, parts.byline),
        outlet_names=[*(_line(record, (key,)) for key in _OUTLET), signed, parts.outlet],
        section=_line(record, _SECTION),
        published=_published(record, url) or _dateline(lines),
        updated=_moment(record, _UPDATED),
        dated_as=_line(record, _PUBLISHED),
    )


def _folded(record: Mapping[str, object]) -> dict[str, object]:
    fields: dict[str, object] = {}
    for key, value in record.items():
        fields.setdefault(_fold(str(key)), value)
    return fields


@functools.lru_cache(maxsize=4_096)
def _fold(name: str) -> str:
    return name.casefold().replace("_", "").replace("-", "")


def _inner(value: Mapping[object, object]) -> str:
    return next((text for key in _INNER if isinstance(text := value.get(key), str) and text), "")


def _values(record: Mapping[str, object], keys: Sequence[str], *, all_of_list: bool = False) -> list[str]:
    """The texts of the first of the fields that says something."""
    for key in keys:
        value = record.get(_fold(key))
        if isinstance(value, str):
            texts = [value]
        elif isinstance(value, bool) or value is None:
            continue
        elif isinstance(value, int | float):
            texts = [str(value)]
        elif isinstance(value, Mapping):
            texts = [_inner(value)]
        elif isinstance(value, Iterable) and not isinstance(value, bytes | bytearray):
            items = [_inner(item) if isinstance(item, Mapping) else item for item in value]
            texts = [item for item in items if isinstance(item, str)]
            if key in _SECTION:
                texts = texts[:1]
            elif key not in _AUTHOR and not all_of_list:
                texts = ["\n".join(texts)]
        else:
            continue
        texts = [text for text in texts if text.strip().casefold() not in _NOTHING]
        if texts:
            return texts
    return []


def _text(record: Mapping[str, object], keys: Sequence[str]) -> str:
    values = _values(record, keys)
    return clean_line(values[0]) if values else ""


def _line(record: Mapping[str, object], keys: Sequence[str]) -> str:
    values = _values(record, keys)
    return clean_line(from_markup(values[0])) if values else ""


def _names(value: str) -> list[str]:
    names = [clean_line(from_markup(name)) for name in re.split(r"[;\n]|\s//\s", value)]
    return [name for name in names if name.casefold() not in _NOTHING]


def _merged(authors: list[str], signed: list[str]) -> list[str]:
    """Both, each name once however it is written ("LAN ANH", "Lan Anh", "Theo Lan Anh")."""
    merged = list(authors)
    for name in signed:
        if not any(squash(name).endswith(squash(known)) for known in merged):
            merged.append(name)
    return merged


def _without_captions(html: str) -> tuple[str, list[str]]:
    """A body's HTML without what its pictures say, and that."""
    captions = [caption for _, caption in _CAPTION.findall(html)]
    return (_CAPTION.sub(" ", html), captions) if captions else (html, [])


def _body_lines(text: str) -> list[str]:
    text = _PRINTED_LIST.sub(_printed_list, text).replace("\\/", "/")
    if "\n" not in text.strip() and len(_BARE_BREAK.findall(text)) >= _MIN_BARE_BREAKS:
        text = _BARE_BREAK.sub("\n", text)
    return [piece for line in clean_paragraphs(from_markup(text)) for piece in unglue(line)]


def _printed_list(match: re.Match[str]) -> str:
    """The text of a printed list. Its items are text nodes: those with line ends break lines, the rest join."""
    items = [_ESCAPE.sub(_unescape, item[1:-1]) for item in _PRINTED.findall(match[0])]
    joint = "" if any("\n" in item for item in items) else "\n"
    return "\n" + joint.join(items) + "\n"


def _unescape(match: re.Match[str]) -> str:
    code = match[1] or match[2]
    return chr(int(code, 16)) if code else _ESCAPED.get(match[3], match[3])


def _moment(record: Mapping[str, object], keys: Sequence[str]) -> datetime | None:
    for key in keys:
        value = record.get(_fold(key))
        if isinstance(value, Mapping):
            value = value.get("$date")  # as MongoDB exports times
        if isinstance(value, datetime):
            value = (value if value.tzinfo else value.replace(tzinfo=VIETNAM)).isoformat()
        elif isinstance(value, date):
            value = value.isoformat()
        elif isinstance(value, bool):
            continue
        elif isinstance(value, int | float):
            value = str(value)
        if isinstance(value, str):
            moment = dates.parse(value)
            if moment:
                return moment
    return None


def _dateline(lines: Sequence[str]) -> datetime | None:
    """The date that the first or the last lines of the body print by itself."""
    return dates.from_text("\n".join(lines[:4])) or dates.from_text("\n".join(lines[-3:]))


def _published(record: Mapping[str, object], url: str) -> datetime | None:
    """The publication date; the time in the URL's number where the record's own cannot be right.

    It cannot be right when it is the fetch time, or when it lies before the article's number was
    given: some feeds write UTC and call it Vietnam time, seven hours early.
    """
    published = _moment(record, _PUBLISHED)
    fetched = _moment(record, _FETCHED)
    created = _moment(record, _URL_TIME) or dates.from_url(url)
    if published is None or created is None:
        return published or created
    if fetched and abs(published - fetched) <= _FETCH_SLACK:
        return created
    only_day = (published.hour, published.minute, published.second) == (0, 0, 0)
    return created if not only_day and published < created else published
