"""The commands by which news comes in: `hoitin ingest` once or with --follow, and `hoitin follow`.

    words -> files, addresses, sources.toml -> one run | visits at intervals -> what became of it, on stdout

While it follows, the write lock is held for a visit and for bringing the index up to date,
never in between: other commands find their turn. How sources are read is the ingest room's matter.
"""

from __future__ import annotations

import argparse
import json
import signal
import sys
import time
import traceback
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from app.console import advance, bar, opened, print_json, sync_index
from app.wiring import App
from ingest.article import VIETNAM
from ingest.errors import HoitinError, UsageError
from ingest.fetched import read_rules
from ingest.follow import FollowedSource, read_sources
from ingest.follow import follow as visit_at_intervals
from ingest.run import Report
from ingest.run import ingest as run
from ingest.web_reading import Gets, WebReading, is_web_address

BUSY_WAIT_S = 60.0
"""How long a visit waits for another command to end its writing before it is put off."""

SYNC_EVERY_S = 300.0
"""While many sources are due, the index is brought up to date this often; otherwise when none is due."""

SHOWN_REJECTIONS = 20


def ingest(arguments: argparse.Namespace) -> int:
    """Read every source once, or with --follow again and again."""
    if arguments.follow is not None:
        return _follow(_followed(arguments), arguments, piped="-" in arguments.sources)
    readings: dict[str, WebReading | None] = {}  # in the order of the words; None: a file, or read as usual
    for word in arguments.sources:
        if _is_list(word):
            readings |= {source.url: source.reading for source in _listed(word, arguments)}
        else:
            limited = is_web_address(word) and arguments.limit is not None
            readings[word] = WebReading(limit=arguments.limit) if limited else None
    with opened(create=True) as app, app.home.writing():
        report = _run(app, list(readings), arguments, {s: r for s, r in readings.items() if r is not None})
        indexed = 0 if arguments.no_index else sync_index(app)
    for error in report.failed:
        print(f"hoitin ingest: {error}", file=sys.stderr)
    if arguments.json:
        print_json(report.as_json())
    else:
        print(f"{_counts(report)}; {indexed} indexed; {report.seconds:.1f} s")
        said = {(error.source, error.reason) for error in report.failed}  # on stderr, in full
        told = [r for r in report.rejected if (r.source, r.reason) not in said]
        for rejection in told[:SHOWN_REJECTIONS]:
            print(f"  rejected {rejection.source}: {rejection.reason}: {rejection.detail}")
        if len(told) > SHOWN_REJECTIONS:
            print(f"  … and {len(told) - SHOWN_REJECTIONS} more (hoitin status --rejected lists them)")
    if report.failed:
        return 1
    if report.fruitless:
        print(f"hoitin ingest: {_fruitless(report)}", file=sys.stderr)
        return 1
    return 0


def follow(arguments: argparse.Namespace) -> int:
    """Visit the sources of a sources.toml, each at its own interval, until interrupted."""
    return _follow(_listed(arguments.file, arguments), arguments)


# ---- what the words name


def _is_list(word: str) -> bool:
    return word.lower().endswith(".toml") and not is_web_address(word)


def _listed(word: str, arguments: argparse.Namespace) -> list[FollowedSource]:
    """The sources of a sources.toml. --limit overrules the file, --follow only its silence."""
    minutes = arguments.follow
    sources = read_sources(Path(word)) if minutes is None else read_sources(Path(word), every_minutes=minutes)
    return [replace(source, limit=arguments.limit) for source in sources] if arguments.limit else list(sources)


def _followed(arguments: argparse.Namespace) -> list[FollowedSource]:
    """Everything named but standard input: a folder is looked into again and again, as a feed is."""
    found: dict[str, FollowedSource] = {}
    for word in arguments.sources:
        if _is_list(word):
            found |= {source.url: source for source in _listed(word, arguments)}
        elif word != "-":
            source = FollowedSource(word, every_minutes=arguments.follow)
            found[word] = replace(source, limit=arguments.limit) if arguments.limit else source
    if not found:
        raise UsageError(
            "--follow: found standard input, which ends, wanted the address of a feed, sitemap or list page, a folder, "
            "or a sources.toml. Mend: hoitin ingest https://bao.example/rss/tin-moi.rss --follow 15"
        )
    return list(found.values())


# ---- runs and visits


def _run(
    app: App,
    sources: Sequence[str],
    arguments: argparse.Namespace,
    readings: Mapping[str, WebReading],
    fetcher: Gets | None = None,
) -> Report:
    with ExitStack() as bars:
        shown = bars.enter_context(bar("đọc / reading", "bài"))
        compared: list[Any] = []  # a bar of its own, begun when all is read: its rate is another

        def on_link(done: int, total: int) -> None:
            if not compared:
                shown.close()
                compared.append(bars.enter_context(bar("so tin / comparing", "bài")))
            advance(compared[0], done, total)

        return run(
            app.archive,
            sources,
            allow_undated=arguments.allow_undated,
            any_language=arguments.any_language,
            on_progress=lambda done, total, label: advance(shown, done, total, label),
            on_link=on_link,
            readings=readings,
            fetcher=fetcher,
        )


