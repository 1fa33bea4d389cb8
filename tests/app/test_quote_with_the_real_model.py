"""Answers over data/sample with the real model: proved, honest about what is missing, and unmoved by how it is typed."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app.answer import Answer, Question, turns
from app.settings import Settings, read_settings
from app.wiring import App, open_app
from index.vietnamese import fold
from ingest.run import ingest
from tests.app.desk import moment, proved

DATA = Path(__file__).parents[2] / "data"
QUESTIONS: list[dict[str, Any]] = [
    json.loads(line)
    for file in sorted((DATA / "questions").glob("*.jsonl"))
    for line in file.read_text(encoding="utf-8").splitlines()
]
"""Fields as in data/README.md."""

AFTER = moment("2026-11-20 09:00")
"""Later than every article of the sample."""

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    cache = Path(os.environ.get("HOITIN_TEST_CACHE") or read_settings().cache)
    settings = Settings(home=tmp_path_factory.mktemp("sample") / "home", cache=cache)
    with open_app(settings, create=True) as made:
        ingest(made.archive, [str(DATA / "sample")])
        made.sync()
        yield made


@pytest.fixture(scope="module")
def answers(app: App) -> dict[str, Answer]:
    """Every labelled question, asked once."""
    return {q["id"]: ask(app, q["question"], history=turns(q["history"])) for q in QUESTIONS}


def ask(app: App, text: str, **more: Any) -> Answer:
    return app.answerer.answer(Question(text, **({"now": AFTER} | more)))


def quotes(answer: Answer) -> str:
    return "\n".join(c.quote for c in answer.citations)


def docids(answer: Answer) -> list[str]:
    return [c.docid for c in answer.citations]


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question["id"])
def test_every_citation_is_verbatim_numbered_and_archived(
    question: dict[str, Any], app: App, answers: dict[str, Answer]
) -> None:
    proved(app, answers[question["id"]])


def test_captions_bylines_and_what_stands_around_an_article_are_never_quoted(
    app: App, answers: dict[str, Answer]
) -> None:
    beside = [line for a in app.archive.current() for line in (*a.captions, *a.byline)]
    assert len(beside) > 20
    beside += ["Ảnh 1", "Ảnh:", ">>>", "quý vị", "Link nội dung", "https://", "Bình luận", "Tin liên quan", "Bản quyền"]
    asking = [f"Ai chụp ảnh: {line}?"[:200] for line in beside[:6]] + [
        "Xe container nối nhau qua cổng soi chiếu ở đâu?",
        "Thời sự LTV phát lúc mấy giờ?",
        "Bạn đọc bình luận gì?",
    ]
    for answer in [*answers.values(), *(ask(app, text) for text in asking)]:
        for citation in answer.citations:
            assert not [line for line in beside if line in citation.quote], citation.quote


@pytest.mark.parametrize(
    ("question", "docid", "held", "corrected"),
    [
        ("Tổng kinh phí trùng tu nhà hát Vỏ Ốc là bao nhiêu?", "hs-010", "64 tỷ đồng", "22/09/2026"),
        (
            "Lô vỏ quế hữu cơ đầu tiên xã Đồi Quế xuất sang Bắc Âu nặng bao nhiêu tấn?",
            "lg-009",
            "230 tấn",
            "28/08/2026",
        ),
        (
            "Bác sĩ nào là Trưởng khoa Hồi sức tích cực nói về vụ ngộ độc nấm ở Thạch Lũng?",
            "lg-024",
            "Triệu Thị Đào",
            "14/10/2026",
        ),
    ],
)
def test_a_corrected_article_answers_with_the_correction_and_says_so(
    app: App, question: str, docid: str, held: str, corrected: str
) -> None:
    answer = ask(app, question)
    assert docids(answer)[0] == docid
    assert held in quotes(answer)
    assert any("đã đính chính" in note and corrected in note for note in answer.notes)


@pytest.mark.parametrize(
    "question",
    [
        "Cầu Sương Mai dài bao nhiêu mét?",
        "Nhà máy nước hồ Lưng Trời dự kiến phát nước khi nào?",
        "Ai là Tổng giám đốc Công ty CP Mộc An Sương?",
        "Đơn vị nào thi công trùng tu nhà hát Vỏ Ốc?",
        "Hồ Sĩ Đạt chiếm đoạt tổng cộng bao nhiêu tiền từ việc bán vé tàu giả?",
        "Chợ đầu mối nông sản Bến Sương áp dụng giờ mở cửa mới từ ngày nào?",
        "Bãi tắm Đá Mèo được mở lại ngày nào?",
        "Robot dọn rác của sinh viên Đại học Cửa Ngọc tên là gì?",
    ],
)
def test_the_same_article_answers_without_diacritics(app: App, question: str) -> None:
    accented, plain = ask(app, question), ask(app, fold(question))
    assert docids(plain)[0] == docids(accented)[0]
    assert accented.citations


def test_a_vague_question_typed_in_haste_finds_its_bridge(app: App) -> None:
    answer = ask(app, "cay cau dai bao nhieu met")
    assert answer.hits[0].passage.docid == "lg-001"
    assert any("Cầu Sương Mai dài 486 m" in hit.passage.text for hit in answer.hits[:3])


def test_follow_ups_carry_their_subject(app: App, answers: dict[str, Answer]) -> None:
    following = [q for q in QUESTIONS if q["history"]]
    assert len(following) == 4
    for question in following:
        assert any(short in quotes(answers[question["id"]]) for short in question["answers"]), question


def test_days_counted_from_the_moment_of_asking_leave_other_days_out(app: App) -> None:
    answer = ask(app, "Hôm qua CSGT Hải Sa xử phạt xe tải chở muối thế nào?", now=moment("2026-10-22 09:00"))
    assert set(docids(answer)) == {"hs-015"}
    assert "chỉ tìm trong tin đăng" in answer.notes[0].lower()
    assert "21/10/2026" in answer.notes[0]
    assert {h.passage.published.date().isoformat() for h in answer.hits if h.passage.published} <= {
        "2026-10-21",
        "2026-10-22",
    }


def test_days_that_the_person_set_outweigh_those_in_the_question(app: App) -> None:
    since, until = moment("2026-08-14 00:00"), moment("2026-08-14 23:59")
    answer = ask(
        app, "Hôm qua CSGT xử lý bao nhiêu xe chở quá tải?", now=moment("2026-10-22 09:00"), since=since, until=until
    )
    assert set(docids(answer)) == {"lg-006"}
    assert (answer.since, answer.until, answer.notes) == (since, until, ())


@pytest.mark.parametrize(
    "question",
    [
        "Kính viễn vọng không gian nào chụp ảnh sao Hải Vương năm ngoái?",
        "Tỷ phú nào vừa mua đội bóng rổ ở Chicago?",
        "Giá vàng thế giới hôm nay bao nhiêu đô la một ounce?",
        "asdf qwer zxcv",
        "???",
    ],
)
def test_what_the_archive_does_not_hold_is_declined_with_the_nearest_article_named(app: App, question: str) -> None:
    answer = ask(app, question)
    assert answer.citations == ()
    assert answer.abstained == "not_in_archive"
    nearest = answer.hits[0].passage
    assert answer.text.startswith("Kho tin không có câu trả lời cho câu hỏi này. Bài gần nhất nói về: “")
    assert nearest.title in answer.text
    assert nearest.outlet in answer.text


def test_what_is_known_scores_lower_than_what_is_not(app: App, answers: dict[str, Answer]) -> None:
    known = [answers[q["id"]].abstain_score for q in QUESTIONS if q["type"] in ("factoid", "number", "date")]
    unknown = [
        ask(app, q).abstain_score for q in ("Ai vô địch Wimbledon?", "Giá bitcoin bao nhiêu?", "Ai hát bài Hello?")
    ]
    assert max(known) < min(unknown)


def test_a_story_told_by_two_outlets_that_disagree_shows_both_figures(answers: dict[str, Answer]) -> None:
    for question, figures in (("sq-010", ("42 hộ", "57 hộ")), ("sq-110", ("12.600", "14.200"))):
        assert all(figure in quotes(answers[question]) for figure in figures)
        assert any(all(figure.split()[0] in note for figure in figures) for note in answers[question].notes)


@pytest.mark.parametrize(
    "text", ["Tin mới nhất là gì?", "tin moi nhat", "Hôm nay có gì mới?", "What is the latest news?"]
)
def test_a_question_after_all_news_lists_the_newest_of_the_archive(app: App, text: str) -> None:
    found = ask(app, text, now=moment("2026-10-29 20:00") if "Hôm nay" in text else AFTER)
    days = [c.published for c in found.citations if c.published is not None]
    newest = max(a.published for a in app.archive.current() if a.published is not None)
    assert found.abstained is None
    assert days[0] == newest
    assert days == sorted(days, reverse=True)
    assert found.short_answer == ""


def test_the_newest_of_one_outlet_are_its_own(app: App) -> None:
    found = ask(app, "tin mới nhất", outlets=("Nhịp Biển",))
    assert {c.outlet for c in found.citations} == {"Nhịp Biển"}


@pytest.mark.parametrize(("asked", "short"), [("đến ngày nào", "ngày 12/11"), ("từ ngày nào", "ngày 5/8")])
def test_a_question_after_one_end_of_a_time_gets_that_end(app: App, asked: str, short: str) -> None:
    assert ask(app, f"Cầu Sương Mai cấm xe tải {asked}?").short_answer == short
