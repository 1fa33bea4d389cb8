"""A draft cut into claims: offsets, what is left out and why."""

from __future__ import annotations

from itertools import pairwise

import pytest

from app.check.claims import find_claims
from app.check.draft import MAX_DRAFT, check_draft, readable
from ingest.errors import UsageError

DRAFT = """Cầu Sương Mai thông xe

Sáng 12/3, cầu Sương Mai (tỉnh Lam Giang) được thông xe. Vì sao cầu chậm hai năm?
Tuy nhiên, câu chuyện chưa dừng lại ở đó. Theo tôi, đây là điều rất đáng mừng.
- Cầu dài 412 m.
• TP. Đông Mây góp 30 tỷ đồng; phần còn lại 1.170 tỷ đồng do ngân sách tỉnh Lam Giang và trung ương chi trả trong ba năm.
Năm | Vốn | Lãi
The mayor said that the bridge will be open to all of us.
"""


def test_every_claim_is_the_stretch_of_the_draft_that_its_offsets_name() -> None:
    claims = find_claims(DRAFT)
    assert all(DRAFT[c.start : c.end] == c.text for c in claims)
    assert all(a.end <= b.start for a, b in pairwise(claims))
    left = DRAFT
    for claim in reversed(claims):
        left = left[: claim.start] + left[claim.end :]
    assert left.translate(str.maketrans("", "", " \n-•")) == ""


def test_only_what_states_a_fact_is_to_be_checked() -> None:
    assert [(c.text.split()[0], c.why_not) for c in find_claims(DRAFT)] == [
        ("Cầu", ""),
        ("Sáng", ""),
        ("Vì", "question"),
        ("Tuy", "connective"),
        ("Theo", "opinion"),
        ("Cầu", ""),
        ("TP.", ""),
        ("Năm", "table"),
        ("The", "language"),
    ]


def test_a_long_sentence_is_cut_at_its_semicolon_and_a_short_one_is_not() -> None:
    long = DRAFT.splitlines()[5].removeprefix("• ").replace("phần còn lại", "phần lớn còn lại của cây cầu này")
    assert [c.text[-4:] for c in find_claims(long)] == ["ồng;", "năm."]
    assert len(find_claims("Cầu dài 412 m; rộng 12 m.")) == 1


def test_a_web_page_is_read_without_its_tags_at_the_same_places() -> None:
    page = "<p>Giá v&agrave;ng <b>tăng</b> 2%.</p><p>Bạc giảm 1%.</p><script>var a = 1 < 2;</script>"
    assert len(readable(page)) == len(page)
    gold, silver = find_claims(page)
    assert page[gold.start : gold.end] == gold.text == "Giá v&agrave;ng <b>tăng</b> 2%."
    assert silver.text == "Bạc giảm 1%."
    assert readable("5 < 7 và 9 > 3") == "5 < 7 và 9 > 3"


@pytest.mark.parametrize("draft", ["", "  \n\t"])
def test_an_empty_draft_is_refused_in_words(draft: str) -> None:
    with pytest.raises(UsageError, match="found no words") as refused:
        check_draft(draft)
    assert "dán" in refused.value.public


def test_a_draft_that_is_too_long_is_refused_with_its_length() -> None:
    with pytest.raises(UsageError, match=f"found {MAX_DRAFT + 1} characters, wanted at most {MAX_DRAFT}"):
        check_draft("a" * (MAX_DRAFT + 1))
    assert check_draft("a" * MAX_DRAFT)


def test_what_no_text_holds_is_replaced_at_its_place() -> None:
    assert check_draft("Giá\x00 tăng \ud800.") == "Giá\ufffd tăng \ufffd."
