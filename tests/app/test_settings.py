"""Settings read from an environment that stands in sight."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import FrozenInstanceError, fields
from pathlib import Path

import pytest

from app.settings import DEFAULT_MODEL, Settings, read_settings
from ingest.errors import UsageError

HOME = Path("~").expanduser()


def test_an_empty_environment_gives_the_defaults() -> None:
    found = read_settings({})
    assert found.home == Path(".hoitin")
    assert found.cache == HOME / ".cache" / "hoitin"
    assert (found.model, found.engine, found.threads, found.chroma) == (DEFAULT_MODEL, "auto", 0, "")
    assert (found.host, found.port) == ("127.0.0.1", 7860)


@pytest.mark.parametrize(
    ("name", "value", "field", "read"),
    [
        ("HOITIN_HOME", "/srv/tin", "home", Path("/srv/tin")),
        ("HOITIN_HOME", "~/tin", "home", HOME / "tin"),
        ("HOITIN_CACHE", "/var/cache/tin", "cache", Path("/var/cache/tin")),
        ("XDG_CACHE_HOME", "/xdg", "cache", Path("/xdg/hoitin")),
        ("HOITIN_MODEL", "intfloat/multilingual-e5-base", "model", "intfloat/multilingual-e5-base"),
        ("HOITIN_ENGINE", "torch", "engine", "torch"),
        ("HOITIN_RERANKER", "BAAI/bge-reranker-v2-m3", "reranker", "BAAI/bge-reranker-v2-m3"),
        ("HOITIN_THREADS", "2", "threads", 2),
        ("HOITIN_CHROMA", "http://kho.example:8000", "chroma", "http://kho.example:8000"),
        ("HOITIN_HOST", "0.0.0.0", "host", "0.0.0.0"),
        ("HOITIN_PORT", "0", "port", 0),
        ("HOITIN_PORT", " 8000 ", "port", 8000),
        ("HOITIN_PORT", "65535", "port", 65535),
    ],
)
def test_one_variable_sets_one_field(name: str, value: str, field: str, read: object) -> None:
    found = read_settings({name: value})
    assert getattr(found, field) == read
    untouched = {f.name for f in fields(Settings)} - {field}
    assert all(getattr(found, other) == getattr(read_settings({}), other) for other in untouched)


def test_the_own_cache_goes_before_the_desktop_s() -> None:
    assert read_settings({"HOITIN_CACHE": "/own", "XDG_CACHE_HOME": "/xdg"}).cache == Path("/own")


@pytest.mark.parametrize("name", ["HOITIN_HOME", "HOITIN_CACHE", "HOITIN_MODEL", "HOITIN_ENGINE", "HOITIN_THREADS",
                                  "HOITIN_CHROMA", "HOITIN_HOST", "HOITIN_PORT", "HOITIN_RERANKER", "XDG_CACHE_HOME"])  # fmt: skip
def test_an_empty_variable_is_as_good_as_none(name: str) -> None:
    assert read_settings({name: ""}) == read_settings({})
    if name != "XDG_CACHE_HOME":
        assert read_settings({name: "   "}) == read_settings({})


@pytest.mark.parametrize(
    ("name", "value", "wanted"),
    [
        ("HOITIN_PORT", "tám nghìn", "a whole number from 0 to 65535"),
        ("HOITIN_PORT", "65536", "a whole number from 0 to 65535"),
        ("HOITIN_PORT", "-1", "a whole number from 0 to 65535"),
        ("HOITIN_PORT", "80.0", "a whole number from 0 to 65535"),
        ("HOITIN_PORT", "9" * 5000, "a whole number from 0 to 65535"),
        ("HOITIN_THREADS", "2,5", "a whole number from 0 to 1024"),
        ("HOITIN_THREADS", "1025", "a whole number from 0 to 1024"),
        ("HOITIN_ENGINE", "gpu", "'auto' or 'torch'"),
        ("HOITIN_HOME", "~khong-ai-ten-nay/tin", "a folder"),
        ("HOITIN_CACHE", "~khong-ai-ten-nay/tin", "a folder"),
    ],
)
def test_a_variable_that_is_off_is_named_with_what_was_found_and_wanted(name: str, value: str, wanted: str) -> None:
    with pytest.raises(UsageError) as caught:
        read_settings({name: value})
    said = str(caught.value)
    assert said.startswith(f"{name}: found {value!r}")
    assert f"wanted {wanted}" in said
    assert "Mend: " in said


def test_settings_do_not_change_once_read() -> None:
    with pytest.raises(FrozenInstanceError):
        read_settings({}).port = 1  # type: ignore[misc]


def test_every_field_is_explained_with_the_variable_that_sets_it() -> None:
    for field in fields(Settings):
        assert field.name in (Settings.__doc__ or "")
        assert f"HOITIN_{field.name.upper()}" in (Settings.__doc__ or "")


def test_reading_settings_loads_nothing_heavy_and_touches_no_disk(tmp_path: Path) -> None:
    code = (
        "import sys; from app.settings import read_settings; read_settings({'HOITIN_HOME': 'x'});"
        "print([m for m in ('torch', 'chromadb', 'gradio', 'sentence_transformers', 'sqlalchemy', 'openvino') if m in sys.modules])"
    )
    ran = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, timeout=60)
    assert (ran.stdout.strip(), ran.stderr, list(tmp_path.iterdir())) == ("[]", "", [])


def test_the_cache_of_settings_made_by_hand_is_in_the_users_home_and_not_in_a_folder_called_tilde(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    assert Settings().cache == tmp_path / ".cache" / "hoitin"
