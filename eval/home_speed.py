"""How fast one home answers: searches, searches in a month, whole answers, a cold `hoitin ask`, one new article.

    {settings, queries, cold, fresh} -> {search_ms, dated_ms, answer_ms, cold_s, fresh_s, passages, peak_mib}

Searches are those of a server at work: WARM other titles are asked before the clock starts. The article that is added to see how soon it is found is removed again. Queries are real titles of the archive, so every
search has something to find. This module knows nothing of peers or of the quality of what is found.
"""

from __future__ import annotations

import os
import secrets
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import numpy as np

from app.answer import Question
from app.settings import Settings
from eval.memory import peak_mib
from eval.processes import ROOT, settings_of
from index.passage import Query
from ingest.article import VIETNAM, Article
from ingest.errors import HoitinError

if TYPE_CHECKING:
    from app.wiring import App

MONTH = timedelta(days=30)
WARM = 50
"""Searches before those that are timed: the first of a process read pages of the index that later ones find in memory."""
_PROBE_WORDS = "Kỳ nhông tám chân Zubra thức giấc"


def percentiles(milliseconds: Sequence[float]) -> dict[str, float]:
    """Median, 95th percentile and count.

    >>> percentiles([1.0, 2.0, 3.0])["p50"]
    2.0
    """
    p50, p95 = np.percentile(milliseconds, [50, 95])
    return {"p50": round(float(p50), 3), "p95": round(float(p95), 3), "n": len(milliseconds)}


def measure(spec: Mapping[str, Any]) -> dict[str, Any]:
    """The figures of one home.

    spec: settings; queries: how many titles are asked; cold: how many times a process is started anew; fresh: whether to
    add an article and withdraw it.

    Raises HoitinError for a home that holds no articles.
    """
    from app.wiring import open_app

    settings, cold = settings_of(spec["settings"]), int(spec["cold"])
    with open_app(settings) as app:
        asked = titles(app, int(spec["queries"]))
        if not asked:
            raise HoitinError(f"{settings.home}: found no articles, wanted some. Mend: hoitin ingest FILE")
        found: dict[str, Any] = {"articles": app.archive.count(), "passages": app.stores.catalogue.count()}
        searcher, answerer = app.searcher, app.answerer
        for title, _ in titles(app, int(spec["queries"]), between=True)[:WARM]:
            searcher.search(Query(title))
        found["search_ms"] = _timed(lambda q: searcher.search(q), [Query(title) for title, _ in asked])
        dated = [Query(title, since=day - MONTH / 2, until=day + MONTH / 2) for title, day in asked if day]
        if dated:
            found["dated_ms"] = _timed(lambda q: searcher.search(q), dated)
        found["answer_ms"] = _timed(lambda q: answerer.answer(q), [Question(title) for title, _ in asked])
        if spec["fresh"]:
            found["fresh_s"] = _fresh(app)
    if cold:
        found["cold_s"] = [_cold(settings, asked[at % len(asked)][0]) for at in range(cold)]
        found["cold_median_s"] = round(statistics.median(found["cold_s"]), 3)
    found["peak_mib"] = peak_mib()
    return found


def titles(app: App, most: int, *, between: bool = False) -> list[tuple[str, datetime | None]]:
    """Titles of articles taken evenly over the archive, with their dates; between: those half way from one to the next.

    An archive of no more than `most` articles has none between.
    """
    kept = [(article.title, article.published) for article in app.archive.current() if article.title]
    step = max(1, len(kept) // most)
    if between:
        return kept[step // 2 :: step][:most] if step > 1 else []
    return kept[::step][:most]


def _timed(ask: Callable[[Any], object], asked: Sequence[Any]) -> dict[str, float]:
    ask(asked[0])
    took = []
    for one in asked:
        started = time.perf_counter()
        ask(one)
        took.append((time.perf_counter() - started) * 1000)
    return percentiles(took)


def _fresh(app: App) -> float:
    """Seconds from the start of the sync until a new article is found; it is taken out again."""
    now, name = datetime.now(VIETNAM), f"hoitin-eval-speed-{secrets.token_hex(4)}"
    probe = Article(
        id=name, url=f"https://hoitin.invalid/{name}", title=_PROBE_WORDS, paragraphs=(f"{_PROBE_WORDS} sáng nay.",),
        published=now, lang="vi",
    )  # fmt: skip
    with app.home.writing():
        app.archive.add(probe)
        started = time.perf_counter()
        app.sync()
        hits = app.searcher.search(Query(_PROBE_WORDS))
        seconds = time.perf_counter() - started
        app.archive.mark_gone(name, "withdrawn")
        app.sync()
    if name not in {hit.passage.docid for hit in hits}:
        raise HoitinError("a new article was not found after its sync, wanted it first. Mend: hoitin verify --repair")
    return round(seconds, 3)


def _cold(settings: Settings, question: str) -> float:
    """Seconds from the start of `hoitin ask` to its end."""
    home = {"HOITIN_HOME": str(settings.home), "HOITIN_CACHE": str(settings.cache)}
    started = time.perf_counter()
    subprocess.run(
        [sys.executable, "-m", "app.cli", "ask", question],
        cwd=ROOT, env={**os.environ, **home}, capture_output=True, check=True,
    )  # fmt: skip
    return round(time.perf_counter() - started, 3)
