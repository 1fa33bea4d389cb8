"""`hoitin` and its home: one that cannot be used, that may not be written to, that two want to write to."""

from __future__ import annotations

import ctypes
import json
import os
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from app import cli
from tests.app.terminal import Terminal
from tests.app.two_articles import BRIDGE, MARKET, archived, copied


@pytest.fixture
def terminal(tmp_path: Path) -> Terminal:
    return Terminal(tmp_path, tmp_path / "home")


@pytest.fixture(scope="module")
def archived_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return archived(tmp_path_factory.mktemp("archived"))


@pytest.fixture
def filled(terminal: Terminal, archived_once: Path) -> Terminal:
    """A home with the two articles, not indexed, and the file that they came from."""
    return copied(archived_once, terminal)


# ---- homes that cannot be used


def test_a_folder_that_is_not_ours_is_left_as_it_is(terminal: Terminal) -> None:
    terminal.home.mkdir()
    (terminal.home / "luan-van.docx").write_text("của người khác", encoding="utf-8")
    terminal.write("in.jsonl", BRIDGE)
    for words in (["ingest", "in.jsonl"], ["status"], ["ask", "Cầu dài bao nhiêu?"], ["serve"], ["reindex"]):
        ran = terminal.run(*words)
        assert ran.code == 1
        for part in (
            f"HOITIN_HOME={terminal.home}",
            "'luan-van.docx'",
            "wanted a new or empty folder",
            "Mend: export HOITIN_HOME=",
        ):
            assert part in ran.line
    assert [p.name for p in terminal.home.iterdir()] == ["luan-van.docx"]


def test_a_file_in_place_of_the_home_is_refused(terminal: Terminal) -> None:
    terminal.home.write_text("một tệp", encoding="utf-8")
    terminal.write("in.jsonl", BRIDGE)
    ran = terminal.run("ingest", "in.jsonl")
    assert ran.code == 1
    assert "found a file, wanted a folder. Mend: export HOITIN_HOME=" in ran.line
    assert terminal.home.read_text(encoding="utf-8") == "một tệp"


@pytest.mark.parametrize(
    "words", [["status"], ["ask", "Cầu dài bao nhiêu?"], ["export"], ["serve"], ["sync"], ["verify"]]
)
def test_reading_where_nothing_was_archived_says_how_to_begin(terminal: Terminal, words: Sequence[str]) -> None:
    ran = terminal.run(*words)
    assert ran.code == 1
    assert "no archive here yet" in ran.line
    assert "Mend: hoitin ingest SOURCE" in ran.line
    assert not terminal.home.exists()


PR_CAPBSET_DROP, CAP_DAC_OVERRIDE = 24, 1


def obey_permissions() -> None:
    """Root writes where it may not; without this right it obeys the permission bits like everybody."""
    if os.geteuid() == 0 and ctypes.CDLL(None).prctl(PR_CAPBSET_DROP, CAP_DAC_OVERRIDE, 0, 0, 0):
        raise OSError("root keeps its right to write everywhere")


def can_obey_permissions() -> bool:
    try:
        return subprocess.run(["true"], preexec_fn=obey_permissions).returncode == 0
    except (subprocess.SubprocessError, AttributeError):
        return False


needs_permissions = pytest.mark.skipif(not can_obey_permissions(), reason="permission bits do not hold this user back")


def made_read_only(folder: Path) -> None:
    for path in sorted(folder.rglob("*"), reverse=True):
        path.chmod(0o555 if path.is_dir() else 0o444)
    folder.chmod(0o555)


@needs_permissions
def test_a_home_that_may_not_be_written_to_is_named_before_anything_is_read(filled: Terminal) -> None:
    filled.write("moi.jsonl", {**MARKET, "id": "cho-2", "url": "https://bao.example/cho-2.html"})
    made_read_only(filled.home)
    ran = filled.run("ingest", "moi.jsonl", "--no-index", before=obey_permissions)
    assert ran.code == 1
    for part in (
        f"HOITIN_HOME={filled.home}",
        "cannot be written to (Permission denied)",
        "wanted a folder of yours",
        "Mend: chmod u+rwX",
    ):
        assert part in ran.line
    filled.home.chmod(0o755)


@needs_permissions
@pytest.mark.parametrize("words", [["sync"], ["reindex"], ["ask", "Cầu dài bao nhiêu?"]])
def test_a_command_that_needs_to_write_says_so_in_one_line(filled: Terminal, words: Sequence[str]) -> None:
    made_read_only(filled.home)
    ran = filled.run(*words, before=obey_permissions)
    assert ran.code == 1
    assert str(filled.home) in ran.line
    assert "Mend: " in ran.line
    filled.home.chmod(0o755)


@needs_permissions
def test_a_home_in_a_folder_that_may_not_be_written_to_is_refused(terminal: Terminal) -> None:
    terminal.write("in.jsonl", BRIDGE)
    terminal.folder.chmod(0o555)
    ran = terminal.run("ingest", "in.jsonl", before=obey_permissions)
    terminal.folder.chmod(0o755)
    assert ran.code == 1
    assert f"HOITIN_HOME={terminal.home}: cannot be written to (Permission denied)" in ran.line


def test_a_refused_write_ends_with_one_line_whoever_runs_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(self: Path, *_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied", str(self))

    monkeypatch.setenv("HOITIN_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(Path, "mkdir", refuse)
    assert cli.main(["ingest", "in.jsonl"]) == 1
    assert f"HOITIN_HOME={tmp_path / 'home'}: cannot be written to (Permission denied)" in capsys.readouterr().err


# ---- two at once


def test_a_second_writer_is_told_who_writes_and_nothing_of_either_is_lost(terminal: Terminal) -> None:
    terminal.write("in.jsonl", MARKET)
    first = terminal.start("ingest", "-", "--no-index")  # holds the home until its stdin ends
    assert first.stdin is not None
    first.stdin.write(json.dumps(BRIDGE, ensure_ascii=False) + "\n")
    first.stdin.flush()
    wait_for_the_writer(terminal.home, first.pid)

    second = terminal.run("ingest", "in.jsonl", "--no-index")
    assert second.code == 1
    assert f"process {first.pid} (hoitin ingest - --no-index) is writing" in second.line
    assert "wanted one writer at a time. Mend: wait until it ends" in second.line
    assert terminal.run("status").code == 0  # readers do not wait

    first.communicate(timeout=60)
    assert first.returncode == 0
    assert terminal.run("ingest", "in.jsonl", "--no-index").code == 0
    assert terminal.archived() == ["cau-1", "cho-1"]


def test_a_writer_that_was_killed_leaves_no_lock_behind(terminal: Terminal) -> None:
    terminal.write("in.jsonl", MARKET)
    first = terminal.start("ingest", "-", "--no-index")
    wait_for_the_writer(terminal.home, first.pid)
    first.kill()
    first.communicate(timeout=60)
    assert terminal.run("ingest", "in.jsonl", "--no-index").code == 0
    assert terminal.archived() == ["cho-1"]


def wait_for_the_writer(home: Path, pid: int) -> None:
    until = time.monotonic() + 30
    while time.monotonic() < until:
        try:
            if json.loads((home / "writing.json").read_bytes())["pid"] == pid:
                return
        except (OSError, ValueError):
            pass
        time.sleep(0.05)
    pytest.fail("the first process never began to write")
