"""What scripts/teach_reader.py learns from: questions with the sentences that the answerer ranks first for them.

In: our own questions (data/training, without those marked "held") and viquad2's over other passages than the held ones. Out: an
Asked each. This module knows nothing of networks.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from app.answer import Question
from app.asked import Wanted
from app.choose import Candidate, ways_of
from app.quote import QuotationAnswerer
from app.reading import ends_of
from app.reread import context_of
from app.settings import read_settings
from app.spans import answer_spans, nearness
from app.stretches import stretches
from eval.answering import bar, sitting
from eval.datasets import read_jsonl
from eval.metrics.token_f1 import token_f1
from index.reader import Reader, Row

LOOKED_AT = 24
"""Sentences of a question that are learnt from."""
ROOT = Path(__file__).parent.parent


@dataclass(slots=True)
class Asked:
    """A question with the sentences to read. right: which of them answer; best: those marked, or all that do. judged: whether its
    silence is learnt from (not that of viquad2, whose "answerable" often are not). stretches: as `words_of` cuts them."""

    rows: list[Row]
    right: list[bool]
    best: list[int]
    answerable: bool
    judged: bool = True
    stretches: list[tuple[Any, ...]] = field(default_factory=list)


class Watched(QuotationAnswerer):
    """An answerer that keeps the sentences it ranked last."""

    kept: tuple[Any, ...] = ()

    def _ranked(self, asked: Any, text: str, weights: Any, hits: Any) -> Any:
        found = super()._ranked(asked, text, weights, hits)
        self.kept = (asked, text, weights, found.sentences)
        return found


def read_sets(data: Path) -> Iterator[tuple[str, Path, list[dict[str, Any]], bool]]:
    """(name, articles, questions as data/training has them, whether silence is judged) of each set, without what is held."""
    training, retrieval = ROOT / "data" / "training", data / "retrieval"
    news, passages = data / "news" / "articles.jsonl", retrieval / "viquad2" / "corpus.jsonl"
    wiki = [record for _, record in read_jsonl(training / "encyclopaedia.jsonl")]
    held = {docid for record in wiki if record.get("held") for docid in record["docids"]}
    for name in ("news", "news-plain"):
        yield name, news, _learnt(training / f"{name}.jsonl"), True
    yield "encyclopaedia", passages, [record for record in wiki if not record.get("held")], True
    asked = [record for _, record in read_jsonl(retrieval / "viquad2" / "qa.jsonl")]
    yield "viquad2", passages, [record for record in asked if held.isdisjoint(record["docids"])], False


def _learnt(file: Path) -> list[dict[str, Any]]:
    return [record for _, record in read_jsonl(file) if not record.get("held")]


def texts_of(articles: Path) -> dict[str, str]:
    """The text that `sentence` and `answer` count in: summary, line break and body, or the body alone where it opens with the summary."""
    found = {}
    for _, record in read_jsonl(articles):
        summary, body = record.get("summary") or "", record.get("body") or record.get("text") or ""
        whole = f"{summary}\n{body}".strip() if summary and summary[:50] not in body else body
        found[record.get("id") or record["_id"]] = whole
    return found


def examples(data: Path, reader: Reader) -> list[Asked]:
    """Every question with the sentences that words and places rank first, read by hand: which of them answers."""
    found = []
    for name, articles, records, judged in read_sets(data):
        texts = texts_of(articles)
        with sitting(read_settings(), articles, ()) as sat:
            answerer = Watched(sat.bench.app.searcher, sat.bench.app.archive)
            for record in bar(name)(records):
                answerer.kept = ()
                answerer.answer(Question(record["question"], now=sat.now))
                if answerer.kept and not answerer.kept[0].english:
                    found.append(example(record, texts, answerer.kept, reader, judged=judged))
    return found


def example(
    record: dict[str, Any], texts: dict[str, str], kept: tuple[Any, ...], reader: Reader, *, judged: bool
) -> Asked:
    """One question: kept is what the answerer made of it."""
    asked, text, weights, ranked = kept
    docids, whole = record["docids"], texts.get(record["docids"][0], "") if record["docids"] else ""
    answerable = record.get("answerable", record.get("kind") in ("plain", "paraphrase"))
    marked = whole[slice(*record["sentence"])] if "sentence" in record else ""
    golds = record.get("answers") or ([whole[slice(*record["answer"])]] if "answer" in record else [])
    near = ranked[:LOOKED_AT]
    own = [c.hit.passage.docid in docids for c in near]
    right = [
        mine and (any(g.casefold() in c.text.casefold() for g in golds) if answerable else c.text.strip() in marked)
        for c, mine in zip(near, own, strict=True)
    ]
    best = [at for at, c in enumerate(near) if right[at] and (not marked or c.text in marked or marked in c.text)]
    rows = reader.rows(text, [context_of(c) for c in near])
    made = Asked(rows, right, best or [at for at, yes in enumerate(right) if yes], answerable, judged)
    if answerable and best and golds and asked.wanted is not Wanted.TRUTH:
        made.stretches = [words_of(asked, text, weights, near[best[0]], rows[best[0]], golds)]
    return made


def words_of(asked: Any, text: str, weights: Any, c: Candidate, row: Row, golds: Sequence[str]) -> tuple[Any, ...]:
    """(row, features, first and last token, F1) of each stretch of a sentence that answers."""
    spans = answer_spans(asked, text, c.text)
    near = nearness(spans, c.text, weights.single, plain=weights.plain)
    cut = stretches(asked, weights, c.text, spans, near, ways_of(asked, text, weights))
    if not cut.places or not len(row.places):
        return ()
    right = np.array([token_f1(c.text[a:b], golds) for a, b in cut.places], np.float32)
    return (row, cut.features, *ends_of(row.places, cut.places), right) if right.max() > 0.3 else ()
