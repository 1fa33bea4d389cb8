"""How much is quoted: the best sentence, what it points back to, what its colon announces, and no more."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.asked import Asked, read_question
from app.choose import LOCAL, Candidate
from app.select import CLOSE, MAX_QUOTED, MAX_WORDS, Quoted, newest_items, select
from app.spans import Span
from index.passage import Hit
from index.split import sentences
from tests.app.found import day, hit

ONE = read_question("Ai lập đội?")
MANY = read_question("Kể tên các chuyên khoa.")


def candidate(found: Hit, number: int, *, own: float = 0.5, short: str = "") -> Candidate:
    """Sentence `number` of a hit's passage, with a score that is `own` and a fit of 0."""
    start, end = sentences(found.passage.text)[number]
    text = found.passage.text[start:end]
    at = text.find(short)
    span = Span(at, at + len(short), short, 1.0) if short else None
    base = found.passage.start
    return Candidate(
        found, number, base + start, base + end, text, own, 0.0, 0.0, local=own, fit=1.0 if span else 0.0, span=span
    )


def texts(quoted: list[Quoted]) -> list[str]:
    """What an archive would show: each stretch cut from its passage."""
    cut = []
    for quote in quoted:
        passage = quote.hit.passage
        assert passage.start <= quote.start < quote.end <= passage.end
        cut.append(passage.text[quote.start - passage.start : quote.end - passage.start])
    return cut


def quoted(asked: Asked, *candidates: Candidate) -> list[str]:
    return texts(select(asked, candidates))


TEAM = hit("Đội Neo Vàng ra đời năm 2015. Ông Lê Bá Tòng lập đội. Ông này quê ở Cát Lành.", docid="doi", start=100)
RIVER = hit("Nước sông Muối dâng cao. Bà con dời nhà lên đồi.", docid="song", rank=2, score=6.5)


# ---- which sentences


def test_nothing_found_is_nothing_quoted() -> None:
    assert select(ONE, []) == []


def test_the_best_sentence_is_quoted_with_its_short_answer() -> None:
    (found,) = select(ONE, [candidate(TEAM, 1, short="Lê Bá Tòng")])
    assert texts([found]) == ["Ông Lê Bá Tòng lập đội."]
    assert found.span_text == "Lê Bá Tòng"


def test_the_sentence_that_answers_comes_first_and_gives_the_short_answer() -> None:
    found = select(ONE, [candidate(TEAM, 1, own=0.9, short="Lê Bá Tòng"), candidate(TEAM, 0, own=0.8, short="2015")])
    assert texts(found) == ["Ông Lê Bá Tòng lập đội.", "Đội Neo Vàng ra đời năm 2015."]
    assert [q.span_text for q in found] == ["Lê Bá Tòng", ""]


def test_the_article_of_the_best_sentence_comes_first() -> None:
    found = quoted(ONE, candidate(RIVER, 1, own=0.9), candidate(TEAM, 0, own=0.9))
    assert found == ["Bà con dời nhà lên đồi.", "Đội Neo Vàng ra đời năm 2015."]


def test_a_sentence_that_is_much_worse_than_the_best_is_left_out() -> None:
    best = candidate(TEAM, 0, own=0.9)
    score = best.score - CLOSE
    just, under = (replace(candidate(TEAM, 1), own=0.0, local=(score + more) / LOCAL) for more in (0.001, -0.001))
    assert len(quoted(ONE, best, just)) == 2
    assert len(quoted(ONE, best, under)) == 1


def test_a_sentence_of_another_article_must_be_as_much_about_the_question() -> None:
    """Good enough in the same article; from elsewhere it needs the question's words, not just a fitting span."""
    best = candidate(TEAM, 0, own=0.8)
    for found, number, wanted in ((TEAM, 1, 2), (RIVER, 0, 1)):
        other = candidate(found, number, own=0.3)
        fitting = replace(other, fit=0.4)
        assert fitting.score > best.score - CLOSE
        assert len(quoted(ONE, best, fitting)) == wanted


