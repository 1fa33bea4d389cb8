"""The time that a question speaks of, as a range of publication dates.

    question, moment of asking -> expressions -> the one that counts -> since, until

Two kinds are kept apart, because a wrong filter hides the right article:
- a *filter* (`hard`): words that count from now ("hôm qua", "tuần trước", "3 ngày qua"), "trong tháng
  10/2022" at the head or the tail of a question, "từ … đến …", and any date beside words such as
  "báo chí đưa tin";
- a *fact about the event* (`about_event`): a bare date or year ("sự cố ngày 29/11", "nhiệm kỳ 2022-2023",
  "bảng xếp hạng năm 2022"). Its range runs 60 days on, and is a preference at most.
An article about yesterday may be published today, so words that count from now let one more day pass.
Bounds are inclusive, in Vietnam time, from the first moment of a day to the last microsecond
of one. This module knows nothing of articles and searches.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from app.date_mention import DateMention
from app.dates_relative import Relative, find_relative, with_said_years
from app.dates_vi import find_dates
from app.letters import Letters, letters, rule
from app.periods import Span, span_of
from ingest.article import VIETNAM
from ingest.dates import FIRST_YEAR

SOFT_DAYS = 60
"""How long after an event articles about it are still preferred."""

YEAR_SLACK_DAYS = 31
"""How long after "năm ngoái" its sums and reviews are still published."""


@dataclass(frozen=True, slots=True)
class When:
    """A time expression of a question, resolved.

    since, until: inclusive, aware, Vietnam time; None leaves that side open.
    span: the characters of the expression in the question.
    label: for the reader, "hôm qua, 22/11/2026".
    newest: the newest articles are wanted ("mới nhất", "gần đây").
    about_event: since and until are a preference, never a filter.
    """

    since: datetime | None
    until: datetime | None
    span: tuple[int, int]
    label: str
    newest: bool = False
    about_event: bool = False

    @property
    def hard(self) -> bool:
        """Whether articles outside the range are to be left out."""
        return not self.about_event and (self.since is not None or self.until is not None)


_NEWS = (
    r"\b(?:báo chí|đưa tin|bài báo|bài viết|tin tức|tin gì|tin nào|có tin|các tin|những tin|đăng tải|được đăng|báo nào"
    r"|điểm tin|tin (?:về|trong|ngày|mới|nóng)|tin nổi bật)\b"
)
_NEWS_EN = r"\b(?:news|reported|articles?|published|headlines?|press)\b"
_LAW = r"(?<!\w)(?:luật|bộ luật|nghị định|thông tư|hiến pháp|pháp lệnh|điều lệ|quy chuẩn|tiêu chuẩn)(?: \w+){0,6} $"
_NEWEST = r"\b(?:mới nhất|gần đây nhất|gần nhất|mới đây nhất|latest|newest|most recent)\b"
_LEAD = r"\W*(?:(?:xin|cho|hỏi|tôi|mình|em|biết|vậy|thế|còn|và|hãy|cho biết|vào|hồi|so|and|in|on|during|trong)\b\W*)*"
_WITHIN = r"(?<!\w)(trong|during) (?:cả |suốt )?$"
_FROM = r"(?<!\w)((?:kể )?từ|giữa|from|between|since)(?: (?:ngày|hôm|sáng|chiều|tối))* $"
_TO = r"\s*(?:-|–|—| (?:đến|tới|và|to|and|until)(?: hết)? )\s*"
_TO_NOW = r" (?:đến|tới|cho đến) (?:nay|giờ|hiện nay|hôm nay|bây giờ)\b"
_OPEN = r"(?<!\w)(trước|sau|kể từ|từ|before|after|since|until|đến hết|đến|tới)(?: (?:ngày|hôm))? $"
_EVENT_HEAD = (
    r"(?<!\w)(?:diễn ra|kéo dài|tổ chức|nghỉ(?: lễ| tết| hè| đông| học)?|mở cửa|đóng cửa|áp dụng|hoạt động|hiệu lực"
    r"|nhiệm kỳ|giai đoạn|năm học|niên khóa|mùa giải|mùa|sinh|khai mạc|bế mạc|thi|hạn|sẽ|dự kiến|held|term|season"
    r"|runs?)(?: \w+){0,3} $"
)
_PLANNED = r"\b(?:sẽ|dự kiến|kế hoạch|dự báo|hạn chót|hạn nộp|mục tiêu|will|expected|planned?)\b"


def read_when(text: str, now: datetime) -> When | None:
    """The time that a question asks for, seen from `now`; None when it names none.

    A naive `now` is Vietnam time. Of several expressions a filter counts before a fact
    about the event, the finer before the coarser, the first before the later.

    >>> now = datetime(2026, 11, 23, 9, 30, tzinfo=VIETNAM)
    >>> when = read_when("Hôm qua giá xăng bao nhiêu?", now)
    >>> when.label, when.since.isoformat(), when.until.isoformat()
    ('hôm qua, 22/11/2026', '2026-11-22T00:00:00+07:00', '2026-11-23T23:59:59.999999+07:00')
    >>> read_when("Sự cố ngày 29/11/2018 làm ai bị thương?", now).about_event
    True
    >>> read_when("Đợt hạn hán bắt đầu từ tháng năm nào?", now) is None
    True
    """
    now = now.replace(tzinfo=VIETNAM) if now.tzinfo is None else now.astimezone(VIETNAM)
    asked = letters(text)
    today = now.date()
    mentions = with_said_years(asked, find_dates(asked), today)
    found = [*_relative(asked, mentions, today), *_absolute(asked, mentions, today)]
    best = min(found, key=lambda f: f[0], default=None)
    newest = rule(_NEWEST, asked.accented).search(asked.rules)
    if best is None:
        if not newest:
            return None
        return When(None, None, _span(asked, *newest.span()), " ".join(newest.group().split()), newest=True)
    return replace(best[1], newest=True) if newest else best[1]


Ranked = tuple[tuple[bool, int, int], When]
_FINENESS = {"day": 0, "week": 1, "stretch": 2, "month": 2, "quarter": 3, "year": 4, "years": 5, "recent": 6}


def _relative(asked: Letters, mentions: list[DateMention], today: date) -> Iterator[Ranked]:
    for found in find_relative(asked, today):
        if any(m.start < found.end and found.start < m.end for m in mentions):
            continue  # "tháng 3 năm ngoái"
        same = next((m for m in mentions if m.precision == found.unit == "day" and m.start >= found.end), None)
        if same and rule(r"[\s,(]*(?:ngày )?", asked.accented).fullmatch(asked.rules[found.end : same.start]):
            found = replace(found, end=same.end, span=span_of(same, today) or found.span)  # "sáng nay, 23/11"
        first, last = found.span
        start = found.start
        if found.unit == "recent":
            yield _ranked(asked, found, start, (first, last), (first, last), about_event=True, newest=True)
            continue
        if first > today:  # "cuối tuần này", asked on a Monday: what is said of it is published before
            yield _ranked(asked, found, start, found.span, (today - timedelta(days=7), today), about_event=True)
            continue
        to_now = rule(_TO_NOW, asked.accented).match(asked.rules, found.end)
        slack = YEAR_SLACK_DAYS if found.unit == "year" else 1
        until = today if to_now else min(last + timedelta(days=slack), max(today, last))
        # Five years ago is a fact about the event; "năm ngoái" is when the reader wants to read about.
        long_ago = (last - first).days > 366 or (found.unit == "year" and first.year < today.year - 2)
        yield _ranked(asked, found, start, (first, last), (first, until), about_event=long_ago)


def _absolute(asked: Letters, mentions: list[DateMention], today: date) -> Iterator[Ranked]:
    words = asked.rules
    news = bool(rule(_NEWS if asked.accented else f"{_NEWS}|{_NEWS_EN}", asked.accented).search(words))
    skip = -1
    for place, mention in enumerate(mentions):
        days = span_of(mention, today)
        if place == skip or days is None or days[1].year < FIRST_YEAR or _is_a_name(asked, mention):
            continue
        start = mention.start
        before = words[max(0, start - 40) : start]
        after = mentions[place + 1] if place + 1 < len(mentions) else None
        opener = rule(_FROM, asked.accented).search(before)
        if after and rule(_TO, asked.accented).fullmatch(words[mention.end : after.start]) and opener:
            skip = place + 1
            end_days = span_of(after, today)
            both_days = _ordered(days, end_days, mention, today) if end_days else None
            if both_days and both_days[0] <= today:
                start -= len(opener.group())
                event = _about_event(asked, start, planned=True) and not news
                yield _from_to(asked, start, after.end, both_days, about_event=event, fineness=mention.precision)
            continue
        if days[0] > today:
            continue  # nothing is published about it in its own time yet
        to_now = rule(_TO_NOW, asked.accented).match(words, mention.end)
        if opener and to_now:
            start -= len(opener.group())
            yield _from_to(asked, start, to_now.end(), (days[0], today), about_event=False, fineness=mention.precision)
            continue
        yield _single(asked, mention, days, before, news)


def _single(asked: Letters, mention: DateMention, days: Span, before: str, news: bool) -> Ranked:
    first, last = days
    start = mention.start
    opened = rule(_OPEN, asked.accented).search(before)
    if opened:
        start -= len(opened.group())
        word = opened[1]
        if word in ("trước", "truoc", "before"):
            bounds: tuple[date | None, date | None] = (None, first - timedelta(days=1))
        elif word in ("sau", "after", "từ", "tu", "kể từ", "ke tu", "since"):
            bounds = (first, None)
        else:
            bounds = (None, last)
        return _ranked(asked, mention, start, days, bounds, about_event=not news)
    within = rule(_WITHIN, asked.accented).search(before)
    if within:
        start -= len(within.group())
    fine = mention.precision in ("day", "month") and not mention.part
    edge = _at_head(asked, start) or _at_tail(asked, mention.end)
    hard = (news and mention.cued) or bool(within and fine and edge and not _about_event(asked, start, planned=True))
    if hard:
        until = last + timedelta(days=1) if mention.precision == "day" else last
        return _ranked(asked, mention, start, days, (first, until), about_event=False)
    return _ranked(asked, mention, start, days, (first, last + timedelta(days=SOFT_DAYS)), about_event=True)


def _is_a_name(asked: Letters, mention: DateMention) -> bool:
    """ "tỷ lệ 1/3" is no day; the year of "Luật Giao thông đường bộ 2008" belongs to its name."""
    if mention.precision == "day":
        return not mention.cued
    before = asked.rules[max(0, mention.start - 48) : mention.start]
    return mention.precision == "year" and bool(rule(_LAW, asked.accented).search(before))


def _ordered(days: Span, end_days: Span, mention: DateMention, today: date) -> Span | None:
    """First day of the one to last day of the other; "từ 25/12 đến 5/1" begins in the year before."""
    first, last = days[0], end_days[1]
    if first > last and mention.year is None and mention.month is not None:
        try:
            first = first.replace(year=first.year - 1)
        except ValueError:  # 29 February
            return None
    return (first, last) if first <= last else None


def _from_to(asked: Letters, start: int, end: int, days: Span, *, about_event: bool, fineness: str) -> Ranked:
    expression = Relative(start, end, "stretch", days)
    ranked, when = _ranked(asked, expression, start, days, days, about_event=about_event)
    return (ranked[0], _FINENESS.get(fineness, 9), ranked[2]), when


def _about_event(asked: Letters, start: int, *, planned: bool) -> bool:
    """Whether the words before a range make it the event's own ("diễn ra từ …", "nghỉ lễ từ …")."""
    if rule(_EVENT_HEAD, asked.accented).search(asked.rules[max(0, start - 48) : start]):
        return True
    return planned and bool(rule(_PLANNED, asked.accented).search(asked.rules))


