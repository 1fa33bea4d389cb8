"""The pages of this site, for the bar at the top of each of them.

To add a page, add a line to PAGES. This module knows nothing of what stands on them.
"""

from __future__ import annotations

from app.messages import Lang, say

PAGES: tuple[tuple[str, str], ...] = (
    ("page_chat", "/"),
    ("page_check", "/tin-nay-co-dung-khong"),
    ("page_editors", "/kiem-chung"),
)
"""(key of its name in app.messages, address), in the order of the bar; the chat is at /en/ in English."""


def nav(lang: Lang, here: str = "") -> str:
    """Links to the pages. here: the address of the page that is shown.

    >>> nav("en", "/")[:61]
    '<nav class="ht-pages" aria-label="Pages"><a href="/en/" aria-'
    """
    items = []
    for key, address in PAGES:
        shown = address if lang == "vi" else "/en/" if address == "/" else f"{address}?lang={lang}"
        current = ' aria-current="page"' if address == here else ""
        items.append(f'<a href="{shown}"{current}>{say(lang, key)}</a>')
    return f'<nav class="ht-pages" aria-label="{say(lang, "pages")}">{"".join(items)}</nav>'
