"""An article's HTML page → its parts: head facts, title, sapo, body, captions, byline.

    decode -> tree -> meta (JSON-LD, OpenGraph …) + body (trafilatura, then the page's own lines) -> Draft

Whether the page is an article at all is told by `Draft.kind`; ingest.extract judges.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import datetime

from ingest import dates
from ingest.draft import Draft
from ingest.html_body import Body, read_body
from ingest.html_meta import Meta, read_meta
from ingest.html_tree import Element, main_lines, parse
from ingest.links import is_article_url, links_in
from ingest.news_rules import byline_of, sort_lines, take_lead
from ingest.outlets import host_of
from ingest.text import clean_line, clean_paragraphs, squash, unglue

_TITLE_TAIL = re.compile(r"\s+[-–—|»]\s+[^-–—|»]{2,40}$")
_TITLE_CUT = re.compile(r"\s+(?:[-–—|»•]|::?)\s+")
_MIN_TITLE_WORDS = 4
_MIN_ARTICLE_WORDS = 60
_NEAR_TITLE = 3
_SAYS_WHEN = re.compile(r"\b(?:ngày (?:đăng|xuất bản)|đăng (?:ngày|lúc)|xuất bản|posted on|published)\b", re.I)
_LABEL = re.compile(r"^\[[^\]]{2,20}\]\s*")
_BYLINE_EXTRAS = re.compile(r"\s*[-–|]?\s*(?:Xem các bài viết.*|Theo dõi.*|\d{1,2}[/:.-]\d{1,2}.*|\S+@\S+.*)$", re.I)


def read_page(page: str, url: str) -> Draft:
    """The draft article in a page; kind "list" if the page is a list of articles or no article at all."""
    tree = parse(page)
    if tree is None:
        return Draft()
    meta = read_meta(tree)
    address = _address(url, meta)
    headings = [clean_line(node.text_content()) for node in tree.xpath("//h1")]
    title = _title(meta, [heading for heading in headings if heading], tree)
    body = read_body(tree, [title, *meta.titles], meta.description, main_lines(tree, address))
    if not body.lines and meta.body:
        body.lines = [piece for line in clean_paragraphs(meta.body) for piece in unglue(line)]
    parts = sort_lines(body.lines, title=title, authors=meta.authors)
    sapo, signed = take_lead(body.sapo or _described(meta, parts.paragraphs))
    told = [body.sapo, *parts.paragraphs] if body.captions else parts.paragraphs  # a picture story may have no more
    timed, below, above = _timed(tree), _datelines(body.after_title), _datelines(reversed(body.before))
    near = _datelines(reversed(body.before[-_NEAR_TITLE:]))
    told_below = [line for line in body.below if _SAYS_WHEN.search(line)]
    under = _datelines(told_below)
    dated = timed or below[0] or near[0] or under[0] or dates.from_url(address)
    published = (
        _to_the_minute(meta.published, timed, below[0], near[0]) or timed or below[0] or near[0] or under[0] or above[0]
    )
    updated = meta.updated or below[1] or near[1]
    of_itself = body.others <= len(body.lines)
    return Draft(
        url=address,
        title=title,
        summary=sapo,
        paragraphs=parts.paragraphs,
        captions=[line for line in dict.fromkeys([*body.captions, *parts.captions]) if len(squash(line)) >= 3],
        byline=_byline(meta, body, [*parts.byline, *_signed_below(told_below)]),
        outlet_names=[signed, parts.outlet, meta.site_name],
        section=meta.section,
        published=published or dates.from_url(address),
        updated=None if published and updated and updated < published else updated,
        dated_as=meta.dated_as,
        kind="" if _is_article(meta, address, told, dated=dated is not None, of_itself=of_itself) else "list",
    )


def links(page: str, url: str) -> list[str]:
    """The article links of a list page; see ingest.links."""
    tree = parse(page)
    return [] if tree is None else links_in(tree, url)


def _address(url: str, meta: Meta) -> str:
    """The canonical address if it is of the same site and no front page, else the given one."""
    canonical, host = meta.canonical, host_of(url)
    if not canonical or (host and host_of(canonical) != host):
        return url
    return canonical if is_article_url(canonical) or not is_article_url(url) else url


def _title(meta: Meta, headings: Sequence[str], tree: Element) -> str:
    """The heading the head agrees with, else what the head says, without the outlet's name at either end."""
    said = [
        squash(form) for title in meta.titles for form in (title, _TITLE_TAIL.sub("", title), _LABEL.sub("", title))
    ]
    for heading in headings:
        key = squash(heading)
        if len(key) >= 8 and any(title.startswith(key) or key.startswith(title) for title in said if title):
            return heading
    if meta.headline:
        return meta.headline
    for title in meta.titles:
        return _shown_part(title, tree) or _TITLE_TAIL.sub("", title)
    return headings[0] if len(headings) == 1 else ""


