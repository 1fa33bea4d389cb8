"""An article as data: one line of `hoitin export`, one reply of /api/articles. This module knows of nothing else."""

from __future__ import annotations

from typing import Any

from ingest.article import Article


def article_json(article: Article) -> dict[str, Any]:
    """One article in the shape of `hoitin export`.

    >>> article_json(Article(id="a", url="", title="T", paragraphs=("Một.", "Hai.")))["text"]
    'Một.\\n\\nHai.'
    """
    return {
        "id": article.id,
        "url": article.url,
        "title": article.title,
        "summary": article.summary,
        "text": article.text,
        "paragraphs": list(article.paragraphs),
        "captions": list(article.captions),
        "byline": list(article.byline),
        "outlet": article.outlet,
        "section": article.section,
        "published": article.published.isoformat() if article.published else None,
        "updated": article.updated.isoformat() if article.updated else None,
        "lang": article.lang,
        "story": article.story,
        "version": article.version,
    }
