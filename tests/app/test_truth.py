"""Yes or no: the statement inside a question, and what articles say to it."""

from __future__ import annotations

import pytest

from app.truth import decide, statement_of
from ingest.article import Article

BRIDGE = Article(
    "cau", "", "Cầu Sương Mai",
    ("Cầu Sương Mai dài 486 m, rộng 9 m. Cầu chưa thông xe. Công ty Thiên Khê thi công cầu Sương Mai.",),
)  # fmt: skip


@pytest.mark.parametrize(
    ("question", "statement"),
    [
        ("Có phải Hải Sa cấm xe tải không?", "Hải Sa cấm xe tải"),
        ("Hải Sa cấm xe tải, đúng không?", "Hải Sa cấm xe tải"),
        ("Hải Sa đã cấm xe tải hay chưa?", "Hải Sa đã cấm xe tải"),
        ("Hải Sa có được cấm xe tải không?", "Hải Sa có được cấm xe tải"),
        ("Liệu có phải Hải Sa cấm xe tải không?", "Hải Sa cấm xe tải"),
        ("Có ai bị phạt không?", ""),
        ("Được không?", ""),
    ],
)
def test_a_question_without_its_particles_is_a_statement(question: str, statement: str) -> None:
    assert statement_of(question) == statement


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("Cầu Sương Mai dài 486 m phải không?", "Có"),
        ("Cầu Sương Mai dài 684 m phải không?", "Không"),
        ("Cầu Sương Mai đã thông xe chưa?", "Chưa"),
        ("Cầu Sương Mai có thông xe không?", "Không"),
        ("Có phải Công ty Thiên Khê thi công cầu Sương Mai không?", "Có"),
    ],
)
def test_what_an_article_says_or_contradicts_is_decided_by_its_sentence(question: str, short: str) -> None:
    found = decide(question, [BRIDGE])
    assert found is not None
    assert found.short == short
    assert BRIDGE.text[found.start : found.end].rstrip().endswith(".")


@pytest.mark.parametrize(
    "question", ["Bà Cù Thị Mây có biết bơi không?", "Cầu Sương Mai sơn màu tím, đúng không?", "Có ai thi công không?"]
)
def test_what_no_article_speaks_of_is_not_decided(question: str) -> None:
    assert decide(question, [BRIDGE]) is None


def test_without_articles_nothing_is_decided() -> None:
    assert decide("Cầu Sương Mai dài 486 m phải không?", []) is None


CROSSING = Article(
    "pha", "", "Bến phà Hạc Trì",
    ("Xe tải trên 8 tấn không được qua phà Hạc Trì từ 3/9.", "Xe tải phải đi vòng qua cầu Ngòi Sậy."),
)  # fmt: skip
MATCH = Article("tran", "", "Chim Sẻ thắng trận", ("CLB Chim Sẻ Vàng thắng CLB Đồng Nâu 2-1 tối 4/9.",))
PLAGUE = Article("dich", "", "Dịch Cát Lành", ("Trường phải kết thúc năm học sớm để tránh dịch Cát Lành lây lan.",))
CUP = Article(
    "cup", "", "Cúp Sông Sương",
    ("Ông Hà Văn Bắc cho rằng CLB Chim Sẻ Vàng sẽ vô địch Cúp Sông Sương.", "Từ chức vô địch Cúp Sông Sương, CLB Chim Sẻ Vàng đã khác."),
)  # fmt: skip
ORDER = Article(
    "giao",
    "",
    "Việc của tân giám đốc",
    ("Ông Hà Văn Bắc giao tân giám đốc hai việc: sửa xong phà Hạc Trì đúng hạn, gỡ mặt bằng.",),
)
PHOTO = Article("anh", "", "Ảnh đẹp", ("Hồ Bích khi đó mới chụp ảnh, và bị thu hút bởi nụ cười của nữ sinh.",))


@pytest.mark.parametrize(
    ("question", "article"),
    [
        ("Xe máy có được qua phà Hạc Trì không?", CROSSING),  # who: another kind of thing
        ("Người đi bộ có được qua phà Hạc Trì không?", CROSSING),
        ("Xe máy có bị cấm qua phà Hạc Trì không?", CROSSING),
        ("Cầu Ngòi Sậy có cấm xe tải không?", CROSSING),  # what: nothing of the kind is said
        ("CLB Đồng Nâu có thắng CLB Chim Sẻ Vàng không?", MATCH),  # the other way round
        ("Dịch Cát Lành đã kết thúc chưa?", PLAGUE),  # another thing ends
        ("CLB Chim Sẻ Vàng vô địch Cúp Sông Sương chưa?", CUP),  # only foreseen, only named
        ("Phà Hạc Trì sửa xong chưa?", ORDER),  # only to be done
        ("Nữ sinh Hồ Bích sinh con trai đúng không?", PHOTO),  # the same names, another deed
    ],
)
def test_a_sentence_of_another_doer_or_another_deed_decides_nothing(question: str, article: Article) -> None:
    assert decide(question, [article]) is None


@pytest.mark.parametrize(
    ("question", "article", "short"),
    [
        ("Xe tải trên 8 tấn có được qua phà Hạc Trì không?", CROSSING, "Không"),
        ("CLB Chim Sẻ Vàng có thắng CLB Đồng Nâu không?", MATCH, "Có"),
    ],
)
def test_the_same_doer_and_deed_are_decided(question: str, article: Article, short: str) -> None:
    found = decide(question, [article])
    assert found is not None
    assert found.short == short


def test_what_is_said_not_to_come_about_is_not_so() -> None:
    said = "Mặc dù học tiến sĩ có thể không khiến bạn trở thành tỉ phú, người học có lương khá."
    found = decide("Học tiến sĩ có thành tỷ phú không?", [Article("a", "", "Đi học", (said,))])
    assert found is not None
    assert found.short == "Không"
