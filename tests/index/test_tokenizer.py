"""The tokenizer of just the pieces that are needed cuts exactly as the whole one."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.tokenizer import MAX_PIECE, SHORT, SPECIAL, ModelTokenizer, write_pieces, write_tokenizer

LETTERS = [(letter, -5.0) for letter in "▁abcđm"]
PIECES = [*((mark, 0.0) for mark in SPECIAL), *LETTERS, ("▁ba", -1.0), ("▁bac", -1.5), ("ac", -1.0), ("▁", -2.0)]
PIECES = list(dict(PIECES).items())

TEXTS = [
    "",
    " ",
    "query: Ai là chủ tịch tỉnh Lam Giang?",
    "query: Cầu   Sông Lam\tdài\nbao nhiêu mét",
    "query: Thu\u0309 tu\u031bo\u031b\u0301ng la\u0300 ai",  # decomposed
    "query: ①②③ ﬁ Ⅳ ½ ㎏ ＡＢＣ",
    "query: 😀👩‍👩‍👧 🇻🇳",
    "query: a\u200bb\u00adc\u00a0d\ufeff",
    "query: a\x00b\x01c\x1f",
    "query: <s>xin</s> chào <pad> <unk> <mask>",
    "query: ▁đã▁có▁gạch",
    "query: 漢字かな한국어 ไทย العربية",
    "query: " + "\ufdfa" * 100,
    "query: " + "khôngcóchỗcách" * 60,
    "query: lỗi \udce9 chữ".encode(errors="replace").decode(),
    "query: " + "một hai ba " * 300,
]


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> ModelTokenizer:
    folder = tmp_path_factory.mktemp("small")
    (folder / "graph").mkdir()
    write_tokenizer(folder, PIECES)
    write_pieces(folder, PIECES)
    return ModelTokenizer(folder, 9)


def test_the_cut_of_highest_total_score_is_chosen(small: ModelTokenizer) -> None:
    names = [piece for piece, _ in PIECES]
    # "▁bac" costs 1.5; "▁ba" + "c" costs 6
    assert [names[i] for i in small.encode(["bac"])[0]] == ["<s>", "▁bac", "</s>"]
    assert [names[i] for i in small.encode(["bac bam"])[0]] == ["<s>", "▁bac", "▁ba", "m", "</s>"]
    assert [names[i] for i in small.encode(["bax"])[0]] == ["<s>", "▁ba", "<unk>", "</s>"]
    assert [names[i] for i in small.encode([""])[0]] == ["<s>", "</s>"]


def test_more_tokens_than_allowed_are_left_out(small: ModelTokenizer) -> None:
    assert len(small.encode(["m " * 50])[0]) == len(small.encode_whole(["m " * 50])[0]) == 9


@given(st.text(alphabet="abcđmx ▁<s>/\ufdfa\u0301", max_size=40))
@settings(max_examples=300)
def test_the_quick_one_agrees_with_the_whole_one_on_any_text(small: ModelTokenizer, text: str) -> None:
    assert small.encode([text]) == small.encode_whole([text])


def test_a_vocabulary_that_breaks_the_rules_is_refused(tmp_path: Path) -> None:
    (tmp_path / "graph").mkdir()
    with pytest.raises(ValueError, match="the vocabulary begins with"):
        write_pieces(tmp_path, PIECES[1:])
    with pytest.raises(ValueError, match=f"at most {MAX_PIECE} characters"):
        write_pieces(tmp_path, [*PIECES, ("x" * (MAX_PIECE + 1), -3.0)])
    with pytest.raises(ValueError, match="told apart by their hashes"):
        write_pieces(tmp_path, [*PIECES, PIECES[-1]])


@pytest.mark.model
def test_the_quick_tokenizer_of_the_real_model_agrees_with_the_whole_one(model: Path) -> None:
    quick, whole = ModelTokenizer(model, 512), ModelTokenizer(model, 512)
    assert quick.encode(TEXTS) == whole.encode_whole(TEXTS)
    for text in TEXTS:
        assert quick.encode([text]) == whole.encode_whole([text]), text


@pytest.mark.model
@given(texts=st.lists(st.text(max_size=200), max_size=3))
@settings(max_examples=150, deadline=None)
def test_the_real_ones_agree_on_any_texts(model: Path, texts: list[str]) -> None:
    both = _real(model)
    assert both.encode(texts) == both.encode_whole(texts)


@pytest.mark.model
def test_only_a_long_text_loads_the_whole_tokenizer(model: Path) -> None:
    quick = ModelTokenizer(model, 512)
    quick.encode(["x " * (SHORT // 2)])
    assert quick._whole is None
    short, long, last = quick.encode(["một", "x " * SHORT, "hai"])
    assert quick._whole is not None
    assert (short, last, len(long)) == (*quick.encode_whole(["một", "hai"]), 512)


_OPENED: dict[Path, ModelTokenizer] = {}


def _real(model: Path) -> ModelTokenizer:
    return _OPENED.setdefault(model, ModelTokenizer(model, 512))
