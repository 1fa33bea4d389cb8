"""The whole evaluation with one command: every set in a folder, one after the other, resumable.

    DATA/ -> steps (a command of hoitin-eval each) -> RUNS/<step>.json · RUNS/all.json · RUNS/report.html

What is found in DATA, at its top or one or two folders down:

    corpus.jsonl, queries.jsonl, qrels.tsv   retrieval; also queries_*.jsonl; qa.jsonl beside them: answers over that corpus
    questions*.jsonl                         answers and robustness, over articles.jsonl beside it or news/articles.jsonl
    claims with labels, drafts (any JSONL)   claims, over the same articles unless each brings its context

A step whose report is there, made by the same code from the same data with the
same settings, is not run again; a step that was killed goes on where it was. A
step that fails is said, and the others run. This module knows nothing of what
the steps measure.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.settings import Settings
from eval.datasets import DataError, digest_files, read_jsonl
from eval.files import check_folder
from eval.provenance import code_digest, typed
from eval.results import read_runs
from eval.summary import write_report, write_text
from ingest.errors import HoitinError

STATE = "all.json"
PAGE = "report.html"
_PEER_DOCUMENTS = 200  # slower by an order of magnitude; their figures are per document


@dataclass(frozen=True, slots=True)
class Step:
    """One command. inputs: the files it reads. weight: its rough share of the time, in seconds on two cores."""

    name: str
    words: tuple[str, ...]
    inputs: tuple[Path, ...]
    weight: float


def steps_of(data: Path, commands: Sequence[str], speed: Path | None = None) -> list[Step]:
    """Every step that DATA has files for and hoitin-eval a command; cheap ones first within a kind.

    Raises DataError when there is nothing to measure.
    """
    folders = [data, *sorted(path for path in data.glob("*/") if path.is_dir())]
    folders += sorted(path for path in data.glob("*/*/") if path.is_dir())
    found = [step for folder in folders for step in _steps_in(folder, data)]
    if speed:
        words = ("speed", "--articles", str(speed), "--limit", "2000", "--peer-limit", str(_PEER_DOCUMENTS))
        found.append(Step("speed", words, (speed,), 300))
    kept = [step for step in found if step.words[0] in commands]
    if not kept:
        raise DataError(
            f"{data}: found neither corpus.jsonl with queries.jsonl nor questions.jsonl, wanted one of them. "
            "Mend: hoitin-eval all DIR --runs RUNS"
        )
    order = ("answers", "robustness", "claims", "retrieval", "speed")
    return sorted(kept, key=lambda step: (order.index(step.words[0]), step.weight))


def run_everything(
    settings: Settings,
    data: Path,
    runs: Path,
    perform: Callable[[Sequence[str]], int],
    commands: Sequence[str],
    *,
    speed: Path | None = None,
    command: str = "",
) -> int:
    """`hoitin-eval all`. perform: runs one command's words and raises HoitinError. Returns 1 when a step failed."""
    check_folder("--runs", runs)
    steps = steps_of(data, commands, speed)
    runs.mkdir(parents=True, exist_ok=True)
    state = _read_state(runs / STATE)
    state["command"] = command
    keys = {step.name: _key(step, settings) for step in steps}
    left = [step for step in steps if not _is_done(state, step, keys[step.name], runs)]
    if len(left) < len(steps):
        print(f"{len(steps) - len(left)} of {len(steps)} steps were done before", file=sys.stderr)
    began, weighed, failed = time.perf_counter(), 0.0, []
    for at, step in enumerate(left, 1):
        passed = time.perf_counter() - began
        ahead = sum(each.weight for each in left[at - 1 :])
        speed_so_far = passed / weighed if weighed else 1.0
        print(
            f"[{at}/{len(left)}] {step.name}: {typed(step.words)} · "
            f"{_time(passed)} so far, about {_time(ahead * speed_so_far)} left",
            file=sys.stderr,
        )
        started = time.perf_counter()
        report = runs / f"{step.name}.json"
        try:
            code = perform([*step.words, "--json", str(report)])
        except HoitinError as error:
            print(f"hoitin-eval: {step.name}: {error}", file=sys.stderr)
            code = 1
        if code:  # it may have ended at once: its time says nothing of the others'
            failed.append(step.name)
            began += time.perf_counter() - started
        else:
            weighed += step.weight
        state["steps"][step.name] = {
            "key": keys[step.name], "code": code, "command": typed(step.words),
            "seconds": round(time.perf_counter() - started, 1),
        }  # fmt: skip
        write_report(runs / STATE, state)
        print(file=sys.stderr)
    with suppress(DataError):  # when every step failed there is nothing to show
        from eval.report import page

        write_text(runs / PAGE, page(read_runs(runs)))
    if failed:
        print(f"FAILED: {', '.join(failed)}. Next: the same command again runs only these", file=sys.stderr)
        return 1
    print(f"{len(steps)} runs in {runs}, {runs / PAGE} to read. Next: hoitin-eval results {runs} -o docs/results.md")
    return 0


