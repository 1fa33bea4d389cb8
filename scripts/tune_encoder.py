"""Teach the default model Vietnamese questions: write index/adapter.npz.

    python scripts/tune_encoder.py ../shared/data [--out index/adapter.npz] [--epochs 2] [--without 0/4] [--news]

In: questions that people wrote and the passages that answer them (retrieval/alqac, vimedaqa, viquad2; claims/vihallu).
Out: a change of rank 8 to each weight matrix of the encoder. Each batch asks two things: that a question lies nearer
to its passage than to all others of the batch (contrastive, as the model was made), and that it ranks it first among
passages that the hybrid search puts high for it, with what words and names say added. The change is then taken by
SHARE only (docs/decisions/0016-tuned-encoder.md). About 12 minutes on two quiet cores. With --without 0/4 nothing is learnt from a
quarter of the documents, so that what was learnt can be measured on the questions about those. With --news it first reads news
(news/vietnews.jsonl.gz, headlines.jsonl.gz; scripts/news_pairs.py), a quarter of an hour more; the adapter in the repository has not.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
import zlib
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
import torch
from low_rank import SCALE, change_all, parameters
from news_pairs import Made, news_batches
from torch import nn
from torch.nn import functional
from transformers import AutoTokenizer, BertConfig, BertModel

from app.settings import read_settings
from eval.answering import archive_documents, bar, index_of
from eval.bench import open_bench
from eval.datasets import read_documents, read_jsonl, read_retrieval
from index.adapter import PATH, write_adapter
from index.fast import FastEmbedder
from index.offline import ensure_model, read_weights, state_dict
from index.passage import Query
from index.search import COSINE_WEIGHT
from index.sync import encoded_text

RANK = 8
SHARE, SHARE_WITH_NEWS = 0.6, 0.75
"""How much of the change is kept: between the model as it was and as it learnt, both are forgotten least."""
RATE, WARM_UP, BATCH, BESIDE = 4e-4, 20, 24, 2
TEMPERATURE, SHARPNESS = 0.02, 6.0
NEWS_TOKENS = 144
DEPTH, CLOSEST = 24, 8
PASSAGE_TOKENS, QUESTION_TOKENS = 192, 64
SEED = 1
OPENING = 60
"""Characters by which a text is known again."""

Keep = Callable[[str], bool]
"""Whether a document may be learnt from."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A question, the passage that answers it, and passages of other documents with what all but the cosine says of them.

    answer, others: (encoded text, document, score without cosine). same: documents that answer too.
    """

    question: str
    answer: tuple[str, str, float]
    others: tuple[tuple[str, str, float], ...] = ()
    same: frozenset[str] = frozenset()


class Encoder:
    """The untuned default model in bfloat16, with a change to learn at each of its linear layers."""

    def __init__(self, folder: Path) -> None:
        self._tokenizer = AutoTokenizer.from_pretrained(folder)
        # Plain attention: the fused one is three times as slow backwards on a processor.
        self._model = BertModel(BertConfig.from_pretrained(folder, attn_implementation="eager"))
        plain = state_dict(read_weights(changes={}))
        self._model.load_state_dict({name: torch.from_numpy(t.copy()) for name, t in plain.items()}, strict=False)
        self._model = self._model.to(torch.bfloat16).eval().requires_grad_(False)
        self.changes = change_all(self._model.encoder, RANK)

    def parameters(self) -> list[nn.Parameter]:
        return parameters(self.changes)

    def __call__(self, texts: list[str], tokens: int) -> torch.Tensor:
        """Unit vectors (n, hidden), in four lots of like length."""
        order = sorted(range(len(texts)), key=lambda i: len(texts[i]))
        lot = max(8, len(texts) // 4)
        vectors = torch.cat(
            [self._lot([texts[i] for i in order[at : at + lot]], tokens) for at in range(0, len(order), lot)]
        )
        return vectors[torch.tensor(np.argsort(order))]

    def _lot(self, texts: list[str], tokens: int) -> torch.Tensor:
        given = self._tokenizer(texts, truncation=True, max_length=tokens, padding=True, return_tensors="pt")
        states = self._model(**given).last_hidden_state.float()
        mask = given["attention_mask"][..., None].float()
        return functional.normalize((states * mask).sum(1) / mask.sum(1), dim=-1)


def searched(folder: Path, keep: Keep) -> list[Pair]:
    """Questions of a BEIR folder over documents that are kept, with what the hybrid search finds for them."""
    settings, data = read_settings(), read_retrieval(folder)
    what = index_of(settings, data.corpus_digest)
    pairs = []
    with open_bench(settings, data.name, what, lambda archive: archive_documents(archive, data.documents)) as bench:
        for qid in bar(data.name)([qid for qid in data.queries if keep(min(data.qrels[qid]))]):
            right = frozenset(data.qrels[qid])
            hits = bench.app.searcher.search(Query(data.queries[qid], k=4 * DEPTH))
            seen = [
                (encoded_text(h.passage), h.passage.docid, h.score - COSINE_WEIGHT * (h.dense or 0.0), h.dense or 0.0)
                for h in hits
            ]
            gold = [hit for hit in seen if hit[1] in right]
            if gold:
                others = tuple(hit[:3] for hit in seen[:DEPTH] if hit[1] not in right)
                pairs.append(Pair(data.queries[qid], max(gold, key=lambda hit: hit[3])[:3], others, right))
    return pairs


def told(file: Path, withheld: Collection[str]) -> list[Pair]:
    """Questions about a passage that is given with them (vihallu). withheld: how texts begin that are not learnt from."""
    return [
        Pair(
            record["question"].replace("Noisy Question:", "").strip(),
            (record["context"], record["context"], 0.0),
            same=frozenset({record["context"]}),
        )
        for _, record in read_jsonl(file)
        if record["context"][:OPENING] not in withheld
    ]


def part_of(docid: str, parts: int) -> int:
    """Which part of the documents one belongs to, from 0, by the checksum of its name."""
    return zlib.crc32(docid.encode()) % parts


def loss(encoder: Encoder, batch: list[Pair], chance: random.Random) -> torch.Tensor:
    """Half contrastive over all passages of the batch, half the ranking among each question's own."""
    passages: list[tuple[str, str, float]] = []
    own: list[range] = []
    for pair in batch:
        others = pair.others[:CLOSEST] if chance.random() < 0.5 else pair.others
        chosen = [pair.answer, *chance.sample(others, min(BESIDE, len(others)))]
        own.append(range(len(passages), len(passages) + len(chosen)))
        passages += chosen
    asked = encoder([f"query: {pair.question}" for pair in batch], QUESTION_TOKENS)
    cosines = asked @ encoder([f"passage: {text}" for text, _, _ in passages], PASSAGE_TOKENS).t()
    right = torch.tensor([mine[0] for mine in own])
    also = torch.tensor([[docid in pair.same for _, docid, _ in passages] for pair in batch])
    also[torch.arange(len(batch)), right] = False
    contrast = functional.cross_entropy((cosines / TEMPERATURE).masked_fill(also, -1e4), right)
    ranked = [
        -functional.log_softmax(
            SHARPNESS * (COSINE_WEIGHT * cosines[row, list(mine)] + torch.tensor([passages[i][2] for i in mine])), 0
        )[0]
        for row, mine in enumerate(own)
        if len(mine) > 1
    ]
    return 0.5 * contrast + 0.5 * torch.stack(ranked).mean() if ranked else 0.5 * contrast


