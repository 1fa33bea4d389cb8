"""Choose the sentences that answer, among those of the passages found.

In: a question read, the rarity of its words, and hits. Out: Candidates, best first, each
with the features it was judged by. A sentence is judged by the share of the
question's words that it holds or says in other words (rare words, pairs, and words beside the question
word count more), by what its title and its neighbours add, by whether something in it is of the
kind that the question word asks for and stands near those words, and by where its passage stands.
This module knows nothing of archives or of how an answer is worded.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from app.asked import Asked, Wanted
from app.of_another import Lands, lands, other_land
from app.span_numbers import measured
from app.span_roles import holds_office, office_untold
from app.spans import NEAR, Span, answer_spans, nearness
from app.wording import OTHERWISE, Way, other_ways, said_otherwise
from index.passage import Hit
from index.reader import Reading
from index.split import sentences
from index.vietnamese import fold, pairs, tokens

# Chosen on news_qa and viquad2: docs/decisions/0005-sentences.md.
OWN, PAIRS, CONTEXT, LOCAL = 0.1, 0.6, 0.6, 1.1
FIT, NEARNESS, STANDING, ARTICLE = 1.0, 0.5, 1.0, 1.4
DEEP = 0.35
"""However far down its article a passage stands, it is at most so much behind the article's best."""
UNFIT, CLOSER = 0.4, 0.6
"""Between sentences: taken from one without a date, a person or an amount of the measure asked for; given for such a date or amount
that stands beside the question's words: of two weights the one of which "nặng" is said."""
IN_OFFICE = 0.0, 0.6, 1.5
"""Given for who holds the office asked about; more where the body it is of is named too."""
FRAGMENT, QUESTION = 0.1, 0.3
"""Taken from what is no whole sentence (a caption, a headline), and from what asks instead of answering."""
SURELY = 0.5
"""Fit from which a span is of the kind that is asked for."""
CLOSE_LOOK = 24
"""Sentences searched for spans: those best by words alone."""
ELSEWHERE = 1.0
"""Taken from a sentence about another country or province than the one that is asked about, or without the office."""
FADES = 3.0
"""Words away from the question word over which a word's part in `focus` halves."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One sentence. start and end count in Article.text; span offsets count in the sentence.

    own, paired, around: shares (0 to 1) of the question's word weight held by the sentence, by its pairs, and
    additionally by its title and neighbours. focus: share held of what stands beside the question word. local: share
    held when words that are rare among these very sentences weigh more. fit, near: of its best span, and how much of
    the question stands near that. behind: how far its passage's score is behind the best. number: its place in the passage.
    bonus: what puts it before or behind others for its kind of answer; how much more is quoted does not depend on it.
    read: what a reader says of it (app/reread.py), None when it was not read.
    """

    hit: Hit
    number: int
    start: int
    end: int
    text: str
    own: float
    paired: float
    around: float
    focus: float = 0.0
    local: float = 0.0
    behind: float = 0.0
    away: float = 0.0
    fit: float = 0.0
    near: float = 0.0
    span: Span | None = None
    bonus: float = 0.0
    read: Reading | None = None

    @property
    def about(self) -> float:
        """How much the sentence is about the question, whatever it answers."""
        return OWN * self.own + LOCAL * self.local + PAIRS * self.paired + CONTEXT * self.around

    @property
    def score(self) -> float:
        said = self.about + FIT * self.fit * (1 + NEARNESS * self.near)
        end = self.text.rstrip("\"”’')]»")[-1:]
        return (
            said
            - STANDING * min(self.behind, self.away + DEEP)
            - ARTICLE * self.away
            - (QUESTION if end == "?" else 0.0 if end in ".!…:;" else FRAGMENT)
        )

    @property
    def standing(self) -> float:
        """Its place among others: the score, and what its kind of answer adds."""
        return self.score + self.bonus


