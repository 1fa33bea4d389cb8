"""What is right in itself but of something else, what comes first, and copies that spell it otherwise; and what must not alarm."""

from __future__ import annotations

import pytest

from app.check.belongs import belongs
from app.check.checker import judge
from app.check.order import orders
from app.check.source import Line
from app.statement import read_statement

PLAN = "Năm 2032, Lúa Vàng lên kế hoạch tổng doanh thu đạt 420 tỷ đồng và lợi nhuận trước thuế đạt 75 tỷ đồng."
GROWTH = (
    "Giá vốn của Lúa Vàng đạt 36 tỷ đồng, tăng 34% so với quý 1/2031, dẫn tới lợi nhuận gộp đạt hơn 90 tỷ đồng, tăng 28% so "
    "với cùng kỳ."
)
TWO = "Đại học Sương Mai sẽ tăng gấp ba trong khi Đại học Tre Xanh tăng gấp đôi số sinh viên ở ký túc xá."
IN_TURN = "Chi phí bán hàng và chi phí quản lý của Lúa Vàng tăng lần lượt 15% và 100% so với cùng kỳ."
HOMES = "Hãng Maybex của Ấn Độ và hãng Sonatel của Nhật Bản đã vào Lam Giang từ năm 2026."


@pytest.mark.parametrize(
    ("claim", "text", "wrong", "right"),
    [
        ("Năm 2032, Lúa Vàng đặt kế hoạch tổng doanh thu 75 tỷ đồng.", PLAN, "75", "420"),
        ("Lợi nhuận gộp của Lúa Vàng đạt hơn 90 tỷ đồng, tăng 34% so với cùng kỳ.", GROWTH, "34%", "28%"),
        ("Đại học Tre Xanh sẽ tăng gấp ba số sinh viên ở ký túc xá.", TWO, "gấp ba", "gấp đôi"),
        ("Chi phí quản lý của Lúa Vàng tăng 15% so với cùng kỳ.", IN_TURN, "15%", "100%"),
        ("Maybex của Nhật Bản đã vào Lam Giang từ năm 2026.", "Trước đó, Maybex của Ấn Độ và Sonatel của Nhật Bản đã vào Lam Giang từ năm 2026.",
         "Nhật Bản", "Ấn Độ"),
        ("Mikhaya Fitz là Hiệu trưởng Đại học Colbay.",
         "Mikhaya Fitz, Hiệu trưởng Đại học Tulamay, tin vào xét nghiệm nhanh. Ông Davis Gren, Hiệu trưởng Đại học Colbay, thì lạc quan.",
         "Đại học Colbay", "Đại học Tulamay"),
        # before and after
        ("Trước tháng 6/2033, kỳ thi Hải Sa sẽ không còn phần viết luận.",
         "Sau tháng 6 năm 2033, kỳ thi Hải Sa sẽ không còn phần viết luận với học sinh nước ngoài.", "Trước", "Sau"),
        ("Ông Tạc sang Sao Mai sau khi làm cho một công ty rượu vang.",
         "Ông Tạc chuyển sang Sao Mai, hãng lớn nhất vùng, trước khi làm việc cho một công ty rượu vang.", "sau", "trước"),
        ("Ông Tạc là thành viên thứ hai trong gia đình được tới Hải Sa.",
         "“Tôi là thành viên đầu tiên trong gia đình được tới Hải Sa”, ông Tạc nói.", "thứ hai", "đầu tiên"),
        # offices across a country, and in a copy that lost its commas
        ("Tổng thống Hàn Quốc Chung Mây-un cho rằng việc đóng cửa trường học đã được xem xét kỹ lưỡng.",
         "Thủ tướng Hàn Quốc Chung Mây-un cho rằng việc đóng cửa trường học đã được xem xét kỹ lưỡng.", "Tổng thống", "Thủ tướng"),
        ("Ông Bùi Đắc Tạc là Phó Tổng Giám đốc Công ty Cổ phần Sao Mai.",
         "Ông Bùi Đắc Tạc Tổng Giám đốc Công ty Cổ phần Sao Mai cũng khẳng định sự hợp tác này.", "Phó Tổng Giám đốc",
         "Tổng Giám đốc"),
        # the next sentence has the word, of others
        ("Khoảng 69% học sinh ở thành thị không thể học trực tuyến do không có đủ thiết bị.",
         "Khoảng 69% học sinh ở các vùng nông thôn không thể học trực tuyến do không có đủ thiết bị học tập. Trẻ thành thị thì vẫn "
         "thường đến lớp.", "thành thị", "nông thôn"),
        # what is denied is shown whole, and where the denial stands
        ("Bài luận Hải Sa trong kỳ thi tháng 6/2033 là bắt buộc.",
         "Bài luận Hải Sa trong kỳ thi tháng 6/2033 là không bắt buộc.", "bắt buộc", "không bắt buộc"),
        ("Ứng viên Sương Mai cần ít nhất ba năm kinh nghiệm sau khi tốt nghiệp.",
         "Ứng viên Sương Mai cần có ít nhất hai năm kinh nghiệm kể từ khi tốt nghiệp.", "ba", "hai"),
        ("Đến ngày 10/7/2031, Hải Hà nắm 20 triệu cổ phần Sao Mai.",
         "Cập nhật tới ngày 7 10 2031, số cổ phần Sao Mai mà Hải Hà nắm giữ là 20 triệu.", "10/7/2031", "7 10 2031"),
    ],
)  # fmt: skip
def test_what_is_of_something_else_is_pointed_at(claim: str, text: str, wrong: str, right: str) -> None:
    one = judge(claim, text)
    assert one.verdict == "REFUTED"
    (difference,) = one.differences
    assert wrong in difference.claim
    assert right in difference.source
    assert len(difference.claim.split()) <= len(wrong.split()) + 2


