"""A Report as a Word document: the only file that imports docx.

In: a Report. Out: the bytes of a .docx: title and tally, the draft with each sentence's sign, then a table of the
sentences that were judged, with differences, sources, decision and remark. Text is stripped of what XML cannot hold
and of direction controls. This module knows nothing of pages.
"""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any

import docx
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_COLOR_INDEX, WD_UNDERLINE
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from app.check.verdict import Evidence
from app.desk.report import Entry, Outcome, Report
from app.desk.showing import (
    SIGNS,
    Piece,
    claim_pieces,
    decision_label,
    difference_line,
    opinion_line,
    outcome_label,
    report_title,
    source_notes,
    source_pieces,
    summary_line,
)
from app.messages import Lang, say
from app.web.markup import plain, web_link

_TONES: dict[Outcome, str] = {"SUPPORTED": "1B6B35", "REFUTED": "A11D1D", "NOT_ENOUGH_INFO": "7A5600"}
_LINES: dict[Outcome, WD_UNDERLINE] = {
    "SUPPORTED": WD_UNDERLINE.SINGLE,
    "REFUTED": WD_UNDERLINE.WAVY,
    "NOT_ENOUGH_INFO": WD_UNDERLINE.DOTTED,
}
_FACE = "Times New Roman"
_GREY = RGBColor(0x5A, 0x55, 0x4A)
_WIDTHS = (Cm(1.1), Cm(7.2), Cm(3.2), Cm(9.2), Cm(4.5))
"""Of the table's columns on a landscape A4 page."""
_DIRECTION = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def docx_bytes(report: Report, lang: Lang) -> bytes:
    """The file's bytes."""
    made = docx.Document()
    _page(made)
    title = report_title(report, lang)
    # Word wants its properties within 255 characters.
    made.core_properties.title, made.core_properties.author = _safe(title)[:255], say(lang, "name")
    made.core_properties.language = lang
    made.add_heading(_safe(title), level=1)
    _run(made.add_paragraph(), summary_line(report, lang), grey=True)
    made.add_heading(say(lang, "desk_draft"), level=2)
    _draft(made, report)
    made.add_heading(say(lang, "desk_findings"), level=2)
    judged = [(n, e) for n, e in enumerate(report.entries, 1) if e.outcome not in ("NO_CHECK", "PENDING")]
    if judged:
        _table(made, judged, lang)
    else:
        made.add_paragraph(say(lang, "desk_no_findings"))
    _run(made.add_paragraph(), say(lang, "desk_report_foot"), grey=True)
    out = BytesIO()
    made.save(out)
    return out.getvalue()


def _page(made: Any) -> None:
    """A landscape A4 page, one typeface throughout, and Vietnamese as the language whose spelling Word checks."""
    section = made.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Cm(29.7), Cm(21.0)
    section.left_margin = section.right_margin = Cm(2.2)
    section.top_margin = section.bottom_margin = Cm(2.0)
    for name, size in (("Normal", 12), ("Heading 1", 20), ("Heading 2", 14)):
        style = made.styles[name]
        style.font.name, style.font.size = _FACE, Pt(size)
        fonts = style.element.rPr.rFonts
        fonts.set(qn("w:eastAsia"), _FACE)
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):  # they would win over the names
            fonts.attrib.pop(qn(f"w:{theme}"), None)
        style.font.color.rgb = RGBColor(0x1D, 0x1B, 0x16)
    for language in made.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "vi-VN")


def _draft(made: Any, report: Report) -> None:
    """The draft's own paragraphs; each judged sentence underlined in its manner and followed by its sign and number."""
    paragraph, at = made.add_paragraph(), 0
    for number, entry in enumerate(report.entries, 1):
        if entry.start < at or entry.start == entry.end:
            continue
        paragraph = _flow(made, paragraph, report.draft[at : entry.start])
        at = entry.end
        if entry.outcome in ("NO_CHECK", "PENDING"):
            paragraph = _flow(made, paragraph, entry.text)
            continue
        _pieces(paragraph, claim_pieces(entry), outcome=entry.outcome)
        sign = _run(paragraph, f" {SIGNS[entry.outcome]}{number}", tone=entry.outcome)
        sign.font.superscript = True
    _flow(made, paragraph, report.draft[at:])


def _flow(made: Any, paragraph: Any, words: str) -> Any:
    """Add text to the paragraph, starting a new one at each line end; gives the last."""
    for number, line in enumerate(words.split("\n")):
        if number:
            paragraph = made.add_paragraph()
        if line:
            _run(paragraph, line)
    return paragraph


