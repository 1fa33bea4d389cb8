"""A checked draft as CSV, HTML and DOCX: everything in it, nothing that runs."""

from __future__ import annotations

import csv
import json
from io import BytesIO, StringIO
from typing import Any

import docx
import pytest

from app.desk.csv_file import cell, csv_bytes
from app.desk.docx_file import docx_bytes
from app.desk.html_file import html_text
from app.desk.report import MOST_DRAFT_BYTES, Report, read_report
from app.desk.showing import claim_pieces, report_title, source_pieces
from ingest.errors import UsageError
from tests.web.press import BRIDGE, CANARY, HOSTILE_STRINGS

LONG, PRICE, WHY = "Cầu Sông Ngân dài 1.200 m.", "Vốn là 3.200 tỉ đồng.", "Liệu có đáng không?"
DRAFT = f"{LONG} {PRICE}\n\n{WHY} Cầu có 12 làn xe."


def source(quote: str, **more: Any) -> dict[str, Any]:
    start = BRIDGE.text.index(quote)
    return {
        "docid": BRIDGE.id,
        "version": 2,
        "url": BRIDGE.url,
        "title": BRIDGE.title,
        "outlet": BRIDGE.outlet,
        "published": "2026-07-28T09:30:00+07:00",
        "quote": quote,
        "start": start,
        "end": start + len(quote),
        "corrected": None,
        **more,
    }


def entry(words: str, verdict: str, **more: Any) -> dict[str, Any]:
    start = DRAFT.index(words)
    return {"text": words, "start": start, "end": start + len(words), "verdict": verdict, "confidence": 0.9, **more}


QUOTE = "Cây cầu dài 1.250 m, vốn 3.200 tỉ đồng."
AT, THERE = DRAFT.index("1.200"), BRIDGE.text.index("1.250")
GIVEN: dict[str, Any] = {
    "title": "Cầu mới",
    "draft": DRAFT,
    "checked": "2026-08-01T09:00:00+07:00",
    "claims": [
        entry(
            LONG,
            "REFUTED",
            evidence=[source(QUOTE, corrected="2026-07-28T14:05:00+07:00")],
            differences=[
                {
                    "kind": "number",
                    "claim": "1.200 m",
                    "source": "1.250 m",
                    "claim_start": AT,
                    "claim_end": AT + 7,
                    "source_start": THERE,
                    "source_end": THERE + 7,
                    "docid": BRIDGE.id,
                }
            ],
            decision="accept",
            remark="Đã gọi ban quản lý.\nHọ xác nhận.",
        ),
        entry(PRICE, "SUPPORTED", evidence=[source(QUOTE)]),
        entry(WHY, "NOT_ENOUGH_INFO", checkable=False, why_not="question"),
        entry("Cầu có 12 làn xe.", "NOT_ENOUGH_INFO", missing=["12 làn xe"], decision="ignore"),
    ],
}


def report(**more: Any) -> Report:
    return read_report(json.loads(json.dumps({**GIVEN, **more})))


def rows(made: Report) -> list[dict[str, str]]:
    data = csv_bytes(made, "vi")
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(StringIO(data.decode("utf-8-sig"), newline="")))


def words_of(document: Any) -> str:
    """Everything that stands in paragraphs and tables, links included."""
    return "\n".join(node.text or "" for node in document.element.body.iter() if node.tag.endswith("}t"))


def test_a_report_counts_its_outcomes_and_marks_what_differs_in_both_texts() -> None:
    made = report()
    assert {o: n for o, n in made.counts.items() if n} == {
        "REFUTED": 1, "SUPPORTED": 1, "NO_CHECK": 1, "NOT_ENOUGH_INFO": 1
    }  # fmt: skip
    first = made.entries[0]
    assert claim_pieces(first) == [("Cầu Sông Ngân dài ", False), ("1.200 m", True), (".", False)]
    assert source_pieces(first, first.sources[0])[1] == ("1.250 m", True)


def test_a_difference_that_points_beside_its_words_marks_nothing() -> None:
    given = json.loads(json.dumps(GIVEN))
    given["claims"][0]["differences"][0] |= {"claim_start": 0, "claim_end": 3, "source_start": 10**6}
    first = read_report(given).entries[0]
    assert claim_pieces(first) == [(LONG, False)]
    assert source_pieces(first, first.sources[0]) == [(QUOTE, False)]


