"""Many people at once: consultants who sign in at a served home and ask again as soon as they are answered."""

import asyncio
import re
from collections.abc import Awaitable, Callable, Sequence
from time import perf_counter

import httpx

PASSWORD = "en lang sætning til målinger"  # noqa: S105 - of accounts that exist for one measurement
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
SECONDS = 120.0
"""Longest that a client waits for one answer."""

Turn = Callable[[httpx.AsyncClient, int], Awaitable[None]]


async def signed_in(address: str, emails: Sequence[str]) -> list[httpx.AsyncClient]:
    """Return one browser for each account, signed in."""
    clients = [httpx.AsyncClient(base_url=address, timeout=SECONDS, follow_redirects=True) for _ in emails]
    for client, email in zip(clients, emails, strict=True):
        form = await client.get("/sign-in")
        token = TOKEN.search(form.text)
        assert token is not None, form.text
        fields = {"csrf_token": token.group(1), "email": email, "password": PASSWORD, "next": "/"}
        answer = await client.post("/sign-in", data=fields, headers={"Sec-Fetch-Site": "same-origin"})
        answer.raise_for_status()
    return clients


async def all_at_once(clients: Sequence[httpx.AsyncClient], turns: int, turn: Turn) -> list[float]:
    """Let every client take its turns one after the other, all clients at once; seconds of each turn."""
    times: list[float] = []

    async def one(number: int, client: httpx.AsyncClient) -> None:
        for count in range(turns):
            start = perf_counter()
            await turn(client, number * turns + count)
            times.append(perf_counter() - start)

    await asyncio.gather(*(one(number, client) for number, client in enumerate(clients)))
    return times
