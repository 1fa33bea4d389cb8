"""The sign-in page as HTML. This module knows nothing of accounts or cookies."""

from __future__ import annotations

from app.messages import Lang, say
from app.web.frame import framed
from app.web.markup import attribute, text


def sign_in_page(
    lang: Lang, *, proof: str, back: str, told: str = "", wrong: str = "", name: str = "", theme: str = ""
) -> str:
    """The form. back: where to go afterwards. told: a sentence for the reader; wrong: what was wrong with the last try."""
    said = f'<p class="ht-told" role="status">{text(told)}</p>' if told else ""
    # role=alert is read out when the page opens; the field points to it as well.
    failed = f'<p class="ht-wrong" role="alert" id="wrong">{text(wrong)}</p>' if wrong else ""
    points = ' aria-describedby="wrong" aria-invalid="true"' if wrong else ""
    main = (
        f'<section class="ht-sign-in"><h1>{say(lang, "sign_in")}</h1><p>{say(lang, "sign_in_how")}</p>{said}{failed}'
        f'<form method="post" action="/dang-nhap{"?lang=en" if lang == "en" else ""}">'
        f'<input type="hidden" name="csrf" value="{attribute(proof)}">'
        f'<input type="hidden" name="ve" value="{attribute(back)}">'
        f'<label for="name">{say(lang, "sign_in_name")}</label>'
        f'<input id="name" name="name" autocomplete="username" autocapitalize="none" spellcheck="false" required '
        f'maxlength="100" value="{attribute(name)}"{points}{"" if name else " autofocus"}>'
        f'<label for="password">{say(lang, "sign_in_password")}</label>'
        f'<input id="password" name="password" type="password" autocomplete="current-password" required '
        f'maxlength="1000"{points}{" autofocus" if name else ""}>'
        f'<button class="ht-main">{say(lang, "sign_in")}</button></form></section>'
    )
    return framed(say(lang, "sign_in"), main, lang, here="/dang-nhap", theme=theme)
