"""Plots as SVG from the server, each with a table of the same figures beside it.

    stacked("Bài mỗi ngày", ["01/07", …], [("Báo Ví Dụ", [3, …]), …]) -> HTML: figure, legend, table

No script and no other host: colours come from classes of editor.css. Whoever cannot
see the plot has its title and the table. This module knows nothing of what is counted.
"""

from __future__ import annotations

from collections.abc import Sequence

from app.messages import Lang, say
from app.web.markup import attribute, text

WIDTH, HEIGHT, LEFT, BOTTOM, TOP = 720, 220, 60, 28, 14
SHADES = 6
"""Series that can be told apart; editor.css has a class for each."""

Series = tuple[str, Sequence[int]]


def stacked(title: str, columns: Sequence[str], series: Sequence[Series], lang: Lang, note: str = "") -> str:
    """Columns of stacked bars; every series has one number for each column. note: a sentence below the title.
    Where there is nothing to count, the sentence stands alone.

    >>> "<rect" in stacked("Bài", ["01/07"], [("Báo", [3])], "vi")
    True
    """
    said = f'<p class="ht-note">{text(note)}</p>' if note else ""
    head = f'<figure class="ht-plot"><figcaption><h3>{text(title)}</h3>{said}</figcaption>'
    if not any(any(values) for _, values in series):
        return f"{head}</figure>"
    total = [sum(values[n] for _, values in series) for n in range(len(columns))]
    top = nice(max(total, default=0))
    legend = "".join(
        f'<li><svg viewBox="0 0 12 12" width="12" height="12" aria-hidden="true"><rect width="12" height="12" '
        f'class="s{n % SHADES}"/></svg> {text(name)}</li>'
        for n, (name, _) in enumerate(series)
    )
    return (
        f'{head}<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{attribute(title)}">'
        f"{_grid(top)}{_bars(columns, series, top)}{_names(columns)}</svg>"
        f'<ul class="ht-legend">{legend}</ul>{table(title, columns, series, lang)}</figure>'
    )


def table(title: str, columns: Sequence[str], series: Sequence[Series], lang: Lang) -> str:
    """The same figures, folded away: a row for each column of the plot that holds anything."""
    head = "".join(f'<th scope="col">{text(name)}</th>' for name, _ in series)
    rows = "".join(
        f'<tr><th scope="row">{text(column)}</th>' + "".join(f"<td>{values[n]}</td>" for _, values in series) + "</tr>"
        for n, column in enumerate(columns)
        if any(values[n] for _, values in series)
    )
    caption = f'<caption class="ht-sr">{text(title)}</caption>'
    first = f'<th scope="col">{say(lang, "plot_day")}</th>'
    return (
        f"<details><summary>{say(lang, 'plot_table')}</summary>"
        f'<div class="ht-wide" role="region" tabindex="0" aria-label="{attribute(title)}"><table>{caption}'
        f"<thead><tr>{first}{head}</tr></thead><tbody>{rows}</tbody></table></div></details>"
    )


def nice(most: int) -> int:
    """The round number at or above `most` at which an axis may end.

    >>> [nice(n) for n in (0, 3, 7, 12, 180, 1001)]
    [4, 4, 8, 20, 200, 2000]
    """
    size = 1
    while True:
        for step in (4, 8, 10, 20):
            if step * size >= most:
                return step * size
        size *= 10


def _grid(top: int) -> str:
    lines = []
    for quarter in range(5):
        y = _y(top * quarter / 4, top)
        lines.append(f'<line class="grid" x1="{LEFT}" x2="{WIDTH}" y1="{y:.1f}" y2="{y:.1f}"/>')
        if quarter % 2 == 0:
            lines.append(
                f'<text class="axis" x="{LEFT - 6}" y="{y + 4:.1f}" text-anchor="end">{top * quarter // 4}</text>'
            )
    return "".join(lines)


def _bars(columns: Sequence[str], series: Sequence[Series], top: int) -> str:
    step = (WIDTH - LEFT) / max(len(columns), 1)
    wide = max(step * 0.76, 1.0)
    made = []
    for n, column in enumerate(columns):
        low = 0
        for kind, (name, values) in enumerate(series):
            if not values[n]:
                continue
            y, base = _y(low + values[n], top), _y(low, top)
            made.append(
                f'<rect class="s{kind % SHADES}" x="{LEFT + n * step + (step - wide) / 2:.1f}" y="{y:.1f}" '
                f'width="{wide:.1f}" height="{max(base - y, 0.5):.1f}">'
                f"<title>{attribute(f'{column} · {name}: {values[n]}')}</title></rect>"
            )
            low += values[n]
    return "".join(made)


def _names(columns: Sequence[str]) -> str:
    """First, middle and last column by name: more would run into each other on a phone."""
    if not columns:
        return ""
    step = (WIDTH - LEFT) / len(columns)
    places = {0: "start", len(columns) // 2: "middle", len(columns) - 1: "end"} if len(columns) > 2 else {0: "start"}
    made = []
    for n, anchor in places.items():
        x = LEFT + {"start": n, "middle": n + 0.5, "end": n + 1}[anchor] * step
        made.append(
            f'<text class="axis" x="{x:.1f}" y="{HEIGHT - 6}" text-anchor="{anchor}">{attribute(columns[n])}</text>'
        )
    return "".join(made)


def _y(value: float, top: int) -> float:
    return HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * value / top
