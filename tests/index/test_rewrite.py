"""Queries rewritten: quick spellings, telex, lost diacritics, abbreviations, numbers, merged provinces."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.restore import Frequency
from index.rewrite import MERGED, OTHER_WORDS, Rewritten, rarity, rewrite

# Passages of an invented archive that hold a syllable or a pair: one article about a bridge, one about a market.
WORDS = """
cầu sương mai dài mét thông xe đã đang được của bao giờ ai chợ đêm bến tre mở cửa bao nhiêu gian hàng show tour
cầu_sương sương_mai thông_xe bao_nhiêu chợ_đêm trường hợp trường_hợp không có người
""".split()
COUNTS = dict.fromkeys(WORDS, 5.0) | {"show": 3.0, "cậu": 2.0, "đại": 1.0, "mại": 1.0}


def counted(term: str) -> float:
    return COUNTS.get(term, 0.0)


def nothing(folded: dict[str, float]) -> list[tuple[str, float]]:
    raise AssertionError("a query with diacritics needs no first hits")


def none(folded: dict[str, float]) -> list[tuple[str, float]]:
    return []


def rewritten(text: str, frequency: Frequency = counted) -> Rewritten:
    return rewrite(text, frequency, first_hits=none)


def words_of(text: str) -> Mapping[str, float]:
    return rewritten(text).terms["words"]


# ---- what was typed


def test_a_query_with_diacritics_is_searched_as_it_is_with_its_pairs() -> None:
    found = rewrite("Cầu Sương Mai dài 1.240 m", counted, first_hits=nothing)
    assert found.text == "Cầu Sương Mai dài 1.240 m"
    assert found.restored is None
    assert found.terms == {
        "words": {
            "cầu": 1.0, "sương": 1.0, "mai": 1.0, "dài": 1.0, "1240": 1.0, "m": 1.0,
            "cầu_sương": 1.0, "sương_mai": 1.0, "mai_dài": 1.0, "dài_1240": 1.0, "1240_m": 1.0,
        }
    }  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("có bn người, mở cửa ntn?", "có bao nhiêu người, mở cửa như thế nào?"),
        ("chợ đêm ko mở à", "chợ đêm không mở à"),
        ("hqua ai đc bầu", "hôm qua ai được bầu"),
        ("Truowngf hợp", "Trường hợp"),
        ("cầu dduwowcj mở chưa", "cầu được mở chưa"),
        ("thuỷ lợi", "thủy lợi"),
    ],
)
def test_quick_spellings_and_telex_keys_are_carried_out(typed: str, meant: str) -> None:
    assert rewritten(typed).text == meant[0].upper() + meant[1:], "and its first letter, for the encoder"


@pytest.mark.parametrize("word", ["show", "Show", "tour", "SHOW"])
def test_a_word_that_the_archive_knows_as_typed_is_no_telex(word: str) -> None:
    assert rewritten(f"Cầu {word}").text == f"Cầu {word}"


@pytest.mark.parametrize(
    ("typed", "also"),
    [
        ("Lỗ 1,2 tỷ đồng", {"1200000000", "1200_triệu", "1200000_nghìn"}),
        ("Lỗ 1.200 triệu đồng", {"1200000000", "1,2_tỉ"}),
        ("Giá 300.000 đồng", {"300_nghìn"}),
        ("Có 7 triệu người", {"7000000", "7000_nghìn"}),
    ],
)
def test_a_number_is_also_looked_for_in_its_other_spellings(typed: str, also: set[str]) -> None:
    found = rewritten(typed)
    assert also <= found.terms["words"].keys()
    assert all(found.terms["words"][term] == OTHER_WORDS for term in also)
    assert {"_".join(other) for _own, other in found.others} >= also


def test_a_telex_word_that_would_give_an_unknown_syllable_stays() -> None:
    assert rewritten("cầu gas").text == "Cầu gas", "no passage holds 'gá'"


# ---- diacritics


def test_a_query_without_diacritics_gets_them_back_and_is_matched_both_ways() -> None:
    found = rewritten("cau Suong Mai dai bao nhieu met")
    assert found.text == "cầu Sương Mai dài bao nhiêu mét"
    assert found.restored is not None
    assert 0.5 < found.restored <= 1
    assert {"cầu", "cầu_sương", "mét"} <= set(found.terms["words"])
    assert {"cau", "cau_suong", "met"} <= set(found.terms["plain"])
    assert set(found.terms["plain"].values()) == {1.0}


def test_passages_that_match_without_diacritics_decide_between_spellings() -> None:
    """Of two spellings as frequent as each other, the one in the best passages is meant."""
    counts = {"má": 9.0, "mã": 9.0, "số": 9.0}
    asked: list[dict[str, float]] = []

    def passages(folded: dict[str, float]) -> Iterable[tuple[str, float]]:
        asked.append(folded)
        return [("Mã số thuế đổi.\nfile so-ma", 1.0), ("Má đi chợ.", 0.1)]

    found = rewrite("so ma", lambda term: counts.get(term, 0.0), first_hits=passages)
    assert found.text == "Số mã"
    assert asked == [{"so": 1.0, "ma": 1.0, "so_ma": 1.0}]


@pytest.mark.parametrize("text", ["Who leads Houston", "2026", "", "???"])
def test_english_numbers_and_nothing_are_not_given_diacritics(text: str) -> None:
    found = rewritten(text)
    assert found.text == text
    assert found.restored is None
    assert "plain" not in found.terms


def test_a_question_word_is_spelled_as_in_questions_although_articles_never_ask() -> None:
    """ "bão" stands in the archive and "bao nhiêu" never: a question still means "bao nhiêu"."""
    counts = {"bão": 30.0, "báo": 30.0, "nhiều": 40.0, "tiền": 5.0}
    assert rewritten("bao nhieu tien", lambda term: counts.get(term, 0.0)).text == "Bao nhiêu tiền"


# ---- other words for it


@pytest.mark.parametrize(
    ("text", "also"),
    [
        ("UBND xã họp", ["ủy_ban", "nhân_dân"]),
        ("ủy ban nhân dân họp", ["ubnd"]),
        ("TP.HCM mưa", ["thành_phố", "chí_minh", "sài_gòn"]),
        ("Sài Gòn mưa", ["tphcm", "tp_hcm", "hồ_chí"]),
        ("hlv đội Cá Chuồn", ["huấn_luyện", "luyện_viên"]),
        ("trí tuệ nhân tạo", ["ai"]),
        ("phạt 300.000 đồng", ["300_nghìn"]),
        ("vốn 1.200.000 đồng", ["1,2_triệu", "1200_nghìn"]),
        ("vốn 2000000000 đồng", ["2_tỉ", "2000_triệu"]),
    ],
)
def test_other_ways_of_saying_it_are_searched_too_at_less_weight(text: str, also: list[str]) -> None:
    found = words_of(text)
    assert {term: found.get(term) for term in also} == dict.fromkeys(also, OTHER_WORDS)


def test_an_old_province_finds_the_new_one_and_back_at_the_least_weight() -> None:
    assert words_of("lũ ở Hà Giang")["tuyên_quang"] == MERGED
    assert words_of("lũ ở Tuyên Quang")["hà_giang"] == MERGED
    assert MERGED < OTHER_WORDS < 1


def test_a_word_of_the_query_itself_keeps_its_full_weight() -> None:
    found = words_of("UBND là ủy ban nhân dân")
    assert found["ubnd"] == found["ủy"] == found["ủy_ban"] == 1.0


def test_the_question_word_ai_does_not_search_for_machines() -> None:
    assert set(words_of("Ai mở chợ đêm?")) == {"ai", "mở", "chợ", "đêm", "ai_mở", "mở_chợ", "chợ_đêm"}


def test_a_number_that_is_no_round_amount_has_no_other_spelling() -> None:
    assert set(words_of("1.234.567 đồng")) == {"1234567", "đồng", "1234567_đồng"}


# ---- rarity


def test_rarity_is_the_idf_of_bm25() -> None:
    assert rarity(1, 10) == pytest.approx(math.log(1 + 9.5 / 1.5))
    assert rarity(0, 10) == pytest.approx(math.log(1 + 10.5 / 0.5))
    assert rarity(10, 10) == pytest.approx(math.log(1 + 0.5 / 10.5))


def test_a_term_counted_more_often_than_there_are_passages_is_merely_the_commonest() -> None:
    """Deleted passages may still be counted."""
    assert rarity(12, 10) == rarity(10, 10) > 0


def test_the_rarer_the_term_the_more_it_weighs() -> None:
    weights = [rarity(count, 100) for count in range(101)]
    assert weights == sorted(weights, reverse=True)


@settings(max_examples=60)
@given(st.text(max_size=80) | st.text("caudohvngs mi0123456789.,đầủ ", max_size=60))
def test_any_text_is_rewritten_to_weighted_terms(text: str) -> None:
    found = rewritten(text)
    assert (found.restored is None) == ("plain" not in found.terms)
    for terms in found.terms.values():
        assert all(0 < weight <= 1 for weight in terms.values())
        assert all(term and not any(c.isspace() for c in term) for term in terms)
