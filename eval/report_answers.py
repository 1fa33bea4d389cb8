"""The sections of a run of answers on the page: figures, doubt, kinds of question, and what went wrong.

    JSON of `hoitin-eval answers` -> HTML; all text from data is escaped

This module computes nothing that the report does not hold, except the order of
the worst answers.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Any

from eval.answer_scores import given_answers
from eval.meaning import MEANING
from eval.metrics.calibration import reliability
from eval.metrics.coverage_risk import coverage_risk
from eval.summary import LOWER_IS_BETTER
from eval.svg import curve, diagonal, two_histograms, whiskers

WORST = 30
"""Answers shown at most among the worst."""

_HEADLINES = ("right", "cited_docid", "contained", "short_f1", "abstained_unanswerable", "abstained_answerable")
_BY_TYPE = ("right", "cited_docid", "contained", "short_f1", "citation_precision", "citation_recall")


def answers_section(report: Mapping[str, Any], where: str = "") -> str:
    """Everything about one run of answers, below its heading. where: HTML that says where answers are lost."""
    return "".join(
        (
            failures(report),
            _tiles(report),
            "<h3>All figures</h3>",
            _figures(report),
            "<h3>Doubt</h3>",
            _doubt(report["items"]),
            "<h3>By kind of question</h3>",
            _types(report["by_type"]),
            _slices(report.get("by_slice", {})),
            where,
            "<h3>Answers that were not right</h3>",
            _worst(report["items"]),
        )
    )


def failures(report: Mapping[str, Any]) -> str:
    """What failed, before any figure; "" when nothing did."""
    failed = [item for item in report["items"] if item["error"]]
    if not failed:
        return ""
    rows = "".join(
        f"<li>{escape(str(item.get('id') or item.get('qid')))}: {escape(item['error'])}</li>" for item in failed
    )
    return f'<section class="failed"><h3>{len(failed)} failed, counted as misses</h3><ul>{rows}</ul></section>'


def _tiles(report: Mapping[str, Any]) -> str:
    tiles = []
    for name in _HEADLINES:
        if name in report["metrics"]:
            near = report["intervals"][name]
            tiles.append(
                f'<div class="tile"><b>{report["metrics"][name]:.3f}</b><span>{_label(name)}</span>'
                f"<small>{near['low']:.3f} – {near['high']:.3f}, n = {near['n']}</small></div>"
            )
    return f'<div class="tiles">{"".join(tiles)}</div>'


def _figures(report: Mapping[str, Any]) -> str:
    metrics, intervals = report["metrics"], report["intervals"]
    rows = [(_label(name), value, intervals[name]["low"], intervals[name]["high"]) for name, value in metrics.items()]
    meanings = "".join(
        f"<tr><td>{_label(name)}</td><td class=n>{value:.3f} <small>{intervals[name]['low']:.3f} – "
        f"{intervals[name]['high']:.3f}</small></td><td class=n>{intervals[name]['n']}</td>"
        f"<td>{escape(MEANING.get(name, ''))}</td></tr>"
        for name, value in metrics.items()
    )
    return (
        f'<div class="wide">{whiskers("All figures with 95 % intervals", rows)}</div>'
        f"<table><tr><th>figure</th><th class=n>value</th><th class=n>n</th><th>what it says</th></tr>{meanings}</table>"
        '<p class="muted">Intervals: 95 %, bootstrap over the questions. ↓: less is better.</p>'
    )


def _doubt(items: Sequence[Mapping[str, Any]]) -> str:
    answered = [item for item in items if not item["error"]]
    known = [item["abstain_score"] for item in answered if item["answerable"]]
    unknown = [item["abstain_score"] for item in answered if not item["answerable"]]
    plots = []
    if known and unknown:
        plots.append(two_histograms("Doubt score by kind", known, unknown, "in the archive", "not in it"))
    given = given_answers(items)
    if given:
        points = coverage_risk([doubt for doubt, _ in given], [wrong for _, wrong in given], len(items))
        spots = [(point.coverage, point.risk) for point in points]
        plots.append(
            curve("Coverage and risk", spots, "coverage: share of questions answered", "risk: share of those wrong")
        )
    if known and unknown:
        scores, kinds = [*known, *unknown], [0.0] * len(known) + [1.0] * len(unknown)
        bins = [(each.mean, each.share, each.n) for each in reliability(scores, kinds)]
        plots.append(
            diagonal("Reliability of the doubt score", bins, "doubt said", "share that was not in the archive")
        )
    return f'<div class="plots">{"".join(plots)}</div>'


def _types(by_type: Mapping[str, Mapping[str, Any]]) -> str:
    head = "".join(f"<th>{_label(name)}</th>" for name in (*_BY_TYPE, "abstained"))
    rows = []
    for kind, part in by_type.items():
        metrics = part["metrics"]
        silence = metrics.get("abstained_answerable", metrics.get("abstained_unanswerable"))
        cells = "".join(_cell(metrics.get(name)) for name in _BY_TYPE)
        rows.append(f"<tr><td>{escape(kind)}</td><td class=n>{part['n']}</td>{cells}{_cell(silence, plain=True)}</tr>")
    return f'<div class="wide"><table><tr><th>type</th><th>n</th>{head}</tr>{"".join(rows)}</table></div>'


def _slices(by_slice: Mapping[str, Mapping[str, Any]]) -> str:
    rows = [
        (f"{dimension}: {name} ({part['n']})", part["metrics"]["right"], near["low"], near["high"])
        for dimension, parts in by_slice.items()
        for name, part in parts.items()
        if (near := part["intervals"].get("right"))
    ]
    if not rows:
        return ""
    return f'<h3>By slice: right, 95 % interval, (n)</h3><div class="wide">{whiskers("right by slice", rows)}</div>'


def _cell(value: float | None, *, plain: bool = False) -> str:
    if value is None:
        return "<td class=n>–</td>"
    shade = "" if plain else f' style="--v:{round(100 * value)}%"'
    return f'<td class="n{"" if plain else " heat"}"{shade}>{value:.2f}</td>'


def _worst(items: Iterable[Mapping[str, Any]]) -> str:
    wrong = [item for item in items if item["scores"]["right"] < 1]
    wrong.sort(key=lambda item: (not item["error"], item["scores"]["right"], item["abstain_score"]))
    if not wrong:
        return "<p>None.</p>"
    shown = "".join(map(_answer, wrong[:WORST]))
    left = f"<p>… and {len(wrong) - WORST} more in the JSON report.</p>" if len(wrong) > WORST else ""
    return f"<p>{len(wrong)} questions; failures first, then the surest of the wrong ones.</p>{shown}{left}"


def _answer(item: Mapping[str, Any]) -> str:
    gold = "; ".join(item["answers"]) if item["answerable"] else "not in the archive"
    said = item["error"] or (f"abstained: {item['abstained']}" if item["abstained"] is not None else "answered")
    notes = [item["type"], said, f"doubt {item['abstain_score']:.2f}", f"{item['seconds']:.2f} s"]
    if item["answerable"]:
        scores = item["scores"]
        notes += [
            "gold article retrieved" if scores["retrieved"] else "gold article not retrieved",
            "cited" if scores["cited_docid"] else "not cited",
        ]
    citations = "".join(map(_citation, item["citations"]))
    short = f'<p>→ <b lang="vi">{escape(item["short_answer"])}</b></p>' if item["short_answer"] else ""
    return (
        f'<article><h4 lang="vi">{escape(item["question"])}</h4>'
        f'<p class="muted">{escape(item["id"])} · {escape(" · ".join(notes))}</p>'
        f'<p>gold: <b lang="vi">{escape(gold)}</b></p>{short}'
        f'<p lang="vi" class="said">{escape(item["answer"])}</p><ol>{citations}</ol></article>'
    )


def _citation(citation: Mapping[str, Any]) -> str:
    title, url = escape(citation["title"]), citation["url"]
    safe = url.startswith(("https://", "http://"))
    link = f'<a href="{escape(url)}" rel="noreferrer">{title}</a>' if safe else title
    told = " · ".join(filter(None, (citation["outlet"], (citation["published"] or "")[:10], citation["docid"])))
    return (
        f'<li value="{citation["marker"]}" lang="vi"><q>{escape(citation["quote"])}</q><br>{link} · {escape(told)}</li>'
    )


def _label(name: str) -> str:
    return escape(name.replace("_", " ") + (" ↓" if name in LOWER_IS_BETTER else ""))
