"""Answers by quotation, from a small archive of invented news with a real index."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.wiring import App
from index.vietnamese import fold
from ingest.run import ingest
from tests.app.desk import article, asked, opened
from tests.app.quoted import ARTICLES, BRIDGE, BRIDGE_FIRST, CLINIC, NOW, docids, quotes


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    with opened(tmp_path_factory.mktemp("quote"), ARTICLES) as made:
        yield made


# ---- a quoted answer


def test_an_answer_quotes_the_sentence_word_for_word_with_outlet_and_day(app: App) -> None:
    answer = asked(app, "Cầu Sương Mai dài bao nhiêu mét?", now=NOW)
    assert "“Cầu Sương Mai dài 486 m, rộng 9 m.” [" in answer.text
    assert "(theo Báo Lam, 02/03/2026)" in answer.text
    assert answer.short_answer == "486 m"
    assert (answer.question, answer.abstained) == ("Cầu Sương Mai dài bao nhiêu mét?", None)
    assert answer.hits[0].passage.docid == "cau"
    assert answer.seconds > 0


@pytest.mark.parametrize(
    ("question", "docid", "held"),
    [
        ("Đơn vị nào thi công cầu Sương Mai?", "cau", "Công ty Thiên Khê"),
        ("Cầu Sương Mai thông xe khi nào?", "cau", "sáng 2/3"),
        ("Nước suối Ngà dâng bao nhiêu?", "lu", "3 m"),
        ("Trạm y tế xã nào mở chuyên khoa mới?", "tram", "xã Hạc Thành"),
        ("Cầu Sương Mai dài bn mét?", "cau", "486 m"),
    ],
)
def test_a_question_is_answered_from_its_article(app: App, question: str, docid: str, held: str) -> None:
    answer = asked(app, question, now=NOW)
    assert docid in docids(answer)
    assert held in quotes(answer)


@pytest.mark.parametrize(
    "question",
    [
        "Cầu Sương Mai dài bao nhiêu mét?",
        "Trạm y tế xã Hạc Thành mở chuyên khoa nào?",
        "Nước suối Ngà dâng bao nhiêu?",
        "Chợ đêm Tre Xanh đông nhất vào tối nào?",
    ],
)
def test_without_diacritics_the_same_article_answers(app: App, question: str) -> None:
    accented, plain = asked(app, question, now=NOW), asked(app, fold(question), now=NOW)
    assert plain.citations[0].docid == accented.citations[0].docid
    assert plain.short_answer == accented.short_answer


def test_a_vague_question_typed_in_haste_finds_its_bridge(app: App) -> None:
    answer = asked(app, "cay cau dai bao nhieu met")
    assert "Cầu Sương Mai dài 486 m" in quotes(answer)


# ---- only what the article says itself


@pytest.mark.parametrize(
    "question", ["Cầu Sương Mai nhìn từ trên cao ra sao?", "Cầu dài hun hút nhìn từ đâu?", "Thu Hà và Văn Nam là ai?"]
)
def test_captions_and_bylines_are_never_quoted(app: App, question: str) -> None:
    found = quotes(asked(app, question))
    assert "hun hút" not in found
    assert "Thu Hà" not in found


PRINTED = """Chợ nổi Sông Ngân mở lại

(LTV) - Sáng 10/3, chợ nổi Sông Ngân mở lại với 40 ghe hàng. Chợ họp từ 4 giờ sáng.

Chợ nổi Sông Ngân mở lại - Ảnh 1.

Ghe chở dưa hấu chen nhau trên sông

Bà Danh Thị Mận, trưởng ban quản lý, cho biết mỗi ghe được miễn phí neo đậu ba tháng.

>>> Xin mời quý vị đón xem Thời sự LTV lúc 18 giờ 30 mỗi ngày trên kênh LTV1

KIM CHI - MẠNH THẮNG // TRUNG TÂM TIN TỨC LTV

