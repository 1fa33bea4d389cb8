"""The time of a question, seen from Monday 23 November 2026, 09:30."""

from __future__ import annotations

import json
import unicodedata
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.when import read_when
from index.vietnamese import fold
from ingest.article import VIETNAM
from ingest.dates import parse

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data"
NEWS = SHARED / "news" / "articles.jsonl"
NEWS_QA = SHARED / "news_qa" / "questions.jsonl"
NOW = datetime(2026, 11, 23, 9, 30, tzinfo=VIETNAM)

# question, first day, last day; "" leaves a side open
FILTERS = [
    ("Hôm nay giá vàng bao nhiêu?", "2026-11-23", "2026-11-23"),
    ("Ngày hôm nay có gì mới ở Lam Giang?", "2026-11-23", "2026-11-23"),
    ("Hôm qua ai bị bắt ở Cửa Ngọc?", "2026-11-22", "2026-11-23"),
    ("Ai bị bắt ngày hôm qua?", "2026-11-22", "2026-11-23"),
    ("Bữa qua có mưa không?", "2026-11-22", "2026-11-23"),
    ("Hôm kia tàu nào chìm?", "2026-11-21", "2026-11-22"),
    ("Sáng nay đường nào ngập?", "2026-11-23", "2026-11-23"),
    ("Rạng sáng nay có động đất không?", "2026-11-23", "2026-11-23"),
    ("Trưa nay nhiệt độ bao nhiêu?", "2026-11-23", "2026-11-23"),
    ("Tối nay đội nào đá?", "2026-11-23", "2026-11-23"),
    ("Đêm qua cháy ở đâu?", "2026-11-22", "2026-11-23"),
    ("Vụ cháy chợ tối qua thiệt hại thế nào?", "2026-11-22", "2026-11-23"),
    ("Chiều hôm qua ai họp?", "2026-11-22", "2026-11-23"),
    ("Sáng qua xe nào lật?", "2026-11-22", "2026-11-23"),
    ("Tuần này có bão không?", "2026-11-23", "2026-11-29"),
    ("Tuần trước ai thắng giải cờ?", "2026-11-16", "2026-11-23"),
    ("Ai thắng giải cờ tuần rồi?", "2026-11-16", "2026-11-23"),
    ("Tuần qua giá lúa ra sao?", "2026-11-16", "2026-11-23"),
    ("Cuối tuần qua có lễ hội nào?", "2026-11-21", "2026-11-23"),
    ("Đầu tuần này ai từ chức?", "2026-11-23", "2026-11-25"),
    ("Tháng này điện tăng mấy phần trăm?", "2026-11-01", "2026-11-30"),
    ("Tháng trước xuất khẩu bao nhiêu tôm?", "2026-10-01", "2026-11-01"),
    ("Cuối tháng trước ai được bổ nhiệm?", "2026-10-21", "2026-11-01"),
    ("Đầu tháng này ai nghỉ hưu?", "2026-11-01", "2026-11-11"),
    ("Quý trước công ty Sao Hạ lãi bao nhiêu?", "2026-07-01", "2026-10-01"),
    ("Năm nay mấy trường mở ngành mới?", "2026-01-01", "2026-12-31"),
    ("Năm ngoái Lam Giang đón bao nhiêu khách?", "2025-01-01", "2026-01-31"),
    ("Cuối năm ngoái ai làm chủ tịch?", "2025-09-01", "2026-01-31"),
    ("Năm kia có mấy cơn bão?", "2024-01-01", "2025-01-31"),
    ("3 ngày qua có bao nhiêu ca sốt?", "2026-11-20", "2026-11-23"),
    ("Trong 24 giờ qua có bao nhiêu ca sốt?", "2026-11-22", "2026-11-23"),
    ("Có bao nhiêu ca sốt trong một tuần qua?", "2026-11-16", "2026-11-23"),
    ("Hai tháng qua giá xăng đổi mấy lần?", "2026-09-23", "2026-11-23"),
    ("Mấy ngày qua trời thế nào?", "2026-11-16", "2026-11-23"),
    ("Mấy hôm nay ở Lam Giang có chuyện gì?", "2026-11-16", "2026-11-23"),
    ("Cách đây 3 ngày xe nào rơi xuống sông?", "2026-11-20", "2026-11-21"),
    ("Xe nào rơi xuống sông 2 ngày trước?", "2026-11-21", "2026-11-22"),
    ("Chủ nhật vừa rồi đội nào thắng?", "2026-11-22", "2026-11-23"),
    ("Thứ sáu tuần trước ai họp?", "2026-11-20", "2026-11-21"),
    ("Từ đầu tháng đến nay mấy cơn bão?", "2026-11-01", "2026-11-23"),
    ("Từ đầu năm có bao nhiêu vụ cháy?", "2026-01-01", "2026-11-23"),
    ("Trong tháng 10/2022, báo chí đưa tin gì về Cửa Ngọc?", "2022-10-01", "2022-10-31"),
    ("Trong tháng 10 năm 2022 ai đoạt giải?", "2022-10-01", "2022-10-31"),
    ("Công ty nào bị phạt trong tháng 2/2024?", "2024-02-01", "2024-02-29"),
    ("Công ty nào bị phạt trong tháng 12?", "2025-12-01", "2025-12-31"),
    ("Trong tháng Năm ai đoạt giải?", "2026-05-01", "2026-05-31"),
    ("Trong tháng năm ai đoạt giải?", "2026-05-01", "2026-05-31"),
    ("Báo chí đưa tin gì về Lam Giang tháng 3/2021?", "2021-03-01", "2021-03-31"),
    ("Năm 2020 báo chí đưa tin gì về Lam Giang?", "2020-01-01", "2020-12-31"),
    ("Có tin gì ngày 5/9/2026?", "2026-09-05", "2026-09-06"),
    ("Từ 1/9 đến 5/9 có mấy vụ cháy?", "2026-09-01", "2026-09-05"),
    ("Có mấy vụ cháy từ ngày 1/9 đến ngày 5/9/2025?", "2025-09-01", "2025-09-05"),
    ("Từ 1 đến 5/9/2025 có mấy vụ cháy?", "2025-09-01", "2025-09-05"),
    ("Từ 25/12 đến 5/1 có mấy vụ cháy?", "2025-12-25", "2026-01-05"),
    ("Từ tháng 3 đến tháng 5/2023 có mấy vụ cháy?", "2023-03-01", "2023-05-31"),
    ("Có mấy vụ cháy từ tháng 3 đến 5/2023?", "2023-03-01", "2023-05-31"),
    ("Từ năm 2018 đến năm 2020 có mấy vụ cháy?", "2018-01-01", "2020-12-31"),
    ("Từ tháng 3/2026 đến nay có mấy vụ cháy?", "2026-03-01", "2026-11-23"),
    ("hom qua ai bi bat", "2026-11-22", "2026-11-23"),
    ("gia vang hom nay", "2026-11-23", "2026-11-23"),
    ("toi qua doi nao thang", "2026-11-22", "2026-11-23"),
    ("tuan truoc ai thang giai co", "2026-11-16", "2026-11-23"),
    ("nam ngoai lam giang don bao nhieu khach", "2025-01-01", "2026-01-31"),
    ("trong thang 10/2022 bao chi dua tin gi", "2022-10-01", "2022-10-31"),
    ("tu 1/9 den 5/9 co may vu chay", "2026-09-01", "2026-09-05"),
    ("Sáng nay, 23/11, đường nào ngập?", "2026-11-23", "2026-11-23"),
    ("Giá xăng hôm nay 9.2.2026 bao nhiêu?", "2026-02-09", "2026-02-10"),
    ("Who won yesterday?", "2026-11-22", "2026-11-23"),
    ("What happened in Lam Giang last week?", "2026-11-16", "2026-11-23"),
    ("What happened in the last 3 days?", "2026-11-20", "2026-11-23"),
    ("Who resigned two days ago?", "2026-11-21", "2026-11-22"),
    ("How many fires last month?", "2026-10-01", "2026-11-01"),
    ("How many fires between March and May 2023?", "2023-03-01", "2023-05-31"),
    ("What was reported on 5 September 2026?", "2026-09-05", "2026-09-06"),
]

