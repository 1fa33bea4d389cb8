"""The gate: quality on the sample archive may rise, and may not fall unnoticed.

    data/sample + data/questions -> metrics -> against data/questions/baseline.json -> passed, or what fell

The baseline pins a floor for each metric (a ceiling where less is better), the
digest of the data it was measured on, and how much slack a floor has and why.
A floor is lowered only on request and with a reason, which the file keeps.
Every outcome names the command to run next. This module measures nothing itself.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eval.datasets import DataError
from eval.summary import LOWER_IS_BETTER, table, write_report

SLACK_QUESTIONS = 1
SLACK_REASON = (
    "Another CPU's arithmetic moves a score in its sixth digit, and a question that stands on a threshold falls "
    "on the other side: one question may, two do not. Quotations and their markers are exact on every machine and have no slack."
)
NO_SLACK = frozenset({"verbatim", "marker_recall"})
_SAME = 1e-6  # figures are stored with six digits


@dataclass(frozen=True, slots=True)
class Line:
    """One metric at the gate. slack: how far `found` may be on the wrong side of `pinned`.

    found: None when nothing was left to measure it on (no quotation, no answer), which fails.
    """

    name: str
    pinned: float
    found: float | None
    slack: float

    @property
    def loss(self) -> float:
        """How much worse than pinned; below 0 when it is better."""
        if self.found is None:
            return math.inf
        return self.found - self.pinned if self.name in LOWER_IS_BETTER else self.pinned - self.found

    @property
    def failed(self) -> bool:
        return self.loss > self.slack + _SAME

    @property
    def rose(self) -> bool:
        return -self.loss > self.slack + _SAME


def check(baseline: Mapping[str, Any], report: Mapping[str, Any]) -> list[Line]:
    """Every pinned metric against the report, in the order of the baseline.

    Raises DataError when the baseline is of other data or of another model.
    """
    run = report["run"]
    for key, command in (
        ("data", "hoitin-eval gate --update"),
        ("model", "unset HOITIN_MODEL, or hoitin-eval gate --update"),
    ):
        if baseline[key] != run[key]:
            raise DataError(
                f"the baseline's {key} is {baseline[key]!r:.40}, found {run[key]!r:.40}: its floors say nothing here. "
                f"Mend: {command}"
            )
    lines = []
    for name, pinned in baseline["pinned"].items():
        questions = 0 if name in NO_SLACK else baseline["slack_questions"]
        n = report["intervals"].get(name, {"n": 1})["n"]
        worst = 1.0 if name in LOWER_IS_BETTER else 0.0
        # However few the questions: what was there at all must not vanish under the slack.
        slack = min(questions / n, abs(pinned - worst) / 2)
        lines.append(Line(name, pinned, report["metrics"].get(name), slack))
    return lines


def updated(old: Mapping[str, Any] | None, report: Mapping[str, Any], reason: str = "") -> dict[str, Any]:
    """The baseline of this report. Raises DataError when a floor would fall and no reason is given.

    Floors of other data fall under no rule: nothing ties them to the new ones. Another model is held to the same floors.
    """
    comparable = old is not None and old["data"] == report["run"]["data"]
    lowered = {
        line.name: [line.pinned, line.found]
        for line in (check({**old, "model": report["run"]["model"]}, report) if comparable and old is not None else [])
        if line.loss > _SAME
    }
    if lowered and not reason:
        fallen = ", ".join(f"{name} {was:.3f} → {_shown(now)}" for name, (was, now) in lowered.items())
        raise DataError(
            f"this update lowers {fallen}; wanted every figure kept or raised. "
            'Mend: hoitin-eval gate --update --allow-regression "why this is right"'
        )
    history: Sequence[Any] = old["lowered"] if old else []
    return {
        "about": "Pinned by `hoitin-eval gate --update`; checked by `hoitin-eval gate`. ↓ marks a ceiling.",
        "data": report["run"]["data"],
        "model": report["run"]["model"],
        "questions": report["n"],
        "slack_questions": SLACK_QUESTIONS,
        "slack_reason": SLACK_REASON,
        "pinned": dict(report["metrics"]),
        "lowered": [*history, *([{"metrics": lowered, "reason": reason}] if lowered else [])],
    }


def gate_table(lines: Sequence[Line]) -> str:
    """What was pinned, what was found, and what may be lost."""
    rows = [
        [
            line.name + (" ↓" if line.name in LOWER_IS_BETTER else ""),
            f"{line.pinned:.3f}",
            _shown(line.found),
            f"{line.slack:.3f}",
            "FELL" if line.failed else "rose" if line.rose else "",
        ]
        for line in lines
    ]
    return table(["metric", "pinned", "found", "slack", ""], rows)


def _shown(figure: float | None) -> str:
    return "–" if figure is None else f"{figure:.3f}"


def read_baseline(path: Path) -> dict[str, Any] | None:
    """The baseline, None when there is no file. Raises DataError when it is malformed."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise DataError(f"{path}: cannot be read ({error}), wanted a baseline. Mend: git checkout {path}") from error
    if not isinstance(found, dict) or not {"data", "model", "pinned", "slack_questions", "lowered"} <= found.keys():
        raise DataError(f"{path}: found no baseline, wanted one. Mend: git checkout {path}")
    return found


def write_baseline(path: Path, baseline: Mapping[str, Any]) -> None:
    """Whole or not at all."""
    write_report(path, baseline)
