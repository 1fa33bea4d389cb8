"""Where the page's own files are: stylesheets, script, icon, all served from this host.

Each address carries a piece of the file's digest, so browsers may keep the file
for a year and still fetch a new one at once. This module knows nothing of gradio.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

STATIC = Path(__file__).with_name("static")
"""The folder of the files themselves."""
STATIC_PATH = "/tinh"
"""Where the folder is mounted."""


def address(name: str) -> str:
    """The address of one static file, with its digest."""
    return f"{STATIC_PATH}/{name}?v={hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:12]}"


ARTICLE_CSS = address("article.css")
EMBED_CSS = address("embed.css")
EMBED_JS = address("embed.js")
ARCHIVE_JS = address("archive.js")
EDITOR_CSS = address("editor.css")
CHAT_CSS = address("chat.css")
CHAT_JS = address("chat.js")
ASKING_JS = address("asking.js")
CHECK_JS = address("check.js")
CLAIM_JS = address("claim.js")
DESK_CSS = address("desk.css")
DESK_JS = address("desk.js")
LABELS_CSS = address("labels.css")
ICON = address("icon.svg")
