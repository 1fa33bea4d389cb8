"""Who holds an office: told beside the name, and not told by another office."""

from __future__ import annotations

import pytest

from app.span_roles import holds_office, office_untold

APPOINTED = "Trao quyết định, ông Chu Đình Vọng, Chủ tịch UBND tỉnh, giao việc cho ông Tạ Minh Quyết."


def held_by(question: str, sentence: str, name: str) -> int:
    start = sentence.index(name)
    return holds_office(question, sentence, start, start + len(name))


@pytest.mark.parametrize(
    ("question", "sentence", "name", "holds"),
    [
        ("Ai là chủ tịch UBND tỉnh Lam Giang?", APPOINTED, "Chu Đình Vọng", 2),
        ("Chủ tịch tỉnh Lam Giang là ai?", APPOINTED, "Chu Đình Vọng", 1),
        ("Who is the chairman of Lam Giang?", APPOINTED, "Chu Đình Vọng", 1),
        ("Ai là chủ tịch UBND tỉnh Lam Giang?", APPOINTED, "Tạ Minh Quyết", 0),
        ("Ai là phó chủ tịch tỉnh Lam Giang?", APPOINTED, "Chu Đình Vọng", 0),
        ("Ai là chủ tịch HĐQT Mộc An Sương?", APPOINTED, "Chu Đình Vọng", 0),
        ("Ông Vọng là ai?", APPOINTED, "Chu Đình Vọng", 0),
        ("Ai đang giữ chức giám đốc Sở Y tế?", "Giám đốc Sở Y tế Ngô Trí Lãm nói dịch đã lui.", "Ngô Trí Lãm", 2),
        ("Ai là giám đốc Sở Tài chính?", "Giám đốc Sở Y tế Ngô Trí Lãm nói dịch đã lui.", "Ngô Trí Lãm", 0),
        ("Bộ trưởng Bộ Y tế là ai?", "Tại Bộ Y tế, Bộ trưởng Lê An nói thủ tục đã giảm.", "Lê An", 1),
        ("Ai là giám đốc Mây Núi?", "Bà Hà Thị Sa, Giám đốc Công ty CP Mây Núi, vắng.", "Hà Thị Sa", 2),
        ("Ai là giám đốc Sở Y tế?", "Giám đốc Sở Y tế cho biết ông Ngô Trí Lãm đã nghỉ.", "Ngô Trí Lãm", 0),
        ("Thủ tướng Hạc Lâm là ai?", "Cựu Thủ tướng Hạc Lâm Lê An đã đến.", "Lê An", 0),
        ("Hiệu trưởng trường Suối Ngà là ai?", "Hiệu trưởng là cô Bế Thị Hiên.", "Bế Thị Hiên", 0),
        ("Ai là giám đốc trước ông Quyết?", "Người tiền nhiệm, ông Âu Dương Thiệp, đã nghỉ hưu.", "Âu Dương Thiệp", 1),
    ],
)  # fmt: skip
def test_an_office_is_held_by_whom_it_is_told_beside(question: str, sentence: str, name: str, holds: int) -> None:
    assert held_by(question, sentence, name) == holds


@pytest.mark.parametrize(
    ("question", "untold"),
    [
        ("Ai là chủ tịch UBND tỉnh Lam Giang?", False),
        ("Ai là phó chủ tịch UBND tỉnh Lam Giang?", True),
        ("Bí thư Tỉnh ủy Lam Giang là ai?", True),
        ("Ai là người sáng lập Mộc An Sương?", False),
        ("Ai trao quyết định cho ông Quyết?", False),
        ("Ai là chủ tịch tỉnh trước ông Vọng?", True),
        ("Who is the chairman of Lam Giang?", False),
        ("Who is the vice chairman of Lam Giang?", True),
        ("Who is the CEO of Mộc An Sương?", True),
    ],
)
def test_an_office_is_untold_where_only_others_are_named(question: str, untold: bool) -> None:
    assert office_untold(question, APPOINTED) is untold


@pytest.mark.parametrize(
    ("asked", "told"), [("HLV", "Huấn luyện viên"), ("Giám đốc", "Tổng giám đốc"), ("Tổng giám đốc", "CEO")]
)
def test_an_office_goes_by_other_names_too(asked: str, told: str) -> None:
    assert not office_untold(f"{asked} của Sông Sương là ai?", f"{told} Lê Bá Tòng vắng mặt.")
