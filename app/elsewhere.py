"""In which other outlets the same story stands: one article of each.

This module knows nothing of how articles were found to tell one story.
"""

from __future__ import annotations

from collections.abc import Iterable

from ingest.article import Article


def other_outlets(docid: str, outlet: str, same_story: Iterable[Article]) -> list[Article]:
    """One article of every other outlet, in the order given; of unknown outlets each article counts.

    docid, outlet: of the article that is shown; what its own outlet published again is not elsewhere.

    >>> copies = [Article(id=o + n, url="", title="Tin", paragraphs=(), outlet=o) for o, n in ("A2", "B1", "B2", "C1")]
    >>> [a.id for a in other_outlets("A1", "A", copies)]
    ['B1', 'C1']
    """
    by_outlet: dict[str, Article] = {}
    for article in same_story:
        if article.id != docid and (article.outlet != outlet or not outlet):
            by_outlet.setdefault(article.outlet or f"#{article.id}", article)
    return list(by_outlet.values())
