"""An Article ↔ the row it is in the archive: lists as JSON, times as text, and nothing that no database can hold.

This module knows nothing of tables.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from ingest.article import VIETNAM, Article
from ingest.dedup import url_key

_TEXTS = ("url", "title", "summary", "outlet", "section", "lang")
_LISTS = ("paragraphs", "captions", "byline")
_TIMES = ("published", "updated")


class Unstorable(ValueError):
    """An article that cannot be archived as it is; reason is a short code as in a Rejection."""

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message)
        self.reason = reason


def to_row(article: Article) -> dict[str, Any]:
    """The row of a version, without its number; raises Unstorable.

    >>> row = to_row(Article(id="a", url="", title="T", paragraphs=("Một.", "Hai.")))
    >>> row["docid"], row["paragraphs"], row["published"]
    ('a', '["Một.", "Hai."]', None)
    """
    if not article.id.strip():
        raise Unstorable("no_id", "an article needs an id to be archived; found none")
    texts = {name: clean(getattr(article, name), name) for name in _TEXTS}
    lists = {name: json_list([clean(text, name) for text in getattr(article, name)]) for name in _LISTS}
    times = {name: iso(getattr(article, name), name) for name in _TIMES}
    return {"docid": clean(article.id, "id"), "digest": article.digest, **texts, **lists, **times}


def to_article(row: Any) -> Article:
    """The article in a row of a version that has its `story` beside it."""
    fields: dict[str, Any] = {name: getattr(row, name) for name in _TEXTS}
    fields |= {name: tuple(json.loads(getattr(row, name))) for name in _LISTS}
    fields |= {name: moment(getattr(row, name)) for name in _TIMES}
    return Article(id=row.docid, story=row.story, version=row.version, **fields)


def names_of(article: Article) -> list[str]:
    """What leads to the article: "id:<docid>" and, if it has an address, "url:<its one form>".

    >>> names_of(Article(id="a", url="https://www.bao.example/tin.html?utm_source=x", title="T", paragraphs=()))
    ['id:a', 'url:bao.example/tin.html']
    """
    name = url_name(article.url)
    return [f"id:{article.id}", name] if name else [f"id:{article.id}"]


def url_name(url: str) -> str:
    """The name of an address among an article's names; "" if it is no web address."""
    key = url_key(url) if url else ""
    return f"url:{clean(key, 'url')}" if key else ""


def host_in(name: str) -> str:
    """The host in an address's name."""
    return name.removeprefix("url:").partition("/")[0]


def json_list(texts: Sequence[str]) -> str:
    """Texts as one JSON array, readable in the database."""
    return json.dumps(texts, ensure_ascii=False)


def clean(text: str, name: str) -> str:
    """The text itself; raises Unstorable if it holds what UTF-8 or PostgreSQL cannot."""
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise Unstorable("unstorable", f"{name}: a lone surrogate at character {error.start}, wanted text") from None
    if "\0" in text:
        raise Unstorable("unstorable", f"{name}: a NUL at character {text.index(chr(0))}, wanted text")
    return text


def printable(text: str) -> str:
    """A text for people, with what no database takes made visible: it often quotes broken input.

    >>> print(printable("a\\0b"))
    a\\x00b
    """
    return text.replace("\0", "\\x00").encode(errors="backslashreplace").decode()


def timestamp() -> str:
    """This moment, as times are stored."""
    return datetime.now(VIETNAM).isoformat()


def iso(time: datetime | None, name: str) -> str | None:
    """In Vietnam time, so that text order is time order; raises Unstorable for a time without zone."""
    if time is None:
        return None
    if time.tzinfo is None:
        raise Unstorable("unstorable", f"{name}: found {time.isoformat()} without a time zone, wanted one")
    try:
        return time.astimezone(VIETNAM).isoformat()
    except OverflowError:
        raise Unstorable("unstorable", f"{name}: {time.isoformat()} is no date of an article") from None


def moment(text: str | None) -> datetime | None:
    """The time in a row, as it was stored."""
    return datetime.fromisoformat(text).astimezone(VIETNAM) if text else None
