"""The plots of the archive's page: articles by day and outlet, questions, what could not be answered, remarks.

In: counts by day. Out: HTML. This module counts nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from app.messages import Lang, say
from app.web.charts import SHADES, stacked

DAYS = 30


def figures(
    published: Mapping[str, Mapping[str, int]],
    asked: Sequence[Any],
    remarks: Mapping[tuple[str, str], int],
    lang: Lang,
) -> str:
    """published: day -> outlet -> articles; asked: app.tally.Day each, oldest first; remarks: (day, verdict) -> count."""
    return _published(published, lang) + _asked(asked, lang) + _remarks([d.day for d in asked], remarks, lang)


def rate(asked: Sequence[Any]) -> float | None:
    """The share of questions that the archive had no answer to; None when nobody asked.

    >>> rate([]) is None
    True
    """
    ended = sum(d.answered + d.abstained for d in asked)
    return sum(d.abstained for d in asked) / ended if ended else None


def _published(days: Mapping[str, Mapping[str, int]], lang: Lang) -> str:
    if not days:
        return f"<h3>{say(lang, 'plot_articles')}</h3><p>{say(lang, 'kho_none')}</p>"
    last = date.fromisoformat(max(days))
    columns = [(last - timedelta(days=n)).isoformat() for n in reversed(range(DAYS))]
    total: Counter[str] = Counter()
    for counts in days.values():
        total.update(counts)
    named = [name for name, _ in total.most_common(SHADES - 1)]
    series = [(name or say(lang, "no_outlet"), [days.get(c, {}).get(name, 0) for c in columns]) for name in named]
    rest = [sum(count for name, count in days.get(c, {}).items() if name not in named) for c in columns]
    if any(rest):
        series.append((say(lang, "plot_others", count=len(total) - len(named)), rest))
    note = say(lang, "plot_articles_note", count=sum(total.values()))
    return stacked(say(lang, "plot_articles"), [_short(c) for c in columns], series, lang, note)


def _asked(asked: Sequence[Any], lang: Lang) -> str:
    series = [
        (say(lang, "plot_answered"), [d.answered for d in asked]),
        (say(lang, "plot_abstained"), [d.abstained for d in asked]),
        (say(lang, "plot_failed"), [d.failed for d in asked]),
    ]
    share = rate(asked)
    count = sum(d.asked for d in asked)
    note = (
        say(lang, "plot_nobody") if share is None else say(lang, "plot_asked_note", count=count, share=f"{share:.0%}")
    )
    return stacked(say(lang, "plot_asked"), [_short(d.day.isoformat()) for d in asked], series, lang, note)


def _remarks(days: Sequence[date], remarks: Mapping[tuple[str, str], int], lang: Lang) -> str:
    kinds = (("good", "good"), ("bad", "bad"), ("quote", "report"))
    series = [(say(lang, key), [remarks.get((d.isoformat(), verdict), 0) for d in days]) for verdict, key in kinds]
    note = say(lang, "plot_remarks_note", count=sum(sum(values) for _, values in series))
    return stacked(say(lang, "plot_remarks"), [_short(d.isoformat()) for d in days], series, lang, note)


def _short(day: str) -> str:
    return f"{day[8:10]}/{day[5:7]}"
