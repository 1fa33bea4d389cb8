"""One question asked for the page, whatever happens."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.answer import Turn
from app.web.past import Limits
from app.web.talk import EVER, Talk
from tests.web.press import RICE, Press, press


@pytest.fixture
def app(tmp_path: Path) -> Press:
    return press(tmp_path)


def ask(app: Press, words: str, limits: Limits = Limits(), **more: tuple[str, ...]):  # type: ignore[no-untyped-def]  # noqa: B008
    talk = Talk(app, "vi")
    return talk.finish(talk.begin(words, limits, **more), words, limits, ())


def test_a_citation_leads_to_the_version_that_was_searched(app: Press) -> None:
    found = ask(app, "Cầu nào?")
    assert [(s.marker, s.docid, s.version) for s in found.sources] == [(1, "cau-1", 2), (2, "cau-1", 2)]
    assert found.sources[0].also == (("cau-2", "Tin Mẫu", "Người Hà Lĩnh hết cảnh lụy phà"),)
    assert found.sources[0].elsewhere == 1


def test_an_abstention_names_the_nearest_articles_and_cites_none(app: Press) -> None:
    found = ask(app, "Trên sao Hỏa có gì?")
    assert (found.state, found.sources) == ("abstained", ())
    assert [s.docid for s in found.nearest] == [RICE.id, "cau-1"]


def test_dates_set_by_the_reader_are_asked_for_and_any_time_outweighs_the_words(app: Press) -> None:
    ask(app, "Hôm qua hôm qua?", without=("time",))
    assert app.answerer.asked[-1].since == EVER
    found = ask(app, "Cầu nào?", Limits("2026-07-01", "2026-07-31", "Báo Ví Dụ"))
    asked = app.answerer.asked[-1]
    assert asked.since is not None
    assert asked.until is not None
    assert (asked.since.isoformat(), asked.until.isoformat()) == (
        "2026-07-01T00:00:00+07:00",
        "2026-07-31T23:59:59.999999+07:00",
    )
    assert (asked.outlets, found.outlets) == (("Báo Ví Dụ",), ("Báo Ví Dụ",))


def test_a_reversed_range_is_told_without_asking(app: Press) -> None:
    found = ask(app, "Cầu nào?", Limits("2026-07-31", "2026-07-01"))
    assert found.state == "failed"
    assert "Ngày bắt đầu đang sau ngày kết thúc" in found.text
    assert [q.text for q in app.answerer.asked if q.text == "Cầu nào?"] == []


def test_errors_reach_the_reader_as_public_sentences_and_the_log_in_full(
    app: Press, caplog: pytest.LogCaptureFixture
) -> None:
    for words in ("hỏng kho", "vỡ trận"):
        found = ask(app, words)
        assert (found.state, found.text) == ("failed", "Kho tin đang gặp trục trặc, bạn thử lại sau ít phút nhé.")
    assert "/secret/path is broken" in caplog.text
    assert "boom" in caplog.text


def test_only_answered_turns_travel_as_history(app: Press) -> None:
    talk = Talk(app, "vi")
    earlier = [ask(app, "Cầu nào?"), ask(app, "hỏng kho")]
    talk.finish(talk.begin("Còn phà?", Limits()), "Còn phà?", Limits(), earlier)
    assert app.answerer.asked[-1].history == (
        Turn("user", "Cầu nào?"),
        Turn("assistant", earlier[0].text),
    )


def test_an_archive_that_cannot_be_read_still_lets_the_page_open(app: Press) -> None:
    def broken() -> int:
        raise RuntimeError("disk")

    app.archive.change_number = broken  # type: ignore[method-assign]
    assert Talk(app, "vi").glance().count == 0


def test_what_was_told_in_this_conversation_is_not_offered_as_the_next_question(app: Press) -> None:
    talk = Talk(app, "vi")
    price = ask(app, "Giá gạo ở chợ Đồng Mơ tăng bao nhiêu?")
    stalls = ask(app, "Chợ Đồng Mơ có bao nhiêu sạp hàng?")
    assert talk.next([price]) == ("Chợ Đồng Mơ có bao nhiêu sạp hàng?",)
    assert talk.next([stalls]) == ("Giá gạo ở chợ Đồng Mơ tăng bao nhiêu phần trăm sau mưa lớn kéo dài?",)
    assert talk.next([price, stalls]) == ()
