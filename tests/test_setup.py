"""scripts/setup: it finds a Python that runs, installs once, and says what is missing.

The Pythons here are stand-ins: a script that answers like the real one, makes a
folder for a venv, and writes down what pip was asked for. Nothing is installed.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

STAND_IN = """#!/bin/sh
case "$1 $2" in
"-c "*print*) echo {version} ;;
"-c "*sys.exit*) exit {misfit} ;;
"-c "*ensurepip*) exit {no_venv} ;;
"-m venv") mkdir -p "$3/bin" && cp "$0" "$3/bin/python" ;;
"-m pip") shift 2 && printf '%s\\n' "$*" >>"$PIP_LOG" && exit {pip_fails} ;;
*) echo "what is: $*" >&2 && exit 9 ;;
esac
"""


@dataclass(frozen=True)
class Machine:
    """A checkout, and a PATH that holds nothing but plain tools and the Pythons put there."""

    checkout: Path
    path: Path

    def python(self, name: str, version: str, *, venv: bool = True, pip: bool = True) -> None:
        fits = "3.11" <= version[:4] <= "3.13"
        text = STAND_IN.format(version=version, misfit=int(not fits), no_venv=int(not venv), pip_fails=int(not pip))
        self.command(name, text)

    def command(self, name: str, text: str) -> None:
        (self.path / name).write_text(text, encoding="utf-8")
        (self.path / name).chmod(0o755)

    def setup(self, kind: str = "run", **env: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [self.checkout / "scripts" / "setup", kind], capture_output=True, text=True,
            env={"PATH": str(self.path), "PIP_LOG": str(self.path / "pip.log"), **env},
        )  # fmt: skip

    def installed(self) -> list[str]:
        log = self.path / "pip.log"
        return log.read_text(encoding="utf-8").splitlines() if log.exists() else []


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    made = Machine(tmp_path / "một chỗ có dấu cách", tmp_path / "bin")
    made.path.mkdir()
    for tool in ("sh", "cat", "cksum", "cp", "dirname", "head", "mkdir", "rm", "sed"):
        (made.path / tool).symlink_to(shutil.which(tool) or f"/bin/{tool}")
    (made.checkout / "scripts").mkdir(parents=True)
    shutil.copy(ROOT / "scripts" / "setup", made.checkout / "scripts" / "setup")
    shutil.copy(ROOT / "pyproject.toml", made.checkout)
    return made


def test_torch_comes_first_and_then_the_checkout(machine: Machine) -> None:
    machine.python("python3", "3.12.4")
    assert machine.setup().returncode == 0
    assert machine.installed() == ["install torch==2.13.0", "install -e ."]


def test_the_tests_need_their_extra(machine: Machine) -> None:
    machine.python("python3", "3.12.4")
    assert machine.setup("test").returncode == 0
    assert machine.installed()[-1] == "install -e .[test]"


def test_another_source_of_torch_is_used_for_torch_alone(machine: Machine) -> None:
    machine.python("python3", "3.12.4")
    machine.setup(TORCH_FROM="https://wheels.example/cpu")
    assert machine.installed() == ["install torch==2.13.0 -i https://wheels.example/cpu", "install -e ."]


def test_a_second_run_installs_nothing_and_a_run_after_a_test_neither(machine: Machine) -> None:
    machine.python("python3", "3.12.4")
    machine.setup("test")
    before = machine.installed()
    for kind in ("test", "run"):
        again = machine.setup(kind)
        assert (again.returncode, again.stdout, again.stderr) == (0, "", "")
    assert machine.installed() == before


def test_a_test_after_a_run_installs_what_the_tests_need(machine: Machine) -> None:
    machine.python("python3", "3.12.4")
    machine.setup("run")
    machine.setup("test")
    assert machine.installed()[2:] == ["install torch==2.13.0", "install -e .[test]"]


def test_a_changed_pyproject_is_installed_again(machine: Machine) -> None:
    machine.python("python3", "3.12.4")
    machine.setup()
    with (machine.checkout / "pyproject.toml").open("a", encoding="utf-8") as stream:
        stream.write("# changed\n")
    machine.setup()
    assert machine.installed() == ["install torch==2.13.0", "install -e ."] * 2


def test_an_install_that_failed_is_tried_again(machine: Machine) -> None:
    machine.python("python3", "3.12.4", pip=False)
    failed = machine.setup()
    assert failed.returncode == 1
    assert "pip could not install torch==2.13.0 (its reason is above)" in failed.stderr
    assert "Mend: check the network" in failed.stderr
    machine.python("python3", "3.12.4")
    shutil.copy(machine.path / "python3", machine.checkout / ".venv" / "bin" / "python")
    assert machine.setup().returncode == 0
    assert machine.installed()[-1] == "install -e ."


def test_a_moved_checkout_gets_a_venv_of_its_own(machine: Machine) -> None:
    machine.python("python3", "3.12.4")
    machine.setup()
    moved = Machine(machine.checkout.with_name("nơi khác"), machine.path)
    machine.checkout.rename(moved.checkout)
    again = moved.setup()
    assert again.returncode == 0
    assert f"scripts/setup: .venv was made in {machine.checkout}; making it anew" in again.stderr
    assert len(machine.installed()) == 4


def test_a_shim_that_starts_nothing_and_a_python_too_old_or_too_new_are_passed_over(machine: Machine) -> None:
    machine.command("python3.13", "#!/bin/sh\necho 'shim: command not found' >&2\nexit 127\n")
    machine.python("python3.12", "3.10.9")
    machine.python("python3.11", "3.14.0")
    machine.python("python3", "3.11.2")
    ran = machine.setup()
    assert ran.returncode == 0
    assert "making .venv with python3 (3.11.2)" in ran.stdout


def test_no_usable_python_is_told_with_what_was_found(machine: Machine) -> None:
    machine.command("python3.13", "#!/bin/sh\nexit 127\n")
    machine.python("python3", "3.9.2")
    ran = machine.setup()
    assert ran.returncode == 1
    assert "no usable Python. Found: python3.13 (does not run), python3.12 (not there)," in ran.stderr
    assert "python3 (is 3.9.2)" in ran.stderr
    assert "Wanted: Python 3.11, 3.12 or 3.13 with venv." in ran.stderr
    assert "Mend: " in ran.stderr
    assert not (machine.checkout / ".venv").exists()


def test_a_python_without_venv_is_told_with_the_package_that_holds_it(machine: Machine) -> None:
    machine.python("python3", "3.11.2", venv=False)
    ran = machine.setup()
    assert ran.returncode == 1
    assert "python3 (is 3.11.2, cannot make a venv)" in ran.stderr
    assert "Mend: sudo apt-get install python3.11-venv" in ran.stderr


def test_the_python_that_is_named_is_the_one_used(machine: Machine) -> None:
    machine.python("python3", "3.11.2")
    machine.python("my-python", "3.13.1")
    assert "making .venv with my-python (3.13.1)" in machine.setup(PYTHON="my-python").stdout
    wrong = machine.setup(PYTHON="no-such-python")
    assert wrong.returncode == 1
    assert "Found: no-such-python (not there)." in wrong.stderr
    assert (machine.checkout / ".venv").exists(), "a venv that works is not thrown away for a name that does not"


def test_another_python_than_that_of_the_venv_makes_it_anew(machine: Machine) -> None:
    machine.python("python3", "3.11.2")
    machine.setup()
    machine.python("my-python", "3.13.1")
    ran = machine.setup(PYTHON="my-python")
    assert "scripts/setup: .venv is not of my-python; making it anew" in ran.stderr
    assert machine.setup(PYTHON="my-python").stdout == ""


def test_a_word_that_is_neither_run_nor_test_is_bad_usage(machine: Machine) -> None:
    ran = machine.setup("all")
    assert (ran.returncode, ran.stderr) == (
        2,
        "scripts/setup: found 'all', wanted run or test. Mend: scripts/setup run\n",
    )


def test_every_target_of_the_makefile_is_listed_with_what_it_does() -> None:
    if shutil.which("make") is None:
        pytest.skip("make is not installed. Mend: apt-get install make")
    listed = subprocess.run(["make", "-s"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    names = [line.split()[1] for line in listed.splitlines()]
    assert names == ["help", "run", "test", "lint", "fast", "fix", "eval-sample", "screenshots", "clean"]


@pytest.mark.parametrize("path", ["scripts/setup", "scripts/check", ".ci/run"])
def test_a_script_can_be_run_and_is_sound_shell(path: str) -> None:
    assert os.access(ROOT / path, os.X_OK)
    shell = "bash" if "bash" in (ROOT / path).read_text(encoding="utf-8").splitlines()[0] else "sh"
    checked = subprocess.run([shell, "-n", ROOT / path], capture_output=True, text=True)
    assert (checked.returncode, checked.stderr) == (0, "")


def test_the_python_of_this_run_is_one_that_setup_accepts() -> None:
    assert (3, 11) <= sys.version_info[:2] < (3, 14)
