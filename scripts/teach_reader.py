"""Teach the reader which sentence answers, and with which words: write index/reader.npz and the part of app/reading.json beside it.

    python scripts/teach_reader.py ../shared/data [--out index/reader.npz] [--epochs 2.5]

In: questions with the sentences that words and places rank first for them, the one that answers, and the words that do
(scripts/reader_examples.py). Out: a change of rank RANK to each weight matrix of the lower layers, on top of what the
encoder learnt, and two small heads. First the network and the head of sentences: one loss asks which of them answers, the
other whether each does. Then the head of words, with the layer over app/stretches.py that is added to it, over the network
as it then stands. docs/decisions/0017-reader.md. About 20 minutes on two quiet cores.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from low_rank import SCALE, change_all, parameters
from reader_examples import ROOT, Asked, examples
from torch import nn
from torch.nn import functional
from transformers import BertConfig, BertModel

from app.settings import read_settings
from app.stretches import NAMES
from eval.answering import bar
from index.adapter import PATH as ENCODER
from index.fast import PAD
from index.offline import ensure_model, read_weights, state_dict
from index.reader import LAYERS, PATH, Reader, Row

RANK, UNITS, WORD_UNITS, DROPOUT = 16, 96, 64, 0.5
RATE, HEAD_RATE, WARM_UP, BATCH, BESIDE = 6e-4, 1e-3, 20, 8, 6
CLOSEST = 8
WORD_EPOCHS, WORD_RATE, WORD_BATCH = 8, 3e-3, 16
SEED = 1
READING = ROOT / "app" / "reading.json"


class Network(nn.Module):
    """The lower layers of the default model in bfloat16, a change to learn at each of their matrices, and the head of sentences."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.model = BertModel(BertConfig.from_pretrained(folder, attn_implementation="eager"))
        tensors = {name: torch.from_numpy(t.copy()) for name, t in state_dict(read_weights()).items()}
        self.model.load_state_dict(tensors, strict=False)
        self.model.encoder.layer = self.model.encoder.layer[:LAYERS]
        self.model = self.model.to(torch.bfloat16).eval().requires_grad_(False)
        hidden = self.model.config.hidden_size
        self.changes = change_all(self.model.encoder, RANK)
        self.kind = nn.Embedding(6, hidden)
        nn.init.zeros_(self.kind.weight)
        self.h, self.o = nn.Linear(2 * hidden, UNITS), nn.Linear(UNITS, 2)

    def states(self, rows: Sequence[Row]) -> tuple[torch.Tensor, torch.Tensor]:
        """The last states (n, t, hidden) and where the sentence stands (n, t)."""
        width = max(len(row.ids) for row in rows)
        ids, kinds, mask = (torch.full((len(rows), width), value) for value in (PAD, 0, 0))
        for at, row in enumerate(rows):
            n = len(row.ids)
            ids[at, :n], kinds[at, :n], mask[at, :n] = torch.tensor(row.ids), torch.tensor(row.kinds), 1
        words = self.model.embeddings.word_embeddings(ids).float() + self.kind(kinds)
        given = {"inputs_embeds": words.to(torch.bfloat16), "attention_mask": mask}
        return self.model(**given).last_hidden_state.float(), kinds >= 4

    def forward(self, rows: Sequence[Row]) -> torch.Tensor:
        """Scores (n, 2), in three lots of like length."""
        order = sorted(range(len(rows)), key=lambda at: len(rows[at].ids))
        lot = max(8, -(-len(rows) // 3))
        found = []
        for at in range(0, len(order), lot):
            states, inside = self.states([rows[i] for i in order[at : at + lot]])
            weight = inside[..., None].float()
            mean = (states * weight).sum(1) / weight.sum(1).clamp(min=1)
            units = torch.tanh(self.h(torch.cat([mean, states[:, 0]], -1)))
            found.append(self.o(functional.dropout(units, 0.1, self.training)))
        return torch.cat(found)[torch.tensor(np.argsort(order))]


def loss_of(network: Network, batch: Sequence[Asked], chance: random.Random) -> torch.Tensor:
    """Which sentence answers, beside the others; and whether each does, of questions whose silence is judged."""
    rows: list[Row] = []
    own: list[tuple[range, bool]] = []
    for asked in batch:
        wrong = [at for at, yes in enumerate(asked.right) if not yes]
        chosen = [chance.choice(asked.best)] if asked.best else []
        close = [at for at in wrong if at < CLOSEST]
        chosen += chance.sample(close, min(len(close), BESIDE - 1 - len(chosen)))
        rest = [at for at in wrong if at not in chosen]
        chosen += chance.sample(rest, min(len(rest), BESIDE - len(chosen)))
        own.append((range(len(rows), len(rows) + len(chosen)), bool(asked.best)))
        rows += [asked.rows[at] for at in chosen]
    scores, total = network(rows), torch.tensor(0.0)
    for asked, (mine, has) in zip(batch, own, strict=True):
        said = scores[list(mine)]
        if has and len(mine) > 1:
            total = total - functional.log_softmax(said[:, 0], 0)[0]
        if asked.judged and len(mine):
            wanted = torch.zeros(len(mine))
            wanted[0] = float(asked.answerable and has)
            weight = torch.full((len(mine),), 0.25 if asked.answerable else 0.3)
            weight[0] = 1.0
            total = (
                total
                + (functional.binary_cross_entropy_with_logits(said[:, 1], wanted, reduction="none") * weight).sum()
            )
    return total / len(batch)


def teach_sentences(network: Network, asked: Sequence[Asked], epochs: float) -> None:
    """Adam over shuffled batches, the rates rising over WARM_UP steps and then falling to a twentieth."""
    chance, began, waiting = random.Random(SEED), time.monotonic(), list[Asked]()
    usable = [a for a in asked if a.rows and (a.best or not a.answerable)]
    changes = parameters(network.changes)
    heads = [*network.kind.parameters(), *network.h.parameters(), *network.o.parameters()]
    groups = [{"params": changes, "lr": RATE}, {"params": heads, "lr": HEAD_RATE}]
    optimizer, steps = torch.optim.AdamW(groups, weight_decay=0.01), int(epochs * len(usable) / BATCH)
    network.h.train(), network.train()
    network.model.eval()
    for step in range(steps):
        if len(waiting) < BATCH:
            waiting += chance.sample(usable, len(usable))
        batch = [waiting.pop() for _ in range(BATCH)]
        for group, rate in zip(optimizer.param_groups, (RATE, HEAD_RATE), strict=True):
            group["lr"] = rate * min(1.0, (step + 1) / WARM_UP) * max(0.05, 1 - step / steps)
        found = loss_of(network, batch, chance)
        found.backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(changes, 1.0)
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        if step % 20 == 19:
            print(f"step {step + 1} of {steps}: loss {found.item():.3f}, {time.monotonic() - began:.0f} s", flush=True)
    network.eval()


class Words(nn.Module):
    """What each token says of itself, and the layer over the features of stretches that is added to it."""

    def __init__(self, hidden: int) -> None:
        super().__init__()
        self.t, self.u = nn.Linear(hidden, WORD_UNITS), nn.Linear(WORD_UNITS, 3)
        self.hidden, self.out = nn.Linear(len(NAMES), WORD_UNITS), nn.Linear(WORD_UNITS, 1, bias=False)

    def forward(self, states: torch.Tensor, features: torch.Tensor, first: Any, last: Any) -> torch.Tensor:
        if self.training:
            states, features = states + 0.1 * torch.randn_like(states), features + 0.1 * torch.randn_like(features)
        drop = DROPOUT if self.training else 0.0
        tokens = self.u(functional.dropout(torch.tanh(self.t(states)), drop))
        inside = torch.cat([torch.zeros(1), torch.cumsum(tokens[:, 2], 0)])
        own = self.out(functional.dropout(torch.tanh(self.hidden(features)), drop)).squeeze(-1)
        found: torch.Tensor = tokens[first, 0] + tokens[last, 1] + inside[last + 1] - inside[first] + own
        return found


def teach_words(network: Network, asked: Sequence[Asked]) -> Words:
    """The loss is the logarithm of the expected F1 of the stretch that is chosen."""
    cut = [one for a in asked for one in a.stretches if one]
    known = []
    with torch.no_grad():
        for row, features, first, last, right in bar("sentences")(cut):
            states, inside = network.states([row])
            known.append(
                (
                    states[0][inside[0]],
                    torch.from_numpy(features),
                    first,
                    last,
                    torch.log(torch.from_numpy(right) + 1e-6),
                )
            )
    words, chance = Words(network.model.config.hidden_size), np.random.default_rng(SEED)
    optimizer, steps, step = (
        torch.optim.AdamW(words.parameters(), lr=WORD_RATE, weight_decay=0.05),
        WORD_EPOCHS * (len(known) // WORD_BATCH),
        0,
    )
    words.train()
    for _ in range(WORD_EPOCHS):
        order = chance.permutation(len(known))
        for at in range(0, len(order) - WORD_BATCH + 1, WORD_BATCH):
            step += 1
            for group in optimizer.param_groups:
                group["lr"] = WORD_RATE * min(1.0, step / 50) * max(0.02, 1 - step / steps)
            said = [(words(*known[i][:4]), known[i][4]) for i in order[at : at + WORD_BATCH]]
            loss = -torch.stack([torch.logsumexp(torch.log_softmax(s, 0) + right, 0) for s, right in said]).mean()
            loss.backward()  # type: ignore[no-untyped-call]
            optimizer.step()
            optimizer.zero_grad()
    return words.eval()


def write(out: Path, network: Network, words: Words) -> None:
    """reader.npz: the encoder's change and the reader's side by side, and the heads; reading.json: the layer over stretches."""
    parts: dict[str, Any] = {}
    with np.load(ENCODER) as encoder:
        for name, changed in network.changes.items():
            up, down = SCALE * changed.up.detach().numpy(), changed.down.detach().numpy()
            parts[f"{name}.up"] = np.concatenate([encoder[f"{name}.up"].astype(np.float32), up], 1)
            parts[f"{name}.down"] = np.concatenate([encoder[f"{name}.down"].astype(np.float32), down], 0)
    parts["kind"] = network.kind.weight.detach().numpy()
    for name, layer in (("h", network.h), ("o", network.o), ("t", words.t), ("u", words.u)):
        parts |= {f"{name}.w": layer.weight.detach().numpy(), f"{name}.b": layer.bias.detach().numpy()}
    np.savez(out, **{name: part.astype(np.float16) for name, part in parts.items()})
    beside = out.with_name("reading.json") if out != PATH else READING
    table = json.loads(READING.read_text(encoding="utf-8"))
    table["read"] = {
        "hidden": words.hidden.weight.detach().numpy().round(4).tolist(),
        "bias": words.hidden.bias.detach().numpy().round(4).tolist(),
        "out": words.out.weight.detach().numpy()[0].round(4).tolist(),
    }
    beside.write_text(json.dumps(table, ensure_ascii=False), encoding="utf-8")
    print(f"written: {out} ({out.stat().st_size:,} bytes) and {beside}. Next: python scripts/fit_doubt.py")


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("--out", type=Path, default=PATH)
    parser.add_argument("--epochs", type=float, default=2.5)
    args = parser.parse_args()
    torch.manual_seed(SEED)
    cache = read_settings().cache
    reader = Reader(cache)
    asked = examples(args.data, reader)
    network = Network(ensure_model(cache))
    print(
        f"{len(asked):,} questions, {sum(p.numel() for p in parameters(network.changes)):,} numbers to learn",
        flush=True,
    )
    teach_sentences(network, asked, args.epochs)
    write(args.out, network, teach_words(network, asked))
    return 0


if __name__ == "__main__":
    sys.exit(main())
