"""Is the answer in the archive? Features counted by hand, and a score that moves the right way."""

from __future__ import annotations

import math
from dataclasses import astuple, fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.abstain import COEFFICIENTS, ENGLISH, INTERCEPT, THRESHOLD, Features, abstain_score, features
from app.asked import read_question
from app.choose import Weights
from index.passage import Hit
from tests.app.found import even, hit, ranked

LENGTH = "Cầu Sương Mai dài bao nhiêu mét?"
BRIDGE = "Cầu Sương Mai bắc qua sông Sương. Cầu dài 486 m."

KNOWN = Features(
    sentence=0.9, around=1.0, paired=0.8, article=1.0, names=1.0, rarest=1.0, fit=1.0, cosine=0.93, lexical=0.9
)
UNKNOWN = Features(
    sentence=0.1, around=0.2, paired=0.0, article=0.2, names=0.0, rarest=0.0, fit=0.1, cosine=0.80, lexical=0.1
)


def counted(question: str, *hits: Hit, names: tuple[str, ...] = (), weights: Weights | None = None) -> Features:
    return features(read_question(question), names, weights or even(question), ranked(question, *hits), hits)


def test_what_the_best_sentence_and_its_article_hold_is_counted() -> None:
    found = counted(LENGTH, hit(BRIDGE), names=("sương", "mai"))
    # Best: "Cầu dài 486 m." holds cầu and dài of five words; sương and mai stand beside it; nobody says mét.
    assert found.sentence == pytest.approx(2 / 5)
    assert found.around == pytest.approx(4 / 5)
    assert found.article == pytest.approx(4 / 5)
    assert found.paired == pytest.approx(2 / 5), "cầu_sương and sương_mai of five pairs"
    assert found.names == 1.0
    assert found.fit == 1.0, "486 m is a length"


def test_every_passage_of_the_best_article_counts_and_no_other_article() -> None:
    more = hit("Mỗi mét cầu nặng 2 tấn.", rank=2, score=6.0, start=200)
    other = hit("Mỗi mét đường nặng 2 tấn.", docid="b", rank=3, score=5.0)
    assert counted(LENGTH, hit(BRIDGE), more).article == 1.0
    assert counted(LENGTH, hit(BRIDGE), other).article == pytest.approx(4 / 5)


def test_a_title_counts_as_part_of_its_article() -> None:
    assert counted(LENGTH, hit(BRIDGE, title="Mỗi mét cầu")).article == 1.0


def test_names_that_the_article_lacks_are_missed() -> None:
    assert counted(LENGTH, hit(BRIDGE), names=("sương", "hạc")).names == 0.5
    assert counted(LENGTH, hit(BRIDGE)).names == 1.0, "a question without names misses none"


def test_the_rarest_word_of_the_question_is_looked_for() -> None:
    for rare, held in (("sương", 1.0), ("mét", 0.0)):
        weights = Weights({"cầu": 1.0, rare: 9.0}, {})
        assert counted(LENGTH, hit(BRIDGE), weights=weights).rarest == held


def test_the_nearest_hit_gives_the_cosine_and_the_first_the_word_share() -> None:
    first, second = hit(BRIDGE, dense=0.8, lexical=0.4), hit("Khác.", docid="b", rank=2, dense=0.95, lexical=0.9)
    found = counted(LENGTH, first, second)
    assert (found.cosine, found.lexical) == (0.95, 0.4)
    unseen = counted(LENGTH, hit(BRIDGE, dense=None, lexical=None))
    assert (unseen.cosine, unseen.lexical) == (0.0, 0.0)


@pytest.mark.parametrize("question", ["Cầu Sương Mai", "Cầu Sương Mai thông xe chưa?", "Cầu Sương Mai ra sao?"])
def test_a_question_that_any_sentence_may_answer_is_neither_helped_nor_hindered_by_fit(question: str) -> None:
    assert counted(question, hit(BRIDGE)).fit == 0.5


def test_a_question_without_words_misses_nothing_and_finds_nothing() -> None:
    found = counted("?", hit(BRIDGE), weights=Weights({}, {}))
    assert (found.article, found.paired, found.names, found.rarest) == (1.0, 1.0, 1.0, 1.0)
    assert found.sentence == 0.0


def test_diacritics_are_left_out_of_account_when_the_question_has_none() -> None:
    question = "cau suong mai dai bao nhieu met"
    plain = even(question, plain=True)
    best = ranked(question, hit(BRIDGE), plain=True)
    found = features(read_question(question), ["suong"], plain, best, [hit(BRIDGE)])
    assert (found.article, found.names) == (pytest.approx(4 / 5), 1.0)


# ---- the score


def test_the_score_is_the_logistic_of_the_weighted_features() -> None:
    total = INTERCEPT + sum(getattr(COEFFICIENTS, f.name) * getattr(KNOWN, f.name) for f in fields(Features))
    assert abstain_score(KNOWN) == pytest.approx(1 / (1 + math.exp(-total)))
    assert abstain_score(KNOWN, english=True) == pytest.approx(1 / (1 + math.exp(-(total + ENGLISH))))


def test_what_is_plainly_there_is_answered_and_what_is_plainly_not_is_not() -> None:
    assert abstain_score(KNOWN) < 0.5 < THRESHOLD < abstain_score(UNKNOWN)


@pytest.mark.parametrize("name", [f.name for f in fields(Features)])
def test_more_of_anything_never_makes_an_answer_less_likely(name: str) -> None:
    less = replace(KNOWN, **{name: 0.5 * getattr(KNOWN, name)})
    assert abstain_score(less) >= abstain_score(KNOWN)


@given(st.builds(Features, *[st.floats(0, 1)] * 7, st.floats(-1, 1), st.floats(0, 4)), st.booleans())
def test_any_features_have_a_score_between_never_and_always(found: Features, english: bool) -> None:
    assert len(astuple(found)) == 9
    assert 0 <= abstain_score(found, english=english) <= 1
