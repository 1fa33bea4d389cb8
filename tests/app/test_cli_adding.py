"""`hoitin ingest`, `export` and `stats` as people run them: what goes in, what comes out, what is refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.app.terminal import Terminal
from tests.app.two_articles import BRIDGE, MARKET, archived, copied


@pytest.fixture
def terminal(tmp_path: Path) -> Terminal:
    return Terminal(tmp_path, tmp_path / "home")


@pytest.fixture(scope="module")
def archived_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return archived(tmp_path_factory.mktemp("archived"))


@pytest.fixture
def filled(terminal: Terminal, archived_once: Path) -> Terminal:
    """A home with the two articles, not indexed, and the file that they came from."""
    return copied(archived_once, terminal)


def test_articles_go_in_once_and_come_out_as_one_line_each(filled: Terminal) -> None:
    again = filled.run("ingest", "in.jsonl", "--no-index", "--json").json()
    assert (again["accepted"], again["unchanged"], again["rejected"]) == (0, 2, [])
    exported = [json.loads(line) for line in filled.run("export").out.splitlines()]
    assert [a["id"] for a in exported] == ["cau-1", "cho-1"]
    assert exported[0]["published"] == "2026-07-11T09:00:00+07:00"
    assert exported[0]["text"].endswith("cầu dài 1.240 m và có bốn làn xe.")


def test_a_corrected_article_is_a_new_version_and_the_old_one_is_not_exported(filled: Terminal) -> None:
    filled.write("sua.jsonl", {**BRIDGE, "body": BRIDGE["body"].replace("1.240", "1.420")})
    assert filled.run("ingest", "sua.jsonl", "--no-index", "--json").json()["updated"] == 1
    (bridge,) = [a for a in map(json.loads, filled.run("export").out.splitlines()) if a["id"] == "cau-1"]
    assert bridge["version"] == 2
    assert "1.420" in bridge["text"]
    assert "1.240" not in bridge["text"]


def test_articles_come_in_through_stdin(terminal: Terminal) -> None:
    ran = terminal.run("ingest", "-", "--no-index", stdin=json.dumps(BRIDGE, ensure_ascii=False))
    assert ran.code == 0
    assert terminal.archived() == ["cau-1"]


def test_a_file_that_is_not_there_is_named_with_what_could_be_read_instead(filled: Terminal) -> None:
    ran = filled.run("ingest", "khong-co.jsonl", "--no-index")
    assert ran.code == 1
    for part in (
        "hoitin ingest: khong-co.jsonl: no such file",
        "wanted .jsonl",
        "Mend: check the name",
        str(filled.folder),
    ):
        assert part in ran.line
    assert filled.archived() == ["cau-1", "cho-1"]


@pytest.mark.parametrize("name", ["rong.jsonl", "rong.txt", "rong.html", "rong.json"])
def test_an_empty_file_is_refused_and_the_files_beside_it_go_in(terminal: Terminal, name: str) -> None:
    terminal.write(name)
    terminal.write("in.jsonl", BRIDGE)
    ran = terminal.run("ingest", name, "in.jsonl", "--no-index", "--json")
    assert ran.json()["accepted"] == 1
    assert [r["source"] for r in ran.json()["rejected"]] == [name]
    assert terminal.archived() == ["cau-1"]
    if ran.code:
        assert f"{name}: found nothing in it, wanted" in ran.line
        assert "Mend: " in ran.line


def test_a_broken_line_is_reported_with_its_number_and_the_others_go_in(terminal: Terminal) -> None:
    terminal.write("in.jsonl", BRIDGE, '{"id": "hong", "title": "Đứt giữa ch', MARKET)
    ran = terminal.run("ingest", "in.jsonl", "--no-index", "--json")
    assert ran.code == 0
    assert ran.json()["accepted"] == 2
    (rejected,) = ran.json()["rejected"]
    assert rejected["source"] == "in.jsonl:2"
    assert "JSON" in rejected["detail"]
    assert terminal.archived() == ["cau-1", "cho-1"]


def test_a_broken_line_is_shown_to_a_person_too(terminal: Terminal) -> None:
    terminal.write("in.jsonl", "không phải JSON", MARKET)
    out = terminal.run("ingest", "in.jsonl", "--no-index").out
    assert out.startswith("1 accepted, 0 updated, 0 unchanged, 0 duplicate, 1 rejected")
    assert "rejected in.jsonl:1: " in out


def test_a_run_of_which_nothing_could_be_kept_fails_and_says_so_in_one_line(terminal: Terminal) -> None:
    undated = {**BRIDGE, "published": "2999-07-11"} | {"url": ""}
    terminal.write("in.jsonl", undated, {**undated, "id": "cau-2", "title": ""})
    ran = terminal.run("ingest", "in.jsonl", "--no-index")
    assert ran.code == 1
    assert ran.line == (
        "hoitin ingest: all 2 items found were refused (no_date 1, no_title 1), wanted at least one article. "
        "Mend: hoitin ingest --allow-undated SOURCE"
    )
    assert "in.jsonl:1: no_date: Its time of publication, “2999-07-11”, lies in the future; one like" in ran.out
    terminal.write("cau.jsonl", BRIDGE, undated)
    assert terminal.run("ingest", "cau.jsonl", "--no-index").code == 0


def test_a_source_that_cannot_be_read_is_told_once(terminal: Terminal) -> None:
    ran = terminal.run("ingest", "khong-co.jsonl", "--no-index")
    assert (ran.out + ran.err).count("khong-co.jsonl") == 1


def test_an_outlet_that_the_archive_does_not_know_is_refused_with_the_nearest(filled: Terminal) -> None:
    ran = filled.run("ask", "Cầu nào?", "--source", "Bao Vi Du 2")
    assert ran.code == 2
    assert ran.line == (
        "hoitin ask: --source 'Bao Vi Du 2': no archived article is of this outlet, wanted one of the archive's own "
        "(Báo Ví Dụ; hoitin status lists them). Mend: hoitin ask … --source 'Báo Ví Dụ'"
    )
