"""How long an editor waits: drafts of about 1,000 words, checked against a home of yours.

    HOITIN_HOME=… python benchmarks/check_draft.py [DRAFTS=5] [SEED=1]

Each draft is made of the first sentences of articles drawn from the home, so that every claim has something to be compared
with. Prints for each the seconds to the first verdict and to the last; exit code 1 if a first one takes over 1 s or a
whole draft over 6 s.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Sequence

from app.settings import read_settings
from app.wiring import App, open_app
from index.split import sentences
from ingest.article import Article

WORDS = 1_000
FROM_ONE = 9
"""Sentences taken of one article."""
FIRST_S, WHOLE_S = 1.0, 6.0


def draft(articles: Sequence[Article], chance: random.Random) -> str:
    """Sentences of articles, about WORDS words."""
    parts: list[str] = []
    while sum(len(part.split()) for part in parts) < WORDS:
        text = chance.choice(articles).text
        parts.append(" ".join(text[a:b] for a, b in sentences(text)[:FROM_ONE]))
    return "\n".join(parts)


def timed(app: App, text: str) -> tuple[int, float, float]:
    """(claims, seconds to the first verdict, seconds to the last)."""
    started, first, count = time.perf_counter(), 0.0, 0
    for _ in app.checker.check(text):
        count += 1
        first = first or time.perf_counter() - started
    return count, first, time.perf_counter() - started


def main(words: list[str]) -> int:
    drafts, seed = (int(word) for word in [*words, *["5", "1"][len(words) :]])
    chance = random.Random(seed)
    slow = 0
    with open_app(read_settings()) as app:
        articles = list(app.archive.current())
        print(f"{len(articles):,} articles, {app.stores.catalogue.count():,} passages")
        timed(app, draft(articles, chance)[:400])  # so that no model is loaded on the clock
        for _ in range(drafts):
            text = draft(articles, chance)
            count, first, whole = timed(app, text)
            print(f"{len(text.split())} words, {count} claims: first {first:.2f} s, whole {whole:.2f} s")
            slow += first > FIRST_S or whole > WHOLE_S
    if slow:
        print(f"missed: {slow} of {drafts}, wanted at most {FIRST_S:g} s and {WHOLE_S:g} s")
    return 1 if slow else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
