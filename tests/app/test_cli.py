"""`hoitin` as people run it: words and settings that are off, a port in use, an export cut short."""

from __future__ import annotations

import socket
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

from app import commands
from tests.app.terminal import HOITIN, Terminal
from tests.app.two_articles import BRIDGE, archived, copied


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


# ---- questions and words that are off


def test_a_question_of_spaces_is_bad_usage(filled: Terminal) -> None:
    ran = filled.run("ask", " \u00a0\t ")
    assert ran.code == 2
    assert ran.line == 'hoitin ask: the question is empty; wanted a sentence. Mend: hoitin ask "Ai …?"'


def test_a_question_of_twenty_thousand_characters_is_bad_usage(filled: Terminal) -> None:
    ran = filled.run("ask", "cầu " * 5_000)
    assert ran.code == 2
    assert "the question has 19,999 characters, wanted at most 2,000. Mend: " in ran.line


@pytest.mark.parametrize(
    ("words", "part"),
    [
        (["ask", "Cầu nào?", "--since", "hôm qua"], "--since: found 'hôm qua', wanted a day. Mend: --since 2026-10-31"),
        (["ask", "Cầu nào?", "--until", "2026-02-30"], "--until: found '2026-02-30', wanted a day"),
        (
            ["ask", "Cầu nào?", "--now", "sáng nay"],
            "--now: found 'sáng nay', wanted an ISO 8601 moment. Mend: --now 2026",
        ),
        (
            ["ask", "Cầu nào?", "--history", "khong-co.json"],
            "--history khong-co.json: No such file or directory; wanted [",
        ),
        (["ask", "Cầu nào?", "--history", "in.jsonl"], "Mend: correct the file"),
    ],
)
def test_a_word_that_is_off_is_named_with_one_that_works(filled: Terminal, words: Sequence[str], part: str) -> None:
    ran = filled.run(*words)
    assert ran.code == 2
    assert part in ran.line


@pytest.mark.parametrize(
    ("name", "value", "wanted"),
    [
        ("HOITIN_PORT", "tám nghìn", "wanted a whole number from 0 to 65535. Mend: unset HOITIN_PORT"),
        ("HOITIN_PORT", "70000", "wanted a whole number from 0 to 65535. Mend: unset HOITIN_PORT"),
        ("HOITIN_THREADS", "-1", "wanted a whole number from 0 to 1024. Mend: unset HOITIN_THREADS"),
        ("HOITIN_ENGINE", "cuda", "wanted 'auto' or 'torch'. Mend: unset HOITIN_ENGINE"),
    ],
)
def test_a_setting_that_is_off_is_named(filled: Terminal, name: str, value: str, wanted: str) -> None:
    ran = filled.run("status", **{name: value})
    assert ran.code == 2
    assert f"{name}: found {value!r}, {wanted}" in ran.line


@pytest.mark.parametrize(
    "words", [[], ["hoi"], ["ask"], ["ingest"], ["serve", "--port", "99999"], ["serve", "--port", "-1"]]
)
def test_bad_usage_ends_with_two_and_the_usage_line(terminal: Terminal, words: Sequence[str]) -> None:
    ran = terminal.run(*words)
    assert ran.code == 2
    assert ran.err.startswith("usage: hoitin")


def test_help_names_every_command_and_every_setting(terminal: Terminal) -> None:
    ran = terminal.run("--help")
    assert ran.code == 0
    for command in ("ingest", "ask", "serve", "export", "status", "sync", "reindex", "verify"):
        assert f"\n    {command} " in ran.out
        assert getattr(commands, command)
    for name in ("HOME", "MODEL", "CACHE", "CHROMA", "ENGINE", "THREADS", "HOST", "PORT"):
        assert f"HOITIN_{name}" in ran.out


# ---- serving and writing out


def test_a_port_in_use_is_refused_before_anything_slow(filled: Terminal) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        ran = filled.run("serve", "--port", str(port))
    assert ran.code == 1
    assert f"port {port} on 127.0.0.1: in use, wanted a free one" in ran.line
    assert "Mend: hoitin serve --port " in ran.line


def test_an_export_into_a_folder_that_is_not_there_is_refused(filled: Terminal) -> None:
    ran = filled.run("export", "--json", "khong/co/kho.jsonl")
    assert ran.code == 1
    assert (
        "khong/co/kho.jsonl: No such file or directory, wanted a file to write. Mend: hoitin export --json" in ran.line
    )


def test_a_reader_that_goes_away_ends_an_export_quietly(filled: Terminal) -> None:
    long = f"{BRIDGE['body']} " * 40
    filled.write(
        "nhieu.jsonl",
        *({**BRIDGE, "id": f"c{n}", "url": f"https://bao.example/c{n}.html", "body": f"{n} {long}"} for n in range(30)),
    )
    assert filled.run("ingest", "nhieu.jsonl", "--no-index").code == 0
    piped = subprocess.run(
        ["bash", "-c", 'set -o pipefail; "$0" export | head -c 100', HOITIN],
        cwd=filled.folder, env=filled.environment(), capture_output=True, text=True, encoding="utf-8",
    )  # fmt: skip
    assert (piped.returncode, piped.stderr) == (0, "")


def test_vietnamese_leaves_as_utf8_whatever_the_locale_says(filled: Terminal) -> None:
    plain = filled.run("export").out
    assert filled.run("export", LC_ALL="C", PYTHONIOENCODING="latin-1").out == plain
