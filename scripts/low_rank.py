"""A change of low rank to the linear layers of the default model: what scripts/tune_encoder.py and scripts/teach_reader.py learn.

In: the model, frozen. Out: the same model with a `Changed` in the place of each linear layer, by the name its weights have in
index/adapter.npz. This module knows nothing of questions.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

import torch
from torch import nn

SCALE = 2.0
"""What a change is multiplied by: it learns as many times as fast."""

SHORT = {
    "attention.self.query": "q", "attention.self.key": "k", "attention.self.value": "v",
    "attention.output.dense": "ao", "intermediate.dense": "fi", "output.dense": "fo",
}  # fmt: skip


class Changed(nn.Module):
    """A linear layer and a change of low rank; only the change learns."""

    def __init__(self, layer: nn.Linear, rank: int) -> None:
        super().__init__()
        self.layer = layer
        self.down = nn.Parameter(torch.randn(rank, layer.in_features) / math.sqrt(layer.in_features))
        self.up = nn.Parameter(torch.zeros(layer.out_features, rank))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        told, rows = self.layer(x), x.reshape(-1, x.shape[-1])
        up = (self.up * SCALE).to(x.dtype).t()
        return torch.addmm(told.view(-1, told.shape[-1]), rows @ self.down.to(x.dtype).t(), up).view(told.shape)


def change_all(encoder: nn.Module, rank: int) -> dict[str, Changed]:
    """Put a change at each linear layer of a BERT encoder, in place."""
    changes: dict[str, Changed] = {}
    for name, module in list(encoder.named_modules()):
        for child, layer in list(module.named_children()):
            if isinstance(layer, nn.Linear):
                _, number, place = f"{name}.{child}".split(".", 2)
                changes[f"l{number}.{SHORT[place]}.w"] = changed = Changed(layer, rank)
                setattr(module, child, changed)
    return changes


def parameters(changes: Mapping[str, Changed]) -> list[nn.Parameter]:
    """What learns."""
    return [part for changed in changes.values() for part in (changed.up, changed.down)]
