"""`hoitin-eval claims`: read the claims or drafts, open a bench where they need an archive, run, print, write.

This module knows nothing of what the metrics mean.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from app.check.verdict import ClaimCheck
from app.settings import Settings
from eval import claims
from eval.answering import bar, files_of, filling, index_of
from eval.bench import open_bench
from eval.commands import say_failures
from eval.datasets import DataError, digest_files
from eval.files import check_folder, check_outputs
from eval.provenance import provenance
from eval.summary import interval_rows, intervals_of, table, write_report


def measure_claims(
    settings: Settings,
    claims_file: Path,
    articles: Path | None,
    *,
    now: datetime | None = None,
    json_file: Path | None = None,
    work: Path | None = None,
    fresh: bool = False,
) -> int:
    """Judge every claim of a file. Returns 1 when every one failed, else 0. Raises DataError."""
    check_outputs({"--json": json_file}, [claims_file, articles])
    check_folder("--work", work)
    labelled = claims.read_claims(claims_file)
    over_archive = [one for one in labelled if not one.context]
    if over_archive and articles is None:
        raise DataError(
            f"{claims_file}: found {len(over_archive)} claims without a context of their own, wanted the articles to check "
            "them against. Mend: hoitin-eval claims --claims FILE --articles FILE"
        )
    if articles is None or not over_archive:
        items = claims.run_claims(labelled, _nothing, _beside, lambda _: None, progress=bar("claims"))
        run = provenance(settings, digest_files([claims_file]), claims=claims_file.name)
    else:
        sources = files_of(articles)
        fill, how = filling(articles, sources)
        what = {**index_of(settings, digest_files(sources)), "read": how}
        with open_bench(settings, articles.resolve().name.split(".")[0], what, fill, work, fresh) as bench:
            checker = bench.app.checker
            items = claims.run_claims(
                labelled, lambda draft: checker.check(draft, now=now), _beside, bench.text_of, progress=bar("claims")
            )
        run = provenance(
            settings, digest_files([*sources, claims_file]), claims=claims_file.name, index=dict(bench.built)
        )
    found = claims.report(items, run)
    print_claims(found)
    if json_file:
        write_report(json_file, found)
    return 1 if found["errors"] == found["n"] else 0


def print_claims(found: Mapping[str, Any]) -> None:
    """The tables of a report of claims; failures first."""
    say_failures(found["items"], "id")
    print(f"{found['run']['claims']}: {found['n']} claims")
    print(table(["metric", "value", "95 % interval", "n"], interval_rows(intervals_of(found))))
    print()
    said = [label for label in claims.LABELS if label in found["confusion"]]
    print(table(["is \\ called", *said], [[gold, *(str(found["confusion"][gold][s]) for s in said)] for gold in said]))
    if found["by_edit"]:
        print()
        print(
            table(["edit", "n", "right"], [[k, str(p["n"]), f"{p['right']:.2f}"] for k, p in found["by_edit"].items()])
        )
    if missing := found["gold_not_found"]:
        print(f"evidence not found in the archived articles, left out of its recall: {', '.join(missing)}")


def _beside(one: claims.LabelledClaim) -> ClaimCheck:
    from app.check.checker import judge

    return judge(one.claim, one.context, question=one.question)


def _nothing(_: str) -> Iterable[ClaimCheck]:
    return ()
