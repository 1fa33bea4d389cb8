"""This archive as a retriever for people who already have a LlamaIndex chain.

In: a Searcher. Out: a LlamaIndex BaseRetriever that gives passages as NodeWithScore,
found as `hoitin ask` finds them, with what a citation needs in their metadata.
docs/llama-index.md shows it at work. The only file of this room that imports
llama_index; nothing else of hoitin needs it. It knows nothing of models that write.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from llama_index.core.retrievers import BaseRetriever
from llama_index.core.schema import NodeRelationship, NodeWithScore, QueryBundle, RelatedNodeInfo, TextNode

from index.passage import Hit, Query
from index.search import Searcher

SHOWN = ("title", "outlet", "published", "url")
"""Metadata that a prompt shows beside the passage; the rest is for programs."""


class ArchiveRetriever(BaseRetriever):  # type: ignore[misc]
    """Passages of the archive for a LlamaIndex query engine or chat engine.

    searcher: the index of one home. query: filters and number of passages; its text is replaced by each question.
    url_of: the address of an article by docid, for the metadata; None leaves it out.

    A node's text is `Article.text[start:end]`; its score compares only within one
    retrieval; `node.ref_doc_id` is the docid.
    """

    def __init__(
        self, searcher: Searcher, query: Query | None = None, *, url_of: Callable[[str], str] | None = None, **more: Any
    ) -> None:
        super().__init__(**more)
        self._searcher = searcher
        self._query = query or Query("")
        self._url_of = url_of

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        hits = self._searcher.search(replace(self._query, text=query_bundle.query_str))
        return [NodeWithScore(node=self._node(hit), score=hit.score) for hit in hits]

    async def _aretrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        return await asyncio.to_thread(self._retrieve, query_bundle)

    def _node(self, hit: Hit) -> TextNode:
        passage = hit.passage
        facts: dict[str, str | int] = {
            "title": passage.title,
            "outlet": passage.outlet,
            "published": passage.published.isoformat() if passage.published else "",
            "docid": passage.docid,
            "start": passage.start,
            "end": passage.end,
        }
        if self._url_of is not None:
            facts["url"] = self._url_of(passage.docid)
        return TextNode(
            id_=passage.id,
            text=passage.text,
            metadata=facts,
            excluded_embed_metadata_keys=list(facts),
            excluded_llm_metadata_keys=[name for name in facts if name not in SHOWN],
            relationships={NodeRelationship.SOURCE: RelatedNodeInfo(node_id=passage.docid)},
        )
