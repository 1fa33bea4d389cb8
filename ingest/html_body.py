"""Where in a page the article's text is, and which lines around it are captions, bylines or noise.

    blocks -> the densest container (trafilatura's choice weighs more) -> lines

trafilatura finds the region; the lines are read from the page itself, so that no paragraph,
list item or heading inside it is lost, and none outside it comes in.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ingest.html_blocks import Block, blocks_of
from ingest.html_tree import Element
from ingest.news_rules import is_caption, is_credit
from ingest.text import squash

# What publishing systems call the element that holds an article's body.
_NAMED_BODY = re.compile(
    r"(?:^|\s)(?:articlebody|(?:the-)?article[-_]{1,2}(?:body|content|detail)|"
    r"(?:detail|news|post|entry|story|singular|knc)[-_]{1,2}content|content[-_]detail|fck_detail|afcbc-body|"
    r"(?:cms|story|post|entry)-body)(?:$|[\s_-])",
    re.I,
)
_SENTENCE = re.compile(r"[.!?…:;][\"”’')\]]*$")
_LEADING = 0.8
_MIN_NAMED_SHARE = 0.3
_MAX_NOISE_SHARE = 0.3
_MAX_BEFORE, _MAX_BELOW = 40, 4
_MAX_BYLINE_CHARS = 120
_MAX_LINKED, _MAX_MAIN_LINKED = 0.5, 0.9
# A card of a list: a linked title with a sapo, at least three alike side by side.
_MAX_CARD_CHARS, _MAX_CARD_BLOCKS, _CARD_LEVELS, _MIN_CARDS = 600, 4, 3, 3


@dataclass(slots=True)
class Body:
    """What a page shows of an article.

    sapo: the one set apart above the body, "" if there is none.
    others: blocks that tell of other articles, in cards.
    before, after_title: all texts just above the title, and from it to the body's end. below: the few under it.
    """

    lines: list[str] = field(default_factory=list)
    captions: list[str] = field(default_factory=list)
    byline: list[str] = field(default_factory=list)
    sapo: str = ""
    others: int = 0
    before: list[str] = field(default_factory=list)
    after_title: list[str] = field(default_factory=list)
    below: list[str] = field(default_factory=list)


def read_body(tree: Element, titles: Sequence[str], description: str, main: Sequence[str]) -> Body:
    """The article's lines in a page.

    titles: what its head calls the article. description: its sapo, if the head gives one.
    main: lines that trafilatura takes for the main text; they weigh three times.
    """
    everything = blocks_of(tree)
    blocks = _without_cards(everything)
    main_keys = {squash(line.lstrip("- ")) for line in main} - {""}
    weights = [_weight(block, main_keys) for block in blocks]
    noise = _noise(blocks, weights)
    weights = [
        0.0 if noise.intersection(block.noise) else weight for block, weight in zip(blocks, weights, strict=True)
    ]
    container = _container(tree, blocks, weights)
    if container is None:
        return Body(others=len(everything) - len(blocks), before=[block.text for block in blocks[:_MAX_BEFORE]])
    inside = [_within(block.owner, container) for block in blocks]
    first = inside.index(True)
    last = len(inside) - 1 - inside[::-1].index(True)
    while last + 1 < len(blocks) and _is_own_caption(blocks[last + 1], noise):
        last += 1  # a picture story is told in its captions, below a sapo that weighs more
    title_keys = {squash(title) for title in titles} - {""}
    start = max((i for i, block in enumerate(blocks[:first]) if squash(block.text) in title_keys), default=None)
    begin = first if start is None else start
    body = Body(
        others=len(everything) - len(blocks),
        before=[block.text for block in blocks[max(0, begin - _MAX_BEFORE) : begin]],
    )
    body.after_title = [block.text for block in blocks[begin : last + 1]]
    sapo_key = squash(description)
    told = False  # whether a line taken so far holds a sentence; looking through them all again would be quadratic
    for i in range(first if start is None else start + 1, last + 1):
        block = blocks[i]
        if block.byline and not block.caption and len(block.text) <= _MAX_BYLINE_CHARS:
            body.byline.append(block.text)
        elif noise.intersection(block.noise):
            continue
        elif block.caption and body.captions and is_credit(block.text) and blocks[i - 1].caption:
            body.captions[-1] += f" {block.text}"  # the photographer, in an element of their own
        elif block.caption:
            body.captions.append(block.text)
        elif not body.sapo and not told and _is_sapo(block, sapo_key, inside[i]):
            body.sapo = block.text
            body.lines.clear()  # between title and sapo stand section, date, buttons
        elif inside[i] and block.linked <= (_MAX_MAIN_LINKED if squash(block.text) in main_keys else _MAX_LINKED):
            body.lines.append(block.text)
            told = told or bool(_SENTENCE.search(block.text))
        elif not inside[i] and not block.linked and is_caption(block.text):
            body.captions.append(block.text)
    body.below = [block.text for block in blocks[last + 1 : last + 1 + _MAX_BELOW]]
    below = blocks[last + 1 : last + 1 + _MAX_BELOW]
    body.byline += [block.text for block in below if block.byline and len(block.text) <= _MAX_BYLINE_CHARS]
    return body


def _is_own_caption(block: Block, noise: set[Element]) -> bool:
    return block.caption and block.linked <= _MAX_LINKED and not noise.intersection(block.noise)


def _is_sapo(block: Block, description_key: str, inside: bool) -> bool:
    key = squash(block.text)
    if len(key) < 30 or block.linked > _MAX_LINKED:
        return False
    if description_key and key.startswith(description_key[:60]):
        return True
    if description_key and (description_key.endswith(key) or key.endswith(description_key)):
        return True
    if inside:
        return block.sapo and not description_key
    # Between title and body a whole sentence outside any link is the sapo, whatever it is called.
    return block.sapo or (len(block.text.split()) >= 10 and bool(_SENTENCE.search(block.text)) and not block.linked)


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
        for element in block.noise:
            held[element] = held.get(element, 0.0) + weight
    return {element for element, weight in held.items() if weight / total < _MAX_NOISE_SHARE}


def _container(tree: Element, blocks: Sequence[Block], weights: Sequence[float]) -> Element | None:
    """The element that is named a body and holds much of the page's weight, else the deepest that holds most."""
    held: dict[Element, float] = {}
    total = sum(weights)
    if not total:
        return None
    for block, weight in zip(blocks, weights, strict=True):
        if weight:
            for element in _upwards(block.owner):
                held[element] = held.get(element, 0.0) + weight
    named = [
        element for element, weight in held.items() if weight >= _MIN_NAMED_SHARE * total and _is_named_body(element)
    ]
    if named:
        # Of nested ones the innermost was met first; take it unless another holds a good deal more.
        most = max(held[element] for element in named)
        return next(element for element in named if held[element] >= _LEADING * most)
    container = tree
    while True:
        child = max(container, key=lambda node: held.get(node, 0.0), default=None)
        if child is None or held.get(child, 0.0) < _LEADING * total:
            return container
        container = child


