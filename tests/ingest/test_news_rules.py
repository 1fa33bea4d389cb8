"""Which lines are text, and which are captions, bylines, promotion."""

from __future__ import annotations

import pytest

from ingest.news_rules import byline_of, is_caption, is_promotion, sort_lines


@pytest.mark.parametrize(
    "line",
    [
        "Cầu mới nhìn từ bờ nam. Ảnh: Lan Anh",
        "Cầu mới nhìn từ bờ nam - Ảnh: LAN ANH",
        "Cầu mới nhìn từ bờ nam (Ảnh: NVCC).",
        "Cầu mới nhìn từ bờ nam (Ảnh minh họa: Kyodo).",
        "Ảnh minh họa. Nguồn: Internet",
        "Ảnh minh hoạ.",
        "Va chạm trên cầu. Video: Quốc Việt.",
        "(Nguồn: Ban quản lý dự án)",
        "Một em bé ngủ trên tay mẹ - Thực hiện: N.K",
    ],
)
def test_a_line_that_ends_in_a_credit_is_a_caption(line: str) -> None:
    assert is_caption(line)


@pytest.mark.parametrize(
    "line",
    [
        "Ảnh hưởng: rất lớn, theo lời ông Khải.",
        "Xuất khẩu đạt 3,2 tỷ USD (Nguồn: Tổng cục Hải quan).",
        "Ông Khải nói: “Ảnh của tôi bị lấy cắp”.",
        "Theo ảnh vệ tinh, nước đã rút.",
        "Cầu dài 86 m. " * 30 + "Ảnh: Lan Anh",
    ],
)
def test_a_sentence_about_pictures_or_sources_is_text(line: str) -> None:
    assert not is_caption(line)


@pytest.mark.parametrize(
    "line",
    [
        ">>> Xem thêm: Cầu mới thông xe",
        "Mời độc giả xem video dưới đây",
        "Mời quý độc giả theo dõi trang của chúng tôi",
        "Xem thêm: Cầu mới",
        "Tin liên quan",
        "Từ khóa: cầu, rạch Lụa",
        "► Phường trồng thêm cây",
        "* Mời quý độc giả theo dõi các chương trình đã phát sóng trên kênh của chúng tôi!",
    ],
)
def test_an_invitation_to_look_elsewhere_is_promotion(line: str) -> None:
    assert is_promotion(line)


@pytest.mark.parametrize(
    "line", ["Mời gọi đầu tư tăng 5%.", "Mời bạn bè tới nhà, bà Hoa nấu chè.", "Tin khách sạn đóng cửa lan nhanh."]
)
def test_a_sentence_that_only_begins_like_an_invitation_is_text(line: str) -> None:
    assert not is_promotion(line)


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("LAN ANH - QUỐC VIỆT // TRUNG TÂM TIN TỨC HTV", ["LAN ANH", "QUỐC VIỆT"]),
        ("Lan Anh", ["Lan Anh"]),
        ("N. Hà", ["N. Hà"]),
        ("Lan Anh (theo Reuters)", ["Lan Anh"]),
        ("Theo Reuters", ["Theo Reuters"]),
        ("(Theo Kyodo News)", ["(Theo Kyodo News)"]),
        ("Tham khảo: CNN", ["Tham khảo: CNN"]),
        ("Bài và ảnh: LAN ANH - QUỐC VIỆT", ["LAN ANH", "QUỐC VIỆT"]),
        ("Bài, ảnh: Lan Anh", ["Lan Anh"]),
        ("PV Lan Anh", ["Lan Anh"]),
        ("Người viết: Lan Anh", ["Lan Anh"]),
        ("Lan Anh/VOV-Tây Bắc", ["Lan Anh"]),
        ("Lan Anh/TTXVN", ["Lan Anh"]),
        ("LAN ANH/QUỐC VIỆT", ["LAN ANH", "QUỐC VIỆT"]),
        ("Trời mưa.", None),
        ("Theo", None),
        ("Theo ông Khải, cầu dài 86 m, rộng 4 m.", None),
        ("Tổng thư ký: Lan Anh", None),
    ],
)
def test_a_signature_is_told_from_a_sentence(line: str, names: list[str] | None) -> None:
    assert byline_of(line) == names


