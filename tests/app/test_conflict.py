"""Two articles that disagree on the asked figure are both shown; other differences are no contradiction."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from app.asked import Asked, read_question
from app.choose import Candidate, Weights, rank
from app.conflict import contradiction
from app.select import select
from index.passage import Hit, Passage
from ingest.article import VIETNAM

QUESTION = "Lũ ở xã Suối Ngà khiến bao nhiêu hộ phải sơ tán?"
DAY = datetime(2026, 8, 20, 7, tzinfo=VIETNAM)


def hit(docid: str, text: str, published: datetime, rank: int) -> Hit:
    passage = Passage(f"{docid}#0", docid, 0, len(text), text, "Lũ ở Suối Ngà", "Báo Sương", "", published)
    return Hit(passage, rank, 7.0 - rank / 100, 0.9, 0.8)


def ranked(*texts: tuple[str, datetime]) -> tuple[Asked, list[Candidate]]:
    asked = read_question(QUESTION)
    weights = Weights(dict.fromkeys(asked.content, 1.0), {"suối_ngà": 2.0, "sơ_tán": 2.0})
    hits = [hit(f"a{n}", text, day, n) for n, (text, day) in enumerate(texts, start=1)]
    return asked, rank(asked, QUESTION, weights, hits)


def test_two_figures_of_the_same_days_contradict_and_the_newer_is_quoted_first() -> None:
    asked, found = ranked(
        ("Lũ khiến 42 hộ ở xã Suối Ngà phải sơ tán.", DAY),
        ("Xã Suối Ngà có 57 hộ phải sơ tán vì lũ.", DAY + timedelta(hours=5)),
    )
    against = contradiction(asked, found)
    assert against is not None
    assert [q.hit.passage.docid for q in select(asked, found, against=against)] == ["a2", "a1"]


def test_what_words_rank_before_the_best_contradicts_it_though_it_shares_fewer_with_the_question() -> None:
    asked, (first, second) = ranked(
        ("Lũ khiến 42 hộ ở xã Suối Ngà phải sơ tán.", DAY),
        ("Xã Suối Ngà có 57 hộ phải sơ tán vì lũ.", DAY + timedelta(hours=5)),
    )
    about_less = replace(first, own=0.1, paired=0.0, around=0.0, local=0.1)
    assert contradiction(asked, [second, about_less]) is None
    ahead = replace(about_less, near=9.0)
    assert ahead.score > second.score
    assert contradiction(asked, [second, ahead]) == ahead


@pytest.mark.parametrize(
    ("other", "later"),
    [
        ("Xã Suối Ngà có 42 hộ phải sơ tán vì lũ.", timedelta(hours=5)),
        ("Xã Suối Ngà có 57 hộ phải sơ tán vì lũ.", timedelta(days=60)),
        ("Xã Suối Ngà có 57 ha lúa bị lũ vùi lấp.", timedelta(hours=5)),
        ("Trường mầm non Đồi Quế có 57 hộ góp gạo.", timedelta(hours=5)),
    ],
    ids=["the same figure", "months apart", "another measure", "another matter"],
)
def test_what_is_no_contradiction(other: str, later: timedelta) -> None:
    asked, found = ranked(("Lũ khiến 42 hộ ở xã Suối Ngà phải sơ tán.", DAY), (other, DAY + later))
    assert contradiction(asked, found) is None
