"""Verification: every way in which archive and index can differ is told in a sentence, and mended."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from wordbag import Room, WordBag, bridge

from index.catalogue import IndexMismatch
from index.split import passages
from index.sync import metadata
from index.verify import IndexDamaged, verify

STRANGER = passages(replace(bridge(9), id="lạ"))[0]


@pytest.fixture
def three(room: Room) -> Room:
    for n in (1, 2, 3):
        room.archive.add(bridge(n))
    room.sync()
    return room


def check(room: Room, *, repair: bool = False) -> list[str]:
    return verify(room.archive, room.stores, room.embedder, repair=repair)


def change(room: Room, statement: str) -> None:
    """Damage the catalogue behind everybody's back."""
    with closing(sqlite3.connect(room.folder / "index" / "catalogue.sqlite")) as connection:
        connection.execute(statement)
        connection.commit()


def lose_a_vector(room: Room) -> None:
    with room.stores.vectors.writing() as draft:
        draft.remove(["cau-1#0"])


def add_a_vector(room: Room) -> None:
    with room.stores.vectors.writing() as draft:
        draft.put(["lạ#0"], np.ones((1, 64), np.float32), [metadata(STRANGER)])


def shift_a_date(room: Room) -> None:
    with room.stores.vectors.writing() as draft:
        draft.describe(["cau-2#0"], [{**metadata(passages(bridge(2))[0]), "published": 5}])


def lose_words(room: Room) -> None:
    room.stores.lexical.remove(["cau-1"])
    room.stores.lexical.commit()


def add_words(room: Room) -> None:
    room.stores.lexical.put([STRANGER])
    room.stores.lexical.commit()


def double_words(room: Room) -> None:
    room.stores.lexical.put(passages(bridge(1)))
    room.stores.lexical.commit()


def lose_the_vector_folder(room: Room) -> None:
    room.stores.vectors.close()
    shutil.rmtree(room.folder / "index" / "chroma")


DAMAGE: list[tuple[Callable[[Room], None], list[str]]] = [
    (lose_a_vector, ["passage cau-1#0 is not in the vector store"]),
    (add_a_vector, ["passage lạ#0 is in the vector store and in no article"]),
    (shift_a_date, ["passage cau-2#0 is with another date, outlet or section in the vector store"]),
    (lose_words, ["passage cau-1#0 is not in the word index"]),
    (add_words, ["passage lạ#0 is in the word index and in no article"]),
    (double_words, ["passage cau-1#0 is more than once in the word index"]),
    (lose_the_vector_folder, ["passages cau-1#0, cau-2#0, cau-3#0 are not in the vector store"]),
    (
        lambda room: change(room, "DELETE FROM passages WHERE docid = 'cau-1'"),
        [
            "article cau-1 has 0 passages in the index, wanted 1",
            "passage cau-1#0 is in the vector store and in no article",
            "passage cau-1#0 is in the word index and in no article",
        ],
    ),
    (
        lambda room: change(room, "UPDATE passages SET text = 'khác' WHERE docid = 'cau-1'"),
        ["passage cau-1#0 is not the text of its article at 0:61"],
    ),
    (
        lambda room: change(room, "UPDATE passages SET digest = 'sai' WHERE docid = 'cau-1'"),
        ["passage cau-1#0 is not what was encoded (digest sai)"],
    ),
    (
        lambda room: change(room, "UPDATE passages SET version = 4 WHERE docid = 'cau-1'"),
        ["article cau-1 is indexed in version 4, the archive has 1"],
    ),
    (
        lambda room: change(room, "UPDATE passages SET outlet = 'Báo Khê' WHERE docid = 'cau-1'"),
        [
            "passage cau-1#0 is not as its article is split, or has another title, outlet, section or date",
            "passage cau-1#0 is with another date, outlet or section in the vector store",
        ],
    ),
    (
        lambda room: change(room, "DELETE FROM vectors WHERE id = 'cau-1#0'"),
        ["passage cau-1#0 is without a vector in the catalogue"],
    ),
]


def test_a_synced_index_agrees_with_its_archive(three: Room) -> None:
    assert check(three) == []
    assert check(three, repair=True) == []
    assert len(three.embedder.encoded) == 3


def test_an_empty_archive_and_a_new_index_agree(room: Room) -> None:
    assert check(room) == []


