"""`hoitin` as people run it: the real command in a process of its own, good words and bad."""

from __future__ import annotations

import ctypes
import json
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from app import cli, commands
from tests.app.terminal import HOITIN, Terminal

BRIDGE = {
    "id": "cau-1",
    "url": "https://bao.example/cau-song-vang-20260711.html",
    "title": "Cầu Sông Vàng thông xe sau bốn năm thi công",
    "body": "Sáng 11/7, cầu Sông Vàng nối xã Bình Khê với phường Tân Lập được thông xe.\n"
    "Bà Đinh Thị Nhàn, Giám đốc Ban quản lý dự án, cho biết cầu dài 1.240 m và có bốn làn xe.",
    "published": "2026-07-11T09:00:00+07:00",
    "outlet": "Báo Ví Dụ",
}
MARKET = {
    "id": "cho-1",
    "url": "https://bao.example/cho-dem-ben-tre-xanh-20260712.html",
    "title": "Chợ đêm Tre Xanh mở lại sau trận bão",
    "body": "Tối 12/7, chợ đêm Tre Xanh mở lại với 86 gian hàng của bà con trong phường.\n"
    "Ban quản lý chợ miễn phí thuê chỗ trong ba tháng đầu.",
    "published": "2026-07-12T20:00:00+07:00",
    "outlet": "Báo Ví Dụ",
}


@pytest.fixture
def terminal(tmp_path: Path) -> Terminal:
    return Terminal(tmp_path, tmp_path / "home")


@pytest.fixture(scope="module")
def archived_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = Terminal(folder := tmp_path_factory.mktemp("archived"), folder / "home")
    made.write("in.jsonl", BRIDGE, MARKET)
    assert made.run("ingest", "in.jsonl", "--no-index").code == 0
    return folder


@pytest.fixture
def filled(terminal: Terminal, archived_once: Path) -> Terminal:
    """A home with the two articles, not indexed, and the file that they came from."""
    shutil.copytree(archived_once, terminal.folder, dirs_exist_ok=True)
    return terminal


# ---- what is read in


def test_articles_go_in_once_and_come_out_as_one_line_each(filled: Terminal) -> None:
    again = filled.run("ingest", "in.jsonl", "--no-index", "--json").json()
    assert (again["accepted"], again["unchanged"], again["rejected"]) == (0, 2, [])
    exported = [json.loads(line) for line in filled.run("export").out.splitlines()]
    assert [a["id"] for a in exported] == ["cau-1", "cho-1"]
    assert exported[0]["published"] == "2026-07-11T09:00:00+07:00"
    assert exported[0]["text"].endswith("cầu dài 1.240 m và có bốn làn xe.")


def test_a_corrected_article_is_a_new_version_and_the_old_one_is_not_exported(filled: Terminal) -> None:
    filled.write("sua.jsonl", {**BRIDGE, "body": BRIDGE["body"].replace("1.240", "1.420")})
    assert filled.run("ingest", "sua.jsonl", "--no-index", "--json").json()["updated"] == 1
    (bridge,) = [a for a in map(json.loads, filled.run("export").out.splitlines()) if a["id"] == "cau-1"]
    assert bridge["version"] == 2
    assert "1.420" in bridge["text"]
    assert "1.240" not in bridge["text"]


def test_articles_come_in_through_stdin(terminal: Terminal) -> None:
    ran = terminal.run("ingest", "-", "--no-index", stdin=json.dumps(BRIDGE, ensure_ascii=False))
    assert ran.code == 0
    assert terminal.archived() == ["cau-1"]


def test_a_file_that_is_not_there_is_named_with_what_could_be_read_instead(filled: Terminal) -> None:
    ran = filled.run("ingest", "khong-co.jsonl", "--no-index")
    assert ran.code == 1
    for part in (
        "hoitin ingest: khong-co.jsonl: no such file",
        "wanted .jsonl",
        "Mend: check the name",
        str(filled.folder),
    ):
        assert part in ran.line
    assert filled.archived() == ["cau-1", "cho-1"]


