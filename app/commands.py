"""What each command of `hoitin` does, from parsed words to an exit code.

Results go to stdout, progress to stderr (only for work longer than two seconds).
This module formats for a terminal and decides nothing about answers.
"""

from __future__ import annotations

import argparse
import errno
import json
import shlex
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, time
from pathlib import Path
from typing import Any, TextIO

from app.answer import Answer, Question, Turn, turns
from app.export import article_json
from app.messages import say
from app.settings import read_settings
from app.wiring import App, open_app
from index.sync import Progress
from ingest.article import VIETNAM
from ingest.errors import HoitinError, UsageError


def ingest(arguments: argparse.Namespace) -> int:
    from ingest.run import ingest as run

    with _opened(create=True) as app, app.home.writing():
        with _bar("đọc / reading", "bài") as bar:
            report = run(
                app.archive,
                arguments.sources,
                allow_undated=arguments.allow_undated,
                any_language=arguments.any_language,
                on_progress=lambda done, total, label: _show(bar, done, total, label),
            )
        indexed = 0 if arguments.no_index else _sync(app)
    for error in report.failed:
        print(f"hoitin ingest: {error}", file=sys.stderr)
    if arguments.json:
        _print_json(report.as_json())
    else:
        print(
            f"{report.accepted} accepted, {report.updated} updated, {report.unchanged} unchanged, "
            f"{report.duplicate} duplicate, {len(report.rejected)} rejected; {indexed} indexed; {report.seconds:.1f} s"
        )
        for rejection in report.rejected[:20]:
            print(f"  rejected {rejection.source}: {rejection.reason}: {rejection.detail}")
        if len(report.rejected) > 20:
            print(f"  … and {len(report.rejected) - 20} more (hoitin ingest --json lists all)")
    return 1 if report.failed else 0


def ask(arguments: argparse.Namespace) -> int:
    from app.quote import check_question

    # Bytes that are no UTF-8 come in as lone surrogates, which no tokenizer takes.
    text = arguments.question.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    check_question(text)  # before a model is opened, or even built, for it
    question = Question(
        text=text,
        since=read_day(arguments.since, "--since") if arguments.since else None,
        until=read_day(arguments.until, "--until", end=True) if arguments.until else None,
        outlets=tuple(arguments.source),
        now=read_moment(arguments.now) if arguments.now else None,
        history=_read_history(Path(arguments.history)) if arguments.history else (),
    )
    with _opened() as app:
        answer = app.answerer.answer(question)
        behind = app.archive.change_number() - app.stores.catalogue.synced()
    if behind > 0:
        print(f"hoitin ask: {behind} changes of the archive are not indexed yet. Mend: hoitin sync", file=sys.stderr)
    if arguments.json:
        _print_json(answer.as_json())
    else:
        print_answer(answer, sys.stdout)
    return 0


def serve(arguments: argparse.Namespace) -> int:
    from app.port import check_port

    settings = read_settings()
    host = arguments.host or settings.host
    port = settings.port if arguments.port is None else arguments.port
    check_port(host, port)  # before anything slow
    from app.api import serve as run

    with _opened() as app:
        try:
            run(app, host, port)
        except KeyboardInterrupt:  # how a person ends it; uvicorn has already let the last answers out
            print("hoitin serve: stopped", file=sys.stderr)
    return 0


def export(arguments: argparse.Namespace) -> int:
    with _opened() as app:
        if arguments.json == "-":
            _export(app, sys.stdout)
        else:
            try:
                with open(arguments.json, "w", encoding="utf-8") as stream:
                    count = _export(app, stream)
            except OSError as error:
                raise HoitinError(
                    f"{arguments.json}: {error.strerror}, wanted a file to write. "
                    "Mend: hoitin export --json ./archive.jsonl"
                ) from error
            print(f"{count} articles written to {arguments.json}", file=sys.stderr)
    return 0


def status(arguments: argparse.Namespace) -> int:
    with _opened() as app:
        found: dict[str, Any] = app.archive.stats()
        manifest = app.stores.catalogue.manifest()
        found["index"] = {
            "passages": app.stores.catalogue.count(),
            "model": manifest.model if manifest else None,
            "dimension": manifest.dimension if manifest else None,
            "digest": app.stores.catalogue.digest(),
            "behind": app.archive.change_number() - app.stores.catalogue.synced(),
        }
        found["home"] = str(app.home.path)
    if arguments.json:
        _print_json(found)
    else:
        for name, value in found.items():
            print(f"{name:<16} {json.dumps(value, ensure_ascii=False, default=str)}")
    return 0


def sync(arguments: argparse.Namespace) -> int:
    with _opened() as app, app.home.writing():
        print(f"{_sync(app)} articles indexed")
    return 0


