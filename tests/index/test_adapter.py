"""What the default model learnt: kept whole in half precision, added to the matrices it names, and missed when it is gone."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import tiny_weights

from index import offline
from index.adapter import PATH, read_adapter, write_adapter
from index.offline import ModelMissing, Weights, read_weights, state_dict


def test_a_change_is_up_times_down(tmp_path: Path) -> None:
    up, down = np.array([[1.0], [2.0]], np.float32), np.array([[0.5, -0.25, 0.0]], np.float32)
    write_adapter(tmp_path / "a.npz", {"l0.q.w": (up, down)})
    changes = read_adapter(tmp_path / "a.npz")
    assert changes.keys() == {"l0.q.w"}
    assert changes["l0.q.w"].tolist() == [[0.5, -0.25, 0.0], [1.0, -0.5, 0.0]]
    assert changes["l0.q.w"].dtype == np.float32


def test_it_is_added_to_the_matrix_of_its_name_and_to_no_other() -> None:
    change = np.full((tiny_weights.INNER, tiny_weights.HIDDEN), 0.125, np.float32)
    plain = state_dict(Weights(tiny_weights.weight_file()))
    changed = state_dict(Weights(tiny_weights.weight_file(), {"l0.fi.w": change}))
    name = "encoder.layer.0.intermediate.dense.weight"
    assert np.allclose(changed[name] - plain[name], 0.125)
    assert all(np.array_equal(changed[other], plain[other]) for other in plain if other != name)


def test_the_one_kept_changes_every_linear_layer_of_the_encoder_a_little() -> None:
    changes = read_adapter()
    assert changes.keys() == {f"l{n}.{part}.w" for n in range(12) for part in ("q", "k", "v", "ao", "fi", "fo")}
    assert all(np.isfinite(change).all() and 0 < np.abs(change).max() < 0.1 for change in changes.values())
    assert PATH.stat().st_size < 1_500_000


@pytest.mark.model
def test_without_it_the_weights_are_the_package_s() -> None:
    name = "encoder.layer.11.attention.self.query.weight"
    plain, adapted = (state_dict(read_weights(changes=changes))[name] for changes in ({}, None))
    assert np.allclose(adapted - plain, read_adapter()["l11.q.w"], atol=1e-6)


@pytest.mark.model
@pytest.mark.parametrize("content", [None, b"", b"PK broken"])
def test_a_missing_or_broken_one_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes | None
) -> None:
    kept = tmp_path / "adapter.npz"
    if content is not None:
        kept.write_bytes(content)
    monkeypatch.setattr(offline, "ADAPTER", kept)
    with pytest.raises(ModelMissing, match=r"adapter.npz: .*wanted what the default model learnt.*Mend: pip install"):
        read_weights()
