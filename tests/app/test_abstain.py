"""Is the answer in the archive? Features counted by hand, and a score that tells three plain cases apart."""

from __future__ import annotations

import math
from dataclasses import astuple, replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.abstain import (
    DENIED,
    NONE_ANSWERS,
    THRESHOLD,
    UNFIT_SILENCE,
    UNREAD,
    UNTOLD,
    Features,
    abstain_score,
    features,
    named_runs,
)
from app.asked import read_question
from app.choose import Weights
from app.strangers import stranger
from index.passage import Hit
from index.reader import Reading
from tests.app.found import day, even, hit, ranked

LENGTH = "Cầu Sương Mai dài bao nhiêu mét?"
BRIDGE = "Cầu Sương Mai bắc qua sông Sương. Cầu dài 486 m."

KNOWN = Features(
    local=0.9, about=1.0, focus=0.9, fit=1.0, near=0.6, fitnear=0.6, score=2.9, behind=0.0, article=1.0, focused=1.0,
    pairs=0.8, names=1.0, cosine=0.83, lexical=0.7, told=1.0, beside=1.0, clause=1.0, asks=1.0, got=3.0, missed=0.0,
    named=1.0, namednear=1.0, joint=0.9,
)  # fmt: skip
ELSEWHERE = Features(
    local=0.15, about=0.3, focus=0.1, fit=0.5, near=0.1, fitnear=0.05, score=0.8, behind=0.2, article=0.35, focused=0.3,
    pairs=0.1, names=0.0, cosine=0.57, lexical=0.15, told=0.0, beside=0.0, clause=0.0, asks=1.0, got=0.0, missed=2.0,
    named=0.0, namednear=0.0, joint=0.05,
)  # fmt: skip


def counted(question: str, *hits: Hit, article: str | None = None, weights: Weights | None = None) -> Features:
    read = article if article is not None else f"{hits[0].passage.title}\n{hits[0].passage.text}"
    weights = weights or even(question)
    asked, found = read_question(question), ranked(question, *hits)
    return features(asked, question, weights, found, hits, read, stranger(question, read))


def test_what_the_best_sentence_and_its_article_hold_is_counted() -> None:
    found = counted(LENGTH, hit(BRIDGE))
    # Best: "Cầu dài 486 m." holds cầu and dài of five words; sương and mai stand beside it; nobody says mét.
    assert found.about == pytest.approx(4 / 5)
    assert found.article == pytest.approx(4 / 5)
    assert found.pairs == pytest.approx(2 / 5), "cầu_sương and sương_mai of five pairs"
    assert found.names == 1.0
    assert found.fit == 1.0, "486 m is a length"


def test_the_whole_article_counts_not_only_the_passages_found() -> None:
    assert counted(LENGTH, hit(BRIDGE), article=f"{BRIDGE} Mỗi mét cầu nặng 2 tấn.").article == 1.0


def test_the_words_beside_the_question_word_are_counted_apart() -> None:
    question = "Giá vé của cáp treo Yên Ngựa là bao nhiêu?"
    silent = counted(question, hit("Cáp treo Yên Ngựa chạy từ sáng, mất 12 phút."))
    told = counted(question, hit("Giá vé 150.000 đồng. Khách đến đông."))
    assert silent.article > told.article
    assert silent.focused < told.focused


def test_the_name_of_which_least_is_held_counts() -> None:
    assert counted("Cầu Sương Mai do Bá Tòng xây năm nào?", hit(BRIDGE)).names == 0.0
    assert counted("Cầu dài bao nhiêu?", hit(BRIDGE)).names == 1.0, "a question without names misses none"
    assert named_runs("Ai dẫn đội Neo Vàng, Báo Khê năm 2015?") == [["neo", "vàng"], ["báo", "khê"], ["2015"]]


def test_the_nearest_hit_gives_the_cosine_and_the_first_the_word_share() -> None:
    first, second = hit(BRIDGE, dense=0.8, lexical=0.4), hit("Khác.", docid="b", rank=2, dense=0.95, lexical=0.9)
    found = counted(LENGTH, first, second)
    assert (found.cosine, found.lexical) == (0.95, 0.4)
    unseen = counted(LENGTH, hit(BRIDGE, dense=None, lexical=None))
    assert (unseen.cosine, unseen.lexical) == (0.0, 0.0)


