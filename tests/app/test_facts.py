"""The facts of a sentence and whether two agree; places, persons and firms are invented."""

from __future__ import annotations

import random
import time
import unicodedata
from datetime import datetime
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.facts import Fact, find_facts, same
from ingest.article import VIETNAM

PUBLISHED = datetime(2021, 3, 9, 8, tzinfo=VIETNAM)
"""A Tuesday."""

TABLE = Path(__file__).with_name("facts_pairs.tsv")
PAIRS = [
    tuple(line.split("\t"))
    for line in TABLE.read_text(encoding="utf-8").splitlines()[1:]
    if line and not line.startswith("#")
]


def only(kind: str, phrase: str) -> Fact:
    """The first fact of a kind in a phrase; places count as names."""
    kinds = ("name", "place") if kind == "name" else (kind,)
    found = [fact for fact in find_facts(phrase, published=PUBLISHED) if fact.kind in kinds]
    assert found, f"no {kind} in {phrase!r}"
    return found[0]


@pytest.mark.parametrize(("kind", "one", "other", "verdict"), PAIRS)
def test_two_facts_are_equal_differ_or_do_not_compare(kind: str, one: str, other: str, verdict: str) -> None:
    a, b = only(kind, one), only(kind, other)
    assert (same(a, b), same(b, a)) == (verdict, verdict)


def test_the_table_of_pairs_has_every_verdict_of_every_kind_that_has_it() -> None:
    assert len(PAIRS) >= 200
    assert {(kind, verdict) for kind, _, _, verdict in PAIRS} >= {
        (kind, verdict)
        for kind in ("number", "date", "time", "name", "quote")
        for verdict in ("equal", "differ", "incomparable")
    }


def test_facts_of_different_kinds_do_not_compare() -> None:
    assert same(only("number", "2018 hộ"), only("date", "năm 2018")) == "incomparable"
    assert same(only("time", "lúc 8h"), only("date", "8/3")) == "incomparable"


NUMBERS = [
    ("hơn 70 ha lúa", "70 ha", "70", "ha", "hơn", None),
    ("Gần 11.000 điểm bán", "11.000 điểm", "11000", "điểm", "gần", None),
    (
        "phạt từ 7.000.000 đồng đến 8.000.000 đồng",
        "7.000.000 đồng đến 8.000.000 đồng",
        "7000000",
        "đồng",
        "",
        "8000000",
    ),
    ("từ 900 triệu đến 1,2 tỷ đồng", "900 triệu đến 1,2 tỷ đồng", "900000000", "đồng", "", "1200000000"),
    ("lãi 6-7 tỷ đồng", "6-7 tỷ đồng", "6000000000", "đồng", "", "7000000000"),
    ("trên 10 triệu đồng/m2", "10 triệu đồng", "10000000", "đồng", "hơn", None),
    ("thu 10 triệu đồng trở lên", "10 triệu đồng", "10000000", "đồng", "ít nhất", None),
    ("không quá 5 người", "5", "5", "người", "tối đa", None),
    ("nữ sinh 14 tuổi", "14 tuổi", "14", "tuổi", "", None),
    ("rộng 2.500m2", "2.500m2", "2500", "m2", "", None),
    ("động đất 7,5 độ Richter", "7,5 độ Richter", "7.5", "độ Richter", "", None),
    ("600 gian hàng", "600", "600", "gian hàng", "", None),
    ("thắng 2-1", "2-1", "2", "tỷ số", "", "1"),
    ("đứng thứ 272", "thứ 272", "272", "thứ", "", None),
    ("học sinh lớp 10", "10", "10", "lớp", "", None),
    ("nửa triệu đồng", "nửa triệu đồng", "500000", "đồng", "", None),
    ("hai năm rưỡi", "hai năm rưỡi", "2.5", "năm", "", None),
    ("đạt 700/800 điểm", "700", "700", "điểm", "", None),
    ("5 đồng chí", "5", "5", "đồng chí", "", None),
    ("gia hon 1,2 trieu dong", "1,2 trieu dong", "1200000", "đồng", "hơn", None),
    ("Việt kiều gửi về $5 triệu", "$5 triệu", "5000000", "USD", "", None),
    ("lạnh âm 5 độ C", "âm 5 độ C", "-5", "độ C", "", None),
]


@pytest.mark.parametrize(("sentence", "text", "value", "unit", "bound", "high"), NUMBERS)
def test_an_amount_has_its_value_unit_bound_and_range(
    sentence: str, text: str, value: str, unit: str, bound: str, high: str | None
) -> None:
    fact = only("number", sentence)
    assert (fact.text, fact.value, fact.unit, fact.bound) == (text, Decimal(value), unit, bound)
    assert fact.high == (Decimal(high) if high else None)


