"""The catalogue: what it holds, what waits for the vector store, and what broken files say."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from wordbag import MONDAY

from index.catalogue import Catalogue, Entry, IndexMismatch, Manifest
from index.passage import Passage

MANIFEST = Manifest("wordbag", 2, 1)
FIRST = Passage("cau#0", "cau", 0, 4, "Cầu.", "Tin cầu", "Báo Lam", "Thời sự", MONDAY, "cau", 1)
SECOND = Passage("cau#1", "cau", 6, 10, "Xong", "Tin cầu", version=1)
EAST = np.array([1, 0], np.float32)


@pytest.fixture
def catalogue(tmp_path: Path) -> Iterator[Catalogue]:
    opened = Catalogue(tmp_path / "catalogue.sqlite")
    yield opened
    opened.close()


def test_a_new_catalogue_is_empty_and_has_no_manifest(catalogue: Catalogue) -> None:
    assert (catalogue.manifest(), catalogue.synced(), catalogue.count(), catalogue.holder()) == (None, 0, 0, "")
    assert (catalogue.waiting_ids(), catalogue.fresh()) == ([], False)


def test_passages_come_back_exactly_as_they_went_in(catalogue: Catalogue) -> None:
    catalogue.begin(MANIFEST, "embedded")
    catalogue.complete(["cau"], [Entry(FIRST, "d0"), Entry(SECOND, "d1")], {"cau#0": EAST}, 7)
    assert catalogue.of("cau") == [Entry(FIRST, "d0"), Entry(SECOND, "d1")]
    assert catalogue.passages(["cau#1", "lạ#0", "cau#0"]) == {"cau#0": FIRST, "cau#1": SECOND}
    assert list(catalogue.entries()) == catalogue.of("cau")
    assert (catalogue.ids(), catalogue.docids(), catalogue.count()) == ({"cau#0", "cau#1"}, {"cau"}, 2)
    assert (catalogue.manifest(), catalogue.synced(), catalogue.holder()) == (MANIFEST, 7, "embedded")


def test_completing_an_article_again_replaces_all_its_passages(catalogue: Catalogue) -> None:
    catalogue.complete(["cau"], [Entry(FIRST, "d0"), Entry(SECOND, "d1")], {}, 1)
    catalogue.complete(["cau"], [Entry(replace(FIRST, text="Đường", version=2), "d2")], {}, 2)
    assert [e.passage.text for e in catalogue.of("cau")] == ["Đường"]
    catalogue.complete(["cau"], [], {}, 3)
    assert catalogue.count() == 0


def test_vectors_wait_until_the_store_has_heard_of_them(catalogue: Catalogue) -> None:
    catalogue.begin(MANIFEST, "embedded")
    assert catalogue.fresh()
    catalogue.complete(["cau"], [Entry(FIRST, "d0")], {"cau#0": EAST, "old#0": None}, 1)
    assert catalogue.waiting_ids() == ["cau#0", "old#0"]
    waiting = catalogue.waiting(["old#0", "cau#0", "lạ#0"])
    assert waiting.keys() == {"cau#0", "old#0"}
    assert waiting["cau#0"] is not None
    assert waiting["cau#0"].tolist() == [1, 0]
    assert waiting["old#0"] is None
    assert catalogue.waiting_count() == 1
    catalogue.heard()
    assert (catalogue.waiting_ids(), catalogue.waiting_count(), catalogue.fresh()) == ([], 0, False)


def test_a_vector_that_waits_outlives_a_change_of_metadata_and_not_a_removal(catalogue: Catalogue) -> None:
    catalogue.complete(["cau"], [Entry(FIRST, "d0")], {"cau#0": EAST}, 1)
    catalogue.complete(["cau"], [Entry(replace(FIRST, outlet="Báo Khê"), "d0")], {"cau#0": None}, 2)
    kept = catalogue.waiting(["cau#0"])["cau#0"]
    assert kept is not None
    catalogue.complete(["cau"], [], {"cau#0": None}, 3)
    assert catalogue.waiting(catalogue.waiting_ids()) == {"cau#0": None}


def test_beginning_anew_empties_everything_but_the_identity(catalogue: Catalogue) -> None:
    identity = catalogue.identity()
    assert len(identity) == 16
    catalogue.complete(["cau"], [Entry(FIRST, "d0")], {"cau#0": EAST}, 4)
    catalogue.begin(MANIFEST, "server:hoitin-1")
    assert (catalogue.count(), catalogue.waiting_ids(), catalogue.synced()) == (0, [], 0)
    assert catalogue.holder() == "server:hoitin-1"
    assert catalogue.identity() == identity


def test_an_index_is_being_rebuilt_until_it_holds_what_the_one_before_it_held(catalogue: Catalogue) -> None:
    catalogue.begin(MANIFEST, "embedded")
    assert not catalogue.rebuilding(), "a first index has none before it"
    catalogue.begin(MANIFEST, "embedded", whole=5)
    assert catalogue.rebuilding()
    catalogue.complete([], [], {}, 4)
    assert catalogue.rebuilding()
    catalogue.complete([], [], {}, 5)
    assert not catalogue.rebuilding()


def test_the_digest_tells_what_is_held_whatever_the_order(tmp_path: Path) -> None:
    one, two = Catalogue(tmp_path / "1.sqlite"), Catalogue(tmp_path / "2.sqlite")
    one.complete(["cau"], [Entry(FIRST, "d0"), Entry(SECOND, "d1")], {}, 1)
    two.complete(["cau"], [Entry(SECOND, "d1"), Entry(FIRST, "d0")], {}, 9)
    assert one.digest() == two.digest() == hashlib.sha256(b"cau#0\x1fd0\x1ecau#1\x1fd1\x1e").hexdigest()
    two.complete(["cau"], [Entry(FIRST, "d0")], {}, 10)
    assert one.digest() != two.digest()
    one.close()
    two.close()


def test_more_ids_than_sqlite_takes_at_once_are_found(catalogue: Catalogue) -> None:
    many = [replace(FIRST, id=f"cau#{n}") for n in range(1_201)]
    catalogue.complete(["cau"], [Entry(p, "d") for p in many], {}, 1)
    assert len(catalogue.passages([p.id for p in many])) == 1_201


def test_threads_read_side_by_side_and_are_closed_together(catalogue: Catalogue) -> None:
    catalogue.complete(["cau"], [Entry(FIRST, "d0")], {}, 1)
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(lambda _: catalogue.count(), range(20))) == [1] * 20
    catalogue.close()
    assert catalogue.count() == 1, "it opens again when asked again"


def test_reads_inside_at_once_are_of_one_moment(tmp_path: Path) -> None:
    reader, writer = Catalogue(tmp_path / "c.sqlite"), Catalogue(tmp_path / "c.sqlite")
    with reader.at_once():
        assert reader.count() == 0
        writer.complete(["cau"], [Entry(FIRST, "d0")], {}, 1)
        assert reader.count() == 0
    assert reader.count() == 1
    reader.close()
    writer.close()


@pytest.mark.parametrize("content", [b"khong phai SQLite " * 100, b"SQLite format 3\0" + b"\xff" * 4_000])
def test_a_file_that_is_no_catalogue_says_which_and_how_to_mend_it(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "catalogue.sqlite"
    path.write_bytes(content)
    with pytest.raises(IndexMismatch, match=r"catalogue.sqlite: .*wanted the passage catalogue.*Mend: hoitin reindex"):
        Catalogue(path)
