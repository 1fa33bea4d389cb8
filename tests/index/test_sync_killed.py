"""A sync killed at any moment: the next one finishes the work, and the index is that of an undisturbed run."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

from wordbag import Room, bridge

from index.passage import Query
from index.search import Searcher
from index.verify import verify

ARTICLES = 160
KILLS = 6
ROOT = Path(__file__).parents[2]


def start(folder: Path) -> subprocess.Popen[str]:
    begun = subprocess.Popen(
        [sys.executable, Path(__file__).with_name("syncing.py"), str(folder)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert begun.stdout is not None
    assert begun.stdout.readline() == "ready\n"
    return begun


def fill(folder: Path) -> None:
    folder.mkdir()
    room = Room.open(folder)
    for n in range(ARTICLES):
        room.archive.add(bridge(n))
    room.close()


def answers(folder: Path) -> tuple[str, list[list[tuple[str, float]]]]:
    """The index digest, and what some questions find with their scores; raises if anything does not agree."""
    room = Room.open(folder)
    try:
        assert verify(room.archive, room.stores, room.embedder) == []
        searcher = Searcher(room.stores, room.embedder)
        asked = [searcher.search(Query(f"Cầu số {n} dài bao nhiêu mét?", k=5)) for n in (3, 77, 159)]
        return room.stores.catalogue.digest(), [[(h.passage.id, round(h.score, 6)) for h in hits] for hits in asked]
    finally:
        room.close()


def test_a_sync_killed_at_random_moments_loses_nothing_and_doubles_nothing(tmp_path: Path) -> None:
    quiet, killed = tmp_path / "yên", tmp_path / "đứt"
    fill(quiet)
    began = time.monotonic()
    assert start(quiet).wait() == 0
    takes_s = time.monotonic() - began

    fill(killed)
    chance = random.Random(2026)
    fell = 0
    for _ in range(KILLS):
        process = start(killed)
        time.sleep(chance.uniform(0, takes_s / 2))
        process.send_signal(signal.SIGKILL)
        fell += process.wait() == -signal.SIGKILL
    assert fell >= 3, "the kills came too late to prove anything"
    assert start(killed).wait() == 0
    assert answers(killed) == answers(quiet)


def test_between_a_kill_and_the_next_sync_searching_works(tmp_path: Path) -> None:
    fill(tmp_path / "kho")
    process = start(tmp_path / "kho")
    room = Room.open(tmp_path / "kho")
    until = time.monotonic() + 60
    while room.stores.vectors.count() < 20 and time.monotonic() < until:
        time.sleep(0.02)
    process.send_signal(signal.SIGKILL)
    process.wait()
    hits = Searcher(room.stores, room.embedder).search(Query("Cầu số 3 thông xe", k=3))
    assert len(hits) == 3
    assert all(room.archive.get(hit.passage.docid) for hit in hits)
    room.close()
