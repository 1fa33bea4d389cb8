"""Many readers at once on a running server, through the very protocol of the chat page.

    python tests/web/load.py http://127.0.0.1:7860 [READERS=50] [SECONDS=60] [QUESTION]

Prints questions answered, failures, and the time from sending to the whole
answer. Each reader asks, waits one second on average, and asks again. Exit
code 1 if anything failed or p95 is over two seconds.
"""

from __future__ import annotations

import asyncio
import json
import random
import secrets
import sys
import time

import httpx


async def ask(client: httpx.AsyncClient, url: str, event: int, question: str) -> bool:
    """One question in a session of its own; whether an answer came."""
    session = secrets.token_hex(6)
    sent = {"data": [question, None], "fn_index": event, "session_hash": session}
    (await client.post(f"{url}/gradio_api/queue/join", json=sent)).raise_for_status()
    reply = client.stream("GET", f"{url}/gradio_api/queue/data", params={"session_hash": session})
    async with reply as stream:
        async for line in stream.aiter_lines():
            said = json.loads(line[5:]) if line.startswith("data:") else {}
            if said.get("msg") == "process_completed":
                return bool(said["success"])
    return False


async def reader(
    client: httpx.AsyncClient, url: str, event: int, question: str, until: float, took: list[float]
) -> int:
    failed = 0
    await asyncio.sleep(random.random() * 2)
    while time.monotonic() < until:
        begun = time.monotonic()
        try:
            failed += not await ask(client, url, event, question)
        except httpx.HTTPError as error:
            print(f"failed: {error!r}", file=sys.stderr)
            failed += 1
        took.append(time.monotonic() - begun)
        await asyncio.sleep(0.5 + random.random())
    return failed


async def main(url: str, readers: int = 50, seconds: float = 60, question: str = "Cầu nào vừa thông xe?") -> int:
    took: list[float] = []
    async with httpx.AsyncClient(timeout=60, limits=httpx.Limits(max_connections=2 * readers)) as client:
        config = (await client.get(f"{url}/config")).json()
        # The send event of the question box: the one that takes the words and the open conversation.
        event = next(
            d["id"] for d in config["dependencies"]
            if len(d["inputs"]) == 2 and any(what == "submit" for _, what in d["targets"])
        )  # fmt: skip
        until = time.monotonic() + seconds
        failed = sum(await asyncio.gather(*(reader(client, url, event, question, until, took) for _ in range(readers))))
    took.sort()
    p50, p95 = took[len(took) // 2], took[int(len(took) * 0.95)]
    speed = f"p50 {p50:.3f} s, p95 {p95:.3f} s"
    print(f"{len(took)} questions of {readers} readers in {seconds:g} s: {failed} failed, {speed}")
    return 1 if failed or p95 > 2 else 0


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    where, *rest = sys.argv[1:]
    numbers = [kind(value) for kind, value in zip((int, float, str), rest, strict=False)]
    sys.exit(asyncio.run(main(where.rstrip("/"), *numbers)))
