"""One story, one place among the hits: what is folded under it, what is not, and what the searcher then gives."""

from __future__ import annotations

from dataclasses import replace

import pytest
from wordbag import Room, bridge

from index.group import fold
from index.passage import Hit, Passage, Query
from index.search import Searcher
from ingest.archive import Link


def hit(passage_id: str, story: str = "") -> Hit:
    docid = passage_id.partition("#")[0]
    return Hit(Passage(passage_id, docid, 0, 4, "Tin.", "Tin", story=story), 0, 1.0)


def shown(hits: list[Hit]) -> list[tuple[int, str, tuple[str, ...]]]:
    return [(h.rank, h.passage.id, h.same_story) for h in hits]


def test_other_articles_of_a_story_are_folded_under_its_first_hit_each_once() -> None:
    hits = [hit("a#0", "s"), hit("b#0", "s"), hit("x#0"), hit("c#1", "s"), hit("b#1", "s")]
    assert shown(fold(hits, 10)) == [(1, "a#0", ("b", "c")), (2, "x#0", ())]


def test_passages_of_the_article_that_stands_for_the_story_stay_apart() -> None:
    hits = [hit("a#0", "s"), hit("b#0", "s"), hit("a#1", "s")]
    assert shown(fold(hits, 10)) == [(1, "a#0", ("b",)), (2, "a#1", ())]


def test_two_stories_do_not_mix_and_articles_without_one_are_never_folded() -> None:
    hits = [hit("a#0", "s"), hit("x#0"), hit("b#0", "t"), hit("y#0"), hit("c#0", "t"), hit("d#0", "s")]
    assert shown(fold(hits, 10)) == [(1, "a#0", ("d",)), (2, "x#0", ()), (3, "b#0", ("c",)), (4, "y#0", ())]


def test_what_is_folded_takes_no_place_and_is_counted_behind_the_last_place_too() -> None:
    hits = [hit("a#0", "s"), hit("b#0", "s"), hit("x#0"), hit("y#0"), hit("c#0", "s")]
    assert shown(fold(hits, 2)) == [(1, "a#0", ("b", "c")), (2, "x#0", ())]


def test_nothing_folds_to_nothing() -> None:
    assert fold([], 5) == []


@pytest.fixture
def wire_copy(room: Room) -> Room:
    """One bridge in six outlets, and four other bridges."""
    text = "Cầu Bến Mây thông xe sáng nay, dài 480 m và rộng 12 m."
    for n in range(1, 7):
        room.archive.add(bridge(n, text=text + " Tin thêm." * n, outlet=f"Báo {n}"))
    for n in range(7, 11):
        room.archive.add(bridge(n))
    room.archive.link([Link(f"cau-{n}", "", b"", story="cau-1") for n in range(1, 7)])
    room.sync()
    return room


def test_a_search_shows_one_of_six_outlets_and_names_the_others(wire_copy: Room) -> None:
    hits = Searcher(wire_copy.stores, wire_copy.embedder).search(Query("Cầu Bến Mây dài bao nhiêu mét?", k=3))
    (first,) = [h for h in hits if h.passage.story]
    others = {f"cau-{n}" for n in range(1, 7)} - {first.passage.docid}
    assert set(first.same_story) == others
    assert [h.rank for h in hits] == [1, 2, 3], "and the places it leaves are filled"


def test_without_stories_the_hits_are_those_of_the_fused_list(wire_copy: Room) -> None:
    searcher = Searcher(wire_copy.stores, wire_copy.embedder)
    query = Query("Cầu Bến Mây dài bao nhiêu mét?", k=10)
    folded = {h.passage.id: h.score for h in searcher.search(query)}
    apart = fold([replace(h, passage=replace(h.passage, story="")) for h in searcher.search(query)], 10)
    assert [h.passage.id for h in apart] == list(folded)
