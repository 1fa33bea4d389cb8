"""A bench: a home of its own for the articles measured on: built once, found again by what it was built from.

    what (data digest, model, engine, splitter) -> work/<name>-<key>/ home · work/<name>-<key>.json how it was built

The note is written last, so that a build that was cut short goes on where it
stopped. The engine is the app's own: nothing here is built in another way than
the web's index. This module knows nothing of questions or metrics.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tqdm import tqdm

from app.settings import Settings
from eval.datasets import LabelledQuestion
from eval.journal import Journal
from eval.summary import write_report

if TYPE_CHECKING:
    from app.wiring import App
    from ingest.archive import Archive

_DECIDES_NOTHING = frozenset({"when", "command", "commit", "machine", "threads"})
"""Of a run's provenance: what leaves its items as they are. The code's digest stands for the commit."""


@dataclass(frozen=True, slots=True)
class Bench:
    """An open app over the measured articles. built: what was archived, and how fast it was indexed."""

    app: App
    built: Mapping[str, Any]
    work: Path

    @contextmanager
    def journal(self, run: Mapping[str, Any], *, fresh: bool = False) -> Iterator[Journal]:
        """The journal of a run over this bench, deleted when the run is whole. run: its provenance."""
        decides = {name: value for name, value in run.items() if name not in _DECIDES_NOTHING}
        path = self.work / f"journal-{_key(decides)}.jsonl"
        if fresh:
            path.unlink(missing_ok=True)
        with Journal(path, decides) as journal:
            yield journal
        path.unlink(missing_ok=True)

    def text_of(self, docid: str) -> str | None:
        """An archived article's text, None when it is not archived."""
        article = self.app.archive.get(docid)
        return None if article is None else article.text

    def published_of(self, docid: str) -> datetime | None:
        """When an archived article was published, None when that is not known."""
        article = self.app.archive.get(docid)
        return None if article is None else article.published

    def newest(self) -> datetime | None:
        """When the newest archived article was published, None when none is dated."""
        found: datetime | None = self.app.archive.stats()["last_published"]
        return found

    def with_archived_names(self, question: LabelledQuestion) -> LabelledQuestion:
        """The question with the archive's own docids beside those gold articles that are named by their URL."""
        found = (self.app.archive.find(name) for name in question.docids if "://" in name)
        names = (*question.docids, *(article.id for article in found if article))
        return replace(question, docids=tuple(dict.fromkeys(names)))


@contextmanager
def open_bench(
    settings: Settings,
    name: str,
    what: Mapping[str, Any],
    fill: Callable[[Archive], Mapping[str, Any]],
    work: Path | None = None,
    fresh: bool = False,
) -> Iterator[Bench]:
    """The app over a home built from `what`; fill puts the articles into its archive and says what became of them.

    work: the folder of all such homes, by default `eval` in the cache folder. fresh: build anew.
    """
    from app.wiring import open_app

    work = work or settings.cache / "eval"
    home = work / f"{name}-{_key(what)}"
    note = home.with_name(f"{home.name}.json")
    if fresh:
        note.unlink(missing_ok=True)
        shutil.rmtree(home, ignore_errors=True)
    work.mkdir(parents=True, exist_ok=True)
    with open_app(replace(settings, home=home), create=True, on_build=_say_building) as app:
        with app.home.writing():
            if note.exists():
                _index(app)  # nothing to do, unless the index was made by other rules than today's
                built = {**json.loads(note.read_text(encoding="utf-8")), "reused": True}
            else:
                built = _build(app, fill)
                write_report(note, {**built, "what": dict(what)})
        yield Bench(app, built, work)


def _build(app: App, fill: Callable[[Archive], Mapping[str, Any]]) -> dict[str, Any]:
    filled = dict(fill(app.archive))
    app.embedder.encode_passages(["một"])  # so that no model is loaded on the clock
    started = time.perf_counter()
    _index(app)
    seconds, count = time.perf_counter() - started, app.archive.count()
    speed = {"index_seconds": round(seconds, 3), "docs_per_s": round(count / seconds, 3)}
    return {**filled, "documents": count, **speed, "reused": False}


def _index(app: App) -> None:
    from index.catalogue import IndexMismatch

    with tqdm(desc="index", unit="doc", disable=None) as bar:

        def progress(done: int, of: int) -> None:
            bar.total = of
            bar.update(done - bar.n)

        try:
            app.sync(progress)
        except IndexMismatch:
            app.reindex(progress)


def _say_building() -> None:
    print("building the embedding model, once for this machine …", file=sys.stderr)


def _key(what: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps(dict(what), sort_keys=True).encode()).hexdigest()[:12]
