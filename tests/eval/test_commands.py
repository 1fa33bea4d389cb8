"""The commands whole, over a real archive and a searcher of ten lines instead of a model."""

from __future__ import annotations

import json
import sys
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from app.answer import Answer, Citation, Question
from app.settings import Settings
from eval.cli import main
from index.passage import Hit, Passage, Query
from ingest.archive import Archive
from ingest.article import Article


class WordSearcher:
    """Articles by the words they share with the query."""

    def __init__(self, archive: Archive) -> None:
        self.archive = archive

    def search(self, query: Query, *, mode: str = "hybrid") -> list[Hit]:
        asked = set(query.text.lower().split())
        found = sorted(self.archive.current(), key=lambda a: -len(asked & set(a.text.lower().split())))
        return [Hit(whole(article), rank, 1 / rank) for rank, article in enumerate(found[: query.k], 1)]


def whole(article: Article) -> Passage:
    return Passage(f"{article.id}#0", article.id, 0, len(article.text), article.text, article.title)


class FirstHit:
    """Quotes the first hit; knows nothing of anyone who sings."""

    def __init__(self, searcher: WordSearcher) -> None:
        self.searcher = searcher

    def answer(self, question: Question) -> Answer:
        hits = self.searcher.search(Query(question.text))
        found = hits[0].passage
        quote = Citation(1, found.docid, "", found.title, "", None, found.text, found.start, found.end)
        silent = "hát" in question.text
        return Answer(
            question.text, "" if silent else f"{found.text} [1]", "", () if silent else (quote,), tuple(hits), 0.01,
            abstained="no_evidence" if silent else None, abstain_score=0.9 if silent else 0.2,
        )  # fmt: skip


@dataclass
class FakeApp:
    archive: Archive
    built: list[Path]
    home_path: Path

    def __post_init__(self) -> None:
        self.searcher = WordSearcher(self.archive)
        self.answerer = FirstHit(self.searcher)
        self.home = self
        self.embedder = self

    def writing(self) -> nullcontext[None]:
        return nullcontext()

    def encode_passages(self, texts: list[str]) -> None: ...

    def sync(self, progress: Any = None) -> int:
        self.built.append(self.home_path)
        return 0

    def __enter__(self) -> FakeApp:
        return self

    def __exit__(self, *_: object) -> None:
        self.archive.close()


@pytest.fixture
def built(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[Path]:
    """Replaces the wiring; holds the home of every sync."""
    synced: list[Path] = []

    def open_app(settings: Settings, **_: Any) -> FakeApp:
        settings.home.mkdir(parents=True, exist_ok=True)
        return FakeApp(Archive.open(settings.home / "archive.sqlite"), synced, settings.home)

    wiring = ModuleType("app.wiring")
    wiring.open_app = open_app  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "app.wiring", wiring)
    monkeypatch.setenv("HOITIN_CACHE", str(tmp_path / "cache"))
    return synced


def jsonl(path: Path, *records: dict[str, Any]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in records), encoding="utf-8")
    return path


def beir(folder: Path) -> Path:
    jsonl(
        folder / "corpus.jsonl", {"_id": "d1", "title": "", "text": "xã hoà an ngập"}, {"_id": "d2", "text": "cầu dài"}
    )
    jsonl(folder / "queries.jsonl", {"_id": "q1", "text": "xã ngập"}, {"_id": "q2", "text": "cầu dài"})
    (folder / "qrels.tsv").write_text("q1\td1\t1\nq2\td2\t1\n")
    return folder


FLOOD = {"id": "h1", "question": "xã nào ngập", "type": "factoid", "answerable": True, "answers": ["Hoà An"],
         "docids": ["d1"], "evidence": "xã hoà an ngập"}  # fmt: skip
SONG = {"id": "h2", "question": "ai hát", "type": "not_in_corpus", "answerable": False}


