"""Remarks of readers, one line each."""

from __future__ import annotations

import json
import threading
from pathlib import Path

import pytest

from app.web import feedback


def test_remarks_written_at_once_stay_whole_lines(tmp_path: Path) -> None:
    def write(n: int) -> None:
        for _ in range(20):
            feedback.keep(tmp_path, "good", "", {"question": f"{n}" * 2_000})

    threads = [threading.Thread(target=write, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    lines = (tmp_path / feedback.FILE).read_text(encoding="utf-8").splitlines()
    assert len(lines) == 160
    assert all(len(set(json.loads(line)["question"])) == 1 for line in lines)


def test_a_line_break_or_a_broken_character_in_a_remark_stays_inside_its_line(tmp_path: Path) -> None:
    feedback.keep(tmp_path, "bad", "old", {"question": "a\nb\u2028c\ud800"})
    assert (tmp_path / feedback.FILE).read_bytes().count(b"\n") == 1


def test_an_unknown_verdict_or_reason_is_refused(tmp_path: Path) -> None:
    for verdict, why in (("love", ""), ("bad", "<b>")):
        with pytest.raises(ValueError, match="unknown remark"):
            feedback.keep(tmp_path, verdict, why, {})


def test_a_full_or_missing_place_names_the_file_and_the_mend(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(feedback.FeedbackError, match="Mend: "):
        feedback.keep(tmp_path / "missing", "good", "", {})
    monkeypatch.setattr(feedback, "MOST_BYTES", 10)
    with pytest.raises(feedback.FeedbackError, match=r"Mend: mv .*feedback\.jsonl"):
        feedback.keep(tmp_path, "good", "", {})
