"""GET and POST /dang-nhap, POST /dang-xuat: an editor's session begins and ends.

In: a name, a password, a proof that the form is ours. Out: a cookie and the way
back to where the editor wanted to go. This module knows nothing of how passwords
are kept.
"""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from app.messages import Lang, say
from app.people import LockedOut, People, WrongPassword
from app.web import guard
from app.web.policy import CSP_FORM
from app.web.sign_in import sign_in_page
from app.web.webapp import WebApp

AFTER = "/kho"
"""Where an editor goes who came from nowhere."""
_PAGE = {"content-security-policy": CSP_FORM, "cache-control": "no-store"}


def routes(app: WebApp) -> APIRouter:
    """The sign-in page and the ways in and out."""
    router = APIRouter(include_in_schema=False)
    hours = app.settings.session_hours

    @router.get(guard.SIGN_IN)
    def show(request: Request, ve: str = "", ra: str = "") -> Response:
        back = guard.return_path(ve, AFTER)
        lang = guard.lang_of(request)
        if guard.visitor(request) is not None:
            return RedirectResponse(back, 303, {"cache-control": "no-store"})
        people: People = request.app.state.people
        told = say(lang, "sign_in_needed") if ve and not ra else say(lang, "signed_out") if ra else ""
        if not people.all():
            told = say(lang, "sign_in_nobody")
        return _page(request, lang, back, told=told)

    @router.post(guard.SIGN_IN)
    async def enter(request: Request) -> Response:
        await guard.check_csrf(request)
        form = await request.form()
        name, password, back = (str(form.get(key, "")) for key in ("name", "password", "ve"))
        lang, back = guard.lang_of(request), guard.return_path(back, AFTER)
        people: People = request.app.state.people
        try:
            token = await run_in_threadpool(
                people.sign_in, name, password, client=guard.client_of(request), hours=hours
            )
        except LockedOut as error:
            wrong = say(lang, "sign_in_locked", when=f"{error.until:%H:%M:%S}")
            return _page(request, lang, back, wrong=wrong, name=name, status=429)
        except WrongPassword:
            return _page(request, lang, back, wrong=say(lang, "sign_in_wrong"), name=name, status=401)
        old = guard.session_token(request)
        if old:
            await run_in_threadpool(people.sign_out, old)
        made = RedirectResponse(back, 303, {"cache-control": "no-store"})
        guard.begin(request, made, token, hours)
        return made

    @router.post(guard.SIGN_OUT)
    async def leave(request: Request) -> Response:
        await guard.check_csrf(request)
        form = await request.form()
        people: People = request.app.state.people
        await run_in_threadpool(people.sign_out, guard.session_token(request))
        made = RedirectResponse(
            f"{guard.SIGN_IN}?ra=1{'&lang=en' if form.get('lang') == 'en' else ''}", 303, {"cache-control": "no-store"}
        )
        guard.end(request, made)
        return made

    return router


def _page(
    request: Request, lang: Lang, back: str, *, told: str = "", wrong: str = "", name: str = "", status: int = 200
) -> Response:
    theme = request.cookies.get("ht_theme", "")
    proof, bound = guard.form_proof(request)
    page = sign_in_page(lang, proof=proof, back=back, told=told, wrong=wrong, name=name[:100], theme=theme)
    made = HTMLResponse(page.encode("utf-8", "replace"), status, _PAGE)
    guard.keep_form(request, made, bound)
    return made
