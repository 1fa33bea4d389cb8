"""The short answer read out of a sentence: clauses above all, and what the rules are sure of."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.asked import read_question
from app.facts import find_facts
from app.reading import likelihood, short_answer
from app.stretches import NAMES, Stretches, stretches
from index.reader import Reading
from tests.app.found import even, hit, ranked

# question, sentence, the short answer
CLAUSES = [
    ("Đội cứu hộ được gọi là gì?", "Đội cứu hộ được gọi là chim mồi vì luôn đi trước.", "chim mồi vì luôn đi trước"),
    (
        "Sau trận lũ, xã Đồi Quế đã làm gì?",
        "Sau trận lũ, xã Đồi Quế dời 40 nhà lên đồi và đắp lại đê.",
        "dời 40 nhà lên đồi và đắp lại đê",
    ),
    ("Điều gì làm hỏng mùa nhãn ở Cát Lành?", "Sương muối làm hỏng mùa nhãn ở Cát Lành.", "Sương muối"),
    (
        "Ai đã dựng lại chợ Bến Đá?",
        "Các tiểu thương và thợ mộc trong xã đã dựng lại chợ Bến Đá chỉ trong ba tuần.",
        "Các tiểu thương và thợ mộc trong xã",
    ),
    ("Bảo tàng Lưu Gia có bao nhiêu phòng tranh?", "Bảo tàng Lưu Gia có ba phòng tranh.", "ba"),
]


def read(question: str, sentence: str, *, plain: bool = False) -> str:
    candidate = ranked(question, hit(sentence), plain=plain)[0]
    return short_answer(read_question(question), question, even(question, plain=plain), candidate)


def read_with(question: str, sentence: str, wanted: str) -> str:
    """With a reader that is sure of some words of the sentence."""
    places = np.array([m.span() for m in re.finditer(r"\w+", sentence)], np.int64)
    start = sentence.index(wanted)
    inside = (places[:, 0] >= start) & (places[:, 1] <= start + len(wanted))
    tokens = np.full((len(places), 3), -9.0, np.float32)
    tokens[inside, 2] = 9.0
    tokens[np.flatnonzero(inside)[0], 0] = tokens[np.flatnonzero(inside)[-1], 1] = 9.0
    candidate = replace(ranked(question, hit(sentence))[0], read=Reading(0.0, 0.0, tokens, places))
    return short_answer(read_question(question), question, even(question), candidate)


def parts(question: str, sentence: str) -> Stretches:
    return stretches(read_question(question), even(question), sentence)


@pytest.mark.parametrize(("question", "sentence", "short"), CLAUSES)
def test_a_clause_answers_where_no_name_or_number_does(question: str, sentence: str, short: str) -> None:
    assert read(question, sentence) == short


def test_what_a_rule_is_sure_of_is_the_answer() -> None:
    assert read("Cầu Sương Mai dài bao nhiêu mét?", "Cầu Sương Mai dài 486 m, xây năm 1998.") == "486 m"


def test_a_yes_or_no_and_an_english_question_are_left_to_the_rules() -> None:
    assert read("Cầu Sương Mai có đóng không?", "Cầu Sương Mai đóng từ sáng.") == ""
    assert read("Why did the market close last week?", "Chợ Bến Đá nghỉ vì sửa mái.") == "sửa mái"
    assert (
        read(
            "How long is the bridge?",
            "Từ 0h xe tải không được qua cầu để nhường chỗ cho việc thay khe co giãn và gia cố trụ.",
        )
        == ""
    )
    assert read("What did the village do after the flood?", "Xã Đồi Quế dời nhà lên đồi.") == ""


def test_where_a_reader_read_its_words_decide() -> None:
    question, sentence = (
        "Ai đã dựng lại chợ Bến Đá?",
        "Các tiểu thương và thợ mộc trong xã đã dựng lại chợ Bến Đá chỉ trong ba tuần.",
    )
    for wanted in ("Các tiểu thương", "thợ mộc trong xã"):
        assert read_with(question, sentence, wanted) == wanted


def test_a_reader_that_is_sure_of_other_words_overrules_a_rule() -> None:
    question, sentence = "Ai khánh thành cầu?", "Ông Chu Đình Vọng khánh thành cầu, ông Lê Bá Tòng dự."
    assert read(question, sentence) == "Chu Đình Vọng"
    assert read_with(question, sentence, "Lê Bá Tòng") == "Lê Bá Tòng"
    assert read_with(question, sentence, "Chu Đình Vọng") == "Chu Đình Vọng"
    places = np.array([m.span() for m in re.finditer(r"\w+", sentence)], np.int64)
    unsure = Reading(0.0, 0.0, np.zeros((len(places), 3), np.float32), places)
    candidate = replace(ranked(question, hit(sentence))[0], read=unsure)
    assert short_answer(read_question(question), question, even(question), candidate) == "Chu Đình Vọng"


def test_what_is_counted_is_read_in_words_where_a_reader_read() -> None:
    question, sentence = "Hội có bao nhiêu gian hàng?", "Hội bày tới cả trăm gian."
    assert read(question, sentence) == ""
    assert read_with(question, sentence, "cả trăm gian") == "cả trăm gian"
    assert read_with(question, sentence, "Hội") == "", "no number, no answer"


@pytest.mark.parametrize(
    ("said", "short"),
    [("đúng hạn và rút ngắn việc cấp phép còn 12 ngày", ""), ("sau khi hết mùa mưa", "sau khi hết mùa mưa"), ("nếu đủ đá", "nếu đủ đá")],
)  # fmt: skip
def test_when_is_answered_by_what_begins_with_a_time(said: str, short: str) -> None:
    sentence = f"Huyện hứa sửa xong cầu Hạc Trì {said}."
    assert read_with("Cầu Hạc Trì sửa khi nào xong?", sentence, said) == short


@pytest.mark.parametrize(
    ("said", "short"), [("đồng thời đóng khu giặt", "San Hô"), ("Nhà hàng San Hô", "Nhà hàng San Hô"), ("ba ngư dân", "ba ngư dân")]
)  # fmt: skip
def test_who_is_answered_by_a_name_or_by_people(said: str, short: str) -> None:
    sentence = "Nhà hàng San Hô và ba ngư dân bị tỉnh phạt, đồng thời đóng khu giặt."
    assert read_with("Ai bị phạt?", sentence, said) == short


@pytest.mark.parametrize(("said", "short"), [("1520/1600", ""), ("vào dịp nghỉ lễ", "vào dịp nghỉ lễ"), ("Trường", "")])
def test_what_is_asked_for_with_when_is_a_time(said: str, short: str) -> None:
    sentence = "Trường Sao Mai lấy điểm chuẩn 1520/1600, báo cho phụ huynh vào dịp nghỉ lễ."
    assert read_with("Trường Sao Mai báo điểm chuẩn khi nào?", sentence, said) == short


@pytest.mark.parametrize(
    ("said", "kinds"), [("2019/2020", ["date"]), ("2016/2018", ["date"]), ("1590/1600", ["number"])]
)
def test_years_with_a_stroke_between_lie_close_together_and_marks_are_no_years(said: str, kinds: list[str]) -> None:
    assert [fact.kind for fact in find_facts(f"trong đợt {said} vừa qua")] == kinds


def test_a_question_without_diacritics_is_read_as_well() -> None:
    sentence = "Sương muối làm hỏng mùa nhãn ở Cát Lành."
    assert read("dieu gi lam hong mua nhan o cat lanh", sentence, plain=True) == "Sương muối"


def test_a_stretch_begins_and_ends_where_something_turns() -> None:
    """Cầu | đóng | vì | mưa | lớn: "cầu đóng" is the question's; a cue word and the sentence's end are the turns."""
    sentence = "Cầu đóng vì mưa lớn."
    found = parts("Vì sao cầu đóng?", sentence)
    said = {sentence[a:b] for a, b in found.places}
    assert {"mưa lớn", "vì mưa lớn"} <= said
    assert said.isdisjoint({"Cầu", "Cầu đóng", "mưa", "lớn"})


def test_the_features_of_a_stretch_are_counted_in_words() -> None:
    """Of "Cầu đóng vì mưa lớn" the last two words: two of five, new words all, the question's two words before."""
    sentence = "Cầu đóng vì mưa lớn."
    found = parts("Vì sao cầu đóng?", sentence)
    row = dict(zip(NAMES, found.features[found.places.index((12, 19))].tolist(), strict=True))
    assert row["log size"] == pytest.approx(np.log(2))
    assert row["share of the sentence"] == pytest.approx(2 / 5)
    assert (row["question before"], row["question inside"], row["question behind"]) == (1.0, 0.0, 0.0)
    assert (row["new of all"], row["new inside"]) == (1.0, 1.0)
    assert (row["behind why"], row["clause ends"], row["sentence ends"]) == (1.0, 1.0, 1.0)
    assert (row["reason"], row["what"], row["question word first"]) == (1.0, 0.0, 0.0)