@pytest.mark.parametrize("name", ["rong.jsonl", "rong.txt", "rong.html", "rong.json"])
def test_an_empty_file_is_refused_and_the_files_beside_it_go_in(terminal: Terminal, name: str) -> None:
    terminal.write(name)
    terminal.write("in.jsonl", BRIDGE)
    ran = terminal.run("ingest", name, "in.jsonl", "--no-index", "--json")
    assert ran.json()["accepted"] == 1
    assert [r["source"] for r in ran.json()["rejected"]] == [name]
    assert terminal.archived() == ["cau-1"]
    if ran.code:
        assert f"{name}: found nothing in it, wanted" in ran.line
        assert "Mend: " in ran.line


def test_a_broken_line_is_reported_with_its_number_and_the_others_go_in(terminal: Terminal) -> None:
    terminal.write("in.jsonl", BRIDGE, '{"id": "hong", "title": "Đứt giữa ch', MARKET)
    ran = terminal.run("ingest", "in.jsonl", "--no-index", "--json")
    assert ran.code == 0
    assert ran.json()["accepted"] == 2
    (rejected,) = ran.json()["rejected"]
    assert rejected["source"] == "in.jsonl:2"
    assert "JSON" in rejected["detail"]
    assert terminal.archived() == ["cau-1", "cho-1"]


def test_a_broken_line_is_shown_to_a_person_too(terminal: Terminal) -> None:
    terminal.write("in.jsonl", "không phải JSON", MARKET)
    out = terminal.run("ingest", "in.jsonl", "--no-index").out
    assert out.startswith("1 accepted, 0 updated, 0 unchanged, 0 duplicate, 1 rejected")
    assert "rejected in.jsonl:1: " in out


def test_a_run_of_which_nothing_could_be_kept_fails_and_says_so_in_one_line(terminal: Terminal) -> None:
    undated = {**BRIDGE, "published": "2999-07-11"} | {"url": ""}
    terminal.write("in.jsonl", undated, {**undated, "id": "cau-2", "title": ""})
    ran = terminal.run("ingest", "in.jsonl", "--no-index")
    assert ran.code == 1
    assert ran.line == (
        "hoitin ingest: all 2 items found were refused (no_date 1, no_title 1), wanted at least one article. "
        "Mend: hoitin ingest --allow-undated SOURCE"
    )
    assert "in.jsonl:1: no_date: Its time of publication, “2999-07-11”, lies in the future; one like" in ran.out
    terminal.write("cau.jsonl", BRIDGE, undated)
    assert terminal.run("ingest", "cau.jsonl", "--no-index").code == 0


def test_a_source_that_cannot_be_read_is_told_once(terminal: Terminal) -> None:
    ran = terminal.run("ingest", "khong-co.jsonl", "--no-index")
    assert (ran.out + ran.err).count("khong-co.jsonl") == 1


def test_an_outlet_that_the_archive_does_not_know_is_refused_with_the_nearest(filled: Terminal) -> None:
    ran = filled.run("ask", "Cầu nào?", "--source", "Bao Vi Du 2")
    assert ran.code == 2
    assert ran.line == (
        "hoitin ask: --source 'Bao Vi Du 2': no archived article is of this outlet, wanted one of the archive's own "
        "(Báo Ví Dụ; hoitin status lists them). Mend: hoitin ask … --source 'Báo Ví Dụ'"
    )


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


# ---- questions and words that are off


def test_a_question_of_spaces_is_bad_usage(filled: Terminal) -> None:
    ran = filled.run("ask", " \u00a0\t ")
    assert ran.code == 2
    assert ran.line == 'hoitin ask: the question is empty; wanted a sentence. Mend: hoitin ask "Ai …?"'


def test_a_question_of_twenty_thousand_characters_is_bad_usage(filled: Terminal) -> None:
    ran = filled.run("ask", "cầu " * 5_000)
    assert ran.code == 2
    assert "the question has 19,999 characters, wanted at most 2,000. Mend: " in ran.line


