"""Search systems that can be measured side by side: each indexes the same documents, then finds documents by text.

    hoitin                 this product, as the web runs it
    llamaindex-chroma      a plain LlamaIndex + Chroma pipeline, as its documentation sets it up, with our model
    llamaindex-fusion      the same with LlamaIndex's BM25 retriever, fused by reciprocal rank
    bm25                   BM25 over lower-cased words, nothing else

One index may offer two ways of searching it (the two of LlamaIndex). The peers
come with the `peers` extra. This module knows nothing of metrics or clocks.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from app.settings import Settings
from eval.datasets import Document
from ingest.errors import UsageError

if TYPE_CHECKING:
    from app.wiring import App

DEPTH = 10
"""Documents that a search gives."""

Find = Callable[[str], list[str]]
"""A text → docids, best first, each once, at most DEPTH."""


class System(Protocol):
    """Something that indexes documents, once, and finds them."""

    def prepare(self) -> None:
        """Load what does not depend on the documents, so that no model is loaded on the clock."""

    def index(self, documents: Sequence[Document]) -> None: ...

    def finds(self) -> Mapping[str, Find]:
        """Ways of searching, by name."""

    def close(self) -> None: ...


FAMILIES: Mapping[str, tuple[str, ...]] = {
    "hoitin": ("hoitin",),
    "llamaindex": ("llamaindex-chroma", "llamaindex-fusion"),
    "bm25": ("bm25",),
}
"""What can be opened, and the names of the searches that each offers."""


def open_system(family: str, settings: Settings, folder: Path) -> System:
    """The system, with its files in `folder`. Raises UsageError for an unknown one or a package that is not installed."""
    if family == "hoitin":
        return Ours(replace(settings, home=folder / "home"))
    if family not in FAMILIES:
        raise UsageError(
            f"--systems: found {family!r}, wanted some of {', '.join(FAMILIES)}. Mend: leave --systems out for all"
        )
    try:
        if family == "bm25":
            from eval.peer_bm25 import PlainBM25

            return PlainBM25()
        from eval.peer_llamaindex import PlainLlamaIndex

        return PlainLlamaIndex(settings, folder / "chroma")
    except ImportError as error:
        raise UsageError(
            f"{family}: found no package {error.name!r}, wanted the peers that are measured beside Hỏi Tin. "
            "Mend: .venv/bin/pip install '.[peers]', or --systems hoitin"
        ) from error


class Ours:
    """This product over a home of its own, as `hoitin ingest` and the web run it."""

    def __init__(self, settings: Settings) -> None:
        from app.wiring import open_app

        settings.home.parent.mkdir(parents=True, exist_ok=True)
        self.app: App = open_app(settings, create=True)

    def prepare(self) -> None:
        self.app.embedder.encode_passages(["sẵn sàng"])

    def index(self, documents: Sequence[Document]) -> None:
        from eval.retrieval import article_of

        with self.app.home.writing():
            for document in documents:
                self.app.archive.add(article_of(document))
            self.app.sync()

    def finds(self) -> Mapping[str, Find]:
        from eval.retrieval import ranked_docids
        from index.passage import Query

        searcher = self.app.searcher
        return {"hoitin": lambda text: ranked_docids(searcher.search(Query(text, k=4 * DEPTH)))[:DEPTH]}

    def close(self) -> None:
        self.app.close()
