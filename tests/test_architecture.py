"""The shape of the tree: who may import whom, and how large a file may grow."""

from __future__ import annotations

import ast
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ROOMS = ("ingest", "index", "app", "eval")
MAX_LINES = 400

DOORS = {
    "argon2": {"app/passwords.py"},
    "bm25s": {"eval/peer_bm25.py"},
    "chromadb": {"eval/peer_llamaindex.py", "index/store.py"},
    "docx": {"app/desk/docx_file.py"},
    "fastapi": {"app/api.py", "app/routes/", "app/web/guard.py"},
    "feedparser": {"ingest/feeds.py"},
    "filelock": {"ingest/home.py", "index/offline.py"},
    "ftfy": {"ingest/charset.py"},
    "gradio": {"app/web/chat.py"},
    "httpcore": {"ingest/fetch.py", "ingest/wire.py"},
    "httpx": {"ingest/fetch.py"},
    "itsdangerous": {"app/secret.py"},
    "langdetect": {"ingest/language.py"},
    "llama_index": {"app/llm.py", "eval/peer_llamaindex.py", "index/llama.py"},
    "lxml": {"ingest/html_tree.py"},
    "mcp": {"app/assistant.py"},
    "openvino": {"index/graph.py"},
    "prometheus_client": {"app/metrics.py"},
    "pydantic": {"app/assistant.py", "app/routes/"},
    "safetensors": {"index/offline.py"},
    "sentence_transformers": {"index/reference.py"},
    "sqlalchemy": {"ingest/archive.py", "ingest/database.py", "ingest/schema.py"},
    "starlette": {"app/web/door.py", "app/web/turnstile.py"},
    "tantivy": {"index/lexical.py"},
    "tokenizers": {"index/tokenizer.py"},
    "tqdm": {"app/console.py", "eval/answering.py", "eval/bench.py"},
    "trafilatura": {"ingest/html_tree.py"},
    "uvicorn": {"app/api.py"},
    "xllamacpp": {"app/local.py"},
}
"""Where each third-party package comes in, and nowhere else; a folder is open to all its files. numpy is no guest: its arrays cross rooms by design."""

FREE = {"numpy"}
HEAVY = (
    "torch",
    "sentence_transformers",
    "transformers",
    "gradio",
    "chromadb",
    "openvino",
    "tantivy",
    "numpy",
    "sqlalchemy",
)


def modules() -> Iterator[tuple[str, ast.Module]]:
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            yield path.relative_to(ROOT).as_posix(), ast.parse(path.read_text(encoding="utf-8"))


def imported(tree: ast.Module) -> set[str]:
    """Every module named in an import statement, wherever it stands in the file."""
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports name their room"
            found.add(node.module or "")
    return found


def contracts() -> list[dict[str, object]]:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    found: list[dict[str, object]] = settings["tool"]["importlinter"]["contracts"]
    return found


def test_the_import_contracts_are_kept() -> None:
    ran = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"], cwd=ROOT, capture_output=True, text=True
    )
    assert ran.returncode == 0, ran.stdout


def test_each_third_party_package_enters_by_its_own_door() -> None:
    used: dict[str, set[str]] = {}
    for path, tree in modules():
        for name in imported(tree):
            top = name.split(".")[0]
            if top not in sys.stdlib_module_names and top not in ROOMS and top not in FREE:
                folder = path.rpartition("/")[0] + "/"
                used.setdefault(top, set()).add(folder if folder in DOORS.get(top, ()) else path)
    assert used == DOORS


def test_the_contracts_of_pyproject_name_the_same_doors() -> None:
    guarded: dict[str, set[str]] = {}
    for contract in contracts():
        if contract["type"] != "forbidden":
            continue
        assert contract["source_modules"] == list(ROOMS), contract["name"]
        for package in contract["forbidden_modules"]:  # type: ignore[attr-defined]
            pairs = [i.split(" -> ") for i in contract.get("ignore_imports", [])]  # type: ignore[attr-defined]
            guarded[package] = {f"{door.replace('.', '/')}.py" for door, to in pairs if to == package}
    # These hold the nouns of other people's frameworks: one that leaked would spread through every signature.
    walls = {"argon2", "chromadb", "feedparser", "gradio", "langdetect", "openvino", "sentence_transformers", "sqlalchemy",
             "tantivy", "trafilatura"}  # fmt: skip
    assert walls <= guarded.keys()
    for package, doors in guarded.items():
        assert doors == DOORS.get(package, set()), package


def test_every_package_that_is_imported_is_declared() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declared = {
        "".join(c if c.isalnum() else "_" for c in requirement.split(">")[0].split("=")[0].strip()).lower()
        for requirement in (
            *project["dependencies"],
            *project["optional-dependencies"]["local"],
            *project["optional-dependencies"]["peers"],
        )
    }
    declared |= {"argon2"} & {name.removesuffix("_cffi") for name in declared}  # installed as argon2-cffi
    declared |= {"docx"} & {name.removeprefix("python_") for name in declared}  # installed as python-docx
    declared |= {"llama_index"} & {name.removesuffix("_core") for name in declared}  # installed as llama-index-core
    assert {*DOORS, *FREE} <= declared


def test_an_init_file_holds_a_docstring_and_nothing_else() -> None:
    for path, tree in modules():
        if path.endswith("__init__.py"):
            assert ast.get_docstring(tree), path
            assert len(tree.body) == 1, f"{path} would make the import of a noun load more than the noun"


def test_every_module_says_what_it_is_for() -> None:
    silent = [path for path, tree in modules() if not ast.get_docstring(tree)]
    assert silent == []


def test_every_public_function_and_class_is_described_or_a_protocol_of_it_is() -> None:
    silent = [
        f"{path}: {node.name}"
        for path, tree in modules()
        if path not in ("app/commands.py",)  # one function a command, described by `hoitin --help`
        for node in tree.body
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
        and not node.name.startswith("_")
        and not ast.get_docstring(node)
    ]
    assert silent == []


def test_no_file_outgrows_what_a_reader_holds_in_mind() -> None:
    for path, _ in modules():
        lines = (ROOT / path).read_text(encoding="utf-8").count("\n")
        assert lines <= MAX_LINES, f"{path} has {lines} lines; would two names tell the story better?"


def test_no_module_is_a_drawer_for_leftovers() -> None:
    drawers = {"core", "common", "utils", "util", "helpers", "helper", "misc", "base", "manager", "service"}
    for path, _ in modules():
        assert not drawers & set(Path(path).with_suffix("").parts), path


def test_the_eval_room_is_never_imported_by_its_bare_name() -> None:
    # `import eval` would hide the builtin of that name.
    for path, tree in modules():
        assert "eval" not in {a.name for n in ast.walk(tree) if isinstance(n, ast.Import) for a in n.names}, path


@pytest.mark.parametrize(
    "module", ["app.cli", "app.settings", "app.answer", "ingest.article", "index.passage", "eval.cli"]
)
def test_a_cheap_import_loads_nothing_heavy(module: str) -> None:
    probe = f"import {module}, sys; print([m for m in {HEAVY!r} if m in sys.modules])"
    ran = subprocess.run([sys.executable, "-c", probe], cwd=ROOT, capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"


def test_asking_and_ingesting_never_load_torch_or_gradio() -> None:
    probe = (
        "import app.commands, app.wiring, app.quote, index.fast, index.store, index.lexical, ingest.run, sys;"
        "print([m for m in ('torch', 'sentence_transformers', 'gradio', 'fastapi') if m in sys.modules])"
    )
    ran = subprocess.run([sys.executable, "-c", probe], cwd=ROOT, capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"
