"""The pages of the fact-check desk: the editors' draft, and one claim for everybody.

In: a language, a theme, who is signed in. Out: a whole HTML page whose frame stands here and whose
contents the browser fills by app/web/static/desk.js: claims and quotations reach it as JSON and become text nodes,
never markup. Every sentence that the script says is handed to it in #ht-words. This module knows nothing of verdicts.
"""

from __future__ import annotations

import html
import json
from collections.abc import Mapping
from types import MappingProxyType

from app.messages import Lang, say
from app.web.frame import pages_for_editors, who
from app.web.markup import attribute, plain
from app.web.nav import nav
from app.web.style import CHECK_JS, CLAIM_JS, DESK_CSS, DESK_JS, ICON

DESK = "/kiem-chung"
"""Where editors check a draft."""
CLAIM = "/tin-nay-co-dung-khong"
"""Where anybody checks a sentence."""

_SPOKEN = (
    "desk_supported",
    "desk_refuted",
    "desk_unknown",
    "desk_no_check",
    "desk_pending",
    "desk_all",
    "desk_progress",
    "desk_working",
    "desk_reading",
    "desk_done",
    "desk_stopped",
    "desk_cut",
    "desk_nothing",
    "desk_empty",
    "desk_check",
    "desk_check_again",
    "desk_none_here",
    "desk_pick",
    "desk_sentence_of",
    "desk_confidence",
    "desk_evidence",
    "desk_no_evidence",
    "desk_missing",
    "desk_corrected",
    "desk_open",
    "desk_in_draft",
    "desk_in_source",
    "desk_fix",
    "desk_fix_this",
    "desk_fixed",
    "desk_fixed_told",
    "desk_undone",
    "desk_changed",
    "desk_kind_number",
    "desk_kind_date",
    "desk_kind_name",
    "desk_kind_place",
    "desk_kind_role",
    "desk_kind_negation",
    "desk_kind_unit",
    "desk_accept",
    "desk_accepted",
    "desk_ignored",
    "desk_edit",
    "desk_view",
    "desk_previous",
    "desk_next",
    "desk_ignore",
    "desk_decision",
    "desk_remark",
    "desk_remark_hint",
    "desk_exported",
    "desk_saved",
    "desk_deleted",
    "desk_no_drafts",
    "desk_load",
    "desk_load_this",
    "desk_delete",
    "desk_delete_this",
    "desk_untitled",
    "desk_trouble",
    "desk_close",
    "check_question",
    "check_opinion",
    "check_connective",
    "check_short",
    "check_language",
    "check_table",
    "no_date",
    "no_outlet",
    "trouble",
)
"""What the script says."""
_SECOND = (
    "second_says",
    "second_supported",
    "second_refuted",
    "second_open",
    "second_agrees",
    "second_differs",
    "second_none",
    "second_nonsense",
    "second_slow",
    "second_down",
    "second_busy",
    "second_refused",
    "second_broken",
    "second_late",
    "second_skipped",
    "second_ask",
    "second_again",
    "second_sends",
    "second_asking",
)
"""What it says of a model's opinion: of one that was asked for, also where no model is configured any more."""
_OF_ONE = {"desk_in_draft": "claim_yours", "desk_empty": "claim_empty"}
"""What it says where a reader pastes one sentence and knows of no draft."""
_FORMS = (("csv", "CSV"), ("html", "HTML"), ("docx", "Word (DOCX)"))


def desk_page(lang: Lang, *, user: str, proof: str, theme: str = "", model: str = "") -> str:
    """The editors' page. user: who is signed in. proof: what a request that changes something must carry.

    model: the name of the model that may be asked for a second opinion; "" for none, and then nothing speaks of it.
    """
    words = (*_SPOKEN, *_SECOND)
    name = say(lang, "desk_name")
    return _page(name, _desk(lang), lang, DESK, theme, DESK_JS, user=user, proof=proof, words=words, model=model)


def claim_page(lang: Lang, *, user: str = "", proof: str = "", theme: str = "", claim: str = "") -> str:
    """The page for one claim; claim: what stands in its box already. user: who is signed in, "" for a citizen.

    proof: what its calls carry, so that citizens may check here where programs need a key.
    """
    name = say(lang, "claim_name")
    return _page(name, _claim(lang, claim), lang, CLAIM, theme, CLAIM_JS, user=user, proof=proof, instead=_OF_ONE)


def _page(
    title: str,
    main: str,
    lang: Lang,
    path: str,
    theme: str,
    script: str,
    *,
    user: str,
    proof: str,
    words: tuple[str, ...] = _SPOKEN,
    instead: Mapping[str, str] = MappingProxyType({}),
    model: str = "",
) -> str:
    chosen = f' class="{theme}"' if theme in ("light", "dark") else ""
    home = "/" if lang == "vi" else "/en/"
    other = "en" if lang == "vi" else "vi"
    spoken = {key: say(lang, instead.get(key, key)) for key in words}
    return (
        f'<!doctype html><html lang="{lang}"{chosen}><head><meta charset="utf-8">'
        f"<title>{html.escape(plain(title))} · {say(lang, 'name')}</title>"
        '<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">'
        f'<meta name="color-scheme" content="light dark"><link rel="icon" href="{ICON}">'
        f'<link rel="stylesheet" href="{DESK_CSS}"><script src="{CHECK_JS}" defer></script>'
        f'<script src="{script}" defer></script></head><body>'
        f'<a class="skip" href="#draft">{say(lang, "desk_skip")}</a>'
        f'<header class="bar"><a class="brand" href="{home}">{say(lang, "name")}</a>'
        f'{nav(lang, path)}{pages_for_editors(lang, path) if user else ""}<div class="ways">'
        f'<button type="button" id="theme" class="quiet" aria-label="{say(lang, "desk_theme")}" title="{say(lang, "desk_theme")}">◐</button>'
        f'<a href="{path}{"?lang=en" if other == "en" else ""}" lang="{other}" hreflang="{other}">'
        f"{say(lang, 'other_language')}</a>{who(user, proof, lang)}</div></header>"
        f'<main>{main}</main><noscript><p class="told">{say(lang, "desk_no_script")}</p></noscript>'
        f'<div id="ht-words" hidden data-lang="{lang}" data-proof="{attribute(proof)}" '
        f'{f"""data-model="{attribute(model)}" """ if model else ""}'
        f'data-words="{html.escape(json.dumps(spoken, ensure_ascii=False))}"></div>'
        '<div id="told" class="sr" role="status" aria-live="polite"></div></body></html>'
    )


