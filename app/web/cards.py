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
from app.web.exchange import Exchange, Source, parse_moment
from app.web.markup import article_path, attribute, day, machine_time, plain, text
from app.web.shelf import Glance

_MARKER = re.compile(r"\[(\d{1,3})\]")
_WHY = ("reason_wrong", "reason_missing", "reason_old", "reason_unclear")
_WHY_QUOTE = ("reason_quote", "reason_source", "reason_gone")


def feed(conversation: Sequence[Exchange], glance: Glance, lang: Lang) -> str:
    """The whole conversation; a welcome with suggested questions when there is none yet."""
    if not conversation:
        return welcome(glance, lang)
    last = len(conversation) - 1
    # Every page has a heading of the first level; here the questions are what a reader looks for.
    return f'<h1 class="ht-sr">{say(lang, "name")}</h1>' + "".join(
        card(exchange, lang, newest=n == last) for n, exchange in enumerate(conversation)
    )


def welcome(glance: Glance, lang: Lang) -> str:
    """What someone sees who has not asked anything yet."""
    if not glance.count:
        body = f'<p class="ht-empty">{text(say(lang, "empty_archive"))}</p>'
    else:
        asks = "".join(f"<li>{_ask(q)}</li>" for q in glance.questions)
        body = f'<h2 class="ht-label">{say(lang, "suggested")}</h2><ul class="ht-asks">{asks}</ul>' if asks else ""
    return f'<section class="ht-welcome"><h1>{say(lang, "welcome")}</h1><p>{say(lang, "how")}</p>{body}</section>'


def card(exchange: Exchange, lang: Lang, *, newest: bool = True) -> str:
    """One question with its answer. newest: follow-up questions are offered under the last answer only."""
    inner = {"pending": _pending, "failed": _failed}.get(exchange.state, _answered)(exchange, lang)
    more = _followups(exchange, lang) if newest and exchange.state in ("answered", "abstained") else ""
    return (
        f'<article class="ht-turn" id="luot-{attribute(exchange.id)}">'
        f'<h2 class="ht-question"><span class="ht-sr">{say(lang, "you")}: </span>{text(exchange.question)}</h2>'
        f"{inner}{more}</article>"
    )


def spoken(exchange: Exchange, lang: Lang) -> str:
    """What a screen reader is told when the exchange changes: the answer without its markers, as plain text."""
    if exchange.state == "pending":
        return say(lang, "thinking")
    return _flat(_MARKER.sub("", exchange.text))


def _pending(exchange: Exchange, lang: Lang) -> str:
    dots = '<span class="ht-dots" aria-hidden="true"><i></i><i></i><i></i></span>'
    return f'<div class="ht-answer ht-pending">{dots}<span>{say(lang, "thinking")}</span></div>'


def _failed(exchange: Exchange, lang: Lang) -> str:
    return f'<div class="ht-answer ht-failed"><p>{text(exchange.text)}</p></div>'


def _answered(exchange: Exchange, lang: Lang) -> str:
    parts = [_chips(exchange, lang)]
    if exchange.state == "abstained":
        parts.append(f'<p class="ht-text">{text(exchange.text)}</p>')
    else:
        if exchange.short:
            label = say(lang, "short_answer")
            parts.append(f'<p class="ht-short"><span class="ht-sr">{label}: </span>{text(exchange.short)}</p>')
        parts.append(_text(exchange, lang))
    parts.append(_notes(exchange, lang))
    if exchange.sources:
        cards = "".join(
            _source(s, exchange, lang, again=n > 0 and _same(exchange, n)) for n, s in enumerate(exchange.sources)
        )
        parts.append(f'<h3 class="ht-label">{say(lang, "sources")}</h3><ol class="ht-sources">{cards}</ol>')
    if exchange.nearest:
        cards = "".join(_source(s, exchange, lang) for s in exchange.nearest)
        parts.append(f'<h3 class="ht-label">{say(lang, "nearest")}</h3><ol class="ht-sources">{cards}</ol>')
    parts.append(_actions(exchange, lang))
    kind = "ht-abstained" if exchange.state == "abstained" else "ht-found"
    return f'<div class="ht-answer {kind}">{"".join(parts)}</div>'


