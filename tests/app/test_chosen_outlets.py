"""Which archived outlets a person means by a name."""

from __future__ import annotations

import pytest

from app.chosen_outlets import UnknownOutlet, chosen_outlets

ARCHIVED = ["VnExpress", "Báo Hạ Lãm", "Tuổi Trẻ", "tin.example"]


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ("vnexpress", "VnExpress"),
        ("VNEXPRESS.net", "VnExpress"),
        ("https://kinhdoanh.vnexpress.net/", "VnExpress"),
        ("Hạ Lãm", "Báo Hạ Lãm"),
        ("bao ha lam", "Báo Hạ Lãm"),
        ("TTO", "Tuổi Trẻ"),
        ("https://www.tin.example/rss", "tin.example"),
    ],
)
def test_capitals_diacritics_short_names_and_hosts_lead_to_the_archives_own_spelling(given: str, meant: str) -> None:
    assert chosen_outlets([given, meant], ARCHIVED) == (meant,)


def test_a_name_that_is_in_no_archive_is_refused_with_those_most_alike() -> None:
    with pytest.raises(UnknownOutlet) as refused:
        chosen_outlets(["Tuổi Trẻ", "VnExprss"], ARCHIVED)
    assert (refused.value.name, refused.value.near) == ("VnExprss", ("VnExpress",))


@pytest.mark.parametrize("name", ["", "Báo", "%%%"])
def test_a_name_like_no_other_is_refused_with_the_outlets_that_have_most_articles(name: str) -> None:
    with pytest.raises(UnknownOutlet) as refused:
        chosen_outlets([name], ARCHIVED)
    assert refused.value.near == tuple(ARCHIVED)
