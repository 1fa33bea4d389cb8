"""Two reports over the same items: what changed, and is it more than luck?

    old report + new report -> items by id -> paired changes with intervals -> table

Only items that both runs hold are compared, and for a metric only those where
both have a score. This module knows nothing of how the reports were made.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from eval.bootstrap import Change, paired, paired_of
from eval.datasets import DataError
from eval.metrics.auroc import auroc
from eval.summary import LOWER_IS_BETTER, table

Report = Mapping[str, Any]

_LEADING = {"retrieval": "MRR@10", "answers": "right", "robustness": "right", "claims": "right"}
"""The score by which single items are called better or worse."""
_CLEAR = 0.05  # a change with a smaller p is called one
_SAME_RUN = ("model", "engine", "mode", "data", "commit", "machine")


def compare(old: Report, new: Report) -> dict[str, Any]:
    """Changes by metric, the items that moved most, and what differs between the two runs.

    Raises DataError when the reports are of different kinds or share no item.
    """
    if old["kind"] != new["kind"]:
        raise DataError(f"cannot compare a report of {old['kind']} with one of {new['kind']}, wanted two of one kind")
    before, after = _by_id(old), _by_id(new)
    shared = [key for key in before if key in after]
    if not shared:
        raise DataError("the two reports have no item in common, wanted two runs over the same questions")
    pairs = [(before[key], after[key]) for key in shared]
    return {
        "kind": new["kind"],
        "n": len(shared),
        "only_old": len(before) - len(shared),
        "only_new": len(after) - len(shared),
        "changes": {name: _as_json(change, name) for name, change in _changes(pairs).items()},
        "moved": _moved(shared, pairs, _LEADING.get(new["kind"]) or next(iter(pairs[0][1]["scores"]))),
        "run": {
            key: [old["run"].get(key), new["run"].get(key)]
            for key in _SAME_RUN
            if old["run"].get(key) != new["run"].get(key)
        },
    }


def comparison_table(found: Mapping[str, Any]) -> str:
    """The changes for a person, clear ones named."""
    rows = [
        [
            name + (" ↓" if name in LOWER_IS_BETTER else ""),
            f"{change['old']:.3f}",
            f"{change['new']:.3f}",
            f"{change['new'] - change['old']:+.3f}",
            f"{change['low']:+.3f} – {change['high']:+.3f}",
            f"{change['p']:.3f}",
            str(change["n"]),
            change["verdict"],
        ]
        for name, change in found["changes"].items()
    ]
    return table(["metric", "old", "new", "change", "95 % interval", "p", "n", ""], rows)


def read_report(path: Path) -> Report:
    """A report written by --json. Raises DataError."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise DataError(
            f"{path}: cannot be read ({error}), wanted a report. Mend: hoitin-eval answers … --json {path}"
        ) from error
    if not isinstance(found, dict) or not {"kind", "metrics", "items", "run"} <= found.keys():
        raise DataError(
            f"{path}: found no report of hoitin-eval, wanted one. Mend: hoitin-eval answers … --json {path}"
        )
    return found


def verdict(change: Change, *, lower_is_better: bool) -> str:
    """ "better", "worse", or "" when chance may explain it.

    >>> verdict(Change(old=0.5, new=0.9, low=0.2, high=0.6, p=0.001, n=40), lower_is_better=False)
    'better'
    """
    if change.difference == 0 or change.p >= _CLEAR:
        return ""
    return "better" if (change.difference > 0) != lower_is_better else "worse"


def _changes(pairs: Sequence[tuple[Mapping[str, Any], Mapping[str, Any]]]) -> dict[str, Change]:
    names = dict.fromkeys(name for _, new in pairs for name in new["scores"])
    changes = {}
    for name in names:
        both = [(old["scores"].get(name), new["scores"].get(name)) for old, new in pairs]
        scored = [(old, new) for old, new in both if old is not None and new is not None]
        if scored:
            changes[name] = paired([old for old, _ in scored], [new for _, new in scored])
    doubts: dict[bool, list[tuple[float, float]]] = {True: [], False: []}
    for old, new in pairs:
        if "abstain_score" in new and not (old["error"] or new["error"]):
            doubts[new["answerable"]].append((old["abstain_score"], new["abstain_score"]))
    if doubts[True] and doubts[False]:
        changes["abstain_auroc"] = paired_of(auroc, doubts[False], doubts[True])
    return changes


def _moved(shared: Sequence[str], pairs: Sequence[tuple[Any, Any]], name: str) -> dict[str, list[str]]:
    """Ids whose leading score fell or rose, most first."""
    steps = [
        (new["scores"][name] - old["scores"][name], key)
        for key, (old, new) in zip(shared, pairs, strict=True)
        if old["scores"].get(name) is not None and new["scores"].get(name) is not None
    ]
    return {
        "worse": [key for step, key in sorted(steps) if step < 0],
        "better": [key for step, key in sorted(steps, key=lambda pair: (-pair[0], pair[1])) if step > 0],
    }


def _by_id(report: Report) -> dict[str, Any]:
    return {item.get("qid") or item["id"]: item for item in report["items"]}


def _as_json(change: Change, name: str) -> dict[str, Any]:
    figures = {key: round(getattr(change, key), 6) for key in ("old", "new", "low", "high", "p")}
    return {**figures, "n": change.n, "verdict": verdict(change, lower_is_better=name in LOWER_IS_BETTER)}
