"""Names in a sentence: of persons, organisations, places and other things, with offsets.

    words -> heads ("Sở Y tế", "quận") and runs of capitals -> where each ends -> what it is

Vietnamese writes a capital on each syllable of a person's or a place's name, but only on the first
syllable of each word of an organisation's, which app.name_bodies reads. What a run of capitals is, is
told by the word before it (ông, tỉnh), by its family name, or by being a well-known place. The capital
that opens a sentence says nothing. A sentence in capitals only, or in none, has no names.
"""

from __future__ import annotations

import re

from app.fact import Fact, Kind
from app.letters import Letters
from app.name_bodies import read_body
from app.name_tokens import ORG_HEADS, PLACE_HEADS, SPEECH, STARTERS, TITLES, Tokens, syllabic
from app.name_words import (
    COMMON_FIRST,
    FAMILY_NAMES,
    NAME_LIKE,
    PLACE_HINTS,
    PLACES,
    PRONOUNS,
    WEAK_TITLES,
)
from index.vietnamese import canonical

_AGE_AFTER = re.compile(r"\s*(?:,\s*\d{1,2}\s+tuổi|\(\s*(?:\d{1,2}\s+tuổi|sn\s*\d|sinh năm|\d{1,2}t\b|19\d\d|20\d\d))")
_ORG_TAILS = frozenset(
    "group corp corporation inc ltd co university college school schools bank fc club airlines airways pharma holdings academy "
    "institute hospital company foundation fund media news times motor motors technologies pharmaceutical pharmaceuticals".split()
)
_NUMBERED = frozenset(["quận", "phường", "ấp", "thôn", "tổ dân phố", "quốc lộ", "tỉnh lộ"])
_CONNECTIVES = frozenset(
    "của cho với và cùng khi rằng mà thì nhưng do vì sau trước là để như nếu bởi nhờ hoặc hay gọi tên khiến giúp hỏi gặp".split()
)
_SMALL_WORDS = frozenset(
    "đã đang sẽ bị được tại ở của và là có cũng không chưa với cho từ đến để khi mà thì cùng vẫn còn đều phải nên muốn vừa mới".split()
)


def find_names(text: Letters, taken: bytearray) -> list[Fact]:
    """The names of a sentence outside the characters that are taken (1), in reading order.

    Offsets count in `text.text`; `unit` is "person", "organisation" or "other", and of a place the word before it.

    >>> from app.letters import letters
    >>> sentence = letters("Ông Trần Văn An, Giám đốc Sở Y tế tỉnh Lam Giang, quê ở Hà Nội.")
    >>> [(f.text, f.kind, f.unit) for f in find_names(sentence, bytearray(99))]
    [('Trần Văn An', 'name', 'person'), ('Sở Y tế tỉnh Lam Giang', 'name', 'organisation'), ('Hà Nội', 'place', '')]
    """
    tokens = Tokens(text, taken)
    marked = [token for token in tokens.all if token.capital or token.low.isdecimal()]
    shouted = sum(token.shouted for token in marked)
    if not marked or (shouted >= 3 and shouted > 0.6 * sum(token.low[0].isalpha() for token in tokens.all)):
        return []
    return _Reader(tokens).read()


