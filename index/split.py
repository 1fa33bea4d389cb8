"""Article.text to sentences, and sentences to passages, with exact character offsets.

Sentences end by the rules of Vietnamese newspapers: not after "TP.", "ThS.", an
initial or the dot of "3.500"; yes after "…", a closing quote or bracket, and
always at a paragraph's end. Passages are runs of whole sentences of a length the
encoder reads well; what has no end of sentence for that long is cut at a comma, or anywhere.
This module knows nothing of models or stores.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.abbreviations import abbreviates
from index.passage import Passage
from ingest.article import Article

VERSION = 2
"""Goes into the manifest: a change of rules needs a re-index."""

MAX_WORDS = 150
"""Syllables in a passage at most: about 220 tokens, well under the encoder's 512."""

MAX_CHARS = 2_000
"""Characters in a passage at most: what has no spaces (a table, an encoded file) is cut anywhere."""

MIN_LAST = 40
"""A rest shorter than this joins the passage before it when the two stay under 1.3 * MAX_WORDS."""

Span = tuple[int, int]

_END = re.compile(r"(?<![.!?…])([.!?…]++)[\"”’')\]»]*+(?=\s|[^\W\d_]|\d{1,2}\.\s)")
"""Looked at once, however long a row of stops is: 60,000 full stops would else hold every other request up for more than a minute."""
_WORD = re.compile(r"\S+")
_DASHES = "–—-•*"
_OPENING = "\"“‘'«([" + _DASHES


def sentences(text: str) -> list[Span]:
    """Spans of the sentences of a text, in order, without the white space around them.

    >>> t = 'TP. HCM họp. ThS. Lê A. Bình nói: "Tốt!" Rồi về.\\nGiá 3.500 đồng.'
    >>> [t[a:b] for a, b in sentences(t)]
    ['TP. HCM họp.', 'ThS. Lê A. Bình nói: "Tốt!"', 'Rồi về.', 'Giá 3.500 đồng.']
    """
    spans: list[Span] = []
    for paragraph in re.finditer(r"[^\n]+", text):
        start, stop = paragraph.span()
        for end in _ends(text, start, stop):
            _append(spans, text, start, end)
            start = end
        _append(spans, text, start, stop)
    return spans


def _ends(text: str, start: int, stop: int) -> list[int]:
    ends = []
    since = start
    for match in _END.finditer(text, start, stop):
        if _ends_sentence(text, since, match, stop):
            since = match.end()
            ends.append(since)
    return ends


def _ends_sentence(text: str, since: int, match: re.Match[str], stop: int) -> bool:
    at, end = match.start(), match.end()
    rest = text[end : min(stop, end + 200)].lstrip()
    if not rest or not _opens(rest):
        return False
    if end < stop and not text[end].isspace() and not _glued(text, at, match):
        return False
    if match.group(1) != "." or match.group() != "." or at == since:
        return True  # "…", "!", "?", or a closing quote or bracket after the full stop
    return not abbreviates(text, since, at, rest)


def _opens(rest: str) -> bool:
    """Whether a sentence can begin so: with a capital, a digit or a dash, after quotes and brackets."""
    first = rest.lstrip(_OPENING + " ")[:1]
    return first.isupper() or first.isdigit() or (rest[0] in _DASHES and not first.islower())


def _glued(text: str, at: int, match: re.Match[str]) -> bool:
    """Whether two sentences stand together without a space, as in "…trường.Hai bạn…" or "…học tập.2. Chọn …"."""
    end = match.end()
    before, following = text[at - 1 : at], text[end : end + 2]
    if following[0].isdigit():
        return match.group(1) == "." and (before.isalpha() or before in ')”"') and len(before) == 1
    if not following[0].isupper():
        return False
    if match.group() != match.group(1):
        return True  # a closing quote: "Tốt!"Rồi
    goes_on = following[1:].islower() or following[1:].isspace()
    return goes_on and (before.islower() or before.isdigit() or before in ')%”"’')


def _append(spans: list[Span], text: str, start: int, end: int) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        spans.append((start, end))


def words(text: str) -> int:
    """Syllables, counted as white-space separated strings."""
    return len(text.split())


def clip(text: str, spans: Sequence[Span], limit: int = MAX_WORDS) -> list[Span]:
    """Spans with those of more than `limit` words or MAX_CHARS characters cut, at ";" or "," where possible."""
    clipped: list[Span] = []
    for start, end in spans:
        while (cut := _cut(text, start, end, limit)) < end:
            _append(clipped, text, start, cut)
            start = cut
        _append(clipped, text, start, end)
    return clipped


def _cut(text: str, start: int, end: int, limit: int) -> int:
    """Where the first piece of a span ends; `end` when the span is short enough."""
    stop = min(end, start + MAX_CHARS)
    pause, at = 0, start
    for count, match in enumerate(_WORD.finditer(text, start, stop), start=1):
        if count > limit:
            return pause or at
        if match.end() == stop and stop < end and not text[stop].isspace():
            return pause or (at if at > start else stop)
        at = match.end()
        if match.group()[-1] in ";," and count > limit // 3:
            pause = at
    return stop


def passages(article: Article) -> list[Passage]:
    """The passages of an article: whole sentences, at most MAX_WORDS, in order, covering the text once.

    An article without text has its title alone to be found by, and no passage.
    """
    text = article.text
    groups: list[list[Span]] = []
    size = 0
    for span in clip(text, sentences(text)):
        count = words(text[span[0] : span[1]])
        if groups and size + count <= MAX_WORDS and span[1] - groups[-1][0][0] <= MAX_CHARS:
            groups[-1].append(span)
            size += count
        else:
            groups.append([span])
            size = count
    if len(groups) > 1 and size < MIN_LAST:
        before = groups[-2][0][0]
        joined = words(text[before : groups[-1][-1][1]])
        if joined <= 1.3 * MAX_WORDS and groups[-1][-1][1] - before <= MAX_CHARS:
            groups[-2].extend(groups.pop())
    return [
        Passage(
            id=f"{article.id}#{number}",
            docid=article.id,
            start=group[0][0],
            end=group[-1][1],
            text=text[group[0][0] : group[-1][1]],
            title=article.title,
            outlet=article.outlet,
            section=article.section,
            published=article.published,
            story=article.story,
            version=article.version,
        )
        for number, group in enumerate(groups)
    ]
