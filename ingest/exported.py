"""A line of `hoitin export` → the Draft it came from, word for word.

What was archived is clean already: reading it by the rules for strange records would take "<b>" out of an article
about HTML, and give an article the outlet of its host where its operator had named another.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from ingest.draft import Draft
from ingest.text import clean_line

_TEXTS = ("id", "url", "title", "summary", "text", "outlet", "section", "story")
_LISTS = ("paragraphs", "captions", "byline")
_TIMES = ("published", "updated")


def read_export(record: Mapping[str, object]) -> Draft | None:
    """The draft in a record that this program exported; None if it is another's.

    The version's number stays behind: an archive counts the versions that it has seen itself.
    """
    if not {*_TEXTS, *_LISTS, *_TIMES, "version"} <= record.keys():
        return None
    texts = {name: value for name in _TEXTS if isinstance(value := record[name], str)}
    lists = {name: lines for name in _LISTS if (lines := _lines(record[name])) is not None}
    times = {name: record[name] for name in _TIMES}
    if len(texts) < len(_TEXTS) or len(lists) < len(_LISTS):
        return None
    try:
        published, updated = map(_moment, times.values())
    except ValueError:
        return None
    return Draft(
        id=clean_line(texts["id"]),
        url=clean_line(texts["url"]),
        title=clean_line(texts["title"]),
        summary=clean_line(texts["summary"]),
        paragraphs=lists["paragraphs"],
        captions=lists["captions"],
        byline=lists["byline"],
        outlet=clean_line(texts["outlet"]),
        section=clean_line(texts["section"]),
        published=published,
        updated=updated,
    )


def _lines(value: object) -> list[str] | None:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        return None
    return [line for line in map(clean_line, value) if line]


def _moment(value: object) -> datetime | None:
    """An exported time; raises ValueError for anything else."""
    if value is None:
        return None
    moment = datetime.fromisoformat(value) if isinstance(value, str) else None
    if moment is None or moment.tzinfo is None:
        raise ValueError("no time with a zone")
    return moment