@dataclass(frozen=True, slots=True)
class Weights:
    """The question's words with their rarity: single syllables, and pairs of neighbours.

    plain: match without diacritics, because the question had none and they could not be restored for sure. restored: whether any were.
    """

    single: Mapping[str, float]
    pair: Mapping[str, float]
    plain: bool = False
    restored: bool = False


def rank(asked: Asked, question: str, weights: Weights, hits: Sequence[Hit]) -> list[Candidate]:
    """All sentences of the hits' passages, best first; ties go by place, so that a run repeats exactly."""
    ways = ways_of(asked, question, weights)
    split = [(hit, sentences(hit.passage.text)) for hit in hits]
    wanted = frozenset((*weights.single, *weights.pair))
    read = [[_read(hit.passage.text[a:b], wanted, weights.plain, ways) for a, b in spans] for hit, spans in split]
    focus = focus_weights(asked, weights)
    local = _local_weights(weights, [held for passage in read for held in passage])
    top = max((hit.score for hit in hits), default=0.0)
    articles: dict[str, float] = {}
    for hit in hits:
        articles[hit.passage.docid] = max(hit.score, articles.get(hit.passage.docid, hit.score))
    found: list[Candidate] = []
    for (hit, spans), passage in zip(split, read, strict=True):
        title = _read(hit.passage.title, wanted, weights.plain, ways)
        for number, (a, b) in enumerate(spans):
            held = passage[number]
            wide = _union(held, title, *passage[max(0, number - 1) : number], *passage[number + 1 : number + 2])
            own = _share(weights.single, held)
            found.append(
                Candidate(
                    hit,
                    number,
                    hit.passage.start + a,
                    hit.passage.start + b,
                    hit.passage.text[a:b],
                    own,
                    _share(weights.pair, held),
                    _share(weights.single, wide) - own,
                    _share(focus, held),
                    _share(local, held),
                    top - hit.score,
                    top - articles[hit.passage.docid],
                )
            )
    found.sort(key=_judged)
    close = [_looked_into(c, asked, question, weights, focus, ways) for c in found[:CLOSE_LOOK]]
    if not asked.english:
        close = [replace(c, bonus=_bonus(c, asked, question)) for c in close]
        if asked.wanted in ABOUT_ONE and not weights.plain and (ours := lands(question)):
            close = [replace(c, bonus=c.bonus - ELSEWHERE) if of_another_land(ours, c) else c for c in close]
    return sorted(close, key=_judged) + found[CLOSE_LOOK:]


ABOUT_ONE = (Wanted.NUMBER, Wanted.TIME, Wanted.PERSON)
"""What is asked of one country has another answer in the next."""


def around(c: Candidate) -> str:
    """A candidate's title and the sentences beside it, with itself."""
    passage = c.hit.passage
    spans = sentences(passage.text)[max(0, c.number - 1) : c.number + 2]
    return " . ".join([passage.title, *(passage.text[a:b] for a, b in spans)])


def of_another_land(asked: Lands, c: Candidate) -> bool:
    """Whether a candidate speaks of another country or province than those that the question names."""
    return bool(asked) and other_land(asked, c.text, around(c))


def _bonus(c: Candidate, asked: Asked, question: str) -> float:
    counts = asked.wanted is Wanted.TIME or (asked.wanted is Wanted.NUMBER and bool(measured(asked, question)[1]))
    if c.fit < SURELY:
        named = asked.wanted is Wanted.PERSON or (asked.wanted is Wanted.NAME and not asked.head)
        return -UNFIT if counts or named else 0.0
    if asked.wanted is Wanted.PERSON:
        return IN_OFFICE[in_office(c, question)] - ELSEWHERE * office_untold(question, c.text)
    return CLOSER * c.fit * c.near if counts else 0.0


def _judged(c: Candidate) -> tuple[float, int, int]:
    return (-c.standing, c.hit.rank, c.start)


def in_office(c: Candidate, question: str) -> int:
    """How surely a candidate's short answer holds the office of which the question asks who holds it (app/span_roles.py)."""
    return holds_office(question, c.text, c.span.start, c.span.end) if c.span is not None else 0


