"""Verdicts over a small archive: what is supported, contradicted with both tokens shown, or not known."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from app.check.checker import judge
from app.check.verdict import ClaimCheck
from app.wiring import App
from ingest.errors import UsageError
from tests.app.desk import article, moment, opened

BRIDGE = article(
    "cau",
    "2026-03-12 18:00",
    "Thông xe cầu Sương Mai nối Đông Mây với Lam Giang",
    "Sáng 12/3, cầu Sương Mai bắc qua sông Vân được thông xe. Cầu dài 412 m, rộng 12 m, có bốn làn xe.",
    "Ông Phan Trọng Khải, Giám đốc Sở Giao thông tỉnh Lam Giang, cho biết tổng vốn đầu tư là 1.200 tỷ đồng. "
    "Sở không thu phí qua cầu trong ba năm đầu.",
)
HARBOUR = article(
    "cang",
    "2026-04-02 09:00",
    "Cảng Hải Sa đón tàu 30.000 tấn",
    "Cảng Hải Sa vừa đón tàu chở 30.000 tấn gạo. Bà Lê Thu Ngân, Phó giám đốc cảng, nói lượng hàng quý 1 tăng 18% so với cùng kỳ.",
)


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    with opened(tmp_path_factory.mktemp("desk"), [BRIDGE, HARBOUR]) as desk:
        yield desk


def checked(app: App, draft: str) -> list[ClaimCheck]:
    """All claims of a draft, every offset checked in the draft and in the archive."""
    found = list(app.checker.check(draft))
    assert [f.claim for f in found] == app.checker.claims(draft)
    for one in found:
        assert draft[one.claim.start : one.claim.end] == one.claim.text
        assert 0 <= one.confidence <= 1
        for e in one.evidence:
            held = app.archive.get(e.docid, e.version)
            assert held is not None
            assert held.text[e.start : e.end] == e.quote
            assert (e.title, e.url, e.published) == (held.title, held.url, held.published)
        for d in one.differences:
            held = app.archive.get(d.docid)
            assert held is not None
            assert held.text[d.source_start : d.source_end] == d.source
            assert draft[d.claim_start : d.claim_end] == d.claim
        assert bool(one.differences) == (one.verdict == "REFUTED")
        assert bool(one.evidence) or one.verdict == "NOT_ENOUGH_INFO"
    return found


@pytest.mark.parametrize(
    "claim",
    [
        "Cầu Sương Mai có chiều dài 412 mét.",
        "Vốn đầu tư cầu Sương Mai là 1,2 nghìn tỷ đồng.",
        "Cầu Sương Mai được thông xe ngày 12/3/2026.",
        "Cảng Hải Sa vừa đón tàu chở ba mươi nghìn tấn gạo.",
    ],
)
def test_what_the_archive_says_in_other_words_is_supported(app: App, claim: str) -> None:
    (one,) = checked(app, claim)
    assert one.verdict == "SUPPORTED"


@pytest.mark.parametrize(
    ("claim", "kind", "wrong", "right"),
    [
        ("Cầu Sương Mai dài 421 m, rộng 12 m.", "number", "421", "412"),
        ("Sáng 13/3, cầu Sương Mai bắc qua sông Vân được thông xe.", "date", "13/3", "12/3"),
        ("Ông Phan Trọng Khai, Giám đốc Sở Giao thông tỉnh Lam Giang, cho biết vốn đầu tư là 1.200 tỷ đồng.", "name",
         "Phan Trọng Khai", "Phan Trọng Khải"),
        ("Tổng vốn đầu tư cầu Sương Mai là 1.200 triệu đồng.", "unit", "1.200 triệu", "1.200 tỷ"),
        ("Lượng hàng qua cảng Hải Sa quý 1 giảm 18% so với cùng kỳ.", "negation", "giảm", "tăng"),
        ("Bà Lê Thu Ngân, Giám đốc cảng, nói lượng hàng quý 1 tăng 18%.", "role", "Giám đốc", "Phó giám đốc"),
    ],
)  # fmt: skip
def test_what_the_archive_says_otherwise_is_refuted_with_both_tokens(
    app: App, claim: str, kind: str, wrong: str, right: str
) -> None:
    (one,) = checked(app, claim)
    (difference,) = one.differences
    assert (difference.kind, difference.claim, difference.source) == (kind, wrong, right)


@pytest.mark.parametrize(
    ("claim", "missing"),
    [
        ("Cầu Sương Mai dài 412 m và có 86 cột đèn.", "86 cột"),
        ("Đội bóng Tre Xanh thắng giải quốc gia.", "Đội bóng Tre Xanh thắng giải quốc gia."),
    ],
)
def test_what_the_archive_does_not_know_is_left_open_and_named(app: App, claim: str, missing: str) -> None:
    (one,) = checked(app, claim)
    assert one.verdict == "NOT_ENOUGH_INFO"
    assert any(missing in m for m in one.missing), one.missing


def test_an_unrelated_number_of_the_same_article_contradicts_nothing(app: App) -> None:
    (one,) = checked(app, "Cầu Sương Mai rộng 12 m.")
    assert one.verdict == "SUPPORTED"


def test_a_pronoun_stands_for_the_nearest_name_before_it(app: App) -> None:
    draft = "Ông Phan Trọng Khải là Giám đốc Sở Giao thông tỉnh Lam Giang. Ông này cho biết tổng vốn đầu tư là 1.300 tỷ đồng."
    _, second = checked(app, draft)
    assert second.verdict == "REFUTED"
    assert "“Ông này” được hiểu là Phan Trọng Khải" in second.note


def test_questions_and_opinions_are_not_judged(app: App) -> None:
    found = checked(app, "Cầu có đẹp không? Theo tôi, đây là điều rất đáng mừng. Cầu Sương Mai dài 412 m.")
    assert [(f.claim.checkable, bool(f.note)) for f in found] == [(False, True), (False, True), (True, False)]


def test_the_corrected_version_speaks_and_says_what_it_said_before(tmp_path: Path) -> None:
    first = article(
        "gia", "2026-05-01 08:00", "Giá vé tàu Lam Giang", "Vé tàu Lam Giang – Đông Mây giá 95.000 đồng một lượt."
    )
    second = replace(
        first, paragraphs=("Vé tàu Lam Giang – Đông Mây giá 59.000 đồng một lượt.",), updated=moment("2026-05-02 10:00")
    )
    with opened(tmp_path, [first, second]) as app:
        (wrong,) = checked(app, "Vé tàu Lam Giang – Đông Mây giá 95.000 đồng một lượt.")
        (right,) = checked(app, "Vé tàu Lam Giang – Đông Mây giá 59.000 đồng một lượt.")
    assert wrong.verdict == "REFUTED"
    assert "đính chính ngày 02/05/2026: bản trước viết “95.000”" in wrong.note
    assert right.verdict == "SUPPORTED"
    assert right.evidence[0].corrected == moment("2026-05-02 10:00")


def test_a_claim_is_judged_against_a_given_text_alone() -> None:
    text = "Hồ Tre Xanh rộng 70 ha. Hồ có từ năm 1962."
    refuted = judge("Hồ Tre Xanh rộng 17 ha.", text)
    assert (refuted.verdict, refuted.evidence[0].quote, refuted.evidence[0].docid) == (
        "REFUTED",
        "Hồ Tre Xanh rộng 70 ha.",
        "",
    )
    assert judge("Hồ Tre Xanh rộng 70 héc-ta.", text).verdict == "SUPPORTED"
    assert judge("Hồ Tre Xanh có 300 loài cá và chim quý.", text).verdict == "NOT_ENOUGH_INFO"


def test_what_is_shouted_or_dressed_as_a_web_page_is_read_all_the_same(app: App) -> None:
    (shouted,) = checked(app, "CẦU SƯƠNG MAI DÀI 412 M, RỘNG 12 M.")
    assert shouted.verdict == "SUPPORTED"
    (dressed,) = checked(app, "<p>Cầu <b>Sương Mai</b> d&agrave;i 421 m.</p>")
    assert [d.claim for d in dressed.differences] == ["421"]


def test_an_empty_draft_is_refused_before_anything_is_searched(app: App) -> None:
    with pytest.raises(UsageError, match="found no words"):
        app.checker.check(" \n")


def test_the_json_of_a_claim_holds_the_contract(app: App) -> None:
    (one,) = checked(app, "Cầu Sương Mai dài 421 m, rộng 12 m.")
    told = one.as_json()
    assert {"text", "start", "end", "verdict", "confidence", "evidence", "differences"} <= told.keys()
    assert {"docid", "url", "published", "quote", "start", "end"} <= told["evidence"][0].keys()
    assert told["differences"][0] | {"kind": "number", "claim": "421", "source": "412"} == told["differences"][0]


def test_other_words_in_a_sentence_that_is_otherwise_repeated_are_pointed_at() -> None:
    text = "Ngày 25/11, Công an huyện Tre Xanh khởi tố nhóm thanh niên để điều tra tội đua xe trái phép."
    claim = "Ngày 25/11, Công an huyện Tre Xanh khởi tố nhóm thanh niên để điều tra tội trộm cắp tài sản."
    (difference,) = judge(claim, text).differences
    assert (difference.kind, difference.claim, difference.source) == ("role", "trộm cắp tài sản", "đua xe trái phép")


def test_a_reply_is_judged_beside_its_text_and_always_shows_what_stands_against_it() -> None:
    text = "Hồ Tre Xanh rộng 70 ha, do vua Lý cho đào năm 1062. Hồ có bảy hòn đảo nhỏ, trồng nhiều cây đa."
    question = "Hồ Tre Xanh rộng bao nhiêu?"
    assert judge("Hồ Tre Xanh rộng 70 ha.", text, question=question).verdict == "SUPPORTED"
    added = "Hồ Tre Xanh rất nổi tiếng với lễ hội đua thuyền Ngọc Châu hằng năm. Du khách từ Hải Sa thường đến ngắm hoa và nghe hát quan họ."
    assert judge(added, text, question=question).verdict == "NOT_ENOUGH_INFO"
    for reply in ("Hồ Tre Xanh rộng 17 ha, do vua Trần cho đào.", "Hồ không do vua Lý cho đào mà có sẵn từ xưa."):
        told = judge(reply, text, question=question)
        assert bool(told.differences) == (told.verdict == "REFUTED")
        for d in told.differences:
            assert reply[d.claim_start : d.claim_end] == d.claim
            assert text[d.source_start : d.source_end] == d.source


def test_a_draft_without_diacritics_is_read_as_the_archive_spells_it(app: App) -> None:
    (one,) = checked(app, "Cang Hai Sa vua don tau cho 30.000 tan gao.")
    assert one.verdict == "SUPPORTED"


def test_a_sentence_copied_from_an_article_is_supported_whatever_the_next_one_denies() -> None:
    context = "Người đi bộ qua cầu Sương Mai từ sáng. Xe tải nặng không được qua cầu Sương Mai. Sở bác tin cầu bị nứt."
    for copied in ("Người đi bộ qua cầu Sương Mai từ sáng.", "Xe tải nặng không được qua cầu Sương Mai."):
        found = judge(copied, context)
        assert (found.verdict, found.evidence[0].quote, found.differences) == ("SUPPORTED", copied, ())


def test_words_that_their_sentence_takes_back_or_asks_are_not_supported_by_it() -> None:
    assert judge("Cầu Sương Mai bị nứt.", "Sở bác tin đồn: Cầu Sương Mai bị nứt.").verdict != "SUPPORTED"
    assert judge("Cầu Sương Mai bị nứt sáng nay.", "Cầu Sương Mai bị nứt sáng nay?").confidence < 0.99


@pytest.mark.parametrize(
    ("claim", "context", "words"),
    [
        ("Sở Giao thông đã lắp cân tự động hai đầu cầu.", "Sở Giao thông đề xuất lắp cân tự động hai đầu cầu.", "đề xuất"),
        ("Giai đoạn hai bắt đầu vào tháng 3/2027 tại rạn Ông Thọ.", "Giai đoạn hai dự kiến bắt đầu vào tháng 3/2027 tại rạn Ông Thọ.", "dự kiến"),
        ("Cầu Sương Mai đã hoàn thành sửa chữa.", "Ông Vọng giao tân giám đốc hai việc: hoàn thành sửa cầu Sương Mai, gỡ mặt bằng.", "giao"),
    ],
)  # fmt: skip
def test_what_is_only_planned_asked_for_or_ordered_is_not_confirmed_as_done(
    claim: str, context: str, words: str
) -> None:
    made = judge(claim, context)
    assert made.verdict == "NOT_ENOUGH_INFO"
    assert made.note == f"Nguồn viết “{words}”; bản thảo viết như việc đã có."
    assert [e.quote for e in made.evidence] == [context]
    assert judge(claim.replace("đã ", ""), context.replace(words + " ", "đã ")).note == ""


@pytest.mark.parametrize(
    ("claim", "context"),
    [
        ("Sở Giao thông muốn lắp cân tự động hai đầu cầu.", "Sở Giao thông đề xuất lắp cân tự động hai đầu cầu."),
        ("Nhiệt độ mùa hè lên đến 54 độ.", "Nhiệt độ mùa hè có thể lên đến 54 độ."),
        ("Sở đã lắp cân tự động hai đầu cầu.", "Sở đề xuất lắp cân tự động hai đầu cầu từ năm ngoái. Nay Sở đã lắp cân tự động hai đầu cầu."),
    ],
)  # fmt: skip
def test_a_plan_told_as_a_plan_or_carried_out_is_confirmed(claim: str, context: str) -> None:
    made = judge(claim, context)
    assert (made.verdict, made.note) == ("SUPPORTED", "")


def test_an_opposite_or_denial_elsewhere_is_not_held_against_what_a_sentence_says(tmp_path: Path) -> None:
    taxes = article(
        "thue",
        "2026-10-05 08:00",
        "Thu ngân sách Lam Giang đạt 81% dự toán",
        "Chín tháng đầu năm, tỉnh Lam Giang thu ngân sách 5.184 tỷ đồng, tăng 11,4% so với cùng kỳ. "
        "Nợ thuế đến cuối tháng 9 là 318 tỷ đồng, giảm 46 tỷ đồng so với đầu năm.",
        "Cầu Sương Mai dài 486 m, bắc qua sông Sương, đưa vào khai thác từ năm 1998. "
        "Từ ngày 5/10, xe tải trên 10 tấn không được qua cầu Sương Mai.",
    )
    with opened(tmp_path, [taxes]) as desk:
        for claim in (
            "Nợ thuế đến cuối tháng chín là 318 tỷ đồng, giảm 46 tỷ đồng so với đầu năm.",
            "Cầu Sương Mai dài 486 m, bắc qua sông Sương, đưa vào sử dụng từ năm 1998.",
        ):
            (one,) = checked(desk, claim)
            assert one.verdict == "SUPPORTED", claim
        (one,) = checked(desk, "Nợ thuế đến cuối tháng chín là 318 tỷ đồng, tăng 46 tỷ đồng so với đầu năm.")
        assert (one.verdict, one.differences[0].claim, one.differences[0].source) == ("REFUTED", "tăng", "giảm")


@pytest.mark.parametrize("unit", ["9 ", "12%", "a ", ".", "<a ", "&a"])
def test_a_sentence_of_thousands_of_words_is_checked_in_pieces(app: App, unit: str) -> None:
    draft = "Cầu Sương Mai " + (unit * 12_000)[:12_000] + " dài 412 m."
    began = time.perf_counter()
    assert checked(app, draft)
    assert time.perf_counter() - began < 10


def test_a_number_in_the_same_words_is_found_where_it_could_be_read_as_a_year() -> None:
    context = (
        "Bà Doãn Cẩm Tú cho biết phần hụt này ảnh hưởng trực tiếp đến năm dự án đường nội thị. "
        "Sở đã đề nghị bù tiền cho ba dự án còn lại."
    )
    one = judge("Bà Doãn Cẩm Tú nói phần hụt này ảnh hưởng trực tiếp tới năm dự án đường nội thị.", context)
    assert one.verdict == "SUPPORTED"
    wrong = judge("Bà Doãn Cẩm Tú nói phần hụt này ảnh hưởng trực tiếp tới bảy dự án đường nội thị.", context)
    assert wrong.verdict != "SUPPORTED"
