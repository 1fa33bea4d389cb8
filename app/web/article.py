"""The reading page of one archived article: plain HTML from the server, no script at all.

In: the article (one version), its other versions, the same story elsewhere, the
cited stretch. Out: a whole HTML page. Times are Vietnam's; captions stand apart,
because they are never quoted. This module knows nothing of gradio or of answers.
"""

from __future__ import annotations

import html
from collections.abc import Sequence

from app.messages import Lang, say
from app.web.changes import changes
from app.web.markup import article_path, attribute, day, machine_time, moment, plain, text, web_link
from app.web.nav import nav
from app.web.style import ARTICLE_CSS, ICON
from ingest.article import PARAGRAPH_BREAK, Article


def article_page(
    article: Article,
    versions: Sequence[Article],
    same_story: Sequence[Article],
    lang: Lang,
    *,
    start: int | None = None,
    end: int | None = None,
    before: Article | None = None,
    theme: str = "",
) -> str:
    """The page; start, end: the cited stretch in Article.text, marked and scrolled to (#trich).

    before: another version; its differences are shown instead of the plain text.
    """
    latest = max((v.version for v in versions), default=article.version)
    meta = [f'<span class="ht-outlet">{text(article.outlet or say(lang, "no_outlet"))}</span>']
    if article.section:
        meta.append(f"<span>{text(article.section)}</span>")
    if article.published:
        meta.append(_time(article, "published", lang))
    if article.updated and article.updated != article.published:
        meta.append(_time(article, "updated", lang))
    parts = [f'<h1>{text(article.title)}</h1><p class="ht-meta">{" · ".join(meta)}</p>']
    if article.byline:
        parts.append(f'<p class="ht-byline">{text(say(lang, "byline", names=", ".join(article.byline)))}</p>')
    parts.append(_original(article, lang))
    if article.version != latest:
        link = f'<a href="{attribute(article_path(article.id, lang=lang))}">{say(lang, "version_latest")}</a>'
        parts.append(f'<p class="ht-warning" role="note">{say(lang, "version_old")} {link}</p>')
    if before is not None:
        parts.append(_compared(article, before, lang))
        title = changes([before.title], [article.title]) if before.title != article.title else ""
        body = title + changes(before.paragraphs, article.paragraphs)
    else:
        parts.append(_corrected(article, versions, latest, lang))
        body = _body(article, start, end, lang)
        if "<mark" in body:
            parts.append(f'<p class="ht-jump"><a href="#trich">{say(lang, "to_cited")} ↓</a></p>')
    parts.append(f'<div class="ht-body">{body}</div>')
    parts.append(_captions(article, lang))
    parts.append(_versions(article, versions, latest, lang))
    parts.append(_same_story(same_story, lang))
    parts.append(f'<p class="ht-foot">{say(lang, "archived")}</p>')
    return page(article.title, f"<article>{''.join(parts)}</article>", lang, theme)


def missing_page(lang: Lang, *, version: int | None = None, theme: str = "") -> str:
    """The page for an id or version that the archive does not hold."""
    detail = say(lang, "article_missing_text") if version is None else say(lang, "version_missing", version=version)
    title = say(lang, "article_missing")
    return page(title, f"<article><h1>{title}</h1><p>{detail}</p></article>", lang, theme)


def page(title: str, main: str, lang: Lang, theme: str = "") -> str:
    """An HTML document around `main`, which is HTML already. theme: "light", "dark" or "" for the reader's system."""
    chosen = f' class="{theme}"' if theme in ("light", "dark") else ""
    home = "/" if lang == "vi" else "/en/"
    return (
        f'<!doctype html><html lang="{lang}"{chosen}><head><meta charset="utf-8">'
        f"<title>{html.escape(plain(title))} · {say(lang, 'name')}</title>"
        '<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">'
        '<meta name="color-scheme" content="light dark">'
        f'<link rel="icon" href="{ICON}"><link rel="stylesheet" href="{ARTICLE_CSS}"></head><body>'
        f'<header><a class="ht-brand" href="{home}">{say(lang, "name")}</a>{nav(lang)}'
        f'<a class="ht-back" href="{home}">← {say(lang, "back")}</a></header><main>{main}</main></body></html>'
    )


def _compared(article: Article, before: Article, lang: Lang) -> str:
    """What is shown when two versions are held against each other, and the way back to the text."""
    same = (before.title, before.paragraphs) == (article.title, article.paragraphs)
    told = say(lang, "unchanged") if same else say(lang, "changed", old=before.version, new=article.version)
    link = attribute(article_path(article.id, version=article.version, lang=lang))
    return f'<p class="ht-warning" role="note">{told} <a href="{link}">{say(lang, "back_to_text")}</a></p>'


