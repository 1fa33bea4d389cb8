"""What a question asks for: with diacritics, without them, and in English."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.asked import Wanted, content_tokens, is_english, read_question
from index.vietnamese import fold

# question, kind of answer, the noun asked about
VIETNAMESE = [
    ("Ai lập đội cứu hộ Neo Vàng?", "person", ""),
    ("Ai là Chủ tịch UBND xã Suối Ngà?", "person", ""),
    ("Ai sao chép luận văn?", "person", ""),
    ("Vụ lừa đảo do ai cầm đầu?", "person", ""),
    ("Cầu thủ nào gỡ hòa cho Cá Chuồn?", "person", "cầu thủ"),
    ("Bác sĩ nào trực đêm ở Đông Mây?", "person", "bác sĩ"),
    ("Vị nào chủ trì cuộc họp?", "person", "vị"),
    ("Lễ hội diễn ra ở đâu?", "place", ""),
    ("UBND tỉnh Lam Giang họp ở đâu?", "place", ""),
    ("Xe buýt số 5 chạy đến đâu?", "place", ""),
    ("Huyện nào bị ngập nặng nhất?", "place", "huyện"),
    ("Bệnh viện nào tiếp nhận nạn nhân?", "place", "bệnh viện"),
    ("Nhà máy nước khởi công khi nào?", "time", ""),
    ("Bao giờ thông xe?", "time", ""),
    ("Cầu Sương Mai khánh thành năm nào?", "time", "năm"),
    ("Sân Sóng Xanh đóng cửa từ ngày nào?", "time", "ngày"),
    ("Ông Quyết sinh năm bao nhiêu?", "time", "năm"),
    ("Chợ mở cửa lúc mấy giờ?", "time", "lúc"),
    ("Chợ phiên họp vào thứ mấy?", "time", "thứ"),
    ("Cuộc thi này là lần thứ mấy?", "number", ""),
    ("Cầu dài bao nhiêu mét?", "number", "mét"),
    ("Có bao nhiêu hộ phải sơ tán?", "number", "hộ"),
    ("Giá vé tăng bn phần trăm?", "number", "phần trăm"),
    ("Trạm cân đặt ở km mấy?", "number", ""),
    ("Chuyến đi mất bao lâu?", "number", ""),
    ("Vì sao chợ đóng cửa?", "reason", ""),
    ("Tại sao nước lên nhanh?", "reason", ""),
    ("Cá chết vì đâu?", "reason", ""),
    ("Nguyên nhân vụ cháy là gì?", "reason", "nguyên nhân"),
    ("Bao nhiêu người chết, vì sao?", "reason", ""),
    ("Người dân trồng sa mộc để làm gì?", "purpose", ""),
    ("Mục đích của đợt diễn tập là gì?", "purpose", "mục đích"),
    ("Chợ đêm hoạt động như thế nào?", "manner", ""),
    ("Cảnh sát lần ra nhóm trộm bằng cách nào?", "manner", ""),
    ("Robot tên là gì?", "name", ""),
    ("Bà Sen rời quê khi mấy tuổi?", "number", "tuổi"),
    ("Ông An lấy bằng cử nhân năm mấy tuổi?", "number", "tuổi"),
    ("Trường hỗ trợ Bình mỗi năm bao nhiêu tiền?", "number", "tiền"),
    ("Cầu Sương Mai xây năm bao nhiêu?", "time", "năm"),
    ("Đội nào vô địch?", "name", "đội"),
    ("Đơn vị nào thi công?", "name", "đơn vị"),
    ("Hợp tác xã nào xuất khẩu quế?", "name", "tác xã"),
    ("Chủ đầu tư cảng cạn là công ty nào?", "name", "công ty"),
    ("Tàu mang số hiệu gì?", "what", "số hiệu"),
    ("Chợ đêm có mở lại không?", "truth", ""),
    ("Cầu đã thông xe chưa?", "truth", ""),
    ("Cầu Sương Mai", "what", ""),
    ("", "what", ""),
    ("?!", "what", ""),
]

PLAIN = [
    ("ai lap doi cuu ho neo vang", "person", ""),
    ("ai la chu tich ubnd xa suoi nga", "person", ""),
    ("le hoi dien ra o dau", "place", ""),
    ("huyen nao bi ngap nang nhat", "place", "huyen"),
    ("nha nuoc khoi cong khi nao", "time", ""),
    ("cau suong mai khanh thanh nam nao", "time", "nam"),
    ("cau suong mai dai bao nhieu met", "number", "met"),
    ("vi sao cho dong cua", "reason", ""),
    ("nguoi dan trong sa moc de lam gi", "purpose", ""),
    ("cho dem hoat dong nhu the nao", "manner", ""),
    ("doi nao vo dich", "name", "doi"),
    ("don vi nao thi cong", "name", "don vi"),
    ("robot ten la gi", "name", ""),
    ("cho dem co mo lai khong", "truth", ""),
]
"""Words that mean one thing only; "may" (mấy, máy) or "do dau" (do đâu, đỗ đầu) are told apart by the archive first."""

ENGLISH = [
    ("Who leads the team?", "person", ""),
    ("How many trucks were caught?", "number", "trucks"),
    ("How long did it take Trịnh Hải Yên to swim to the mainland?", "number", "did"),
    ("What percentage of the plan was met?", "number", "percentage"),
    ("When is it expected to open?", "time", ""),
    ("What year was the theatre built?", "time", "year"),
    ("Which district was flooded?", "place", "district"),
    ("Where did the boat sink?", "place", ""),
    ("Why was the market closed?", "reason", ""),
    ("What was the reason for the delay?", "reason", "reason"),
    ("How did the police find them?", "manner", ""),
    ("Is the bridge open to trucks?", "truth", ""),
]


@pytest.mark.parametrize(("question", "wanted", "head"), VIETNAMESE)
def test_the_question_word_says_what_is_wanted_and_its_noun_what_it_is_about(
    question: str, wanted: str, head: str
) -> None:
    asked = read_question(question)
    assert (asked.wanted.value, asked.head, asked.english) == (wanted, head, False)


@pytest.mark.parametrize(("question", "wanted", "head"), PLAIN)
def test_the_same_is_read_without_diacritics(question: str, wanted: str, head: str) -> None:
    asked = read_question(question)
    assert (asked.wanted.value, asked.head, asked.english) == (wanted, head, False)


@pytest.mark.parametrize(("question", "wanted", "head"), ENGLISH)
def test_english_is_read_by_its_own_rules(question: str, wanted: str, head: str) -> None:
    asked = read_question(question)
    assert (asked.wanted.value, asked.head, asked.english) == (wanted, head, True)


@pytest.mark.parametrize(
    "question",
    [
        "Những ai dự lễ khai mạc?",
        "Hò kéo vó có những lối hò nào?",
        "Các xã bị ngập là những xã nào?",
        "Đoàn gồm những ai?",
        "Kể tên ba học sinh làm ra máy lọc bụi.",
        "Liệt kê các mẫu nhà.",
        "Nêu tên các gian trưng bày.",
    ],
)
def test_a_question_for_several_is_known_as_one(question: str) -> None:
    assert read_question(question).many
    assert read_question(fold(question)).many


@pytest.mark.parametrize(
    "question", ["Ai thắng?", "Xã nào bị ngập?", "Các xã bị ngập bao nhiêu ha?", "Đội nào đông nhất?"]
)
def test_a_question_for_one_is_not(question: str) -> None:
    assert not read_question(question).many


@pytest.mark.parametrize(
    "text",
    [
        "ai lam tong thu ky",
        "Ai bị công an bắt trong vụ in sách lậu do công an Hải Sa điều tra?",
        "vi sao cho dong cua",
        "Van Tra",
        "",
    ],
)
def test_vietnamese_is_not_taken_for_english(text: str) -> None:
    assert not is_english(text)


def test_the_topic_is_what_is_left_without_function_words() -> None:
    assert content_tokens("Ai làm Tổ trưởng Tổ công tác số 4?") == ("tổ", "trưởng", "tổ", "công", "tác", "số", "4")
    assert content_tokens("Who leads the rescue team?", english=True) == ("leads", "rescue", "team")


@pytest.mark.parametrize(
    ("question", "topic"),
    [
        ("Cầu Sương Mai dài bao nhiêu mét?", ("cầu", "sương", "mai", "dài")),
        ("cau suong mai dai bao nhieu met", ("cau", "suong", "mai", "dai")),
        ("Dân số tăng bao nhiêu phần trăm?", ("dân", "số", "tăng")),
        ("Mỗi mét cầu nặng bao nhiêu tấn?", ("mỗi", "mét", "cầu", "nặng")),
        ("Có bao nhiêu hộ sơ tán?", ("hộ", "sơ", "tán")),
        ("Bao nhiêu mét?", ("mét",)),
    ],
)
def test_the_unit_asked_for_is_no_part_of_the_topic(question: str, topic: tuple[str, ...]) -> None:
    """An article writes "486 m": a sentence that says "mét" about something else is not more to the point."""
    assert read_question(question).content == topic


def test_a_question_of_function_words_alone_keeps_them() -> None:
    assert content_tokens("Ai và ở đâu?") == ("ai", "và", "ở", "đâu")


def test_without_diacritics_only_what_is_rarely_anything_else_is_dropped() -> None:
    """ "có" is dropped and "co" is kept: it may be cỏ, cò or cờ."""
    assert content_tokens("Cò có ở đâu?") == ("cò",)
    assert content_tokens("co co o dau") == ("co", "co", "o")


@given(st.text(max_size=120) | st.lists(st.sampled_from([q[0] for q in [*VIETNAMESE, *ENGLISH]])).map(" ".join))
def test_any_text_is_read_as_some_question(text: str) -> None:
    asked = read_question(text)
    assert asked.wanted in Wanted
    assert all(isinstance(token, str) and token for token in asked.content)
    assert read_question(text) == asked


def test_who_somebody_is_asks_for_an_office_and_who_holds_one_for_a_name() -> None:
    assert read_question("Lê Bá Tòng là ai?").wanted is Wanted.WHAT
    assert read_question("Đội trưởng đội Neo Vàng là ai?").wanted is Wanted.PERSON
    assert read_question("Bộ trưởng Bộ Y tế nước Hạc Lâm tên là gì?").wanted is Wanted.PERSON


def test_a_capital_makes_a_name_of_a_function_word() -> None:
    assert "anh" in read_question("Anh thu hút bao nhiêu sinh viên?").content
    assert "anh" not in read_question("Anh ấy có bao nhiêu tiền?").content


def test_what_is_numbered_is_not_counted() -> None:
    asked = read_question("Lê Bá Tòng xếp hạng mấy thế giới?")
    assert (asked.wanted, asked.head, asked.right) == (Wanted.NUMBER, "", ("thế", "giới"))
    assert read_question("Lê Bá Tòng có mấy lớp học?").head == "lớp học"
