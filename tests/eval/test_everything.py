"""The whole evaluation: what is found in a folder, and that it goes on where it was."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from app.settings import Settings
from eval.answers import report as answers_report
from eval.datasets import DataError
from eval.everything import run_everything, steps_of
from ingest.errors import HoitinError
from tests.eval.test_report import item

COMMANDS = ("retrieval", "answers", "robustness", "claims", "speed")


def folder(data: Path) -> Path:
    for name in ("news/articles.jsonl", "tin/questions.jsonl", "tin/questions-kho.jsonl", "sets/law/corpus.jsonl",
                 "sets/law/queries.jsonl", "sets/law/queries_plain.jsonl", "sets/law/qrels.tsv", "sets/law/qa.jsonl"):  # fmt: skip
        (data / name).parent.mkdir(parents=True, exist_ok=True)
        (data / name).write_text("{}\n")
    (data / "tin/claims.jsonl").write_text('{"claim": "x", "label": "REFUTED"}\n')
    (data / "tin/drafts.jsonl").write_text('{"draft": "x", "claims": []}\n')
    (data / "tin/nguồn.jsonl").write_text('{"response": "x", "context": "y", "label": "REFUTED"}\n')
    return data


class Performer:
    """Writes a report for each command, or fails where it is told to."""

    def __init__(self, fails: str = "", stops: str = "") -> None:
        self.ran: list[str] = []
        self.fails, self.stops = fails, stops

    def __call__(self, words: Sequence[str]) -> int:
        out = Path(words[words.index("--json") + 1])
        self.ran.append(out.stem)
        if out.stem == self.stops:
            raise KeyboardInterrupt
        if out.stem == self.fails:
            raise HoitinError("đầy đĩa")
        out.write_text(json.dumps(answers_report([item("a")], {"questions": ["q"], "machine": {}})), encoding="utf-8")
        return 0


def test_every_set_in_the_folder_is_a_step_with_a_name_of_its_own(tmp_path: Path) -> None:
    data = folder(tmp_path)
    steps = steps_of(data, COMMANDS, data / "news/articles.jsonl")
    assert sorted(step.name for step in steps) == [
        "answers-law", "answers-tin", "answers-tin-kho", "claims-nguồn", "claims-tin", "claims-tin-drafts", "retrieval-law",
        "retrieval-law-plain", "robustness-tin", "robustness-tin-kho", "speed",
    ]  # fmt: skip
    by_name = {step.name: step.words for step in steps}
    assert by_name["claims-nguồn"] == ("claims", "--claims", str(data / "tin/nguồn.jsonl"))
    assert by_name["claims-tin"][-1] == str(data / "news/articles.jsonl")
    assert by_name["retrieval-law-plain"][-1] == str(data / "sets/law/queries_plain.jsonl")
    assert [step.name for step in steps_of(data, ("retrieval",))] == ["retrieval-law-plain", "retrieval-law"]


def test_a_folder_of_ones_own_needs_two_files(tmp_path: Path) -> None:
    (tmp_path / "questions.jsonl").write_text("{}\n")
    with pytest.raises(DataError, match="wanted one of them"):
        steps_of(tmp_path, COMMANDS)
    (tmp_path / "articles.jsonl").write_text("{}\n")
    assert [step.words[0] for step in steps_of(tmp_path, COMMANDS)] == ["answers", "robustness"]


def test_what_was_stopped_goes_on_and_what_is_done_is_not_done_again(tmp_path: Path) -> None:
    data, runs = folder(tmp_path / "d"), tmp_path / "runs"
    stopped = Performer(stops="claims-tin")
    with pytest.raises(KeyboardInterrupt):
        run_everything(Settings(), data, runs, stopped, COMMANDS)
    rest = Performer()
    assert run_everything(Settings(), data, runs, rest, COMMANDS, command="hoitin-eval all d --runs runs") == 0
    assert rest.ran[0] == "claims-tin"
    assert len(stopped.ran) - 1 + len(rest.ran) == 10
    assert (runs / "report.html").read_text(encoding="utf-8").startswith("<!doctype html>")
    assert json.loads((runs / "all.json").read_text(encoding="utf-8"))["command"] == "hoitin-eval all d --runs runs"
    again = Performer()
    run_everything(Settings(), data, runs, again, COMMANDS)
    assert again.ran == []
    (data / "tin/questions.jsonl").write_text('{"id": "mới"}\n')
    run_everything(Settings(), data, runs, again, COMMANDS)
    assert sorted(again.ran) == ["answers-tin", "robustness-tin"]


def test_a_step_that_fails_is_said_and_the_others_run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data, runs = folder(tmp_path / "d"), tmp_path / "runs"
    performer = Performer(fails="answers-law")
    assert run_everything(Settings(), data, runs, performer, COMMANDS) == 1
    said = capsys.readouterr().err
    assert "answers-law: đầy đĩa" in said
    assert "FAILED: answers-law" in said
    assert "left" in said
    assert len(performer.ran) == 10
    mended = Performer()
    assert run_everything(Settings(), data, runs, mended, COMMANDS) == 0
    assert mended.ran == ["answers-law"]