def news_loss(encoder: Encoder, batch: list[Made]) -> torch.Tensor:
    """Contrastive: each passage of news among those of the articles nearest to it."""
    cosines = (
        encoder([f"query: {asked}" for asked, _, _ in batch], QUESTION_TOKENS)
        @ encoder([f"passage: {passage}" for _, passage, _ in batch], NEWS_TOKENS).t()
    )
    also = torch.tensor([[mine == other for _, _, other in batch] for _, _, mine in batch])
    also.fill_diagonal_(False)
    return functional.cross_entropy((cosines / TEMPERATURE).masked_fill(also, -1e4), torch.arange(len(batch)))


def drawn(pairs: list[Pair], batches: int, chance: random.Random) -> Iterator[list[Pair]]:
    """Batches by chance, each pair once before any comes again."""
    waiting = list[Pair]()
    for _ in range(batches):
        if len(waiting) < BATCH:
            waiting += chance.sample(pairs, len(pairs))
        yield [waiting.pop() for _ in range(BATCH)]


def learn(encoder: Encoder, losses: Iterable[Callable[[], torch.Tensor]], steps: int) -> None:
    """Adam over the losses of batches, the rate rising over WARM_UP steps and then falling to a twentieth."""
    optimizer = torch.optim.AdamW(encoder.parameters(), lr=RATE, weight_decay=0.01)
    began = time.monotonic()
    for step, loss_of in enumerate(losses):
        for group in optimizer.param_groups:
            group["lr"] = RATE * min(1.0, (step + 1) / WARM_UP) * max(0.05, 1 - step / steps)
        found = loss_of()
        found.backward()
        nn.utils.clip_grad_norm_(encoder.parameters(), 1.0)
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        if step % 10 == 9:
            print(f"step {step + 1} of {steps}: loss {found.item():.3f}, {time.monotonic() - began:.0f} s", flush=True)


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("--out", type=Path, default=PATH)
    parser.add_argument("--epochs", type=float, default=2.0)
    parser.add_argument("--without", metavar="N/K", help="learn nothing from part N (from 0) of K of the documents")
    parser.add_argument("--news", action="store_true", help="read news before the questions")
    args = parser.parse_args()
    torch.manual_seed(SEED)
    without, parts = map(int, args.without.split("/")) if args.without else (1, 1)

    def keep(docid: str) -> bool:
        return part_of(docid, parts) != without

    retrieval = args.data / "retrieval"
    pairs = [pair for name in ("alqac", "vimedaqa", "viquad2") for pair in searched(retrieval / name, keep)]
    documents = read_documents(retrieval / "viquad2" / "corpus.jsonl")
    withheld = {document.text[:OPENING] for document in documents if not keep(document.docid)}
    pairs += told(args.data / "claims" / "vihallu.jsonl", withheld)
    folder = ensure_model(read_settings().cache)
    news = news_batches(args.data / "news", FastEmbedder(folder)) if args.news else []
    encoder = Encoder(folder)
    numbers = sum(p.numel() for p in encoder.parameters())
    print(f"{len(pairs)} questions, {len(news)} batches of news, {numbers:,} numbers to learn", flush=True)
    learn(encoder, (partial(news_loss, encoder, batch) for batch in news), len(news))
    chance = random.Random(SEED)
    steps = int(args.epochs * len(pairs) / BATCH)
    learn(encoder, (partial(loss, encoder, batch, chance) for batch in drawn(pairs, steps, chance)), steps)
    share = SHARE_WITH_NEWS if args.news else SHARE
    write_adapter(
        args.out,
        {
            name: (share * SCALE * changed.up.detach().numpy(), changed.down.detach().numpy())
            for name, changed in encoder.changes.items()
        },
    )
    print(
        f"written: {args.out} ({args.out.stat().st_size:,} bytes). Next: python -m pytest tests/index/test_offline.py"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