def _text(exchange: Exchange, lang: Lang) -> str:
    """The answer, its [n] made links; a number without a source stays the text it is."""
    by_marker = {s.marker: s for s in exchange.sources}
    paragraphs = []
    for line in filter(str.strip, exchange.text.split("\n")):
        pieces, at = [], 0
        for match in _MARKER.finditer(line):
            source = by_marker.get(int(match[1]))
            if source is None:
                continue
            pieces.append(text(line[at : match.start()].rstrip()))
            pieces.append(_reference(source, lang))
            at = match.end()
        pieces.append(text(line[at:]))
        paragraphs.append(f'<p class="ht-text">{"".join(pieces)}</p>')
    return "".join(paragraphs)


def _reference(source: Source, lang: Lang) -> str:
    """[n]: a link to the cited sentence, with the quotation in a card that hovering, focus or a tap shows."""
    label = attribute(f"{say(lang, 'open_quote', n=source.marker)}: {_where(source, lang)}")
    return (
        f'<span class="ht-cite"><a class="ht-ref" href="{attribute(_path(source))}" aria-label="{label}">'
        f"[{source.marker}]</a>"
        f'<span class="ht-peek" aria-hidden="true"><span class="ht-peek-quote">“{text(_cut(source.quote, 320))}”</span>'
        f'<span class="ht-where">{text(_where(source, lang))}</span></span></span>'
    )


def _same(exchange: Exchange, n: int) -> bool:
    return any(s.docid == exchange.sources[n].docid for s in exchange.sources[:n])


def _source(source: Source, exchange: Exchange, lang: Lang, *, again: bool = False) -> str:
    """One card. again: the article has a card above already, so its other outlets are not named twice."""
    number = f'<span class="ht-number">[{source.marker}]</span> ' if source.marker else ""
    published = parse_moment(source.published)
    date = day(published) or say(lang, "no_date")
    also = ""
    if source.also and not again:
        items = "".join(
            f'<li><a href="{attribute(article_path(docid))}">{text(outlet or say(lang, "no_outlet"))}</a> '
            f"<span>{text(title)}</span></li>"
            for docid, outlet, title in source.also
        )
        summary = say(lang, "also", count=max(source.elsewhere, len(source.also)))
        also = f'<details class="ht-also"><summary>{summary}</summary><ul>{items}</ul></details>'
    name = f' id="{attribute(f"nguon-{exchange.id}-{source.marker}")}"' if source.marker else ""
    return (
        f'<li class="ht-source"{name}><a class="ht-source-link" href="{attribute(_path(source))}">'
        f'<span class="ht-where">{number}{text(source.outlet or say(lang, "no_outlet"))} · '
        f'<time datetime="{machine_time(published)}">{date}</time> · </span>'
        f'<span class="ht-title">{text(source.title)}</span></a>'
        f"<blockquote>{text(_cut(source.quote, 600))}</blockquote>{also}</li>"
    )


def _chips(exchange: Exchange, lang: Lang) -> str:
    chips = []
    span = _range(exchange, lang)
    if span:
        drop = attribute(say(lang, "range_drop"))
        chips.append(
            f'<button type="button" class="ht-chip" data-do="any_time" data-turn="{attribute(exchange.id)}" '
            f'title="{drop}" aria-label="{attribute(span)}. {drop}">{span} <span aria-hidden="true">✕</span></button>'
        )
    elif exchange.any_time:
        chips.append(f'<span class="ht-chip ht-still">{say(lang, "range_all")}</span>')
    chips += [
        f'<span class="ht-chip ht-still">{text(say(lang, "outlet_only", outlet=name))}</span>'
        for name in exchange.outlets
    ]
    return f'<p class="ht-chips">{"".join(chips)}</p>' if chips else ""


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
    if not exchange.notes:
        return ""
    items = "".join(f"<li>{text(note)}</li>" for note in exchange.notes)
    return f'<ul class="ht-notes" aria-label="{say(lang, "notes")}">{items}</ul>'


