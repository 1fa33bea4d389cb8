"""A checker that follows a script: the desk's tests know what comes of each sentence."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from app.check.verdict import Claim, ClaimCheck, Difference, Evidence
from ingest.article import Article
from ingest.errors import HoitinError
from tests.web.hold import Hold

DRAFT = (
    "🌉 Cầu Sông Ngân nối hai bờ Hà Lĩnh thông xe sáng 28/7.\n\n"
    "Cây cầu dài 1.200 m, vốn 3.200 tỉ đồng. Ông Lê Văn Thử là giám đốc dự án.\n\n"
    "Liệu cầu có hết cảnh lụy phà? Cầu có 12 làn xe. Giá gạo không tăng."
)
"""Supported, refuted by a number, supported; a question, unknown, refuted by a negation."""


def evidence(article: Article, words: str, **more: Any) -> Evidence:
    start = article.text.index(words)
    made: dict[str, Any] = {"corrected": article.updated if article.version > 1 else None}
    return Evidence(
        article.id, article.version, article.url, article.title, article.outlet, article.published, words, start,
        start + len(words), **(made | more),
    )  # fmt: skip


@dataclass
class ScriptedChecker:
    """Judges by the words in a sentence; remembers the drafts and how many sentences it judged."""

    bridge: Article
    rice: Article
    hostile: Article
    pause_s: float = 0.0
    asked: list[tuple[str, datetime | None]] = field(default_factory=list)
    judged: int = 0
    hold: Hold = field(default_factory=Hold)

    def claims(self, draft: str) -> list[Claim]:
        found = []
        for match in re.finditer(r"[^.!?\n](?:[^.!?\n]|\.(?=\d))*[.!?]?", draft):
            words = match.group()
            start = match.start() + len(words) - len(words.lstrip(" 🌉\t"))
            if start < match.end():
                asks = words.endswith("?")
                found.append(
                    Claim(draft[start : match.end()], start, match.end(), not asks, "question" if asks else "")
                )
        return found

    def check(self, draft: str, *, now: datetime | None = None) -> Iterator[ClaimCheck]:
        self.asked.append((draft, now))
        return (self._judge(claim) for claim in self.claims(draft))

    def _judge(self, claim: Claim) -> ClaimCheck:
        time.sleep(self.pause_s)
        self.hold.step()
        self.judged += 1
        words = claim.text
        if "hỏng kho" in words:
            raise HoitinError("/secret/path is broken")
        if "vỡ trận" in words:
            raise RuntimeError("boom /secret/path")
        if not claim.checkable:
            return ClaimCheck(claim, "NOT_ENOUGH_INFO", 1.0, note="Không cần kiểm chứng: câu hỏi.")
        if "độc" in words:
            shown = evidence(self.hostile, self.hostile.paragraphs[0])
            return ClaimCheck(claim, "REFUTED", 0.8, (shown,), (self._differs(claim, "độc", shown, "câu", "name"),))
        long = evidence(self.bridge, "Cây cầu dài 1.250 m, vốn 3.200 tỉ đồng.")
        if "1.200 m" in words:
            return ClaimCheck(
                claim, "REFUTED", 0.93, (long,), (self._differs(claim, "1.200 m", long, "1.250 m", "number"),)
            )
        if "1.250 m" in words or "thông xe" in words or "giám đốc" in words:
            return ClaimCheck(claim, "SUPPORTED", 0.88, (long, evidence(self.bridge, self.bridge.paragraphs[0])))
        if "Giá gạo không" in words:
            shown = evidence(self.rice, self.rice.paragraphs[0])
            return ClaimCheck(
                claim, "REFUTED", 0.71, (shown,), (self._differs(claim, "không", shown, "tăng", "negation"),)
            )
        if "lúa gạo" in words:
            shown = evidence(self.rice, self.rice.paragraphs[0])
            return ClaimCheck(
                claim, "REFUTED", 0.6, (shown,), (self._differs(claim, "lúa gạo", shown, "Giá gạo", "role"),)
            )
        return ClaimCheck(claim, "NOT_ENOUGH_INFO", 0.6, missing=(words.removeprefix("Cầu có "),))

    @staticmethod
    def _differs(claim: Claim, ours: str, shown: Evidence, theirs: str, kind: Any) -> Difference:
        at, there = claim.start + claim.text.index(ours), shown.start + shown.quote.index(theirs)
        return Difference(kind, ours, theirs, at, at + len(ours), there, there + len(theirs), shown.docid)