def test_what_was_said_already_is_not_quoted_twice() -> None:
    again = hit("Ông Lê Bá Tòng đã lập đội.", docid="bao-khac", rank=2)
    assert quoted(ONE, candidate(TEAM, 1), candidate(again, 0)) == ["Ông Lê Bá Tòng lập đội."]


def test_no_more_than_so_many_sentences_are_quoted() -> None:
    many = hit(" ".join(f"Câu{n} nói{n} việc{n} khác{n}." for n in range(8)))
    assert len(quoted(ONE, *(candidate(many, n) for n in range(8)))) == MAX_QUOTED


def test_a_long_sentence_is_quoted_whole_but_not_beside_another() -> None:
    long = " ".join(f"chữ{n}" for n in range(MAX_WORDS + 20)).capitalize() + "."
    both = hit(f"{long} Ngắn thôi.")
    assert quoted(ONE, candidate(both, 0)) == [long]
    assert quoted(ONE, candidate(both, 1), candidate(both, 0)) == ["Ngắn thôi."]


def test_a_short_one_is_still_quoted_after_a_long_one_did_not_fit() -> None:
    long = " ".join(f"chữ{n}" for n in range(MAX_WORDS)).capitalize() + "."
    both = hit(f"Ngắn thôi. {long} Cũng ngắn.")
    assert quoted(ONE, *(candidate(both, n) for n in range(3))) == ["Ngắn thôi.", "Cũng ngắn."]


# ---- a sentence that points back


@pytest.mark.parametrize(
    "pointing",
    [
        "Ông này quê ở Cát Lành.",
        "Ông cho biết đội có 12 người.",
        "Bà ấy năm nay 60 tuổi.",
        "Họ trực cả đêm.",
        "Nó dài 486 m.",
        "Đội này có 12 người.",
        "Dự án đó đã xong.",
        "Vụ việc nói trên xảy ra hôm 3/3.",
    ],
)
def test_a_sentence_that_points_back_brings_the_one_before_it(pointing: str) -> None:
    found = hit(f"Ông Tòng lập đội ở xã Neo Vàng. {pointing}")
    assert quoted(ONE, candidate(found, 1)) == [f"Ông Tòng lập đội ở xã Neo Vàng. {pointing}"]


@pytest.mark.parametrize(
    "own",
    [
        "Ông Lê Bá Tòng lập đội.",
        "Bà Lụa dạy hò.",
        "Đội có 12 người.",
        "Người dân dời nhà.",
        "Bà con dời nhà.",
        "Anh em trong đội trực cả đêm.",
        "Em Vừ A Páo chế máy lọc bụi.",
        "Anh Út lái đò.",
    ],
)
def test_a_sentence_that_names_its_own_subject_brings_nothing(own: str) -> None:
    found = hit(f"Mưa đã tạnh. {own}")
    assert quoted(ONE, candidate(found, 1)) == [own]


def test_the_first_sentence_of_a_passage_has_none_before_it_to_bring() -> None:
    assert quoted(ONE, candidate(hit("Ông này quê ở Cát Lành. Hết."), 0)) == ["Ông này quê ở Cát Lành."]


def test_a_sentence_before_is_not_brought_when_it_is_very_long() -> None:
    long = " ".join(f"chữ{n}" for n in range(MAX_WORDS)).capitalize() + "."
    assert quoted(ONE, candidate(hit(f"{long} Ông này quê ở Cát Lành."), 1)) == ["Ông này quê ở Cát Lành."]


def test_a_sentence_brought_along_and_chosen_as_well_is_one_stretch() -> None:
    found = select(ONE, [candidate(TEAM, 2, own=0.9, short="Cát Lành"), candidate(TEAM, 1, own=0.8)])
    assert texts(found) == ["Ông Lê Bá Tòng lập đội. Ông này quê ở Cát Lành."]
    assert found[0].span_text == "Cát Lành"


# ---- a colon and its list

LIST = hit("Có ba chuyên khoa:\n- Tim mạch;\n- Nội tiết;\n- Da liễu.\nTrạm mở cửa cả tuần.")