@pytest.mark.parametrize(("damage", "wanted"), DAMAGE, ids=[wanted[0][:60] for _, wanted in DAMAGE])
def test_what_differs_is_told_and_mended(three: Room, damage: Callable[[Room], None], wanted: list[str]) -> None:
    digest = three.stores.catalogue.digest()
    damage(three)
    assert check(three) == wanted
    assert check(three) == wanted, "looking changes nothing"
    assert check(three, repair=True) == wanted
    assert check(three) == []
    assert three.stores.catalogue.digest() == digest
    ids = {"cau-1#0", "cau-2#0", "cau-3#0"}
    assert three.holds() == (ids, ids, sorted(ids))


def test_mending_takes_in_only_the_articles_concerned(three: Room) -> None:
    lose_a_vector(three)
    three.embedder.encoded.clear()
    check(three, repair=True)
    assert [text.split("\n")[0] for text in three.embedder.encoded] == ["Cầu số 1 thông xe"]


def test_an_article_that_is_gone_and_still_indexed_is_told_and_leaves(three: Room) -> None:
    three.archive.mark_gone("cau-2", "404")
    synced = three.archive.change_number()
    change(three, f"UPDATE facts SET value = '{synced}' WHERE name = 'synced'")
    assert check(three) == ["article cau-2 is gone from the archive and still in the index"]
    assert len(check(three, repair=True)) == 1
    assert three.holds()[0] == {"cau-1#0", "cau-3#0"}


def test_what_was_not_synced_yet_is_one_sentence_and_repair_syncs_it(three: Room) -> None:
    three.archive.add(bridge(1, text="Đính chính: cầu dài 50 m."))
    three.archive.add(bridge(4))
    three.archive.mark_gone("cau-3", "404")
    assert check(three) == ["changes of the archive that the index has not seen: 3"]
    assert len(check(three, repair=True)) == 1
    assert check(three) == []
    assert three.holds()[0] == {"cau-1#0", "cau-2#0", "cau-4#0"}


def test_many_ids_are_counted_and_a_few_of_them_named(room: Room) -> None:
    for n in range(1, 9):
        room.archive.add(bridge(n))
    room.sync()
    room.stores.lexical.clear()
    room.stores.lexical.close()
    assert check(room) == ["passages cau-1#0, cau-2#0, cau-3#0, cau-4#0, cau-5#0 and 3 more are not in the word index"]


def test_an_index_of_another_model_is_told_and_not_mended_by_halves(three: Room) -> None:
    other = WordBag(name="khác")
    wanted = ["the index was built with another model, splitter or Chroma than those set now"]
    assert verify(three.archive, three.stores, other) == wanted
    with pytest.raises(IndexMismatch, match="Mend: hoitin reindex"):
        verify(three.archive, three.stores, other, repair=True)


def test_what_mending_cannot_help_is_an_error_with_the_next_command(three: Room) -> None:
    with closing(sqlite3.connect(three.folder / "archive.sqlite")) as connection:
        connection.execute("UPDATE versions SET digest = 'sai' WHERE docid = 'cau-1'")
        connection.execute("UPDATE articles SET digest = 'sai' WHERE docid = 'cau-1'")
        connection.commit()
    assert check(three) == ["archive: cau-1: the text of its version 1 does not match its digest"]
    with pytest.raises(
        IndexDamaged, match=r"problems left after mending: 1 of 1, .*Mend: hoitin reindex, or hoitin restore"
    ):
        check(three, repair=True)


def test_a_verification_that_meets_a_writer_begins_anew(three: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    # Another process completes a batch just after the catalogue was read.
    other = Room.open(three.folder)
    ids = three.stores.lexical.ids

    def ids_after_a_sync() -> list[str]:
        if not other.archive.get("cau-4"):
            other.archive.add(bridge(4))
            other.sync()
            three.stores.lexical.reload()
        return ids()

    monkeypatch.setattr(three.stores.lexical, "ids", ids_after_a_sync)
    assert check(three) == []
    other.close()


def test_the_status_digest_is_the_same_for_the_same_articles(three: Room, tmp_path: Path) -> None:
    (tmp_path / "twin").mkdir()
    twin = Room.open(tmp_path / "twin")
    for n in (3, 1, 2):
        twin.archive.add(bridge(n))
    twin.sync()
    assert twin.stores.catalogue.digest() == three.stores.catalogue.digest()
    twin.close()