def _table(made: Any, judged: list[tuple[int, Entry]], lang: Lang) -> None:
    heads = ("desk_col_number", "desk_col_sentence", "desk_col_outcome", "desk_col_sources", "desk_col_decision")
    table = made.add_table(rows=1, cols=len(heads))
    table.style, table.autofit = "Table Grid", False
    for cell, key in zip(table.rows[0].cells, heads, strict=True):
        _run(cell.paragraphs[0], say(lang, key)).bold = True
    # The heading row is repeated on every page, and read as the heading by screen readers.
    properties = table.rows[0]._tr.get_or_add_trPr()
    header = OxmlElement("w:tblHeader")
    header.set(qn("w:val"), "true")
    properties.append(header)
    for number, entry in judged:
        cells = table.add_row().cells
        _run(cells[0].paragraphs[0], str(number))
        _pieces(cells[1].paragraphs[0], claim_pieces(entry))
        _outcome(cells[2], entry, lang)
        _sources(made, cells[3], entry, lang)
        told = [decision_label(entry.decision, lang)] if entry.decision else []
        told += [say(lang, "desk_fixed")] if entry.fixed else []
        if told:
            _run(cells[4].paragraphs[0], " · ".join(told)).bold = True
        if entry.remark:
            _run(cells[4].add_paragraph() if told else cells[4].paragraphs[0], entry.remark)
    for column, width in zip(table.columns, _WIDTHS, strict=True):
        column.width = width
    for row in table.rows:
        for cell, width in zip(row.cells, _WIDTHS, strict=True):
            cell.width = width
            for paragraph in cell.paragraphs:
                paragraph.paragraph_format.space_after = Pt(3)
                for run in paragraph.runs:
                    run.font.size = Pt(10)


def _outcome(cell: Any, entry: Entry, lang: Lang) -> None:
    label = f"{SIGNS[entry.outcome]} {outcome_label(entry.outcome, lang)}"
    _run(cell.paragraphs[0], label, tone=entry.outcome).bold = True
    _run(cell.add_paragraph(), say(lang, "desk_confidence", percent=f"{entry.confidence:.0%}"), grey=True)
    for difference in entry.differences:
        _run(cell.add_paragraph(), difference_line(difference, lang))
    if entry.missing:
        _run(cell.add_paragraph(), say(lang, "desk_missing", what="; ".join(entry.missing)))
    if entry.opinion:
        _run(cell.add_paragraph(), opinion_line(entry, lang), grey=True).italic = True


def _sources(made: Any, cell: Any, entry: Entry, lang: Lang) -> None:
    for number, source in enumerate(entry.sources):
        paragraph = cell.add_paragraph() if number else cell.paragraphs[0]
        _run(paragraph, "“")
        _pieces(paragraph, source_pieces(entry, source))
        _run(paragraph, "”")
        below = cell.add_paragraph()
        _run(below, source_notes(source, lang) + " · ", grey=True)
        _link(made, below, source)
    if entry.note:
        _run(cell.add_paragraph() if entry.sources else cell.paragraphs[0], entry.note, grey=True)


def _link(made: Any, paragraph: Any, source: Evidence) -> None:
    """The article's title, leading to the original when its address may be followed."""
    run = _run(paragraph, source.title or source.docid)
    link = web_link(source.url)
    if not link:
        return
    outer = OxmlElement("w:hyperlink")
    outer.set(qn("r:id"), made.part.relate_to(link, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    run.font.underline, run.font.color.rgb, run.font.size = True, RGBColor(0x9A, 0x1B, 0x1E), Pt(10)
    paragraph._p.remove(run._r)
    outer.append(run._r)
    paragraph._p.append(outer)


def _pieces(paragraph: Any, pieces: list[Piece], *, outcome: Outcome | None = None) -> None:
    for words, is_marked in pieces:
        run = _run(paragraph, words)
        if outcome in _LINES:
            run.font.underline = _LINES[outcome]
        if is_marked:
            run.bold, run.font.highlight_color = True, WD_COLOR_INDEX.YELLOW


def _run(paragraph: Any, words: str, *, tone: Outcome | None = None, grey: bool = False) -> Any:
    run = paragraph.add_run(_safe(words))
    if tone in _TONES:
        run.font.color.rgb = RGBColor.from_string(_TONES[tone])
    elif grey:
        run.font.color.rgb = _GREY
    return run


def _safe(words: str) -> str:
    return _DIRECTION.sub("", plain(words))
