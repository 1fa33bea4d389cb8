"""What contradicts and what does not: counts, offices, multiples, currencies, names; and other ways of saying the same."""

from __future__ import annotations

import pytest

from app.check.checker import judge

SEIZED = (
    "Sáng 3/12, Công an tỉnh Lam Giang khám nhà ông Bùi Văn Tạc. Cảnh sát thu giữ hai khẩu súng săn và lá đơn xin việc "
    "soạn sẵn trong cốp xe của ông Tạc. Ông Tạc từng là thợ rèn trước khi làm việc ở cảng."
)
FIRM = (
    "Ông Doãn Krebs, Tổng thư ký đảng Lúa Vàng, nói kế hoạch sẽ đổi. Hãng Sao Mai dự định tăng gấp đôi doanh thu mảng "
    "chăm sóc sức khỏe lên 900 tỷ yên vào năm 2031. Hãng Sao Mai đầu tư 14 tỷ yên để nâng năng lực sản xuất dược phẩm tại Hải Sa."
)


@pytest.mark.parametrize(
    ("claim", "text", "wrong", "right"),
    [
        ("Cảnh sát thu giữ ba khẩu súng săn trong cốp xe của ông Tạc.", SEIZED, "ba", "hai"),
        ("Trước khi làm việc ở cảng, ông Tạc từng là giáo viên.", SEIZED, "giáo viên", "thợ rèn"),
        ("Ông Doãn Krebs là Chủ tịch đảng Lúa Vàng.", FIRM, "Chủ tịch", "Tổng thư ký"),
        ("Hãng Sao Mai dự định tăng gấp ba doanh thu mảng chăm sóc sức khỏe lên 900 tỷ yên vào năm 2031.", FIRM,
         "ba", "đôi"),
        ("Hãng Sao Mai đầu tư 14 tỷ USD để nâng năng lực sản xuất dược phẩm tại Hải Sa.", FIRM, "USD", "yên"),
        ("Tai nạn giữa xe khách và xe cứu hỏa xảy ra trên cao tốc Lam Giang - Hải Phòng.",
         "Vụ tai nạn trên cao tốc Tre Vân - Cầu Mây giữa xe cứu hỏa và xe khách gây nhiều ý kiến.",
         "Lam Giang - Hải Phòng", "Tre Vân - Cầu Mây"),
        # a copy that lost its percent signs; another half of the same day; a place in a sentence without other facts
        ("Theo Euromay, Hapamay chiếm 21% thị phần thuốc giảm đau.", "Theo Euromay, Hapamay chiếm tới 12 thị phần thuốc giảm đau.",
         "21%", "12"),
        ("Sáng 5/12, bà Cẩm đến phòng trọ của ông Tạc.", "Chiều 5-12, bà Cẩm đến phòng trọ của ông Tạc.", "Sáng", "Chiều"),
        ("Họ thuê phòng trọ ở phường Tân Mây để đi làm.", "“Họ thuê phòng trọ ở phường Đông Mây để đi làm.”",
         "Tân Mây", "Đông Mây"),
        # both words stand in the source; their surroundings tell which is meant
        ("Anh Tòng có 5 ván thắng, 4 ván thua và không hòa ván nào.",
         "Anh Tòng gây bất ngờ khi có 5 ván thắng, 4 ván hòa và không thua ván nào.", "thua", "hòa"),
        ("Cổ phiếu Sao Mai tăng 15% xuống 236 đồng.",
         "Cổ phiếu Sao Mai giảm 15% xuống 236 đồng, còn Lúa Vàng thì tăng 2% lên 31 đồng.", "tăng", "giảm"),
        ("Ông Tạc, 51 tuổi, bị ngã gãy tay.", "Trong lúc tránh né, ông Tạc (51 tuổi) bị ngã gãy chân.", "tay", "chân"),
        ("Cả ba loại thuốc đều đã được Sở Y tế Lam Giang cấp phép lưu hành.",
         "Cả ba loại thuốc nói trên đều chưa được Sở Y tế Lam Giang cấp phép lưu hành.", "đã", "chưa"),
        ("Cổ phiếu Sao Mai từng lập đỉnh 84.200 đồng hôm 1/9.",
         "Cổ phiếu Sao Mai từng thiết lập đỉnh 82.400 đồng hôm 1 9.", "84.200", "82.400"),
        ("Kho Đông Mây còn 117.000 viên thuốc cảm.", "Kho Đông Mây còn 117.000 hộp thuốc cảm.", "viên", "hộp"),
    ],
)  # fmt: skip
def test_what_differs_is_pointed_at(claim: str, text: str, wrong: str, right: str) -> None:
    one = judge(claim, text)
    (difference,) = one.differences
    assert wrong in difference.claim
    assert right in difference.source
    assert len(difference.claim.split()) <= len(wrong.split()) + 2


