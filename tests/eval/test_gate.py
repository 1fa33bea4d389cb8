"""The gate: what passes, what fails, and what cannot be lowered in passing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from eval.datasets import DataError
from eval.gate import check, gate_table, read_baseline, updated, write_baseline


def report(n: int = 50, data: str = "d1", model: str = "m", **metrics: float) -> dict[str, Any]:
    intervals = {name: {"low": 0.0, "high": 1.0, "n": n} for name in metrics}
    return {"n": n, "metrics": metrics, "intervals": intervals, "run": {"data": data, "model": model}}


def test_one_question_of_fifty_may_flip_and_two_may_not() -> None:
    baseline = updated(None, report(right=0.80))
    assert [line.failed for line in check(baseline, report(right=0.78))] == [False]
    assert [line.failed for line in check(baseline, report(right=0.76))] == [True]
    assert "FELL" in gate_table(check(baseline, report(right=0.76)))


def test_where_less_is_better_the_pinned_figure_is_a_ceiling() -> None:
    baseline = updated(None, report(abstained_answerable=0.10))
    assert [line.failed for line in check(baseline, report(abstained_answerable=0.14))] == [True]
    (line,) = check(baseline, report(abstained_answerable=0.0))
    assert (line.failed, line.rose) == (False, True)


def test_a_quotation_that_is_not_verbatim_has_no_slack() -> None:
    baseline = updated(None, report(verbatim=1.0))
    assert [line.failed for line in check(baseline, report(verbatim=0.999))] == [True]


def test_an_update_raises_figures_and_refuses_to_lower_one() -> None:
    baseline = updated(None, report(right=0.80, contained=0.70))
    assert updated(baseline, report(right=0.84, contained=0.70))["pinned"]["right"] == 0.84
    with pytest.raises(DataError, match=r"lowers contained 0.700 → 0.695.*--allow-regression"):
        updated(baseline, report(right=0.84, contained=0.695))


def test_a_reason_lowers_a_figure_and_is_kept_for_good() -> None:
    baseline = updated(None, report(right=0.80))
    lowered = updated(baseline, report(right=0.70), "câu hỏi khó hơn")
    again = updated(lowered, report(right=0.75))
    assert again["pinned"] == {"right": 0.75}
    assert again["lowered"] == [{"metrics": {"right": [0.80, 0.70]}, "reason": "câu hỏi khó hơn"}]


def test_a_reason_without_a_loss_leaves_no_trace() -> None:
    assert updated(updated(None, report(right=0.8)), report(right=0.9), "không cần")["lowered"] == []


def test_figures_of_other_data_or_another_model_judge_nothing() -> None:
    baseline = updated(None, report(right=0.80))
    with pytest.raises(DataError, match=r"baseline's data is 'd1', found 'd2'.*gate --update"):
        check(baseline, report(data="d2", right=0.80))
    with pytest.raises(DataError, match=r"baseline's model is 'm', found 'n'"):
        check(baseline, report(model="n", right=0.80))
    assert updated(baseline, report(data="d2", right=0.10))["pinned"] == {"right": 0.10}


def test_another_model_takes_the_floors_over_and_may_not_lower_them_in_silence() -> None:
    baseline = updated(None, report(right=0.80))
    assert updated(baseline, report(model="n", right=0.85))["model"] == "n"
    with pytest.raises(DataError, match=r"this update lowers right 0.800 → 0.700"):
        updated(baseline, report(model="n", right=0.70))


def test_a_pinned_figure_that_can_no_longer_be_measured_has_fallen() -> None:
    baseline = updated(None, report(right=0.80, verbatim=1.0))
    assert [line.failed for line in check(baseline, report(right=0.80))] == [False, True]
    with pytest.raises(DataError, match=r"lowers verbatim 1\.000 → –"):
        updated(baseline, report(right=0.80))


def test_a_baseline_is_read_back_as_written(tmp_path: Path) -> None:
    file = tmp_path / "baseline.json"
    assert read_baseline(file) is None
    made = updated(None, report(right=0.80))
    write_baseline(file, made)
    assert read_baseline(file) == made
    file.write_text(json.dumps({"pinned": {}}))
    with pytest.raises(DataError, match="found no baseline"):
        read_baseline(file)
