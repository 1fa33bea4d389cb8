"""The figures of any report as plain tables: what a page, a Markdown file and a terminal show alike.

    JSON of retrieval, answers, robustness, claims or speed -> [Table]

Every figure stands with its n and its 95 % interval where the report has one.
No text of the measured data goes into a table, only ids and names of files:
what is printed of a run may be published. This module computes nothing but
where answers are lost, which it counts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from eval.meaning import MEANING
from eval.summary import LOWER_IS_BETTER

Report = Mapping[str, Any]

LEADING = {"retrieval": "nDCG@10", "answers": "right", "robustness": "right", "claims": "macro_f1"}
"""The figure a run is known by."""
_COLUMNS: Mapping[str, Sequence[str]] = {
    "retrieval": ("R@1", "R@10", "MRR@10", "nDCG@10"),
    "claims": ("right", "evidence", "pointed"),
    "answers": ("right", "cited_docid", "short_f1", "citation_precision", "citation_recall"),
}
_LOST = (
    "failed", "article not found", "refused", "found, another article quoted", "right article, another sentence",
    "answered though not in the archive",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Table:
    """A heading, column names and rows of cells; note: what to know when reading it."""

    title: str
    heading: Sequence[str]
    rows: Sequence[Sequence[str]]
    note: str = ""


def name_of(report: Report) -> str:
    """What a run measured, in a few words: "viquad2, queries_nodiacritics.jsonl"."""
    run = report["run"]
    if report["kind"] == "retrieval":
        queries = str(run.get("queries", "")).rsplit("/", 1)[-1]
        typed = "" if queries in ("", "queries.jsonl") else f", {queries}"
        mode = "" if run.get("mode", "hybrid") == "hybrid" else f", {run['mode']}"
        return f"{report['name']}{typed}{mode}"
    return (
        ", ".join(run.get("questions", ()))
        or str(report.get("name") or run.get("claims") or report["kind"]).rsplit("/", 1)[-1]
    )


def tables_of(report: Report) -> list[Table]:
    """All tables of one report, the leading one first."""
    made = {"robustness": _robustness, "speed": _speed}.get(report["kind"], _general)
    return [table for table in made(report) if table.rows]


def figure(report: Report, name: str) -> str:
    """ "0.906 (0.881–0.929)", "–" when the report has no such figure."""
    value = report.get("metrics", {}).get(name)
    if value is None:
        return "–"
    near = report.get("intervals", {}).get(name)
    return f"{value:.3f}" + (f" ({near['low']:.3f}–{near['high']:.3f})" if near else "")


def lost(items: Sequence[Mapping[str, Any]]) -> dict[str, int]:
    """Where the answers that are not right were lost, each counted at the first step that failed."""
    counts = dict.fromkeys(_LOST, 0)
    for item in items:
        if item["scores"]["right"] >= 1:
            continue
        if item["error"]:
            step = "failed"
        elif not item["answerable"]:
            step = "answered though not in the archive"
        elif not item["scores"]["retrieved"]:
            step = "article not found"
        elif item["abstained"] is not None:
            step = "refused"
        elif not item["scores"]["cited_docid"]:
            step = "found, another article quoted"
        else:
            step = "right article, another sentence"
        counts[step] += 1
    return {step: count for step, count in counts.items() if count}


def breakdowns(report: Report) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """(dimension, {part: its figures}) of everything the report is broken down by."""
    for key, parts in report.items():
        if not key.startswith("by_") or not isinstance(parts, Mapping):
            continue
        if key == "by_slice":
            yield from parts.items()
        elif all(isinstance(part, Mapping) and "n" in part for part in parts.values()):
            plain = {
                n: part if "metrics" in part else {"n": part["n"], "metrics": {**part}} for n, part in parts.items()
            }
            yield key.removeprefix("by_"), plain


def _general(report: Report) -> Iterator[Table]:
    yield from _failed(report)
    yield _figures(report)
    if report["kind"] == "retrieval" and report.get("latency_ms"):
        took = report["latency_ms"]
        row = [f"{took['p50']:.1f}", f"{took['p95']:.1f}", f"{report['docs_per_s']:.1f}", str(report["documents"])]
        yield Table("Speed", ("a query, p50 ms", "p95 ms", "documents indexed/s", "documents"), [row])
    if report["kind"] == "answers":
        sizes = report.get("size_intervals", {})
        rows = [
            [name.replace("_", " "), f"{value:.2f}", _between(sizes.get(name), 2)]
            for name, value in report["sizes"].items()
        ]
        yield Table("Size of an answer", ("on average", "value", "95 % interval"), rows)
        rows = [[step, str(count)] for step, count in lost(report["items"]).items()]
        yield Table("Where answers are lost", ("step", "questions"), rows)
    if "confusion" in report:
        yield _confusion(report["confusion"])
    for dimension, parts in breakdowns(report):
        yield _breakdown(dimension, parts, _COLUMNS.get(report["kind"]) or list(report["metrics"])[:5])


def _figures(report: Report) -> Table:
    rows = [
        [
            _named(name),
            f"{value:.3f}",
            _between(near := report.get("intervals", {}).get(name)),
            _n(near),
            MEANING.get(name, ""),
        ]
        for name, value in report.get("metrics", {}).items()
        if isinstance(value, int | float)
    ]
    if not any(row[-1] for row in rows):
        rows = [row[:-1] for row in rows]
    return Table(
        "Figures", ("figure", "value", "95 % interval", "n", "what it says")[: len(rows[0]) if rows else 4], rows
    )


def _breakdown(dimension: str, parts: Mapping[str, Any], columns: Sequence[str]) -> Table:
    silence = any("abstained_unanswerable" in part["metrics"] for part in parts.values())
    shown = [name for name in columns if any(name in part["metrics"] for part in parts.values())]
    rows = []
    for name, part in parts.items():
        cells = [figure(part, shown[0])] if shown else []
        cells += [f"{part['metrics'][c]:.2f}" if c in part["metrics"] else "–" for c in shown[1:]]
        if silence:
            kept = [part["metrics"].get(f"abstained_{kind}") for kind in ("answerable", "unanswerable")]
            cells += ["–" if share is None else f"{share:.2f}" for share in kept]
        rows.append([name, str(part["n"]), *cells])
    more = ("refused, answerable", "refused, not answerable") if silence else ()
    title = f"By {dimension.replace('_', ' ')}"
    return Table(title, (dimension.replace("_", " "), "n", *map(_named, shown), *more), rows)


def _robustness(report: Report) -> Iterator[Table]:
    yield from _failed(report)
    alike = ("same_article", "same_answer", "same_silence")
    rows = [
        [
            kind.replace("_", " "),
            str(part["n"]),
            f"{(change := part['change'])['old']:.3f}",
            f"{change['new']:.3f}",
            f"{change['new'] - change['old']:+.3f} ({change['low']:+.3f} to {change['high']:+.3f})",
            f"{change['p']:.3f}",
            *(f"{part['metrics'][name]:.2f}" if name in part["metrics"] else "–" for name in alike),
        ]
        for kind, part in [*report["by_variant"].items(), ("all", report)]
    ]
    head = ("typed", "n", "right before", "right", "change", "p", *map(_named, alike))
    note = "Each variant against its own original. Change: with its 95 % interval and a paired test."
    yield Table("Typed otherwise", head, rows, note)


def _speed(report: Report) -> Iterator[Table]:
    systems = report.get("systems", {})
    judged = any("metrics" in found for found in systems.values())
    rows = []
    for name, found in systems.items():
        took, ratio = found["latency_ms"], found.get("indexing_ratio")
        row = [name, str(found["documents"]), f"{found['docs_per_s']:.1f}", "–" if ratio is None else f"{ratio:.1f}"]
        row.append("–" if found.get("peak_mib") is None else f"{found['peak_mib']:.0f}")
        row += [f"{took[p]:.1f}" if took else "–" for p in ("p50", "p95")]
        if judged:
            flat = {
                "metrics": {m: v["value"] for m, v in found.get("metrics", {}).items()},
                "intervals": found.get("metrics", {}),
            }
            row += [figure(flat, name) for name in ("R@1", "MRR@10", "nDCG@10")]
        rows.append(row)
    head = ["system", "documents", "indexed/s", "× plain LlamaIndex", "memory, MiB", "a query, p50 ms", "p95 ms"]
    yield Table("Beside the peers", head + (["R@1", "MRR@10", "nDCG@10"] if judged else []), rows)
    home = report.get("home", {})
    named = {"search_ms": "search, ms", "dated_ms": "search within 30 days, ms", "answer_ms": "whole answer, ms"}
    rows = [
        [said, f"{home[key]['p50']:.1f}", f"{home[key]['p95']:.1f}", str(home[key]["n"])]
        for key, said in named.items()
        if key in home
    ]
    if "cold_s" in home:
        cold = [f"{home['cold_median_s']:.2f}", f"{max(home['cold_s']):.2f}", str(len(home["cold_s"]))]
        rows.append(["`hoitin ask` from nothing, s", *cold])
    if "fresh_s" in home:
        rows.append(["a new article is found after, s", f"{home['fresh_s']:.2f}", "–", "1"])
    if "peak_mib" in home:
        rows.append(["memory at most, MiB", f"{home['peak_mib']:.0f}", "–", "1"])
    articles = f"{home['articles']:,} articles" if "articles" in home else "This product"
    yield Table(articles, ("", "p50", "p95", "n"), rows)


def _confusion(counts: Mapping[str, Mapping[str, int]]) -> Table:
    labels = list(dict.fromkeys(label for row in counts.values() for label in row))
    rows = [[gold, *(str(row.get(label, 0)) for label in labels)] for gold, row in counts.items()]
    return Table("What was called what", ("gold ↓ said →", *labels), rows)


def _failed(report: Report) -> Iterator[Table]:
    failed = [item for item in report["items"] if item.get("error")]
    rows = [[str(item.get("id") or item.get("qid")), str(item["error"]).split(":")[0]] for item in failed[:30]]
    yield Table(f"FAILED: {len(failed)} of {report['n']}, counted as misses", ("item", "error"), rows)


def _named(name: str) -> str:
    return name.replace("_", " ") + (" ↓" if name in LOWER_IS_BETTER else "")


def _between(near: Mapping[str, Any] | None, digits: int = 3) -> str:
    return f"{near['low']:.{digits}f} – {near['high']:.{digits}f}" if near else "–"


def _n(near: Mapping[str, Any] | None) -> str:
    return str(near["n"]) if near else "–"
