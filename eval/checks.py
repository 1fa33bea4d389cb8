"""The judging commands whole: compare two reports, and hold the sample archive's quality at the gate."""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from app.settings import Settings
from eval import gate
from eval.answering import sitting
from eval.commands import print_answers, say_failures
from eval.compare import compare, comparison_table, read_report
from eval.files import check_outputs
from eval.summary import write_report
from ingest.errors import HoitinError

_SHOWN = 10  # ids of items that moved, each way


def compare_reports(old: Path, new: Path, *, json_file: Path | None = None) -> int:
    """`hoitin-eval compare`. Returns 0: a change for the worse is a finding, not a failure."""
    check_outputs({"--json": json_file}, [old, new])
    before, after = read_report(old), read_report(new)
    found = compare(before, after)
    print(
        f"{found['n']} {found['kind']} items in both, {found['only_old']} only in old, {found['only_new']} only in new"
    )
    print(comparison_table(found))
    for way, ids in found["moved"].items():
        if ids:
            more = f" and {len(ids) - _SHOWN} more" if len(ids) > _SHOWN else ""
            print(f"{way}: {', '.join(ids[:_SHOWN])}{more}")
    for key, (was, now) in found["run"].items():
        print(f"not the same {key}: {was} → {now}")
    if before.get("latency_ms") and after.get("latency_ms"):
        pair = " → ".join(f"{r['latency_ms']['p50']:.1f} / {r['latency_ms']['p95']:.1f}" for r in (before, after))
        print(f"a query, ms, p50 / p95: {pair}")
    if json_file:
        write_report(json_file, found)
    return 0


def hold_gate(
    settings: Settings, data: Path | None, *, update: bool = False, reason: str = "", json_file: Path | None = None
) -> int:
    """`hoitin-eval gate`. Returns 1 when a figure fell, or when there is no baseline to hold it against.

    The sample is archived and indexed anew each time: an index from yesterday's code proves nothing.
    """
    data = data or Path(__file__).parents[1] / "data"
    questions = sorted((data / "questions").glob("*.jsonl"))
    if not questions or not (data / "sample").is_dir():
        raise HoitinError(
            f"{data}: found no sample/ and questions/*.jsonl, wanted both. "
            "Mend: run it in a checkout, or name the folder: hoitin-eval gate --data DIR"
        )
    check_outputs({"--json": json_file}, [data])
    baseline_file = data / "questions" / "baseline.json"
    baseline = gate.read_baseline(baseline_file)
    with (
        TemporaryDirectory(prefix="hoitin-gate-") as work,
        sitting(settings, data / "sample", questions, work=Path(work)) as opened,
    ):
        report = opened.report()
    if json_file:
        write_report(json_file, report)
    if update:
        made = gate.updated(baseline, report, reason)
        gate.write_baseline(baseline_file, made)
        print_answers(report)
        print(f"pinned {len(made['pinned'])} figures in {baseline_file}. Next: git add {baseline_file}")
        return 0
    if baseline is None:
        print_answers(report)
        print(
            f"hoitin-eval gate: {baseline_file} is not there, wanted one. Next: hoitin-eval gate --update",
            file=sys.stderr,
        )
        return 1
    return _judge(baseline, report)


def _judge(baseline: dict[str, Any], report: dict[str, Any]) -> int:
    say_failures(report["items"], "id")
    lines = gate.check(baseline, report)
    print(gate.gate_table(lines))
    fallen = [line.name for line in lines if line.failed]
    if fallen:
        print(
            f"hoitin-eval gate: fell: {', '.join(fallen)}. "
            "Next: see which answers: hoitin-eval gate --json now.json, then hoitin-eval compare OLD.json now.json",
            file=sys.stderr,
        )
        return 1
    rose = [line.name for line in lines if line.rose]
    following = f"hoitin-eval gate --update (rose: {', '.join(rose)})" if rose else "git push"
    print(f"passed, {report['n']} questions. Next: {following}")
    return 0