_OF = frozenset("của ở tại trong cho về với từ khi trên sau trước cua tai o ve voi tu tren".split())


def focus_weights(asked: Asked, weights: Weights) -> dict[str, float]:
    """The question's words weighed anew: what stands beside the question word says what is asked of the rest.

    Of "Giá vé của tuyến số 5 là bao nhiêu" it is what the sentence opens with.
    """
    places = dict.fromkeys(tokens(asked.head), 0)
    left = asked.left[::-1]
    if asked.left[-1:] in (("là",), ("la",)):
        opening = next((n for n, token in enumerate(asked.left) if n and token in _OF), len(asked.left) - 1)
        left = (*asked.left[:opening], *[""] * 4, *asked.left[opening:-1])
    for side in (left, asked.right):
        for distance, token in enumerate(side, 1):
            places[token] = min(distance, places.get(token, distance))
    if weights.plain:
        places = {fold(token): distance for token, distance in places.items()}
    return {term: rare * 0.5 ** (places.get(term, 20) / FADES) for term, rare in weights.single.items()}


def _looked_into(
    c: Candidate, asked: Asked, question: str, weights: Weights, focus: Mapping[str, float], ways: Sequence[Way]
) -> Candidate:
    spans = answer_spans(asked, question, c.text)
    if not spans:
        return c
    held = tokens(c.text)
    otherwise = said_otherwise(ways, [fold(t) for t in held] if weights.plain else held)
    mixed = {term: weight + focus[term] for term, weight in weights.single.items()}
    near = nearness(spans, c.text, mixed, plain=weights.plain, otherwise=otherwise)
    beside = near
    if asked.wanted in (Wanted.TIME, Wanted.NUMBER):  # of several amounts the one beside what is asked of them all
        asking = nearness(spans, c.text, focus, plain=weights.plain, otherwise=otherwise)
        beside = [a + b for a, b in zip(near, asking, strict=True)]
    top = max(beside) or 1.0
    person = asked.wanted is Wanted.PERSON
    holds = [holds_office(question, c.text, span.start, span.end) if person else 0 for span in spans]
    at = max(range(len(spans)), key=lambda n: (holds[n], spans[n].fit + NEAR * beside[n] / top, -spans[n].start))
    return replace(c, fit=spans[at].fit, near=near[at], span=spans[at])


def ways_of(asked: Asked, question: str, weights: Weights) -> tuple[Way, ...]:
    """What else may say the words of a question; nothing for an English one."""
    if asked.english:
        return ()
    asked_tokens = tokens(question)
    return other_ways([fold(t) for t in asked_tokens] if weights.plain else asked_tokens, plain=weights.plain)


def _local_weights(weights: Weights, read: Sequence[Mapping[str, float]]) -> dict[str, float]:
    """The question's words weighed by how few of these very sentences hold them."""
    holding = Counter(term for held in read for term in held if term in weights.single)
    return {
        term: min(1.0, rare) * math.log(1 + len(read) / (1 + holding[term])) for term, rare in weights.single.items()
    }


def _read(text: str, wanted: frozenset[str], plain: bool, ways: Sequence[Way]) -> dict[str, float]:
    """The wanted terms and pairs of a text with their credit: 1 as they stand, less when said in other words."""
    held = tokens(text)
    if plain:
        held = [fold(token) for token in held]
    credit = dict.fromkeys(wanted.intersection(said_otherwise(ways, held)), OTHERWISE)
    credit.update(dict.fromkeys(wanted.intersection((*held, *pairs(held))), 1.0))
    return credit


def _union(*credits: Mapping[str, float]) -> dict[str, float]:
    merged: dict[str, float] = {}
    for credit in credits:
        for term, worth in credit.items():
            merged[term] = max(worth, merged.get(term, 0.0))
    return merged


def _share(weights: Mapping[str, float], held: Mapping[str, float]) -> float:
    total = sum(weights.values())
    return sum(weight * held.get(term, 0.0) for term, weight in weights.items()) / total if total else 0.0
