"""Answers by quotation to questions of every kind: follow-ups, yes or no, two in one, none at all, and the honest no."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.abstain import Features
from app.answer import Question, Turn
from app.quote import MAX_QUESTION, QuotationAnswerer, check_question
from app.wiring import App
from ingest.errors import UsageError
from tests.app.desk import article, asked, opened, proved
from tests.app.quoted import ARTICLES, FLOOD, NOW, quotes


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    with opened(tmp_path_factory.mktemp("quote"), ARTICLES) as made:
        yield made


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