@pytest.mark.parametrize(
    ("words", "part"),
    [
        (["ask", "Cầu nào?", "--since", "hôm qua"], "--since: found 'hôm qua', wanted a day. Mend: --since 2026-10-31"),
        (["ask", "Cầu nào?", "--until", "2026-02-30"], "--until: found '2026-02-30', wanted a day"),
        (
            ["ask", "Cầu nào?", "--now", "sáng nay"],
            "--now: found 'sáng nay', wanted an ISO 8601 moment. Mend: --now 2026",
        ),
        (
            ["ask", "Cầu nào?", "--history", "khong-co.json"],
            "--history khong-co.json: No such file or directory; wanted [",
        ),
        (["ask", "Cầu nào?", "--history", "in.jsonl"], "Mend: correct the file"),
    ],
)
def test_a_word_that_is_off_is_named_with_one_that_works(filled: Terminal, words: Sequence[str], part: str) -> None:
    ran = filled.run(*words)
    assert ran.code == 2
    assert part in ran.line


@pytest.mark.parametrize(
    ("name", "value", "wanted"),
    [
        ("HOITIN_PORT", "tám nghìn", "wanted a whole number from 0 to 65535. Mend: unset HOITIN_PORT"),
        ("HOITIN_PORT", "70000", "wanted a whole number from 0 to 65535. Mend: unset HOITIN_PORT"),
        ("HOITIN_THREADS", "-1", "wanted a whole number from 0 to 1024. Mend: unset HOITIN_THREADS"),
        ("HOITIN_ENGINE", "cuda", "wanted 'auto' or 'torch'. Mend: unset HOITIN_ENGINE"),
    ],
)
def test_a_setting_that_is_off_is_named(filled: Terminal, name: str, value: str, wanted: str) -> None:
    ran = filled.run("status", **{name: value})
    assert ran.code == 2
    assert f"{name}: found {value!r}, {wanted}" in ran.line


@pytest.mark.parametrize(
    "words", [[], ["hoi"], ["ask"], ["ingest"], ["serve", "--port", "99999"], ["serve", "--port", "-1"]]
)
def test_bad_usage_ends_with_two_and_the_usage_line(terminal: Terminal, words: Sequence[str]) -> None:
    ran = terminal.run(*words)
    assert ran.code == 2
    assert ran.err.startswith("usage: hoitin")


def test_help_names_every_command_and_every_setting(terminal: Terminal) -> None:
    ran = terminal.run("--help")
    assert ran.code == 0
    for command in ("ingest", "ask", "serve", "export", "status", "sync", "reindex", "verify"):
        assert f"\n    {command} " in ran.out
        assert getattr(commands, command)
    for name in ("HOME", "MODEL", "CACHE", "CHROMA", "ENGINE", "THREADS", "HOST", "PORT"):
        assert f"HOITIN_{name}" in ran.out


# ---- serving and writing out


def test_a_port_in_use_is_refused_before_anything_slow(filled: Terminal) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        ran = filled.run("serve", "--port", str(port))
    assert ran.code == 1
    assert f"port {port} on 127.0.0.1: in use, wanted a free one" in ran.line
    assert "Mend: hoitin serve --port " in ran.line


def test_an_export_into_a_folder_that_is_not_there_is_refused(filled: Terminal) -> None:
    ran = filled.run("export", "--json", "khong/co/kho.jsonl")
    assert ran.code == 1
    assert (
        "khong/co/kho.jsonl: No such file or directory, wanted a file to write. Mend: hoitin export --json" in ran.line
    )


def test_a_reader_that_goes_away_ends_an_export_quietly(filled: Terminal) -> None:
    long = f"{BRIDGE['body']} " * 40
    filled.write(
        "nhieu.jsonl",
        *({**BRIDGE, "id": f"c{n}", "url": f"https://bao.example/c{n}.html", "body": f"{n} {long}"} for n in range(30)),
    )
    assert filled.run("ingest", "nhieu.jsonl", "--no-index").code == 0
    piped = subprocess.run(
        ["bash", "-c", 'set -o pipefail; "$0" export | head -c 100', HOITIN],
        cwd=filled.folder, env=filled.environment(), capture_output=True, text=True, encoding="utf-8",
    )  # fmt: skip
    assert (piped.returncode, piped.stderr) == (0, "")


def test_vietnamese_leaves_as_utf8_whatever_the_locale_says(filled: Terminal) -> None:
    plain = filled.run("export").out
    assert filled.run("export", LC_ALL="C", PYTHONIOENCODING="latin-1").out == plain
