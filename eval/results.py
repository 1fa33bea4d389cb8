"""Runs → docs/results.md, and one page for all of them: nothing is written that a run did not print.

    RUNS/*.json (reports of hoitin-eval) -> ordered by kind -> Markdown · HTML

The Markdown holds figures, ids and commands, never a text of the measured data:
it may be published where the data may not. This module knows nothing of how the
runs were made.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from eval.compare import read_report
from eval.datasets import DataError
from eval.files import check_outputs
from eval.summary import write_text
from eval.tables import LEADING, Report, Table, figure, name_of, tables_of

KINDS: Mapping[str, str] = {
    "retrieval": "Retrieval",
    "answers": "Answers",
    "robustness": "The same questions, typed otherwise",
    "claims": "Fact check",
    "speed": "Speed, beside the peers",
}
"""Kinds of report in the order in which they are told."""
_SAID = {
    "retrieval": "Is the right document among the first? Whole documents, each by its best passage.",
    "answers": "`right`: an accepted answer stands in a sentence quoted from a gold article; where the archive has none, "
    "silence was kept. A crash or a time-out is a miss.",
    "robustness": "Variants made from the questions themselves, seeded.",
    "claims": "Verdicts against labels; evidence recall: the gold sentence is among the evidence shown.",
    "speed": "Every system on the same documents with the same model, a process each, one after the other.",
}
_BIG = 3  # rows of a breakdown below which it says little in a published file


def read_runs(folder: Path) -> list[Report]:
    """Every report in a folder (or the one file), by kind, then by name. Raises DataError when there is none.

    A JSON file that is no report is passed over and named on stderr.
    """
    files = [folder] if folder.is_file() else sorted(folder.glob("*.json"))
    found = []
    for file in files:
        report = _read(file)
        if report is None and file.name == "all.json":
            continue
        if report is None:
            print(f"{file}: no report of hoitin-eval, passed over", file=sys.stderr)
        else:
            found.append(report)
    if not found:
        raise DataError(
            f"{folder}: found no report, wanted at least one. Mend: hoitin-eval answers … --json {folder}/answers.json"
        )
    return sorted(found, key=lambda report: (list(KINDS).index(report["kind"]), name_of(report)))


def write_results(
    folder: Path, *, markdown_file: Path | None = None, html_file: Path | None = None, command: str = ""
) -> int:
    """`hoitin-eval results`: Markdown to a file or to stdout, and the page when asked. Returns 0."""
    check_outputs({"--output": markdown_file, "--html": html_file}, [folder])
    runs = read_runs(folder)
    text = markdown(runs, (*_made_by(folder), command))
    if html_file:
        from eval.report import page

        write_text(html_file, page(runs))
    if markdown_file:
        write_text(markdown_file, text)
        print(f"{markdown_file}: {len(runs)} runs" + (f", and {html_file} to read them" if html_file else ""))
    elif not html_file:
        print(text, end="")
    return 0


def markdown(runs: Sequence[Report], commands: Sequence[str] = ()) -> str:
    """The whole file. commands: those that made it, to be typed again."""
    lines = ["# Results", "", *_preamble(runs, commands)]
    for kind, title in KINDS.items():
        of_kind = [run for run in runs if run["kind"] == kind]
        if not of_kind:
            continue
        lines += [f"## {title}", "", _SAID[kind], "", *_commands(of_kind)]
        if kind == "retrieval":
            lines += _table(overview(of_kind))
        for run in of_kind:
            lines += [f"### {name_of(run)}", "", f"{_size(run)}.", ""]
            for table in tables_of(run):
                if len(table.rows) >= _BIG or not table.title.startswith("By "):
                    lines += [f"**{table.title}**", "", *_table(table)]
    return "\n".join(lines).rstrip() + "\n"


def overview(runs: Sequence[Report]) -> Table:
    """A row a retrieval run."""
    rows = [
        [name_of(run), str(run["n"]), *(figure(run, name) for name in ("R@1", "R@10", "MRR@10", "nDCG@10"))]
        for run in runs
    ]
    return Table("All sets", ("set", "n", "R@1", "R@10", "MRR@10", "nDCG@10"), rows)


def headline(runs: Iterable[Report]) -> Table:
    """A row a run: what it is known by."""
    rows = []
    for run in runs:
        leading = LEADING.get(run["kind"], "")
        if run["kind"] == "speed":
            systems = run.get("systems", {})
            said = "; ".join(
                f"{name} {found['docs_per_s']:.{0 if found['docs_per_s'] >= 10 else 1}f}/s"
                for name, found in list(systems.items())[:3]
            )
            row = ["documents indexed", said or "–", "–"]
        else:
            name = leading if leading in run["metrics"] else next(iter(run["metrics"]), "")
            row = [name.replace("_", " "), figure(run, name), str(run["n"])]
        rows.append(
            [KINDS[run["kind"]], name_of(run), *row, "" if not run.get("errors") else f"{run['errors']} FAILED"]
        )
    return Table("At a glance", ("measured", "on", "figure", "value (95 % interval)", "n", ""), rows)


def _preamble(runs: Sequence[Report], commands: Sequence[str]) -> list[str]:
    said = [
        "Generated from the reports of `hoitin-eval`; every figure with its n and a bootstrap 95 % interval. To make it again:",
        "", "```sh", *filter(None, commands), "```", "", *_table(headline(runs)),
    ]  # fmt: skip
    facts = {name: _values(runs, name) for name in ("model", "engine", "writer", "commit")}
    machines = sorted({f"{m.get('cpu', '?')}, {m.get('cores', '?')} cores, {m.get('memory_gib', '?')} GiB, "
                       f"Python {m.get('python', '?')}" for m in (run["run"].get("machine", {}) for run in runs)})  # fmt: skip
    days = sorted({str(run["run"].get("when", ""))[:10] for run in runs} - {""})
    told = [f"{name} {', '.join(values)}" for name, values in facts.items() if values]
    return [
        *said,
        f"Measured {' to '.join(dict.fromkeys((days[0], days[-1]))) if days else ''} on {'; '.join(machines)}. "
        f"{'; '.join(told)}. The measured sets are third-party data and not part of this repository; the constants were "
        "chosen on them, so a set of your own is the better judge.",
        "",
    ]


def _made_by(folder: Path) -> Sequence[str]:
    """The command that made the whole folder, if one did."""
    try:
        found = json.loads((folder / "all.json").read_text(encoding="utf-8"))
        return [str(found["command"])]
    except (OSError, ValueError, KeyError, TypeError):
        return []


def _values(runs: Sequence[Report], name: str) -> list[str]:
    return sorted({str(run["run"].get(name) or "") for run in runs} - {""})


def _commands(runs: Sequence[Report]) -> list[str]:
    typed = list(dict.fromkeys(run["run"].get("command", "") for run in runs))
    return ["```sh", *filter(None, typed), "```", ""] if any(typed) else []


def _size(run: Report) -> str:
    count = f"{run['n']} {'queries' if run['kind'] in ('retrieval', 'speed') else 'items'}"
    documents = run.get("documents") or run["run"].get("index", {}).get("documents")
    over = f" over {documents:,} documents" if documents else ""
    data = run["run"].get("data", "")
    return f"{count}{over}" + (f"; data {data[:12]}" if data else "")


def _table(table: Table) -> list[str]:
    def row(cells: Sequence[str]) -> str:
        return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"

    return [row(table.heading), "|" + "---|" * len(table.heading), *map(row, table.rows), "",
            *([table.note, ""] if table.note else [])]  # fmt: skip


def _read(file: Path) -> Report | None:
    try:
        found: Any = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    if isinstance(found, dict) and found.get("kind") == "speed" and "run" in found:
        return {"n": len(found.get("systems", {})), "metrics": {}, "intervals": {}, "items": [], **found}
    if not isinstance(found, dict) or found.get("kind") not in KINDS:
        return None
    return read_report(file)
