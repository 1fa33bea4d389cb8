"""The frame around every page for editors: brand, the site's pages, the editors' own, who is signed in, sign-out.

In: a title and HTML. Out: a whole HTML page from the server; a script only where
a page brings one. This module knows nothing of what stands inside the frame.
"""

from __future__ import annotations

import html
from collections.abc import Mapping

from app.messages import Lang, say
from app.web.markup import attribute, plain, text
from app.web.nav import nav
from app.web.style import ARTICLE_CSS, EDITOR_CSS, ICON

PAGES_FOR_EDITORS: Mapping[str, str] = {"/gan-nhan": "label_name", "/kho": "kho_name"}
"""Path -> key of its name; a new page for editors takes one line here. The desk is on every page's bar (app.web.nav)."""


def framed(
    title: str,
    main: str,
    lang: Lang,
    *,
    here: str = "",
    user: str = "",
    proof: str = "",
    theme: str = "",
    script: str = "",
    style: str = "",
) -> str:
    """An HTML document around `main`, which is HTML already.

    here: the path of this page. user: who is signed in, "" for nobody.
    proof: of app.web.guard.csrf, for the sign-out form and for scripts, which read it from <meta name="csrf">.
    script, style: addresses under /tinh. theme: "light", "dark" or "" for the reader's system.
    """
    chosen = f' class="{theme}"' if theme in ("light", "dark") else ""
    home, other, code = ("/", f"{here}?lang=en", "en") if lang == "vi" else ("/en/", here, "vi")
    switch = f'<a href="{attribute(other)}" lang="{code}" hreflang="{code}">{say(lang, "other_language")}</a>'
    return (
        f'<!doctype html><html lang="{lang}"{chosen}><head><meta charset="utf-8">'
        f"<title>{html.escape(plain(title))} · {say(lang, 'name')}</title>"
        '<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">'
        '<meta name="color-scheme" content="light dark">'
        + (f'<meta name="csrf" content="{attribute(proof)}">' if proof else "")
        + f'<link rel="icon" href="{ICON}"><link rel="stylesheet" href="{ARTICLE_CSS}">'
        f'<link rel="stylesheet" href="{EDITOR_CSS}">'
        + (f'<link rel="stylesheet" href="{style}">' if style else "")
        + (f'<script src="{script}" defer></script>' if script else "")
        + f'</head><body class="ht-editor"><a class="ht-skip" href="#main">{say(lang, "skip_nav")}</a>'
        f'<header><a class="ht-brand" href="{home}">{say(lang, "name")}</a>'
        f"{nav(lang, here)}{pages_for_editors(lang, here) if user else ''}"
        f'<div class="ht-who">{switch if here else ""}{who(user, proof, lang)}</div></header>'
        f'<main id="main" tabindex="-1">{main}</main></body></html>'
    )


def pages_for_editors(lang: Lang, here: str = "") -> str:
    """Links to what only editors have, for the bar of whoever is signed in. here: the path of the page that is shown.

    >>> pages_for_editors("en", "/kho")[-60:]
    '<a href="/kho?lang=en" aria-current="page">Archive</a></nav>'
    """
    suffix = "?lang=en" if lang == "en" else ""
    current = ' aria-current="page"'
    items = "".join(
        f'<a href="{path}{suffix}"{current if path == here else ""}>{say(lang, key)}</a>'
        for path, key in PAGES_FOR_EDITORS.items()
    )
    return f'<nav class="ht-pages ht-mine" aria-label="{attribute(say(lang, "editor_pages"))}">{items}</nav>'


def refused_page(lang: Lang, sentence: str, back: str = "", theme: str = "", title: str = "") -> str:
    """Something was turned away or is not there: the sentence, and the way back; without one, the way to the chat.

    title: what is above the sentence; "" says that it did not work.
    """
    home = "/" if lang == "vi" else "/en/"
    link = f'<a href="{attribute(back or home)}">{say(lang, "open_again" if back else "back")}</a>'
    title = title or say(lang, "refused")
    main = f'<section><h1>{title}</h1><p role="alert">{text(sentence)}</p><p>{link}</p></section>'
    return framed(title, main, lang, theme=theme)


def who(user: str, proof: str, lang: Lang) -> str:
    """Who is signed in and the way out, as HTML; "" for nobody."""
    if not user:
        return ""
    # No name in the address: signing out is a POST with the proof, so another site cannot do it.
    return (
        f'<span title="{attribute(say(lang, "signed_in_as", name=user))}">{text(user)}</span>'
        f'<form method="post" action="/dang-xuat"><input type="hidden" name="csrf" value="{attribute(proof)}">'
        f'<input type="hidden" name="lang" value="{lang}"><button>{say(lang, "sign_out")}</button></form>'
    )
