"""Homes that keep their vectors on a Chroma server, and share it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from chroma_server import running_server
from wordbag import Room, bridge

from index.catalogue import IndexMismatch
from index.passage import Query
from index.search import Searcher
from index.store import StoreError
from index.sync import check, rebuild
from index.verify import verify


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with running_server(tmp_path_factory.mktemp("chroma")) as url:
        yield url


def home(folder: Path, url: str, *numbers: int) -> Room:
    folder.mkdir(exist_ok=True)
    room = Room.open(folder, chroma_url=url)
    for n in numbers:
        room.archive.add(bridge(n))
    if numbers:
        room.sync()
    return room


def test_a_home_on_a_server_syncs_searches_and_verifies(tmp_path: Path, server: str) -> None:
    room = home(tmp_path / "a", server, 1, 2, 3)
    assert Searcher(room.stores, room.embedder).search(Query("Cầu số 2 thông xe", k=1))[0].passage.docid == "cau-2"
    room.archive.mark_gone("cau-2", "404")
    room.archive.add(bridge(1, text="Cầu chưa xong."))
    assert room.sync() == 2
    assert verify(room.archive, room.stores, room.embedder) == []
    assert room.stores.vectors.ids() == {"cau-1#0", "cau-3#0"}
    assert not (tmp_path / "a" / "index" / "chroma").exists(), "nothing is kept here"
    room.close()


def test_homes_that_share_a_server_never_see_each_other_s_vectors(tmp_path: Path, server: str) -> None:
    one, two = home(tmp_path / "a", server, 1, 2), home(tmp_path / "b", server, 2, 3)
    assert one.stores.vectors.ids() == {"cau-1#0", "cau-2#0"}
    assert two.stores.vectors.ids() == {"cau-2#0", "cau-3#0"}
    rebuild(two.archive, two.stores, two.embedder)
    assert one.stores.vectors.count() == 2
    one.close()
    two.close()


def test_a_copy_of_a_home_is_another_home_and_is_told_so(tmp_path: Path, server: str) -> None:
    first = home(tmp_path / "a", server, 1)
    first.close()
    shutil.copytree(tmp_path / "a", tmp_path / "b")
    copy = home(tmp_path / "b", server)
    with pytest.raises(
        IndexMismatch, match=r"put into 'server:hoitin-.*but the settings ask for 'server:hoitin-.*reindex"
    ):
        check(copy.stores, copy.embedder)
    rebuild(copy.archive, copy.stores, copy.embedder)
    copy.archive.add(bridge(2))
    copy.sync()
    again = home(tmp_path / "a", server)
    assert (again.stores.vectors.count(), copy.stores.vectors.count()) == (1, 2)
    again.close()
    copy.close()


def test_a_searcher_goes_on_when_the_collection_is_made_anew(tmp_path: Path, server: str) -> None:
    reader, writer = home(tmp_path / "a", server, 1), home(tmp_path / "a", server)
    searcher = Searcher(reader.stores, reader.embedder)
    assert len(searcher.search(Query("cầu", k=5))) == 1
    rebuild(writer.archive, writer.stores, writer.embedder)
    assert len(searcher.search(Query("cầu", k=5))) == 1
    writer.close()
    reader.close()


def test_moving_from_the_folder_to_a_server_and_back_asks_for_a_reindex(tmp_path: Path, server: str) -> None:
    here = home(tmp_path / "a", "", 1)
    here.close()
    there = home(tmp_path / "a", server)
    with pytest.raises(IndexMismatch, match=r"put into 'embedded', but .*HOITIN_CHROMA.*Mend: hoitin reindex"):
        there.sync()
    rebuild(there.archive, there.stores, there.embedder)
    assert verify(there.archive, there.stores, there.embedder) == []
    there.close()
    here = home(tmp_path / "a", "")
    with pytest.raises(IndexMismatch, match=r"but the settings ask for 'embedded'"):
        here.sync()
    here.close()


def test_a_server_that_goes_down_loses_no_work(tmp_path: Path) -> None:
    with running_server(tmp_path / "chroma") as url:
        room = home(tmp_path / "a", url, 1)
    room.archive.add(bridge(2))
    with pytest.raises(StoreError, match=rf"{url}: Chroma failed .*wanted a running Chroma server. Mend: chroma run"):
        room.sync()
    room.close()
    with running_server(tmp_path / "chroma") as other:  # the same data, another port
        room = home(tmp_path / "a", other)
        assert room.sync() == 1
        assert room.stores.vectors.ids() == {"cau-1#0", "cau-2#0"}
        room.close()
