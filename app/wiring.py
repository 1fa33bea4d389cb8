"""The whole object graph on one screen: settings in, an App out.

    Home -> Archive · Stores · Embedder -> Searcher -> QuotationAnswerer ( -> WritingAnswerer, with a model that writes)
                                               -> Checker ( · Adviser, with a model that writes: a second opinion)

Heavy parts (the encoder, Chroma) open when first asked for, so that a command
that needs none of them does not pay. This module decides nothing else.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from types import TracebackType
from typing import Any

from app.answer import Answerer
from app.check.adviser import Adviser
from app.check.checker import Checker
from app.settings import Settings
from app.writer import Writer
from index.embed import Embedder, open_embedder
from index.order import open_reranker
from index.reader import Reader
from index.search import Searcher
from index.sync import Progress, Stores, check, check_archive, rebuild, sync
from ingest.archive import Archive
from ingest.home import Home


class App:
    """One installation, opened. Use as a context manager, or close()."""

    def __init__(self, settings: Settings, home: Home, *, on_build: Callable[[], None] | None = None) -> None:
        self.settings = settings
        self.home = home
        self._on_build = on_build

    @cached_property
    def archive(self) -> Archive:
        return Archive.open(self.home.archive)

    @cached_property
    def embedder(self) -> Embedder:
        s = self.settings
        return open_embedder(s.model, cache=s.cache, engine=s.engine, threads=s.threads, on_build=self._on_build)

    @cached_property
    def stores(self) -> Stores:
        return Stores.open(self.home.path / "index", chroma_url=self.settings.chroma)

    @cached_property
    def searcher(self) -> Searcher:
        check_archive(self.archive, self.stores)
        # Chroma is imported while the encoder, which is native code, makes itself ready.
        with ThreadPoolExecutor(max_workers=1) as beside:
            opening = beside.submit(self.stores.vectors.prepare)
            self.embedder.encode_queries(["sẵn sàng"])
            opening.result()
        return Searcher(self.stores, self.embedder, open_reranker(self.settings.reranker))

    @cached_property
    def quotation(self) -> Answerer:
        """The answerer that only quotes, also where a model writes: quick, and enough to see whether there is an answer."""
        from app.quote import QuotationAnswerer

        return QuotationAnswerer(self.searcher, self.archive, reader=self.reader)

    @cached_property
    def reader(self) -> Reader:
        """Reads the first sentences with the question; needs the default model's package, whatever model the index has."""
        return Reader(self.settings.cache)

    @cached_property
    def answerer(self) -> Answerer:
        if not self.settings.writes:
            return self.quotation
        from app.write import WritingAnswerer

        return WritingAnswerer(self.quotation, self.archive, self.writer, timeout_s=self.settings.llm_timeout)

    @cached_property
    def writer(self) -> Writer:
        """The model that writes, one for all who ask it; only where the settings name one."""
        from app.llm import open_writer

        return open_writer(self.settings)

    @cached_property
    def checker(self) -> Checker:
        return Checker(self.searcher, self.archive)

    @cached_property
    def adviser(self) -> Adviser | None:
        """Who is asked for a second opinion on a verdict; None where no model is configured."""
        s = self.settings
        return Adviser(lambda: self.writer, s.writer_name) if s.writes else None

    def sync(self, progress: Progress | None = None) -> int:
        """Index what the archive has and the index lacks; the caller holds `home.writing()`."""
        return sync(self.archive, self.stores, self.embedder, on_progress=progress)

    def reindex(self, progress: Progress | None = None) -> int:
        """Build the index anew, even if it cannot be opened; the caller holds `home.writing()`."""
        for name in ("answerer", "quotation", "checker", "searcher", "stores"):
            part = self.__dict__.pop(name, None)
            if isinstance(part, Stores):
                part.close()
        self.__dict__["stores"] = Stores.open(self.home.path / "index", chroma_url=self.settings.chroma, anew=True)
        return rebuild(self.archive, self.stores, self.embedder, on_progress=progress)

    def verify(self, *, repair: bool = False) -> list[str]:
        """What archive and index do not agree on, a sentence each; to repair, the caller holds `home.writing()`."""
        from index.verify import verify

        return verify(self.archive, self.stores, self.embedder, repair=repair)

    def check(self) -> None:
        """Raise IndexMismatch if the index does not fit the settings."""
        check(self.stores, self.embedder)

    def behind(self) -> int:
        """Changes of the archive that the index has yet to take in."""
        return max(0, self.archive.change_number() - self.stores.catalogue.synced())

    def ready(self) -> dict[str, Any]:
        """What can be answered from: counts, how far the index is behind, the model. Raises HoitinError when nothing can.

        Archive, index and model are each asked for something small.
        """
        self.check()
        check_archive(self.archive, self.stores)
        self.embedder.encode_queries(["sẵn sàng"])
        manifest = self.stores.catalogue.manifest()
        return {
            "articles": self.archive.count(),
            "passages": self.stores.catalogue.count(),
            "behind": self.behind(),
            "model": manifest.model if manifest else None,
        }

    def close(self) -> None:
        """Close what was opened; what is asked for afterwards opens anew."""
        for name in ("answerer", "quotation", "checker", "adviser", "writer", "searcher", "stores", "archive"):
            part = self.__dict__.pop(name, None)
            if isinstance(part, Stores | Archive):
                part.close()

    def __enter__(self) -> App:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        self.close()


def open_app(settings: Settings, *, create: bool = False, on_build: Callable[[], None] | None = None) -> App:
    """Open the home of `settings`; `create` makes a missing one. Raises HoitinError with the command that mends it."""
    return App(settings, Home.open(settings.home, create=create), on_build=on_build)


def open_answerer(settings: Settings) -> Answerer:
    """The answerer that the web, the terminal and the evaluation all use."""
    return open_app(settings).answerer