def _steps_in(folder: Path, data: Path) -> Iterator[Step]:
    name = "-".join(folder.relative_to(data).parts[-1:]) or data.resolve().name
    corpus = folder / "corpus.jsonl"
    if corpus.exists() and (folder / "queries.jsonl").exists():
        documents = _lines(corpus)
        qrels = next(p for p in (folder / "qrels.tsv", folder / "qrels" / "test.tsv", folder) if p.exists())
        for queries in sorted(folder.glob("queries*.jsonl")):
            suffix = queries.stem.removeprefix("queries").strip("_")
            more = ("--queries", str(queries)) if suffix else ()
            weight = _lines(queries) * 0.05 + (0 if suffix else documents / 12)
            full = "-".join(filter(None, ("retrieval", name, suffix)))
            files = tuple(path for path in (corpus, queries, qrels) if path.is_file())
            yield Step(full, ("retrieval", str(folder), *more), files, weight)
        if (qa := folder / "qa.jsonl").exists():
            over = ("answers", "--articles", str(corpus), "--questions", str(qa))
            yield Step(f"answers-{name}", over, (corpus, qa), _lines(qa) * 0.2)
    beside = (folder / "articles.jsonl", data / "articles.jsonl", data / "news" / "articles.jsonl")
    articles = next((path for path in beside if path.exists()), None)
    if articles:
        yield from _questions_in(folder, name, articles)
    for claims in sorted(folder.glob("*.jsonl")):
        record = _first(claims)
        labelled = "label" in record and {"claim", "response"} & record.keys()
        if not (labelled or {"draft", "claims"} <= record.keys()):
            continue
        suffix = name if claims.stem == "claims" else claims.stem if labelled else f"{name}-{claims.stem}"
        words: tuple[str, ...] = ("claims", "--claims", str(claims))
        inputs: tuple[Path, ...] = (claims,)
        if "context" not in record:
            if articles is None:
                continue
            words, inputs = (*words, "--articles", str(articles)), (articles, claims)
        yield Step(f"claims-{suffix}", words, inputs, _lines(claims) * 0.3)


def _questions_in(folder: Path, name: str, articles: Path) -> Iterator[Step]:
    for questions in sorted(folder.glob("questions*.jsonl")):
        words = ("--articles", str(articles), "--questions", str(questions))
        suffix = "-".join(filter(None, (name, questions.stem.removeprefix("questions").strip("_-"))))
        count, inputs = _lines(questions), (articles, questions)
        yield Step(f"answers-{suffix}", ("answers", *words), inputs, _lines(articles) / 8 + count * 0.2)
        yield Step(f"robustness-{suffix}", ("robustness", *words), inputs, count * 1.2)


def _key(step: Step, settings: Settings) -> str:
    facts = (typed(step.words), digest_files(step.inputs), code_digest(), settings.model, settings.engine,
             settings.llm_model, settings.gguf)  # fmt: skip
    return "|".join(facts)


def _is_done(state: Mapping[str, Any], step: Step, key: str, runs: Path) -> bool:
    known = state["steps"].get(step.name, {})
    return known.get("key") == key and known.get("code") == 0 and (runs / f"{step.name}.json").exists()


def _read_state(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        if isinstance(found["steps"], dict):
            return dict(found)
    except (OSError, ValueError, KeyError, TypeError):
        pass  # none yet, or cut while it was written: the steps are run again
    return {"steps": {}}


def _first(path: Path) -> Mapping[str, Any]:
    try:
        return next(read_jsonl(path), ("", {}))[1]
    except DataError:
        return {}  # the command that reads it says what is wrong, if one does


def _lines(path: Path) -> int:
    with open(path, "rb") as file:
        return sum(1 for _ in file)


def _time(seconds: float) -> str:
    return f"{seconds / 60:.0f} min" if seconds >= 90 else f"{seconds:.0f} s"
