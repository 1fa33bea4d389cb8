"""Pairs that news makes by itself: what an article says of itself, and a passage of its body.

In: news/vietnews.jsonl.gz (title, summary, body) and news/headlines.jsonl.gz (title, summary) of a data folder, and the
model as it stands, to find what lies near. Out: batches of (asked, passage, article) in which all are near each other, so that
telling them apart teaches something. No question and no label is needed. This module knows nothing of learning.
"""

from __future__ import annotations

import gzip
import json
import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from index.fast import FastEmbedder

PAIRS, BATCH = 9_000, 32
FROM_BODIES = 0.75
"""Share of pairs out of whole articles; the rest are headlines with their summaries."""
TITLES = 0.3
"""How often an article is asked for by its title instead of its summary."""
WORDS, SHORTEST, SENTENCES = 110, 40, 4
"""Words of a passage, the fewest worth having, and sentences that an article or a passage needs."""
SEED = 7

Made = tuple[str, str, str]
"""What is asked, the passage, and the name of its article."""


def news_batches(folder: Path, embedder: FastEmbedder) -> list[list[Made]]:
    """Batches of BATCH pairs, each the nearest to one drawn by chance; every pair is in one of them.

    folder: with vietnews.jsonl.gz and headlines.jsonl.gz.
    """
    chance = random.Random(SEED)
    pairs = list(_pairs(folder, chance))
    vectors = embedder.encode_queries([asked[:300] for asked, _, _ in pairs])
    left = np.array(chance.sample(range(len(pairs)), len(pairs)))
    batches = []
    while len(left) >= BATCH:
        near = np.argsort(-(vectors[left] @ vectors[left[0]]))[:BATCH]
        batches.append([pairs[at] for at in left[near]])
        left = np.delete(left, near)
    chance.shuffle(batches)
    return batches


def _pairs(folder: Path, chance: random.Random) -> Iterator[Made]:
    made = 0
    for article in _shuffled(folder / "vietnews.jsonl.gz", chance):
        if made >= FROM_BODIES * PAIRS:
            break
        passages = _passages(article["body"])
        if passages:
            for pair in _of_article(article, passages, chance):
                made += 1
                yield pair
    for headline in _shuffled(folder / "headlines.jsonl.gz", chance):
        if made >= PAIRS:
            break
        if len((headline.get("summary") or "").split()) > 15:
            made += 1
            yield headline["title"], headline["summary"], headline["id"]


def _of_article(article: dict[str, Any], passages: list[list[str]], chance: random.Random) -> Iterator[Made]:
    """The summary (or title) with the passage that shares most words with it, and a sentence with what stood around it."""
    told = _words(article["summary"])
    nearest = max(passages, key=lambda passage: len(told & _words(" ".join(passage))))
    asked = article["title"] if chance.random() < TITLES else article["summary"]
    yield asked, " ".join(nearest), article["id"]
    passage = chance.choice(passages)
    if len(passage) >= SENTENCES:
        at = chance.randrange(len(passage))
        yield passage[at], " ".join(passage[:at] + passage[at + 1 :]), article["id"]


def _passages(body: str) -> list[list[str]]:
    """Sentences of a body (one a line, short ones left out) in runs of WORDS words; none of a body of few sentences."""
    sentences = [line.strip() for line in body.split("\n") if len(line.split()) >= 6]
    if len(sentences) < SENTENCES:
        return []
    passages: list[list[str]] = [[]]
    for sentence in sentences:
        if _length(passages[-1]) >= WORDS:
            passages.append([])
        passages[-1].append(sentence)
    return [passage for passage in passages if _length(passage) > SHORTEST]


def _length(passage: list[str]) -> int:
    return sum(len(sentence.split()) for sentence in passage)


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.lower()))


def _shuffled(file: Path, chance: random.Random) -> list[dict[str, Any]]:
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        records = [json.loads(line) for line in lines]
    chance.shuffle(records)
    return records
