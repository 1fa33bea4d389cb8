"""Why the archive refused something, in words for editors. This module knows nothing of how it is decided."""

from __future__ import annotations

from collections.abc import Mapping

from app.messages import Lang, say

_REASONS: Mapping[str, str] = {
    "no_date": "why_no_date",
    "other_language": "why_language",
    "no_title": "why_no_text",
    "no_body": "why_no_text",
    "not_an_article": "why_no_article",
    "page_missing": "why_missing",
    "gone": "why_gone",
    "broken_json": "why_json",
    "not_json": "why_json",
    "not_an_object": "why_json",
    "duplicate_key": "why_json",
    "too_broken": "why_json",
    "lone_surrogate": "why_json",
    "too_deep": "why_json",
    "bad_field": "why_json",
    "bad_encoding": "why_bytes",
    "unreadable": "why_bytes",
    "unstorable": "why_bytes",
    "too_long": "why_long",
    "field_too_long": "why_long",
    "id_taken": "why_id",
    "robots": "why_robots",
    "private_address": "why_private",
    "timeout": "why_fetch",
    "host_unreachable": "why_fetch",
    "other_site": "why_other_site",
    "fault": "why_fault",
}


def reason(code: str, lang: Lang) -> str:
    """A sentence for one reason code.

    >>> reason("http_404", "vi") == reason("timeout", "vi")
    True
    """
    fetched = code.startswith("http_")
    return say(lang, _REASONS.get(code, "why_fetch" if fetched else "why_else"))
