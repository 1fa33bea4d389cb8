"""Outputs are judged before the work: what cannot be written, and what must not be written over."""

from __future__ import annotations

from pathlib import Path

import pytest

from eval.files import check_folder, check_outputs
from ingest.errors import UsageError


def test_an_output_in_a_folder_of_ones_own_is_fine_new_or_not(tmp_path: Path) -> None:
    (tmp_path / "old.json").write_text("{}")
    check_outputs(
        {"--json": tmp_path / "old.json", "--html": tmp_path / "new.html", "--csv": None}, [tmp_path / "q", None]
    )


def test_what_cannot_be_a_file_is_refused_with_what_mends_it(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"--json .*: found a folder"):
        check_outputs({"--json": tmp_path})
    with pytest.raises(UsageError, match=r"is no folder.*mkdir -p"):
        check_outputs({"--json": tmp_path / "chưa có" / "r.json"})


def test_an_input_is_never_written_over_by_whatever_name_it_is_called(tmp_path: Path) -> None:
    questions = tmp_path / "hỏi.jsonl"
    questions.write_text("{}")
    (tmp_path / "link.json").symlink_to(questions)
    for output in (questions, tmp_path / "." / "hỏi.jsonl", tmp_path / "link.json"):
        with pytest.raises(UsageError, match="would be written over"):
            check_outputs({"--json": output}, [questions])
    with pytest.raises(UsageError, match="would be written over"):
        check_outputs({"--json": tmp_path / "r.json"}, [tmp_path])  # a folder that is read whole
    with pytest.raises(UsageError, match="--json names it too"):
        check_outputs({"--json": tmp_path / "r", "--html": tmp_path / "r"})


def test_a_folder_need_not_be_there_but_must_be_possible(tmp_path: Path) -> None:
    check_folder("--work", tmp_path / "a" / "b")
    check_folder("--work", None)
    (tmp_path / "file").write_text("")
    with pytest.raises(UsageError, match=r"--work .*file/x: .*file is a file"):
        check_folder("--work", tmp_path / "file" / "x")