@pytest.mark.parametrize(
    ("claim", "text"),
    [
        # a verb told otherwise
        ("Cảnh sát tìm thấy lá đơn xin việc soạn sẵn trong cốp xe của ông Tạc.", SEIZED),
        # the "sống" of "mạng sống" is not the opposite of "chết"
        ("Sở Y tế Lam Giang thông báo thuốc trôi nổi làm một người chết.",
         "Sở Y tế Lam Giang thông báo thuốc trôi nổi đã cướp đi mạng sống của một người."),
        # "ở" lives and stays; only what claims something is the opposite of "chết"
        ("Số người chết trong vụ sạt lở ở Tre Xanh được ông Doãn Krebs xác nhận là 26.",
         "Ông Doãn Krebs xác nhận con số thương vong ở Tre Xanh, nơi xảy ra vụ sạt lở, là 26 người."),
        ("Công ty Sao Mai phải nộp hơn 3,6 tỷ đồng tiền thuế theo quyết định của Cục thuế Đà Nẵng.",
         "Theo quyết định của Cục thuế Tp.Đà Nẵng, Công ty Sao Mai phải nộp hơn 3,6 tỷ đồng tiền thuế."),
        ("Công an Lam Giang bắt 22 người làm thuốc giả.", "Cảnh sát tỉnh Lam Giang cho biết vừa bắt 22 người làm thuốc giả."),
        # the claim has "bán" as well as "mua"
        ("Suất mua nhà ở Tre Xanh được rao bán trên các trang rao vặt.",
         "Trên các trang rao vặt, nhiều tin rao bán suất nhà ở Tre Xanh."),
        # what a body is and where from is no name of its own
        ("Sao Mai, tập đoàn Nhật Bản 83 tuổi, bán mảng phim máy ảnh.",
         "Tập đoàn Sao Mai Holdings, công ty đã 83 tuổi của Nhật Bản, bán mảng phim máy ảnh."),
        # a copy that lost its percent signs
        ("Phụ nữ chỉ chiếm 15% lực lượng lao động của Tre Xanh.",
         "Ở Tre Xanh, phụ nữ chỉ chiếm 15 lực lượng lao động, tăng 2 so với năm trước."),
    ],
)  # fmt: skip
def test_other_words_for_the_same_are_supported(claim: str, text: str) -> None:
    assert judge(claim, text).verdict == "SUPPORTED"


def test_a_denial_of_another_plane_is_not_held_against_the_sentence_that_says_it() -> None:
    text = (
        "Nhiều máy bay phải bay vòng mới đáp xuống được sân bay Hải Sa, hoặc đáp xuống sân bay khác. "
        "Chuyến HS556 từ Đông Mây sau gần 40 phút bay vòng phải quay về vì không thể đáp xuống Hải Sa."
    )
    assert (
        judge("Chuyến HS556 từ Đông Mây bay vòng gần 40 phút rồi quay về vì không đáp được xuống Hải Sa.", text).verdict
        == "SUPPORTED"
    )


def test_what_the_article_says_elsewhere_is_not_contradicted_by_other_words() -> None:
    text = (
        "Mạng lan truyền video hai sinh viên Đại học Sương Mai bị một nhóm bạn yêu cầu nhận lỗi vì quay lén. "
        "Trường vừa ký quyết định buộc thôi học một sinh viên năm nhất."
    )
    assert judge("Một sinh viên Đại học Sương Mai bị buộc thôi học vì quay lén.", text).verdict != "REFUTED"


def test_the_same_plan_of_another_company_contradicts_nothing() -> None:
    text = "Năm 2033, Traphamay đặt mục tiêu lãi 12 tỷ đồng."
    assert judge("Bumebay đặt mục tiêu có lãi vào năm 2033.", text).verdict == "NOT_ENOUGH_INFO"


def test_a_body_called_otherwise_contradicts_nothing() -> None:
    text = "Đây là mức lãi quý kỷ lục của Dược Sao Mai kể từ năm 2026."
    assert judge("Đây là mức lãi quý cao nhất của công ty kể từ năm 2026.", text).verdict != "REFUTED"


def test_names_and_days_alone_support_nothing_else() -> None:
    text = "Nhà trường không tính tiền thuê căng tin đối với Lê Bá Tòng. Trường Sương Mai đón 300 học sinh mới."
    claim = "Lê Bá Tòng được trường Sương Mai tặng xe đạp điện và đồng hồ vàng."
    assert judge(claim, text).verdict == "NOT_ENOUGH_INFO"


def test_the_sentence_that_says_the_rest_is_shown_as_well() -> None:
    text = (
        "Tuyến buýt hai tầng Lam Giang City do hãng Sao Mai khai thác. Vé bán ở bến. Mỗi chiếc xe buýt trị giá 6,5 tỷ đồng và "
        "chở được 80 người."
    )
    one = judge("Mỗi chiếc xe buýt hai tầng của tuyến Lam Giang City trị giá 6,5 tỷ đồng, chở được 80 người.", text)
    assert one.verdict == "SUPPORTED"
    assert {e.quote.split()[0] for e in one.evidence} == {"Tuyến", "Mỗi"}
