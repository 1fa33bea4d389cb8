"""Ingest a file twice: how fast, in how much memory, how much faster when nothing changed, and what was found in it.

    python benchmarks/ingest_twice.py ARTICLES.jsonl[.gz] [--limit N] [--json FILE]

Each run is `hoitin ingest --no-index --allow-undated` in a process of its own and a home of its own, with language
and same-story checks. Where the records say which of them repeat an earlier body (`dup_of_earlier_body`), precision
and recall of the same-story links are printed; where they say the time in their address (`url_time`), how many
articles carry it. Exits 1 if a run fails, if the second finds anything changed, or if a bar is missed.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from ingest.archive import Archive
from ingest.home import Home
from ingest.text import squash

ROOT = Path(__file__).parents[1]
HOITIN = [sys.executable, "-m", "app.cli"]
MIN_RATE, MIN_RATIO, MAX_MB, MIN_RECALL = 150.0, 4.0, 700.0, 0.99
"""Articles a second, second run against first, peak memory; recall of the known repetitions."""


@dataclass(frozen=True)
class Ran:
    report: dict[str, Any]
    seconds: float
    cpu_s: float
    peak_mb: float

    @property
    def items(self) -> int:
        counts = (self.report[name] for name in ("accepted", "updated", "unchanged", "duplicate"))
        return sum(counts) + len(self.report["rejected"])


def ingest(home: Path, file: Path) -> Ran:
    """One run; seconds from the start of the process to its end."""
    words = [*HOITIN, "ingest", str(file), "--no-index", "--allow-undated", "--json"]
    began = time.monotonic()
    with tempfile.TemporaryFile() as out:
        process = subprocess.Popen(words, cwd=ROOT, env={**os.environ, "HOITIN_HOME": str(home)}, stdout=out)
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        seconds = time.monotonic() - began
        out.seek(0)
        said = out.read()
    if process.returncode:
        raise SystemExit(f"benchmarks/ingest_twice.py: hoitin ended with {process.returncode}")
    return Ran(json.loads(said), seconds, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def records(file: Path) -> Iterator[dict[str, Any]]:
    with (gzip.open if file.suffix == ".gz" else open)(file, "rt", encoding="utf-8") as stream:
        yield from map(json.loads, filter(str.strip, stream))


def repetitions(file: Path, home: Path) -> dict[str, Any]:
    """How the same-story links agree with the records that repeat an earlier body.

    Precision counts an edited copy of an article as wrong: it is no repetition, though it tells the same story.
    """
    first: dict[str, str] = {}
    known: dict[str, str] = {}
    for record in records(file):
        body = squash(record["body"])
        if record["dup_of_earlier_body"] and body in first:
            known[record["id"]] = first[body]
        first.setdefault(body, record["id"])
    with Archive.open(Home.open(home, create=False).archive, read_only=True) as archive:
        stories = {article.id: article.story for article in archive.current() if article.story}
    # A story of n articles is n - 1 links: each but the first tells what one before it told.
    links = len(stories) - len(set(stories.values()))
    found = sum(stories.get(one, one) == stories.get(other) for one, other in known.items())
    return {
        "known": len(known),
        "found": found,
        "links": links,
        "recall": round(found / max(1, len(known)), 4),
        "precision": round(found / max(1, links), 4),
    }


def url_times(file: Path, home: Path) -> dict[str, int]:
    """Of the records with `url_time` whose `published` is the time of fetching, how many are dated by their address."""
    with Archive.open(Home.open(home, create=False).archive, read_only=True) as archive:
        published = {article.id: article.published for article in archive.current()}
    fetched = right = 0
    for record in records(file):
        if "url_time" in record and record["id"] in published:
            said, created = datetime.fromisoformat(record["published"]), datetime.fromisoformat(record["url_time"])
            if abs((said - datetime.fromisoformat(record["fetched"])).total_seconds()) <= 60:
                fetched += 1
                right += published[record["id"]] == created
    return {"published_is_fetch_time": fetched, "dated_by_url": right}


def measure(file: Path, work: Path) -> dict[str, Any]:
    home = work / "home"
    first, second = ingest(home, file), ingest(home, file)
    found: dict[str, Any] = {
        "n": first.items,
        "accepted": first.report["accepted"],
        "rejected": len(first.report["rejected"]),
        "articles_per_s": first.items / first.seconds,
        "seconds": first.seconds,
        "cpu_s": first.cpu_s,
        "peak_mb": max(first.peak_mb, second.peak_mb),
        "second_seconds": second.seconds,
        "second_faster": first.seconds / second.seconds,
        "second_changed": second.report["accepted"] + second.report["updated"],
    }
    fields = next(records(file), {}).keys()
    if "dup_of_earlier_body" in fields:
        found["repetitions"] = repetitions(file, home)
    if any("url_time" in record for record, _ in zip(records(file), range(1_000), strict=False)):
        found["url_times"] = url_times(file, home)
    return found


def missed(found: dict[str, Any]) -> list[str]:
    bars = [
        ("articles_per_s", found["articles_per_s"] >= MIN_RATE, f"at least {MIN_RATE:g}"),
        ("second_faster", found["second_faster"] >= MIN_RATIO, f"at least {MIN_RATIO:g}"),
        ("peak_mb", found["peak_mb"] < MAX_MB, f"under {MAX_MB:g}"),
        ("second_changed", found["second_changed"] == 0, "0"),
    ]
    if found.get("repetitions", {}).get("known"):
        r = found["repetitions"]
        bars.append(("recall", r["recall"] >= MIN_RECALL, f"at least {MIN_RECALL:g}"))
    return [f"{name}, wanted {wanted}" for name, held, wanted in bars if not held]


def main() -> int:
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("articles", type=Path)
    words.add_argument("--limit", type=int, metavar="N", help="only the first N records")
    words.add_argument("--json", type=Path, metavar="FILE")
    asked = words.parse_args()
    with tempfile.TemporaryDirectory(prefix="hoitin-ingest-") as work:
        file = asked.articles
        if asked.limit:
            file = Path(work) / "articles.jsonl"
            lines = (
                json.dumps(r, ensure_ascii=False)
                for r, _ in zip(records(asked.articles), range(asked.limit), strict=False)
            )
            file.write_text("\n".join(lines), encoding="utf-8")
        found = measure(file.resolve(), Path(work))
    for name, value in found.items():
        print(f"{name:<16} {value if isinstance(value, dict) else round(value, 2)}")
    if asked.json:
        asked.json.write_text(json.dumps(found, indent=1), encoding="utf-8")
    problems = missed(found)
    for problem in problems:
        print(f"missed: {problem}")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