def test_retrieval_prints_a_table_and_writes_what_the_contract_says(
    built: list[Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "r.json"
    assert main(["retrieval", str(beir(tmp_path / "lũ")), "--json", str(out)]) == 0
    found = json.loads(out.read_text(encoding="utf-8"))
    assert found["n"] == 2
    assert found["metrics"] == {"R@1": 1, "R@5": 1, "R@10": 1, "MRR@10": 1, "nDCG@10": 1}
    assert set(found["latency_ms"]) == {"p50", "p95"}
    assert found["docs_per_s"] > 0
    assert [(i["qid"], i["docids"]) for i in found["items"]] == [("q1", ["d1", "d2"]), ("q2", ["d2", "d1"])]
    assert {"model", "engine", "mode", "data", "commit", "machine"} <= found["run"].keys()
    assert "nDCG@10  1.000" in capsys.readouterr().out


def test_an_index_is_used_again_for_the_same_corpus_and_built_anew_when_asked(
    built: list[Path], tmp_path: Path
) -> None:
    folder, out = beir(tmp_path / "lũ"), tmp_path / "r.json"
    reused = []
    for words in ([], [], ["--fresh"]):
        assert main(["retrieval", str(folder), "--json", str(out), *words]) == 0
        reused.append(json.loads(out.read_text(encoding="utf-8"))["run"]["index"]["reused"])
    assert reused == [False, True, False]
    assert len(set(built)) == 1
    jsonl(folder / "corpus.jsonl", {"_id": "d1", "text": "xã hoà an ngập sâu"}, {"_id": "d2", "text": "cầu dài"})
    assert main(["retrieval", str(folder)]) == 0
    assert len(set(built)) == 2


def test_an_index_made_by_older_rules_is_built_again(
    built: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from index.catalogue import IndexMismatch

    def refuse(self: FakeApp, progress: Any = None) -> int:
        raise IndexMismatch("luật cũ")

    folder = beir(tmp_path / "lũ")
    assert main(["retrieval", str(folder)]) == 0
    monkeypatch.setattr(FakeApp, "reindex", FakeApp.sync, raising=False)
    monkeypatch.setattr(FakeApp, "sync", refuse)
    assert main(["retrieval", str(folder)]) == 0
    assert len(built) == 2


def test_a_build_that_was_cut_short_is_taken_up_again(
    built: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, out, sync = beir(tmp_path / "lũ"), tmp_path / "r.json", FakeApp.sync
    monkeypatch.setattr(FakeApp, "sync", lambda self, progress: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        main(["retrieval", str(folder)])
    monkeypatch.setattr(FakeApp, "sync", sync)
    assert main(["retrieval", str(folder), "--json", str(out)]) == 0
    index = json.loads(out.read_text(encoding="utf-8"))["run"]["index"]
    assert (index["reused"], index["documents"]) == (False, 2)


def test_answers_over_a_beir_corpus_write_report_and_page(
    built: list[Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder, out, html = beir(tmp_path / "lũ"), tmp_path / "a.json", tmp_path / "a.html"
    questions = jsonl(tmp_path / "hỏi.jsonl", FLOOD, SONG)
    words = ["answers", "--articles", str(folder / "corpus.jsonl"), "--questions", str(questions)]
    assert main([*words, "--json", str(out), "--html", str(html)]) == 0
    found = json.loads(out.read_text(encoding="utf-8"))
    assert found["n"] == 2
    assert found["metrics"]["right"] == found["metrics"]["verbatim"] == found["metrics"]["abstain_auroc"] == 1
    assert found["by_type"]["factoid"]["metrics"]["citation_recall"] == 1
    contract = {"id", "answer", "short_answer", "abstained", "abstain_score", "citations", "hits", "seconds"}
    assert contract <= found["items"][0].keys()
    assert html.read_text(encoding="utf-8").startswith("<!doctype html>")
    assert "right" in capsys.readouterr().out


def test_robustness_asks_the_same_otherwise_and_compares(
    built: list[Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder, out = beir(tmp_path / "lũ"), tmp_path / "s.json"
    questions = jsonl(tmp_path / "hỏi.jsonl", FLOOD, SONG)
    words = ["robustness", "--articles", str(folder / "corpus.jsonl"), "--questions", str(questions)]
    assert main([*words, "--kinds", "no_diacritics", "telex", "--json", str(out)]) == 0
    found = json.loads(out.read_text(encoding="utf-8"))
    # "ai hat" has no "hát" left: the singer is answered for
    assert [(i["id"], i["question"]) for i in found["items"] if i["variant"] == "no_diacritics"] == [
        ("h1~no_diacritics", "xa nao ngap"), ("h2~no_diacritics", "ai hat"),
    ]  # fmt: skip
    assert found["by_variant"]["no_diacritics"]["metrics"]["same_silence"] == 0.5
    assert found["run"]["seed"] == 20251
    assert "right before" in capsys.readouterr().out
    assert main(["compare", str(out), str(out)]) == 0


def test_articles_are_read_as_the_archive_would_and_known_by_their_url_too(built: list[Path], tmp_path: Path) -> None:
    body = "Sáng 3/4, xã Hòa An ngập sâu sau trận mưa đêm. Người dân đã được đưa đến nơi an toàn."
    article = {"id": "d1", "url": "https://lua.example/1", "title": "Lũ ở Hòa An", "body": body, "outlet": "Báo Lúa"}
    articles = jsonl(tmp_path / "tin.jsonl", article)
    by_url = {**FLOOD, "id": "h3", "docids": ["https://lua.example/1"]}
    questions, out = jsonl(tmp_path / "hỏi.jsonl", FLOOD, by_url), tmp_path / "a.json"
    words = ["answers", "--articles", str(articles), "--questions", str(questions), "--json", str(out)]
    assert main(words) == 0
    found = json.loads(out.read_text(encoding="utf-8"))
    assert found["run"]["index"]["ingest"]["accepted"] == 1
    assert [item["scores"]["right"] for item in found["items"]] == [1, 1]
    assert [item["scores"]["citation_recall"] for item in found["items"]] == [1, 1]


def test_a_newcomers_three_articles_and_five_questions_give_a_report(built: list[Path], tmp_path: Path) -> None:
    bodies = {"d1": "Sáng 3/4, xã Hòa An ngập sâu sau trận mưa đêm.", "d2": "Cầu Sông Lam dài 1.200 m thông xe sáng nay.",
              "d3": "Bảo tàng Muối mở cửa miễn phí cho khách tham quan."}  # fmt: skip
    articles = jsonl(tmp_path / "bài.jsonl", *({"id": k, "title": f"Tin {k}", "body": v} for k, v in bodies.items()))
    asked = [("q1", "xã nào ngập", "Hoà An", "d1"), ("q2", "cầu dài bao nhiêu", "1200 m", "d2"),
             ("q3", "cầu nào thông xe", "Sông Lam", "d2"), ("q4", "bảo tàng nào miễn phí", "Muối", "d3")]  # fmt: skip
    questions = jsonl(
        tmp_path / "câu hỏi.jsonl",
        *({"id": k, "question": q, "answerable": True, "answers": [a], "docids": [d]} for k, q, a, d in asked),
        {"id": "q5", "question": "ai hát", "answerable": False},
    )
    out, page = tmp_path / "r.json", tmp_path / "r.html"
    words = ["answers", "--articles", str(articles), "--questions", str(questions), "--json", str(out)]
    assert main([*words, "--html", str(page)]) == 0
    assert json.loads(out.read_text(encoding="utf-8"))["metrics"]["right"] == 1
    assert "câu hỏi.jsonl" in page.read_text(encoding="utf-8")
    with open(articles, "a", encoding="utf-8") as file:
        file.write('{"title": "cụt\n')
    assert main(words) == 1


def test_articles_that_are_off_are_named_by_their_line_or_by_their_reason(
    built: list[Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good = {"id": "d1", "title": "Lũ", "body": "Sáng 3/4, xã Hòa An ngập sâu sau trận mưa đêm."}
    questions = jsonl(tmp_path / "hỏi.jsonl", FLOOD)
    cut = tmp_path / "cụt.jsonl"
    cut.write_text(json.dumps(good) + '\n\n{"id": "d2", \n', encoding="utf-8")
    assert main(["answers", "--articles", str(cut), "--questions", str(questions)]) == 1
    assert "cụt.jsonl:3: found no JSON" in capsys.readouterr().err
    empty = jsonl(tmp_path / "rỗng.jsonl", good, {"id": "d2", "title": "Không có gì", "body": ""})
    assert main(["answers", "--articles", str(empty), "--questions", str(questions)]) == 0
    assert "NOT ARCHIVED: 1 records" in capsys.readouterr().out
    nothing = jsonl(tmp_path / "không.jsonl", {"id": "d2", "title": "Không có gì", "body": ""})
    assert main(["answers", "--articles", str(nothing), "--questions", str(questions)]) == 1
    assert "none of its records became an article" in capsys.readouterr().err


def test_the_gate_pins_passes_and_then_fails_when_quality_falls(
    built: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    data = tmp_path / "data"
    article = {"id": "d1", "url": "https://lua.example/1", "title": "Lũ", "outlet": "Báo Lúa",
               "body": "Sáng 3/4, xã Hòa An ngập sâu sau trận mưa đêm hôm trước."}  # fmt: skip
    jsonl(data / "sample" / "tin.jsonl", article)
    jsonl(data / "questions" / "hỏi.jsonl", FLOOD, SONG)
    gate = ["gate", "--data", str(data)]
    assert main(gate) == 1
    assert "gate --update" in capsys.readouterr().err
    assert main([*gate, "--update"]) == 0
    assert main(gate) == 0
    assert "passed, 2 questions" in capsys.readouterr().out
    monkeypatch.setattr(FirstHit, "answer", lambda self, question: 1 / 0)
    assert main(gate) == 1
    assert "fell: right" in capsys.readouterr().err
    assert main([*gate, "--update"]) == 1
    assert "lowers right 1.000 → 0.000" in capsys.readouterr().err
    assert main([*gate, "--update", "--allow-regression", "thử"]) == 0
    baseline = data / "questions" / "baseline.json"
    assert json.loads(baseline.read_text(encoding="utf-8"))["lowered"][0]["reason"] == "thử"


def test_compare_says_what_moved(built: list[Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder, out = beir(tmp_path / "lũ"), tmp_path / "old.json"
    assert main(["retrieval", str(folder), "--json", str(out)]) == 0
    new = json.loads(out.read_text(encoding="utf-8"))
    new["items"][1]["scores"]["MRR@10"] = 0.5
    (tmp_path / "new.json").write_text(json.dumps(new), encoding="utf-8")
    capsys.readouterr()
    assert main(["compare", str(out), str(tmp_path / "new.json")]) == 0
    printed = capsys.readouterr().out
    assert "worse: q2" in printed
    assert "-0.250" in printed


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        ([], 2, "required"),
        (["retrieval"], 2, "BEIR_DIR"),
        (["retrieval", "không-có"], 1, "không-có: found nothing, wanted a BEIR folder"),
        (["retrieval", ".", "--mode", "magic"], 2, "invalid choice"),
        (["answers", "--articles", "không-có", "--questions", "không-có.jsonl"], 1, "không-có.jsonl: cannot be read"),
        (["answers", "--articles", "a", "--questions", "q", "--timeout-s", "-1"], 2, "wanted seconds above 0"),
        (["answers", "--articles", "a", "--questions", "q", "--timeout-s", "nan"], 2, "wanted seconds above 0"),
        (["answers", "--articles", "a", "--questions", "q", "--now", "hôm qua"], 2, "wanted ISO 8601"),
        (["answers", "--articles", "a", "--questions", "q", "--json", "không/có.json"], 2, "mkdir -p không"),
        (["answers", "--articles", "a", "--questions", "q", "--html", "q"], 2, "would be written over q"),
        (["retrieval", ".", "--work", f"{__file__}/x"], 2, "is a file, wanted a folder"),
        (["compare", "a.json", "b.json", "--json", "a.json"], 2, "would be written over a.json"),
        (["compare", "không-có", "không-có"], 1, "wanted a report"),
        (["gate", "--data", "không-có"], 1, "found no sample/"),
        (["gate", "--allow-regression", "x"], 2, "found no --update"),
    ],
)
def test_what_goes_wrong_is_one_line_and_an_exit_code(
    words: list[str], code: int, message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(words) == code
    assert message in capsys.readouterr().err


def test_help_imports_nothing_heavy(capsys: pytest.CaptureFixture[str]) -> None:
    import subprocess

    code = (
        "import sys; from eval.cli import main; main(['--help']); "
        "heavy = {'numpy', 'torch', 'chromadb', 'sqlalchemy'} & set(sys.modules); sys.exit(str(heavy) if heavy else 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "retrieval" in done.stdout
