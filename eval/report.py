"""Reports as one HTML page: the headline, then every run with its figures, plots, parts, and what went wrong.

    JSON reports of hoitin-eval -> one file that asks nothing of the network

No script, no font, no image from elsewhere; light and dark follow the reader's
system; it prints. All text from data is escaped. This module computes nothing
that the reports do not hold.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from eval.report_answers import answers_section, failures
from eval.report_style import STYLE
from eval.svg import bars, whiskers
from eval.tables import Table, breakdowns, name_of, tables_of


def page(reports: Sequence[Mapping[str, Any]]) -> str:
    """The whole page."""
    first = reports[0]
    title = f"Hỏi Tin: {name_of(first)}, {first['n']} questions" if len(reports) == 1 else "Hỏi Tin, measured"
    parts = [f"<h1>{escape(title)}</h1>"]
    if len(reports) > 1:
        from eval.results import headline

        rows = "".join(
            f'<li><a href="#run-{at}">{escape(_heading(report))}</a></li>' for at, report in enumerate(reports, 1)
        )
        parts += [_table(headline(reports)), f"<nav><ol>{rows}</ol></nav>"]
    for at, report in enumerate(reports, 1):
        heading = f"<h2>{escape(_heading(report))}</h2>" if len(reports) > 1 else ""
        parts.append(f'<section id="run-{at}" class="run">{heading}{_run_line(report)}{_section(report)}</section>')
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}</title><style>{STYLE}</style></head><body><main>{''.join(parts)}</main></body></html>\n"
    )


def _heading(report: Mapping[str, Any]) -> str:
    return f"{report['kind'].capitalize()}: {name_of(report)}"


def _run_line(report: Mapping[str, Any]) -> str:
    run = report["run"]
    machine = run.get("machine", {})
    facts = (
        run.get("when", ""), f"model {run.get('model', '')}", f"commit {run.get('commit', '')}",
        f"data {run.get('data', '')[:12]}", f"{machine.get('cpu', '')}, {machine.get('cores', '')} cores",
        *(f"{size:g} {name.replace('_', ' ')}" for name, size in report.get("sizes", {}).items()),
    )  # fmt: skip
    command = f"<pre>{escape(run['command'])}</pre>" if run.get("command") else ""
    return f'<p class="muted">{escape(" · ".join(fact for fact in facts if fact))}</p>{command}'


def _section(report: Mapping[str, Any]) -> str:
    if report["kind"] == "answers":
        where = "".join(_table(table) for table in tables_of(report) if table.title.startswith("Where"))
        return answers_section(report, where)
    plots = {"retrieval": _intervals, "claims": _intervals, "speed": _race}.get(report["kind"])
    return failures(report) + (plots(report) if plots else "") + "".join(map(_table, tables_of(report)))


def _intervals(report: Mapping[str, Any]) -> str:
    near = report["intervals"]
    rows = [
        (name, value, near[name]["low"], near[name]["high"])
        for name, value in report["metrics"].items()
        if name in near
    ]
    leading = next(reversed(report["metrics"]), "")
    for dimension, parts in breakdowns(report):
        for name, part in parts.items():
            if leading in part.get("intervals", {}):
                found = part["intervals"][leading]
                label = f"{leading}, {name} ({part['n']})" if dimension else name
                rows.append((label, part["metrics"][leading], found["low"], found["high"]))
    return f'<div class="wide">{whiskers("Figures with 95 % intervals", rows)}</div>' if rows else ""


def _race(report: Mapping[str, Any]) -> str:
    systems = report.get("systems", {})
    if not systems:
        return ""
    plots = [bars("Documents indexed a second", [(name, found["docs_per_s"]) for name, found in systems.items()], "/s")]
    took = [(name, found["latency_ms"]["p50"]) for name, found in systems.items() if found["latency_ms"]]
    plots.append(bars("A query, median", took, " ms"))
    judged = [
        (name, (m := found["metrics"]["nDCG@10"])["value"], m["low"], m["high"])
        for name, found in systems.items()
        if "metrics" in found
    ]
    if judged:
        plots.append(whiskers("nDCG@10 with 95 % intervals", judged))
    return "".join(f'<div class="wide">{plot}</div>' for plot in plots)


def _table(table: Table) -> str:
    # A heading stands over its column: to the right where most of the cells below are figures.
    right = [2 * sum(map(_is_figure, column)) > len(table.rows) for column in zip(*table.rows, strict=False)]
    head = "".join(
        f"<th{' class=n' if right[at : at + 1] == [True] else ''}>{escape(cell)}</th>"
        for at, cell in enumerate(table.heading)
    )
    rows = "".join(
        "<tr>" + "".join(f"<td{' class=n' if _is_figure(cell) else ''}>{escape(cell)}</td>" for cell in row) + "</tr>"
        for row in table.rows
    )
    note = f'<p class="muted">{escape(table.note)}</p>' if table.note else ""
    return f'<h3>{escape(table.title)}</h3><div class="wide"><table><tr>{head}</tr>{rows}</table></div>{note}'


def _is_figure(cell: str) -> bool:
    """Whether a cell is set to the right: a number, a change, or none."""
    return cell[:1].isdigit() or cell[:1] in "–+-"
