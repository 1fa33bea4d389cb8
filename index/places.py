"""Where a Chroma collection lives: in generations of a folder, or on a server; reading and writing alike.

A place lends a collection for as long as a block runs, and turns whatever Chroma
raises into a StoreError with the command that mends it. It is given the
functions that open Chroma, and knows nothing of text, vectors or searching.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import urlsplit

from index.generations import Generations, Held
from ingest.errors import HoitinError

COLLECTION = "passages"
"""The name of the collection in an embedded folder, which holds no other."""

GRAPH = {"space": "cosine", "ef_construction": 200, "ef_search": 200, "max_neighbors": 24}

Client = Any
Collection = Any


class StoreError(HoitinError):
    """The vector store cannot be opened or answered wrongly."""

    public = "Kho tin đang được cập nhật, bạn thử lại sau ít phút nhé."


class Place(Protocol):
    """Lends a collection: None to a reader where nothing was ever written."""

    def reading(self) -> AbstractContextManager[Collection | None]: ...

    def writing(self, *, fresh: bool) -> AbstractContextManager[Collection]: ...

    def close(self) -> None: ...


class Embedded:
    """Chroma in this process, over the newest generation of a folder."""

    def __init__(self, folder: Path, open_folder: Callable[[Path], Client]) -> None:
        self._generations = Generations(folder)
        self._open_folder = open_folder
        self._lock = threading.Lock()
        self._open: _Opened | None = None

    @contextmanager
    def reading(self) -> Iterator[Collection | None]:
        with self._lock:
            opened = self._newest()
            if opened is not None:
                opened.users += 1
        try:
            with _plainly(str(self._generations.folder), wanted=_WANTED_FOLDER, mend=_MEND_FOLDER):
                yield None if opened is None else opened.collection
        finally:
            if opened is not None:
                with self._lock:
                    opened.users -= 1
                    if opened is not self._open and not opened.users:
                        opened.close()

    def _newest(self) -> _Opened | None:
        newest = self._generations.newest()
        if newest != (self._open.held.path if self._open else None):
            self._forget()
            with _plainly(str(self._generations.folder), wanted=_WANTED_FOLDER, mend=_MEND_FOLDER):
                held = self._generations.hold()
                self._open = None if held is None else _Opened(held, self._open_folder)
        return self._open

    @contextmanager
    def writing(self, *, fresh: bool) -> Iterator[Collection]:
        with (
            _plainly(str(self._generations.folder), wanted=_WANTED_FOLDER, mend=_MEND_FOLDER),
            self._generations.writing(fresh=fresh) as draft,
        ):
            client = self._open_folder(draft)
            try:
                # sync_threshold 1: the graph is on disk when a write returns, and readers find nothing left to do.
                yield find(client, COLLECTION, sync_threshold=1)
            finally:
                client.close()

    def close(self) -> None:
        with self._lock:
            self._forget()

    def _forget(self) -> None:
        opened, self._open = self._open, None
        if opened is not None and not opened.users:
            opened.close()  # otherwise the last of its users closes it


class _Opened:
    """One generation, opened. users: searches under way in it."""

    def __init__(self, held: Held, open_folder: Callable[[Path], Client]) -> None:
        self.held = held
        self.users = 0
        try:
            self._client = open_folder(held.path)
            self.collection = self._client.get_collection(COLLECTION, embedding_function=None)
        except BaseException:
            held.release()
            raise

    def close(self) -> None:
        self._client.close()
        self.held.release()


class Server:
    """A collection on a Chroma server."""

    def __init__(self, url: str, name: str, open_server: Callable[[str], Client]) -> None:
        self._url = url
        self._name = name
        self._open_server = open_server
        self._lock = threading.Lock()
        self._client: Client = None
        self._found: Collection = None

    @contextmanager
    def reading(self) -> Iterator[Collection]:
        with self._plainly():
            yield _Retrying(self._collection, self._forget)

    @contextmanager
    def writing(self, *, fresh: bool) -> Iterator[Collection]:
        with self._plainly():
            if fresh:
                self._collection()  # so that there is one to delete
                self._client.delete_collection(self._name)
                self._forget()
            yield self._collection()

    def close(self) -> None:
        with self._lock:
            client, self._client, self._found = self._client, None, None
        if client is not None:
            client.close()

    def _collection(self) -> Collection:
        with self._lock:
            if self._client is None:
                self._client = self._open_server(self._url)
            if self._found is None:
                self._found = find(self._client, self._name)
            return self._found

    def _forget(self) -> None:
        with self._lock:
            self._found = None

    def _plainly(self) -> AbstractContextManager[None]:
        return _plainly(
            self._url,
            wanted="a running Chroma server",
            mend=f"chroma run --port {urlsplit(self._url).port or 8000}, or unset HOITIN_CHROMA",
        )


class _Retrying:
    """A collection that is looked up again by name when another process made it anew."""

    def __init__(self, find: Callable[[], Any], forget: Callable[[], None]) -> None:
        self._find = find
        self._forget = forget

    def __getattr__(self, name: str) -> Callable[..., Any]:
        def call(**arguments: Any) -> Any:
            try:
                return getattr(self._find(), name)(**arguments)
            except Exception as error:
                if type(error).__name__ != "NotFoundError":
                    raise
                self._forget()
                return getattr(self._find(), name)(**arguments)

        return call


_WANTED_FOLDER = "one written by Chroma 1.5"
_MEND_FOLDER = "hoitin reindex"


def find(client: Client, name: str, **graph: Any) -> Collection:
    """The collection of that name, made when missing, for vectors that are compared by cosine."""
    return client.get_or_create_collection(name, embedding_function=None, configuration={"hnsw": {**GRAPH, **graph}})


@contextmanager
def _plainly(label: str, *, wanted: str, mend: str) -> Iterator[None]:
    """Chroma's HTTP errors are of many unrelated types, and its Rust panics are no Exception: one kind for all."""
    try:
        yield
    except HoitinError:
        raise
    except BaseException as error:
        if not isinstance(error, Exception) and type(error).__name__ != "PanicException":
            raise
        said = " ".join(str(error).split())[:200]
        raise StoreError(
            f"{label}: Chroma failed ({type(error).__name__}: {said}); wanted {wanted}. Mend: {mend}"
        ) from error
