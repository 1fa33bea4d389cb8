"""A process that syncs a room, slowly enough to be killed anywhere: `python syncing.py FOLDER [BATCH] [PAUSE_S]`.

It prints "ready" before it begins, and "done" at the end. Batches are small and
the vector store is brought up after each, so that a kill can fall into any step.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from wordbag import Room

from index import sync as module

if __name__ == "__main__":
    folder, batch, pause_s = Path(sys.argv[1]), int((sys.argv[2:] or ["8"])[0]), float((sys.argv[3:] or ["0"])[0])
    module.BATCH_ARTICLES = batch
    module.PUBLISH_S = 0.0
    module.PUBLISH_SHARE = 1e9  # whatever it costs
    room = Room.open(folder)
    print("ready", flush=True)
    module.sync(
        room.archive, room.stores, room.embedder, on_progress=lambda *_: time.sleep(pause_s) if pause_s else None
    )
    room.close()
    print("done", flush=True)