def test_brackets_and_quotations_that_do_not_close_are_seen() -> None:
    sentence = "Kho (mới xây) đã mở."
    found = parts("Kho nào đã mở?", sentence)
    torn = {
        sentence[a:b]: row[NAMES.index("unbalanced")] for (a, b), row in zip(found.places, found.features, strict=True)
    }
    assert torn["mới xây"] == 0.0
    assert torn["Kho (mới xây"] == 1.0


def test_no_answer_tears_a_quotation_or_runs_over_the_end_of_a_clause() -> None:
    said = read("Ông Quyết gọi đám trẻ là gì?", "Ông Quyết gọi đám trẻ là “cua con (loại nhỏ)”; chúng cười.")
    assert said
    assert (said.count("“"), said.count("(")) == (said.count("”"), said.count(")"))
    assert ";" not in said


def test_the_stretches_of_a_sentence_share_one_likelihood() -> None:
    found = parts("Sau trận lũ, xã Đồi Quế đã làm gì?", "Sau trận lũ, xã Đồi Quế dời 40 nhà lên đồi.")
    likely = likelihood(found.features)
    assert likely.sum() == pytest.approx(1.0, abs=1e-5)
    assert (likely >= 0).all()


@settings(max_examples=100, deadline=None)
@given(
    st.sampled_from([row[0] for row in CLAUSES]) | st.text(max_size=60),
    st.sampled_from([row[1] for row in CLAUSES]) | st.text(max_size=120),
)
def test_whatever_is_read_stands_in_the_sentence(question: str, sentence: str) -> None:
    candidates = ranked(question, hit(sentence))
    for candidate in candidates[:1]:
        assert short_answer(read_question(question), question, even(question), candidate) in candidate.text
