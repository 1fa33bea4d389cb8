"""Small plots as inline SVG: text in, text out, no library and no request.

Colours are the page's CSS variables (--ink, --muted, --line, --accent, --bad),
so that a plot follows light, dark and print. Every plot has a name for those who
cannot see it. This module knows nothing of metrics.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

Row = tuple[str, float, float, float]
"""(label, value, low, high), all but the label from 0 to 1."""

_ROW_HEIGHT, _LABEL_WIDTH, _PLOT_WIDTH, _VALUE_WIDTH = 24, 250, 340, 60


def whiskers(name: str, rows: Sequence[Row]) -> str:
    """A dot for each value on a line from 0 to 1, with its interval.

    >>> whiskers("điểm", [("R@1", 0.5, 0.25, 0.75)]).count("<circle")
    1
    """
    height = _ROW_HEIGHT * len(rows) + 24
    left, right = _LABEL_WIDTH, _LABEL_WIDTH + _PLOT_WIDTH
    parts = [_grid(left, right, 4, height - 20, axis_y=height - 6)]
    for at, (label, value, low, high) in enumerate(rows):
        y = _ROW_HEIGHT * at + 16
        x, x_low, x_high = (left + _PLOT_WIDTH * v for v in (value, low, high))
        parts.append(
            f'<text x="{left - 10}" y="{y + 4}" text-anchor="end">{escape(label)}</text>'
            f'<line x1="{x_low:.1f}" x2="{x_high:.1f}" y1="{y}" y2="{y}" stroke="var(--accent)" stroke-width="3"/>'
            f'<circle cx="{x:.1f}" cy="{y}" r="5" fill="var(--accent)"/>'
            f'<text x="{right + 12}" y="{y + 4}">{value:.3f}</text>'
        )
    return _figure(name, right + _VALUE_WIDTH, height, parts)


def curve(name: str, points: Iterable[tuple[float, float]], x_label: str, y_label: str) -> str:
    """A line through (x, y) points, both axes from 0 to 1.

    >>> "<polyline" in curve("đường", [(0.1, 0.0), (0.9, 0.4)], "x", "y")
    True
    """
    left, top, side = 46, 8, 260
    spots = [(left + side * x, top + side * (1 - y)) for x, y in points]
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in spots)
    end = "".join(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="var(--accent)"/>' for x, y in spots[-1:])
    parts = [
        _grid(left, left + side, top, top + side, axis_y=top + side + 14, across=True),
        f'<polyline points="{line}" fill="none" stroke="var(--accent)" stroke-width="2.5"/>{end}',
        f'<text x="{left + side / 2}" y="{top + side + 32}" text-anchor="middle">{escape(x_label)}</text>',
        f'<text transform="translate(12 {top + side / 2}) rotate(-90)" text-anchor="middle">{escape(y_label)}</text>',
    ]
    return _figure(name, left + side + 14, top + side + 40, parts)


def diagonal(name: str, points: Iterable[tuple[float, float, int]], x_label: str, y_label: str) -> str:
    """Dots at (x, y), larger for larger n, beside the line where both are equal; both axes from 0 to 1.

    >>> diagonal("tin cậy", [(0.2, 0.1, 5), (0.8, 1.0, 20)], "x", "y").count("<circle")
    2
    """
    left, top, side = 46, 8, 260
    spots = list(points)
    most = max((n for _, _, n in spots), default=1)
    parts = [
        _grid(left, left + side, top, top + side, axis_y=top + side + 14, across=True),
        f'<line x1="{left}" y1="{top + side}" x2="{left + side}" y2="{top}" stroke="var(--muted)" '
        'stroke-dasharray="4 4"/>',
        *(
            f'<circle cx="{left + side * x:.1f}" cy="{top + side * (1 - y):.1f}" r="{3 + 9 * (n / most) ** 0.5:.1f}" '
            f'fill="var(--accent)" fill-opacity=".75"><title>n = {n}</title></circle>'
            for x, y, n in spots
        ),
        f'<text x="{left + side / 2}" y="{top + side + 32}" text-anchor="middle">{escape(x_label)}</text>',
        f'<text transform="translate(12 {top + side / 2}) rotate(-90)" text-anchor="middle">{escape(y_label)}</text>',
    ]
    return _figure(name, left + side + 14, top + side + 40, parts)


def bars(name: str, rows: Sequence[tuple[str, float]], unit: str) -> str:
    """A bar for each value from 0, the longest as long as the plot, with its name above all.

    >>> bars("tốc độ", [("a", 2.0), ("b", 1.0)], "/s").count("<rect")
    2
    """
    most = max((value for _, value in rows), default=0) or 1
    left, height = _LABEL_WIDTH, _ROW_HEIGHT * len(rows) + 26
    parts = [f'<text x="{left}" y="14">{escape(name)}</text>']
    for at, (label, value) in enumerate(rows):
        y = _ROW_HEIGHT * at + 24
        parts.append(
            f'<text x="{left - 10}" y="{y + 13}" text-anchor="end">{escape(label)}</text>'
            f'<rect x="{left}" y="{y + 2}" width="{max(1.0, _PLOT_WIDTH * value / most):.1f}" height="14" '
            'fill="var(--accent)"/>'
            f'<text x="{left + _PLOT_WIDTH * value / most + 8:.1f}" y="{y + 13}">{value:.1f}{escape(unit)}</text>'
        )
    return _figure(name, left + _PLOT_WIDTH + 90, height, parts)


def two_histograms(
    name: str, above: Sequence[float], below: Sequence[float], above_label: str, below_label: str, bins: int = 20
) -> str:
    """Two distributions over 0 to 1 on one axis, one up and one down, each scaled to its own number.

    >>> two_histograms("nghi ngờ", [0.1], [1.0], "có", "không").count("<rect")
    2
    """
    left, middle, reach, width = 46, 130, 100, 360
    parts = [_grid(left, left + width, 30, 230, axis_y=250)]
    for values, way, colour in ((above, -1, "var(--accent)"), (below, 1, "var(--bad)")):
        shares = [0.0] * bins
        for value in values:
            shares[min(bins - 1, max(0, int(value * bins)))] += 1 / len(values)
        tallest = max(shares, default=0) or 1
        for at, share in enumerate(shares):
            if share:
                tall = reach * share / tallest
                x, y = left + width * at / bins + 1, middle - tall if way < 0 else middle
                size = f'width="{width / bins - 2:.1f}" height="{tall:.1f}"'
                parts.append(f'<rect x="{x:.1f}" y="{y:.1f}" {size} fill="{colour}"/>')
    parts.append(
        f'<line x1="{left}" x2="{left + width}" y1="{middle}" y2="{middle}" stroke="var(--ink)"/>'
        f'<text x="{left}" y="18">{escape(above_label)} (n = {len(above)}) ▲</text>'
        f'<text x="{left + width}" y="18" text-anchor="end">▼ {escape(below_label)} (n = {len(below)})</text>'
    )
    return _figure(name, left + width + 14, 258, parts)


def _grid(left: float, right: float, top: float, bottom: float, *, axis_y: float, across: bool = False) -> str:
    parts = []
    for quarter in range(5):
        x, y = left + (right - left) * quarter / 4, bottom - (bottom - top) * quarter / 4
        parts.append(f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{top}" y2="{bottom}" stroke="var(--line)"/>')
        parts.append(f'<text x="{x:.1f}" y="{axis_y}" text-anchor="middle" class="tick">{quarter / 4:g}</text>')
        if across:
            parts.append(f'<line x1="{left}" x2="{right}" y1="{y:.1f}" y2="{y:.1f}" stroke="var(--line)"/>')
            parts.append(f'<text x="{left - 6}" y="{y + 4:.1f}" text-anchor="end" class="tick">{quarter / 4:g}</text>')
    return "".join(parts)


def _figure(name: str, width: float, height: float, parts: Iterable[str]) -> str:
    return (
        f'<svg viewBox="0 0 {width:g} {height:g}" style="max-width:{width:g}px" role="img" aria-label="{escape(name)}">'
        f"{''.join(parts)}</svg>"
    )