@pytest.mark.parametrize("question", ["Cầu Sương Mai thông xe chưa?", "Cầu Sương Mai ra sao?"])
def test_a_question_that_any_sentence_may_answer_is_neither_helped_nor_hindered_by_fit(question: str) -> None:
    assert counted(question, hit(BRIDGE)).fit == 0.5


def test_a_question_without_words_misses_nothing_and_finds_nothing() -> None:
    found = counted("?", hit(BRIDGE), weights=Weights({}, {}))
    assert (found.article, found.pairs, found.names) == (1.0, 1.0, 1.0)
    assert found.about == 0.0


def test_diacritics_are_left_out_of_account_when_the_question_has_none() -> None:
    question = "cau suong mai dai bao nhieu met"
    plain, best = even(question, plain=True), ranked(question, hit(BRIDGE), plain=True)
    assert features(read_question(question), question, plain, best, [hit(BRIDGE)], BRIDGE).article == pytest.approx(0.8)


@pytest.mark.parametrize(
    ("question", "said", "ruled"),
    [
        ("Giá vé tàu Sao Khuê là bao nhiêu?", "Tàu Sao Khuê chạy từ tháng 9. Ban quản lý chưa công bố giá vé.", DENIED),
        ("Giá vé tàu Sao Khuê là bao nhiêu?", "Tàu Sao Khuê chạy từ tháng 9. Giá vé 8.000 đồng.", 0.0),
        ("Kho Tre Vàng bán hàng giả từ khi nào?", "Thanh tra kết luận Kho Tre Vàng không bán hàng giả.", DENIED),
        ("Kho Tre Vàng có bán hàng giả không?", "Thanh tra kết luận Kho Tre Vàng không bán hàng giả.", 0.0),
        ("Nghệ sĩ Cù Thị Mây qua đời vì sao?", "Tin giả “nghệ sĩ Cù Thị Mây qua đời” lan truyền.", DENIED),
        ("Xưởng dệt Mây Trắng có vốn bao nhiêu?", "Xưởng dệt Mây Trắng dệt 45.000 m2 vải một ngày.", DENIED),
        ("Xưởng dệt Mây Trắng có vốn bao nhiêu?", "Xưởng dệt Mây Trắng, vốn 45 tỷ, mở tháng trước.", 0.0),
        ("Bà Cù Thị Mây bao nhiêu tuổi?", "Bà Cù Thị Mây lập hai đội và 12 nhóm.", DENIED),
        ("Đường sắt Lam Sương có bao nhiêu ga?", "Đường sắt Lam Sương qua 11 xã.", UNTOLD),
        ("Đường sắt Lam Sương có bao nhiêu ga?", "Đường sắt Lam Sương qua 11 ga.", 0.0),
        ("Vì sao đội Neo Vàng thua đội Lúa Xanh?", "Đội Neo Vàng thắng đội Lúa Xanh nhờ hàng thủ.", DENIED),
        ("Vì sao đội Neo Vàng thua đội Lúa Xanh?", "Đội Neo Vàng thua đội Lúa Xanh vì hàng thủ.", 0.0),
        ("Đội Neo Vàng có thua đội Lúa Xanh không?", "Đội Neo Vàng thắng đội Lúa Xanh nhờ hàng thủ.", 0.0),
        ("Bà Cù Thị Mây dạy ở Bắc Khê từ năm nào?", "Bà Cù Thị Mây dạy ở Lam Sương từ năm 2015.", DENIED),
        ("Cảng hàng không Lam Sương mở năm nào?", "Cảng hàng không Lam Sương mở năm 2015.", 0.0),
        ("Giá vé trận chung kết giải Lúa Vàng là bao nhiêu?", "Vé trận bán kết giải Lúa Vàng giá 40.000 đồng.", DENIED),
        ("Giá vé trận chung kết giải Lúa Vàng là bao nhiêu?", "Vé trận chung kết giải Lúa Vàng giá 90.000 đồng.", 0.0),
        ("Giá gạo ở chợ Mây bao nhiêu?", "Giá rau ở chợ Mây 9.000 đồng.", DENIED),
        ("Giá gạo ở chợ Mây bao nhiêu?", "Gạo tẻ ở chợ Mây bán 19.000 đồng.", 0.0),
        ("Lào có bao nhiêu sinh viên ở Lam Sương?", "Nhật Bản có 915 sinh viên ở Lam Sương. Lào cũng gửi người.", 0.0),
        (
            "Lào có bao nhiêu sinh viên ở Lam Sương?",
            "Nhật Bản có 915 sinh viên ở Lam Sương. Họ về. Họ vui. Lào thì chưa.",
            DENIED,
        ),
        ("Bà Mây làm cho công ty nào?", "Bà Mây làm cho công ty Sao Khuê, điều chưa công ty nào ngờ.", 0.0),
        ("Chợ Mây mở cửa lại khi nào?", "Chợ Mây không mở cửa trong mưa, có thể mở lại ngày 8/3.", 0.0),
        ("Chợ Mây mở cửa khi nào?", "Chợ Mây không mở cửa cho tới ngày 8/3.", 0.0),
        ("Chợ Mây mở cửa khi nào?", "Chợ Mây không mở cửa.", DENIED),
        ("Học phí Đại học Lam Sương là bao nhiêu?", "Đại học Lam Sương được tặng 20 tỷ đồng.", UNTOLD),
        ("Bệnh viện Lam Sương có bao nhiêu nhân viên?", "Bệnh viện Lam Sương động viên nhân viên.", UNTOLD),
        ("Bệnh viện Lam Sương có bao nhiêu nhân viên?", "Bệnh viện Lam Sương có 214 nhân viên.", 0.0),
        ("Lúa Xanh có bao nhiêu cổ đông?", "Cổ đông Lúa Xanh chia nhau 147 tỷ đồng.", UNTOLD),
        ("Lúa Xanh có bao nhiêu cổ đông?", "Lúa Xanh có 147 cổ đông.", 0.0),
        ("Vì sao Đại học Lam Sương đứng đầu bảng?", "Đại học Bắc Khê đứng đầu bảng nhờ Đại học Lam Sương.", DENIED),
        ("Quê của bà Cù Thị Mây ở đâu?", "Bà Cù Thị Mây dạy hò tại Lam Sương.", UNTOLD),
    ],
)
def test_a_rule_tells_the_trees_what_it_sees(question: str, said: str, ruled: float) -> None:
    assert counted(question, hit(said)).ruled == ruled


