"""Memory that was freed goes back to the system, where the C library can be asked for it.

Chroma builds its graph beside the encoder, in this process, and frees it again; glibc keeps such pieces for itself,
and a long indexing run grew by the size of the graph with each publication. This module knows nothing of either.
"""

from __future__ import annotations

import ctypes
import sys


def give_back() -> bool:
    """Ask the C library to return what it keeps and does not use; whether it could be asked (glibc only).

    Takes some milliseconds for a process of a gigabyte.

    >>> give_back() in (True, False)
    True
    """
    if not sys.platform.startswith("linux"):
        return False
    try:
        trim = ctypes.CDLL(None).malloc_trim
    except (OSError, AttributeError):  # musl has none
        return False
    trim(ctypes.c_size_t(0))
    return True