FACTS_OF_THE_EVENT = [
    ("Chuyến bay XK356 gặp sự cố ngày 29/11/2018 ở đâu?", "2018-11-29", "2019-01-28"),
    ("Chuyến bay XK356 gặp sự cố ngày 29/11 ở đâu?", "2025-11-29", "2026-01-28"),
    ("Ai ký văn bản ngày 29-11-2018?", "2018-11-29", "2019-01-28"),
    ("Ai ký văn bản ngày 29 tháng 11 năm 2018?", "2018-11-29", "2019-01-28"),
    ("Ai ký văn bản ngày 23 5 2023?", "2023-05-23", "2023-07-22"),
    ("Tối 28/9/2018 cây gì đổ?", "2018-09-28", "2018-11-27"),
    ("Ngày 29/2 ai đoạt giải?", "2024-02-29", "2024-04-29"),
    ("Ngày 29/2/2024 ai đoạt giải?", "2024-02-29", "2024-04-29"),
    ("Tháng 12/2018, mỗi bảo vệ bị phạt bao nhiêu?", "2018-12-01", "2019-03-01"),
    ("Tháng 10 ai đoạt giải cờ?", "2026-10-01", "2026-12-30"),
    ("Tháng 12 ai đoạt giải cờ?", "2025-12-01", "2026-03-01"),
    ("Cột nước cuối tháng 9/2018 cao mấy mét?", "2018-09-21", "2018-11-29"),
    ("Trường nào đứng đầu bảng xếp hạng năm 2022?", "2022-01-01", "2023-03-01"),
    ("Đội nào vô địch Cúp Sông Lam 2022?", "2022-01-01", "2023-03-01"),
    ("Ai giữ chức trong nhiệm kỳ 2022-2023?", "2022-01-01", "2024-02-29"),
    ("Năm học 2019-2020 có bao nhiêu sinh viên?", "2019-01-01", "2021-03-01"),
    ("Đầu năm 2018 ai được bổ nhiệm?", "2018-01-01", "2018-06-29"),
    ("Giữa năm 2018 ai được bổ nhiệm?", "2018-05-01", "2018-10-30"),
    ("Vì sao cuối năm 2018 sinh viên xếp hàng?", "2018-09-01", "2019-03-01"),
    ("6 tháng đầu năm 2023 lãi bao nhiêu?", "2023-01-01", "2023-08-29"),
    ("Lãi quý I/2023 của Sao Hạ là bao nhiêu?", "2023-01-01", "2023-05-30"),
    ("Lãi quý 3 của Sao Hạ là bao nhiêu?", "2026-07-01", "2026-11-29"),
    ("Quý IV lãi bao nhiêu?", "2026-10-01", "2027-03-01"),
    ("quy 1 nam 2023 sao ha lai bao nhieu", "2023-01-01", "2023-05-30"),
    ("truong nao dung dau nam 2022", "2022-01-01", "2023-03-01"),
    ("Hội chợ diễn ra từ 1/9 đến 5/9/2026 ở đâu?", "2026-09-01", "2026-09-05"),
    ("Nghỉ lễ từ 30/4 đến 3/5/2026 có được thưởng không?", "2026-04-30", "2026-05-03"),
    ("Trước ngày 5/9/2026 ai là giám đốc?", "", "2026-09-04"),
    ("Sau ngày 5/9/2026 ai là giám đốc?", "2026-09-05", ""),
    ("Gần đây có vụ cháy nào ở Cửa Ngọc?", "2026-08-25", "2026-11-23"),
    ("5 năm trước, ai làm giám đốc?", "2021-01-01", "2022-01-31"),
    ("Vụ án xảy ra hồi tháng 3 năm ngoái do ai xử?", "2025-03-01", "2025-05-30"),
    ("Lãi quý 3/2026 của Sao Hạ là bao nhiêu?", "2026-07-01", "2026-11-29"),
    ("Thời tiết cuối tuần này thế nào?", "2026-11-16", "2026-11-23"),
    ("Who was the director in December 2020?", "2020-12-01", "2021-03-01"),
    ("Who signed it on September 5, 2025?", "2025-09-05", "2025-11-04"),
    ("Who led the firm in 2018?", "2018-01-01", "2019-03-01"),
    ("Nhà máy sẽ xong trong tháng 10/2026?", "2026-10-01", "2026-12-30"),
]

