"""A small archive with a real index and no model: an App whose embedder counts words."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any, get_args

from app.answer import Answer, Question
from app.quote import QuotationAnswerer
from app.settings import Settings
from app.truth import Short
from app.wiring import App, open_app
from ingest.article import VIETNAM, Article
from tests.index.wordbag import WordBag


def moment(text: str) -> datetime:
    """ "2026-03-10 08:00" in Vietnam."""
    return datetime.fromisoformat(text).replace(tzinfo=VIETNAM)


def article(docid: str, published: str, title: str, *paragraphs: str, **more: Any) -> Article:
    """An article of Báo Lam; `published` as in "2026-03-10 08:00"."""
    made: dict[str, Any] = {"outlet": "Báo Lam", "section": "Thời sự", "lang": "vi"}
    return Article(
        id=docid,
        url=f"https://bao.example/{docid}.html",
        title=title,
        paragraphs=paragraphs,
        published=moment(published),
        **(made | more),
    )


def opened(folder: Path, articles: Iterable[Article] = ()) -> App:
    """A home in `folder` with these articles archived and indexed, in the order given."""
    app = open_app(Settings(home=folder / "home"), create=True)
    app.__dict__["embedder"] = WordBag(dimension=512)  # what the property would have opened
    for one in articles:
        app.archive.add(one)
    app.sync()
    return app


def asked(app: App, text: str, *, threshold: float = 1.0, **more: Any) -> Answer:
    """The answer, every quotation checked against the archive.

    threshold: 1 never abstains, 0 always: how sure a real model must be is no matter of word counts.
    """
    answer = QuotationAnswerer(app.searcher, app.archive, threshold=threshold).answer(Question(text, **more))
    proved(app, answer)
    return answer


def proved(app: App, answer: Answer) -> None:
    """Every citation is a verbatim stretch of an archived article, numbered and shown in the answer."""
    for number, citation in enumerate(answer.citations, start=1):
        versions = app.archive.versions(citation.docid)
        assert any(v.text[citation.start : citation.end] == citation.quote for v in versions), citation
        newest = versions[-1]
        assert newest.text[citation.start : citation.end] == citation.quote, "quoted as it reads now"
        assert (citation.url, citation.title, citation.outlet) == (newest.url, newest.title, newest.outlet)
        assert citation.published == newest.published
        assert citation.quote.strip()
        assert citation.marker == number
        assert f"“{citation.quote}” [{number}]" in answer.text
    assert answer.text.count("” [") >= len(answer.citations)
    assert (answer.abstained is None) == bool(answer.citations)
    if answer.short_answer:
        # "486 m; năm 2015" answers two parts, and yes or no stands in no sentence.
        for short in answer.short_answer.split("; ") if answer.short_answer not in get_args(Short) else ():
            assert any(short in c.quote for c in answer.citations)
    if not answer.citations:
        assert answer.text.startswith(("Kho tin không có", "Kho tin không nói"))
    assert 0 <= answer.abstain_score <= 1
