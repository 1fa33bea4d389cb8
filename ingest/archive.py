"""The archive: the one source of truth, from which the index is rebuilt at will.

    add(Article) -> accepted | updated | unchanged | duplicate     one transaction an article
    changes(since) -> what the index has yet to take in

Nothing is ever deleted: every version of every article stays, every rejection
with its reason, and an article that went from the web is marked gone. Each
change of an article takes the next change number in its own transaction, so
whoever remembers the last number seen misses nothing.
A process killed at any moment loses no article that add() had returned for.
This module knows nothing of pages, feeds or the index.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any

from sqlalchemy import Engine, Select, bindparam, delete, func, insert, or_, select

from ingest import database, ledger, stocktaking
from ingest.addition import Added, add, touch
from ingest.article import Article, Outcome, Rejection
from ingest.database import ArchiveError, plainly
from ingest.ledger import PageState, SourceState
from ingest.rows import Unstorable, clean, iso, moment, names_of, printable, to_article, to_row, url_name
from ingest.schema import Connection, aliases, articles, signatures, state, versions

__all__ = ["WITHDRAWN", "Archive", "ArchiveError", "Change", "Link", "PageState", "SourceState", "Unstorable"]

WITHDRAWN = "withdrawn"
"""How the reason begins for which an article is gone that somebody withdrew: it does not come back by itself."""

_PAGE = 200
"""Articles read at a time when streaming: each page is a short read, so a slow reader never holds up a writer."""


@dataclass(frozen=True, slots=True)
class Change:
    """The newest change of one article. gone: it is not in current() any more."""

    number: int
    docid: str
    gone: bool


@dataclass(frozen=True, slots=True)
class Link:
    """What comparing an article's text gave: its signature, and the docid of the story's first article ("": none).

    digest: of the text compared; when the article is corrected, it is compared again.
    """

    docid: str
    digest: str
    signature: bytes
    story: str = ""


class Archive:
    """All articles, by docid. Open with Archive.open; safe to read from many threads and processes at once.

    >>> from tempfile import TemporaryDirectory
    >>> tin = Article(id="a1", url="https://bao.example/1.htm", title="Cầu Sông Lam", paragraphs=("Cầu đã thông xe.",))
    >>> with TemporaryDirectory() as folder, Archive.open(Path(folder) / "archive.sqlite") as archive:
    ...     archive.add(tin), archive.add(tin), archive.count(), archive.change_number()
    ('accepted', 'unchanged', 1, 1)
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._label = database.place(engine)
        self._one_writer = threading.Lock()

    @classmethod
    def open(cls, where: Path | str, *, read_only: bool = False) -> Archive:
        """The archive in a SQLite file, or at a database URL; made when missing unless read_only.

        Raises ArchiveError when it is missing, foreign, broken, or of a newer format.
        """
        return cls(database.open_engine(where, read_only=read_only))

    def close(self) -> None:
        self._engine.dispose()

    def __enter__(self) -> Archive:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        self.close()

    # ---- writing

    def add(self, article: Article, *, source: str = "", key: bytes = b"") -> Outcome:
        """Archive one article; when this returns, it is on disk.

        key: of the input that the article was read from (ingest.offer), to be known again by repeated().

        accepted: not known by id or URL. unchanged: the current text, or one known from earlier that
        is not dated later; metadata that was missing is filled in. updated: another text, now current.
        duplicate: known under another id; the first stays and the new names lead to it, unless this
        text is dated later, which makes it the next version of the first.
        A text that is only the sapo of an article known in full is no other text of it.
        A text dated before the current one's update is kept in versions() and changes nothing else.
        A gone article stays gone until mark_back().
        Raises Unstorable (a ValueError) for an article without id, with NUL, lone surrogates or naive times, or
        whose id is taken by an article of another site.
        """
        row = {**to_row(article), "source": printable(source)}
        with self._write() as connection:
            added = add(connection, row, names_of(article), article.story)
            if key:
                ledger.remember(connection, key, row["docid"], added)
            return added.outcome

    def remember(self, key: bytes, docid: str) -> None:
        """Know an input again, by its key, that came to the present version of an article; nothing if it is unknown."""
        with self._write() as connection:
            known = connection.execute(_ARTICLE, {"docid": docid}).one_or_none()
            if known is not None:
                ledger.remember(connection, key, docid, Added("unchanged", docid, known.version))

    def mark_gone(self, docid: str, reason: str) -> None:
        """Take an article out of current(); its versions stay. Raises KeyError for an unknown docid."""
        self._mark(docid, clean(reason, "reason") or "gone")

    def mark_back(self, docid: str) -> None:
        """Undo mark_gone. Nothing happens if the article is not gone."""
        self._mark(docid, None)

    def reject(self, rejection: Rejection) -> None:
        """Remember an input that was refused, and why; the same one again only moves its time."""
        with self._write() as connection:
            ledger.reject(connection, rejection)

    def save_source_state(self, source: SourceState) -> None:
        """Replace what is remembered of source.url; checked now, unless it says when."""
        with self._write() as connection:
            ledger.save_source_state(connection, source)

    def save_page_state(self, page: PageState) -> None:
        """Replace what is remembered of page.url; checked now, unless it says when."""
        with self._write() as connection:
            ledger.save_page_state(connection, page)

    def link(self, links: Sequence[Link]) -> None:
        """Put articles into their stories, and keep the signatures by which that was found, in one transaction."""
        with self._write() as connection:
            for link in links:
                row = {"docid": link.docid, "digest": link.digest, "signature": link.signature}
                connection.execute(_DROP_SIGNATURE, {"of": link.docid})
                connection.execute(_ADD_SIGNATURE, row)
                for docid in (link.docid, link.story) if link.story else ():
                    known = connection.execute(_ARTICLE, {"docid": docid}).one_or_none()
                    if known is not None and known.story != link.story:
                        touch(connection, docid, story=link.story)

    # ---- reading

    def get(self, docid: str, version: int | None = None) -> Article | None:
        """The current version, or a given one; None if there is none. An article that is gone can still be read."""
        wanted = versions.c.version == (articles.c.version if version is None else version)
        with self._read() as connection:
            row = connection.execute(_VERSIONS.where(articles.c.docid == docid, wanted)).one_or_none()
        return None if row is None else to_article(row)

    def gone(self, docid: str) -> str:
        """Why an article is gone; "" if it is not, or is unknown."""
        with self._read() as connection:
            row = connection.execute(_ARTICLE, {"docid": docid}).one_or_none()
        return (row.gone or "") if row is not None else ""

    def versions(self, docid: str) -> list[Article]:
        """Every text of an article, in the order in which they were seen; [] if it is unknown."""
        with self._read() as connection:
            rows = connection.execute(_VERSIONS.where(articles.c.docid == docid).order_by(versions.c.version)).all()
        return [to_article(row) for row in rows]

    def current(self) -> Iterator[Article]:
        """Every article that is not gone, its current version, ordered by id; a few hundred in memory at a time."""
        here = articles.c.gone.is_(None) & (versions.c.version == articles.c.version)
        page = _VERSIONS.where(here, articles.c.docid > bindparam("after")).order_by(articles.c.docid)
        yield from map(to_article, self._stream(page, "docid", ""))

    def count(self) -> int:
        """Articles that are not gone."""
        with self._read() as connection:
            return int(connection.execute(_COUNT).scalar_one())

    def change_number(self) -> int:
        """The number of the newest change; 0 for a new archive."""
        with self._read() as connection:
            return int(connection.execute(select(state.c.value).where(state.c.name == "change")).scalar_one())

    def identity(self) -> int:
        """A number drawn when the archive was made, by which an index knows its archive; 0 for one made before 0.1."""
        with self._read() as connection:
            return int(connection.execute(select(state.c.value).where(state.c.name == "identity")).scalar() or 0)

    def changes(self, since: int) -> Iterator[Change]:
        """The newest change of every article changed after `since`, in the order of their numbers."""
        page = select(articles.c.change, articles.c.docid, articles.c.gone)
        page = page.where(articles.c.change > bindparam("after")).order_by(articles.c.change)
        for row in self._stream(page, "change", since):
            yield Change(row.change, row.docid, row.gone is not None)

    def find(self, url: str) -> Article | None:
        """The article at a URL, in any of the forms that lead to the same page; None if it is not archived."""
        key = url_name(url)
        return self.get(self._resolve(key)) if key else None

    def same_story(self, docid: str) -> list[Article]:
        """The other articles of its story, earliest first; gone ones are left out."""
        with self._read() as connection:
            row = connection.execute(_ARTICLE, {"docid": docid}).one_or_none()
            if row is None or not row.story:
                return []
            others = _VERSIONS.where(
                articles.c.story == row.story,
                articles.c.docid != docid,
                articles.c.gone.is_(None),
                versions.c.version == articles.c.version,
            )
            found = [to_article(r) for r in connection.execute(others)]
        return sorted(found, key=lambda a: (a.published is None, a.published.isoformat() if a.published else "", a.id))

    def unlinked(self) -> list[str]:
        """The docids of articles whose present text was not yet compared with others, earliest published first."""
        with self._read() as connection:
            return list(connection.execute(_UNLINKED).scalars())

    def signatures(
        self, since: datetime | None = None, until: datetime | None = None
    ) -> Iterator[tuple[str, bytes, datetime | None]]:
        """(docid, signature, published) of the articles compared so far, ordered by docid.

        since, until: inclusive bounds on publication; articles without a date are always among them.
        """
        page = _SIGNATURES.where(signatures.c.docid > bindparam("after")).order_by(signatures.c.docid)
        if since is not None:
            page = page.where(or_(versions.c.published.is_(None), versions.c.published >= iso(since, "since")))
        if until is not None:
            page = page.where(or_(versions.c.published.is_(None), versions.c.published <= iso(until, "until")))
        for row in self._stream(page, "docid", "", size=10 * _PAGE):
            yield row.docid, row.signature, moment(row.published)

    def rejections(self, limit: int = 100) -> list[tuple[datetime, Rejection]]:
        """What was refused and when, newest first."""
        with self._read() as connection:
            return ledger.rejected(connection, limit)

    def source_state(self, url: str) -> SourceState | None:
        """What is remembered of a source; None if it was never read."""
        with self._read() as connection:
            return next(iter(ledger.source_states(connection, url)), None)

    def source_states(self) -> list[SourceState]:
        """Every source ever read, by URL."""
        with self._read() as connection:
            return ledger.source_states(connection)

    def page_state(self, url: str) -> PageState | None:
        """What is remembered of an article page; None if it was never fetched."""
        with self._read() as connection:
            return ledger.page_state(connection, url)

    def repeated(self, key: bytes) -> Outcome | None:
        """What adding an input again would come to: "unchanged" or "duplicate".

        None if no input with this key was added, or its article has a newer version since: then it must be read.
        """
        with self._read() as connection:
            return ledger.repeated(connection, key)

    def outlets(self) -> list[str]:
        """Names of the outlets of the articles that are not gone, those with most articles first."""
        with self._read() as connection:
            return stocktaking.outlets(connection)

    def stats(self, days: int = 0) -> dict[str, Any]:
        """Counts for a status page, times as datetimes or None; days: also by day, and what was corrected last."""
        with self._read() as connection:
            return stocktaking.stats(connection) | (stocktaking.lately(connection, days) if days else {})

    def digest(self) -> str:
        """sha256 (hex) over the id, number and digest of every version: equal exactly when two archives hold the same.

        Change numbers, times of arrival, stories and aliases are left out: they depend on the order of arrival.
        """
        with self._read() as connection:
            return stocktaking.digest(connection)

    def problems(self) -> list[str]:
        """What is broken in the database, as sentences; [] when it is sound. Reads everything: slow when large."""
        found: list[str] = []
        try:
            if self._engine.dialect.name == "sqlite":
                with self._read() as connection:
                    said = connection.exec_driver_sql("PRAGMA integrity_check(20)").scalars().all()
                found += [f"{self._label}: {line}" for line in said if line != "ok"]
            with self._read() as connection:
                found += [f"{docid}: its current version is missing" for docid in connection.execute(_LOST).scalars()]
            # One short read an article: a text corrected meanwhile has its own digest beside it.
            for change in self.changes(0):
                with self._read() as connection:
                    rows = connection.execute(_VERSIONS.where(articles.c.docid == change.docid)).all()
                found += [
                    f"{row.docid}: the text of its version {row.version} does not match its digest"
                    for row in rows
                    if to_article(row).digest != row.digest
                ]
        except (ArchiveError, ValueError) as error:
            found.append(str(error))
        return found

    def copy_to(self, path: Path) -> None:
        """Write a complete copy to a new SQLite file, consistent even while another process writes."""
        if self._engine.dialect.name != "sqlite":
            raise ArchiveError(f"{self._label}: not a file, wanted its own tool to copy it. Mend: pg_dump")
        if path.exists():
            raise ArchiveError(f"{path}: found a file, wanted a new name for the copy. Mend: choose another folder")
        draft = path.with_name(f"{path.name}.{os.getpid()}")  # a copy cut off half-way must not pass for one
        try:
            with plainly(self._label):
                database.run_outside_transaction(self._engine, "VACUUM INTO ?", str(draft))
            os.replace(draft, path)
        except OSError as error:
            raise ArchiveError(f"{path}: cannot be written ({error.strerror}), wanted a writable folder") from error
        finally:
            draft.unlink(missing_ok=True)

    # ---- inside

    @contextmanager
    def _write(self) -> Iterator[Connection]:
        with (
            self._one_writer,
            plainly(self._label),
            self._engine.connect().execution_options(writes=True) as connection,
            connection.begin(),
        ):
            yield connection

    @contextmanager
    def _read(self) -> Iterator[Connection]:
        with plainly(self._label), self._engine.connect() as connection:
            yield connection

    def _stream(self, page: Select[Any], key: str, after: Any, size: int = _PAGE) -> Iterator[Any]:
        """The rows of a statement ordered by `key`, which takes only those `after` the one given."""
        while True:
            with self._read() as connection:
                rows = connection.execute(page.limit(size), {"after": after}).all()
            yield from rows
            if len(rows) < size:
                return
            after = getattr(rows[-1], key)

    def _mark(self, docid: str, gone: str | None) -> None:
        with self._write() as connection:
            row = connection.execute(_ARTICLE, {"docid": docid}).one_or_none()
            if row is None:
                raise KeyError(docid)
            if row.gone != gone:
                touch(connection, docid, gone=gone)

    def _resolve(self, key: str) -> str:
        with self._read() as connection:
            return connection.execute(select(aliases.c.docid).where(aliases.c.key == key)).scalar() or ""


