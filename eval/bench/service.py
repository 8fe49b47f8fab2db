"""The service under load: pages of 50 consultants at once beside the bare engine, and what a kill loses."""

import asyncio
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import monotonic, sleep

import httpx
import numpy as np

from eval.bench import users
from eval.bench.memory import CANDIDATES, POSTINGS, region
from matcher import assemble
from matcher.accounts.accounts import Accounts
from matcher.settings import Settings

USERS = 50
ROUNDS = 3
TURNS = 2
"""Shortlists that each of the users asks for in a round."""
KILLS = 3
ENOUGH = 30
"""Verdicts that are confirmed before a kill."""
LIMIT = 20
READY_SECONDS = 300
BUILT = "MATCHER_BENCH_REGION"
"""Names a folder that holds such a home already; without it, one is built, which takes minutes."""

ENGINE = """
import json, sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import perf_counter
from matcher import assemble
from matcher.settings import Settings
from threadpoolctl import threadpool_limits
home, models, users, turns, start, limit = Path(sys.argv[1]), Path(sys.argv[2]), *map(int, sys.argv[3:])
engine = assemble.engine(Settings(home=home, models=models, encoder="hashing"))
ids = engine.store.digests("posting").keys()
ids = sorted(ids)
engine.match_posting(ids[0], limit=limit)
def one(user):
    times = []
    for turn in range(turns):
        began = perf_counter()
        engine.match_posting(ids[(start + user * turns + turn) % len(ids)], limit=limit)
        times.append(perf_counter() - began)
    return times
with threadpool_limits(limits=1), ThreadPoolExecutor(users) as threads:
    print(json.dumps([second for times in threads.map(one, range(users)) for second in times]))
"""


@dataclass(frozen=True, slots=True)
class Served:
    """A running `matcher serve`."""

    process: subprocess.Popen[bytes]
    address: str

    def kill(self) -> None:
        """End it as a power cut would."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()


def service(settings: Settings) -> dict[str, object]:
    """Return latencies of pages and engine, errors, and what of acknowledged verdicts was lost by kills."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        if built := os.environ.get(BUILT):
            shutil.copytree(built, home)
        engine = region(home, settings)
        emails, key = consultants(assemble.accounts(engine.store, home))
        postings = list(engine.indexes.pool("posting").ids)
        candidates = list(engine.indexes.pool("candidate").ids)
        loaded = _load(home, emails, postings)
        return {
            "users": USERS,
            "candidates": CANDIDATES,
            "postings": POSTINGS,
            **loaded,
            **kills(home, key, postings, candidates),
        }


def consultants(accounts: Accounts, count: int = USERS) -> tuple[list[str], str]:
    """Invite consultants who sign in with `users.PASSWORD`; their addresses, and an API key of one of them."""
    emails = [f"konsulent{number}@example.org" for number in range(count)]
    for email in emails:
        link = accounts.links.invite(name=email, email=email, role="consultant", candidate=None)
        last = accounts.links.redeem(link.token, users.PASSWORD)
    return emails, accounts.keys.make(last.id, "load", by=last).secret


def _load(home: Path, emails: Sequence[str], postings: Sequence[str]) -> dict[str, object]:
    """Measure engine and pages by turns, each after a warm-up."""
    errors = 0
    engine: list[float] = []
    pages: list[float] = []

    async def shortlist(client: httpx.AsyncClient, number: int) -> None:
        nonlocal errors
        answer = await client.get(f"/postings/{postings[number % len(postings)]}")
        errors += answer.status_code != httpx.codes.OK

    async def rounds(address: str) -> None:
        clients = await users.signed_in(address, emails)
        await users.all_at_once(clients[:1], 1, shortlist)
        for number in range(ROUNDS):
            start = number * USERS * TURNS
            engine.extend(await asyncio.to_thread(_engine_round, home, start))

            async def turn(client: httpx.AsyncClient, count: int, start: int = start) -> None:
                await shortlist(client, start + count)

            pages.extend(await users.all_at_once(clients, TURNS, turn))
        for client in clients:
            await client.aclose()

    with serving(home) as served:
        asyncio.run(rounds(served.address))
    bare, page = _percentiles(engine), _percentiles(pages)
    return {
        "requests": len(pages),
        "errors": errors,
        **{f"engine {name}, seconds": value for name, value in bare.items()},
        **{f"page {name}, seconds": value for name, value in page.items()},
        "page p95 / engine p95": page["p95"] / bare["p95"],
        "page p50 / engine p50": page["p50"] / bare["p50"],
    }


