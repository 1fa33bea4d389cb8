"""Hostile words come in the way news does, through `hoitin ingest`, and stand on the pages as the text they are."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from app import cli
from app.answer import Answer, Citation
from app.web.article import article_page
from app.web.cards import card
from app.web.exchange import Exchange, answered
from ingest.archive import Archive
from tests.web.press import HOSTILE_STRINGS

OURS = frozenset(
    """
    html head meta title link body header main article section nav a p h1 h2 h3 ul ol li span bdi time mark div
    blockquote button details summary i strong br
    """.split()
)
TAIL = (
    " Người dân xã Bến Lau cho biết chợ mới đã mở cửa từ sáng thứ hai, hàng hóa đủ và giá không tăng so với tuần trước."
)


class Tags(HTMLParser):
    """Every tag that is none of ours, every handler, and every address that could run something."""

    def __init__(self) -> None:
        super().__init__()
        self.strange: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in OURS:
            self.strange.append(tag)
        for name, value in attrs:
            if name.startswith("on") or name == "style":
                self.strange.append(f"{tag} {name}")
            if name in ("href", "src", "action") and not re.match(r"(?:/|#|https?://)", value or ""):
                self.strange.append(f"{tag} {name}={value}")


def strange(page: str) -> list[str]:
    found = Tags()
    found.feed(page)
    return found.strange


def test_the_check_sees_what_should_not_be_there() -> None:
    assert strange("<p onclick=x><script></script><a href='javascript:x'>") == [
        "p onclick",
        "script",
        "a href=javascript:x",
    ]


def test_hostile_articles_that_were_ingested_stand_as_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home, lines = tmp_path / "home", tmp_path / "doc.jsonl"
    monkeypatch.setenv("HOITIN_HOME", str(home))
    made = [
        {
            "id": f"doc-{n}", "url": f"https://doc.example/{n}", "title": f"Chợ {n} {words}", "summary": words + TAIL,
            "body": f"{words}{TAIL}\n\n{words} lần hai {n}.{TAIL}", "published": "2026-07-28T09:30:00+07:00",
            "outlet": words, "section": words, "author": words,
        }
        for n, words in enumerate(HOSTILE_STRINGS)
    ]  # fmt: skip
    lines.write_text("".join(json.dumps(a, ensure_ascii=True) + "\n" for a in made), encoding="utf-8")
    assert cli.main(["ingest", "--no-index", str(lines)]) in (0, 1)
    with Archive.open(home / "archive.sqlite") as archive:
        held = [a for a in (archive.get(f"doc-{n}") for n in range(len(made))) if a is not None]
        assert len(held) >= 40, "the archive takes them: it is the page that must be safe"
        for article in held:
            page = article_page(article, archive.versions(article.id), held[:3], "vi", start=0, end=20)
            assert strange(page) == [], article.id
            quote = article.text[:60]
            cited = Citation(1, article.id, article.url, article.title, article.outlet, None, quote, 0, len(quote))
            answer = Answer(article.title, f"“{quote}” [1]", quote, (cited,), (), 0.0, notes=(article.title,))
            pending = Exchange("ab12", article.title, "2026-07-29T08:00:00+07:00", outlets=(article.outlet,))
            assert strange(card(answered(pending, answer, lambda _: held[:3]), "vi")) == [], article.id