def _follow(sources: Sequence[FollowedSource], arguments: argparse.Namespace, *, piped: bool = False) -> int:
    from ingest.fetch import Fetcher

    signal.signal(signal.SIGTERM, _interrupt)  # a service manager's way to end it is a person's Ctrl-C
    with opened(create=True) as app, Fetcher(read_rules()) as fetcher:
        following = _Following(app, fetcher, arguments)
        try:
            if piped:
                following.read_pipe()
            print(f"sources followed: {len(sources)}; Ctrl-C ends it", file=sys.stderr, flush=True)
            visit_at_intervals(
                sources, following.visit, on_idle=following.sync, on_trouble=lambda source, error: _complain(error)
            )
        except KeyboardInterrupt:
            print("hoitin follow: stopped; everything archived so far stays", file=sys.stderr)
    return 0


def _interrupt(*_: object) -> None:
    raise KeyboardInterrupt


def _complain(error: HoitinError) -> None:
    print(f"{_now()} hoitin follow: {error}", file=sys.stderr, flush=True)


class _Following:
    """What is kept between two visits: the installation, the fetcher with its manners, when the index was synced."""

    def __init__(self, app: App, fetcher: Gets, arguments: argparse.Namespace) -> None:
        self._app, self._fetcher, self._arguments = app, fetcher, arguments
        self._synced_at = time.monotonic()

    def read_pipe(self) -> None:
        """What comes through standard input is read once."""
        with self._app.home.writing(wait_s=BUSY_WAIT_S):
            report = _run(self._app, ["-"], self._arguments, {})
        for error in report.failed:
            _complain(error)
        self._tell("stdin", report)

    def visit(self, source: FollowedSource) -> None:
        """Read one source; raises HoitinError when it brought nothing."""
        try:
            with self._app.home.writing(wait_s=BUSY_WAIT_S):
                report = _run(self._app, [source.url], self._arguments, {source.url: source.reading}, self._fetcher)
        except (HoitinError, OSError) as error:
            raise error if isinstance(error, HoitinError) else HoitinError(f"{source.url}: {error}") from error
        except Exception as error:  # a fault of ours with one source must not end the others
            traceback.print_exc()
            raise HoitinError(
                f"{source.url}: {type(error).__name__} (above), a fault of hoitin. Mend: please report it"
            ) from error
        if report.failed:
            raise report.failed[0]
        self._tell(source.url, report)
        if time.monotonic() - self._synced_at > SYNC_EVERY_S:
            self.sync()

    def sync(self) -> None:
        """Bring the index up to date, if the archive has changed."""
        self._synced_at = time.monotonic()
        if self._arguments.no_index:
            return
        try:
            if self._app.stores.catalogue.synced() == self._app.archive.change_number():
                return
            with self._app.home.writing(wait_s=BUSY_WAIT_S):
                indexed = sync_index(self._app)
        except HoitinError as error:  # the news is archived; the next sync takes it in
            _complain(error)
            return
        if self._arguments.json:
            _print_line({"at": _now(), "indexed": indexed})
        else:
            print(f"{_now()} {indexed} indexed", flush=True)

    def _tell(self, source: str, report: Report) -> None:
        if self._arguments.json:
            _print_line({"at": _now(), "source": source, **report.as_json()})
        else:
            print(f"{_now()} {source}: {_counts(report)}; {report.seconds:.1f} s", flush=True)


def _counts(report: Report) -> str:
    return (
        f"{report.accepted} accepted, {report.updated} updated, {report.unchanged} unchanged, "
        f"{report.duplicate} duplicate, {len(report.rejected)} rejected"
    )


def _fruitless(report: Report) -> str:
    """The one line about a run of which nothing could be kept."""
    reasons = Counter(rejection.reason for rejection in report.rejected)
    listed = ", ".join(f"{reason} {count}" for reason, count in reasons.most_common(3))
    mends = {"no_date": "hoitin ingest --allow-undated SOURCE", "other_language": "hoitin ingest --any-language SOURCE"}
    mend = mends.get(reasons.most_common(1)[0][0], "hoitin status --rejected says why")
    many = len(report.rejected)
    found = "the one item found was" if many == 1 else f"all {many} items found were"
    return f"{found} refused ({listed}), wanted at least one article. Mend: {mend}"


def _now() -> str:
    return datetime.now(VIETNAM).isoformat(timespec="seconds")


def _print_line(value: Mapping[str, Any]) -> None:
    print(json.dumps(value, ensure_ascii=False), flush=True)