NO_TIME = [
    "Đợt hạn hán bắt đầu từ tháng năm nào?",
    "Bà Loan sinh ngày tháng năm nào?",
    "Bao nhiêu năm thì cây ra quả?",
    "Năm học sinh nào được khen?",
    "Vì sao trời ngày càng nóng?",
    "Trận mưa kéo dài ba ngày ở đâu?",
    "Ngày nay người ta ăn gì?",
    "Sinh viên năm nhất học môn gì?",
    "Doanh thu tăng bao nhiêu so với năm ngoái?",
    "Giá gạo cao hơn hôm qua bao nhiêu?",
    "Những năm trước mở hội ở đâu?",
    "Theo Luật Giao thông đường bộ 2008, xe nào được đi trước?",
    "Theo Bộ luật Hình sự năm 2017, tù chung thân là gì?",
    "Ai thắng trận chiến từ năm 1937 đến năm 1945?",
    "Nghị định 46/2016 phạt bao nhiêu?",
    "Một phần ba số người, tức 1/3 dân số, ở đâu?",
    "Tỷ số 2-1 nghiêng về đội nào?",
    "Mỗi tháng một lần là lễ gì?",
    "Ba tháng 10 ngày là bao lâu?",
    "Ngày 30/2 có gì?",
    "Tháng 13 có lương không?",
    "Đến năm 2050 tàu nào chạy?",
    "Ngày 5/9/2030 có nhật thực không?",
    "Ngôi sao nào tỏa sáng qua các vòng đấu?",
    "Đường 29/3 ở quận nào?",
    "Căn nhà 1.200 m2 bán giá bao nhiêu?",
    "ai dem qua cho tre em vung cao",
    "ba toi qua doi vi benh gi",
    "May I ask who won?",
    "Quý khách gọi số nào?",
    "Chuyến tàu SE3 đi lúc mấy giờ?",
    "",
    "   ?!",
]