# Built once: SQLAlchemy then compiles each once, and SQLite prepares it once a connection.
_ARTICLE = select(articles).where(articles.c.docid == bindparam("docid"))
_COUNT = select(func.count()).select_from(articles).where(articles.c.gone.is_(None))
_VERSIONS = select(versions, articles.c.story).join(articles, articles.c.docid == versions.c.docid)
_DROP_SIGNATURE = delete(signatures).where(signatures.c.docid == bindparam("of"))
_ADD_SIGNATURE = insert(signatures)
_UNLINKED = (
    select(articles.c.docid)
    .join(versions, (versions.c.docid == articles.c.docid) & (versions.c.version == articles.c.version))
    .outerjoin(signatures, signatures.c.docid == articles.c.docid)
    .where(or_(signatures.c.digest.is_(None), signatures.c.digest != articles.c.digest))
    .order_by(versions.c.published.is_(None), versions.c.published, articles.c.docid)
)
_SIGNATURES = (
    select(signatures.c.docid, signatures.c.signature, versions.c.published)
    .join(articles, articles.c.docid == signatures.c.docid)
    .join(versions, (versions.c.docid == articles.c.docid) & (versions.c.version == articles.c.version))
)
_LOST = select(articles.c.docid).outerjoin(
    versions, (versions.c.docid == articles.c.docid) & (versions.c.version == articles.c.version)
)
_LOST = _LOST.where(versions.c.docid.is_(None))
