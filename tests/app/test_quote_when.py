"""Answers by quotation to questions about a time: days counted from now, days that a person set, times without news."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from app.wiring import App
from tests.app.desk import asked, moment, opened
from tests.app.quoted import ARTICLES, NOW, docids


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    with opened(tmp_path_factory.mktemp("quote"), ARTICLES) as made:
        yield made


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
