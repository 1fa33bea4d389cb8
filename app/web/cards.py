"""The conversation as HTML: questions, answers with [n] links, source cards, chips, actions.

    Exchange -> one <article>; several -> the feed

Everything that did not come from app.messages goes through app.web.markup.
A button says what it does in data-do (sent to the server) or data-here (done in
the browser, static/chat.js). This module knows nothing of gradio.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.messages import Lang, say
from app.retell import recognise, retell
from app.web.actions import actions, ask, flat, markdown
from app.web.exchange import Exchange, Source, parse_moment
from app.web.markup import article_path, attribute, day, text
from app.web.shelf import Glance, Offer
from app.web.sources import MARKER, answer_text, nearest, sources

__all__ = ["card", "feed", "markdown", "spoken", "welcome"]


def feed(conversation: Sequence[Exchange], glance: Glance | None, lang: Lang) -> str:
    """The whole conversation; a welcome with the suggested questions of the glance when there is none yet."""
    if not conversation:
        return welcome(glance or Glance(0, None, (), ()), lang)
    # Every page has a heading of the first level; here the questions are what a reader looks for.
    return f'<h1 class="ht-sr">{say(lang, "name")}</h1>' + "".join(card(exchange, lang) for exchange in conversation)


def welcome(glance: Glance, lang: Lang) -> str:
    """What someone sees who has not asked anything yet."""
    if not glance.count:
        body = f'<p class="ht-empty">{text(say(lang, "empty_archive"))}</p>'
    else:
        asks = "".join(f"<li>{ask(o.question, _from(o, lang))}</li>" for o in glance.offers)
        body = f'<h2 class="ht-label">{say(lang, "suggested")}</h2><ul class="ht-asks">{asks}</ul>' if asks else ""
    return f'<section class="ht-welcome"><h1>{say(lang, "welcome")}</h1><p>{say(lang, "how")}</p>{body}</section>'


def _from(offer: Offer, lang: Lang) -> str:
    return " · ".join(filter(None, (offer.outlet, day(offer.published))))


def card(exchange: Exchange, lang: Lang) -> str:
    """One question with its answer."""
    inner = {"pending": _pending, "failed": _failed}.get(exchange.state, _answered)(exchange, lang)
    return (
        f'<article class="ht-turn" id="luot-{attribute(exchange.id)}">'
        f'<h2 class="ht-question"><span class="ht-sr">{say(lang, "you")}: </span>{text(exchange.question)}</h2>'
        f"{inner}</article>"
    )


def spoken(exchange: Exchange, lang: Lang) -> str:
    """What a screen reader is told when the exchange changes: the answer without its markers, as plain text."""
    if exchange.state == "pending":
        return say(lang, "thinking")
    if exchange.growing:
        return say(lang, "writing")
    return flat(MARKER.sub("", exchange.text))


def _pending(exchange: Exchange, lang: Lang) -> str:
    return f'<div class="ht-answer ht-pending">{_dots(say(lang, "thinking"))}</div>'


def _dots(told: str) -> str:
    return f'<span class="ht-dots" aria-hidden="true"><i></i><i></i><i></i></span><span>{told}</span>'


def _failed(exchange: Exchange, lang: Lang) -> str:
    return f'<div class="ht-answer ht-failed"><p>{text(exchange.text)}</p></div>'


def _answered(exchange: Exchange, lang: Lang) -> str:
    parts = [_chips(exchange, lang)]
    if exchange.state == "abstained":
        parts.append(_no(exchange, lang))
    else:
        if exchange.short:
            label = say(lang, "short_answer")
            parts.append(f'<p class="ht-short"><span class="ht-sr">{label}: </span>{text(exchange.short)}</p>')
        parts.append(answer_text(exchange, lang))
    parts += [_notes(exchange, lang), sources(exchange, lang), nearest(exchange, lang)]
    if exchange.growing:
        parts.append(f'<p class="ht-writing">{_dots(say(lang, "writing"))}</p>')
    else:
        parts.append(actions(exchange, lang))
    kind = "ht-abstained" if exchange.state == "abstained" else "ht-found"
    return f'<div class="ht-answer {kind}">{"".join(parts)}</div>'


def _no(exchange: Exchange, lang: Lang) -> str:
    """The honest no; the nearest article is named once, in its card, and a filter in force can be lifted at once."""
    known = recognise(exchange.text, lang)
    named = bool(exchange.nearest and known and known[0] == "no_answer_nearest")
    told = say(lang, "nothing_said") if named else exchange.text
    in_force = (
        ("time", "what_time", exchange.since or exchange.until),
        ("outlet", "what_outlet", exchange.outlets),
        ("section", "what_section", exchange.sections),
    )
    lifts = "".join(
        f'<button type="button" class="ht-lift" data-do="without" data-what="{kind}" '
        f'data-turn="{attribute(exchange.id)}">{say(lang, "ask_wider", what=say(lang, name))}</button>'
        for kind, name, found in in_force
        if found
    )
    more = f'<p class="ht-lifts">{lifts}</p>' if lifts else ""
    return f'<p class="ht-text">{text(told)}</p>{more}'


def _chips(exchange: Exchange, lang: Lang) -> str:
    """The filters in force, whether read from the question or set; a click asks again without."""
    span = _range(exchange, lang)
    chips = [_chip(exchange, "time", span, lang)] if span else []
    if not span and "time" in exchange.without:
        chips.append(f'<span class="ht-chip ht-still">{say(lang, "range_all")}</span>')
    chips += [_chip(exchange, "outlet", say(lang, "outlet_only", outlet=name), lang) for name in exchange.outlets]
    chips += [_chip(exchange, "section", say(lang, "section_only", section=name), lang) for name in exchange.sections]
    if not chips:
        return ""
    return f'<p class="ht-chips" role="group" aria-label="{say(lang, "filters_in_force")}">{"".join(chips)}</p>'


def _chip(exchange: Exchange, kind: str, told: str, lang: Lang) -> str:
    drop = say(lang, "range_drop")
    return (
        f'<button type="button" class="ht-chip" data-do="without" data-what="{kind}" '
        f'data-turn="{attribute(exchange.id)}" title="{drop}" aria-label="{attribute(told)}. {drop}">'
        f'{text(told)} <span aria-hidden="true">✕</span></button>'
    )


def _range(exchange: Exchange, lang: Lang) -> str:
    since, until = day(parse_moment(exchange.since)), day(parse_moment(exchange.until))
    if since and since == until:
        return say(lang, "range_day", since=since)
    if since and until:
        return say(lang, "range", since=since, until=until)
    if since:
        return say(lang, "range_since", since=since)
    return say(lang, "range_until", until=until) if until else ""


def _notes(exchange: Exchange, lang: Lang) -> str:
    """What the program remarks: that articles disagree and that one was corrected stand out, the rest is small."""
    boxes, small = [], []
    for note in exchange.notes:
        key, values = recognise(note) or ("", {})
        if key == "conflict":
            items = "".join(f"<li>{text(v)}</li>" for v in re.split(r"(?<=\)); ", values["values"]))
            boxes.append(
                f'<div class="ht-note ht-conflict" role="note"><strong>{say(lang, "conflict_title")}</strong>'
                f"<ul>{items}</ul></div>"
            )
        elif key == "corrected":
            link = _changes_link(values["title"], exchange.sources, lang)
            boxes.append(f'<div class="ht-note" role="note"><p>{text(retell(note, lang))} {link}</p></div>')
        else:
            small.append(f"<li>{text(retell(note, lang))}</li>")
    listed = f'<ul class="ht-notes" aria-label="{say(lang, "notes")}">{"".join(small)}</ul>' if small else ""
    return "".join(boxes) + listed


def _changes_link(title: str, cited: Sequence[Source], lang: Lang) -> str:
    """Where the cited version is compared with the one before it."""
    source = next((s for s in cited if s.title == title and s.version and s.version > 1), None)
    if source is None or source.version is None:
        return ""
    link = article_path(source.docid, version=source.version, before=source.version - 1, lang=lang)
    return f'<a href="{attribute(link)}">{say(lang, "see_changes")}</a>'
