"""Questions are private and networks may be closed: nothing is looked up, nothing heavy is loaded."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.model

ARTICLES = [
    {
        "id": "cau",
        "url": "https://bao.example/cau.html",
        "title": "Cầu Lam Khê thông xe",
        "body": "Cầu Lam Khê dài 420 m thông xe sáng 1/3 sau hai năm thi công tại xã Lam Khê.",
        "published": "2026-03-01T07:00:00+07:00",
        "outlet": "Báo Lam",
    },
    {
        "id": "mua",
        "url": "https://bao.example/mua.html",
        "title": "Mưa lớn ở Vân Trà",
        "body": "Mưa lớn đêm qua làm ngập ba xã của huyện Vân Trà, hai trăm hộ phải sơ tán.",
        "published": "2026-03-02T07:00:00+07:00",
        "outlet": "Báo Lam",
    },
]

GUARD = '''"""Writes down every address outside this machine that anything in Python wants to reach, and refuses it."""
import os, socket

def refuse(address):
    with open(os.environ["WANTED_ADDRESSES"], "a") as log:
        log.write(f"{address}\\n")
    raise ConnectionRefusedError(f"closed network: {address}")

def is_here(address):
    return not isinstance(address, tuple) or str(address[0]) in ("127.0.0.1", "::1", "localhost", "")

def guarded(original, place):
    def call(self, *arguments):
        address = arguments[place]
        return original(self, *arguments) if is_here(address) else refuse(address)
    return call

socket.socket.connect = guarded(socket.socket.connect, 0)
socket.socket.connect_ex = guarded(socket.socket.connect_ex, 0)
socket.socket.sendto = guarded(socket.socket.sendto, -1)
look_up = socket.getaddrinfo
socket.getaddrinfo = lambda host, *rest, **named: (
    look_up(host, *rest, **named) if is_here((host or "", 0)) else refuse(host)
)
'''

ASK = """
import json, sys
from app.cli import main
status = main(sys.argv[1:])
heavy = {"torch", "gradio", "sentence_transformers", "transformers", "llama_index", "trafilatura", "sklearn", "pandas"}
print(json.dumps([status, sorted(heavy & set(sys.modules))]), file=sys.stderr)
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("kho")
    lines = "".join(json.dumps(article, ensure_ascii=False) + "\n" for article in ARTICLES)
    (folder / "tin.jsonl").write_text(lines, encoding="utf-8")
    ran = hoitin(["-m", "app.cli", "ingest", str(folder / "tin.jsonl"), "--any-language"], folder / "home")
    assert ran.returncode == 0, ran.stderr
    return folder / "home"


def hoitin(words: list[str], home: Path, **more: str) -> subprocess.CompletedProcess[str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith("HOITIN_") or k == "HOITIN_CACHE"}
    if "HOITIN_TEST_CACHE" in os.environ:
        kept["HOITIN_CACHE"] = os.environ["HOITIN_TEST_CACHE"]
    environment = {**kept, "PYTHONPATH": str(ROOT), "HOITIN_HOME": str(home), **more}
    return subprocess.run(
        [sys.executable, *words], cwd=ROOT, env=environment, capture_output=True, text=True, timeout=300
    )


def test_asking_loads_no_torch_no_web_and_no_framework(home: Path) -> None:
    ran = hoitin(["-c", ASK, "ask", "Cầu Lam Khê dài bao nhiêu mét?", "--json"], home)
    assert json.loads(ran.stderr.splitlines()[-1]) == [0, []]
    assert json.loads(ran.stdout)["hits"][0]["docid"] == "cau"


@pytest.mark.parametrize(
    ("engine", "words"),
    [
        ("auto", ["ask", "Cầu Lam Khê dài bao nhiêu mét?"]),
        ("torch", ["ask", "Cầu Lam Khê dài bao nhiêu mét?"]),
        ("auto", ["reindex"]),
        ("auto", ["verify"]),
        ("auto", ["status"]),
    ],
)
def test_no_command_wants_an_address_outside_this_machine(
    home: Path, tmp_path: Path, engine: str, words: list[str]
) -> None:
    (tmp_path / "sitecustomize.py").write_text(GUARD)
    log = tmp_path / "wanted.txt"
    guarded = {"PYTHONPATH": os.pathsep.join([str(tmp_path), str(ROOT)]), "WANTED_ADDRESSES": str(log)}
    ran = hoitin(["-m", "app.cli", *words], home, HOITIN_ENGINE=engine, **guarded)
    assert ran.returncode == 0, ran.stderr
    assert not log.exists(), log.read_text()


def test_the_guard_of_these_tests_does_see_and_refuse(tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(GUARD)
    log = tmp_path / "wanted.txt"
    code = "import urllib.request; urllib.request.urlopen('http://kho.example/')"
    guarded = {"PYTHONPATH": str(tmp_path), "WANTED_ADDRESSES": str(log)}
    assert hoitin(["-c", code], tmp_path, **guarded).returncode == 1
    assert log.read_text() == "kho.example\n"


def test_asking_works_where_there_is_no_network_at_all(home: Path) -> None:
    # Native code opens sockets without Python's knowledge: here the kernel has none to give.
    unshare = shutil.which("unshare")
    if unshare is None or subprocess.run([unshare, "--net", "true"], capture_output=True).returncode:
        pytest.skip("unshare --net is not allowed here")
    kept = {**os.environ, "PYTHONPATH": str(ROOT), "HOITIN_HOME": str(home)}
    if "HOITIN_TEST_CACHE" in os.environ:
        kept["HOITIN_CACHE"] = os.environ["HOITIN_TEST_CACHE"]
    words = [unshare, "--net", sys.executable, "-m", "app.cli", "ask", "Cầu Lam Khê dài bao nhiêu mét?", "--json"]
    ran = subprocess.run(words, cwd=ROOT, env=kept, capture_output=True, text=True, timeout=120)
    assert ran.returncode == 0, ran.stderr
    assert json.loads(ran.stdout)["hits"][0]["docid"] == "cau"
