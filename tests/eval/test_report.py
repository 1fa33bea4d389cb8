"""The page: what it shows, and that it asks nothing of the network."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any

from eval.answer_scores import score
from eval.answers import report as answers_report
from eval.report import _table, page
from eval.svg import curve, two_histograms, whiskers
from eval.tables import Table

EVIL = '<script>alert("x")</script>'


def item(key: str, **more: Any) -> dict[str, Any]:
    quote = {"marker": 1, "docid": "lũ", "url": "https://lua.example/lu", "title": "Lũ", "outlet": "Báo Lúa",
             "published": "2031-05-20T08:00:00+07:00", "quote": "Nước lên.", "start": 0, "end": 9}  # fmt: skip
    made = {
        "id": key, "type": "factoid", "question": f"Hỏi {key}?", "answerable": True, "answers": ["Hoà An"],
        "docids": ["lũ"], "evidence": [], "evidence_given": False, "gold_archived": True,
        "answer": "“Nước lên.” [1]", "short_answer": "",
        "abstained": None, "abstain_score": 0.25, "citations": [quote], "hits": [], "verbatim": [True],
        "seconds": 0.1, "error": "", **more,
    }  # fmt: skip
    return {**made, "scores": score(made)}


class Reader(HTMLParser):
    """Collects tags, what they would load, and whether every tag is closed."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[str] = []
        self.loads: list[str] = []
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if tag not in ("meta", "br"):
            self.open.append(tag)
        for name, value in attrs:
            if name in ("src", "srcset", "data") or (name == "href" and tag != "a"):
                self.loads.append(value or "")
            if name == "href" and tag == "a":
                self.links.append(value or "")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def read(*items: dict[str, Any]) -> tuple[str, Reader]:
    made = page([answers_report(items, {"questions": ["hỏi.jsonl"], "model": "m", "data": "abc", "machine": {}})])
    reader = Reader()
    reader.feed(made)
    return made, reader


def test_the_page_loads_nothing_and_closes_what_it_opens() -> None:
    made, reader = read(item("a"), item("b", answerable=False, answers=[], docids=[], type="not_in_corpus"))
    assert reader.loads == []
    assert reader.open == []
    assert "script" not in reader.tags
    assert not re.search(r"url\(|@import", made)


def test_text_from_data_is_shown_as_text() -> None:
    quote = {**item("a")["citations"][0], "quote": EVIL, "title": EVIL, "outlet": EVIL}
    made, reader = read(
        item(EVIL, question=EVIL, answer=EVIL, type=EVIL, answers=[EVIL], citations=[quote], error=EVIL)
    )
    assert "script" not in reader.tags
    assert "&lt;script&gt;" in made


def test_only_web_addresses_become_links() -> None:
    wild = {**item("a")["citations"][0], "url": "javascript:alert(1)"}
    _, reader = read(item("a"), item("b", citations=[wild]))
    assert reader.links == ["https://lua.example/lu"]


def test_failures_stand_before_the_figures_and_worst_answers_start_with_them() -> None:
    made, _ = read(item("a"), item("b", error="RuntimeError: kho đóng"))
    assert made.index("1 failed") < made.index("All figures")
    worst = made[made.index("Answers that were not right") :]
    assert worst.index("Hỏi b?") < worst.index("Hỏi a?")


def test_a_wrong_answer_is_shown_with_its_gold_and_its_quotation() -> None:
    made, _ = read(item("a"))
    worst = made[made.index("Answers that were not right") :]
    for shown in ("Hỏi a?", "Hoà An", "Nước lên.", "Báo Lúa · 2031-05-20 · lũ"):
        assert shown in worst


def test_every_figure_can_be_read_without_the_plot() -> None:
    report = answers_report([item("a")], {"questions": ["hỏi.jsonl"], "model": "m", "data": "abc", "machine": {}})
    made = page([report])
    assert report["metrics"]
    for value in report["metrics"].values():
        assert f"<td class=n>{value:.3f} <small>" in made


def test_right_answers_leave_nothing_to_show() -> None:
    right = {**item("a")["citations"][0], "quote": "Xã Hoà An."}
    made, _ = read(item("a", citations=[right]))
    assert made.count("<article>") == 0


def test_whiskers_stand_where_their_figures_are() -> None:
    drawn = whiskers("điểm", [("R@1", 0.5, 0.25, 1.0)])
    # the plot begins at 250 and is 340 wide: 0.5 -> 420, 0.25 -> 335, 1 -> 590
    assert 'cx="420.0"' in drawn
    assert 'x1="335.0" x2="590.0"' in drawn
    assert 'aria-label="điểm"' in drawn


def test_a_curve_goes_up_as_risk_goes_up() -> None:
    # left 46, top 8, side 260: (0, 0) is (46, 268), (1, 1) is (306, 8)
    assert 'points="46.0,268.0 306.0,8.0"' in curve("x", [(0, 0), (1, 1)], "x", "y")


def test_histograms_take_the_ends_in_and_scale_each_side_to_itself() -> None:
    drawn = two_histograms("x", [0.0, 1.0], [1.0], "có", "không", bins=2)
    # above: two bins of one half each, both as tall as can be; below: one bin
    assert drawn.count('height="100.0"') == 3
    assert "(n = 2)" in drawn


def test_a_heading_stands_on_the_side_of_its_column() -> None:
    made = _table(Table("Tốc độ", ("system", "p50 ms"), [["hoitin", "22.5"], ["bm25", "–"]]))
    assert "<tr><th>system</th><th class=n>p50 ms</th></tr>" in made
    assert "<th>p50 ms</th>" in _table(Table("Tốc độ", ("system", "p50 ms"), []))
