"""Where sentences end, and how an article becomes passages."""

from __future__ import annotations

import itertools
import random
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.split import MAX_CHARS, MAX_WORDS, clip, passages, sentences, words
from ingest.article import Article

SHARED = Path(__file__).parents[3] / "shared" / "data" / "news" / "articles.jsonl"


def cut(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


def article(*paragraphs: str) -> Article:
    return Article(id="bai", url="", title="Tiêu đề", paragraphs=paragraphs)


@pytest.mark.parametrize(
    "sentence",
    [
        "Ông Lê Văn Lam làm việc ở TP. HCM từ năm 2020.",
        "Tại Tp.Lam Khê, TP.HCM và tp. Vân Trà đều có mưa.",
        "PGS.TS. Trần Lam Giang và ThS. Lê A. Bình cùng dự.",
        "PGS. TS Lê Thị Khê, BS.CKII Trần Vân, KTS. Ngô Sương nói vậy.",
        "GS,TS. Karl Lamm đến thăm xã.",
        "Tàu USS John S. McCain cập cảng, ông George W. Bush đón.",
        "Cố vấn H.R. McMaster và nhà kinh tế J.M. Keynes không dự.",
        "Chị N.T. K. (31 tuổi, ngụ xã Lam Khê) kể lại.",
        "Ông Trần Hưng Th. (SN 1961) và ông Lê Văn T. 970 triệu đồng.",
        "Nhà ở Q. Hoàn Kiếm, P. Tân An, H. Bình Khê và Q. 10.",
        "Nhà ở Q. Thủ Đức, P. Hai Bà Trưng.",
        "Giá 3.500 đồng, dài 1.234.567,8 m, điểm 7.5.",
        "Trang bao.example.vn và lam@bao.example.vn đều mở.",
        "Theo Công văn No. 15, ĐT. 0912 345 678.",
        "Phim St. Petersburg của Mr. Lam và Dr. Khê.",
        "Cây xoài, cây mít v.v. đều sai quả.",
        "Ông nói… rồi thôi, chờ mãi! rồi về.",
        "Mưa to... nhưng chợ vẫn họp.",
        "1. Đối tượng dự thi là học sinh lớp 9.",
        "a. Hồ sơ gồm ba bản.",
        "IV. Quy định chung về hồ sơ.",
        "Điều kiện gồm: a. Có hộ khẩu; b. Có việc làm; 1. Đủ tuổi.",
        '"Nào? ", cả nhà cùng hỏi.',
    ],
)
def test_a_sentence_is_not_cut_at(sentence: str) -> None:
    assert cut(sentence) == [sentence]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Cầu đã xong. Xe chạy.", ["Cầu đã xong.", "Xe chạy."]),
        ("Thật sao? Đúng vậy! Tốt… Về thôi.", ["Thật sao?", "Đúng vậy!", "Tốt…", "Về thôi."]),
        ("Ông nói: “Tốt!” Rồi ông về.", ["Ông nói: “Tốt!”", "Rồi ông về."]),
        ('Bà đáp: "Không." Sau đó bà đi.', ['Bà đáp: "Không."', "Sau đó bà đi."]),
        ("Cầu dài (hơn 1 km). Đường rộng.", ["Cầu dài (hơn 1 km).", "Đường rộng."]),
        ("Cầu xong. “Tốt lắm”, ông nói.", ["Cầu xong.", "“Tốt lắm”, ông nói."]),
        ("Tốc độ 65 km/h. Hiện chưa rõ.", ["Tốc độ 65 km/h.", "Hiện chưa rõ."]),
        ("Đẹp nhất châu Á. Ông Lam nói vậy.", ["Đẹp nhất châu Á.", "Ông Lam nói vậy."]),
        ("Đã thử bom H. Theo đài địa phương.", ["Đã thử bom H.", "Theo đài địa phương."]),
        ("Thiếu vitamin C. Các bác sĩ khuyên.", ["Thiếu vitamin C.", "Các bác sĩ khuyên."]),
        ("Gặp chị Trần Thị N. Sau đó họ đi.", ["Gặp chị Trần Thị N.", "Sau đó họ đi."]),
        ("Chém ông Th. Tôi hô lớn.", ["Chém ông Th.", "Tôi hô lớn."]),
        ("Lạnh -15 độ C. Lan Anh vẫn đi.", ["Lạnh -15 độ C.", "Lan Anh vẫn đi."]),
        ("Họp Bộ TT&TT. Bà Vân chủ trì.", ["Họp Bộ TT&TT.", "Bà Vân chủ trì."]),
        ("Họp với Bộ GD-ĐT. Sẽ có thêm.", ["Họp với Bộ GD-ĐT.", "Sẽ có thêm."]),
        ("Cuộc sống ấm no. Và vui.", ["Cuộc sống ấm no.", "Và vui."]),
        ("Lúa, ngô, v.v. Ông Lam kể.", ["Lúa, ngô, v.v.", "Ông Lam kể."]),
        ("Đang học tập.2. Chọn trường.", ["Đang học tập.", "2. Chọn trường."]),
        ("Rời trường.Hai bạn về.Ở nhà.", ["Rời trường.", "Hai bạn về.", "Ở nhà."]),
        ("Gồm: gạo; muối; dầu. Xong.", ["Gồm: gạo; muối; dầu.", "Xong."]),
        ("Có mưa. - Bà Vân nói.", ["Có mưa.", "- Bà Vân nói."]),
        ("Năm 2025. 30 người dự.", ["Năm 2025.", "30 người dự."]),
        ("Một dòng\nHai dòng", ["Một dòng", "Hai dòng"]),
        ("  Lùi vào.  \n\n \n  Dòng sau.  ", ["Lùi vào.", "Dòng sau."]),
        ("", []),
        (" \n ", []),
        ("...", ["..."]),
    ],
)
def test_sentences_end_at(text: str, wanted: list[str]) -> None:
    assert cut(text) == wanted


