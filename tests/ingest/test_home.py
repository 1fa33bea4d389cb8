"""The home folder: whose it is, who may write, and what is said when it cannot be used."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from ingest.home import Home, HomeBusy, HomeError, HomeMissing

HOLDER = """
import sys, time
from pathlib import Path
from ingest.home import Home
with Home.open(Path(sys.argv[1])).writing():
    print("holding", flush=True)
    time.sleep(60)
"""


def held_by_another(path: Path) -> subprocess.Popen[str]:
    holder = subprocess.Popen([sys.executable, "-c", HOLDER, str(path)], stdout=subprocess.PIPE, text=True)
    assert holder.stdout is not None
    assert holder.stdout.readline() == "holding\n"
    return holder


def test_opening_a_new_home_makes_the_folder_and_its_marker(tmp_path: Path) -> None:
    home = Home.open(tmp_path / "kho" / "tin")
    assert json.loads((home.path / "hoitin.json").read_text()) == {"format": 1}
    assert Home.open(home.path) == home


def test_an_empty_folder_becomes_a_home_and_so_does_a_fresh_volume(tmp_path: Path) -> None:
    (tmp_path / "lost+found").mkdir()
    assert Home.open(tmp_path).archive == tmp_path / "archive.sqlite"


def test_a_home_whose_making_was_cut_off_is_made_again(tmp_path: Path) -> None:
    (tmp_path / "hoitin.json.4711").write_text("{")
    assert Home.open(tmp_path, create=True).path == tmp_path


def test_a_folder_that_is_not_ours_is_refused_and_left_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "luan-van.docx").write_text("x")
    with pytest.raises(HomeError, match=r"not ours \(found 'luan-van.docx', no hoitin.json\).*export HOITIN_HOME"):
        Home.open(tmp_path)
    assert [p.name for p in tmp_path.iterdir()] == ["luan-van.docx"]


def test_a_file_in_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "kho").write_text("")
    with pytest.raises(HomeError, match="found a file, wanted a folder"):
        Home.open(tmp_path / "kho")
    with pytest.raises(HomeError, match="cannot be written to"):
        Home.open(tmp_path / "kho" / "tin")


def test_a_reader_of_a_missing_home_is_told_how_to_fill_one_and_nothing_is_made(tmp_path: Path) -> None:
    with pytest.raises(HomeMissing, match=r"hoitin ingest SOURCE.*make run") as raised:
        Home.open(tmp_path / "kho", create=False)
    assert "HOITIN" not in raised.value.public
    assert not (tmp_path / "kho").exists()


def test_a_home_of_a_newer_format_is_refused(tmp_path: Path) -> None:
    (tmp_path / "hoitin.json").write_text('{"format": 2}')
    with pytest.raises(HomeError, match="format 2, wanted at most 1"):
        Home.open(tmp_path)


@pytest.mark.parametrize("marker", ["", "[]", "{}", "not json", "\xff"])
def test_a_broken_marker_is_named_with_the_command_that_mends_it(tmp_path: Path, marker: str) -> None:
    (tmp_path / "hoitin.json").write_text(marker, encoding="latin-1")
    with pytest.raises(HomeError, match=r"hoitin\.json: .*Mend: echo"):
        Home.open(tmp_path)


def test_a_folder_that_cannot_be_written_to_is_refused_at_opening(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The refusal is the operating system's own, as on a read-only mount; permission bits do not stop root."""
    home = Home.open(tmp_path / "kho")
    real_open = open

    def read_only_disk(file: object, mode: str = "r", *rest: object, **named: object) -> object:
        if set(mode) & set("wax+") and str(file).startswith(str(home.path)):
            raise OSError(errno.EROFS, os.strerror(errno.EROFS), str(file))
        return real_open(file, mode, *rest, **named)  # type: ignore[call-overload]

    monkeypatch.setattr("builtins.open", read_only_disk)
    with pytest.raises(HomeError, match=r"cannot be written to \(Read-only file system\).*chmod u\+rwX"):
        Home.open(home.path)
    assert Home.open(home.path, create=False) == home  # readers need no writing


def test_a_second_writer_is_told_who_is_writing_and_readers_are_not_held_up(tmp_path: Path) -> None:
    holder = held_by_another(tmp_path)
    try:
        home = Home.open(tmp_path)
        says = rf"process {holder.pid} \(.*\) is writing, wanted one writer"
        with pytest.raises(HomeBusy, match=says) as raised, home.writing():
            raise AssertionError("two writers")
        assert raised.value.public == "Kho tin đang được cập nhật, bạn thử lại sau ít phút nhé."
        assert Home.open(tmp_path, create=False) == home
    finally:
        holder.kill()
        holder.wait()


def test_a_killed_writer_leaves_no_lock_behind(tmp_path: Path) -> None:
    holder = held_by_another(tmp_path)
    holder.kill()
    holder.wait()
    with Home.open(tmp_path).writing(wait_s=0):
        pass


def test_two_writers_in_one_process_exclude_each_other_too(tmp_path: Path) -> None:
    home = Home.open(tmp_path)
    with home.writing(), pytest.raises(HomeBusy, match=f"process {os.getpid()} "), Home.open(tmp_path).writing():
        raise AssertionError("two writers")
    with home.writing():
        pass


def test_a_patient_writer_waits_for_the_other_to_end(tmp_path: Path) -> None:
    holder = held_by_another(tmp_path)
    ender = subprocess.Popen(["sh", "-c", f"sleep 0.4; kill -9 {holder.pid}"])
    try:
        with Home.open(tmp_path).writing(wait_s=20):
            assert json.loads((tmp_path / "writing.json").read_text())["pid"] == os.getpid()
    finally:
        holder.kill()
        holder.wait()
        ender.wait()
