"""`matcher serve` as a process of its own: it says where it is, answers, and ends when it is told to."""

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest

from api.cli.serve import AddressTaken, address_of, run
from matcher.settings import Settings
from tests.conftest import REPOSITORY

SERVE = [sys.executable, "-m", "api.cli", "serve", "--port", "0"]


@pytest.fixture
def process(home: Path, settings: Settings) -> Iterator[subprocess.Popen[str]]:
    environment = os.environ | {"PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(
        SERVE, cwd=REPOSITORY, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as started:
        yield started
        started.kill()


def told(process: subprocess.Popen[str], pattern: str) -> str:
    """Read what the process says until it says this."""
    assert process.stdout is not None
    for line in process.stdout:
        if found := re.search(pattern, line):
            return found.group()
    raise AssertionError(f"{pattern} was never said")


@pytest.mark.slow
def test_a_first_start_gives_a_link_then_serves_until_it_is_told_to_stop(process: subprocess.Popen[str]) -> None:
    link = told(process, r"http://127\.0\.0\.1:\d+/link/\S+")
    address = told(process, r"http://127\.0\.0\.1:\d+")

    assert link.startswith(address)
    assert httpx2.get(f"{address}/health/ready").json() == {"status": "ready"}
    assert httpx2.get(f"{address}/api/v1/postings").status_code == 401
    process.send_signal(signal.SIGTERM)
    assert process.wait(30) == 0


def test_an_address_that_is_taken_is_refused_before_anything_is_built(settings: Settings) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(AddressTaken, match=f"port {port}"):
            run(settings, port=port)

    assert not settings.home.exists()


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("127.0.0.1", "http://127.0.0.1:80"),
        ("0.0.0.0", "http://127.0.0.1:80"),
        ("::1", "http://[::1]:80"),
        ("match.example.org", "http://match.example.org:80"),
    ],
)
def test_an_address_is_told_as_it_is_typed(host: str, address: str) -> None:
    assert address_of(host, 80) == address
