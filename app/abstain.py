"""Is the answer in the archive at all? A calibrated score from features that separate, never from cosine alone.

In: the question's words with their rarity, the sentences ranked, the hits, the best article's text. Out: a
score from 0 (surely there) to 1 (surely not). Two kinds of question go unanswered and look different: what no
article is about shares few words with any; what an article passes over in silence shares nearly all of them, but not
those beside the question word. So the score is a sum of small trees (app/doubt.json), fitted once on labelled development
questions: docs/decisions/0006-abstention.md has the data, the curve and the command. What an article calls
unknown, or tells the opposite of, is doubted by rule. This module knows nothing of wording.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import lru_cache
from importlib.resources import files

from app.asked import Asked, Wanted
from app.choose import (
    ABOUT_ONE,
    CLOSE_LOOK,
    SURELY,
    Candidate,
    Weights,
    around,
    focus_weights,
    in_office,
    of_another_land,
    ways_of,
)
from app.facts import find_facts
from app.of_another import lands, other_price, other_stage, turned_round
from app.other_doer import related_to_another, told_of_another
from app.parts import APART, Held, Parts, read_parts
from app.party import read_party
from app.premise import denied, held_share, unknown
from app.span_numbers import measured, tells_amount, tells_counted
from app.span_roles import office_untold
from app.units import measures
from app.wording import said_otherwise
from index.passage import Hit
from index.split import sentences
from index.vietnamese import fold, pairs, tokens

THRESHOLD = 0.4
"""Above it the archive is said not to know: 4 of 100 answerable development questions are above."""

DENIED = 0.9
"""What rules say when the article calls what was asked unknown, or what the question takes for granted not so; or when the
question names whom it does not know, or asks for an amount of which it holds none."""

UNTOLD = 0.85
"""What they say when nothing around the best sentence tells of the relation that is asked for ("quê", "học phí")."""

ABOUT = 0.5
"""Share of the question's words from which a sentence that tells the opposite speaks of the same event."""

SILENT = 0.5
"""Share of what stands beside the question word that a sentence must call unknown."""

UNREAD = -0.5
"""Log odds of a reader that tell neither way: about the mean over development questions."""

NONE_ANSWERS = -3.5
"""Log odds below which a reader is sure that a sentence does not answer: its least is about −4.2."""

SILENCE, UNFIT_SILENCE = 1.0, 2.5
"""What the doubt (in log odds) of a question over news gains when that is said of all that was read; the second where nothing in the
best sentence is of the kind asked for."""

LOOKED_AT = 15
"""Sentences of the best article read for denials."""

FIRST = 3
"""Of these the first are heard whatever they are about."""

_MARK = re.compile(r"[,;:.!?](?:\s|$)")

OPEN = (Wanted.TRUTH, Wanted.MANNER)
"""What any sentence may answer: a span says nothing for or against it."""


@dataclass(frozen=True, slots=True)
class Features:
    """Shares are of the question's word weight, 0 to 1; words said otherwise count in part.

    local, focus, fit, near, score, behind: of the best sentence (app/choose.py). about: held by it with its title and
    neighbours. fitnear: fit times near. article: held by the whole article; focused: of what stands beside the question
    word; pairs: of its pairs of words. names: held of that name or number of the question of which least is held.
    cosine, lexical: of the best hit. told: whether the article tells of the relations asked for ("lương", "từ chức"),
    beside: whether the sentence with its title and neighbours does, clause: whether the clause of its short answer does
    (0, 1, or 0.6 when none is known); asks: 1 when one is. got, missed: how many words beside the question word the article
    holds and lacks. named, namednear: held of that name of which least is held, by the article and around the sentence. joint: the best
    product of a short answer's fit and the share of what is asked that its sentence holds, within the article.
    ruled: DENIED, UNTOLD or 0, by what rules see: another's deed, a name that the article does not know, nothing told of what is asked.
    floor: the doubt at least, DENIED where a sentence calls it unknown or tells the opposite. dated: 1 when the best article has a
    date, as news has. answers: log odds of a reader that the best sentence answers, UNREAD where none read it; most: of that sentence,
    of all that were read, which it holds likeliest to (UNREAD too where the question's diacritics were restored).
    """

    local: float
    about: float
    focus: float
    fit: float
    near: float
    fitnear: float
    score: float
    behind: float
    article: float
    focused: float
    pairs: float
    names: float
    cosine: float
    lexical: float
    told: float
    beside: float
    clause: float
    asks: float
    got: float
    missed: float
    named: float
    namednear: float
    joint: float
    ruled: float = 0.0
    floor: float = 0.0
    dated: float = 1.0
    answers: float = UNREAD
    most: float = UNREAD


