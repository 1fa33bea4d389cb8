"""Run a measuring function in a process of its own, so that its memory and its threads are its own.

    run_alone(module, spec) -> python -m eval.processes MODULE SPEC.json OUT.json -> module.measure(spec)

This module knows nothing of what is measured.
"""

from __future__ import annotations

import importlib
import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from app.settings import Settings
from ingest.errors import HoitinError

ROOT = Path(__file__).parents[1]


def run_alone(module: str, spec: Mapping[str, Any], folder: Path, wrong: str) -> dict[str, Any]:
    """What `measure(spec)` of a module of this room gives, run in a process of its own; spec and result are JSON.

    The files lie in `folder`. Raises HoitinError beginning with `wrong` when the process fails, with its last line.
    """
    folder.mkdir(parents=True, exist_ok=True)
    asked, found = (folder / name for name in ("spec.json", "found.json"))
    asked.write_text(json.dumps(dict(spec), ensure_ascii=False), encoding="utf-8")
    command = [sys.executable, "-m", "eval.processes", module, str(asked.resolve()), str(found.resolve())]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        said = done.stderr.strip().splitlines() or ["it said nothing"]
        raise HoitinError(f"{wrong} (exit {done.returncode}): {said[-1][:500]}. Mend: {' '.join(command)}")
    result: dict[str, Any] = json.loads(found.read_text(encoding="utf-8"))
    return result


def settings_json(settings: Settings) -> dict[str, Any]:
    """Settings as a spec carries them; settings_of reads them back."""
    return {**asdict(settings), "home": str(settings.home.resolve()), "cache": str(settings.cache)}


def settings_of(kept: Mapping[str, Any]) -> Settings:
    """The settings that a spec carries."""
    return replace(Settings(**kept), home=Path(kept["home"]), cache=Path(kept["cache"]))


def _main(words: Sequence[str]) -> int:
    module, asked, found = words
    spec = json.loads(Path(asked).read_text(encoding="utf-8"))
    try:
        result = importlib.import_module(module).measure(spec)
    except HoitinError as error:
        print(error, file=sys.stderr)
        return 1
    Path(found).write_text(json.dumps(result, ensure_ascii=False), encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(_main(sys.argv[1:]))
