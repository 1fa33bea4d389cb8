"""Fold the hits of one story into one: the same wire copy in five outlets is one piece of news, not five.

The first hit's article stands for its story; the hits of other articles of that story give their
docids to it and leave the list. Passages of one article stay apart: each may hold the answer.
A story has more articles than a search meets; all of them are Archive.same_story's to tell.
This module knows nothing of scores or stores.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from index.passage import Hit


def fold(hits: Iterable[Hit], k: int) -> list[Hit]:
    """The first k hits that stand for a story, or belong to none, ranked from 1.

    hits: best first. Those after the k-th still give their docids to the story that they tell.

    >>> from index.passage import Passage
    >>> def hit(docid, story):
    ...     return Hit(Passage(f"{docid}#0", docid, 0, 4, "Tin.", "Tin", story=story), 0, 1.0)
    >>> folded = fold([hit("a", "a"), hit("b", "a"), hit("c", ""), hit("d", "a")], 2)
    >>> [(h.rank, h.passage.docid, h.same_story) for h in folded]
    [(1, 'a', ('b', 'd')), (2, 'c', ())]
    """
    kept: list[Hit] = []
    first: dict[str, int] = {}  # story -> place of its first hit
    others: dict[str, dict[str, None]] = {}
    for hit in hits:
        story, docid = hit.passage.story, hit.passage.docid
        if story in first and kept[first[story]].passage.docid != docid:
            others[story][docid] = None
        elif len(kept) < k:
            if story and story not in first:
                first[story], others[story] = len(kept), {}
            kept.append(replace(hit, rank=len(kept) + 1))
    for story, place in first.items():
        kept[place] = replace(kept[place], same_story=tuple(others[story]))
    return kept
