"""The tokenizer of the default model, made anew for each few texts, of just the pieces that they can hold.

    texts -> normalised -> substrings of their words -> those that are pieces -> a tokenizer of just these -> token ids

A unigram tokenizer cuts a text into the pieces of highest total score, and only
substrings of the text can be among them. So a tokenizer of just those cuts it the
same way as that of all 250,000, which takes 0.7 s to load and 280 MB to keep. Pieces are found by
hash in two arrays that stay on disk (memory-mapped).

The only file that imports tokenizers. It knows nothing of vectors.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

SPECIAL = ("<s>", "<pad>", "</s>", "<unk>")
"""The first four pieces; their places are their ids."""

MAX_PIECE = 16
"""Characters of the longest piece."""

SHORT = 4_000
"""Characters of the longest text for which its own few pieces are looked up: one word of a megabyte has too many."""

AT_ONCE = 256
"""Texts cut together: they share their pieces, and the cutter keeps some KB of notes a text until it is done with all."""

REMEMBERED = 20_000
"""Words whose pieces are kept: the syllables of Vietnamese are some thousands, and every text has the same."""

_WHOLE, _HASHES, _PIECES = "tokenizer.json", "graph/piece_hashes.npy", "graph/pieces.npy"
_PIECE = np.dtype([("id", "<i4"), ("score", "<f8")])


def write_tokenizer(folder: Path, vocabulary: Sequence[tuple[str, float]]) -> None:
    """Write the tokenizer of multilingual-e5 (unigram pieces with their scores, Nmt + NFKC) as tokenizer.json."""
    _assembled(vocabulary).save(str(folder / _WHOLE))


def write_pieces(folder: Path, vocabulary: Sequence[tuple[str, float]]) -> None:
    """Write the pieces once more, to be found by hash. Raises ValueError if they are not as this file counts on."""
    if tuple(piece for piece, _ in vocabulary[: len(SPECIAL)]) != SPECIAL:
        raise ValueError(f"the vocabulary begins with {vocabulary[: len(SPECIAL)]}, wanted {SPECIAL}")
    hashes = np.array([_hash(piece) for piece, _ in vocabulary], np.uint64)
    if len(np.unique(hashes)) != len(hashes) or max(len(piece) for piece, _ in vocabulary) > MAX_PIECE:
        raise ValueError(f"pieces that are told apart by their hashes and have at most {MAX_PIECE} characters wanted")
    order = np.argsort(hashes)
    np.save(folder / _HASHES, hashes[order])
    np.save(folder / _PIECES, np.array([(i, score) for i, (_, score) in enumerate(vocabulary)], _PIECE)[order])


class ModelTokenizer:
    """Token ids as multilingual-e5 reads them. Safe to share between threads.

    max_tokens: ids of a text at most, with the marks of begin and end; the rest of it is left out.
    """

    def __init__(self, folder: Path, max_tokens: int) -> None:
        self._folder = folder
        self._max_tokens = max_tokens
        self._whole: Any = None
        self._loading = threading.Lock()
        self._normalizer = _normalizer()
        self._hashes = np.load(folder / _HASHES, mmap_mode="r")
        self._pieces = np.load(folder / _PIECES, mmap_mode="r")
        self._known: dict[str, tuple[tuple[str, int, float], ...]] = {}
        self._lowest = float(self._pieces["score"].min())

    def encode(self, texts: Sequence[str]) -> list[list[int]]:
        """Token ids of each text, the same as encode_whole()'s; only texts longer than SHORT need the whole tokenizer."""
        cleaned = [_clean(text) for text in texts]
        short = [i for i, text in enumerate(cleaned) if len(text) <= SHORT]
        found: dict[int, list[int]] = {}
        for at in range(0, len(short), AT_ONCE):
            chunk = short[at : at + AT_ONCE]
            found.update(zip(chunk, self._encode_short([cleaned[i] for i in chunk]), strict=True))
        if len(short) < len(cleaned):
            long = [i for i in range(len(cleaned)) if i not in found]
            found.update(zip(long, self.encode_whole([cleaned[i] for i in long]), strict=True))
        return [found[i] for i in range(len(cleaned))]

    def encode_placed(self, texts: Sequence[str]) -> list[tuple[list[int], list[tuple[int, int]]]]:
        """Ids of each text without the marks of begin and end, and where each piece stands in it; of SHORT characters at most."""
        cut = [_clean(text[:SHORT]) for text in texts]
        tokenizer, ids = self._of(cut)
        return [
            ([ids[i] for i in encoding.ids[1:-1]], list(encoding.offsets[1:-1]))
            for encoding in tokenizer.encode_batch(cut)
        ]

    def encode_whole(self, texts: Sequence[str]) -> list[list[int]]:
        """Token ids of texts of any length; the first call loads the whole tokenizer, 280 MB of it."""
        with self._loading:
            if self._whole is None:
                from tokenizers import Tokenizer

                whole = Tokenizer.from_file(str(self._folder / _WHOLE))
                whole.enable_truncation(self._max_tokens)
                self._whole = whole
        return [encoding.ids for encoding in self._whole.encode_batch_fast([_clean(text) for text in texts])]

    def _encode_short(self, texts: Sequence[str]) -> list[list[int]]:
        tokenizer, ids = self._of(texts)
        return [[ids[i] for i in encoding.ids] for encoding in tokenizer.encode_batch_fast(list(texts))]

    def _of(self, texts: Sequence[str]) -> tuple[Any, list[int]]:
        """A tokenizer of just the pieces of these texts, and the id that each of its own stands for."""
        vocabulary = [(piece, 0.0) for piece in SPECIAL]
        ids = list(range(len(SPECIAL)))
        for piece, (number, score) in self._among(texts).items():
            if number >= len(SPECIAL):
                vocabulary.append((piece, score))
                ids.append(number)
        # What no piece covers costs a fixed step more than the lowest score of all, so that one is in
        # the vocabulary too, under a name that no text has: spaces were replaced before pieces are sought.
        vocabulary.append((" ", self._lowest))
        tokenizer = _assembled(vocabulary)
        tokenizer.enable_truncation(self._max_tokens)
        return tokenizer, ids

    def _among(self, texts: Iterable[str]) -> dict[str, tuple[int, float]]:
        """The pieces that are substrings of the texts' words, with their ids and scores."""
        words: set[str] = set()
        for text in texts:
            for mark in SPECIAL:  # a mark that somebody typed splits the text there
                text = text.replace(mark, " ")
            # Cut at each space, which opens the word behind it.
            words.update(self._normalizer.normalize_str(text).replace(" ", "▁").split("▁"))
        known = self._known
        found = {word: pieces for word in words if (pieces := known.get(word)) is not None}
        fresh = words.difference(found)
        if fresh:
            found |= self._look_up(fresh)
            if len(known) > REMEMBERED:
                known.clear()
            known.update((word, found[word]) for word in fresh if len(word) <= MAX_PIECE)
        return {piece: (number, score) for pieces in found.values() for piece, number, score in pieces}

    def _look_up(self, words: Iterable[str]) -> dict[str, tuple[tuple[str, int, float], ...]]:
        """The pieces of each word: text, id, score."""
        own = {word: list(_parts(f"▁{word}")) for word in words}
        parts = list({part for those in own.values() for part in those})
        hashes = np.array([_hash(part) for part in parts], np.uint64)
        at = np.minimum(np.searchsorted(self._hashes, hashes), len(self._hashes) - 1)
        hits = np.flatnonzero(self._hashes[at] == hashes)
        rows = self._pieces[at[hits]]
        pieces = {parts[k]: (parts[k], int(row["id"]), float(row["score"])) for k, row in zip(hits, rows, strict=True)}
        return {word: tuple(pieces[part] for part in those if part in pieces) for word, those in own.items()}


