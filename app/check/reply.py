"""A reply to a question judged beside the text it should rest on, as if nothing else were known.

    reply, text -> matches, of the whole and of each sentence · words shared in runs -> features -> chances

What a model writes beside a text is another matter than a claim of the news: what the text does not say is
weighed by how it is said. Words of its own in a sentence that repeats the rest speak of a contradiction, sentences of
its own of an addition. Weights and figures: docs/decisions/0014-verdicts.md. This module knows no archive.
"""

from __future__ import annotations

from collections.abc import Sequence

from app.check.against import strongest
from app.check.decide import Judged, features_of, softmax, support
from app.check.draft import Said
from app.check.evidence import Reader, compare_with
from app.check.source import Source
from app.check.verdict import Verdict
from index.split import sentences
from index.vietnamese import tokens
from ingest.article import Article

WEIGHTS: tuple[tuple[float, float, float], ...] = (
    (-2.40, 1.32, 0.00),
    (1.65, 0.61, 0.00),
    (1.17, -0.83, 0.00),
    (-0.19, -0.37, 0.00),
    (0.37, 1.69, 0.00),
    (0.51, 0.83, 0.00),
    (0.72, 0.33, 0.00),
    (1.21, -0.07, 0.00),
    (1.21, 0.53, 0.00),
    (0.87, -1.81, 0.00),
    (0.40, 1.25, 0.00),
    (2.60, 1.66, 0.00),
    (-6.65, -3.69, 0.00),
    (0.53, -4.33, 0.00),
    (-1.31, -0.71, 0.00),
)
"""For each feature its weight for SUPPORTED, REFUTED and NOT_ENOUGH_INFO."""

_VERDICTS: tuple[Verdict, ...] = ("SUPPORTED", "REFUTED", "NOT_ENOUGH_INFO")


def judge_reply(said: Said, source: Source, reader: Reader, *, question: str = "") -> Judged:
    """The verdict of a text on a reply. question: what it answers, whose words it may repeat freely; "" if unknown."""
    article = Article(id="", url="", title="", paragraphs=(source.text,))
    found = compare_with(reader, [(article, source)])
    matches = found[0][1] if found else []
    if not matches:
        return Judged("NOT_ENOUGH_INFO", 0.9, None, None, (), ())
    best = max(matches, key=support)
    features = reply_features(said, source, reader, question)
    chances = softmax(features, WEIGHTS)
    at = max(range(3), key=lambda k: chances[k])
    return Judged(_VERDICTS[at], chances[at], best, strongest(matches), best.absent, features)


def reply_features(said: Said, source: Source, reader: Reader, question: str) -> tuple[float, ...]:
    """What the weights are for, each about 0 to 1."""
    article = Article(id="", url="", title="", paragraphs=(source.text,))
    whole = _judged(reader, article, source)
    spans = sentences(said.text)
    parts = [whole]
    if len(spans) > 1:
        parts = [_judged(Reader(Said.of(said.text[a:b]), None), article, source) for a, b in spans]
    words, held = tokens(said.text), tokens(source.text)
    content = [form for form, tells in zip(reader.statement.forms, reader.statement.content, strict=True) if tells]
    known, asked = set(held), set(tokens(question))
    names = [f for f in reader.statement.facts if f.kind in ("name", "place")]
    strangers = sum(not set(tokens(f.text)) <= known for f in names)
    return (
        1.0,
        whole[1],
        whole[2],
        whole[8],
        whole[10],
        min(part[1] for part in parts),
        min(part[2] for part in parts),
        _shared(words, held, 1),
        _shared(words, held, 2),
        _shared(words, held, 4),
        sum(w in known for w in content) / max(1, len(content)),
        sum(w in known or w in asked for w in content) / max(1, len(content)),
        min(len(words), 80) / 80,
        min(len(spans), 4) / 4,
        min(strangers, 4) / 2,
    )


def _judged(reader: Reader, article: Article, source: Source) -> tuple[float, ...]:
    """The features of a claim beside the text, zeros when nothing is shared."""
    found = compare_with(reader, [(article, source)])
    if not found:
        return (1.0, *(0.0,) * 15)
    matches = found[0][1]
    best = max(matches, key=support)
    return features_of(best, strongest(matches), best.absent)


def _shared(words: Sequence[str], held: Sequence[str], size: int) -> float:
    """Share of the claim's runs of `size` syllables that the text holds."""
    runs = [tuple(words[i : i + size]) for i in range(len(words) - size + 1)]
    known = {tuple(held[i : i + size]) for i in range(len(held) - size + 1)}
    return sum(run in known for run in runs) / len(runs) if runs else 0.0
