"""Any sentence-transformers model as an Embedder, the reference that the fast engine is held against; any cross-encoder.

In: a hub name already on this machine, or a folder. Out: unit vectors. The only
file that imports sentence-transformers and torch. It never looks anything up on
a hub unless HF_HUB_OFFLINE=0 says that it may.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

from index.offline import ModelMissing

Float32 = npt.NDArray[np.float32]


class SentenceTransformerEmbedder:
    """A sentence-transformers model; e5 models get their "query: " and "passage: " prefixes by their own prompts."""

    def __init__(self, model: str, *, name: str) -> None:
        _keep_quiet()
        from sentence_transformers import SentenceTransformer

        try:
            self._model = SentenceTransformer(model, device="cpu")
        except (OSError, ValueError) as error:
            raise ModelMissing(
                f"HOITIN_MODEL={model}: {str(error).splitlines()[0][:200]}; wanted a sentence-transformers folder, "
                "or a model already downloaded. Mend: unset HOITIN_MODEL, or HF_HUB_OFFLINE=0 to let it download"
            ) from error
        self.name = name
        self.dimension = int(self._model.get_embedding_dimension())
        prompts = self._model.prompts or {}
        e5 = "e5" in model.lower()
        self._query = prompts.get("query") or ("query: " if e5 else "")
        self._passage = prompts.get("document") or prompts.get("passage") or ("passage: " if e5 else "")

    def encode_queries(self, texts: Sequence[str]) -> Float32:
        return self._encode([self._query + text for text in texts])

    def encode_passages(self, texts: Sequence[str], *, on_progress: Callable[[int], None] | None = None) -> Float32:
        parts = []
        for at in range(0, len(texts), 256):
            chunk = texts[at : at + 256]
            parts.append(self._encode([self._passage + text for text in chunk]))
            if on_progress is not None:
                on_progress(len(chunk))
        return np.concatenate(parts) if parts else np.empty((0, self.dimension), np.float32)

    def _encode(self, texts: list[str]) -> Float32:
        vectors = self._model.encode(
            texts, batch_size=16, normalize_embeddings=True, convert_to_numpy=True, show_progress_bar=False, prompt=""
        )
        return np.asarray(vectors, np.float32).reshape(len(texts), self.dimension)


class CrossEncoderReranker:
    """A sentence-transformers cross-encoder: it reads the question and a passage together."""

    def __init__(self, model: str) -> None:
        _keep_quiet()
        from sentence_transformers import CrossEncoder

        try:
            self._model = CrossEncoder(model, device="cpu", max_length=512)
        except (OSError, ValueError) as error:
            raise ModelMissing(
                f"HOITIN_RERANKER={model}: {str(error).splitlines()[0][:200]}; wanted a folder of a cross-encoder, or "
                "one already downloaded. Mend: unset HOITIN_RERANKER, or HF_HUB_OFFLINE=0 to let it download"
            ) from error
        if self._model.num_labels != 1:
            raise ModelMissing(
                f"HOITIN_RERANKER={model}: it gives {self._model.num_labels} scores a pair; wanted a cross-encoder that "
                "gives one. Mend: unset HOITIN_RERANKER"
            )

    def scores(self, question: str, texts: Sequence[str]) -> Float32:
        """(n,) float32: how well each text answers, on the model's own scale."""
        judged = self._model.predict([(question, text) for text in texts], batch_size=8, show_progress_bar=False)
        return np.asarray(judged, np.float32).reshape(len(texts))


def _keep_quiet() -> None:
    # People's questions are private and a closed network must not cost a time-out.
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
    # Two spinning OpenMP threads beside any other process make torch collapse.
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