def test_an_article_that_shares_all_but_what_is_asked_tells_nothing_of_it() -> None:
    wedded = "Ông Lê Bá Tòng lập đội Neo Vàng. Ông kết hôn năm 2012, vợ là bà Cù Thị Mây."
    single = "Ông Lê Bá Tòng lập đội Neo Vàng cùng bà Cù Thị Mây năm 2012."
    question = "Vợ của ông Lê Bá Tòng là ai?"
    there, silent = counted(question, hit(wedded)), counted(question, hit(single))
    assert (there.told, there.asks, there.missed) == (1.0, 1.0, 0.0)
    assert (silent.told, silent.asks, silent.got) == (0.0, 1.0, 0.0)
    assert there.named == silent.named == 1.0
    assert there.joint > silent.joint


def test_a_relation_told_far_from_the_answer_is_told_by_the_article_only() -> None:
    article = "Đội có 12 người. " * 3 + "Ông Lê Bá Tòng dẫn đội Neo Vàng. " + "Đội có 12 người. " * 3 + "Thu nhập thấp."
    found = counted("Ông Lê Bá Tòng dẫn đội Neo Vàng lương bao nhiêu?", hit(article))
    assert (found.told, found.beside) == (1.0, 0.0)


# ---- the score


def test_what_is_plainly_there_is_answered_and_what_is_plainly_not_is_not() -> None:
    assert abstain_score(KNOWN) < THRESHOLD < abstain_score(ELSEWHERE)


