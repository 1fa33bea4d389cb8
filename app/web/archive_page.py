"""The archive's page for editors: what comes in, what was refused, what was corrected, and figures with plots.

In: counts of the archive, of questions and of remarks, and how far the source being
added is. Out: HTML for the frame. Strings from sources are escaped; times are
Vietnam's. This module counts nothing and knows nothing of how news comes in.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from app.messages import Lang, say
from app.web.archive_figures import figures
from app.web.markup import article_path, attribute, moment, text
from app.web.reasons import reason
from ingest.article import VIETNAM

STALE = timedelta(days=1)
"""A source that was not read for so long is marked."""
SHOWN = 200
"""Sources listed at most."""
LONGEST = 300
"""Characters shown of what a source said."""


@dataclass(frozen=True, slots=True)
class Holdings:
    """Everything on the page. stats: of Archive.stats(days); rejected: (when, source, reason, detail), newest first."""

    stats: Mapping[str, Any]
    behind: int
    rejected: Sequence[tuple[datetime, str, str, str]]
    asked: Sequence[Any]
    unanswered: Sequence[tuple[str, str]]
    remarks: Mapping[tuple[str, str], int]
    adding: Mapping[str, Any]
    keep_days: int


def archive_main(held: Holdings, lang: Lang, *, proof: str, wrong: str = "", now: datetime | None = None) -> str:
    """The page inside its frame. wrong: why the last source was not taken."""
    now = now or datetime.now(VIETNAM)
    contents = "".join(
        f'<li><a href="#{name}">{say(lang, key)}</a></li>'
        for name, key in (
            ("them", "kho_add"), ("nguon", "kho_sources"), ("tu-choi", "kho_rejected"),
            ("dinh-chinh", "kho_corrections"), ("thong-ke", "kho_figures"),
        )
    )  # fmt: skip
    return (
        f"<h1>{say(lang, 'kho_name')}</h1>{_counts(held, lang)}"
        f'<nav class="ht-contents" aria-label="{say(lang, "kho_contents")}"><ul>{contents}</ul></nav>'
        f"{_add(held.adding, lang, proof, wrong)}{_sources(held.stats, lang, now)}{_rejected(held, lang)}"
        f"{_corrections(held.stats['corrections'], lang)}"
        f'<section id="thong-ke"><h2>{say(lang, "kho_figures")}</h2>'
        f"{figures(held.stats['days'], held.asked, held.remarks, lang)}{_unanswered(held, lang)}</section>"
    )


def _counts(held: Holdings, lang: Lang) -> str:
    s = held.stats
    facts = (
        ("kho_articles", _number(s["articles"], lang)),
        ("kho_versions", _number(s["versions"], lang)),
        ("kho_gone", _number(s["gone"], lang)),
        ("kho_outlets", _number(len([name for name in s["outlets"] if name]), lang)),
        ("kho_last", moment(s["last_published"]) or "–"),
        ("kho_changed", moment(s["last_change"]) or "–"),
        ("kho_behind", _number(held.behind, lang)),
    )
    items = "".join(f"<div><dt>{say(lang, key)}</dt><dd>{text(value)}</dd></div>" for key, value in facts)
    return f'<dl class="ht-facts">{items}</dl>'


def _add(adding: Mapping[str, Any], lang: Lang, proof: str, wrong: str) -> str:
    failed = f'<p class="ht-wrong" role="alert" id="add-wrong">{text(wrong)}</p>' if wrong else ""
    points = ' aria-describedby="add-wrong"' if wrong else ""
    suffix = "?lang=en" if lang == "en" else ""
    kinds = ".jsonl,.json,.txt,.html,.htm,.xml,.gz"
    return (
        f'<section id="them"><h2>{say(lang, "kho_add")}</h2><p>{say(lang, "kho_add_how")}</p>{failed}'
        f'<form class="ht-add" method="post" action="/kho/them{suffix}" enctype="multipart/form-data">'
        f'<input type="hidden" name="csrf" value="{attribute(proof)}">'
        f'<div><label for="address">{say(lang, "kho_address")}</label>'
        f'<input id="address" name="address" type="url" inputmode="url" maxlength="2000" placeholder="https://"{points}></div>'
        f'<div><label for="file">{say(lang, "kho_file")}</label>'
        f'<input id="file" name="file" type="file" accept="{kinds}"{points}></div>'
        f'<button class="ht-main">{say(lang, "kho_add_do")}</button></form>'
        f'<div id="viec" role="status" aria-live="polite" data-stage="{attribute(str(adding["stage"]))}">'
        f"{adding_told(adding, lang)}</div></section>"
    )


def adding_told(adding: Mapping[str, Any], lang: Lang) -> str:
    """How far the source being added is, or what became of it, as HTML."""
    stage = adding["stage"]
    if stage == "none":
        return ""
    name = text(str(adding.get("source", "")))
    if stage in _STAGES:
        total, done = adding.get("total"), adding.get("done") or 0
        bar = f'<progress max="{int(total)}" value="{int(done)}">{int(done)}/{int(total)}</progress>' if total else ""
        return f"<p>{name}: {say(lang, _STAGES[stage])} {int(done) or ''} {bar}</p>"
    if stage == "failed":
        said = adding.get("detail") or adding.get("public") or ""
        return f'<p class="ht-wrong">{name}: {say(lang, "kho_failed")} {text(str(said))}</p>'
    report = adding["report"]
    counted = say(
        lang, "kho_done", **{key: report[key] for key in ("accepted", "updated", "unchanged", "duplicate", "refused")}
    )
    items = "".join(
        f"<li>{text(r['source'])}: {text(reason(r['reason'], lang))} <small>{text(r['detail'])}</small></li>"
        for r in report["rejected"]
    )
    return f'<p class="ht-told">{name}: {counted}</p>{f"<ul>{items}</ul>" if items else ""}'


_STAGES: Mapping[str, str] = {
    "waiting": "kho_waiting",
    "reading": "kho_reading",
    "comparing": "kho_comparing",
    "indexing": "kho_indexing",
}


def _sources(stats: Mapping[str, Any], lang: Lang, now: datetime) -> str:
    rows = "".join(_source(source, lang, now) for source in stats["sources"][:SHOWN])
    heads = ("kho_source", "kho_health", "kho_read", "kho_held", "kho_new", "kho_fixed", "kho_refused")
    return _table("nguon", "kho_sources", heads, rows, lang, "kho_no_sources")


def _source(source: Mapping[str, Any], lang: Lang, now: datetime) -> str:
    checked = source.get("checked_at")
    if source.get("error"):
        kind, told = "bad", f"{say(lang, 'kho_failing')} {source['error']}"
    elif checked is None:
        kind, told = "none", say(lang, "kho_once")
    elif now - checked > STALE:
        kind, told = "old", say(lang, "kho_stale")
    else:
        kind, told = "good", say(lang, "kho_well")
    counts = "".join(
        f"<td>{int(source.get(name, 0) or 0)}</td>" for name in ("articles", "accepted", "updated", "rejected")
    )
    return (
        f'<tr><th scope="row">{text(source["source"])}</th><td><span class="ht-{kind}">{text(told)}</span></td>'
        f"<td class='ht-when'>{moment(checked) or '–'}</td>{counts}</tr>"
    )


def _rejected(held: Holdings, lang: Lang) -> str:
    rows = "".join(
        f"<tr><td class='ht-when'>{moment(when)}</td><th scope='row'>{text(source[:LONGEST])}</th><td>{text(reason(code, lang))} "
        f"<code>{text(code)}</code></td><td>{text(detail[:LONGEST])}</td></tr>"
        for when, source, code, detail in held.rejected
    )
    heads = ("kho_when", "kho_source", "kho_why", "kho_detail")
    return _table("tu-choi", "kho_rejected", heads, rows, lang, "kho_no_rejected")


def _corrections(found: Sequence[Mapping[str, Any]], lang: Lang) -> str:
    rows = ""
    for a in found:
        compare = article_path(a["docid"], version=a["version"], before=a["version"] - 1, lang=lang)
        rows += (
            f'<tr><td class="ht-when">{moment(a["seen"])}</td><th scope="row">{text(a["title"])}</th>'
            f"<td>{text(a['outlet'] or say(lang, 'no_outlet'))}</td>"
            f'<td><a href="{attribute(compare)}">{say(lang, "kho_compare", version=a["version"])}</a></td></tr>'
        )
    heads = ("kho_when", "kho_title", "kho_outlet", "kho_changes")
    return _table("dinh-chinh", "kho_corrections", heads, rows, lang, "kho_no_corrections")


def _unanswered(held: Holdings, lang: Lang) -> str:
    head = f"<h3>{say(lang, 'kho_unanswered')}</h3>"
    if not held.keep_days:
        return f"{head}<p>{say(lang, 'kho_not_kept')}</p>"
    items = "".join(f"<li>{text(question)} <small>{text(day)}</small></li>" for day, question in held.unanswered)
    kept = f"<p>{say(lang, 'kho_kept', days=held.keep_days)}</p>"
    return f"{head}{kept}<ul>{items}</ul>" if items else f"{head}{kept}<p>{say(lang, 'kho_none')}</p>"


def _table(name: str, title: str, heads: Sequence[str], rows: str, lang: Lang, none: str) -> str:
    """A section with a table that scrolls sideways by itself, or a sentence that there is nothing."""
    head = f'<section id="{name}"><h2 id="{name}-name">{say(lang, title)}</h2>'
    if not rows:
        return f"{head}<p>{say(lang, none)}</p></section>"
    columns = "".join(f'<th scope="col">{say(lang, key)}</th>' for key in heads)
    return (
        f'{head}<div class="ht-wide" role="region" tabindex="0" aria-labelledby="{name}-name"><table>'
        f"<thead><tr>{columns}</tr></thead><tbody>{rows}</tbody></table></div></section>"
    )


def _number(value: int, lang: Lang) -> str:
    return f"{value:,}".replace(",", "." if lang == "vi" else ",")
