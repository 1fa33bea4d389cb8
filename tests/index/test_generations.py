"""A folder in generations: written once, replaced whole, kept while somebody reads it."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from index.generations import Generations

HOLDER = """
import sys, time
from pathlib import Path
from index.generations import Generations
held = Generations(Path(sys.argv[1])).hold()
print(held.path.name, flush=True)
time.sleep(60)
"""


def write(generations: Generations, text: str, *, fresh: bool = False) -> None:
    with generations.writing(fresh=fresh) as draft:
        (draft / f"{text}.txt").write_text(text)


def names(folder: Path) -> list[str]:
    return sorted(p.name for p in folder.iterdir())


def test_nothing_is_there_before_the_first_is_written(tmp_path: Path) -> None:
    generations = Generations(tmp_path / "kho")
    assert generations.newest() is None
    assert generations.hold() is None
    assert not (tmp_path / "kho").exists()


def test_the_next_generation_begins_as_a_copy_and_replaces_the_one_before(tmp_path: Path) -> None:
    generations = Generations(tmp_path)
    write(generations, "một")
    write(generations, "hai")
    assert names(tmp_path) == ["g000002"]
    assert sorted(p.name for p in (tmp_path / "g000002").glob("*.txt")) == ["hai.txt", "một.txt"]


def test_a_fresh_generation_begins_empty(tmp_path: Path) -> None:
    generations = Generations(tmp_path)
    write(generations, "một")
    write(generations, "hai", fresh=True)
    assert [p.name for p in (tmp_path / "g000002").glob("*.txt")] == ["hai.txt"]


def test_a_block_that_fails_changes_nothing_and_leaves_nothing(tmp_path: Path) -> None:
    generations = Generations(tmp_path)
    write(generations, "một")

    def fail_half_way() -> None:
        with generations.writing() as draft:
            (draft / "hai.txt").write_text("hai")
            raise RuntimeError("giữa chừng")

    with pytest.raises(RuntimeError, match="giữa chừng"):
        fail_half_way()
    assert names(tmp_path) == ["g000001"]


def test_the_draft_of_a_killed_writer_is_swept_by_the_next(tmp_path: Path) -> None:
    (tmp_path / ".draft-000001").mkdir()
    (tmp_path / ".draft-000001" / "nửa.txt").write_text("nửa")
    write(Generations(tmp_path), "một")
    assert names(tmp_path) == ["g000001"]
    assert not (tmp_path / "g000001" / "nửa.txt").exists()


def test_a_held_generation_stays_until_it_is_released(tmp_path: Path) -> None:
    generations = Generations(tmp_path)
    write(generations, "một")
    held = generations.hold()
    assert held is not None
    write(generations, "hai")
    assert (held.path / "một.txt").read_text() == "một"
    assert generations.newest() == tmp_path / "g000002"
    held.release()
    write(generations, "ba")
    assert names(tmp_path) == ["g000003"]


def test_another_process_holds_a_generation_until_it_ends(tmp_path: Path) -> None:
    generations = Generations(tmp_path)
    write(generations, "một")
    other = subprocess.Popen([sys.executable, "-c", HOLDER, str(tmp_path)], stdout=subprocess.PIPE, text=True)
    try:
        assert other.stdout is not None
        assert other.stdout.readline() == "g000001\n"
        write(generations, "hai")
        assert names(tmp_path) == ["g000001", "g000002"]
    finally:
        other.kill()
        other.wait()
    write(generations, "ba")
    assert names(tmp_path) == ["g000003"]


def test_a_sqlite_file_is_copied_as_of_its_last_commit(tmp_path: Path) -> None:
    generations = Generations(tmp_path)
    with generations.writing() as draft, closing(sqlite3.connect(draft / "a.sqlite3")) as made:
        made.execute("CREATE TABLE t (x)")
        made.execute("INSERT INTO t VALUES (1)")
        made.commit()
    # A reader in the middle of writing down that it reads: its row is not there yet.
    with closing(sqlite3.connect(tmp_path / "g000001" / "a.sqlite3")) as reader:
        reader.execute("INSERT INTO t VALUES (2)")
        write(generations, "hai")
    with closing(sqlite3.connect(tmp_path / "g000002" / "a.sqlite3")) as copy:
        assert copy.execute("SELECT x FROM t").fetchall() == [(1,)]
    assert not list((tmp_path / "g000002").glob("*-journal"))


def test_what_is_no_generation_is_left_alone_and_never_the_newest(tmp_path: Path) -> None:
    (tmp_path / "chroma.sqlite3").write_text("of an older hoitin")
    (tmp_path / "g1").mkdir()
    write(Generations(tmp_path), "một")
    assert names(tmp_path) == ["chroma.sqlite3", "g000001", "g1"]