def _desk(lang: Lang) -> str:
    exports = "".join(
        f'<button type="button" data-form="{form}" aria-label="{attribute(say(lang, "desk_export_as", form=name))}">'
        f"{name}</button>"
        for form, name in _FORMS
    )
    saving = (
        f'<button type="button" id="save">{say(lang, "desk_save")}</button>'
        f'<details class="drop" id="drafts"><summary>{say(lang, "desk_drafts")}</summary>'
        '<div class="sheet"><ul></ul></div></details>'
    )
    legend = "".join(
        f'<li><span class="chip {kind}"><span aria-hidden="true">{sign}</span> {say(lang, key)}</span></li>'
        for kind, sign, key in (
            ("refuted", "✗", "desk_refuted"),
            ("unknown", "?", "desk_unknown"),
            ("supported", "✓", "desk_supported"),
            ("none", "–", "desk_no_check"),
        )
    )
    return (
        f'<div class="head"><div class="name"><h1>{say(lang, "desk_name")}</h1>'
        f'<label class="sr" for="title">{say(lang, "desk_title_label")}</label>'
        f'<input id="title" maxlength="200" autocomplete="off" placeholder="{say(lang, "desk_untitled")}"></div>'
        f'<div class="acts"><button type="button" id="edit" hidden>{say(lang, "desk_edit")}</button>'
        f'<button type="button" id="undo" hidden>{say(lang, "desk_undo")}</button>'
        f'<details class="drop" id="export" hidden><summary>{say(lang, "desk_export")}</summary>'
        f'<div class="sheet small">{exports}</div></details>{saving}'
        f'<button type="button" id="new" hidden>{say(lang, "desk_new")}</button>'
        f'<button type="button" id="stop" hidden>{say(lang, "desk_stop")}</button>'
        f'<button type="submit" form="ask" id="check" class="main">{say(lang, "desk_check")}</button></div></div>'
        f'<p class="told" id="wrong" role="alert" hidden></p>'
        f'<div class="row" id="row" hidden><div class="chips" id="chips" role="group" aria-label="{say(lang, "desk_filter")}">'
        "</div>"
        f'<div class="steps"><button type="button" id="previous">← {say(lang, "desk_previous")}</button>'
        f'<button type="button" id="next">{say(lang, "desk_next")} →</button></div></div>'
        f'<div class="going" id="going" hidden><progress id="bar" max="1" value="0" aria-label="{say(lang, "desk_check")}">'
        '</progress><span id="count"></span></div>'
        '<div class="two"><section class="paper">'
        f'<h2 class="sr" id="draft-name">{say(lang, "desk_draft")}</h2>'
        f'<form id="ask"><label class="sr" for="draft">{say(lang, "desk_draft_label")}</label>'
        f'<textarea id="draft" rows="16" spellcheck="false" placeholder="{say(lang, "desk_placeholder")}"></textarea></form>'
        '<div id="marked" class="marked" role="group" aria-labelledby="draft-name" dir="auto" hidden></div></section>'
        f'<section class="panel" id="panel" aria-label="{say(lang, "desk_result")}">'
        f'<div id="card" class="card" tabindex="-1"></div>'
        f'<div id="start" class="card"><p>{say(lang, "desk_how")}</p><ul class="legend">{legend}</ul>'
        f'<label for="date">{say(lang, "desk_date_label")}</label>'
        '<input type="date" id="date" form="ask" aria-describedby="date-why">'
        f'<p class="small" id="date-why">{say(lang, "desk_date_why")}</p></div>'
        f'<details class="keys"><summary>{say(lang, "desk_keys")}</summary><p>{say(lang, "desk_keys_text")}</p>'
        f'<label><input type="checkbox" id="keys" checked> {say(lang, "desk_keys_on")}</label></details>'
        f'</section></div><section id="printed" aria-hidden="true"><h2>{say(lang, "desk_findings")}</h2>'
        "<div></div></section>"
    )


def _claim(lang: Lang, claim: str) -> str:
    desk = f'<a href="{DESK}{"" if lang == "vi" else "?lang=en"}">{say(lang, "claim_whole_draft")}</a>'
    return (
        f'<div class="one"><h1>{say(lang, "claim_name")}</h1><p class="lead">{say(lang, "claim_how")}</p>'
        f'<form id="ask"><label for="draft">{say(lang, "claim_label")}</label>'
        f'<textarea id="draft" rows="3" dir="auto" placeholder="{say(lang, "claim_placeholder")}">'
        # A textarea swallows the first line end, so one is given to it.
        f"\n{html.escape(plain(claim))}</textarea>"
        f'<div class="acts"><button type="submit" id="check" class="main">{say(lang, "desk_check")}</button>'
        f'<button type="button" id="stop" hidden>{say(lang, "desk_stop")}</button></div></form>'
        '<p class="told" id="wrong" role="alert" hidden></p><p id="count" class="small"></p>'
        f'<div id="cards"></div><p class="small">{desk}</p></div>'
    )
