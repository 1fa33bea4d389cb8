"""LlamaIndex + Chroma as their documentation sets them up, with the default model: what most people would build.

Documents → SentenceSplitter (defaults) → HuggingFaceEmbedding → ChromaVectorStore in a folder; searched by vector, and
by vector and BM25 fused by reciprocal rank (QueryFusionRetriever, no generated questions).
The model is ours, as a sentence-transformers folder, with the prefixes that it was trained with, so that the
pipelines differ and not the models. This module knows nothing of metrics or clocks.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import chromadb
from llama_index.core import Settings as LlamaSettings
from llama_index.core import StorageContext, VectorStoreIndex
from llama_index.core.llms import MockLLM
from llama_index.core.node_parser import SentenceSplitter
from llama_index.core.retrievers import QueryFusionRetriever
from llama_index.core.schema import Document as LlamaDocument
from llama_index.embeddings.huggingface import HuggingFaceEmbedding
from llama_index.retrievers.bm25 import BM25Retriever
from llama_index.vector_stores.chroma import ChromaVectorStore

from app.settings import Settings
from eval.datasets import Document
from eval.systems import DEPTH, Find
from index.offline import ensure_model

_NODES = 4 * DEPTH  # several nodes may be of one document


class PlainLlamaIndex:
    """One Chroma folder, two ways of searching it."""

    def __init__(self, settings: Settings, folder: Path) -> None:
        self._model = str(ensure_model(settings.cache))
        self._client = chromadb.PersistentClient(str(folder), chromadb.Settings(anonymized_telemetry=False))
        self._embedding: Any = None
        self._nodes: list[Any] = []
        self._index: Any = None

    def prepare(self) -> None:
        self._embedding = HuggingFaceEmbedding(
            model_name=self._model, query_instruction="query: ", text_instruction="passage: ", device="cpu"
        )
        self._embedding.get_text_embedding("sẵn sàng")
        LlamaSettings.llm = MockLLM()

    def index(self, documents: Sequence[Document]) -> None:
        read = [LlamaDocument(text=f"{d.title}\n{d.text}".strip(), metadata={"docid": d.docid}) for d in documents]
        for document in read:  # ids are for us: a model should not read them
            document.excluded_embed_metadata_keys = document.excluded_llm_metadata_keys = ["docid"]
        self._nodes = SentenceSplitter().get_nodes_from_documents(read)
        store = ChromaVectorStore(chroma_collection=self._client.get_or_create_collection("news"))
        context = StorageContext.from_defaults(vector_store=store)
        self._index = VectorStoreIndex(self._nodes, storage_context=context, embed_model=self._embedding)

    def finds(self) -> Mapping[str, Find]:
        most = min(_NODES, len(self._nodes))
        by_vector = self._index.as_retriever(similarity_top_k=most)
        by_words = BM25Retriever.from_defaults(nodes=self._nodes, similarity_top_k=most)
        both = QueryFusionRetriever(
            [by_vector, by_words], similarity_top_k=most, num_queries=1, mode="reciprocal_rerank", use_async=False
        )
        return {"llamaindex-chroma": _docids(by_vector), "llamaindex-fusion": _docids(both)}

    def close(self) -> None:
        """Chroma closes with the process."""


def _docids(retriever: Any) -> Find:
    def find(text: str) -> list[str]:
        found = retriever.retrieve(text)
        return list(dict.fromkeys(str(node.metadata["docid"]) for node in found))[:DEPTH]

    return find
