"""What the pages promise is so: links lead somewhere, commands parse, settings are all named, the transcript repeats."""

from __future__ import annotations

import json
import re
import shlex
import struct
import subprocess
import tomllib
from collections.abc import Iterator
from dataclasses import MISSING, fields
from pathlib import Path

import pytest

from app import cli as app_cli
from app.settings import Settings
from eval import cli as eval_cli
from tests.app.terminal import Terminal

ROOT = Path(__file__).parents[1]
ROOMS = ("ingest", "index", "app", "eval")
README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md")), ROOT / "data" / "README.md"]
MAX_PICTURE_BYTES = 300_000


def blocks(text: str, kind: str) -> list[str]:
    return re.findall(rf"^```{kind}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def commands(name: str) -> Iterator[list[str]]:
    """The words of every command line of that name in the code blocks of the pages."""
    for page in PAGES:
        for block in blocks(page.read_text(encoding="utf-8"), "(?:sh|console)"):
            for line in block.splitlines():
                words = shlex.split(line.removeprefix("$ "), comments=True)
                while words and "=" in words[0]:
                    words = words[1:]
                if words and Path(words[0]).name == name:
                    yield words[1:]


# ---- links, commands, targets, folders


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_every_link_inside_the_repository_leads_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", page.read_text(encoding="utf-8")):
        if not target.startswith(("http://", "https://", "#")):
            assert (page.parent / target.split("#")[0]).exists(), target


def test_every_decision_that_the_code_points_to_is_written_down() -> None:
    for room in (*ROOMS, "tests", "scripts"):
        for path in (ROOT / room).rglob("*.py"):
            for target in re.findall(r"docs/[\w/-]+\.md", path.read_text(encoding="utf-8")):
                assert (ROOT / target).exists(), f"{path.relative_to(ROOT)} points to {target}"


@pytest.mark.parametrize(("name", "at_least"), [("hoitin", 6), ("hoitin-eval", 4)])
def test_every_command_line_of_the_pages_is_one_that_the_program_takes(name: str, at_least: int) -> None:
    lines = list(commands(name))
    assert len(lines) >= at_least
    taken = {"hoitin": app_cli.parser, "hoitin-eval": eval_cli._parser}[name]()
    for words in lines:
        taken.parse_args(words)  # ends with SystemExit, and so fails, when it does not


def test_the_table_of_commands_names_every_command_and_none_in_two_rows() -> None:
    table = README.split("| command | |")[1].split("\n\n")[0]
    named = [name for row in table.splitlines()[2:] for name in re.findall(r"`hoitin (\w+)", row.split("|")[1])]
    offered = {a for action in app_cli.parser()._actions for a in (action.choices or {}) if isinstance(a, str)}
    assert sorted(named) == sorted(offered)


def test_every_target_that_the_pages_name_is_in_the_makefile() -> None:
    made = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    named = {words[0] for words in commands("make")}
    assert {"run", "test"} <= named <= made


def test_the_layout_names_every_folder_and_no_other() -> None:
    kept = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    folders = {name.split("/")[0] for name in kept.splitlines() if "/" in name and not name.startswith(".")}
    (layout,) = blocks(README.split("## Layout")[1].split("\n## ")[0], "")
    assert {line.split("/ ")[0] for line in layout.splitlines() if not line.startswith(" ")} == folders


# ---- settings


def rows() -> dict[str, str]:
    """Variable to default, from the table of README."""
    return dict(re.findall(r"^\| `(HOITIN_\w+)` \| `?([^|`]*?)`?\s*\|", README, re.MULTILINE))


def test_every_setting_is_in_the_table_with_its_default() -> None:
    table = rows()
    for field in fields(Settings):
        default = field.default if field.default is not MISSING else field.default_factory()  # type: ignore[misc]
        written = Path(table[f"HOITIN_{field.name.upper()}"].strip()).expanduser()
        assert str(written) == str(default) or (str(default) == "" and str(written) == ".")


def test_the_table_names_every_variable_that_the_rooms_read_and_no_other() -> None:
    read = {
        name
        for room in ROOMS
        for path in (ROOT / room).rglob("*.py")
        for name in re.findall(r"\bHOITIN_[A-Z_]*[A-Z]\b", path.read_text(encoding="utf-8"))
    }
    assert set(rows()) == read


# ---- claims about versions and sizes


def test_the_pythons_that_readme_names_are_those_of_pyproject() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["requires-python"] == ">=3.11,<3.14"
    assert "Python 3.11, 3.12 or 3.13" in README
    assert "Python 3.11, 3.12 or 3.13" in (ROOT / "scripts" / "setup").read_text(encoding="utf-8")


def test_the_counts_in_the_changelog_are_those_of_the_data() -> None:
    questions = [
        json.loads(line)
        for path in (ROOT / "data" / "questions").glob("*.jsonl")
        for line in path.read_text(encoding="utf-8").splitlines()
    ]
    assert f"{len(questions)} labelled questions" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_no_page_names_the_machine_that_it_was_written_on() -> None:
    for page in PAGES:
        assert not re.search(r"/(?:home|root|work|Users)/", page.read_text(encoding="utf-8")), page


@pytest.mark.parametrize(("name", "width"), [("chat", 1100), ("chat-phone", 390), ("article", 1100), ("desk", 1280)])
def test_a_picture_is_small_and_of_the_width_that_the_script_takes_it_in(name: str, width: int) -> None:
    data = (ROOT / "docs" / "screenshots" / f"{name}.png").read_bytes()
    assert data.startswith(b"\x89PNG\r\n\x1a\n")
    assert len(data) <= MAX_PICTURE_BYTES
    assert struct.unpack(">I", data[16:20])[0] == width


# ---- the transcript


@pytest.mark.model
def test_the_transcript_of_readme_is_what_the_program_says(tmp_path: Path) -> None:
    (transcript,) = blocks(README, "console")
    terminal = Terminal(tmp_path, tmp_path / "home")
    assert terminal.run("ingest", ROOT / "data" / "sample").code == 0
    asked = re.split(r"^\$ hoitin ", transcript, flags=re.MULTILINE)[1:]
    assert len(asked) == 3
    for turn in asked:
        command, *shown = turn.splitlines()
        ran = terminal.run(*shlex.split(command))
        assert ran.code == 0
        assert essential(shown) == essential(ran.out.splitlines())


def essential(lines: list[str]) -> list[str]:
    """The short answer, the quotations, the sources, and that there is no answer; remarks may change their wording."""
    kept = [line for line in lines if line.startswith(("→ ", "“", "[", "    http", "Kho tin không có"))]
    assert kept
    return kept
