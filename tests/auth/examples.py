"""A small app behind the doors of the service, and a browser that keeps its cookies."""

from typing import Annotated

import httpx2
from fastapi import Depends, FastAPI, Form, Request, Response
from fastapi.responses import JSONResponse
from pydantic import SecretStr
from starlette.testclient import TestClient

from api.auth.csrf import FIELD, HEADER
from api.auth.dependencies import CurrentAccount, DoorsDep, own_form, require
from api.auth.doors import Doors
from api.auth.errors import STATUS, headers_of
from api.auth.headers import protect
from api.auth.settings import AuthSettings
from matcher.accounts.records import Account
from matcher.accounts.roles import Permission
from matcher.errors import MatcherError
from tests.accounts.examples import EMAIL, PASSWORD, House

SECRET = b"s" * 32


def settings(**fields: object) -> AuthSettings:
    """Settings that do not come from the environment of the test."""
    usual = {"public_url": "http://testserver", "oidc_issuer": None, "oidc_client_secret": SecretStr("hidden")}
    return AuthSettings.model_validate(usual | fields)


def doors(house: House, *, secret: bytes = SECRET, **fields: object) -> Doors:
    """The doors of a house, with its clock."""
    return Doors.of(house.accounts, settings(**fields), secret, clock=house.clock)


def an_app(guard: Doors) -> FastAPI:
    """An app with a page of forms, sign-in and out, and one route for each thing to try."""
    app = FastAPI()
    app.state.doors = guard
    protect(app, secure=guard.settings.secure)
    app.add_exception_handler(MatcherError, refusal)
    _add_doors(app)
    _add_rooms(app)
    return app


def refusal(_request: Request, problem: Exception) -> JSONResponse:
    """A refusal with its status, as the service's own handler will tell it."""
    assert isinstance(problem, MatcherError)
    status = next(STATUS[kind] for kind in type(problem).__mro__ if kind in STATUS)
    return JSONResponse({"error": problem.message_key}, status_code=status, headers=headers_of(problem))


def _add_doors(app: FastAPI) -> None:
    @app.get("/form")
    def form(request: Request, guard: DoorsDep) -> Response:
        token = guard.form_token(request)
        response = Response(token)
        guard.csrf.keep(response, token)
        return response

    @app.post("/sign-in", dependencies=[Depends(own_form)])
    def sign_in(
        request: Request, guard: DoorsDep, email: Annotated[str, Form()], password: Annotated[str, Form()]
    ) -> Response:
        response = Response()
        guard.sign_in(request, response, email, password)
        return response

    @app.post("/link/{token}", dependencies=[Depends(own_form)])
    def redeem(request: Request, guard: DoorsDep, token: str, password: Annotated[str, Form()]) -> Response:
        response = Response()
        guard.redeem(request, response, token, password)
        return response

    @app.post("/sign-out")
    def sign_out(guard: DoorsDep, account: CurrentAccount) -> Response:
        response = Response()
        guard.sign_out(response, account)
        return response


def _add_rooms(app: FastAPI) -> None:
    @app.get("/me")
    def me(account: CurrentAccount) -> dict[str, str]:
        return {"id": account.id}

    @app.post("/note")
    def note(account: CurrentAccount, text: Annotated[str, Form()]) -> dict[str, str]:
        return {"by": account.id, "text": text}

    @app.post("/json")
    def take(account: CurrentAccount, body: dict[str, str]) -> dict[str, str]:
        return body | {"by": account.id}

    @app.get("/crash")
    def crash() -> None:
        raise RuntimeError("a fault of ours")

    @app.get("/plot")
    def plot() -> Response:
        return Response("plot", headers={"Cache-Control": "private, max-age=60", "X-Frame-Options": "ALLOWALL"})

    for permission in ("shortlists", "own_data", "accounts"):
        _add_room(app, permission)


def _add_room(app: FastAPI, permission: Permission) -> None:
    @app.get(f"/room/{permission}")
    def room(account: Annotated[Account, Depends(require(permission))]) -> dict[str, str]:
        return {"id": account.id}


class Browser:
    """Fills in forms as a browser would: it loads the page first and sends the token along."""

    def __init__(self, app: FastAPI, base: str = "http://testserver") -> None:
        self.client = TestClient(app, base_url=base, follow_redirects=False, raise_server_exceptions=False)

    def get(self, path: str, **headers: str) -> httpx2.Response:
        return self.client.get(path, headers=headers)

    def token(self) -> str:
        return self.client.get("/form").text

    def post(self, path: str, token: str | None = None, **fields: str) -> httpx2.Response:
        return self.client.post(path, data=fields | {FIELD: self.token() if token is None else token})

    def post_json(self, path: str, **fields: str) -> httpx2.Response:
        return self.client.post(path, json=fields, headers={HEADER: self.token()})

    def sign_in(self, email: str = EMAIL, password: str = PASSWORD) -> httpx2.Response:
        return self.post("/sign-in", email=email, password=password)

    def signed_in(self) -> bool:
        return self.get("/me").status_code == 200
