"""What changed between two versions of an article, as HTML: what went stands in <del>, what came in <ins>.

What changed is found by app.differences. This module knows nothing of pages.
"""

from __future__ import annotations

from collections.abc import Sequence

from app.differences import Piece, differences
from app.web.markup import text


def changes(before: Sequence[str], after: Sequence[str]) -> str:
    """The newer text with its differences from the older one.

    >>> changes(["Cầu dài 1.200 m."], ["Cầu dài 1.250 m."])
    '<p dir="auto">Cầu dài <del>1.200</del><ins>1.250</ins> m.</p>'
    """
    return "".join(f'<p dir="auto">{"".join(map(_shown, pieces))}</p>' for pieces in differences(before, after))


def _shown(piece: Piece) -> str:
    what, words = piece
    # Escaped; the isolation of text() would put a box around every word here, so the paragraph isolates.
    escaped = text(words).removeprefix("<bdi>").removesuffix("</bdi>")
    return {"same": escaped, "gone": f"<del>{escaped}</del>", "new": f"<ins>{escaped}</ins>"}[what]
