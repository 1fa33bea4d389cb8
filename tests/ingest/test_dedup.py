"""The same article at another URL, and the same story told twice."""

from __future__ import annotations

import pickle
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from ingest.article import VIETNAM
from ingest.dedup import LENGTH, StoryIndex, signature, url_key

DAY = datetime(2024, 5, 1, 8, 30, tzinfo=VIETNAM)

STORY = (
    "Sáng 1/5, cây cầu Bến Trăng bắc qua sông Lụa đã thông xe sau 26 tháng thi công. Cầu dài 1.240 m, rộng 22 m, "
    "có bốn làn xe cơ giới và hai lề bộ hành, tổng mức đầu tư 1.850 tỷ đồng. Ông Đỗ Văn Khải, giám đốc ban quản lý, "
    "cho biết công trình về đích sớm 45 ngày. Người dân hai bờ trước đây phải đi phà mất 40 phút, nay chỉ còn 3 phút."
)


@pytest.mark.parametrize(
    "other",
    [
        "http://bao.vn/cau-moi-1234567.html",
        "https://www.bao.vn/cau-moi-1234567.html",
        "https://m.BAO.vn/cau-moi-1234567.html",
        "https://amp.bao.vn/cau-moi-1234567.html",
        "https://bao.vn/amp/cau-moi-1234567.html",
        "https://bao.vn/cau-moi-1234567.html/amp",
        "https://bao.vn//cau-moi-1234567.html/",
        "https://bao.vn/cau-moi-1234567.html#binh-luan",
        "https://bao.vn/cau-moi-1234567.html?utm_source=zalo&fbclid=x",
        "  https://bao.vn:443/cau-moi-1234567.html ",
    ],
)
def test_addresses_of_one_article_share_a_key(other: str) -> None:
    assert url_key(other) == url_key("https://bao.vn/cau-moi-1234567.html") == "bao.vn/cau-moi-1234567.html"


def test_other_articles_sections_and_queries_keep_their_own_keys() -> None:
    keys = {
        url_key(url)
        for url in (
            "https://bao.vn/cau-moi-1234567.html",
            "https://bao.vn/cau-moi-1234568.html",
            "https://the-thao.bao.vn/cau-moi-1234567.html",
            "https://bao.vn/tin?id=1234567",
            "https://bao.vn/tin?id=1234568",
        )
    }
    assert len(keys) == 5


@pytest.mark.parametrize(
    "text", ["", "bao.vn/tin", "ftp://bao.vn/tin", "javascript:void(0)", "https://[hong", "tin.jsonl:3"]
)
def test_what_is_no_web_address_has_no_key(text: str) -> None:
    assert url_key(text) == ""


def test_an_exact_copy_finds_the_first_article() -> None:
    index = StoryIndex()
    assert index.add("a", STORY, DAY) is None
    assert index.add("b", STORY, DAY) == "a"
    assert len(index) == 2


def test_wire_copy_with_another_lead_and_a_cut_end_is_the_same_story() -> None:
    index = StoryIndex()
    index.add("a", STORY, DAY)
    cut = STORY.rsplit(". ", 1)[0]
    assert index.add("b", "Theo TTXVN, " + cut + ".", DAY + timedelta(days=1)) == "a"


def test_a_daily_column_with_other_figures_is_another_story() -> None:
    column = (
        "Giá vàng miếng sáng {day} được niêm yết ở mức {a} triệu đồng mỗi lượng mua vào và {b} triệu đồng bán ra. "
        "Vàng nhẫn giao dịch quanh {c} triệu đồng, tỷ giá trung tâm ở mức {d} đồng. Trên thế giới, giá vàng giao ngay "
        "đứng ở {e} USD mỗi ounce, tương đương {f} triệu đồng khi quy đổi theo tỷ giá ngân hàng chưa gồm thuế và phí."
    )
    index = StoryIndex()
    index.add("a", column.format(day="1/5", a="80,1", b="82,4", c="74,9", d="24.105", e="2.310", f="70,2"), DAY)
    next_day = column.format(day="2/5", a="81,3", b="83,6", c="75,5", d="24.120", e="2.335", f="71,0")
    assert index.add("b", next_day, DAY + timedelta(days=1)) is None


def test_the_same_words_a_month_later_are_another_story_unless_a_date_is_unknown() -> None:
    index = StoryIndex()
    index.add("a", STORY, DAY)
    assert index.add("b", STORY, DAY + timedelta(days=30)) is None
    assert index.add("c", STORY, None) == "a"


def test_texts_too_short_to_compare_never_match() -> None:
    index = StoryIndex()
    assert index.add("a", "Trời mưa to.", DAY) is None
    assert index.add("b", "Trời mưa to.", DAY) is None
    assert signature("Trời mưa to.") == b""


def test_an_index_rebuilt_from_kept_signatures_answers_alike() -> None:
    kept = [("a", signature(STORY), DAY), ("b", signature("Trời mưa to."), DAY), ("c", b"foreign", None)]
    index = StoryIndex.load(kept)
    assert index.find(signature(STORY), DAY) == "a"
    assert pickle.loads(pickle.dumps(index)).find(signature(STORY), DAY) == "a"


def test_a_signature_is_the_same_in_every_process() -> None:
    probe = f"from ingest.dedup import signature; print(signature({STORY!r}).hex())"
    root = Path(__file__).parents[2]
    runs = {
        subprocess.run(
            [sys.executable, "-c", probe], cwd=root, capture_output=True, text=True, check=True
        ).stdout.strip()
        for _ in range(2)
    }
    assert runs == {signature(STORY).hex()}
    assert len(signature(STORY)) == 4 * LENGTH