def features(
    asked: Asked,
    question: str,
    weights: Weights,
    ranked: Sequence[Candidate],
    hits: Sequence[Hit],
    article: str,
    strange: str = "",
) -> Features:
    """What is known of a question before answering it.

    article: title and text of the best sentence's article. strange: what of the question it does not know (app/strangers.py).
    """
    best, plain = ranked[0], weights.plain
    ways = ways_of(asked, question, weights)
    focus = focus_weights(asked, weights)
    held = [fold(t) if plain else t for t in tokens(article)]
    said = said_otherwise(ways, held)
    known, joined = set(held), set(pairs(held))
    names = [[fold(t) if plain else t for t in name] for name in named_runs(question)]
    least = min((sum(t in known or t in said for t in name) / len(name) for name in names), default=1.0)
    fit, fitnear = (0.5, 0.15) if asked.wanted in OPEN else (best.fit, best.fit * best.near)
    own = [c for c in ranked[:LOOKED_AT] if c.hit.passage.docid == best.hit.passage.docid]
    asks = read_parts(asked, question, {**weights.single, **weights.pair}, plain=plain)
    parts = _of_parts(asks, asked, ranked, article)
    holds = asked.wanted is Wanted.PERSON and in_office(best, question) > 0
    opposite = any(unknown(asked, c.text, focus, ways, plain=plain) >= SILENT for c in own) or (
        best.own >= ABOUT and asked.wanted is not Wanted.TRUTH and turned_round(question, best.text)
    )
    denial = (
        opposite
        or any(denied(question, asked, c.text, plain=plain) for at, c in enumerate(own) if at < FIRST or c.own >= ABOUT)
        or bool(strange)
        or office_untold(question, around(best))
        or (not plain and _of_another(asked, question, best))
        or (not plain and not holds and _by_another(asked, question, asks, own, article, clause=parts["clause"]))
    )
    untold = parts["asks"] and not holds and (not parts["told"] or not (parts["beside"] or parts["clause"]))
    asks_itself = {fold(t) if plain else t for t in asked.content}
    if not asks_itself.issuperset(weights.single) and not parts["got"] and parts["missed"] >= 2:
        untold = True  # a follow-up none of whose own words the article knows is about something else
    if asked.wanted is Wanted.NUMBER and not asked.english:
        counted, measure = measured(asked, question)
        untold = (
            untold or best.span is None or (not measure and counted[:1] != [] and counted[0].isalpha() and _money(best))
        )
        denial = denial or not tells_amount(measure, article)
        untold = untold or (not measure and not tells_counted(counted, article))
    total = sum(weights.pair.values())
    return Features(
        local=best.local,
        about=best.own + best.around,
        focus=best.focus,
        fit=fit,
        near=best.near,
        fitnear=fitnear,
        score=best.score,
        behind=best.behind,
        article=held_share(weights.single, held, ways, plain=plain),
        focused=held_share(focus, held, ways, plain=plain),
        pairs=sum(w for p, w in weights.pair.items() if p in joined) / total if total else 1.0,
        names=least,
        cosine=max((h.dense for h in hits if h.dense is not None), default=0.0),
        lexical=hits[0].lexical or 0.0,
        **parts,
        ruled=DENIED if denial else UNTOLD if untold else 0.0,
        floor=DENIED if opposite or (asked.english and office_untold(question, around(best))) else 0.0,
        dated=float(best.hit.passage.published is not None),
        answers=UNREAD if best.read is None else best.read.answers,
        # A reader is less at home in a question whose diacritics were guessed: its silence says nothing there.
        most=UNREAD
        if weights.restored
        else max((c.read.answers for c in ranked if c.read is not None), default=UNREAD),
    )


def _of_another(asked: Asked, question: str, best: Candidate) -> bool:
    """Whether the best sentence tells of another round of a contest, the price of another thing, or another country."""
    return (
        other_stage(question, f"{best.hit.passage.title} . {best.text}")
        or (asked.wanted is Wanted.NUMBER and other_price(question, best.text, around(best)))
        or (asked.wanted in ABOUT_ONE and of_another_land(lands(question), best))
    )


