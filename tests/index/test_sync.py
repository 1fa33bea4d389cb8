"""Bringing the index up to the archive: what is encoded, what is kept, what a cut-off run leaves."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from wordbag import Room, WordBag, bridge

from index import sync as module
from index.catalogue import Catalogue, IndexMismatch
from index.passage import Query
from index.search import Searcher
from index.store import StoreError
from index.sync import Stores, check, encoded_text, publish, rebuild, sync, take_again
from index.verify import verify
from ingest.archive import Archive
from ingest.errors import HoitinError


class CutOff(WordBag):
    """Encodes `batches` batches and fails at the next."""

    def __init__(self, batches: int) -> None:
        super().__init__()
        self.batches = batches

    def encode_passages(self, texts, *, on_progress=None):  # type: ignore[no-untyped-def]
        if not self.batches:
            raise RuntimeError("đứt")
        self.batches -= 1
        return super().encode_passages(texts, on_progress=on_progress)


def test_everything_archived_is_found_in_all_three_parts(room: Room) -> None:
    for n in (1, 2, 3):
        room.archive.add(bridge(n))
    assert room.sync() == 3
    ids = {"cau-1#0", "cau-2#0", "cau-3#0"}
    assert room.holds() == (ids, ids, sorted(ids))
    assert room.stores.catalogue.synced() == 3
    assert room.stores.catalogue.waiting_ids() == []


def test_what_waits_is_told_to_the_vector_store_a_batch_at_a_time(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "BATCH", 2)
    held: list[int] = []
    waiting = Catalogue.waiting
    monkeypatch.setattr(Catalogue, "waiting", lambda self, ids: held.append(len(ids)) or waiting(self, ids))
    for n in range(1, 6):
        room.archive.add(bridge(n))
    room.sync()
    ids = {f"cau-{n}#0" for n in range(1, 6)}
    assert room.holds() == (ids, ids, sorted(ids))
    assert held == [2, 2, 1]


def test_the_encoder_reads_the_title_and_the_passage(room: Room) -> None:
    room.archive.add(bridge(1, text="Cầu đã xong."))
    room.sync()
    assert room.embedder.encoded == ["Cầu số 1 thông xe\nCầu đã xong."]
    (entry,) = room.stores.catalogue.of("cau-1")
    assert encoded_text(replace(entry.passage, title="")) == "Cầu đã xong."


def test_a_second_sync_without_changes_encodes_and_writes_nothing(room: Room) -> None:
    room.archive.add(bridge(1))
    room.sync()
    before = sorted((room.folder / "index" / "chroma").iterdir())
    assert room.sync() == 0
    assert len(room.embedder.encoded) == 1
    assert sorted((room.folder / "index" / "chroma").iterdir()) == before


def test_a_corrected_article_replaces_its_passages_everywhere(room: Room) -> None:
    long = "\n\n".join(f"Đoạn {n}. " + "Chữ chữ chữ. " * 40 for n in range(3))
    room.archive.add(replace(bridge(1), paragraphs=tuple(long.split("\n\n"))))
    room.archive.add(bridge(2))
    room.sync()
    assert room.stores.catalogue.count() == 4
    room.archive.add(bridge(1, text="Cầu chưa xong."))
    assert room.sync() == 1
    ids = {"cau-1#0", "cau-2#0"}
    assert room.holds() == (ids, ids, sorted(ids))
    (entry,) = room.stores.catalogue.of("cau-1")
    assert (entry.passage.text, entry.passage.version) == ("Cầu chưa xong.", 2)
    found = Searcher(room.stores, room.embedder).search(Query("chưa xong"))
    assert found[0].passage.text == "Cầu chưa xong."


def test_passages_whose_text_did_not_change_are_not_encoded_again(room: Room) -> None:
    first, second = "Một. " + "Chữ chữ chữ. " * 49 + "Hết hết.", "Hai. " + "Lời lời lời. " * 45  # 150 words fill one
    room.archive.add(replace(bridge(1), paragraphs=(first, second)))
    room.sync()
    room.embedder.encoded.clear()
    room.archive.add(replace(bridge(1), paragraphs=(first, second.replace("Hai", "Ba"))))
    room.sync()
    assert len(room.embedder.encoded) == 1
    assert room.embedder.encoded[0].startswith("Cầu số 1 thông xe\nBa. ")


def test_a_date_that_is_filled_in_later_changes_the_filter_and_keeps_the_vector(room: Room) -> None:
    room.archive.add(replace(bridge(1), published=None, outlet=""))
    room.sync()
    before = room.stores.vectors.vectors(["cau-1#0"])["cau-1#0"].tolist()
    room.archive.add(bridge(1))
    assert room.sync() == 1
    assert len(room.embedder.encoded) == 1
    assert room.stores.vectors.vectors(["cau-1#0"])["cau-1#0"].tolist() == before
    published = bridge(1).published
    assert published is not None
    found = room.stores.vectors.nearest(
        room.embedder.encode_queries(["cầu"])[0], 5, since=published, until=published, outlets=["Báo Lam"]
    )
    assert [i for i, _ in found] == ["cau-1#0"]
    assert room.stores.lexical.matching({"words": {"cầu": 1.0}}, 5, since=published - timedelta(hours=1))


def test_an_article_that_is_gone_leaves_the_index_and_comes_back(room: Room) -> None:
    room.archive.add(bridge(1))
    room.archive.add(bridge(2))
    room.sync()
    room.archive.mark_gone("cau-1", "404")
    assert room.sync() == 1
    assert room.holds() == ({"cau-2#0"}, {"cau-2#0"}, ["cau-2#0"])
    room.archive.mark_back("cau-1")
    assert room.sync() == 1
    assert room.holds()[1] == {"cau-1#0", "cau-2#0"}


def test_an_article_without_text_is_synced_and_has_no_passage(room: Room) -> None:
    room.archive.add(replace(bridge(1), paragraphs=()))
    assert room.sync() == 1
    assert room.sync() == 0
    assert room.holds() == (set(), set(), [])


def test_progress_counts_articles_up_to_all_of_them(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "BATCH_ARTICLES", 2)
    for n in range(5):
        room.archive.add(bridge(n))
    said: list[tuple[int, int]] = []
    sync(room.archive, room.stores, room.embedder, on_progress=lambda done, of: said.append((done, of)))
    assert said == [(2, 5), (4, 5), (5, 5)]


def test_a_run_that_was_cut_off_goes_on_where_it_stopped(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "BATCH_ARTICLES", 2)
    for n in range(5):
        room.archive.add(bridge(n))
    with pytest.raises(RuntimeError, match="đứt"):
        sync(room.archive, room.stores, CutOff(2))
    assert room.stores.catalogue.synced() == 4
    assert room.stores.vectors.count() == 0, "the vectors wait in the catalogue"
    assert room.stores.catalogue.waiting_count() == 4
    assert room.sync() == 1
    assert len(room.embedder.encoded) == 1, "what was encoded is not encoded again"
    ids = {f"cau-{n}#0" for n in range(5)}
    assert room.holds() == (ids, ids, sorted(ids))


def test_a_batch_that_the_catalogue_did_not_complete_is_done_again(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    room.archive.add(bridge(1))

    def cut_off(*_: object) -> None:
        raise RuntimeError("đứt")

    with monkeypatch.context() as patched:
        patched.setattr(type(room.stores.catalogue), "complete", cut_off)
        with pytest.raises(RuntimeError, match="đứt"):
            room.sync()
    assert room.stores.lexical.ids() == ["cau-1#0"], "the word index is ahead"
    assert room.sync() == 1
    assert room.holds() == ({"cau-1#0"}, {"cau-1#0"}, ["cau-1#0"])


def test_the_store_hears_the_same_again_when_a_run_ended_before_noting_it(room: Room) -> None:
    room.archive.add(bridge(1))
    room.sync()
    (vector,) = room.embedder.encode_queries(["lạ"])
    room.stores.catalogue.complete([], [], {"cau-1#0": vector, "lạ#0": None}, 1)
    publish(room.stores)
    assert room.stores.vectors.vectors(["cau-1#0"])["cau-1#0"].tolist() == vector.tolist()
    assert room.holds()[1] == {"cau-1#0"}


def test_a_long_run_lets_searchers_see_what_is_new(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "BATCH_ARTICLES", 2)
    monkeypatch.setattr(module, "PUBLISH_S", 0.0)
    monkeypatch.setattr(module, "PUBLISH_SHARE", 1e9)  # whatever it costs
    for n in range(6):
        room.archive.add(bridge(n))
    seen: list[int] = []
    reader = Stores.open(room.folder / "index")
    sync(room.archive, room.stores, room.embedder, on_progress=lambda *_: seen.append(reader.vectors.count()))
    assert seen == [0, 2, 4]
    reader.close()


def test_rebuilding_gives_the_same_index(room: Room) -> None:
    for n in range(4):
        room.archive.add(bridge(n))
    room.archive.mark_gone("cau-3", "404")
    room.sync()
    before = (room.stores.catalogue.digest(), room.holds())
    assert rebuild(room.archive, room.stores, room.embedder) == 4
    assert (room.stores.catalogue.digest(), room.holds()) == before
    assert len(room.embedder.encoded) == 6


def test_a_rebuild_that_was_cut_off_is_finished_by_the_next_sync(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "BATCH_ARTICLES", 2)
    for n in range(5):
        room.archive.add(bridge(n))
    room.sync()
    room.archive.mark_gone("cau-0", "404")
    with pytest.raises(RuntimeError, match="đứt"):
        rebuild(room.archive, room.stores, CutOff(1))
    assert room.sync() == 3
    ids = {f"cau-{n}#0" for n in (1, 2, 3, 4)}
    assert room.holds() == (ids, ids, sorted(ids))


def test_searching_waits_for_a_rebuild_and_not_for_a_first_build(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "BATCH_ARTICLES", 2)
    for n in range(4):
        room.archive.add(bridge(n))
    with pytest.raises(RuntimeError, match="đứt"):
        sync(room.archive, room.stores, CutOff(1))
    check(room.stores, room.embedder, searching=True)
    room.sync()
    with pytest.raises(RuntimeError, match="đứt"):
        rebuild(room.archive, room.stores, CutOff(1))
    with pytest.raises(IndexMismatch, match=r"being built anew and has come to change 2. Mend: wait .* or hoitin sync"):
        check(room.stores, room.embedder, searching=True)
    room.sync()
    check(room.stores, room.embedder, searching=True)


@pytest.mark.parametrize("part", ["catalogue.sqlite", "lexical/meta.json", "chroma/*/chroma.sqlite3"])
def test_an_index_that_cannot_be_opened_is_rebuilt(tmp_path: Path, part: str) -> None:
    room = Room.open(tmp_path)
    for n in range(3):
        room.archive.add(bridge(n))
    room.sync()
    digest = room.stores.catalogue.digest()
    room.stores.close()
    for path in (tmp_path / "index").glob(part):
        path.write_bytes(b"hong " * 1000)
    with pytest.raises(HoitinError, match="Mend: hoitin reindex"):
        check(Stores.open(tmp_path / "index"), room.embedder)
    stores = Stores.open(tmp_path / "index", anew=True)
    assert rebuild(room.archive, stores, room.embedder) == 3
    assert verify(room.archive, stores, room.embedder) == []
    assert stores.catalogue.digest() == digest
    stores.close()
    room.archive.close()


def test_another_model_is_refused_until_the_index_is_rebuilt(room: Room) -> None:
    room.archive.add(bridge(1))
    room.sync()
    other = WordBag(name="wordbag-2", dimension=32)
    with pytest.raises(IndexMismatch, match=r"64-dim vectors of model 'wordbag' .*ask for 'wordbag-2' \(32-dim"):
        sync(room.archive, room.stores, other)
    with pytest.raises(IndexMismatch, match=r"Mend: hoitin reindex"):
        Searcher(room.stores, other)
    assert rebuild(room.archive, room.stores, other) == 1
    assert len(room.stores.vectors.vectors(["cau-1#0"])["cau-1#0"]) == 32


def test_vectors_that_were_put_elsewhere_are_asked_for_there(room: Room) -> None:
    room.archive.add(bridge(1))
    room.sync()
    elsewhere = Stores.open(room.folder / "index", chroma_url="http://127.0.0.1:9")
    with pytest.raises(
        IndexMismatch, match=r"put into 'embedded', but the settings ask for 'server:hoitin-[0-9a-f]{24}'"
    ):
        check(elsewhere, room.embedder)
    elsewhere.close()


def test_a_vector_store_that_was_emptied_is_noticed(room: Room) -> None:
    room.archive.add(bridge(1))
    room.sync()
    with room.stores.vectors.writing(fresh=True):
        pass
    with pytest.raises(StoreError, match=r"holds no vectors, wanted those of 1 passages. Mend: hoitin verify --repair"):
        check(room.stores, room.embedder)


def test_an_index_that_has_seen_more_than_the_archive_holds_is_refused(room: Room, tmp_path: Path) -> None:
    room.archive.add(bridge(1))
    room.archive.add(bridge(2))
    room.sync()
    with Archive.open(tmp_path / "other.sqlite") as older:
        older.add(bridge(1))
        with pytest.raises(IndexMismatch, match=r"change 2 of the archive, which has come to 1 only.*hoitin reindex"):
            sync(older, room.stores, room.embedder)


def test_articles_can_be_taken_in_again_and_orphans_forgotten(room: Room) -> None:
    room.archive.add(bridge(1))
    room.archive.add(bridge(2))
    room.sync()
    room.archive.mark_gone("cau-2", "404")
    take_again(room.archive, room.stores, room.embedder, ["cau-1", "cau-2", "lạ"], forget=["mồ côi#0", "cau-1#0"])
    assert room.holds() == ({"cau-1#0"}, {"cau-1#0"}, ["cau-1#0"])
    assert len(room.embedder.encoded) == 3


def test_an_index_of_another_archive_is_refused_however_many_changes_that_has(room: Room, tmp_path: Path) -> None:
    room.archive.add(bridge(1))
    room.sync()
    with Archive.open(tmp_path / "other.sqlite") as other:
        for number in range(1, 6):
            other.add(bridge(number))
        with pytest.raises(IndexMismatch, match=r"of another archive.*hoitin reindex"):
            sync(other, room.stores, room.embedder)
