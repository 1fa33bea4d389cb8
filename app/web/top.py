"""The top bar and the filter form as HTML. This module knows nothing of gradio or of answers."""

from __future__ import annotations

from app.messages import Lang, say
from app.web.cards import welcome
from app.web.markup import attribute, moment, text
from app.web.nav import nav
from app.web.past import Limits, Past, titles
from app.web.shelf import Glance


def top(glance: Glance, past: Past, lang: Lang, *, unfolded: bool = False, writer: str = "") -> str:
    """The skip link, the bar, and where the script finds its sentences and says them.

    unfolded: the history is open. writer: the model that writes answers, "" when they are quotations.
    """
    # The script holds no sentence itself, so that each language is in one place.
    spoken = " ".join(
        f'data-{name}="{attribute(say(lang, key))}"'
        for name, key in (
            ("copied", "copied"),
            ("copy-failed", "copy_failed"),
            ("shared", "shared"),
            ("held", "held"),
            ("unsent", "unsent"),
        )
    )
    return (
        f'<a class="ht-skip" href="#ht-box" data-here="skip">{say(lang, "skip")}</a>'
        f"{_bar(glance, past, lang, unfolded, writer)}"
        f'<span id="ht-words" hidden {spoken}></span>'
        '<div id="ht-told" class="ht-sr" role="status" aria-live="polite"></div>'
    )


def _bar(glance: Glance, past: Past, lang: Lang, unfolded: bool = False, writer: str = "") -> str:
    """Name, pages, menu, earlier conversations, and how fresh the archive is."""
    status = [say(lang, "articles", count=f"{glance.count:,}".replace(",", "." if lang == "vi" else ","))]
    if glance.last:
        status.insert(0, say(lang, "updated", when=moment(glance.last)))
    status.append(say(lang, "by_model", model=writer) if writer else say(lang, "by_quote"))
    home, other, code = ("/", "/en/", "en") if lang == "vi" else ("/en/", "/", "vi")
    more = say(lang, "more")
    theme, language = say(lang, "theme"), say(lang, "other_language")
    return (
        f'<header class="ht-bar"><a class="ht-brand" href="{home}">{say(lang, "name")}</a>{nav(lang, "/")}'
        '<div class="ht-menu">'
        f'<button type="button" data-do="new"><span aria-hidden="true">+</span> {say(lang, "new_chat")}</button>'
        f"{_past(past, lang, unfolded)}"
        f'<details class="ht-drop"><summary aria-label="{more}" title="{more}">⋯</summary>'
        f'<div class="ht-sheet ht-small">'
        f'<button type="button" data-here="export">{say(lang, "export")}</button>'
        f'<button type="button" data-here="print">{say(lang, "print")}</button>'
        f'<button type="button" data-here="theme">{theme}</button>'
        f'<a href="{other}" lang="{code}" hreflang="{code}">{language}</a></div></details></div>'
        f'<p class="ht-status">{text(" · ".join(status))}</p></header>'
    )


def _past(past: Past, lang: Lang, unfolded: bool) -> str:
    items = "".join(
        f'<li><button type="button" class="ht-open" data-do="open" data-chat="{attribute(chat_id)}">{text(title)}'
        f"<span>{say(lang, 'turns', count=turns)}</span></button>"
        f'<button type="button" class="ht-forget" data-do="forget" data-chat="{attribute(chat_id)}" '
        f'aria-label="{attribute(say(lang, "history_delete", title=title))}">✕</button></li>'
        for chat_id, title, turns in titles(past)
    )
    if items:
        inner = (
            f"<ul>{items}</ul><p>{say(lang, 'history_note')} "
            f'<button type="button" data-do="clear"><u>{say(lang, "history_clear")}</u></button></p>'
        )
    else:
        inner = f"<p>{say(lang, 'history_empty')}</p>"
    summary = f"<summary>{say(lang, 'history')}</summary>"
    return (
        f'<details class="ht-drop"{" open" if unfolded else ""}>{summary}<div class="ht-sheet">{inner}</div></details>'
    )


def first_paint(glance: Glance, lang: Lang, writer: str = "") -> str:
    """The page as a newcomer will see it, for the moment until gradio has loaded; nothing in it can be used yet."""
    return f'<div class="ht-top">{_bar(glance, Past(), lang, writer=writer)}</div><div class="ht-feed">{welcome(glance, lang)}</div>'


def waiting(lang: Lang) -> str:
    """Where static/asking.js shows what will be asked when the answer on its way has come; hidden while nothing waits."""
    back = (
        f'data-back="{attribute(say(lang, "held_back"))}" data-back-title="{attribute(say(lang, "held_back_title"))}"'
    )
    return f'<section class="ht-held" hidden {back}><p>{say(lang, "held")}</p><ul></ul></section>'


def limits_form(limits: Limits, glance: Glance, lang: Lang) -> str:
    """Filters for the next questions: dates, one outlet, one section. Changing any of them is enough, nothing to press."""
    clear = f'<button type="button" data-do="unlimit">{say(lang, "filter_clear")}</button>' if limits else ""
    outlet = _choice("outlet", "filter_any", glance.outlets, limits.outlet, lang)
    section = _choice("section", "filter_any_section", glance.sections, limits.section, lang)
    return (
        f'<details class="ht-limits"{" open" if limits else ""}>'
        f"<summary>{say(lang, 'filters_on' if limits else 'filters')}</summary><form>"
        f'<label>{say(lang, "filter_since")}<input type="date" name="since" value="{limits.since}"></label>'
        f'<label>{say(lang, "filter_until")}<input type="date" name="until" value="{limits.until}"></label>'
        f"<label>{say(lang, 'filter_outlet')}{outlet}</label><label>{say(lang, 'filter_section')}{section}</label>"
        f"{clear}</form></details>"
    )


def _choice(name: str, any_key: str, known: tuple[str, ...], chosen: str, lang: Lang) -> str:
    options = "".join(
        f'<option value="{attribute(value)}"{" selected" if value == chosen else ""}>{attribute(value)}</option>'
        for value in dict.fromkeys((*known, *((chosen,) if chosen else ())))
    )
    return f'<select name="{name}"><option value="">{say(lang, any_key)}</option>{options}</select>'
