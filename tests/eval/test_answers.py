"""Scores of answers: small articles, a scripted answerer, values worked by hand."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from app.answer import Answer, Citation, Question, Turn
from eval.answer_scores import metrics_of, score
from eval.answers import report, run_questions
from eval.datasets import LabelledQuestion
from eval.journal import Journal
from index.passage import Hit, Passage

TEXTS = {
    "lũ": "Sáng 3/4, xã Hòa An ngập sâu. Nước rút vào buổi chiều.",
    "cầu": "Cầu Sông Lam dài 1.200 m.",
}


def citation(docid: str, quote: str, marker: int = 1) -> Citation:
    start = TEXTS[docid].index(quote)
    return Citation(marker, docid, "", "T", "", None, quote, start, start + len(quote))


def answer(*citations: Citation, short: str = "", hits: tuple[str, ...] = (), **more: Any) -> Answer:
    found = tuple(Hit(Passage(f"{d}#0", d, 0, 1, TEXTS[d][0], "T"), n, 1.0) for n, d in enumerate(hits, 1))
    text = " ".join(f"{c.quote} [{c.marker}]" for c in citations)
    return Answer("?", text, short, citations, found, seconds=0.1, **more)


class Scripted:
    """Gives the answer written down for a question; an exception is raised, a callable called."""

    def __init__(self, script: dict[str, Any]) -> None:
        self.script = script
        self.asked: list[Question] = []

    def answer(self, question: Question) -> Answer:
        self.asked.append(question)
        said = self.script[question.text]
        if isinstance(said, Exception):
            raise said
        return said() if callable(said) else said  # type: ignore[no-any-return]


FLOOD = LabelledQuestion("h1", "Xã nào ngập?", True, "factoid", ("Hoà An", "xã Hoà An"), ("lũ",), "xã Hoà An ngập sâu")
SONG = LabelledQuestion("h2", "Ai hát?", False, "not_in_corpus")


def run(said: dict[str, Any], *questions: LabelledQuestion, timeout_s: float = 30) -> list[dict[str, Any]]:
    return run_questions(questions, Scripted(said), TEXTS.get, timeout_s=timeout_s)


def test_a_right_answer_scores_on_everything() -> None:
    said = answer(citation("lũ", "Sáng 3/4, xã Hòa An ngập sâu."), short="Hòa An", hits=("lũ",))
    (item,) = run({"Xã nào ngập?": said}, FLOOD)
    assert item["scores"] == {
        "right": 1, "cited_docid": 1, "contained": 1, "retrieved": 1, "R@1": 1, "R@5": 1, "R@10": 1, "MRR@10": 1,
        "nDCG@10": 1, "short_em": 1, "short_f1": 1, "short_contained": 1, "citation_precision": 1, "citation_recall": 1,
        "verbatim": 1, "marker_recall": 1, "marker_precision": 1, "abstained_answerable": 0,
        "first_contained": 1, "short_f1_facts": 1, "short_contained_facts": 1,
    }  # fmt: skip


def test_a_neighbouring_sentence_of_the_right_article_is_cited_but_not_right() -> None:
    said = answer(citation("lũ", "Nước rút vào buổi chiều."), short="buổi chiều ở Hoà An", hits=("cầu",))
    (item,) = run({"Xã nào ngập?": said}, FLOOD)
    scores = item["scores"]
    assert (scores["cited_docid"], scores["contained"], scores["right"], scores["retrieved"]) == (1, 0, 0, 0)
    assert (scores["citation_precision"], scores["citation_recall"]) == (0, 0)
    # "buổi chiều ở Hoà An" has 5 syllables, "Hoà An" 2, in common 2: 4/7; "xã Hoà An" 3, in common 2: 4/8
    assert scores["short_f1"] == pytest.approx(4 / 7)
    assert (scores["short_em"], scores["short_contained"]) == (0, 1)


def test_the_answer_in_a_quotation_of_another_article_is_contained_but_not_right() -> None:
    other = LabelledQuestion("h3", "Dài bao nhiêu?", True, "number", ("1200 m",), ("lũ",))
    (item,) = run({"Dài bao nhiêu?": answer(citation("cầu", "dài 1.200 m"))}, other)
    assert (item["scores"]["contained"], item["scores"]["cited_docid"], item["scores"]["right"]) == (1, 0, 0)
    assert item["scores"]["citation_recall"] is None  # no evidence marked: nothing to stand on


def test_precision_and_verbatim_are_shares_of_the_quotations() -> None:
    false_quote = Citation(2, "cầu", "", "T", "", None, "Cầu dài 1.300 m.", 0, 16)
    said = answer(citation("lũ", "Sáng 3/4, xã Hòa An ngập sâu."), false_quote)
    (item,) = run({"Xã nào ngập?": said}, FLOOD)
    assert item["scores"]["citation_precision"] == 0.5
    assert item["scores"]["verbatim"] == 0.5
    assert item["verbatim"] == [True, False]


def test_an_abstention_answers_nothing_whatever_it_shows_beside_itself() -> None:
    near = answer(citation("lũ", "Sáng 3/4, xã Hòa An ngập sâu."), short="Hòa An", abstained="no_evidence")
    flood, song = run({"Xã nào ngập?": near, "Ai hát?": near}, FLOOD, SONG)
    assert flood["scores"]["right"] == flood["scores"]["cited_docid"] == flood["scores"]["short_f1"] == 0
    assert flood["scores"]["abstained_answerable"] == 1
    assert song["scores"] == {
        "right": 1, "verbatim": 1, "marker_recall": None, "marker_precision": None, "abstained_unanswerable": 1,
    }  # fmt: skip


def test_a_list_earns_the_share_of_its_items_and_only_from_the_gold_article() -> None:
    both = LabelledQuestion("h4", "Gồm gì?", True, "list", ("Hoà An", "Sông Lam"), ("lũ",))
    said = answer(
        citation("lũ", "xã Hòa An ngập sâu"), citation("cầu", "Cầu Sông Lam", 2), short="Hòa An, Sông Lam"
    )  # fmt: skip
    (item,) = run({"Gồm gì?": said}, both)
    assert (item["scores"]["contained"], item["scores"]["right"]) == (1, 0.5)
    assert (item["scores"]["short_f1"], item["scores"]["short_em"], item["scores"]["short_contained"]) == (1, 1, 1)


def test_a_crash_is_a_miss_for_both_kinds_and_is_reported() -> None:
    broken = RuntimeError("kho đóng")
    items = run({"Xã nào ngập?": broken, "Ai hát?": broken}, FLOOD, SONG)
    assert [item["error"] for item in items] == ["RuntimeError: kho đóng"] * 2
    assert items[0]["scores"]["right"] == 0
    assert items[1]["scores"]["right"] == items[1]["scores"]["abstained_unanswerable"] == 0
    assert report(items, {})["errors"] == 2


def test_a_question_that_never_ends_is_left_behind_and_the_next_is_answered() -> None:
    never = threading.Event()
    said = {"Xã nào ngập?": never.wait, "Ai hát?": answer(abstained="no_evidence")}
    try:
        flood, song = run(said, FLOOD, SONG, timeout_s=0.2)
    finally:
        never.set()
    assert flood["error"] == "timed out"
    assert flood["scores"]["right"] == 0
    assert song["scores"]["right"] == 1


def test_history_and_the_moment_of_asking_reach_the_answerer() -> None:
    turns = ({"role": "user", "content": "Lũ ở đâu?"}, {"role": "assistant", "content": "Ở Hoà An."})
    asked = LabelledQuestion("h5", "Khi nào?", True, answers=("3/4",), docids=("lũ",), history=turns)
    answerer = Scripted({"Khi nào?": answer()})
    run_questions([asked], answerer, TEXTS.get)
    assert answerer.asked[0].history == (Turn("user", "Lũ ở đâu?"), Turn("assistant", "Ở Hoà An."))


def test_gold_articles_are_alternatives_and_each_hit_article_counts_once() -> None:
    either = LabelledQuestion("h8", "Xã nào?", True, answers=("Hoà An",), docids=("mất", "lũ"))
    (item,) = run({"Xã nào?": answer(hits=("cầu", "cầu", "lũ"))}, either)
    # ranked: cầu, lũ; the first gold one is second: MRR 1/2, nDCG 1/log2(3)
    assert (item["scores"]["R@1"], item["scores"]["R@5"], item["scores"]["MRR@10"]) == (0, 1, 0.5)
    assert item["scores"]["nDCG@10"] == pytest.approx(0.6309, abs=1e-4)


def test_a_marker_that_names_another_quotation_is_found_out() -> None:
    said = answer(citation("lũ", "Nước rút vào buổi chiều."), citation("cầu", "dài 1.200 m", 2))
    swapped = replace(said, text="“Nước rút vào buổi chiều.” [2]\n“dài 1.200 m” [2] (theo Báo Lúa, 3/4/2031)")
    (item,) = run({"Ai hát?": swapped}, SONG)
    assert (item["scores"]["marker_recall"], item["scores"]["marker_precision"]) == (0.5, 0.5)


def test_a_question_is_asked_at_its_own_moment_or_at_the_runs() -> None:
    own, runs = datetime(2031, 5, 20, tzinfo=UTC), datetime(2030, 1, 1, tzinfo=UTC)
    answerer = Scripted({"Xã nào ngập?": answer()})
    run_questions([FLOOD, replace(FLOOD, now=own)], answerer, TEXTS.get, now=runs)
    assert [asked.now for asked in answerer.asked] == [runs, own]


def test_what_an_earlier_run_answered_is_not_asked_again(tmp_path: Path) -> None:
    said = {"Xã nào ngập?": answer(citation("lũ", "xã Hòa An ngập sâu")), "Ai hát?": answer(abstained="x")}
    whole = run(said, FLOOD, SONG)
    with Journal(tmp_path / "j", {"data": "d"}) as journal:
        run_questions([FLOOD], Scripted(said), TEXTS.get, journal=journal)
    with open(tmp_path / "j", "ab") as file:
        file.write(b'{"key": "h2", "item"')  # killed while writing
    answerer = Scripted(said)
    with Journal(tmp_path / "j", {"data": "d"}) as journal:
        again = run_questions([FLOOD, SONG], answerer, TEXTS.get, journal=journal)
    assert [asked.text for asked in answerer.asked] == ["Ai hát?"]
    timeless = [[{k: v for k, v in item.items() if k != "seconds"} for item in items] for items in (whole, again)]
    assert timeless[0] == timeless[1]
    with Journal(tmp_path / "j", {"data": "other"}) as journal:
        assert len(journal) == 0


def test_every_part_of_the_questions_has_its_figures() -> None:
    old = datetime(2030, 1, 1, tzinfo=UTC)
    plain = replace(FLOOD, id="h9", question="xa nao ngap?")
    said = {"Xã nào ngập?": answer(citation("lũ", "xã Hòa An ngập sâu")), "xa nao ngap?": answer(), "Ai hát?": answer()}
    items = run_questions(
        [FLOOD, plain, SONG],
        Scripted(said),
        TEXTS.get,
        now=datetime(2031, 5, 20, tzinfo=UTC),
        published_of=lambda _: old,
    )
    parts = report(items, {})["by_slice"]
    assert {name: (part["n"], part["metrics"]["right"]) for name, part in parts["typing"].items()} == {
        "with diacritics": (2, 0.5), "no diacritics": (1, 0.0),
    }  # fmt: skip
    assert "age" not in parts  # one slice only: "over a year" for both that have a gold article
    assert items[0]["slices"]["age"] == "over a year"
    assert "age" not in items[2]["slices"]


def test_the_report_is_computed_again_from_its_items_alone() -> None:
    right = answer(citation("lũ", "xã Hòa An ngập sâu"), abstain_score=0.1)
    items = run({"Xã nào ngập?": right, "Ai hát?": answer(abstained="x", abstain_score=0.9)}, FLOOD, SONG)
    made = report(items, {"commit": "abc"})
    again = [{**item, "scores": score(item)} for item in made["items"]]
    assert report(again, {"commit": "abc"}) == made


def test_doubt_that_orders_the_kinds_has_auroc_one_and_types_are_reported_apart() -> None:
    right = answer(citation("lũ", "xã Hòa An ngập sâu"), abstain_score=0.1)
    items = run({"Xã nào ngập?": right, "Ai hát?": answer(abstained="x", abstain_score=0.9)}, FLOOD, SONG)
    found = report(items, {})
    assert found["metrics"]["abstain_auroc"] == 1
    assert found["metrics"]["right"] == 1
    assert found["metrics"]["aurc"] == 0
    assert found["by_type"]["factoid"]["n"] == 1
    assert found["by_type"]["not_in_corpus"]["metrics"] == {"right": 1, "abstained_unanswerable": 1}
    # one answerable at 0.1, one unanswerable at 0.9: each bin is 0.1 off
    assert found["metrics"]["abstain_ece"] == pytest.approx(0.1)
    assert found["sizes"]["words_per_answer"] == 5  # "xã Hòa An ngập sâu", the marker is no word


def test_an_answer_to_an_unanswerable_question_is_a_risk() -> None:
    items = run({"Xã nào ngập?": answer(citation("lũ", "xã Hòa An ngập sâu"), abstain_score=0.2),
                 "Ai hát?": answer(citation("lũ", "Nước rút"), abstain_score=0.1)}, FLOOD, SONG)  # fmt: skip
    # surest is the wrong one: risks 1/1 then 1/2, each over half of the coverage
    assert metrics_of(items)["aurc"].value == pytest.approx(0.75)
    assert metrics_of(items)["abstain_auroc"].value == 0


def test_a_gold_article_that_is_not_archived_is_named_and_its_question_stays_a_miss() -> None:
    gone = LabelledQuestion("h7", "Xã nào?", True, answers=("Hoà An",), docids=("mất",))
    items = run({"Xã nào?": answer(citation("lũ", "xã Hòa An ngập sâu"))}, gone)
    assert items[0]["scores"]["right"] == 0
    assert report(items, {})["gold_not_archived"] == ["h7"]


def test_evidence_that_is_not_in_the_archived_article_is_named_and_left_out() -> None:
    lost = LabelledQuestion(
        "h6", "Xã nào?", True, answers=("Hoà An",), docids=("lũ",), evidence="Không có câu này ở đây"
    )
    items = run({"Xã nào?": answer(citation("lũ", "xã Hòa An ngập sâu"))}, lost)
    assert items[0]["scores"]["citation_recall"] is None
    assert report(items, {})["evidence_not_found"] == ["h6"]
