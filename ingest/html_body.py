"""Where in a page the article's text is, and which lines around it are captions, bylines or noise.

    walk -> blocks -> the densest container (trafilatura's choice weighs more) -> lines

A block is the text between two block-level tags. trafilatura finds the region; the lines are
read from the page itself, so that no paragraph, list item or heading inside it is lost. Class
names are used only where newsrooms and their publishing systems share them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from ingest.html_tree import Element, walk
from ingest.text import clean_line, squash

_BLOCK_TAGS = set(
    "address article aside blockquote body br caption center dd details dialog div dl dt fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 header hr legend li main nav ol p pre section summary table tbody tfoot thead tr "
    "ul".split()
)
_SKIPPED_TAGS = set(
    "script style noscript template iframe object svg canvas form button select textarea input nav footer aside audio "
    "video title".split()
)
_CAPTION = re.compile(r"caption|chu-?thich|image-?desc|desc-?image|photo-?desc|img-?desc|photocms_author", re.I)
_BYLINE = re.compile(
    r"(?:^|[\s_-])(?:author|tac-?gia|byline|signature|art_author|but-?danh)(?:$|[\s_-])|articleauthor", re.I
)
_SAPO = re.compile(r"sapo|(?:^|[\s_-])(?:lead|summary|standfirst|description|chapeau|tomtat|tom-tat)(?:$|[\s_-])", re.I)
_NOISE = re.compile(
    r"(?:^|[\s_-])(?:related?|relation|lien-?quan|cung-?chuyen-?muc|doc-?them|xem-?them|read-?more|recommend\w*|suggest\w*|"
    r"most-?(?:read|viewed)|hot-?news|trending|comments?|binh-?luan|shares?|sharing|social|tags?|keywords?|tu-?khoa|"
    r"breadcrumbs?|bread-crumb|nav|navbar|menu|sidebar|footer|banner|ads?|adv|quang-?cao|sponsor\w*|popup|modal|newsletter|subscribe|"
    r"toolbar|rating|vote|poll|survey|sources?|bottom-info|copy-?link|box-?news|list-?news)(?:$|[\s_-])|"
    r"related(?:news|box|one)|link-source|listnews|tin-?lien-?quan|news-?relation|news_relation|"
    r"(?:^|\s)tindnd|boxrelate|reactrelate|adsbygoogle|c-banner|social-|share-|dtads|afcba",
    re.I,
)
_NOISE_TYPE = re.compile(r"related|^(?:bidv|survey|vote)", re.I)
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_SENTENCE = re.compile(r"[.!?…:;][\"”’')\]]*$")
_CELL_TAGS = frozenset({"td", "th"})
_LEADING = 0.8
_MAX_NOISE_SHARE = 0.3
_MAX_LINKED, _MAX_MAIN_LINKED = 0.5, 0.9


@dataclass(slots=True)
class Block:
    """The text between two block-level tags.

    linked: share of its characters inside links. noise: the outermost element around it that
    looks like no part of the article; None if there is none.
    """

    text: str
    owner: Element
    linked: float
    noise: Element | None
    caption: bool
    byline: bool
    sapo: bool


@dataclass(slots=True)
class Body:
    """What a page shows of an article. sapo: the one set apart above the body, "" if there is none."""

    lines: list[str] = field(default_factory=list)
    captions: list[str] = field(default_factory=list)
    byline: list[str] = field(default_factory=list)
    sapo: str = ""
    before: list[str] = field(default_factory=list)
    after_title: list[str] = field(default_factory=list)


def read_body(tree: Element, titles: Sequence[str], description: str, main: Sequence[str]) -> Body:
    """The article's lines in a page.

    titles: what its head calls the article. description: its sapo, if the head gives one.
    main: lines that trafilatura takes for the main text; they weigh three times.
    """
    blocks = _blocks(tree)
    main_keys = {squash(line.lstrip("- ")) for line in main} - {""}
    weights = [_weight(block, main_keys) for block in blocks]
    noise = _noise(blocks, weights)
    weights = [0.0 if block.noise in noise else weight for block, weight in zip(blocks, weights, strict=True)]
    container = _container(tree, blocks, weights)
    if container is None:
        return Body(before=[block.text for block in blocks[:80]])
    inside = [_within(block.owner, container) for block in blocks]
    first = inside.index(True)
    last = len(inside) - 1 - inside[::-1].index(True)
    title_keys = {squash(title) for title in titles} - {""}
    start = max((i for i, block in enumerate(blocks[:first]) if squash(block.text) in title_keys), default=None)
    body = Body(before=[block.text for block in blocks[:last]])
    body.after_title = [block.text for block in blocks[(first if start is None else start) : last + 1]]
    sapo_key = squash(description)
    for i in range(first if start is None else start + 1, last + 1):
        block = blocks[i]
        if block.byline and len(block.text) <= 120:
            body.byline.append(block.text)
        elif block.noise in noise:
            continue
        elif block.caption:
            body.captions.append(block.text)
        elif not body.sapo and not body.lines and _is_sapo(block, sapo_key, inside[i]):
            body.sapo = block.text
        elif inside[i] and block.linked <= (_MAX_MAIN_LINKED if squash(block.text) in main_keys else _MAX_LINKED):
            body.lines.append(block.text)
    return body


def _is_sapo(block: Block, description_key: str, inside: bool) -> bool:
    key = squash(block.text)
    if len(key) < 30 or block.linked > _MAX_LINKED:
        return False
    if description_key and key.startswith(description_key[:60]):
        return True
    if description_key and (description_key.endswith(key) or key.endswith(description_key)):
        return True
    return block.sapo and not (inside and description_key)


def _blocks(tree: Element) -> list[Block]:
    """All blocks of visible text, in page order."""
    blocks: list[Block] = []
    text: list[str] = []
    linked = skipped = links = captions = bylines = sapos = 0
    noise: list[Element] = []
    marks: dict[Element, tuple[bool, bool, bool, bool, bool]] = {}
    owners: list[Element] = [tree]

    def flush() -> None:
        nonlocal linked
        line = clean_line("".join(text))
        if line:
            share = min(1.0, linked / max(1, len(line)))
            blocks.append(
                Block(line, owners[-1], share, noise[0] if noise else None, captions > 0, bylines > 0, sapos > 0)
            )
        text.clear()
        linked = 0

    def add(piece: str | None) -> None:
        nonlocal linked
        if piece and not skipped:
            text.append(piece)
            if links:
                linked += len(piece.strip())

    for event, element in walk(tree):
        tag = element.tag.lower()
        if event == "start":
            if tag in _BLOCK_TAGS:
                flush()
                owners.append(element)
            mark = _marks(element, tag)
            marks[element] = mark
            skipped += mark[0]
            captions += mark[2]
            bylines += mark[3]
            sapos += mark[4]
            if mark[1]:
                noise.append(element)
            links += tag == "a"
            add(element.text)
        else:
            if tag in _BLOCK_TAGS:
                flush()
                owners.pop()
            elif tag in _CELL_TAGS and "".join(text).strip():
                text.append(" | ")
            mark = marks.pop(element)
            skipped -= mark[0]
            captions -= mark[2]
            bylines -= mark[3]
            sapos -= mark[4]
            if mark[1]:
                noise.pop()
            links -= tag == "a"
            add(element.tail)
    flush()
    return [block for block in blocks if (_trim_cells(block) or block).text]


def _trim_cells(block: Block) -> None:
    if block.text.endswith("|"):
        block.text = block.text.rstrip("| ")


def _marks(element: Element, tag: str) -> tuple[bool, bool, bool, bool, bool]:
    """Whether an element is skipped, noise, a caption, a byline, a sapo."""
    style = element.get("style")
    skipped = tag in _SKIPPED_TAGS or element.get("hidden") is not None or bool(style and _HIDDEN_STYLE.search(style))
    name = f"{element.get('class') or ''} {element.get('id') or ''}".strip()
    kind = element.get("type") or ""
    noise = bool(name and _NOISE.search(name)) or bool(tag == "div" and kind and _NOISE_TYPE.search(kind))
    if tag in {"html", "head", "body", "main"}:
        noise = skipped = False
    caption = tag in {"figure", "figcaption"} or bool(name and tag != "body" and _CAPTION.search(name))
    caption = caption or (tag == "table" and _is_photo(element))
    byline = bool(name and _BYLINE.search(name))
    return skipped, noise, caption, byline, bool(name and _SAPO.search(name))


def _is_photo(table: Element) -> bool:
    """Whether a table only frames a picture and its caption."""
    cells = [cell for cell in table.iter("td", "th") if cell.text_content().strip()]
    return len(cells) <= 1 and any(True for _ in table.iter("img"))


def _weight(block: Block, main_keys: set[str]) -> float:
    if block.linked > _MAX_LINKED or block.caption or block.byline:
        return 0.0
    weight = len(block.text) * (1 - block.linked)
    if len(block.text.split()) < 8 or not _SENTENCE.search(block.text):
        weight *= 0.1
    return weight * 3 if squash(block.text) in main_keys else weight


def _noise(blocks: Sequence[Block], weights: Sequence[float]) -> set[Element]:
    """Elements named like noise, unless they hold too much of the page's text to be that."""
    total = sum(weights) or 1.0
    held: dict[Element, float] = {}
    for block, weight in zip(blocks, weights, strict=True):
        if block.noise is not None:
            held[block.noise] = held.get(block.noise, 0.0) + weight
    return {element for element, weight in held.items() if weight / total < _MAX_NOISE_SHARE}


def _container(tree: Element, blocks: Sequence[Block], weights: Sequence[float]) -> Element | None:
    """The deepest element that holds most of the page's weight."""
    held: dict[Element, float] = {}
    total = 0.0
    for block, weight in zip(blocks, weights, strict=True):
        if weight:
            total += weight
            element = block.owner
            while element is not None:
                held[element] = held.get(element, 0.0) + weight
                element = element.getparent()
    if not total:
        return None
    container = tree
    while True:
        child = max(container, key=lambda node: held.get(node, 0.0), default=None)
        if child is None or held.get(child, 0.0) < _LEADING * total:
            return container
        container = child


def _within(element: Element, container: Element) -> bool:
    while element is not None:
        if element is container:
            return True
        element = element.getparent()
    return False
