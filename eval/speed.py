"""`hoitin-eval speed`: how fast this product indexes, searches and answers, beside its peers, in one run on the same data.

    articles or a BEIR folder -> the same documents for every system -> a process each -> one table

With a BEIR folder the quality of what is found stands beside the speed. Every ratio is to the plain LlamaIndex + Chroma
pipeline measured in the same run: absolute times move with the machine. This module knows nothing of how any system works.
"""

from __future__ import annotations

import gzip
import json
import shutil
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from itertools import islice
from pathlib import Path
from typing import IO, Any, cast

from app.settings import Settings
from eval import retrieval
from eval.datasets import Document, RetrievalSet, digest_files, read_retrieval
from eval.home_speed import percentiles
from eval.processes import run_alone, settings_json
from eval.provenance import provenance
from eval.summary import summarise, table, write_report
from eval.systems import FAMILIES
from eval.trial import try_system
from ingest.errors import UsageError

PLAIN = "llamaindex-chroma"
"""The peer that every ratio is to."""


def measure_speed(
    settings: Settings,
    articles: Path | None,
    beir: Path | None,
    *,
    home: Path | None = None,
    limit: int = 2000,
    peer_limit: int = 0,
    queries: int = 100,
    systems: Sequence[str] = tuple(FAMILIES),
    cold: int = 3,
    probe: bool = False,
    json_file: Path | None = None,
) -> int:
    """The command whole. limit: documents, 0 for all; peer_limit: fewer for the peers, 0 for as many; returns 0.

    Raises UsageError when it is not clear what to measure, HoitinError when a system fails.
    """
    if sum(given is not None for given in (articles, beir, home)) != 1:
        raise UsageError(
            "hoitin-eval speed: found none or several of --articles, --retrieval and --home, wanted one. "
            "Mend: hoitin-eval speed --articles FILE.jsonl"
        )
    report: dict[str, Any] = {"kind": "speed", "errors": 0, "trials": [], "systems": {}}
    if home is not None:
        data = str(home)
        report["home"] = _home(settings, home, queries, cold, probe)
    else:
        with tempfile.TemporaryDirectory(prefix="hoitin-speed-") as folder:
            data = _beside(report, settings, articles, beir, Path(folder), limit, peer_limit, queries, systems, cold)
    report["run"] = provenance(
        settings, data, limit=limit, peer_limit=peer_limit, systems=list(systems),
        packages={name: _version(name) for name in ("llama-index-core", "bm25s")},
    )  # fmt: skip
    _print(report)
    if json_file:
        write_report(json_file, report)
    return 0


def _beside(
    report: dict[str, Any],
    settings: Settings,
    articles: Path | None,
    beir: Path | None,
    folder: Path,
    limit: int,
    peer_limit: int,
    queries: int,
    systems: Sequence[str],
    cold: int,
) -> str:
    """Every system on the same documents; gives the data's digest."""
    judged = read_retrieval(beir) if beir else None
    documents = judged.documents if judged else archived(articles or Path(), limit)
    file = folder / "documents.jsonl"
    file.write_text("".join(json.dumps(asdict(d), ensure_ascii=False) + "\n" for d in documents), encoding="utf-8")
    asked = dict(judged.queries) if judged else _titles(documents, queries)
    report["name"], report["n"] = (judged.name if judged else (articles or Path()).name), len(asked)
    report["documents"] = len(documents)
    for family in systems:
        most = 0 if judged or family == "hoitin" else peer_limit
        few = min(most or len(documents), len(documents))
        print(f"{family}: indexing {few} documents, asking {len(asked)} queries …", file=sys.stderr)
        trial = try_system(family, settings, folder / family, file, asked, limit=most)
        report["trials"].append({k: v for k, v in trial.items() if k != "searches"})
        for name, items in trial["searches"].items():
            report["systems"][name] = _system(trial, items, judged)
        if family == "hoitin":
            report["home"] = _home(settings, folder / family / "home", queries, cold, probe=True)
        shutil.rmtree(folder / family, ignore_errors=True)
    _add_ratios(report["systems"])
    return judged.digest if judged else digest_files([articles or Path()])


def _add_ratios(systems: dict[str, dict[str, Any]]) -> None:
    plain = systems.get(PLAIN)
    for found in systems.values():
        found["indexing_ratio"] = round(found["docs_per_s"] / plain["docs_per_s"], 2) if plain else None


def _system(
    trial: Mapping[str, Any], items: Sequence[Mapping[str, Any]], judged: RetrievalSet | None
) -> dict[str, Any]:
    """The figures of one way of searching."""
    answered = [item["ms"] for item in items if not item["error"]]
    found: dict[str, Any] = {
        "docs_per_s": trial["docs_per_s"],
        "documents": trial["documents"],
        "peak_mib": trial["peak_mib"],
        "latency_ms": percentiles(answered) if answered else {},
        "errors": len(items) - len(answered),
    }
    if judged:
        scored = [{"scores": retrieval.score(item["docids"], judged.qrels[item["qid"]])} for item in items]
        found["metrics"] = {
            name: {"value": round(i.value, 6), "low": round(i.low, 6), "high": round(i.high, 6), "n": i.n}
            for name, i in summarise(scored).items()
        }
        found["items"] = [dict(item) for item in items]
    return found


