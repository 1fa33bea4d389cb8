"""The page inside a newsroom's own site: a question box and its answers, nothing else.

In: a language, a theme, the pass that its script asks with. Out: a whole HTML page
for an <iframe>, which /widget.js makes. The script builds every answer from text
nodes, so nothing in a title or quotation can become markup. This module knows
nothing of answers or of where the page may be framed.
"""

from __future__ import annotations

import html
import json

from app.messages import Lang, say
from app.web.markup import attribute, plain
from app.web.style import EMBED_CSS, EMBED_JS, ICON

_SPOKEN = (
    "thinking", "trouble", "short_answer", "sources", "no_date", "no_outlet", "open_quote", "original", "you", "widget_stopped",
)  # fmt: skip
"""What the script says."""


def widget_page(lang: Lang, *, proof: str, theme: str = "", question: str = "") -> str:
    """The page. proof: what the script's calls carry. question: stands in the box already."""
    chosen = f' class="{theme}"' if theme in ("light", "dark") else ""
    words = html.escape(json.dumps({key: say(lang, key, **_blanks(key)) for key in _SPOKEN}, ensure_ascii=False))
    home = "/" if lang == "vi" else "/en/"
    return (
        f'<!doctype html><html lang="{lang}"{chosen}><head><meta charset="utf-8">'
        f"<title>{html.escape(plain(say(lang, 'widget_title')))}</title>"
        '<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">'
        f'<meta name="color-scheme" content="light dark"><link rel="icon" href="{ICON}">'
        f'<link rel="stylesheet" href="{EMBED_CSS}"><script src="{EMBED_JS}" defer></script></head><body>'
        f'<main data-lang="{lang}" data-proof="{attribute(proof)}" data-words="{words}"><h1>{say(lang, "widget_title")}</h1>'
        f'<form role="search"><label for="q">{say(lang, "question")}</label><div class="box">'
        f'<input id="q" name="q" maxlength="2000" required autocomplete="off" placeholder="{say(lang, "placeholder")}" '
        f'value="{attribute(question)}"><button>{say(lang, "send")}</button></div></form>'
        '<div id="out" role="log" aria-live="polite"></div>'
        f'<noscript><p>{say(lang, "no_script")}</p></noscript><p class="foot">{say(lang, "by_quote")} · '
        f'<a href="{home}" target="_blank" rel="noopener">{say(lang, "name")}</a></p></main></body></html>'
    )


def _blanks(key: str) -> dict[str, str]:
    # The script fills the blank itself.
    return {"n": "{n}"} if key == "open_quote" else {}
