"""The first sentences read again with the question: which are read, with what around them, and in what order they come back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pytest

from app.choose import Candidate
from app.reread import FIRST, MOST, UNLIKELY, WITHIN, WORTH, reread
from index.reader import Context, Reading
from tests.app.found import hit, ranked

QUESTION = "Cầu Sương Mai dài bao nhiêu mét?"
BRIDGE = "Cầu Sương Mai rộng 9 m. Cầu dài 486 m. Công trình trải 0,5 km trên mặt nước. Xe tải phải đi đường khác."


class Scripted:
    """Says what it was told of each sentence, and keeps what it was given."""

    def __init__(self, said: Mapping[str, float] | None = None, answers: float = 1.5) -> None:
        self.said = said or {}
        self.answers = answers
        self.given: list[Context] = []

    def read(self, question: str, contexts: Sequence[Context]) -> list[Reading]:
        self.given += contexts
        nothing = np.zeros((0, 3), np.float32), np.zeros((0, 2), np.int64)
        return [Reading(self.said.get(c.sentence, 0.0), self.answers, *nothing) for c in contexts]


@pytest.fixture
def candidates() -> list[Candidate]:
    return ranked(QUESTION, hit(BRIDGE, title="Khánh thành"))


def test_what_the_reader_prefers_comes_first(candidates: list[Candidate]) -> None:
    second = candidates[1]
    gap = candidates[0].standing - second.standing
    assert 0 < gap < WITHIN
    just_enough = reread(QUESTION, candidates, Scripted({second.text: (gap + 0.01) / WORTH}))
    too_little = reread(QUESTION, candidates, Scripted({second.text: (gap - 0.01) / WORTH}))
    assert just_enough[0].text == second.text
    assert too_little[0].text == candidates[0].text
    assert just_enough[0].read is not None
    assert just_enough[0].read.answers == 1.5


def test_scores_and_the_sentences_themselves_stay_as_they_were(candidates: list[Candidate]) -> None:
    again = reread(QUESTION, candidates, Scripted())
    assert [c.text for c in again] == [c.text for c in candidates]
    assert [c.score for c in again] == [c.score for c in candidates]


def test_what_is_far_behind_is_not_read_and_stays_behind(candidates: list[Candidate]) -> None:
    reader = Scripted({"Xe tải phải đi đường khác.": 99.0})
    again = reread(QUESTION, candidates, reader)
    far = [c for c in candidates if c.standing < candidates[0].standing - WITHIN]
    assert far
    assert "Xe tải phải đi đường khác." in [c.text for c in far]
    assert again[-len(far) :] == far
    assert all(c.read is None for c in far)


@pytest.mark.parametrize(("answers", "read"), [(UNLIKELY, FIRST), (UNLIKELY - 0.1, MOST)])
def test_more_is_read_only_where_none_of_the_first_is_likely_to_answer(answers: float, read: int) -> None:
    many = ranked(QUESTION, hit(" ".join(f"Cầu Sương Mai dài {n} mét." for n in range(10, 30))))
    reader = Scripted(answers=answers)
    again = reread(QUESTION, many, reader)
    assert len(reader.given) == len({c.sentence for c in reader.given}) == read
    assert sorted(c.text for c in again) == sorted(c.text for c in many)
    assert [c.read is not None for c in again] == [True] * read + [False] * (len(many) - read)


def test_one_read_on_for_may_come_first() -> None:
    many = ranked(QUESTION, hit(" ".join(f"Cầu Sương Mai dài {n} mét." for n in range(10, 30))))
    last = many[MOST - 1]
    assert reread(QUESTION, many, Scripted({last.text: 9.0}, answers=-3.0))[0].text == last.text


def test_title_and_the_sentence_before_come_with_it(candidates: list[Candidate]) -> None:
    reader = Scripted()
    reread(QUESTION, candidates, reader)
    given = {c.sentence: c for c in reader.given}
    assert given["Cầu dài 486 m."] == Context("Khánh thành", "Cầu Sương Mai rộng 9 m.", "Cầu dài 486 m.")
    first = given.get("Cầu Sương Mai rộng 9 m.")
    assert first is None or first.before == ""


def test_nothing_found_is_nothing_read() -> None:
    reader = Scripted()
    assert reread(QUESTION, [], reader) == []
    assert reader.given == []
