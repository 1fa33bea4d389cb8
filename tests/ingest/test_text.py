"""Clean text, and paragraphs that lost the line end between them."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.text import clean, clean_line, clean_paragraphs, squash, unglue


def test_clean_composes_letters_and_leaves_tone_marks_where_the_writer_put_them() -> None:
    assert clean(unicodedata.normalize("NFD", "hoà bình, hòa bình")) == "hoà bình, hòa bình"


@pytest.mark.parametrize(
    ("dirty", "expected"),
    [
        ("Hà\u00a0Nội\u2003có\tmưa", "Hà Nội có mưa"),
        ("\ufeffmưa\u200b rơi\u2060", "mưa rơi"),
        ("giá \u202e123\u202c đồng", "giá 123 đồng"),
        ("mưa\x00 to\x07", "mưa to"),
        ("mưa\ud800 to", "mưa to"),
        ("mưa\ufffd lớn", "mưa lớn"),
        ("soft\u00adhyphen", "softhyphen"),
        ("một\r\nhai\rba\u2028bốn", "một\nhai\nba\nbốn"),
        ("một\n\n\n\n\nhai", "một\n\nhai"),
        ("  một  \n  hai  ", "một\nhai"),
        ("", ""),
    ],
)
def test_clean_removes_what_no_reader_sees(dirty: str, expected: str) -> None:
    assert clean(dirty) == expected


@given(st.text(max_size=200))
@settings(max_examples=150, deadline=None)
def test_clean_is_idempotent(text: str) -> None:
    assert clean(clean(text)) == clean(text)
    assert clean_line(clean_line(text)) == clean_line(text)


def test_clean_paragraphs_are_the_lines_that_say_something() -> None:
    assert clean_paragraphs(" Một. \r\n\r\n\u200b\r\n Hai.\n") == ("Một.", "Hai.")


def test_squash_keeps_letters_and_digits_of_any_spelling_of_the_same_words() -> None:
    assert squash("“Cầu 5–Bến Lức”") == squash("CẦU 5 - bến lức") == "cầu5bếnlức"


@pytest.mark.parametrize(
    ("glued", "pieces"),
    [
        ("Hai bạn rời trường.Hôm sau mưa.", ("Hai bạn rời trường.", "Hôm sau mưa.")),
        ("Có ai không?Không ai đáp!Thế rồi…Đêm xuống.", ("Có ai không?", "Không ai đáp!", "Thế rồi…", "Đêm xuống.")),
        ("Nhóm có bốn người rất trẻ gồm:Chị Lê", ("Nhóm có bốn người rất trẻ gồm:", "Chị Lê")),
        ("Ông nói “tôi sẽ làm”.Bà cười.", ("Ông nói “tôi sẽ làm”.", "Bà cười.")),
        ('Ông nói "tôi sẽ làm".Bà cười.', ('Ông nói "tôi sẽ làm".', "Bà cười.")),
        ("Cứ thử đi.“Ngày mai thôi”, cô bảo.", ("Cứ thử đi.", "“Ngày mai thôi”, cô bảo.")),
        ('Cứ thử đi."Ngày mai thôi", cô bảo.', ("Cứ thử đi.", '"Ngày mai thôi", cô bảo.')),
        ('Cô nói: "Em sẽ đi."Ông gật đầu.', ('Cô nói: "Em sẽ đi."', "Ông gật đầu.")),
        ("Bạn An bên căn nhà mới dựng (Ảnh: NVCC)Trước đó", ("Bạn An bên căn nhà mới dựng (Ảnh: NVCC)", "Trước đó")),
        ("Hồ sơ gồm:- Đơn xin học;- Ảnh thẻ.", ("Hồ sơ gồm:", "- Đơn xin học;", "- Ảnh thẻ.")),
        ("Giá lên 3,2 tỷ USD.Trong khi đó", ("Giá lên 3,2 tỷ USD.", "Trong khi đó")),
        ("Bệnh do Covid-19.Ngay sau đó", ("Bệnh do Covid-19.", "Ngay sau đó")),
    ],
)
def test_paragraphs_that_run_together_come_apart(glued: str, pieces: tuple[str, ...]) -> None:
    assert unglue(glued) == pieces


@pytest.mark.parametrize(
    "whole",
    [
        "Ở TP.HCM, TP.Hồ Chí Minh và TT.Huế đều mưa.",
        "Th.S Lan, ThS.Lan, PGS.TS.Nguyễn An và BS.CK2 Bình cùng dự.",
        "Đội U.23 thắng ở Q.1, P.Bến Nghé, giá vé 3.500 đồng.",
        "J.K.Rowling và N.Hà gặp nhau.",
        "Vé bán trên Booking.com và VnExpress.Net từ sáng.",
        "Xem https://bao.vn/Tin.Moi hoặc viết tới toa.Soan@bao.vn nhé.",
        "Tệp bao-cao.Pdf và node.Js đã có.",
        "Ảnh:Lan Anh",
        "Tên gọi “Mưa” và “Nắng” đều hay.",
        'Câu lạc bộ "Mưa xuân" và "Nắng hạ" hát.',
        "Dự án Bàu SenBàu Trũng còn vướng mắc về mặt bằng và vốn đầu tư.",
    ],
)
def test_abbreviations_names_addresses_and_quotations_stay_whole(whole: str) -> None:
    assert unglue(whole) == (whole,)


def test_a_heading_comes_apart_from_the_paragraph_it_ran_into() -> None:
    glued = "Cơ duyên với ngành nướcTấn bắt đầu học ngành này từ năm lớp mười hai ở quê nhà."
    assert unglue(glued) == (
        "Cơ duyên với ngành nước",
        "Tấn bắt đầu học ngành này từ năm lớp mười hai ở quê nhà.",
    )


@given(st.text(alphabet='aĐệ.:"”(-) A1', max_size=120))
@settings(max_examples=150, deadline=None)
def test_ungluing_loses_no_character_but_spaces(text: str) -> None:
    assert "".join("".join(unglue(text)).split()) == "".join(text.split())