def test_a_report_without_a_name_is_called_by_its_first_line() -> None:
    assert report_title(report(title=""), "vi") == f"{LONG} {PRICE}"
    assert report_title(report(title="", draft="\n \n", claims=[]), "vi") == "Bản thảo không tên"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"draft": 7}, "draft"),
        ({"claims": {}}, "claims"),
        ({"claims": ["x"]}, "claims[0]"),
        ({"claims": [{"start": -1, "end": 2}]}, "claims[0].start"),
        ({"claims": [{"start": 0, "end": 10_000}]}, "claims[0].end"),
        ({"claims": [{"start": 5, "end": 2}]}, "claims[0].end"),
        ({"claims": [{"start": 0, "end": True}]}, "claims[0].end"),
        ({"claims": [{"start": 0, "end": 1, "verdict": "MAYBE"}]}, "claims[0].verdict"),
        ({"claims": [{"start": 0, "end": 1, "confidence": 7}]}, "claims[0].confidence"),
        ({"claims": [{"start": 0, "end": 1, "confidence": "high"}]}, "claims[0].confidence"),
        ({"claims": [{"start": 0, "end": 1, "decision": "burn"}]}, "claims[0].decision"),
        ({"claims": [{"start": 0, "end": 1, "evidence": 3}]}, "claims[0].evidence"),
        ({"claims": [{"start": 0, "end": 1, "evidence": [{"published": "hôm qua"}]}]}, "claims[0].evidence[0].published"),
        ({"claims": [{"start": 0, "end": 1, "differences": [[]]}]}, "claims[0].differences[0]"),
        ({"checked": 5}, "checked"),
    ],
)  # fmt: skip
def test_what_is_no_report_is_refused_by_the_name_of_its_field(change: dict[str, Any], field: str) -> None:
    with pytest.raises(UsageError) as refused:
        report(**change)
    assert str(refused.value) == f"{field}: không đúng dạng của kết quả kiểm chứng"


