"""`matcher serve`: the service on an address of this machine, until it is stopped."""

import ipaddress
import logging
import os
import signal
import socket
from datetime import date
from typing import TYPE_CHECKING, Annotated
from urllib.parse import urlsplit

import typer

from api.auth.doors import Doors
from api.auth.settings import LOOPBACK, AuthSettings
from api.cli.console import notes, out, progress_bars
from api.cli.context import settings
from api.cli.options import AsOf, Home
from api.cli.texts import say
from matcher.errors import MatcherError
from matcher.settings import Settings

if TYPE_CHECKING:
    import uvicorn

HOST = "127.0.0.1"
PORT = 8000
GRACE_SECONDS = 20
"""How long requests under way may go on once the service is told to stop."""
BACKLOG = 256


class AddressTaken(MatcherError):
    """The service cannot listen at an address: `host`, `port`, `why`."""

    key = "serve.address_taken"


def serve(
    *,
    host: Annotated[str, typer.Option("--host", help=say("serve.host"))] = HOST,
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help=say("serve.port"))] = PORT,
    as_of: AsOf = None,
    home: Home = None,
) -> None:
    """Bring the index up to date, then answer requests until the process is told to stop."""
    run(settings(home), host=host, port=port, as_of=as_of.date() if as_of else None)


def run(chosen: Settings, *, host: str = HOST, port: int = PORT, as_of: date | None = None) -> None:
    """Serve a home; on the first start, show the link with which the administrator sets a password.

    `as_of`: the day that pages make lists for where it is not today's (a sample is told of a season).
    """
    import uvicorn

    from api.site import open_app

    listening = _listen(host, port)
    try:
        address = address_of(host, listening.getsockname()[1])
        auth = _auth(address)
        with progress_bars(quiet=False) as tell:
            app = open_app(chosen, auth, progress=tell)
        app.state.as_of = as_of
        _greet(app.state.doors, address)
        config = uvicorn.Config(
            app,
            log_config=None,
            access_log=False,  # addresses hold ids, and searches hold what people type
            server_header=False,
            timeout_graceful_shutdown=GRACE_SECONDS,
        )
        logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s %(message)s")
        _serve_until_told(uvicorn.Server(config), listening)
    finally:
        listening.close()
    notes().print(say("serve.stopped"))


def _serve_until_told(server: "uvicorn.Server", listening: socket.socket) -> None:
    """Answer until SIGINT or SIGTERM; uvicorn raises them once more at its end, where they say nothing new.

    Requests share the cores among themselves: a matrix product that spread over all of them for each would make every
    other request wait (`python -m eval.bench service` measures it).
    """
    from threadpoolctl import threadpool_limits

    kept = {number: signal.signal(number, lambda *_: None) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        with threadpool_limits(limits=1):
            server.run(sockets=[listening])
    finally:
        for number, handler in kept.items():
            signal.signal(number, handler)


def address_of(host: str, port: int) -> str:
    """Return what to type into a browser to reach the service from this machine.

    >>> address_of("127.0.0.1", 8000), address_of("0.0.0.0", 80), address_of("::1", 8000)
    ('http://127.0.0.1:8000', 'http://127.0.0.1:80', 'http://[::1]:8000')
    """
    try:
        number = ipaddress.ip_address(host)
    except ValueError:
        return f"http://{host}:{port}"
    if number.is_unspecified:
        return f"http://{HOST}:{port}"
    return f"http://[{host}]:{port}" if number.version == 6 else f"http://{host}:{port}"


def _listen(host: str, port: int) -> socket.socket:
    """Take the address before anything long is done; a taken one is refused with words."""
    try:
        family, kind, protocol, _, place = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listening = socket.socket(family, kind, protocol)
        try:
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listening.bind(place)
            listening.listen(BACKLOG)
        except OSError:
            listening.close()
            raise
    except OSError as problem:
        raise AddressTaken(host=host, port=port, why=problem.strerror or problem) from problem
    return listening


def _auth(address: str) -> AuthSettings:
    """The settings of the doors; where no public address is set, links begin with the one that is served."""
    return AuthSettings() if "MATCHER_PUBLIC_URL" in os.environ else AuthSettings(public_url=address)


def _greet(doors: Doors, address: str) -> None:
    link = doors.accounts.links.first_start()
    if link is not None:
        out().print(
            say("serve.first_start", link=doors.link(link), until=link.until.astimezone().strftime("%d.%m.%Y %H:%M"))
        )
    host = urlsplit(address).hostname
    if not doors.settings.secure and host not in LOOPBACK:
        notes().print(say("serve.open_wire"), style="yellow")
    out().print(say("serve.listening", address=address))
