"""Which articles tell the same story: the archive's unlinked articles, compared with those published near them.

    unlinked -> signature -> StoryIndex.find -> Archive.link, a few hundred in a transaction

The signatures are kept, so a restart goes on where it stopped: an article is unlinked until
its link is on disk. A story's id is the docid of its first article, and an article keeps its
story when it is corrected. This module knows nothing of how texts are compared.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from ingest.archive import Archive, Link
from ingest.dedup import WINDOW_DAYS, StoryIndex, signature

_BATCH = 200


def link_stories(archive: Archive, on_progress: Callable[[int, int], object] = lambda done, total: None) -> int:
    """Link every article that is not linked yet; how many joined a story that was there before them.

    on_progress: called with (articles compared, articles to compare), a few hundred at a time.

    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder, Archive.open(Path(folder) / "archive.sqlite") as archive:
    ...     link_stories(archive)
    0
    """
    todo = archive.unlinked()
    if not todo:
        return 0
    index = _index_near(archive, todo)
    joined = 0
    for start in range(0, len(todo), _BATCH):
        links: list[Link] = []
        stories: dict[str, str] = {}  # of this batch, not on disk yet
        for docid in todo[start : start + _BATCH]:
            article = archive.get(docid)
            if article is None:
                continue
            signed = signature(article.text)
            story = article.story
            if not story and (earlier := index.find(signed, article.published)) not in (None, docid):
                first = archive.get(earlier)
                story = stories.get(earlier) or (first.story if first else "") or earlier
                stories[earlier] = stories[docid] = story
                joined += 1
            index.put(docid, signed, article.published)
            links.append(Link(docid, article.digest, signed, story))
        archive.link(links)
        on_progress(min(start + _BATCH, len(todo)), len(todo))
    return joined


def _index_near(archive: Archive, todo: list[str]) -> StoryIndex:
    """The kept signatures that the articles can match: those of the days around theirs."""
    days = [article.published for docid in (todo[0], todo[-1]) if (article := archive.get(docid))]
    margin = timedelta(days=WINDOW_DAYS + 1)
    first, last = (days[0], days[-1]) if days else (None, None)
    if first is None or last is None:  # undated articles come last, and are compared with all
        return StoryIndex.load(archive.signatures())
    return StoryIndex.load(archive.signatures(first - margin, last + margin))
