"""A small invented press in memory, with an answerer that follows a script: what the web tests ask."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from app.answer import Answer, Citation, Question
from app.check.adviser import Adviser
from app.settings import Settings
from index.passage import Hit, Passage
from ingest.article import VIETNAM, Article
from ingest.errors import HoitinError, UsageError
from tests.web.checking import ScriptedChecker
from tests.web.hold import Hold

BRIDGE = Article(
    id="cau-1",
    url="https://vidu.example/cau-song-ngan.html",
    title="Cầu Sông Ngân thông xe, rút ngắn 20 km đường đi",
    summary="Cầu Sông Ngân nối hai bờ Hà Lĩnh thông xe sáng 28/7.",
    paragraphs=(
        "Cầu Sông Ngân nối hai bờ Hà Lĩnh thông xe sáng 28/7.",
        "Cây cầu dài 1.250 m, vốn 3.200 tỉ đồng. Ông Lê Văn Thử, giám đốc dự án, cho biết cầu rút ngắn 20 km đường đi.",
        "Trước đó, người dân phải đi phà từ 5 giờ sáng.",
    ),
    captions=("Cầu Sông Ngân nhìn từ trên cao. Ảnh: Minh Họa",),
    byline=("Trần Thị Mẫu",),
    outlet="Báo Ví Dụ",
    section="Thời sự",
    published=datetime(2026, 7, 28, 9, 30, tzinfo=VIETNAM),
    updated=datetime(2026, 7, 28, 14, 5, tzinfo=VIETNAM),
    lang="vi",
    story="cau-1",
    version=2,
)
BRIDGE_OLD = replace(
    BRIDGE,
    version=1,
    updated=None,
    paragraphs=(BRIDGE.paragraphs[0], "Cây cầu dài 1.200 m, vốn 3.200 tỉ đồng.", BRIDGE.paragraphs[2]),
)
BRIDGE_ELSEWHERE = Article(
    id="cau-2",
    url="https://tinmau.example/2",
    title="Người Hà Lĩnh hết cảnh lụy phà",
    paragraphs=("Từ 28/7, người dân Hà Lĩnh đi cầu Sông Ngân thay cho phà.",),
    outlet="Tin Mẫu",
    published=datetime(2026, 7, 28, 11, 0, tzinfo=VIETNAM),
    story="cau-1",
)
RICE = Article(
    id="gao/3",
    url="https://vidu.example/gao",
    title="Giá gạo ở chợ Đồng Mơ tăng 1,5% sau mưa lớn kéo dài",
    paragraphs=("Giá gạo tại chợ Đồng Mơ tăng 1,5% so với tuần trước.", "Chợ Đồng Mơ có 320 sạp hàng."),
    outlet="Báo Ví Dụ",
    published=datetime(2026, 7, 27, 7, 0, tzinfo=VIETNAM),
)
PALACE = Article(
    id="phao-4",
    url="",
    title="Vì sao lễ hội pháo đất Trung Sơn dời ngày?",
    paragraphs=("Ban tổ chức dời lễ hội pháo đất sang tháng 9 vì mưa.",),
    outlet="Tin Mẫu",
    published=datetime(2026, 7, 26, 8, 0, tzinfo=VIETNAM),
)

CANARY = "window.canary=1"
HOSTILE = Article(
    id='xau"><script>' + CANARY + "</script>",
    url="javascript:" + CANARY,
    title=f"<img src=x onerror={CANARY}> [bấm](javascript:{CANARY}) \u202eoverride {{{{7*7}}}} ${{{CANARY}}} `x`",
    summary="",
    paragraphs=(
        f"<script>{CANARY}</script> câu độc <svg onload={CANARY}> **đậm** </mark></p><iframe src=javascript:{CANARY}>",
        "W" * 5_000,
    ),
    captions=(f"<b onmouseover={CANARY}>chú thích</b>",),
    byline=(f'"><script>{CANARY}</script>',),
    outlet=f"<style>*{{display:none}}</style><a href=javascript:{CANARY}>Báo</a>",
    section="<u>mục</u>",
    published=datetime(2026, 7, 25, 8, 0, tzinfo=VIETNAM),
)


HOSTILE_STRINGS = (
    f"<script>{CANARY}</script>",
    f"<ScRiPt >{CANARY}</sCrIpT >",
    f"</script><script>{CANARY}</script>",
    f"<scr<script>ipt>{CANARY}</scr</script>ipt>",
    f"<img src=x onerror={CANARY}>",
    f"<img src=x onerror='{CANARY}'//",
    f"<svg onload={CANARY}>",
    f"<svg/onload={CANARY}//",
    f"<svg><script>{CANARY}</script></svg>",
    f"<math><mtext></form><form><mglyph><style></math><img src onerror={CANARY}>",
    f"<iframe srcdoc='<script>parent.{CANARY}</script>'></iframe>",
    f'<iframe src="javascript:parent.{CANARY}"></iframe>',
    f'<object data="javascript:{CANARY}"></object>',
    f'<embed src="javascript:{CANARY}">',
    f'<a href="javascript:{CANARY}">bấm</a>',
    f'<form action="javascript:{CANARY}"><button>bấm</button></form>',
    f"<input autofocus onfocus={CANARY}>",
    f"<details open ontoggle={CANARY}>",
    f"<video><source onerror={CANARY}></video>",
    f"<body onload={CANARY}>",
    f"<marquee onstart={CANARY}>",
    f'<meta http-equiv=refresh content="0;url=javascript:{CANARY}">',
    f'<base href="javascript:{CANARY}//">',
    '<link rel=stylesheet href="data:text/css,*{display:none}">',
    "<style>*{display:none!important}</style>",
    f"<template><script>{CANARY}</script></template>",
    f"<!--><img src=x onerror={CANARY}>-->",
    f"<![CDATA[><script>{CANARY}</script>]]>",
    f'"><script>{CANARY}</script>',
    f"' onmouseover='{CANARY}' x='",
    f'" autofocus onfocus="{CANARY}" tabindex=1 x="',
    f"&lt;script&gt;{CANARY}&lt;/script&gt;",
    f"&#60;img src=x onerror={CANARY}&#62;",
    f"[bấm](javascript:{CANARY})",
    f'![ảnh](x"onerror="{CANARY})',
    f"<javascript:{CANARY}>",
    f"```html\n<script>{CANARY}</script>\n```",
    f"${{{CANARY}}}",
    f"{{{{#with this}}}}{{{{lookup constructor 'constructor'}}}}{CANARY}{{{{/with}}}}",
    f"{{{{{{{CANARY}}}}}}}",
    f"`);{CANARY};(`",
    f"\\`-{CANARY}-\\`",
    f"\u202e<script>{CANARY}</script>\u202c\u2066",
    f"\x00<\x00script>{CANARY}</script>",
    "Z̴̧͙̫̎̄͝a̸̡̛͚̗͒l̵̛̰̤͐g̷̢͎͑̚o " * 20,
    "W" * 1_900,
    "🏴󠁧󠁢󠁥󠁮󠁧󠁿" * 50,
)
"""Strings that have broken pages elsewhere, each with a canary that would sing if it ran."""


@dataclass(frozen=True)
class Change:
    docid: str
    gone: bool = False


@dataclass
class Shelves:
    """An archive in memory: the newest version of each article is the last in its list."""

    held: dict[str, list[Article]] = field(default_factory=dict)

    def add(self, *articles: Article) -> Shelves:
        for article in articles:
            self.held.setdefault(article.id, []).append(article)
        return self

    def get(self, docid: str, version: int | None = None) -> Article | None:
        kept = self.held.get(docid, [])
        return next((a for a in reversed(kept) if version in (None, a.version)), None)

    def find(self, url: str) -> Article | None:
        return next((kept[-1] for kept in self.held.values() if kept[-1].url == url), None)

    def versions(self, docid: str) -> list[Article]:
        return list(self.held.get(docid, []))

    def same_story(self, docid: str) -> list[Article]:
        here = self.get(docid)
        others = [kept[-1] for name, kept in self.held.items() if name != docid]
        return [a for a in others if here and here.story and a.story == here.story]

    def stats(self, days: int = 0) -> dict[str, Any]:
        newest = [kept[-1] for kept in self.held.values()]
        return {
            "articles": len(newest),
            "outlets": {a.outlet: 1 for a in newest},
            "sections": {a.section: 1 for a in newest},
            "last_published": max((a.published for a in newest if a.published), default=None),
        }

    def count(self) -> int:
        return len(self.held)

    def change_number(self) -> int:
        return sum(len(kept) for kept in self.held.values())

    def changes(self, since: int) -> Iterator[Change]:
        return iter([Change(name) for name in self.held])


def passage(article: Article, words: str) -> Passage:
    start = article.text.index(words)
    return Passage(
        article.id + "#0",
        article.id,
        start,
        start + len(words),
        words,
        article.title,
        article.outlet,
        published=article.published,
        story=article.story,
        version=article.version,
    )


@dataclass
class Scripted:
    """Answers by the script below and remembers what it was asked."""

    asked: list[Question] = field(default_factory=list)
    pause_s: float = 0.0
    echo: Article | None = None
    hold: Hold = field(default_factory=Hold)

    def answer(self, question: Question) -> Answer:
        self.asked.append(question)
        time.sleep(self.pause_s)
        self.hold.step()
        words = question.text
        if not words.strip():
            raise UsageError("empty question", public="Bạn chưa gõ câu hỏi.")
        if len(words) > 2_000:
            raise UsageError(f"{len(words)} characters, wanted at most 2000", public="Câu hỏi dài quá 2.000 ký tự.")
        if "hỏng kho" in words:
            raise HoitinError("/secret/path is broken")
        if "vỡ trận" in words:
            raise RuntimeError("boom /secret/path")
        if "sao Hỏa" in words:
            hits = (Hit(passage(RICE, RICE.paragraphs[0]), 1, 0.4), Hit(passage(BRIDGE, BRIDGE.paragraphs[2]), 2, 0.3))
            return Answer(
                words,
                "Kho tin không có bài nói về sao Hỏa.",
                "",
                (),
                hits,
                0.01,
                abstained="not_found",
                abstain_score=0.9,
            )
        if self.echo and words == self.echo.title:
            answer = self._quote(words, self.echo, self.echo.paragraphs, words)
            return replace(answer, notes=(words,), text=f"{words} [1] {words}")
        if "độc" in words:
            return self._quote(words, HOSTILE, (HOSTILE.paragraphs[0],), "<b>độc</b>")
        if "sạp" in words:
            return self._quote(words, RICE, (RICE.paragraphs[1],), "320")
        if "gạo" in words:
            return self._quote(words, RICE, (RICE.paragraphs[0],), "1,5%")
        answer = self._quote(
            words, BRIDGE, (BRIDGE.paragraphs[0], "Cây cầu dài 1.250 m, vốn 3.200 tỉ đồng."), "sáng 28/7"
        )
        if "hôm qua" in words and question.since is None:
            day = datetime(2026, 7, 28, tzinfo=VIETNAM)
            return replace(
                answer,
                since=day,
                until=day + timedelta(hours=23, minutes=59),
                notes=("“hôm qua” được hiểu là ngày 28/07/2026.",),
            )
        return answer

    @staticmethod
    def _quote(words: str, article: Article, quotes: tuple[str, ...], short: str) -> Answer:
        cited = [passage(article, q) for q in quotes]
        citations = tuple(
            Citation(n, p.docid, article.url, article.title, article.outlet, article.published, p.text, p.start, p.end)
            for n, p in enumerate(cited, 1)
        )
        text = "\n".join(f"“{c.quote}” [{c.marker}]" for c in citations)
        others = (Hit(passage(RICE, RICE.paragraphs[0]), len(cited) + 1, 0.1),)
        hits = tuple(Hit(p, n, 1.0 / n) for n, p in enumerate(cited, 1)) + others
        return Answer(words, text, short, citations, hits, 0.012)


@dataclass
class Press:
    """The whole app, as far as the web needs it."""

    archive: Shelves
    answerer: Scripted
    checker: ScriptedChecker
    settings: Settings
    adviser: Adviser | None = None

    def behind(self) -> int:
        return 0

    def ready(self) -> dict[str, Any]:
        return {"articles": self.archive.count(), "passages": 9, "behind": self.behind(), "model": "scripted"}


def press(home: Path) -> Press:
    shelves = Shelves().add(BRIDGE_OLD, BRIDGE, BRIDGE_ELSEWHERE, RICE, PALACE, HOSTILE)
    return Press(shelves, Scripted(), ScriptedChecker(BRIDGE, RICE, HOSTILE), Settings(home=home))
