"""The outlets that a person chose by name -> the names under which the archive holds them.

A name that no article carries would find nothing and look like a gap in the archive, so it is
refused, with those that come nearest. This module knows nothing of questions.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence

from index.vietnamese import fold
from ingest.outlets import host_of, known_outlet
from ingest.text import squash

SHOWN = 5
"""Names told when one is not found."""


class UnknownOutlet(ValueError):
    """No article is of an outlet of this name. near: archived outlets, the most alike first."""

    def __init__(self, name: str, near: Sequence[str]) -> None:
        super().__init__(name)
        self.name, self.near = name, tuple(near)


def chosen_outlets(given: Iterable[str], archived: Sequence[str]) -> tuple[str, ...]:
    """The archive's own spelling of each outlet; capitals, diacritics, "Báo" and the site's host do not matter.

    archived: names of the outlets in the archive, those with most articles first.
    Raises UnknownOutlet for a name that is none of them.

    >>> chosen_outlets(["bao ha lam", "vnexpress.net"], ["VnExpress", "Báo Hạ Lãm"])
    ('Báo Hạ Lãm', 'VnExpress')
    """
    by_key = {_key(name): name for name in reversed(archived) if _key(name)}
    chosen = []
    for name in given:
        forms = (name, known_outlet(name), known_outlet(host_of(name)), host_of(name))
        found = name if name in archived else next((by_key[k] for k in map(_key, forms) if k in by_key), None)
        if found is None:
            near = difflib.get_close_matches(_key(name), by_key, n=SHOWN, cutoff=0.6)
            raise UnknownOutlet(name, [by_key[key] for key in near] or archived[:SHOWN])
        chosen.append(found)
    return tuple(dict.fromkeys(chosen))


def _key(name: str) -> str:
    return squash(fold(name)).removeprefix("bao")
