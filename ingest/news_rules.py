"""Which lines of an article are its text, and which are captions, bylines, promotion or leads.

In go the lines in reading order; out come paragraphs, captions and bylines apart. The
rules are those of Vietnamese newsrooms and lean one way: a line is taken out of the text only
when its form says so, because a sentence lost can be cited no more.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from ingest.dates import is_dateline
from ingest.outlets import known_outlet
from ingest.text import UPPER, squash

_SENTENCE_END = re.compile(r"[.!?…:;][\"”’')\]]*$")

_PHOTO_MARK = re.compile(r"^(?P<text>.*?)[\s.]*[-–—]\s*(?:Ảnh|Hình|Photo)\s+\d{1,3}\s*\.?$")
_CREDIT = re.compile(
    r"(?:^|[\s(\[.,;|\-–—/])(?:Ảnh|Hình|Ảnh chụp màn hình|Đồ họa|Đồ hoạ|Video|Clip|Infographic|Thực hiện|Nguồn(?: ảnh)?|Photo)"
    r"(?:\s+minh (?:họa|hoạ)|\s+tư liệu|\s+cắt từ clip)?\s*[:：]\s*(?:\([^()]{1,60}\)|[^.!?:]{1,60}(?:\.[^.!?:\s]{1,20})*)[)\]]?\.?$",
    re.I,
)
_ILLUSTRATION = re.compile(
    r"^\(?\s*(?:Ảnh|Hình|Hình ảnh|Tranh)\s*(?:minh (?:họa|hoạ)|tư liệu|chụp màn hình|chỉ có tính chất minh (?:họa|hoạ))[^.!?]{0,60}\)?\.?$|"
    r"(?:\(|[.,–-]\s*)Ảnh\s*(?:minh (?:họa|hoạ)|tư liệu|chụp màn hình)[^.!?()]{0,40}\)?\.?$",
    re.I,
)
_PROMO = re.compile(
    r"^(?:>{1,}|»|»|►|▶|→|=>)|"
    r"^(?:\(?\s*)(?:(?:Xin )?(?:kính )?mời (?:quý |các )?(?:độc giả|bạn đọc|bạn|vị|khán giả|quý vị)|Quý (?:độc giả|bạn đọc|vị) (?:có thể|quan tâm)|"
    r"Xem thêm|Xem tiếp|Đọc thêm|Đọc tiếp|Tin liên quan|Bài liên quan|Tin (?:cùng|khác)|Bài viết liên quan|Có thể bạn quan tâm|"
    r"Bạn có thể quan tâm|Theo dõi (?:chúng tôi|Báo|.{2,30} trên (?:Google|Facebook|Zalo))|Từ khóa\s*:|Từ khoá\s*:|Tags?\s*:|"
    r"Chia sẻ bài viết|Bình luận\s*(?:\(|$)|Đăng ký nhận tin|Vui lòng nhập|Video đang (?:xem nhiều|hot))",
    re.I,
)
_LINK_LINE = re.compile(r"^(?:Link (?:nội dung|bài viết|gốc|nguồn|bài gốc)|Nguồn bài viết|Nguồn|URL|Đường dẫn)\s*:\s*(https?://\S+)$", re.I)

# "(HTV) - ", "(Dân trí) – ", "TTO - ": who reports, before the first sentence.
_LEAD = re.compile(r"^(?:\((?P<signed>[^()]{2,30})\)|(?P<bare>[A-ZĐ]{2,6}(?:\.vn|\.VN|Online)?))\s*[-–—]+\s*(?=\S)")
_LEAD_LIKE = re.compile(r"[A-ZĐ]{2,6}\d?(?:\.vn|\.VN)?|(?:Báo|Đài|Tạp chí)\s.*|.*(?:News|Online|Times|TV)")

_NAME_WORD = rf"(?:[{UPPER}][^\W\d_]*\.?(?:[{UPPER}][^\W\d_]*\.?)*)"
_NAMES = re.compile(rf"{_NAME_WORD}(?:\s+{_NAME_WORD}){{0,5}}")
_BYLINE_BREAK = re.compile(r"\s*(?://|[-–—|,;&+]|\s(?:và|với)\s)\s*")
_ACCORDING = re.compile(
    r"^\(?\s*(?:Theo|Tham khảo|Nguồn|Nguồn tin|Tổng hợp|Dịch|Tác giả|Bài|Bài và ảnh|Bài, ảnh|Thực hiện|PV|Phóng viên|CTV|Lược dịch)\b\s*:?\s*(?P<who>.*?)\)?\.?$",
    re.I,
)
_TOLD_BY = re.compile(r"\s*\(\s*(?:theo|tổng hợp|dịch|t/h|tham khảo|ghi|lược dịch|nguồn)\b[^()]{0,60}\)\s*$", re.I)
_NEWSROOM = re.compile(r"^(?:trung tâm|ban|phòng|tòa soạn|toà soạn|nhóm pv|nhóm phóng viên|báo|đài)\b|\b(?:HTV|VTV|VOV)\b", re.I)
MAX_CAPTION_WORDS = 60
_MAX_BYLINES = 3
_WORD = re.compile(r"[^\W_]")
_MAX_LINE_CHARS = 600


@dataclass(slots=True)
class Lines:
    """The lines of an article, sorted by what they are."""

    paragraphs: list[str] = field(default_factory=list)
    captions: list[str] = field(default_factory=list)
    byline: list[str] = field(default_factory=list)
    outlet: str = ""
    url: str = ""


def sort_lines(lines: Iterable[str], *, title: str = "", authors: Sequence[str] = ()) -> Lines:
    """Tell text from captions, bylines, promotion and links, in reading order.

    lines: clean lines. title: drops its own repetition and tells photo marks by it.
    authors: names given elsewhere (metadata), whose signature below the text is dropped.

    >>> sorted_ = sort_lines(["(HTV) - Cầu đã thông.", "Cầu mới - Ảnh: LAN", ">>> Xem HTV9", "LAN ANH"], title="Cầu")
    >>> sorted_.paragraphs, sorted_.captions, sorted_.byline
    (['Cầu đã thông.'], ['Cầu mới - Ảnh: LAN'], ['LAN ANH'])
    """
    out = Lines()
    title_key = squash(title)
    after_photo = False
    for line in lines:
        if not _WORD.search(line):
            continue
        link = _LINK_LINE.match(line)
        if link:
            out.url = out.url or link[1]
            continue
        mark = _PHOTO_MARK.match(line) if len(line) <= _MAX_LINE_CHARS else None
        if mark:
            after_photo = True
            key = squash(mark["text"])
            if key and key != title_key:
                _add(out.captions, mark["text"])
            continue
        if not out.paragraphs and title_key and len(line) <= 2 * len(title) and squash(line) == title_key:
            continue
        if is_promotion(line) or is_dateline(line):
            after_photo = False
            continue
        if is_caption(line) or (after_photo and not _SENTENCE_END.search(line) and len(line.split()) <= MAX_CAPTION_WORDS):
            _add(out.captions, line)
        else:
            out.paragraphs.append(line)
        after_photo = False
    _take_bylines(out, authors)
    if out.paragraphs:
        out.paragraphs[0], out.outlet = take_lead(out.paragraphs[0])
    return out


def _add(captions: list[str], line: str) -> None:
    if squash(line) not in {squash(caption) for caption in captions}:
        captions.append(line)


def is_caption(line: str) -> bool:
    """Whether a line by itself reads as a caption: it ends in a photo credit.

    >>> is_caption("Cầu mới nhìn từ bờ nam. Ảnh: Lan Anh"), is_caption("Ảnh hưởng: rất lớn, theo ông An.")
    (True, False)
    """
    return len(line) <= _MAX_LINE_CHARS and len(line.split()) <= MAX_CAPTION_WORDS and bool(_CREDIT.search(line) or _ILLUSTRATION.search(line))


def is_promotion(line: str) -> bool:
    """Whether a line invites the reader elsewhere and tells no news.

    >>> is_promotion(">>> Xin mời quý vị đón xem"), is_promotion("Mời gọi đầu tư tăng 5%.")
    (True, False)
    """
    return len(line) <= _MAX_LINE_CHARS and bool(_PROMO.match(line))


def take_lead(paragraph: str) -> tuple[str, str]:
    """The paragraph without its "(HTV) - ", and the outlet that it names.

    >>> take_lead("(Dân trí) - Trời mưa."), take_lead("(Ảnh) - Trời mưa.")
    (('Trời mưa.', 'Dân trí'), ('(Ảnh) - Trời mưa.', ''))
    """
    match = _LEAD.match(paragraph)
    if not match:
        return paragraph, ""
    who = (match["signed"] or match["bare"]).strip()
    known = known_outlet(who)
    if not known and not (match["signed"] and _LEAD_LIKE.fullmatch(who)):
        return paragraph, ""
    return paragraph[match.end() :], known or who


def _take_bylines(out: Lines, authors: Sequence[str]) -> None:
    """Move signatures from below the text to the byline."""
    author_keys = {squash(author) for author in authors}
    taken: list[str] = []
    while len(out.paragraphs) > 1 and len(taken) < _MAX_BYLINES:
        names = byline_of(out.paragraphs[-1])
        if names is None and squash(out.paragraphs[-1]) in author_keys:
            names = [out.paragraphs[-1]]
        if names is None:
            break
        taken[:0] = names
        out.paragraphs.pop()
    out.byline.extend(dict.fromkeys(taken))


def byline_of(line: str) -> list[str] | None:
    """The names in a signature line; None if the line is no signature.

    >>> byline_of("LAN ANH - QUỐC VIỆT // TRUNG TÂM TIN TỨC HTV"), byline_of("Trời mưa.")
    (['LAN ANH', 'QUỐC VIỆT'], None)
    """
    if len(line) > 90 or len(line.split()) > 14:
        return None
    bare = _TOLD_BY.sub("", line).strip()
    if not bare or _ACCORDING.match(bare):
        who = _ACCORDING.match(bare or line.strip())
        name = who["who"].strip() if who else ""
        if name and (re.search(r"[.!?]\s|,", name) or len(name.split()) > 8 or not name[0].isupper()):
            return None
        return [line.strip()]
    names = []
    for part in _BYLINE_BREAK.split(bare):
        if _NEWSROOM.search(part):
            continue
        if not _NAMES.fullmatch(part):
            return None
        names.append(part)
    return names or None