def _actions(exchange: Exchange, lang: Lang) -> str:
    """Copy, link, thumbs; what was already said about the answer is thanked for instead of asked again."""
    turn = attribute(exchange.id)
    here = (
        f'<button type="button" data-here="copy" title="{say(lang, "copy_title")}">{say(lang, "copy")}</button>'
        f'<button type="button" data-here="share" data-q="{attribute(exchange.question)}">{say(lang, "share")}</button>'
    )
    if exchange.remark:
        said = f'<span class="ht-thanks">{say(lang, "thanks")}</span>'
    else:
        said = (
            f'<button type="button" data-do="good" data-turn="{turn}"><span aria-hidden="true">👍</span> '
            f"{say(lang, 'good')}</button>"
            + _ask_why("bad", "👎", "bad", _WHY, turn, lang)
            + (_ask_why("report", "⚑", "quote", _WHY_QUOTE, turn, lang) if exchange.sources else "")
        )
    copied = text(markdown(exchange, lang))
    return f'<div class="ht-actions">{here}{said}</div><div class="ht-md" hidden>{copied}</div>'


def _ask_why(label: str, sign: str, verdict: str, reasons: Sequence[str], turn: str, lang: Lang) -> str:
    buttons = "".join(
        f'<button type="button" data-do="{verdict}" data-turn="{turn}" data-why="{key.removeprefix("reason_")}">'
        f"{say(lang, key)}</button>"
        for key in reasons
    )
    return (
        f'<details class="ht-why"><summary><span aria-hidden="true">{sign}</span> {say(lang, label)}</summary>'
        f'<div class="ht-reasons" role="group" aria-label="{say(lang, "why_bad")}">{buttons}</div></details>'
    )


def _followups(exchange: Exchange, lang: Lang) -> str:
    if not exchange.followups:
        return ""
    asks = "".join(f"<li>{_ask(q)}</li>" for q in exchange.followups)
    label = say(lang, "followups")
    title = f'<h3 class="ht-label">{label}</h3>'
    return f'<nav class="ht-next" aria-label="{label}">{title}<ul class="ht-asks">{asks}</ul></nav>'


def _ask(question: str) -> str:
    return (
        f'<button type="button" class="ht-ask" data-do="ask" data-q="{attribute(question)}">{text(question)}</button>'
    )


def _path(source: Source) -> str:
    return article_path(source.docid, source.start, source.end, source.version)


def _where(source: Source, lang: Lang) -> str:
    published = day(parse_moment(source.published))
    return " · ".join((source.outlet or say(lang, "no_outlet"), published or say(lang, "no_date"), source.title))


def _cut(quotation: str, most: int) -> str:
    """A long quotation, shortened at a word for a card; the article page shows all of it."""
    if len(quotation) <= most:
        return quotation
    return quotation[:most].rsplit(" ", 1)[0].rstrip() + "…"


def markdown(exchange: Exchange, lang: Lang) -> str:
    """The exchange for a note or a mail: question, answer, numbered sources with quotation and address."""
    lines = [f"**{_flat(exchange.question)}**", "", plain(exchange.text)]
    if exchange.sources:
        lines.append("")
    for s in exchange.sources:
        lines.append(
            f"[{s.marker}] {_flat(_where(s, lang))}: “{_flat(s.quote)}”" + (f" {_flat(s.url)}" if s.url else "")
        )
    return "\n".join(lines)


def _flat(value: str) -> str:
    return " ".join(plain(value).split())
