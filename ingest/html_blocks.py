"""A page's tree → its blocks: the texts between two block-level tags, each with what surrounds it.

A block knows whether it stands in a caption, a byline, a sapo or something that looks like
noise; what of it belongs to the article is for ingest.html_body to decide. Class names are used
only where newsrooms and their publishing systems share them.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from ingest.html_tree import Element, walk
from ingest.text import clean_line

_BLOCK_TAGS = set(
    "address article aside blockquote body br caption center dd details dialog div dl dt fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 header hr legend li main nav ol p pre section summary table tbody tfoot thead tr "
    "ul".split()
)
_SKIPPED_TAGS = set(
    "script style noscript template iframe object svg canvas form button select textarea input nav footer aside audio "
    "video title".split()
)
_NEVER_NOISE = {"html", "head", "body", "main"}
_CELL_TAGS = {"td", "th"}
_MIN_FORM_SHARE = 0.5
_CAPTION = re.compile(r"caption|chu-?thich|image-?desc|desc-?image|photo-?desc|img-?desc|photocms_author", re.I)
_BYLINE = re.compile(
    r"(?:^|[\s_-])(?:author|tac-?gia|byline|signature|art_author|but-?danh)(?:$|[\s_-])|articleauthor|the-article-credit",
    re.I,
)
# Where the news is from, set before the sapo by a style sheet and glued to it without one.
_STAMP = re.compile(r"location-stamp", re.I)
_SAPO = re.compile(r"sapo|(?:^|[\s_-])(?:lead|summary|standfirst|description|chapeau|tomtat|tom-tat)(?:$|[\s_-])", re.I)
_NOISE = re.compile(
    r"(?:^|[\s_-])(?:related?|relation|lien-?quan|cung-?chuyen-?muc|doc-?them|xem-?them|read-?more|recommend\w*|"
    r"suggest\w*|most-?(?:read|viewed)|hot-?news|trending|comments?|binh-?luan|shares?|sharing|social|tags?|keywords?|"
    r"tu-?khoa|breadcrumbs?|bread-crumb|nav|navbar|menu|sidebar|footer|banner|ads?|adv|quang-?cao|sponsor\w*|popup|"
    r"modal|newsletter|subscribe|toolbar|rating|vote|poll|survey|sources?|bottom-info|copy-?link|box-?news|list-?news)"
    r"(?:$|[\s_-])|related(?:news|box|one|posts?)|sharedaddy|star-rating|author-?(?:bio|box|desc|about)|link-source|listnews|tin-?lien-?quan|news-?relation|news_relation|"
    r"(?:^|\s)tindnd|boxrelate|reactrelate|adsbygoogle|c-banner|social-|share-|dtads|detail-tab",
    re.I,
)
_NOISE_TYPE = re.compile(r"related|^(?:bidv|survey|vote)", re.I)
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)


@dataclass(slots=True)
class Block:
    """The text between two block-level tags.

    owner: the innermost block-level element around it. linked: share of its characters inside
    links. noise: the elements around it that look like no part of the article, outer ones first.
    """

    text: str
    owner: Element
    linked: float
    noise: tuple[Element, ...]
    caption: bool
    byline: bool
    sapo: bool


def blocks_of(tree: Element) -> list[Block]:
    """All blocks of visible text, in page order."""
    blocks: list[Block] = []
    text: list[str] = []
    linked, said = 0, False
    around: Counter[str] = Counter()
    noise: list[Element] = []
    owners: list[Element] = [tree]
    marked: dict[Element, set[str]] = {}
    whole = _whole_page_forms(tree)

    def flush() -> None:
        nonlocal linked, said
        line = clean_line("".join(text)).rstrip("| ")
        if line:
            share = min(1.0, linked / len(line))
            flags = (around[mark] > 0 for mark in ("caption", "byline", "sapo"))
            blocks.append(Block(line, owners[-1], share, tuple(noise), *flags))
        text.clear()
        linked, said = 0, False

    def add(piece: str | None) -> None:
        nonlocal linked, said
        if piece and not around["skipped"]:
            text.append(piece)
            said = said or not piece.isspace()
            linked += len(piece.strip()) if around["link"] else 0

    for event, element in walk(tree):
        tag = element.tag.lower()
        if event == "start":
            marked[element] = _marks(element, tag) if element not in whole else set()
            if tag in _BLOCK_TAGS:
                flush()
                owners.append(element)
            elif _stands_apart(marked[element], around):
                flush()
            elif around["byline"]:
                add(" ")  # a name and an address side by side, which only a style sheet keeps apart
            around.update(marked[element])
            if "noise" in marked[element]:
                noise.append(element)
            add(element.text)
        else:
            if tag in _BLOCK_TAGS:
                flush()
                owners.pop()
            elif tag in _CELL_TAGS and said:
                text.append(" | ")
            marks = marked.pop(element)
            apart = tag not in _BLOCK_TAGS and "byline" in marks and around["byline"] == 1
            if apart and not around["caption"]:
                flush()
            around.subtract(marks)
            if "noise" in marks:
                noise.pop()
            add(element.tail)
    flush()
    return blocks


def _stands_apart(marks: set[str], around: Counter[str]) -> bool:
    """Whether an inline element is a byline by itself, in a line with date and section."""
    return "byline" in marks and not around["byline"] and not around["caption"]


def _marks(element: Element, tag: str) -> set[str]:
    """What an element makes of the text inside it: skipped, noise, caption, byline, sapo, link."""
    if tag in _NEVER_NOISE:
        return set()
    marks = {"link"} if tag == "a" else set()
    style, name = element.get("style"), f"{element.get('class') or ''} {element.get('id') or ''}".strip()
    if tag in _SKIPPED_TAGS or element.get("hidden") is not None or (style and _HIDDEN_STYLE.search(style)):
        marks.add("skipped")
    if name and _STAMP.search(name):
        marks.add("skipped")
    if (name and _NOISE.search(name)) or (tag == "div" and _NOISE_TYPE.search(element.get("type") or "")):
        marks.add("noise")
    if tag in {"figure", "figcaption"} or (name and _CAPTION.search(name)) or (tag == "table" and _is_photo(element)):
        marks.add("caption")
    if "caption" not in marks and (_BYLINE.search(name) or element.get("rel") == "author"):
        marks.add("byline")
    if name and _SAPO.search(name):
        marks.add("sapo")
    return marks


def _whole_page_forms(tree: Element) -> set[Element]:
    """Forms that hold most of the page's text: ASP.NET wraps every page in one, and its own fields are seldom half of it."""
    forms = [form for form in tree.iter("form") if form.get("hidden") is None]
    most = len(" ".join(tree.text_content().split())) * _MIN_FORM_SHARE if forms else 0
    return {form for form in forms if len(" ".join(form.text_content().split())) > most}


def _is_photo(table: Element) -> bool:
    """Whether a table only frames a picture and its caption."""
    cells = [cell for cell in table.iter("td", "th") if cell.text_content().strip()]
    return len(cells) <= 1 and any(True for _ in table.iter("img"))