def _home(settings: Settings, home: Path, queries: int, cold: int, probe: bool) -> dict[str, Any]:
    if not home.is_dir():
        raise UsageError(f"--home {home}: found nothing, wanted a home. Mend: HOITIN_HOME={home} hoitin ingest FILE")
    print(f"{home.name}: timing searches and answers …", file=sys.stderr)
    spec = {"settings": settings_json(replace(settings, home=home)), "queries": queries, "cold": cold, "fresh": probe}
    with tempfile.TemporaryDirectory(prefix="hoitin-speed-") as folder:
        return run_alone("eval.home_speed", spec, Path(folder), f"{home}: the measurement failed")


def archived(articles: Path, limit: int) -> tuple[Document, ...]:
    """The first `limit` articles of a file (0: all), read as `hoitin ingest` reads them, as documents.

    Raises DataError for a file that holds none.
    """
    from eval.answering import filling
    from eval.datasets import DataError
    from ingest.archive import Archive

    if not articles.exists():
        raise DataError(f"{articles}: found nothing, wanted articles. Mend: hoitin-eval speed --articles FILE.jsonl")
    with tempfile.TemporaryDirectory(prefix="hoitin-speed-") as folder:
        part = Path(folder) / "articles.jsonl"
        _first_lines(articles, part, limit)
        fill, _ = filling(part, [part])
        with Archive.open(Path(folder) / "archive.sqlite") as archive:
            fill(archive)
            found = tuple(Document(a.id, a.title, a.text) for a in archive.current())
    if not found:
        raise DataError(f"{articles}: found no article, wanted some. Mend: hoitin ingest {articles} says why")
    return found


def _first_lines(source: Path, target: Path, limit: int) -> None:
    with open_lines(source) as lines, target.open("wb") as kept:
        kept.writelines(islice(lines, limit or None))


def open_lines(source: Path) -> IO[bytes]:
    """The file's bytes, unpacked when its name ends in .gz."""
    return cast(IO[bytes], gzip.open(source)) if source.suffix == ".gz" else source.open("rb")


def _titles(documents: Sequence[Document], most: int) -> dict[str, str]:
    named = [d for d in documents if d.title]
    step = max(1, len(named) // max(1, most))
    return {d.docid: d.title for d in named[::step][:most]}


def _print(report: Mapping[str, Any]) -> None:
    systems = report["systems"]
    if systems:
        judged = any("metrics" in found for found in systems.values())
        head = ["system", "documents", "indexed/s", f"x {PLAIN}", "memory MiB", "p50 ms", "p95 ms"]
        head += ["R@1", "R@10", "MRR@10", "nDCG@10"] if judged else []
        print(table(head, [_row(name, found, judged) for name, found in systems.items()]))
    if home := report.get("home"):
        print()
        print(table(["this product", "p50", "p95", "n"], _home_rows(home)))


def _row(name: str, found: Mapping[str, Any], judged: bool) -> list[str]:
    took = found["latency_ms"]
    row = [
        name, str(found["documents"]), f"{found['docs_per_s']:.1f}",
        "–" if found["indexing_ratio"] is None else f"{found['indexing_ratio']:.1f}",
        "–" if found["peak_mib"] is None else f"{found['peak_mib']:.0f}",
        f"{took['p50']:.1f}" if took else "–", f"{took['p95']:.1f}" if took else "–",
    ]  # fmt: skip
    if judged:
        row += [f"{found['metrics'][m]['value']:.3f}" for m in ("R@1", "R@10", "MRR@10", "nDCG@10")]
    return row


def _home_rows(home: Mapping[str, Any]) -> list[list[str]]:
    named = {"search_ms": "search, ms", "dated_ms": "search within 30 days, ms", "answer_ms": "whole answer, ms"}
    rows = [
        [said, f"{home[key]['p50']:.1f}", f"{home[key]['p95']:.1f}", str(home[key]["n"])]
        for key, said in named.items()
        if key in home
    ]
    if "cold_s" in home:
        rows.append(["hoitin ask from nothing, s", f"{home['cold_median_s']:.2f}", f"{max(home['cold_s']):.2f}",
                     str(len(home["cold_s"]))])  # fmt: skip
    if "fresh_s" in home:
        rows.append(["a new article found after, s", f"{home['fresh_s']:.2f}", "", "1"])
    return rows


def _version(package: str) -> str:
    from importlib import metadata

    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return ""