@pytest.mark.parametrize(
    "sentence",
    [
        "hàng trăm người đi chợ",
        "vài chục nhà bị ngập",
        "ba mẹ em đi vắng",
        "ba em là thợ mộc",
        "cuối năm người dân về quê",
        "trái chín rụng đầy vườn",
        "một số nơi mất điện",
        "chị Ba Lan bán rau",
        "doanh nghiệp tư nhân",
        "chạy 5G ở đội U23",
        "tỷ lệ 1/2.000",
    ],
)
def test_what_only_looks_like_an_amount_is_none(sentence: str) -> None:
    assert [fact for fact in find_facts(sentence) if fact.kind == "number"] == []


DATES = [
    ("ngày 8/3", "ngày 8/3", (None, 3, 8), "day"),
    ("mồng 8 tháng 3", "mồng 8 tháng 3", (None, 3, 8), "day"),
    ("Tối 29/11/2018, máy bay hạ cánh", "Tối 29/11/2018", (2018, 11, 29), "day"),
    ("bàn giao tháng 5 2016", "tháng 5 2016", (2016, 5, None), "month"),
    ("lãi quý I/2023 tăng", "quý I/2023", (2023, None, None), "quý 1"),
    ("năm học 2019-2020", "năm học 2019-2020", (2019, None, None), "năm học"),
    ("xây từ thế kỷ 19", "thế kỷ 19", (1801, None, None), "century"),
    ("Hôm qua trời mưa", "Hôm qua", (2021, 3, 8), "day"),
    ("Năm ngoái mất mùa", "Năm ngoái", (2020, None, None), "year"),
    ("tháng 3 năm ngoái", "tháng 3 năm ngoái", (2020, 3, None), "month"),
    ("chiều thứ sáu", "thứ sáu", (None, None, None), "thứ 6"),
    ("kể từ năm 938", "năm 938", (938, None, None), "year"),
]


@pytest.mark.parametrize(("sentence", "text", "value", "unit"), DATES)
def test_a_date_has_the_parts_that_are_said(sentence: str, text: str, value: tuple[int | None, ...], unit: str) -> None:
    fact = only("date", sentence)
    assert (fact.text, fact.value, fact.unit) == (text, value, unit)


@pytest.mark.parametrize(
    "sentence",
    [
        "Nghị định 46/2016 quy định",
        "nhà ở đường 30/4",
        "trực 24/7",
        "chiếm 1/3 diện tích",
        "từ tháng năm nào",
        "người thứ sáu trong hàng",
        "sinh viên năm thứ hai",
        "có 2018 hộ nghèo",
        "ngày 30/2",
        "uống ngày 2-3 lần",
        "hôm qua",  # counted from nothing
    ],
)
def test_what_only_looks_like_a_date_is_none(sentence: str) -> None:
    assert [fact for fact in find_facts(sentence) if fact.kind == "date"] == []


TIMES = [
    ("lúc 23h03", "23h03", "23:03"), ("khoảng 14h20 ngày 23/11", "14h20", "14:20"), ("7 giờ tối", "7 giờ tối", "19:00"),
    ("từ 8 giờ 30 phút", "8 giờ 30 phút", "08:30"), ("đóng cửa lúc 9 giờ", "9 giờ", "09:00"), ("họp 15-17h", "15", "15:00"),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "text", "value"), TIMES)
def test_a_moment_of_the_day_is_a_time(sentence: str, text: str, value: str) -> None:
    fact = only("time", sentence)
    assert (fact.text, fact.value) == (text, value)


def test_hours_that_last_are_an_amount() -> None:
    assert [f.unit for f in find_facts("bay hơn 5.000 giờ, nghỉ trong 3 giờ")] == ["giờ", "giờ"]


NAMES = [
    ("Ông Trần Văn An, Giám đốc Sở Y tế tỉnh Lam Giang, vắng mặt.",
     [("Trần Văn An", "person"), ("Sở Y tế tỉnh Lam Giang", "organisation")]),
    ("Trường Đại học Cửa Ngọc tuyển sinh.", [("Trường Đại học Cửa Ngọc", "organisation")]),
    ("Công ty TNHH Dược phẩm Sao Hạ bị phạt.", [("Công ty TNHH Dược phẩm Sao Hạ", "organisation")]),
    ("Hôm đó bà Nguyễn Thị Loan vào Go-Jek.", [("Nguyễn Thị Loan", "person"), ("Go-Jek", "other")]),
    ("UBND tỉnh Lam Giang họp với VSIP III.", [("UBND tỉnh Lam Giang", "organisation"), ("VSIP III", "other")]),
    ("Bộ Văn hóa, Thể thao và Du lịch họp.", [("Bộ Văn hóa, Thể thao và Du lịch", "organisation")]),
    ("Bộ Y tế và Bộ Công Thương cùng ký.", [("Bộ Y tế", "organisation"), ("Bộ Công Thương", "organisation")]),
    ("Giám đốc Cảng vụ hàng không miền Bắc nói.", [("Cảng vụ hàng không miền Bắc", "organisation")]),
    ("Chủ tịch UBND TP Cửa Ngọc Trần Văn An nói.",
     [("UBND TP Cửa Ngọc", "organisation"), ("Trần Văn An", "person")]),
    ("Tổng thống Mỹ Walter Bream đến thăm.", [("Mỹ", ""), ("Walter Bream", "person")]),
    ("Họ ở quận 1, phường Sao Mai, gần sông Vân.", [("quận 1", "quận"), ("Sao Mai", "phường"), ("Vân", "sông")]),
    ("Hiếu nói với anh Nam rằng Lan đã về.", [("Hiếu", "person"), ("Nam", "person"), ("Lan", "other")]),
    ("Đội U23 theo Nghị định 46/2016.", [("U23", "other"), ("Nghị định 46/2016", "other")]),
    ("Luật Giao thông đường bộ được sửa.", [("Luật Giao thông đường bộ", "other")]),
    ("Tuy nhiên, thị trường Mỹ giảm.", [("Mỹ", "")]),
    ("Theo kế hoạch Tài chính của Dự án, Nhà trường trả.", []),
    ("Trong Hà Nội có mưa.", [("Hà Nội", "")]),
    ("Em học tiếng Anh ở Anh.", [("tiếng Anh", "other"), ("Anh", "")]),
    ("SỞ Y TẾ LAM GIANG NÓI VỀ DỊCH BỆNH", []),
    ("so y te lam giang noi ve dich benh", []),
    ("không có chữ hoa nào ở đây", []),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "expected"), NAMES)
