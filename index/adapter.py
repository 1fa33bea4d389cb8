"""What the default model has learnt of Vietnamese questions: a change of low rank to each of its weight matrices.

In: `index/adapter.npz`, two float16 matrices for each one changed: `<name>.up` (rows, rank) and `<name>.down`
(rank, columns), written by scripts/tune_encoder.py. Out: up @ down, to be added to the matrix of that name
(Hu et al., 2021). Added when the model is built, it costs nothing when the model runs. This module knows nothing
of engines or tokens.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np
import numpy.typing as npt

Float32 = npt.NDArray[np.float32]

PATH = Path(__file__).with_name("adapter.npz")


def read_adapter(path: Path = PATH) -> dict[str, Float32]:
    """Change of each matrix by its name in the weight file ("l0.q.w"), (rows, columns). Raises OSError or ValueError."""
    try:
        with np.load(path) as stored:
            parts = {name: stored[name].astype(np.float32) for name in stored.files if name.endswith((".up", ".down"))}
    except (EOFError, BadZipFile) as error:
        raise ValueError(f"cut short or broken ({error})") from error
    names = {name.rpartition(".")[0] for name in parts}
    return {name: parts[f"{name}.up"] @ parts[f"{name}.down"] for name in names}


def write_adapter(path: Path, changes: Mapping[str, tuple[Float32, Float32]]) -> None:
    """Keep the changes, name -> (up, down), in half precision."""
    parts: dict[str, Any] = {}
    for name, (up, down) in sorted(changes.items()):
        parts |= {f"{name}.up": up.astype(np.float16), f"{name}.down": down.astype(np.float16)}
    np.savez(path, **parts)
