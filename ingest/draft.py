"""What a reader of one input form found in it, before anyone judged whether it is an article.

Fields are clean; what was not found stays empty. ingest.extract makes an Article or a
Rejection of it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(slots=True)
class Draft:
    """The parts of an article as found.

    outlet: its name where that is settled. outlet_names: else what the input calls the outlet, best first; empty strings are skipped.
    dated_as: what the input gives as the time of publication, as it stands there; "" when it gives none.
    kind: what the page says it is ("article", "list", …); "" when it says nothing.
    """

    id: str = ""
    url: str = ""
    title: str = ""
    summary: str = ""
    paragraphs: list[str] = field(default_factory=list)
    captions: list[str] = field(default_factory=list)
    byline: list[str] = field(default_factory=list)
    outlet: str = ""
    outlet_names: list[str] = field(default_factory=list)
    section: str = ""
    published: datetime | None = None
    updated: datetime | None = None
    dated_as: str = ""
    kind: str = ""