def test_a_draft_is_taken_up_to_200_kb_of_utf_8() -> None:
    most = "ế" * (MOST_DRAFT_BYTES // 3) + "ab"
    assert len(most.encode()) == MOST_DRAFT_BYTES
    assert report(draft=most, claims=[]).draft == most
    with pytest.raises(UsageError, match="Bản thảo dài 201 kB, tối đa 200 kB"):
        report(draft=most + "a", claims=[])


def test_the_csv_has_a_row_for_each_sentence_with_its_proof_decision_and_remark() -> None:
    made = rows(report())
    assert [row["Kết quả"] for row in made] == [
        "✗ Trái với nguồn", "✓ Có nguồn", "Không cần kiểm chứng", "? Chưa đủ nguồn"
    ]  # fmt: skip
    assert made[0]["Khác biệt"] == "Số: bản thảo “1.200 m”, nguồn “1.250 m”"
    assert (made[0]["Độ chắc"], made[0]["Báo"], made[0]["Ngày đăng"]) == ("90%", "Báo Ví Dụ", "28/07/2026")
    assert made[0]["Quyết định và ghi chú"] == "Đã chấp nhận"
    assert made[0]["Ghi chú"] == "Đã gọi ban quản lý. Họ xác nhận."
    assert made[3]["Chưa thấy trong kho"] == "12 làn xe"


@pytest.mark.parametrize(
    ("decision", "told"), [("", "Đã sửa theo nguồn"), ("accept", "Đã chấp nhận · Đã sửa theo nguồn")]
)
def test_the_csv_says_that_a_sentence_was_changed_to_the_sources_words(decision: str, told: str) -> None:
    first, *others = GIVEN["claims"]
    made = rows(report(claims=[{**first, "fixed": True, "decision": decision}, *others]))
    assert [row["Quyết định và ghi chú"] for row in made] == [told, "", "", "Đã bỏ qua"]


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t=", "\r\n=", " =", "\u200b=", "\ufeff=", "＝", "\u202e="])
def test_no_cell_of_the_csv_starts_a_formula(sign: str) -> None:
    danger = f"{sign}cmd|' /C calc'!A0"
    assert cell(danger).startswith("'")
    given = {"draft": danger, "claims": [{"start": 0, "end": len(danger), "verdict": "SUPPORTED", "remark": danger,
             "evidence": [{"quote": danger, "title": danger, "outlet": danger, "url": danger}]}]}  # fmt: skip
    for row in rows(read_report(given)):
        assert not any(value.lstrip().startswith(("=", "+", "-", "@", "＝")) for value in row.values())


def test_the_html_shows_draft_proof_decision_and_remark_and_loads_nothing() -> None:
    page = html_text(report(), "vi")
    assert "<h1><bdi>Cầu mới</bdi></h1>" in page
    assert "dài </bdi><mark><bdi>1.200 m</bdi></mark>" in page
    assert "<mark><bdi>1.250 m</bdi></mark>" in page
    assert 'href="#c1" title="Trái với nguồn">✗ 1</a>' in page
    assert "bản đã đính chính ngày 28/07/2026" in page
    assert "Đã gọi ban quản lý.<br>Họ xác nhận." in page
    assert "<b>1</b> Không cần kiểm chứng" in page
    assert "default-src 'none'" in page
    for loads in ("<script", "<link", "<img", "@import", "url(", "src="):
        assert loads not in page
    assert "Contradicted" in html_text(report(), "en")


def test_the_docx_opens_and_holds_the_draft_the_proof_the_decision_and_the_remark() -> None:
    document = docx.Document(BytesIO(docx_bytes(report(), "vi")))
    assert document.core_properties.title == "Cầu mới"
    assert document.paragraphs[0].text == "Cầu mới"
    flowing = [p.text for p in document.paragraphs]
    assert f"{LONG} ✗1 {PRICE} ✓2" in flowing
    assert f"{WHY} Cầu có 12 làn xe. ?4" in flowing
    table = document.tables[0]
    assert [row.cells[0].text for row in table.rows] == ["STT", "1", "2", "4"]
    first = table.rows[1].cells
    assert first[2].text.split("\n") == [
        "✗ Trái với nguồn", "độ chắc 90%", "Số: bản thảo “1.200 m”, nguồn “1.250 m”"
    ]  # fmt: skip
    assert first[4].text == "Đã chấp nhận\nĐã gọi ban quản lý.\nHọ xác nhận."
    assert [r.text for r in first[3].paragraphs[0].runs if r.font.highlight_color] == ["1.250 m"]
    links = [r.target_ref for r in document.part.rels.values() if r.is_external]
    assert links == [BRIDGE.url] * len(links)
    assert BRIDGE.title in words_of(document)


def test_hostile_strings_in_every_field_stay_text_in_every_export() -> None:
    for danger in (*HOSTILE_STRINGS, "javascript:" + CANARY, "A" * 60_000, "\ud800 \x0b \ufffe"):
        given = {
            "title": danger,
            "draft": danger,
            "claims": [
                {
                    "start": 0, "end": len(danger), "verdict": "REFUTED", "missing": [danger], "note": danger,
                    "remark": danger, "decision": "accept",
                    "evidence": [dict.fromkeys(("docid", "url", "title", "outlet", "quote"), danger)],
                    "differences": [{"kind": "number", "claim": danger, "source": danger}],
                }
            ],
        }  # fmt: skip
        made = read_report(given)
        page = html_text(made, "vi")
        for opening in ("<script", "<img", "<svg", "<iframe", '<a href="javascript', "<style>*"):
            assert opening not in page.lower()
        assert 'href="javascript' not in page
        document = docx.Document(BytesIO(docx_bytes(made, "vi")))
        assert [r for r in document.part.rels.values() if r.is_external] == []
        assert not any(c in words_of(document) for c in "\u202e\u2066\x00")
        assert len(rows(made)) == 1


@pytest.mark.parametrize("kind", ["", "<script>", "Number"])
def test_a_difference_of_an_unknown_kind_is_refused_by_its_place(kind: str) -> None:
    claim = {
        "start": 0,
        "end": 7,
        "verdict": "REFUTED",
        "differences": [{"kind": kind, "claim": "An", "source": "Bình"}],
    }
    with pytest.raises(UsageError, match=r"claims\[0\].differences\[0\].kind"):
        read_report({"draft": "An đến.", "claims": [claim]})


def test_a_sentence_inside_another_is_shown_once_in_the_draft() -> None:
    given = {"draft": "An đến, Bình đi.", "claims": [
        {"start": 0, "end": 16, "verdict": "SUPPORTED"}, {"start": 8, "end": 16, "verdict": "REFUTED"},
    ]}  # fmt: skip
    document = docx.Document(BytesIO(docx_bytes(read_report(given), "vi")))
    assert "An đến, Bình đi. ✓1" in [p.text for p in document.paragraphs]
    draft = html_text(read_report(given), "vi").split('<div class="draft"')[1].split("</div>")[0]
    assert draft.count("Bình đi") == 1
