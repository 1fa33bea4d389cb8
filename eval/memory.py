"""How much memory a process took at most. It knows nothing of what the process did."""

from __future__ import annotations

import sys

try:
    import resource
except ImportError:  # Windows has no such count
    resource = None  # type: ignore[assignment]


def peak_mib() -> float | None:
    """Peak resident memory of this process in MiB; None where the system does not tell.

    >>> 1 < (peak_mib() or 2) < 1_000_000
    True
    """
    if resource is None:
        return None
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return round(peak / (2**20 if sys.platform == "darwin" else 2**10), 1)