def test_names_end_where_they_end_and_are_what_they_are(sentence: str, expected: list[tuple[str, str]]) -> None:
    found = [(fact.text, fact.unit) for fact in find_facts(sentence) if fact.kind in ("name", "place")]
    assert found == expected


def test_a_quotation_is_its_words_and_the_facts_in_it_stand_too() -> None:
    facts = find_facts("Ông An nói: “Chúng tôi mất 3 tỷ đồng” rồi đi.")
    assert [(f.kind, f.text) for f in facts] == [
        ("name", "An"),
        ("quote", "Chúng tôi mất 3 tỷ đồng"),
        ("number", "3 tỷ đồng"),
    ]


def test_the_fact_of_a_decomposed_sentence_stands_at_its_own_characters() -> None:
    sentence = unicodedata.normalize("NFD", "Ngày 8/3, ở tỉnh Thanh Hoá có 1,2 triệu học sinh")
    for fact in find_facts(sentence):
        assert fact.text == sentence[fact.start : fact.end]
    assert [unicodedata.normalize("NFC", f.text) for f in find_facts(sentence)] == [
        "Ngày 8/3",
        "Thanh Hoá",
        "1,2 triệu",
    ]


WORDS = (
    'Ông Trần Văn An Sở Y tế tỉnh Lam Giang và Công ty TNHH 1,2 triệu đồng ngày 8/3 từ đến 5 - 7 % “ ” " thứ sáu tháng năm 2020 một '
    "nửa gấp đôi 2-1 quận 1 hơn gần 1.200.000 USD $ . , ( ) UBND TP.HCM U23 lớp 10 không trăm linh mười 23h03 âm rưỡi & of the"
).split()


@given(st.lists(st.sampled_from(WORDS), max_size=14), st.sampled_from([None, PUBLISHED]))
def test_any_heap_of_words_is_read_without_an_error_and_compared_without_one(
    words: list[str], published: datetime | None
) -> None:
    sentence = " ".join(words)
    facts = find_facts(sentence, published=published)
    for fact in facts:
        assert 0 <= fact.start < fact.end <= len(sentence)
        assert fact.text == sentence[fact.start : fact.end]
        assert same(fact, fact) in ("equal", "incomparable")
    for a, b in pairwise(facts):
        assert same(a, b) == same(b, a)


@given(st.text(max_size=80))
def test_any_text_is_read_without_an_error(sentence: str) -> None:
    for fact in find_facts(sentence, published=PUBLISHED):
        assert fact.text == sentence[fact.start : fact.end]


def test_a_page_without_a_full_stop_is_read_in_reasonable_time() -> None:
    for page in (
        "1.234.567 " * 5_000,
        "Trần Văn An " * 5_000,
        "“" * 9_000,
        "tháng " * 9_000,
        "một trăm " * 9_000,
        "x" * 90_000,
    ):
        began = time.perf_counter()
        find_facts(page, published=PUBLISHED)
        assert time.perf_counter() - began < 5


def test_how_many_sentences_a_second(capsys: pytest.CaptureFixture[str]) -> None:
    chance = random.Random(7)
    sentences = [" ".join(chance.choices(WORDS, k=25)) for _ in range(300)]
    began = time.process_time()
    found = sum(len(find_facts(sentence, published=PUBLISHED)) for sentence in sentences)
    spent = time.process_time() - began
    with capsys.disabled():
        print(f"\nfind_facts: {len(sentences) / spent:,.0f} sentences/s of 25 words, {found} facts")
    assert found


def test_a_word_that_begins_like_a_country_names_none() -> None:
    found = find_facts("Đảng Pháp luật và Công lý gặp báo chí Pháp, khen phim Anh hùng Tre Xanh.")
    assert [f.text for f in found if f.kind == "place"] == ["Pháp"]
