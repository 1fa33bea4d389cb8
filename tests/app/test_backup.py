"""A backup holds what could not be made again, and a restore makes a whole home of it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.app.terminal import Terminal

pytestmark = pytest.mark.model

ARTICLE = {
    "id": "cau-1",
    "title": "Cầu Sông Lam thông xe",
    "body": "Cầu Sông Lam ở xã Lam Khê vừa thông xe sáng nay sau hai năm thi công. Cầu dài 450 m, hai làn xe.",
    "published": "2026-03-01T07:00:00+07:00",
    "outlet": "Báo Lam",
}


def test_a_home_comes_back_from_its_backup_with_accounts_remarks_and_an_index(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path, tmp_path / "kho")
    assert terminal.run("ingest", terminal.write("tin.jsonl", ARTICLE)).code == 0
    (terminal.home / "feedback.jsonl").write_text('{"verdict": "good"}\n', encoding="utf-8")
    (terminal.home / "secret").write_text("s", encoding="utf-8")
    (terminal.home / "secret").chmod(0o600)
    before = terminal.run("status", "--json").json()
    kept = tmp_path / "sao lưu"
    assert terminal.run("backup", str(kept)).out == f"{kept}: 1 articles and what belongs to them\n"
    assert not (kept / "index").exists()
    assert (kept / "secret").stat().st_mode & 0o777 == 0o600
    again = terminal.run("backup", str(kept))
    assert (again.code, again.line) == (
        1,
        f"hoitin backup: {kept}: found something there already, wanted a new folder. Mend: choose another name",
    )

    refused = terminal.run("restore", str(kept))
    assert refused.code == 1
    assert "found an archive there, wanted none. Mend: hoitin restore --replace" in refused.line
    shutil.rmtree(terminal.home)
    assert terminal.run("restore", str(kept)).out == f"{terminal.home}: 1 articles restored, 1 indexed\n"
    after = terminal.run("status", "--json").json()
    assert (after["index"]["digest"], after["articles"]) == (before["index"]["digest"], before["articles"])
    assert (terminal.home / "feedback.jsonl").read_text(encoding="utf-8") == '{"verdict": "good"}\n'
    assert terminal.run("ask", "Cầu Sông Lam dài bao nhiêu mét?", "--json").json()["citations"][0]["docid"] == "cau-1"

    assert terminal.run("restore", "--replace", str(kept)).code == 0
    aside = [path for path in tmp_path.iterdir() if path.name.startswith("kho.2")]
    assert len(aside) == 1
    assert (aside[0] / "archive.sqlite").exists()
    assert terminal.run("verify").code == 0


def test_what_is_no_backup_is_not_restored_and_a_damaged_one_is_named(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path, tmp_path / "kho")
    nothing = terminal.run("restore", str(tmp_path / "không có"))
    assert (nothing.code, "found nothing, wanted a folder of hoitin backup" in nothing.line) == (1, True)
    assert not terminal.home.exists()
    assert terminal.run("ingest", "--no-index", terminal.write("tin.jsonl", ARTICLE)).code == 0
    inside = terminal.run("backup", str(terminal.home / "trong"))
    assert (inside.code, "found a folder inside the home" in inside.line) == (2, True)
    kept = tmp_path / "sao lưu"
    assert terminal.run("backup", str(kept)).code == 0
    archive = kept / "archive.sqlite"
    data = bytearray(archive.read_bytes())
    at = data.find("xã Lam Khê".encode())
    data[at : at + 3] = b"XXX"
    archive.write_bytes(bytes(data))
    shutil.rmtree(terminal.home)
    damaged = terminal.run("restore", str(kept))
    assert damaged.code == 1
    assert "its archive is damaged" in damaged.line
    assert not terminal.home.exists()
