"""A sentence read for comparison: the words that claim something, and where each stands."""

from __future__ import annotations

import pytest

from app.fact import Fact
from app.statement import Statement, read_statement

SAID = read_statement("Đội Neo Vàng khánh thành nhà mới, đội Báo Khê cũng khánh thành nhà mới năm 2027.")


def test_the_longest_known_phrase_is_one_word_and_facts_are_none() -> None:
    said = [SAID.phrase(at, width) for at, width in SAID.units]
    assert said.count(("khánh", "thành")) == 2
    assert ("khánh",) not in said
    assert not {"neo", "vàng", "2027"} & {form for phrase in said for form in phrase}


def test_the_places_of_a_word_are_those_of_the_units() -> None:
    assert SAID.words["khánh", "thành"] == tuple(at for at, form in enumerate(SAID.forms) if form == "khánh")
    assert sorted(at for places in SAID.words.values() for at in places) == [at for at, _ in SAID.units]


def test_a_sentence_is_cut_into_words_once(monkeypatch: pytest.MonkeyPatch) -> None:
    statement = read_statement("Cầu Sương Mai dài 412 m, rộng 12 m.")
    cut: list[Statement] = []
    of = Statement._units
    monkeypatch.setattr(Statement, "_units", lambda self: cut.append(self) or of(self))
    for _ in range(3):
        assert statement.units
        assert statement.words
    assert cut == [statement]


def test_the_syllables_of_a_fact_are_those_that_it_touches() -> None:
    for fact in SAID.facts:
        held = [n for n, (a, b) in enumerate(SAID.spans) if a < fact.end and b > fact.start]
        assert held
        assert list(SAID.syllables(fact)) == held
    assert not SAID.syllables(Fact("name", 900, 905, "Ngoài", "Ngoài"))


@pytest.mark.parametrize(
    ("sentence", "word", "denied"),
    [
        ("Thuốc không giúp bạn khỏi bệnh.", "khỏi", True),
        ("Nhà thầu không làm, ông An nghỉ việc.", "nghỉ", False),
        ("Xưởng không cho, anh em nghỉ việc.", "nghỉ", False),
    ],
)
def test_a_denial_passes_over_who_is_caused_to_do_something_but_into_no_other_clause(
    sentence: str, word: str, denied: bool
) -> None:
    read = read_statement(sentence)
    assert read.denied[read.forms.index(word)] is denied
