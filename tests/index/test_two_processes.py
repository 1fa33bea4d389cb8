"""One process indexes while others search the same folder: nobody waits, nobody fails, and what is new is found."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

from wordbag import Room, bridge

from index.passage import Query
from index.search import Searcher
from index.sync import publish

ROOT = Path(__file__).parents[2]
SEARCHES = """
import sys, time
from pathlib import Path
from wordbag import Room
from index.passage import Query
from index.search import Searcher

opened, failed, slowest = 0, [], 0.0
while not Path(sys.argv[2]).exists():
    began = time.monotonic()
    try:
        room = Room.open(Path(sys.argv[1]))
        searcher = Searcher(room.stores, room.embedder)
        for _ in range(5):
            if not searcher.search(Query("Cầu số 0 thông xe", k=3)):
                failed.append("found nothing")
        room.close()
        opened += 1
    except Exception as error:
        failed.append(f"{type(error).__name__}: {error}")
    slowest = max(slowest, time.monotonic() - began)
print(opened, round(slowest, 1), failed[:3])
"""


def run(code: list[str]) -> subprocess.Popen[str]:
    path = os.pathsep.join([str(ROOT), str(Path(__file__).parent)])
    return subprocess.Popen(
        [sys.executable, *code], stdout=subprocess.PIPE, text=True, cwd=ROOT, env={**os.environ, "PYTHONPATH": path}
    )


def test_searching_goes_on_while_another_process_syncs_and_sees_what_is_new(tmp_path: Path) -> None:
    home, end = tmp_path / "kho", tmp_path / "hết"
    home.mkdir()
    room = Room.open(home)
    room.archive.add(bridge(0))
    room.sync()
    for n in range(1, 200):
        room.archive.add(bridge(n))
    searcher = Searcher(room.stores, room.embedder)

    others = [run(["-c", SEARCHES, str(home), str(end)]) for _ in range(2)]
    writer = run([str(Path(__file__).with_name("syncing.py")), str(home), "8", "0.05"])
    counts = set()
    slowest = 0.0
    while writer.poll() is None:
        began = time.monotonic()
        assert searcher.search(Query("Cầu số 0 thông xe", k=1))[0].passage.docid == "cau-0"
        slowest = max(slowest, time.monotonic() - began)
        counts.add(room.stores.vectors.count())
        time.sleep(0.01)
    end.touch()

    assert writer.returncode == 0
    for other in others:
        said, _ = other.communicate(timeout=60)
        opened, slow_s, failed = said.strip().split(" ", 2)
        assert failed == "[]", failed
        assert int(opened) >= 1
        assert float(slow_s) < 20
    assert slowest < 10
    assert len(counts) > 3, "the open searcher saw the index grow"
    assert searcher.search(Query("Cầu số 199 thông xe", k=1))[0].passage.docid == "cau-199"
    publish(room.stores)  # what was too little to be told at the end
    assert room.holds()[1] == {f"cau-{n}#0" for n in range(200)}
    room.close()
