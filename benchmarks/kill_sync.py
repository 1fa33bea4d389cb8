"""Kill `hoitin sync` again and again, then finish it: is the index that of an undisturbed run?

    python benchmarks/kill_sync.py ARTICLES.jsonl [--limit 300] [--kills 20] [--seed 1]

Two homes take in the same articles. In one, sync runs undisturbed; in the other it
is killed (SIGKILL) at random moments, as often as asked. At the end `hoitin verify`
must be silent, and the index digest and the answers to questions made of headlines
must be equal. Prints one line a kill, then a summary; exits 1 if anything differs.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

HOITIN = [sys.executable, "-m", "app.cli"]
ROOT = Path(__file__).parents[1]
QUESTIONS = 5


def hoitin(home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*HOITIN, *words], env=environment(home), cwd=ROOT, capture_output=True, text=True)


def environment(home: Path) -> dict[str, str]:
    return {**os.environ, "HOITIN_HOME": str(home)}


def sync(home: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen([*HOITIN, "sync"], env=environment(home), cwd=ROOT, stderr=subprocess.DEVNULL)


def state(home: Path, questions: list[str]) -> dict[str, Any]:
    """What must be equal: the index digest, what verify says, and what the questions find."""
    found = json.loads(hoitin(home, "status", "--json").stdout)
    answers = [json.loads(hoitin(home, "ask", question, "--json").stdout) for question in questions]
    return {
        "digest": found["index"]["digest"],
        "passages": found["index"]["passages"],
        "verify": hoitin(home, "verify").stdout.strip(),
        "answers": [(a["answer"], [(h["passage_id"], round(h["score"], 4)) for h in a["hits"]]) for a in answers],
    }


def main() -> int:
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("articles", type=Path)
    words.add_argument("--limit", type=int, default=300)
    words.add_argument("--kills", type=int, default=20)
    words.add_argument("--seed", type=int, default=1)
    asked = words.parse_args()
    opened = gzip.open if asked.articles.suffix == ".gz" else open
    with opened(asked.articles, "rt", encoding="utf-8") as stream:
        lines = [line for line, _ in zip(stream, range(asked.limit), strict=False)]
    chance = random.Random(asked.seed)
    titles = [json.loads(line)["title"] for line in lines]
    questions = chance.sample(titles, min(QUESTIONS, len(titles)))

    with tempfile.TemporaryDirectory(prefix="hoitin-kill-") as work:
        quiet, killed = Path(work) / "quiet", Path(work) / "killed"
        few = Path(work) / "articles.jsonl"
        few.write_text("".join(lines), encoding="utf-8")
        took_in = hoitin(quiet, "ingest", str(few), "--no-index", "--allow-undated", "--any-language")
        print(took_in.stdout.strip() or took_in.stderr.strip())
        shutil.copytree(quiet, killed)
        began = time.monotonic()
        sync(quiet).wait()
        takes_s = time.monotonic() - began
        print(f"undisturbed sync: {takes_s:.1f} s")

        fell = 0
        for n in range(asked.kills):
            process = sync(killed)
            after_s = chance.uniform(0.2, max(1.0, 0.6 * takes_s))
            time.sleep(after_s)
            process.send_signal(signal.SIGKILL)
            ended = process.wait()
            fell += ended == -signal.SIGKILL
            said = hoitin(killed, "status", "--json").stdout
            index = json.loads(said)["index"]
            print(
                f"kill {n + 1}: after {after_s:.1f} s, {index['passages']} passages, {index['behind']} changes behind"
            )
        sync(killed).wait()
        wanted, found = state(quiet, questions), state(killed, questions)
        for name in wanted:
            print(f"{name}: {'equal' if wanted[name] == found[name] else f'{wanted[name]} != {found[name]}'}")
        print(
            f"{fell} of {asked.kills} kills fell into a running sync; {wanted['passages']} passages; {found['verify']}"
        )
        return 0 if wanted == found and found["verify"] == "archive, vectors and word index agree" else 1


if __name__ == "__main__":
    sys.exit(main())