Link nội dung: https://ltv.example/cho-noi-song-ngan-mo-lai-222260310083000123.htm
"""


def test_promo_caption_byline_and_link_lines_of_a_print_version_are_never_quoted(tmp_path: Path) -> None:
    (tmp_path / "cho-noi.txt").write_text(PRINTED, encoding="utf-8")
    with opened(tmp_path) as app:
        ingest(app.archive, [str(tmp_path / "cho-noi.txt")])
        app.sync()
        for question in (
            "Ghe chở dưa hấu chen nhau ở đâu?",
            "Thời sự LTV phát lúc mấy giờ?",
            "Kim Chi và Mạnh Thắng làm ở đâu?",
            "Link nội dung chợ nổi Sông Ngân",
            "Xin mời quý vị đón xem gì?",
        ):
            found = quotes(asked(app, question))
            for beside in ("dưa hấu", "Thời sự LTV", "KIM CHI", "Link", "https://", "quý vị", "Ảnh 1", "(LTV)"):
                assert beside not in found, (question, found)
        assert "40 ghe hàng" in quotes(asked(app, "Chợ nổi Sông Ngân mở lại với bao nhiêu ghe hàng?"))


# ---- corrections


def test_a_corrected_article_answers_with_its_corrected_version_and_a_note_says_so(app: App) -> None:
    answer = asked(app, "Cầu Sương Mai dài bao nhiêu mét?", now=NOW)
    assert "486 m" in quotes(answer)
    assert "46 m," not in quotes(answer)
    assert "Bài “Cầu Sương Mai thông xe” đã đính chính ngày 04/03/2026; câu trích lấy từ bản đã sửa." in answer.notes


def test_an_article_that_was_never_corrected_has_no_such_note(app: App) -> None:
    assert asked(app, "Nước suối Ngà dâng bao nhiêu?", now=NOW).notes == ()


def test_a_correction_is_quoted_once_it_is_indexed(tmp_path: Path) -> None:
    with opened(tmp_path, [BRIDGE_FIRST]) as app:
        assert "46 m" in quotes(asked(app, "Cầu Sương Mai dài bao nhiêu mét?"))
        app.archive.add(BRIDGE)
        app.sync()
        answer = asked(app, "Cầu Sương Mai dài bao nhiêu mét?")
        assert answer.short_answer == "486 m"
        assert len(answer.notes) == 1


# ---- sentences that need another


def test_a_sentence_that_points_back_brings_the_one_before_it(app: App) -> None:
    answer = asked(app, "Người biết bơi từ bé quê ở xã nào?", now=NOW)
    assert "Ông Lê Bá Tòng lập công ty năm 2015. Ông này quê ở xã Cát Lành, biết bơi từ bé." in quotes(answer)


def test_a_colon_brings_its_list(app: App) -> None:
    answer = asked(app, "Trạm y tế xã Hạc Thành mở thêm những chuyên khoa nào?", now=NOW)
    listed = CLINIC.text[: CLINIC.text.index("Người dân")].strip()
    assert any(listed in c.quote for c in answer.citations)


def test_two_articles_that_disagree_are_both_quoted_with_a_note(tmp_path: Path) -> None:
    one = article("a", "2026-03-02 08:00", "Lũ ở Suối Ngà", "Lũ khiến 42 hộ ở xã Suối Ngà phải sơ tán.")
    two = article(
        "b", "2026-03-02 20:00", "Suối Ngà sau lũ", "Lũ khiến 57 hộ ở xã Suối Ngà phải sơ tán.", outlet="Báo Khê"
    )
    with opened(tmp_path, [one, two]) as app:
        answer = asked(app, "Lũ khiến bao nhiêu hộ ở xã Suối Ngà phải sơ tán?", now=NOW)
    assert [c.docid for c in answer.citations] == ["b", "a"]
    assert any("42" in note and "57" in note and "Báo Khê" in note for note in answer.notes)
