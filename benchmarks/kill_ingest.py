"""Kill `hoitin ingest` again and again, then finish it: is the archive that of an undisturbed run?

    python benchmarks/kill_ingest.py ARTICLES.jsonl[.gz] [--limit 4000] [--kills 20] [--seed 1]

Homes take in the same articles. In one, ingest runs undisturbed; in another it is killed (SIGKILL) at random moments,
while reading or comparing, and run again; when it ends before its kill, the next home is begun, until as many kills
as asked have hit a running ingest. In every home the digest of the archive and the stories must be those of the
undisturbed one, the database sound, and one more run must find everything unchanged. Prints one line a kill, then
a summary; exits 1 if anything differs. About two minutes.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from ingest.archive import Archive
from ingest.home import Home

ROOT = Path(__file__).parents[1]
SHARE = 0.5
"""A kill comes within this share of the time of an undisturbed run."""


def ingest(home: Path, file: Path) -> subprocess.Popen[bytes]:
    words = [sys.executable, "-m", "app.cli", "ingest", str(file), "--no-index", "--allow-undated", "--json"]
    environment = {**os.environ, "HOITIN_HOME": str(home)}
    return subprocess.Popen(words, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)


def finished(home: Path, file: Path) -> dict[str, Any]:
    process = ingest(home, file)
    out, _ = process.communicate()
    if process.returncode:
        raise SystemExit(f"benchmarks/kill_ingest.py: hoitin ended with {process.returncode}")
    report: dict[str, Any] = json.loads(out)
    return report


def state(home: Path) -> dict[str, Any]:
    """What must be equal in both homes; and what must be right in each."""
    with Archive.open(Home.open(home, create=False).archive) as archive:
        stories: dict[str, set[str]] = {}
        for article in archive.current():
            if article.story:
                stories.setdefault(article.story, set()).add(article.id)
        return {
            "articles": archive.count(),
            "digest": archive.digest(),
            "stories": sorted(sorted(docids) for docids in stories.values()),
            "problems": archive.problems(),
            "not compared": len(archive.unlinked()),
        }


def main() -> int:
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("articles", type=Path)
    words.add_argument("--limit", type=int, default=4_000)
    words.add_argument("--kills", type=int, default=20)
    words.add_argument("--seed", type=int, default=1)
    asked = words.parse_args()
    opened = gzip.open if asked.articles.suffix == ".gz" else open
    with opened(asked.articles, "rt", encoding="utf-8") as stream:
        lines = [line for line, _ in zip(stream, range(asked.limit), strict=False)]
    chance = random.Random(asked.seed)

    with tempfile.TemporaryDirectory(prefix="hoitin-kill-") as work:
        file, quiet = Path(work) / "articles.jsonl", Path(work) / "quiet"
        file.write_text("".join(lines), encoding="utf-8")
        began = time.monotonic()
        finished(quiet, file)
        takes_s = time.monotonic() - began
        wanted = state(quiet)
        print(f"undisturbed: {takes_s:.1f} s, {wanted['articles']} articles, {len(wanted['stories'])} stories")

        kills, homes, wrong = 0, 1, 0
        while kills < asked.kills:
            home = Path(work) / f"killed-{homes}"
            process = ingest(home, file)
            try:
                process.communicate(timeout=chance.uniform(0.2, SHARE * takes_s))
            except subprocess.TimeoutExpired:
                process.send_signal(signal.SIGKILL)
                process.communicate()
                kills += 1
                print(f"kill {kills} in home {homes}: {seen(home)}")
                continue
            wrong += compared(home, file, wanted)
            homes += 1
        finished(Path(work) / f"killed-{homes}", file)
        wrong += compared(Path(work) / f"killed-{homes}", file, wanted)
        print(f"{kills} kills in {homes} homes; {homes - wrong} of {homes} archives equal the undisturbed one")
        return 1 if wrong else 0


def seen(home: Path) -> str:
    if not (home / "archive.sqlite").exists():
        return "nothing yet"
    with Archive.open(home / "archive.sqlite", read_only=True) as archive:
        compared, problems = archive.count() - len(archive.unlinked()), archive.problems()
        return f"{archive.count()} articles, {compared} compared, {'; '.join(problems) or 'sound'}"


def compared(home: Path, file: Path, wanted: dict[str, Any]) -> bool:
    """Whether a finished home differs from the undisturbed one, or from itself after one more run."""
    found = state(home)
    again = finished(home, file)
    differing = [name for name in wanted if wanted[name] != found[name]]
    changed = again["accepted"] + again["updated"]
    print(f"  finished: {', '.join(differing) or 'nothing'} differs; one more run changed {changed}")
    return bool(differing or changed or found["problems"] or found["not compared"])


if __name__ == "__main__":
    sys.exit(main())
