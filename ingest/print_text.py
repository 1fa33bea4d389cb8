"""A print-version text (title, lead, photo marks, promotion, byline, link line) → its parts.

    title
    (HTV) - lead …
    title - Ảnh 1.
    caption
    THÙY DUNG // TRUNG TÂM TIN TỨC
    Link nội dung: https://…-222251101102601635.htm

Any of them but the title may be missing. This module judges nothing: see ingest.extract.
"""

from __future__ import annotations

import re

from ingest import dates
from ingest.draft import Draft
from ingest.news_rules import sort_lines
from ingest.outlets import known_outlet
from ingest.text import clean_paragraphs

_HOUSE = re.compile(r"^Báo (?:điện tử )?| (?:Online|điện tử)$", re.I)


def read_print(text: str) -> Draft:
    """The draft article in a print-version text; fields that are not there stay empty."""
    lines = clean_paragraphs(text)
    if not lines:
        return Draft()
    head = lines[:6]
    while len(lines) > 2 and (dates.is_dateline(lines[0]) or known_outlet(_HOUSE.sub("", lines[0]))):
        lines = lines[1:]  # a masthead or the day above the title
    title, *rest = lines
    parts = sort_lines(rest, title=title)
    printed = dates.from_text("\n".join(head)) or dates.from_text("\n".join(lines[-6:]))
    created = dates.from_url(parts.url)
    # A dateline without a clock reads as midnight; the number in the URL then knows more.
    published = created if created and (printed is None or printed < created) else printed
    return Draft(
        url=parts.url,
        title=title,
        paragraphs=parts.paragraphs,
        captions=parts.captions,
        byline=parts.byline,
        outlet_names=[parts.outlet],
        published=published,
    )
