"""Questions made of an article's own statements."""

from __future__ import annotations

import pytest

from app.answer import Answer, Citation
from app.suggest import ANY_TIME, ANYTHING, Suggested, holds, questions, titled
from ingest.article import Article


def article(title: str, *paragraphs: str) -> Article:
    return Article(id="1", url="", title=title, paragraphs=paragraphs)


def asked(title: str, *paragraphs: str) -> list[tuple[str, str]]:
    return [(q.question, q.fact) for q in questions(article(title, *paragraphs))]


@pytest.mark.parametrize(
    ("title", "question", "fact"),
    [
        ("Trại sáng tác Đồi Chè quy tụ 14 nghệ sĩ", "Trại sáng tác Đồi Chè quy tụ bao nhiêu nghệ sĩ?", "14"),
        ("Hơn 6.000 học sinh Bến Lau học bơi miễn phí", "Bao nhiêu học sinh Bến Lau học bơi miễn phí?", "6.000"),
        ("Khởi công cầu Mây vốn 460 tỷ đồng", "Khởi công cầu Mây vốn bao nhiêu tiền?", "460"),
        ("Giá chè Đồi Mây tăng 1,5% sau mưa", "Giá chè Đồi Mây tăng bao nhiêu phần trăm sau mưa?", "1,5"),
        ("Cầu Mây dài 486 m", "Cầu Mây dài bao nhiêu mét?", "486"),
        ("Mười hai trạm y tế vùng cao nối mạng", "Bao nhiêu trạm y tế vùng cao nối mạng?", "Mười hai"),
        ("Cầu Mây thông xe, rút ngắn đường về", "Cầu Mây thông xe khi nào?", ANY_TIME),
    ],
)
def test_the_question_word_stands_where_the_fact_stood(title: str, question: str, fact: str) -> None:
    assert (question, fact) in asked(title)


@pytest.mark.parametrize(
    "title",
    [
        "Đội Bến Lau thắng Đồi Chè 3-1 ở vòng 12",  # a score, and a number that is a name
        "Xe tải dưới 10 tấn được qua cầu Mây",  # a bound
        "Xã Bến Lau 2 năm liền được khen",  # a number after a name may belong to the name
        'Ông Lê Mẫu: "Tôi mất 30 năm" để về quê',  # quoted speech
        "Người giữ nghề làm trống cuối cùng ở Bến Lau",  # nothing to ask for
        "Vì sao giá chè tăng 5%?",  # asks already
    ],
)
def test_what_would_read_badly_is_not_asked(title: str) -> None:
    assert asked(title) == []


def test_a_statement_that_leans_on_the_one_before_it_is_passed_over() -> None:
    assert asked(
        "Chợ mới", "Ông này nuôi 300 con vịt.", "Theo đó có 20 sạp bị dỡ.", "Chợ Bến Lau có 320 sạp hàng."
    ) == [("Chợ Bến Lau có bao nhiêu sạp hàng?", "320")]


def test_a_reason_is_asked_of_what_happened_and_not_of_who_told_it() -> None:
    assert asked("Chợ", "Thương lái cho biết nguồn chè từ Đồi Mây giảm vì sương muối.") == [
        ("Vì sao nguồn chè từ Đồi Mây giảm?", "sương muối")
    ]
    assert asked("Chợ", "Ban quản lý nói rằng Đồi Mây mất điện hai đêm vì mưa bão.") == [
        ("Vì sao Đồi Mây mất điện hai đêm?", "mưa bão")
    ]
    assert asked("Chợ", "Thương lái cho biết giá tăng vì sương muối.") == []  # which price?


def test_a_reason_and_a_doer_are_asked_for_and_names_keep_their_capital() -> None:
    assert asked("Chợ", "Trận chung kết bị hoãn hai giờ vì mưa đá.", "Khi trận đấu dừng.") == [
        ("Vì sao trận chung kết bị hoãn hai giờ?", "mưa đá")
    ]
    assert ("Vì sao Thanh không thể về quê?", "trùng lịch thi") in asked(
        "Chợ", "Thanh không thể về quê vì trùng lịch thi."
    )
    assert asked("Chợ", "Kinh phí sửa chợ do Quỹ Mây Xanh tài trợ.") == [
        ("Kinh phí sửa chợ do đơn vị nào tài trợ?", "Quỹ Mây Xanh")
    ]


def test_a_headline_that_asks_is_taken_as_it_stands() -> None:
    assert titled(article("Vì sao giá chè tăng?")) == [Suggested("Vì sao giá chè tăng?", ANYTHING)]


def answer(short: str, quote: str, docid: str = "1", abstained: str | None = None) -> Answer:
    cited = (Citation(1, docid, "", "", "", None, quote, 0, len(quote)),)
    return Answer("?", quote, short, () if abstained else cited, (), 0.0, abstained)


def test_an_answer_holds_when_it_gives_the_fact_from_the_article() -> None:
    suggested = Suggested("Chợ có bao nhiêu sạp hàng?", "320")
    assert holds(suggested, answer("320", "Chợ có 320 sạp hàng."), {"1"})
    assert not holds(suggested, answer("45", "Chợ có 320 sạp hàng, 45 sạp cá."), {"1"}), "the short answer is another"
    assert not holds(suggested, answer("320", "Chợ có 320 sạp hàng.", docid="2"), {"1"}), "from elsewhere"
    assert not holds(suggested, answer("", "", abstained="not_in_archive"), {"1"})
    assert holds(Suggested("Cầu thông xe khi nào?", ANY_TIME), answer("sáng 28/7", "Thông xe sáng 28/7."), {"1"})
    assert not holds(Suggested("Cầu thông xe khi nào?", ANY_TIME), answer("ông Lê", "Ông Lê nói."), {"1"})
