"""Follow-up questions made to stand alone, and questions of their own left alone."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.answer import Turn
from app.converse import MAX_CARRIED, leans_back, names_in, standalone
from index.vietnamese import fold

ASKED = Turn("user", "Ai lập đội cứu hộ Neo Vàng?")
SAID = Turn("assistant", "“Ông Lê Bá Tòng lập đội năm 2015 với 12 người.” [1] (theo Báo Lam, 03/03/2026)")

LEAN = [
    "Ông ấy bao nhiêu tuổi?",
    "Ông này quê ở đâu?",
    "Bà Lụa ấy dạy ai?",
    "Người đó bị phạt bao nhiêu?",
    "Họ có bao nhiêu xuồng?",
    "Nó dài bao nhiêu mét?",
    "Đội ấy có bao nhiêu người?",
    "Công ty này ở tỉnh nào?",
    "Cây cầu đó khánh thành năm nào?",
    "Vụ việc nói trên xảy ra ở xã nào?",
    "Công ty trên đã nộp phạt chưa?",
    "Ai xây cây cầu trên?",
    "Ở đó có bao nhiêu hộ dân?",
    "Thế cặp nào vô địch nội dung nam?",
    "Thế mỗi lần sạc đầy xe chạy được bao xa?",
    "Thế còn xã Hạc Thành?",
    "Còn giá vé thì sao?",
    "Vì sao?",
    "Bao nhiêu tiền?",
    "khi nào",
]
"""Nothing can be searched for with these words alone."""

LEAN_PLAIN = ["ong ay bao nhieu tuoi", "ba ay que o dau", "nguoi nay bi phat bao nhieu tien", "doi ay co bao nhieu nguoi",
              "cau do dai bao nhieu met o do", "the con xa hac thanh", "con gia ve thi sao"]  # fmt: skip

STAND = [
    "Cầu Sương Mai dài bao nhiêu mét?",
    "Ai là Giám đốc Sở Xây dựng Lam Giang?",
    "Giá cá lăng ở hồ Lưng Trời thay đổi như thế nào?",
    "Đội tuyển cờ vua tỉnh Hải Sa xếp thứ mấy thế giới?",
    "Thế giới có bao nhiêu loài cua bẹ tím?",
    "Nhà hát Vỏ Ốc xây từ thế kỷ nào?",
    "Lệnh cấm xe tải trên 10 tấn qua cầu Sương Mai kéo dài đến ngày nào?",
    "Trạm cân tự động trên tỉnh lộ 12 đặt ở km mấy?",
    "Tuần này có mưa lũ ở huyện Đông Mây không?",
    "Tháng này Lam Giang thu ngân sách bao nhiêu?",
    "Người ta trồng rừng sa mộc ở Thạch Lũng để làm gì?",
    "Vì sao phao đo mặn trên sông Muối phải vệ sinh ba tuần một lần?",
]

STAND_PLAIN = [
    "gia vang hom nay o lam giang bao nhieu",
    "nam nay huyen dong may trong bao nhieu ha lua",
    "ngay nay nguoi do thai song o nhung nuoc nao",
    "ho lung troi rong bao nhieu ha mat nuoc",
    "he thong phao do man tren song muoi gom may phao",
    "gia ca lang o ho lung troi thay doi nhu the nao",
    "doi bong xep thu may the gioi mua he nam ngoai",
    "xe tai tren 10 tan bi cam qua cau suong mai den ngay nao",
]


@pytest.mark.parametrize("question", [*LEAN, *LEAN_PLAIN, "How old is he?", "When was it opened?"])
def test_a_question_that_points_back_leans_on_the_turn_before_it(question: str) -> None:
    assert leans_back(question)


@pytest.mark.parametrize("question", [*STAND, *STAND_PLAIN, "Who leads the Neo Vang rescue team in Hai Sa?"])
def test_a_question_that_names_its_own_subject_is_left_alone(question: str) -> None:
    assert not leans_back(question)
    assert standalone(question, [ASKED, SAID]).carried == ""


def test_subject_and_names_of_the_last_exchange_are_carried_over() -> None:
    found = standalone("Ông ấy bao nhiêu tuổi?", [ASKED, SAID])
    assert found.own == "Ông ấy bao nhiêu tuổi?"
    assert found.carried.startswith("Ai lập đội cứu hộ Neo Vàng? Lê Bá Tòng 2015 12")
    assert found.text == f"{found.carried} Ông ấy bao nhiêu tuổi?"


def test_the_first_question_of_a_conversation_has_nothing_to_lean_on() -> None:
    found = standalone("Ông ấy bao nhiêu tuổi?", [])
    assert (found.carried, found.text) == ("", "Ông ấy bao nhiêu tuổi?")


def test_a_chain_of_follow_ups_reaches_back_to_the_question_before() -> None:
    turns = [ASKED, SAID, Turn("user", "Ông ấy bao nhiêu tuổi?"), Turn("assistant", "Kho tin không có.")]
    carried = standalone("Đội ấy có mấy xuồng?", turns).carried
    assert carried.startswith("Ai lập đội cứu hộ Neo Vàng? Ông ấy bao nhiêu tuổi?")


def test_names_that_the_question_before_held_are_not_said_twice() -> None:
    turns = [Turn("user", "Lê Bá Tòng là ai?"), Turn("assistant", "Đội trưởng Lê Bá Tòng quê ở Cát Lành.")]
    assert standalone("Ông ấy lập đội năm nào?", turns).carried == "Lê Bá Tòng là ai? Cát Lành"


def test_a_history_of_answers_only_carries_their_names() -> None:
    assert standalone("Ông ấy là ai?", [Turn("assistant", "Hôm qua ông Lê Bá Tòng họp.")]).carried == "Lê Bá Tòng"


def test_a_long_turn_is_carried_in_part() -> None:
    turns = [Turn("user", "Cầu Sương Mai " * 200), Turn("assistant", "Vâng.")]
    assert len(standalone("Nó ở đâu?", turns).carried) == MAX_CARRIED


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Ông Lê Bá Tòng lập đội. Năm 2015 có 12 người.", ["Lê Bá Tòng", "2015", "12"]),
        ("Cầu dài 486 m.", ["486"]),
        ("Đội ở xã Neo Vàng, huyện Cát Lành.", ["Neo Vàng", "Cát Lành"]),
        ("không có tên nào", []),
        ("", []),
        ("Sương Mai là tên cầu.", ["Sương Mai"]),
    ],
)
def test_names_are_runs_of_capitals_and_numbers(text: str, names: list[str]) -> None:
    assert names_in(text) == names


@settings(max_examples=60)
@given(
    st.text(max_size=60) | st.sampled_from([*LEAN, *map(fold, LEAN), *STAND]),
    st.lists(st.builds(Turn, st.sampled_from(["user", "assistant", "system", ""]), st.text(max_size=60)), max_size=5),
)
def test_any_conversation_is_taken_and_the_question_s_own_words_stay(question: str, history: list[Turn]) -> None:
    found = standalone(question, history)
    assert found.own == question
    assert len(found.carried) <= MAX_CARRIED
    if not history:
        assert found.carried == ""


def test_a_follow_up_without_diacritics_is_looked_for_without_any() -> None:
    plain, spelled = (
        standalone("doi ay co bao nhieu nguoi", [ASKED, SAID]),
        standalone("Đội ấy có mấy người?", [ASKED, SAID]),
    )
    assert plain.carried == spelled.carried
    assert plain.text.isascii()
    assert spelled.text == f"{spelled.carried} Đội ấy có mấy người?"
    assert standalone("How old is he?", [ASKED, SAID]).text.startswith(spelled.carried.split()[0])
