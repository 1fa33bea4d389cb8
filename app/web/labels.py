"""The page where editors grow their test set: plain HTML from the server, a form, no script.

In: the question being labelled with the answer and its articles, what was filled
in already, the questions readers asked, the labels there are. Out: a whole HTML
page. This module knows nothing of where labels are kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urlencode

from app.answer import Answer
from app.labels import ABSENT_TYPES, ANSWERED_TYPES, Asked, Label
from app.messages import Lang, say
from app.web.frame import framed
from app.web.markup import article_path, attribute, day, text
from app.web.style import LABELS_CSS
from index.split import sentences
from ingest.article import VIETNAM, Article

LABELS = "/gan-nhan"
"""Where the page is."""
FILE_PATH = f"{LABELS}/cau-hoi.jsonl"
REMOVE = f"{LABELS}/xoa"

_OUTCOMES = {"bad": "label_bad", "quote": "label_bad", "abstained": "label_abstained", "good": "label_good"}
_TYPES = {
    "factoid": "type_factoid", "number": "type_number", "date": "type_date", "why_how": "type_why_how",
    "list": "type_list", "paraphrase": "type_paraphrase", "no_diacritics": "type_no_diacritics",
    "typo_or_abbrev": "type_typo_or_abbrev", "english": "type_english", "time_scoped": "type_time_scoped",
    "not_in_corpus": "type_not_in_corpus", "near_miss": "type_near_miss", "false_premise": "type_false_premise",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Filled:
    """What stands in the form. evidence: "docid:start:end", "" for none. there: "co", "khong" or ""."""

    question: str = ""
    there: str = ""
    type: str = "factoid"
    docids: tuple[str, ...] = ()
    evidence: str = ""
    others: str = ""
    answers: str = ""
    note: str = ""
    now: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """What the page is about: the answer to the question and the articles to choose from, best first."""

    answer: Answer
    articles: Sequence[Article] = field(default=())


def labels_page(
    lang: Lang,
    *,
    user: str,
    proof: str,
    filled: Filled,
    shown: Shown | None,
    asked: Sequence[Asked],
    labels: Sequence[Label],
    told: str = "",
    wrong: str = "",
    theme: str = "",
) -> str:
    """The page. told, wrong: a sentence above all else."""
    parts = [f"<h1>{say(lang, 'label_name')}</h1><p>{say(lang, 'label_how')}</p>"]
    if told:
        parts.append(f'<p class="ht-told" role="status">{text(told)}</p>')
    if wrong:
        parts.append(f'<p class="ht-wrong" role="alert" id="wrong">{text(wrong)}</p>')
    parts.append(
        f'<form method="get" action="{LABELS}">{_lang(lang)}<label for="cau">{say(lang, "label_ask")}</label>'
        f'<input id="cau" name="cau" maxlength="2000" required value="{attribute(filled.question)}">'
        f"<button>{say(lang, 'label_see')}</button></form>"
    )
    if shown is not None:
        parts.append(_form(lang, proof, filled, shown))
    parts.append(_asked(lang, asked))
    parts.append(_labels(lang, proof, labels))
    main = f"<section>{''.join(parts)}</section>"
    return framed(
        say(lang, "label_name"), main, lang, here=LABELS, user=user, proof=proof, theme=theme, style=LABELS_CSS
    )


def _form(lang: Lang, proof: str, filled: Filled, shown: Shown) -> str:
    hidden = {"csrf": proof, "cau": filled.question, "luc": filled.now}
    fields = "".join(f'<input type="hidden" name="{n}" value="{attribute(v)}">' for n, v in hidden.items())
    choices = "".join(
        f'<label class="ht-choice"><input type="radio" name="co" value="{value}" required{_on(filled.there == value)}> '
        f"{say(lang, key)}</label>"
        for value, key in (("co", "label_there"), ("khong", "label_absent"))
    )
    return (
        f'<section id="tra-loi"><h2>{say(lang, "label_said")}</h2>{_said(lang, shown.answer)}</section>'
        f'<form method="post" action="{LABELS}{"?lang=en" if lang == "en" else ""}">{fields}'
        f"<fieldset><legend>{say(lang, 'label_is_there')}</legend>{choices}</fieldset>"
        f"<fieldset><legend>{say(lang, 'label_articles')}</legend>{_articles(lang, filled, shown)}"
        f'<label for="khac">{say(lang, "label_other")}</label>'
        f'<textarea id="khac" name="khac" rows="2" maxlength="2000">\n{attribute(filled.others)}</textarea></fieldset>'
        f'<label for="dap">{say(lang, "label_answers")}</label>'
        f'<textarea id="dap" name="dap" rows="3" maxlength="4000">\n{attribute(filled.answers)}</textarea>'
        f'<label for="loai">{say(lang, "label_type")}</label><select id="loai" name="loai">{_types(lang, filled.type)}'
        f'</select><label for="ghi">{say(lang, "label_note")}</label>'
        f'<input id="ghi" name="ghi" maxlength="500" value="{attribute(filled.note)}">'
        f'<button class="ht-main">{say(lang, "label_save")}</button></form>'
    )


def _said(lang: Lang, answer: Answer) -> str:
    if answer.abstained is not None:
        return f"<p>{say(lang, 'label_silent')}</p>"
    lines = "".join(f'<p dir="auto">{text(line)}</p>' for line in answer.text.splitlines() if line.strip())
    short = f'<p class="ht-short">→ <b>{text(answer.short_answer)}</b></p>' if answer.short_answer else ""
    return f'<div lang="vi">{short}{lines}</div>'


def _articles(lang: Lang, filled: Filled, shown: Shown) -> str:
    if not shown.articles:
        return f"<p>{say(lang, 'label_no_hits')}</p>"
    cited: dict[str, list[tuple[int, int]]] = {}
    for citation in shown.answer.citations:
        cited.setdefault(citation.docid, []).append((citation.start, citation.end))
    none = f'<label class="ht-choice"><input type="radio" name="cau_chung" value=""> {say(lang, "label_no_sentence")}</label>'
    return none + "".join(
        _article(lang, filled, article, cited.get(article.id, ()), number)
        for number, article in enumerate(shown.articles)
    )


def _article(lang: Lang, filled: Filled, article: Article, cited: Sequence[tuple[int, int]], number: int) -> str:
    spans = sentences(article.text)
    rows = []
    for start, end in spans:
        value = f"{article.id}:{start}:{end}"
        quoted = any(start < high and low < end for low, high in cited)
        mark = f' <span class="ht-cited">{say(lang, "label_cited")}</span>' if quoted else ""
        rows.append(
            f'<label class="ht-choice"><input type="radio" name="cau_chung" value="{attribute(value)}"'
            f'{_on(filled.evidence == value)}> <span lang="vi">{text(article.text[start:end])}</span>{mark}</label>'
        )
    chosen = filled.evidence.rpartition(":")[0].rpartition(":")[0] == article.id
    opened = " open" if cited or chosen or number == 0 else ""
    outlet = text(article.outlet or say(lang, "no_outlet"))
    return (
        f'<div class="ht-candidate"><label class="ht-choice"><input type="checkbox" name="bai" '
        f'value="{attribute(article.id)}"{_on(article.id in filled.docids)} '
        f'aria-label="{attribute(say(lang, "label_this_article") + ": " + article.title)}"> '
        f'<b lang="vi">{text(article.title)}</b></label>'
        f'<p class="ht-meta">{outlet} · {day(article.published) or say(lang, "no_date")} · '
        f'<a href="{attribute(article_path(article.id, lang=lang))}" target="_blank">{text(article.id)}</a></p>'
        f"<details{opened}><summary>{say(lang, 'label_sentences', count=len(spans))}</summary>{''.join(rows)}</details></div>"
    )


def _types(lang: Lang, chosen: str) -> str:
    groups = (("label_there", ANSWERED_TYPES), ("label_absent", ABSENT_TYPES))
    return "".join(
        f'<optgroup label="{attribute(say(lang, key))}">'
        + "".join(
            f'<option value="{name}"{" selected" if name == chosen else ""}>{say(lang, _TYPES[name])}</option>'
            for name in names
        )
        + "</optgroup>"
        for key, names in groups
    )


def _asked(lang: Lang, asked: Sequence[Asked]) -> str:
    if not asked:
        items = f"<p>{say(lang, 'label_nobody')}</p>"
    else:
        rows = []
        for one in asked:
            query = {"cau": one.question, "luc": one.at, **({"lang": "en"} if lang == "en" else {})}
            outcome = (
                f' <span class="ht-meta">{_day(one.at)} · {say(lang, _OUTCOMES.get(one.outcome, "label_good"))}</span>'
            )
            link = attribute(f"{LABELS}?{urlencode(query)}")
            rows.append(f'<li><a href="{link}" lang="vi">{text(one.question)}</a>{outcome}</li>')
        items = f"<ul>{''.join(rows)}</ul>"
    return f"<section><h2>{say(lang, 'label_logged', count=len(asked))}</h2>{items}</section>"


def _day(at: str) -> str:
    """The day in Vietnam of a moment or a day in ISO 8601, dd/mm/yyyy; "" for anything else.

    >>> _day("2026-07-28T20:30:00+00:00"), _day("2026-07-28"), _day("hôm qua")
    ('29/07/2026', '28/07/2026', '')
    """
    try:
        when = datetime.fromisoformat(at)
    except ValueError:
        return ""
    return day(when if when.tzinfo else when.replace(tzinfo=VIETNAM))


def _labels(lang: Lang, proof: str, labels: Sequence[Label]) -> str:
    if not labels:
        return f"<section><h2>{say(lang, 'label_mine', count=0)}</h2><p>{say(lang, 'label_none')}</p></section>"
    rows = "".join(
        f'<li><span lang="vi">{text(label.question)}</span> <span class="ht-meta">'
        f"{say(lang, _TYPES.get(label.type, 'type_factoid'))} · "
        f"{text('; '.join(label.answers)) if label.answerable else say(lang, 'label_absent')}</span>"
        f'<form method="post" action="{REMOVE}{"?lang=en" if lang == "en" else ""}">'
        f'<input type="hidden" name="csrf" value="{attribute(proof)}">'
        f'<input type="hidden" name="id" value="{attribute(label.id)}">'
        f'<button aria-label="{attribute(say(lang, "label_remove_this", question=label.question))}">'
        f"{say(lang, 'label_remove')}</button></form></li>"
        for label in reversed(labels)
    )
    return (
        f"<section><h2>{say(lang, 'label_mine', count=len(labels))}</h2>"
        f'<p><a class="ht-download" href="{FILE_PATH}" download>{say(lang, "label_download")}</a></p>'
        f'<p class="ht-meta">{say(lang, "label_run")}</p><ul class="ht-labels">{rows}</ul></section>'
    )


def _lang(lang: Lang) -> str:
    return '<input type="hidden" name="lang" value="en">' if lang == "en" else ""


def _on(chosen: bool) -> str:
    return " checked" if chosen else ""