def _money(best: Candidate) -> bool:
    """Whether the short answer is an amount of money: no answer to "bao nhiêu cổ đông"."""
    return best.span is not None and any(measures(f.unit) == "money" for f in find_facts(best.span.text))


def _by_another(
    asked: Asked, question: str, parts: Parts, own: Sequence[Candidate], article: str, *, clause: float
) -> bool:
    """Whether the article gives what is asked of somebody to somebody else (app/other_doer.py). own: its sentences, best first."""
    party, best = read_party(asked, question), own[0]
    if party is None:
        return False
    if told_of_another(party, best.text, best.span, around(best), [c.text for c in own]):
        return True
    if not parts.relations or clause:
        return False
    split = (article[a:b] for a, b in sentences(article))
    return related_to_another(party, split, lambda text: parts.told(Held(text, plain=False)) == 1)


def _of_parts(parts: Parts, asked: Asked, ranked: Sequence[Candidate], article: str) -> dict[str, float]:
    """The features that say whether what is asked is told at all, from "told" to "joint"."""
    best, docid = ranked[0], ranked[0].hit.passage.docid
    whole = Held(article, plain=parts.plain)
    beside = Held(around(best), plain=parts.plain)
    clause = Held(_clause(best), plain=parts.plain)
    held = parts.held(whole)
    if asked.wanted in OPEN:
        joint = parts.share(Held(best.text, plain=parts.plain))
    else:
        own = [c for c in ranked[:CLOSE_LOOK] if c.hit.passage.docid == docid and c.span is not None]
        joint = max((c.fit * parts.share(Held(c.text, plain=parts.plain)) for c in own), default=0.0)
    return {
        "told": parts.told(whole),
        "beside": parts.told(beside),
        "clause": parts.told(clause),
        "asks": float(bool(parts.relations)),
        "got": float(sum(h >= APART for h in held)),
        "missed": float(sum(h < APART for h in held)),
        "named": parts.named(whole),
        "namednear": parts.named(beside),
        "joint": joint,
    }


def _clause(best: Candidate) -> str:
    """The clause of a sentence that holds its short answer; the whole sentence when there is none."""
    if best.span is None:
        return best.text
    before = [m.end() for m in _MARK.finditer(best.text, 0, best.span.start)]
    after = _MARK.search(best.text, best.span.end)
    return best.text[before[-1] if before else 0 : after.start() if after else len(best.text)]


def abstain_score(found: Features, *, english: bool = False) -> float:
    """0 (surely in the archive) to 1 (surely not).

    An English question shares few words with a Vietnamese answer: only its vector and its names speak for it.
    """
    if english:
        return max(found.floor, 1 / (1 + math.exp(-(7.97 - 14.35 * found.cosine - 0.6 * found.names))))
    trees, values = _trees(), asdict(found)
    doubt = trees.base + sum(_value(tree, values) for tree in trees.trees) - trees.answers * (found.answers - UNREAD)
    if found.dated and found.most < NONE_ANSWERS:
        doubt += SILENCE if found.fit >= SURELY else UNFIT_SILENCE
    return max(found.floor, 1 / (1 + math.exp(-doubt)))


def named_runs(question: str) -> list[list[str]]:
    """The names and numbers of a question, each as its tokens.

    >>> named_runs("Ai lập đội Neo Vàng năm 2015?")
    [['neo', 'vàng'], ['2015']]
    """
    found: list[list[str]] = []
    run: list[str] = []
    for at, word in enumerate(question.split()):
        named = (word[:1].isupper() and at > 0) or any(c.isdigit() for c in word)
        if named:
            run += tokens(word)
        if run and (not named or word[-1:] in ",;:?"):
            found.append(run)
            run = []
    return [run for run in [*found, run] if run]


Node = Mapping[str, object] | float


@dataclass(frozen=True, slots=True)
class _Trees:
    """answers: what one of the reader's log odds takes from the doubt."""

    base: float
    answers: float
    trees: tuple[Node, ...]


@lru_cache(maxsize=1)
def _trees() -> _Trees:
    table = json.loads(files("app").joinpath("doubt.json").read_text(encoding="utf-8"))
    return _Trees(float(table["base"]), float(table["answers"]), tuple(table["trees"]))


def _value(tree: Node, values: Mapping[str, float]) -> float:
    """Walk a tree: [feature, limit, at most, above], or a number."""
    while isinstance(tree, list):
        name, limit, low, high = tree
        tree = low if values[name] <= limit else high
    return float(tree)  # type: ignore[arg-type]