def test_signatures_and_the_paper_below_the_text_go_to_the_byline() -> None:
    lines = sort_lines(["Cầu dài 86 m, rộng 4 m.", "Theo L.A", "An ninh Bến Trăng"])
    assert lines.paragraphs == ["Cầu dài 86 m, rộng 4 m."]
    assert lines.byline == ["Theo L.A", "An ninh Bến Trăng"]


def test_an_author_known_from_elsewhere_is_cut_from_the_end_of_the_last_sentence() -> None:
    lines = sort_lines(["Cầu dài 86 m, rộng 4 m. Theo Lan Anh"], authors=["Lan Anh"])
    assert (lines.paragraphs, lines.byline) == (["Cầu dài 86 m, rộng 4 m."], ["Lan Anh"])


@pytest.mark.parametrize(
    ("last", "names"),
    [
        ("Bài và ảnh: LAN ANH", ["LAN ANH"]),
        ("Nguồn: Báo Bến Trăng", ["Nguồn: Báo Bến Trăng"]),
        ("(Nguồn: Reuters)", ["(Nguồn: Reuters)"]),
    ],
)
def test_a_credit_that_closes_the_text_is_its_signature_and_below_a_photo_a_caption(
    last: str, names: list[str]
) -> None:
    lines = sort_lines(["Cầu dài 86 m, rộng 4 m.", last])
    assert (lines.captions, lines.byline) == ([], names)
    photo = sort_lines(["Cầu dài 86 m, rộng 4 m.", "Cầu mới - Ảnh 1.", last, "Cầu có lối cho xe lăn."])
    assert (photo.captions[-1], photo.byline) == (last, [])
    assert sort_lines(["Cầu dài 86 m, rộng 4 m.", "Ảnh: LAN ANH"]).captions == ["Ảnh: LAN ANH"]


def test_a_name_above_other_text_is_no_signature() -> None:
    lines = sort_lines(["Lan Anh", "Cô gái 20 tuổi vừa bơi qua rạch."])
    assert lines.paragraphs == ["Lan Anh", "Cô gái 20 tuổi vừa bơi qua rạch."]


def test_the_only_line_of_a_text_is_never_taken_for_a_signature() -> None:
    assert sort_lines(["Lan Anh Thắng Giải"]).paragraphs == ["Lan Anh Thắng Giải"]


def test_lines_without_a_letter_or_figure_and_lone_datelines_go() -> None:
    lines = sort_lines(["* * *", "01/11/2025 15:26", "Cầu dài 86 m.", "-----"])
    assert lines.paragraphs == ["Cầu dài 86 m."]


@pytest.mark.parametrize(
    "line",
    [
        "Tin bài liên quan:",
        "Quảng cáo",
        "ADVERTISEMENT",
        "Nghe bài viết",
        "Xem video:",
        "Đăng ký nhận bản tin mỗi sáng tại đây.",
        "Vui lòng ghi rõ nguồn khi sử dụng lại thông tin từ trang này.",
        "Mọi đóng góp ý kiến xin gửi về hộp thư của tòa soạn.",
        "Thích fanpage của báo để cập nhật tin mới.",
        "#langgom #halam",
        "Lượt xem: 1.128",
        "312 lượt đọc",
    ],
)
def test_a_line_of_the_page_s_own_business_is_promotion(line: str) -> None:
    assert is_promotion(line)


@pytest.mark.parametrize(
    "line",
    [
        "Quảng cáo ngoài trời ở xã Lam Khê phải xin phép từ tháng 5.",
        "Mọi đóng góp cho gia đình bà Na xin gửi về tài khoản của xã.",
        "Lượt xem tăng gấp ba sau khi làng lên sóng truyền hình.",
        "312 lượt xem là quá ít đối với bộ phim, theo ông Quế.",
        "Nghe bài viết của học trò cũ, thầy Quế bật khóc.",
        "Thích nghi với hạn mặn, người dân chuyển sang trồng cói.",
        "Xem video từ camera, công an xác định hai người lấy xe.",
    ],
)
def test_a_sentence_that_only_begins_like_promotion_stays(line: str) -> None:
    assert not is_promotion(line)
