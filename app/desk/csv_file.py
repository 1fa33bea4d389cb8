"""A Report as CSV, one row a sentence, for spreadsheets.

UTF-8 with a byte order mark, which spreadsheet programs need to read Vietnamese. A cell that a spreadsheet would
run as a formula is made plain text. This module knows nothing of pages.
"""

from __future__ import annotations

import csv
from io import StringIO

from app.desk.report import Entry, Report, one_line
from app.desk.showing import SIGNS, decision_label, difference_line, opinion_line, outcome_label
from app.messages import Lang, say
from app.web.markup import day, web_link

_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "|", "%")
"""What a cell must not begin with: the signs that start a formula or a command, their full-width doubles too."""
_COLUMNS = (
    "desk_col_number",
    "desk_col_sentence",
    "desk_col_outcome",
    "desk_col_confidence",
    "desk_col_differences",
    "desk_col_missing",
    "desk_col_quote",
    "desk_col_outlet",
    "desk_col_published",
    "desk_col_title",
    "desk_col_url",
    "desk_col_decision",
    "desk_col_remark",
)


def csv_bytes(report: Report, lang: Lang) -> bytes:
    """The file's bytes; the best source stands in the row, further ones in rows of their own below it."""
    made = StringIO()
    writer = csv.writer(made, lineterminator="\r\n")
    asked = any(entry.opinion for entry in report.entries)  # only then is there a column for it, the last
    writer.writerow([say(lang, key) for key in (*_COLUMNS, *(["second_column"] if asked else []))])
    for number, entry in enumerate(report.entries, 1):
        for row in _rows(number, entry, lang):
            writer.writerow([cell(value) for value in (row if asked else row[: len(_COLUMNS)])])
    return b"\xef\xbb\xbf" + made.getvalue().encode("utf-8", "replace")


def cell(value: str) -> str:
    """One line of plain text that no spreadsheet runs.

    >>> cell('=HYPERLINK("http://xau.example")')
    '\\'=HYPERLINK("http://xau.example")'
    >>> cell("Cầu dài 1.200 m")
    'Cầu dài 1.200 m'
    """
    line = one_line(value)
    return f"'{line}" if line.startswith(_FORMULA) else line


def _rows(number: int, entry: Entry, lang: Lang) -> list[list[str]]:
    judged = entry.outcome not in ("NO_CHECK", "PENDING")
    first = [
        str(number),
        entry.text,
        f"{SIGNS[entry.outcome]} {outcome_label(entry.outcome, lang)}".removeprefix("– "),
        f"{entry.confidence:.0%}" if judged else "",
        "; ".join(difference_line(d, lang) for d in entry.differences),
        "; ".join(entry.missing),
    ]
    told = [decision_label(entry.decision, lang)] if entry.decision else []
    told += [say(lang, "desk_fixed")] if entry.fixed else []
    last = [" · ".join(told), entry.remark, opinion_line(entry, lang)]
    sources = [[s.quote, s.outlet, day(s.published), s.title, web_link(s.url)] for s in entry.sources] or [[""] * 5]
    blank = [str(number), *[""] * 5]
    return [first + sources[0] + last, *(blank + source + ["", "", ""] for source in sources[1:])]
