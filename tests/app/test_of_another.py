"""What is told of another than is asked: rounds, prices, countries, and events that end the other way."""

from __future__ import annotations

import pytest

from app.of_another import lands, other_land, other_price, other_stage, turned_round


@pytest.mark.parametrize(
    ("question", "text", "other"),
    [
        ("Ai thắng trận chung kết giải Lúa Vàng?", "Neo Vàng thắng trận bán kết.", True),
        ("Ai thắng trận chung kết giải Lúa Vàng?", "Neo Vàng thắng bán kết và chung kết.", False),
        ("Ai thắng trận chung kết giải Lúa Vàng?", "Neo Vàng thắng lượt về.", False),
        ("Ai thắng trận lượt đi?", "Neo Vàng thắng trận lượt về.", True),
        ("Ai thắng giải Lúa Vàng?", "Neo Vàng thắng trận bán kết.", False),
    ],
)
def test_what_is_told_of_one_round_is_not_told_of_the_next(question: str, text: str, other: bool) -> None:
    assert other_stage(question, text) is other


@pytest.mark.parametrize(
    ("question", "text", "around", "other"),
    [
        ("Giá bán lẻ gạo ở chợ Mây bao nhiêu?", "Rau ở chợ Mây 9.000 đồng.", "Chợ Mây", True),
        ("Giá bán lẻ gạo ở chợ Mây bao nhiêu?", "Gạo ở chợ Mây 9.000 đồng.", "Chợ Mây", False),
        ("Giá bán lẻ gạo ở chợ Mây bao nhiêu?", "Mỗi kg 9.000 đồng.", "Giá gạo ở chợ Mây", False),
        ("Giá bán lẻ gạo ở chợ Mây bao nhiêu?", "Mỗi kg 9.000 đồng.", "Chợ gạo Mây tăng giá", True),
        ("Giá vé ở chợ Mây bao nhiêu?", "Rau ở chợ Mây 9.000 đồng.", "Chợ Mây", False),
        ("Đội Mây phải trả giá vàng đỏ gì?", "Rau ở chợ Mây 9.000 đồng.", "Chợ Mây", False),
    ],
)
def test_a_price_is_of_the_thing_that_is_asked_about(question: str, text: str, around: str, other: bool) -> None:
    assert other_price(question, text, around) is other


@pytest.mark.parametrize(
    ("question", "sentence", "around", "other"),
    [
        ("Lào có bao nhiêu sinh viên?", "Nhật Bản có 915 sinh viên.", "Sinh viên xa nhà", True),
        ("Lào có bao nhiêu sinh viên?", "Nhật Bản có 915 sinh viên.", "Sinh viên Lào", False),
        ("Lào có bao nhiêu sinh viên?", "Lào và Nhật Bản có 915 sinh viên.", "Sinh viên xa nhà", False),
        ("Hoa Kỳ có bao nhiêu sinh viên?", "Mỹ có 915 sinh viên.", "Sinh viên xa nhà", False),
        ("Việt Nam có bao nhiêu sinh viên?", "Nhật Bản có 915 sinh viên.", "Sinh viên xa nhà", False),
        ("Cần Thơ có bao nhiêu sinh viên?", "Đà Nẵng có 915 sinh viên.", "Sinh viên xa nhà", True),
        ("Cần Thơ có bao nhiêu sinh viên?", "Lào có 915 sinh viên.", "Sinh viên xa nhà", False),
    ],
)
def test_what_is_told_of_one_country_is_not_told_of_the_next(
    question: str, sentence: str, around: str, other: bool
) -> None:
    assert other_land(lands(question), sentence, around) is other


def test_no_land_is_named_by_a_text_that_names_only_this_one() -> None:
    assert not lands("Việt Nam có bao nhiêu sinh viên?")
    assert lands("Lào có bao nhiêu sinh viên?")


@pytest.mark.parametrize(
    ("question", "sentence", "turned"),
    [
        ("Vì sao thu ngân sách của huyện giảm?", "Thu ngân sách của huyện tăng 11%.", True),
        ("Vì sao thu ngân sách của huyện giảm?", "Thu ngân sách của huyện sụt giảm, dù giá quế tăng.", False),
        ("Vì sao lá mây làm giảm huyết áp?", "Lá mây, thuốc giảm đau, có thể gây tăng huyết áp.", True),
        ("Vì sao lá mây làm tăng huyết áp?", "Lá mây, thuốc giảm đau, có thể gây tăng huyết áp.", False),
        ("Xưởng lỗ bao nhiêu?", "Xưởng lãi 2 tỷ đồng.", True),
        ("Xưởng có vốn bao nhiêu?", "Xưởng lãi 2 tỷ đồng.", False),
    ],
)
def test_the_opposite_of_an_event_is_seen(question: str, sentence: str, turned: bool) -> None:
    assert turned_round(question, sentence) is turned
