"""ALCE's citation recall and precision by words, on answers of two lines."""

from __future__ import annotations

from eval.metrics.support import Statement, marker_precision, marker_recall, statements, supported

QUOTES = {1: "Sáng 3/4, xã Hòa An ngập sâu.", 2: "Mưa 120 mm trong đêm 2/4."}


def test_each_line_is_parted_at_its_markers_and_asides_are_left_out() -> None:
    text = "“Sáng 3/4, xã Hòa An ngập sâu.” [1] (theo Báo Lúa, 03/04/2031)\n“Mưa 120 mm” [2] Hết mưa."
    assert statements(text) == [
        Statement("“Sáng 3/4, xã Hòa An ngập sâu.”", (1,)), Statement("“Mưa 120 mm”", (2,)), Statement("Hết mưa.", ()),
    ]  # fmt: skip


def test_a_quotation_within_a_quotation_is_one_stretch() -> None:
    assert supported("Ông nói: “Đội “Cá Chuồn” thắng”", ["Tối qua, đội “Cá Chuồn” thắng."])
    assert not supported("“Đội “Cá Chuồn” thua”", ["Tối qua, đội “Cá Chuồn” thắng."])


def test_a_quotation_over_two_paragraphs_is_one_statement() -> None:
    text = "“Sáng 3/4, xã Hòa An ngập sâu.\nNước rút vào buổi chiều.” [1] (theo Báo Lúa)\n“Mưa 120 mm” [2]"
    quotes = {**QUOTES, 1: "Sáng 3/4, xã Hòa An ngập sâu.\nNước rút vào buổi chiều."}
    assert [statement.markers for statement in statements(text)] == [(1,), (2,)]
    assert marker_recall(text, quotes) == 1


def test_a_written_statement_needs_every_number_and_most_of_its_words() -> None:
    assert supported("Xã Hòa An bị ngập sâu sáng 3/4", [QUOTES[1]])  # 8 of 9 words, both numbers
    assert not supported("Xã Hòa An ngập sâu sáng 4/4", [QUOTES[1]])
    assert not supported("Nhiều người dân phải rời nhà ở xã Hòa An", [QUOTES[1]])  # 3 of 10 words


def test_swapped_markers_support_nothing() -> None:
    right, wrong = "“xã Hòa An ngập sâu” [1]\n“Mưa 120 mm” [2]", "“xã Hòa An ngập sâu” [2]\n“Mưa 120 mm” [1]"
    assert (marker_recall(right, QUOTES), marker_precision(right, QUOTES)) == (1, 1)
    assert (marker_recall(wrong, QUOTES), marker_precision(wrong, QUOTES)) == (0, 0)


def test_a_statement_without_a_marker_or_with_one_that_names_nothing_is_unsupported() -> None:
    assert marker_recall("“xã Hòa An ngập sâu” [1]\nAi cũng lo.", QUOTES) == 0.5
    assert (marker_recall("“xã Hòa An ngập sâu” [7]", QUOTES), marker_precision("“xã Hòa An” [7]", QUOTES)) == (0, 0)
    assert (marker_recall("", QUOTES), marker_precision("Mưa.", QUOTES)) == (None, None)


def test_two_markers_that_only_together_support_are_both_needed() -> None:
    text = "Xã Hòa An ngập sâu sáng 3/4, mưa 120 mm trong đêm 2/4 [1][2]"
    assert (marker_recall(text, QUOTES), marker_precision(text, QUOTES)) == (1, 1)
    assert marker_precision("“xã Hòa An ngập sâu” [1][2]", QUOTES) == 0.5
