"""BM25 over syllables and syllable pairs, with and without diacritics, on disk.

In: passages. Out: passage ids with BM25 scores, per field: `words` (accented),
`plain` (folded), `title` (accented). Incremental; a query never rebuilds anything. The only
file that imports tantivy. This module knows nothing of vectors or people.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from index.passage import Passage
from index.vietnamese import fold, pairs, tokens
from ingest.errors import HoitinError

WRITER_BYTES = 64_000_000
"""Memory of the one writer, in bytes; tantivy's least is 15 MB."""

NO_DATE = -(2**40)


class LexicalError(HoitinError):
    """The lexical index cannot be opened."""

    public = "Kho tin đang được cập nhật, bạn thử lại sau ít phút nhé."


class Lexical:
    """The inverted index of one home."""

    def __init__(self, index: Any, schema: Any) -> None:
        self._index = index
        self._schema = schema
        self._writer: Any = None

    @classmethod
    def open(cls, folder: Path) -> Lexical:
        """The index in `folder`, made when missing. Raises LexicalError when the folder holds something else."""
        import tantivy

        builder = tantivy.SchemaBuilder()
        builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
        builder.add_text_field("docid", tokenizer_name="raw", index_option="basic")
        for name in ("words", "plain", "title"):
            builder.add_text_field(name, tokenizer_name="whitespace", index_option="freq")
        for name in ("outlet", "section"):
            builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
        builder.add_integer_field("published", indexed=True, fast=True)
        schema = builder.build()
        try:
            folder.mkdir(parents=True, exist_ok=True)
            index = tantivy.Index(schema, path=str(folder), reuse=True)
        except (ValueError, OSError) as error:
            raise LexicalError(
                f"{folder}: the word index could not be opened ({str(error)[:200]}); wanted one written by this "
                "version of hoitin. Mend: hoitin reindex"
            ) from error
        return cls(index, schema)

    # ---- writing

    def put(self, passages: Iterable[Passage]) -> None:
        """Add passages; those of a known docid must be removed first. Nothing is seen before commit()."""
        import tantivy

        writer = self._open_writer()
        for passage in passages:
            syllables = tokens(passage.text)
            title = tokens(passage.title)
            published = int(passage.published.timestamp()) if passage.published else NO_DATE
            plain = [fold(s) for s in syllables]
            document = tantivy.Document()
            document.add_text("id", passage.id)
            document.add_text("docid", passage.docid)
            document.add_text("words", " ".join(syllables + pairs(syllables)))
            document.add_text("plain", " ".join(plain + pairs(plain)))
            document.add_text("title", " ".join(title + pairs(title)))
            document.add_text("outlet", passage.outlet)
            document.add_text("section", passage.section)
            document.add_integer("published", published)
            writer.add_document(document)

    def remove(self, docids: Iterable[str]) -> None:
        """Forget all passages of these articles."""
        writer = self._open_writer()
        for docid in docids:
            writer.delete_documents_by_term("docid", docid)

    def commit(self) -> None:
        """Make what was put and removed durable and visible."""
        if self._writer is not None:
            self._writer.commit()
            self._index.reload()

    def clear(self) -> None:
        """Forget everything, what was put and not committed too."""
        writer = self._open_writer()
        writer.rollback()
        writer.delete_all_documents()
        self.commit()

    def _open_writer(self) -> Any:
        if self._writer is None:
            try:
                self._writer = self._index.writer(WRITER_BYTES, num_threads=1)
            except ValueError as error:
                raise LexicalError(
                    f"the word index is being written by another process ({str(error)[:120]}); wanted one writer. "
                    "Mend: wait until the other hoitin has finished"
                ) from error
        return self._writer

    def close(self) -> None:
        """Stop being the writer and drop what was not committed; reading goes on, and writing can begin again."""
        if self._writer is not None:
            self._writer.wait_merging_threads()
            self._writer = None

    # ---- reading

    def reload(self) -> None:
        """See what another process has committed."""
        self._index.reload()

    def count(self) -> int:
        return int(self._index.searcher().num_docs)

    def frequency(self, field: str, term: str) -> int:
        """Passages that hold a term (deleted ones may still count until segments merge)."""
        return int(self._index.searcher().doc_freq(field, term))

    def ids(self) -> list[str]:
        """Every passage id; for verification, not for searching."""
        import tantivy

        searcher = self._index.searcher()
        if not searcher.num_docs:
            return []
        hits = searcher.search(tantivy.Query.all_query(), limit=searcher.num_docs).hits
        return [searcher.doc(address)["id"][0] for _score, address in hits]

    def matching(
        self,
        terms: Mapping[str, Mapping[str, float]],
        k: int,
        *,
        since: datetime | None = None,
        until: datetime | None = None,
        outlets: Sequence[str] = (),
        sections: Sequence[str] = (),
        among: Sequence[str] | None = None,
    ) -> list[tuple[str, float]]:
        """The k passages of highest weighted BM25, best first.

        terms: field -> {term: weight}. among: only these passage ids.
        """
        import tantivy

        should = [
            (tantivy.Occur.Should, _weighted(tantivy, self._schema, field, term, weight))
            for field, weighted in terms.items()
            for term, weight in weighted.items()
            if weight > 0
        ]
        if not should:
            return []
        query = tantivy.Query.boolean_query(should)
        musts = self._filters(since, until, outlets, sections)
        if among is not None:
            musts.append(tantivy.Query.term_set_query(self._schema, "id", list(among)))
        if musts:
            query = tantivy.Query.boolean_query(
                [(tantivy.Occur.Must, query)]
                + [(tantivy.Occur.Must, tantivy.Query.const_score_query(m, 0.0)) for m in musts]
            )
        searcher = self._index.searcher()
        hits = searcher.search(query, limit=max(1, k)).hits
        return [(searcher.doc(address)["id"][0], float(score)) for score, address in hits]

    def _filters(
        self, since: datetime | None, until: datetime | None, outlets: Sequence[str], sections: Sequence[str]
    ) -> list[Any]:
        import tantivy

        musts = []
        if since is not None or until is not None:
            musts.append(
                tantivy.Query.range_query(
                    self._schema,
                    "published",
                    tantivy.FieldType.Integer,
                    int(since.timestamp()) if since else NO_DATE + 1,
                    int(until.timestamp()) if until else 2**40,
                )
            )
        for field, values in (("outlet", outlets), ("section", sections)):
            if values:
                musts.append(tantivy.Query.term_set_query(self._schema, field, list(values)))
        return musts


def _weighted(tantivy: Any, schema: Any, field: str, term: str, weight: float) -> Any:
    query = tantivy.Query.term_query(schema, field, term, "freq")
    return query if weight == 1.0 else tantivy.Query.boost_query(query, weight)
