"""What each command of `hoitin` does, from parsed words to an exit code.

Results go to stdout, progress to stderr (only for work longer than two seconds). The
commands by which news comes in are in app/intake.py, those that look at what is there in
app/holdings.py, those that say who may do what in app/admission.py. This module formats for a terminal and decides nothing about answers.
"""

from __future__ import annotations

import argparse
import json
import os
import shlex
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, time
from pathlib import Path
from typing import TextIO

from app.admission import key as key
from app.admission import user as user
from app.answer import Answer, Question, Turn, turns
from app.backup import backup as backup
from app.backup import restore as restore
from app.check.command import check as check
from app.chosen_outlets import UnknownOutlet, chosen_outlets
from app.console import advance, bar, opened, print_json, sync_index
from app.elsewhere import other_outlets
from app.export import article_json
from app.holdings import show as show
from app.holdings import status as status
from app.holdings import withdraw as withdraw
from app.intake import follow as follow
from app.intake import ingest as ingest
from app.messages import say
from app.settings import read_settings
from app.wiring import App
from ingest.article import VIETNAM
from ingest.errors import HoitinError, UsageError
from ingest.home import HomeBusy, HomeError

BUSY_WAIT_S = 30.0
"""How long `hoitin verify` waits for another command to end its writing before it gives up saying anything."""


def ask(arguments: argparse.Namespace) -> int:
    from app.quote import check_question

    # Bytes that are no UTF-8 come in as lone surrogates, which no tokenizer takes.
    text = arguments.question.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    check_question(text)  # before a model is opened, or even built, for it
    question = Question(
        text=text,
        since=read_day(arguments.since, "--since") if arguments.since else None,
        until=read_day(arguments.until, "--until", end=True) if arguments.until else None,
        now=read_moment(arguments.now) if arguments.now else None,
        history=_read_history(Path(arguments.history)) if arguments.history else (),
    )
    with opened() as app:
        if arguments.source:
            question = replace(question, outlets=_outlets(app, arguments.source))
        answer = app.answerer.answer(question)
        behind = app.archive.change_number() - app.stores.catalogue.synced()
        told = {c.docid: other_outlets(c.docid, c.outlet, app.archive.same_story(c.docid)) for c in answer.citations}
    if behind > 0:
        print(f"hoitin ask: {behind} changes of the archive are not indexed yet. Mend: hoitin sync", file=sys.stderr)
    if arguments.json:
        print_json(answer.as_json())
    else:
        print_answer(answer, sys.stdout, {docid: len(others) for docid, others in told.items()})
    return 0


def _outlets(app: App, names: Sequence[str]) -> tuple[str, ...]:
    """The outlets named with --source, as the archive spells them; raises UsageError naming those that come near."""
    try:
        return chosen_outlets(names, app.archive.outlets())
    except UnknownOutlet as error:
        known = ", ".join(error.near) or "none yet"
        mend = f"hoitin ask … --source {shlex.quote(error.near[0])}" if error.near else "hoitin ingest SOURCE"
        raise UsageError(
            f"--source {error.name!r}: no archived article is of this outlet, wanted one of the archive's own "
            f"({known}; hoitin status lists them). Mend: {mend}"
        ) from None


def serve(arguments: argparse.Namespace) -> int:
    from app.port import check_port

    settings = read_settings()
    host = arguments.host or settings.host
    port = settings.port if arguments.port is None else arguments.port
    check_port(host, port)  # before anything slow
    from app.api import serve as run

    with opened() as app:
        try:
            run(app, host, port)
        except KeyboardInterrupt:  # how a person ends it; uvicorn has already let the last answers out
            print("hoitin serve: stopped", file=sys.stderr)
    return 0


def mcp(arguments: argparse.Namespace) -> int:
    from app.assistant import run_stdio
    from app.tally import Tally
    from app.watched import watched

    with opened() as app:
        tally = Tally(app.home.path, app.settings.keep_questions)
        _ = app.answerer  # before the first question, so that whatever is wrong is said here
        run_stdio(watched(app, lambda by, outcome, _, text: tally.note(by, outcome, text), "mcp"))
    return 0


def export(arguments: argparse.Namespace) -> int:
    with opened() as app:
        if arguments.json == "-":
            _export(app, sys.stdout)
        else:
            target = Path(arguments.json)
            if target.resolve().is_relative_to(app.home.path.resolve()):
                raise UsageError(
                    f"--json {target}: found a path inside HOITIN_HOME={app.home.path}, wanted one outside: the archive "
                    "itself lives there. Mend: hoitin export --json ./archive.jsonl"
                )
            try:
                count = _export_whole(app, target)
            except OSError as error:
                raise HoitinError(
                    f"{arguments.json}: {error.strerror}, wanted a file to write. "
                    "Mend: hoitin export --json ./archive.jsonl"
                ) from error
            print(f"{count} articles written to {arguments.json}", file=sys.stderr)
    return 0


def sync(arguments: argparse.Namespace) -> int:
    with opened() as app, app.home.writing():
        print(f"{sync_index(app)} articles indexed")
    return 0


def reindex(arguments: argparse.Namespace) -> int:
    with opened() as app, app.home.writing(), bar("lập chỉ mục / indexing", "bài") as shown:
        count = app.reindex(lambda done, total: advance(shown, done, total))
    print(f"{count} articles indexed")
    return 0


def verify(arguments: argparse.Namespace) -> int:
    with opened() as app:
        if not arguments.repair:
            problems = _certain(app, app.verify())
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


def _certain(app: App, problems: list[str]) -> list[str]:
    """What is still wrong when nobody writes: while another process indexes, half of its work looks like damage."""
    if not problems:
        return problems
    try:
        with app.home.writing(wait_s=BUSY_WAIT_S):
            return app.verify()
    except HomeBusy:
        raise
    except HomeError:  # a folder that may only be read has no other writer either
        return problems


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
        return moment.astimezone(VIETNAM) if moment.tzinfo else moment.replace(tzinfo=VIETNAM)
    except (ValueError, OverflowError):  # the first and last hours of the calendar are no moment in Vietnam
        raise UsageError(
            f"--now: found {text!r}, wanted an ISO 8601 moment. Mend: --now 2026-10-31T08:00:00+07:00"
        ) from None


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


def print_answer(answer: Answer, stream: TextIO, elsewhere: Mapping[str, int]) -> None:
    """The answer as a person reads it in a terminal. elsewhere: docid to the number of other outlets with that story."""
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
        if elsewhere.get(c.docid):
            print(f"    {say('vi', 'also', count=elsewhere[c.docid])}", file=stream)


def _export_whole(app: App, target: Path) -> int:
    """Export beside the target and rename: an earlier export stays whole until this one is."""
    if target.exists() and not target.is_file():  # a pipe or /dev/stdout cannot be renamed over
        with open(target, "w", encoding="utf-8") as stream:
            return _export(app, stream)
    draft = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        with open(draft, "w", encoding="utf-8") as stream:
            count = _export(app, stream)
        os.replace(draft, target)
    finally:
        draft.unlink(missing_ok=True)
    return count


def _export(app: App, stream: TextIO) -> int:
    count = 0
    for article in app.archive.current():
        stream.write(json.dumps(article_json(article), ensure_ascii=False) + "\n")
        count += 1
    return count