def _corrected(article: Article, versions: Sequence[Article], latest: int, lang: Lang) -> str:
    """That the newest version is a corrected one, with the way to what was corrected."""
    earlier = [v.version for v in versions if v.version < article.version]
    if article.version != latest or not earlier:
        return ""
    count = len(earlier)
    when = moment(article.updated)
    told = (
        say(lang, "was_corrected", count=count, when=when) if when else say(lang, "was_corrected_undated", count=count)
    )
    link = attribute(article_path(article.id, version=latest, before=max(earlier), lang=lang))
    return f'<p class="ht-warning" role="note">{told} <a href="{link}">{say(lang, "see_changes")}</a></p>'


def _time(article: Article, what: str, lang: Lang) -> str:
    when = article.published if what == "published" else article.updated
    sentence = say(lang, "published" if what == "published" else "updated_at", when=moment(when))
    return f'<time datetime="{machine_time(when)}">{sentence}</time>'


def _original(article: Article, lang: Lang) -> str:
    link = web_link(article.url)
    if not link:
        return f'<p class="ht-original">{say(lang, "no_original")}</p>'
    # noreferrer: the newspaper need not learn which question led here.
    return (
        f'<p class="ht-original"><a href="{attribute(link)}" rel="noopener noreferrer nofollow" target="_blank">'
        f"{say(lang, 'original')} ↗</a></p>"
    )


def _body(article: Article, start: int | None, end: int | None, lang: Lang) -> str:
    """The paragraphs, the cited stretch in <mark>; one that runs over several paragraphs is marked in each."""
    if start is None or end is None or not 0 <= start < end <= len(article.text):
        start = end = -1
    made, at, marked = [], 0, False
    for number, paragraph in enumerate(article.paragraphs):
        low, high = max(start, at) - at, min(end, at + len(paragraph)) - at
        kind = ' class="ht-sapo"' if number == 0 and article.summary else ""
        if start >= 0 and low < high:
            name = "" if marked else f' id="trich" tabindex="-1" aria-label="{say(lang, "cited")}"'
            marked = True
            inner = (
                _piece(paragraph[:low]) + f"<mark{name}>{_piece(paragraph[low:high])}</mark>" + _piece(paragraph[high:])
            )
        else:
            inner = _piece(paragraph)
        made.append(f'<p{kind} dir="auto">{inner}</p>')
        at += len(paragraph) + len(PARAGRAPH_BREAK)
    return "".join(made)


def _piece(value: str) -> str:
    return text(value).replace("\n", "<br>") if value else ""


def _captions(article: Article, lang: Lang) -> str:
    if not article.captions:
        return ""
    items = "".join(f"<li>{text(c)}</li>" for c in article.captions)
    return (
        f'<section class="ht-captions"><h2>{say(lang, "captions")}</h2><p>{say(lang, "captions_note")}</p>'
        f"<ul>{items}</ul></section>"
    )


def _versions(article: Article, versions: Sequence[Article], latest: int, lang: Lang) -> str:
    if len(versions) < 2:
        return ""
    items = []
    for v in sorted(versions, key=lambda v: v.version, reverse=True):
        name = say(lang, "version", version=v.version)
        when = moment(v.updated or v.published)
        marks = [say(lang, "version_now")] if v.version == latest else []
        if v.version == article.version:
            items.append(
                f'<li aria-current="true">{name} · {when} ({", ".join([*marks, say(lang, "version_seen")])})</li>'
            )
        else:
            link = attribute(article_path(v.id, version=v.version, lang=lang))
            mark = f" ({marks[0]})" if marks else ""
            older, newer = sorted((v.version, article.version))
            compare = attribute(article_path(v.id, version=newer, before=older, lang=lang))
            items.append(
                f'<li><a href="{link}">{name}</a> · {when}{mark} · '
                f'<a href="{compare}">{say(lang, "compare", version=article.version)}</a></li>'
            )
    return f'<section class="ht-versions"><h2>{say(lang, "versions")}</h2><ul>{"".join(items)}</ul></section>'


def _same_story(others: Sequence[Article], lang: Lang) -> str:
    if not others:
        return ""
    items = "".join(
        f'<li><a href="{attribute(article_path(a.id, lang=lang))}">{text(a.title)}</a> '
        f'<span class="ht-meta">{text(a.outlet or say(lang, "no_outlet"))} · '
        f"{day(a.published) or say(lang, 'no_date')}</span></li>"
        for a in others[:20]
    )
    return f'<section class="ht-same"><h2>{say(lang, "same_story")}</h2><ul>{items}</ul></section>'
