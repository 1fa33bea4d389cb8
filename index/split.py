"""Article.text to sentences, and sentences to passages, with exact character offsets.

Sentences end by the rules of Vietnamese newspapers: not after "TP.", "ThS.", an
initial or the dot of "3.500"; yes after "…", a closing quote or bracket, and
always at a paragraph's end. Passages are runs of whole sentences of a length the
encoder reads well, and never cross a paragraph break unless paragraphs are short.
This module knows nothing of models or stores.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.passage import Passage
from ingest.article import Article

VERSION = 1
"""Goes into the manifest: a change of rules needs a re-index."""

MAX_WORDS = 150
"""Syllables in a passage at most: about 220 tokens, well under the encoder's 512."""

MIN_LAST = 40
"""A rest shorter than this joins the passage before it when the two stay under 1.3 * MAX_WORDS."""

Span = tuple[int, int]

# A dot after these ends no sentence, whatever follows.
_ABBREVIATIONS = frozenset(
    [
        "tp",
        "tx",
        "tt",
        "th",
        "ths",
        "ts",
        "pgs",
        "gs",
        "bs",
        "bsck",
        "ck",
        "cki",
        "ckii",
        "ds",
        "kts",
        "ks",
        "cn",
        "nsnd",
        "nsưt",
        "nsut",
        "lgs",
        "tskh",
        "ncs",
        "đ",
        "đc",
        "q",
        "p",
        "h",
        "t",
        "x",
        "mr",
        "mrs",
        "ms",
        "dr",
        "prof",
        "st",
        "no",
        "vol",
        "jr",
        "sr",
        "ông.bà",
        "tr",
        "đt",
        "sđt",
        "dt",
        "fax",
        "ttg",
        "qđ",
        "nđ",
        "ct",
        "kh",
        "bv",
    ]
)
# These end a sentence only before a capital letter: "v.v. Ông …" but "vân vân v.v. đều …".
_SOFT = frozenset(["v.v", "v", "vv"])

_END = re.compile(r"(?:[.!?…]+|\.{2,})[\"”’')\]»]*(?=\s|$)|[.!?…]+[\"”»]+(?=[^\W\d_])")
_WORD_BEFORE = re.compile(r"[^\s(\[\"“‘'«/–-]+$")
_LIST_NUMBER = re.compile(r"(?:^|\s)(?:\d{1,2}|[a-zđA-ZĐ]|[IVX]{1,4})$")
_OPENING = "\"“‘'«([–-•*"


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
    for match in _END.finditer(text, start, stop):
        if match.end() < stop and _ends_sentence(text, start, match, stop):
            ends.append(match.end())
    return ends


def _ends_sentence(text: str, start: int, match: re.Match[str], stop: int) -> bool:
    mark = match.group()
    following = text[match.end() : stop].lstrip()[:2]
    if not following:
        return False
    first = following[0]
    if first in _OPENING and len(following) > 1:
        first = following[1] if following[1] != " " else first
    capital = first.isupper() or first.isdigit() or (first in _OPENING)
    if mark.rstrip("\"”’')]»") != ".":
        # "…", "!", "?": the sentence goes on when a small letter follows.
        return capital
    word = _WORD_BEFORE.search(text, start, match.start())
    before = word.group().strip("\"”’')]»,;:") if word else ""
    lowered = before.lower()
    if mark == "." and before:
        if lowered in _SOFT or lowered.endswith("v.v"):
            return capital
        if lowered in _ABBREVIATIONS or (lowered.rsplit(".", 1)[-1] in _ABBREVIATIONS and "." in lowered):
            return False
        if len(before) == 1 and before.isupper():
            return False  # an initial: "Lê A. Bình"
        if _LIST_NUMBER.search(text[start : match.start()]) and match.start() - start <= 4:
            return False  # "1. Đối tượng …"
    return capital


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


def clip(text: str, spans: Sequence[Span], limit: int) -> list[Span]:
    """Spans with those of more than `limit` words cut, at ";" or "," where possible."""
    clipped: list[Span] = []
    for start, end in spans:
        while words(text[start:end]) > limit:
            cut = _cut(text, start, end, limit)
            _append(clipped, text, start, cut)
            start = cut
        _append(clipped, text, start, end)
    return clipped


def _cut(text: str, start: int, end: int, limit: int) -> int:
    count, last_break, at = 0, 0, start
    for match in re.finditer(r"\S+", text[start:end]):
        count += 1
        at = start + match.end()
        if match.group()[-1] in ";," and count > limit // 3:
            last_break = at
        if count >= limit:
            break
    return last_break or at


def passages(article: Article) -> list[Passage]:
    """The passages of an article: whole sentences, at most MAX_WORDS, in order, covering the text once.

    An article without text has its title alone to be found by, and no passage.
    """
    text = article.text
    groups: list[list[Span]] = []
    size = 0
    for span in clip(text, sentences(text), MAX_WORDS):
        count = words(text[span[0] : span[1]])
        if groups and size + count <= MAX_WORDS:
            groups[-1].append(span)
            size += count
        else:
            groups.append([span])
            size = count
    if len(groups) > 1:
        last = words(text[groups[-1][0][0] : groups[-1][-1][1]])
        before = words(text[groups[-2][0][0] : groups[-2][-1][1]])
        if last < MIN_LAST and last + before <= 1.3 * MAX_WORDS:
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
