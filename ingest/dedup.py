"""The same article at another URL (`url_key`), and the same story told by several outlets (`StoryIndex`).

    text -> syllables -> shingles of three -> MinHash signature (bytes, kept with the article)
    signature + date -> earlier article within a week whose shingles and figures mostly agree

Wire copy is edited lightly: outlets change the lead and cut the end. Daily columns (gold
price, lottery, weather) repeat their words with other figures: they are other stories. This
module knows nothing of the archive; whoever keeps the signatures can rebuild the index.
"""

from __future__ import annotations

import re
import zlib
from array import array
from collections.abc import Iterable
from datetime import datetime
from urllib.parse import parse_qsl, unquote, urlsplit

import numpy as np
import numpy.typing as npt

from ingest.article import VIETNAM
from ingest.outlets import host_of

_TRACKING = re.compile(
    r"utm_.*|fbclid|gclid|dclid|yclid|msclkid|igshid|mc_[ce]id|zarsrc|zalo.*|ref|refer|referrer|source|src|from|share.*|"
    r"vnn?_(?:source|medium|campaign|term|aid|zone|thumb)|gidzl|cmpid|ito|spm|_ga|_gl|amp|outputtype|print|fb_.*",
    re.I,
)
_AMP_PATH = re.compile(r"^/amp(?=/)|/amp(?:\.html?)?/?$|\.amp$")
_AMP_NAME = re.compile(r"[.-]amp(?=\.(?:html?|chn|ldo|vnp)$)|/index\.html?$")


def url_key(url: str) -> str:
    """One key for all addresses of one article; "" when it is no web address.

    Scheme, case of the host, www., m. and amp hosts, tracking parameters, fragment,
    trailing slash and /amp go; path and article number stay.

    >>> url_key("http://m.Bao.vn/tin-12345.htm?utm_source=zalo#top") == url_key("https://bao.vn/tin-12345.htm")
    True
    """
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return ""
    host = host_of(url)
    if parts.scheme.lower() not in {"http", "https"} or not host:
        return ""
    path = re.sub(r"/{2,}", "/", unquote(parts.path))
    path = _AMP_NAME.sub("", _AMP_PATH.sub("", path)).rstrip("/")
    query = sorted((key, value) for key, value in parse_qsl(parts.query) if not _TRACKING.fullmatch(key))
    return host + path + ("?" + "&".join(f"{key}={value}" for key, value in query) if query else "")


WORDS, FIGURES = 96, 31
"""Minima kept of a text's shingles and of its figures; a last number counts the different figures."""

LENGTH = WORDS + FIGURES + 1
"""Numbers in a signature, four bytes each."""

SHINGLE = 3
WINDOW_DAYS = 7
SAME_WORDS = 0.55
"""Share of equal minima (an estimate of Jaccard similarity) from which two texts tell one story."""

SHARED_FIGURES = 0.75
"""Share of the figures of the text with fewer that the other must hold too (a shortened copy keeps nearly all
of its own; a daily column has new ones)."""

MIN_FIGURES = 5
"""Texts with fewer different figures are compared by their words alone."""

MIN_SHINGLES = 12
"""A text with fewer syllables than about this has no signature: short texts agree by chance."""

_SKETCH, _SKETCH_MATCHES = 16, 3
_NO_DAY = np.iinfo(np.int32).min
_TOKEN = re.compile(r"\w+")
_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")
_MAX_TOKENS = 3_000

_Minima = npt.NDArray[np.uint32]
_seeds = np.random.default_rng(20_251_101)
_FACTORS = _seeds.integers(1, 2**63, size=WORDS + FIGURES, dtype=np.uint64) | np.uint64(1)
_OFFSETS = _seeds.integers(0, 2**63, size=WORDS + FIGURES, dtype=np.uint64)
_MIX = np.uint64(0x9E3779B97F4A7C15)


def signature(text: str) -> bytes:
    """The text's MinHash signature, equal on every machine; b"" for a text too short to compare.

    >>> len(signature("Sáng nay cây cầu mới bắc qua sông đã thông xe sau hai năm thi công liên tục."))
    512
    >>> signature("Mưa.")
    b''
    """
    tokens = _TOKEN.findall(text.casefold())[:_MAX_TOKENS]
    if len(tokens) < MIN_SHINGLES + SHINGLE - 1:
        return b""
    codes = np.fromiter((zlib.crc32(token.encode()) for token in tokens), np.uint64, len(tokens))
    shingles = codes[: 1 - SHINGLE].copy()
    for step in range(1, SHINGLE):
        shingles = (shingles * _MIX) ^ codes[step : len(codes) - SHINGLE + 1 + step]
    figures = {zlib.crc32(figure.encode()) for figure in _FIGURE.findall(text)[:_MAX_TOKENS]}
    words = _minima(np.unique(shingles), slice(0, WORDS))
    numbers = _minima(np.fromiter(figures, np.uint64, len(figures)), slice(WORDS, None))
    return words.tobytes() + numbers.tobytes() + np.uint32(len(figures)).tobytes()


