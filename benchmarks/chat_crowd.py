"""Many readers at once on the chat, through the very protocol of its page: answers, failures, time, memory.

    python benchmarks/chat_crowd.py [READERS=50] [SECONDS=60] [URL]

Serves data/sample from a temporary folder, or asks a running server at URL. Each reader asks one of the questions of
data/questions, reads for four to twelve seconds, and asks again. Prints how many were answered and the time from sending to
the first text of the answer and to its end, and the server's resident memory in the middle and at the end. Exit code 1
if anything failed, p95 of the first text is over two seconds, or memory grew by more than a tenth in the second half.
"""

from __future__ import annotations

import asyncio
import json
import random
import secrets
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import httpx
from chat_page import asked, told
from served import served

READING_S = (4.0, 12.0)
"""How long a reader looks at an answer before asking on: as fast as anyone reads two or three sentences."""


async def ask(client: httpx.AsyncClient, url: str, event: int, question: str, first: list[float]) -> bool:
    """One question in a session of its own; whether an answer came. Its first text goes into `first`, in ms."""
    session = secrets.token_hex(6)
    begun = time.monotonic()
    told_with_it = {"do": "ask", "q": question}
    sent = {"data": [None], "event_data": told_with_it, "fn_index": event, "session_hash": session}
    (await client.post(f"{url}/gradio_api/queue/join", json=sent)).raise_for_status()
    seen = False
    reply = client.stream("GET", f"{url}/gradio_api/queue/data", params={"session_hash": session})
    async with reply as stream:
        async for line in stream.aiter_lines():
            said = json.loads(line[5:]) if line.startswith("data:") else {}
            if not seen and any(f"ht-{kind}" in line for kind in ("found", "abstained", "failed")):
                first.append((time.monotonic() - begun) * 1_000)
                seen = True
            if said.get("msg") == "process_completed":
                return bool(said["success"]) and seen
    return False


async def reader(
    client: httpx.AsyncClient, url: str, event: int, until: float, first: list[float], whole: list[float]
) -> int:
    """Ask until the time is over; returns how often nothing came of it."""
    failed = 0
    questions = asked()
    await asyncio.sleep(random.uniform(0, READING_S[1]))
    while time.monotonic() < until:
        begun = time.monotonic()
        try:
            failed += not await ask(client, url, event, random.choice(questions), first)
        except httpx.HTTPError as error:
            print(f"failed: {error!r}", file=sys.stderr)
            failed += 1
        whole.append((time.monotonic() - begun) * 1_000)
        await asyncio.sleep(random.uniform(*READING_S))
    return failed


async def crowd(url: str, readers: int, seconds: float, pid: int | None) -> int:
    """Let them ask, and print what came of it; returns the exit code."""
    first: list[float] = []
    whole: list[float] = []
    memory: list[float] = []

    async def weigh() -> None:
        while True:
            memory.append(resident(pid) if pid else 0.0)
            await asyncio.sleep(1)

    async with httpx.AsyncClient(timeout=60, limits=httpx.Limits(max_connections=2 * readers)) as client:
        config = (await client.get(f"{url}/config")).json()
        # The event that the page sends a question with: it takes the open conversation, the words come beside it.
        event = next(d["id"] for d in config["dependencies"] if any(what == "submit" for _, what in d["targets"]))
        until = time.monotonic() + seconds
        weighing = asyncio.create_task(weigh())
        failed = sum(await asyncio.gather(*(reader(client, url, event, until, first, whole) for _ in range(readers))))
        weighing.cancel()
    print(f"{len(whole)} questions of {readers} readers in {seconds:g} s: {failed} failed")
    print(f"first answer text       {told(first)}")
    print(f"end of the answer       {told(whole)}")
    grown = False
    if pid:
        half = memory[len(memory) // 2]
        grown = memory[-1] > 1.1 * half
        print(f"resident memory         {memory[0]:.0f} MiB at first, {half:.0f} half way, {memory[-1]:.0f} at the end")
    return int(failed > 0 or grown or sorted(first)[int(len(first) * 0.95)] > 2_000)


def resident(pid: int) -> float:
    """Resident memory of a process in MiB (Linux)."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii", errors="replace")
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS")) / 1024


def main(words: Sequence[str]) -> int:
    """Read the command line."""
    readers, seconds = int(words[0]) if words else 50, float(words[1]) if len(words) > 1 else 60.0
    if len(words) > 2:
        return asyncio.run(crowd(words[2].rstrip("/"), readers, seconds, None))
    with served() as (url, pid):
        return asyncio.run(crowd(url, readers, seconds, pid))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
