"""Answers by quotation, from a small archive of invented news with a real index."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.abstain import Features
from app.answer import Answer, Question, Turn
from app.quote import MAX_QUESTION, QuotationAnswerer, check_question
from app.wiring import App
from index.vietnamese import fold
from ingest.errors import UsageError
from ingest.run import ingest
from tests.app.desk import article, asked, moment, opened, proved

BRIDGE_FIRST = article(
    "cau",
    "2026-03-02 08:00",
    "Cầu Sương Mai thông xe",
    "Cầu Sương Mai bắc qua sông Sương thông xe sáng 2/3.",
    "Cầu Sương Mai dài 46 m, rộng 9 m. Đơn vị thi công là Công ty Thiên Khê.",
    "Ông Lê Bá Tòng lập công ty năm 2015. Ông này quê ở xã Cát Lành, biết bơi từ bé.",
    captions=("Cầu Sương Mai dài hun hút nhìn từ trên cao",),
    byline=("Thu Hà – Văn Nam",),
)
BRIDGE = replace(
    BRIDGE_FIRST,
    paragraphs=(BRIDGE_FIRST.paragraphs[0], BRIDGE_FIRST.paragraphs[1].replace("46 m", "486 m"), BRIDGE_FIRST.paragraphs[2]),
    updated=moment("2026-03-04 10:00"),
)  # fmt: skip
CLINIC = article(
    "tram",
    "2026-03-05 08:00",
    "Trạm y tế Hạc Thành mở thêm phòng khám",
    "Trạm y tế xã Hạc Thành vừa mở thêm các chuyên khoa:",
    "- Tim mạch;",
    "- Nội tiết;",
    "- Da liễu.",
    "Người dân được khám miễn phí đến hết tháng.",
    outlet="Báo Khê",
)
MARKET_OPENS = article(
    "cho-1", "2026-03-10 20:00", "Chợ đêm Tre Xanh khai trương",
    "Chợ đêm Tre Xanh khai trương với 86 gian hàng.",
)  # fmt: skip
MARKET_GROWS = article(
    "cho-2", "2026-03-20 07:00", "Chợ đêm Tre Xanh thêm gian hàng",
    "Chợ đêm Tre Xanh nay có 120 gian hàng, đông nhất vào tối thứ bảy.", outlet="Báo Khê",
)  # fmt: skip
FLOOD = article(
    "lu", "2026-03-12 06:00", "Lũ ở Suối Ngà",
    "Nước suối Ngà dâng 3 m trong đêm.", "Bà Lục Thị Én quê ở xã Đồi Quế dẫn dân làng lên đồi.",
)  # fmt: skip
NOW = moment("2026-03-21 09:00")


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    with opened(
        tmp_path_factory.mktemp("quote"), [BRIDGE_FIRST, BRIDGE, CLINIC, MARKET_OPENS, MARKET_GROWS, FLOOD]
    ) as made:
        yield made


def quotes(answer: Answer) -> str:
    return "\n".join(c.quote for c in answer.citations)


def docids(answer: Answer) -> set[str]:
    return {c.docid for c in answer.citations}


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


# ---- when


def test_a_day_that_the_question_counts_from_now_leaves_other_days_out(app: App) -> None:
    answer = asked(app, "Hôm qua chợ đêm Tre Xanh có bao nhiêu gian hàng?", now=NOW)
    assert docids(answer) == {"cho-2"} == {h.passage.docid for h in answer.hits}
    (note,) = answer.notes
    assert "chỉ tìm trong tin đăng" in note.lower()
    assert "hôm qua" in note
    assert "20/03/2026" in note
    assert (answer.since, answer.until) == (moment("2026-03-20 00:00"), moment("2026-03-21 23:59:59.999999"))


def test_the_same_words_mean_another_day_from_another_moment(app: App) -> None:
    answer = asked(app, "Hôm qua chợ đêm Tre Xanh có bao nhiêu gian hàng?", now=moment("2026-03-11 08:00"))
    assert docids(answer) == {"cho-1"}
    assert answer.short_answer == "86"


def test_time_words_without_diacritics_filter_as_well(app: App) -> None:
    answer = asked(app, "hom qua cho dem tre xanh co bao nhieu gian hang", now=NOW)
    assert {h.passage.docid for h in answer.hits} == {"cho-2"}
    assert answer.since == moment("2026-03-20 00:00")


def test_days_that_the_person_set_outweigh_those_in_the_question(app: App) -> None:
    since, until = moment("2026-03-10 00:00"), moment("2026-03-10 23:59")
    answer = asked(app, "Hôm qua chợ đêm Tre Xanh có bao nhiêu gian hàng?", now=NOW, since=since, until=until)
    assert docids(answer) == {"cho-1"}
    assert (answer.since, answer.until) == (since, until)
    assert answer.notes == ()


@pytest.mark.parametrize("one", [{"since": moment("2026-03-15 00:00")}, {"until": moment("2026-03-15 00:00")}])
def test_one_bound_set_is_enough_to_outweigh_them(app: App, one: dict[str, object]) -> None:
    answer = asked(app, "Ngày 12/3/2019 báo chí đưa tin gì về chợ đêm Tre Xanh?", now=NOW, **one)
    assert docids(answer) == {"cho-2" if "since" in one else "cho-1"}
    assert answer.notes == ()


def test_a_time_without_news_says_so_and_shows_what_there_is_at_other_times(app: App) -> None:
    answer = asked(app, "Hôm qua chợ đêm Tre Xanh có bao nhiêu gian hàng?", now=moment("2027-01-05 09:00"))
    assert answer.notes[0].startswith("Kho không có tin phù hợp đăng hôm qua, 04/01/2027")
    assert {"cho-1", "cho-2"} <= {h.passage.docid for h in answer.hits}
    assert (answer.since, answer.until) == (None, None)


def test_a_day_of_the_event_itself_is_no_filter(app: App) -> None:
    answer = asked(app, "Cầu nào thông xe ngày 2/3/2026?", now=NOW)
    assert "cau" in docids(answer)
    assert (answer.since, answer.until) == (None, None)


def test_the_newest_asked_for_and_found_old_is_noted_from_the_moment_of_asking(app: App) -> None:
    question = "Tin mới nhất về cầu Sương Mai là gì?"
    assert (
        "Tin mới nhất tìm được trong kho đăng ngày 02/03/2026."
        in asked(app, question, now=moment("2026-09-01 08:00")).notes
    )
    assert not any("Tin mới nhất" in note for note in asked(app, question, now=moment("2026-03-05 08:00")).notes)


def test_only_the_outlets_that_were_asked_for_are_quoted(app: App) -> None:
    answer = asked(app, "Chợ đêm Tre Xanh có bao nhiêu gian hàng?", outlets=("Báo Khê",), now=NOW)
    assert {h.passage.outlet for h in answer.hits} == {"Báo Khê"}
    assert docids(answer) == {"cho-2"}


# ---- conversations


def test_a_follow_up_carries_its_subject(app: App) -> None:
    asking = "Ông ấy quê ở đâu?"
    tong = (Turn("user", "Ai lập công ty Thiên Khê?"), Turn("assistant", "“Ông Lê Bá Tòng lập công ty năm 2015.” [1]"))
    assert asked(app, asking, history=tong, now=NOW).short_answer == "Cát Lành"
    en = (
        Turn("user", "Ai dẫn dân làng lên đồi ở Suối Ngà?"),
        Turn("assistant", "“Bà Lục Thị Én dẫn dân làng lên đồi.” [1]"),
    )
    assert asked(app, "Bà ấy quê ở đâu?", history=en, now=NOW).short_answer == "Đồi Quế"


def test_a_follow_up_typed_without_diacritics_carries_it_too(app: App) -> None:
    tong = (Turn("user", "Ai lập công ty Thiên Khê?"), Turn("assistant", "“Ông Lê Bá Tòng lập công ty năm 2015.” [1]"))
    assert "Cát Lành" in quotes(asked(app, "ong ay que o dau", history=tong, now=NOW))


def test_a_new_subject_leaves_the_old_one_behind(app: App) -> None:
    turns = (
        Turn("user", "Nước suối Ngà dâng bao nhiêu?"),
        Turn("assistant", "“Nước suối Ngà dâng 3 m trong đêm.” [1]"),
    )
    fresh = asked(app, "Cầu Sương Mai dài bao nhiêu mét?", now=NOW)
    assert asked(app, "Cầu Sương Mai dài bao nhiêu mét?", history=turns, now=NOW).citations == fresh.citations


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


# ---- the honest no


def test_when_it_does_not_know_it_says_so_and_names_the_nearest_article(app: App) -> None:
    answer = asked(app, "Giá vé cáp treo núi Yên Ngựa là bao nhiêu?", threshold=0.0, now=NOW)
    nearest = answer.hits[0].passage
    assert answer.text == (
        "Kho tin không có câu trả lời cho câu hỏi này. "
        f"Bài gần nhất nói về: “{nearest.title}” ({nearest.outlet}, {nearest.published:%d/%m/%Y})."
    )
    assert (answer.abstained, answer.short_answer, answer.citations) == ("not_in_archive", "", ())


def test_what_shares_no_word_with_the_question_is_surer_to_be_missing(app: App) -> None:
    known = asked(app, "Cầu Sương Mai dài bao nhiêu mét?", now=NOW)
    unknown = asked(app, "Kính viễn vọng Hubble phóng lên vũ trụ bằng tên lửa gì?", now=NOW)
    assert unknown.abstain_score > known.abstain_score


def test_an_empty_archive_says_so_without_a_nearest_article(tmp_path: Path) -> None:
    with opened(tmp_path) as app:
        for question in ("Cầu Sương Mai dài bao nhiêu?", "Hôm qua cầu nào thông xe?", "cau nao dai nhat"):
            answer = asked(app, question, now=NOW)
            assert answer.text == "Kho tin không có bài nào trả lời câu hỏi này."
            assert (answer.abstained, answer.abstain_score, answer.hits, answer.notes) == ("nothing_found", 1.0, (), ())


def test_filters_that_leave_nothing_say_so(app: App) -> None:
    answer = asked(app, "Cầu Sương Mai dài bao nhiêu mét?", outlets=("Báo Lạ",), now=NOW)
    assert (answer.abstained, answer.hits) == ("nothing_found", ())


def test_an_article_without_day_or_outlet_is_quoted_as_such(tmp_path: Path) -> None:
    bare = replace(FLOOD, published=None, outlet="")
    with opened(tmp_path, [bare]) as app:
        assert "(theo không rõ báo, không rõ ngày)" in asked(app, "Nước suối Ngà dâng bao nhiêu?").text


# ---- questions that are none


@pytest.mark.parametrize("text", ["", "   ", "\n\t ", "\u00a0\u2003"])
def test_an_empty_question_is_refused_with_a_sentence_for_the_reader(app: App, text: str) -> None:
    with pytest.raises(UsageError, match=r"the question is empty; wanted a sentence\. Mend: ") as caught:
        QuotationAnswerer(app.searcher, app.archive).answer(Question(text))
    assert caught.value.public == "Bạn chưa nhập câu hỏi. Hãy gõ điều bạn muốn biết nhé."


def test_a_question_of_twenty_thousand_characters_is_refused_with_a_sentence_for_the_reader(app: App) -> None:
    with pytest.raises(UsageError, match=r"20,000 characters, wanted at most 2,000\. Mend: ") as caught:
        QuotationAnswerer(app.searcher, app.archive).answer(Question("a" * 20_000))
    assert caught.value.public == "Câu hỏi dài quá 2.000 ký tự. Bạn hỏi ngắn gọn từng ý một nhé."


def test_the_longest_question_allowed_is_answered_and_white_space_does_not_count(app: App) -> None:
    assert check_question("  Cầu \n\n dài?  " + " " * 20_000) == "Cầu dài?"
    asked(app, ("Cầu Sương Mai dài bao nhiêu mét? " * 100)[:MAX_QUESTION])


@settings(max_examples=25, deadline=None)
@given(st.text(min_size=1, max_size=80).filter(lambda text: text.split()), st.lists(st.text(max_size=40), max_size=3))
def test_any_question_is_answered_or_declined_and_nothing_unproved_leaves(
    app: App, text: str, earlier: list[str]
) -> None:
    history = tuple(Turn("user" if n % 2 == 0 else "assistant", said) for n, said in enumerate(earlier))
    for threshold in (0.0, 1.0):
        asked(app, text, history=history, threshold=threshold, now=NOW)


def test_what_the_archive_no_longer_holds_as_indexed_is_not_quoted(tmp_path: Path) -> None:
    """The index speaks of an article that the archive has lost: its sentences are not quoted."""
    with opened(tmp_path / "old", [FLOOD]) as old, opened(tmp_path / "new") as new:
        answer = QuotationAnswerer(old.searcher, new.archive, threshold=1.0).answer(
            Question("Nước suối Ngà dâng mấy mét?")
        )
    proved(new, answer)
    assert (answer.citations, answer.short_answer, answer.abstained) == ((), "", "not_in_archive")


# ---- yes or no, two questions in one


@pytest.mark.parametrize(
    ("question", "short", "quote"),
    [
        ("Cầu Sương Mai dài 486 m, đúng không?", "Có", "486 m"),
        ("Có phải cầu Sương Mai dài 120 m không?", "Không", "486 m"),
        ("Cầu Sương Mai đã thông xe chưa?", "Rồi", "thông xe sáng 2/3"),
    ],
)
def test_a_yes_or_no_question_is_answered_by_the_sentence_that_decides(
    app: App, question: str, short: str, quote: str
) -> None:
    answer = asked(app, question, now=NOW)
    assert answer.short_answer == short
    assert quote in answer.citations[0].quote


def test_what_no_sentence_decides_gets_no_yes_and_no_no(app: App) -> None:
    assert asked(app, "Có phải cầu Sương Mai sơn màu tím không?", now=NOW).short_answer == ""


def test_both_parts_of_a_question_are_answered(app: App) -> None:
    answer = asked(app, "Cầu Sương Mai dài bao nhiêu mét và ông Lê Bá Tòng lập công ty năm nào?", now=NOW)
    assert answer.short_answer == "486 m; năm 2015"
    assert len(answer.citations) <= 3


def test_the_part_that_the_archive_does_not_answer_is_named(app: App, monkeypatch: pytest.MonkeyPatch) -> None:
    def silent_of_what_is_not_told(found: Features, *, english: bool) -> float:
        return 0.1 if found.told else 0.9  # how sure a real model must be is no matter of this archive

    monkeypatch.setattr("app.quote.abstain_score", silent_of_what_is_not_told)
    question = "Cầu Sương Mai dài bao nhiêu mét và vợ ông Lê Bá Tòng tên là gì?"
    answer = asked(app, question, now=NOW, threshold=0.5)
    assert "486 m" in answer.short_answer
    assert any("vợ ông Lê Bá Tòng tên là gì" in note for note in answer.notes)


def test_a_sentence_without_a_word_of_the_question_is_quoted_without_a_short_answer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.quote.abstain_score", lambda found, *, english: 0.1)
    only = article("keo", "2026-03-02 08:00", "Xưởng kẹo Bến Đá", "Ông Lê Bá Tòng giải trình rằng máy hỏng từ tháng 5.")
    small = opened(tmp_path, [only])
    answer = asked(small, "Vì sao nhà hàng bị phạt?", now=NOW, threshold=0.5)
    assert answer.citations
    assert answer.short_answer == ""
    small.close()


def test_the_honest_no_says_which_name_the_nearest_article_does_not_mention(tmp_path: Path) -> None:
    said = "Bà Cù Thị Mây dạy hò ở Lam Sương từ năm 2015."
    small = opened(
        tmp_path, [article("ho", "2026-03-02 08:00", "Lớp hò", said, "Lớp đông.", "Mưa to suốt buổi."), FLOOD]
    )
    unknown = asked(small, "Bà Cù Thị Mây dạy hò ở Bắc Khê từ năm nào?", now=NOW, threshold=0.0)
    assert unknown.abstained
    assert "không nhắc tới “Bắc Khê”" in unknown.text
    assert f"“{said}”" in unknown.text
    known = asked(small, "Bà Cù Thị Mây dạy hò ở Lam Sương từ năm nào?", now=NOW, threshold=0.0)
    assert f"“{said}”" in known.text
    assert "nhắc tới" not in known.text
    small.close()