@pytest.mark.parametrize(
    ("claim", "source"),
    [
        ("Lúa Vàng đặt kế hoạch lợi nhuận 75 tỷ đồng và tổng doanh thu 420 tỷ đồng.", PLAN),
        ("Tổng doanh thu của Lúa Vàng theo kế hoạch là 420 tỷ đồng.", PLAN),
        ("Lúa Vàng đạt 71 tỷ đồng lợi nhuận.", "Lúa Vàng đạt 571 tỷ đồng doanh thu, 71 tỷ đồng lợi nhuận."),
        ("Lợi nhuận gộp của Lúa Vàng tăng 28%, giá vốn tăng 34%.", GROWTH),
        ("Đại học Tre Xanh tăng gấp đôi số sinh viên ở ký túc xá.", TWO),
        ("Chi phí quản lý của Lúa Vàng tăng 100%, chi phí bán hàng tăng 15%.", IN_TURN),
        ("Chi phí quản lý của Lúa Vàng tăng 100%.", IN_TURN),
        ("Sonatel của Nhật Bản đã vào Lam Giang.", HOMES),
        ("Hải Sa có 7 ca.", "Có 5 ca ở Lam Giang, 7 ca ở Hải Sa, 9 ca ở Tre Xanh."),
    ],
)
def test_what_is_told_in_another_order_belongs_where_it_did(claim: str, source: str) -> None:
    assert belongs(read_statement(claim), Line(read_statement(source), 0, len(source), 0)) == []


@pytest.mark.parametrize(
    ("claim", "source"),
    [
        ("Ông Tạc làm thợ rèn sau khi rời cảng Hải Sa.", "Ông Tạc rời cảng Hải Sa trước khi làm thợ rèn."),
        ("Sau tháng 6/2033, kỳ thi đổi tên.", "Sau tháng 6/2033 kỳ thi đổi tên, khác hẳn trước tháng 6/2033."),
    ],
)
def test_the_same_order_told_from_the_other_end_is_none(claim: str, source: str) -> None:
    assert orders(read_statement(claim), Line(read_statement(source), 0, len(source), 0)) == []


@pytest.mark.parametrize(
    ("claim", "text"),
    [
        ("Vũ hội Debumaytes tổ chức hằng năm ở Hải Sa, có 25 người múa.",
         "Vũ hội Debumayces là của giới thượng lưu, tổ chức thường niên tại Hải Sa với 25 người múa."),
        ("Hợp đồng với Sao Mai diễn ra trong giai đoạn 2031-2034, lúc doanh nghiệp vừa cổ phần hóa.",
         "Hợp đồng với Sao Mai đã diễn ra từ giai đoạn 2031 2034 khi doanh nghiệp vừa cổ phần hóa."),
        ("Nhà máy Sương Mai có công suất 500 triệu viên thuốc một năm.",
         "Nhà máy Sương Mai đạt công suất 500 triệu viên thuốc năm. Hơn 30 năm qua nhà máy không nghỉ."),
        ("Annamay là con của ông Tạc và người vợ thứ hai.",
         "Annamay là con gái của ông Tạc với người vợ thứ hai.15 tuổi, cô học múa ở Hải Sa."),
    ],
)  # fmt: skip
def test_a_copy_that_spells_it_otherwise_still_says_it(claim: str, text: str) -> None:
    assert judge(claim, text).verdict == "SUPPORTED"


@pytest.mark.parametrize(
    ("claim", "text"),
    [
        ("Nhiều người Tre Xanh chọn không về nước làm việc.",
         "Như nhiều người Tre Xanh khác làm việc ở nước ngoài, cô Mây góp sức cho khoa học trong nước."),
        ("Hãng Sao Mai mua quyền cung cấp Nanomayvax.", "Hãng Sao Mai đã ký biên bản để mua quyền cung cấp vắc xin Nano Mayvax."),
    ],
)  # fmt: skip
def test_a_denial_of_another_deed_and_a_name_in_two_words_alarm_nobody(claim: str, text: str) -> None:
    assert judge(claim, text).verdict != "REFUTED"


def test_a_kin_word_of_the_next_sentence_is_no_language() -> None:
    text = (
        "Con cả của bà Tạc là Hannamay đã lấy bằng cử nhân Toán ở tuổi 17 tại Hải Sa. "
        "Em trai cô, năm nay 26 tuổi, lấy bằng cử nhân tiếng Anh năm 15 tuổi và bằng thạc sĩ năm 17 tuổi."
    )
    assert judge("Con cả Hannamay lấy bằng cử nhân Toán năm 17 tuổi.", text).verdict == "SUPPORTED"


def test_sau_before_a_month_is_no_sixth_day() -> None:
    (found,) = read_statement("Sau tháng 6/2033 thì bỏ.").facts
    assert (found.value, found.unit) == ((2033, 6, None), "month")
