"""How the archive's database is opened: SQLite in WAL mode by default, PostgreSQL by URL.

Whatever a database raises comes out as one ArchiveError that a person can act on.
This module knows nothing of what the tables hold (ingest.schema).
"""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Engine, create_engine, event, exc, insert, inspect, select

from ingest.errors import HoitinError
from ingest.schema import FORMAT, metadata, sources, state


class ArchiveError(HoitinError):
    """The archive cannot be opened, read or written."""


def open_engine(where: Path | str, *, read_only: bool) -> Engine:
    """An engine on the archive at `where`, its tables made if missing (unless read_only).

    where: a path of a SQLite file, or a database URL ("postgresql+psycopg://…").
    Raises ArchiveError when it is missing, foreign, broken, or of a newer format.
    """
    engine = _by_url(where) if isinstance(where, str) and "://" in where else _sqlite(Path(where), read_only)
    label = place(engine)
    try:
        with plainly(label), engine.connect() as connection:
            tables = set(inspect(connection).get_table_names())
            connection.rollback()
            if not tables and not read_only:
                _create(engine)
            elif not set(metadata.tables) - _ADDED <= tables:
                found = ", ".join(sorted(tables)) or "none"
                raise ArchiveError(
                    f"{label}: a database that is not ours (its tables: {found}), "
                    "wanted a hoitin archive. Mend: move it away and run hoitin ingest SOURCE"
                )
            written = connection.execute(_WRITTEN).scalar()
        if written is not None and written < FORMAT and not read_only:
            _upgrade(engine)
        if written is None or written > FORMAT:
            raise ArchiveError(
                f"{label}: archive format {written}, wanted at most {FORMAT}; a newer hoitin made it. "
                "Mend: pip install --upgrade hoitin"
            )
    except BaseException:
        engine.dispose()
        raise
    return engine


_ADDED = frozenset({"inputs", "pages"})
"""Tables that an archive of format 1 lacks; a reader does without them."""

_WRITTEN = select(state.c.value).where(state.c.name == "format")


def _upgrade(engine: Engine) -> None:
    with engine.connect().execution_options(writes=True) as writer, writer.begin():
        metadata.create_all(writer)
        writer.execute(state.update().where(state.c.name == "format").values(value=FORMAT))
        # Format 1 kept pages among the sources; without a memory, each is fetched in full once more.
        writer.execute(sources.delete().where(sources.c.url.startswith("page ")))


def _create(engine: Engine) -> None:
    if engine.dialect.name == "sqlite":
        # Once, for it stays with the file, and only now: a foreign database must not be changed by a look at it.
        run_outside_transaction(engine, "PRAGMA journal_mode = WAL")
    with engine.connect().execution_options(writes=True) as writer, writer.begin():
        # Asked again inside the write: another process may have been first.
        if "state" not in inspect(writer).get_table_names():
            metadata.create_all(writer)
            writer.execute(
                insert(state),
                [
                    {"name": "format", "value": FORMAT},
                    {"name": "change", "value": 0},
                    {"name": "identity", "value": secrets.randbits(31)},
                ],
            )


def run_outside_transaction(engine: Engine, statement: str, *values: str) -> None:
    """Run one SQLite statement that may not stand in a transaction."""
    raw = engine.raw_connection()
    try:
        raw.cursor().execute(statement, values)
    finally:
        raw.close()


def place(engine: Engine) -> str:
    """What error messages call the database: the file, or the URL without its password."""
    if engine.dialect.name == "sqlite":
        return str(engine.url.database)
    return engine.url.render_as_string(hide_password=True)


@contextmanager
def plainly(label: str) -> Iterator[None]:
    """Turn whatever the database raises inside the block into one ArchiveError a person can act on."""
    try:
        yield
    except (exc.SQLAlchemyError, sqlite3.Error) as error:
        raise ArchiveError(f"{label}: {_said(error)}") from error


def _said(error: Exception) -> str:
    first = str(getattr(error, "orig", None) or error).splitlines()[0]
    low = first.lower()
    if "not a database" in low or "malformed" in low or "encrypted" in low:
        return f"broken or not an archive ({first}), wanted a sound SQLite file. Mend: put back a copy of this file, or move it away and run hoitin ingest SOURCE"
    if "locked" in low or "busy" in low:
        return f"another process is writing ({first}), wanted one writer. Mend: wait until it ends, then run it again"
    if "unable to open" in low:
        return f"cannot be opened ({first}), wanted a file and folder of yours. Mend: chmod -R u+rwX on its folder"
    if "full" in low:
        return f"no room left ({first}), wanted free disk space. Mend: free some and run it again; nothing was lost"
    if "readonly" in low or "read-only" in low:
        return f"may not be written to ({first}), wanted a writable file. Mend: chmod u+w, or another HOITIN_HOME"
    return f"the database said: {first}. Mend: hoitin verify"


def _by_url(url: str) -> Engine:
    try:
        return create_engine(url, pool_pre_ping=True)
    except ModuleNotFoundError as error:
        raise ArchiveError(
            f"{url.split('://')[0]}: its driver {error.name!r} is not installed, wanted one. "
            "Mend: pip install 'psycopg[binary]' and write postgresql+psycopg://…"
        ) from error
    except exc.SQLAlchemyError as error:
        raise ArchiveError(f"{url.split('@')[-1]}: not a database URL ({error}), wanted a path or URL") from error


def _sqlite(path: Path, read_only: bool) -> Engine:
    if path.is_dir() or (read_only and not path.exists()):
        found = "a folder" if path.is_dir() else "nothing"
        raise ArchiveError(f"{path}: found {found}, wanted an archive. Mend: hoitin ingest SOURCE")
    if not path.parent.is_dir():
        raise ArchiveError(f"{path}: its folder is missing, wanted one. Mend: mkdir -p {path.parent}")

    def connect() -> sqlite3.Connection:
        # isolation_level None: Python's driver then begins nothing by itself (see _begin).
        uri = path.absolute().as_uri() + ("?mode=ro" if read_only else "")
        made = sqlite3.connect(uri, uri=True, timeout=30.0, isolation_level=None, check_same_thread=False)
        if not read_only:
            return made
        try:
            made.execute("SELECT 1 FROM sqlite_master")
            return made
        except sqlite3.OperationalError:
            made.close()
            if path.with_name(path.name + "-wal").exists():
                raise
            # A WAL file wants a writable folder even of readers; on a read-only disk nobody writes: immutable.
            return sqlite3.connect(uri + "&immutable=1", uri=True, isolation_level=None, check_same_thread=False)

    url = URL.create("sqlite", database=str(path.absolute()))
    # Enough connections for a web server's threads: each call takes one and gives it back.
    engine = create_engine(url, creator=connect, pool_size=4, max_overflow=60)
    event.listen(engine, "connect", _reader if read_only else _writer)
    event.listen(engine, "begin", _begin)
    return engine


def _writer(connection: sqlite3.Connection, _record: Any) -> None:
    # NORMAL: a killed process loses nothing; only a power cut may lose the last commits, never the file.
    for pragma in ("busy_timeout = 30000", "synchronous = NORMAL"):
        connection.execute(f"PRAGMA {pragma}").fetchall()


def _reader(connection: sqlite3.Connection, _record: Any) -> None:
    for pragma in ("busy_timeout = 30000", "query_only = ON"):
        connection.execute(f"PRAGMA {pragma}").fetchall()


def _begin(connection: Any) -> None:
    # A writer asks for the write lock first: a read that turns into a write cannot wait for it.
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