def _minima(values: npt.NDArray[np.uint64], part: slice) -> _Minima:
    factors, offsets = _FACTORS[part], _OFFSETS[part]
    if not len(values):
        return np.zeros(len(factors), np.uint32)
    hashed = (values[:, None] * _MIX + offsets) * factors
    minima: _Minima = (hashed >> np.uint64(32)).min(axis=0).astype(np.uint32)
    return minima


class StoryIndex:
    """Signatures of the articles seen, by day, and which of them tell the same story as a new one.

    >>> index, text = StoryIndex(), "Sáng nay cây cầu mới bắc qua sông đã thông xe sau hai năm thi công liên tục."
    >>> index.add("a", text, None), index.add("b", text + " (theo TTXVN)", None)
    (None, 'a')
    """

    def __init__(self) -> None:
        self._docids: list[str] = []
        self._days = array("i")
        self._minima = np.zeros((64, LENGTH), np.uint32)
        self._sketch = np.zeros((_SKETCH, 64), np.uint8)
        self._by_day: dict[int, array[int]] = {}

    def __len__(self) -> int:
        return len(self._docids)

    @classmethod
    def load(cls, items: Iterable[tuple[str, bytes, datetime | None]]) -> StoryIndex:
        """The index of kept signatures: (docid, signature, published), in the order they were added."""
        index = cls()
        for docid, signed, published in items:
            index.put(docid, signed, published)
        return index

    def add(self, docid: str, text: str, published: datetime | None) -> str | None:
        """Remember the article; the docid of the most similar earlier one of the same story, else None."""
        signed = signature(text)
        earlier = self.find(signed, published)
        self.put(docid, signed, published)
        return earlier

    def put(self, docid: str, signed: bytes, published: datetime | None) -> None:
        """Remember a signature. An empty or foreign one is passed over: it can match nothing."""
        if len(signed) != 4 * LENGTH:
            return
        number = len(self._docids)
        if number == len(self._minima):
            self._minima = np.concatenate([self._minima, np.zeros_like(self._minima)])
            self._sketch = np.concatenate([self._sketch, np.zeros_like(self._sketch)], axis=1)
        self._minima[number] = np.frombuffer(signed, np.uint32)
        self._sketch[:, number] = self._minima[number, :_SKETCH].astype(np.uint8)
        self._docids.append(docid)
        day = _day(published)
        self._days.append(day)
        self._by_day.setdefault(day, array("i")).append(number)

    def find(self, signed: bytes, published: datetime | None) -> str | None:
        """The docid of the most similar earlier article within a week, None if none is similar enough.

        Where either date is unknown, time does not divide.
        """
        if len(signed) != 4 * LENGTH or not self._docids:
            return None
        minima = np.frombuffer(signed, np.uint32)
        near = self._near(_day(published))
        # One byte each of sixteen minima tells most strangers apart before all are compared.
        sketch = self._sketch[:, near] == minima[:_SKETCH, None].astype(np.uint8)
        numbers = np.flatnonzero(sketch.sum(axis=0, dtype=np.uint8) >= _SKETCH_MATCHES)
        if not isinstance(near, slice):
            numbers = near[numbers]
        if not len(numbers):
            return None
        equal = self._minima[numbers] == minima
        words, figures = equal[:, :WORDS].mean(axis=1), equal[:, WORDS:-1].mean(axis=1)
        fewer = np.minimum(self._minima[numbers, -1], minima[-1])
        both = figures / (1 + figures) * (self._minima[numbers, -1] + float(minima[-1]))
        words = np.where((fewer >= MIN_FIGURES) & (both < SHARED_FIGURES * fewer), 0.0, words)
        score = np.where(words >= SAME_WORDS, words, 0.0)
        best = int(score.argmax())
        return self._docids[numbers[best]] if score[best] > 0 else None

    def _near(self, day: int) -> npt.NDArray[np.int64] | slice:
        """Numbers of the articles within a week of a day or without a date, in order of arrival."""
        if day == _NO_DAY:
            return slice(0, len(self._docids))
        days = (*range(day - WINDOW_DAYS, day + WINDOW_DAYS + 1), _NO_DAY)
        numbers = [np.frombuffer(self._by_day[one], np.int32) for one in days if one in self._by_day]
        return np.sort(np.concatenate(numbers)).astype(np.int64) if numbers else np.arange(0)


def _day(published: datetime | None) -> int:
    return published.astimezone(VIETNAM).toordinal() if published else _NO_DAY