def test_a_colon_brings_what_it_announces() -> None:
    (found,) = quoted(ONE, candidate(LIST, 0))
    assert found.startswith("Có ba chuyên khoa:\n- Tim mạch;")


def test_a_question_for_several_brings_the_whole_list() -> None:
    (found,) = quoted(MANY, candidate(LIST, 0))
    assert "- Da liễu." in found


def test_a_list_ends_where_the_room_ends() -> None:
    items = "\n".join(f"- Mục {n} gồm " + " ".join(f"chữ{n}x{k}" for k in range(30)) + ";" for n in range(6))
    (found,) = quoted(MANY, candidate(hit(f"Có sáu mục:\n{items}"), 0))
    assert 1 <= found.count("\n- Mục") < 6
    assert len(found.split()) <= MAX_WORDS


def test_a_colon_at_the_end_of_a_passage_announces_nothing_here() -> None:
    assert quoted(ONE, candidate(hit("Có ba chuyên khoa:"), 0)) == ["Có ba chuyên khoa:"]


# ---- two that disagree


def test_of_two_that_disagree_both_are_quoted_the_newer_first_and_nothing_else() -> None:
    older = hit("Có 42 hộ sơ tán. Trời tạnh.", docid="cu", published=day("2026-08-20"))
    newer = hit("Có 57 hộ sơ tán. Trời nắng.", docid="moi", rank=2, published=day("2026-08-21"))
    best, against = candidate(older, 0, short="42"), candidate(newer, 0, short="57")
    found = select(ONE, [best, candidate(older, 1), against], against=against)
    assert texts(found) == ["Có 57 hộ sơ tán.", "Có 42 hộ sơ tán."]
    assert [q.span_text for q in found] == ["57", "42"]


# ---- any selection

TEXT = "Ông này nói. Gồm:\n- Một;\n- Hai. Bà ấy về. Chợ mở lại lúc sáng sớm. Họ vui.\nCầu dài 486 m."


@settings(max_examples=60)
@given(
    st.permutations(range(len(sentences(TEXT)))), st.booleans(), st.lists(st.floats(0.1, 1.0), min_size=8, max_size=8)
)
def test_any_selection_is_cut_in_order_without_overlap(order: list[int], many: bool, scores: list[float]) -> None:
    found = hit(TEXT, start=40)
    chosen = sorted((candidate(found, n, own=scores[n % 8]) for n in order), key=lambda c: -c.score)
    made = select(MANY if many else ONE, chosen)
    assert 1 <= len(made) <= MAX_QUOTED
    assert made[0].start <= chosen[0].start < chosen[0].end <= made[0].end, "the best comes first"
    assert all(one.end <= two.start for one, two in pairwise(made[1:])), "the others in reading order"
    assert all(one.end <= two.start for one, two in pairwise(sorted(made, key=lambda q: q.start))), "without overlap"
    texts(made)


def test_a_list_of_news_is_how_each_article_begins_the_newest_first() -> None:
    old = hit("Lũ về xã Suối Ngà từ đêm hôm qua. Nước rút.", docid="cu", published=day("2026-08-20"))
    late = hit("Nước rút. Bà con dọn nhà.", docid="moi", rank=2, start=90, published=day("2026-08-21"))
    new = hit("Cầu Sương Mai thông xe sau hai năm sửa.", docid="moi", rank=3, published=day("2026-08-21"))
    found = newest_items([old, late, new])
    assert texts(found) == ["Cầu Sương Mai thông xe sau hai năm sửa.", "Lũ về xã Suối Ngà từ đêm hôm qua."]
    assert [q.span_text for q in found] == ["", ""]


def test_a_yes_or_no_question_is_answered_by_one_sentence() -> None:
    asked = read_question("Đội Neo Vàng đã giải thể chưa?")
    best, other = candidate(TEAM, 0, own=0.6), candidate(TEAM, 1, own=0.4)
    assert quoted(asked, best, other) == ["Đội Neo Vàng ra đời năm 2015."]
    assert len(quoted(read_question("Đội Neo Vàng ra sao?"), best, other)) == 2
