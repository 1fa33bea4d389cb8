"""Give a question its diacritics back, from the words of the archive itself.

In: a text typed without diacritics. Out: the same text with the likeliest marks, and
how sure each syllable is. A Viterbi pass chooses, for every syllable, among the
spellings that occur in the archive; syllables and neighbouring pairs are counted
by the word index, so nothing is trained, stored or kept up to date apart. This
module knows nothing of passages or models.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import dataclass

from index.vietnamese import accented_forms, canonical

PAIR_SHARE, UNSEEN = 0.95, 0.004
"""How far a pair that was seen is believed, and what the syllables alone are worth beside it. These and the next were chosen
on 880 questions of five sets with their diacritics taken away: docs/decisions/0013-restoring.md."""

BACKWARD = 0.3
"""How much the second syllable says of the first, beside what the first says of the second: "thuật não" was met once and
"não" is rare, so it is likely after "não" and unlikely after "thuật"."""

MAX_FORMS = 24
"""Spellings of one syllable considered: the most frequent ones."""

Frequency = Callable[[str], float]
"""Passages that hold a syllable, or a pair "a_b"."""

_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Restored:
    """text: with diacritics, same words. confidence: 0 to 1, the geometric mean of the syllables' posteriors."""

    text: str
    confidence: float


def restore(text: str, frequency: Frequency) -> Restored:
    """The likeliest accented spelling of a text without diacritics.

    frequency: document frequencies, of syllables and of pairs "a_b" (lower case, canonical).
    Words that the archive does not know stay as they are.

    >>> counts = {"hà": 9, "ha": 1, "nội": 8, "noi": 1, "nói": 9, "hà_nội": 8}
    >>> restore("Ha noi", lambda term: counts.get(term, 0)).text
    'Hà nội'
    """
    words = list(_WORD.finditer(text))
    choices = [_spellings(match.group().lower(), frequency) for match in words]
    path, confidence = _viterbi(choices, words, text, frequency)
    out, last = [], 0
    for match, spelling in zip(words, path, strict=True):
        out.append(text[last : match.start()])
        out.append(_like(match.group(), spelling))
        last = match.end()
    out.append(text[last:])
    return Restored("".join(out), confidence)


def _spellings(syllable: str, frequency: Frequency) -> list[tuple[str, float]]:
    if not syllable.isascii():
        return [(canonical(syllable), 1.0)]
    seen = [(form, count) for form in accented_forms(syllable) if (count := frequency(form)) > 0]
    seen.sort(key=lambda pair: (-pair[1], pair[0]))
    return seen[:MAX_FORMS] or [(syllable, 0.0)]


def _viterbi(
    choices: list[list[tuple[str, float]]],
    words: list[re.Match[str]],
    text: str,
    frequency: Frequency,
) -> tuple[list[str], float]:
    if not choices:
        return [], 1.0
    best: list[list[tuple[float, int]]] = []
    alone: list[float] = []
    for at, forms in enumerate(choices):
        row = []
        # Syllables are neighbours only when nothing but white space stands between them.
        joined = at > 0 and not text[words[at - 1].end() : words[at].start()].strip()
        mass = sum(count for _f, count in forms) or 1
        before_alone, alone = alone, [(count + 0.5) / (mass + 0.5 * len(forms)) for _f, count in forms]
        for (form, count), chance in zip(forms, alone, strict=True):
            if at == 0:
                row.append((math.log(chance), -1))
                continue
            scored = []
            for before, (previous, previous_count) in enumerate(choices[at - 1]):
                likely = math.log(chance)
                if joined and previous_count:
                    pair = PAIR_SHARE * frequency(f"{previous}_{form}")
                    other = before_alone[before]
                    forward = math.log(pair / previous_count + UNSEEN * chance)
                    # By Bayes, from the syllable to the one before it: P(form) * P(previous | form) / P(previous).
                    backward = math.log(pair / max(count, 1) + UNSEEN * other) + likely - math.log(other)
                    likely = (1 - BACKWARD) * forward + BACKWARD * backward
                scored.append((best[at - 1][before][0] + likely, before))
            row.append(max(scored))
        best.append(row)
    at = max(range(len(best[-1])), key=lambda i: best[-1][i][0])
    path, sure = [], []
    for column in range(len(choices) - 1, -1, -1):
        path.append(choices[column][at][0])
        scores = [score for score, _ in best[column]]
        top = max(scores)
        sure.append(-math.log(sum(math.exp(score - top) for score in scores)))
        at = best[column][at][1]
    path.reverse()
    return path, math.exp(sum(sure) / len(sure))


def _like(original: str, spelling: str) -> str:
    """The spelling with the capitals of the original, letter by letter; a word that kept its letters is the original."""
    if spelling == original.lower():
        return original
    if len(spelling) != len(original):
        return spelling
    return "".join(new.upper() if old.isupper() else new for old, new in zip(original, spelling, strict=True))