def test_what_an_article_about_it_denies_is_not_answered() -> None:
    assert abstain_score(replace(KNOWN, floor=DENIED)) == DENIED > THRESHOLD


def test_what_a_rule_sees_and_what_a_reader_misses_raise_the_doubt() -> None:
    sure = abstain_score(KNOWN)
    assert sure < abstain_score(replace(KNOWN, ruled=UNTOLD))
    assert sure < abstain_score(replace(KNOWN, answers=-4.0))
    assert abstain_score(replace(KNOWN, answers=3.0)) < sure


def log_odds(chance: float) -> float:
    return math.log(chance / (1 - chance))


def test_where_all_that_was_read_answers_nothing_news_is_doubted_more_and_most_without_a_fit() -> None:
    heard = abstain_score(replace(KNOWN, most=NONE_ANSWERS))
    silent = abstain_score(replace(KNOWN, most=NONE_ANSWERS - 0.1))
    assert heard == abstain_score(KNOWN) < silent
    unfit, unfit_and_silent = (abstain_score(replace(KNOWN, fit=0.3, most=m)) for m in (0.0, NONE_ANSWERS - 0.1))
    assert log_odds(unfit_and_silent) - log_odds(unfit) == pytest.approx(UNFIT_SILENCE)
    undated = replace(KNOWN, dated=0.0)
    assert abstain_score(replace(undated, most=-4.0)) == abstain_score(undated)


def test_the_likeliest_of_what_was_read_is_heard() -> None:
    nothing = np.zeros((0, 3), np.float32), np.zeros((0, 2), np.int64)
    read = [
        replace(c, read=Reading(0.0, said, *nothing))
        for c, said in zip(ranked(LENGTH, hit(BRIDGE)), (-4.0, -1.0), strict=False)
    ]
    found = features(read_question(LENGTH), LENGTH, even(LENGTH), read, [hit(BRIDGE)], BRIDGE)
    assert (found.answers, found.most) == (-4.0, -1.0)
    restored = replace(even(LENGTH), restored=True)
    assert features(read_question(LENGTH), LENGTH, restored, read, [hit(BRIDGE)], BRIDGE).most == UNREAD


def test_news_has_a_date_and_an_encyclopaedia_none() -> None:
    assert counted(LENGTH, hit(BRIDGE, published=day("2026-03-02"))).dated == 1.0
    assert counted(LENGTH, hit(BRIDGE)).dated == 0.0


def test_what_no_reader_read_tells_neither_way() -> None:
    assert counted(LENGTH, hit(BRIDGE)).answers == UNREAD


def test_an_english_question_is_judged_by_its_vector_and_its_names() -> None:
    near, far = (replace(ELSEWHERE, cosine=cosine) for cosine in (0.74, 0.49))
    assert abstain_score(near, english=True) < THRESHOLD < abstain_score(far, english=True)


@given(
    st.builds(Features, *[st.floats(0, 1)] * 6, st.floats(-4, 4), *[st.floats(0, 1)] * 5, st.floats(-1, 1),
        *[st.floats(0, 9)] * 10, *[st.floats(0, 1)] * 3, *[st.floats(-9, 9)] * 2),
    st.booleans(),
)  # fmt: skip
def test_any_features_have_a_score_between_never_and_always(found: Features, english: bool) -> None:
    assert len(astuple(found)) == 28
    assert 0 <= abstain_score(found, english=english) <= 1


@pytest.mark.parametrize(("question", "ruled"), [("Vì sao chợ bị ngập?", UNTOLD), ("Vì sao cầu bị đóng?", 0.0)])
def test_a_follow_up_none_of_whose_own_words_the_article_knows_is_about_something_else(
    question: str, ruled: float
) -> None:
    own = even(question)
    carried = Weights({"sương": 0.4, "mai": 0.4, **own.single}, own.pair)
    assert counted(question, hit(BRIDGE), weights=carried).ruled == ruled