class _Reader:
    """Walks the tokens once; titled: the title just passed, lower case, or ""."""

    def __init__(self, tokens: Tokens) -> None:
        self.tokens = tokens
        self.found: list[Fact] = []

    def read(self) -> list[Fact]:
        tokens, at, titled = self.tokens, 0, ""
        size = len(tokens)
        while at < size:
            token = tokens[at]
            if tokens.taken(at) or not (token.capital or token.stem in STARTERS):
                titled, at = "", at + 1
                continue
            width = tokens.longest(at, TITLES)
            if width and not self._is_name_after_all(at, width) and tokens.longest(at, ORG_HEADS) <= width:
                titled, at = tokens.phrase(at, width), at + width
                continue
            after = self._language(at) or self._place(at) or self._body(at, titled)
            if after is None:
                after, titled = self._run(at, titled), ""
            at = after or at + 1
            if not tokens.near(at):
                titled = ""
        return self.found

    def _is_name_after_all(self, at: int, width: int) -> bool:
        """A capital "Anh" or "Tân" amid a sentence is a country or part of a name: titles are written small there."""
        token = self.tokens[at]
        return width == 1 and token.capital and not token.opens and not token.text.isupper() and syllabic(token.low)

    def _language(self, at: int) -> int | None:
        """ "tiếng Anh", "tiếng Tây Ban Nha"."""
        tokens = self.tokens
        if not (tokens.capital(at) and tokens.near(at) and tokens[at - 1].low == "tiếng"):
            return None
        return self._add(at - 1, tokens.known_place(at) or at + 1, "name", "other")

    def _place(self, at: int) -> int | None:
        """ "quận Bình Thạnh", "quận 1", "TP HCM", "sông Lam"; and the well-known places."""
        tokens = self.tokens
        known = tokens.known_place(at)
        width = tokens.longest(at, PLACE_HEADS)
        if width and not (known and known > at + width):
            after = self._headed_place(at, width)
            if after:
                return after
        if known is None or (tokens[at].opens and tokens.longest(at, TITLES)):
            return None
        if known == at + 1 and tokens[at].low in FAMILY_NAMES and tokens.near(known) and tokens.capital(known):
            return None  # "Hà" and "Anh" also begin persons' names
        return self._add(at, known, "place", "")

    def _headed_place(self, at: int, width: int) -> int | None:
        tokens, name = self.tokens, at + width
        head = tokens.phrase(at, width)
        if not tokens.near(name):
            return None
        digits = tokens[name].low
        if head in _NUMBERED and digits.isdecimal() and len(digits) <= 3:
            return self._add(at, name + 1, "place", head, value=f"{head} {digits}")
        if not tokens.capital(name):
            return None
        if head in ("châu", "miền"):
            return self._add(at, tokens.known_place(name) or name + 1, "place", "")
        if tokens[at].capital and not tokens[at].opens and head in FAMILY_NAMES:
            return None  # "Hồ Văn An"
        return self._add(name, tokens.known_place(name) or tokens.capital_run(name, most=5), "place", head)

    def _body(self, at: int, titled: str) -> int | None:
        body = read_body(self.tokens, at, titled)
        if body is None:
            return None
        end, unit = body
        return self._add(at, end, "name", unit) if unit else end

    def _run(self, at: int, titled: str) -> int | None:
        """A run of capitals that starts here; the place to go on from, None where it is no name."""
        tokens, token = self.tokens, self.tokens[at]
        if not token.capital:
            return None
        end = tokens.capital_run(at)
        if tokens.near(end) and not tokens[end].capital and tokens.pair(end - 1):
            if end == at + 1:
                return end + 1  # "Tài chính", "Dự án": a common word written with a capital
            end -= 1
        if end == at + 1 and not titled and self._begins_a_word(at):
            return end
        if token.opens and not titled:
            if token.low in COMMON_FIRST and not token.shouted and not self._opens_as_person(at, end):
                return at + 1
            if end == at + 1 and self._plain_opening(at):
                return end
        for place in range(at + 1, end):
            if (tokens[place].shouted and tokens.longest(place, ORG_HEADS)) or self._name_begins(at, place, end):
                end = place  # "Toán UBND tỉnh …", "Olympia Nguyễn Văn An"
                break
        kind, unit = self._class(at, end, titled)
        return self._add(at, end, kind, unit)

    def _begins_a_word(self, at: int) -> bool:
        """Whether a lone capital is the first syllable of some word ("về Bảo tồn"), not a name ("rằng Bảo đã")."""
        tokens, token = self.tokens, self.tokens[at]
        if (
            not (tokens.near(at + 1) and syllabic(token.low))
            or len(token.low) == 1
            or (len(token.text) > 2 and token.shouted)
        ):
            return False
        follows = tokens[at + 1].low
        if not follows[0].isalpha() or follows in _SMALL_WORDS or token.low in PLACES or tokens.longest(at + 1, SPEECH):
            return False
        before = tokens[at - 1].low if at else ","
        loose = not before[0].isalpha() or before in _CONNECTIVES
        return not loose or token.low in COMMON_FIRST

    def _opens_as_person(self, at: int, end: int) -> bool:
        """Whether a common first word begins a person's name: "Thanh Nga", "Lý Văn An"."""
        parts = self.tokens.all[at:end]
        if not all(syllabic(token.low) for token in parts):
            return False
        return (len(parts) == 2 and parts[0].low in NAME_LIKE) or (len(parts) >= 3 and parts[0].low in FAMILY_NAMES)

    def _name_begins(self, at: int, place: int, end: int) -> bool:
        """Whether a whole Vietnamese name follows something foreign in the run."""
        tokens = self.tokens
        foreign = not any(syllabic(token.low) for token in tokens.all[at:place])
        whole = all(syllabic(token.low) for token in tokens.all[place:end])
        return foreign and whole and 3 <= end - place <= 5 and tokens[place].low in FAMILY_NAMES

    def _plain_opening(self, at: int) -> bool:
        """A lone Vietnamese syllable that opens a sentence is a name only if the sentence shows it."""
        token = self.tokens[at]
        if not syllabic(token.low) or token.shouted or self.tokens.longest(at + 1, SPEECH):
            return False
        return not any(t.text == token.text and not t.opens for t in self.tokens.all)

    def _class(self, at: int, end: int, titled: str) -> tuple[Kind, str]:
        tokens, parts = self.tokens, self.tokens.all[at:end]
        said = " ".join(token.low for token in parts)
        vietnamese = all(syllabic(token.low) for token in parts)
        if any(token.low in _ORG_TAILS for token in parts):
            return "name", "organisation"
        if titled and (len(parts) > 1 or vietnamese or titled not in WEAK_TITLES) and said != "việt":
            return "name", "person"
        if said in PLACES or (vietnamese and tokens.near(at) and tokens[at - 1].low.isdecimal()):
            return "place", ""  # "177 Lê Thánh Tôn"
        if self._is_person(at, end, vietnamese):
            return "name", "person"
        before = [token.low for token in tokens.all[max(0, at - 2) : at]]
        hinted = bool(before) and (before[-1] in PLACE_HINTS or " ".join(before) in PLACE_HINTS)
        acronym = len(parts) == 1 and parts[0].text.isupper()
        if hinted and not acronym and not any(c.isdigit() for c in said):
            return "place", ""
        return "name", "other"

    def _is_person(self, at: int, end: int, vietnamese: bool) -> bool:
        tokens, size = self.tokens, end - at
        if vietnamese and 2 <= size <= 5 and tokens[at].low in FAMILY_NAMES:
            return True
        if tokens.longest(end, SPEECH) and (size > 1 or (vietnamese and tokens[at].opens)):
            return True
        return self._described(end) or bool(_AGE_AFTER.match(tokens.text.low, tokens[end - 1].end))

    def _described(self, end: int) -> bool:
        """Whether ", giám đốc …" or "(sinh viên …)" follows."""
        tokens = self.tokens
        if end + 1 >= len(tokens) or tokens[end].text not in (",", "(", "-", "–"):
            return False
        width = tokens.longest(end + 1, TITLES)
        return bool(width) and tokens.phrase(end + 1, width) not in PRONOUNS

    def _add(self, at: int, end: int, kind: Kind, unit: str, value: str = "") -> int:
        first, last = self.tokens[at], self.tokens[end - 1]
        said = self.tokens.text.text[first.start : last.end]
        name = value or canonical(" ".join(said.split()))
        self.found.append(Fact(kind, first.start, last.end, said, name, unit))
        return end