def _at_head(asked: Letters, start: int) -> bool:
    return bool(rule(_LEAD, asked.accented).fullmatch(asked.rules[:start]))


def _at_tail(asked: Letters, end: int) -> bool:
    return not asked.rules[end:].strip(" \t\n?!.…\"')”")


def _ranked(
    asked: Letters,
    found: Relative | DateMention,
    start: int,
    named: Span,
    bounds: tuple[date | None, date | None],
    *,
    about_event: bool,
    newest: bool = False,
) -> Ranked:
    unit = found.unit if isinstance(found, Relative) else found.precision
    since = datetime.combine(bounds[0], time.min, VIETNAM) if bounds[0] else None
    until = datetime.combine(bounds[1], time.max, VIETNAM) if bounds[1] else None
    said = " ".join(asked.text[start : found.end].split())
    said = said[:1].lower() + said[1:]
    when = When(since, until, _span(asked, start, found.end), _label(said, named), newest, about_event)
    return (about_event, _FINENESS.get(unit, 9), start), when


def _label(said: str, days: Span) -> str:
    """ "hôm qua, 22/11/2026"; nothing is added to an expression that has its year."""
    if any(part.isdigit() and len(part) == 4 for part in said.replace("/", " ").replace("-", " ").split()):
        return said
    first, last = (day.strftime("%d/%m/%Y") for day in days)
    return f"{said}, {first}" if first == last else f"{said}, {first} – {last}"


def _span(asked: Letters, start: int, end: int) -> tuple[int, int]:
    return asked.origin(start), asked.origin(end)
