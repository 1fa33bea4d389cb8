"""Scores of items → metrics with intervals, as a table for a person and as JSON for the next run.

    items with "scores": {metric: value or None} -> {metric: Interval} -> table, JSON

None means that the metric does not apply to the item (a citation metric where
nothing was quoted): it is left out, and n says how many were counted.
This module knows nothing of what the metrics mean, except which are better low.
"""

from __future__ import annotations

import json
import os
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from eval.bootstrap import Interval, interval
from ingest.errors import HoitinError

LOWER_IS_BETTER = frozenset({"abstained_answerable", "abstain_ece", "aurc", "right_flagged"})
"""Metrics where less is better; all others are better high."""


def summarise(items: Iterable[Mapping[str, Any]]) -> dict[str, Interval]:
    """The mean of every score over the items that have it, in the order in which the scores first appear.

    >>> summarise([{"scores": {"R@1": 1.0, "late": None}}])
    {'R@1': Interval(value=1.0, low=1.0, high=1.0, n=1)}
    """
    values: dict[str, list[float]] = {}
    for item in items:
        for name, score in item["scores"].items():
            values.setdefault(name, []).extend([] if score is None else [score])
    return {name: interval(scores) for name, scores in values.items() if scores}


def as_json(intervals: Mapping[str, Interval]) -> dict[str, Any]:
    """`metrics` (plain fractions) and `intervals` of a report."""
    return {
        "metrics": {name: round(found.value, 6) for name, found in intervals.items()},
        "intervals": {
            name: {"low": round(found.low, 6), "high": round(found.high, 6), "n": found.n}
            for name, found in intervals.items()
        },
    }


def intervals_of(report: Mapping[str, Any]) -> dict[str, Interval]:
    """The intervals of a report read back: the inverse of as_json."""
    return {
        name: Interval(value, report["intervals"][name]["low"], report["intervals"][name]["high"],
                       report["intervals"][name]["n"])
        for name, value in report["metrics"].items()
    }  # fmt: skip


def interval_rows(intervals: Mapping[str, Interval]) -> list[list[str]]:
    """A row of cells a metric: name, value, interval, n; a metric that is better low says so."""
    return [
        [name + (" ↓" if name in LOWER_IS_BETTER else ""), f"{i.value:.3f}", f"{i.low:.3f} – {i.high:.3f}", str(i.n)]
        for name, i in intervals.items()
    ]


def table(heading: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Columns aligned by what is seen, the first to the left and the others to the right.

    >>> print(table(["thước đo", "n"], [["R@1", "7"]]))
    thước đo  n
    R@1       7
    """
    lines = [list(heading), *map(list, rows)]
    widths = [max(map(_width, column)) for column in zip(*lines, strict=True)]
    return "\n".join(
        "  ".join(
            _pad(cell, width, left=at == 0) for at, (cell, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in lines
    )


def write_report(path: Path, report: Mapping[str, Any]) -> None:
    """The report as JSON, whole or not at all. Raises HoitinError when the file cannot be written."""
    write_text(path, json.dumps(report, ensure_ascii=False, indent=1) + "\n")


def write_text(path: Path, text: str) -> None:
    """A text file, whole or not at all. Raises HoitinError when it cannot be written."""
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        draft.write_text(text, encoding="utf-8")
        os.replace(draft, path)
    except OSError as error:
        raise HoitinError(
            f"{path}: cannot be written ({error.strerror or error}), wanted a file in a folder of yours"
        ) from error


def _width(text: str) -> int:
    return sum(not unicodedata.combining(char) for char in text)


def _pad(text: str, width: int, *, left: bool) -> str:
    gap = " " * (width - _width(text))
    return text + gap if left else gap + text
