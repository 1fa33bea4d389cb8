"""The dense leg: Chroma among all, exact within a filter, and nothing that waits for Chroma is missed."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from wordbag import Room, bridge

from index import near
from index.near import Near
from index.passage import Query
from index.search import COSINE_WEIGHT, Searcher
from index.sync import sync


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    opened = Room.open(tmp_path)
    for n in range(1, 7):
        opened.archive.add(bridge(n))
    opened.sync()
    yield opened
    opened.close()


def only_sync(room: Room) -> None:
    """What `hoitin sync` does: a little that is new waits for the vector store."""
    sync(room.archive, room.stores, room.embedder)


def ids(room: Room, text: str, k: int = 10, **filters: object) -> list[str]:
    dense = Near(room.stores.catalogue, room.stores.vectors)
    return [i for i, _ in dense.nearest(room.embedder.encode_queries([text])[0], k, **filters)]  # type: ignore[arg-type]


def test_a_new_article_is_found_though_the_vector_store_was_not_written(room: Room) -> None:
    before = sorted(path.name for path in (room.folder / "index" / "chroma").iterdir())
    room.archive.add(bridge(7, text="Kỳ nhông tám chân thức giấc."))
    only_sync(room)
    assert sorted(path.name for path in (room.folder / "index" / "chroma").iterdir()) == before
    found = Searcher(room.stores, room.embedder).search(Query("kỳ nhông tám chân", k=1), mode="dense")
    assert found[0].passage.docid == "cau-7"
    assert found[0].dense == pytest.approx(found[0].score / COSINE_WEIGHT)


def test_a_corrected_passage_is_compared_as_it_is_now(room: Room) -> None:
    room.archive.add(bridge(3, text="Kỳ nhông tám chân thức giấc."))
    only_sync(room)
    assert ids(room, "Kỳ nhông tám chân thức giấc", k=1) == ["cau-3#0"]
    vector = room.embedder.encode_queries(["kỳ nhông"])[0]
    now = room.stores.catalogue.vectors(["cau-3#0"])["cau-3#0"]
    assert dict(Near(room.stores.catalogue, room.stores.vectors).nearest(vector, 10))["cau-3#0"] == pytest.approx(
        float(now @ vector), abs=1e-6
    )


def test_what_is_gone_is_found_no_more_though_the_vector_store_still_holds_it(room: Room) -> None:
    room.archive.mark_gone("cau-2", "404")
    only_sync(room)
    assert "cau-2#0" in room.stores.vectors.ids()
    assert "cau-2#0" not in ids(room, "cầu số 2")


@pytest.mark.parametrize("exact", [20_000, 1], ids=["narrow", "wide"])
def test_a_filter_gives_the_nearest_of_what_passes(room: Room, exact: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(near, "EXACT", exact)
    published = bridge(4).published
    assert published is not None
    room.archive.add(replace(bridge(8), published=published + timedelta(days=400), outlet="Báo Khê", section="Xã hội"))
    only_sync(room)
    later = published + timedelta(days=399)
    assert ids(room, "cầu", since=later) == ["cau-8#0"]
    assert set(ids(room, "cầu", until=later)) == {f"cau-{n}#0" for n in range(1, 7)}
    assert ids(room, "cầu", outlets=["Báo Khê"]) == ["cau-8#0"]
    assert ids(room, "cầu", sections=["Xã hội"], until=later) == []
    assert len(ids(room, "cầu", k=3, until=later)) == 3


def test_an_undated_article_passes_no_date_filter(room: Room) -> None:
    room.archive.add(replace(bridge(9), published=None))
    only_sync(room)
    assert "cau-9#0" in ids(room, "cầu số 9")
    assert "cau-9#0" not in ids(room, "cầu số 9", since=bridge(1).published)


def test_an_index_of_an_earlier_version_is_searched_and_its_next_sync_keeps_the_vectors(room: Room) -> None:
    with closing(sqlite3.connect(room.folder / "index" / "catalogue.sqlite")) as file, file:
        file.execute("DELETE FROM vectors")
        file.execute("DELETE FROM facts WHERE name = 'kept'")
    encoded = len(room.embedder.encoded)
    published = bridge(1).published
    assert set(ids(room, "cầu", since=published)) == {f"cau-{n}#0" for n in range(1, 7)}
    room.archive.add(bridge(7))
    only_sync(room)
    assert room.stores.catalogue.keeps()
    assert room.stores.catalogue.vectors(["cau-1#0"])["cau-1#0"] @ room.embedder.encode_queries(["cầu"])[0] > 0
    assert len(room.embedder.encoded) == encoded + 1
    assert "cau-7#0" in ids(room, "cầu số 7")
