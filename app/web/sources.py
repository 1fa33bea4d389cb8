"""Quotations and nearest articles as HTML: the [n] links with their peeks, and the cards of the sources panel.

In: Exchange and its Sources. Out: HTML in which everything that did not come from app.messages went through
app.web.markup. This module knows nothing of whole conversations or gradio.
"""

from __future__ import annotations

import re

from app.messages import Lang, say
from app.web.exchange import Exchange, Source, parse_moment
from app.web.markup import article_path, attribute, day, machine_time, text, web_link

MARKER = re.compile(r"\[(\d{1,3})\]")
_SAID_BY = re.compile(r"\(((?:theo|from) [^()\n]*)\)$")


def answer_text(exchange: Exchange, lang: Lang) -> str:
    """The answer, its [n] made links; a number without a source stays the text it is."""
    by_marker = {s.marker: s for s in exchange.sources}
    paragraphs = []
    for line in filter(str.strip, exchange.text.split("\n")):
        pieces, at = [], 0
        for match in MARKER.finditer(line):
            source = by_marker.get(int(match[1]))
            if source is None:
                continue
            pieces.append(text(line[at : match.start()].rstrip()))
            pieces.append(_reference(source, lang))
            at = match.end()
        pieces.append(_rest(line[at:]))
        paragraphs.append(f'<p class="ht-text">{"".join(pieces)}</p>')
    return "".join(paragraphs)


def _rest(words: str) -> str:
    """What stands after the last marker; who said it and when is set back."""
    said = _SAID_BY.search(words.rstrip())
    if not said:
        return text(words) if words else ""
    return text(words[: said.start()]) + f'<span class="ht-said-by">{text(said.group())}</span>'


def _reference(source: Source, lang: Lang) -> str:
    """[n]: a link to the cited sentence, with the quotation in a card that hovering, focus or a tap shows."""
    label = attribute(f"{say(lang, 'open_quote', n=source.marker)}: {where(source, lang)}")
    return (
        f'<span class="ht-cite"><a class="ht-ref" href="{attribute(path(source, lang))}" aria-label="{label}">'
        f"[{source.marker}]</a>"
        f'<span class="ht-peek" aria-hidden="true"><span class="ht-peek-quote">“{text(cut(source.quote, 320))}”</span>'
        f'<span class="ht-where">{text(where(source, lang))}</span></span></span>'
    )


def sources(exchange: Exchange, lang: Lang) -> str:
    """The sources panel: a card for each quotation, the same story elsewhere folded."""
    if not exchange.sources:
        return ""
    seen: set[str] = set()
    cards = []
    for source in exchange.sources:
        cards.append(_card(source, exchange, lang, again=source.docid in seen))
        seen.add(source.docid)
    return f'<h3 class="ht-label">{say(lang, "sources")}</h3><ol class="ht-sources">{"".join(cards)}</ol>'


def nearest(exchange: Exchange, lang: Lang) -> str:
    """What stands nearest in the archive when it does not answer."""
    if not exchange.nearest:
        return ""
    cards = "".join(_card(s, exchange, lang) for s in exchange.nearest)
    return f'<h3 class="ht-label">{say(lang, "nearest")}</h3><ol class="ht-sources ht-near">{cards}</ol>'


def _card(source: Source, exchange: Exchange, lang: Lang, *, again: bool = False) -> str:
    """One card. again: the article has a card above already, so its other outlets are not named twice."""
    number = f'<span class="ht-number">[{source.marker}]</span> ' if source.marker else ""
    published = parse_moment(source.published)
    date = day(published) or say(lang, "no_date")
    name = f' id="{attribute(f"nguon-{exchange.id}-{source.marker}")}"' if source.marker else ""
    return (
        f'<li class="ht-source{" ht-again" if again else ""}"{name}><a class="ht-source-link" href="{attribute(path(source, lang))}">'
        f'<span class="ht-where">{number}{text(source.outlet or say(lang, "no_outlet"))} · '
        f'<time datetime="{machine_time(published)}">{date}</time></span> '
        f'<span class="ht-title">{text(source.title)}</span></a>'
        f"{_quotation(source)}{_address(source)}{'' if again else _elsewhere(source, lang)}</li>"
    )


def _quotation(source: Source) -> str:
    """The quotation marked in what stands around it; of a nearest article its first lines."""
    quote = text(cut(source.quote, 600))
    if not source.marker:
        return f"<blockquote>{quote}</blockquote>"
    before = f"{text(source.before)} " if source.before.strip() else ""
    after = f" {text(source.after)}" if source.after.strip() else ""
    return f"<blockquote>{before}<mark>{quote}</mark>{after}</blockquote>"


def _address(source: Source) -> str:
    """The newspaper's own address, on paper only: there a link leads nowhere."""
    return f'<span class="ht-original">{text(source.url)}</span>' if web_link(source.url) else ""


def _elsewhere(source: Source, lang: Lang) -> str:
    if not source.also:
        return ""
    items = "".join(
        f'<li><a href="{attribute(article_path(docid, lang=lang))}">{text(outlet or say(lang, "no_outlet"))}</a> '
        f"<span>{text(title)}</span></li>"
        for docid, outlet, title in source.also
    )
    summary = say(lang, "also", count=max(source.elsewhere, len(source.also)))
    return f'<details class="ht-also"><summary>{summary}</summary><ul>{items}</ul></details>'


def path(source: Source, lang: Lang) -> str:
    """Where the source opens at the quotation."""
    return article_path(source.docid, source.start, source.end, source.version, lang=lang)


def where(source: Source, lang: Lang) -> str:
    """Outlet, day and title in one line."""
    published = day(parse_moment(source.published))
    return " · ".join((source.outlet or say(lang, "no_outlet"), published or say(lang, "no_date"), source.title))


def cut(quotation: str, most: int) -> str:
    """A long quotation, shortened at a word for a card; the article page shows all of it."""
    if len(quotation) <= most:
        return quotation
    return quotation[:most].rsplit(" ", 1)[0].rstrip() + "…"
