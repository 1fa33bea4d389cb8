"""The order's last word: the newest among what matches as well, and a cross-encoder where one is set."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from wordbag import MONDAY, Room, bridge

from index.offline import ModelMissing
from index.order import AS_WELL, RERANKED, newest_first, open_reranker, reranked
from index.passage import Passage, Query
from index.search import Searcher


def passage(docid: str, day: int | None, n: int = 0) -> Passage:
    published = None if day is None else MONDAY + timedelta(days=day)
    return Passage(f"{docid}#{n}", docid, 0, 4, "Tin.", docid, published=published)


class Longest:
    """Likes long texts best. read: all it was given."""

    def __init__(self) -> None:
        self.read: list[str] = []

    def scores(self, question: str, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        self.read.extend(texts)
        return np.array([len(text) for text in texts], np.float32)


# ---- the newest


def test_among_passages_that_match_as_well_the_newest_article_is_first_and_the_undated_last() -> None:
    passages = {p.id: p for p in (passage("cũ", 1), passage("không", None), passage("mới", 5))}
    found = [("cũ#0", 7.0), ("không#0", 6.9), ("mới#0", 6.8)]
    assert newest_first(found, passages) == [
        ("mới#0", 7.0),
        ("cũ#0", pytest.approx(7.0 - AS_WELL / 3)),
        ("không#0", pytest.approx(7.0 - 2 * AS_WELL / 3)),
    ]


def test_what_matches_worse_stays_behind_however_new_it_is() -> None:
    passages = {p.id: p for p in (passage("cũ", 1), passage("mới", 5))}
    found = [("cũ#0", 7.0), ("mới#0", 6.9 - AS_WELL)]
    assert newest_first(found, passages) == found


def test_passages_of_one_article_keep_their_order() -> None:
    passages = {p.id: p for p in (passage("cũ", 1), passage("mới", 5, 0), passage("mới", 5, 1))}
    found = [("cũ#0", 7.0), ("mới#1", 6.9), ("mới#0", 6.8)]
    assert [i for i, _ in newest_first(found, passages)] == ["mới#1", "mới#0", "cũ#0"]


def test_a_search_for_the_newest_orders_by_date_and_any_other_does_not(tmp_path: Path) -> None:
    room = Room.open(tmp_path)
    text = "Cầu ở xã Lam Khê vừa thông xe sáng nay."
    for n in (1, 3, 2):
        room.archive.add(replace(bridge(n, text=text), title="Cầu Lam Khê"))
    room.sync()
    searcher = Searcher(room.stores, room.embedder)
    newest = searcher.search(Query("Cầu mới nhất ở Lam Khê", newest=True))
    room.close()
    assert [hit.passage.docid for hit in newest] == ["cau-3", "cau-2", "cau-1"]
    assert [hit.rank for hit in newest] == [1, 2, 3]
    assert newest[0].score > newest[1].score > newest[2].score > newest[0].score - AS_WELL


# ---- a cross-encoder


def test_a_cross_encoder_orders_the_first_passages_and_the_scores_stay_in_place() -> None:
    texts = {f"d{n}#0": Passage(f"d{n}#0", f"d{n}", 0, 9, "x" * n, "T") for n in range(RERANKED + 2)}
    found = [(f"d{n}#0", 9.0 - n / 10) for n in range(RERANKED + 2)]
    by = Longest()
    changed = reranked(found, texts, "gì?", by)
    assert [i for i, _ in changed] == [f"d{n}#0" for n in (*reversed(range(RERANKED)), RERANKED, RERANKED + 1)]
    assert [score for _, score in changed] == [score for _, score in found]
    assert by.read[0] == "T\n"
    assert len(by.read) == RERANKED


def test_nothing_found_is_nothing_to_order() -> None:
    assert reranked([], {}, "gì?", Longest()) == newest_first([], {}) == []


def test_without_a_name_there_is_no_cross_encoder() -> None:
    assert open_reranker("") is None


def test_a_search_asks_the_cross_encoder_that_it_was_given(tmp_path: Path) -> None:
    room = Room.open(tmp_path)
    room.archive.add(bridge(1, text="Cầu số 1 thông xe."))
    room.archive.add(bridge(2, text="Cầu số 2 thông xe, bà con xã Lam Khê mừng lắm."))
    room.sync()
    plain = Searcher(room.stores, room.embedder).search(Query("Cầu số 1 thông xe"))
    by = Longest()
    ordered = Searcher(room.stores, room.embedder, by).search(Query("Cầu số 1 thông xe"))
    room.close()
    assert [hit.passage.docid for hit in plain] == ["cau-1", "cau-2"]
    assert [hit.passage.docid for hit in ordered] == ["cau-2", "cau-1"]
    assert [hit.score for hit in ordered] == [hit.score for hit in plain]
    assert ordered[0].dense == plain[1].dense, "the two legs' scores go with their passage"


def test_a_real_cross_encoder_gives_the_scores_that_its_network_gives(tmp_path: Path) -> None:
    folder, question, texts = tmp_path / "chấm", "cầu dài bao nhiêu", ["cầu dài", "chợ đông", "cầu"]
    expected = tiny_cross_encoder(folder, labels=1, question=question, texts=texts)
    by = open_reranker(str(folder))
    assert by is not None
    found = by.scores(question, texts)
    assert found.dtype == np.float32
    assert found == pytest.approx(expected, abs=1e-5)
    assert len(set(np.round(found, 6))) == 3, "it can tell them apart"


def test_a_classifier_of_several_labels_is_no_cross_encoder_for_search(tmp_path: Path) -> None:
    tiny_cross_encoder(tmp_path / "ba", labels=3, question="cầu", texts=["chợ"])
    with pytest.raises(ModelMissing, match=r"it gives 3 scores a pair.*Mend: unset HOITIN_RERANKER"):
        open_reranker(str(tmp_path / "ba"))


@pytest.mark.parametrize("name", ["nobody/no-such-reranker", "/no/such/reranker"])
def test_a_cross_encoder_that_is_nowhere_is_named_with_the_ways_out(name: str) -> None:
    with pytest.raises(
        ModelMissing, match=rf"HOITIN_RERANKER={name}: .*Mend: unset HOITIN_RERANKER, or HF_HUB_OFFLINE=0"
    ):
        open_reranker(name)


def tiny_cross_encoder(folder: Path, *, labels: int, question: str, texts: Sequence[str]) -> list[float]:
    """Write a BERT of one layer and 16 dimensions with random weights; returns what it gives, through its sigmoid."""
    torch = pytest.importorskip("torch")
    transformers = pytest.importorskip("transformers")
    folder.mkdir()
    words = sorted({*question.split(), *(word for text in texts for word in text.split())})
    (folder / "vocab.txt").write_text(
        "\n".join(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *words]), encoding="utf-8"
    )
    tokenizer = transformers.BertTokenizer(
        str(folder / "vocab.txt"), strip_accents=False, do_lower_case=False, model_max_length=64
    )
    torch.manual_seed(7)
    config = transformers.BertConfig(
        vocab_size=5 + len(words), hidden_size=16, num_hidden_layers=1, num_attention_heads=2, intermediate_size=32,
        max_position_embeddings=64, num_labels=labels, initializer_range=1.0,
    )  # fmt: skip
    model = transformers.BertForSequenceClassification(config).eval()
    model.save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    with torch.no_grad():
        batch = tokenizer([question] * len(texts), list(texts), padding=True, return_tensors="pt")
        return [float(x) for x in torch.sigmoid(model(**batch).logits[:, 0])]
