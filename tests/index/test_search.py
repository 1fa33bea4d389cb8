"""Searching: two legs, one fused list, filters, lost diacritics, and what another process has synced."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from wordbag import MONDAY, Room, WordBag, bridge

from index.catalogue import IndexMismatch
from index.closeness import TITLED, UNTITLED, Seen, look, sought, terms
from index.passage import Hit, Query
from index.search import COSINE_WEIGHT, LOOKED_AT, Mode, Searcher, fuse
from ingest.article import Article

MODES: list[Mode] = ["hybrid", "dense", "lexical"]


def news(
    docid: str, title: str, text: str, *, day: int = 0, outlet: str = "Báo Lam", section: str = "Thời sự"
) -> Article:
    return Article(
        id=docid,
        url=f"https://bao.example/{docid}",
        title=title,
        paragraphs=(text,),
        outlet=outlet,
        section=section,
        published=MONDAY + timedelta(days=day),
        lang="vi",
    )


TOWN = [
    news("cau", "Cầu Sương Mai thông xe", "Cầu Sương Mai dài 486 m, bắc qua sông Sương.", day=0),
    news("cho", "Chợ đêm Tre Xanh mở lại", "Chợ đêm Tre Xanh có 86 gian hàng của bà con.", day=1, outlet="Báo Khê"),
    news("lua", "Giá lúa tăng", "Giá lúa ở Đồi Quế lên 9.000 đồng một kg.", day=2, section="Kinh tế"),
    news("mua", "Mưa lớn ở Đông Mây", "Mưa lớn làm ngập 42 hộ dân ở Đông Mây.", day=3, outlet="Báo Khê"),
]


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    opened = Room.open(tmp_path_factory.mktemp("town"))
    for article in TOWN:
        opened.archive.add(article)
    opened.sync()
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def searcher(town: Room) -> Searcher:
    return Searcher(town.stores, town.embedder)


def docids(hits: list[Hit]) -> list[str]:
    return [hit.passage.docid for hit in hits]


def seen(searcher: Searcher, question: str, hit: Hit) -> Seen:
    asked = searcher.rewrite(question)
    field = "words" if asked.restored is None else "plain"
    return look(sought(asked, searcher.rarities(terms(asked), field=field)), hit.passage)


# ---- fusing


def test_a_score_is_the_weighted_cosine_and_the_word_share_and_a_missing_one_is_nothing() -> None:
    fused = fuse({"đông": 0.9, "bắc": 0.8}, {"bắc": 0.75, "nam": 0.5}, 2.0)
    assert fused == [("bắc", 2 * 0.8 + 0.75), ("đông", 2 * 0.9), ("nam", 0.5)]


def test_equal_scores_go_by_id_however_they_came() -> None:
    assert fuse({"b": 0.5, "a": 0.5}, {}, 1.0) == fuse({"a": 0.5, "b": 0.5}, {}, 1.0) == [("a", 0.5), ("b", 0.5)]
    assert fuse({"b": 0.1 + 0.2}, {"a": 0.3}, 1.0)[0][0] == "a", "0.1 + 0.2 is 0.3 here"


def test_nothing_fused_is_nothing() -> None:
    assert fuse({}, {}, 7.0) == []


# ---- one search


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize(
    ("question", "docid"),
    [
        ("Cầu Sương Mai dài bao nhiêu mét?", "cau"),
        ("Chợ đêm Tre Xanh có bao nhiêu gian hàng?", "cho"),
        ("Giá lúa Đồi Quế lên mấy đồng?", "lua"),
        ("Mưa lớn ngập bao nhiêu hộ dân?", "mua"),
    ],
)
def test_the_passage_that_shares_the_question_s_words_comes_first(
    searcher: Searcher, question: str, docid: str, mode: Mode
) -> None:
    assert docids(searcher.search(Query(question), mode=mode))[0] == docid


def test_hits_are_ranked_from_one_by_falling_score(searcher: Searcher) -> None:
    hits = searcher.search(Query("Cầu Sương Mai ở Đông Mây"))
    assert [hit.rank for hit in hits] == [1, 2, 3, 4]
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


def test_both_legs_judge_every_candidate_of_either(searcher: Searcher) -> None:
    for hit in searcher.search(Query("Cầu dài 486 m")):
        assert hit.dense is not None
        fused = COSINE_WEIGHT * hit.dense + TITLED.lexical * (hit.lexical or 0.0)
        assert hit.score == pytest.approx(fused + seen(searcher, "Cầu dài 486 m", hit).worth(TITLED), abs=1e-8)


def test_texts_without_titles_are_judged_by_weights_of_their_own_and_one_among_titled_ones_is_not(
    tmp_path: Any,
) -> None:
    question = "Cầu dài 486 m"
    room = Room.open(tmp_path)
    room.archive.add(news("dieu-1", "", "Cầu dài trên 400 m phải có lan can cao 1,2 m."))
    room.sync()
    (hit,) = Searcher(room.stores, room.embedder).search(Query(question))
    assert hit.dense is not None
    wanted = seen(Searcher(room.stores, room.embedder), question, hit)
    fused = COSINE_WEIGHT * hit.dense + UNTITLED.lexical * (hit.lexical or 0.0)
    assert hit.score == pytest.approx(fused + wanted.worth(UNTITLED), abs=1e-8)
    room.archive.add(news("cau", "Cầu Sương Mai thông xe", "Cầu dài 486 m đã thông xe."))
    room.sync()
    hit = next(h for h in Searcher(room.stores, room.embedder).search(Query(question)) if h.passage.docid == "dieu-1")
    assert hit.dense is not None
    fused = COSINE_WEIGHT * hit.dense + TITLED.lexical * (hit.lexical or 0.0)
    assert hit.score == pytest.approx(
        fused + seen(Searcher(room.stores, room.embedder), question, hit).worth(TITLED), abs=1e-8
    )


def test_the_passage_where_the_names_stand_together_comes_before_one_that_scatters_them(tmp_path: Any) -> None:
    filler = "Bà con vẫn đi chợ mỗi sáng và trò chuyện rôm rả cho tới tận trưa mới về nhà nghỉ ngơi. " * 4
    room = Room.open(tmp_path)
    room.archive.add(news("xa", "Tin", f"Ông Lâm về xã. {filler}Khê Sấu vắng người. {filler}Mương cạn nước."))
    room.archive.add(news("gan", "Tin", f"{filler}Ông Lâm đào mương Khê Sấu. {filler}"))
    room.sync()
    hits = Searcher(room.stores, room.embedder).search(Query("Mương Khê Sấu do ông Lâm đào năm nào?"))
    room.close()
    assert docids(hits)[0] == "gan"


def test_what_was_not_looked_at_stays_behind_what_was(tmp_path: Any) -> None:
    room = Room.open(tmp_path)
    for n in range(LOOKED_AT + 5):
        room.archive.add(bridge(n))
    room.sync()
    hits = Searcher(room.stores, room.embedder).search(Query("Cầu số 7 dài bao nhiêu?", k=LOOKED_AT + 5))
    room.close()
    scores = [hit.score for hit in hits]
    assert len(hits) == LOOKED_AT + 5
    assert scores == sorted(scores, reverse=True)
    assert docids(hits)[0] == "cau-7"


def test_a_leg_asked_alone_leaves_the_other_unsaid(searcher: Searcher) -> None:
    assert all(hit.lexical is None for hit in searcher.search(Query("Cầu dài"), mode="dense"))
    assert all(hit.dense is None for hit in searcher.search(Query("Cầu dài"), mode="lexical"))


def test_the_word_leg_finds_only_passages_that_share_a_word(searcher: Searcher) -> None:
    assert docids(searcher.search(Query("gian hàng"), mode="lexical")) == ["cho"]
    assert searcher.search(Query("xyz"), mode="lexical") == []


def test_a_title_counts_for_less_than_the_passage(tmp_path: Any) -> None:
    room = Room.open(tmp_path)
    room.archive.add(news("tua", "Hải đăng", "Tàu cập bến lúc sáng sớm hôm nay."))
    room.archive.add(news("than", "Tàu cập bến", "Hải đăng vừa được sơn lại hôm nay."))
    room.sync()
    hits = Searcher(room.stores, room.embedder).search(Query("hải đăng ở đâu"), mode="lexical")
    room.close()
    assert docids(hits) == ["than", "tua"]
    assert (hits[0].lexical or 0) > 2 * (hits[1].lexical or 0) > 0


def test_no_more_hits_than_asked_for(searcher: Searcher) -> None:
    assert len(searcher.search(Query("Mưa ở Đông Mây", k=2))) == 2
    assert len(searcher.search(Query("Mưa ở Đông Mây", k=50))) == 4


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize(
    ("filters", "wanted"),
    [
        ({"since": MONDAY + timedelta(days=2)}, {"lua", "mua"}),
        ({"until": MONDAY}, {"cau"}),
        ({"since": MONDAY + timedelta(days=1), "until": MONDAY + timedelta(days=2)}, {"cho", "lua"}),
        ({"outlets": ("Báo Khê",)}, {"cho", "mua"}),
        ({"outlets": ("Báo Khê", "Báo Lam"), "sections": ("Kinh tế",)}, {"lua"}),
        ({"outlets": ("Báo Lạ",)}, set()),
        ({"since": MONDAY + timedelta(days=9)}, set()),
    ],
)
def test_filters_hold_in_every_mode(searcher: Searcher, mode: Mode, filters: dict[str, Any], wanted: set[str]) -> None:
    every_word = "cầu sương mai chợ đêm giá lúa mưa lớn ở"
    assert set(docids(searcher.search(Query(every_word, **filters), mode=mode))) == wanted


# ---- diacritics


@pytest.mark.parametrize(
    ("typed", "docid"),
    [
        ("cau suong mai dai bao nhieu met", "cau"),
        ("cho dem tre xanh co bao nhieu gian hang", "cho"),
        ("gia lua doi que", "lua"),
        ("mua lon o dong may ngap bao nhieu ho", "mua"),
    ],
)
def test_a_question_without_diacritics_finds_the_same_article(searcher: Searcher, typed: str, docid: str) -> None:
    hits = searcher.search(Query(typed))
    assert docids(hits)[0] == docid
    assert hits[0].dense is not None
    fused = COSINE_WEIGHT * hits[0].dense + TITLED.lexical * (hits[0].lexical or 0)
    assert hits[0].score == pytest.approx(fused + seen(searcher, typed, hits[0]).worth(TITLED), abs=1e-8)


def test_diacritics_are_learnt_from_the_archive_itself(searcher: Searcher) -> None:
    found = searcher.rewrite("cau suong mai")
    assert found.text == "Cầu Sương Mai", "and its capitals"
    assert found.restored is not None
    assert searcher.rewrite("cầu sương mai").restored is None


def test_a_query_is_rewritten_once_until_the_index_knows_more(room: Room) -> None:
    room.archive.add(bridge(1))
    room.sync()
    searcher = Searcher(room.stores, room.embedder)
    first = searcher.rewrite("cho dem tre xanh")
    assert searcher.rewrite("cho dem tre xanh") is first
    assert first.restored is None, "no word of it is known"
    room.archive.add(TOWN[1])
    room.sync()
    assert searcher.rewrite("cho dem tre xanh").text == "Chợ đêm Tre Xanh"


def test_an_accented_word_outranks_its_folded_like(tmp_path: Any) -> None:
    room = Room.open(tmp_path)
    room.archive.add(news("ma", "Má", "Má về quê bán lúa."))
    room.archive.add(news("mã", "Mã", "Mã vạch in trên bao lúa."))
    room.sync()
    searcher = Searcher(room.stores, room.embedder)
    found = {word: docids(searcher.search(Query(word)))[0] for word in ("mã", "má")}
    room.close()
    assert found == {"mã": "mã", "má": "ma"}


# ---- rarity


def test_rarities_are_counted_over_the_passages(searcher: Searcher) -> None:
    found = searcher.rarities(["cầu", "ở", "không_có"])
    assert found == {
        "cầu": pytest.approx(math.log(1 + 3.5 / 1.5)),
        "ở": pytest.approx(math.log(1 + 2.5 / 2.5)),
        "không_có": pytest.approx(math.log(1 + 4.5 / 0.5)),
    }
    assert searcher.rarities(["cau"], field="plain")["cau"] == found["cầu"]


# ---- the index underneath


def test_an_empty_index_finds_nothing(room: Room) -> None:
    room.sync()
    searcher = Searcher(room.stores, room.embedder)
    assert [searcher.search(Query("Cầu dài bao nhiêu?"), mode=mode) for mode in MODES] == [[], [], []]
    assert searcher.search(Query("cau dai bao nhieu")) == []


def test_what_was_synced_after_the_searcher_was_opened_is_found(room: Room) -> None:
    room.archive.add(bridge(1))
    room.sync()
    searcher = Searcher(room.stores, room.embedder)
    assert docids(searcher.search(Query("Cầu số 2 thông xe"))) == ["cau-1"]
    other = Room.open(room.folder)
    other.archive.add(bridge(2))
    other.sync()
    other.close()
    assert sorted(docids(searcher.search(Query("Cầu số 2 thông xe")))) == ["cau-1", "cau-2"]
    assert docids(searcher.search(Query("Cầu số 2 thông xe"), mode="lexical"))[0] == "cau-2"


def test_a_corrected_article_is_found_by_its_new_words_only(room: Room) -> None:
    room.archive.add(bridge(1, text="Cầu số 1 dài 46 m."))
    room.sync()
    room.archive.add(bridge(1, text="Cầu số 1 dài 64 m."))
    room.sync()
    searcher = Searcher(room.stores, room.embedder)
    assert searcher.search(Query("46"), mode="lexical") == []
    (hit,) = searcher.search(Query("64"), mode="lexical")
    assert (hit.passage.text, hit.passage.version) == ("Cầu số 1 dài 64 m.", 2)


def test_an_article_that_is_gone_is_not_found(room: Room) -> None:
    room.archive.add(bridge(1))
    room.archive.add(bridge(2))
    room.sync()
    room.archive.mark_gone("cau-1", "410")
    room.sync()
    for mode in MODES:
        assert docids(Searcher(room.stores, room.embedder).search(Query("Cầu thông xe"), mode=mode)) == ["cau-2"]


def test_an_index_built_with_another_model_is_refused_before_any_search(town: Room) -> None:
    with pytest.raises(IndexMismatch, match="hoitin reindex"):
        Searcher(town.stores, WordBag(name="another"))


def test_half_a_surrogate_pair_is_searched_as_a_mark(searcher: Searcher) -> None:
    """JSON may carry one; no encoder takes it."""
    assert searcher.rewrite("cầu \ud83d").text == "Cầu ?"
    assert docids(searcher.search(Query("Cầu Sương Mai \ud83d")))[0] == "cau"


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=60) | st.text("causongmidầ \x00\"'()*:~^+-[]{}\\/&|!?", max_size=40), st.sampled_from(MODES))
def test_any_text_can_be_searched_for(searcher: Searcher, text: str, mode: Mode) -> None:
    hits = searcher.search(replace(Query(""), text=text), mode=mode)
    assert [hit.rank for hit in hits] == list(range(1, len(hits) + 1))
