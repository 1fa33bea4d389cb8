"""A few invented articles to quote from, and what an answer quotes."""

from __future__ import annotations

from dataclasses import replace

from app.answer import Answer
from tests.app.desk import article, moment

BRIDGE_FIRST = article(
    "cau",
    "2026-03-02 08:00",
    "Cầu Sương Mai thông xe",
    "Cầu Sương Mai bắc qua sông Sương thông xe sáng 2/3.",
    "Cầu Sương Mai dài 46 m, rộng 9 m. Đơn vị thi công là Công ty Thiên Khê.",
    "Ông Lê Bá Tòng lập công ty năm 2015. Ông này quê ở xã Cát Lành, biết bơi từ bé.",
    captions=("Cầu Sương Mai dài hun hút nhìn từ trên cao",),
    byline=("Thu Hà – Văn Nam",),
)

BRIDGE = replace(
    BRIDGE_FIRST,
    paragraphs=(BRIDGE_FIRST.paragraphs[0], BRIDGE_FIRST.paragraphs[1].replace("46 m", "486 m"), BRIDGE_FIRST.paragraphs[2]),
    updated=moment("2026-03-04 10:00"),
)  # fmt: skip

CLINIC = article(
    "tram",
    "2026-03-05 08:00",
    "Trạm y tế Hạc Thành mở thêm phòng khám",
    "Trạm y tế xã Hạc Thành vừa mở thêm các chuyên khoa:",
    "- Tim mạch;",
    "- Nội tiết;",
    "- Da liễu.",
    "Người dân được khám miễn phí đến hết tháng.",
    outlet="Báo Khê",
)

MARKET_OPENS = article(
    "cho-1", "2026-03-10 20:00", "Chợ đêm Tre Xanh khai trương",
    "Chợ đêm Tre Xanh khai trương với 86 gian hàng.",
)  # fmt: skip

MARKET_GROWS = article(
    "cho-2", "2026-03-20 07:00", "Chợ đêm Tre Xanh thêm gian hàng",
    "Chợ đêm Tre Xanh nay có 120 gian hàng, đông nhất vào tối thứ bảy.", outlet="Báo Khê",
)  # fmt: skip

FLOOD = article(
    "lu", "2026-03-12 06:00", "Lũ ở Suối Ngà",
    "Nước suối Ngà dâng 3 m trong đêm.", "Bà Lục Thị Én quê ở xã Đồi Quế dẫn dân làng lên đồi.",
)  # fmt: skip

ARTICLES = (BRIDGE_FIRST, BRIDGE, CLINIC, MARKET_OPENS, MARKET_GROWS, FLOOD)
NOW = moment("2026-03-21 09:00")


def quotes(answer: Answer) -> str:
    return "\n".join(c.quote for c in answer.citations)


def docids(answer: Answer) -> set[str]:
    return {c.docid for c in answer.citations}
