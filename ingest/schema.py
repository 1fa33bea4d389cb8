"""The archive's tables, and the statements that run for every article.

One place decides the layout; ingest.database opens it, ingest.archive reads and writes it.
Times are text (ISO 8601, Vietnam time): the same in every database, and in order when sorted.
This module knows nothing of what an article means.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    Executable,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    bindparam,
    delete,
    insert,
    or_,
    update,
)
from sqlalchemy import Connection as Connection  # these three are also for the modules that run inside a transaction
from sqlalchemy import func as func
from sqlalchemy import select as select

FORMAT = 2
"""Layout of the tables; a larger number was written by a newer hoitin. 2 added `inputs` and `pages`."""

metadata = MetaData()
# Ordered by code point everywhere: PostgreSQL would otherwise sort by its locale.
_key = String().with_variant(String(collation="C"), "postgresql")

state = Table("state", metadata, Column("name", _key, primary_key=True), Column("value", Integer, nullable=False))
"""Rows: `format`; `change`, the number that only grows; `identity`, drawn when the archive is made."""

articles = Table(
    "articles",
    metadata,
    Column("docid", _key, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("digest", String, nullable=False),
    Column("change", Integer, nullable=False),
    Column("changed_at", String, nullable=False),
    Column("story", _key, nullable=False),
    Column("gone", Text),
    Index("articles_by_change", "change", unique=True),
    Index("articles_by_story", "story"),
)
"""One row an article: which version is current, its newest change, and why it is gone (NULL: it is not)."""

versions = Table(
    "versions",
    metadata,
    Column("docid", _key, primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("digest", String, nullable=False),
    Column("url", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("summary", Text, nullable=False),
    Column("paragraphs", Text, nullable=False),
    Column("captions", Text, nullable=False),
    Column("byline", Text, nullable=False),
    Column("outlet", Text, nullable=False),
    Column("section", Text, nullable=False),
    Column("published", String),
    Column("updated", String),
    Column("lang", String, nullable=False),
    Column("source", Text, nullable=False),
    Column("seen_at", String, nullable=False),
)
"""Every text ever seen, as it was; lists are JSON."""

aliases = Table(
    "aliases",
    metadata,
    Column("key", _key, primary_key=True),
    Column("docid", _key, nullable=False),
)
"""Other names of an article: "url:<canonical URL>" and "id:<another id>"."""

signatures = Table(
    "signatures",
    metadata,
    Column("docid", _key, primary_key=True),
    Column("digest", String, nullable=False),
    Column("signature", LargeBinary, nullable=False),
)
"""The MinHash of each article's text, so that a restart links stories without reading every text again."""

rejections = Table(
    "rejections",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("at", String, nullable=False),
    Column("source", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("detail", Text, nullable=False),
    Index("rejections_by_source", "source"),
    Index("rejections_by_time", "at"),
)
"""Each input that was refused, once, with the last time it was."""

sources = Table(
    "sources",
    metadata,
    Column("url", _key, primary_key=True),
    Column("etag", Text, nullable=False),
    Column("last_modified", Text, nullable=False),
    Column("checked_at", String),
    Column("accepted", Integer, nullable=False),
    Column("updated", Integer, nullable=False),
    Column("unchanged", Integer, nullable=False),
    Column("rejected", Integer, nullable=False),
    Column("error", Text, nullable=False),
)
"""Each web address that was given as a source, and how it was last read."""

pages = Table(
    "pages",
    metadata,
    Column("url", _key, primary_key=True),
    Column("etag", Text, nullable=False),
    Column("last_modified", Text, nullable=False),
    Column("checked_at", String, nullable=False),
    Column("gone", Boolean, nullable=False),
)
"""Each article page that was fetched, and what its next visit needs to know."""

inputs = Table(
    "inputs",
    metadata,
    Column("key", LargeBinary, primary_key=True),
    Column("docid", _key, nullable=False),
    Column("version", Integer, nullable=False),
    Column("duplicate", Boolean, nullable=False),
    Index("inputs_by_docid", "docid"),
    sqlite_with_rowid=False,
)
"""What was read before, byte for byte (ingest.offer), and the version of an article that was current after it."""


class Prepared:
    """A statement that runs for every article: compiled once, and on SQLite handed straight to the driver.

    Going through SQLAlchemy costs several times what SQLite needs for one row; other databases go through it.
    """

    def __init__(self, statement: Executable) -> None:
        self._statement = statement
        self._text = ""
        self._order: list[str] = []
        self._fixed: dict[str, Any] = {}

    def __call__(self, connection: Connection, **values: Any) -> list[Any]:
        """The rows it gives; values by the names of its parameters or columns."""
        if connection.dialect.name != "sqlite":
            result = connection.execute(self._statement, values)
            return list(result.all()) if result.returns_rows else []
        if not self._text:
            compiled: Any = self._statement.compile(dialect=connection.dialect)  # type: ignore[attr-defined]
            self._order, self._fixed, self._text = list(compiled.positiontup), dict(compiled.params), str(compiled)
        given = {**self._fixed, **values}
        cursor: Any = connection.connection.cursor()
        return list(cursor.execute(self._text, [given[name] for name in self._order]))


# What runs for every article that is added.
KNOWN_NAMES = Prepared(
    select(aliases.c.key, aliases.c.docid).where(or_(aliases.c.key == bindparam("a"), aliases.c.key == bindparam("b")))
)
NEXT_CHANGE = Prepared(
    update(state).where(state.c.name == "change").values(value=state.c.value + 1).returning(state.c.value)
)
ADD_ARTICLE, ADD_VERSION, ADD_ALIAS, ADD_INPUT = (
    Prepared(insert(table)) for table in (articles, versions, aliases, inputs)
)
REPEATED = Prepared(
    select(inputs.c.duplicate)
    .join(articles, (articles.c.docid == inputs.c.docid) & (articles.c.version == inputs.c.version))
    .where(inputs.c.key == bindparam("key"))
)

# And for every article that was known.
CURRENT = (
    select(versions)
    .join(articles, (articles.c.docid == versions.c.docid) & (articles.c.version == versions.c.version))
    .where(articles.c.docid == bindparam("docid"))
)
KNOWN_TEXT = select(versions.c.version).where(
    versions.c.docid == bindparam("docid"), versions.c.digest == bindparam("digest")
)
LAST_VERSION = select(func.max(versions.c.version)).where(versions.c.docid == bindparam("docid"))
KNOWN_INPUTS = select(func.count()).where(inputs.c.docid == bindparam("of"))
DROP_INPUT = delete(inputs).where(inputs.c.key == bindparam("of"))
DROP_INPUTS = delete(inputs).where(inputs.c.docid == bindparam("of"))
_QUEUE = select(state.c.value).where(state.c.name == "change").with_for_update()


def queue(connection: Connection) -> None:
    """Wait for one's turn to write, so that change numbers become visible in their order.

    SQLite has one writer anyway, and its turn came with BEGIN IMMEDIATE.
    """
    if connection.dialect.name != "sqlite":
        connection.execute(_QUEUE)