def _shown_part(title: str, tree: Element) -> str:
    """The longest beginning or end of a head's title, cut where outlets cut, that the page shows by itself; "" if none."""
    cuts = list(_TITLE_CUT.finditer(title))
    parts = [part for cut in cuts for part in (title[: cut.start()], title[cut.end() :])]
    parts = [part for part in parts if len(part.split()) >= _MIN_TITLE_WORDS]
    if not parts:
        return ""
    shown = {squash(text) for text in tree.xpath("//body//text()") if len(text) <= 2 * len(title)}
    return max((part for part in parts if squash(part) in shown), key=len, default="")


def _described(meta: Meta, paragraphs: Sequence[str]) -> str:
    """The head's description as the sapo, when the page shows none and it is a sentence."""
    text = meta.description
    if len(text.split()) < 6 or squash(text) == squash(meta.headline):
        return ""
    whole = squash(" ".join(paragraphs))
    cut_short = text.endswith(("...", "…")) or not re.search(r"[.!?…”\")]$", text)
    return "" if cut_short and squash(text)[:40] in whole else text


def _byline(meta: Meta, body: Body, signed: Sequence[str]) -> list[str]:
    names = list(meta.authors)
    for line in (*body.byline, *signed):
        line = _BYLINE_EXTRAS.sub("", line).strip(" -–|,")
        for name in byline_of(line) or []:
            if not any(squash(name).endswith(squash(known)) or squash(known).endswith(squash(name)) for known in names):
                names.append(name)
    return names


def _signed_below(lines: Sequence[str]) -> list[str]:
    """Who signs in a line like "Tác giả: Lan Anh | Ngày đăng: 06/05/2024 | Lượt xem: 41"."""
    pieces = [piece.strip() for line in lines for piece in line.split("|")]
    return [piece for piece in pieces if re.match(r"(?:Tác giả|Người viết)\s*:", piece)]


def _timed(tree: Element) -> datetime | None:
    """The first <time datetime> outside lists of other articles."""
    outside = "not(ancestor::nav or ancestor::footer or ancestor::aside or ancestor::li)"
    for node in tree.xpath(f"//time[@datetime][{outside}]")[:3]:
        moment = dates.parse(node.get("datetime"))
        if moment:
            return moment
    return None


_MAX_DATELINE_CHARS = 100
_SENTENCE_END = re.compile(r"[.!?…][\"”’')\]]*$")
_REVISED = re.compile(r"\b(?:cập nhật|chỉnh sửa|sửa (?:lần cuối|lúc|ngày)|updated?|modified)\b", re.I)


def _to_the_minute(told: datetime | None, *shown: datetime | None) -> datetime | None:
    """What the head tells; where that is only a day, what the page shows of the same day, which has a clock."""
    if told is None or (told.hour, told.minute, told.second) != (0, 0, 0):
        return told
    return next((moment for moment in shown if moment and moment.date() == told.date()), told)


def _datelines(lines: Iterable[str]) -> tuple[datetime | None, datetime | None]:
    """The first dates of publication and of revision that short lines give.

    A date only called one of revision is that of publication: many newsrooms know no other name for it.
    """
    published = revised = loose = None
    sentences = 0
    for line in lines:
        sentences += bool(_SENTENCE_END.search(line))
        if len(line) > _MAX_DATELINE_CHARS or not dates.DAY_LIKE.search(line):
            continue
        # A day in a sentence is the news, and so is one in a heading below the first sentences.
        if (sentences > 1 or _SENTENCE_END.search(line)) and not dates.is_dateline(line):
            continue
        mark = _REVISED.search(line)
        plain, rest = (line[: mark.start()], line[mark.start() :]) if mark else (line, "")
        published = published or dates.parse(plain)
        revised = revised or (dates.parse(rest) if dates.is_dateline(rest) else None)
        loose = loose or dates.parse(line)
    return (published, revised) if published else (revised or loose, None)


def _is_article(meta: Meta, url: str, paragraphs: Sequence[str], *, dated: bool, of_itself: bool) -> bool:
    """Whether the page says it is one article, or its address does, or it shows enough text of its own.

    dated: it shows a date of its own. of_itself: it is not mainly about other articles. Its og:type
    alone proves nothing: many newsrooms call their section pages articles too.
    """
    if meta.is_article:
        return True
    words = sum(len(paragraph.split()) for paragraph in paragraphs)
    if is_article_url(url):
        return words >= 10
    if words < _MIN_ARTICLE_WORDS or not of_itself:
        return False
    return meta.og_type == "article" or (dated and meta.og_type != "website")
