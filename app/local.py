"""A model in a GGUF file, served inside this process on loopback, with the `local` extra (xllamacpp).

In: the path of HOITIN_GGUF. Out: an OpenAI-compatible address, guarded by a key made for
this process, so that nobody else on the machine uses it. The model is loaded at the
first answer, not at the start. The only file that imports xllamacpp.
"""

from __future__ import annotations

import importlib.util
import os
import secrets
from pathlib import Path
from threading import Lock
from typing import Any

from app.settings import Settings
from app.writer import WriterDown
from ingest.errors import HoitinError

CONTEXT = 8_192
"""Tokens of memory given to the model."""

PROMPT_CACHE_MIB = 64
"""The rules and examples of a prompt are kept read; the server's own default is 8 GiB."""


class LocalServer:
    """One model file, served when first asked for. Safe to share between threads."""

    def __init__(self, path: Path, *, threads: int = 0) -> None:
        self._path = path
        self._threads = threads or os.cpu_count() or 1
        self._lock = Lock()
        self._server: Any = None
        self.key = secrets.token_urlsafe(24)

    @classmethod
    def of(cls, settings: Settings) -> LocalServer:
        """The server of HOITIN_GGUF, not started; raises HoitinError for what is no GGUF file or a missing extra."""
        path = Path(settings.gguf).expanduser()
        check_gguf(path)
        if importlib.util.find_spec("xllamacpp") is None:
            raise HoitinError(
                f"HOITIN_GGUF={path}: found no xllamacpp, wanted it to run the file. Mend: pip install 'hoitin[local]'"
            )
        return cls(path, threads=settings.threads)

    @property
    def name(self) -> str:
        return self._path.stem

    def address(self) -> str:
        """The base URL, ending in /v1; loads the model the first time. Raises WriterDown if it cannot be loaded."""
        with self._lock:
            if self._server is None:
                self._server = self._start()
            return f"{self._server.listening_address}/v1"

    def _start(self) -> Any:
        # Threads that wait actively starve each other when anything else runs: three times slower, measured.
        os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
        import xllamacpp

        params = xllamacpp.CommonParams()
        params.model.path = str(self._path)
        params.hostnames = ["127.0.0.1"]
        params.port = 0  # any free one
        params.api_keys = [self.key]
        params.n_ctx = CONTEXT
        params.n_parallel = 1
        params.cache_ram_mib = PROMPT_CACHE_MIB
        params.ui = params.endpoint_slots = params.endpoint_props = params.warmup = False
        params.verbosity = -1
        for cpu in (params.cpuparams, params.cpuparams_batch):
            cpu.n_threads, cpu.poll = self._threads, 0
        try:
            return xllamacpp.Server(params)
        except Exception as error:  # native code: whatever it says
            raise WriterDown(
                f"HOITIN_GGUF={self._path}: found a file that cannot be loaded ({str(error)[:200]}), wanted a GGUF model. "
                "Mend: download it anew, or unset HOITIN_GGUF to answer by quotation alone",
                reason="down",
            ) from error


def check_gguf(path: Path) -> None:
    """Raise HoitinError unless a path holds a GGUF file, told by its first four bytes."""
    try:
        with path.open("rb") as stream:
            found = stream.read(4)
    except OSError as error:
        raise HoitinError(
            f"HOITIN_GGUF={path}: found {error.strerror or error}, wanted a GGUF file. Mend: export HOITIN_GGUF=/path/model.gguf"
        ) from error
    if found != b"GGUF":
        raise HoitinError(
            f"HOITIN_GGUF={path}: found a file that begins {found!r}, wanted b'GGUF'. Mend: export HOITIN_GGUF=/path/model.gguf"
        )
