"""Two runs side by side."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from eval.compare import compare, comparison_table, read_report
from eval.datasets import DataError


def report(scores: dict[str, float | None], name: str = "right", **run: str) -> dict[str, Any]:
    items = [{"id": key, "scores": {name: value}} for key, value in scores.items()]
    return {"kind": "answers", "metrics": {}, "items": items, "run": run}


def test_a_clear_gain_is_called_better_and_its_items_are_named() -> None:
    ids = [f"h{n}" for n in range(12)]
    old, new = report(dict.fromkeys(ids, 0.0)), report({**dict.fromkeys(ids, 1.0), "h3": 0.5})
    found = compare(old, new)
    change = found["changes"]["right"]
    assert (change["old"], change["new"], change["n"], change["verdict"]) == (0, pytest.approx(11.5 / 12), 12, "better")
    assert found["moved"]["worse"] == []
    assert found["moved"]["better"][-1] == "h3"  # the smallest step comes last
    assert "better" in comparison_table(found)


def test_the_same_gain_of_silence_where_there_is_an_answer_is_called_worse() -> None:
    ids = [f"h{n}" for n in range(12)]
    name = "abstained_answerable"
    old, new = report(dict.fromkeys(ids, 0.0), name), report(dict.fromkeys(ids, 1.0), name)
    old["items"], new["items"] = (
        [{**i, "scores": {**i["scores"], "right": 1.0}} for i in r["items"]] for r in (old, new)
    )
    assert compare(old, new)["changes"][name]["verdict"] == "worse"


def test_two_of_three_changes_are_no_verdict() -> None:
    found = compare(report({"a": 0.0, "b": 0.0, "c": 1.0}), report({"a": 1.0, "b": 1.0, "c": 0.0}))
    assert found["changes"]["right"]["verdict"] == ""
    assert found["moved"] == {"worse": ["c"], "better": ["a", "b"]}


def test_only_items_of_both_runs_with_a_score_in_both_count() -> None:
    found = compare(report({"a": 1.0, "b": None, "c": 1.0}), report({"a": 0.0, "b": 1.0, "d": 0.0}))
    assert (found["n"], found["only_old"], found["only_new"]) == (2, 1, 1)
    assert found["changes"]["right"]["n"] == 1


def test_the_order_of_doubt_is_compared_by_auroc() -> None:
    def doubts(known: float, unknown: float) -> dict[str, Any]:
        items = [
            {
                "id": f"{kind}{n}",
                "answerable": kind == "a",
                "abstain_score": doubt,
                "error": "",
                "scores": {"right": 1.0},
            }
            for kind, doubt in (("a", known), ("u", unknown))
            for n in range(5)
        ]
        return {"kind": "answers", "metrics": {}, "items": items, "run": {}}

    change = compare(doubts(0.9, 0.1), doubts(0.1, 0.9))["changes"]["abstain_auroc"]
    assert (change["old"], change["new"], change["verdict"], change["n"]) == (0, 1, "better", 10)


def test_what_differs_between_the_runs_is_said() -> None:
    found = compare(report({"a": 1.0}, model="nhỏ", data="x"), report({"a": 1.0}, model="lớn", data="x"))
    assert found["run"] == {"model": ["nhỏ", "lớn"]}


def test_reports_that_share_nothing_or_are_of_two_kinds_are_refused() -> None:
    with pytest.raises(DataError, match="no item in common"):
        compare(report({"a": 1.0}), report({"b": 1.0}))
    with pytest.raises(DataError, match="a report of answers with one of retrieval"):
        compare(report({"a": 1.0}), {**report({"a": 1.0}), "kind": "retrieval"})


def test_a_file_that_is_no_report_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"gone.json: cannot be read"):
        read_report(tmp_path / "gone.json")
    (tmp_path / "other.json").write_text(json.dumps({"n": 1}))
    with pytest.raises(DataError, match=r"other.json: found no report of hoitin-eval"):
        read_report(tmp_path / "other.json")
