"""The editors' test questions: see an answer, mark what is right, save, download.

    GET  /gan-nhan?cau=…            the page; with a question, its answer and the articles to choose from
    POST /gan-nhan                  save a label, with the page's proof
    POST /gan-nhan/xoa              take one out
    GET  /gan-nhan/cau-hoi.jsonl    the question file that hoitin-eval reads

For signed-in editors only. This module knows nothing of how labels are kept or
of how the page looks.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from app.answer import Question
from app.labels import ABSENT_TYPES, ANSWERED_TYPES, Label, Labels, stands_in, to_label
from app.messages import Lang, say
from app.people import User
from app.routes.problem import clean
from app.web.guard import acting, csrf, editor, lang_of
from app.web.labels import FILE_PATH, LABELS, REMOVE, Filled, Shown, labels_page
from app.web.policy import CSP_FORM
from app.web.webapp import WebApp
from ingest.article import VIETNAM, Article

_PAGE = {"content-security-policy": CSP_FORM, "cache-control": "no-store"}
_ARTICLES = 6  # to choose from; another may be named
_LOGGED = 50


class Unfinished(Exception):
    """A form that cannot be saved yet; the message is for the editor."""


def routes(app: WebApp) -> APIRouter:
    """The page, its form and its file."""
    router = APIRouter(include_in_schema=False)
    labels = Labels(app.settings.home)

    @router.get(LABELS)
    def page(
        request: Request, user: Annotated[User, Depends(editor)], cau: str = "", luc: str = "", xong: str = ""
    ) -> Response:
        lang, count = lang_of(request), len(labels.all())
        told = {"luu": say(lang, "label_saved", count=count), "xoa": say(lang, "label_removed", count=count)}
        filled = Filled(question=clean(cau).strip()[:2_000], now=_moment(luc).isoformat(timespec="seconds"))
        return show(request, user, filled, told=told.get(xong, ""))

    @router.post(LABELS)
    async def save(request: Request, user: Annotated[User, Depends(acting)]) -> Response:
        form = await request.form()
        given = {name: [clean(str(value)) for value in form.getlist(name)] for name in form}
        return await run_in_threadpool(keep, request, user, given)

    @router.post(REMOVE)
    async def remove(request: Request, user: Annotated[User, Depends(acting)]) -> Response:
        form = await request.form()
        await run_in_threadpool(labels.remove, str(form.get("id", "")))
        return _back(lang_of(request), "xoa")

    @router.get(FILE_PATH)
    def file(user: Annotated[User, Depends(editor)]) -> Response:
        headers = {"content-disposition": 'attachment; filename="cau-hoi.jsonl"', "cache-control": "no-store"}
        body = labels.as_jsonl().encode("utf-8", "replace")
        return Response(body, media_type="application/x-ndjson; charset=utf-8", headers=headers)

    def show(
        request: Request, user: User, filled: Filled, *, told: str = "", wrong: str = "", status: int = 200
    ) -> Response:
        lang, kept = lang_of(request), labels.all()
        shown = _shown(app, filled) if filled.question else None
        made = labels_page(
            lang, user=user.name, proof=csrf(request), filled=filled, shown=shown,
            asked=to_label(app.settings.home, request.app.state.tally.unanswered(_LOGGED), kept, _LOGGED),
            labels=kept, told=told, wrong=wrong, theme=request.cookies.get("ht_theme", ""),
        )  # fmt: skip
        return HTMLResponse(made.encode("utf-8", "replace"), status, _PAGE)

    def keep(request: Request, user: User, given: Mapping[str, Sequence[str]]) -> Response:
        filled, lang = _filled(given), lang_of(request)
        try:
            labels.add(_label(app, filled, lang, user.name))
        except Unfinished as error:
            return show(request, user, filled, wrong=str(error), status=422)
        return _back(lang, "luu")

    return router


def _filled(given: Mapping[str, Sequence[str]]) -> Filled:
    def one(name: str, limit: int) -> str:
        return given.get(name, [""])[0].strip()[:limit]

    return Filled(
        question=one("cau", 2_000), there=one("co", 10), type=one("loai", 30), docids=tuple(given.get("bai", ()))[:20],
        evidence=one("cau_chung", 600), others=one("khac", 2_000), answers=one("dap", 4_000), note=one("ghi", 500),
        now=one("luc", 40),
    )  # fmt: skip


def _label(app: WebApp, filled: Filled, lang: Lang, user: str) -> Label:
    """The label that was filled in. Raises Unfinished."""
    if not filled.question:
        raise Unfinished(say(lang, "label_wrong_question"))
    if filled.there not in ("co", "khong"):
        raise Unfinished(say(lang, "label_wrong_choice"))
    articles, evidence = _chosen(app, filled, lang)
    docids = tuple(article.id for article in articles)
    now = _moment(filled.now).isoformat(timespec="seconds")
    if filled.there == "khong":
        # The articles chosen stay: they show a false premise, or come near.
        kind = filled.type if filled.type in ABSENT_TYPES else ABSENT_TYPES[0]
        return Label("", filled.question, kind, False, docids=docids, now=now, note=filled.note, by=user)
    answers = tuple(dict.fromkeys(line.strip() for line in filled.answers.splitlines() if line.strip()))
    if not docids:
        raise Unfinished(say(lang, "label_wrong_article"))
    if not answers:
        raise Unfinished(say(lang, "label_wrong_answers"))
    if not any(stands_in(answer, article.text) for answer in answers for article in articles):
        raise Unfinished(say(lang, "label_wrong_held"))
    kind = filled.type if filled.type in ANSWERED_TYPES else ANSWERED_TYPES[0]
    return Label("", filled.question, kind, True, answers, docids, evidence, now, filled.note, user)


def _chosen(app: WebApp, filled: Filled, lang: Lang) -> tuple[list[Article], str]:
    """The articles that were chosen or named, each once, and the evidence as it stands in its article."""
    where, _, end = filled.evidence.rpartition(":")
    docid, _, start = where.rpartition(":")
    others = [line.strip() for line in filled.others.splitlines() if line.strip()]
    found: dict[str, Article] = {}
    for name in (docid, *filled.docids, *others):
        if not name:
            continue
        article = app.archive.get(name) or (app.archive.find(name) if "://" in name else None)
        if article is None:
            raise Unfinished(say(lang, "label_wrong_unknown", name=name[:200]))
        found.setdefault(article.id, article)
    evidence = ""
    if docid:
        text = found[docid].text if docid in found else ""
        evidence = text[int(start) : int(end)] if start.isdecimal() and end.isdecimal() else ""
        if not evidence.strip():
            raise Unfinished(say(lang, "label_wrong_changed"))
    return list(found.values()), evidence


def _shown(app: WebApp, filled: Filled) -> Shown:
    answer = app.answerer.answer(Question(filled.question, now=_moment(filled.now)))
    named = [line.strip() for line in filled.others.splitlines() if line.strip()]
    wanted = [*filled.docids, *(c.docid for c in answer.citations), *(h.passage.docid for h in answer.hits), *named]
    found = (app.archive.get(docid) for docid in dict.fromkeys(wanted))
    return Shown(answer, [article for article in found if article][:_ARTICLES])


def _moment(given: str) -> datetime:
    """When the question was asked: the log's moment or noon of its day; now when nothing is told."""
    try:
        found = datetime.fromisoformat(given)
    except ValueError:
        return datetime.now(VIETNAM)
    if len(given) == 10:
        found = found.replace(hour=12)
    return found if found.tzinfo else found.replace(tzinfo=VIETNAM)


def _back(lang: Lang, done: str) -> Response:
    suffix = "&lang=en" if lang == "en" else ""
    return RedirectResponse(f"{LABELS}?xong={done}{suffix}", 303, {"cache-control": "no-store"})
