"""A question typed in small letters gets back the capitals that the passages write."""

from __future__ import annotations

import pytest

from index.capitals import capitalise, named_in

NEWS = ["Sáng nay ông Lâm Bảy về xã Khê Sấu. Khê Sấu mở hội. Bảy người dân đón ông ở chợ."]


def test_names_and_the_first_letter_are_capitalised_and_nothing_else() -> None:
    assert capitalise("ông lâm bảy về xã khê sấu khi nào?", NEWS) == "Ông Lâm Bảy về xã Khê Sấu khi nào?"


def test_a_question_with_a_capital_of_its_own_is_left_alone() -> None:
    assert capitalise("ông Lâm bảy về khê sấu khi nào?", NEWS) == "ông Lâm bảy về khê sấu khi nào?"


def test_the_capital_of_a_sentence_s_first_word_says_nothing() -> None:
    assert named_in(["chợ"], ["Chợ đông.", 'Bà nói: "Chợ vắng." Chợ tan. Ở chợ có quà.']) == set()
    assert named_in(["tre"], ["Chợ Tre đông."]) == {"tre"}


def test_the_same_neighbour_decides_and_a_lone_word_only_where_there_is_none() -> None:
    passages = ["Nền văn hóa của làng, văn hóa của nước. Đường về Thanh Hóa còn xa."]
    assert named_in(["thanh", "hóa"], passages) == {"thanh", "hóa"}
    assert named_in(["văn", "hóa"], passages) == set()
    assert named_in(["hóa", "học"], passages) == set(), "two of three are small"


def test_words_are_compared_in_one_spelling_and_written_as_they_were_typed() -> None:
    assert capitalise("chợ hoà bình bán gì", ["Người ta kể chợ Hòa Bình bán cá."]) == "Chợ Hoà Bình bán gì"


@pytest.mark.parametrize("text", ["", "?", "7 người"])
def test_what_has_no_name_stays(text: str) -> None:
    assert capitalise(text, NEWS) == text