def _is_named_body(element: Element) -> bool:
    name = " ".join(element.get(attribute) or "" for attribute in ("class", "id", "itemprop"))
    return element.tag not in {"html", "body"} and bool(_NAMED_BODY.search(name))


def _without_cards(blocks: Sequence[Block]) -> list[Block]:
    """The blocks less the sapos of other articles, told by the linked titles that they stand with."""
    sizes: Counter[Element] = Counter()
    counts: Counter[Element] = Counter()
    for block in blocks:
        for element in _upwards(block.owner, _CARD_LEVELS + 1):
            sizes[element] += len(block.text)
            counts[element] += 1
    cards: dict[Element, tuple[Element, str, str]] = {}
    for block in blocks:
        if block.linked > _MAX_LINKED and len(block.text.split()) >= 4:
            for element in _upwards(block.owner, _CARD_LEVELS):
                small = 2 <= counts[element] <= _MAX_CARD_BLOCKS and sizes[element] <= _MAX_CARD_CHARS
                if small and element.tag not in {"html", "body", "main"}:
                    cards[element] = (element.getparent(), element.tag, element.get("class") or "")
    alike = Counter(cards.values())
    known = {element for element, kind in cards.items() if alike[kind] >= _MIN_CARDS}
    # One alone is a card too when it calls its text a sapo: the article's own stands with an unlinked title.
    for block in blocks:
        if block.sapo and not any(element.tag == "h1" for element in _upwards(block.owner, _CARD_LEVELS)):
            known.update(element for element in _upwards(block.owner, _CARD_LEVELS) if element in cards)
    kept = [block for block in blocks if not any(e in known for e in _upwards(block.owner, _CARD_LEVELS + 1))]
    return kept or list(blocks)


def _upwards(element: Element, levels: int = 1_000) -> Iterator[Element]:
    """The element, its parent and so on, at most so many."""
    for _ in range(levels):
        if element is None:
            return
        yield element
        element = element.getparent()


def _within(element: Element, container: Element) -> bool:
    return any(one is container for one in _upwards(element))
