"""`hoitin check --csv --html --docx`: the files, and what is said when they cannot be written."""

from __future__ import annotations

import csv
from io import StringIO
from pathlib import Path

import docx
import pytest

from app.check import command
from app.cli import parser
from app.desk.files import check_paths, write_files
from ingest.errors import HoitinError, UsageError
from tests.web.checking import DRAFT, ScriptedChecker
from tests.web.press import BRIDGE, HOSTILE, RICE

CHECKS = [c.as_json() for c in ScriptedChecker(BRIDGE, RICE, HOSTILE).check(DRAFT)]


def test_each_form_that_has_a_path_is_written_with_every_verdict(tmp_path: Path) -> None:
    paths = {form: str(tmp_path / f"ra.{form}") for form in ("csv", "html", "docx")}
    write_files(DRAFT, CHECKS, {**paths, "html": None}, title="ban-thao")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["ra.csv", "ra.docx"]
    rows = list(csv.DictReader(StringIO(Path(paths["csv"]).read_text("utf-8-sig"), newline="")))
    assert [row["Kết quả"][:1] for row in rows if row["Kết quả"]] == ["✓", "✗", "✓", "K", "?", "✗"]
    document = docx.Document(paths["docx"])
    assert document.paragraphs[0].text == "ban-thao"
    assert document.paragraphs[1].text.startswith("Kiểm chứng lúc ")
    write_files(DRAFT, CHECKS, {"html": paths["html"]})
    assert Path(paths["html"]).read_text("utf-8").count("<article") == 5


def test_a_path_that_can_be_no_file_is_refused_before_a_draft_is_checked(tmp_path: Path) -> None:
    for path, found in ((tmp_path, "a folder"), (tmp_path / "khong" / "co.csv", "no folder to hold it")):
        arguments = parser().parse_args(["check", str(tmp_path / "no-draft.txt"), "--csv", str(path)])
        with pytest.raises(UsageError) as refused:
            command.check(arguments)
        assert str(refused.value) == f"--csv {path}: found {found}, wanted a file. Mend: --csv ./check.csv"
    check_paths({"csv": None, "docx": str(tmp_path / "x.docx")})


def test_a_file_that_cannot_be_written_is_named_and_nothing_half_written_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.replace", full)
    with pytest.raises(HoitinError, match=r"--html .*ra\.html: No space left on device, wanted a file to write"):
        write_files(DRAFT, CHECKS, {"html": str(tmp_path / "ra.html")})
    assert list(tmp_path.iterdir()) == []
