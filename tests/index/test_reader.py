"""The reader: what it is given, what it says of sentences, and what happens without its weights."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from index import reader as module
from index.offline import ModelMissing
from index.reader import HEAD, PATH, SENTENCE, Context, Reader, ensure_reader, read_head

BRIDGE = "Cầu Sương Mai khánh thành"
SENTENCES = (
    "Cầu Sương Mai bắc qua sông Sương, nối hai xã Cát Lành và Đồi Quế.",
    "Công trình ngốn hết 86 tỷ đồng tiền ngân sách.",
    "Người dân hai bờ đổ về xem rất đông trong buổi sáng khánh thành.",
)
CONTEXTS = [Context(BRIDGE, "", sentence) for sentence in SENTENCES]


@pytest.fixture(scope="module")
def reader(model: Path) -> Reader:
    return Reader(model.parent.parent)


@pytest.mark.model
def test_the_sentence_that_answers_stands_before_those_that_share_the_question_s_words(reader: Reader) -> None:
    name, price, people = reader.read("Xây cầu Sương Mai tốn bao nhiêu tiền?", CONTEXTS)
    assert price.beside > name.beside
    assert price.beside > people.beside
    assert price.answers > name.answers


@pytest.mark.model
def test_a_sentence_is_read_alike_alone_and_among_others(reader: Reader) -> None:
    question = "Cầu Sương Mai nối những xã nào?"
    together = reader.read(question, CONTEXTS)
    alone = [reader.read(question, [context])[0] for context in CONTEXTS]
    assert [r.beside for r in together] == pytest.approx([r.beside for r in alone], abs=0.15)
    assert [r.answers for r in together] == pytest.approx([r.answers for r in alone], abs=0.15)


@pytest.mark.model
def test_each_token_has_its_place_in_the_sentence_and_three_log_odds(reader: Reader) -> None:
    (read,) = reader.read("Xây cầu tốn bao nhiêu?", [CONTEXTS[1]])
    assert read.tokens.shape == (len(read.places), 3)
    assert read.tokens.dtype == np.float32
    assert np.isfinite(read.tokens).all()
    pieces = [SENTENCES[1][a:b].strip() for a, b in read.places]
    assert "".join(pieces) == SENTENCES[1].replace(" ", "")


@pytest.mark.model
def test_the_words_that_answer_are_likelier_than_the_others(reader: Reader) -> None:
    (read,) = reader.read("Xây cầu Sương Mai tốn bao nhiêu tiền?", [CONTEXTS[1]])
    inside = [SENTENCES[1][a:b].strip() in ("86", "tỷ", "đồng") for a, b in read.places]
    assert sum(inside) == 3
    assert read.tokens[inside, 2].mean() > read.tokens[np.logical_not(inside), 2].mean()


@pytest.mark.model
@pytest.mark.parametrize(
    "text",
    ["", " ", "\x00", "\udce9", "<s> </s> <unk>", "\ufdfa" * 1_000, "x" * 100_000, "một hai ba " * 4_000, "😀", "漢字"],
)
def test_any_text_is_read(reader: Reader, text: str) -> None:
    (read,) = reader.read(text or "?", [Context(text, text, text)])
    assert np.isfinite([read.beside, read.answers]).all()
    assert len(read.places) <= SENTENCE


@pytest.mark.model
def test_many_may_ask_at_once(reader: Reader) -> None:
    alone = [r.beside for r in reader.read("Cầu nối những xã nào?", CONTEXTS)]
    with ThreadPoolExecutor(8) as pool:
        for found in pool.map(lambda _: reader.read("Cầu nối những xã nào?", CONTEXTS), range(24)):
            assert [r.beside for r in found] == pytest.approx(alone, abs=0.15)


@pytest.mark.model
def test_nothing_to_read_is_nothing_read(reader: Reader) -> None:
    assert reader.read("Ai?", []) == []


@pytest.mark.model
def test_only_the_first_of_a_long_sentence_is_read_and_the_end_of_what_stands_before_it(reader: Reader) -> None:
    long = " ".join(SENTENCES) * 4
    (row,) = reader.rows("Ai khánh thành cầu?", [Context(BRIDGE, long, long)])
    assert len(row.places) == SENTENCE
    (cut,) = reader.rows("Ai khánh thành cầu?", [Context(BRIDGE, "Khác hẳn. " + long, long)])
    assert row.ids == cut.ids


@pytest.mark.model
def test_it_opens_without_torch(model: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from index.reader import Context, Reader;"
        f"Reader(Path({str(model.parent.parent)!r})).read('Ai?', [Context('', '', 'Bà Én.')]);"
        "print([m for m in ('torch', 'transformers', 'sentence_transformers') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_what_it_learnt_is_kept_whole_and_small() -> None:
    head = read_head()
    assert head.keys() == set(HEAD)
    assert head["kind"].shape[0] == 6
    assert all(np.isfinite(part).all() for part in head.values())
    assert PATH.stat().st_size < 3_500_000


@pytest.mark.parametrize("content", [None, b"", b"PK\x03\x04 no archive"])
def test_without_its_weights_the_error_says_how_to_mend_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes | None
) -> None:
    if content is not None:
        (tmp_path / "reader.npz").write_bytes(content)
    monkeypatch.setattr(module, "PATH", tmp_path / "reader.npz")
    with pytest.raises(ModelMissing, match="Mend: pip install --force-reinstall hoitin"):
        ensure_reader(tmp_path / "cache")
    assert not list((tmp_path / "cache").rglob("network.xml"))


def test_a_cache_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file")
    with pytest.raises(ModelMissing, match=r"cache.*HOITIN_CACHE=/a/folder/you/can/write"):
        ensure_reader(tmp_path / "cache")


@pytest.mark.model
def test_what_a_killed_build_left_is_cleared_away_and_the_graph_written_once(tmp_path: Path) -> None:
    target = ensure_reader(tmp_path)
    name = target.parent.name
    written = target.stat().st_mtime_ns
    assert ensure_reader(tmp_path) == target
    assert target.stat().st_mtime_ns == written
    target.unlink()
    (tmp_path / "models" / f".{name}-1").mkdir()
    assert ensure_reader(tmp_path).is_file()
    assert [path.name for path in (tmp_path / "models").iterdir() if path.is_dir()] == [name]
