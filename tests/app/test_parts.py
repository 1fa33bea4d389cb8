"""The parts of a question beside its question word: words, names and relations, and what a text holds of them."""

from __future__ import annotations

import tomllib
from importlib.resources import files

import pytest

from app.asked import read_question
from app.parts import Held, Parts, read_parts
from app.relation import asked_for
from index.vietnamese import has_diacritics, tokens


def parts_of(question: str, rarity: dict[str, float] | None = None) -> Parts:
    return read_parts(read_question(question), question, rarity or {}, plain=not has_diacritics(question))


def test_words_of_several_syllables_stay_together_and_names_are_apart() -> None:
    found = parts_of("Vì sao bà Cù Thị Mây từ chức ở Hải Sa năm 2031?")
    assert [p.tokens for p in found.parts] == [("từ", "chức")]
    assert found.names == (("cù", "thị", "mây"), ("hải", "sa"))


def test_syllables_met_together_more_than_by_chance_are_one_word() -> None:
    # ln of passages over passages that hold it: each syllable in one of e³, both together in one of e⁴ (by chance e⁶).
    often = {"bục": 3.0, "giảng": 3.0, "bục_giảng": 4.0}
    assert [p.tokens for p in parts_of("Bục giảng đâu?", often).parts] == [("bục", "giảng")]
    rarely = {**often, "bục_giảng": 6.0}
    assert [p.tokens for p in parts_of("Bục giảng đâu?", rarely).parts] == [("bục",), ("giảng",)]


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("Bà từ chức hôm qua.", 1.0),
        ("Bà xin nghỉ hôm qua.", 0.8),
        ("Từ nay bà giữ chức chủ tịch.", 0.45),
        ("Từ nay bà ở nhà.", 0.1),
        ("Bà ở nhà.", 0.0),
    ],
)
def test_a_word_is_held_as_it_stands_in_other_words_apart_or_not_at_all(text: str, held: float) -> None:
    assert parts_of("Bà ấy từ chức khi nào?").held(Held(text, plain=False))[-1] == pytest.approx(held)


def test_a_name_is_held_whole_or_by_its_last_syllables() -> None:
    found = parts_of("Lương của Lê Bá Tòng là bao nhiêu?")
    assert [found.named(Held(text, plain=False)) for text in ("Ông Lê Bá Tòng", "Ông Bá Tòng", "Anh Tòng")] == [
        1.0,
        0.9,
        0.7,
    ]
    assert found.named(Held("Lê Văn Mây", plain=False)) == pytest.approx(0.5 / 3)


def test_without_names_none_is_missed_and_without_relations_nothing_is_said_of_them() -> None:
    found = parts_of("Đội cứu hộ ngủ đâu?")
    assert found.named(Held("", plain=False)) == 1.0
    assert (found.relations, found.told(Held("", plain=False))) == ((), 0.6)


def test_a_relation_is_told_in_any_of_its_ways_and_the_least_told_counts() -> None:
    found = parts_of("Vợ của Lê Bá Tòng quê ở tỉnh nào?")
    told = found.told(Held("Ông kết hôn với bà Mây, sinh ra ở Hải Sa.", plain=False))
    assert (told, found.told(Held("Ông kết hôn với bà Mây.", plain=False))) == (1.0, 0.0)


@pytest.mark.parametrize(
    ("question", "asks"),
    [
        ("sự kiện nào", False), ("khởi kiện ai", True), ("công bố gì", False), ("bố là ai", True), ("đánh giá ra sao", False),
        ("giá bao nhiêu", True), ("điều kiện và kiện tụng ra sao", True),
    ],
)  # fmt: skip
def test_a_word_inside_a_longer_one_asks_for_nothing(question: str, asks: bool) -> None:
    assert bool(asked_for(tokens(question))) is asks


def test_without_diacritics_a_lone_syllable_asks_for_nothing() -> None:
    assert asked_for(["me", "thich", "gi"], plain=True) == []
    [relation] = asked_for(["tu", "chuc", "khi", "nao"], plain=True)
    assert relation.told_in(" ba xin nghi ")


def test_a_number_sign_of_the_table_stands_for_any_number() -> None:
    [relation] = asked_for("nặng bao nhiêu".split())
    assert relation.told_in(" gói hàng nặng 64g rưỡi ")
    assert not relation.told_in(" gói hàng nặng nề lắm ")


def test_every_line_of_the_table_asks_on_one_side_and_tells_on_the_other() -> None:
    table = tomllib.loads(files("app").joinpath("relations.toml").read_text(encoding="utf-8"))
    for line in table["relations"]:
        asked, told = line.split("/")
        assert all(phrase.strip() for side in (asked, told) for phrase in side.split("|")), line


def test_a_name_of_one_syllable_is_told_of_only_where_it_is_capitalised() -> None:
    assert Held("Người đại diện pháp luật của hãng.", plain=False).name(("pháp",), ()) == 0.0
    assert Held("Đoàn từ Pháp sang.", plain=False).name(("pháp",), ()) == 1.0
    assert Held("Đoàn từ Pháp sang.", plain=True).name(("phap",), ()) == 1.0
    assert Held("Năm 2015 mưa nhiều.", plain=False).name(("2015",), ()) == 1.0
