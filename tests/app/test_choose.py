"""Which sentence answers: shares worked by hand, and the order that they make."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.asked import read_question
from app.choose import (
    CLOSE_LOOK,
    CONTEXT,
    ELSEWHERE,
    FIT,
    FRAGMENT,
    OWN,
    PAIRS,
    QUESTION,
    STANDING,
    Candidate,
    Weights,
    rank,
)
from tests.app.found import even, hit, ranked

BRIDGE = "Cầu Sương Mai bắc qua sông Sương. Cầu dài 486 m. Xe tải phải đi đường khác."
LENGTH = "Cầu Sương Mai dài bao nhiêu mét?"
# Topic words: cầu, sương, mai, dài, mét. Pairs with one of them: cầu_sương, sương_mai, mai_dài, dài_bao, nhiêu_mét.


def by_text(candidates: list[Candidate]) -> dict[str, Candidate]:
    return {c.text: c for c in candidates}


def test_a_sentence_holds_a_share_of_the_question_s_words_and_of_its_pairs() -> None:
    found = by_text(ranked(LENGTH, hit(BRIDGE)))
    first, second, third = (found[s] for s in ("Cầu Sương Mai bắc qua sông Sương.", "Cầu dài 486 m.", "Xe tải phải đi đường khác."))  # fmt: skip
    assert (first.own, second.own, third.own) == (3 / 5, 2 / 5, 0)
    assert (first.paired, second.paired, third.paired) == (2 / 5, 0, 0)


def test_title_and_neighbours_add_what_the_sentence_lacks() -> None:
    found = by_text(ranked(LENGTH, hit(BRIDGE)))
    assert found["Cầu dài 486 m."].around == pytest.approx(2 / 5), "sương and mai, from the sentence before"
    assert found["Xe tải phải đi đường khác."].around == pytest.approx(2 / 5), "cầu and dài; sương is two away"
    titled = by_text(ranked(LENGTH, hit(BRIDGE, title="Sửa cầu Sương Mai, mỗi mét 2 tỷ")))
    assert titled["Cầu dài 486 m."].around == pytest.approx(3 / 5), "and mét, from the title"


def test_rare_words_count_for_more() -> None:
    weights = Weights({"cầu": 1.0, "quế": 3.0}, {})
    found = by_text(rank(read_question("Cầu Quế?"), "Cầu Quế?", weights, [hit("Cầu mới. Vỏ quế thơm.")]))
    assert (found["Cầu mới."].own, found["Vỏ quế thơm."].own) == (1 / 4, 3 / 4)


def test_the_sentence_with_the_kind_of_answer_asked_for_comes_first() -> None:
    best = ranked(LENGTH, hit(BRIDGE))[0]
    assert best.text == "Cầu dài 486 m."
    assert best.span is not None
    assert (best.span.text, best.fit) == ("486 m", 1.0)


def test_places_count_in_the_article_and_in_the_passage() -> None:
    for candidate in ranked(LENGTH, hit(BRIDGE, start=120)):
        assert BRIDGE[candidate.start - 120 : candidate.end - 120] == candidate.text
    assert [c.number for c in sorted(ranked(LENGTH, hit(BRIDGE)), key=lambda c: c.start)] == [0, 1, 2]


def scored(text: str) -> Candidate:
    return Candidate(hit(text), 0, 0, len(text), text, own=0.5, paired=0.4, around=0.3, fit=0.2)


def test_a_score_adds_what_a_sentence_is_about_and_how_well_it_answers() -> None:
    assert scored("Một câu.").about == pytest.approx(OWN * 0.5 + PAIRS * 0.4 + CONTEXT * 0.3)
    assert scored("Một câu.").score == pytest.approx(scored("Một câu.").about + FIT * 0.2)


@pytest.mark.parametrize(
    ("text", "taken"),
    [
        ("Một câu.", 0.0),
        ("Một câu!", 0.0),
        ("Một câu:", 0.0),
        ("“Một câu.”", 0.0),
        ("(Một câu.)", 0.0),
        ("Một mẩu", FRAGMENT),
        ("Ảnh 1", FRAGMENT),
        ("Một câu hỏi?", QUESTION),
        ("“Một câu hỏi?”", QUESTION),
    ],
)
def test_fragments_and_questions_are_marked_down(text: str, taken: float) -> None:
    assert scored(text).score == pytest.approx(scored("Một câu.").score - taken)


def test_of_equal_sentences_the_better_passage_s_comes_first() -> None:
    text = "Cầu dài 486 m."
    hits = [hit(text, docid="a", rank=1, score=7.0), hit(text, docid="b", rank=2, score=6.9)]
    for order in (hits, hits[::-1]):
        assert [c.hit.passage.docid for c in ranked(LENGTH, *order)] == ["a", "b"]


def test_a_better_sentence_of_a_lower_passage_wins_if_the_passages_are_close() -> None:
    poor, good = "Cầu đang sửa.", "Cầu Sương Mai dài 486 m."
    near = ranked(LENGTH, hit(poor, docid="a", rank=1, score=7.0), hit(good, docid="b", rank=2, score=6.8))
    assert near[0].text == good
    gap = (near[0].score - near[1].score) / STANDING + 0.01
    far = ranked(LENGTH, hit(poor, docid="a", rank=1, score=7.0), hit(good, docid="b", rank=2, score=7.0 - gap))
    assert far[0].text == poor


def test_equals_go_by_rank_and_place() -> None:
    text = "Chợ mở. Chợ mở."
    found = ranked("Chợ mở?", hit(text, docid="b", rank=2), hit(text, docid="a", rank=1))
    assert [(c.hit.rank, c.start) for c in found] == [(1, 0), (1, 8), (2, 0), (2, 8)]


def test_words_match_without_diacritics_when_the_question_s_could_not_be_restored() -> None:
    question = "cau suong mai dai bao nhieu met"
    plain = by_text(ranked(question, hit(BRIDGE), plain=True))
    assert plain["Cầu Sương Mai bắc qua sông Sương."].own == 3 / 5
    assert by_text(ranked(question, hit(BRIDGE)))["Cầu Sương Mai bắc qua sông Sương."].own == 1 / 5, "only mai"


def test_only_the_most_promising_sentences_are_searched_for_spans() -> None:
    text = " ".join(f"Cầu số {n} dài {n} m." for n in range(1, CLOSE_LOOK + 11))
    found = ranked("Cầu dài bao nhiêu mét?", hit(text))
    assert len(found) == CLOSE_LOOK + 10
    assert sum(c.span is not None for c in found) == CLOSE_LOOK


def test_no_passages_and_empty_passages_have_no_candidates() -> None:
    assert ranked(LENGTH) == []
    assert ranked(LENGTH, hit("")) == []


def test_a_question_without_words_ranks_by_the_passages_alone() -> None:
    found = rank(read_question("?"), "?", Weights({}, {}), [hit("Hai.", docid="b", rank=2, score=6.0), hit("Một.")])
    assert [c.text for c in found] == ["Một.", "Hai."]
    assert {c.own for c in found} == {0.0}


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=200) | st.just(BRIDGE), st.text(max_size=60) | st.just(LENGTH), st.booleans())
def test_any_text_is_cut_into_candidates_with_shares_of_one(text: str, question: str, plain: bool) -> None:
    one = hit(text)
    for c in ranked(question, one, replace(one, rank=2, score=6.5), plain=plain):
        assert text[c.start : c.end] == c.text
        assert 0 <= c.own <= c.own + c.around <= 1 + 1e-9
        assert 0 <= c.paired <= 1 + 1e-9
        assert c.span is None or c.text[c.span.start : c.span.end] == c.span.text


def test_the_weights_of_these_tests_are_those_that_they_say() -> None:
    assert even(LENGTH).single == dict.fromkeys(["cầu", "sương", "mai", "dài", "mét"], 1.0)
    assert set(even(LENGTH).pair) == {"cầu_sương", "sương_mai", "mai_dài", "dài_bao", "nhiêu_mét"}


def test_a_sentence_without_the_amount_asked_for_stands_behind_one_that_has_it() -> None:
    text = "Vốn của xưởng dệt Mây Trắng do ba người góp. Mỗi người bỏ 45 tỷ đồng."
    first, second = ranked("Xưởng dệt Mây Trắng có vốn bao nhiêu?", hit(text))
    assert first.text == "Mỗi người bỏ 45 tỷ đồng."
    assert second.bonus < 0 <= first.bonus
    assert second.score > first.score, "how much is quoted beside it does not depend on the order"


def test_a_question_that_measures_nothing_is_ordered_by_score_alone() -> None:
    assert {c.bonus for c in ranked("Vì sao cầu Sương Mai dài?", hit(BRIDGE))} == {0.0}


ABROAD = "Nhật Bản có 915 sinh viên ở Lam Sương. Nhiều người về nước. Trường vắng dần. Lào có 45 sinh viên ở Lam Sương."


def test_a_sentence_about_another_country_stands_behind_one_about_the_one_asked_about() -> None:
    bonus = {c.text[:4]: c.bonus for c in ranked("Lào có bao nhiêu sinh viên ở Lam Sương?", hit(ABROAD))}
    assert bonus["Nhật"] == pytest.approx(bonus["Lào "] - ELSEWHERE)


def test_a_question_that_names_no_country_reads_none_of_the_sentences(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr("app.choose.other_land")
    assert ranked("Trường có bao nhiêu sinh viên ở Lam Sương?", hit(ABROAD))
    with pytest.raises(NameError):
        ranked("Lào có bao nhiêu sinh viên ở Lam Sương?", hit(ABROAD))


def test_who_holds_the_office_asked_about_comes_first_though_another_sentence_holds_more_of_the_words() -> None:
    told = "UBND tỉnh Lam Giang bổ nhiệm ông Tạ Minh Quyết. Ông Chu Đình Vọng, Chủ tịch UBND, trao quyết định. Ông An, Phó chủ tịch UBND, vắng."
    first = ranked("Ai là chủ tịch UBND tỉnh Lam Giang?", hit(told))[0]
    assert (first.span and first.span.text, first.text[:18]) == ("Chu Đình Vọng", "Ông Chu Đình Vọng,")
    deputy = ranked("Ai là phó chủ tịch UBND tỉnh Lam Giang?", hit(told))[0]
    assert deputy.text == "Ông An, Phó chủ tịch UBND, vắng."
