"""The object graph: opened piece by piece, only what is asked for, and closed again."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from app.answer import Question
from app.quote import QuotationAnswerer
from app.settings import Settings
from app.wiring import App, open_app
from index.catalogue import IndexMismatch
from index.passage import Query
from ingest.errors import HoitinError
from tests.app.desk import article, opened
from tests.index.wordbag import WordBag

BRIDGE = article("cau", "2026-03-02 08:00", "Cầu Sương Mai thông xe", "Cầu Sương Mai dài 486 m.")
MARKET = article("cho", "2026-03-03 08:00", "Chợ đêm Tre Xanh", "Chợ đêm Tre Xanh có 86 gian hàng.")

HEAVY = ("torch", "sentence_transformers", "transformers", "openvino", "chromadb", "tantivy", "gradio", "llama_index")


def test_a_home_that_is_not_there_is_named_with_the_command_that_makes_one(tmp_path: Path) -> None:
    with pytest.raises(HoitinError, match=r"HOITIN_HOME=.*no archive here yet.*Mend: hoitin ingest SOURCE"):
        open_app(Settings(home=tmp_path / "home"))
    assert not (tmp_path / "home").exists()


def test_a_home_is_made_when_asked_for_and_found_again(tmp_path: Path) -> None:
    with open_app(Settings(home=tmp_path / "home"), create=True) as app:
        app.archive.add(BRIDGE)
    with open_app(Settings(home=tmp_path / "home")) as app:
        assert app.archive.get("cau") == BRIDGE


def test_an_app_opens_nothing_until_it_is_asked_for(tmp_path: Path) -> None:
    with open_app(Settings(home=tmp_path / "home"), create=True) as app:
        assert set(app.__dict__) == {"settings", "home", "_on_build"}
        assert not (tmp_path / "home" / "index").exists()
        assert app.archive is app.archive


def test_a_command_that_reads_the_archive_pays_for_no_model_and_no_index(tmp_path: Path) -> None:
    code = (
        "import sys, json; from pathlib import Path; from app.settings import Settings; from app.wiring import open_app\n"
        f"with open_app(Settings(home=Path({str(tmp_path / 'home')!r})), create=True) as app: app.archive.count()\n"
        f"print(json.dumps([m for m in {HEAVY!r} if m in sys.modules]))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=120)
    assert (ran.stderr, json.loads(ran.stdout)) == ("", [])


def test_the_answerer_quotes_from_the_archive_through_the_index(tmp_path: Path) -> None:
    with opened(tmp_path, [BRIDGE, MARKET]) as app:
        assert isinstance(app.answerer, QuotationAnswerer)
        answer = app.answerer.answer(Question("Cầu Sương Mai dài bao nhiêu mét?"))
        assert answer.hits[0].passage.docid == "cau"
        assert app.searcher.search(Query("Chợ đêm"))[0].passage.docid == "cho"


def test_sync_indexes_what_is_new_and_tells_how_far_it_is(tmp_path: Path) -> None:
    with opened(tmp_path, [BRIDGE]) as app:
        app.archive.add(MARKET)
        told: list[tuple[int, int]] = []
        assert app.sync(lambda done, total: told.append((done, total))) == 1
        assert told[-1] == (1, 1)
        assert app.sync() == 0
        assert app.verify() == []


def test_an_article_that_is_archived_and_not_indexed_is_a_problem_that_repair_mends(tmp_path: Path) -> None:
    with opened(tmp_path, [BRIDGE]) as app:
        app.archive.add(MARKET)
        assert app.verify() != []
        with app.home.writing():
            app.verify(repair=True)
        assert app.verify() == []
        assert app.searcher.search(Query("Chợ đêm"))[0].passage.docid == "cho"


def other_model(app: App) -> None:
    app.__dict__["embedder"] = WordBag(name="another", dimension=32)


def test_another_model_is_refused_until_the_index_is_built_anew(tmp_path: Path) -> None:
    with opened(tmp_path, [BRIDGE, MARKET]) as app:
        app.check()
        other_model(app)
        with pytest.raises(IndexMismatch, match="hoitin reindex"):
            app.check()
        with pytest.raises(IndexMismatch, match="hoitin reindex"):
            _ = app.answerer
        with app.home.writing():
            assert app.reindex() == 2
        app.check()
        assert app.searcher.search(Query("Chợ đêm"))[0].passage.docid == "cho"


def test_a_searcher_from_before_is_not_kept_over_a_reindex(tmp_path: Path) -> None:
    with opened(tmp_path, [BRIDGE]) as app:
        before = app.searcher
        with app.home.writing():
            app.reindex()
        assert app.searcher is not before


def test_what_was_opened_is_closed_and_opens_anew_when_asked_for_again(tmp_path: Path) -> None:
    app = opened(tmp_path, [BRIDGE])
    searcher, answerer = app.searcher, app.answerer
    app.close()
    app.close()
    assert {"archive", "stores", "searcher", "answerer"}.isdisjoint(app.__dict__)
    assert app.archive.count() == 1
    assert app.searcher is not searcher
    assert app.answerer is not answerer
    assert app.searcher.search(Query("Cầu"))[0].passage.docid == "cau"
    app.close()


def test_an_error_inside_leaves_the_home_usable(tmp_path: Path) -> None:
    def fail() -> None:
        with opened(tmp_path, [BRIDGE]) as app:
            _ = app.searcher
            raise RuntimeError("đứt")

    with pytest.raises(RuntimeError, match="đứt"):
        fail()
    with open_app(Settings(home=tmp_path / "home")) as app:
        app.__dict__["embedder"] = WordBag(dimension=512)
        assert app.verify() == []
