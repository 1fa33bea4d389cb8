"""Runs as Markdown and as tables: figures, commands, where answers are lost; never a text of the data."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from eval.answers import report as answers_report
from eval.datasets import DataError
from eval.report import page
from eval.results import markdown, read_runs, write_results
from eval.stability import report as robustness_report
from eval.stability import stability_items
from eval.tables import lost, tables_of
from tests.eval.test_report import Reader, item

RUN = {"questions": ["hỏi.jsonl"], "model": "m", "data": "abcdef123456789", "commit": "c1", "when": "2031-05-20T08:00",
       "command": "hoitin-eval answers --articles a --questions hỏi.jsonl",
       "machine": {"cpu": "C", "cores": 2, "memory_gib": 8, "python": "3.12"}}  # fmt: skip


def retrieval_run() -> dict[str, Any]:
    near = {"low": 0.25, "high": 1.0, "n": 2}
    part = {"n": 1, "metrics": {"nDCG@10": 0.5}, "intervals": {"nDCG@10": {**near, "n": 1}}}
    return {
        "kind": "retrieval", "name": "lũ", "n": 2, "errors": 0, "metrics": {"nDCG@10": 0.625}, "documents": 9,
        "intervals": {"nDCG@10": near}, "by_slice": {"typing": {"with diacritics": part, "no diacritics": part}},
        "latency_ms": {"p50": 3.0, "p95": 9.0}, "docs_per_s": 50.0, "items": [],
        "run": {**RUN, "queries": "x/queries_plain.jsonl", "mode": "hybrid", "command": "hoitin-eval retrieval x"},
    }  # fmt: skip


def claims_run() -> dict[str, Any]:
    near = {"low": 0.4, "high": 0.6, "n": 4}
    return {"kind": "claims", "n": 4, "errors": 0, "metrics": {"macro_f1": 0.5}, "intervals": {"macro_f1": near},
            "confusion": {"SUPPORTED": {"SUPPORTED": 1, "REFUTED": 1}, "REFUTED": {"SUPPORTED": 0, "REFUTED": 2}},
            "items": [], "run": {**RUN, "claims": "tuyên bố.jsonl"}}  # fmt: skip


def speed_run() -> dict[str, Any]:
    ours = {"docs_per_s": 40.0, "documents": 9, "peak_mib": 900, "latency_ms": {"p50": 5.0, "p95": 9.0}, "errors": 0,
            "indexing_ratio": 8.0}  # fmt: skip
    return {"kind": "speed", "errors": 0, "name": "tin", "systems": {"hoitin": ours}, "run": RUN,
            "home": {"articles": 9, "cold_s": [2.0, 3.0, 2.5], "cold_median_s": 2.5}}  # fmt: skip


def runs(folder: Path) -> Path:
    items = [item("a"), item("b", error="RuntimeError: kho đóng"), item("c", abstained="not_in_archive")]
    changed = stability_items(items, [item("a~case")], [("case", "a")])
    written = {
        "a": answers_report(items, RUN), "r": retrieval_run(), "c": claims_run(), "s": speed_run(),
        "b": robustness_report(changed, 3, RUN),
    }  # fmt: skip
    for name, report in written.items():
        (folder / f"{name}.json").write_text(json.dumps(report), encoding="utf-8")
    (folder / "all.json").write_text(json.dumps({"command": "hoitin-eval all x --runs runs", "steps": {}}))
    (folder / "other.json").write_text("[]")
    return folder


def test_every_kind_has_its_section_its_command_and_its_figures_with_intervals(tmp_path: Path) -> None:
    made = markdown(read_runs(runs(tmp_path)), ["hoitin-eval all x --runs runs"])
    titles = [line for line in made.splitlines() if line.startswith("## ")]
    assert titles == ["## Retrieval", "## Answers", "## The same questions, typed otherwise", "## Fact check",
                      "## Speed, beside the peers"]  # fmt: skip
    assert "hoitin-eval retrieval x\n```" in made
    assert "| lũ, queries_plain.jsonl | 2 | – | – | – | 0.625 (0.250–1.000) |" in made
    assert "| macro f1 | 0.500 | 0.400 – 0.600 | 4 |" in made
    assert "| SUPPORTED | 1 | 1 |" in made
    assert "| hoitin | 9 | 40.0 | 8.0 | 900 | 5.0 | 9.0 |" in made
    assert "C, 2 cores, 8 GiB, Python 3.12" in made


def test_no_text_of_the_data_is_published_and_failures_stand_first(tmp_path: Path) -> None:
    made = markdown(read_runs(runs(tmp_path)))
    assert "Hỏi a?" not in made
    assert "Nước lên" not in made
    assert "kho đóng" not in made  # an error may quote what it choked on
    answers = made[made.index("## Answers") :]
    assert answers.index("FAILED: 1 of 3") < answers.index("| right |")


def test_an_answer_is_lost_at_the_first_step_that_failed() -> None:
    hit = {"docid": "lũ", "rank": 1}
    lost_items = [
        item("a", error="x"),
        item("b", hits=[]),
        item("c", hits=[hit], abstained="not_in_archive"),
        item("d", hits=[hit], citations=[]),
        item("e", hits=[hit]),
        item("f", answerable=False),
        item("g", answerable=False, abstained="nothing_found"),
    ]
    assert list(lost(lost_items).values()) == [1, 1, 1, 1, 1, 1]


def test_one_page_holds_all_runs_and_asks_nothing_of_the_network(tmp_path: Path) -> None:
    made = page(read_runs(runs(tmp_path)))
    reader = Reader()
    reader.feed(made)
    assert reader.open == []
    assert reader.loads == []
    assert reader.links[:5] == [f"#run-{at}" for at in range(1, 6)]
    for name in ("Reliability", "Coverage", "right by slice"):
        assert (name in made) == (name == "Coverage")  # one kind of question only: no doubt to tell apart, no slice
    assert "Documents indexed a second" in made


def test_what_is_no_report_is_passed_over_and_an_empty_folder_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(DataError, match="found no report"):
        read_runs(tmp_path)
    assert len(read_runs(runs(tmp_path))) == 5
    assert "other.json: no report" in capsys.readouterr().err
    out = tmp_path.parent / f"{tmp_path.name}.md"
    assert (
        write_results(tmp_path, markdown_file=out, html_file=out.with_suffix(".html"), command="hoitin-eval results r")
        == 0
    )
    text = out.read_text(encoding="utf-8")
    assert "hoitin-eval all x --runs runs\nhoitin-eval results r\n" in text


def test_a_table_of_figures_says_what_they_mean() -> None:
    (figures, *_) = [t for t in tables_of(answers_report([item("a")], RUN)) if t.title == "Figures"]
    assert figures.rows[0][0] == "right"
    assert "stands in a quotation" in figures.rows[0][-1]
