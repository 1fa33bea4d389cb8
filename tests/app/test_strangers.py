"""What a question brings along that an article does not know, and what only looks so."""

from __future__ import annotations

import pytest

from app.strangers import stranger

TAUGHT = (
    "Bà Cù Thị Mây, gốc Lam Sương, dạy hò ở Trường THPT Đá Vàng, TP.HCM, được UBND huyện Đồi Quế thưởng 20 triệu đồng."
)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Bà Cù Thị Mây gốc Bắc Khê dạy ở trường nào?", "Bắc Khê"),
        ("Bà Cù Thị Mây dạy ở Wellmere từ năm nào?", "Wellmere"),
        ("Bộ Nông nghiệp thưởng bà Cù Thị Mây vì lý do gì?", "Bộ Nông nghiệp"),
        ("Bà Cù Thị Mây được thưởng 50 triệu đồng khi nào?", "50 triệu đồng"),
        ("Cầu Đá Vàng khánh thành năm nào?", "Đá Vàng"),
    ],
)
def test_a_name_or_amount_that_the_article_does_not_hold_is_found(question: str, said: str) -> None:
    assert stranger(question, TAUGHT) == said


@pytest.mark.parametrize(
    "question",
    [
        "Bà Mây dạy ở trường nào?",
        "Cô giáo Thị Mây quê ở đâu?",
        "Bà Cù Thị Mây dạy ở Thành phố Hồ Chí Minh từ khi nào?",
        "Ủy ban nhân dân huyện Đồi Quế thưởng bà Mây 20.000.000 đồng vì sao?",
        "Trường trung học phổ thông Đá Vàng thuê ai?",
        "Trường Đá Vàng có cô giáo nào dạy hò?",
        "Ở Việt Nam ai dạy hò?",
        "ai dạy hò ở bắc khê",
        "Thuê bà Mây mất bao nhiêu tiền một m2?",
        "Bà Mây dạy hò suốt 30 năm ở trường nào?",
        "Bà Mây được bao nhiêu huy chương của VNHX?",
        "Bà Cu Thi May dạy ở đâu?",
    ],
)
def test_other_spellings_and_short_forms_are_no_strangers(question: str) -> None:
    assert stranger(question, TAUGHT) == ""


def test_a_thing_that_bears_the_name_of_a_place_is_told_of_by_its_kind() -> None:
    question = "Sân bay quốc tế Lam Sương mở năm nào?"
    assert stranger(question, "Huyện Lam Sương khởi công kho lạnh.") == "Lam Sương"
    assert stranger(question, "Các sân bay Đá Vàng, Lam Sương khởi công.") == ""


def test_a_name_of_one_syllable_is_told_of_only_with_a_capital() -> None:
    question = "Vì sao Pháp hủy kỳ thi?"
    assert stranger(question, "Huyện hủy kỳ thi theo phương pháp mới.") == "Pháp"
    assert stranger(question, "Nước Pháp hủy kỳ thi.") == ""
    assert stranger("Binh sĩ Ý đi đâu?", "Người Pháp về, binh sĩ Ý cũng đi.") == "", "a name that has other spellings"
    assert stranger("Dân nói gì?", "Người làng khen.") == "", "the first word of a question"


def test_one_of_several_is_told_of_by_its_number() -> None:
    assert stranger("Bão số 3 đổ bộ vào đâu?", "Bão về, 3 hộ dời nhà, mất 3,5 triệu đồng.") == "Bão số 3"
    assert stranger("Bão số 3 đổ bộ vào đâu?", "Cơn bão số 3 đổ bộ vào Cát Lành.") == ""
    assert stranger("Tổ số 4 dời đi đâu?", "Dân tổ 4 dời về Cát Lành.") == ""


def test_an_amount_is_met_rounded_and_in_another_unit() -> None:
    assert stranger("Lô quế 230 tấn xuất đi đâu?", "Xã xuất 229.500 kg quế.") == ""
    assert stranger("Lô quế 230 tấn xuất đi đâu?", "Xã xuất 30 tấn quế cho 230 hộ.") == "230 tấn"
