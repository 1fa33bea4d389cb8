"""The top bar and the filter form as HTML. This module knows nothing of gradio or of answers."""

from __future__ import annotations

from app.messages import Lang, say
from app.web.markup import attribute, moment, text
from app.web.past import Limits, Past, titles
from app.web.shelf import Glance


def top(glance: Glance, past: Past, lang: Lang) -> str:
    """Name, menu, earlier conversations, and how fresh the archive is."""
    status = [say(lang, "articles", count=f"{glance.count:,}".replace(",", "." if lang == "vi" else ","))]
    if glance.last:
        status.insert(0, say(lang, "updated", when=moment(glance.last)))
    status.append(say(lang, "by_quote"))
    home, other, code = ("/", "/en", "en") if lang == "vi" else ("/en", "/", "vi")
    # Sentences the script needs: it holds none itself, so that each language is in one place.
    spoken = " ".join(
        f'data-{name}="{attribute(say(lang, key))}"'
        for name, key in (("copied", "copied"), ("copy-failed", "copy_failed"), ("shared", "shared"))
    )
    return (
        f'<a class="ht-skip" href="#ht-box" data-here="skip">{say(lang, "skip")}</a>'
        f'<div class="ht-bar"><a class="ht-brand" href="{home}">{say(lang, "name")}</a>'
        f'<div class="ht-menu"><button type="button" data-do="new">＋ {say(lang, "new_chat")}</button>'
        f"{_past(past, lang)}"
        f'<button type="button" data-here="export">{say(lang, "export")}</button>'
        f'<button type="button" data-here="theme" aria-label="{say(lang, "theme")}" title="{say(lang, "theme")}">◐</button>'
        f'<a href="{other}" lang="{code}" hreflang="{code}">{say(lang, "other_language")}</a></div>'
        f'<p class="ht-status">{text(" · ".join(status))}</p></div>'
        f'<span id="ht-words" hidden {spoken}></span><div id="ht-told" class="ht-sr" role="status" aria-live="polite"></div>'
    )


def _past(past: Past, lang: Lang) -> str:
    items = "".join(
        f'<li><button type="button" class="ht-open" data-do="open" data-chat="{attribute(chat_id)}">{text(title)}'
        f'<span>{say(lang, "turns", count=turns)}</span></button>'
        f'<button type="button" class="ht-forget" data-do="forget" data-chat="{attribute(chat_id)}" '
        f'aria-label="{attribute(say(lang, "history_delete", title=title))}">✕</button></li>'
        for chat_id, title, turns in titles(past)
    )
    if items:
        inner = (
            f'<ul>{items}</ul><p>{say(lang, "history_note")} '
            f'<button type="button" data-do="clear"><u>{say(lang, "history_clear")}</u></button></p>'
        )
    else:
        inner = f"<p>{say(lang, 'history_empty')}</p>"
    return f'<details class="ht-past"><summary>{say(lang, "history")}</summary><div class="ht-past-list">{inner}</div></details>'


def limits_form(limits: Limits, glance: Glance, lang: Lang) -> str:
    """Filters for the next questions: dates and one outlet. Changing any of them is enough, nothing to press."""
    options = "".join(
        f'<option value="{attribute(name)}"{" selected" if name == limits.outlet else ""}>{attribute(name)}</option>'
        for name in dict.fromkeys((*glance.outlets, *((limits.outlet,) if limits.outlet else ())))
    )
    clear = f'<button type="button" data-do="unlimit">{say(lang, "filter_clear")}</button>' if limits else ""
    return (
        f'<details class="ht-limits"{" open" if limits else ""}>'
        f"<summary>{say(lang, 'filters_on' if limits else 'filters')}</summary><form>"
        f'<label>{say(lang, "filter_since")}<input type="date" name="since" value="{limits.since}"></label>'
        f'<label>{say(lang, "filter_until")}<input type="date" name="until" value="{limits.until}"></label>'
        f'<label>{say(lang, "filter_outlet")}<select name="outlet"><option value="">{say(lang, "filter_any")}</option>'
        f"{options}</select></label>{clear}</form></details>"
    )
