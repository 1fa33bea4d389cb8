"""app/other_doer.py: what the article gives to another than the one asked about."""

from __future__ import annotations

import pytest

from app.asked import read_question
from app.other_doer import related_to_another, told_of_another
from app.party import read_party
from app.spans import answer_spans, best_span


def told(question: str, *own: str, around: str = "") -> bool:
    asked = read_question(question)
    party = read_party(asked, question)
    span = best_span(answer_spans(asked, question, own[0]), own[0], dict.fromkeys(asked.content, 1.0))
    return party is not None and told_of_another(party, own[0], span, around or own[0], own)


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("Chuỗi Mây Xanh có bao nhiêu cửa hàng?", "Lớn nhất là Bến Sương có 1.128 cửa hàng và Đá Vàng có 517 cửa hàng."),
        ("Bà Tạ Thị Nhài mấy tuổi?", "Cô bé Kiều Ngọc Mai 12 tuổi cũng vào vòng cuối."),
        ("Vợ của Lê Bá Tòng bao nhiêu tuổi?", "Lê Bá Tòng (31 tuổi, quê Hải Sa) bị bắt trong nhà vợ."),
        ("Chủ tịch Dược phẩm OPQ là ai?", "Bà Nhài vừa rời ghế Chủ tịch HĐQT Dược phẩm Lam Giang."),
        ("Tổng giám đốc công ty Mây Xanh là ai?", "Ông Tạ Hữu Bằng là Tổng giám đốc công ty Bến Sương."),
        ("Lê Bá Tòng tốt nghiệp Đại học Bắc Sa năm nào?", "Anh Lê Bá Tòng phải nghỉ học vào năm 1990."),
        ("Đại học Bắc Sa cấp học bổng cho Lê Bá Tòng trong mấy năm?", "Học bổng của Lê Bá Tòng kéo dài 4 năm."),
    ],
)  # fmt: skip
def test_an_amount_a_day_or_an_office_of_another_is_no_answer(question: str, sentence: str) -> None:
    assert told(question, sentence)


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("Chuỗi Mây Xanh có bao nhiêu cửa hàng?", "Sau Bến Sương, Mây Xanh có 1.128 cửa hàng."),
        ("Chuỗi Mây Xanh có bao nhiêu cửa hàng?", "Chuỗi này có 1.128 cửa hàng."),
        ("Chuỗi Mây Xanh có bao nhiêu cửa hàng?", "Ở Hải Sa có 1.128 cửa hàng."),
        ("Chuỗi Mây Xanh có bao nhiêu cửa hàng?", "MXG có 1.128 cửa hàng."),
        ("Vợ của Lê Bá Tòng bao nhiêu tuổi?", "Vợ ông Lê Bá Tòng, 31 tuổi, bán nước mắm."),
        ("Công ty Mây Xanh thành lập khi nào?", "Được biết, Mây Xanh thành lập đầu năm 2007 theo luật Doanh nghiệp Việt Nam."),
        ("Chủ tịch Dược phẩm OPQ là ai?", "Ông Tạ Hữu Bằng làm Chủ tịch Ngân hàng Đồi Quế."),
        ("Tổng giám đốc công ty Mây Xanh là ai?", "Ông Tạ Hữu Bằng, Tổng giám đốc Mây Xanh, từng làm ở Bến Sương."),
        ("Lê Bá Tòng tốt nghiệp Đại học Bắc Sa năm nào?", "Anh rời ĐH Bắc Sa năm 1990."),
        ("Đại học Bắc Sa cấp học bổng cho Lê Bá Tòng trong mấy năm?", "Trường cấp học bổng 4 năm."),
    ],
)  # fmt: skip
def test_what_may_be_theirs_is_left_alone(question: str, sentence: str) -> None:
    assert not told(question, sentence)


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("Vì sao Đại học Bắc Sa đứng đầu bảng xếp hạng?", "Đại học Vân Trà dẫn đầu bảng xếp hạng nhờ thư viện."),
        ("Vì sao Tạ Hữu Bằng bắn chết Lê Hoàng Nam?", "Lê Hoàng Nam cầm súng bắn một phát trúng tim của Bằng."),
        ("Vì sao Oran Bexley bỏ dở Estoria?", "Milo Gant đã bỏ dở Estoria để mở xưởng."),
        ("Vì sao Hãng Mây Xanh muốn thâu tóm Dược phẩm Đá Vàng?", "Hãng Mây Xanh mua lại nhà thuốc Bến Sương còn hãng Neo Gỗ cũng muốn thâu tóm công ty Dược phẩm Đá Vàng."),
    ],
)  # fmt: skip
def test_a_deed_of_another_is_no_deed_of_theirs(question: str, sentence: str) -> None:
    assert told(question, sentence)


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("Vì sao Đại học Bắc Sa đứng đầu bảng xếp hạng?", "Đại học Bắc Sa đứng đầu bảng xếp hạng, trên Đại học Vân Trà."),
        ("Vì sao Tạ Hữu Bằng bắn chết Lê Hoàng Nam?", "Bằng cầm súng bắn Lê Hoàng Nam vì nợ."),
        ("Vì sao Tạ Hữu Bằng kiện Lê Hoàng Nam?", "Lê Hoàng Nam bị Tạ Hữu Bằng kiện vì nợ."),
        ("Vì sao Mây Xanh rời sàn chứng khoán?", "Vì thế, MXG quyết định rời sàn để cơ cấu lại."),
        ("Vì sao Chính phủ cấm xe tải?", "Đại học Vân Trà cấm xe tải vào sân."),
        ("Hãng dược Bắc Sa nào báo lỗ?", "Hãng Mây Xanh cũng báo lỗ quý I."),
    ],
)  # fmt: skip
def test_a_deed_told_of_them_or_of_nobody_for_sure_is_left_alone(question: str, sentence: str) -> None:
    assert not told(question, sentence)


def test_the_whole_article_is_heard_for_a_deed() -> None:
    """The best sentence tells of another, a further one of the one asked about."""
    question = "Vì sao Đại học Bắc Sa đứng đầu bảng xếp hạng?"
    other = "Đại học Vân Trà đứng đầu bảng xếp hạng năm ngoái."
    assert told(question, other)
    assert not told(question, other, "Năm nay Đại học Bắc Sa đứng đầu bảng xếp hạng.")


def test_yes_or_no_and_english_are_for_others() -> None:
    assert read_party(read_question("Có phải Lê Bá Tòng từ chức không?"), "Có phải Lê Bá Tòng từ chức không?") is None
    english = "Why did the Bac Sa University lead the table?"
    assert read_party(read_question(english), english) is None


@pytest.mark.parametrize(
    ("sentences", "other"),
    [
        (["Bà Phùng Thị Lụa ngã.", "Ông Bùi Tấn Hiếu xông vào.", "Theo xóm, Hiếu đã có vợ và hai con gái."], True),
        (["Bà Phùng Thị Lụa ngã.", "Bà có hai con gái."], False),
        (["Bà Phùng Thị Lụa ngã.", "Theo xóm, Hiếu đã có vợ và hai con gái."], False),
        (["Bà Phùng Thị Lụa ngã."], False),
    ],
)
def test_a_relation_told_of_other_persons_alone(sentences: list[str], other: bool) -> None:
    question = "Bà Phùng Thị Lụa có mấy người con?"
    party = read_party(read_question(question), question)
    assert party is not None
    assert related_to_another(party, sentences, lambda text: " con " in text) is other
