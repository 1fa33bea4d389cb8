"""The measuring commands whole: read the data, open a bench, run, print the table, write the report.

Progress goes to stderr, the table to stdout. What a command finds out is in the
modules it calls; this one only puts them in a row.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from tqdm import tqdm

from app.settings import Settings
from eval import answers, retrieval
from eval.bench import open_bench
from eval.datasets import DataError, Document, digest_files, read_documents, read_jsonl, read_questions, read_retrieval
from eval.files import check_folder, check_outputs
from eval.provenance import provenance
from eval.slices import UNDATED_NOW
from eval.summary import interval_rows, intervals_of, table, write_report, write_text
from ingest.errors import HoitinError

if TYPE_CHECKING:
    from index.search import Mode
    from ingest.archive import Archive

Item = TypeVar("Item")


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
    check_outputs({"--json": json_file}, [folder, queries])
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
            progress=_bar("queries"),
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
) -> int:
    """`hoitin-eval answers`. Returns 1 when every question failed, else 0."""
    check_outputs({"--json": json_file, "--html": html_file}, [articles, questions])
    check_folder("--work", work)
    found = answers_report(settings, articles, [questions], timeout_s=timeout_s, now=now, work=work, fresh=fresh)
    print_answers(found)
    if html_file:
        from eval.report import page

        write_text(html_file, page(found))
    return _finish(found, json_file)


def answers_report(
    settings: Settings,
    articles: Path,
    questions: Sequence[Path],
    *,
    timeout_s: float = 60.0,
    now: datetime | None = None,
    work: Path | None = None,
    fresh: bool = False,
) -> dict[str, Any]:
    """The questions of the files, answered from the articles (a file or a folder): the JSON of `answers`.

    now: the moment of asking for questions that tell none; None means when the newest article was published.
    """
    asked = [question for file in questions for question in read_questions(file)]
    sources = files_of(articles)
    fill, how = filling(articles, sources)
    what = {**index_of(settings, digest_files(sources)), "read": how}
    with open_bench(settings, articles.resolve().name.split(".")[0], what, fill, work, fresh) as bench:
        asked = [bench.with_archived_names(question) for question in asked]
        moment = now or bench.newest() or UNDATED_NOW
        run = provenance(
            settings,
            digest_files([*sources, *questions]),
            questions=[file.name for file in questions],
            timeout_s=timeout_s,
            now=moment.isoformat(),
        )
        with bench.journal(run, fresh=fresh) as journal:
            items = answers.run_questions(
                asked,
                bench.app.answerer,
                bench.text_of,
                timeout_s=timeout_s,
                now=moment,
                published_of=bench.published_of,
                journal=journal,
                progress=_bar("questions"),
            )
        return answers.report(items, {**run, "index": dict(bench.built)})


def print_answers(found: Mapping[str, Any]) -> None:
    """The tables of a report of answers; failures first."""
    run = found["run"]
    say_failures(found["items"], "id")
    archived = run["index"]["documents"]
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


def files_of(articles: Path) -> list[Path]:
    """The files that decide what is archived: one, or all of a folder in order. Raises DataError."""
    if not articles.is_dir():
        return [articles]
    found = sorted(path for path in articles.rglob("*") if path.is_file())
    if not found:
        raise DataError(
            f"{articles}: found an empty folder, wanted articles. Mend: hoitin-eval answers --articles FILE …"
        )
    return found


def index_of(settings: Settings, digest: str) -> dict[str, Any]:
    """What decides an index, and so names its bench."""
    from index.split import VERSION

    return {"data": digest, "model": settings.model, "engine": settings.engine, "splitter": VERSION}


def archive_documents(archive: Archive, documents: Sequence[Document]) -> dict[str, Any]:
    """Put documents into the archive as articles; raises HoitinError if one is not there afterwards."""
    for document in tqdm(documents, desc="archive", unit="doc", disable=None):
        archive.add(retrieval.article_of(document))
    lost = [document.docid for document in documents if archive.get(document.docid) is None]
    if lost:
        raise HoitinError(
            f"{len(lost)} of {len(documents)} documents are not in the archive (first: {lost[0]!r}), wanted all"
        )
    return {}


def filling(articles: Path, sources: Sequence[Path]) -> tuple[Callable[[Archive], Mapping[str, Any]], str]:
    """How articles get into an archive: a BEIR corpus as it stands, all else as `hoitin ingest` would.

    The second value names the way, with a digest of the reading code: other code may read other text.
    """
    if not articles.is_dir() and "_id" in next(read_jsonl(articles), ("", {}))[1]:
        documents = read_documents(articles)
        return lambda archive: archive_documents(archive, documents), "beir"

    import ingest

    def fill(archive: Archive) -> Mapping[str, Any]:
        from ingest.run import ingest as take_in

        with tqdm(desc="archive", unit="article", disable=None) as bar:

            def progress(done: int, _of: int | None, _source: str) -> None:
                bar.update(done - bar.n)

            done = take_in(archive, [str(articles)], allow_undated=True, any_language=True, on_progress=progress)
        if done.failed:
            raise done.failed[0]
        return {"ingest": done.as_json()}

    code = sorted(Path(ingest.__file__ or "").parent.glob("*.py"))
    return fill, f"ingest {digest_files(code)[:12]}"


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


def _bar(unit: str) -> Callable[[Iterable[Item]], Iterable[Item]]:
    def bar(items: Iterable[Item]) -> Iterable[Item]:
        return tqdm(items, desc=unit, unit=unit.removesuffix("s"), file=sys.stderr, disable=None)

    return bar
