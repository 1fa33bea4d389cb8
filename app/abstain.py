"""Is the answer in the archive at all? A calibrated score from features that separate, never from cosine alone.

In: the question's words with their rarity, the sentences ranked, the hits. Out: a score
from 0 (surely there) to 1 (surely not). The weights were fitted once by logistic
regression on the development questions: docs/decisions/0006-abstention.md has the
data, the curve and the command. This module knows nothing of wording.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass

from app.asked import Asked, Wanted
from app.choose import Candidate, Weights
from index.passage import Hit
from index.vietnamese import fold, pairs, tokens

THRESHOLD = 0.8
"""Above it the archive is said not to know: 5 % of the answerable Vietnamese development questions are above."""


@dataclass(frozen=True, slots=True)
class Features:
    """Shares are of the question's word weight, 0 to 1.

    sentence: held by the best sentence. around: by it with its title and neighbours. paired: pairs held there.
    article: by the best article's passages found. names: share of the question's names and numbers held there.
    rarest: whether the question's rarest word is there. fit: of the best span. cosine, lexical: of the best hit.
    """

    sentence: float
    around: float
    paired: float
    article: float
    names: float
    rarest: float
    fit: float
    cosine: float
    lexical: float


INTERCEPT = 31.81
COEFFICIENTS = Features(
    sentence=-0.41, around=0.0, paired=0.0, article=0.0, names=-0.58, rarest=-0.05, fit=0.0, cosine=-35.02, lexical=0.0
)
ENGLISH = -1.2
"""An English question shares no words with a Vietnamese answer, and its vector lies farther off."""


def features(
    asked: Asked, names: Sequence[str], weights: Weights, ranked: Sequence[Candidate], hits: Sequence[Hit]
) -> Features:
    """What is known of a question before answering it.

    names: the question's capitalised words and numbers, as tokens.
    """
    best, top = ranked[0], hits[0]
    docid = best.hit.passage.docid
    texts = [f"{h.passage.title}\n{h.passage.text}" for h in hits if h.passage.docid == docid]
    held: set[str] = set()
    for text in texts:
        found = tokens(text)
        if weights.plain:
            found = [fold(token) for token in found]
        held.update(found, pairs(found))
    rarest = max(weights.single, key=lambda t: (weights.single[t], t), default="")
    return Features(
        sentence=best.own,
        around=best.own + best.around,
        paired=_share(weights.pair, held),
        article=_share(weights.single, held),
        names=sum(name in held for name in names) / len(names) if names else 1.0,
        rarest=float(not rarest or rarest in held),
        fit=best.fit if asked.wanted not in (Wanted.WHAT, Wanted.TRUTH, Wanted.MANNER) else 0.5,
        cosine=max((h.dense or 0.0) for h in hits),
        lexical=top.lexical or 0.0,
    )


def abstain_score(found: Features, *, english: bool = False) -> float:
    """0 (surely in the archive) to 1 (surely not)."""
    total = (INTERCEPT + ENGLISH if english else INTERCEPT) + sum(
        c * v for c, v in zip(astuple(COEFFICIENTS), astuple(found), strict=True)
    )
    return 1 / (1 + math.exp(-total))


def _share(weights: Mapping[str, float], held: set[str]) -> float:
    total = sum(weights.values())
    return sum(w for term, w in weights.items() if term in held) / total if total else 1.0
