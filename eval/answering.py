"""Questions put to an archive of one's own: the articles archived and indexed, the answerer open, the run recorded.

    articles + question files -> a bench with the app's own answerer -> items -> the report of `answers`

Questions are asked at one recorded moment, by default when the newest article
was published: a run repeats on any day. This module knows nothing of metrics
and prints nothing but progress.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from tqdm import tqdm

from app.answer import Answerer
from app.settings import Settings
from eval import answers
from eval.bench import Bench, open_bench
from eval.datasets import (
    OFF_TOPIC_MOST,
    DataError,
    Document,
    LabelledQuestion,
    digest_files,
    read_documents,
    read_jsonl,
    read_off_topic,
    read_questions,
)
from eval.provenance import provenance
from eval.retrieval import article_of
from eval.slices import UNDATED_NOW
from ingest.errors import HoitinError

if TYPE_CHECKING:
    from ingest.archive import Archive

Item = TypeVar("Item")

BEIR = "beir"
"""How a BEIR corpus is read: as it stands."""


@dataclass(frozen=True, slots=True)
class Sitting:
    """An open bench and the questions for it. run: the provenance of whatever is measured here."""

    bench: Bench
    questions: Sequence[LabelledQuestion]
    run: Mapping[str, Any]
    now: datetime
    timeout_s: float

    def items(
        self,
        questions: Sequence[LabelledQuestion] | None = None,
        answerer: Answerer | None = None,
        *,
        fresh: bool = False,
        label: str = "questions",
    ) -> list[dict[str, Any]]:
        """Every question answered and scored, by default this sitting's questions by the app's answerer."""
        asked = self.questions if questions is None else questions
        keep = {} if answerer is None else {"answerer": repr(answerer)}
        with self.bench.journal({**self.run, **keep, "label": label}, fresh=fresh) as journal:
            return answers.run_questions(
                asked,
                answerer or self.bench.app.answerer,
                self.bench.text_of,
                timeout_s=self.timeout_s,
                now=self.now,
                published_of=self.bench.published_of,
                journal=journal,
                progress=bar(label),
            )

    def report(self, answerer: Answerer | None = None, *, fresh: bool = False) -> dict[str, Any]:
        """The JSON of `hoitin-eval answers`."""
        return answers.report(self.items(answerer=answerer, fresh=fresh), self.run)


@contextmanager
def sitting(
    settings: Settings,
    articles: Path,
    questions: Sequence[Path],
    *,
    timeout_s: float = 60.0,
    now: datetime | None = None,
    work: Path | None = None,
    fresh: bool = False,
    off_topic: Sequence[Path] = (),
    **choices: Any,
) -> Iterator[Sitting]:
    """Open a sitting: the questions of the files over the articles (a file or a folder). choices go into the run.

    off_topic: files of questions of other domains that these articles cannot answer; OFF_TOPIC_MOST of them are asked.

    now: the moment of asking for questions that tell none; None means when the newest article was published.
    """
    asked = [question for file in questions for question in read_questions(file)]
    asked += read_off_topic(off_topic, OFF_TOPIC_MOST)
    twice = [question.id for at, question in enumerate(asked) if question.id in {q.id for q in asked[:at]}]
    if twice:
        raise DataError(f"{questions[-1]}: id {twice[0]!r} stands in another file too, wanted each question once")
    sources = files_of(articles)
    fill, how = filling(articles, sources)
    what, name = index_of(settings, digest_files(sources)), articles.resolve().name.split(".")[0]
    if how == BEIR:  # the bench that `hoitin-eval retrieval` has over the same corpus
        name = articles.resolve().parent.name
    else:
        what["read"] = how
    with open_bench(settings, name, what, fill, work, fresh) as bench:
        moment = now or bench.newest() or UNDATED_NOW
        run = provenance(
            settings,
            digest_files([*sources, *questions, *off_topic]),
            questions=[file.name for file in questions],
            timeout_s=timeout_s,
            now=moment.isoformat(),
            **choices,
        )
        named = [bench.with_archived_names(question) for question in asked]
        yield Sitting(bench, named, {**run, "index": dict(bench.built)}, moment, timeout_s)


def files_of(articles: Path) -> list[Path]:
    """The files that decide what is archived: one, or all of a folder in order. Raises DataError."""
    if not articles.is_dir():
        return [articles]
    found = sorted(path for path in articles.rglob("*") if path.is_file())
    if not found:
        raise DataError(
            f"{articles}: found an empty folder, wanted articles. Mend: hoitin-eval answers --articles FILE …"
        )
    return found


def index_of(settings: Settings, digest: str) -> dict[str, Any]:
    """What decides an index, and so names its bench."""
    from index.split import VERSION

    return {"data": digest, "model": settings.model, "engine": settings.engine, "splitter": VERSION}


def archive_documents(archive: Archive, documents: Sequence[Document]) -> dict[str, Any]:
    """Put documents into the archive as articles; raises HoitinError if one is not there afterwards."""
    for document in tqdm(documents, desc="archive", unit="doc", disable=None):
        archive.add(article_of(document))
    lost = [document.docid for document in documents if archive.get(document.docid) is None]
    if lost:
        raise HoitinError(
            f"{len(lost)} of {len(documents)} documents are not in the archive (first: {lost[0]!r}), wanted all"
        )
    return {}


def filling(articles: Path, sources: Sequence[Path]) -> tuple[Callable[[Archive], Mapping[str, Any]], str]:
    """How articles get into an archive: a BEIR corpus as it stands, all else as `hoitin ingest` would.

    The second value names the way, with a digest of the reading code: other code may read other text.
    """
    if not articles.is_dir() and {".jsonl", ".gz"} & {*articles.suffixes[-1:]}:
        for _ in read_jsonl(articles):  # a line that is no JSON is refused here, with its number
            pass
    if not articles.is_dir() and "_id" in next(read_jsonl(articles), ("", {}))[1]:
        documents = read_documents(articles)
        return lambda archive: archive_documents(archive, documents), BEIR

    import ingest

    def fill(archive: Archive) -> Mapping[str, Any]:
        from ingest.run import ingest as take_in

        with tqdm(desc="archive", unit="article", disable=None) as shown:

            def progress(done: int, _of: int | None, _source: str) -> None:
                shown.update(done - shown.n)

            done = take_in(archive, [str(articles)], allow_undated=True, any_language=True, on_progress=progress)
        if done.failed:
            raise done.failed[0]
        if not archive.count():
            first = f"; first: {done.rejected[0].source}: {done.rejected[0].reason}" if done.rejected else ""
            raise DataError(f"{articles}: none of its records became an article{first}; wanted title and body or text")
        return {"ingest": done.as_json()}

    code = sorted(Path(ingest.__file__ or "").parent.glob("*.py"))
    return fill, f"ingest {digest_files(code)[:12]}"


def bar(unit: str) -> Callable[[Iterable[Item]], Iterable[Item]]:
    """Progress on stderr, with the time left; nothing when nobody watches."""

    def shown(items: Iterable[Item]) -> Iterable[Item]:
        return tqdm(items, desc=unit, unit=unit.removesuffix("s"), file=sys.stderr, disable=None)

    return shown
