"""kill -9 in the middle of an ingest, and two processes on one archive: nothing lost, nothing twice, nobody blocked."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.archive import Archive
from ingest.home import Home, HomeBusy
from ingest.run import ingest

COUNT = 400

INGEST = """
import sys
from pathlib import Path
from ingest.archive import Archive
from ingest.home import Home
from ingest.run import ingest
home = Home.open(Path(sys.argv[1]))
with home.writing(wait_s=20), Archive.open(home.archive) as archive:
    print("open", flush=True)
    ingest(archive, [sys.argv[2]], on_progress=lambda done, total, label: print(done, flush=True))
    print("done", flush=True)
    sys.stdin.read()
"""
"""Writes until killed, or until its input is closed."""


def write_news(path: Path) -> None:
    places = ("Lam Khê", "Bến Trúc", "Hòn Sơn", "Đồi Mây")
    with open(path, "w", encoding="utf-8") as out:
        for number in range(COUNT):
            place = places[number % 4]
            record = {
                "id": f"tin-{number:03d}",
                "url": f"https://bao.example/tin-{100000 + number}.html",
                "title": f"Xã {place} mở lớp học bơi thứ {number}",
                "body": f"Ngày khai giảng, xã {place} đón {number} học sinh đến lớp học bơi miễn phí của địa phương.",
                "published": "2025-03-01T07:00:00+07:00",
            }
            out.write(json.dumps(record, ensure_ascii=False) + "\n")


def started(home: Path, news: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", INGEST, str(home), str(news)]
    child = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert child.stdout is not None
    assert child.stdout.readline() == "open\n"
    return child


def reported(child: subprocess.Popen[str]) -> Iterator[int]:
    """How many articles were done, each time the child says so, to its last word."""
    assert child.stdout is not None
    for line in child.stdout:
        if not line.endswith("\n") or line == "done\n":  # cut off by the kill, or finished
            return
        yield int(line)


def test_killed_at_five_moments_and_run_again_the_archive_is_that_of_an_undisturbed_run(tmp_path: Path) -> None:
    news = tmp_path / "news.jsonl"
    write_news(news)
    with Archive.open(tmp_path / "undisturbed.sqlite") as undisturbed:
        assert ingest(undisturbed, [str(news)]).accepted == COUNT
        wanted = undisturbed.digest()

    home = Home.open(tmp_path / "kho")
    moments = sorted(random.Random(7).sample(range(1, COUNT), 5))
    for moment in moments:
        child = started(home.path, news)
        said = 0
        for said in reported(child):
            if said == moment:
                child.kill()
        child.kill()
        child.wait()
        with Archive.open(home.archive) as archive:
            assert archive.problems() == []
            kept = [article.id for article in archive.current()]
            assert kept == [f"tin-{number:03d}" for number in range(len(kept))]
            assert moment <= said <= len(kept)
            numbered = {change.docid: change.number for change in archive.changes(0)}
            assert sorted(numbered) == kept
            assert len(set(numbered.values())) == len(kept)
            assert max(numbered.values()) == archive.change_number()

    with home.writing(), Archive.open(home.archive) as archive:
        report = ingest(archive, [str(news)])
        assert report.accepted + report.unchanged == COUNT
        assert report.unchanged >= moments[-1]
        assert archive.digest() == wanted
        assert archive.unlinked() == []


def test_while_one_process_ingests_another_reads_and_a_third_may_not_write(tmp_path: Path) -> None:
    news = tmp_path / "news.jsonl"
    write_news(news)
    child = started(tmp_path / "kho", news)
    try:
        home = Home.open(tmp_path / "kho", create=False)
        with Archive.open(home.archive, read_only=True) as archive:
            seen = []
            for said in reported(child):
                seen.append(archive.count())
                assert seen[-1] >= said
            assert seen == sorted(seen)
            assert seen[-1] == COUNT
            with pytest.raises(HomeBusy, match=f"process {child.pid} "), home.writing():
                raise AssertionError("two writers")
            child.communicate(timeout=30)
            assert child.returncode == 0
            with home.writing(wait_s=5):
                pass
    finally:
        child.kill()
        child.wait()
