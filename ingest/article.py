"""The nouns of the archive: an Article as its journalist wrote it, and a Rejection with its reason.

Every other room receives these frozen values and never a page, a feed or a
database row. This module knows nothing of files, networks or databases.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import Literal

VIETNAM = timezone(timedelta(hours=7), "ICT")
"""Vietnam time (UTC+7, no daylight saving): every datetime of an Article is in it."""

PARAGRAPH_BREAK = "\n\n"
"""What stands between two paragraphs in Article.text."""

Outcome = Literal["accepted", "updated", "unchanged", "duplicate"]
"""What became of an article offered to the archive.

accepted: a new article. updated: a new version of a known one. unchanged: known, same text.
duplicate: the same article already archived under another id or URL.
"""


@dataclass(frozen=True, slots=True)
class Article:
    """One version of one article, cleaned: no menus, promo lines, captions or bylines in its text.

    id: the docid; the one given in the input, else derived from the canonical URL.
    url: where the reader finds the original; "" when unknown.
    summary: the sapo; it is also the first paragraph when it is not empty.
    paragraphs: sapo (if any) and body, in reading order.
    captions, byline: apart from the text, never quoted as the article's own sentences.
    published, updated: aware, Vietnam time; None when the source does not say.
    lang: ISO 639-1 of the body, "" when undecided.
    story: id shared by the articles of several outlets that tell the same story ("" until linked).
    version: 1 for the first text seen, then counting up.
    """

    id: str
    url: str
    title: str
    paragraphs: tuple[str, ...]
    summary: str = ""
    captions: tuple[str, ...] = ()
    byline: tuple[str, ...] = ()
    outlet: str = ""
    section: str = ""
    published: datetime | None = None
    updated: datetime | None = None
    lang: str = ""
    story: str = ""
    version: int = 1

    @property
    def text(self) -> str:
        """Sapo and body: the string in which citations count characters.

        >>> Article(id="a", url="", title="T", paragraphs=("Một.", "Hai.")).text
        'Một.\\n\\nHai.'
        """
        return PARAGRAPH_BREAK.join(self.paragraphs)

    @property
    def digest(self) -> str:
        """sha256 (hex) of what a reader sees; equal digests mean that nothing was corrected."""
        seen = "\x1f".join((self.title, self.text, *self.captions, *self.byline))
        return hashlib.sha256(seen.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Rejection:
    """Input that was refused, kept so that nothing disappears without a word.

    source: the file, line or URL ("tin.jsonl:12"). reason: one short code
    ("no_date", "empty", "broken_json", …). detail: the sentence for a person.
    """

    source: str
    reason: str
    detail: str
