"""The measuring commands whole: read the data, open a bench, run, print the table, write the report.

Progress goes to stderr, the table to stdout. What a command finds out is in the
modules it calls; this one only puts them in a row.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.settings import Settings
from eval import retrieval, stability
from eval.answering import archive_documents, bar, index_of, sitting
from eval.bench import open_bench
from eval.datasets import read_retrieval
from eval.files import check_folder, check_outputs
from eval.provenance import provenance
from eval.summary import interval_rows, intervals_of, table, write_report, write_text
from eval.variants import SEED, variants
from ingest.errors import UsageError

if TYPE_CHECKING:
    from index.search import Mode


def measure_retrieval(
    settings: Settings,
    folder: Path,
    queries: Path | None,
    mode: Mode,
    *,
    json_file: Path | None = None,
    work: Path | None = None,
    fresh: bool = False,
) -> int:
    """`hoitin-eval retrieval`. Returns 1 when every search failed, else 0."""
    parts = ("corpus.jsonl", "queries.jsonl", "qrels.tsv", "qrels/test.tsv")  # a report may lie beside them
    check_outputs({"--json": json_file}, [queries, *(folder / part for part in parts)])
    check_folder("--work", work)
    data = read_retrieval(folder, queries)
    what = index_of(settings, data.corpus_digest)
    run = provenance(settings, data.digest, mode=mode, queries=str(queries or "queries.jsonl"))
    with (
        open_bench(settings, data.name, what, lambda a: archive_documents(a, data.documents), work, fresh) as bench,
        bench.journal(run, fresh=fresh) as journal,
    ):
        items = retrieval.run_queries(
            data,
            lambda query: bench.app.searcher.search(query, mode=mode),
            journal=journal,
            progress=bar("queries"),
        )
    found = retrieval.report(data, items, bench.built, run)
    say_failures(items, "qid")
    print(f"{data.name}: {found['n']} queries, {found['documents']} documents, {mode}, {settings.model}")
    _print_metrics(found)
    for dimension, parts in found["by_slice"].items():
        print()
        rows = [[name, str(part["n"]), *(f"{v:.3f}" for v in part["metrics"].values())] for name, part in parts.items()]
        print(table([dimension, "n", *found["metrics"]], rows))
    print()
    took = found["latency_ms"]
    if took:
        print(f"a query: {took['p50']:.1f} ms (p50), {took['p95']:.1f} ms (p95)", end="; ")
    print(f"indexed {found['docs_per_s']:.1f} documents/s{' (before)' if bench.built['reused'] else ''}")
    return _finish(found, json_file)


def measure_answers(
    settings: Settings,
    articles: Path,
    questions: Path,
    *,
    timeout_s: float = 60.0,
    now: datetime | None = None,
    json_file: Path | None = None,
    html_file: Path | None = None,
    work: Path | None = None,
    fresh: bool = False,
    off_topic: Sequence[Path] = (),
) -> int:
    """`hoitin-eval answers`. Returns 1 when every question failed, else 0."""
    check_outputs({"--json": json_file, "--html": html_file}, [articles, questions, *off_topic])
    check_folder("--work", work)
    with sitting(
        settings, articles, [questions], timeout_s=timeout_s, now=now, work=work, fresh=fresh, off_topic=off_topic
    ) as opened:
        found = opened.report(fresh=fresh)
    print_answers(found)
    if html_file:
        from eval.report import page

        write_text(html_file, page([found]))
    return _finish(found, json_file)


def measure_robustness(
    settings: Settings,
    articles: Path,
    questions: Path,
    *,
    kinds: Sequence[str] = (),
    seed: int = SEED,
    timeout_s: float = 60.0,
    now: datetime | None = None,
    json_file: Path | None = None,
    work: Path | None = None,
    fresh: bool = False,
) -> int:
    """`hoitin-eval robustness`. Returns 1 when every variant failed, else 0; UsageError when none could be made."""
    check_outputs({"--json": json_file}, [articles, questions])
    check_folder("--work", work)
    with sitting(
        settings, articles, [questions], timeout_s=timeout_s, now=now, work=work, fresh=fresh, seed=seed, kinds=[*kinds]
    ) as opened:
        made = [variant for question in opened.questions for variant in variants(question, kinds, seed)]
        if not made:
            raise UsageError(f"{questions}: no question has a variant of {', '.join(kinds)}, wanted one at least")
        originals = opened.items(fresh=fresh)
        answered = opened.items([variant.question for variant in made], fresh=fresh, label="variants")
    items = stability.stability_items(originals, answered, [(variant.kind, variant.of) for variant in made])
    found = stability.report(items, len(originals), opened.run)
    say_failures(items, "id")
    print(f"{questions.name}: {found['n']} variants of {found['questions']} questions, {settings.model}, seed {seed}")
    print(robustness_table(found))
    return _finish(found, json_file)


def robustness_table(found: Mapping[str, Any]) -> str:
    """A row a kind of variant, all of them last."""
    shown = ("same_article", "same_answer", "same_silence")
    rows = [
        [
            kind,
            str(part["n"]),
            f"{part['change']['old']:.3f}",
            f"{part['change']['new']:.3f}",
            f"{part['change']['new'] - part['change']['old']:+.3f}",
            f"{part['change']['low']:+.3f} – {part['change']['high']:+.3f}",
            f"{part['change']['p']:.3f}",
            *(f"{part['metrics'][name]:.3f}" if name in part["metrics"] else "–" for name in shown),
        ]
        for kind, part in [*found["by_variant"].items(), ("all", found)]
    ]
    head = ["variant", "n", "right before", "right", "change", "95 % interval", "p", *shown]
    return table(head, rows)


def print_answers(found: Mapping[str, Any]) -> None:
    """The tables of a report of answers; failures first."""
    run = found["run"]
    say_failures(found["items"], "id")
    archived = run["index"]["documents"]
    if refused := run["index"].get("ingest", {}).get("rejected"):
        print(f"NOT ARCHIVED: {len(refused)} records; first: {refused[0]['source']}: {refused[0]['reason']}")
    print(f"{', '.join(run['questions'])}: {found['n']} questions over {archived} articles, {run['model']}")
    _print_metrics(found)
    print()
    print(_breakdown("type", found["by_type"]))
    for dimension, parts in found["by_slice"].items():
        print()
        print(_breakdown(dimension, parts))
    print()
    print(", ".join(f"{size:.2f} {name.replace('_', ' ')}" for name, size in found["sizes"].items()))
    if missing := found["gold_not_archived"]:
        print(f"no gold article in the archive, counted as misses: {', '.join(missing)}")
    if missing := found["evidence_not_found"]:
        print(f"evidence not found in the archived articles, left out of the citation metrics: {', '.join(missing)}")


def _print_metrics(found: Mapping[str, Any]) -> None:
    print(table(["metric", "value", "95 % interval", "n"], interval_rows(intervals_of(found))))


def _breakdown(dimension: str, parts: Mapping[str, Mapping[str, Any]]) -> str:
    shown = ("right", "cited_docid", "contained", "short_f1", "citation_precision", "citation_recall")
    silence = ("abstained_answerable", "abstained_unanswerable")

    def cell(metrics: Mapping[str, float], *names: str) -> str:
        return next((f"{metrics[name]:.2f}" for name in names if name in metrics), "–")

    rows = [
        [kind, str(part["n"]), *(cell(part["metrics"], name) for name in shown), cell(part["metrics"], *silence)]
        for kind, part in parts.items()
    ]
    return table([dimension, "n", *shown, "abstained"], rows)


def say_failures(items: Sequence[Mapping[str, Any]], key: str) -> None:
    """What failed, before any figure; nothing when nothing did. key: the name of the items' id."""
    failed = [item for item in items if item["error"]]
    if failed:
        print(
            f"FAILED: {len(failed)} of {len(items)}, counted as misses; first: {failed[0][key]}: {failed[0]['error']}"
        )


def _finish(found: Mapping[str, Any], json_file: Path | None) -> int:
    if json_file:
        write_report(json_file, found)
    return 1 if found["errors"] == found["n"] else 0
