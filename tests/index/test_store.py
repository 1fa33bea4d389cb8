"""The vector store: what is nearest, filters, metadata, and many readers of one folder."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path

import numpy as np
import pytest
from chroma_server import running_server

from index.store import NO_DATE, StoreError, VectorStore
from ingest.article import VIETNAM

EAST, NORTH, BETWEEN = (1.0, 0.0), (0.0, 1.0), (0.6, 0.8)


def at(day: int) -> datetime:
    return datetime(2026, 3, day, 8, 0, tzinfo=VIETNAM)


def facts(day: int | None = None, outlet: str = "", section: str = "") -> dict[str, str | int]:
    published = int(at(day).timestamp()) if day else NO_DATE
    return {"docid": "d", "published": published, "outlet": outlet, "section": section}


def vector(*points: tuple[float, float]) -> np.ndarray:  # type: ignore[type-arg]
    return np.array(points, np.float32)


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with running_server(tmp_path_factory.mktemp("chroma")) as url:
        yield url


@pytest.fixture(params=["embedded", "server"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[VectorStore]:
    url = request.getfixturevalue("server") if request.param == "server" else ""
    name = f"test-{abs(hash(str(tmp_path)))}"
    opened = VectorStore.open(tmp_path / "chroma", url=url, name=name)
    yield opened
    opened.close()


def filled(store: VectorStore) -> VectorStore:
    with store.writing() as draft:
        draft.put(
            ["đông", "bắc", "giữa"],
            vector(EAST, NORTH, BETWEEN),
            [facts(1, "Báo Lam", "Thời sự"), facts(2, "Báo Khê"), facts(None, "Báo Lam", "Thể thao")],
        )
    return store


def test_an_empty_store_finds_nothing(store: VectorStore) -> None:
    assert store.count() == 0
    assert store.ids() == set()
    assert store.nearest(np.array(EAST, np.float32), 5) == []
    assert store.vectors(["đông"]) == {}


def test_the_nearest_come_first_with_their_cosine(store: VectorStore) -> None:
    found = filled(store).nearest(np.array(EAST, np.float32), 2)
    assert [i for i, _ in found] == ["đông", "giữa"]
    assert [score for _, score in found] == pytest.approx([1.0, 0.6], abs=1e-6)


def test_asking_for_more_than_there_is_finds_all(store: VectorStore) -> None:
    assert len(filled(store).nearest(np.array(EAST, np.float32), 500)) == 3


@pytest.mark.parametrize(
    ("filters", "wanted"),
    [
        ({"since": at(2)}, {"bắc"}),
        ({"until": at(1)}, {"đông"}),
        ({"since": at(1), "until": at(2)}, {"đông", "bắc"}),
        ({"outlets": ["Báo Lam"]}, {"đông", "giữa"}),
        ({"outlets": ["Báo Lam", "Báo Khê"], "until": at(9)}, {"đông", "bắc"}),
        ({"sections": ["Thể thao"]}, {"giữa"}),
        ({"outlets": ["Báo Lạ"]}, set()),
    ],
)
def test_filters_keep_only_what_fits_and_an_undated_article_fits_no_dates(
    store: VectorStore, filters: dict[str, object], wanted: set[str]
) -> None:
    found = filled(store).nearest(np.array(EAST, np.float32), 9, **filters)  # type: ignore[arg-type]
    assert {i for i, _ in found} == wanted


def test_putting_an_id_again_replaces_its_vector_and_metadata(store: VectorStore) -> None:
    with filled(store).writing() as draft:
        draft.put(["đông"], vector(NORTH), [facts(9)])
    assert store.count() == 3
    assert store.vectors(["đông"])["đông"] == pytest.approx(NORTH)
    assert store.metadatas()["đông"] == facts(9)


def test_the_only_vector_can_be_replaced_too(store: VectorStore) -> None:
    for points in ([EAST], [NORTH], [BETWEEN, EAST]):
        with store.writing() as draft:
            draft.put(["một", "hai"][: len(points)], vector(*points), [facts(1)] * len(points))
        assert store.vectors(["một"])["một"] == pytest.approx(points[0])
        assert dict(store.nearest(np.array(points[0], np.float32), 2))["một"] == pytest.approx(1, abs=1e-6)


def test_metadata_changes_without_its_vector(store: VectorStore) -> None:
    with filled(store).writing() as draft:
        draft.describe(["đông"], [facts(9, "Báo Khê")])
    assert store.vectors(["đông"])["đông"] == pytest.approx(EAST)
    assert store.metadatas()["đông"] == facts(9, "Báo Khê")


def test_what_is_removed_is_not_found_and_unknown_ids_are_ignored(store: VectorStore) -> None:
    with filled(store).writing() as draft:
        draft.remove(["đông", "lạ"])
    assert store.ids() == {"bắc", "giữa"}
    assert "đông" not in dict(store.nearest(np.array(EAST, np.float32), 5))


def test_a_fresh_writing_forgets_everything_else(store: VectorStore) -> None:
    with filled(store).writing(fresh=True) as draft:
        draft.put(["mới"], vector(EAST), [facts()])
    assert store.ids() == {"mới"}
    assert [i for i, _ in store.nearest(np.array(NORTH, np.float32), 5)] == ["mới"]


def test_many_more_records_than_a_batch_arrive(store: VectorStore) -> None:
    points = np.random.default_rng(1).normal(size=(5_000, 2)).astype(np.float32)
    points /= np.linalg.norm(points, axis=1, keepdims=True)
    with store.writing() as draft:
        draft.put([f"p{n}" for n in range(5_000)], points, [facts(1)] * 5_000)
    assert store.count() == 5_000
    assert len(store.ids()) == 5_000
    best, score = store.nearest(points[4_321], 1)[0]
    assert score == pytest.approx(1, abs=1e-5)
    assert float(store.vectors([best])[best] @ points[4_321]) == pytest.approx(1, abs=1e-5)


def test_what_the_store_holds_is_there_after_it_was_closed(store: VectorStore) -> None:
    filled(store).close()
    assert store.count() == 3


def test_a_second_reader_sees_what_the_first_wrote(tmp_path: Path) -> None:
    writer, reader = VectorStore.open(tmp_path), VectorStore.open(tmp_path)
    assert reader.count() == 0
    filled(writer)
    assert reader.count() == 3
    with writer.writing() as draft:
        draft.remove(["bắc"])
        assert reader.count() == 3, "a draft is nobody's business"
    assert reader.count() == 2
    writer.close()
    reader.close()


def test_a_writing_that_fails_leaves_the_folder_as_it_was(tmp_path: Path) -> None:
    store = filled(VectorStore.open(tmp_path))

    def fail_half_way() -> None:
        with store.writing() as draft:
            draft.remove(["bắc"])
            raise RuntimeError("đứt")

    with pytest.raises(StoreError, match="đứt"):
        fail_half_way()
    assert store.count() == 3
    store.close()


def test_threads_search_while_the_store_is_replaced_under_them(tmp_path: Path) -> None:
    store = filled(VectorStore.open(tmp_path))

    def ask(_: int) -> bool:
        return [i for i, _ in store.nearest(np.array(EAST, np.float32), 1)] == ["đông"]

    with ThreadPoolExecutor(4) as pool:
        asked = [pool.submit(ask, n) for n in range(40)]
        for n in range(3):
            with store.writing() as draft:
                draft.put([f"m{n}"], vector(NORTH), [facts()])
        asked += [pool.submit(ask, n) for n in range(40)]
        assert all(future.result() for future in asked)
    assert store.count() == 6
    store.close()


def test_a_folder_that_is_not_chroma_s_says_so(tmp_path: Path) -> None:
    (tmp_path / "g000001").mkdir()
    (tmp_path / "g000001" / "chroma.sqlite3").write_text("không phải SQLite" * 100)
    with pytest.raises(StoreError, match=r"Chroma failed .*wanted one written by Chroma 1.5. Mend: hoitin reindex"):
        VectorStore.open(tmp_path).count()


@pytest.mark.parametrize("url", ["localhost:8000", "ftp://kho.example", "http://"])
def test_an_address_that_is_none_is_refused_at_once(tmp_path: Path, url: str) -> None:
    with pytest.raises(StoreError, match=r"HOITIN_CHROMA: found .*wanted http://host:port"):
        VectorStore.open(tmp_path, url=url)


def test_a_server_that_is_down_is_named_with_the_command_that_starts_it(tmp_path: Path) -> None:
    store = VectorStore.open(tmp_path, url="http://127.0.0.1:9")
    with pytest.raises(StoreError, match=r"http://127.0.0.1:9: Chroma failed .*Mend: chroma run --port 9"):
        store.count()
