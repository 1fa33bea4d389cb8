"""Text as the archive keeps it: NFC, printable, single-spaced, cut into paragraphs.

In goes any string from a feed, a file or a page; out comes the same text with
nothing invisible in it. Words and tone-mark placement stay as the journalist wrote them
("hoà" is not made "hòa"): quotations are verbatim, and searching folds for itself.
This module knows nothing of markup, dates or outlets.
"""

from __future__ import annotations

import re
import unicodedata

_NEWLINES = re.compile(r"\r\n?|[\u0085\u2028\u2029\v\f]")
_SPACES = re.compile(r" {2,}")
_AROUND_NEWLINE = re.compile(r" ?\n ?")
_MANY_NEWLINES = re.compile(r"\n{3,}")
# Cc (controls), Cf (zero width, bidi, soft hyphen, BOM, tags), Cs (lone surrogates), Co and Cn are
# no text a reader can see; U+FFFD only says that something was lost there.
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_NO_WORD = re.compile(r"[\W_]+")
_HANGUL_FILLERS = "\u115f\u1160\u3164\uffa0"


def _unseen_table() -> dict[int, str | None]:
    table: dict[int, str | None] = {}
    for code in (*range(0x3100), *range(0xD800, 0x10000), *range(0xE0000, 0xE0200)):
        category = unicodedata.category(chr(code))
        if category == "Zs" or chr(code) == "\t":
            table[code] = " "
        elif category in _UNSEEN and chr(code) != "\n":
            table[code] = None
    table.update({ord(char): None for char in _HANGUL_FILLERS + "\ufffc\ufffd"})
    return table


_TABLE = _unseen_table()

_MARK = "".join(re.escape(chr(code)) for code in range(0x300, 0x10000) if unicodedata.combining(chr(code)))
_MARKS = re.compile(f"([{_MARK}]{{8}})[{_MARK}]+")
_FEW_CHARS = 2_000
"""In a text this short, marks are put in order in no time, however many they are."""

_MARKED_LOWER = "ăâđêôơưàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ"
LOWER = "a-z" + _MARKED_LOWER
"""Vietnamese small letters, for a character class. A range like à-ỹ would take in capitals too."""

UPPER = "A-Z" + _MARKED_LOWER.upper()
"""Vietnamese capitals, for a character class."""


def clean(text: str) -> str:
    """The text with nothing invisible in it: NFC, plain spaces, `\\n` line ends, trimmed.

    Controls, NUL, lone surrogates, zero-width and direction-changing characters go;
    no-break and other wide spaces become spaces, runs of them one; more than two line
    ends in a row become two. Cleaning twice changes nothing.

    >>> clean("  Hà\\u00a0 Nội\\u200b,\\r\\n hôm\\x00 nay ")
    'Hà Nội,\\nhôm nay'
    """
    text = _NEWLINES.sub("\n", text)
    text = nfc(text.translate(_TABLE))
    text = _SPACES.sub(" ", text)
    text = _AROUND_NEWLINE.sub("\n", text)
    return _MANY_NEWLINES.sub("\n\n", text).strip()


def nfc(text: str) -> str:
    """The text in Unicode's composed form; in a long one, of a letter with more than eight marks the rest goes.

    No script stacks so many, and putting them in order takes time that grows with the square of their number.

    >>> len(nfc("e\u0302\u0301")), len(nfc("e" + "\u0301\u0323" * 100_000)) < 10
    (1, True)
    """
    return unicodedata.normalize("NFC", text if len(text) < _FEW_CHARS else _MARKS.sub(r"\1", text))


def clean_line(text: str) -> str:
    """As `clean`, on one line: titles, names, captions.

    >>> clean_line("Một\\n dòng")
    'Một dòng'
    """
    return clean(text).replace("\n\n", " ").replace("\n", " ")


def clean_paragraphs(text: str) -> tuple[str, ...]:
    """The non-empty lines of the text, each clean.

    >>> clean_paragraphs("Một.\\r\\n\\r\\n  Hai. \\n")
    ('Một.', 'Hai.')
    """
    return tuple(line for line in clean(text).split("\n") if line)


def squash(text: str) -> str:
    """What two spellings of the same words share: letters and digits only, case-folded, NFC.

    For comparing, never for showing: "Hà Nội - Huế." and "Hà Nội–Huế" squash alike.

    >>> squash("Hà Nội – Huế.")
    'hànộihuế'
    """
    return _NO_WORD.sub("", nfc(text).casefold())


# --- paragraphs that lost the line end between them -------------------------------------------

