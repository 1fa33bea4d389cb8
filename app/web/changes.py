"""What changed between two versions of an article, paragraph by paragraph and word by word, as HTML.

In: two texts as paragraphs. Out: paragraphs in which what went stands in <del>
and what came in <ins>. Words are compared only inside paragraphs that were
replaced, so a long article costs little. This module knows nothing of pages.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from app.web.markup import text

_MOST_PIECES = 2_000
"""Words and spaces of a paragraph that are compared; a longer one is shown as gone and come as a whole."""


def changes(before: Sequence[str], after: Sequence[str]) -> str:
    """The newer text with its differences from the older one.

    >>> changes(["Cầu dài 1.200 m."], ["Cầu dài 1.250 m."])
    '<p dir="auto">Cầu dài <del>1.200</del><ins>1.250</ins> m.</p>'
    """
    made = []
    for tag, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            made += [f'<p dir="auto">{_plain(p)}</p>' for p in after[c:d]]
        else:
            made += _replaced(before[a:b], after[c:d])
    return "".join(made)


def _replaced(before: Sequence[str], after: Sequence[str]) -> Iterator[str]:
    """Paragraphs put in the place of others: compared in pairs, what is left over is gone or new."""
    for old, new in zip(before, after, strict=False):
        yield f'<p dir="auto">{_words(old, new)}</p>'
    shared = min(len(before), len(after))
    yield from (f'<p dir="auto"><del>{_plain(p)}</del></p>' for p in before[shared:])
    yield from (f'<p dir="auto"><ins>{_plain(p)}</ins></p>' for p in after[shared:])


def _words(old: str, new: str) -> str:
    before, after = re.findall(r"\s+|\S+", old), re.findall(r"\s+|\S+", new)
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    # Alike by their words alone: between any two sentences the spaces are the same.
    alike = SequenceMatcher(None, before[::2], after[::2], autojunk=False)
    if max(len(before), len(after)) > _MOST_PIECES or alike.ratio() < 0.3:
        return f"<del>{_plain(old)}</del> <ins>{_plain(new)}</ins>"
    made = []
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            made.append(_plain("".join(after[c:d])))
            continue
        if b > a:
            made.append(f"<del>{_plain(''.join(before[a:b]))}</del>")
        if d > c:
            made.append(f"<ins>{_plain(''.join(after[c:d]))}</ins>")
    return "".join(made)


def _plain(value: str) -> str:
    """Escaped; the isolation of text() would put a box around every word here, so the paragraph isolates."""
    return text(value).removeprefix("<bdi>").removesuffix("</bdi>")