def bounds(since: str, until: str) -> tuple[datetime | None, datetime | None]:
    first = datetime.fromisoformat(f"{since}T00:00:00+07:00") if since else None
    last = datetime.fromisoformat(f"{until}T23:59:59.999999+07:00") if until else None
    return first, last


@pytest.mark.parametrize(("question", "since", "until"), FILTERS)
def test_words_that_count_from_now_and_stated_ranges_are_filters(question: str, since: str, until: str) -> None:
    when = read_when(question, NOW)
    assert when is not None
    assert ((when.since, when.until), when.hard) == (bounds(since, until), True)


@pytest.mark.parametrize(("question", "since", "until"), FACTS_OF_THE_EVENT)
def test_a_date_that_belongs_to_the_event_is_only_a_preference(question: str, since: str, until: str) -> None:
    when = read_when(question, NOW)
    assert when is not None
    assert ((when.since, when.until), when.hard) == (bounds(since, until), False)


@pytest.mark.parametrize("question", NO_TIME)
def test_a_question_that_names_no_time_has_none(question: str) -> None:
    assert read_when(question, NOW) is None


@pytest.mark.parametrize(
    ("question", "expression", "label"),
    [
        ("Ai bị bắt hôm qua?", "hôm qua", "hôm qua, 22/11/2026"),
        ("Trong tháng 10/2022, ai thắng?", "Trong tháng 10/2022", "trong tháng 10/2022"),
        ("Có vụ cháy nào từ 1/9 đến 5/9?", "từ 1/9 đến 5/9", "từ 1/9 đến 5/9, 01/09/2026 – 05/09/2026"),
        ("Tuần trước ai thắng?", "Tuần trước", "tuần trước, 16/11/2026 – 22/11/2026"),
        ("Ai thắng ngày 29/11?", "ngày 29/11", "ngày 29/11, 29/11/2025"),
        ("Tin mới nhất về bão là gì?", "mới nhất", "mới nhất"),
    ],
)
def test_the_reader_sees_the_expression_and_its_days(question: str, expression: str, label: str) -> None:
    when = read_when(question, NOW)
    assert when is not None
    assert (question[slice(*when.span)], when.label) == (expression, label)


def test_the_newest_articles_are_asked_for_with_or_without_a_time() -> None:
    alone = read_when("Kết quả mới nhất của đội Cửa Ngọc?", NOW)
    dated = read_when("Tin mới nhất hôm qua?", NOW)
    english = read_when("latest news about Lam Giang", NOW)
    assert alone is not None
    assert dated is not None
    assert english is not None
    assert (alone.newest, alone.since, alone.hard) == (True, None, False)
    assert (dated.newest, dated.since, dated.hard) == (True, datetime(2026, 11, 22, tzinfo=VIETNAM), True)
    assert english.newest