def test_a_long_sentence_is_cut_at_its_last_pause_before_the_limit() -> None:
    text = "một hai ba, bốn năm sáu; bảy tám chín mười"
    assert [text[a:b] for a, b in clip(text, [(0, len(text))], 8)] == ["một hai ba, bốn năm sáu;", "bảy tám chín mười"]


def test_a_pause_near_the_beginning_is_no_place_to_cut() -> None:
    text = "một, hai ba bốn năm sáu bảy tám chín mười"
    assert [text[a:b] for a, b in clip(text, [(0, len(text))], 9)] == ["một, hai ba bốn năm sáu bảy tám chín", "mười"]


def test_what_has_no_spaces_is_cut_by_characters() -> None:
    made = passages(article("x" * (2 * MAX_CHARS + 10)))
    assert [p.end - p.start for p in made] == [MAX_CHARS, MAX_CHARS, 10]


def test_a_short_article_is_one_passage_over_its_paragraphs() -> None:
    (only,) = passages(article("Cầu đã xong.", "Xe chạy từ sáng."))
    assert (only.id, only.docid, only.start, only.end) == ("bai#0", "bai", 0, 30)
    assert only.text == "Cầu đã xong.\n\nXe chạy từ sáng."


def test_passages_are_filled_with_whole_sentences() -> None:
    sentence = " ".join(["chữ"] * 59) + " hết."  # 60 words
    made = passages(article(" ".join([sentence.capitalize()] * 4)))
    assert [words(p.text) for p in made] == [120, 120]


def test_a_short_rest_joins_the_passage_before_it() -> None:
    long, short = " ".join(["Chữ"] * 149) + " hết.", " ".join(["Rồi"] * 19) + " thôi."  # 150 and 20 words
    assert [words(p.text) for p in passages(article(long, short))] == [170]
    # 150 + 46 words: more than a rest, less than 1.3 times the limit; it stands alone
    assert [words(p.text) for p in passages(article(long, " ".join(["Rồi"] * 46) + "."))] == [150, 46]


def test_an_article_without_text_has_no_passage() -> None:
    assert passages(article()) == []


def test_a_passage_carries_what_filters_and_citations_need() -> None:
    bai = Article(id="b1", url="", title="Tin", paragraphs=("Mưa.",), outlet="Báo Lam", section="Thời sự", version=3)
    (only,) = passages(bai)
    assert (only.title, only.outlet, only.section, only.version) == ("Tin", "Báo Lam", "Thời sự", 3)


LETTERS = st.text(
    alphabet=st.sampled_from("aAbBđĐểÔ19 .,;:!?…\n\"“”'()[]-–/\t\u00a0TPGSvx"), min_size=0, max_size=600
)  # every sign that a rule looks at, often


@given(LETTERS)
def test_every_character_that_is_no_space_is_in_exactly_one_sentence(text: str) -> None:
    spans = sentences(text)
    assert all(start < end for start, end in spans)
    assert all(before[1] <= after[0] for before, after in itertools.pairwise(spans))
    covered = {i for start, end in spans for i in range(start, end)}
    assert {i for i, c in enumerate(text) if not c.isspace()} <= covered
    assert all(not text[start].isspace() and not text[end - 1].isspace() for start, end in spans)


@given(st.lists(st.one_of(LETTERS, st.text(max_size=80)), max_size=6), st.integers(1, 90))
def test_every_character_that_is_no_space_is_in_exactly_one_passage(parts: list[str], repeat: int) -> None:
    bai = article(*(part * repeat for part in parts))
    made = passages(bai)
    assert all(p.text == bai.text[p.start : p.end] for p in made)
    assert all(before.end <= after.start for before, after in itertools.pairwise(made))
    covered = {i for p in made for i in range(p.start, p.end)}
    assert {i for i, c in enumerate(bai.text) if not c.isspace()} <= covered
    assert [p.id for p in made] == [f"bai#{n}" for n in range(len(made))]
    assert all(words(p.text) <= 1.3 * MAX_WORDS and len(p.text) <= MAX_CHARS for p in made)


@pytest.mark.shared
def test_on_real_articles_a_sentence_seldom_begins_with_a_small_letter() -> None:
    import json

    if not SHARED.exists():
        pytest.skip(f"no {SHARED}")
    records = [json.loads(line) for line in SHARED.read_text(encoding="utf-8").splitlines()]
    cuts = [
        text
        for record in random.Random(7).sample(records, 60)
        for paragraph in str(record.get("body") or record.get("text")).split("\n")
        for text in cut(paragraph)[1:]  # how a paragraph begins is not ours
    ]
    assert len(cuts) > 500
    assert not [text for text in cuts if text[0].islower()]


def test_a_text_of_a_million_characters_is_split_in_seconds() -> None:
    text = ("Ông Lê A. Bình ở TP. Lam Khê nói. " * 30_000)[:1_000_000]
    assert sum(end - start for start, end in sentences(text)) > 900_000


@pytest.mark.parametrize("row", [".", "…", "?!", '"', '."'])
def test_a_long_row_of_stops_is_looked_at_once(row: str) -> None:
    text = "Cầu Sương Mai thông xe" + row * 60_000 + "x"
    began = time.perf_counter()
    assert sentences(text)
    assert time.perf_counter() - began < 2
