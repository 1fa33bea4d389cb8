"""A Report as one HTML file: opens anywhere, loads nothing, runs nothing, prints well.

In: a Report. Out: the file's text, with its style inside and a policy that forbids everything else. The draft comes
first, each sentence with its sign; then every sentence that was judged, with its sources, the decision and the remark.
"""

from __future__ import annotations

import html
from pathlib import Path

from app.check.verdict import Evidence
from app.desk.report import Entry, Report
from app.desk.showing import (
    SIGNS,
    Piece,
    claim_pieces,
    decision_label,
    difference_line,
    opinion_line,
    outcome_label,
    report_title,
    source_notes,
    source_pieces,
    tally,
)
from app.messages import Lang, say
from app.web.markup import attribute, moment, plain, text, web_link

_STYLE = Path(__file__).with_name("report.css")
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


def html_text(report: Report, lang: Lang) -> str:
    """The whole file."""
    title = report_title(report, lang)
    counts = "".join(
        f'<li class="{o.lower()}"><span aria-hidden="true">{SIGNS[o]}</span> <b>{count}</b> {label}</li>'
        for o, label, count in tally(report, lang)
    )
    checked = f"<p class=when>{say(lang, 'desk_checked_at', when=moment(report.checked))}</p>" if report.checked else ""
    judged = [(n, e) for n, e in enumerate(report.entries, 1) if e.outcome not in ("NO_CHECK", "PENDING")]
    findings = "".join(_finding(number, entry, lang) for number, entry in judged)
    return (
        f'<!doctype html><html lang="{lang}"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
        f"<title>{html.escape(plain(title))} · {say(lang, 'desk_report')}</title>"
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<style>{_STYLE.read_text(encoding="utf-8")}</style></head><body><header><p class="brand">'
        f"{say(lang, 'name')} · {say(lang, 'desk_report')}</p><h1>{text(title)}</h1>{checked}"
        f'<ul class="counts">{counts}</ul></header><main><section><h2>{say(lang, "desk_draft")}</h2>'
        f'<div class="draft" dir="auto">{_draft(report, lang)}</div></section>'
        f"<section><h2>{say(lang, 'desk_findings')}</h2>{findings or _none(lang)}</section>"
        f"</main><footer><p>{say(lang, 'desk_report_foot')}</p></footer></body></html>"
    )


def _none(lang: Lang) -> str:
    return f"<p>{say(lang, 'desk_no_findings')}</p>"


def _draft(report: Report, lang: Lang) -> str:
    """The draft as it stands, each sentence wrapped; overlapping ones are shown once."""
    made, at = [], 0
    for number, entry in enumerate(report.entries, 1):
        if entry.start < at or entry.start == entry.end:
            continue
        made.append(_lines(report.draft[at : entry.start]))
        at = entry.end
        inner = _pieces(claim_pieces(entry))
        if entry.outcome in ("NO_CHECK", "PENDING"):
            made.append(f'<span class="{entry.outcome.lower()}">{inner}</span>')
            continue
        label = outcome_label(entry.outcome, lang)
        made.append(
            f'<span class="claim {entry.outcome.lower()}">{inner}</span>'
            f'<a class="sign {entry.outcome.lower()}" href="#c{number}" title="{label}">{SIGNS[entry.outcome]} {number}</a>'
        )
    made.append(_lines(report.draft[at:]))
    return "".join(made)


def _finding(number: int, entry: Entry, lang: Lang) -> str:
    sign, label = SIGNS[entry.outcome], outcome_label(entry.outcome, lang)
    parts = [
        f'<article id="c{number}" class="{entry.outcome.lower()}"><h3><span class="label">{sign} {label}</span>'
        f'<span class="more">{say(lang, "desk_sentence", n=number)} · '
        f"{say(lang, 'desk_confidence', percent=f'{entry.confidence:.0%}')}</span></h3>"
        f'<p class="said" dir="auto">{_pieces(claim_pieces(entry))}</p>'
    ]
    if entry.differences:
        items = "".join(f"<li>{text(difference_line(d, lang))}</li>" for d in entry.differences)
        parts.append(f'<ul class="differences">{items}</ul>')
    if entry.missing:
        parts.append(f"<p>{text(say(lang, 'desk_missing', what='; '.join(entry.missing)))}</p>")
    if entry.note:
        parts.append(f"<p>{text(entry.note)}</p>")
    parts += [_quotation(entry, source, lang) for source in entry.sources]
    if entry.opinion:
        parts.append(f'<p class="opinion">{text(opinion_line(entry, lang))}</p>')
    told = [decision_label(entry.decision, lang)] if entry.decision else []
    told += [say(lang, "desk_fixed")] if entry.fixed else []
    if told or entry.remark:
        remark = f"<p>{text(entry.remark).replace(chr(10), '<br>')}</p>" if entry.remark else ""
        parts.append(f'<div class="decision"><b>{" · ".join(told) or say(lang, "desk_remark")}</b>{remark}</div>')
    return "".join(parts) + "</article>"


def _quotation(entry: Entry, source: Evidence, lang: Lang) -> str:
    link = web_link(source.url)
    title = text(source.title or link or say(lang, "no_original"))
    if link:
        title = f'<a href="{attribute(link)}" rel="noopener noreferrer nofollow">{title}</a>'
    return (
        f'<figure><blockquote dir="auto">{_pieces(source_pieces(entry, source))}</blockquote>'
        f"<figcaption>{text(source_notes(source, lang))} · {title}</figcaption></figure>"
    )


def _pieces(pieces: list[Piece]) -> str:
    return "".join(f"<mark>{_lines(words)}</mark>" if is_marked else _lines(words) for words, is_marked in pieces)


def _lines(words: str) -> str:
    return text(words).replace("\n", "<br>") if words else ""
