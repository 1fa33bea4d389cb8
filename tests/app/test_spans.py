"""The short answer inside a sentence, for every kind of question."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.asked import read_question
from app.span import MAX_CLAUSE, Span
from app.spans import answer_spans, best_span

# question, sentence, the short answer that should win; the question's topic words all weigh 1
ANSWERED = [
    # amounts, in the measure or the noun that was asked for
    ("Cầu Sương Mai dài bao nhiêu mét?", "Cầu Sương Mai dài 486 m, đưa vào khai thác từ năm 1998.", "486 m"),
    ("Có bao nhiêu hộ phải sơ tán?", "Bà Lục Thị Én cho biết 42 hộ được đưa đi lúc 2h sáng.", "42"),
    ("Ông Quyết bao nhiêu tuổi?", "Ông Quyết 47 tuổi, có 22 năm công tác.", "47 tuổi"),
    ("Lúa Vàng lãi bao nhiêu quý 1/2026?", "Quý 1/2026, Lúa Vàng lãi giảm 28 xuống 4,7 tỷ đồng.", "4,7 tỷ đồng"),
    ("Vé lượt bao nhiêu tiền?", "Vé lượt dự kiến 8.000 đồng, xe chở 60 người.", "8.000 đồng"),
    ("Dân số tăng bao nhiêu phần trăm?", "Sau 5 năm, dân số tăng 11,4%, thêm 3.200 người.", "11,4%"),
    ("Giá vé phà tăng lên bao nhiêu?", "Phà tăng giá vé từ 4.000 đồng lên 6.000 đồng từ 1/9.", "6.000 đồng"),
    ("Giá vé phà tăng từ bao nhiêu?", "Giá vé phà lên 6.000 đồng, tăng từ 4.000 đồng.", "4.000 đồng"),
    ("Giá vé phà giảm còn bao nhiêu?", "Giá vé phà từ 6.000 đồng giảm còn 5.000 đồng.", "5.000 đồng"),
    ("Kho rộng bao nhiêu?", "Kho rộng hơn 1.200 m2, cách hàng rào khoảng 300 m.", "hơn 1.200 m2"),
    ("Sân lát bao nhiêu mét vuông gạch?", "Sân dài 80 m, lát 2.400 m2 gạch.", "2.400 m2"),
    ("Mỗi ngọn đèn nặng bao nhiêu?", "Mỗi ngọn đèn cao 20 cm, nặng khoảng 400 gram.", "khoảng 400 gram"),
    ("Chuyến đi kéo dài bao lâu?", "Chuyến đi 36 km kéo dài gần 3 giờ.", "gần 3 giờ"),
    ("Ông Tòng có mấy người con?", "Là một người bố của ba người con, ông Tòng hay kể.", "ba"),
    ("Ông Tòng bỏ học năm bao nhiêu tuổi?", "Ông bỏ học từ năm 14 tuổi, vào tháng 10/1990.", "14 tuổi"),
    ("Tỉnh trưởng Hải Sa ăn trưa với ai?", "Tỉnh trưởng Hải Sa Lê Bá Tòng ăn trưa với ông Cù Văn Mây.", "Cù Văn Mây"),
    # times
    ("Nhà máy nước khởi công khi nào?", "Nhà máy nước khởi công sáng 7/9 tại huyện Đông Mây.", "sáng 7/9"),
    ("Dự án phát nước tháng năm nào?", "Dự án dự kiến phát nước vào tháng 6/2028.", "tháng 6/2028"),
    ("Cầu khánh thành năm nào?", "Cầu khánh thành năm 1998, sửa ngày 5/8/2026.", "năm 1998"),
    ("Cầu sửa ngày nào?", "Cầu khánh thành năm 1998, sửa ngày 5/8/2026.", "ngày 5/8/2026"),
    ("Chợ mở cửa lúc mấy giờ?", "Chợ mở cửa lúc 0h30 thay cho 3h sáng.", "0h30"),
    # people, places, names
    ("Ai lập đội cứu hộ Neo Vàng?", "Đội cứu hộ Neo Vàng do ông Lê Bá Tòng lập năm 2015 ở Cát Lành.", "Lê Bá Tòng"),
    ("Ông Quyết quê ở đâu?", "Ông Quyết 47 tuổi, quê xã Đồi Quế, có 22 năm công tác.", "Đồi Quế"),
    ("Huyện nào bị ngập?", "Nước tràn vào huyện Đông Mây và ông Tòng phải sơ tán.", "huyện Đông Mây"),
    ("Trường tiểu học nào đoạt giải nhất?", "Trường tiểu học Đồi Quế đoạt giải nhất.", "Trường tiểu học Đồi Quế"),
    ("Robot tên là gì?", "Robot mang tên Còng Gió nặng 32 kg.", "Còng Gió"),
    ("Ứng dụng tên là gì?", "“Mọi trẻ em ven sông đều phải biết bơi trước mùa lũ”, Tòng nói về ứng dụng tên \"Neo Nhỏ\".", "Neo Nhỏ"),
    ("Lê Bá Tòng bị bắt ở đâu?", "Lê Bá Tòng (31 tuổi, quê Hải Sa) bị bắt ở Đông Mây.", "Đông Mây"),
    ("Lê Bá Tòng giữ chức gì?", "Bà Cù Thị Mây - Phó chủ tịch phường Mũi Gió, bị ông Lê Bá Tòng - Phó ban chỉ huy phường - giữ lại.", "Phó ban chỉ huy phường"),
    # what is numbered, and scores
    ("Chị Mây nghỉ học khi đang học lớp mấy?", "Chị Mây, 45 tuổi, nghỉ học khi đang học lớp 11.", "lớp 11"),
    ("Neo Vàng thắng Cá Chuồn với tỉ số bao nhiêu?", "Sau 49 phút, Neo Vàng thắng Cá Chuồn với tỉ số 6-4.", "6-4"),
    ("Tác phẩm nào đoạt giải nhất?", "Giải nhất thuộc về cụm tượng “Vai mẹ” của nghệ sĩ Cù Thị Mây.", "Vai mẹ"),
    # clauses
    ("Nguyên nhân vụ cháy là gì?", "Nguyên nhân ban đầu là do pin xe điện hỏng phát nổ.", "pin xe điện hỏng phát nổ"),
    ("Ba trở ngại của đoàn là gì?", "Gió ngược, mưa lớn hay đường trơn là những trở ngại với đoàn.", "Gió ngược, mưa lớn hay đường trơn"),
    ("Ai bị phạt?", "Sở Y tế TP.Hạc Cương cho biết đầu năm mới Nhâm Thìn ông Lê An bị phạt.", "Lê An"),
    ("Vì sao chợ đóng cửa?", "Thay vì chợ cũ, xã dựng chợ mới vì mái dột.", "mái dột"),
    ("Vì sao chợ đóng cửa?", "Chợ đóng cửa vì ban quản lý sửa mái; khách đến ít.", "ban quản lý sửa mái"),
    ("Đợt diễn tập nhằm mục đích gì?", "Đợt diễn tập nhằm kiểm tra ba lực lượng.", "kiểm tra ba lực lượng"),
    ("Cảnh sát tìm ra bằng cách nào?", "Cảnh sát tìm ra bằng cách xem lại camera.", "xem lại camera"),
    ("Đối tượng áp dụng là gì?", "Đối tượng áp dụng là hộ nghèo có nhà dột, trừ hộ mới tách.", "hộ nghèo có nhà dột"),
    # lists
    ("Kể tên các chuyên khoa.", "Có bốn chuyên khoa: tim mạch, nội tiết, nhi và sản.", "tim mạch, nội tiết, nhi và sản"),
    ("Nhóm gồm những ai?", "Nhóm gồm Lưu Gia Bách, Nguyễn Hà Thư và Vừ A Páo.", "Lưu Gia Bách, Nguyễn Hà Thư và Vừ A Páo"),
    # without diacritics, and in English
    ("cau dai bao nhieu met", "Cầu dài 486 m.", "486 m"),
    ("How many trucks were caught?", "Đợt kiểm tra phát hiện 118 xe vi phạm.", "118"),
]  # fmt: skip

UNANSWERED = [
    ("Ai thắng?", "Trời mưa to."),
    ("Cầu dài bao nhiêu mét?", "Cầu đã thông xe."),
    ("Cầu khánh thành năm nào?", "Cầu dài 486 m."),
    ("Vì sao chợ đóng cửa?", "Chợ đóng cửa."),
    ("Nhóm gồm những ai?", "Nhóm rất đông."),
    ("Gì?", "Một câu."),
    ("Ai?", ""),
]

SAID_ALREADY = [
    ("Năm 1998 cầu dài bao nhiêu mét?", "Năm 1998 cầu chưa có.", "1998"),
    ("Ông Lê Bá Tòng giao đội cho ai?", "Ông Lê Bá Tòng giao đội cho cháu.", "Lê Bá Tòng"),
    ("Dược Lúa Vàng lãi nhất từ thuốc nào?", "CTCP Dược Lúa Vàng bán nhiều thuốc Mây Sao.", "CTCP Dược Lúa Vàng"),
    ("Cơ quan nào quản lý cầu?", "UBND tỉnh Lam Giang là cơ quan Nhà nước quản lý cầu.", "cơ quan Nhà nước"),
    ("Ngày 5/8 và ngày nào cầu đóng?", "Cầu đóng ngày 5/8.", "5/8"),
]


def best(question: str, sentence: str) -> Span | None:
    asked = read_question(question)
    spans = answer_spans(asked, question, sentence)
    return best_span(spans, sentence, dict.fromkeys(asked.content, 1.0))


@pytest.mark.parametrize(("question", "sentence", "short"), ANSWERED)
def test_the_short_answer_is_what_the_question_word_asks_for(question: str, sentence: str, short: str) -> None:
    found = best(question, sentence)
    assert found is not None
    assert found.text == short == sentence[found.start : found.end]


@pytest.mark.parametrize(("question", "sentence"), UNANSWERED)
def test_a_sentence_without_the_kind_of_answer_has_no_short_answer(question: str, sentence: str) -> None:
    assert best(question, sentence) is None


@pytest.mark.parametrize(("question", "sentence", "said"), SAID_ALREADY)
def test_what_the_question_says_itself_is_no_answer(question: str, sentence: str, said: str) -> None:
    found = answer_spans(read_question(question), question, sentence)
    assert said not in [span.text for span in found]


def test_the_unit_that_was_asked_for_fits_best() -> None:
    question = "Phạt bao nhiêu tiền?"
    fits = {
        s.text: s.fit for s in answer_spans(read_question(question), question, "Phạt 5 người, mỗi người 2 triệu đồng.")
    }
    assert fits["2 triệu đồng"] == 1.0
    assert fits["5"] < 0.5


def test_a_clause_is_cut_at_its_longest() -> None:
    sentence = "Chợ đóng cửa vì " + " ".join(f"chữ{n}" for n in range(MAX_CLAUSE + 20)) + "."
    found = best("Vì sao chợ đóng cửa?", sentence)
    assert found is not None
    assert len(found.text.split()) == MAX_CLAUSE


def test_a_short_answer_stands_near_the_rare_words_of_the_question() -> None:
    """Two amounts of the right kind: the one beside "nhà hát" is meant when "nhà hát" is rarer than "chợ"."""
    sentence = "Sửa chợ hết 3 tỷ đồng, còn trùng tu nhà hát hết 64 tỷ đồng."
    spans = [Span(12, 21, "3 tỷ đồng", 1.0), Span(48, 58, "64 tỷ đồng", 1.0)]
    assert [sentence[s.start : s.end] for s in spans] == [s.text for s in spans]
    chosen = {
        rare: best_span(spans, sentence, {"chợ": 5.0 if rare == "chợ" else 1.0, "hát": 5.0 if rare == "hát" else 1.0})
        for rare in ("chợ", "hát")
    }
    assert chosen == {"chợ": spans[0], "hát": spans[1]}


def test_words_are_near_in_any_spelling_of_the_index() -> None:
    sentence = "Đội 1.200 kỹ sư có 12 xe; thợ có 30 xe."
    spans = [Span(19, 21, "12", 0.5), Span(33, 35, "30", 0.5)]
    assert [sentence[s.start : s.end] for s in spans] == ["12", "30"]
    assert best_span(spans[::-1], sentence, {"1200": 2.0, "kĩ": 2.0}) == spans[0]
    assert best_span(spans, sentence, {"tho": 2.0}, plain=True) == spans[1]


def test_of_no_spans_none_is_best_and_of_equals_the_first() -> None:
    assert best_span([], "Cầu dài 486 m.", {"cầu": 1.0}) is None
    spans = [Span(0, 3, "Cầu", 0.5), Span(4, 7, "dài", 0.5)]
    assert best_span(spans[::-1], "Cầu dài 486 m.", {}) == spans[0]


QUESTIONS = st.sampled_from([question for question, *_ in [*ANSWERED, *UNANSWERED]]) | st.text(max_size=60)
SENTENCES = st.sampled_from([row[1] for row in [*ANSWERED, *UNANSWERED]]) | st.text(max_size=120)


@settings(max_examples=150, deadline=None)
@given(QUESTIONS, SENTENCES, SENTENCES)
def test_every_span_of_any_text_is_cut_from_it(question: str, one: str, other: str) -> None:
    asked, sentence = read_question(question), one + other
    spans = answer_spans(asked, question, sentence)
    for span in spans:
        assert 0 <= span.start < span.end <= len(sentence)
        assert span.text == sentence[span.start : span.end]
        assert 0 <= span.fit <= 1
    chosen = best_span(spans, sentence, dict.fromkeys(asked.content, 1.0))
    assert (chosen in spans) if spans else chosen is None


@pytest.mark.parametrize(
    ("question", "sentence", "said"),
    [
        (
            "Năm 2031 xưởng Mây Trắng lãi bao nhiêu?",
            "Năm 2031, xưởng Mây Trắng ghi 46 tỷ đồng doanh thu và 9 tỷ đồng lợi nhuận.",
            "9 tỷ đồng",
        ),
        (
            "Doanh thu của xưởng Mây Trắng là bao nhiêu?",
            "Xưởng Mây Trắng có vốn 20 tỷ đồng, doanh thu đạt 46 tỷ đồng.",
            "46 tỷ đồng",
        ),
        (
            "Cù Thị Mây nhận học bổng bao nhiêu USD?",
            "Cù Thị Mây nhận học bổng 6,2 tỷ đồng, tức 270.000 USD.",
            "270.000 USD",
        ),
        (
            "Vốn của xưởng tăng lên bao nhiêu?",
            "Xưởng phát hành 12,9 triệu cổ phiếu, tăng lên 215 tỷ đồng.",
            "215 tỷ đồng",
        ),
    ],
)
def test_an_amount_of_another_kind_of_money_is_not_the_answer(question: str, sentence: str, said: str) -> None:
    best = max(answer_spans(read_question(question), question, sentence), key=lambda s: s.fit)
    assert best.text == said
