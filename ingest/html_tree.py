"""A page's characters → a tree, its walk, and what trafilatura takes for the main text.

The only file that imports lxml and trafilatura; others receive elements and ask them
for tag, attributes and text. Scripts, comments and entity tricks never leave it.
"""

from __future__ import annotations

import copy
import logging
import re
from collections.abc import Iterator
from typing import Any

import lxml.etree
import lxml.html

Element = Any
"""An element of the tree (lxml ships no types)."""

# trafilatura reports pages it finds poor; what is wrong with a page is said by the Rejection.
logging.getLogger("trafilatura").setLevel(logging.CRITICAL)

_MAX_MAIN_CHARS = 300_000
_MAX_MAIN_ELEMENTS = 30_000
# Above it trafilatura asks no second opinion: justext's takes time that grows with the square of short paragraphs.
_MAX_COMPARED_ELEMENTS = 6_000
# The parser's time grows with the square of a tag's attributes.
_BLOATED_TAG = re.compile(r"<([a-z][a-z0-9]{0,20})\b[^<>]{20000,}>", re.I)


def parse(page: str) -> Element | None:
    """The tree of a page; None if there is nothing to parse. Broken markup is mended, nesting cut at 255."""
    if not page.strip():
        return None
    parser = lxml.html.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=False, no_network=True
    )
    try:
        lean = _BLOATED_TAG.sub(r"<\1>", page.replace("\x00", ""))
        tree = lxml.html.document_fromstring(lean.encode("utf-8", "ignore"), parser=parser)
    except (lxml.etree.LxmlError, ValueError, AssertionError):
        return None
    return tree if isinstance(tree.tag, str) else None


def walk(root: Element) -> Iterator[tuple[str, Element]]:
    """("start" | "end", element) in document order."""
    yield from lxml.etree.iterwalk(root, events=("start", "end"), tag="*")


def main_lines(tree: Element, url: str) -> list[str]:
    """The lines that trafilatura takes for the page's main text; none for a page too big for it."""
    elements = len(tree.xpath("//*"))
    if len(tree.text_content()) > _MAX_MAIN_CHARS or elements > _MAX_MAIN_ELEMENTS:
        return []
    # Half a second of imports that a list page need not pay.
    import trafilatura

    try:
        found = trafilatura.bare_extraction(
            copy.deepcopy(tree),
            url=url or None,
            include_comments=False,
            include_tables=True,
            with_metadata=False,
            fast=elements > _MAX_COMPARED_ELEMENTS,
        )
    except Exception:  # trafilatura promises nothing about hostile pages; without it the densest block counts
        return []
    return (found.text or "").split("\n") if found else []
