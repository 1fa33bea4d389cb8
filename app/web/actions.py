"""What a reader can do with an answer, as HTML: copy, share, say what was good or bad, ask next.

    Exchange -> buttons; Exchange -> Markdown for a note or a mail

A button says what it does in data-do (sent to the server) or data-here (done in the browser, static/chat.js).
This module knows nothing of gradio.
"""

from __future__ import annotations

from collections.abc import Sequence

from app.messages import Lang, say
from app.web.exchange import Exchange
from app.web.markup import attribute, plain, text, web_link
from app.web.sources import where

_WHY = ("reason_wrong", "reason_missing", "reason_old", "reason_unclear")
_WHY_QUOTE = ("reason_quote", "reason_source", "reason_gone")


def actions(exchange: Exchange, lang: Lang) -> str:
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


def followups(exchange: Exchange, questions: Sequence[str], lang: Lang) -> str:
    """What to ask after an answer; after an honest no, what the archive does answer."""
    if not questions:
        return ""
    items = "".join(f"<li>{ask(q)}</li>" for q in questions)
    label = say(lang, "answerable" if exchange.state == "abstained" else "followups")
    title = f'<h3 class="ht-label">{label}</h3>'
    return (
        f'<nav class="ht-next" aria-label="{label}" data-after="luot-{attribute(exchange.id)}">'
        f'{title}<ul class="ht-asks">{items}</ul></nav>'
    )


def ask(question: str, source: str = "") -> str:
    """A question that a click asks. source: the newspaper and day it was made from, shown below it."""
    told = f'<span class="ht-ask-from">{text(source)}</span>' if source else ""
    return (
        f'<button type="button" class="ht-ask" data-do="ask" data-q="{attribute(question)}">'
        f"{text(question)}{told}</button>"
    )


def markdown(exchange: Exchange, lang: Lang) -> str:
    """The exchange for a note or a mail: question, answer, numbered sources with quotation and address."""
    lines = [f"**{flat(exchange.question)}**", "", plain(exchange.text)]
    if exchange.sources:
        lines.append("")
    for s in exchange.sources:
        link = f" {s.url}" if web_link(s.url) else ""
        lines.append(f"[{s.marker}] {flat(where(s, lang))}: “{flat(s.quote)}”{link}")
    return "\n".join(lines)


def flat(value: str) -> str:
    """On one line, printable."""
    return " ".join(plain(value).split())
