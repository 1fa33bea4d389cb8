"""Hold the index against the archive, and its three parts against each other; mend only what differs.

    archive -> what the catalogue should hold -> catalogue = vector store = word index

Each problem is one sentence. Mending takes the articles concerned in anew and
forgets what belongs to none; an index that needs more than that is rebuilt with
`hoitin reindex`. This module knows nothing of queries or people.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from index import split
from index.catalogue import Entry
from index.embed import Embedder
from index.passage import Passage
from index.store import VectorStore
from index.sync import Stores, digest, manifest_of, metadata, sync, take_again
from ingest.archive import Archive
from ingest.article import Article
from ingest.errors import HoitinError

SHOWN = 5
"""Ids named in one sentence; the others are counted."""


TRIES = 3
"""How often a verification begins anew because the index was written meanwhile."""


class IndexDamaged(HoitinError):
    """Mending did not help."""

    public = "Kho tin đang được cập nhật, bạn thử lại sau ít phút nhé."


@dataclass(frozen=True, slots=True)
class Problem:
    """One sentence, the articles to take in anew, and the passage ids to forget."""

    sentence: str
    docids: tuple[str, ...] = ()
    orphans: tuple[str, ...] = ()


def verify(archive: Archive, stores: Stores, embedder: Embedder, *, repair: bool = False) -> list[str]:
    """What does not agree, a sentence each; [] when archive, catalogue, vectors and words are one.

    repair: mend it; the sentences then tell what was found and is mended, and the caller holds
    the home's writing lock. Raises IndexDamaged when something is left after that.
    """
    found = _settled(archive, stores, embedder)
    if not repair or not found:
        return [problem.sentence for problem in found]
    _mend(archive, stores, embedder, found)
    left = _settled(archive, stores, embedder)
    if left:
        raise IndexDamaged(
            f"problems left after mending: {len(left)} of {len(found)}, the first: {left[0].sentence}; wanted none. "
            "Mend: hoitin reindex, or hoitin restore if it is the archive's own"
        )
    return [problem.sentence for problem in found]


def _settled(archive: Archive, stores: Stores, embedder: Embedder) -> list[Problem]:
    """All problems; looked for again if another process wrote while we looked."""
    for _ in range(TRIES):
        synced = stores.catalogue.synced()
        stores.lexical.reload()
        found = [*_broken_archive(archive), *problems(archive, stores, embedder)]
        if stores.catalogue.synced() == synced:
            break
    return found


def problems(archive: Archive, stores: Stores, embedder: Embedder) -> Iterator[Problem]:
    """What does not agree between archive and index, and between the parts of the index."""
    catalogue = stores.catalogue
    manifest = catalogue.manifest()
    if manifest is not None and (manifest != manifest_of(embedder) or catalogue.holder() != stores.vectors.holder):
        yield Problem("the index was built with another model, splitter or Chroma than those set now")
        return
    behind = archive.change_number() - catalogue.synced()
    if behind:
        yield Problem(f"changes of the archive that the index has not seen: {behind}")
    with catalogue.at_once():
        changed = {change.docid for change in archive.changes(catalogue.synced())}
        held: dict[str, list[Entry]] = {}
        for entry in catalogue.entries():
            held.setdefault(entry.passage.docid, []).append(entry)
        waiting = set(catalogue.waiting_ids())
        unkept = catalogue.unkept() if catalogue.keeps() else []
    passages = {entry.passage.id: entry.passage for entries in held.values() for entry in entries}
    yield from _against_archive(archive, held, changed)
    yield from _against_vectors(stores.vectors, passages, waiting)
    if unkept:
        yield Problem(f"{_some(sorted(unkept))} without a vector in the catalogue", _docids(unkept))
    yield from _against_words(stores.lexical.ids(), passages)


def _broken_archive(archive: Archive) -> Iterator[Problem]:
    for sentence in archive.problems():
        yield Problem(f"archive: {sentence}")


def _against_archive(archive: Archive, held: dict[str, list[Entry]], changed: set[str]) -> Iterator[Problem]:
    """Articles that the index lacks, has in another state, or has too many; those it has yet to sync are left out."""
    seen = set()
    for article in archive.current():
        seen.add(article.id)
        if article.id not in changed and (sentence := _compare(article, held.get(article.id, []))):
            yield Problem(sentence, (article.id,))
    for docid in sorted(held.keys() - seen - changed):
        yield Problem(f"article {docid} is gone from the archive and still in the index", (docid,))


def _compare(article: Article, held: list[Entry]) -> str | None:
    wanted = split.passages(article)
    if held and held[0].passage.version != article.version:
        return (
            f"article {article.id} is indexed in version {held[0].passage.version}, the archive has {article.version}"
        )
    for entry in held:
        passage = entry.passage
        if article.text[passage.start : passage.end] != passage.text:
            return f"passage {passage.id} is not the text of its article at {passage.start}:{passage.end}"
        if entry.digest != digest(passage):
            return f"passage {passage.id} is not what was encoded (digest {entry.digest})"
    if len(held) != len(wanted):
        return f"article {article.id} has {len(held)} passages in the index, wanted {len(wanted)}"
    for entry, right in zip(held, wanted, strict=True):
        if _comparable(entry.passage) != _comparable(right):
            return f"passage {right.id} is not as its article is split, or has another title, outlet, section or date"
    return None


def _comparable(passage: Passage) -> Passage:
    # The same moment in another zone is the same date.
    return replace(passage, published=passage.published and passage.published.astimezone())


def _against_vectors(store: VectorStore, passages: dict[str, Passage], waiting: Iterable[str]) -> Iterator[Problem]:
    known = store.metadatas()
    under_way = set(waiting)
    if missing := sorted(passages.keys() - known.keys() - under_way):
        yield Problem(f"{_some(missing)} not in the vector store", _docids(missing))
    if orphans := sorted(known.keys() - passages.keys() - under_way):
        yield Problem(f"{_some(orphans)} in the vector store and in no article", orphans=tuple(orphans))
    off = [i for i, p in passages.items() if i in known and i not in under_way and known[i] != metadata(p)]
    if off:
        yield Problem(f"{_some(sorted(off))} with another date, outlet or section in the vector store", _docids(off))


def _against_words(ids: list[str], passages: dict[str, Passage]) -> Iterator[Problem]:
    counted = Counter(ids)
    if missing := sorted(passages.keys() - counted.keys()):
        yield Problem(f"{_some(missing)} not in the word index", _docids(missing))
    if orphans := sorted(counted.keys() - passages.keys()):
        yield Problem(f"{_some(orphans)} in the word index and in no article", _docids(orphans))
    if twice := sorted(i for i, n in counted.items() if n > 1 and i in passages):
        yield Problem(f"{_some(twice)} more than once in the word index", _docids(twice))


def _mend(archive: Archive, stores: Stores, embedder: Embedder, found: list[Problem]) -> None:
    docids = {docid for problem in found for docid in problem.docids}
    orphans = {i for problem in found for i in problem.orphans}
    take_again(archive, stores, embedder, docids, forget=orphans)
    sync(archive, stores, embedder)


def _docids(ids: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted({i.rsplit("#", 1)[0] for i in ids}))


def _some(ids: list[str]) -> str:
    """
    >>> _some(["a#0"]), _some([f"a#{n}" for n in range(7)])
    ('passage a#0 is', 'passages a#0, a#1, a#2, a#3, a#4 and 2 more are')
    """
    if len(ids) == 1:
        return f"passage {ids[0]} is"
    rest = f" and {len(ids) - SHOWN} more" if len(ids) > SHOWN else ""
    return f"passages {', '.join(ids[:SHOWN])}{rest} are"