_ENDS = r"[.!?…:;)\]”’\"]"
_SEAM = re.compile(rf"(?<!{_ENDS})(?P<end>{_ENDS}++)(?P<open>[“‘(\[]?)(?P<bullet>(?:[-–+•*]\s?)?)(?=[{UPPER}])")
_WORD_BEFORE = re.compile(r"[^\W\d_]+$|\d+$")
_RUN_ON = re.compile(rf"(?<=[\s\"“(])([{LOWER}]{{2,7}})(?=[{UPPER}][^\W\d_{UPPER}]+\s)")
_INNER_STOP = re.compile(r"[.!?…;]")
_MAX_HEADING_CHARS = 100
_MAX_GLUED_CHARS = 200_000
_CHUNK = re.compile(r"\S{0,160}")
_WORD_AFTER = re.compile(r"[^\W\d_]+")
_ADDRESS = re.compile(
    r"(?:https?://|www\.)\S+|\S+@\S+|(?<![\w.])(?:[a-z0-9\-]+\.)+(?:com|net|org|vn|edu|gov|info)\b\S*", re.I
)
_MARKED = re.compile(f"[{_MARKED_LOWER}]", re.I)
_DOMAIN_ENDS = set(
    "com net org vn edu gov info asia tv io ai co me js py html htm php app pdf doc docx xls jpg png mp4".split()
)
# After these a full stop shortens a word or a title and ends no sentence.
_SHORTENED = set(
    "tp tx tt q p h x ths th ts tsky pgs gs bs bsck ck bác ks kts ls cn ns nsnd nsưt nsut đd dr mr mrs ms st jr sr no "
    "co ltd inc corp prof nxb ng ph vs tv sđt đt tel fax đ đc tr u v stt gđ pv btv".split()
)
_LABELS = set("ảnh nguồn video clip họa hoạ theo tác giả hotline website email fanpage zalo".split())
# Frequent first words of a sentence that carry no Vietnamese letter.
_OPENERS = set(
    "Theo Trong Sau Khi Anh Em Hai Ba Do Tuy Ngay Nay Qua Sinh Cha Con Ai Cho Hay Vi Ra Tin Nam Chia Trao Ngo Tham "
    "Thay Thanh Thu Xem Xin".split()
)


def unglue(paragraph: str) -> tuple[str, ...]:
    """The paragraphs in a string that lost the line ends between them.

    A seam is the end of a sentence directly followed by a capital letter that opens a word:
    never inside "TP.HCM", "Th.S", "Q.1", initials, numbers, URLs or domain names.

    >>> unglue("Hai bạn rời trường.Hôm sau, TP.HCM có mưa.")
    ('Hai bạn rời trường.', 'Hôm sau, TP.HCM có mưa.')
    """
    if len(paragraph) > _MAX_GLUED_CHARS:
        return (paragraph,)
    cuts = [0]
    for seam in _SEAM.finditer(paragraph):
        cut = _cut(paragraph, seam, cuts[-1])
        if cut is not None:
            cuts.append(cut)
    pieces = (paragraph[start:end].strip() for start, end in zip(cuts, [*cuts[1:], None], strict=True))
    return tuple(part for piece in pieces for part in _off_heading(piece) if part)


def _off_heading(piece: str) -> tuple[str, ...]:
    """A paragraph apart from the heading that runs into it: "Cơ duyên với ngành họcTấn bắt đầu …"."""
    for seam in _RUN_ON.finditer(piece, 0, _MAX_HEADING_CHARS):
        heading, rest = piece[: seam.end(1)], piece[seam.end(1) :]
        if len(heading.split()) > 1 and len(rest) > len(heading) and not _INNER_STOP.search(heading):
            return heading, rest
    return (piece,)


def _cut(paragraph: str, seam: re.Match[str], since: int) -> int | None:
    """Where the second paragraph begins, or None if the seam is none."""
    end, cut = seam["end"], seam.end("end")
    if end[-1] == '"' and not _closes(paragraph, since, cut - 1):
        end, cut = end[:-1], cut - 1
        if not end:
            return None
    before = _WORD_BEFORE.search(paragraph, max(0, seam.start() - 30), seam.start())
    after = _WORD_AFTER.match(paragraph, seam.end())
    left, right = before[0] if before else "", after[0] if after else ""
    start = paragraph.rfind(" ", max(0, seam.start() - 60), seam.start()) + 1
    if _ADDRESS.match(_CHUNK.match(paragraph, start or max(0, seam.start() - 60))[0]):  # type: ignore[index]
        return None
    if seam["bullet"]:
        return cut if end[-1] in ".:;!?…" and len(right) > 1 else None
    mark = end.rstrip('"”’)]')[-1:] or end[-1]
    vietnamese = bool(_MARKED.search(right)) or right in _OPENERS
    if len(right) < 2 and right not in {"Ở", "Ý", "À", "Ô"}:
        return None
    if mark in ":;":
        label = paragraph[max(since, seam.start() - 80) : seam.start()].split()
        return cut if vietnamese and left.islower() and left not in _LABELS and len(label) > 5 else None
    if mark in ')]”’"':
        return cut if vietnamese and len(paragraph[max(since, seam.start() - 80) : seam.start()].split()) > 3 else None
    if mark == "." and end[0] == ".":
        if len(left) == 1 and not left.isdigit():
            return None
        if left.casefold() in _SHORTENED or right.casefold() in _DOMAIN_ENDS:
            return None
        if not vietnamese and left.isupper() and (right.isupper() or len(left) < 3):
            return None
        if right.isupper() and len(right) < 3 and not left.islower():
            return None
    return cut


def _closes(paragraph: str, since: int, at: int) -> bool:
    """Whether the straight quotation mark at a place closes: it follows a word, and the one before it opened."""
    if paragraph[at - 1] == " ":
        return False
    start = max(since, at - 3_000)
    before = max(paragraph.rfind('"', start, at), paragraph.rfind("“", start, at))
    return before >= 0 and (before == since or paragraph[before] == "“" or paragraph[before - 1] in " (:[-–,\n")
