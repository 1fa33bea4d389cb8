"""Who is asking: the editor of a session cookie, and proof that a form came from our own page.

    user: Annotated[User, Depends(editor)]     a page or call for editors: sign-in page, or 401 for JSON
    user: Annotated[User, Depends(acting)]     the same for POST, with the proof: form field `csrf` or header X-CSRF-Token
    csrf(request)                              the proof to put into a page: <input name="csrf">, <meta name="csrf">

The cookie holds a signed token and is HttpOnly, SameSite=Lax, and Secure over
https. The proof is signed for one session, so another site can neither read nor
make it. This module knows nothing of passwords or of how pages look.
"""

from __future__ import annotations

import re
import secrets
from urllib.parse import urlsplit

from fastapi import Request, Response
from fastapi.concurrency import run_in_threadpool

from app.messages import Lang, say
from app.people import People, User, digest
from app.secret import Seal
from app.web.refusal import Forged, NotSignedIn

SIGN_IN = "/dang-nhap"
SIGN_OUT = "/dang-xuat"
SESSION, FORM = "ht_session", "ht_form"
"""Cookies: of a session, and of a sign-in form, which has no session yet."""
CSRF_FIELD, CSRF_HEADER = "csrf", "x-csrf-token"
_LONGEST_S = 400 * 86_400
"""Sessions end earlier by what the accounts say; a signature need not."""
_FORM_S = 12 * 3600


def editor(request: Request) -> User:
    """The signed-in editor; raises NotSignedIn."""
    user = visitor(request)
    if user is None:
        raise NotSignedIn(say(lang_of(request), "sign_in_needed"))
    return user


def visitor(request: Request) -> User | None:
    """The signed-in editor, or None."""
    token = session_token(request)
    people: People = request.app.state.people
    return people.user_of(token) if token else None


async def acting(request: Request) -> User:
    """The editor whose own page sent this POST; raises NotSignedIn or Forged."""
    user = await run_in_threadpool(editor, request)
    await check_csrf(request)
    return user


def csrf(request: Request) -> str:
    """The proof for forms and calls of a page shown to this session, or to this sign-in form."""
    return _seal(request).sign("csrf", _bound_to(request))


async def check_csrf(request: Request) -> None:
    """Raise Forged unless the request carries the proof of its own session, and comes from this site."""
    given = request.headers.get(CSRF_HEADER, "")
    if not given and "form" in request.headers.get("content-type", ""):
        given = str((await request.form()).get(CSRF_FIELD, ""))
    if not has_proof(request, given):
        raise Forged(say(lang_of(request), "form_too_old"))


def page_pass(request: Request) -> str:
    """The proof for scripts of pages that need no session: it names a page of ours, and is good for some hours."""
    return _seal(request).sign("page", request.url.path)


def has_pass(request: Request, given: str) -> bool:
    """Whether `given` is such a proof."""
    return _seal(request).read("page", given, _FORM_S) is not None


def has_proof(request: Request, given: str) -> bool:
    """Whether `given` is the proof of the session of this request, which comes from this site."""
    wanted = _bound_to(request)
    return _same_site(request) and bool(wanted) and _seal(request).read("csrf", given, _LONGEST_S) == wanted


def session_token(request: Request) -> str:
    """The token in the session cookie; "" when there is none of ours."""
    return _seal(request).read("session", request.cookies.get(_name(request, SESSION), ""), _LONGEST_S) or ""


def begin(request: Request, response: Response, token: str, hours: float) -> None:
    """Give a session its cookie."""
    _set(request, response, SESSION, _seal(request).sign("session", token), int(hours * 3600))
    response.delete_cookie(_name(request, FORM), path="/")


def end(request: Request, response: Response) -> None:
    """Take the cookie back."""
    response.delete_cookie(_name(request, SESSION), path="/")


def form_proof(request: Request) -> tuple[str, str]:
    """The proof for a sign-in form, and the value of the cookie that binds it to this browser, for keep_form."""
    if session_token(request):  # of a session that has ended: the browser still sends its cookie
        return csrf(request), ""
    bound = request.cookies.get(_name(request, FORM), "")
    if not re.fullmatch(r"[\w-]{22}", bound):
        bound = secrets.token_urlsafe(16)
    return _seal(request).sign("csrf", "form:" + bound), bound


def keep_form(request: Request, response: Response, bound: str) -> None:
    """Give a sign-in form its cookie."""
    if bound:
        _set(request, response, FORM, bound, _FORM_S)


def return_path(value: str, default: str) -> str:
    """Where to go after signing in: a path of this site, never another host.

    >>> return_path("/kho?trang=2", "/"), return_path("//xau.example", "/"), return_path("/\\\\xau.example", "/")
    ('/kho?trang=2', '/', '/')
    """
    plain = re.fullmatch(r"/(?!/)[\w\-./~%=&?+,:@]*", value, re.ASCII)
    return value if plain and "//" not in value.split("?")[0] and not urlsplit(value).netloc else default


def lang_of(request: Request) -> Lang:
    """The language that the address asks for."""
    return "en" if request.query_params.get("lang") == "en" else "vi"


def client_of(request: Request) -> str:
    """The address that asks; a proxy's word for it counts only where HOITIN_PROXY names the proxy."""
    return request.client.host if request.client else ""


def _bound_to(request: Request) -> str:
    token = session_token(request)
    if token:
        return "session:" + digest(token)
    bound = request.cookies.get(_name(request, FORM), "")
    return f"form:{bound}" if bound else ""


def _same_site(request: Request) -> bool:
    """What the browser says of the page that sent this; older browsers say nothing, and the proof alone decides."""
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site in ("same-origin", "none")
    origin = request.headers.get("origin")
    return origin is None or urlsplit(origin).netloc == request.headers.get("host")


def _seal(request: Request) -> Seal:
    seal: Seal = request.app.state.seal
    return seal


def _name(request: Request, cookie: str) -> str:
    # The prefix makes the browser refuse such a cookie from another host of the domain, or without https.
    return f"__Host-{cookie}" if request.url.scheme == "https" else cookie


def _set(request: Request, response: Response, cookie: str, value: str, max_age_s: int) -> None:
    secure = request.url.scheme == "https"
    response.set_cookie(
        _name(request, cookie), value, max_age=max_age_s, path="/", secure=secure, httponly=True, samesite="lax"
    )