def _engine_round(home: Path, start: int) -> list[float]:
    numbers = [str(number) for number in (USERS, TURNS, start, LIMIT)]
    command = [sys.executable, "-c", ENGINE, str(home), str(home / "models"), *numbers]
    answer = subprocess.run(command, capture_output=True, check=True)  # noqa: S603
    found: list[float] = json.loads(answer.stdout)
    return found


def kills(
    home: Path,
    key: str,
    postings: Sequence[str],
    candidates: Sequence[str],
    *,
    times: int = KILLS,
    models: Path | None = None,
) -> dict[str, object]:
    """Kill the service while verdicts come in, start it again, and look for each that it had confirmed."""
    confirmed: set[tuple[str, str]] = set()
    headers = {"Authorization": f"Bearer {key}"}
    restarts = []
    for number in range(times):
        with serving(home, models) as served:
            asyncio.run(_decide_until_killed(served, headers, postings[number], candidates, confirmed))
        began = monotonic()
        with serving(home, models) as served:
            restarts.append(monotonic() - began)
            found = httpx.get(f"{served.address}/api/v1/verdicts", headers=headers, timeout=users.SECONDS).json()
    kept = {(one["posting"], one["candidate"]) for one in found["verdicts"]}
    verified = assemble.decision_log(assemble.store(Settings(home=home, encoder="hashing")), home).verify()
    return {
        "kills under load": times,
        "verdicts confirmed": len(confirmed),
        "confirmed verdicts lost": len(confirmed - kept),
        "decision log whole after the kills": str(verified.ok),
        "seconds to be ready again": median(restarts),
    }


async def _decide_until_killed(
    served: Served,
    headers: dict[str, str],
    posting: str,
    candidates: Sequence[str],
    confirmed: set[tuple[str, str]],
) -> None:
    """Give verdicts from many connections; the service is killed once a few dozen are confirmed."""
    left = iter(candidates)
    enough = len(confirmed) + ENOUGH

    async def decide(client: httpx.AsyncClient) -> None:
        for candidate in left:
            try:
                answer = await client.put(
                    f"/api/v1/postings/{posting}/candidates/{candidate}/verdict",
                    json={"verdict": "propose", "reason": "competences", "note": "", "version": 0},
                )
            except httpx.TransportError:
                return
            answer.raise_for_status()
            confirmed.add((posting, candidate))
            if len(confirmed) >= enough:
                served.kill()

    async with httpx.AsyncClient(base_url=served.address, headers=headers, timeout=users.SECONDS) as client:
        await asyncio.gather(*(decide(client) for _ in range(USERS)))


@contextmanager
def serving(home: Path, models: Path | None = None) -> Iterator[Served]:
    """Serve a home from a process of its own for as long as the block lasts; `models`: where they are not in it."""
    port = _free_port()
    environment = os.environ | {"MATCHER_HOME": str(home), "MATCHER_MODELS": str(models or home / "models")}
    environment |= {"MATCHER_ENCODER": "hashing", "MATCHER_REQUESTS_PER_MINUTE": "1000000"}
    environment |= {"MATCHER_SIGN_INS_PER_MINUTE": "1000000"}
    command = [sys.executable, "-m", "api.cli", "serve", "--port", str(port)]
    with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL) as process:  # noqa: S603
        served = Served(process, f"http://127.0.0.1:{port}")
        try:
            _wait_until_ready(served)
            yield served
        finally:
            process.terminate()


def _wait_until_ready(served: Served) -> None:
    until = monotonic() + READY_SECONDS
    while monotonic() < until and served.process.poll() is None:
        try:
            if httpx.get(f"{served.address}/health/ready", timeout=5).status_code == httpx.codes.OK:
                return
        except httpx.TransportError:
            sleep(0.1)
    raise RuntimeError(f"The service at {served.address} was not ready within {READY_SECONDS} seconds.")


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def _percentiles(times: Sequence[float]) -> dict[str, float]:
    return {f"p{share}": float(np.percentile(times, share)) for share in (50, 95, 99)}