def reindex(arguments: argparse.Namespace) -> int:
    with _opened() as app, app.home.writing(), _bar("lập chỉ mục / indexing", "bài") as bar:
        count = app.reindex(lambda done, total: _show(bar, done, total, ""))
    print(f"{count} articles indexed")
    return 0


def verify(arguments: argparse.Namespace) -> int:
    with _opened() as app:
        if not arguments.repair:
            problems = app.verify()
        else:
            with app.home.writing():
                problems = app.verify(repair=True)
    for problem in problems:
        print(problem)
    if not problems:
        print("archive, vectors and word index agree")
        return 0
    if arguments.repair:
        print(f"{len(problems)} problems mended")
        return 0
    print(f"hoitin verify: {len(problems)} problems found, wanted none. Mend: hoitin verify --repair", file=sys.stderr)
    return 1


# ---- reading words


def read_day(text: str, name: str, *, end: bool = False) -> datetime:
    """A day as 2026-10-31, 31/10/2026 or 31-10-2026: its first moment in Vietnam, or its last."""
    for form in ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y"):
        try:
            day = datetime.strptime(text.strip(), form).date()
        except ValueError:
            continue
        return datetime.combine(day, time.max if end else time.min, VIETNAM)
    raise UsageError(f"{name}: found {text!r}, wanted a day. Mend: {name} 2026-10-31")


def read_moment(text: str) -> datetime:
    """An ISO 8601 moment; without a zone it is Vietnam's."""
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        raise UsageError(
            f"--now: found {text!r}, wanted an ISO 8601 moment. Mend: --now 2026-10-31T08:00:00+07:00"
        ) from None
    return moment if moment.tzinfo else moment.replace(tzinfo=VIETNAM)


def _read_history(path: Path) -> tuple[Turn, ...]:
    wanted = 'wanted [{"role": "user", "content": "…"}, …]'
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        if not isinstance(found, list):
            raise ValueError("not a list")
        return turns(found)
    except OSError as error:
        raise UsageError(f"--history {path}: {error.strerror}; {wanted}. Mend: check the path") from error
    except (ValueError, RecursionError) as error:
        raise UsageError(f"--history {path}: {error}; {wanted}. Mend: correct the file") from error


# ---- printing


def print_answer(answer: Answer, stream: TextIO) -> None:
    """The answer as a person reads it in a terminal."""
    if answer.short_answer:
        print(f"→ {answer.short_answer}\n", file=stream)
    print(answer.text, file=stream)
    for note in answer.notes:
        print(f"({note})", file=stream)
    if answer.citations:
        print(file=stream)
    for c in answer.citations:
        day = c.published.strftime("%d/%m/%Y") if c.published else say("vi", "no_date")
        print(f"[{c.marker}] {c.outlet or say('vi', 'no_outlet')}, {day}: {c.title}", file=stream)
        if c.url:
            print(f"    {c.url}", file=stream)


def _export(app: App, stream: TextIO) -> int:
    count = 0
    for article in app.archive.current():
        stream.write(json.dumps(article_json(article), ensure_ascii=False) + "\n")
        count += 1
    return count


def _print_json(value: object) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=1, default=str))


# ---- the graph and the bars


@contextmanager
def _opened(*, create: bool = False) -> Iterator[App]:
    def building() -> None:
        print("building the default embedding model, once (about 10 s) …", file=sys.stderr, flush=True)

    settings = read_settings()
    try:
        with open_app(settings, create=create, on_build=building) as app:
            yield app
    except OSError as error:
        if error.errno not in _NOT_WRITABLE:
            raise
        raise HoitinError(
            f"{error.filename or settings.home}: {error.strerror}; wanted a folder of yours with room in it. "
            f"Mend: chmod -R u+rwX {shlex.quote(str(settings.home))}, or export HOITIN_HOME=<another folder>"
        ) from error


_NOT_WRITABLE = {errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOSPC, errno.EDQUOT}


def _sync(app: App) -> int:
    with _bar("lập chỉ mục / indexing", "bài") as bar:
        progress: Progress = lambda done, total: _show(bar, done, total, "")  # noqa: E731
        return app.sync(progress)


@contextmanager
def _bar(label: str, unit: str) -> Iterator[Any]:
    from tqdm import tqdm

    # `delay`: nothing is drawn for work that ends within two seconds. In a log file, one line in ten seconds is enough.
    often = 0.1 if sys.stderr.isatty() else 10.0
    with tqdm(
        desc=label, unit=f" {unit}", delay=2, mininterval=often, file=sys.stderr, dynamic_ncols=True, leave=False
    ) as bar:
        yield bar


def _show(bar: Any, done: int, total: int | None, label: str) -> None:
    if total is not None:
        bar.total = total
    if label:
        bar.set_postfix_str(label[-40:], refresh=False)
    bar.update(done - bar.n)