def test_the_first_days_of_a_year_look_back_over_it() -> None:
    new_year = datetime(2027, 1, 1, 0, 5, tzinfo=VIETNAM)
    for question, since, until in [
        ("Hôm qua ai bị bắt?", "2026-12-31", "2027-01-01"),
        ("Tuần trước ai thắng?", "2026-12-21", "2026-12-28"),
        ("Tháng trước ai thắng?", "2026-12-01", "2027-01-01"),
        ("Quý trước lãi bao nhiêu?", "2026-10-01", "2027-01-01"),
        ("Năm ngoái ai thắng?", "2026-01-01", "2027-01-01"),
        ("Trong tháng 1, ai thắng?", "2027-01-01", "2027-01-31"),
        ("Trong tháng 2, ai thắng?", "2026-02-01", "2026-02-28"),
    ]:
        when = read_when(question, new_year)
        assert when is not None
        assert (when.since, when.until) == bounds(since, until), question


def test_a_month_back_from_its_last_day_ends_in_the_shorter_month() -> None:
    when = read_when("Một tháng qua có mấy vụ cháy?", datetime(2024, 3, 31, 12, tzinfo=VIETNAM))
    assert when is not None
    assert when.since == datetime(2024, 2, 29, tzinfo=VIETNAM)


def test_the_day_turns_over_in_vietnam_not_where_the_clock_stands() -> None:
    late_in_london = datetime(2026, 11, 22, 18, 0, tzinfo=timezone.utc)  # noqa: UP017 - 01:00 on the 23rd in Vietnam
    when = read_when("Hôm nay ai thắng?", late_in_london)
    assert when is not None
    assert when.since == datetime(2026, 11, 23, tzinfo=timezone(timedelta(hours=7)))


def test_a_question_typed_in_decomposed_letters_has_spans_in_its_own_characters() -> None:
    question = unicodedata.normalize("NFD", "Ở Cửa Ngọc hôm qua ai thắng?")
    when = read_when(question, NOW)
    assert when is not None
    assert unicodedata.normalize("NFC", question[slice(*when.span)]) == "hôm qua"


MISTAKABLE = ("tối qua thiệt", "Tháng Năm", "tháng Năm", "tháng năm")
"""Without diacritics these may be "tôi qua" and "tháng năm nào"."""


def test_most_questions_read_the_same_without_diacritics() -> None:
    differ = []
    for question, since, until in FILTERS:
        if any(amid in question for amid in MISTAKABLE):
            continue
        when = read_when(fold(question), NOW)
        if when is None or (when.since, when.until) != bounds(since, until):
            differ.append(question)
    assert differ == []


@given(st.text(max_size=60), st.datetimes(datetime(1, 1, 1), datetime(9999, 12, 31)))
def test_any_text_at_any_time_is_read_without_an_error(text: str, now: datetime) -> None:
    when = read_when(text, now.replace(tzinfo=VIETNAM))
    assert when is None or 0 <= when.span[0] < when.span[1] <= len(text)


WORDS = [
    "hôm",
    "qua",
    "tháng",
    "năm",
    "ngày",
    "10",
    "2022",
    "29/2",
    "từ",
    "đến",
    "quý",
    "I",
    "trước",
    "3",
    "nay",
    "tuần",
]


@given(st.lists(st.sampled_from(WORDS), max_size=9), st.datetimes(datetime(1, 1, 2), datetime(9999, 12, 30)))
def test_any_heap_of_time_words_is_read_without_an_error(words: list[str], now: datetime) -> None:
    text = " ".join(words)
    when = read_when(text, now.replace(tzinfo=VIETNAM))
    if when and when.since and when.until:
        assert when.since <= when.until


@pytest.mark.shared
def test_no_filter_leaves_out_the_article_that_answers() -> None:
    if not NEWS_QA.is_file():
        pytest.skip(f"{NEWS_QA} is not there")
    published = {}
    for line in NEWS.read_text(encoding="utf-8").splitlines():
        article = json.loads(line)
        published[article["id"]] = parse(article["published"] or "")
    filters, hidden = 0, []
    for line in NEWS_QA.read_text(encoding="utf-8").splitlines():
        question = json.loads(line)
        when = read_when(question["question"], NOW)
        moments = [moment for docid in question["docids"] if (moment := published[docid])]
        if when is None or not when.hard or not moments:
            continue
        filters += 1
        if not any((when.since or moment) <= moment <= (when.until or moment) for moment in moments):
            hidden.append(question["id"])
    assert filters
    assert hidden == []