def _parts(word: str) -> Iterator[str]:
    """The substrings that may be pieces: of MAX_PIECE characters at most."""
    for begin in range(len(word)):
        for end in range(begin + 1, min(begin + MAX_PIECE, len(word)) + 1):
            yield word[begin:end]


def _assembled(vocabulary: Sequence[tuple[str, float]]) -> Any:
    from tokenizers import AddedToken, Tokenizer, decoders, models, pre_tokenizers, processors

    begin, _pad, end, unknown = range(len(SPECIAL))
    tokenizer = Tokenizer(models.Unigram(list(vocabulary), unk_id=unknown, byte_fallback=False))
    tokenizer.normalizer = _normalizer()
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always")
    tokenizer.decoder = decoders.Metaspace(replacement="▁", prepend_scheme="always")
    tokenizer.add_special_tokens([AddedToken(token, special=True, normalized=False) for token in SPECIAL])
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", pair="<s> $A </s> </s> $B </s>", special_tokens=[("<s>", begin), ("</s>", end)]
    )
    return tokenizer


def _normalizer() -> Any:
    from tokenizers import Regex, normalizers

    return normalizers.Sequence([normalizers.Nmt(), normalizers.NFKC(), normalizers.Replace(Regex(" {2,}"), " ")])


def _hash(piece: str) -> int:
    return int.from_bytes(hashlib.blake2b(piece.encode(), digest_size=8).digest(), "little")


def _clean(text: str) -> str:
    """Lone surrogates (broken bytes of a command line) are no text: a question mark stands for each."""
    return text.encode(errors="replace").decode()
