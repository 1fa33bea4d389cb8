"""Looking closer: what a question names, how near it stands together in a passage, and what that is worth."""

from __future__ import annotations

import math

import pytest

from index.closeness import WINDOW_SYLLABLES, Seen, Worths, look, sought, terms
from index.passage import Passage
from index.rewrite import Rewritten


def passage(text: str, title: str = "") -> Passage:
    return Passage("tin#0", "tin", 0, len(text), text, title)


def asked(text: str, **more: object) -> Rewritten:
    return Rewritten(text, **more)  # type: ignore[arg-type]


def rare(query: Rewritten) -> dict[str, float]:
    return dict.fromkeys(terms(query), 1.0)


def test_words_that_only_ask_are_not_looked_for() -> None:
    query = asked("Cầu Sương Mai dài bao nhiêu mét ?")
    wanted = sought(query, rare(query))
    assert set(wanted.single) == {"cầu", "sương", "mai", "dài", "mét"}
    assert set(wanted.pairs) == {"cầu_sương", "sương_mai", "mai_dài"}
    assert wanted.number


def test_names_are_capitalised_words_but_the_first_and_numbers() -> None:
    query = asked("Ông Bảy Lâm mua 1.200 con vịt ở chợ Tre ?")
    assert sought(query, rare(query)).names == {"bảy", "lâm", "1200", "tre"}


def test_a_question_that_asks_nothing_but_how_many_looks_for_no_word() -> None:
    query = asked("Bao nhiêu ?")
    seen = look(sought(query, rare(query)), passage("Có 7 người."))
    assert (seen.names, seen.window, seen.cover, seen.number) == (0.0, 0.0, 0.0, 1.0)


@pytest.mark.parametrize("told", ["Sản lượng tăng 35%.", "Sản lượng tăng 35 phần trăm."])
@pytest.mark.parametrize("typed", ["Sản lượng tăng 35% ?", "Sản lượng tăng 35 phần trăm ?"])
def test_a_percent_sign_says_percent(typed: str, told: str) -> None:
    query = asked(typed)
    seen = look(sought(query, rare(query)), passage(told))
    assert (seen.names, seen.window, seen.cover) == (pytest.approx(1 / 6), 1.0, 1.0)


def test_a_name_met_in_the_title_is_held_but_a_word_met_there_alone_does_not_cover() -> None:
    query = asked("Vì đâu chợ Tre đóng cửa ?")
    wanted = sought(query, {**rare(query), "tre": 4.0})
    total = 1.0 + 1.0 + 4.0 + 1.0 + 1.0  # vì chợ tre đóng cửa: "đâu" asks
    seen = look(wanted, passage("Hôm qua chợ đóng cửa.", "Chợ Tre vắng khách"))
    assert seen.names == pytest.approx(4 / total)
    assert seen.cover == pytest.approx(3 / total)


def test_words_near_each_other_are_worth_more_than_the_same_words_far_apart() -> None:
    query = asked("cầu lam khê")
    wanted = sought(query, rare(query))
    near = look(wanted, passage("Cầu Lam Khê " + "a " * WINDOW_SYLLABLES))
    far = look(wanted, passage("Cầu " + "a " * WINDOW_SYLLABLES + "lam " + "a " * WINDOW_SYLLABLES + "khê"))
    edge = look(wanted, passage("Cầu " + "a " * (WINDOW_SYLLABLES - 2) + "khê"))
    beyond = look(wanted, passage("Cầu " + "a " * (WINDOW_SYLLABLES - 1) + "khê"))
    assert near.window == 1.0, "three words and two pairs, all in one window"
    assert far.window == pytest.approx(1 / 5)
    assert (edge.window, beyond.window) == (pytest.approx(2 / 5), pytest.approx(1 / 5))
    assert near.cover == far.cover == 1.0


def test_a_word_said_twice_in_a_window_counts_once() -> None:
    query = asked("cầu lam")
    assert look(sought(query, rare(query)), passage("Lam, lam, lam và lam.")).window == pytest.approx(1 / 3)


def test_another_way_of_saying_it_holds_the_question_s_own_words() -> None:
    query = asked("Chủ tịch UBND là ai ?", others=((("ubnd",), ("ủy", "ban", "nhân", "dân")),))
    wanted = sought(query, rare(query))
    assert look(wanted, passage("Uỷ ban nhân dân họp.")).names == pytest.approx(1 / 4)  # chủ tịch ubnd là
    assert look(wanted, passage("Uỷ ban họp.")).names == 0.0


def test_restored_diacritics_are_not_trusted_where_a_passage_is_read() -> None:
    query = asked("chợ Trẻ bán gì", restored=0.7)  # "tre" was meant
    wanted = sought(query, rare(query))
    seen = look(wanted, passage("Chợ Tre bán cá."))
    assert (seen.names, seen.cover) == (pytest.approx(1 / 3), 1.0)


def test_what_is_seen_is_worth_its_weights() -> None:
    seen = Seen(names=0.5, window=0.25, cover=1.0, number=1.0, syllables=95)
    worths = Worths(lexical=0.5, names=2.0, window=4.0, cover=0.3, number=0.2, length=-0.1)
    assert seen.worth(worths) == pytest.approx(1.0 + 1.0 + 0.3 + 0.2 - 0.1 * math.log(100))
